/* Comments in the sources that allow what a rule finds there:
 *
 *     return err; // so2check: allow(lin-mem-leak) the worker frees it
 *
 * At the end of a line such a comment is about this line, on a line of its own about the statement that follows, and
 * before a function about all of it. It may name several rules, separated by commas. One without a reason allows
 * nothing. */
#ifndef SO2_REPORT_ALLOW_H
#define SO2_REPORT_ALLOW_H

#include "report/finding.h"

/* What an editor puts where the reason goes: it is none. */
#define ALLOW_PLACEHOLDER "REASON"

struct allow_request {
	struct intern_pool *pool;
	const struct rule_set *rules;
	const bool *enabled;	  /* by rule index: of what is off nobody can say that it finds nothing */
	const char *const *files; /* all of whose comments are looked at; of others those that findings are in */
	int file_count;
};

/* After findings_finish(): moves findings that a comment allows to report->allowed, and notes each comment that allows
 * nothing, or is not understood. Files that cannot be read have no comments. */
void report_allow(struct report *report, const struct allow_request *request);

/* A comment that begins with `so2check:`. */
struct allow_place {
	unsigned line;
	const char *text; /* behind the mark: `allow(RULE) reason` as a rule */
};

/* All of a file, in their order; none if it cannot be read. */
struct allow_place *report_allow_places(struct arena *arena, const char *file, size_t *count);

#endif
