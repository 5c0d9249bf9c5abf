/* What every format must hold, whatever is in the report. */
#ifndef SO2_FUZZ_FORMATS_H
#define SO2_FUZZ_FORMATS_H

#include "fuzz.h"
#include "report/finding.h"

/* Writes the report, finished or not, in all formats: text holds nothing that commands a terminal, also with colours but
 * for these; JSON, SARIF and GitLab's are JSON, Checkstyle's and JUnit's XML, with as many findings as the report has;
 * GitHub's has a line for each, and HTML no element that could run anything but our own; it takes ten times as long as the others. */
void fuzz_require_formats(struct fuzz *fuzz, const struct report *report, struct source_cache *sources,
			  struct report_options options, bool with_html);

#endif
