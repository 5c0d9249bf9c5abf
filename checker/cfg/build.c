/* From the flat list of steps to blocks and edges.
 *
 * One pass over the list, in order, with a current block. Labels get blocks on
 * first mention, so forward jumps need no second pass. Ways out of scopes are
 * leave.c's; here each edge only asks for them. */
#include "cfg_int.h"

/* ---- the current block ---------------------------------------------------- */

struct ir_insn *builder_insn_create(struct builder *builder, enum ir_insn_kind kind, const struct ir_insn *at)
{
	struct ir_insn *insn = ARENA_NEW(builder->arena, struct ir_insn);

	insn->kind = kind;
	insn->index = builder->next_index++;
	insn->span = at->span;
	insn->stmt_span = at->stmt_span;
	insn->macro = at->macro;
	insn->scope = at->scope;
	return insn;
}

void builder_start(struct builder *builder, struct cfg_block *block)
{
	builder->current = block;
	builder->current_is_closed = false;
}

void builder_goto(struct builder *builder, struct cfg_block *target)
{
	if (builder->current)
		cfg_edge_create(builder->cfg, CFG_EDGE_PLAIN, builder->current, target);
	builder_start(builder, NULL);
}

/* The block the next step goes to. Code without a way to it gets a block too. */
static struct cfg_block *builder_open_block(struct builder *builder)
{
	struct cfg_block *block;

	if (builder->current && !builder->current_is_closed)
		return builder->current;
	block = cfg_block_create(builder->cfg);
	builder_goto(builder, block);
	builder_start(builder, block);
	return block;
}

void builder_insn_add(struct builder *builder, const struct ir_insn *insn, const struct ir_scope *scope)
{
	struct cfg_block *block = builder_open_block(builder);

	ARENA_PUSH(builder->arena, block->insns, block->insn_count, block->insn_capacity, insn);
	if (!scope_has_handler(scope) || !insn_can_raise(insn))
		return;
	cfg_edge_create(builder->cfg, CFG_EDGE_EXCEPTION, block, leave_by_exception(builder, scope, insn));
	builder->current_is_closed = true;
}

/* ---- labels ----------------------------------------------------------------- */

struct cfg_block *builder_label_block(struct builder *builder, int label)
{
	if (!builder->label_blocks[label])
		builder->label_blocks[label] = cfg_block_create(builder->cfg);
	return builder->label_blocks[label];
}

static struct position insn_position(const struct ir_insn *insn)
{
	return (struct position){ .scope = insn->scope, .index = insn->index };
}

static struct position label_position(const struct builder *builder, int label)
{
	return insn_position(builder->label_insns[label]);
}

/* Goes to the label from the current block, through all that must run first. */
static void goto_label(struct builder *builder, const struct ir_insn *at, int label)
{
	struct finally_way way = { .kind = WAY_JUMP, .label = label };

	leave_scopes(builder, insn_position(at), label_position(builder, label), way, at);
	builder_goto(builder, builder_label_block(builder, label));
}

/* The block an edge to the label leads to: the label's own, or one that first
 * runs what the way out of the scopes needs. The current block gets its edges
 * and no more steps, so whether it is closed does not matter. */
static struct cfg_block *label_target(struct builder *builder, const struct ir_insn *at, int label)
{
	struct cfg_block *saved = builder->current, *block;

	if (!leave_is_needed(builder, insn_position(at), label_position(builder, label)))
		return builder_label_block(builder, label);
	block = cfg_block_create(builder->cfg);
	builder_start(builder, block);
	goto_label(builder, at, label);
	builder_start(builder, saved);
	return block;
}

static struct cfg_edge *edge_to_label(struct builder *builder, enum cfg_edge_kind kind, const struct ir_insn *at,
				      int label)
{
	struct cfg_block *target = label_target(builder, at, label);

	return cfg_edge_create(builder->cfg, kind, builder->current, target);
}

static void build_label(struct builder *builder, const struct ir_insn *insn)
{
	struct cfg_block *block = builder_label_block(builder, insn->label);

	builder_goto(builder, block);
	builder_start(builder, block);
}

/* ---- steps that end a block --------------------------------------------------- */

static void build_branch(struct builder *builder, const struct ir_insn *insn)
{
	builder_insn_add(builder, insn, insn->scope);
	edge_to_label(builder, CFG_EDGE_TRUE, insn, insn->branch.on_true);
	edge_to_label(builder, CFG_EDGE_FALSE, insn, insn->branch.on_false);
	builder_start(builder, NULL);
}

static void build_switch(struct builder *builder, const struct ir_insn *insn)
{
	builder_insn_add(builder, insn, insn->scope);
	for (int i = 0; i < insn->select.case_count; i++) {
		const struct ir_switch_case *arm = &insn->select.cases[i];
		struct cfg_edge *edge = edge_to_label(builder, CFG_EDGE_CASE, insn, arm->label);

		edge->low = arm->low;
		edge->high = arm->high;
	}
	edge_to_label(builder, CFG_EDGE_DEFAULT, insn, insn->select.default_label);
	builder_start(builder, NULL);
}

static void build_asm(struct builder *builder, const struct ir_insn *insn)
{
	struct cfg_block *next;

	builder_insn_add(builder, insn, insn->scope);
	if (insn->assembly.label_count == 0)
		return;
	next = cfg_block_create(builder->cfg);
	cfg_edge_create(builder->cfg, CFG_EDGE_PLAIN, builder->current, next);
	for (int i = 0; i < insn->assembly.label_count; i++)
		edge_to_label(builder, CFG_EDGE_INDIRECT, insn, insn->assembly.labels[i]);
	builder_start(builder, next);
}

static void build_unreachable(struct builder *builder, const struct ir_insn *insn)
{
	/* After a jump it says nothing new. */
	if (builder->current)
		builder_insn_add(builder, insn, NULL);
	builder_start(builder, NULL);
}

/* ---- computed goto --------------------------------------------------------------- */

static void mark_address_taken(bool *taken, const struct ir_expr *expr);

static void mark_place(bool *taken, const struct ir_place *place)
{
	for (;; place = place->part.base) {
		if (place->kind == IR_PLACE_DEREF)
			mark_address_taken(taken, place->pointer);
		if (place->kind == IR_PLACE_INDEX)
			mark_address_taken(taken, place->part.index);
		if (place->kind == IR_PLACE_VAR || place->kind == IR_PLACE_DEREF)
			return;
	}
}

static void mark_address_taken(bool *taken, const struct ir_expr *expr)
{
	while (expr) {
		switch (expr->kind) {
		case IR_EXPR_LABEL_ADDR:
			taken[expr->label] = true;
			return;
		case IR_EXPR_LOAD:
		case IR_EXPR_ADDRESS:
			mark_place(taken, expr->place);
			return;
		case IR_EXPR_BINARY:
			mark_address_taken(taken, expr->op.right);
			expr = expr->op.left;
			break;
		case IR_EXPR_UNARY:
			expr = expr->op.left;
			break;
		case IR_EXPR_CAST:
			expr = expr->cast.operand;
			break;
		default:
			return;
		}
	}
}

static void mark_insn(bool *taken, const struct ir_insn *insn)
{
	switch (insn->kind) {
	case IR_ASSIGN:
	case IR_EVAL:
	case IR_COMPUTED_JUMP:
	case IR_RETURN:
		mark_address_taken(taken, insn->assign.value);
		break;
	case IR_CALL:
		for (int i = 0; i < insn->call.arg_count; i++)
			mark_address_taken(taken, insn->call.args[i]);
		break;
	case IR_BRANCH:
		mark_address_taken(taken, insn->branch.condition);
		break;
	case IR_SWITCH:
		mark_address_taken(taken, insn->select.value);
		break;
	case IR_ASM:
		for (int i = 0; i < insn->assembly.input_count; i++)
			mark_address_taken(taken, insn->assembly.inputs[i]);
		break;
	default:
		break;
	}
}

/* Per label, whether `goto *` may lead there. When no address was seen the table
 * was out of sight: then any label may be meant. */
static const bool *computed_targets(struct builder *builder)
{
	const struct ir_function *function = builder->function;
	bool any = false, *taken;

	if (builder->computed_targets)
		return builder->computed_targets;
	taken = ARENA_ARRAY(builder->arena, bool, (size_t)function->label_count);
	for (int i = 0; i < function->insn_count; i++)
		mark_insn(taken, function->insns[i]);
	for (int i = 0; i < function->label_count; i++)
		any |= taken[i];
	for (int i = 0; i < function->label_count && !any; i++)
		taken[i] = builder->label_insns[i] != NULL;
	builder->computed_targets = taken;
	return taken;
}

static void build_computed_jump(struct builder *builder, const struct ir_insn *insn)
{
	const bool *targets = computed_targets(builder);

	builder_insn_add(builder, insn, insn->scope);
	for (int i = 0; i < builder->function->label_count; i++)
		if (targets[i])
			edge_to_label(builder, CFG_EDGE_INDIRECT, insn, i);
	builder_start(builder, NULL);
}

/* ---- return ------------------------------------------------------------------------ */

/* A value that nothing which runs on the way out can change. */
static bool is_stable_value(const struct ir_expr *value)
{
	while (value->kind == IR_EXPR_CAST)
		value = value->cast.operand;
	switch (value->kind) {
	case IR_EXPR_INT:
	case IR_EXPR_FLOAT:
	case IR_EXPR_STRING:
	case IR_EXPR_FUNCTION:
	case IR_EXPR_SIZEOF:
	case IR_EXPR_UNKNOWN:
		return true;
	case IR_EXPR_LOAD:
		return value->place->kind == IR_PLACE_VAR && value->place->var->kind == IR_VAR_TEMP;
	default:
		return false;
	}
}

/* `return x` with cleanups: $return = x; cleanups; return $return. */
static const struct ir_insn *return_by_temp(struct builder *builder, const struct ir_insn *insn)
{
	const struct ir_expr *value = insn->assign.value;
	struct ir_var *temp = ir_local_create(builder->arena, builder->function, IR_VAR_TEMP, "$return", value->type);
	const struct ir_place *place = ir_place_var(builder->arena, temp, value->span);
	struct ir_insn *keep = builder_insn_create(builder, IR_ASSIGN, insn);
	struct ir_insn *result = builder_insn_create(builder, IR_RETURN, insn);

	keep->assign.place = place;
	keep->assign.value = value;
	builder_insn_add(builder, keep, insn->scope);
	result->assign.value = ir_expr_load(builder->arena, place, value->span);
	return result;
}

static void build_return(struct builder *builder, const struct ir_insn *insn)
{
	struct position from = insn_position(insn), outside = { .scope = NULL };
	struct finally_way way = { .kind = WAY_RETURN };
	const struct ir_scope *raises_in = insn->scope;

	if (leave_is_needed(builder, from, outside)) {
		if (insn->assign.value && !is_stable_value(insn->assign.value))
			insn = return_by_temp(builder, insn);
		builder_open_block(builder);
		leave_scopes(builder, from, outside, way, insn);
		raises_in = NULL; /* the value was computed before */
	}
	builder_insn_add(builder, insn, raises_in);
	builder_goto(builder, builder->cfg->blocks[1]);
}

/* ---- scopes --------------------------------------------------------------------------- */

/* The end of a scope, reached by falling off its last step. */
static void build_scope_end(struct builder *builder, const struct ir_insn *insn)
{
	struct position from = { .scope = insn->opened, .index = insn->index };
	struct position to = { .scope = insn->opened->parent, .index = insn->index };
	struct finally_way way = { .kind = WAY_FALL };

	/* The outermost scope ends where the function does. */
	if (!builder->current || !insn->opened->parent)
		return;
	leave_scopes(builder, from, to, way, insn);
	/* Control goes on after FINALLY_END; what follows here is the finally body. */
	if (insn->opened->kind == IR_SCOPE_FINALLY)
		builder_start(builder, NULL);
}

/* Falling off the end of the function. */
static void build_function_end(struct builder *builder)
{
	struct ir_insn at = { .kind = IR_RETURN,
			      .index = builder->function->insn_count,
			      .span = builder->function->end_span,
			      .stmt_span = builder->function->end_span,
			      .scope = builder->function->scopes[0] };
	struct ir_insn *insn;

	if (!builder->current)
		return;
	insn = builder_insn_create(builder, IR_RETURN, &at);
	build_return(builder, insn);
}

/* ---- the pass ----------------------------------------------------------------------------- */

static void build_insn(struct builder *builder, const struct ir_insn *insn)
{
	switch (insn->kind) {
	case IR_DECLARE:
	case IR_ASSIGN:
	case IR_ZERO:
	case IR_EVAL:
	case IR_CALL:
		builder_insn_add(builder, insn, insn->scope);
		break;
	case IR_ASM:
		build_asm(builder, insn);
		break;
	case IR_LABEL:
		build_label(builder, insn);
		break;
	case IR_JUMP:
		if (builder->current)
			goto_label(builder, insn, insn->label);
		break;
	case IR_BRANCH:
		build_branch(builder, insn);
		break;
	case IR_SWITCH:
		build_switch(builder, insn);
		break;
	case IR_COMPUTED_JUMP:
		build_computed_jump(builder, insn);
		break;
	case IR_RETURN:
		build_return(builder, insn);
		break;
	case IR_SCOPE_EXIT:
	case IR_TRY_END:
		build_scope_end(builder, insn);
		break;
	case IR_FINALLY_END:
		leave_finally_end(builder, insn);
		break;
	case IR_UNREACHABLE:
		build_unreachable(builder, insn);
		break;
	case IR_SCOPE_ENTER:
	case IR_TRY_BEGIN:
		break;
	}
}

/* Where labels and declarations stand. */
static void index_insns(struct builder *builder)
{
	const struct ir_function *function = builder->function;

	for (int i = 0; i < function->var_count; i++)
		builder->declared_at[i] = -1;
	for (int i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];

		if (insn->kind == IR_LABEL)
			builder->label_insns[insn->label] = insn;
		if (insn->kind == IR_DECLARE && insn->var->kind != IR_VAR_GLOBAL)
			builder->declared_at[insn->var->id] = i;
	}
}

/* Readers expect the regular edges of a block before its exceptional ones. */
static void exceptions_last(struct cfg_block *block, struct arena *arena)
{
	struct cfg_edge **sorted = ARENA_ARRAY(arena, struct cfg_edge *, (size_t)block->out_count);
	int count = 0;

	for (int i = 0; i < block->out_count; i++)
		if (block->out[i]->kind != CFG_EDGE_EXCEPTION)
			sorted[count++] = block->out[i];
	for (int i = 0; i < block->out_count; i++)
		if (block->out[i]->kind == CFG_EDGE_EXCEPTION)
			sorted[count++] = block->out[i];
	for (int i = 0; i < count; i++)
		block->out[i] = sorted[i];
}

struct cfg *cfg_build(struct arena *arena, struct ir_function *function)
{
	struct cfg *cfg = ARENA_NEW(arena, struct cfg);
	struct builder builder = { .cfg = cfg, .function = function, .arena = arena };

	cfg->function = function;
	cfg->arena = arena;
	builder.next_index = function->insn_count;
	builder.label_blocks = ARENA_ARRAY(arena, struct cfg_block *, (size_t)function->label_count);
	builder.label_insns = ARENA_ARRAY(arena, const struct ir_insn *, (size_t)function->label_count);
	builder.declared_at = ARENA_ARRAY(arena, int, (size_t)function->var_count);
	builder.finally_states = ARENA_ARRAY(arena, struct finally_state, (size_t)function->scope_count);
	index_insns(&builder);

	builder_start(&builder, cfg_block_create(cfg)); /* 0, entry */
	cfg_block_create(cfg);				/* 1, exit */
	for (int i = 0; i < function->insn_count; i++)
		build_insn(&builder, function->insns[i]);
	build_function_end(&builder);
	leave_finish(&builder);

	for (int i = 0; i < cfg->block_count; i++)
		if (cfg->blocks[i]->out_count > 1)
			exceptions_last(cfg->blocks[i], arena);
	cfg_remove_empty_blocks(cfg);
	cfg_compute_order(cfg);
	cfg->vars = function->vars;
	cfg->var_count = function->var_count;
	return cfg;
}
