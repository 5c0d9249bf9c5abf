/* The report for people. One finding reads:
 *
 *   dev.c:123:9: error: `dev->lock` is still held at this return [rule-id]
 *     123 |         return ret;
 *         |         ^~~~~~~~~~
 *      1. dev.c:110:2: `dev->lock` is locked here
 *             lock(&dev->lock);
 *      2. dev.c:123:9: returns here
 *     why: ...
 *     rule: its title - source: document, place
 *     help: ...
 *
 * All text passes utf8_printable(): sources and file names may be hostile. */
#include "report_int.h"

#include <errno.h>
#include <string.h>

/* A file with more notes than this ends with a count of the rest. */
#define NOTES_PER_FILE 5

struct palette {
	const char *bold, *error, *warning, *note, *mark, *dim, *reset;
};

static const struct palette colors = {
	.bold = "\033[1m",
	.error = "\033[1;31m",
	.warning = "\033[1;35m",
	.note = "\033[1;36m",
	.mark = "\033[1;32m",
	.dim = "\033[2m",
	.reset = "\033[0m",
};
static const struct palette no_colors = { "", "", "", "", "", "", "" };

struct text_sink {
	FILE *out;
	struct arena *scratch; /* reset after each finding */
	struct source_cache *sources;
	const struct palette *palette;
};

static const char *clean(struct text_sink *sink, const char *text)
{
	return utf8_printable(sink->scratch, text ? text : "");
}

static const char *severity_color(const struct palette *palette, enum rp_severity severity)
{
	switch (severity) {
	case RP_SEVERITY_ERROR:
		return palette->error;
	case RP_SEVERITY_WARNING:
		return palette->warning;
	case RP_SEVERITY_NOTE:
		return palette->note;
	}
	return palette->note;
}

/* `file:line:column`, as far as known. */
static const char *place_text(struct text_sink *sink, const struct span *span)
{
	const char *file = clean(sink, span->file);

	if (span->line == 0)
		return file;
	if (span->column == 0)
		return arena_printf(sink->scratch, "%s:%u", file, span->line);
	return arena_printf(sink->scratch, "%s:%u:%u", file, span->line, span->column);
}

/* ---- source lines -------------------------------------------------------------- */

/* Blanks under the text before the mark: tabs stay tabs, so that both lines
 * move alike whatever the terminal's tab stops are. */
static void print_indent(FILE *out, const struct excerpt *excerpt)
{
	const char *text = excerpt->text;
	const char *stop = text + excerpt->start;

	while (*text && text < stop) {
		uint32_t code;

		text += utf8_decode(text, &code);
		fputc(code == '\t' ? '\t' : ' ', out);
	}
}

static void print_underline(FILE *out, const struct excerpt *excerpt)
{
	const char *text = excerpt->text + excerpt->start;
	const char *stop = excerpt->text + excerpt->end;

	fputc('^', out);
	if (*text) {
		uint32_t code;

		text += utf8_decode(text, &code);
	}
	while (*text && text < stop) {
		uint32_t code;

		text += utf8_decode(text, &code);
		fputc('~', out);
	}
}

static void print_excerpt(struct text_sink *sink, const struct span *span)
{
	const struct palette *palette = sink->palette;
	const char *line = source_cache_line(sink->sources, span->file, span->line);
	if (!line)
		return;
	struct excerpt excerpt = excerpt_of_line(sink->scratch, line, span);
	const char *left = excerpt.is_cut_left ? "..." : "";

	fprintf(sink->out, "%6u | %s%s%s\n", span->line, left, clean(sink, excerpt.text),
		excerpt.is_cut_right ? "..." : "");
	if (span->column == 0)
		return;
	fprintf(sink->out, "       | %*s", (int)strlen(left), "");
	print_indent(sink->out, &excerpt);
	fputs(palette->mark, sink->out);
	print_underline(sink->out, &excerpt);
	fprintf(sink->out, "%s\n", palette->reset);
}

/* ---- one finding ------------------------------------------------------------------ */

static void print_headline(struct text_sink *sink, const struct finding *finding)
{
	const struct palette *palette = sink->palette;

	fprintf(sink->out, "%s%s:%s ", palette->bold, place_text(sink, &finding->span), palette->reset);
	fprintf(sink->out, "%s%s:%s ", severity_color(palette, finding->rule->severity),
		rp_severity_name(finding->rule->severity), palette->reset);
	fprintf(sink->out, "%s%s%s [%s%s]\n", palette->bold, clean(sink, finding->message), palette->reset,
		finding->rule->id, finding->certainty == CERTAINTY_LIKELY ? ", likely" : "");
}

/* Of what so2check alone found nothing is said. */
static void print_engines(struct text_sink *sink, const struct finding *finding)
{
	const char *glue = "  found by: ";

	for (int i = 0; i < ENGINE_COUNT; i++) {
		if (!(finding->engines & (1u << i)))
			continue;
		fprintf(sink->out, "%s%s", glue, engine_names[i]);
		glue = ", ";
	}
	if (finding->engines)
		fputc('\n', sink->out);
}

static bool is_same_line(const struct span *left, const struct span *right)
{
	return left->line == right->line && left->file && right->file && !strcmp(left->file, right->file);
}

/* Only the text: the place is in the step, and a mark would double its height. */
static void print_step_source(struct text_sink *sink, const struct span *span)
{
	const char *line = source_cache_line(sink->sources, span->file, span->line);
	if (!line)
		return;
	line += strspn(line, " \t");
	if (!*line)
		return;
	struct span whole = { .line = span->line, .column = 1 };
	struct excerpt excerpt = excerpt_of_line(sink->scratch, line, &whole);

	fprintf(sink->out, "          %s%s%s%s\n", sink->palette->dim, clean(sink, excerpt.text),
		excerpt.is_cut_right ? "..." : "", sink->palette->reset);
}

/* A path of one step that says what the headline says is no path. */
static bool has_path(const struct finding *finding)
{
	if (finding->step_count != 1)
		return finding->step_count > 1;
	return strcmp(finding->steps[0].text, finding->message) != 0;
}

static void print_path(struct text_sink *sink, const struct finding *finding)
{
	const struct span *shown = &finding->span; /* its line is already on the screen */

	if (!has_path(finding))
		return;
	for (int i = 0; i < finding->step_count; i++) {
		const struct finding_step *step = &finding->steps[i];

		fprintf(sink->out, "  %2d. %s: %s\n", i + 1, place_text(sink, &step->span), clean(sink, step->text));
		if (!is_same_line(&step->span, shown) && !is_same_line(&step->span, &finding->span))
			print_step_source(sink, &step->span);
		shown = &step->span;
	}
}

static void print_label(struct text_sink *sink, const char *label, const char *text)
{
	if (text)
		fprintf(sink->out, "  %s%s:%s %s\n", sink->palette->bold, label, sink->palette->reset,
			clean(sink, text));
}

static void print_finding(struct text_sink *sink, const struct finding *finding)
{
	print_headline(sink, finding);
	print_excerpt(sink, &finding->span);
	print_path(sink, finding);
	print_engines(sink, finding);
	print_label(sink, "why", finding->rule->why);
	print_label(sink, "rule", report_rule_text(sink->scratch, finding->rule));
	print_label(sink, "help", finding->rule->help);
	fputc('\n', sink->out);
}

/* ---- what is said beside findings --------------------------------------------------- */

static void print_about(struct text_sink *sink, const struct not_analysed *entry, const char *color, const char *label)
{
	const struct palette *palette = sink->palette;

	fprintf(sink->out, "%s%s:%s %s%s:%s ", palette->bold, place_text(sink, &entry->span), palette->reset, color,
		label, palette->reset);
	if (entry->function)
		fprintf(sink->out, "in `%s`: ", clean(sink, entry->function));
	fprintf(sink->out, "%s\n", clean(sink, entry->reason));
}

/* Says a finding in the lines of a compiler. What happened on the way is said, which way conditions went is not. */
static void print_short_finding(struct text_sink *sink, const struct finding *finding)
{
	print_headline(sink, finding);
	for (int i = 0; i < finding->step_count; i++) {
		const struct finding_step *step = &finding->steps[i];

		if (step->kind == STEP_BRANCH || step->kind == STEP_END || is_same_line(&step->span, &finding->span))
			continue;
		fprintf(sink->out, "%s: %snote:%s %s\n", place_text(sink, &step->span), sink->palette->note,
			sink->palette->reset, clean(sink, step->text));
	}
}

static size_t count_same_file(const struct not_analysed *entries, size_t count)
{
	size_t same = 1;

	while (same < count && !strcmp(entries[same].span.file, entries[0].span.file))
		same++;
	return same;
}

static void print_notes(struct text_sink *sink, const struct report *report)
{
	for (size_t i = 0; i < report->note_count;) {
		const struct not_analysed *first = &report->notes[i];
		size_t same = count_same_file(first, report->note_count - i);
		size_t shown = same > NOTES_PER_FILE ? NOTES_PER_FILE : same;

		for (size_t k = 0; k < shown; k++)
			print_about(sink, &first[k], sink->palette->note, "note");
		if (same > shown)
			fprintf(sink->out, "%s: %zu more notes (all of them with --format json)\n",
				clean(sink, first->span.file), same - shown);
		i += same;
	}
}

static void print_missing(struct text_sink *sink, const struct report *report, const char *prefix)
{
	for (size_t i = 0; i < report->missing_count; i++) {
		const struct not_analysed *entry = &report->missing[i];
		const char *color = entry->is_error ? sink->palette->error : sink->palette->warning;

		print_about(sink, entry, color,
			    arena_printf(sink->scratch, "%s%s", prefix,
					 entry->is_partial ? "analysed in part" : "not analysed"));
	}
}

static void end_block(struct text_sink *sink, size_t count)
{
	if (count > 0)
		fputc('\n', sink->out);
}

/* `3 units`, `1 unit` */
static const char *amount(struct text_sink *sink, size_t count, const char *noun)
{
	return arena_printf(sink->scratch, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

/* `, 3 allowed`: what was found and does not count. */
static const char *aside(struct text_sink *sink, size_t count, bool is_said, const char *what)
{
	return is_said ? arena_printf(sink->scratch, ", %zu %s", count, what) : "";
}

static void print_summary(struct text_sink *sink, const struct report *report)
{
	struct severity_counts counts = report_count_severities(report);

	const char *allowed = aside(sink, report->allowed_count, report->allowed_count > 0, "allowed");
	const char *known = aside(sink, report->known_count, report->has_baseline, "known");
	const char *policy = report->policy ? arena_printf(sink->scratch, ", policy %s", clean(sink, report->policy)) :
					      "";

	fprintf(sink->out, "%s, %s checked, %s (%s, %s, %s)%s%s, %zu not analysed%s\n",
		amount(sink, report->unit_count, "unit"), amount(sink, report->function_count, "function"),
		amount(sink, report->finding_count, "finding"), amount(sink, counts.errors, "error"),
		amount(sink, counts.warnings, "warning"), amount(sink, counts.notes, "note"), allowed, known,
		report->missing_count, policy);
}

int text_write(FILE *out, const struct report *report, struct source_cache *sources, bool use_color)
{
	struct text_sink sink = {
		.out = out,
		.scratch = arena_create(),
		.sources = sources,
		.palette = use_color ? &colors : &no_colors,
	};

	for (size_t i = 0; i < report->finding_count && !ferror(out); i++) {
		print_finding(&sink, &report->findings[i]);
		arena_reset(sink.scratch);
	}
	print_notes(&sink, report);
	end_block(&sink, report->note_count);
	print_missing(&sink, report, "");
	end_block(&sink, report->missing_count);
	print_summary(&sink, report);
	arena_destroy(sink.scratch);
	return fflush(out) || ferror(out) ? -1 : 0;
}

int short_write(FILE *out, const struct report *report, bool use_color)
{
	struct text_sink sink = { .out = out, .scratch = arena_create(), .palette = use_color ? &colors : &no_colors };

	for (size_t i = 0; i < report->finding_count && !ferror(out); i++) {
		print_short_finding(&sink, &report->findings[i]);
		arena_reset(sink.scratch);
	}
	print_notes(&sink, report);
	print_missing(&sink, report, "warning: ");
	arena_destroy(sink.scratch);
	return fflush(out) || ferror(out) ? -1 : 0;
}
