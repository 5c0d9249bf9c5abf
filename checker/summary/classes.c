/* Classes of objects, and which functions mention them. */
#include "effects_int.h"

#include <string.h>

/* ---- what a class is made of ------------------------------------------------------ */

/* A field of a record, or a variable; record and var NULL: no class. */
struct class_key {
	const struct ir_type *record;
	const char *field;
	const struct ir_var *var;
};

const struct ir_type *effects_record_of(const struct ir_place *field)
{
	for (const struct ir_place *place = field; place->kind == IR_PLACE_FIELD; place = place->part.base)
		if (place->part.base->type && place->part.base->type->tag)
			return place->part.base->type;
	return NULL;
}

static struct class_key key_of_var(const struct ir_var *var)
{
	struct class_key key = { 0 };

	if (var->kind == IR_VAR_GLOBAL || var->kind == IR_VAR_STATIC_LOCAL)
		key.var = var;
	return key;
}

static struct class_key key_of_expr(const struct ir_expr *expr);

static struct class_key key_of_place(const struct ir_place *place)
{
	struct class_key key = { 0 };

	while (place->kind == IR_PLACE_INDEX)
		place = place->part.base;
	if (place->kind == IR_PLACE_VAR)
		return key_of_var(place->var);
	if (place->kind == IR_PLACE_DEREF)
		return key_of_expr(place->pointer);
	key.record = effects_record_of(place);
	key.field = place->part.field;
	return key;
}

static struct class_key key_of_expr(const struct ir_expr *expr)
{
	struct class_key none = { 0 };

	switch (expr->kind) {
	case IR_EXPR_CAST:
		return key_of_expr(expr->cast.operand);
	case IR_EXPR_LOAD:
	case IR_EXPR_ADDRESS:
		return key_of_place(expr->place);
	case IR_EXPR_BINARY: /* an element: table + i */
		return expr->op.op == IR_BINARY_ADD ? key_of_expr(expr->op.left) : none;
	default:
		return none;
	}
}

static const char *key_text(struct arena *arena, const struct class_key *key)
{
	if (key->record)
		return arena_printf(arena, "%s %s.%s", key->record->is_union ? "union" : "struct", key->record->tag,
				    key->field ? key->field : "");
	if (!key->var || !key->var->name)
		return NULL;
	if (key->var->kind == IR_VAR_STATIC_LOCAL) /* another function may have one of the same name */
		return arena_printf(arena, "%s:%u:%s", key->var->span.file ? key->var->span.file : "",
				    key->var->span.line, key->var->name);
	if (key->var->is_static)
		return arena_printf(arena, "%s:%s", key->var->span.file ? key->var->span.file : "", key->var->name);
	return key->var->name;
}

const char *effects_object_class(struct arena *arena, struct intern_pool *pool, const struct ir_expr *expr)
{
	struct class_key key = key_of_expr(expr);
	const char *text = key_text(arena, &key);

	return text && pool ? intern(pool, text) : text;
}

static const char *class_of_key(struct unit_effects *effects, struct class_key key)
{
	const char *text = key_text(effects->arena, &key);

	return text ? text_set_add(&effects->texts, text) : NULL;
}

const char *effects_place_class(struct unit_effects *effects, const struct ir_place *place)
{
	return class_of_key(effects, key_of_place(place));
}

const char *effects_expr_class(struct unit_effects *effects, const struct ir_expr *expr)
{
	return class_of_key(effects, key_of_expr(expr));
}

const char *effects_var_class(struct unit_effects *effects, const struct ir_var *var)
{
	return class_of_key(effects, key_of_var(var));
}

/* ---- mentions ------------------------------------------------------------------------ */

/* Made whole when first asked for: most modules need none. */
struct mentions {
	struct pair_map fields; /* record's tag, field to the class's number + 1 */
	struct keymap *vars;	/* likewise of a variable */
	struct keymap *numbers; /* text of effects->texts to its number + 1 */
	size_t count;
	struct id_list *own; /* by function index, with repetitions */
	size_t *last;	     /* by class: the last function + 1 that it was added to */
	size_t last_capacity;
};

static uintptr_t number_of(struct unit_effects *effects, const struct class_key *key)
{
	struct mentions *mentions = effects->mentions;
	const char *text = class_of_key(effects, *key);
	uintptr_t number;

	if (!text)
		return 0;
	number = (uintptr_t)keymap_get(mentions->numbers, KEYMAP_KEY(text));
	if (!number) {
		number = ++mentions->count;
		keymap_put(mentions->numbers, KEYMAP_KEY(text), (void *)number);
	}
	return number;
}

static uintptr_t field_number(struct unit_effects *effects, const struct ir_place *place)
{
	struct class_key key = key_of_place(place);
	uintptr_t number;

	if (!key.record)
		return 0;
	number = (uintptr_t)pair_map_get(&effects->mentions->fields, key.record->tag, key.field);
	if (!number) {
		number = number_of(effects, &key);
		pair_map_put(&effects->mentions->fields, key.record->tag, key.field, (void *)number);
	}
	return number;
}

static uintptr_t var_number(struct unit_effects *effects, const struct ir_var *var)
{
	struct class_key key = key_of_var(var);
	uintptr_t number;

	if (!key.var)
		return 0;
	number = (uintptr_t)keymap_get(effects->mentions->vars, KEYMAP_KEY(var));
	if (!number) {
		number = number_of(effects, &key);
		keymap_put(effects->mentions->vars, KEYMAP_KEY(var), (void *)number);
	}
	return number;
}

static void add_mention(struct unit_effects *effects, const struct function_effects *target, uintptr_t number)
{
	struct mentions *mentions = effects->mentions;
	struct id_list *own = &mentions->own[target->index];

	if (!number)
		return;
	while (mentions->last_capacity <= number) {
		size_t count = mentions->last_capacity;

		ARENA_PUSH(effects->arena, mentions->last, count, mentions->last_capacity, 0);
	}
	if (mentions->last[number] == (size_t)target->index + 1)
		return;
	mentions->last[number] = (size_t)target->index + 1;
	ARENA_PUSH(effects->arena, own->items, own->count, own->capacity, (int)number);
}

static void mention_expr(struct unit_effects *effects, const struct function_effects *target,
			 const struct ir_expr *expr);

static void mention_place(struct unit_effects *effects, const struct function_effects *target,
			  const struct ir_place *place)
{
	for (; place; place = place->part.base) {
		if (place->kind == IR_PLACE_FIELD)
			add_mention(effects, target, field_number(effects, place));
		else if (place->kind == IR_PLACE_INDEX)
			mention_expr(effects, target, place->part.index);
		else
			break;
	}
	if (place && place->kind == IR_PLACE_VAR)
		add_mention(effects, target, var_number(effects, place->var));
	else if (place)
		mention_expr(effects, target, place->pointer);
}

static void mention_expr(struct unit_effects *effects, const struct function_effects *target,
			 const struct ir_expr *expr)
{
	for (; expr;) {
		switch (expr->kind) {
		case IR_EXPR_LOAD:
		case IR_EXPR_ADDRESS:
			mention_place(effects, target, expr->place);
			return;
		case IR_EXPR_CAST:
			expr = expr->cast.operand;
			continue;
		case IR_EXPR_UNARY:
		case IR_EXPR_BINARY:
			mention_expr(effects, target, expr->op.left);
			expr = expr->op.right;
			continue;
		default:
			return;
		}
	}
}

static void mention_insn(struct unit_effects *effects, const struct function_effects *target,
			 const struct ir_insn *insn)
{
	int i;

	switch (insn->kind) {
	case IR_ASSIGN:
	case IR_ZERO:
	case IR_EVAL:
	case IR_COMPUTED_JUMP:
	case IR_RETURN:
		mention_place(effects, target, insn->assign.place);
		mention_expr(effects, target, insn->assign.value);
		break;
	case IR_CALL:
		mention_place(effects, target, insn->call.result);
		mention_expr(effects, target, insn->call.target);
		for (i = 0; i < insn->call.arg_count; i++)
			mention_expr(effects, target, insn->call.args[i]);
		break;
	case IR_ASM:
		for (i = 0; i < insn->assembly.output_count; i++)
			mention_place(effects, target, insn->assembly.outputs[i]);
		for (i = 0; i < insn->assembly.input_count; i++)
			mention_expr(effects, target, insn->assembly.inputs[i]);
		break;
	case IR_BRANCH:
		mention_expr(effects, target, insn->branch.condition);
		break;
	case IR_SWITCH:
		mention_expr(effects, target, insn->select.value);
		break;
	default:
		break;
	}
}

static void close_mentions(struct unit_effects *effects, struct group *group)
{
	group->mentions = bitset_create(effects->arena, effects->mentions->count + 1);
	for (int m = 0; m < group->count; m++) {
		const struct function_effects *member = group->members[m];
		const struct id_list *own = &effects->mentions->own[member->index];

		for (size_t i = 0; i < own->count; i++)
			bitset_set(&group->mentions, (size_t)own->items[i]);
		for (size_t c = 0; c < member->callee_count; c++)
			if (member->callees[c]->group != member->group)
				bitset_union(&group->mentions, &effects->groups[member->callees[c]->group].mentions);
	}
}

static void make_mentions(struct unit_effects *effects)
{
	struct mentions *mentions = ARENA_NEW(effects->arena, struct mentions);

	effects->mentions = mentions;
	mentions->fields = pair_map_create(effects->arena);
	mentions->vars = keymap_create(effects->arena);
	mentions->numbers = keymap_create(effects->arena);
	mentions->own = ARENA_ARRAY(effects->arena, struct id_list, (size_t)effects->count + 1);
	for (int f = 0; f < effects->count; f++)
		for (int i = 0; i < effects->functions[f].function->insn_count; i++)
			mention_insn(effects, &effects->functions[f], effects->functions[f].function->insns[i]);
	for (int g = 0; g < effects->group_count; g++)
		close_mentions(effects, &effects->groups[g]);
}

bool effects_mentions(const struct unit_effects *effects, const struct ir_function *function, const char *object_class)
{
	const struct function_effects *found = effects_find(effects, function);
	const char *text;
	uintptr_t number;

	if (!found || !object_class)
		return false;
	if (!effects->mentions)
		make_mentions((struct unit_effects *)effects); /* a cache, not seen from outside */
	text = text_set_find(&effects->texts, object_class);
	number = text ? (uintptr_t)keymap_get(effects->mentions->numbers, KEYMAP_KEY(text)) : 0;
	return number && bitset_test(&effects->groups[found->group].mentions, number);
}
