/* Shared by the files that build a graph: build.c walks the list of steps,
 * leave.c expands the ways out of scopes, edges.c keeps blocks and edges. */
#ifndef SO2_CFG_CFG_INT_H
#define SO2_CFG_CFG_INT_H

#include "cfg/cfg.h"

/* One way out of a __finally. */
struct finally_way {
	enum { WAY_FALL, WAY_EXCEPTION, WAY_JUMP, WAY_RETURN } kind;
	int label;		   /* JUMP */
	struct cfg_block *onwards; /* where control goes after the finally body */
};

struct finally_state {
	struct ir_var *selector;
	struct finally_way *ways;
	size_t way_count, way_capacity;
	struct cfg_block *landing; /* where an exception enters; NULL until one can */
	struct cfg_block *end;	   /* the block that ends the finally body; NULL until seen */
};

struct builder {
	struct cfg *cfg;
	struct ir_function *function;
	struct arena *arena;
	/* Where steps are added; NULL after a jump: nothing falls through to here. */
	struct cfg_block *current;
	bool current_is_closed;		 /* the next step needs a new block */
	struct cfg_block **label_blocks; /* made on first use */
	const struct ir_insn **label_insns;
	int *declared_at;		      /* per variable: index of its DECLARE, -1 when there is none */
	struct finally_state *finally_states; /* per scope */
	const bool *computed_targets;	      /* per label; NULL until a computed goto asks */
	int next_index;			      /* of steps made here */
};

/* A place in the list of steps, for the question which variables live there. */
struct position {
	const struct ir_scope *scope; /* NULL: outside of the function */
	int index;
};

/* ---- edges.c ---- */
struct cfg_block *cfg_block_create(struct cfg *cfg);
struct cfg_edge *cfg_edge_create(struct cfg *cfg, enum cfg_edge_kind kind, struct cfg_block *from,
				 struct cfg_block *to);

/* ---- build.c ---- */
/* A step of our own, at the place of the given one. */
struct ir_insn *builder_insn_create(struct builder *builder, enum ir_insn_kind kind, const struct ir_insn *at);
/* Appends to the current block, and ends it when the step can raise in scope
 * (NULL: there is no handler). */
void builder_insn_add(struct builder *builder, const struct ir_insn *insn, const struct ir_scope *scope);
/* Ends the current block with an edge; does nothing where control never is. */
void builder_goto(struct builder *builder, struct cfg_block *target);
/* Makes block (NULL: none) the one that steps are added to. */
void builder_start(struct builder *builder, struct cfg_block *block);
struct cfg_block *builder_label_block(struct builder *builder, int label);

/* ---- leave.c ---- */
/* Whether going from one position to the other runs anything. */
bool leave_is_needed(const struct builder *builder, struct position from, struct position to);
/* Emits at the current block what must run on the way. Afterwards current is
 * where control goes on, or NULL when an earlier way out already leads there. */
void leave_scopes(struct builder *builder, struct position from, struct position to, struct finally_way way,
		  const struct ir_insn *at);
/* The block an exception in this scope goes to: a handler, a landing or exit. */
struct cfg_block *leave_by_exception(struct builder *builder, const struct ir_scope *scope, const struct ir_insn *at);
/* Whether an exception there is caught inside the function. */
bool scope_has_handler(const struct ir_scope *scope);
/* FINALLY_END: the SWITCH on the selector; current is where falling off goes on. */
void leave_finally_end(struct builder *builder, const struct ir_insn *at);
/* After all steps: the edges of those SWITCHes, now that all ways are known. */
void leave_finish(struct builder *builder);

/* ---- raise.c ---- */
bool insn_can_raise(const struct ir_insn *insn);

/* ---- simplify.c ---- */
/* Removes empty blocks that only pass control on, and renumbers the rest. */
void cfg_remove_empty_blocks(struct cfg *cfg);

/* ---- order.c ---- */
void cfg_compute_order(struct cfg *cfg);

#endif
