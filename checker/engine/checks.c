/* Checks that are not automata: unchecked and misread results, sleeping in an
 * atomic state, address spaces, uninitialised bytes. */
#include "engine_int.h"

#include <string.h>

const struct rp_api *origin_api(const struct analysis *a, const struct sym *sym)
{
	const struct ir_insn *insn = sym->kind == SYM_CALL ? sym->a : NULL;
	struct rp_match match;
	const char *name;

	if (!insn)
		return NULL;
	name = insn->call.macro ? insn->call.macro : insn->call.callee ? insn->call.callee->name : NULL;
	if (!name || (insn->call.callee && insn->call.callee->has_body))
		return NULL;
	if (!rules_match_call(a->engine->rules, name, &match) || (match.shape && match.shape->result_param >= 0))
		return NULL;
	return match.api;
}

static struct violation make_violation(struct analysis *a, const struct flow_state *state, const struct rp_rule *rule,
				       const struct rp_check *check, struct span span)
{
	(void)a;
	return (struct violation){ .rule = rule, .check = check, .state = state, .span = span };
}

/* What the user calls the value: the variable it sits in, else the call. */
static const char *value_text(struct analysis *a, const struct ir_expr *expr, const struct rp_api *api)
{
	const char *text;

	/* p[i] is written as p + i here: what may be NULL is p. */
	while (expr &&
	       (expr->kind == IR_EXPR_CAST || (expr->kind == IR_EXPR_BINARY && expr->op.op == IR_BINARY_ADD &&
					       expr->op.left->type && expr->op.left->type->kind == IR_TYPE_POINTER)))
		expr = expr->kind == IR_EXPR_CAST ? expr->cast.operand : expr->op.left;
	text = expr ? readable_text(a, object_text(a, expr)) : NULL;
	return text ? text : api ? api->name : "the result";
}

/* ---- ignored results --------------------------------------------------------- */

static bool result_is_dead(const struct analysis *a, const struct cfg_block *block, int at)
{
	const struct ir_insn *insn = block->insns[at];
	const struct ir_var *var;
	struct bitset uses;
	int i;

	if (!insn->call.result)
		return true;
	if (insn->call.result->kind != IR_PLACE_VAR || insn->call.result->var->address_taken ||
	    insn->call.result->var->kind == IR_VAR_GLOBAL || insn->call.result->var->kind == IR_VAR_STATIC_LOCAL)
		return false;
	var = insn->call.result->var;
	uses = bitset_create(a->arena, (size_t)a->cfg->var_count);
	for (i = at + 1; i < block->insn_count; i++) {
		liveness_insn_uses(block->insns[i], &uses);
		if (bitset_test(&uses, (size_t)var->id))
			return false;
		if (liveness_insn_def(block->insns[i]) == var)
			return true;
	}
	return !bitset_test(&a->liveness->live_out[block->id], (size_t)var->id);
}

/* Another version of the API has no result. */
static bool is_declared_void(const struct ir_insn *insn)
{
	const struct ir_type *type = insn->call.callee ? insn->call.callee->type : NULL;

	return type && type->kind == IR_TYPE_FUNCTION && type->target && type->target->kind == IR_TYPE_VOID;
}

/* Whoever puts an error code into a variable means to look at it, even where it could be thrown away. */
static bool is_kept_errno(const struct rp_api *api, const struct ir_insn *insn)
{
	const struct ir_place *result = insn->call.result;

	return (api->convention == RP_RESULT_ERRNO || api->convention == RP_RESULT_ERRNO_COUNT) && result &&
	       result->kind == IR_PLACE_VAR && result->var->kind == IR_VAR_LOCAL;
}

static void check_ignored_result(struct analysis *a, const struct cfg_block *block, int at)
{
	const struct ir_insn *insn = block->insns[at];
	const struct rp_rule *rule;
	const struct rp_check *check;
	struct violation v;
	struct sym site = { .kind = SYM_CALL, .a = insn };
	const struct rp_api *api = origin_api(a, &site);

	if (!api || (!api->must_check && !is_kept_errno(api, insn)) || insn->call.is_void_cast ||
	    insn->call.is_cleanup || is_declared_void(insn))
		return;
	if (!emit_find_check(a, RP_CHECK_RESULT_IGNORED, api, &rule, &check) || !result_is_dead(a, block, at))
		return;
	if ((check->unless_retested && is_retested(a, check, block, at)) || (check->in_process && !serves_process(a)) ||
	    (check->unless_made_here && is_made_here(a, insn)))
		return;
	v = make_violation(a, NULL, rule, check, insn->span);
	v.cause = insn;
	v.api = api->name;
	v.is_likely = !api->must_check;
	v.object = insn->call.result ? ir_place_text(a->arena, insn->call.result) : api->name;
	v.object = readable_text(a, v.object);
	if (!v.object || strchr(v.object, '('))
		v.object = api->name;
	keymap_put(a->ignored_calls, KEYMAP_KEY(insn), a);
	emit_violation(a, &v);
}

bool is_result_unused(const struct analysis *a, const struct ir_insn *call)
{
	int b, i;

	for (b = 0; b < a->cfg->block_count; b++)
		for (i = 0; i < a->cfg->blocks[b]->insn_count; i++)
			if (a->cfg->blocks[b]->insns[i] == call)
				return result_is_dead(a, a->cfg->blocks[b], i);
	return false;
}

bool is_answer_unused(const struct analysis *a, const struct ir_insn *call)
{
	const struct ir_place *result = call->call.result;
	struct bitset uses;
	int i;

	if (!result || is_result_unused(a, call))
		return true;
	if (result->kind != IR_PLACE_VAR || result->var->address_taken ||
	    (result->var->kind != IR_VAR_TEMP && result->var->kind != IR_VAR_LOCAL))
		return false;
	uses = bitset_create(a->arena, (size_t)a->cfg->var_count);
	for (i = 0; i < a->function->insn_count; i++)
		if (a->function->insns[i]->kind != IR_EVAL && a->function->insns[i]->kind != IR_CALL)
			liveness_insn_uses(a->function->insns[i], &uses);
	return !bitset_test(&uses, (size_t)result->var->id);
}

void check_ignored_results(struct analysis *a)
{
	int b, i;

	for (b = 0; b < a->cfg->block_count; b++) {
		const struct cfg_block *block = a->cfg->blocks[b];

		for (i = 0; block->order >= 0 && i < block->insn_count; i++)
			if (block->insns[i]->kind == IR_CALL)
				check_ignored_result(a, block, i);
	}
}

/* ---- unchecked pointers --------------------------------------------------------- */

/* A result that may be NULL or an error pointer, used as a pointer. */
static void check_possible_null(struct analysis *a, struct flow_state *state, const struct sym *pointer,
				const struct ir_expr *expr, struct span span, const char *used_by)
{
	const struct sym *base = sym_base_pointer(pointer);
	const struct sym *object = base->kind == SYM_ADDRESS ? sym_object_pointer(base) : base;
	const struct rp_api *api = object ? origin_api(a, object) : NULL;
	const struct entry *outcome = api ? state_entry(state, NULL, object) : NULL;
	struct range range;
	const struct rp_rule *rule;
	const struct rp_check *check;
	struct violation v;

	if (!api || !outcome || outcome->state == CALL_SUCCEEDED)
		return;
	range = range_of(state, object);
	/* Only on the path where the call failed and nothing has noticed. */
	if (outcome->state == CALL_FAILED && (range.low > 0 || range.high > 0))
		return;
	if (!emit_find_check(a, RP_CHECK_NULL_USE, api, &rule, &check))
		return;
	v = make_violation(a, state, rule, check, span);
	v.cause = object->a;
	v.api = used_by;
	v.origin = api->name;
	v.origin_span = ((const struct ir_insn *)object->a)->span;
	v.object = value_text(a, expr, api);
	v.origin_text = arena_printf(a->arena, "%s comes from %s, which may fail", v.object, api->name);
	keymap_put(a->engine->reported_results, KEYMAP_KEY(object->a), a->engine);
	emit_violation(a, &v);
	/* One report: go on as if it had succeeded. */
	state_refresh_sym(a, state, object);
}

/* On this path surely not NULL, but a negative number. */
static bool is_error_pointer(struct analysis *a, const struct flow_state *state, const struct sym *pointer)
{
	const struct sym *base = sym_base_pointer(pointer);

	const struct rp_api *api = base->kind == SYM_CALL ? origin_api(a, base) : NULL;
	const struct entry *outcome = api ? state_entry(state, NULL, base) : NULL;

	return api && (range_of(state, base).high < 0 ||
		       (outcome && outcome->state == CALL_UNTESTED && api->convention == RP_RESULT_ERRPTR));
}

void check_null_argument(struct analysis *a, struct flow_state *state, const struct call_site *site, int arg)
{
	const struct rp_param *param = &site->api->params[0];
	int i;

	for (i = 0; i < site->api->param_count; i++)
		if (call_arg_index(site, i) == arg)
			param = &site->api->params[i];
	/* That NULL is legal says nothing of error pointers. Whoever asks IS_ERR() may well know by
	 * something else, later, that there is none: an optional part, a flag. */
	if (is_error_pointer(a, state, site->args[arg]) ?
		    function_asks_is_error(a, sym_base_pointer(site->args[arg])->a) :
		    param->nullable)
		return;
	check_possible_null(a, state, site->args[arg], site->insn->call.args[arg], site->insn->span, site->name);
}

/* ---- conditions ------------------------------------------------------------------ */

static bool is_error_predicate(const struct rp_api *api)
{
	return api->predicate == RP_PREDICATE_IS_ERROR || api->predicate == RP_PREDICATE_IS_NULL_OR_ERROR ||
	       api->predicate == RP_PREDICATE_ERROR_OR_ZERO || api->predicate == RP_PREDICATE_IS_USABLE;
}

bool function_asks_is_error(struct analysis *a, const struct ir_insn *call)
{
	const char *wanted = call->call.result ? ir_place_text(a->arena, call->call.result) : NULL;
	int i;

	for (i = 0; wanted && i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];
		struct sym probe = { .kind = SYM_CALL, .a = insn };
		const struct rp_api *api = insn->kind == IR_CALL ? origin_api(a, &probe) : NULL;

		if (api && is_error_predicate(api) && api->predicate_param < insn->call.arg_count &&
		    strcmp(object_text(a, insn->call.args[api->predicate_param]), wanted) == 0)
			return true;
	}
	return false;
}

/* An error-pointer result tested against NULL on the path where it is an error. */
static void check_errptr_test(struct analysis *a, struct flow_state *state, const struct sym *sym,
			      const struct ir_insn *insn)
{
	const struct rp_api *api = origin_api(a, sym);
	const struct entry *outcome = api ? state_entry(state, NULL, sym) : NULL;
	const struct rp_rule *rule;
	const struct rp_check *check;
	struct violation v;

	if (!api || api->convention != RP_RESULT_ERRPTR || !outcome || outcome->state != CALL_FAILED)
		return;
	if (function_asks_is_error(a, sym->a))
		return;
	if (!emit_find_check(a, RP_CHECK_ERRPTR_NULL_TEST, api, &rule, &check))
		return;
	v = make_violation(a, state, rule, check, insn->span);
	v.cause = sym->a;
	v.origin = v.api = api->name;
	v.origin_span = ((const struct ir_insn *)sym->a)->span;
	v.object = api->name;
	if (((const struct ir_insn *)sym->a)->call.result)
		v.object = ir_place_text(a->arena, ((const struct ir_insn *)sym->a)->call.result);
	v.object = readable_text(a, v.object);
	if (!v.object || strchr(v.object, '('))
		v.object = api->name;
	v.origin_text = arena_printf(a->arena,
				     "%s comes from %s, which returns an error pointer when it fails, never NULL",
				     v.object, api->name);
	keymap_put(a->engine->reported_results, KEYMAP_KEY(sym->a), a->engine);
	emit_violation(a, &v);
	state_refresh_sym(a, state, sym);
}

void check_condition(struct analysis *a, struct flow_state *state, const struct sym *condition,
		     const struct ir_insn *insn)
{
	while (condition->kind == SYM_UNARY && condition->op == IR_UNARY_NOT)
		condition = condition->a;
	if (condition->kind == SYM_BINARY && condition->op == IR_BINARY_EQ) {
		const struct sym *right = condition->b;

		if (right->kind == SYM_INT && right->value == 0)
			condition = condition->a;
	}
	if (condition->kind != SYM_CALL)
		return;
	check_errptr_test(a, state, condition, insn);
	check_stale_test(a, state, condition, insn);
}

static bool may_be_negative(const struct rp_api *api, const struct ir_expr *expr)
{
	return (api->convention == RP_RESULT_ERRNO || api->convention == RP_RESULT_ERRNO_COUNT ||
		api->convention == RP_RESULT_NTSTATUS || api->convention == RP_RESULT_NTSTATUS_INFO) &&
	       !(expr->type && expr->type->kind == IR_TYPE_INT && expr->type->is_unsigned);
}

static void check_negative_test(struct analysis *a, struct flow_state *state, const struct sym *left,
				const struct rp_api *api, const struct ir_expr *expr)
{
	struct violation v = {
		.state = state, .span = expr->span, .cause = left->a, .api = api->name, .origin = api->name
	};

	if (may_be_negative(api, expr->op.left) || !emit_find_check(a, RP_CHECK_NEGATIVE_TEST, api, &v.rule, &v.check))
		return;
	v.object = value_text(a, expr->op.left, api);
	v.origin_span = v.cause->span;
	v.origin_text = arena_printf(a->arena, "%s comes from %s", v.object, api->name);
	emit_violation(a, &v);
}

static bool is_test_for_errno(int op, const struct sym *right)
{
	if (right->kind != SYM_INT)
		return false;
	return (op == IR_BINARY_LT && right->value <= 0) || (op == IR_BINARY_LE && right->value < 0) ||
	       (op == IR_BINARY_GE && right->value == 0) ||
	       ((op == IR_BINARY_EQ || op == IR_BINARY_NE) && right->value < 0);
}

/* A residue is never negative: `copy_from_user(...) < 0` is always false. */
void check_comparison(struct analysis *a, struct flow_state *state, const struct sym *left, int op,
		      const struct sym *right, const struct ir_expr *expr)
{
	const struct rp_api *api = origin_api(a, left);
	const struct rp_rule *rule;
	const struct rp_check *check;
	struct violation v;

	if (!api || !is_test_for_errno(op, right))
		return;
	check_negative_test(a, state, left, api, expr);
	if (api->convention != RP_RESULT_RESIDUE)
		return;
	if (!emit_find_check(a, RP_CHECK_RESIDUE_AS_ERROR, api, &rule, &check))
		return;
	v = make_violation(a, state, rule, check, expr->span);
	v.cause = left->a;
	v.api = v.origin = api->name;
	v.object = value_text(a, expr->op.left, api);
	v.origin_span = ((const struct ir_insn *)left->a)->span;
	v.origin_text = arena_printf(a->arena, "%s returns the number of bytes it could not copy", api->name);
	emit_violation(a, &v);
}

static bool returns_errno(const struct analysis *a)
{
	const struct ir_type *type = a->function->type ? a->function->type->target : NULL;

	if (!type || type->kind != IR_TYPE_INT || type->is_unsigned)
		return false;
	/* A helper may document that it returns the residue, unless its callers
	 * hand the result on to the kernel as it is. */
	return effects_result_is_outcome(a->effects, a->function);
}

void check_return_residue(struct analysis *a, struct flow_state *state, const struct sym *value,
			  const struct ir_insn *insn)
{
	const struct rp_api *api;
	const struct rp_rule *rule;
	const struct rp_check *check;
	struct violation v;

	if (value->kind == SYM_UNARY && value->op == IR_UNARY_NEG) /* negated, it is no errno either */
		value = value->a;
	api = origin_api(a, value);
	if (!api || api->convention != RP_RESULT_RESIDUE || range_of(state, value).high <= 0 || !returns_errno(a))
		return;
	if (!emit_find_check(a, RP_CHECK_RESIDUE_AS_ERROR, api, &rule, &check))
		return;
	v = make_violation(a, state, rule, check, insn->span);
	v.cause = value->a;
	v.api = v.origin = v.object = api->name;
	v.origin_span = ((const struct ir_insn *)value->a)->span;
	v.origin_text = arena_printf(a->arena, "%s returns the number of bytes it could not copy", api->name);
	emit_violation(a, &v);
}

/* ---- sleeping ----------------------------------------------------------------------- */

bool unit_constant(const struct ir_unit *unit, const char *name, int64_t *value)
{
	int i;

	for (i = 0; i < unit->constant_count; i++) {
		if (unit->constants[i].name == name) {
			*value = unit->constants[i].value;
			return true;
		}
	}
	return false;
}

bool unit_is_windows(const struct ir_unit *unit)
{
	return unit->os && strcmp(unit->os, "windows") == 0;
}

static bool runs_in_interrupt(const struct analysis *a)
{
	return a->role && (a->role->context == RP_CONTEXT_SOFTIRQ || a->role->context == RP_CONTEXT_HARDIRQ);
}

static bool call_may_sleep(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	const struct sym *arg;
	int64_t bits, value;

	if (site->api->sleep == RP_SLEEP_ALWAYS)
		return true;
	if (site->api->sleep == RP_SLEEP_OUTSIDE_INTERRUPTS)
		return !runs_in_interrupt(a);
	if (site->api->sleep != RP_SLEEP_IF_BITS)
		return false;
	arg = call_arg(site, site->api->sleep_param);
	return arg && unit_constant(a->unit, site->api->sleep_constant, &bits) &&
	       range_is_exact(range_of(state, arg), &value) && (value & bits) != 0;
}

const struct entry *atomic_holder(const struct flow_state *state)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		if (entry->resource && entry->state >= 0 && !entry->is_doubtful && entry->acquired &&
		    entry->resource->states[entry->state].is_atomic)
			return entry;
	}
	return NULL;
}

void check_sleep(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	const struct entry *holder = atomic_holder(state);
	const struct rp_rule *rule;
	const struct rp_check *check;
	struct violation v;

	if (!holder || !call_may_sleep(a, state, site) || !emit_find_check(a, RP_CHECK_SLEEP, site->api, &rule, &check))
		return;
	v = make_violation(a, state, rule, check, site->insn->span);
	v.cause = holder->acquired;
	v.api = v.object = site->name;
	v.holder = holder->resource->identity == RP_IDENTITY_GLOBAL ? holder->resource->noun : holder->object;
	v.resource = holder->resource;
	v.key = holder->key;
	v.origin = holder->api ? holder->api->name : NULL;
	v.origin_span = holder->acquired->span;
	emit_violation(a, &v);
}

/* ---- address spaces -------------------------------------------------------------------- */

static bool is_kernel_pointer(const struct analysis *a, const struct flow_state *state, const struct sym *sym)
{
	const struct sym *base = sym_base_pointer(sym);
	size_t i;

	(void)a;
	if (sym->is_waived || base->is_waived || is_user_pointer(sym))
		return false;
	if (base->kind == SYM_STRING)
		return true;
	if (base->kind == SYM_ADDRESS)
		return region_root(base->a)->kind == REGION_VAR;
	for (i = 0; i < state->entry_count; i++)
		if (state->entries[i].resource && state->entries[i].resource->is_memory &&
		    sym_base_pointer(state->entries[i].key) == base)
			return true;
	return false;
}

static void emit_user(struct analysis *a, struct flow_state *state, enum rp_check_kind kind, const struct rp_api *api,
		      const struct ir_expr *expr, struct span span)
{
	const struct rp_rule *rule;
	const struct rp_check *check;
	struct violation v;

	if (!emit_find_check(a, kind, api, &rule, &check))
		return;
	v = make_violation(a, state, rule, check, span);
	v.object = value_text(a, expr, NULL);
	v.api = api ? api->name : NULL;
	emit_violation(a, &v);
}

static bool is_inside(const struct ir_scope *scope, const struct ir_scope *outer)
{
	for (; scope; scope = scope->parent)
		if (scope == outer)
			return true;
	return false;
}

/* Does anything in the __try body raise by its facts? */
static bool has_raising_call(const struct analysis *a, const struct ir_scope *body)
{
	int i;

	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];
		const struct sym probe = { .kind = SYM_CALL, .a = insn };
		const struct rp_api *api;

		if (insn->kind != IR_CALL || !is_inside(insn->scope, body))
			continue;
		api = origin_api(a, &probe);
		if ((api && api->may_raise) || (insn->call.callee && effects_may_raise(a->effects, insn->call.callee)))
			return true;
	}
	return false;
}

static bool handler_expects_access(const struct analysis *a)
{
	const struct ir_scope *body = a->insn ? ir_scope_try(a->insn->scope) : NULL;

	return body && !has_raising_call(a, body);
}

/* Touching a user address may raise. Where nothing else in a __try does, the
 * author means the bytes that a parameter of no declared record points to.
 * Other kernel memory is taken to be there. */
static void note_raising_access(struct analysis *a, const struct sym *pointer)
{
	const struct sym *base = sym_base_pointer(pointer);
	const struct region *from = base->kind == SYM_INITIAL && !base->b ? base->a : NULL;
	const struct ir_type *target = base->type && base->type->kind == IR_TYPE_POINTER ? base->type->target : NULL;

	if (is_user_pointer(pointer))
		a->may_raise = true;
	else if (from && from->kind == REGION_VAR && from->var->kind == IR_VAR_PARAM && target &&
		 (target->kind == IR_TYPE_VOID || target->kind == IR_TYPE_INT) && handler_expects_access(a))
		a->may_raise = true;
}

void check_deref(struct analysis *a, struct flow_state *state, const struct sym *pointer, const struct ir_expr *expr,
		 struct span span)
{
	note_raising_access(a, pointer);
	check_user_access(a, state, pointer, expr, NULL, span);
	check_buffer_size(a, state, pointer, expr, NULL, span);
	check_paged_access(a, state, pointer, expr, NULL, span);
	/* Inside a macro of the kernel's the access is the macro's business. */
	if (is_user_pointer(pointer) && expr &&
	    !(expr->type && expr->type->kind == IR_TYPE_POINTER && expr->type->space == IR_SPACE_IOMEM))
		emit_user(a, state, RP_CHECK_USER_DEREF, NULL, expr, span);
	check_possible_null(a, state, pointer, expr, span, NULL);
}

void check_user_arguments(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	bool about_user = false;
	int i;

	for (i = 0; i < site->api->param_count; i++)
		about_user = about_user || site->api->params[i].space == RP_SPACE_USER;
	for (i = 0; i < site->api->param_count; i++) {
		const struct rp_param *param = &site->api->params[i];
		const struct sym *arg = call_arg(site, i);
		const struct ir_expr *expr = call_arg_expr(site, i);

		if (!arg || param->is_output)
			continue;
		if (param->space == RP_SPACE_USER && is_kernel_pointer(a, state, arg)) {
			emit_user(a, state, RP_CHECK_USER_ARGUMENT, site->api, expr, site->insn->span);
			return; /* swapped arguments are one defect */
		}
		if (param->space != RP_SPACE_USER && is_user_pointer(arg) &&
		    (param->space == RP_SPACE_KERNEL || param->access == RP_ACCESS_READ ||
		     param->access == RP_ACCESS_WRITE || param->access == RP_ACCESS_READ_WRITE)) {
			emit_user(a, state, about_user ? RP_CHECK_USER_ARGUMENT : RP_CHECK_USER_DEREF, site->api, expr,
				  site->insn->span);
			return;
		}
	}
}

/* ---- uninitialised bytes to user space ---------------------------------------------------- */

struct infoleak {
	struct analysis *a;
	const struct flow_state *state;
	const char *missing; /* first field without a value, or "padding" */
	int64_t limit_bits;
};

static void scan_record(struct infoleak *leak, const struct region *region, const struct ir_type *type,
			int64_t base_bits, int depth);

static void scan_field(struct infoleak *leak, const struct region *region, const struct ir_field *field,
		       int64_t base_bits, int depth)
{
	const struct region *part;
	const struct sym *value;

	if (leak->missing || base_bits + field->bit_offset >= leak->limit_bits)
		return;
	if (!field->name) {
		if (field->type->kind == IR_TYPE_RECORD && !field->type->is_union)
			scan_record(leak, region, field->type, base_bits + field->bit_offset, depth + 1);
		return;
	}
	part = region_field(leak->a, region, field->name, field->type);
	value = state_load(leak->a, leak->state, part, field->type);
	if (value->kind != SYM_UNINIT)
		return;
	if (field->type->kind == IR_TYPE_ARRAY) {
		size_t i; /* any element written counts for the array */

		for (i = 0; i < leak->state->binding_count; i++)
			if (region_is_within(leak->state->bindings[i].region, part))
				return;
	}
	if (field->type->kind == IR_TYPE_RECORD && field->type->field_count > 0 && !field->type->is_union)
		scan_record(leak, part, field->type, base_bits + field->bit_offset, depth + 1);
	else
		leak->missing = field->name;
}

/* Padding counts only when the record was filled field by field: a record
 * that was zeroed or copied as a whole never gets here. */
static void scan_record(struct infoleak *leak, const struct region *region, const struct ir_type *type,
			int64_t base_bits, int depth)
{
	int64_t end = 0;
	bool has_gap = false, has_bitfields = false;
	int i;

	if (depth > 4 || type->field_count <= 0)
		return;
	for (i = 0; i < type->field_count && !leak->missing; i++) {
		const struct ir_field *field = &type->fields[i];

		if (field->bit_offset < 0)
			return;
		has_bitfields = has_bitfields || field->is_bitfield;
		has_gap = has_gap || (field->bit_offset > end && base_bits + end < leak->limit_bits);
		if (field->type->size > 0)
			end = field->bit_offset + field->type->size * 8;
		scan_field(leak, region, field, base_bits, depth);
	}
	if (!leak->missing && !has_bitfields && !type->is_union &&
	    (has_gap || (end < type->size * 8 && base_bits + end < leak->limit_bits)))
		leak->missing = "padding";
}

static bool has_inner_binding(const struct flow_state *state, const struct region *region)
{
	size_t i;

	for (i = 0; i < state->binding_count; i++)
		if (state->bindings[i].region != region && region_is_within(state->bindings[i].region, region))
			return true;
	return false;
}

/* Elements that nobody wrote, where all that were written are known. */
static bool lacks_elements(const struct infoleak *leak, const struct region *array)
{
	const struct ir_type *type = array->type;
	const struct ir_type *element = type && type->kind == IR_TYPE_ARRAY ? type->target : NULL;
	int64_t wanted, written = 0;
	size_t i;

	if (!element || element->size <= 0 || type->count <= 0 || leak->limit_bits == INT64_MAX)
		return false;
	wanted = leak->limit_bits / 8 / element->size;
	for (i = 0; i < leak->state->binding_count; i++) {
		const struct region *part = leak->state->bindings[i].region;

		if (part == array || !region_is_within(part, array))
			continue;
		if (part->kind != REGION_ELEMENT || part->base != array || part->index->kind != SYM_INT)
			return false;
		written += part->index->value >= 0 && part->index->value < wanted;
	}
	return written < wanted;
}

/* type: of the pointee as the argument's own type says it, for allocated memory. */
static bool find_uninitialised(struct infoleak *leak, const struct region *region, const struct ir_type *type)
{
	const struct binding *whole = state_binding(leak->state, region);

	if (!whole || whole->value->kind != SYM_UNINIT)
		return false;
	if (!has_inner_binding(leak->state, region)) {
		leak->missing = "all of it";
		return true;
	}
	if (region->kind == REGION_VAR)
		type = region->type;
	if (region->kind == REGION_VAR && lacks_elements(leak, region))
		leak->missing = "some elements";
	if (!type || type->kind != IR_TYPE_RECORD)
		return leak->missing != NULL;
	scan_record(leak, region, type, 0, 0);
	return leak->missing != NULL;
}

static const struct ir_type *pointee_type(const struct ir_expr *expr)
{
	while (expr && expr->kind == IR_EXPR_CAST)
		expr = expr->cast.operand;
	return expr && expr->type && expr->type->kind == IR_TYPE_POINTER ? expr->type->target : NULL;
}

/* Is the length to copy, as the user wrote it, what the memory was allocated
 * with? A variable's own memory counts as such. */
static bool is_allocated_length(struct analysis *a, const struct call_site *site, int param,
				const struct region *region)
{
	const struct ir_expr *length = call_arg_expr(site, site->api->params[param].length_param);
	const struct ir_insn *origin = region->kind == REGION_POINTEE && region->pointer->kind == SYM_CALL ?
					       region->pointer->a :
					       NULL;
	int i;

	for (i = 0; origin && length && i < origin->call.arg_count; i++)
		if (strcmp(object_text(a, length), object_text(a, origin->call.args[i])) == 0)
			return true;
	return region->kind == REGION_VAR;
}

static void check_infoleak_argument(struct analysis *a, struct flow_state *state, const struct call_site *site,
				    int param, const struct rp_rule *rule, const struct rp_check *check)
{
	const struct sym *arg = call_arg(site, param), *length;
	struct infoleak leak = { .a = a, .state = state, .limit_bits = INT64_MAX };
	const struct region *region;
	struct violation v;
	int64_t bytes;

	if (!arg || arg->kind == SYM_INT || arg->is_user)
		return;
	region = region_pointee(a, arg);
	if (region->kind != REGION_VAR && region->kind != REGION_POINTEE)
		return;
	length = call_arg(site, site->api->params[param].length_param);
	if (length && range_is_exact(range_of(state, length), &bytes) && bytes > 0 && bytes < INT32_MAX)
		leak.limit_bits = bytes * 8;
	else if (length && (has_inner_binding(state, region) || !is_allocated_length(a, site, param, region)))
		return; /* an unknown length may stop at what was written, or be 0 */
	if (!find_uninitialised(&leak, region, pointee_type(call_arg_expr(site, param))))
		return;
	v = make_violation(a, state, rule, check, site->insn->span);
	v.object = value_text(a, call_arg_expr(site, param), NULL);
	v.api = site->name;
	v.mode = leak.missing;
	if (region->kind == REGION_VAR) {
		v.origin_span = region->var->span;
		v.origin_text = arena_printf(a->arena, "%s starts uninitialised", v.object);
	} else if (origin_api(a, region->pointer)) {
		v.cause = region->pointer->a;
		v.origin_span = v.cause->span;
		v.origin_text = arena_printf(a->arena, "%s comes from %s, which does not initialise it", v.object,
					     origin_api(a, region->pointer)->name);
	}
	emit_violation(a, &v);
}

void check_infoleak(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	const struct rp_rule *rule;
	const struct rp_check *check;
	bool to_user = false;
	int i;

	for (i = 0; i < site->api->param_count; i++)
		to_user = to_user || (site->api->params[i].space == RP_SPACE_USER &&
				      site->api->params[i].access == RP_ACCESS_WRITE);
	if (!to_user || !emit_find_check(a, RP_CHECK_USER_INFOLEAK, site->api, &rule, &check))
		return;
	for (i = 0; i < site->api->param_count; i++)
		if (site->api->params[i].access == RP_ACCESS_READ && site->api->params[i].space != RP_SPACE_USER)
			check_infoleak_argument(a, state, site, i, rule, check);
}
