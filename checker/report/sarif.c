/* SARIF 2.1.0 (OASIS standard), as code-scanning services and editors read it.
 *
 * Columns are counted in code points and the end is exclusive, so each is
 * computed from the source line; without the line the bytes are taken as they
 * are. What was not analysed is always listed, as tool notifications, and so is what GitHub would not take: its code
 * scanning rejects or shortens larger reports
 * (https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit). */
#include "base/path.h"
#include "report_int.h"

#include <ctype.h>
#include <string.h>

#define SARIF_SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

/* GitHub rejects a run with more results, and shows no more places of a path and no more tags of a rule. */
#define RESULT_LIMIT 25000
#define STEP_LIMIT 1000
#define TAG_LIMIT 10

struct sarif {
	struct json_doc doc;
	const struct report *report;
	struct source_cache *sources;
	const struct report_options *options;
	const struct rp_rule **rules; /* those listed, in order; ruleIndex counts in it */
	int rule_count, rule_capacity;
	struct sarif_cwes cwes;
	struct {
		size_t results, paths, rules; /* left out, shortened, with fewer tags */
	} cut;
};

static json_t *make_message(struct sarif *sarif, const char *text)
{
	return json_doc_wrap(&sarif->doc, "text", text);
}

static json_t *make_array_of(struct sarif *sarif, json_t *item)
{
	json_t *array = json_array();

	json_doc_append(&sarif->doc, array, item);
	return array;
}

/* ---- rules ------------------------------------------------------------------------ */

static int find_rule(const struct sarif *sarif, const struct rp_rule *rule)
{
	for (int i = 0; i < sarif->rule_count; i++) {
		if (sarif->rules[i] == rule)
			return i;
	}
	return -1;
}

static void list_rule(struct sarif *sarif, const struct rp_rule *rule)
{
	if (find_rule(sarif, rule) >= 0)
		return;
	ARENA_PUSH(sarif->doc.scratch, sarif->rules, sarif->rule_count, sarif->rule_capacity, rule);
	sarif_cwes_add(sarif->doc.scratch, &sarif->cwes, rule);
}

/* The enabled rules, found something or not, so that a reader knows what was
 * looked for; and in any case those that the results refer to. */
static void list_rules(struct sarif *sarif)
{
	const struct rule_set *rules = sarif->options->rules;

	for (int i = 0; rules && i < rules->rule_count; i++) {
		if (!sarif->options->enabled || sarif->options->enabled[rules->rules[i]->index])
			list_rule(sarif, rules->rules[i]);
	}
	for (size_t i = 0; i < sarif->report->finding_count; i++)
		list_rule(sarif, sarif->report->findings[i].rule);
	for (size_t i = 0; i < sarif->report->allowed_count; i++)
		list_rule(sarif, sarif->report->allowed[i].rule);
	for (size_t i = 0; i < sarif->report->known_count; i++)
		list_rule(sarif, sarif->report->known[i].rule);
}

/* "lock taken twice" -> "LockTakenTwice": SARIF wants an identifier for a name. */
static const char *pascal_name(struct arena *arena, const char *title)
{
	char *name = arena_alloc(arena, strlen(title) + 1);
	char *write = name;
	bool is_start = true;

	for (; *title; title++) {
		if (!isascii((unsigned char)*title) || !isalnum((unsigned char)*title)) {
			is_start = true;
			continue;
		}
		*write++ = (char)(is_start ? toupper((unsigned char)*title) : *title);
		is_start = false;
	}
	*write = '\0';
	return name;
}

/* The operating system, and each CWE in the spelling that code-scanning services look for. */
static json_t *make_tags(struct sarif *sarif, const struct rp_rule *rule)
{
	json_t *tags = json_array();

	if (rule->os)
		json_doc_append(&sarif->doc, tags, json_doc_string(&sarif->doc, rule->os));
	for (int i = 0; i < rule->cwe_count; i++) {
		char *tag = arena_printf(sarif->doc.scratch, "external/cwe/%s", rule->cwe[i]);

		if (json_array_size(tags) == TAG_LIMIT) {
			sarif->cut.rules++;
			break;
		}
		for (char *letter = tag; *letter; letter++)
			*letter = (char)tolower((unsigned char)*letter);
		json_doc_append(&sarif->doc, tags, json_doc_string(&sarif->doc, tag));
	}
	return tags;
}

static json_t *make_rule_properties(struct sarif *sarif, const struct rp_rule *rule)
{
	json_t *properties = json_object();

	json_doc_set(&sarif->doc, properties, "tags", make_tags(sarif, rule));
	json_doc_set(&sarif->doc, properties, "cwe", json_doc_strings(&sarif->doc, rule->cwe, rule->cwe_count));
	json_doc_set(&sarif->doc, properties, "sources", json_doc_sources(&sarif->doc, rule));
	return properties;
}

static json_t *make_help(struct sarif *sarif, const struct rp_rule *rule)
{
	json_t *help = make_message(sarif, rule->help ? rule->help : rule->title);

	if (rule->doc)
		json_doc_set(&sarif->doc, help, "markdown", json_doc_string(&sarif->doc, rule->doc));
	return help;
}

static json_t *make_rule(struct sarif *sarif, const struct rp_rule *rule)
{
	struct json_doc *doc = &sarif->doc;
	const char *name = pascal_name(doc->scratch, rule->title);
	const char *level = rp_severity_name(rule->severity);
	json_t *item = json_doc_wrap(doc, "id", rule->id);

	if (*name)
		json_doc_set(doc, item, "name", json_doc_string(doc, name));
	json_doc_set(doc, item, "shortDescription", make_message(sarif, rule->title));
	json_doc_set(doc, item, "fullDescription", make_message(sarif, rule->why ? rule->why : rule->title));
	json_doc_set(doc, item, "help", make_help(sarif, rule));
	json_doc_set(doc, item, "defaultConfiguration", json_doc_wrap(doc, "level", level));
	if (rule->alias_count > 0)
		json_doc_set(doc, item, "deprecatedIds", json_doc_strings(doc, rule->aliases, rule->alias_count));
	if (rule->cwe_count > 0)
		json_doc_set(doc, item, "relationships", sarif_cwes_relationships(doc, &sarif->cwes, rule));
	json_doc_set(doc, item, "properties", make_rule_properties(sarif, rule));
	return item;
}

static json_t *make_rules(struct sarif *sarif)
{
	json_t *rules = json_array();

	for (int i = 0; i < sarif->rule_count; i++)
		json_doc_append(&sarif->doc, rules, make_rule(sarif, sarif->rules[i]));
	return rules;
}

/* ---- places ------------------------------------------------------------------------- */

static json_t *make_artifact_location(struct sarif *sarif, const char *file)
{
	struct json_doc *doc = &sarif->doc;
	const char *path = path_seen_from(doc->scratch, sarif->options->root, file);
	json_t *location = json_doc_wrap(doc, "uri", uri_from_path(doc->scratch, path));

	if (path[0] != '/')
		json_doc_set(doc, location, "uriBaseId", json_doc_string(doc, SARIF_SOURCE_ROOT));
	if (strcmp(path, file) != 0) /* as the user named it, which the order of a merged report goes by */
		json_doc_set(doc, location, "properties",
			     json_doc_wrap(doc, "file", uri_from_path(doc->scratch, file)));
	return location;
}

static unsigned character_column(struct sarif *sarif, const char *file, unsigned line, unsigned byte_column)
{
	bool is_counted = sarif->options->has_character_columns;
	const char *text = is_counted ? NULL : source_cache_line(sarif->sources, file, line);

	return text ? utf8_column(text, byte_column) : byte_column;
}

static void set_columns(struct sarif *sarif, json_t *region, const struct span *span)
{
	struct span shown = span_with_end(*span);
	unsigned start = character_column(sarif, shown.file, shown.line, shown.column);
	unsigned last = character_column(sarif, shown.file, shown.end_line, shown.end_column);

	json_doc_set(&sarif->doc, region, "startColumn", json_integer(start));
	json_doc_set(&sarif->doc, region, "endLine", json_integer(shown.end_line));
	json_doc_set(&sarif->doc, region, "endColumn", json_integer(last + 1));
}

static json_t *make_region(struct sarif *sarif, const struct span *span, bool has_snippet)
{
	const char *line = source_cache_line(sarif->sources, span->file, span->line);
	json_t *region = json_object();

	json_doc_set(&sarif->doc, region, "startLine", json_integer(span->line));
	if (span->column > 0)
		set_columns(sarif, region, span);
	if (has_snippet && line)
		json_doc_set(&sarif->doc, region, "snippet", make_message(sarif, line));
	return region;
}

static json_t *make_physical(struct sarif *sarif, const struct span *span, bool has_snippet)
{
	json_t *physical = json_object();

	json_doc_set(&sarif->doc, physical, "artifactLocation", make_artifact_location(sarif, span->file));
	if (span->line > 0)
		json_doc_set(&sarif->doc, physical, "region", make_region(sarif, span, has_snippet));
	return physical;
}

static json_t *make_logical(struct sarif *sarif, const char *function)
{
	json_t *logical = json_doc_wrap(&sarif->doc, "name", function);

	json_doc_set(&sarif->doc, logical, "fullyQualifiedName", json_doc_string(&sarif->doc, function));
	json_doc_set(&sarif->doc, logical, "kind", json_doc_string(&sarif->doc, "function"));
	return make_array_of(sarif, logical);
}

static json_t *make_location(struct sarif *sarif, const struct span *span, const char *function, bool has_snippet)
{
	json_t *location = json_object();

	json_doc_set(&sarif->doc, location, "physicalLocation", make_physical(sarif, span, has_snippet));
	if (function)
		json_doc_set(&sarif->doc, location, "logicalLocations", make_logical(sarif, function));
	return location;
}

/* ---- results --------------------------------------------------------------------------- */

const struct step_look sarif_step_looks[STEP_END + 1] = {
	[STEP_EVENT] = { { "resource" }, 1, "essential" },
	[STEP_BRANCH] = { { "branch" }, 1, "important" },
	[STEP_CALL] = { { "call", "function" }, 2, "essential" },
	[STEP_END] = { { "danger" }, 1, "essential" },
};

static json_t *make_flow_location(struct sarif *sarif, const struct finding_step *step, int order)
{
	const struct step_look *look = &sarif_step_looks[step->kind];
	json_t *place = make_location(sarif, &step->span, NULL, false);
	json_t *item = json_object();

	json_doc_set(&sarif->doc, place, "message", make_message(sarif, step->text));
	json_doc_set(&sarif->doc, item, "location", place);
	json_doc_set(&sarif->doc, item, "kinds", json_doc_strings(&sarif->doc, look->kinds, look->kind_count));
	json_doc_set(&sarif->doc, item, "importance", json_doc_string(&sarif->doc, look->importance));
	json_doc_set(&sarif->doc, item, "executionOrder", json_integer(order));
	return item;
}

static json_t *make_code_flow(struct sarif *sarif, const struct finding *finding)
{
	json_t *locations = json_array();
	json_t *thread = json_object(), *flow = json_object();

	for (int i = 0; i < finding->step_count; i++) {
		bool is_last = i + 1 == finding->step_count;

		if (is_last || i < STEP_LIMIT - 1)
			json_doc_append(&sarif->doc, locations, make_flow_location(sarif, &finding->steps[i], i + 1));
	}
	sarif->cut.paths += finding->step_count > STEP_LIMIT;
	json_doc_set(&sarif->doc, thread, "locations", locations);
	json_doc_set(&sarif->doc, flow, "threadFlows", make_array_of(sarif, thread));
	return flow;
}

static json_t *make_suppression(struct sarif *sarif, const struct finding *finding)
{
	json_t *suppression = json_doc_wrap(&sarif->doc, "kind", "inSource");

	json_doc_set(&sarif->doc, suppression, "justification", json_doc_string(&sarif->doc, finding->allowed_for));
	return suppression;
}

/* state: beside the baseline; NULL: there was none. */
static json_t *make_result(struct sarif *sarif, const struct finding *finding, const char *state)
{
	struct json_doc *doc = &sarif->doc;
	const char *level = rp_severity_name(finding->rule->severity);
	const char *certainty = certainty_names[finding->certainty];
	json_t *result = json_doc_wrap(doc, "ruleId", finding->rule->id);

	json_doc_set(doc, result, "ruleIndex", json_integer(find_rule(sarif, finding->rule)));
	json_doc_set(doc, result, "level", json_doc_string(doc, level));
	json_doc_set(doc, result, "message", make_message(sarif, finding->message));
	json_doc_set(doc, result, "locations",
		     make_array_of(sarif, make_location(sarif, &finding->span, finding->function, true)));
	if (finding->step_count > 0)
		json_doc_set(doc, result, "codeFlows", make_array_of(sarif, make_code_flow(sarif, finding)));
	if (finding->fingerprint)
		json_doc_set(doc, result, "partialFingerprints",
			     json_doc_wrap(doc, SARIF_FINGERPRINT, finding->fingerprint));
	if (state)
		json_doc_set(doc, result, "baselineState", json_doc_string(doc, state));
	if (finding->allowed_for)
		json_doc_set(doc, result, "suppressions", make_array_of(sarif, make_suppression(sarif, finding)));
	json_t *properties = json_doc_wrap(doc, "certainty", certainty);
	if (finding->engines)
		json_doc_set(doc, properties, "engines", json_doc_engines(doc, finding->engines));
	json_doc_set(doc, result, "properties", properties);
	return result;
}

/* How many results of each severity are still to be written. */
struct room {
	size_t left[RP_SEVERITY_ERROR + 1];
};

/* As many as fit, the graver ones first; *total goes down by what was given away. */
static struct room share_room(const struct finding *findings, size_t count, size_t *total)
{
	struct room room = { { 0 } };

	for (size_t i = 0; i < count; i++)
		room.left[findings[i].rule->severity]++;
	for (int severity = RP_SEVERITY_ERROR; severity >= 0; severity--) {
		if (room.left[severity] > *total)
			room.left[severity] = *total;
		*total -= room.left[severity];
	}
	return room;
}

static void append_results(struct sarif *sarif, json_t *results, const struct finding *findings, size_t count,
			   const char *state, size_t *total)
{
	struct room room = share_room(findings, count, total);

	for (size_t i = 0; i < count; i++) {
		size_t *left = &room.left[findings[i].rule->severity];

		if (*left > 0)
			json_doc_append(&sarif->doc, results, make_result(sarif, &findings[i], state));
		else
			sarif->cut.results++;
		*left -= *left > 0;
	}
}

/* What counts comes before what does not. */
static json_t *make_results(struct sarif *sarif)
{
	const struct report *report = sarif->report;
	const char *state = report->has_baseline ? "new" : NULL;
	json_t *results = json_array();
	size_t total = RESULT_LIMIT;

	append_results(sarif, results, report->findings, report->finding_count, state, &total);
	append_results(sarif, results, report->allowed, report->allowed_count, NULL, &total);
	append_results(sarif, results, report->known, report->known_count, "unchanged", &total);
	return results;
}

/* ---- what was not analysed ---------------------------------------------------------------- */

const char *const sarif_notification_ids[NOTIFY_KINDS] = {
	[NOTIFY_NOT_ANALYSED] = "not-analysed",
	[NOTIFY_PARTIAL] = "analysed-in-part",
	[NOTIFY_NOTE] = "unit-note",
	[NOTIFY_CUT] = "report-cut",
};

static const struct {
	const char *what, *why, *help;
} notification_texts[NOTIFY_KINDS] = {
	[NOTIFY_NOT_ANALYSED] = {
		"a file or function was not analysed",
		"That nothing is reported there does not mean that there is nothing wrong.",
		"The message says what was missing: a header, a flag of the build, or sources that parse.",
	},
	[NOTIFY_PARTIAL] = {
		"a file or function was analysed only in part",
		"What is reported there is true, but there may be more.",
		"The message says what was left out, and why.",
	},
	[NOTIFY_NOTE] = {
		"something was assumed to be able to analyse a file",
		"Findings that follow from a wrong assumption may be wrong.",
		"Give the flags of the real build (a compile database, Kbuild, or options) to do without it.",
	},
	[NOTIFY_CUT] = {
		"the report is shorter than what was found",
		"GitHub's code scanning does not take larger reports.",
		"Use --format json for all of it, or check fewer files or rules in one run.",
	},
};

static json_t *make_notification_rules(struct sarif *sarif)
{
	json_t *array = json_array();

	for (int i = 0; i < NOTIFY_KINDS; i++) {
		json_t *item = json_doc_wrap(&sarif->doc, "id", sarif_notification_ids[i]);

		json_doc_set(&sarif->doc, item, "shortDescription", make_message(sarif, notification_texts[i].what));
		json_doc_set(&sarif->doc, item, "fullDescription", make_message(sarif, notification_texts[i].why));
		json_doc_set(&sarif->doc, item, "help", make_message(sarif, notification_texts[i].help));
		json_doc_append(&sarif->doc, array, item);
	}
	return array;
}

/* Without a place. */
static json_t *make_notice(struct sarif *sarif, enum notification_kind kind, const char *level, const char *text)
{
	struct json_doc *doc = &sarif->doc;
	json_t *item = json_object(), *descriptor = json_doc_wrap(doc, "id", sarif_notification_ids[kind]);

	json_doc_set(doc, descriptor, "index", json_integer(kind));
	json_doc_set(doc, item, "descriptor", descriptor);
	json_doc_set(doc, item, "level", json_doc_string(doc, level));
	json_doc_set(doc, item, "message", make_message(sarif, text));
	return item;
}

static json_t *make_notification(struct sarif *sarif, const struct not_analysed *entry, enum notification_kind kind,
				 const char *level)
{
	json_t *item = make_notice(sarif, kind, level, entry->reason);

	json_doc_set(&sarif->doc, item, "locations",
		     make_array_of(sarif, make_location(sarif, &entry->span, entry->function, false)));
	return item;
}

static void append_cut(struct sarif *sarif, json_t *notifications, size_t count, const char *text)
{
	if (count > 0)
		json_doc_append(&sarif->doc, notifications,
				make_notice(sarif, NOTIFY_CUT, "warning",
					    arena_printf(sarif->doc.scratch, "%zu %s", count, text)));
}

static json_t *make_notifications(struct sarif *sarif)
{
	const struct report *report = sarif->report;
	json_t *array = json_array();

	for (size_t i = 0; i < report->missing_count; i++) {
		const struct not_analysed *entry = &report->missing[i];
		enum notification_kind kind = entry->is_partial ? NOTIFY_PARTIAL : NOTIFY_NOT_ANALYSED;
		const char *level = entry->is_error ? "error" : "warning";

		json_doc_append(&sarif->doc, array, make_notification(sarif, entry, kind, level));
	}
	for (size_t i = 0; i < report->note_count; i++)
		json_doc_append(&sarif->doc, array, make_notification(sarif, &report->notes[i], NOTIFY_NOTE, "note"));
	append_cut(sarif, array, sarif->cut.results,
		   "results are left out, the least grave: GitHub takes 25,000 a run; --format json has all of them");
	append_cut(
		sarif, array, sarif->cut.paths,
		"paths are shortened in front of their last step: GitHub shows 1,000 steps; --format json has all of them");
	append_cut(sarif, array, sarif->cut.rules,
		   "rules have fewer tags than weaknesses: GitHub shows 10 tags; their relationships have all of them");
	return array;
}

static json_t *make_invocations(struct sarif *sarif)
{
	static const char *const descriptions[] = {
		"clean",
		"findings",
		"usage or rule pack error",
		"something could not be analysed",
	};
	int status = report_exit_status(sarif->report);
	json_t *invocation = json_object();

	json_doc_set(&sarif->doc, invocation, "executionSuccessful", json_boolean(status != 3));
	json_doc_set(&sarif->doc, invocation, "exitCode", json_integer(status));
	json_doc_set(&sarif->doc, invocation, "exitCodeDescription",
		     json_doc_string(&sarif->doc, descriptions[status]));
	json_doc_set(&sarif->doc, invocation, "toolExecutionNotifications", make_notifications(sarif));
	return make_array_of(sarif, invocation);
}

/* ---- the run -------------------------------------------------------------------------------- */

static json_t *make_tool(struct sarif *sarif)
{
	struct json_doc *doc = &sarif->doc;
	const struct report_options *options = sarif->options;
	json_t *driver = json_doc_wrap(doc, "name", "so2check"), *tool = json_object(), *properties = json_object();

	json_doc_set(doc, driver, "version", json_doc_string(doc, options->tool_version ? options->tool_version : "0"));
	json_doc_set(doc, driver, "rules", make_rules(sarif));
	json_doc_set(doc, driver, "notifications", make_notification_rules(sarif));
	if (sarif->cwes.count > 0)
		json_doc_set(doc, driver, "supportedTaxonomies", sarif_cwes_supported(doc));
	json_doc_set(doc, properties, "libclang", json_doc_string(doc, options->libclang_version));
	json_doc_set(doc, properties, "rules", json_doc_string(doc, options->rules_identity));
	json_doc_set(doc, driver, "properties", properties);
	json_doc_set(doc, tool, "driver", driver);
	return tool;
}

/* Readers resolve relative URIs against this folder; its URI must end in a slash. */
static json_t *make_base_ids(struct sarif *sarif)
{
	struct arena *scratch = sarif->doc.scratch;
	const char *root = sarif->options->root;
	const char *path = arena_printf(scratch, "%s%s", root, root[strlen(root) - 1] == '/' ? "" : "/");
	json_t *bases = json_object();

	json_doc_set(&sarif->doc, bases, SARIF_SOURCE_ROOT,
		     json_doc_wrap(&sarif->doc, "uri", uri_from_path(scratch, path)));
	return bases;
}

static json_t *make_run(struct sarif *sarif)
{
	struct json_doc *doc = &sarif->doc;
	const char *root = sarif->options->root;
	json_t *run = json_object(), *results = make_results(sarif); /* first: it notes what is cut */

	json_doc_set(doc, run, "tool", make_tool(sarif));
	json_doc_set(doc, run, "invocations", make_invocations(sarif));
	if (sarif->cwes.count > 0)
		json_doc_set(doc, run, "taxonomies", sarif_cwes_taxonomies(doc, &sarif->cwes));
	json_doc_set(doc, run, "columnKind", json_doc_string(doc, "unicodeCodePoints"));
	if (root && *root)
		json_doc_set(doc, run, "originalUriBaseIds", make_base_ids(sarif));
	json_doc_set(doc, run, "results", results);
	if (sarif->report->shard.count > 0) {
		json_t *properties = json_object();

		json_doc_set(doc, properties, "shard", json_doc_shard(doc, &sarif->report->shard));
		json_doc_set(doc, run, "properties", properties);
	}
	return run;
}

int sarif_write(FILE *out, const struct report *report, struct source_cache *sources,
		const struct report_options *options)
{
	struct sarif sarif = {
		.doc = { .scratch = arena_create() },
		.report = report,
		.sources = sources,
		.options = options,
	};
	json_t *root = json_object();

	list_rules(&sarif);
	json_doc_set(&sarif.doc, root, "$schema", json_doc_string(&sarif.doc, SARIF_SCHEMA));
	json_doc_set(&sarif.doc, root, "version", json_doc_string(&sarif.doc, "2.1.0"));
	json_doc_set(&sarif.doc, root, "runs", make_array_of(&sarif, make_run(&sarif)));
	int status = json_doc_write(&sarif.doc, root, out);
	arena_destroy(sarif.doc.scratch);
	return status;
}
