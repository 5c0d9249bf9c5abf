/* Workflow commands of GitHub Actions, one line each: shown beside the changed lines of a pull request. GitHub shows the
 * first ten errors and warnings of a step there, and all of them in the log.
 *
 * In a message percent signs and newlines are escaped, in a property colons and commas, too. */
#include "report_int.h"

struct github {
	FILE *out;
	struct arena *scratch;
	const struct report_options *options;
};

static void put_text(struct github *sink, const char *text, bool is_property)
{
	for (text = utf8_printable(sink->scratch, text ? text : ""); *text; text++) {
		if (*text == '%' || (is_property && (*text == ':' || *text == ',')))
			fprintf(sink->out, "%%%02X", (unsigned char)*text);
		else
			fputc(*text, sink->out);
	}
}

static void put_property(struct github *sink, const char *name, const char *text)
{
	fprintf(sink->out, "%s=", name);
	put_text(sink, text, true);
}

static void put_place(struct github *sink, const char *command, const struct span *given)
{
	struct span span = span_with_end(*given);

	fprintf(sink->out, "::%s ", command);
	put_property(sink, "file", report_path(sink->scratch, sink->options, span.file));
	if (span.line)
		fprintf(sink->out, ",line=%u,endLine=%u", span.line, span.end_line);
	if (span.line && span.column && span.end_line == span.line) /* GitHub takes columns of one line only */
		fprintf(sink->out, ",col=%u,endColumn=%u", span.column, span.end_column);
	fputc(',', sink->out);
}

static void put_line(struct github *sink, const char *label, const char *text)
{
	if (!text)
		return;
	fputs("%0A", sink->out);
	fputs(label, sink->out);
	put_text(sink, text, false);
}

static void put_finding(struct github *sink, const struct finding *finding)
{
	const char *severity = finding->rule->severity == RP_SEVERITY_NOTE ? "notice" :
									     rp_severity_name(finding->rule->severity);

	put_place(sink, severity, &finding->span);
	put_property(sink, "title", finding->rule->id);
	fputs("::", sink->out);
	put_text(sink, finding->message, false);
	for (int i = 0; i < finding->step_count; i++) {
		const struct finding_step *step = &finding->steps[i];
		const char *path = report_path(sink->scratch, sink->options, step->span.file);

		put_line(sink, "",
			 arena_printf(sink->scratch, "%d. %s:%u: %s", i + 1, path, step->span.line, step->text));
	}
	put_line(sink, "why: ", finding->rule->why);
	put_line(sink, "help: ", finding->rule->help);
	fputc('\n', sink->out);
}

static void put_missing(struct github *sink, const struct not_analysed *entry)
{
	put_place(sink, entry->is_error ? "error" : "warning", &entry->span);
	put_property(sink, "title", REPORT_MISSING_ID);
	fputs("::", sink->out);
	put_text(sink, report_missing_text(sink->scratch, entry), false);
	fputc('\n', sink->out);
}

int github_write(FILE *out, const struct report *report, const struct report_options *options)
{
	struct github sink = { .out = out, .scratch = arena_create(), .options = options };

	for (size_t i = 0; i < report->finding_count && !ferror(out); i++) {
		put_finding(&sink, &report->findings[i]);
		arena_reset(sink.scratch);
	}
	for (size_t i = 0; i < report->missing_count && !ferror(out); i++)
		put_missing(&sink, &report->missing[i]);
	arena_destroy(sink.scratch);
	return fflush(out) || ferror(out) ? -1 : 0;
}
