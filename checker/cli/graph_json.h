/* A function's graph as JSON, typed and whole, for programs that walk it again
 * with an interpretation of their own (testcases/paths). */
#ifndef SO2_CLI_GRAPH_JSON_H
#define SO2_CLI_GRAPH_JSON_H

#include "base/arena.h"
#include "cfg/cfg.h"

#include <jansson.h>

/* {"function", "file", "line", "endLine", "types": [TYPE], "vars": [VAR],
 *  "blocks": [{"steps": [STEP], "edges": [{"kind", "to", "low", "high"}]}]}
 *
 * A block's index is its id, 0 the entry, 1 the exit. TYPEs are named by their index (-1: not known), VARs likewise;
 * a global is a VAR of kind "global". Expressions are arrays that begin with their kind, places too:
 *
 *   ["int", TYPE, value] ["load", TYPE, PLACE] ["address", TYPE, PLACE] ["unary", TYPE, op, EXPR]
 *   ["binary", TYPE, op, EXPR, EXPR] ["cast", TYPE, EXPR] ["string", TYPE, text] ["function", TYPE, name]
 *   ["unknown", TYPE]
 *   ["var", TYPE, VAR] ["deref", TYPE, EXPR] ["field", TYPE, PLACE, name] ["index", TYPE, PLACE, EXPR]
 *
 * The scratch arena holds what is needed meanwhile. The caller gets the reference; NULL: out of memory. */
json_t *graph_json(struct arena *scratch, const struct cfg *cfg);

#endif
