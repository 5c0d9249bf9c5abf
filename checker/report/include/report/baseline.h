/* A report of an earlier run, by which a later one tells what is new: findings that both have are known, and do not count.
 *
 * They are the same when their fingerprints are, and the names of their files without the folders: moved lines and moved
 * files keep their findings known, a copy under another name does not. */
#ifndef SO2_REPORT_BASELINE_H
#define SO2_REPORT_BASELINE_H

#include "report/finding.h"

struct baseline;

/* Of the text of a JSON or SARIF report of any version of so2check that has fingerprints of this kind; name is for
 * messages. What that report allowed is not taken. NULL: it is none; logged. */
struct baseline *baseline_read(struct arena *arena, struct log *log, const char *name, const char *text, size_t length);
/* After findings_finish() and report_allow(): moves what the baseline has to report->known. */
void report_apply_baseline(struct report *report, const struct baseline *baseline);

#endif
