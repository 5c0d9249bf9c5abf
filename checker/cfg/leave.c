/* The ways out of scopes: cleanup calls and __finally bodies.
 *
 * Which cleanups run is a question of two positions in the list of steps: those
 * of every variable that is declared at the one and not at the other. So a jump
 * back to before `guard(mutex)(&l)` in the same scope unlocks, and a return
 * before it does not.
 *
 * A __finally body exists once. Each way through it has a value of the scope's
 * selector; what lies beyond (outer cleanups, an outer __finally, the target)
 * starts in a block of its own that the SWITCH at the end of the body leads to. */
#include "cfg_int.h"

static const struct ir_type selector_type = {
	.kind = IR_TYPE_INT,
	.spelling = "int",
	.size = 4,
	.count = -1,
	.field_count = -1,
	.param_count = -1,
};

/* ---- which cleanups ----------------------------------------------------- */

static bool scope_contains(const struct ir_scope *outer, const struct ir_scope *scope)
{
	while (scope && scope != outer)
		scope = scope->parent;
	return scope == outer; /* outer NULL contains all */
}

static const struct ir_scope *common_scope(const struct ir_scope *a, const struct ir_scope *b)
{
	while (a && !scope_contains(a, b))
		a = a->parent;
	return b ? a : NULL;
}

/* How many of the scope's variables with cleanup are declared before the index. */
static int declared_before(const struct builder *builder, const struct ir_scope *scope, int index)
{
	int count = 0;

	while (count < scope->cleanup_count && builder->declared_at[scope->cleanups[count]->id] < index)
		count++;
	return count;
}

bool leave_is_needed(const struct builder *builder, struct position from, struct position to)
{
	const struct ir_scope *common = common_scope(from.scope, to.scope);

	for (const struct ir_scope *scope = from.scope; scope != common; scope = scope->parent)
		if (scope->kind == IR_SCOPE_FINALLY || declared_before(builder, scope, from.index) > 0)
			return true;
	return common && declared_before(builder, common, from.index) > declared_before(builder, common, to.index);
}

/* ---- cleanup calls --------------------------------------------------------- */

static const struct ir_type *pointer_to(struct arena *arena, const struct ir_type *target)
{
	struct ir_type *type = ARENA_NEW(arena, struct ir_type);

	type->kind = IR_TYPE_POINTER;
	type->spelling = arena_printf(arena, "%s *", target->spelling ? target->spelling : "?");
	type->size = 8;
	type->target = target;
	type->count = -1;
	type->field_count = -1;
	type->param_count = -1;
	return type;
}

static const struct ir_insn *cleanup_call(struct builder *builder, struct ir_var *var, const struct ir_scope *scope,
					  const struct ir_insn *at)
{
	struct ir_insn *insn = builder_insn_create(builder, IR_CALL, at);
	struct ir_expr *address = ir_expr_create(builder->arena, IR_EXPR_ADDRESS, pointer_to(builder->arena, var->type),
						 at->span);

	address->place = ir_place_var(builder->arena, var, at->span);
	insn->scope = (struct ir_scope *)scope;
	insn->call.callee = var->cleanup;
	insn->call.args = ARENA_ARRAY(builder->arena, const struct ir_expr *, 1);
	insn->call.args[0] = address;
	insn->call.arg_count = 1;
	insn->call.is_cleanup = true;
	return insn;
}

static bool ends_in_cleanup(const struct cfg_block *block)
{
	const struct ir_insn *last = block->insn_count > 0 ? block->insns[block->insn_count - 1] : NULL;

	return last && last->kind == IR_CALL && last->call.is_cleanup;
}

/* Cleanups [first, last) of the scope, last one first, in a block that holds
 * nothing else but those of inner scopes. */
static void run_cleanups(struct builder *builder, const struct ir_scope *scope, int first, int last,
			 const struct ir_insn *at)
{
	if (first >= last || !builder->current)
		return;
	if (builder->current->insn_count > 0 && !ends_in_cleanup(builder->current))
		builder->current_is_closed = true;
	for (int i = last - 1; i >= first; i--)
		builder_insn_add(builder, cleanup_call(builder, scope->cleanups[i], scope, at), scope);
}

/* ---- __finally ---------------------------------------------------------------- */

static struct finally_state *finally_state_get(struct builder *builder, const struct ir_scope *scope)
{
	struct finally_state *state = &builder->finally_states[scope->id];

	if (!state->selector)
		state->selector = ir_local_create(builder->arena, builder->function, IR_VAR_SELECTOR,
						  arena_printf(builder->arena, "$leave%d", scope->id), &selector_type);
	return state;
}

/* Returns never share a way: each has a value of its own to bring out. */
static bool same_way(const struct finally_way *a, const struct finally_way *b)
{
	return a->kind == b->kind && a->kind != WAY_RETURN && (a->kind != WAY_JUMP || a->label == b->label);
}

/* The selector's value: 0 for falling off the end, which alone is normal. */
static int64_t selector_value(const struct finally_state *state, size_t way)
{
	return state->ways[way].kind == WAY_FALL ? 0 : (int64_t)way + 1;
}

/* The number of the way; *is_new tells that it has no onwards yet. */
static size_t way_value(struct builder *builder, struct finally_state *state, struct finally_way way, bool *is_new)
{
	size_t i = 0;

	while (i < state->way_count && !same_way(&state->ways[i], &way))
		i++;
	*is_new = i == state->way_count;
	if (*is_new)
		ARENA_PUSH(builder->arena, state->ways, state->way_count, state->way_capacity, way);
	return i;
}

/* selector = value of the way; go to the finally body. */
static void enter_finally(struct builder *builder, const struct ir_scope *scope, size_t way, const struct ir_insn *at)
{
	struct finally_state *state = &builder->finally_states[scope->id];
	struct ir_insn *insn = builder_insn_create(builder, IR_ASSIGN, at);

	insn->scope = (struct ir_scope *)scope->parent;
	insn->assign.place = ir_place_var(builder->arena, state->selector, at->span);
	insn->assign.value = ir_expr_int(builder->arena, selector_value(state, way), &selector_type, at->span);
	builder_insn_add(builder, insn, NULL);
	builder_goto(builder, builder_label_block(builder, scope->handler_label));
}

/* Goes through the finally body. Control then goes on in a new block, unless
 * this way was taken before: then all that follows exists already. */
static void leave_finally(struct builder *builder, const struct ir_scope *scope, struct finally_way way,
			  const struct ir_insn *at)
{
	struct finally_state *state = finally_state_get(builder, scope);
	bool is_new;
	size_t value = way_value(builder, state, way, &is_new);

	enter_finally(builder, scope, value, at);
	if (!is_new)
		return;
	state->ways[value].onwards = cfg_block_create(builder->cfg);
	builder_start(builder, state->ways[value].onwards);
}

void leave_scopes(struct builder *builder, struct position from, struct position to, struct finally_way way,
		  const struct ir_insn *at)
{
	const struct ir_scope *common = common_scope(from.scope, to.scope);

	for (const struct ir_scope *scope = from.scope; scope != common; scope = scope->parent) {
		if (!builder->current)
			return;
		run_cleanups(builder, scope, 0, declared_before(builder, scope, from.index), at);
		if (scope->kind == IR_SCOPE_FINALLY)
			leave_finally(builder, scope, way, at);
	}
	if (common)
		run_cleanups(builder, common, declared_before(builder, common, to.index),
			     declared_before(builder, common, from.index), at);
	if (builder->current && ends_in_cleanup(builder->current))
		builder->current_is_closed = true;
}

/* ---- exceptions ------------------------------------------------------------------ */

static const struct ir_scope *handling_scope(const struct ir_scope *scope)
{
	while (scope && (scope->kind == IR_SCOPE_BLOCK || scope->handles_nothing))
		scope = scope->parent;
	return scope;
}

bool scope_has_handler(const struct ir_scope *scope)
{
	return handling_scope(scope) != NULL;
}

/* The block that sets the selector to "exception" and enters the finally body. */
static struct cfg_block *finally_landing(struct builder *builder, const struct ir_scope *scope,
					 const struct ir_insn *at)
{
	struct finally_state *state = finally_state_get(builder, scope);
	struct cfg_block *saved = builder->current;
	bool saved_is_closed = builder->current_is_closed;
	struct finally_way way = { .kind = WAY_EXCEPTION };
	bool is_new;
	size_t value;

	if (state->landing)
		return state->landing;
	state->landing = cfg_block_create(builder->cfg);
	value = way_value(builder, state, way, &is_new);
	builder_start(builder, state->landing);
	enter_finally(builder, scope, value, at);

	state->ways[value].onwards = cfg_block_create(builder->cfg);
	cfg_edge_create(builder->cfg, CFG_EDGE_EXCEPTION, state->ways[value].onwards,
			leave_by_exception(builder, scope->parent, at));
	builder->current = saved;
	builder->current_is_closed = saved_is_closed;
	return state->landing;
}

struct cfg_block *leave_by_exception(struct builder *builder, const struct ir_scope *scope, const struct ir_insn *at)
{
	scope = handling_scope(scope);
	if (!scope)
		return builder->cfg->blocks[1];
	if (scope->kind == IR_SCOPE_TRY)
		return builder_label_block(builder, scope->handler_label);
	return finally_landing(builder, scope, at);
}

/* ---- the end of a __finally ---------------------------------------------------------- */

static void add_selector_switch(struct builder *builder, struct finally_state *state, const struct ir_insn *at)
{
	struct ir_insn *insn = builder_insn_create(builder, IR_SWITCH, at);
	struct ir_place *place = ir_place_var(builder->arena, state->selector, at->span);

	insn->select.value = ir_expr_load(builder->arena, place, at->span);
	insn->select.default_label = -1;
	builder_insn_add(builder, insn, NULL);
	state->end = builder->current;
}

void leave_finally_end(struct builder *builder, const struct ir_insn *at)
{
	struct finally_state *state = finally_state_get(builder, at->opened);

	/* Without a current block the body never ends: it returns, say. */
	if (builder->current)
		add_selector_switch(builder, state, at);
	builder_start(builder, NULL);
	for (size_t i = 0; i < state->way_count; i++)
		if (state->ways[i].kind == WAY_FALL)
			builder_start(builder, state->ways[i].onwards);
}

void leave_finish(struct builder *builder)
{
	for (int i = 0; i < builder->function->scope_count; i++) {
		const struct finally_state *state = &builder->finally_states[i];

		for (size_t k = 0; state->end && k < state->way_count; k++) {
			struct cfg_edge *edge = cfg_edge_create(builder->cfg, CFG_EDGE_CASE, state->end,
								state->ways[k].onwards);

			edge->low = edge->high = selector_value(state, k);
		}
	}
}
