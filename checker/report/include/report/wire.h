/* A report as bytes: from a worker to the program, and from one run to the next. */
#ifndef SO2_REPORT_WIRE_H
#define SO2_REPORT_WIRE_H

#include "base/text.h"
#include "report/finding.h"

/* Appends everything that was added to the report. */
void report_pack(const struct report *report, struct text *bytes);
/* Adds what report_pack() wrote, with the rules of this run: the same packs are loaded.
 * false: the bytes are not of that kind; what came before the flaw was added. File names
 * are interned in the pool. */
bool report_unpack(struct report *report, struct intern_pool *pool, const struct rule_set *rules, const char *bytes,
		   size_t length);

#endif
