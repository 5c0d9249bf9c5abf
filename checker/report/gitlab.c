/* GitLab's Code Quality report: an array of issues, each with a fingerprint by which a merge request tells new ones from
 * old ones. What was not analysed is a blocker. */
#include "report_int.h"

#include <string.h>
#include <xxhash.h>

static const char *severity_name(enum rp_severity severity)
{
	switch (severity) {
	case RP_SEVERITY_ERROR:
		return "critical";
	case RP_SEVERITY_WARNING:
		return "major";
	case RP_SEVERITY_NOTE:
		return "info";
	}
	return "info";
}

static json_t *make_issue(struct json_doc *doc, const struct report_options *options, const struct span *span,
			  const char *name, const char *severity)
{
	json_t *issue = json_doc_wrap(doc, "check_name", name), *place = json_object(), *lines = json_object();

	json_doc_set(doc, lines, "begin", json_integer(span->line ? span->line : 1));
	json_doc_set(doc, place, "path", json_doc_string(doc, report_path(doc->scratch, options, span->file)));
	json_doc_set(doc, place, "lines", lines);
	json_doc_set(doc, issue, "severity", json_doc_string(doc, severity));
	json_doc_set(doc, issue, "location", place);
	return issue;
}

/* Fingerprints are counted within a file; here they must be unique in all of the report. */
static const char *issue_fingerprint(struct arena *scratch, const char *file, const char *text)
{
	const char *all = arena_printf(scratch, "%s\n%s", file, text);

	return fingerprint_text(scratch, XXH3_64bits(all, strlen(all)));
}

static json_t *make_finding(struct json_doc *doc, const struct report_options *options, const struct finding *finding)
{
	const char *path = report_path(doc->scratch, options, finding->span.file);
	json_t *issue = make_issue(doc, options, &finding->span, finding->rule->id,
				   severity_name(finding->rule->severity));

	json_doc_set(doc, issue, "description", json_doc_string(doc, finding->message));
	json_doc_set(doc, issue, "fingerprint",
		     json_doc_string(doc, issue_fingerprint(doc->scratch, path, finding->fingerprint)));
	return issue;
}

static json_t *make_missing(struct json_doc *doc, const struct report_options *options,
			    const struct not_analysed *entry)
{
	const char *text = report_missing_text(doc->scratch, entry);
	const char *path = report_path(doc->scratch, options, entry->span.file);
	json_t *issue = make_issue(doc, options, &entry->span, REPORT_MISSING_ID,
				   entry->is_error ? "blocker" : "major");

	json_doc_set(doc, issue, "description", json_doc_string(doc, text));
	json_doc_set(doc, issue, "fingerprint", json_doc_string(doc, issue_fingerprint(doc->scratch, path, text)));
	return issue;
}

int gitlab_write(FILE *out, const struct report *report, const struct report_options *options)
{
	struct json_doc doc = { .scratch = arena_create() };
	json_t *issues = json_array();

	for (size_t i = 0; i < report->finding_count; i++)
		json_doc_append(&doc, issues, make_finding(&doc, options, &report->findings[i]));
	for (size_t i = 0; i < report->missing_count; i++)
		json_doc_append(&doc, issues, make_missing(&doc, options, &report->missing[i]));
	int status = json_doc_write(&doc, issues, out);
	arena_destroy(doc.scratch);
	return status;
}
