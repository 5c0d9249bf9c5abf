/* Structured exception handling of Windows: __try with __except or __finally.
 * What leaves the protected body, and how it gets to a __finally, is for
 * checker/cfg; here are only the body, its handler and where each begins. */
#include "lower_int.h"

/* __leave goes to the end of the innermost __try. */
static struct ir_scope *try_body(struct lower *l, CXCursor cursor, CXCursor body, enum ir_scope_kind kind)
{
	struct ir_scope *scope = ir_scope_create(l->arena, l->body->function, kind, l->body->scope);
	int outer_leave = l->body->leave_label;
	struct ir_insn *insn = emit(l, IR_TRY_BEGIN, cursor);

	insn->opened = scope;
	scope->handler_label = label_new(l);
	l->body->leave_label = label_new(l);
	l->body->scope = scope;
	l->body->cleanup_depth += kind == IR_SCOPE_FINALLY;
	lower_stmt(l, body);
	emit_label(l, l->body->leave_label, cursor);
	insn = emit(l, IR_TRY_END, body);
	insn->opened = scope;
	insn->span.line = insn->span.end_line;
	insn->span.column = insn->span.end_column;
	l->body->cleanup_depth -= kind == IR_SCOPE_FINALLY;
	l->body->scope = scope->parent;
	l->body->leave_label = outer_leave;
	return scope;
}

static void lower_except(struct lower *l, CXCursor cursor, CXCursor body, CXCursor handler)
{
	struct kids kids = cursor_kids(l, handler);
	struct ir_scope *scope = try_body(l, cursor, body, IR_SCOPE_TRY);
	int handle = label_new(l), pass = label_new(l), end = label_new(l);
	const struct ir_expr *filter, *zero;
	int64_t value;

	scope->handles_nothing = kids.count > 1 && cursor_evaluate(kids.at[0], &value) && value <= 0;
	emit_jump(l, end, cursor);
	emit_label(l, scope->handler_label, handler);
	stmt_enter(l, handler, kids.count ? &kids.at[0] : NULL);
	if (kids.count > 1) {
		/* EXCEPTION_EXECUTE_HANDLER is 1; with another value the handler does
		 * not run, and where control goes then is beyond this function. */
		filter = lower_value(l, kids.at[0]);
		zero = expr_int(l, 0, l->type_int, kids.at[0]);
		emit_branch(l, expr_binary(l, IR_BINARY_GT, filter, zero, l->type_int, kids.at[0]), handle, pass,
			    kids.at[0]);
	} else {
		emit_jump(l, handle, handler);
	}
	emit_label(l, pass, handler);
	emit(l, IR_UNREACHABLE, handler);
	emit_label(l, handle, handler);
	if (kids.count)
		lower_stmt(l, kids.at[kids.count - 1]);
	emit_label(l, end, cursor);
}

static void lower_finally(struct lower *l, CXCursor cursor, CXCursor body, CXCursor handler)
{
	struct kids kids = cursor_kids(l, handler);
	struct ir_scope *scope = try_body(l, cursor, body, IR_SCOPE_FINALLY);
	struct ir_insn *insn;

	emit_label(l, scope->handler_label, handler);
	if (kids.count)
		lower_stmt(l, kids.at[kids.count - 1]);
	insn = emit(l, IR_FINALLY_END, handler);
	insn->opened = scope;
	insn->span.line = insn->span.end_line;
	insn->span.column = insn->span.end_column;
}

void lower_seh(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);

	if (kids.count == 2 && kids.at[1].kind == CXCursor_SEHExceptStmt)
		lower_except(l, cursor, kids.at[0], kids.at[1]);
	else if (kids.count == 2 && kids.at[1].kind == CXCursor_SEHFinallyStmt)
		lower_finally(l, cursor, kids.at[0], kids.at[1]);
	else
		body_incomplete(l, "a part of a __try statement could not be parsed");
}
