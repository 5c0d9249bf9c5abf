/* The format of the tool Checkstyle, which CI servers have read for twenty years: errors by file. What was not analysed is
 * an error, too: a reader of the report must not take it for clean. */
#include "report_int.h"

#include <string.h>

static const char *severity_name(enum rp_severity severity)
{
	return severity == RP_SEVERITY_NOTE ? "info" : rp_severity_name(severity);
}

struct checkstyle {
	struct xml_doc xml;
	const struct report_options *options;
	const char *file; /* whose element is open; NULL: none */
};

/* Findings come sorted by file, but a list of others follows them: a file may have two elements. */
static void go_to_file(struct checkstyle *sink, const char *file)
{
	if (sink->file && file && strcmp(sink->file, file) == 0)
		return;
	if (sink->file)
		xml_doc_close(&sink->xml);
	sink->file = file;
	if (!file)
		return;
	xml_doc_open(&sink->xml, "file");
	xml_doc_set(&sink->xml, "name", report_path(sink->xml.scratch, sink->options, file));
}

static void write_error(struct checkstyle *sink, const struct span *span, const char *severity, const char *message,
			const char *source)
{
	go_to_file(sink, span->file);
	xml_doc_open(&sink->xml, "error");
	xml_doc_set_number(&sink->xml, "line", span->line ? span->line : 1);
	if (span->column)
		xml_doc_set_number(&sink->xml, "column", span->column);
	xml_doc_set(&sink->xml, "severity", severity);
	xml_doc_set(&sink->xml, "message", message);
	xml_doc_set(&sink->xml, "source", arena_printf(sink->xml.scratch, "so2check.%s", source));
	xml_doc_close(&sink->xml);
}

int checkstyle_write(FILE *out, const struct report *report, const struct report_options *options)
{
	struct checkstyle sink = { .xml = xml_doc_create(out), .options = options };

	xml_doc_open(&sink.xml, "checkstyle");
	xml_doc_set(&sink.xml, "version", "4.3");
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];
		write_error(&sink, &finding->span, severity_name(finding->rule->severity), finding->message,
			    finding->rule->id);
	}
	for (size_t i = 0; i < report->missing_count; i++) {
		const struct not_analysed *entry = &report->missing[i];
		write_error(&sink, &entry->span, entry->is_error ? "error" : "warning",
			    report_missing_text(sink.xml.scratch, entry), REPORT_MISSING_ID);
	}
	go_to_file(&sink, NULL);
	xml_doc_close(&sink.xml);
	return xml_doc_finish(&sink.xml);
}
