/* Reads what json.c writes. */
#include "read_int.h"

static struct span read_place(struct report_reader *reader, const json_t *item)
{
	return (struct span){
		.file = intern(reader->pool, read_text(reader, item, "file")),
		.line = (unsigned)read_number(reader, item, "line", UINT32_MAX),
		.column = (unsigned)read_number(reader, item, "column", UINT32_MAX),
		.end_line = (unsigned)read_number(reader, item, "endLine", UINT32_MAX),
		.end_column = (unsigned)read_number(reader, item, "endColumn", UINT32_MAX),
	};
}

/* Each finding says all of its rule; it is read from the first. */
static const struct rp_rule *read_rule(struct report_reader *reader, const json_t *item)
{
	const char *id = intern(reader->pool, read_text(reader, item, "rule"));
	struct rp_rule *rule = keymap_get(reader->rules, KEYMAP_KEY(id));

	if (rule)
		return rule;
	rule = ARENA_NEW(reader->arena, struct rp_rule);
	rule->id = id;
	rule->title = read_text(reader, item, "title");
	rule->severity = read_severity(reader, item, "severity");
	rule->why = read_text_or_null(reader, item, "why");
	rule->help = read_text_or_null(reader, item, "help");
	rule->cwe = read_texts(reader, read_member(reader, item, "cwe", JSON_ARRAY), &rule->cwe_count);
	rule->sources = read_sources(reader, item, "sources", &rule->source_count);
	keymap_put(reader->rules, KEYMAP_KEY(id), rule);
	return rule;
}

static void read_steps(struct report_reader *reader, const json_t *array, struct finding *finding)
{
	size_t count = json_array_size(array);

	finding->steps = ARENA_ARRAY(reader->arena, struct finding_step, count);
	finding->step_count = (int)count;
	for (size_t i = 0; i < count; i++) {
		const json_t *item = json_array_get(array, i);
		struct finding_step *step = &finding->steps[i];

		step->kind = (enum step_kind)read_choice(reader, item, "kind", step_kind_names, STEP_END + 1);
		step->span = read_place(reader, item);
		step->text = read_text(reader, item, "text");
		read_snippet(reader, &step->span, read_text_or_null(reader, item, "snippet"));
	}
}

typedef void add_finding(struct report *report, const struct finding *finding);

static void read_finding(struct report_reader *reader, const json_t *item, add_finding *add)
{
	struct finding finding = {
		.rule = read_rule(reader, item),
		.span = read_place(reader, item),
		.message = read_text(reader, item, "message"),
		.function = read_text_or_null(reader, item, "function"),
		.certainty = (enum finding_certainty)read_choice(reader, item, "certainty", certainty_names,
								 CERTAINTY_LIKELY + 1),
		.engines = read_engines(reader, item),
		.identity = read_hash(reader, item, "fingerprint"),
		.allowed_for = add == report_add_allowed ? read_text(reader, item, "reason") : NULL,
	};

	read_snippet(reader, &finding.span, read_text_or_null(reader, item, "snippet"));
	read_steps(reader, read_member(reader, item, "steps", JSON_ARRAY), &finding);
	if (!reader->is_broken)
		add(reader->report, &finding);
}

static void read_entries(struct report_reader *reader, const json_t *root, const char *key,
			 void (*add)(struct report *report, const struct not_analysed *entry))
{
	const json_t *array = read_member(reader, root, key, JSON_ARRAY);

	reader->item = key;
	for (reader->index = 0; reader->index < json_array_size(array); reader->index++) {
		const json_t *item = json_array_get(array, reader->index);
		struct not_analysed entry = {
			.span = read_place(reader, item),
			.function = read_text_or_null(reader, item, "function"),
			.reason = read_text(reader, item, "reason"),
			.is_partial = read_flag(reader, item, "partial"),
			.is_error = read_flag(reader, item, "error"),
		};
		if (!reader->is_broken)
			add(reader->report, &entry);
	}
	reader->item = NULL;
}

static void read_findings(struct report_reader *reader, const json_t *root, const char *key, add_finding *add)
{
	const json_t *array = read_member(reader, root, key, JSON_ARRAY);

	reader->item = key;
	for (reader->index = 0; reader->index < json_array_size(array); reader->index++)
		read_finding(reader, json_array_get(array, reader->index), add);
	reader->item = NULL;
}

void read_json_report(struct report_reader *reader, const json_t *root, struct report_origin *origin)
{
	const json_t *tool = read_member(reader, root, "tool", JSON_OBJECT);
	const json_t *summary = read_member(reader, root, "summary", JSON_OBJECT);

	origin->version = read_text(reader, tool, "version");
	origin->libclang = read_text(reader, tool, "libclang");
	origin->rules_identity = read_text_or_null(reader, tool, "rules");
	origin->shard = read_shard(reader, root);
	reader->report->unit_count += read_number(reader, summary, "units", UINT32_MAX);
	reader->report->function_count += read_number(reader, summary, "functions", UINT32_MAX);
	read_findings(reader, root, "findings", report_add_finding);
	read_findings(reader, root, "allowed", report_add_allowed);
	if (json_object_get(root, "known")) {
		reader->report->has_baseline = true;
		read_findings(reader, root, "known", report_add_known);
	}
	read_entries(reader, root, "notAnalysed", report_add_missing);
	read_entries(reader, root, "notes", report_add_note);
}
