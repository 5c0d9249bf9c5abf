/* Calls: which fact a call means, what its outcomes are, and the order in
 * which its parts take effect. A call whose result tells success from failure
 * splits the path at once, so that a conditional acquire that failed leaves
 * nothing to release (DESIGN section 5, point 3). */
#include "typestate_int.h"

#include <string.h>

int call_arg_index(const struct call_site *site, int param)
{
	int i;

	if (param < 0)
		return -1;
	if (!site->shape)
		return param < site->arg_count ? param : -1;
	for (i = 0; i < site->shape->param_count && i < site->arg_count; i++)
		if (site->shape->param_of[i] == param)
			return i;
	return -1;
}

const struct sym *call_arg(const struct call_site *site, int param)
{
	int index = call_arg_index(site, param);

	return index < 0 || index >= 32 ? NULL : site->args[index];
}

const struct ir_expr *call_arg_expr(const struct call_site *site, int param)
{
	int index = site->is_replayed ? -1 : call_arg_index(site, param);

	return index < 0 ? NULL : site->insn->call.args[index];
}

bool call_is_try(const struct call_site *site)
{
	return site->api->convention == RP_RESULT_TRUE_SUCCESS || site->api->convention == RP_RESULT_TRUE_FAILURE;
}

static const struct rp_param *param_of_arg(const struct call_site *site, int arg)
{
	int param = arg;

	if (!site->api)
		return NULL;
	if (site->shape)
		param = arg < site->shape->param_count ? site->shape->param_of[arg] : -1;
	return param >= 0 && param < site->api->param_count ? &site->api->params[param] : NULL;
}

static const struct ir_type *result_type(const struct ir_call *call)
{
	if (call->result)
		return call->result->type;
	return call->callee && call->callee->type ? call->callee->type->target : NULL;
}

static void site_init(struct analysis *a, struct flow_state *state, const struct ir_insn *insn, struct call_site *site)
{
	const struct ir_call *call = &insn->call;
	const struct ir_function *const *targets;
	struct rp_match match = { 0 };
	int i;

	*site = (struct call_site){ .insn = insn };
	site->name = call->macro ? call->macro : call->callee ? call->callee->name : NULL;
	if (site->name && rules_match_call(a->engine->rules, site->name, &match) &&
	    /* A driver's own function of that name is not the kernel's. */
	    !(call->callee && call->callee->has_body)) {
		site->api = match.api;
		site->shape = match.shape;
		site->name = match.api->name;
	}
	if (call_targets(a, insn, &targets) == 1)
		site->target = targets[0];
	else
		site->target = call->callee;
	if (call->target)
		site->callee_value = eval_expr(a, state, call->target);
	site->arg_count = call->arg_count < 32 ? call->arg_count : 32;
	for (i = 0; i < site->arg_count; i++) {
		const struct rp_param *param = param_of_arg(site, i);

		/* An output argument of a macro is written, not read. */
		if (param && param->is_output && call->args[i]->kind == IR_EXPR_LOAD)
			site->args[i] = sym_address(a, eval_place(a, state, call->args[i]->place), NULL);
		else
			site->args[i] = eval_expr(a, state, call->args[i]);
	}
}

/* ---- before the call takes effect ---------------------------------------- */

static enum rp_access access_of_arg(const struct call_site *site, int arg)
{
	const struct rp_param *param = param_of_arg(site, arg);

	if (param)
		return param->access;
	if (site->api && site->api->is_variadic)
		return site->api->variadic_access;
	return RP_ACCESS_UNKNOWN;
}

static bool is_inner_array(const struct ir_expr *expr)
{
	while (expr->kind == IR_EXPR_CAST)
		expr = expr->cast.operand;
	return expr->kind == IR_EXPR_ADDRESS && expr->is_decay && expr->place->kind == IR_PLACE_FIELD;
}

/* A least level that neither the path nor the entry settles. */
static void demand_least_irql(struct analysis *a, const struct flow_state *state, const struct call_site *site)
{
	int least = irql_call_min(a, state, site);

	if (least > RP_IRQL_PASSIVE && irql_lower_bound(a, state) < least &&
	    irql_upper_bound(a, state) == RP_IRQL_UNSAID)
		demand_irql(a, state, site, DEMAND_IRQL_MIN, least);
}

static void check_call(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	const struct function_summary *summary = site->api ? NULL : call_summary(a, site->insn);
	bool followed = summary && summary->is_valid; /* what it does with its arguments is known */
	int i;

	check_irql_body(a, state);
	for (i = 0; i < site->arg_count; i++) {
		enum rp_access access = access_of_arg(site, i);
		const struct rp_param *param = param_of_arg(site, i);

		if (param && param->is_output)
			continue;
		/* An array inside an object is passed to be read, even by a function
		 * that only prints. */
		if ((access != RP_ACCESS_NONE && !followed) || is_inner_array(site->insn->call.args[i]))
			typestate_pass(a, state, site, i);
		if (access == RP_ACCESS_READ || access == RP_ACCESS_WRITE || access == RP_ACCESS_READ_WRITE) {
			check_null_argument(a, state, site, i);
			if (access != RP_ACCESS_READ && site->args[i]->kind != SYM_INT)
				typestate_write(a, state, region_pointee(a, site->args[i]), site->insn->span);
			touch_note(a, state, site->args[i], site->insn->span);
			check_paged_access(a, state, site->args[i], site->insn->call.args[i], site, site->insn->span);
			check_buffer_size(a, state, site->args[i], site->insn->call.args[i], site, site->insn->span);
			if (!param || param->space != RP_SPACE_USER)
				check_user_access(a, state, site->args[i], site->insn->call.args[i], site,
						  site->insn->span);
			a->may_raise = a->may_raise || is_user_pointer(site->args[i]);
		}
	}
	if (followed)
		touch_callee(a, state, site, summary);
	contract_check_call(a, state, site);
	if (!site->api) {
		check_declared_irql(a, state, site);
		return;
	}
	if (site->api->may_raise && conditions_hold(a, state, site, &site->api->raise_conditions))
		a->may_raise = true;
	check_sleep(a, state, site);
	demand_api(a, state, site);
	check_irql(a, state, site);
	check_irql_low(a, state, site);
	demand_least_irql(a, state, site);
	check_call_patterns(a, state, site);
	check_test_then_act(a, state, site);
	note_sign_test(a, state, site);
	check_overlap(a, state, site);
	check_times(a, state, site);
	check_exposed_memory(a, state, site);
	check_user_numbers(a, state, site);
	check_user_arguments(a, state, site);
	check_infoleak(a, state, site);
}

/* ---- results ---------------------------------------------------------------- */

static bool outcome_range(enum rp_convention convention, bool failed, struct range *range)
{
	static const struct range positive = { 1, RANGE_HIGHEST, true },
				  address = { LOWEST_ADDRESS, RANGE_HIGHEST, true }, zero = { 0, 0, false },
				  natural = { 0, RANGE_HIGHEST, false }, error = { ERRNO_LOWEST, -1, true },
				  null_or_error = { ERRNO_LOWEST, 0, false }, nt_error = { INT32_MIN, -1, true },
				  nt_success = { 0, INT32_MAX, false }, nonzero = { RANGE_LOWEST, RANGE_HIGHEST, true };

	switch (convention) {
	case RP_RESULT_NULL:
		*range = failed ? zero : address;
		return true;
	case RP_RESULT_ERRPTR:
		*range = failed ? error : address;
		return true;
	case RP_RESULT_NULL_OR_ERRPTR:
		*range = failed ? null_or_error : address;
		return true;
	case RP_RESULT_ERRNO:
		*range = failed ? error : zero;
		return true;
	case RP_RESULT_ERRNO_COUNT:
		*range = failed ? error : natural;
		return true;
	case RP_RESULT_TRUE_SUCCESS:
		*range = failed ? zero : nonzero;
		return true;
	case RP_RESULT_TRUE_FAILURE:
		*range = failed ? nonzero : zero;
		return true;
	case RP_RESULT_RESIDUE:
		*range = failed ? positive : zero;
		return true;
	case RP_RESULT_TIME_LEFT:
		*range = failed ? zero : positive;
		return true;
	case RP_RESULT_NTSTATUS:
		*range = failed ? nt_error : zero;
		return true;
	case RP_RESULT_NTSTATUS_INFO:
		*range = failed ? nt_error : nt_success;
		return true;
	default:
		return false;
	}
}

static void store_result(struct analysis *a, struct flow_state *state, const struct call_site *site,
			 const struct sym *value)
{
	const struct ir_place *place = site->insn->call.result;
	const struct region *region;

	if (!place || site->shape_result_is_param)
		return;
	region = eval_place(a, state, place);
	if (place->type && place->type->kind == IR_TYPE_RECORD)
		state_store_default(a, state, region, value);
	else
		state_store(a, state, region, value);
}

/* Once the effects have said what the result is: `global = kmalloc()` hands it on. */
static void escape_stored_result(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	const struct ir_place *place = site->insn->call.result;
	const struct region *region = place ? eval_place(a, state, place) : NULL;

	if (region && !region_is_local(region) && !region_is_contained(state, region))
		escape_value(a, state, site->result, ESCAPE_STORED);
}

static bool apply_predicate(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	const struct sym *of;

	if (!site->api || site->api->predicate == RP_PREDICATE_NONE)
		return false;
	of = call_arg(site, site->api->predicate_param);
	if (!of)
		return false;
	if (site->api->predicate != RP_PREDICATE_SAME)
		of = sym_make(a, SYM_PREDICATE, (int)site->api->predicate, of, NULL, NULL);
	store_result(a, state, site, of);
	return true;
}

/* ---- memory after the call ---------------------------------------------------- */

/* A saved token gets its value from the effect. */
static bool is_saved_token(const struct call_site *site, int arg)
{
	int i;

	for (i = 0; i < site->api->effect_count; i++)
		if (site->api->effects[i].saves_param >= 0 &&
		    call_arg_index(site, site->api->effects[i].saves_param) == arg)
			return true;
	return false;
}

static void mark_from_user(const struct sym *value, bool is_from_user)
{
	if (is_from_user)
		((struct sym *)value)->is_from_user = true;
}

/* memcpy(to, from, sizeof(*from)): where the whole record came from; NULL. */
static const struct sym *copied_record(const struct flow_state *state, const struct call_site *site,
				       const struct rp_param *written)
{
	const struct sym *length = written->length_param >= 0 ? call_arg(site, written->length_param) : NULL, *source;
	int64_t bytes;
	int i;

	if (!length || !range_is_exact(range_of(state, length), &bytes))
		return NULL;
	for (i = 0; i < site->api->param_count; i++) {
		if (site->api->params[i].access != RP_ACCESS_READ ||
		    site->api->params[i].length_param != written->length_param)
			continue;
		source = call_arg(site, i);
		return source && source->type && source->type->kind == IR_TYPE_POINTER && source->type->target &&
				       source->type->target->kind == IR_TYPE_RECORD &&
				       source->type->target->size <= bytes ?
			       source :
			       NULL;
	}
	return NULL;
}

static void write_outputs(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	int i;

	for (i = 0; i < site->arg_count; i++) {
		const struct rp_param *param = param_of_arg(site, i);
		const struct region *region;
		const struct sym *value;

		if (!param ||
		    (!param->is_output && param->access != RP_ACCESS_WRITE && param->access != RP_ACCESS_READ_WRITE))
			continue;
		if (site->args[i]->kind == SYM_INT || site->args[i]->is_user || is_saved_token(site, i))
			continue;
		region = region_pointee(a, site->args[i]);
		if (param->is_output) {
			value = sym_make(a, SYM_OUTPUT, i, site->insn, NULL, region->type);
			mark_from_user(value, param->is_from_user);
			state_refresh_sym(a, state, value);
			state_store(a, state, region, value);
			continue;
		}
		/* Bindings of pointers stay: what a helper fills is mostly data. */
		if (param->access == RP_ACCESS_READ_WRITE && region->kind != REGION_VAR)
			continue;
		value = sym_make(a, SYM_HAVOC, 0, site->insn, region, region->type);
		mark_from_user(value, param->is_from_user);
		((struct sym *)value)->copied = copied_record(state, site, param);
		if (leaves_unterminated(a, state, site, (int)(param - site->api->params)))
			((struct sym *)value)->is_unterminated = true;
		state_refresh_sym(a, state, value);
		state_store_default(a, state, region, value);
	}
}

/* What is stored in memory is not freed with it. */
static bool frees_memory(const struct rp_api *api)
{
	int i;

	for (i = 0; i < api->effect_count; i++)
		if (api->effects[i].resource->is_memory &&
		    resource_event_releases(api->effects[i].resource, api->effects[i].event))
			return true;
	return false;
}

/* The object that keeps an argument: the one that the call changes, and does not keep itself. */
static const struct sym *keeper_of(const struct call_site *site)
{
	int i;

	for (i = 0; i < site->arg_count; i++) {
		const struct rp_param *param = param_of_arg(site, i);

		if (param && !param->keeps &&
		    (param->access == RP_ACCESS_READ_WRITE || param->access == RP_ACCESS_WRITE) &&
		    sym_object_pointer(site->args[i]) && site->args[i]->kind != SYM_INT)
			return site->args[i];
	}
	return NULL;
}

static bool is_own_record(const struct flow_state *state, const struct sym *keeper)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		if (entry->resource && entry->resource->is_memory && entry->key == keeper && entry->state >= 0 &&
		    entry->resource->states[entry->state].is_held)
			return true;
	}
	return false;
}

/* What an object of this function keeps goes where that goes. */
static void store_in_keeper(struct analysis *a, struct flow_state *state, const struct call_site *site,
			    const struct rp_param *param, const struct sym *value)
{
	const struct sym *keeper = keeper_of(site);
	const char *field = intern(a->engine->pool, arena_printf(a->arena, KEPT_FIELD "%s", param->name));

	if (keeper && sym_object_pointer(value) && sym_object_pointer(value) != sym_object_pointer(keeper) &&
	    is_own_record(state, sym_object_pointer(keeper)) && escape_is_tracked(state, sym_object_pointer(value)))
		state_store(a, state, region_field(a, region_pointee(a, keeper), field, NULL), value);
}

static void keep_arguments(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	const struct sym *keeper = keeper_of(site);
	int i;

	if (!frees_memory(site->api))
		escape_given_contents(a, state, site);
	a->is_own_keeper = keeper && is_own_record(state, sym_object_pointer(keeper));
	for (i = 0; i < site->arg_count; i++) {
		const struct rp_param *param = param_of_arg(site, i);

		if (param ? param->keeps : site->api->is_variadic && site->api->variadic_access == RP_ACCESS_UNKNOWN)
			escape_value(a, state, site->args[i], ESCAPE_PASSED);
		if (param && param->keeps)
			store_in_keeper(a, state, site, param, site->args[i]);
	}
	a->is_own_keeper = false;
}

/* memcpy(): pointers in what is read are reachable through the copy. */
static void escape_copied(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	int source = -1, i;
	bool writes = false;

	for (i = 0; i < site->api->param_count; i++) {
		const struct rp_param *param = &site->api->params[i];

		if (param->access == RP_ACCESS_READ && param->length_param >= 0)
			source = i;
		writes = writes || (param->access == RP_ACCESS_WRITE && param->length_param >= 0);
	}
	if (source >= 0 && writes && call_arg(site, source))
		escape_region_contents(a, state, region_pointee(a, call_arg(site, source)));
}

/* Does the path know that the result is the one the effect is of? */
static bool has_result_of(const struct analysis *a, const struct flow_state *state, const struct call_site *site,
			  const struct rp_effect *effect)
{
	int64_t wanted, value;

	if (!effect->result_constant)
		return true;
	return unit_constant(a->unit, effect->result_constant, &wanted) &&
	       range_is_exact(range_of(state, site->result), &value) && value == wanted;
}

static void apply_effects(struct analysis *a, struct flow_state *state, const struct call_site *site, bool failed)
{
	int i;

	for (i = 0; i < site->api->effect_count; i++) {
		const struct rp_effect *effect = &site->api->effects[i];

		if (effect->when == RP_WHEN_RAISE || (effect->if_used && is_answer_unused(a, site->insn)) ||
		    !has_result_of(a, state, site, effect))
			continue;
		if (effect->when == RP_WHEN_ALWAYS || (effect->when == RP_WHEN_FAILURE) == failed)
			typestate_apply_effect(a, state, site, effect, false);
		else if (failed && effect->when == RP_WHEN_SUCCESS)
			typestate_apply_effect(a, state, site, effect, true);
	}
}

/* Does the allocator clear what it gives? */
static bool is_zeroed(const struct analysis *a, const struct flow_state *state, const struct call_site *site)
{
	const struct sym *arg = call_arg(site, site->api->zeroed_param);
	int64_t bits, value;

	return site->api->zeroed || (arg && unit_constant(a->unit, site->api->zeroed_constant, &bits) &&
				     range_is_exact(range_of(state, arg), &value) && (value & bits) != 0);
}

static const struct sym *fresh_contents(struct analysis *a, const struct flow_state *state,
					const struct call_site *site)
{
	const struct sym *copied;

	if (site->api->from_user != RP_FROM_USER_POINTEE)
		return is_zeroed(a, state, site) ? sym_int(a, 0) : sym_make(a, SYM_UNINIT, 0, NULL, NULL, NULL);
	copied = sym_make(a, SYM_HAVOC, 0, site->insn, region_pointee(a, site->result), NULL);
	mark_from_user(copied, true);
	((struct sym *)copied)->is_unterminated = !site->api->gives_string;
	return copied;
}

static void mark_fresh_memory(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	int i;

	for (i = 0; i < site->api->effect_count; i++) {
		const struct rp_effect *effect = &site->api->effects[i];

		if (effect->object != RP_OBJECT_RESULT || !effect->resource->is_memory)
			continue;
		state_store_default(a, state, region_pointee(a, site->result), fresh_contents(a, state, site));
	}
}

/* IoAllocateMdl() puts the MDL into the IRP. */
static void store_in_field(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	const struct sym *holder = site->api->stores_field ? call_arg(site, site->api->stores_param) : NULL;

	if (holder && holder->kind != SYM_INT && conditions_hold(a, state, site, &site->api->stores_conditions))
		state_store(a, state,
			    region_field(a, region_pointee(a, holder), site->api->stores_field, site->result->type),
			    site->result);
}

/* Does the call take an object from its caller also when it fails? */
static bool takes_always(const struct rp_api *api)
{
	int i;

	for (i = 0; i < api->effect_count; i++)
		if (api->effects[i].when == RP_WHEN_ALWAYS &&
		    resource_event_releases(api->effects[i].resource, api->effects[i].event))
			return true;
	return false;
}

static void finish_outcome(struct analysis *a, struct flow_state *state, struct call_site *site, bool failed)
{
	if (rp_api_has_tag(site->api, "undo-action"))
		escape_to_action(a, state, site);
	if (!failed)
		mark_fresh_memory(a, state, site);
	write_outputs(a, state, site);
	if (!failed)
		store_in_field(a, state, site);
	store_result(a, state, site, site->result); /* `io.Status = ZwReadFile(..., &io, ...)` */
	apply_effects(a, state, site, failed);
	if (site->api->clobbers)
		state_clobber(a, state, site->api->clobbers, site->insn);
	if (failed) {
		/* A request that was sent on is gone whatever the answer, with all that is stored in it. */
		if (takes_always(site->api))
			escape_given_contents(a, state, site);
		return;
	}
	escape_stored_result(a, state, site);
	escape_copied(a, state, site);
	keep_arguments(a, state, site);
}

static bool wants_split(const struct call_site *site)
{
	int i;

	for (i = 0; i < site->api->effect_count; i++)
		if (site->api->effects[i].when == RP_WHEN_SUCCESS || site->api->effects[i].when == RP_WHEN_FAILURE)
			return true;
	return site->insn->call.result != NULL;
}

/* __GFP_NOFAIL, an MDL that is mapped for good, and the like; and what is reported already because
 * nobody looks whether it failed. */
static bool cannot_fail(struct analysis *a, const struct flow_state *state, const struct call_site *site)
{
	const struct rp_api *api = site->api;

	if (api->fails_only_if.count > 0 && !conditions_hold(a, state, site, &api->fails_only_if))
		return true;
	if (keymap_get(a->ignored_calls, KEYMAP_KEY(site->insn)))
		return true;
	return api->never_fails.count > 0 && conditions_hold(a, state, site, &api->never_fails);
}

/* A try for a lock that this path holds itself. What may be taken anew (read locks, resources that nest) has no violation there. */
static bool cannot_succeed(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	for (int i = 0; i < site->api->effect_count && call_is_try(site); i++) {
		const struct rp_effect *effect = &site->api->effects[i];
		const struct sym *key = effect->resource ? effect_key(a, state, site, effect) : NULL;
		const struct entry *entry = key ? state_entry(state, effect->resource, key) : NULL;
		const struct rp_transition *row;

		if (!entry || entry->state < 0 || !entry->acquired || entry->is_doubtful)
			continue;
		row = find_transition(effect->resource, entry->state, effect->event);
		if (row && row->violation && resource_event_acquires(effect->resource, effect->event))
			return true;
	}
	return false;
}

/* register_blkdev(0, ...) gives a positive number, register_blkdev(8, ...) zero. */
static void refine_success(const struct flow_state *state, const struct call_site *site, struct range *success)
{
	const struct sym *arg = call_arg(site, site->api->positive_if_zero);
	struct range range;

	if (!arg)
		return;
	range = range_of(state, arg);
	if (range.low == 0 && range.high == 0)
		*success = (struct range){ 1, RANGE_HIGHEST, true };
	else /* an unknown number is taken for a given one */
		*success = range_exact(0);
}

/* The __finally whose body the step lies in: the next one to end. */
static const struct ir_scope *enclosing_finally(const struct analysis *a, const struct ir_insn *insn)
{
	int i;

	for (i = insn->index + 1; i < a->function->insn_count; i++)
		if (a->function->insns[i]->kind == IR_FINALLY_END)
			return a->function->insns[i]->opened;
	return NULL;
}

/* The result is the selector that says which way the body of the __try was left. */
static bool store_way_out(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	const struct ir_scope *scope = enclosing_finally(a, site->insn);
	const char *name = scope ? arena_printf(a->arena, "$leave%d", scope->id) : NULL;
	int i;

	for (i = 0; name && i < a->cfg->var_count; i++) {
		if (a->cfg->vars[i]->kind != IR_VAR_SELECTOR || strcmp(a->cfg->vars[i]->name, name) != 0)
			continue;
		store_result(a, state, site, state_load(a, state, region_var(a, a->cfg->vars[i]), NULL));
		return true;
	}
	return false;
}

/* The path on which the result is the very constant that an effect on something followed needs; NULL: there is none.
 * A helper that gets the object from its caller does not split: its callers do not learn of the effect. */
static struct flow_state *split_result(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	struct flow_state *exact;
	int64_t value;
	int i;

	for (i = 0; i < site->api->effect_count; i++) {
		const struct rp_effect *effect = &site->api->effects[i];
		const struct sym *key = effect->result_constant ? effect_key(a, state, site, effect) : NULL;

		if (!key || (!effect->via && !state_entry(state, effect->resource, key)) ||
		    !unit_constant(a->unit, effect->result_constant, &value))
			continue;
		exact = state_clone(a, state);
		if (state_constrain(a, exact, site->result, range_exact(value)))
			return exact;
	}
	return NULL;
}

static int finish_success(struct analysis *a, struct flow_state *state, struct call_site *site,
			  struct flow_state *outcomes[MAX_OUTCOMES])
{
	struct flow_state *exact = split_result(a, state, site);

	finish_outcome(a, state, site, false);
	outcomes[0] = state;
	if (!exact)
		return 1;
	finish_outcome(a, exact, site, false);
	outcomes[1] = exact;
	return 2;
}

static void keep_outcome(struct analysis *a, struct flow_state *state, const struct call_site *site,
			 enum call_outcome outcome)
{
	struct entry *entry = state_entry_add(a, state, NULL, site->result);

	entry->object = site->name;
	entry->acquired = site->insn;
	entry->state = outcome;
}

bool call_may_fail(const struct rp_api *api)
{
	struct range range;

	return outcome_range(api->convention, false, &range) && outcome_range(api->convention, true, &range);
}

static int exec_known_call(struct analysis *a, struct flow_state *state, struct call_site *site,
			   struct flow_state *outcomes[MAX_OUTCOMES])
{
	enum rp_convention convention = site->api->convention;
	struct range success, failure;
	struct flow_state *failed;
	int count;

	irql_after_known_call(a, state, site);
	/* Without a result it is not a question but a change: the thread takes on a process's memory. */
	if (site->api->tells != RP_TELLS_NOTHING && site->api->tells != RP_TELLS_WORK)
		state->context = site->insn->call.result ? site->result : sym_int(a, 1);
	if (convention == RP_RESULT_NTSTATUS_ERROR)
		state_constrain(a, state, site->result, (struct range){ INT32_MIN, -1, true });
	if (site->api->tells_abnormal_exit && store_way_out(a, state, site)) {
		outcomes[0] = state;
		return 1;
	}
	if (convention == RP_RESULT_NONNULL)
		state_constrain(a, state, site->result, (struct range){ LOWEST_ADDRESS, RANGE_HIGHEST, true });

	if (!outcome_range(convention, false, &success) || !outcome_range(convention, true, &failure) ||
	    !wants_split(site)) {
		count = finish_success(a, state, site, outcomes);
		return site->api->is_noreturn ? 0 : count;
	}
	if (cannot_fail(a, state, site)) {
		state_constrain(a, state, site->result, success);
		walk_add_result(a, state, site->insn, success);
		return finish_success(a, state, site, outcomes);
	}
	if (cannot_succeed(a, state, site)) {
		state_constrain(a, state, site->result, failure);
		walk_add_result(a, state, site->insn, failure);
		finish_outcome(a, state, site, true);
		outcomes[0] = state;
		return 1;
	}
	refine_success(state, site, &success);
	if (keymap_get(a->untested_calls, KEYMAP_KEY(site->insn))) {
		state_constrain(a, state, site->result, success);
		keep_outcome(a, state, site, CALL_UNTESTED);
		return finish_success(a, state, site, outcomes);
	}
	failed = state_clone(a, state);
	state_constrain(a, state, site->result, success);
	state_constrain(a, failed, site->result, failure);
	walk_add_result(a, state, site->insn, success);
	walk_add_result(a, failed, site->insn, failure);
	keep_outcome(a, state, site, CALL_SUCCEEDED);
	keep_outcome(a, failed, site, CALL_FAILED);
	trace_branch(a, failed, site->insn, false, NULL, site->name);
	count = finish_success(a, state, site, outcomes);
	finish_outcome(a, failed, site, true);
	outcomes[count] = failed;
	return count + 1;
}

/* An accessor gives the same pointer for the same arguments, so that
 * `&priv(dev)->lock` is one lock however often it is written. Taken for
 * accessors: the unit's own that only compute, and the kernel's inline ones. */
/* `if (has_feature(X)) set_up(); ... if (has_feature(X)) undo();`: asked twice of the same constant, the answer
 * is the same. Errs towards silence where it is not. */
static bool is_query(const struct call_site *site, const struct ir_type *type)
{
	static const char *const words[] = { "_has_", "_is_", "_supported", "_available", "_capable", "is_enabled" };
	size_t w;
	int i;

	if (site->api || (type->kind != IR_TYPE_INT && type->kind != IR_TYPE_BOOL) || site->arg_count == 0)
		return false;
	for (i = 0; i < site->arg_count; i++)
		if (site->args[i]->kind != SYM_INT && site->args[i]->kind != SYM_STRING)
			return false;
	for (w = 0; w < sizeof(words) / sizeof(words[0]); w++)
		if (strstr(site->insn->call.callee->name, words[w]))
			return true;
	return false;
}

static bool is_pure_call(const struct analysis *a, const struct call_site *site)
{
	const struct ir_function *callee = site->insn->call.callee;
	const struct rp_api *api = site->api;
	const struct ir_type *type = callee && callee->type ? callee->type->target : NULL;

	if (!callee || !type || site->arg_count > 3 || callee->is_noreturn)
		return false;
	if (api && (api->inside_param >= 0 || api->is_pure))
		return true;
	if (callee->has_body)
		return (type->kind == IR_TYPE_POINTER || type->kind == IR_TYPE_INT) &&
		       effects_is_accessor(a->effects, callee);
	if (is_query(site, type))
		return true;
	if (type->kind != IR_TYPE_POINTER)
		return false;
	if (api)
		return callee->is_inline && api->convention == RP_RESULT_VALUE && api->effect_count == 0 &&
		       !api->must_check;
	return callee->is_inline && !callee->in_user_file && !strstr(callee->name, "alloc") &&
	       !strstr(callee->name, "dup") && !strstr(callee->name, "create");
}

static const struct sym *pure_value(struct analysis *a, const struct call_site *site)
{
	const struct sym *args = sym_int(a, site->arg_count);
	int i;

	for (i = 0; i < site->arg_count; i++)
		args = sym_make(a, SYM_TUPLE, 0, args, site->args[i], NULL);
	return sym_make(a, SYM_APPLY, 0, args, site->insn->call.callee, result_type(&site->insn->call));
}

/* What the call leaves behind when it raises instead of returning. */
static void prepare_raise(struct analysis *a, const struct flow_state *state, const struct call_site *site)
{
	struct flow_state *raised = NULL;
	int i;

	for (i = 0; a->may_raise && i < site->api->effect_count; i++) {
		if (site->api->effects[i].when != RP_WHEN_RAISE)
			continue;
		if (!raised)
			raised = state_clone(a, state);
		typestate_apply_effect(a, raised, site, &site->api->effects[i], false);
	}
	a->raised = raised;
}

/* In a cycle of the call graph the first round has no summary yet: such a call
 * is taken not to return, and later rounds add what the earlier ones found. */
static bool is_in_group(const struct analysis *a, const struct ir_function *callee)
{
	int i;

	for (i = 0; i < a->group_count; i++)
		if (a->group[i] == callee)
			return true;
	return false;
}

static void demand_targets(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	const struct ir_function *const *targets;
	size_t count = call_targets(a, site->insn, &targets), i;

	for (i = 0; i < count; i++) {
		const struct function_summary *summary = summaries_find(a->engine->summaries, targets[i]);

		/* This path knows which of them it is. */
		if (site->callee_value && site->callee_value->kind == SYM_FUNCTION && count > 1 &&
		    site->callee_value->a != targets[i])
			continue;
		note_call_context(a, state, site, targets[i]);
		if (!summary)
			continue;
		demand_callee(a, state, site, summary);
		lock_use_callee(a, state, site, summary);
		user_needs_callee(a, state, site, summary);
	}
}

/* A function of the module, or one that nothing is known of. */
static int exec_unit_call(struct analysis *a, struct flow_state *state, struct call_site *site,
			  struct flow_state *outcomes[MAX_OUTCOMES])
{
	const struct function_summary *summary = call_summary(a, site->insn);
	const struct sym *irql = state->irql;
	bool is_irql_lost = state->is_irql_lost;
	int count, i;

	demand_targets(a, state, site);
	if (site->target && site->target->is_noreturn)
		return 0;
	if (summary && summary->is_valid) {
		if (summary->opaque_count || summary->unsure_count)
			irql_after_unknown_call(a, state, site);
		count = apply_summary(a, state, site, summary, outcomes);
		for (i = 0; i < count; i++) /* it may have waited last */
			typestate_forget(a, outcomes[i], site);
		return count;
	}
	if (!summary && site->target && is_in_group(a, site->target))
		return 0;
	irql_after_unknown_call(a, state, site);
	bound_unknown_call(a, state, site);
	escape_unknown_call(a, state, site);
	contract_apply(a, state, site, irql, is_irql_lost);
	store_result(a, state, site, site->result);
	outcomes[0] = state;
	return 1;
}

/* A function that only computes may be the one that checks its arguments. */
static void note_tests(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	const struct function_summary *summary = call_summary(a, site->insn);

	if (summary)
		user_needs_callee(a, state, site, summary);
	if (summary && summary->is_valid)
		bound_callee(a, state, site, summary);
	else if (!site->api && !(site->insn->call.callee->is_inline && !site->insn->call.callee->in_user_file))
		bound_unknown_call(a, state, site);
}

/* What it computes, where its body tells; an API's facts come first. */
static void note_value(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	const struct function_summary *summary = site->api ? NULL : call_summary(a, site->insn);

	if (summary && summary->is_valid)
		apply_value(a, state, site, summary);
}

int exec_call(struct analysis *a, struct flow_state *state, const struct ir_insn *insn,
	      struct flow_state *outcomes[MAX_OUTCOMES])
{
	struct call_site site;

	site_init(a, state, insn, &site);
	check_call(a, state, &site);
	if (apply_predicate(a, state, &site)) {
		outcomes[0] = state;
		return 1;
	}
	if (is_pure_call(a, &site)) {
		escape_judged_arguments(a, state, &site);
		note_tests(a, state, &site);
		if (site.api)
			keep_arguments(a, state, &site);
		site.result = pure_value(a, &site);
		mark_from_user(site.result, site.api && site.api->from_user == RP_FROM_USER_VALUE);
		if (site.api && site.api->convention == RP_RESULT_NONNULL)
			state_constrain(a, state, site.result, (struct range){ LOWEST_ADDRESS, RANGE_HIGHEST, true });
		note_value(a, state, &site);
		store_result(a, state, &site, site.result);
		escape_stored_result(a, state, &site);
		if (site.api && site.api->inside_param >= 0)
			apply_effects(a, state, &site, false);
		outcomes[0] = state;
		return 1;
	}
	typestate_hand(state, &site);
	typestate_forget(a, state, &site);
	site.result = sym_make(a, SYM_CALL, 0, insn, NULL, result_type(&insn->call));
	typestate_remade(a, state, &site, site.result);
	state_refresh_sym(a, state, site.result);
	mark_from_user(site.result, site.api && site.api->from_user == RP_FROM_USER_VALUE);
	if (site.shape && site.shape->result_param >= 0) {
		/* The shape's result is the saved flags: there is no result of the API. */
		site.shape_result_is_param = true;
	}
	if (site.api) {
		prepare_raise(a, state, &site);
		return exec_known_call(a, state, &site, outcomes);
	}
	a->may_raise = a->may_raise || (site.target && effects_may_raise(a->effects, site.target));
	return exec_unit_call(a, state, &site, outcomes);
}
