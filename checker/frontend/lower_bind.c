/* Roles by assignment: `driver->DriverUnload = Unload`, `ops.open = my_open`. */
#include "lower_int.h"

/* Through casts and `&`, which lowering has made of it. */
static struct ir_function *assigned_function(const struct ir_expr *value)
{
	while (value && value->kind == IR_EXPR_CAST)
		value = value->cast.operand;
	return value && value->kind == IR_EXPR_FUNCTION ? value->function : NULL;
}

/* The field that is assigned, or of which an element is. */
static const struct ir_place *assigned_field(const struct ir_place *place)
{
	while (place->kind == IR_PLACE_INDEX)
		place = place->part.base;
	return place->kind == IR_PLACE_FIELD ? place : NULL;
}

/* As initialisers name it: a field of a nameless record belongs to the one around it. */
static const char *record_of(const struct ir_place *field)
{
	for (const struct ir_place *place = field; place->kind == IR_PLACE_FIELD; place = place->part.base)
		if (place->part.base->type->tag)
			return place->part.base->type->tag;
	return NULL;
}

/* The static variable, as for an initialiser. */
static const char *object_of(const struct ir_place *place)
{
	while (place->kind == IR_PLACE_FIELD || place->kind == IR_PLACE_INDEX)
		place = place->part.base;
	if (place->kind != IR_PLACE_VAR)
		return NULL;
	return place->var->kind == IR_VAR_GLOBAL || place->var->kind == IR_VAR_STATIC_LOCAL ? place->var->name : NULL;
}

static bool is_known(const struct ir_unit *unit, const struct ir_binding *binding)
{
	for (int i = 0; i < unit->binding_count; i++) {
		const struct ir_binding *known = &unit->bindings[i];

		if (known->record == binding->record && known->field == binding->field &&
		    known->function == binding->function)
			return true;
	}
	return false;
}

static void bind(struct lower *l, const struct ir_insn *insn)
{
	struct ir_function *function = assigned_function(insn->assign.value);
	const struct ir_place *field = function ? assigned_field(insn->assign.place) : NULL;
	struct ir_binding binding;

	if (!field)
		return;
	binding = (struct ir_binding){ .record = record_of(field),
				       .field = field->part.field,
				       .function = function,
				       .object = object_of(field),
				       .span = insn->assign.value->span };
	if (!is_known(l->unit, &binding))
		ARENA_PUSH(l->arena, l->unit->bindings, l->unit->binding_count, l->unit->binding_capacity, binding);
}

void bind_assigned(struct lower *l, const struct ir_function *function)
{
	for (int i = 0; i < function->insn_count; i++)
		if (function->insns[i]->kind == IR_ASSIGN)
			bind(l, function->insns[i]);
}
