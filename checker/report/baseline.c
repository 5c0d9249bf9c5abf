/* See report/baseline.h. */
#include "report/baseline.h"

#include "read_int.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

struct baseline {
	struct keymap *known; /* identity -> anything */
};

static uint64_t identity(uint64_t fingerprint, const char *file)
{
	const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;

	return XXH64(name, strlen(name), fingerprint);
}

static void add(struct report_reader *reader, struct baseline *baseline, uint64_t fingerprint, const char *file)
{
	if (!reader->is_broken)
		keymap_put(baseline->known, identity(fingerprint, file), baseline);
}

static void read_json_findings(struct report_reader *reader, struct baseline *baseline, const json_t *root,
			       const char *key)
{
	const json_t *array = read_member(reader, root, key, JSON_ARRAY);

	reader->item = key;
	for (reader->index = 0; reader->index < json_array_size(array); reader->index++) {
		const json_t *item = json_array_get(array, reader->index);
		add(reader, baseline, read_hash(reader, item, "fingerprint"), read_text(reader, item, "file"));
	}
	reader->item = NULL;
}

static void read_sarif_results(struct report_reader *reader, struct baseline *baseline, const json_t *root)
{
	const json_t *array = read_member(reader, read_first(reader, root, "runs"), "results", JSON_ARRAY);

	reader->item = "results";
	for (reader->index = 0; reader->index < json_array_size(array); reader->index++) {
		const json_t *item = json_array_get(array, reader->index);
		const json_t *prints = read_member(reader, item, "partialFingerprints", JSON_OBJECT);
		const json_t *location = read_first(reader, item, "locations");
		const json_t *physical = read_member(reader, location, "physicalLocation", JSON_OBJECT);
		const json_t *artifact = read_member(reader, physical, "artifactLocation", JSON_OBJECT);
		const char *file = uri_to_path(reader->arena, read_text(reader, artifact, "uri"));
		uint64_t fingerprint = read_hash(reader, prints, SARIF_FINGERPRINT);

		if (!json_object_get(item, "suppressions"))
			add(reader, baseline, fingerprint, file ? file : "");
	}
	reader->item = NULL;
}

static void read_report(struct report_reader *reader, struct baseline *baseline, const json_t *root)
{
	if (json_object_get(root, "runs")) {
		read_sarif_results(reader, baseline, root);
		return;
	}
	if (read_number(reader, root, "version", UINT32_MAX) != JSON_SCHEMA_VERSION)
		read_fail(reader, "it is of another version of the format");
	read_json_findings(reader, baseline, root, "findings");
	if (json_object_get(root, "known"))
		read_json_findings(reader, baseline, root, "known");
}

struct baseline *baseline_read(struct arena *arena, struct log *log, const char *name, const char *text, size_t length)
{
	struct baseline *baseline = ARENA_NEW(arena, struct baseline);
	struct report_reader reader = { .arena = arena, .log = log, .name = name };
	json_error_t error;
	json_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);

	baseline->known = keymap_create(arena);
	if (root)
		read_report(&reader, baseline, root);
	else
		read_fail(&reader, "it is no report: %s (line %d)", error.text, error.line);
	json_decref(root);
	return reader.is_broken ? NULL : baseline;
}

static bool is_known(const struct baseline *baseline, const struct finding *finding)
{
	uint64_t fingerprint = strtoull(finding->fingerprint, NULL, 16);

	return keymap_get(baseline->known, identity(fingerprint, finding->span.file)) != NULL;
}

void report_apply_baseline(struct report *report, const struct baseline *baseline)
{
	size_t kept = 0;

	report->has_baseline = true;
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];
		if (finding->span.file && is_known(baseline, finding))
			ARENA_PUSH(report->arena, report->known, report->known_count, report->known_capacity, *finding);
		else
			report->findings[kept++] = *finding;
	}
	report->finding_count = kept;
}
