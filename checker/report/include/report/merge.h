/* Reports read back and put together: what several machines found, as one machine would have reported it.
 *
 * Reads: reports that report_write() of this version wrote, all of them JSON or all SARIF, with the same rules and the
 * same libclang. Makes: a finished report that report_write() turns into the bytes that one run over everything would
 * have given: SARIF of SARIF reports, every other format of JSON reports. Neither sources nor rule packs are needed.
 * The reports of a divided run (struct report_shard) must be complete; whole ones may be added to them. Functions and
 * units are summed up: files that two whole reports both checked count twice. */
#ifndef SO2_REPORT_MERGE_H
#define SO2_REPORT_MERGE_H

#include "report/finding.h"

struct report_merge;

/* All texts live on the arena; file names are interned in the pool. version: the program's own. */
struct report_merge *report_merge_create(struct arena *arena, struct intern_pool *pool, struct log *log,
					 const char *version);
/* Adds a report; name is for messages. false: it is none, or does not belong to those before; logged. */
bool report_merge_add(struct report_merge *merge, const char *name, const char *text, size_t length);
/* The format of the reports that were added. */
enum report_format report_merge_format(const struct report_merge *merge);
/* After the last: the report, its source lines, and of *options what comes from the reports. false: shards are
 * missing, or given twice; logged. */
bool report_merge_finish(struct report_merge *merge, struct report *report, struct source_cache **sources,
			 struct report_options *options);

#endif
