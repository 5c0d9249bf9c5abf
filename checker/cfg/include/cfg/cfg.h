/* Control-flow graph of one lowered function.
 *
 * Reads: ir_function with has_body whose ir_verify_function holds.
 * Makes: blocks of steps without inner control flow, edges, reverse post-order,
 * liveness.
 *
 * Scope exits are explicit: a jump, branch, return or fall-through that leaves a
 * scope runs the cleanup calls of the variables that are alive there, in reverse
 * order, in blocks of their own (is_cleanup calls, span of the leaving step). A
 * value that is returned through such calls is kept in a temporary first.
 *
 * A __finally body is entered with a selector variable (IR_VAR_SELECTOR, added
 * to the function's variables, named "$leave" and the scope's id) set to the way
 * control was leaving, 0 for falling off the end of the body, and ends in a
 * SWITCH on it that has CASE edges only, one for each way out.
 *
 * Blocks inside a TRY or FINALLY scope end after every step that can raise
 * (call, load or store through a pointer) and have an EXCEPTION edge to the
 * innermost handler; whether the step does raise is the engine's question. An
 * exception that a finally body passes on is an empty block whose only edge is
 * an EXCEPTION edge to the next outer handler, or to the exit when there is
 * none. Exceptions do not run cleanup calls: no compiler has both.
 *
 * Steps that cfg makes itself have indices from function->insn_count on. Code
 * that cannot be reached stays in blocks of order -1. */
#ifndef SO2_CFG_CFG_H
#define SO2_CFG_CFG_H

#include "base/bitset.h"
#include "ir/ir.h"

enum cfg_edge_kind {
	CFG_EDGE_PLAIN,
	CFG_EDGE_TRUE, /* of the block's BRANCH */
	CFG_EDGE_FALSE,
	CFG_EDGE_CASE, /* of the block's SWITCH: values low..high */
	CFG_EDGE_DEFAULT,
	CFG_EDGE_EXCEPTION,
	CFG_EDGE_INDIRECT, /* computed goto, asm goto */
};

struct cfg_edge {
	enum cfg_edge_kind kind;
	int from, to;	   /* block ids */
	int64_t low, high; /* CASE */
	bool is_back;	   /* target dominates source (natural loop), or retreating in reverse post-order */
};

struct cfg_block {
	int id;			      /* index in cfg->blocks; 0 is entry, 1 is exit */
	const struct ir_insn **insns; /* LABEL, JUMP, SCOPE_* do not appear; BRANCH, SWITCH, RETURN, ... only last */
	int insn_count, insn_capacity;
	struct cfg_edge **out, **in;
	int out_count, out_capacity, in_count, in_capacity;
	int order;	   /* position in reverse post-order; -1 when unreachable */
	int dominator;	   /* immediate dominator's id; -1 for entry and unreachable */
	bool is_loop_head; /* some in-edge is_back */
};

struct cfg {
	const struct ir_function *function;
	struct arena *arena;
	struct cfg_block **blocks;
	int block_count, block_capacity;
	int *order; /* reachable block ids in reverse post-order */
	int order_count;
	int var_count; /* function's variables plus selectors made here */
	struct ir_var **vars;
};

/* Builds the graph on the arena (which must outlive it and the function: selectors
 * and temporaries join function->vars; so it is usually the unit's). */
struct cfg *cfg_build(struct arena *arena, struct ir_function *function);
/* NULL when the graph is well formed, else what is broken. */
const char *cfg_verify(struct arena *arena, const struct cfg *cfg);
void cfg_print(FILE *out, const struct cfg *cfg);

/* Backward may-liveness of the function's own variables (indexed by var id, sets
 * of cfg->var_count bits). Variables whose address is taken and static locals
 * count as always live, in blocks that cannot be reached too. */
struct liveness {
	struct bitset *live_in, *live_out; /* per block id */
};
struct liveness *liveness_compute(struct arena *arena, const struct cfg *cfg);
/* Adds the function's variables that one step reads (or whose address it takes)
 * to a set indexed by var id. Operands of sizeof are not read. */
void liveness_insn_uses(const struct ir_insn *insn, struct bitset *uses);
/* The variable wholly overwritten by the step, or NULL. */
const struct ir_var *liveness_insn_def(const struct ir_insn *insn);

#endif
