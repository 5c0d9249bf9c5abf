/* The dump of the IR (--dump=ir): one line a step, for people and golden files.
 * Source positions are line:column; files are not repeated. */
#include "base/text.h"
#include "ir/ir.h"

#include <inttypes.h>

static const char *type_text(const struct ir_type *type)
{
	return type && type->spelling ? type->spelling : "?";
}

/* ---- steps -------------------------------------------------------------- */

static void add_call(struct text *out, const struct ir_call *call)
{
	if (call->result)
		text_printf(out, "%s = ", ir_place_text(out->arena, call->result));
	if (call->is_void_cast)
		text_add(out, "(void)");
	if (call->macro)
		text_add(out, call->macro);
	else if (call->callee)
		text_add(out, call->callee->name);
	else if (call->target && call->target->kind == IR_EXPR_LOAD)
		text_add(out, ir_expr_text(out->arena, call->target));
	else if (call->target)
		text_printf(out, "(%s)", ir_expr_text(out->arena, call->target));
	text_add(out, "(");
	for (int i = 0; i < call->arg_count; i++)
		text_printf(out, "%s%s", i ? ", " : "", ir_expr_text(out->arena, call->args[i]));
	text_add(out, ")");
}

static void add_asm(struct text *out, const struct ir_insn *insn)
{
	text_add(out, "asm(");
	for (int i = 0; i < insn->assembly.output_count; i++)
		text_printf(out, "%s%s", i ? ", " : "out ", ir_place_text(out->arena, insn->assembly.outputs[i]));
	text_add(out, insn->assembly.output_count && insn->assembly.input_count ? "; " : "");
	for (int i = 0; i < insn->assembly.input_count; i++)
		text_printf(out, "%s%s", i ? ", " : "in ", ir_expr_text(out->arena, insn->assembly.inputs[i]));
	text_add(out, ")");
	for (int i = 0; i < insn->assembly.label_count; i++)
		text_printf(out, "%sL%d", i ? ", " : " goto ", insn->assembly.labels[i]);
}

static void add_switch(struct text *out, const struct ir_insn *insn)
{
	text_printf(out, "switch (%s) {", ir_expr_text(out->arena, insn->select.value));
	for (int i = 0; i < insn->select.case_count; i++) {
		const struct ir_switch_case *arm = &insn->select.cases[i];

		text_printf(out, " %" PRId64, arm->low);
		if (arm->high != arm->low)
			text_printf(out, "...%" PRId64, arm->high);
		text_printf(out, ": L%d,", arm->label);
	}
	text_printf(out, " default: L%d }", insn->select.default_label);
}

static void add_scope_step(struct text *out, const char *verb, const struct ir_insn *insn)
{
	text_printf(out, "%s scope %d", verb, insn->opened->id);
	if (insn->kind == IR_TRY_BEGIN)
		text_printf(out, " handler L%d", insn->opened->handler_label);
}

static void add_insn(struct text *out, const struct ir_insn *insn)
{
	struct arena *arena = out->arena;

	switch (insn->kind) {
	case IR_DECLARE:
		text_printf(out, "declare %s: %s", insn->var->name, type_text(insn->var->type));
		break;
	case IR_ASSIGN:
		text_printf(out, "%s = %s", ir_place_text(arena, insn->assign.place),
			    ir_expr_text(arena, insn->assign.value));
		break;
	case IR_ZERO:
		text_printf(out, "zero %s", ir_place_text(arena, insn->assign.place));
		break;
	case IR_EVAL:
		text_printf(out, "eval %s", ir_expr_text(arena, insn->assign.value));
		break;
	case IR_CALL:
		add_call(out, &insn->call);
		break;
	case IR_ASM:
		add_asm(out, insn);
		break;
	case IR_LABEL:
		text_printf(out, "L%d:", insn->label);
		break;
	case IR_JUMP:
		text_printf(out, "goto L%d", insn->label);
		break;
	case IR_BRANCH:
		text_printf(out, "if (%s) goto L%d else goto L%d", ir_expr_text(arena, insn->branch.condition),
			    insn->branch.on_true, insn->branch.on_false);
		break;
	case IR_SWITCH:
		add_switch(out, insn);
		break;
	case IR_COMPUTED_JUMP:
		text_printf(out, "goto *%s", ir_expr_text(arena, insn->assign.value));
		break;
	case IR_RETURN:
		text_printf(out, "return%s%s", insn->assign.value ? " " : "",
			    insn->assign.value ? ir_expr_text(arena, insn->assign.value) : "");
		break;
	case IR_SCOPE_ENTER:
		add_scope_step(out, "enter", insn);
		break;
	case IR_SCOPE_EXIT:
		add_scope_step(out, "exit", insn);
		break;
	case IR_TRY_BEGIN:
		add_scope_step(out, "try", insn);
		break;
	case IR_TRY_END:
		add_scope_step(out, "end try", insn);
		break;
	case IR_FINALLY_END:
		add_scope_step(out, "end finally", insn);
		break;
	case IR_UNREACHABLE:
		text_add(out, "unreachable");
		break;
	}
}

const char *ir_insn_text(struct arena *arena, const struct ir_insn *insn)
{
	struct text out = text_create(arena);

	add_insn(&out, insn);
	return text_get(&out);
}

/* ---- functions ------------------------------------------------------------ */

static void print_annotations(FILE *out, const struct ir_annotation *annotations, int count)
{
	for (int i = 0; i < count; i++) {
		fprintf(out, " @%s", annotations[i].name);
		if (annotations[i].argument)
			fprintf(out, "(%s)", annotations[i].argument);
	}
}

static void print_vars(FILE *out, const struct ir_function *function)
{
	static const char *const kinds[] = {
		[IR_VAR_LOCAL] = "local",   [IR_VAR_PARAM] = "param", [IR_VAR_STATIC_LOCAL] = "static",
		[IR_VAR_GLOBAL] = "global", [IR_VAR_TEMP] = "temp",   [IR_VAR_SELECTOR] = "selector",
	};

	for (int i = 0; i < function->var_count; i++) {
		const struct ir_var *var = function->vars[i];

		fprintf(out, "  %s %s: %s", kinds[var->kind], var->name, type_text(var->type));
		if (var->address_taken)
			fputs(" address-taken", out);
		if (var->cleanup)
			fprintf(out, " cleanup(%s)", var->cleanup->name);
		print_annotations(out, var->annotations, var->annotation_count);
		fputc('\n', out);
	}
}

/* What prototypes say of the parameters of a function without a body. */
static void print_declared_params(FILE *out, const struct ir_function *function)
{
	for (int i = 0; i < function->declared_count; i++) {
		const struct ir_declared_param *param = &function->declared[i];

		if (param->annotation_count == 0)
			continue;
		fprintf(out, "  param %d %s: %s", param->index, param->name ? param->name : "?",
			type_text(param->type));
		print_annotations(out, param->annotations, param->annotation_count);
		fputc('\n', out);
	}
}

static void print_scopes(FILE *out, const struct ir_function *function)
{
	static const char *const kinds[] = {
		[IR_SCOPE_BLOCK] = "block", [IR_SCOPE_TRY] = "try", [IR_SCOPE_FINALLY] = "finally"
	};

	for (int i = 1; i < function->scope_count; i++) {
		const struct ir_scope *scope = function->scopes[i];

		fprintf(out, "  scope %d %s in %d", scope->id, kinds[scope->kind],
			scope->parent ? scope->parent->id : -1);
		if (scope->handler_label >= 0)
			fprintf(out, " handler L%d", scope->handler_label);
		fputc('\n', out);
	}
}

static void print_insn(FILE *out, struct arena *arena, const struct ir_insn *insn)
{
	const char *text = ir_insn_text(arena, insn);

	if (insn->kind == IR_LABEL) {
		fprintf(out, "  %s\n", text);
		return;
	}
	fprintf(out, "    %s", text);
	if (insn->macro)
		fprintf(out, "  // %s", insn->macro);
	if (insn->span.line)
		fprintf(out, "  @%u:%u", insn->span.line, insn->span.column);
	fputc('\n', out);
}

static void print_flags(FILE *out, const struct ir_function *function)
{
	fputs(function->is_static ? " static" : "", out);
	fputs(function->is_inline ? " inline" : "", out);
	fputs(function->is_noreturn ? " noreturn" : "", out);
	fputs(function->is_implicit ? " implicit" : "", out);
	fputs(function->address_taken ? " address-taken" : "", out);
	if (function->code_section)
		fprintf(out, " section(%s)", function->code_section);
	print_annotations(out, function->annotations, function->annotation_count);
	if (function->is_incomplete)
		fprintf(out, " incomplete: %s", function->incomplete_reason ? function->incomplete_reason : "?");
}

void ir_print_function(FILE *out, const struct ir_function *function)
{
	struct arena *arena = arena_create();

	fprintf(out, "function %s: %s", function->name, type_text(function->type));
	print_flags(out, function);
	fputc('\n', out);
	if (!function->has_body)
		print_declared_params(out, function);
	if (function->has_body) {
		print_vars(out, function);
		print_scopes(out, function);
		for (int i = 0; i < function->insn_count; i++)
			print_insn(out, arena, function->insns[i]);
	}
	arena_destroy(arena);
}

static void print_binding(FILE *out, const struct ir_binding *binding)
{
	fprintf(out, "binding %s%s%s = %s", binding->record ? binding->record : "", binding->record ? "." : "",
		binding->field ? binding->field : "variable", binding->function->name);
	if (binding->object)
		fprintf(out, " in %s", binding->object);
	fputc('\n', out);
}

void ir_print_unit(FILE *out, const struct ir_unit *unit)
{
	fprintf(out, "unit %s\n", unit->file ? unit->file : "?");
	for (int i = 0; i < unit->note_count; i++)
		fprintf(out, "note %u:%u %s\n", unit->notes[i].span.line, unit->notes[i].span.column,
			unit->notes[i].text);
	for (int i = 0; i < unit->constant_count; i++)
		fprintf(out, "constant %s = %" PRId64 "\n", unit->constants[i].name, unit->constants[i].value);
	for (int i = 0; i < unit->global_count; i++)
		fprintf(out, "global %s: %s%s\n", unit->globals[i]->name, type_text(unit->globals[i]->type),
			unit->globals[i]->is_static ? " static" : "");
	for (int i = 0; i < unit->binding_count; i++)
		print_binding(out, &unit->bindings[i]);
	/* Declarations first: bodies then read without interruption. */
	for (int i = 0; i < unit->function_count; i++)
		if (!unit->functions[i]->has_body)
			ir_print_function(out, unit->functions[i]);
	for (int i = 0; i < unit->function_count; i++) {
		if (!unit->functions[i]->has_body)
			continue;
		fputc('\n', out);
		ir_print_function(out, unit->functions[i]);
	}
}
