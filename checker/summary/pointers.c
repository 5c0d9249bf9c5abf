/* Which functions a function pointer may hold.
 *
 * One node per variable, per field of a record type (whichever object it is
 * in), per parameter and per result of function pointer type; what one may hold
 * flows to those that it is copied to. Insensitive to flow and to objects
 * (Andersen's inclusion constraints, restricted to function pointers). A node
 * that anything else is stored to, or that others may store to, is unknown:
 * the functions seen there are then some of those it may hold. */
#include "effects_int.h"

/* ---- nodes ------------------------------------------------------------------------ */

static bool is_function_pointer(const struct ir_type *type)
{
	while (type && type->kind == IR_TYPE_ARRAY)
		type = type->target;
	return type && type->kind == IR_TYPE_POINTER && type->target && type->target->kind == IR_TYPE_FUNCTION;
}

static void enqueue(struct unit_effects *effects, struct pointer_node *node)
{
	if (node->is_queued)
		return;
	node->is_queued = true;
	ARENA_PUSH(effects->arena, effects->queue, effects->queue_count, effects->queue_capacity, node);
}

/* Those of other modules come last. */
static int position(const struct unit_effects *effects, const struct ir_function *function)
{
	const struct function_effects *found = effects_find(effects, function);

	return found ? found->index : effects->count;
}

/* Kept in the order of the module, whatever the order of the stores. */
static void add_function(struct unit_effects *effects, struct pointer_node *node, const struct ir_function *function)
{
	size_t i;

	for (i = 0; i < node->count; i++)
		if (node->functions[i] == function)
			return;
	ARENA_PUSH(effects->arena, node->functions, node->count, node->capacity, function);
	for (i = node->count - 1; i > 0 && position(effects, node->functions[i - 1]) > position(effects, function); i--)
		node->functions[i] = node->functions[i - 1];
	node->functions[i] = function;
	enqueue(effects, node);
}

static void set_unknown(struct unit_effects *effects, struct pointer_node *node)
{
	if (node->is_unknown)
		return;
	node->is_unknown = true;
	enqueue(effects, node);
}

static struct pointer_node *keyed_node(struct unit_effects *effects, struct keymap *map, const void *key)
{
	struct pointer_node *node = keymap_get(map, KEYMAP_KEY(key));

	if (!node) {
		node = ARENA_NEW(effects->arena, struct pointer_node);
		keymap_put(map, KEYMAP_KEY(key), node);
	}
	return node;
}

static struct pointer_node *pair_node(struct unit_effects *effects, struct pair_map *map, const void *first,
				      const void *second)
{
	struct pointer_node *node = pair_map_get(map, first, second);

	if (!node) {
		node = ARENA_NEW(effects->arena, struct pointer_node);
		pair_map_put(map, first, second, node);
	}
	return node;
}

/* ---- places -------------------------------------------------------------------------- */

/* The array or variable behind `table[i]`, however lowering wrote it. */
static const struct ir_place *behind_index(const struct ir_place *place)
{
	const struct ir_expr *pointer;

	while (place->kind == IR_PLACE_INDEX)
		place = place->part.base;
	if (place->kind != IR_PLACE_DEREF)
		return place;
	pointer = place->pointer;
	while (pointer->kind == IR_EXPR_CAST)
		pointer = pointer->cast.operand;
	if (pointer->kind == IR_EXPR_BINARY && pointer->op.op == IR_BINARY_ADD)
		pointer = pointer->op.left;
	return pointer->kind == IR_EXPR_ADDRESS ? behind_index(pointer->place) : place;
}

/* The node of a place without making one; NULL: it has none (yet). */
static struct pointer_node *find_node(const struct unit_effects *effects, const struct ir_place *place)
{
	const struct ir_type *record;

	place = behind_index(place);
	if (!is_function_pointer(place->type))
		return NULL;
	if (place->kind == IR_PLACE_VAR)
		return keymap_get(effects->var_nodes, KEYMAP_KEY(place->var));
	record = place->kind == IR_PLACE_FIELD ? effects_record_of(place) : NULL;
	return record ? pair_map_get(&effects->field_nodes, record->tag, place->part.field) : NULL;
}

/* A variable that other code than this module's may store to. */
static bool is_open_var(const struct unit_effects *effects, const struct ir_var *var)
{
	if (var->address_taken && !(var->type && var->type->kind == IR_TYPE_ARRAY))
		return true;
	return var->kind == IR_VAR_GLOBAL && !var->is_static && !(var->is_defined && effects->module->is_whole);
}

static struct pointer_node *node_of(struct unit_effects *effects, const struct ir_place *place)
{
	struct pointer_node *node = NULL;
	const struct ir_type *record;

	place = behind_index(place);
	if (!is_function_pointer(place->type))
		return NULL;
	if (place->kind == IR_PLACE_VAR) {
		node = keyed_node(effects, effects->var_nodes, place->var);
		if (is_open_var(effects, place->var))
			set_unknown(effects, node);
	} else if (place->kind == IR_PLACE_FIELD && (record = effects_record_of(place)) != NULL) {
		node = pair_node(effects, &effects->field_nodes, record->tag, place->part.field);
		if (!record->in_user_file)
			set_unknown(effects, node); /* the kernel has objects of the type, too */
	}
	return node;
}

/* ---- flows ----------------------------------------------------------------------------- */

static const struct ir_expr *plain_value(const struct ir_expr *value)
{
	for (;;) {
		const struct ir_place *place;

		if (value->kind == IR_EXPR_CAST) {
			value = value->cast.operand;
			continue;
		}
		/* *f and &*f are f. */
		place = value->kind == IR_EXPR_LOAD || value->kind == IR_EXPR_ADDRESS ? value->place : NULL;
		if (!place || place->kind != IR_PLACE_DEREF || !place->type || place->type->kind != IR_TYPE_FUNCTION)
			return value;
		value = place->pointer;
	}
}

static void flow_from(struct unit_effects *effects, struct pointer_node *source, struct pointer_node *node)
{
	ARENA_PUSH(effects->arena, source->flows_to, source->flow_count, source->flow_capacity, node);
	enqueue(effects, source);
}

/* The value is stored to the node. */
static void flow_value(struct unit_effects *effects, const struct ir_expr *value, struct pointer_node *node)
{
	struct pointer_node *source;

	value = plain_value(value);
	switch (value->kind) {
	case IR_EXPR_FUNCTION:
		add_function(effects, node, value->function);
		break;
	case IR_EXPR_INT:
		if (value->value != 0)
			set_unknown(effects, node);
		break;
	case IR_EXPR_LOAD:
		source = node_of(effects, value->place);
		if (source)
			flow_from(effects, source, node);
		else
			set_unknown(effects, node);
		break;
	default:
		set_unknown(effects, node);
	}
}

/* Who gets the address of the pointer may store to it. */
static void flow_address(struct unit_effects *effects, const struct ir_expr *value)
{
	struct pointer_node *node;

	while (value->kind == IR_EXPR_CAST)
		value = value->cast.operand;
	if (value->kind != IR_EXPR_ADDRESS || value->is_decay)
		return;
	node = node_of(effects, value->place);
	if (node)
		set_unknown(effects, node);
}

/* A function of the driver that is not in the module may store to what it gets. */
static void open_record(struct unit_effects *effects, const struct ir_type *type)
{
	if (type && type->kind == IR_TYPE_POINTER)
		type = type->target;
	if (type && type->kind == IR_TYPE_RECORD && type->tag)
		keymap_put(effects->open_records, KEYMAP_KEY(type->tag), effects);
}

static void flow_call(struct unit_effects *effects, const struct ir_call *call)
{
	const struct ir_function *callee = call->callee;
	struct pointer_node *result = call->result ? node_of(effects, call->result) : NULL;
	int i;

	for (i = 0; i < call->arg_count; i++) {
		const struct ir_var *param = callee && callee->has_body && i < callee->param_count ? callee->params[i] :
												     NULL;

		flow_address(effects, call->args[i]);
		if (param && is_function_pointer(param->type))
			flow_value(effects, call->args[i], keyed_node(effects, effects->var_nodes, param));
		if (callee && !callee->has_body && callee->in_user_file)
			open_record(effects, call->args[i]->type);
	}
	if (result && callee && callee->has_body)
		flow_from(effects, keyed_node(effects, effects->result_nodes, callee), result);
	else if (result)
		set_unknown(effects, result);
}

static void flow_insn(struct unit_effects *effects, const struct ir_function *function, const struct ir_insn *insn)
{
	struct pointer_node *node;

	switch (insn->kind) {
	case IR_ASSIGN:
		flow_address(effects, insn->assign.value);
		node = node_of(effects, insn->assign.place);
		if (node)
			flow_value(effects, insn->assign.value, node);
		break;
	case IR_RETURN:
		if (insn->assign.value && function->type && is_function_pointer(function->type->target))
			flow_value(effects, insn->assign.value, keyed_node(effects, effects->result_nodes, function));
		break;
	case IR_CALL:
		flow_call(effects, &insn->call);
		break;
	default:
		break;
	}
}

static void flow_function(struct unit_effects *effects, const struct ir_function *function)
{
	bool is_open = function->address_taken || (!function->is_static && !effects->module->is_whole);
	int i;

	for (i = 0; i < function->param_count; i++)
		if (is_open && is_function_pointer(function->params[i]->type))
			set_unknown(effects, keyed_node(effects, effects->var_nodes, function->params[i]));
	for (i = 0; i < function->insn_count; i++)
		flow_insn(effects, function, function->insns[i]);
}

/* ---- initialisers -------------------------------------------------------------------------- */

/* What an initialiser gives to the variables of the name flows to each of them. */
static void link_static(struct unit_effects *effects, const struct ir_unit *unit, const struct ir_var *var)
{
	if ((var->kind != IR_VAR_GLOBAL && var->kind != IR_VAR_STATIC_LOCAL) || !is_function_pointer(var->type))
		return;
	flow_from(effects, pair_node(effects, &effects->static_nodes, unit, var->name),
		  keyed_node(effects, effects->var_nodes, var));
}

static void flow_unit(struct unit_effects *effects, const struct ir_unit *unit)
{
	int i, v;

	for (i = 0; i < unit->binding_count; i++) {
		const struct ir_binding *binding = &unit->bindings[i];

		if (binding->record && binding->field)
			add_function(effects,
				     pair_node(effects, &effects->field_nodes, binding->record, binding->field),
				     binding->function);
		else if (!binding->field && binding->object)
			add_function(effects, pair_node(effects, &effects->static_nodes, unit, binding->object),
				     binding->function);
	}
	for (i = 0; i < unit->global_count; i++)
		link_static(effects, unit, unit->globals[i]);
	for (i = 0; i < unit->function_count; i++)
		for (v = 0; v < unit->functions[i]->var_count; v++)
			link_static(effects, unit, unit->functions[i]->vars[v]);
}

/* ---- solving ----------------------------------------------------------------------------------- */

static void propagate(struct unit_effects *effects, struct pointer_node *node)
{
	size_t f, i;

	for (f = 0; f < node->flow_count; f++) {
		struct pointer_node *to = node->flows_to[f];

		for (i = 0; i < node->count; i++)
			add_function(effects, to, node->functions[i]);
		if (node->is_unknown)
			set_unknown(effects, to);
	}
}

void pointers_solve(struct unit_effects *effects)
{
	int i;

	effects->var_nodes = keymap_create(effects->arena);
	effects->result_nodes = keymap_create(effects->arena);
	effects->open_records = keymap_create(effects->arena);
	effects->field_nodes = pair_map_create(effects->arena);
	effects->static_nodes = pair_map_create(effects->arena);
	for (i = 0; i < effects->count; i++)
		flow_function(effects, effects->functions[i].function);
	for (i = 0; i < effects->module->unit_count; i++)
		flow_unit(effects, effects->units[i]);
	while (effects->queue_count > 0) {
		struct pointer_node *node = effects->queue[--effects->queue_count];

		node->is_queued = false;
		propagate(effects, node);
	}
}

/* ---- questions ---------------------------------------------------------------------------------- */

static bool is_open_field(const struct unit_effects *effects, const struct ir_place *place)
{
	const struct ir_type *record;

	place = behind_index(place);
	record = place->kind == IR_PLACE_FIELD ? effects_record_of(place) : NULL;
	return record && (!record->in_user_file || keymap_get(effects->open_records, KEYMAP_KEY(record->tag)));
}

size_t pointers_of(const struct unit_effects *effects, const struct ir_expr *value,
		   const struct ir_function *const **functions, bool *is_complete)
{
	const struct pointer_node *node;

	*is_complete = false;
	*functions = NULL;
	value = plain_value(value);
	if (value->kind == IR_EXPR_FUNCTION) {
		*is_complete = true;
		*functions = (const struct ir_function *const *)&value->function;
		return 1;
	}
	node = value->kind == IR_EXPR_LOAD ? find_node(effects, value->place) : NULL;
	if (!node)
		return 0;
	*is_complete = !node->is_unknown && !is_open_field(effects, value->place);
	*functions = (const struct ir_function *const *)node->functions;
	return node->count;
}

size_t pointers_targets(const struct unit_effects *effects, const struct ir_call *call,
			const struct ir_function *const **targets)
{
	bool is_complete = false;
	size_t count = call->target ? pointers_of(effects, call->target, targets, &is_complete) : 0, i;

	for (i = 0; i < count; i++)
		is_complete = is_complete && effects_find(effects, (*targets)[i]);
	return is_complete ? count : 0;
}
