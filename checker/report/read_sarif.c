/* Reads what sarif.c writes. Its columns count characters, and so do those of the report that is made of it. */
#include "read_int.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

/* ---- places --------------------------------------------------------------------- */

static const char *read_file_name(struct report_reader *reader, const json_t *artifact)
{
	const json_t *given = json_object_get(json_object_get(artifact, "properties"), "file");
	const char *uri = read_text(reader, artifact, "uri");
	const char *name = uri_to_path(reader->arena, given ? json_string_value(given) : uri);

	if (!name)
		read_fail(reader, "`%s` is no URI of a file", uri);
	return intern(reader->pool, name ? name : "");
}

static unsigned read_position(struct report_reader *reader, const json_t *region, const char *key)
{
	return (unsigned)read_number(reader, region, key, UINT32_MAX);
}

/* snippet, where it has one, or NULL */
static struct span read_location(struct report_reader *reader, const json_t *location, const char **snippet)
{
	const json_t *physical = read_member(reader, location, "physicalLocation", JSON_OBJECT);
	const json_t *region = json_object_get(physical, "region");
	struct span span = {
		.file = read_file_name(reader, read_member(reader, physical, "artifactLocation", JSON_OBJECT)),
	};

	*snippet = NULL;
	if (!region)
		return span;
	span.line = read_position(reader, region, "startLine");
	if (json_object_get(region, "startColumn")) {
		span.column = read_position(reader, region, "startColumn");
		span.end_line = read_position(reader, region, "endLine");
		span.end_column = read_position(reader, region, "endColumn");
		span.end_column -= span.end_column > 0; /* there it is exclusive */
	}
	if (json_object_get(region, "snippet"))
		*snippet = read_text(reader, json_object_get(region, "snippet"), "text");
	return span;
}

static const char *read_function(struct report_reader *reader, const json_t *location)
{
	if (!json_object_get(location, "logicalLocations"))
		return NULL;
	return read_text(reader, read_first(reader, location, "logicalLocations"), "name");
}

static const char *read_message(struct report_reader *reader, const json_t *object, const char *key)
{
	return read_text(reader, read_member(reader, object, key, JSON_OBJECT), "text");
}

/* ---- rules ------------------------------------------------------------------------- */

static const char *const *read_aliases(struct report_reader *reader, const json_t *item, int *count)
{
	return json_object_get(item, "deprecatedIds") ?
		       read_texts(reader, read_member(reader, item, "deprecatedIds", JSON_ARRAY), count) :
		       NULL;
}

static const char *read_os(struct report_reader *reader, const json_t *properties)
{
	const char *tag = json_string_value(json_array_get(json_object_get(properties, "tags"), 0));

	return tag && !strchr(tag, '/') ? arena_strdup(reader->arena, tag) : NULL;
}

static struct rp_rule *read_rule(struct report_reader *reader, const json_t *item, int index)
{
	struct rp_rule *rule = ARENA_NEW(reader->arena, struct rp_rule);
	const json_t *properties = read_member(reader, item, "properties", JSON_OBJECT);

	rule->id = intern(reader->pool, read_text(reader, item, "id"));
	rule->title = read_message(reader, item, "shortDescription");
	rule->why = read_message(reader, item, "fullDescription");
	rule->help = read_message(reader, item, "help");
	rule->doc = read_text_or_null(reader, json_object_get(item, "help"), "markdown");
	rule->severity = read_severity(reader, read_member(reader, item, "defaultConfiguration", JSON_OBJECT), "level");
	rule->aliases = read_aliases(reader, item, &rule->alias_count);
	rule->os = read_os(reader, properties);
	rule->cwe = read_texts(reader, read_member(reader, properties, "cwe", JSON_ARRAY), &rule->cwe_count);
	rule->sources = read_sources(reader, properties, "sources", &rule->source_count);
	rule->index = index;
	return rule;
}

static uint64_t hash_of(struct report_reader *reader, const json_t *value)
{
	char *text = value ? json_dumps(value, JSON_COMPACT) : NULL;
	uint64_t hash = text ? XXH64(text, strlen(text), 0) : 0;

	if (!text)
		read_fail(reader, "there is not enough memory");
	free(text); /* the library's own allocation */
	return hash;
}

static void read_rules(struct report_reader *reader, const json_t *driver, struct report_origin *origin)
{
	const json_t *array = read_member(reader, driver, "rules", JSON_ARRAY);
	size_t count = json_array_size(array);

	origin->rules_hash = hash_of(reader, array);
	origin->rules.rules = ARENA_ARRAY(reader->arena, struct rp_rule *, count);
	origin->rules.rule_count = (int)count;
	reader->item = "rules";
	for (reader->index = 0; reader->index < count; reader->index++) {
		const json_t *item = json_array_get(array, reader->index);
		const char *id = intern(reader->pool, read_text(reader, item, "id"));
		struct rp_rule *known = keymap_get(reader->rules, KEYMAP_KEY(id));

		if (!known) {
			known = read_rule(reader, item, (int)reader->index);
			keymap_put(reader->rules, KEYMAP_KEY(id), known);
		}
		origin->rules.rules[reader->index] = known;
	}
	reader->item = NULL;
}

/* ---- results ------------------------------------------------------------------------- */

static enum step_kind read_step_kind(struct report_reader *reader, const json_t *item)
{
	const char *text = json_string_value(json_array_get(read_member(reader, item, "kinds", JSON_ARRAY), 0));

	for (int i = 0; text && i <= STEP_END; i++)
		if (!strcmp(text, sarif_step_looks[i].kinds[0]))
			return (enum step_kind)i;
	read_fail(reader, "\"kinds\" has an unknown value");
	return STEP_EVENT;
}

static void read_steps(struct report_reader *reader, const json_t *result, struct finding *finding)
{
	if (!json_object_get(result, "codeFlows"))
		return;
	const json_t *flow = read_first(reader, result, "codeFlows");
	const json_t *thread = read_first(reader, flow, "threadFlows");
	const json_t *array = read_member(reader, thread, "locations", JSON_ARRAY);
	size_t count = json_array_size(array);

	finding->steps = ARENA_ARRAY(reader->arena, struct finding_step, count);
	finding->step_count = (int)count;
	for (size_t i = 0; i < count; i++) {
		const json_t *item = json_array_get(array, i);
		const json_t *location = read_member(reader, item, "location", JSON_OBJECT);
		const char *snippet;

		finding->steps[i].kind = read_step_kind(reader, item);
		finding->steps[i].span = read_location(reader, location, &snippet);
		finding->steps[i].text = read_message(reader, location, "message");
	}
}

static void add_result(struct report_reader *reader, const struct finding *finding, const char *state)
{
	struct report *report = reader->report;

	if (reader->is_broken)
		return;
	report->has_baseline = report->has_baseline || state;
	if (finding->allowed_for)
		report_add_allowed(report, finding);
	else if (state && strcmp(state, "unchanged") == 0)
		report_add_known(report, finding);
	else
		report_add_finding(report, finding);
}

static void read_result(struct report_reader *reader, const json_t *result)
{
	const json_t *location = read_first(reader, result, "locations");
	const json_t *prints = read_member(reader, result, "partialFingerprints", JSON_OBJECT);
	const json_t *properties = read_member(reader, result, "properties", JSON_OBJECT);
	const char *id = read_text(reader, result, "ruleId"), *snippet;
	struct finding finding = {
		.rule = keymap_get(reader->rules, KEYMAP_KEY(intern(reader->pool, id))),
		.span = read_location(reader, location, &snippet),
		.message = read_message(reader, result, "message"),
		.function = read_function(reader, location),
		.certainty = (enum finding_certainty)read_choice(reader, properties, "certainty", certainty_names,
								 CERTAINTY_LIKELY + 1),
		.engines = read_engines(reader, properties),
		.identity = read_hash(reader, prints, SARIF_FINGERPRINT),
	};

	if (json_object_get(result, "suppressions"))
		finding.allowed_for = read_text(reader, read_first(reader, result, "suppressions"), "justification");
	if (!finding.rule)
		read_fail(reader, "the rule `%s` is not in the table of rules", id);
	read_snippet(reader, &finding.span, snippet);
	read_steps(reader, result, &finding);
	add_result(reader, &finding, read_text_or_null(reader, result, "baselineState"));
}

static void read_entry(struct report_reader *reader, const json_t *item, enum notification_kind kind)
{
	const json_t *location = read_first(reader, item, "locations");
	const char *snippet;
	struct not_analysed entry = {
		.span = read_location(reader, location, &snippet),
		.function = read_function(reader, location),
		.reason = read_message(reader, item, "message"),
		.is_partial = kind != NOTIFY_NOT_ANALYSED,
		.is_error = strcmp(read_text(reader, item, "level"), "error") == 0,
	};

	if (reader->is_broken)
		return;
	if (kind == NOTIFY_NOTE)
		report_add_note(reader->report, &entry);
	else
		report_add_missing(reader->report, &entry);
}

/* Where something was left out for its size, the merged report must say so, too. */
static void read_cut(struct report_reader *reader, const json_t *item)
{
	struct not_analysed entry = {
		.span.file = intern(reader->pool, reader->name),
		.reason = read_message(reader, item, "message"),
		.is_partial = true,
	};

	if (!reader->is_broken)
		report_add_missing(reader->report, &entry);
}

static void read_notification(struct report_reader *reader, const json_t *item)
{
	const json_t *descriptor = read_member(reader, item, "descriptor", JSON_OBJECT);
	enum notification_kind kind = (enum notification_kind)read_choice(reader, descriptor, "id",
									  sarif_notification_ids, NOTIFY_KINDS);

	if (kind == NOTIFY_CUT)
		read_cut(reader, item);
	else
		read_entry(reader, item, kind);
}

static void read_items(struct report_reader *reader, const json_t *object, const char *key,
		       void (*read)(struct report_reader *reader, const json_t *item))
{
	const json_t *array = read_member(reader, object, key, JSON_ARRAY);

	reader->item = key;
	for (reader->index = 0; reader->index < json_array_size(array); reader->index++)
		read(reader, json_array_get(array, reader->index));
	reader->item = NULL;
}

/* ---- the run ------------------------------------------------------------------------------ */

static const char *read_root(struct report_reader *reader, const json_t *run)
{
	if (!json_object_get(run, "originalUriBaseIds"))
		return NULL;
	const json_t *bases = read_member(reader, run, "originalUriBaseIds", JSON_OBJECT);
	const json_t *base = read_member(reader, bases, SARIF_SOURCE_ROOT, JSON_OBJECT);

	return uri_to_path(reader->arena, read_text(reader, base, "uri"));
}

void read_sarif_report(struct report_reader *reader, const json_t *root, struct report_origin *origin)
{
	const json_t *run = read_first(reader, root, "runs");
	const json_t *tool = read_member(reader, run, "tool", JSON_OBJECT);
	const json_t *driver = read_member(reader, tool, "driver", JSON_OBJECT);
	const json_t *properties = read_member(reader, driver, "properties", JSON_OBJECT);

	if (json_array_size(json_object_get(root, "runs")) > 1)
		read_fail(reader, "\"runs\" has more than one run");
	origin->version = read_text(reader, driver, "version");
	origin->libclang = read_text(reader, properties, "libclang");
	origin->rules_identity = read_text_or_null(reader, properties, "rules");
	origin->root = read_root(reader, run);
	if (json_object_get(run, "properties"))
		origin->shard = read_shard(reader, json_object_get(run, "properties"));
	read_rules(reader, driver, origin);
	read_items(reader, run, "results", read_result);
	read_items(reader, read_first(reader, run, "invocations"), "toolExecutionNotifications", read_notification);
}
