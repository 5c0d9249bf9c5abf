/* Memory that the module keeps under no one name: the record of a device, which
 * a probe allocates and the kernel hands back to remove. It is told apart by
 * the type of the record. Anything that may release such a record unseen makes
 * the answer "yes". */
#include "module_int.h"

static const struct ir_type *pointed_record(const struct ir_type *type)
{
	const struct ir_type *record = type && type->kind == IR_TYPE_POINTER ? type->target : NULL;

	return record && record->kind == IR_TYPE_RECORD && record->tag ? record : NULL;
}

/* ---- what is allocated ---------------------------------------------------------------- */

/* The record that the variable's value is used as where it is first stored. */
static const struct ir_type *stored_record(const struct ir_function *function, const struct ir_var *var)
{
	int i;

	for (i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];

		if (insn->kind == IR_ASSIGN && expr_variable(insn->assign.value) == var &&
		    pointed_record(insn->assign.place->type))
			return pointed_record(insn->assign.place->type);
	}
	return NULL;
}

const struct ir_type *allocated_record(const struct api_site *site)
{
	const struct ir_place *result = site->insn->call.result;
	const struct ir_type *record = result ? pointed_record(result->type) : NULL;

	if (!record && result && result->kind == IR_PLACE_VAR)
		record = stored_record(site->function, result->var);
	return record && record->in_user_file ? record : NULL;
}

/* A function or macro that makes such records gives them with their type, and not as void *. */
const struct ir_type *kernel_record(const struct api_site *site)
{
	const struct ir_call *call = &site->insn->call;
	const struct ir_type *type = call->callee ? call->callee->type : NULL;
	const struct ir_type *record = NULL;

	if (type)
		record = pointed_record(type->target);
	else if (call->macro && call->result)
		record = pointed_record(call->result->type);
	return record && !record->in_user_file ? record : NULL;
}

/* What a pointer points to; NULL: nothing is known (void *). */
static const struct ir_type *known_target(const struct ir_type *type)
{
	const struct ir_type *target = type && type->kind == IR_TYPE_POINTER ? type->target : NULL;

	return target && target->kind != IR_TYPE_VOID ? target : NULL;
}

const struct ir_type *allocated_target(const struct api_site *site)
{
	const struct ir_place *result = site->insn->call.result;
	const struct ir_type *target = result ? known_target(result->type) : NULL;
	int i;

	for (i = 0; !target && result && result->kind == IR_PLACE_VAR && i < site->function->insn_count; i++) {
		const struct ir_insn *insn = site->function->insns[i];

		if (insn->kind == IR_ASSIGN && expr_variable(insn->assign.value) == result->var)
			target = known_target(insn->assign.place->type);
	}
	return target;
}

/* ---- who may release it ------------------------------------------------------------------ */

static bool may_point_to(struct module_view *view, const struct ir_type *pointer, const struct ir_type *record)
{
	const struct ir_type *other = pointed_record(pointer);

	if (!pointer || pointer->kind != IR_TYPE_POINTER)
		return pointer && pointer->kind == IR_TYPE_INT && pointer->size == 8;
	if (!other)
		return pointer->target && pointer->target->kind == IR_TYPE_VOID;
	return other->tag == record->tag || module_records_nest(view, other, record) ||
	       module_records_nest(view, record, other);
}

/* A record does not point to itself by a pointer of no type. */
static bool is_untyped_member(const struct ir_expr *pointer, const struct ir_type *record)
{
	return pointer->kind == IR_EXPR_LOAD && pointer->place->kind == IR_PLACE_FIELD &&
	       !pointed_record(pointer->type) && pointer->place->part.base->type &&
	       pointer->place->part.base->type->tag == record->tag;
}

bool releases_record(struct module_view *view, const struct api_site *site, const struct rp_effect *effect,
		     const struct ir_type *record)
{
	const struct ir_expr *arg = effect->object == RP_OBJECT_PARAM && !effect->via ?
					    site_arg(site, effect->params[0]) :
					    NULL;

	return !arg || (!is_untyped_member(bare_expr(arg), record) && may_point_to(view, bare_expr(arg)->type, record));
}

/* May a pointer of the type hold memory that other pointers call `target`? Bytes may be anything, but a record is no bytes. */
static bool may_hold(struct module_view *view, const struct ir_type *pointer, const struct ir_type *target)
{
	const struct ir_type *other = known_target(pointer);

	if (!other)
		return true;
	if (target->kind != IR_TYPE_RECORD)
		return other->kind != IR_TYPE_RECORD;
	return other->kind != IR_TYPE_RECORD || !target->tag || may_point_to(view, pointer, target);
}

bool releases_target(struct module_view *view, const struct api_site *site, const struct rp_effect *effect,
		     const struct ir_type *target)
{
	const struct ir_expr *arg = effect->object == RP_OBJECT_PARAM && !effect->via ?
					    site_arg(site, effect->params[0]) :
					    NULL;

	return !arg || may_hold(view, bare_expr(arg)->type, target);
}

/* A release that somebody else is to call: kfree itself as a callback. */
static bool is_release_given(const struct module_view *view, const struct ir_expr *arg)
{
	struct rp_match match;
	int e;

	if (arg->kind != IR_EXPR_FUNCTION || arg->function->has_body ||
	    !rules_match_call(view->engine->rules, arg->function->name, &match))
		return false;
	for (e = 0; e < match.api->effect_count; e++)
		if (match.api->effects[e].resource->is_memory)
			return true;
	return false;
}

/* Does a function that nothing is known of get the record itself? */
static bool goes_to_unknown(struct module_view *view, const struct ir_insn *insn, const struct ir_type *record)
{
	const struct ir_call *call = &insn->call;
	bool is_unknown = !module_site(view, insn) && !(call->callee && call->callee->has_body);
	int i;

	for (i = 0; i < call->arg_count; i++) {
		const struct ir_expr *arg = bare_expr(call->args[i]);
		const struct ir_type *given = pointed_record(arg->type);

		if (is_release_given(view, arg))
			return true;
		if (is_unknown && given && given->tag == record->tag && arg->kind != IR_EXPR_ADDRESS)
			return true;
	}
	return false;
}

/* A part of the record itself, which goes with it. */
static bool is_part_of(const struct ir_place *place, const struct ir_type *record)
{
	for (; place->kind == IR_PLACE_FIELD; place = place->part.base)
		if (place->part.base->type && place->part.base->type->tag == record->tag)
			return true;
	return false;
}

static bool has_habit(const struct module_view *view, enum rp_habit habit, const char *name)
{
	return name && rules_name_tells(view->engine->rules, habit, view->module->os, name);
}

/* Is it stored in a record of the kernel's, which may release it? */
static bool goes_to_kernel(const struct module_view *view, const struct ir_insn *insn, const struct ir_type *record)
{
	const struct ir_type *given, *owner;

	if (insn->kind != IR_ASSIGN || insn->assign.place->kind != IR_PLACE_FIELD)
		return false;
	given = pointed_record(bare_expr(insn->assign.value)->type);
	owner = insn->assign.place->part.base->type;
	return given && given->tag == record->tag && owner && !owner->in_user_file &&
	       !is_part_of(insn->assign.place, record) &&
	       !has_habit(view, RP_HABIT_HANDS_BACK, insn->assign.place->part.field);
}

static bool function_gives_away(struct module_view *view, const struct ir_function *function,
				const struct ir_type *record)
{
	int i;

	for (i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];

		if ((insn->kind == IR_CALL && goes_to_unknown(view, insn, record)) ||
		    goes_to_kernel(view, insn, record))
			return true;
	}
	return false;
}

/* ---- the kernel's own records --------------------------------------------------------------- */

/* Does the step give such a record to a function that may end it by its name, or have the kernel free it: by a flag
 * of the record, or by a release that it is to call? Other functions of the kernel leave it to the driver. */
static bool ends_kernel_record(struct module_view *view, const struct ir_insn *insn, const struct ir_type *record)
{
	const struct ir_function *callee = insn->kind == IR_CALL ? insn->call.callee : NULL;
	bool may_end = callee && !callee->has_body && !module_site(view, insn) &&
		       has_habit(view, RP_HABIT_UNDOES, callee->name);
	int i;

	if (insn->kind == IR_ASSIGN)
		return is_release_given(view, bare_expr(insn->assign.value)) ||
		       (insn->assign.place->kind == IR_PLACE_FIELD &&
			has_habit(view, RP_HABIT_FREES_RECORD, insn->assign.place->part.field));
	for (i = 0; insn->kind == IR_CALL && i < insn->call.arg_count; i++) {
		const struct ir_expr *arg = bare_expr(insn->call.args[i]);
		const struct ir_type *given = pointed_record(arg->type);

		if (is_release_given(view, arg) || (may_end && given && given->tag == record->tag))
			return true;
	}
	return false;
}

bool module_ends_kernel_record(struct module_view *view, const struct ir_type *record)
{
	int u, f, i;

	for (u = 0; u < view->module->unit_count; u++)
		for (f = 0; f < view->module->units[u]->function_count; f++) {
			const struct ir_function *function = view->module->units[u]->functions[f];

			for (i = 0; i < function->insn_count; i++)
				if (ends_kernel_record(view, function->insns[i], record))
					return true;
		}
	return false;
}

bool module_gives_record_away(struct module_view *view, const struct ir_type *record)
{
	int u, f;

	for (u = 0; u < view->module->unit_count; u++)
		for (f = 0; f < view->module->units[u]->function_count; f++)
			if (function_gives_away(view, view->module->units[u]->functions[f], record))
				return true;
	return false;
}
