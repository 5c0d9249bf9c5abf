/* JUnit's format, as CI servers show test results: each finding is a test that fails, each thing not analysed one that
 * could not be run. A run with neither is one test that passes. */
#include "report_int.h"

struct junit {
	struct xml_doc xml;
	const struct report_options *options;
};

static void open_case(struct junit *sink, const struct span *span, const char *name)
{
	struct arena *scratch = sink->xml.scratch;
	const char *path = report_path(scratch, sink->options, span->file);

	xml_doc_open(&sink->xml, "testcase");
	xml_doc_set(&sink->xml, "classname", path);
	xml_doc_set(&sink->xml, "name", span->line ? arena_printf(scratch, "%s, line %u", name, span->line) : name);
	xml_doc_set(&sink->xml, "file", path);
	if (span->line)
		xml_doc_set_number(&sink->xml, "line", span->line);
}

static void write_label(struct junit *sink, const char *label, const char *text)
{
	if (text)
		xml_doc_line(&sink->xml, arena_printf(sink->xml.scratch, "%s: %s", label, text));
}

static void write_finding(struct junit *sink, const struct finding *finding)
{
	struct arena *scratch = sink->xml.scratch;

	open_case(sink, &finding->span, finding->rule->id);
	xml_doc_open(&sink->xml, "failure");
	xml_doc_set(&sink->xml, "type", rp_severity_name(finding->rule->severity));
	xml_doc_set(&sink->xml, "message", finding->message);
	for (int i = 0; i < finding->step_count; i++) {
		const struct finding_step *step = &finding->steps[i];
		const char *path = report_path(scratch, sink->options, step->span.file);
		xml_doc_line(&sink->xml,
			     arena_printf(scratch, "%d. %s:%u: %s", i + 1, path, step->span.line, step->text));
	}
	write_label(sink, "why", finding->rule->why);
	write_label(sink, "rule", report_rule_text(scratch, finding->rule));
	write_label(sink, "help", finding->rule->help);
	xml_doc_close(&sink->xml);
	xml_doc_close(&sink->xml);
}

static void write_missing(struct junit *sink, const struct not_analysed *entry)
{
	open_case(sink, &entry->span, REPORT_MISSING_ID);
	xml_doc_open(&sink->xml, entry->is_error ? "error" : "skipped");
	xml_doc_set(&sink->xml, "message", report_missing_text(sink->xml.scratch, entry));
	xml_doc_close(&sink->xml);
	xml_doc_close(&sink->xml);
}

static void write_pass(struct junit *sink, const struct report *report)
{
	xml_doc_open(&sink->xml, "testcase");
	xml_doc_set(&sink->xml, "classname", "so2check");
	xml_doc_set(&sink->xml, "name",
		    arena_printf(sink->xml.scratch, "no findings in %zu units", report->unit_count));
	xml_doc_close(&sink->xml);
}

static size_t count_errors(const struct report *report)
{
	size_t count = 0;

	for (size_t i = 0; i < report->missing_count; i++)
		count += report->missing[i].is_error;
	return count;
}

int junit_write(FILE *out, const struct report *report, const struct report_options *options)
{
	struct junit sink = { .xml = xml_doc_create(out), .options = options };
	size_t count = report->finding_count + report->missing_count, errors = count_errors(report);

	xml_doc_open(&sink.xml, "testsuites");
	xml_doc_open(&sink.xml, "testsuite");
	xml_doc_set(&sink.xml, "name", "so2check");
	xml_doc_set_number(&sink.xml, "tests", count ? count : 1);
	xml_doc_set_number(&sink.xml, "failures", report->finding_count);
	xml_doc_set_number(&sink.xml, "errors", errors);
	xml_doc_set_number(&sink.xml, "skipped", report->missing_count - errors);
	for (size_t i = 0; i < report->finding_count; i++)
		write_finding(&sink, &report->findings[i]);
	for (size_t i = 0; i < report->missing_count; i++)
		write_missing(&sink, &report->missing[i]);
	if (count == 0)
		write_pass(&sink, report);
	xml_doc_close(&sink.xml);
	xml_doc_close(&sink.xml);
	return xml_doc_finish(&sink.xml);
}
