/* Checks what later stages rely on; see ir_verify_function in ir.h.
 *
 * The first problem found is kept and everything after it skipped, so each
 * check may assume that those before it passed. Expressions are walked with a
 * loop along their left side: a sum of ten thousand terms is legal C. */
#include "ir/ir.h"

#include <inttypes.h>

struct verifier {
	struct arena *arena;
	const struct ir_function *function;
	const struct ir_insn *insn;  /* the step being checked, or NULL */
	const struct ir_scope *open; /* innermost scope open at it */
	int *placed;		     /* per label: how often it is placed */
	int *finally_ends;	     /* per scope */
	const char *problem;
};

static void complain(struct verifier *v, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void complain(struct verifier *v, const char *format, ...)
{
	const char *what;
	va_list args;

	if (v->problem)
		return;
	va_start(args, format);
	what = arena_vprintf(v->arena, format, args);
	va_end(args);
	if (v->insn)
		v->problem = arena_printf(v->arena, "%s: step %d (line %u): %s", v->function->name, v->insn->index,
					  v->insn->span.line, what);
	else
		v->problem = arena_printf(v->arena, "%s: %s", v->function->name, what);
}

/* ---- declarations --------------------------------------------------------- */

static void check_vars(struct verifier *v)
{
	const struct ir_function *function = v->function;

	for (int i = 0; i < function->var_count; i++) {
		const struct ir_var *var = function->vars[i];

		if (!var || !var->name || !var->type)
			complain(v, "variable %d has no name or no type", i);
		else if (var->id != i)
			complain(v, "variable %s has id %d at position %d", var->name, var->id, i);
		else if (var->kind == IR_VAR_GLOBAL)
			complain(v, "global %s among the function's variables", var->name);
		else if ((var->kind == IR_VAR_PARAM) != (i < function->param_count))
			complain(v, "parameters do not come first: %s", var->name);
		if (v->problem)
			return;
	}
	for (int i = 0; i < function->param_count; i++) {
		const struct ir_var *param = i < function->var_count ? function->params[i] : NULL;

		if (!param || param != function->vars[i] || param->param != i)
			complain(v, "parameter %d is not variable %d", i, i);
	}
}

static void check_label(struct verifier *v, int label)
{
	if (label < 0 || label >= v->function->label_count)
		complain(v, "label %d is out of range", label);
	else if (!v->placed[label])
		complain(v, "label %d is not placed", label);
}

static void check_scope(struct verifier *v, const struct ir_scope *scope, int position)
{
	if (!scope || scope->id != position) {
		complain(v, "scope %d has a wrong id", position);
		return;
	}
	if ((scope->parent == NULL) != (position == 0))
		complain(v, "scope %d: only scope 0 has no parent", position);
	else if (scope->parent && (scope->parent->id < 0 || scope->parent->id >= position ||
				   v->function->scopes[scope->parent->id] != scope->parent))
		complain(v, "scope %d: its parent is not an earlier scope of the function", position);
	if (scope->kind != IR_SCOPE_BLOCK)
		check_label(v, scope->handler_label);
	for (int i = 0; i < scope->cleanup_count; i++)
		if (!scope->cleanups[i] || !scope->cleanups[i]->cleanup)
			complain(v, "scope %d: cleanup %d is no variable with cleanup", position, i);
}

static void check_scopes(struct verifier *v)
{
	if (v->function->scope_count == 0 || v->function->scopes[0]->kind != IR_SCOPE_BLOCK)
		complain(v, "scope 0 is not a block");
	for (int i = 0; i < v->function->scope_count && !v->problem; i++)
		check_scope(v, v->function->scopes[i], i);
}

static void count_labels(struct verifier *v)
{
	for (int i = 0; i < v->function->insn_count; i++) {
		const struct ir_insn *insn = v->function->insns[i];

		if (!insn || insn->index != i) {
			complain(v, "step %d has a wrong index", i);
			return;
		}
		if (insn->kind != IR_LABEL)
			continue;
		if (insn->label < 0 || insn->label >= v->function->label_count)
			complain(v, "label %d is out of range", insn->label);
		else if (v->placed[insn->label]++)
			complain(v, "label %d is placed twice", insn->label);
	}
}

/* ---- expressions ---------------------------------------------------------- */

static void check_expr(struct verifier *v, const struct ir_expr *expr, const char *role);

static void check_var(struct verifier *v, const struct ir_var *var)
{
	const struct ir_function *function = v->function;

	if (!var)
		complain(v, "a place has no variable");
	else if (!var->type)
		complain(v, "a variable has no type");
	else if (var->kind != IR_VAR_GLOBAL &&
		 (var->id < 0 || var->id >= function->var_count || function->vars[var->id] != var))
		complain(v, "variable %s is not one of the function's", var->name ? var->name : "?");
}

static void check_place(struct verifier *v, const struct ir_place *place, const char *role)
{
	for (; !v->problem; place = place->part.base) {
		if (!place || !place->type) {
			complain(v, "%s: a place or its type is missing", role);
			return;
		}
		switch (place->kind) {
		case IR_PLACE_VAR:
			check_var(v, place->var);
			return;
		case IR_PLACE_DEREF:
			check_expr(v, place->pointer, role);
			return;
		case IR_PLACE_FIELD:
			if (!place->part.field)
				complain(v, "%s: a field has no name", role);
			break;
		case IR_PLACE_INDEX:
			check_expr(v, place->part.index, role);
			break;
		default:
			complain(v, "%s: unknown kind of place", role);
			return;
		}
	}
}

/* Checks one node; gives the operand to go on with, or NULL at a leaf. */
static const struct ir_expr *check_node(struct verifier *v, const struct ir_expr *expr, const char *role)
{
	switch (expr->kind) {
	case IR_EXPR_UNKNOWN:
	case IR_EXPR_INT:
	case IR_EXPR_FLOAT:
	case IR_EXPR_STRING:
		return NULL;
	case IR_EXPR_FUNCTION:
		if (!expr->function)
			complain(v, "%s: a function is missing", role);
		return NULL;
	case IR_EXPR_LABEL_ADDR:
		check_label(v, expr->label);
		return NULL;
	case IR_EXPR_LOAD:
	case IR_EXPR_ADDRESS:
		check_place(v, expr->place, role);
		return NULL;
	case IR_EXPR_UNARY:
		if (expr->op.op < 0 || expr->op.op > IR_UNARY_COMPL)
			complain(v, "%s: unknown unary operator", role);
		break;
	case IR_EXPR_BINARY:
		if (expr->op.op < 0 || expr->op.op > IR_BINARY_GE)
			complain(v, "%s: unknown binary operator", role);
		check_expr(v, expr->op.right, role);
		break;
	case IR_EXPR_CAST:
		if (!expr->cast.operand)
			complain(v, "%s: a cast has no operand", role);
		return expr->cast.operand;
	case IR_EXPR_SIZEOF:
		return expr->size.operand;
	default:
		complain(v, "%s: unknown kind of expression", role);
		return NULL;
	}
	if (!expr->op.left)
		complain(v, "%s: an operand is missing", role);
	return expr->op.left;
}

static void check_expr(struct verifier *v, const struct ir_expr *expr, const char *role)
{
	if (!expr) {
		complain(v, "%s is missing", role);
		return;
	}
	for (; expr && !v->problem; expr = check_node(v, expr, role))
		if (!expr->type)
			complain(v, "%s: an expression has no type", role);
}

/* ---- steps -------------------------------------------------------------------- */

static void check_call(struct verifier *v, const struct ir_call *call)
{
	if (!call->callee && !call->target && !call->macro)
		complain(v, "a call has no callee, target or macro");
	if (call->callee && call->target)
		complain(v, "a call has both a callee and a target");
	if (call->target)
		check_expr(v, call->target, "called expression");
	for (int i = 0; i < call->arg_count; i++)
		check_expr(v, call->args[i], "argument");
	if (call->result)
		check_place(v, call->result, "call result");
}

static void check_asm(struct verifier *v, const struct ir_insn *insn)
{
	for (int i = 0; i < insn->assembly.output_count; i++)
		check_place(v, insn->assembly.outputs[i], "asm output");
	for (int i = 0; i < insn->assembly.input_count; i++)
		check_expr(v, insn->assembly.inputs[i], "asm input");
	for (int i = 0; i < insn->assembly.label_count; i++)
		check_label(v, insn->assembly.labels[i]);
}

static void check_switch(struct verifier *v, const struct ir_insn *insn)
{
	check_expr(v, insn->select.value, "switch value");
	check_label(v, insn->select.default_label);
	for (int i = 0; i < insn->select.case_count; i++) {
		const struct ir_switch_case *arm = &insn->select.cases[i];

		if (arm->low > arm->high)
			complain(v, "case range %" PRId64 "...%" PRId64 " is empty", arm->low, arm->high);
		check_label(v, arm->label);
	}
}

/* The scope a step opens or closes is one of the function's, of the right kind. */
static bool check_opened(struct verifier *v)
{
	const struct ir_scope *scope = v->insn->opened;
	bool is_block = v->insn->kind == IR_SCOPE_ENTER || v->insn->kind == IR_SCOPE_EXIT;

	if (!scope || scope->id < 0 || scope->id >= v->function->scope_count || v->function->scopes[scope->id] != scope)
		complain(v, "the scope is not one of the function's");
	else if (is_block != (scope->kind == IR_SCOPE_BLOCK))
		complain(v, "scope %d is of the wrong kind", scope->id);
	return !v->problem;
}

static void check_open(struct verifier *v)
{
	if (!check_opened(v))
		return;
	if (v->insn->opened->id == 0)
		return; /* scopes[0] is open anyway; entering it is allowed */
	if (v->insn->opened->parent != v->open)
		complain(v, "scope %d is opened inside scope %d, not its parent", v->insn->opened->id, v->open->id);
	v->open = v->insn->opened;
}

static void check_close(struct verifier *v)
{
	if (!check_opened(v) || v->insn->opened->id == 0)
		return;
	if (v->insn->opened != v->open)
		complain(v, "scope %d is closed while scope %d is open", v->insn->opened->id, v->open->id);
	else
		v->open = v->open->parent;
}

static void check_finally_end(struct verifier *v)
{
	if (!check_opened(v))
		return;
	if (v->insn->opened->kind != IR_SCOPE_FINALLY)
		complain(v, "scope %d has no finally body", v->insn->opened->id);
	else if (v->finally_ends[v->insn->opened->id]++)
		complain(v, "the finally body of scope %d ends twice", v->insn->opened->id);
}

/* A step that opens or closes a scope may name the scope on either side of it. */
static void check_insn_scope(struct verifier *v, const struct ir_scope *before)
{
	if (!v->insn->scope)
		complain(v, "the step has no scope");
	else if (v->insn->scope != v->open && v->insn->scope != before)
		complain(v, "the step names scope %d inside scope %d", v->insn->scope->id, v->open->id);
}

static void check_insn(struct verifier *v, const struct ir_insn *insn)
{
	switch (insn->kind) {
	case IR_DECLARE:
		check_var(v, insn->var);
		break;
	case IR_ASSIGN:
		check_place(v, insn->assign.place, "assigned place");
		check_expr(v, insn->assign.value, "assigned value");
		break;
	case IR_ZERO:
		check_place(v, insn->assign.place, "zeroed place");
		break;
	case IR_EVAL:
	case IR_COMPUTED_JUMP:
		check_expr(v, insn->assign.value, "value");
		break;
	case IR_CALL:
		check_call(v, &insn->call);
		break;
	case IR_ASM:
		check_asm(v, insn);
		break;
	case IR_LABEL: /* count_labels */
		break;
	case IR_JUMP:
		check_label(v, insn->label);
		break;
	case IR_BRANCH:
		check_expr(v, insn->branch.condition, "condition");
		check_label(v, insn->branch.on_true);
		check_label(v, insn->branch.on_false);
		break;
	case IR_SWITCH:
		check_switch(v, insn);
		break;
	case IR_RETURN:
		if (insn->assign.value)
			check_expr(v, insn->assign.value, "returned value");
		break;
	case IR_SCOPE_ENTER:
	case IR_TRY_BEGIN:
		check_open(v);
		break;
	case IR_SCOPE_EXIT:
	case IR_TRY_END:
		check_close(v);
		break;
	case IR_FINALLY_END:
		check_finally_end(v);
		break;
	case IR_UNREACHABLE:
		break;
	default:
		complain(v, "unknown kind of step");
	}
}

static void check_insns(struct verifier *v)
{
	v->open = v->function->scopes[0];
	for (int i = 0; i < v->function->insn_count && !v->problem; i++) {
		const struct ir_scope *before = v->open;

		v->insn = v->function->insns[i];
		check_insn(v, v->insn);
		check_insn_scope(v, before);
	}
	v->insn = NULL;
	if (v->open != v->function->scopes[0])
		complain(v, "scope %d is never closed", v->open->id);
	for (int i = 0; i < v->function->scope_count; i++)
		if (v->function->scopes[i]->kind == IR_SCOPE_FINALLY && !v->finally_ends[i])
			complain(v, "the finally body of scope %d has no end", i);
}

const char *ir_verify_function(struct arena *arena, const struct ir_function *function)
{
	struct verifier v = { .arena = arena, .function = function };

	if (!function->has_body)
		complain(&v, "the function has no body");
	v.placed = ARENA_ARRAY(arena, int, (size_t)function->label_count);
	v.finally_ends = ARENA_ARRAY(arena, int, (size_t)function->scope_count);
	if (!v.problem)
		check_vars(&v);
	if (!v.problem)
		count_labels(&v);
	if (!v.problem)
		check_scopes(&v);
	if (!v.problem)
		check_insns(&v);
	return v.problem;
}
