/* The report for scripts. Its shape is stable: keys are only ever added, and
 * `version` grows when one changes its meaning.
 *
 *   {"version": 1,
 *    "tool": {"name", "version", "libclang", "rules": 16 hex digits},
 *    "shard": {"number", "count", "plan"} in the report of a part,
 *    "findings": [{"rule", "title", "severity": "error"|"warning"|"note",
 *                  "certainty": "certain"|"likely", PLACE, "function", "message",
 *                  "why", "help", "cwe": [text], "sources": [{"document", "place"}],
 *                  "fingerprint", "snippet",
 *                  "steps": [{"kind": "event"|"branch"|"call"|"end", PLACE, "text", "snippet"}]}],
 *    "allowed": [as findings, with the "reason" that the source gives],
 *    "known": [as findings] where there was a baseline,
 *    "notAnalysed": [{PLACE, "function", "reason", "partial", "error"}],
 *    "notes": [{PLACE, "function", "reason", "partial", "error"}],
 *    "summary": {"units", "functions", "findings", "errors", "warnings", "notes",
 *                "notAnalysed", "exitStatus"}}
 *
 * PLACE is "file", "line", "column", "endLine", "endColumn": counted from 1, in
 * bytes, the end is the last character's; 0 means unknown. A snippet is the line it
 * begins on; "rules" and "plan" are equal where the rules, and what was divided, are. Texts that are not
 * known are null. Bytes of sources that are not UTF-8 become U+FFFD. */
#include "report_int.h"

const char *const step_kind_names[STEP_END + 1] = {
	[STEP_EVENT] = "event",
	[STEP_BRANCH] = "branch",
	[STEP_CALL] = "call",
	[STEP_END] = "end",
};

static void set_place(struct json_doc *doc, json_t *object, const struct span *span)
{
	json_doc_set(doc, object, "file", json_doc_string(doc, span->file));
	json_doc_set(doc, object, "line", json_integer(span->line));
	json_doc_set(doc, object, "column", json_integer(span->column));
	json_doc_set(doc, object, "endLine", json_integer(span->end_line ? span->end_line : span->line));
	json_doc_set(doc, object, "endColumn", json_integer(span->end_column ? span->end_column : span->column));
}

static json_t *make_tool(struct json_doc *doc, const struct report_options *options)
{
	json_t *tool = json_doc_wrap(doc, "name", "so2check");

	json_doc_set(doc, tool, "version", json_doc_string(doc, options->tool_version));
	json_doc_set(doc, tool, "libclang", json_doc_string(doc, options->libclang_version));
	json_doc_set(doc, tool, "rules", json_doc_string(doc, options->rules_identity));
	return tool;
}

static void set_snippet(struct json_doc *doc, json_t *object, struct source_cache *sources, const struct span *span)
{
	json_doc_set(doc, object, "snippet", json_doc_string(doc, source_cache_line(sources, span->file, span->line)));
}

static json_t *make_steps(struct json_doc *doc, const struct finding *finding, struct source_cache *sources)
{
	json_t *steps = json_array();

	for (int i = 0; i < finding->step_count; i++) {
		const struct finding_step *step = &finding->steps[i];
		json_t *item = json_doc_wrap(doc, "kind", step_kind_names[step->kind]);

		set_place(doc, item, &step->span);
		json_doc_set(doc, item, "text", json_doc_string(doc, step->text));
		set_snippet(doc, item, sources, &step->span);
		json_doc_append(doc, steps, item);
	}
	return steps;
}

static json_t *make_finding(struct json_doc *doc, const struct finding *finding, struct source_cache *sources)
{
	const struct rp_rule *rule = finding->rule;
	const char *certainty = certainty_names[finding->certainty];
	json_t *item = json_doc_wrap(doc, "rule", rule->id);

	json_doc_set(doc, item, "title", json_doc_string(doc, rule->title));
	json_doc_set(doc, item, "severity", json_doc_string(doc, rp_severity_name(rule->severity)));
	json_doc_set(doc, item, "certainty", json_doc_string(doc, certainty));
	set_place(doc, item, &finding->span);
	json_doc_set(doc, item, "function", json_doc_string(doc, finding->function));
	json_doc_set(doc, item, "message", json_doc_string(doc, finding->message));
	json_doc_set(doc, item, "why", json_doc_string(doc, rule->why));
	json_doc_set(doc, item, "help", json_doc_string(doc, rule->help));
	json_doc_set(doc, item, "cwe", json_doc_strings(doc, rule->cwe, rule->cwe_count));
	json_doc_set(doc, item, "sources", json_doc_sources(doc, rule));
	json_doc_set(doc, item, "fingerprint", json_doc_string(doc, finding->fingerprint));
	if (finding->engines)
		json_doc_set(doc, item, "engines", json_doc_engines(doc, finding->engines));
	if (finding->allowed_for)
		json_doc_set(doc, item, "reason", json_doc_string(doc, finding->allowed_for));
	set_snippet(doc, item, sources, &finding->span);
	json_doc_set(doc, item, "steps", make_steps(doc, finding, sources));
	return item;
}

static json_t *make_findings(struct json_doc *doc, const struct finding *findings, size_t count,
			     struct source_cache *sources)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		json_doc_append(doc, array, make_finding(doc, &findings[i], sources));
	return array;
}

static json_t *make_not_analysed(struct json_doc *doc, const struct not_analysed *entries, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++) {
		json_t *item = json_object();

		set_place(doc, item, &entries[i].span);
		json_doc_set(doc, item, "function", json_doc_string(doc, entries[i].function));
		json_doc_set(doc, item, "reason", json_doc_string(doc, entries[i].reason));
		json_doc_set(doc, item, "partial", json_boolean(entries[i].is_partial));
		json_doc_set(doc, item, "error", json_boolean(entries[i].is_error));
		json_doc_append(doc, array, item);
	}
	return array;
}

static void set_count(struct json_doc *doc, json_t *object, const char *key, size_t count)
{
	json_doc_set(doc, object, key, json_integer((json_int_t)count));
}

static json_t *make_summary(struct json_doc *doc, const struct report *report)
{
	struct severity_counts counts = report_count_severities(report);
	json_t *summary = json_object();

	set_count(doc, summary, "units", report->unit_count);
	set_count(doc, summary, "functions", report->function_count);
	set_count(doc, summary, "findings", report->finding_count);
	set_count(doc, summary, "errors", counts.errors);
	set_count(doc, summary, "warnings", counts.warnings);
	set_count(doc, summary, "notes", counts.notes);
	set_count(doc, summary, "notAnalysed", report->missing_count);
	set_count(doc, summary, "exitStatus", (size_t)report_exit_status(report));
	return summary;
}

int json_write(FILE *out, const struct report *report, struct source_cache *sources,
	       const struct report_options *options)
{
	struct json_doc doc = { .scratch = arena_create() };
	json_t *root = json_object();

	json_doc_set(&doc, root, "version", json_integer(JSON_SCHEMA_VERSION));
	json_doc_set(&doc, root, "tool", make_tool(&doc, options));
	if (report->shard.count > 0)
		json_doc_set(&doc, root, "shard", json_doc_shard(&doc, &report->shard));
	json_doc_set(&doc, root, "findings", make_findings(&doc, report->findings, report->finding_count, sources));
	json_doc_set(&doc, root, "allowed", make_findings(&doc, report->allowed, report->allowed_count, sources));
	if (report->has_baseline)
		json_doc_set(&doc, root, "known", make_findings(&doc, report->known, report->known_count, sources));
	json_doc_set(&doc, root, "notAnalysed", make_not_analysed(&doc, report->missing, report->missing_count));
	json_doc_set(&doc, root, "notes", make_not_analysed(&doc, report->notes, report->note_count));
	json_doc_set(&doc, root, "summary", make_summary(&doc, report));
	int status = json_doc_write(&doc, root, out);
	arena_destroy(doc.scratch);
	return status;
}
