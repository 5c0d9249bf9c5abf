/* Linking: one function or variable for those that several units declare.
 *
 * As a linker does it, names decide. Each name gets one symbol, each symbol one
 * winner: the only definition, or the first declaration where there is none.
 * The others point to the winner (linked_to), and one walk over all steps puts
 * it in their place. Expressions may be shared by steps: they are changed where
 * they stand, and changing one twice does no harm. */
#include "ir/ir.h"

#include <string.h>

struct ir_module *ir_module_create(struct arena *arena, const char *name)
{
	struct ir_module *module = ARENA_NEW(arena, struct ir_module);

	module->arena = arena;
	module->name = name;
	return module;
}

void ir_module_add(struct ir_module *module, struct ir_unit *unit)
{
	if (module->unit_count == 0)
		module->os = unit->os;
	ARENA_PUSH(module->arena, module->units, module->unit_count, module->unit_capacity, unit);
}

/* ---- winners ---------------------------------------------------------------- */

struct function_symbol {
	struct ir_function *winner;
	int definitions, declarations;
};

struct var_symbol {
	struct ir_var *winner;
	int definitions;
};

/* A call without a declaration says least of a function. */
static bool is_better_function(const struct ir_function *function, const struct ir_function *winner)
{
	if (function->has_body != winner->has_body)
		return function->has_body;
	return !function->is_implicit && winner->is_implicit;
}

static void collect_function(struct arena *arena, struct keymap *symbols, struct ir_function *function)
{
	struct function_symbol *symbol = keymap_get(symbols, KEYMAP_KEY(function->name));

	if (function->is_static)
		return;
	if (!symbol) {
		symbol = ARENA_NEW(arena, struct function_symbol);
		symbol->winner = function;
		keymap_put(symbols, KEYMAP_KEY(function->name), symbol);
	} else if (is_better_function(function, symbol->winner)) {
		symbol->winner = function;
	}
	symbol->definitions += function->has_body;
	symbol->declarations++;
}

static void collect_var(struct arena *arena, struct keymap *symbols, struct ir_var *var)
{
	struct var_symbol *symbol = keymap_get(symbols, KEYMAP_KEY(var->name));

	if (var->is_static || !var->name)
		return;
	if (!symbol) {
		symbol = ARENA_NEW(arena, struct var_symbol);
		symbol->winner = var;
		keymap_put(symbols, KEYMAP_KEY(var->name), symbol);
	} else if (var->is_defined && !symbol->winner->is_defined) {
		symbol->winner = var;
	}
	symbol->definitions += var->is_defined;
}

/* ---- what the declarations add to the winner ------------------------------------ */

static bool has_annotation(const struct ir_function *function, const struct ir_annotation *wanted)
{
	for (int i = 0; i < function->annotation_count; i++)
		if (function->annotations[i].name == wanted->name &&
		    function->annotations[i].argument == wanted->argument)
			return true;
	return false;
}

static void merge_annotations(struct arena *arena, struct ir_function *winner, const struct ir_function *other)
{
	size_t unit = sizeof(*winner->annotations);

	for (int i = 0; i < other->annotation_count; i++) {
		size_t count = (size_t)winner->annotation_count;

		if (has_annotation(winner, &other->annotations[i]))
			continue;
		winner->annotations = arena_grow(arena, winner->annotations, unit * count, unit * (count + 1));
		winner->annotations[count] = other->annotations[i];
		winner->annotation_count++;
	}
}

/* The names and annotations that other units' prototypes give the parameters. */
static void merge_declared_params(struct arena *arena, struct ir_function *winner, const struct ir_function *other)
{
	for (int i = 0; i < other->declared_count; i++) {
		const struct ir_declared_param *param = &other->declared[i];
		bool is_known = false;

		for (int k = 0; k < winner->declared_count && !is_known; k++)
			is_known = winner->declared[k].name == param->name &&
				   winner->declared[k].index == param->index &&
				   winner->declared[k].annotation_count >= param->annotation_count;
		if (!is_known)
			ARENA_PUSH(arena, winner->declared, winner->declared_count, winner->declared_capacity, *param);
	}
}

/* A role typedef (`DRIVER_DISPATCH DispatchRead;`) may be known to one unit only. */
static void merge_role(struct arena *arena, struct ir_function *winner, const struct ir_function *other)
{
	struct ir_type *copy;

	if (!winner->type || !other->type || winner->type->typedef_name || !other->type->typedef_name)
		return;
	copy = ARENA_NEW(arena, struct ir_type);
	*copy = *winner->type;
	copy->typedef_name = other->type->typedef_name;
	winner->type = copy;
}

static void link_function(struct arena *arena, struct ir_function *function, struct ir_function *winner)
{
	function->linked_to = winner;
	winner->is_shared = true;
	winner->address_taken |= function->address_taken;
	winner->is_noreturn |= function->is_noreturn;
	winner->in_user_file |= function->in_user_file;
	if (!winner->code_section)
		winner->code_section = function->code_section;
	merge_annotations(arena, winner, function);
	merge_declared_params(arena, winner, function);
	merge_role(arena, winner, function);
}

static void link_var(struct ir_var *var, struct ir_var *winner)
{
	var->linked_to = winner;
	winner->address_taken |= var->address_taken;
	winner->is_thread_or_percpu |= var->is_thread_or_percpu;
}

/* ---- one unit's lists --------------------------------------------------------------- */

static void link_functions(struct ir_unit *unit, struct keymap *symbols)
{
	int kept = 0;

	for (int i = 0; i < unit->function_count; i++) {
		struct ir_function *function = unit->functions[i];
		struct function_symbol *symbol = function->is_static ? NULL :
								       keymap_get(symbols, KEYMAP_KEY(function->name));

		if (!symbol || symbol->winner == function || symbol->definitions > 1) {
			unit->functions[kept++] = function;
			continue;
		}
		link_function(unit->arena, function, symbol->winner);
		keymap_put(unit->function_by_name, KEYMAP_KEY(function->name), symbol->winner);
	}
	unit->function_count = kept;
}

static void link_vars(struct ir_unit *unit, struct keymap *symbols, int *next_id)
{
	int kept = 0;

	for (int i = 0; i < unit->global_count; i++) {
		struct ir_var *var = unit->globals[i];
		struct var_symbol *symbol = var->is_static ? NULL : keymap_get(symbols, KEYMAP_KEY(var->name));

		if (symbol && symbol->winner != var && symbol->definitions <= 1) {
			link_var(var, symbol->winner);
			continue;
		}
		var->id = (*next_id)++;
		unit->globals[kept++] = var;
	}
	unit->global_count = kept;
}

/* ---- references ------------------------------------------------------------------------ */

static void relink_place(struct ir_place *place);

static void relink_function(struct ir_function **function)
{
	if (*function && (*function)->linked_to)
		*function = (*function)->linked_to;
}

/* The IR is const for its readers; linking still belongs to its making. */
static void relink_expr(const struct ir_expr *shared)
{
	struct ir_expr *expr = (struct ir_expr *)shared;

	if (!expr)
		return;
	switch (expr->kind) {
	case IR_EXPR_FUNCTION:
		relink_function(&expr->function);
		break;
	case IR_EXPR_LOAD:
	case IR_EXPR_ADDRESS:
		relink_place((struct ir_place *)expr->place);
		break;
	case IR_EXPR_UNARY:
	case IR_EXPR_BINARY:
		relink_expr(expr->op.left);
		relink_expr(expr->op.right);
		break;
	case IR_EXPR_CAST:
		relink_expr(expr->cast.operand);
		break;
	case IR_EXPR_SIZEOF:
		relink_expr(expr->size.operand);
		break;
	case IR_EXPR_UNKNOWN:
	case IR_EXPR_INT:
	case IR_EXPR_FLOAT:
	case IR_EXPR_STRING:
	case IR_EXPR_LABEL_ADDR:
		break;
	}
}

static void relink_place(struct ir_place *place)
{
	if (!place)
		return;
	switch (place->kind) {
	case IR_PLACE_VAR:
		if (place->var->linked_to)
			place->var = place->var->linked_to;
		break;
	case IR_PLACE_DEREF:
		relink_expr(place->pointer);
		break;
	case IR_PLACE_FIELD:
	case IR_PLACE_INDEX:
		relink_place((struct ir_place *)place->part.base);
		relink_expr(place->part.index);
		break;
	}
}

static void relink_call(struct ir_call *call)
{
	relink_function(&call->callee);
	relink_expr(call->target);
	relink_place((struct ir_place *)call->result);
	for (int i = 0; i < call->arg_count; i++)
		relink_expr(call->args[i]);
}

static void relink_assembly(struct ir_insn *insn)
{
	for (int i = 0; i < insn->assembly.output_count; i++)
		relink_place((struct ir_place *)insn->assembly.outputs[i]);
	for (int i = 0; i < insn->assembly.input_count; i++)
		relink_expr(insn->assembly.inputs[i]);
}

static void relink_insn(struct ir_insn *insn)
{
	switch (insn->kind) {
	case IR_DECLARE:
		if (insn->var->linked_to)
			insn->var = insn->var->linked_to;
		break;
	case IR_ASSIGN:
	case IR_ZERO:
	case IR_EVAL:
	case IR_COMPUTED_JUMP:
	case IR_RETURN:
		relink_place((struct ir_place *)insn->assign.place);
		relink_expr(insn->assign.value);
		break;
	case IR_CALL:
		relink_call(&insn->call);
		break;
	case IR_ASM:
		relink_assembly(insn);
		break;
	case IR_BRANCH:
		relink_expr(insn->branch.condition);
		break;
	case IR_SWITCH:
		relink_expr(insn->select.value);
		break;
	case IR_LABEL:
	case IR_JUMP:
	case IR_SCOPE_ENTER:
	case IR_SCOPE_EXIT:
	case IR_TRY_BEGIN:
	case IR_TRY_END:
	case IR_FINALLY_END:
	case IR_UNREACHABLE:
		break;
	}
}

static void relink_unit(struct ir_unit *unit)
{
	for (int i = 0; i < unit->binding_count; i++)
		relink_function(&unit->bindings[i].function);
	for (int i = 0; i < unit->function_count; i++) {
		struct ir_function *function = unit->functions[i];

		for (int k = 0; k < function->var_count; k++)
			relink_function(&function->vars[k]->cleanup);
		for (int k = 0; k < function->insn_count; k++)
			relink_insn(function->insns[k]);
	}
}

static void link_units(struct ir_module *module)
{
	struct keymap *functions = keymap_create(module->arena), *vars = keymap_create(module->arena);
	int next_id = 0;

	for (int i = 0; i < module->unit_count; i++) {
		struct ir_unit *unit = module->units[i];

		for (int k = 0; k < unit->function_count; k++)
			collect_function(module->arena, functions, unit->functions[k]);
		for (int k = 0; k < unit->global_count; k++)
			collect_var(module->arena, vars, unit->globals[k]);
	}
	for (int i = 0; i < module->unit_count; i++) {
		link_functions(module->units[i], functions);
		link_vars(module->units[i], vars, &next_id);
	}
	for (int i = 0; i < module->unit_count; i++)
		relink_unit(module->units[i]);
}

/* ---- is anything missing? ------------------------------------------------------------------ */

static bool calls_missing(const struct ir_function *function)
{
	for (int i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		const struct ir_function *callee = insn->kind == IR_CALL ? insn->call.callee : NULL;

		if (callee && !callee->has_body && callee->in_user_file)
			return true;
	}
	return false;
}

static bool is_whole(const struct ir_module *module)
{
	for (int i = 0; i < module->unit_count; i++)
		for (int k = 0; k < module->units[i]->function_count; k++)
			if (calls_missing(module->units[i]->functions[k]))
				return false;
	return true;
}

void ir_module_link(struct ir_module *module)
{
	if (module->unit_count > 1)
		link_units(module);
	module->is_whole = module->is_complete = is_whole(module);
}
