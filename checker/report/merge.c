/* See report/merge.h. Reports are read one by one into one report; what makes one of several (order, duplicates, the
 * counting of fingerprints) is left to findings_finish(). */
#include "report/merge.h"

#include "base/text.h"
#include "read_int.h"

#include <string.h>

/* Of the shards without a report, in the message. */
#define MISSING_SHOWN 10

struct report_merge {
	struct arena *arena;
	struct intern_pool *pool;
	struct log *log;
	const char *version;
	struct report report;
	struct source_cache *sources;
	struct keymap *rules;
	struct report_origin *origins; /* of the reports, in order */
	int count, capacity;
};

struct report_merge *report_merge_create(struct arena *arena, struct intern_pool *pool, struct log *log,
					 const char *version)
{
	struct report_merge *merge = ARENA_NEW(arena, struct report_merge);

	*merge = (struct report_merge){ .arena = arena,
					.pool = pool,
					.log = log,
					.version = version,
					.sources = source_cache_create_given(arena),
					.rules = keymap_create(arena) };
	report_init(&merge->report, arena);
	return merge;
}

enum report_format report_merge_format(const struct report_merge *merge)
{
	return merge->count > 0 ? merge->origins[0].format : REPORT_JSON;
}

/* ---- fingerprints -------------------------------------------------------------- */

struct counted_identity {
	uint64_t identity;
	unsigned ordinal;
};

/* What the fingerprints of a report, in its order, were made from: the first of equal findings of a file bears its
 * identity itself, and from that those of the others follow. `identity` holds the fingerprint before, and the
 * identity after. */
static void recover_identities(struct finding *findings, size_t count)
{
	struct arena *scratch = arena_create();
	struct keymap *expected = NULL; /* fingerprint of the next equal one -> struct counted_identity */

	for (size_t i = 0; i < count; i++) {
		struct finding *finding = &findings[i];

		if (i == 0 || finding->span.file != findings[i - 1].span.file) {
			arena_reset(scratch);
			expected = keymap_create(scratch);
		}
		struct counted_identity *counted = keymap_get(expected, finding->identity);
		if (!counted) {
			counted = ARENA_NEW(scratch, struct counted_identity);
			counted->identity = finding->identity;
		}
		finding->identity = counted->identity;
		counted->ordinal++;
		keymap_put(expected, fingerprint_number(counted->identity, counted->ordinal), counted);
	}
	arena_destroy(scratch);
}

/* ---- do the reports belong together? ------------------------------------------------ */

static const char *format_name(enum report_format format)
{
	return format == REPORT_SARIF ? "SARIF" : "JSON";
}

static bool is_same_text(const char *left, const char *right)
{
	return left == right || (left && right && !strcmp(left, right));
}

/* Asked before the rest is read, which another version may have written in another way. */
static void check_version(const struct report_merge *merge, struct report_reader *reader, const char *version)
{
	if (strcmp(version, merge->version) != 0)
		read_fail(reader, "was made by so2check %s, and this is %s: merge it with the version that made it",
			  version, merge->version);
}

static void check_origin(const struct report_merge *merge, struct report_reader *reader,
			 const struct report_origin *origin)
{
	const struct report_origin *first = merge->count > 0 ? &merge->origins[0] : origin;

	if (!origin->rules_identity)
		read_fail(reader, "does not say which rules were used");
	else if (origin->format != first->format)
		read_fail(reader, "is %s, but %s is %s: merge reports of one format", format_name(origin->format),
			  first->name, format_name(first->format));
	else if (strcmp(origin->libclang, first->libclang) != 0)
		read_fail(reader, "was made with %s, but %s with %s: what they find may differ", origin->libclang,
			  first->name, first->libclang);
	else if (strcmp(origin->rules_identity, first->rules_identity) != 0 || origin->rules_hash != first->rules_hash)
		read_fail(reader, "was made with other rules than %s: check with the same packs, --only and --disable",
			  first->name);
}

static bool is_same_run(const struct report_shard *left, const struct report_shard *right)
{
	return left->count == right->count && left->plan == right->plan;
}

/* Parts of divisions that have nothing to do with each other are a mistake: other sources, or another N. */
static void check_shard(const struct report_merge *merge, struct report_reader *reader,
			const struct report_origin *origin)
{
	const struct report_shard *shard = &origin->shard;

	for (int i = 0; i < merge->count && shard->count > 0; i++) {
		const struct report_origin *other = &merge->origins[i];

		if (other->shard.count == 0)
			continue;
		if (other->shard.count != shard->count)
			read_fail(reader, "is shard %u of %u, but %s is shard %u of %u", shard->number, shard->count,
				  other->name, other->shard.number, other->shard.count);
		else if (!is_same_run(&other->shard, shard))
			read_fail(reader, "divides other sources than %s: shards need the same files and paths",
				  other->name);
		else if (other->shard.number == shard->number)
			read_fail(reader, "is shard %u of %u, and so is %s", shard->number, shard->count, other->name);
	}
}

static void log_missing(const struct report_merge *merge, const bool *is_there, unsigned count)
{
	struct text numbers = text_create(merge->arena);
	unsigned missing = 0;

	for (unsigned i = 0; i < count; i++) {
		missing += !is_there[i];
		if (!is_there[i] && missing <= MISSING_SHOWN)
			text_printf(&numbers, "%s%u", missing > 1 ? ", " : "", i + 1);
	}
	log_add(merge->log, LOG_ERROR, NULL, "of the reports of %u shards %u %s missing: %s%s", count, missing,
		missing == 1 ? "is" : "are", text_get(&numbers), missing > MISSING_SHOWN ? ", ..." : "");
}

static bool is_complete(const struct report_merge *merge)
{
	bool *is_there = ARENA_ARRAY(merge->arena, bool, REPORT_SHARD_LIMIT);
	unsigned count = 0, given = 0;

	for (int i = 0; i < merge->count; i++) {
		const struct report_shard *shard = &merge->origins[i].shard;
		if (shard->count == 0)
			continue;
		count = shard->count; /* the same in all */
		is_there[shard->number - 1] = true;
		given++;
	}
	if (given < count)
		log_missing(merge, is_there, count);
	return given == count;
}

/* ---- reading ---------------------------------------------------------------------------- */

/* The object that names the tool; NULL: no report of so2check, logged. */
static const json_t *find_tool(struct report_reader *reader, const json_t *root, enum report_format *format)
{
	const json_t *tool = json_object_get(root, "tool");

	*format = REPORT_JSON;
	if (json_object_get(root, "runs")) {
		const json_t *run = json_array_get(json_object_get(root, "runs"), 0);

		*format = REPORT_SARIF;
		tool = json_object_get(json_object_get(run, "tool"), "driver");
	}
	const char *name = json_string_value(json_object_get(tool, "name"));
	if (name && !strcmp(name, "so2check"))
		return tool;
	if (name)
		read_fail(reader, "is a report of `%s`, not of so2check", name);
	else
		read_fail(reader, "is no report of so2check");
	return NULL;
}

static void read_report(struct report_merge *merge, struct report_reader *reader, const json_t *root)
{
	struct report_origin origin = { .name = reader->name };
	size_t before = merge->report.finding_count;
	const json_t *tool = find_tool(reader, root, &origin.format);

	check_version(merge, reader, read_text(reader, tool, "version"));
	if (origin.format == REPORT_JSON && read_number(reader, root, "version", UINT32_MAX) != JSON_SCHEMA_VERSION)
		read_fail(reader, "\"version\" is not %d", JSON_SCHEMA_VERSION);
	if (origin.format == REPORT_SARIF)
		read_sarif_report(reader, root, &origin);
	else
		read_json_report(reader, root, &origin);
	check_origin(merge, reader, &origin);
	check_shard(merge, reader, &origin);
	if (reader->is_broken)
		return;
	if (merge->report.finding_count > before)
		recover_identities(&merge->report.findings[before], merge->report.finding_count - before);
	ARENA_PUSH(merge->arena, merge->origins, merge->count, merge->capacity, origin);
}

static json_t *parse(struct report_merge *merge, const char *name, const char *text, size_t length)
{
	struct span span = { .file = name };
	json_error_t error;
	json_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);

	if (root)
		return root;
	span.line = span.end_line = (unsigned)(error.line > 0 ? error.line : 0);
	span.column = span.end_column = (unsigned)(error.line > 0 && error.column > 0 ? error.column : 0);
	log_add(merge->log, LOG_ERROR, &span, "is no JSON or SARIF report: %s", error.text);
	return NULL;
}

bool report_merge_add(struct report_merge *merge, const char *name, const char *text, size_t length)
{
	struct report_reader reader = {
		.arena = merge->arena,
		.pool = merge->pool,
		.log = merge->log,
		.name = name,
		.rules = merge->rules,
		.sources = merge->sources,
		.report = &merge->report,
	};
	json_t *root = parse(merge, name, text, length);

	if (!root)
		return false;
	read_report(merge, &reader, root);
	json_decref(root);
	return !reader.is_broken;
}

static void compare_roots(const struct report_merge *merge)
{
	for (int i = 1; i < merge->count; i++) {
		struct span span = { .file = merge->origins[i].name };

		if (!is_same_text(merge->origins[i].root, merge->origins[0].root))
			log_add(merge->log, LOG_NOTE, &span,
				"its paths are relative to %s; the merged report has the folder of %s",
				merge->origins[i].root ? merge->origins[i].root : "nothing", merge->origins[0].name);
	}
}

bool report_merge_finish(struct report_merge *merge, struct report *report, struct source_cache **sources,
			 struct report_options *options)
{
	if (merge->count == 0 || !is_complete(merge))
		return false;
	compare_roots(merge);
	findings_finish(&merge->report, merge->sources);
	*report = merge->report;
	*sources = merge->sources;
	const struct report_origin *first = &merge->origins[0];
	options->tool_version = first->version;
	options->libclang_version = first->libclang;
	options->rules_identity = first->rules_identity;
	options->root = first->root;
	options->rules = first->format == REPORT_SARIF ? &first->rules : NULL;
	options->enabled = NULL;
	options->has_character_columns = first->format == REPORT_SARIF;
	return true;
}
