#include "dump_path.h"

#include "base/strmap.h"
#include "graph_json.h"
#include "report/texts.h"

struct path_writer {
	FILE *out;
	struct arena *arena;
	const struct path_log *log;
	struct keymap *graph_ids; /* of graphs written: number + 1 */
	int graph_count;
};

static json_t *make_text(struct path_writer *writer, const char *text)
{
	return text ? json_string(utf8_clean(writer->arena, text)) : json_null();
}

static int write_line(struct path_writer *writer, json_t *object)
{
	int status = !object || json_dumpf(object, writer->out, JSON_COMPACT) || fputc('\n', writer->out) == EOF;

	json_decref(object);
	return status ? -1 : 0;
}

/* ---- graphs ------------------------------------------------------------------ */

static bool lies_within(const struct span *span, const struct ir_function *function)
{
	return span->file == function->span.file && span->line >= function->span.line &&
	       span->line <= function->end_span.line;
}

static bool concerns(const struct finding *finding, const struct ir_function *function)
{
	for (int i = 0; i < finding->step_count; i++)
		if (lies_within(&finding->steps[i].span, function))
			return true;
	return lies_within(&finding->span, function);
}

static bool is_wanted(const struct path_writer *writer, const struct report *report, size_t first,
		      const struct cfg *cfg)
{
	for (size_t i = 0; i < writer->log->path_count; i++)
		if (writer->log->paths[i].cfg == cfg)
			return true;
	for (size_t i = first; i < report->finding_count; i++)
		if (concerns(&report->findings[i], cfg->function))
			return true;
	return false;
}

static int write_graphs(struct path_writer *writer, const struct report *report, size_t first)
{
	int status = 0;

	for (size_t i = 0; i < writer->log->graph_count && !status; i++) {
		const struct cfg *cfg = writer->log->graphs[i];

		if (!is_wanted(writer, report, first, cfg))
			continue;
		keymap_put(writer->graph_ids, KEYMAP_KEY(cfg), (void *)(uintptr_t)++writer->graph_count);
		status = write_line(writer, json_pack("{s:o}", "graph", graph_json(writer->arena, cfg)));
	}
	return status;
}

/* ---- findings ------------------------------------------------------------------ */

static int edge_number(const struct cfg *cfg, const struct cfg_edge *edge)
{
	const struct cfg_block *block = cfg->blocks[edge->from];
	int number = 0;

	while (number < block->out_count && block->out[number] != edge)
		number++;
	return number;
}

static json_t *make_path(struct path_writer *writer, const struct finding_path *path)
{
	json_t *steps = json_array();

	for (int i = 0; i < path->step_count; i++) {
		const struct path_step *step = &path->steps[i];
		const struct cfg_edge *edge = step->edge;

		json_array_append_new(steps, edge ? json_pack("[i, i, i]", edge->from, edge->to,
							      edge_number(path->cfg, edge)) :
						    json_pack("[s, i, I, I, b]", "result", step->call->index,
							      (json_int_t)step->result.low,
							      (json_int_t)step->result.high, step->result.nonzero));
	}
	return json_pack("{s:I, s:o}", "graph",
			 (json_int_t)(uintptr_t)keymap_get(writer->graph_ids, KEYMAP_KEY(path->cfg)) - 1, "steps",
			 steps);
}

static json_t *make_steps(struct path_writer *writer, const struct finding *finding)
{
	static const char *const kinds[] = {
		[STEP_EVENT] = "event", [STEP_BRANCH] = "branch", [STEP_CALL] = "call", [STEP_END] = "end"
	};
	json_t *steps = json_array();

	for (int i = 0; i < finding->step_count; i++) {
		const struct finding_step *step = &finding->steps[i];

		json_array_append_new(steps, json_pack("{s:s, s:o, s:i, s:i, s:o}", "kind", kinds[step->kind], "file",
						       make_text(writer, step->span.file), "line", (int)step->span.line,
						       "column", (int)step->span.column, "text",
						       make_text(writer, step->text)));
	}
	return steps;
}

static int write_finding(struct path_writer *writer, const struct finding *finding, const struct finding_path *path)
{
	return write_line(writer,
			  json_pack("{s:s, s:o, s:i, s:i, s:o, s:o, s:s, s:o, s:o}", "finding", finding->rule->id,
				    "file", make_text(writer, finding->span.file), "line", (int)finding->span.line,
				    "column", (int)finding->span.column, "function",
				    make_text(writer, finding->function), "message",
				    make_text(writer, finding->message), "certainty",
				    finding->certainty == CERTAINTY_LIKELY ? "likely" : "certain", "steps",
				    make_steps(writer, finding), "path", path ? make_path(writer, path) : json_null()));
}

int dump_paths(FILE *out, struct arena *scratch, const struct path_log *log, const struct report *report, size_t first)
{
	struct path_writer writer = { .out = out, .arena = scratch, .log = log, .graph_ids = keymap_create(scratch) };
	int status = write_graphs(&writer, report, first);
	size_t next = 0;

	for (size_t i = first; i < report->finding_count && !status; i++) {
		bool has_path = next < log->path_count && log->paths[next].finding == i;

		status = write_finding(&writer, &report->findings[i], has_path ? &log->paths[next] : NULL);
		next += has_path;
	}
	return status;
}
