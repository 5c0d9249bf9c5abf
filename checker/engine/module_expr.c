/* Reading arguments as they are written, and walking a function's steps. */
#include "module_int.h"

#include <string.h>

const struct ir_expr *bare_expr(const struct ir_expr *expr)
{
	while (expr && expr->kind == IR_EXPR_CAST)
		expr = expr->cast.operand;
	return expr;
}

struct ir_var *expr_variable(const struct ir_expr *expr)
{
	expr = bare_expr(expr);
	return expr && expr->kind == IR_EXPR_LOAD && expr->place->kind == IR_PLACE_VAR ? expr->place->var : NULL;
}

/* ---- constants ----------------------------------------------------------------- */

static bool unary_constant(int op, int64_t operand, int64_t *value)
{
	if (op == IR_UNARY_NEG && operand != INT64_MIN)
		*value = -operand;
	else if (op == IR_UNARY_NOT)
		*value = !operand;
	else if (op == IR_UNARY_COMPL)
		*value = ~operand;
	else
		return false;
	return true;
}

static bool binary_constant(int op, int64_t left, int64_t right, int64_t *value)
{
	switch (op) {
	case IR_BINARY_ADD:
		return !__builtin_add_overflow(left, right, value);
	case IR_BINARY_SUB:
		return !__builtin_sub_overflow(left, right, value);
	case IR_BINARY_MUL:
		return !__builtin_mul_overflow(left, right, value);
	case IR_BINARY_SHL:
		if (left < 0 || right < 0 || right > 31 || left > INT32_MAX)
			return false;
		*value = left << right;
		return true;
	case IR_BINARY_AND:
		*value = left & right;
		return true;
	case IR_BINARY_OR:
		*value = left | right;
		return true;
	case IR_BINARY_XOR:
		*value = left ^ right;
		return true;
	default:
		return false;
	}
}

static bool constant_within(const struct ir_expr *expr, int64_t *value, int depth)
{
	int64_t left, right;

	if (!expr || depth > 32)
		return false;
	switch (expr->kind) {
	case IR_EXPR_INT:
		*value = expr->value;
		return true;
	case IR_EXPR_CAST:
		return constant_within(expr->cast.operand, value, depth + 1);
	case IR_EXPR_UNARY:
		return constant_within(expr->op.left, &left, depth + 1) && unary_constant(expr->op.op, left, value);
	case IR_EXPR_BINARY:
		return constant_within(expr->op.left, &left, depth + 1) &&
		       constant_within(expr->op.right, &right, depth + 1) &&
		       binary_constant(expr->op.op, left, right, value);
	default:
		return false;
	}
}

bool module_constant(const struct ir_expr *expr, int64_t *value)
{
	return constant_within(expr, value, 0);
}

/* ---- arguments ------------------------------------------------------------------- */

const struct ir_expr *site_arg(const struct api_site *site, int param)
{
	const struct ir_call *call = &site->insn->call;
	int i;

	if (param < 0)
		return NULL;
	if (!site->shape)
		return param < call->arg_count ? call->args[param] : NULL;
	for (i = 0; i < site->shape->param_count && i < call->arg_count; i++)
		if (site->shape->param_of[i] == param)
			return call->args[i];
	return NULL;
}

int site_param(const struct api_site *site, int arg)
{
	if (!site->shape)
		return arg < site->api->param_count ? arg : -1;
	return arg < site->shape->param_count ? site->shape->param_of[arg] : -1;
}

int param_named(const struct rp_api *api, const char *name)
{
	int i;

	for (i = 0; i < api->param_count; i++)
		if (strcmp(api->params[i].name, name) == 0)
			return i;
	return -1;
}

static enum certainty certainly(bool holds)
{
	return holds ? SURELY : SURELY_NOT;
}

static enum certainty null_certainty(const struct ir_expr *expr, bool wants_null)
{
	const struct ir_expr *bare = bare_expr(expr);
	int64_t value;

	if (module_constant(expr, &value))
		return certainly((value == 0) == wants_null);
	if (bare->kind == IR_EXPR_ADDRESS || bare->kind == IR_EXPR_FUNCTION || bare->kind == IR_EXPR_STRING)
		return certainly(!wants_null);
	return PERHAPS;
}

static enum certainty condition_certainty(const struct api_site *site, const struct rp_condition *condition)
{
	const struct ir_expr *arg = site_arg(site, condition->param);
	int64_t value, wanted = condition->number;

	if (!arg || condition->field || condition->via)
		return PERHAPS;
	if (condition->kind == RP_CONDITION_NULL || condition->kind == RP_CONDITION_NOT_NULL)
		return null_certainty(arg, condition->kind == RP_CONDITION_NULL);
	if (!module_constant(arg, &value) ||
	    (condition->constant && !unit_constant(site->unit, condition->constant, &wanted)))
		return PERHAPS;
	switch (condition->kind) {
	case RP_CONDITION_EQUALS:
		return certainly(value == wanted);
	case RP_CONDITION_NOT_EQUALS:
		return certainly(value != wanted);
	case RP_CONDITION_HAS_BITS:
		return certainly((value & wanted) != 0);
	case RP_CONDITION_LACKS_BITS:
		return certainly((value & wanted) == 0);
	case RP_CONDITION_BELOW:
		return certainly(value < wanted);
	case RP_CONDITION_ABOVE:
		return certainly(value > wanted);
	default:
		return PERHAPS;
	}
}

enum certainty site_conditions(const struct api_site *site, const struct rp_conditions *conditions)
{
	enum certainty result = SURELY;
	int i;

	for (i = 0; i < conditions->count; i++) {
		enum certainty one = condition_certainty(site, &conditions->items[i]);

		if (one < result)
			result = one;
	}
	return result;
}

/* ---- names of objects ---------------------------------------------------------------- */

#define MAX_COPIES 4 /* of a value from local to local */

static const char *expr_name(const struct ir_function *function, const struct ir_expr *expr, int copies);

/* A pointer for whatever its user likes (driver data): its name says nothing of what it is. */
static bool is_untyped(const struct ir_type *type)
{
	return type && type->kind == IR_TYPE_POINTER && type->target && type->target->kind == IR_TYPE_VOID;
}

static const char *place_name(const struct ir_function *function, const struct ir_place *place, int copies)
{
	while (place->kind == IR_PLACE_INDEX)
		place = place->part.base;
	if (place->kind == IR_PLACE_FIELD)
		return is_untyped(place->type) ? NULL : place->part.field;
	if (place->kind == IR_PLACE_DEREF)
		return expr_name(function, place->pointer, copies);
	if (place->var->kind == IR_VAR_GLOBAL || place->var->kind == IR_VAR_STATIC_LOCAL)
		return place->var->name;
	return NULL;
}

/* Where a local got its value from, if all assignments agree. */
static const char *source_name(const struct ir_function *function, const struct ir_var *var, int copies)
{
	const char *name = NULL;
	int i;

	for (i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		const char *one;

		if (insn->kind != IR_ASSIGN || insn->assign.place->kind != IR_PLACE_VAR ||
		    insn->assign.place->var != var)
			continue;
		one = expr_name(function, insn->assign.value, copies + 1);
		if (!one || (name && name != one))
			return NULL;
		name = one;
	}
	return name;
}

static const char *expr_name(const struct ir_function *function, const struct ir_expr *expr, int copies)
{
	const struct ir_var *var = expr_variable(expr);

	expr = bare_expr(expr);
	if (!expr || copies > MAX_COPIES)
		return NULL;
	if (var && (var->kind == IR_VAR_LOCAL || var->kind == IR_VAR_TEMP))
		return var->address_taken ? NULL : source_name(function, var, copies);
	if (expr->kind == IR_EXPR_LOAD || expr->kind == IR_EXPR_ADDRESS)
		return place_name(function, expr->place, copies);
	if (expr->kind == IR_EXPR_BINARY && expr->op.op <= IR_BINARY_SUB)
		return expr_name(function, expr->op.left, copies);
	return NULL;
}

const char *expr_object_name(const struct ir_function *function, const struct ir_expr *expr)
{
	return expr_name(function, expr, 0);
}

const struct ir_expr *only_value(const struct ir_function *function, const struct ir_var *var)
{
	const struct ir_expr *value = NULL;
	int i;

	if (var->address_taken || (var->kind != IR_VAR_LOCAL && var->kind != IR_VAR_TEMP))
		return NULL;
	for (i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		const struct ir_place *place = insn->kind == IR_ASSIGN ? insn->assign.place :
					       insn->kind == IR_CALL   ? insn->call.result :
									 NULL;

		if (!place || place->kind != IR_PLACE_VAR || place->var != var)
			continue;
		if (value || insn->kind == IR_CALL)
			return NULL;
		value = insn->assign.value;
	}
	return value;
}

const char *expr_class(const struct module_view *view, const struct ir_function *function, const struct ir_expr *expr)
{
	const char *class = NULL;
	int copies;

	for (copies = 0; expr && !class && copies < MAX_COPIES; copies++) {
		const struct ir_var *var = expr_variable(expr);

		class = effects_object_class(view->arena, view->engine->pool, expr);
		expr = var ? only_value(function, var) : NULL;
	}
	return class;
}

/* The first place outside the function's own variables that the variable's value goes to. */
static const struct ir_place *stored_place(const struct ir_function *function, const struct ir_var *var, int copies)
{
	int i;

	for (i = 0; copies < MAX_COPIES && i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		const struct ir_place *place;

		if (insn->kind != IR_ASSIGN || expr_variable(insn->assign.value) != var)
			continue;
		place = insn->assign.place;
		if (place->kind == IR_PLACE_VAR && place->var != var &&
		    (place->var->kind == IR_VAR_LOCAL || place->var->kind == IR_VAR_TEMP))
			place = stored_place(function, place->var, copies + 1);
		if (place && place_name(function, place, 0))
			return place;
	}
	return NULL;
}

/* The place itself if it has a name, else where its value goes. */
static const struct ir_place *named_place(const struct ir_function *function, const struct ir_place *place)
{
	if (!place || place_name(function, place, 0))
		return place;
	return place->kind == IR_PLACE_VAR ? stored_place(function, place->var, 0) : NULL;
}

/* The place that holds the object of the effect; NULL: the argument is the object. */
static const struct ir_place *object_place(const struct api_site *site, const struct rp_effect *effect)
{
	const struct ir_expr *arg;

	if (effect->object == RP_OBJECT_RESULT)
		return named_place(site->function, site->insn->call.result);
	if (effect->object != RP_OBJECT_PARAM_POINTEE)
		return NULL;
	arg = bare_expr(site_arg(site, effect->params[0]));
	return arg && arg->kind == IR_EXPR_ADDRESS ? named_place(site->function, arg->place) : NULL;
}

/* ---- fields of no type that hold one kind of thing --------------------------------------- */

/* void *base: does all that is in such a field come from calls that acquire such things? */
struct holder {
	const struct module_view *view;
	const struct rp_resource *resource;
	const struct ir_place *field;
	bool is_filled, is_mixed;
};

static bool is_untyped_field(const struct ir_place *place)
{
	return place && place->kind == IR_PLACE_FIELD && is_untyped(place->type) && place->part.base->type;
}

static bool is_same_field(const struct ir_place *place, const struct ir_place *field)
{
	return place && place->kind == IR_PLACE_FIELD && place->part.field == field->part.field &&
	       place->part.base->type && place->part.base->type->tag == field->part.base->type->tag;
}

static bool gives_resource(const struct holder *holder, const struct ir_insn *insn)
{
	const struct api_site *site = insn->kind == IR_CALL ? module_site(holder->view, insn) : NULL;
	int e;

	for (e = 0; site && e < site->api->effect_count; e++)
		if (site->api->effects[e].resource == holder->resource &&
		    site->api->effects[e].object == RP_OBJECT_RESULT)
			return true;
	return false;
}

/* A local that gets its value from such calls only. */
static bool is_filled_local(const struct holder *holder, const struct ir_function *function, const struct ir_var *var)
{
	bool is_given = false;
	int i;

	for (i = 0; var && !var->address_taken && i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];

		if (insn->kind == IR_DECLARE || liveness_insn_def(insn) != var)
			continue;
		if (!gives_resource(holder, insn))
			return false;
		is_given = true;
	}
	return is_given;
}

/* Does somebody get the field itself, to fill it? */
static bool gives_address(const struct ir_insn *insn, const struct ir_place *field)
{
	int i;

	for (i = 0; i < insn->call.arg_count; i++) {
		const struct ir_expr *arg = bare_expr(insn->call.args[i]);

		if (arg->kind == IR_EXPR_ADDRESS && is_same_field(arg->place, field))
			return true;
	}
	return false;
}

static void note_store(struct holder *holder, const struct ir_function *function, const struct ir_insn *insn)
{
	const struct ir_expr *value = insn->kind == IR_ASSIGN ? bare_expr(insn->assign.value) : NULL;
	int64_t constant;

	if (insn->kind == IR_CALL && is_same_field(insn->call.result, holder->field)) {
		holder->is_filled = true;
		holder->is_mixed |= !gives_resource(holder, insn);
	}
	if (value && is_same_field(insn->assign.place, holder->field) && !module_constant(value, &constant)) {
		holder->is_filled = true;
		holder->is_mixed |= !is_filled_local(holder, function, expr_variable(value));
	}
	if (insn->kind == IR_CALL)
		holder->is_mixed |= gives_address(insn, holder->field);
	/* Copied, it has another name as well. */
	if (value && value->kind == IR_EXPR_LOAD && is_same_field(value->place, holder->field))
		holder->is_mixed |= insn->assign.place->kind != IR_PLACE_VAR ||
				    insn->assign.place->var->kind == IR_VAR_GLOBAL;
}

static const char *untyped_field_name(const struct module_view *view, const struct rp_resource *resource,
				      const struct ir_place *field)
{
	struct holder holder = { .view = view, .resource = resource, .field = field };
	int u, f, i;

	for (u = 0; u < view->module->unit_count; u++)
		for (f = 0; f < view->module->units[u]->function_count; f++) {
			const struct ir_function *function = view->module->units[u]->functions[f];

			for (i = 0; i < function->insn_count && !holder.is_mixed; i++)
				note_store(&holder, function, function->insns[i]);
		}
	return holder.is_filled && !holder.is_mixed ? field->part.field : NULL;
}

/* The field of no type that the local's value goes to. */
static const struct ir_place *untyped_store(const struct ir_function *function, const struct ir_var *var)
{
	const struct ir_place *found = NULL;
	int i;

	for (i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];

		if (insn->kind != IR_ASSIGN || expr_variable(insn->assign.value) != var ||
		    insn->assign.place->kind == IR_PLACE_VAR)
			continue;
		if (found || !is_untyped_field(insn->assign.place))
			return NULL;
		found = insn->assign.place;
	}
	return found;
}

/* The field of no type that holds the object of the effect; NULL: none. */
static const struct ir_place *untyped_field(const struct api_site *site, const struct rp_effect *effect)
{
	const struct ir_expr *arg = effect->object == RP_OBJECT_PARAM ? site_arg(site, effect->params[0]) : NULL;
	const struct ir_place *place = effect->object == RP_OBJECT_RESULT ? site->insn->call.result : NULL;

	arg = arg ? bare_expr(arg) : NULL;
	if (arg && arg->kind == IR_EXPR_LOAD)
		place = arg->place;
	if (effect->object == RP_OBJECT_RESULT && place && place->kind == IR_PLACE_VAR && !place->var->address_taken)
		place = untyped_store(site->function, place->var);
	return is_untyped_field(place) ? place : NULL;
}

/* Of several arguments the one that is a variable of the module tells most. */
static const char *global_argument(const struct api_site *site, const struct rp_effect *effect)
{
	int i;

	for (i = 0; i < effect->param_count; i++) {
		const struct ir_expr *arg = bare_expr(site_arg(site, effect->params[i]));

		if (arg && arg->kind == IR_EXPR_ADDRESS && arg->place->kind == IR_PLACE_VAR &&
		    arg->place->var->kind == IR_VAR_GLOBAL)
			return arg->place->var->name;
	}
	return NULL;
}

const char *site_object_name(const struct module_view *view, const struct api_site *site,
			     const struct rp_effect *effect)
{
	const struct ir_place *place = object_place(site, effect), *field = untyped_field(site, effect);
	const struct ir_expr *arg;

	/* A record of the kernel's is filled elsewhere, too: the driver's data, which may be any memory. */
	if (field && effect->resource->is_memory && !field->part.base->type->in_user_file)
		return NULL;
	if (field)
		return untyped_field_name(view, effect->resource, field);
	if (place)
		return place_name(site->function, place, 0);
	if (effect->object == RP_OBJECT_TUPLE)
		return global_argument(site, effect);
	arg = effect->object == RP_OBJECT_PARAM ? site_arg(site, effect->params[0]) : NULL;
	return arg ? expr_name(site->function, arg, 0) : NULL;
}

/* ---- numbers ------------------------------------------------------------------------------- */

/* Does the expression compute with the variable's value? */
static bool expr_loads(const struct ir_expr *expr, const struct ir_var *var)
{
	if (!expr)
		return false;
	switch (expr->kind) {
	case IR_EXPR_LOAD:
		return expr->place->kind == IR_PLACE_VAR && expr->place->var == var;
	case IR_EXPR_CAST:
		return expr_loads(expr->cast.operand, var);
	case IR_EXPR_UNARY:
	case IR_EXPR_BINARY:
		return expr_loads(expr->op.left, var) || expr_loads(expr->op.right, var);
	default:
		return false;
	}
}

static bool stores_number(const struct ir_function *function, const struct ir_var *var)
{
	int i;

	for (i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		const struct ir_place *place = insn->kind == IR_ASSIGN ? insn->assign.place : NULL;

		if (place && expr_loads(insn->assign.value, var) &&
		    (place->kind != IR_PLACE_VAR || place->var->kind == IR_VAR_GLOBAL))
			return true;
	}
	return false;
}

const char *module_number_name(const struct module_view *view, const struct ir_expr *expr)
{
	const struct ir_var *var = expr_variable(expr);
	int u, f;

	if (!var || var->kind != IR_VAR_GLOBAL || !var->is_static || var->address_taken)
		return NULL;
	for (u = 0; u < view->module->unit_count; u++)
		for (f = 0; f < view->module->units[u]->function_count; f++)
			if (stores_number(view->module->units[u]->functions[f], var))
				return NULL;
	return var->name;
}

static const char *without_temps(const char *text)
{
	return text && !strchr(text, '$') ? text : NULL;
}

const char *user_text(const struct module_view *view, const struct ir_expr *expr)
{
	const struct ir_expr *bare = bare_expr(expr);

	if (bare && bare->kind == IR_EXPR_ADDRESS)
		return without_temps(ir_place_text(view->arena, bare->place));
	return value_text(view, bare);
}

const char *value_text(const struct module_view *view, const struct ir_expr *expr)
{
	return expr ? without_temps(ir_expr_text(view->arena, bare_expr(expr))) : NULL;
}

const char *site_object_text(const struct module_view *view, const struct api_site *site,
			     const struct rp_effect *effect)
{
	const struct ir_place *place = object_place(site, effect);

	if (place)
		return without_temps(ir_place_text(view->arena, place));
	if (effect->object == RP_OBJECT_RESULT && site->insn->call.result)
		return without_temps(ir_place_text(view->arena, site->insn->call.result));
	if (effect->object == RP_OBJECT_GLOBAL || effect->object == RP_OBJECT_RESULT)
		return NULL;
	return user_text(view, site_arg(site, effect->params[0]));
}

/* ---- walking ------------------------------------------------------------------------------ */

struct flow {
	const struct ir_function *function;
	int *label_index; /* index of the LABEL step; -1 */
	struct bitset seen;
	int *stack;
	int stack_count;
	int least; /* smallest index that may be visited from the present step */
};

static int *index_labels(struct arena *arena, const struct ir_function *function)
{
	int *index = ARENA_ARRAY(arena, int, (size_t)function->label_count + 1);
	int i;

	for (i = 0; i < function->label_count; i++)
		index[i] = -1;
	for (i = 0; i < function->insn_count; i++)
		if (function->insns[i]->kind == IR_LABEL)
			index[function->insns[i]->label] = i;
	return index;
}

static void flow_push(struct flow *flow, int index)
{
	if (index < flow->least || index < 0 || index >= flow->function->insn_count ||
	    bitset_test(&flow->seen, (size_t)index))
		return;
	bitset_set(&flow->seen, (size_t)index);
	flow->stack[flow->stack_count++] = index;
}

static void flow_push_label(struct flow *flow, int label)
{
	if (label >= 0 && label < flow->function->label_count)
		flow_push(flow, flow->label_index[label]);
}

static void flow_push_successors(struct flow *flow, int index)
{
	const struct ir_insn *insn = flow->function->insns[index];
	int i;

	switch (insn->kind) {
	case IR_JUMP:
		flow_push_label(flow, insn->label);
		break;
	case IR_BRANCH:
		flow_push_label(flow, insn->branch.on_true);
		flow_push_label(flow, insn->branch.on_false);
		break;
	case IR_SWITCH:
		for (i = 0; i < insn->select.case_count; i++)
			flow_push_label(flow, insn->select.cases[i].label);
		flow_push_label(flow, insn->select.default_label);
		break;
	case IR_RETURN:
	case IR_UNREACHABLE:
	case IR_COMPUTED_JUMP:
		break;
	case IR_ASM:
		for (i = 0; i < insn->assembly.label_count; i++)
			flow_push_label(flow, insn->assembly.labels[i]);
		flow_push(flow, index + 1);
		break;
	default:
		flow_push(flow, index + 1);
		break;
	}
}

void flow_walk(struct arena *arena, const struct ir_function *function, int from, bool forward, flow_visit visit,
	       void *context)
{
	struct flow flow = { .function = function,
			     .label_index = index_labels(arena, function),
			     .seen = bitset_create(arena, (size_t)function->insn_count + 1),
			     .stack = ARENA_ARRAY(arena, int, (size_t)function->insn_count + 1) };

	flow.least = forward ? from + 1 : 0;
	flow_push_successors(&flow, from);
	while (flow.stack_count > 0) {
		int index = flow.stack[--flow.stack_count];

		if (!visit(context, function->insns[index]))
			continue;
		flow.least = forward ? index + 1 : 0;
		flow_push_successors(&flow, index);
	}
}
