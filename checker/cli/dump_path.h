/* --dump=path: findings with the whole paths that they rest on, and the graphs these go through. */
#ifndef SO2_CLI_DUMP_PATH_H
#define SO2_CLI_DUMP_PATH_H

#include "engine/path_log.h"
#include "report/finding.h"

/* JSON, one object a line: of each function of the module in which a finding or a step of one lies
 * {"graph": see graph_json.h}, then of each finding from number `first` on
 *
 *   {"finding": rule, PLACE, "function", "message", "certainty", "steps": [{"kind", PLACE, "text"}],
 *    "path": {"graph": number of the graph, "steps": [STEP]} or null}
 *
 * PLACE is "file", "line", "column". A STEP is [from, to, number of the edge among the block's] or
 * ["result", index of the call, low, high, nonzero]: what the call was taken to return. Null where the finding rests on
 * no path of a single function. -1: out of memory, or the stream failed. */
int dump_paths(FILE *out, struct arena *scratch, const struct path_log *log, const struct report *report, size_t first);

#endif
