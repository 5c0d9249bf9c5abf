/* See ir_pack.h. One function for each struct does both ways, so that they cannot differ: with `out` it writes
 * what its argument holds, else it fills its argument. What several may point to (types, expressions, places,
 * names) is written where it is met first and known by its number from then on; functions and variables are listed
 * before anything refers to them. */
#include "ir/ir_pack.h"

#include "base/wire.h"

/* Objects that are met more than once; numbers count from 1, 0 is NULL. */
struct table {
	struct keymap *numbers; /* writing: object -> number */
	void **objects;		/* reading: by number - 1 */
	size_t count, capacity;
};

struct codec {
	struct arena *arena; /* reading: the unit's */
	struct text *out;    /* NULL: reading */
	struct wire_reader in;
	struct table names, types, exprs, places, vars, functions;
	struct ir_function *function; /* whose body it is: scopes are known by their ids */
	bool is_broken;
};

/* ---- numbers --------------------------------------------------------------------------- */

static int64_t code_signed(struct codec *codec, int64_t value)
{
	if (!codec->out)
		return wire_take_signed(&codec->in);
	wire_put_signed(codec->out, value);
	return value;
}

/* For any kind of number: int, bool, enum. */
#define NUMBER(codec, lvalue) ((lvalue) = code_signed((codec), (int64_t)(lvalue)))

/* Elements of a list that take at least a byte each. */
static size_t code_count(struct codec *codec, size_t count)
{
	if (!codec->out)
		return wire_take_count(&codec->in);
	wire_put_number(codec->out, count);
	return count;
}

/* Sets the count, and when reading the (zeroed) elements. */
#define COUNT(codec, items, item_count)                                                                    \
	do {                                                                                               \
		size_t code_count_now = code_count((codec), (size_t)(item_count));                         \
		(item_count) = (int)code_count_now;                                                        \
		if (!(codec)->out)                                                                         \
			(items) = code_count_now > 0 ?                                                     \
					  arena_calloc((codec)->arena, code_count_now, sizeof(*(items))) : \
					  NULL;                                                            \
	} while (0)

/* ---- objects -------------------------------------------------------------------------------- */

static void table_add(struct codec *codec, struct table *table, void *object)
{
	if (codec->out)
		keymap_put(table->numbers, KEYMAP_KEY(object), (void *)(uintptr_t)++table->count);
	else
		ARENA_PUSH(codec->arena, table->objects, table->count, table->capacity, object);
}

/* An object that was listed before. */
static void *code_listed(struct codec *codec, struct table *table, const void *object)
{
	if (codec->out) {
		uintptr_t number = object ? (uintptr_t)keymap_get(table->numbers, KEYMAP_KEY(object)) : 0;
		codec->is_broken |= object && number == 0;
		wire_put_number(codec->out, number);
		return (void *)object;
	}
	uint64_t number = wire_take_number(&codec->in);
	codec->is_broken |= number > table->count;
	return number > 0 && number <= table->count ? table->objects[number - 1] : NULL;
}

/* An object that is written where it is met first: *is_new then. */
static void *code_shared(struct codec *codec, struct table *table, const void *object, size_t size, bool *is_new)
{
	*is_new = false;
	if (codec->out) {
		uintptr_t number = object ? (uintptr_t)keymap_get(table->numbers, KEYMAP_KEY(object)) : 0;
		*is_new = object && number == 0;
		wire_put_number(codec->out, *is_new ? table->count + 1 : number);
		if (*is_new)
			table_add(codec, table, (void *)object);
		return (void *)object;
	}
	uint64_t number = wire_take_number(&codec->in);
	*is_new = number == table->count + 1 && !codec->in.is_broken;
	if (*is_new)
		table_add(codec, table, arena_alloc(codec->arena, size));
	codec->is_broken |= number > table->count;
	return number > 0 && number <= table->count ? table->objects[number - 1] : NULL;
}

static const char *code_name(struct codec *codec, const char *name)
{
	const char *interned = codec->out && name ? intern(codec->in.pool, name) : NULL;
	bool is_new = false;

	if (codec->out) {
		code_shared(codec, &codec->names, interned, 0, &is_new);
		if (is_new)
			wire_put_text(codec->out, interned);
		return name;
	}
	uint64_t number = wire_take_number(&codec->in);
	if (number == codec->names.count + 1)
		table_add(codec, &codec->names, (void *)wire_take_name(&codec->in));
	codec->is_broken |= number > codec->names.count;
	return number > 0 && number <= codec->names.count ? codec->names.objects[number - 1] : NULL;
}

#define NAME(codec, lvalue) ((lvalue) = code_name((codec), (lvalue)))

static void code_span(struct codec *codec, struct span *span)
{
	NAME(codec, span->file);
	NUMBER(codec, span->line);
	NUMBER(codec, span->column);
	NUMBER(codec, span->end_line);
	NUMBER(codec, span->end_column);
}

/* ---- types ------------------------------------------------------------------------------------- */

static const struct ir_type *code_type(struct codec *codec, const struct ir_type *type);

static void code_fields(struct codec *codec, struct ir_type *type)
{
	struct ir_field *fields = (struct ir_field *)type->fields;
	int listed = type->field_count < 0 ? 0 : type->field_count, count = listed;

	COUNT(codec, fields, count);
	codec->is_broken |= count != listed;
	for (int i = 0; i < count; i++) {
		NAME(codec, fields[i].name);
		fields[i].type = code_type(codec, fields[i].type);
		NUMBER(codec, fields[i].bit_offset);
		NUMBER(codec, fields[i].is_bitfield);
	}
	type->fields = fields;
}

static void code_param_types(struct codec *codec, struct ir_type *type)
{
	const struct ir_type **params = (const struct ir_type **)type->params;
	int listed = type->param_count < 0 ? 0 : type->param_count, count = listed;

	COUNT(codec, params, count);
	codec->is_broken |= count != listed;
	for (int i = 0; i < count; i++)
		params[i] = code_type(codec, params[i]);
	type->params = params;
}

static void code_type_body(struct codec *codec, struct ir_type *type)
{
	NUMBER(codec, type->kind);
	NAME(codec, type->spelling);
	NUMBER(codec, type->size);
	NUMBER(codec, type->is_unsigned);
	NUMBER(codec, type->is_const);
	NUMBER(codec, type->is_union);
	NUMBER(codec, type->in_user_file);
	NUMBER(codec, type->is_enum);
	NUMBER(codec, type->space);
	type->target = code_type(codec, type->target);
	NUMBER(codec, type->count);
	NAME(codec, type->tag);
	NAME(codec, type->typedef_name);
	NUMBER(codec, type->field_count); /* -1 is told from 0 */
	code_fields(codec, type);
	NUMBER(codec, type->param_count);
	code_param_types(codec, type);
	NUMBER(codec, type->is_variadic);
}

static const struct ir_type *code_type(struct codec *codec, const struct ir_type *type)
{
	bool is_new;
	struct ir_type *object = code_shared(codec, &codec->types, type, sizeof(*type), &is_new);

	if (is_new)
		code_type_body(codec, object);
	return object;
}

/* ---- variables ---------------------------------------------------------------------------------- */

static struct ir_function *code_function_ref(struct codec *codec, struct ir_function *function)
{
	return code_listed(codec, &codec->functions, function);
}

static struct ir_var *code_var_ref(struct codec *codec, struct ir_var *var)
{
	return code_listed(codec, &codec->vars, var);
}

static void code_annotations(struct codec *codec, struct ir_annotation **annotations, int *count)
{
	COUNT(codec, *annotations, *count);
	for (int i = 0; i < *count; i++) {
		struct ir_annotation *annotation = &(*annotations)[i];
		NAME(codec, annotation->name);
		NAME(codec, annotation->argument);
		NAME(codec, annotation->written);
		code_span(codec, &annotation->span);
	}
}

/* Lists the variable, too. */
static void code_var(struct codec *codec, struct ir_var **slot)
{
	if (!codec->out)
		*slot = ARENA_NEW(codec->arena, struct ir_var);
	struct ir_var *var = *slot;
	table_add(codec, &codec->vars, var);
	NAME(codec, var->name);
	var->type = code_type(codec, var->type);
	NUMBER(codec, var->kind);
	NUMBER(codec, var->id);
	NUMBER(codec, var->param);
	code_span(codec, &var->span);
	NUMBER(codec, var->address_taken);
	NUMBER(codec, var->is_static);
	NUMBER(codec, var->is_defined);
	NUMBER(codec, var->is_initialised);
	NUMBER(codec, var->is_thread_or_percpu);
	var->cleanup = code_function_ref(codec, var->cleanup);
	code_annotations(codec, &var->annotations, &var->annotation_count);
	COUNT(codec, var->set_fields, var->set_field_count);
	for (int i = 0; i < var->set_field_count; i++)
		NAME(codec, var->set_fields[i]);
	codec->is_broken |= var->linked_to != NULL;
}

/* ---- expressions and places ------------------------------------------------------------------------ */

static const struct ir_place *code_place(struct codec *codec, const struct ir_place *place);
static const struct ir_expr *code_expr(struct codec *codec, const struct ir_expr *expr);

static void code_expr_value(struct codec *codec, struct ir_expr *expr)
{
	switch (expr->kind) {
	case IR_EXPR_UNKNOWN:
	case IR_EXPR_FLOAT:
		break;
	case IR_EXPR_INT:
		NUMBER(codec, expr->value);
		break;
	case IR_EXPR_STRING:
		NAME(codec, expr->text);
		break;
	case IR_EXPR_FUNCTION:
		expr->function = code_function_ref(codec, expr->function);
		break;
	case IR_EXPR_LABEL_ADDR:
		NUMBER(codec, expr->label);
		break;
	case IR_EXPR_LOAD:
	case IR_EXPR_ADDRESS:
		expr->place = code_place(codec, expr->place);
		break;
	case IR_EXPR_UNARY:
	case IR_EXPR_BINARY:
		NUMBER(codec, expr->op.op);
		expr->op.left = code_expr(codec, expr->op.left);
		expr->op.right = code_expr(codec, expr->op.right);
		break;
	case IR_EXPR_CAST:
		expr->cast.operand = code_expr(codec, expr->cast.operand);
		NUMBER(codec, expr->cast.is_explicit);
		NUMBER(codec, expr->cast.is_force);
		break;
	case IR_EXPR_SIZEOF:
		NUMBER(codec, expr->size.value);
		expr->size.measured = code_type(codec, expr->size.measured);
		expr->size.operand = code_expr(codec, expr->size.operand);
		break;
	default:
		codec->is_broken = true;
	}
}

static const struct ir_expr *code_expr(struct codec *codec, const struct ir_expr *expr)
{
	bool is_new;
	struct ir_expr *object = code_shared(codec, &codec->exprs, expr, sizeof(*expr), &is_new);

	if (!is_new)
		return object;
	NUMBER(codec, object->kind);
	object->type = code_type(codec, object->type);
	code_span(codec, &object->span);
	NAME(codec, object->macro);
	NAME(codec, object->enumeration);
	NUMBER(codec, object->is_decay);
	code_expr_value(codec, object);
	return object;
}

static void code_place_parts(struct codec *codec, struct ir_place *place)
{
	switch (place->kind) {
	case IR_PLACE_VAR:
		place->var = code_var_ref(codec, place->var);
		break;
	case IR_PLACE_DEREF:
		place->pointer = code_expr(codec, place->pointer);
		break;
	case IR_PLACE_FIELD:
	case IR_PLACE_INDEX:
		place->part.base = code_place(codec, place->part.base);
		NAME(codec, place->part.field);
		place->part.index = code_expr(codec, place->part.index);
		break;
	default:
		codec->is_broken = true;
	}
}

static const struct ir_place *code_place(struct codec *codec, const struct ir_place *place)
{
	bool is_new;
	struct ir_place *object = code_shared(codec, &codec->places, place, sizeof(*place), &is_new);

	if (!is_new)
		return object;
	NUMBER(codec, object->kind);
	object->type = code_type(codec, object->type);
	code_span(codec, &object->span);
	NUMBER(codec, object->is_subscript);
	NUMBER(codec, object->is_arrow);
	code_place_parts(codec, object);
	return object;
}

static void code_exprs(struct codec *codec, const struct ir_expr ***exprs, int *count)
{
	COUNT(codec, *exprs, *count);
	for (int i = 0; i < *count; i++)
		(*exprs)[i] = code_expr(codec, (*exprs)[i]);
}

/* ---- steps -------------------------------------------------------------------------------------------- */

static struct ir_scope *code_scope_ref(struct codec *codec, struct ir_scope *scope)
{
	int number = scope ? scope->id + 1 : 0;

	NUMBER(codec, number);
	if (number < 0 || number > codec->function->scope_count) {
		codec->is_broken = true;
		return NULL;
	}
	codec->is_broken |= codec->out && scope && codec->function->scopes[number - 1] != scope;
	return number > 0 ? codec->function->scopes[number - 1] : NULL;
}

static void code_call(struct codec *codec, struct ir_call *call)
{
	call->callee = code_function_ref(codec, call->callee);
	call->target = code_expr(codec, call->target);
	NAME(codec, call->macro);
	code_exprs(codec, &call->args, &call->arg_count);
	call->result = code_place(codec, call->result);
	NUMBER(codec, call->is_void_cast);
	NUMBER(codec, call->is_cleanup);
}

static void code_asm(struct codec *codec, struct ir_insn *insn)
{
	COUNT(codec, insn->assembly.outputs, insn->assembly.output_count);
	for (int i = 0; i < insn->assembly.output_count; i++)
		insn->assembly.outputs[i] = code_place(codec, insn->assembly.outputs[i]);
	code_exprs(codec, &insn->assembly.inputs, &insn->assembly.input_count);
	COUNT(codec, insn->assembly.labels, insn->assembly.label_count);
	for (int i = 0; i < insn->assembly.label_count; i++)
		NUMBER(codec, insn->assembly.labels[i]);
}

static void code_switch(struct codec *codec, struct ir_insn *insn)
{
	insn->select.value = code_expr(codec, insn->select.value);
	COUNT(codec, insn->select.cases, insn->select.case_count);
	for (int i = 0; i < insn->select.case_count; i++) {
		NUMBER(codec, insn->select.cases[i].low);
		NUMBER(codec, insn->select.cases[i].high);
		NUMBER(codec, insn->select.cases[i].label);
	}
	NUMBER(codec, insn->select.default_label);
}

static void code_insn_parts(struct codec *codec, struct ir_insn *insn)
{
	switch (insn->kind) {
	case IR_DECLARE:
		insn->var = code_var_ref(codec, insn->var);
		break;
	case IR_ASSIGN:
	case IR_ZERO:
	case IR_EVAL:
	case IR_COMPUTED_JUMP:
	case IR_RETURN:
		insn->assign.place = code_place(codec, insn->assign.place);
		insn->assign.value = code_expr(codec, insn->assign.value);
		NUMBER(codec, insn->assign.is_init);
		break;
	case IR_CALL:
		code_call(codec, &insn->call);
		break;
	case IR_ASM:
		code_asm(codec, insn);
		break;
	case IR_LABEL:
	case IR_JUMP:
		NUMBER(codec, insn->label);
		break;
	case IR_BRANCH:
		insn->branch.condition = code_expr(codec, insn->branch.condition);
		NUMBER(codec, insn->branch.on_true);
		NUMBER(codec, insn->branch.on_false);
		break;
	case IR_SWITCH:
		code_switch(codec, insn);
		break;
	case IR_SCOPE_ENTER:
	case IR_SCOPE_EXIT:
	case IR_TRY_BEGIN:
	case IR_TRY_END:
	case IR_FINALLY_END:
		insn->opened = code_scope_ref(codec, insn->opened);
		break;
	case IR_UNREACHABLE:
		break;
	default:
		codec->is_broken = true;
	}
}

static void code_insn(struct codec *codec, struct ir_insn **slot)
{
	if (!codec->out)
		*slot = ARENA_NEW(codec->arena, struct ir_insn);
	struct ir_insn *insn = *slot;
	NUMBER(codec, insn->kind);
	NUMBER(codec, insn->index);
	code_span(codec, &insn->span);
	code_span(codec, &insn->stmt_span);
	NAME(codec, insn->macro);
	NUMBER(codec, insn->is_macro_loop);
	insn->scope = code_scope_ref(codec, insn->scope);
	code_insn_parts(codec, insn);
}

/* ---- functions ------------------------------------------------------------------------------------------ */

/* Scopes refer to each other, and to nothing else that has not been listed. */
static void code_scopes(struct codec *codec, struct ir_function *function)
{
	COUNT(codec, function->scopes, function->scope_count);
	function->scope_capacity = function->scope_count;
	for (int i = 0; i < function->scope_count && !codec->out; i++)
		function->scopes[i] = ARENA_NEW(codec->arena, struct ir_scope);
	for (int i = 0; i < function->scope_count; i++) {
		struct ir_scope *scope = function->scopes[i];
		NUMBER(codec, scope->id);
		NUMBER(codec, scope->kind);
		scope->parent = code_scope_ref(codec, scope->parent);
		NUMBER(codec, scope->handler_label);
		NUMBER(codec, scope->handles_nothing);
		COUNT(codec, scope->cleanups, scope->cleanup_count);
		scope->cleanup_capacity = scope->cleanup_count;
		for (int k = 0; k < scope->cleanup_count; k++)
			scope->cleanups[k] = code_var_ref(codec, scope->cleanups[k]);
	}
}

static void code_declared_params(struct codec *codec, struct ir_function *function)
{
	COUNT(codec, function->declared, function->declared_count);
	function->declared_capacity = function->declared_count;
	for (int i = 0; i < function->declared_count; i++) {
		struct ir_declared_param *param = &function->declared[i];
		NAME(codec, param->name);
		NUMBER(codec, param->index);
		param->type = code_type(codec, param->type);
		code_annotations(codec, &param->annotations, &param->annotation_count);
	}
}

static void code_function_vars(struct codec *codec, struct ir_function *function)
{
	COUNT(codec, function->vars, function->var_count);
	function->var_capacity = function->var_count;
	for (int i = 0; i < function->var_count; i++)
		code_var(codec, &function->vars[i]);
	COUNT(codec, function->params, function->param_count);
	for (int i = 0; i < function->param_count; i++)
		function->params[i] = code_var_ref(codec, function->params[i]);
}

static void code_function_flags(struct codec *codec, struct ir_function *function)
{
	NUMBER(codec, function->is_static);
	NUMBER(codec, function->is_inline);
	NUMBER(codec, function->is_variadic);
	NUMBER(codec, function->is_noreturn);
	NUMBER(codec, function->is_implicit);
	NUMBER(codec, function->in_user_file);
	NUMBER(codec, function->address_taken);
	NUMBER(codec, function->has_body);
	NUMBER(codec, function->is_incomplete);
	NAME(codec, function->incomplete_reason);
	codec->is_broken |= function->is_shared || function->linked_to;
}

static void code_function(struct codec *codec, struct ir_function *function)
{
	codec->function = function;
	function->type = code_type(codec, function->type);
	code_span(codec, &function->span);
	code_span(codec, &function->end_span);
	code_function_flags(codec, function);
	code_annotations(codec, &function->annotations, &function->annotation_count);
	code_declared_params(codec, function);
	NAME(codec, function->code_section);
	code_function_vars(codec, function);
	code_scopes(codec, function);
	NUMBER(codec, function->label_count);
	COUNT(codec, function->insns, function->insn_count);
	function->insn_capacity = function->insn_count;
	for (int i = 0; i < function->insn_count; i++)
		code_insn(codec, &function->insns[i]);
}

/* ---- the unit --------------------------------------------------------------------------------------------- */

/* Their names, so that all that follows can refer to them. */
static void list_functions(struct codec *codec, struct ir_unit *unit)
{
	size_t count = code_count(codec, (size_t)unit->function_count);

	for (size_t i = 0; i < count; i++) {
		const char *name = code_name(codec, codec->out ? unit->functions[i]->name : NULL);
		if (!codec->out) {
			codec->is_broken |= !name || ir_function_find(unit, name);
			if (codec->is_broken)
				return;
			ir_function_create(unit, name);
		}
		table_add(codec, &codec->functions, unit->functions[i]);
	}
}

static void code_globals(struct codec *codec, struct ir_unit *unit)
{
	COUNT(codec, unit->globals, unit->global_count);
	unit->global_capacity = unit->global_count;
	for (int i = 0; i < unit->global_count; i++)
		code_var(codec, &unit->globals[i]);
}

static void code_bindings(struct codec *codec, struct ir_unit *unit)
{
	COUNT(codec, unit->bindings, unit->binding_count);
	unit->binding_capacity = unit->binding_count;
	for (int i = 0; i < unit->binding_count; i++) {
		struct ir_binding *binding = &unit->bindings[i];
		NAME(codec, binding->record);
		NAME(codec, binding->field);
		binding->function = code_function_ref(codec, binding->function);
		NAME(codec, binding->object);
		code_span(codec, &binding->span);
	}
}

static void code_facts(struct codec *codec, struct ir_unit *unit)
{
	COUNT(codec, unit->initialised, unit->initialised_count);
	unit->initialised_capacity = unit->initialised_count;
	for (int i = 0; i < unit->initialised_count; i++) {
		NAME(codec, unit->initialised[i].record);
		NAME(codec, unit->initialised[i].field);
	}
	COUNT(codec, unit->file_macros, unit->file_macro_count);
	unit->file_macro_capacity = unit->file_macro_count;
	for (int i = 0; i < unit->file_macro_count; i++)
		NAME(codec, unit->file_macros[i]);
	COUNT(codec, unit->constants, unit->constant_count);
	unit->constant_capacity = unit->constant_count;
	for (int i = 0; i < unit->constant_count; i++) {
		NAME(codec, unit->constants[i].name);
		NUMBER(codec, unit->constants[i].value);
	}
}

static void code_remarks(struct codec *codec, struct ir_unit *unit)
{
	COUNT(codec, unit->old_calls, unit->old_call_count);
	unit->old_call_capacity = unit->old_call_count;
	for (int i = 0; i < unit->old_call_count; i++) {
		NAME(codec, unit->old_calls[i].name);
		NUMBER(codec, unit->old_calls[i].arg_count);
		code_span(codec, &unit->old_calls[i].span);
	}
	COUNT(codec, unit->notes, unit->note_count);
	unit->note_capacity = unit->note_count;
	for (int i = 0; i < unit->note_count; i++) {
		code_span(codec, &unit->notes[i].span);
		NAME(codec, unit->notes[i].text);
		NUMBER(codec, unit->notes[i].is_gap);
	}
}

static void code_unit(struct codec *codec, struct ir_unit *unit)
{
	NAME(codec, unit->file);
	NAME(codec, unit->os);
	list_functions(codec, unit);
	if (codec->is_broken)
		return;
	code_globals(codec, unit);
	for (int i = 0; i < unit->function_count; i++)
		code_function(codec, unit->functions[i]);
	code_bindings(codec, unit);
	code_facts(codec, unit);
	code_remarks(codec, unit);
}

static struct codec codec_create(struct arena *arena, struct intern_pool *pool)
{
	struct codec codec = { .arena = arena, .in = { .arena = arena, .pool = pool } };
	struct table *tables[] = { &codec.names,  &codec.types, &codec.exprs,
				   &codec.places, &codec.vars,	&codec.functions };

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		tables[i]->numbers = keymap_create(arena);
	return codec;
}

bool ir_unit_pack(const struct ir_unit *unit, struct intern_pool *pool, struct text *bytes)
{
	struct arena *scratch = arena_create();
	struct codec codec = codec_create(scratch, pool);

	codec.out = bytes;
	code_unit(&codec, (struct ir_unit *)unit); /* writes what it reads */
	arena_destroy(scratch);
	return !codec.is_broken;
}

struct ir_unit *ir_unit_unpack(struct arena *arena, struct intern_pool *pool, const char *bytes, size_t length)
{
	struct codec codec = codec_create(arena, pool);
	struct ir_unit *unit = ir_unit_create(arena, NULL);

	codec.in.at = bytes;
	codec.in.left = length;
	code_unit(&codec, unit);
	return codec.is_broken || codec.in.is_broken || codec.in.left > 0 ? NULL : unit;
}
