/* See allow_scan.c. */
#ifndef SO2_REPORT_ALLOW_SCAN_H
#define SO2_REPORT_ALLOW_SCAN_H

#include "base/arena.h"

/* A comment that begins with `so2check:`. */
struct allow_comment {
	unsigned line;	      /* where it begins */
	unsigned first, last; /* the lines that it is about, counted from 1 */
	const char *text;     /* behind the mark, without blanks at the ends */
};

/* In the order of the source. Never fails: what is no C has what looks like comments. */
struct allow_comment *allow_scan(struct arena *arena, const char *text, size_t *count);

#endif
