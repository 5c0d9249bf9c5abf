/* Expressions that are control flow or meet it: conditions, values put straight
 * into a place, values dropped, statement expressions. */
#include "lower_int.h"

/* ---- conditions -------------------------------------------------------------------- */

/* A condition on its way down to the leaf that is branched on. */
struct condition {
	CXCursor cursor;
	int on_true, on_false;
	bool is_negated;
	const struct ir_expr *value; /* already lowered, else NULL */
};

static void branch_leaf(struct lower *l, const struct condition *c)
{
	const struct ir_expr *value = c->value ? c->value : lower_value(l, c->cursor);
	struct ir_expr *negated;

	if (c->is_negated) {
		negated = expr_new(l, IR_EXPR_UNARY, l->type_int, c->cursor);
		negated->op.op = IR_UNARY_NOT;
		negated->op.left = value;
		negated->op.right = NULL;
		if (value->kind == IR_EXPR_INT) {
			negated->kind = IR_EXPR_INT;
			negated->value = !value->value;
		}
		value = negated;
	}
	emit_branch(l, value, c->on_true, c->on_false, c->cursor);
}

/* Sides swapped instead of a negation: for operators that are themselves flow. */
static void absorb_negation(struct condition *c)
{
	int on_true = c->on_true;

	if (!c->is_negated)
		return;
	c->on_true = c->on_false;
	c->on_false = on_true;
	c->is_negated = false;
}

static bool step_short_circuit(struct lower *l, struct condition *c, const struct kids *kids, bool is_and)
{
	int right = label_new(l);

	absorb_negation(c);
	lower_condition(l, kids->at[0], is_and ? right : c->on_true, is_and ? c->on_false : right);
	emit_label(l, right, kids->at[1]);
	c->cursor = kids->at[1];
	return true;
}

static bool step_binary(struct lower *l, struct condition *c)
{
	enum CXBinaryOperatorKind kind = clang.getCursorBinaryOperatorKind(c->cursor);
	struct kids kids;

	if (kind != CXBinaryOperator_LAnd && kind != CXBinaryOperator_LOr && kind != CXBinaryOperator_Comma)
		return false;
	kids = cursor_kids(l, c->cursor);
	if (kids.count != 2)
		return false;
	if (kind != CXBinaryOperator_Comma)
		return step_short_circuit(l, c, &kids, kind == CXBinaryOperator_LAnd);
	lower_effect(l, kids.at[0]);
	c->cursor = kids.at[1];
	return true;
}

static bool step_unary(struct lower *l, struct condition *c)
{
	enum CXUnaryOperatorKind kind = clang.getCursorUnaryOperatorKind(c->cursor);
	struct kids kids;

	if (kind != CXUnaryOperator_LNot && kind != CXUnaryOperator_Extension)
		return false;
	kids = cursor_kids(l, c->cursor);
	if (kids.count != 1)
		return false;
	c->is_negated ^= kind == CXUnaryOperator_LNot;
	c->cursor = kids.at[0];
	return true;
}

static bool step_conditional(struct lower *l, struct condition *c)
{
	struct kids kids = cursor_kids(l, c->cursor);
	int first, second;

	if (kids.count != 3)
		return false;
	absorb_negation(c);
	first = label_new(l);
	second = label_new(l);
	lower_condition(l, kids.at[0], first, second);
	emit_label(l, first, kids.at[1]);
	lower_condition(l, kids.at[1], c->on_true, c->on_false);
	emit_label(l, second, kids.at[2]);
	c->cursor = kids.at[2];
	return true;
}

/* likely() and unlikely() */
static bool step_expect(struct lower *l, struct condition *c)
{
	struct kids kids = cursor_kids(l, c->cursor);
	CXString string;
	bool is_expect = false;

	if (kids.count < 3)
		return false;
	string = clang.getCursorSpelling(c->cursor);
	if (clang.getCString(string))
		is_expect = cursor_is_expect(clang.getCString(string));
	clang.disposeString(string);
	if (is_expect)
		c->cursor = kids.at[1];
	return is_expect;
}

/* Widening keeps zero zero. */
static bool step_implicit(struct lower *l, struct condition *c)
{
	struct kids kids = cursor_kids(l, c->cursor);
	const struct ir_type *to, *from;

	if (cursor_is_recovery(c->cursor) || !cursor_is_implicit_cast(c->cursor, &kids))
		return false;
	to = cursor_type(l, c->cursor);
	from = cursor_type(l, kids.at[0]);
	if ((from->kind != IR_TYPE_INT && from->kind != IR_TYPE_BOOL) ||
	    (to->kind != IR_TYPE_BOOL && (to->kind != IR_TYPE_INT || to->size < from->size)))
		return false;
	c->cursor = kids.at[0];
	return true;
}

static bool step_stmt_expr(struct lower *l, struct condition *c)
{
	struct ir_scope *scope = l->body->scope;
	CXCursor whole = c->cursor;
	CXCursor last = lower_stmt_expr_head(l, whole);

	if (cursor_is_null(last)) {
		c->value = expr_unknown(l, whole);
	} else if (l->body->scope != scope) {
		/* Cleanups run between the value and the branch. */
		const struct ir_place *place = place_of_var(l, temp_new(l, cursor_type(l, whole), whole), whole);

		lower_into(l, last, place, false);
		c->value = expr_load(l, place, whole);
	}
	lower_stmt_expr_tail(l);
	c->cursor = last;
	return !c->value;
}

static bool step_paren(struct lower *l, struct condition *c)
{
	struct kids kids = cursor_kids(l, c->cursor);

	if (kids.count != 1)
		return false;
	c->cursor = kids.at[0];
	return true;
}

/* Goes one level down when the operator is flow; false at a leaf. */
static bool step_condition(struct lower *l, struct condition *c)
{
	if (cursor_event(l, c->cursor))
		return false;
	switch (c->cursor.kind) {
	case CXCursor_ParenExpr:
		return step_paren(l, c);
	case CXCursor_UnexposedExpr:
		return step_implicit(l, c);
	case CXCursor_UnaryOperator:
		return step_unary(l, c);
	case CXCursor_BinaryOperator:
		return step_binary(l, c);
	case CXCursor_ConditionalOperator:
		return step_conditional(l, c);
	case CXCursor_CallExpr:
		return step_expect(l, c);
	case CXCursor_StmtExpr:
		return step_stmt_expr(l, c);
	default:
		return false;
	}
}

static bool jumps_to(const struct ir_function *function, int from, int label)
{
	for (int i = from; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];

		if (insn->kind == IR_JUMP && insn->label == label)
			return true;
		if (insn->kind == IR_BRANCH && (insn->branch.on_true == label || insn->branch.on_false == label))
			return true;
	}
	return false;
}

int lower_condition(struct lower *l, CXCursor cursor, int on_true, int on_false)
{
	struct condition c = { .cursor = cursor, .on_true = on_true, .on_false = on_false };
	struct ir_function *function = l->body->function;
	int before = function->insn_count;
	struct invocation *outer;

	if (l->body->depth >= LOWER_MAX_DEPTH) {
		body_incomplete(l, "a condition is nested too deeply");
		emit_branch(l, expr_unknown(l, cursor), on_true, on_false, cursor);
		return -1;
	}
	outer = use_enter(l, cursor);
	l->body->depth++;
	while (step_condition(l, &c))
		;
	branch_leaf(l, &c);
	l->body->depth--;
	l->body->use = outer;
	if (!jumps_to(function, before, on_false))
		return 1;
	return jumps_to(function, before, on_true) ? -1 : 0;
}

/* ---- into a place ------------------------------------------------------------------- */

static bool compatible(const struct ir_type *from, const struct ir_type *to)
{
	return from->kind == to->kind || from->kind == IR_TYPE_UNKNOWN || to->kind == IR_TYPE_UNKNOWN;
}

/* A call may write its result straight into variables and fields. */
static bool takes_result(const struct ir_place *place)
{
	return place->kind == IR_PLACE_VAR || place->kind == IR_PLACE_FIELD;
}

static CXCursor peel_explicit_cast(struct lower *l, CXCursor cursor, const struct ir_place *place)
{
	struct kids kids = cursor_kids(l, cursor);
	const struct ir_type *type = cursor_type(l, cursor), *from;
	CXCursor inner;

	if (kids.count == 0)
		return cursor;
	inner = cursor_strip(l, kids.at[kids.count - 1]);
	from = cursor_type(l, inner);
	/* A cast between address spaces or widths says something: keep it. */
	if (!cursor_is_call(l, inner) || !compatible(type, place->type) || !compatible(from, type))
		return cursor;
	if (type->kind == IR_TYPE_POINTER ? type->space != from->space : type->size != from->size)
		return cursor;
	return inner;
}

/* Without the wrappers that do not change the kind of value. */
static CXCursor peel_for_place(struct lower *l, CXCursor cursor, const struct ir_place *place)
{
	for (;;) {
		struct kids kids;

		if (cursor_event(l, cursor))
			return cursor;
		if (cursor.kind == CXCursor_CStyleCastExpr)
			return peel_explicit_cast(l, cursor, place);
		if (cursor.kind != CXCursor_ParenExpr && cursor.kind != CXCursor_UnexposedExpr)
			return cursor;
		kids = cursor_kids(l, cursor);
		if (kids.count != 1 || !clang.isExpression(kids.at[0].kind))
			return cursor;
		if (cursor.kind == CXCursor_UnexposedExpr &&
		    (cursor_is_recovery(cursor) || !cursor_is_implicit_cast(cursor, &kids) ||
		     !compatible(cursor_type(l, kids.at[0]), place->type)))
			return cursor;
		cursor = kids.at[0];
	}
}

/* A side that is never taken is not lowered, but its label stays one. */
static void place_dead(struct lower *l, int known, int first, int second, CXCursor cursor)
{
	if (known == 0)
		emit_label(l, first, cursor);
	else if (known == 1)
		emit_label(l, second, cursor);
}

static void conditional_into(struct lower *l, CXCursor cursor, const struct ir_place *place)
{
	struct kids kids = cursor_kids(l, cursor);
	int first = label_new(l), second = label_new(l), end = label_new(l);
	int known;

	known = lower_condition(l, kids.at[0], first, second);
	if (known != 0) {
		emit_label(l, first, kids.at[1]);
		lower_into(l, kids.at[1], place, false);
	}
	if (known < 0)
		emit_jump(l, end, cursor);
	if (known != 1) {
		emit_label(l, second, kids.at[2]);
		lower_into(l, kids.at[2], place, false);
	}
	place_dead(l, known, first, second, cursor);
	emit_label(l, end, cursor);
}

/* a ?: b, of which libclang shows [a, a, a, b] */
static void elvis_into(struct lower *l, CXCursor cursor, const struct kids *kids, const struct ir_place *place)
{
	const struct ir_expr *value = lower_value(l, kids->at[0]);
	int first = label_new(l), second = label_new(l), end = label_new(l);

	emit_branch(l, value, first, second, kids->at[0]);
	emit_label(l, first, kids->at[0]);
	emit_assign(l, place, expr_convert(l, value, place->type, cursor), false, cursor);
	emit_jump(l, end, cursor);
	emit_label(l, second, kids->at[3]);
	lower_into(l, kids->at[3], place, false);
	emit_label(l, end, cursor);
}

static void bool_into(struct lower *l, CXCursor cursor, const struct ir_place *place)
{
	int yes = label_new(l), no = label_new(l), end = label_new(l);

	lower_condition(l, cursor, yes, no);
	emit_label(l, yes, cursor);
	emit_assign(l, place, expr_int(l, 1, l->type_int, cursor), false, cursor);
	emit_jump(l, end, cursor);
	emit_label(l, no, cursor);
	emit_assign(l, place, expr_int(l, 0, l->type_int, cursor), false, cursor);
	emit_label(l, end, cursor);
}

static void stmt_expr_into(struct lower *l, CXCursor cursor, const struct ir_place *place, bool is_init)
{
	CXCursor last = lower_stmt_expr_head(l, cursor);

	if (!cursor_is_null(last))
		lower_into(l, last, place, is_init);
	lower_stmt_expr_tail(l);
}

static void call_into(struct lower *l, CXCursor cursor, struct invocation *event, const struct ir_place *place,
		      bool is_init)
{
	bool is_direct = takes_result(place) && compatible(cursor_type(l, cursor), place->type);
	struct want want = { .result = is_direct ? place : NULL, .wants_value = true };
	const struct ir_expr *value = event ? lower_event(l, cursor, event, &want) : lower_call(l, cursor, &want);

	if (value)
		emit_assign(l, place, expr_convert(l, value, place->type, cursor), is_init, cursor);
}

static bool is_logical(CXCursor cursor)
{
	enum CXBinaryOperatorKind kind;

	if (cursor.kind != CXCursor_BinaryOperator)
		return false;
	kind = clang.getCursorBinaryOperatorKind(cursor);
	return kind == CXBinaryOperator_LAnd || kind == CXBinaryOperator_LOr;
}

/* Kinds that can write the place themselves; false: none of them. */
static bool expression_into(struct lower *l, CXCursor cursor, const struct ir_place *place, bool is_init)
{
	struct kids kids;

	if (cursor_is_call(l, cursor)) {
		call_into(l, cursor, NULL, place, is_init);
	} else if (cursor.kind == CXCursor_StmtExpr) {
		stmt_expr_into(l, cursor, place, is_init);
	} else if (is_logical(cursor)) {
		bool_into(l, cursor, place);
	} else if (cursor.kind == CXCursor_InitListExpr && place->type->kind == IR_TYPE_RECORD) {
		lower_initialiser(l, cursor, clang.getCursorType(cursor), place);
	} else if (cursor.kind == CXCursor_ConditionalOperator || cursor.kind == CXCursor_UnexposedExpr) {
		kids = cursor_kids(l, cursor);
		if (cursor.kind == CXCursor_ConditionalOperator && kids.count == 3)
			conditional_into(l, cursor, place);
		else if (cursor.kind == CXCursor_UnexposedExpr && kids.count == 4 && !cursor_is_recovery(cursor))
			elvis_into(l, cursor, &kids, place);
		else
			return false;
	} else {
		return false;
	}
	return true;
}

static bool special_into(struct lower *l, CXCursor cursor, const struct ir_place *place, bool is_init)
{
	struct invocation *event = cursor_event(l, cursor), *outer;
	bool is_done;

	if (event) {
		call_into(l, cursor, event, place, is_init);
		return true;
	}
	outer = use_enter(l, cursor);
	is_done = expression_into(l, cursor, place, is_init);
	l->body->use = outer;
	return is_done;
}

void lower_into(struct lower *l, CXCursor cursor, const struct ir_place *place, bool is_init)
{
	CXCursor inner;

	if (l->body->depth >= LOWER_MAX_DEPTH) {
		body_incomplete(l, "an expression is nested too deeply");
		return;
	}
	l->body->depth++;
	inner = peel_for_place(l, cursor, place);
	if (!special_into(l, inner, place, is_init))
		emit_assign(l, place, expr_convert(l, lower_value(l, cursor), place->type, cursor), is_init, cursor);
	l->body->depth--;
}

/* ---- dropped values -------------------------------------------------------------------- */

/* Reads something that may not be there, so the step must be kept even when the
 * value is not used. */
static bool reads_memory(const struct ir_expr *expr)
{
	const struct ir_place *place;

	switch (expr->kind) {
	case IR_EXPR_LOAD:
		for (place = expr->place; place->kind == IR_PLACE_FIELD || place->kind == IR_PLACE_INDEX;)
			place = place->part.base;
		return place->kind == IR_PLACE_DEREF;
	case IR_EXPR_UNARY:
		return reads_memory(expr->op.left);
	case IR_EXPR_BINARY:
		return reads_memory(expr->op.left) || reads_memory(expr->op.right);
	case IR_EXPR_CAST:
		return reads_memory(expr->cast.operand);
	default:
		return false;
	}
}

static void eval_effect(struct lower *l, CXCursor cursor)
{
	const struct ir_expr *value = lower_value(l, cursor);
	struct ir_insn *insn;

	if (value->kind == IR_EXPR_INT || value->kind == IR_EXPR_UNKNOWN)
		return;
	/* Type checks of macros compare addresses of dummies: noise. */
	if (value->macro && !reads_memory(value))
		return;
	if (value->kind == IR_EXPR_LOAD && value->place->kind == IR_PLACE_VAR && value->place->var->kind == IR_VAR_TEMP)
		return;
	insn = emit(l, IR_EVAL, cursor);
	insn->assign.value = value;
}

static void conditional_effect(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);
	int first = label_new(l), second = label_new(l), end = label_new(l);
	int known;

	known = lower_condition(l, kids.at[0], first, second);
	if (known != 0) {
		emit_label(l, first, kids.at[1]);
		lower_effect(l, kids.at[1]);
	}
	if (known < 0)
		emit_jump(l, end, cursor);
	if (known != 1) {
		emit_label(l, second, kids.at[2]);
		lower_effect(l, kids.at[2]);
	}
	place_dead(l, known, first, second, cursor);
	emit_label(l, end, cursor);
}

/* `ok && f();` runs f on one side only. */
static void binary_effect(struct lower *l, CXCursor cursor)
{
	enum CXBinaryOperatorKind kind = clang.getCursorBinaryOperatorKind(cursor);
	struct kids kids = cursor_kids(l, cursor);
	int right, end;

	if (kids.count == 2 && kind == CXBinaryOperator_Comma) {
		lower_effect(l, kids.at[0]);
		lower_effect(l, kids.at[1]);
		return;
	}
	if (kids.count != 2 || !is_logical(cursor)) {
		eval_effect(l, cursor);
		return;
	}
	right = label_new(l);
	end = label_new(l);
	lower_condition(l, kids.at[0], kind == CXBinaryOperator_LAnd ? right : end,
			kind == CXBinaryOperator_LAnd ? end : right);
	emit_label(l, right, kids.at[1]);
	lower_effect(l, kids.at[1]);
	emit_label(l, end, cursor);
}

static void stmt_expr_effect(struct lower *l, CXCursor cursor)
{
	CXCursor last = lower_stmt_expr_head(l, cursor);

	if (!cursor_is_null(last))
		lower_effect(l, last);
	lower_stmt_expr_tail(l);
}

/* (void)f() says that the author drops the result knowingly. */
static void cast_effect(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);
	struct want want = { .is_void_cast = cursor_type(l, cursor)->kind == IR_TYPE_VOID };
	CXCursor operand, inner;
	struct invocation *event;

	if (kids.count == 0 || !clang.isExpression(kids.at[kids.count - 1].kind))
		return;
	operand = kids.at[kids.count - 1];
	inner = cursor_strip(l, operand);
	event = cursor_event(l, inner);
	if (event)
		lower_event(l, inner, event, &want);
	else if (cursor_is_call(l, inner))
		lower_call(l, inner, &want);
	else
		lower_effect(l, operand);
}

static void call_effect(struct lower *l, CXCursor cursor)
{
	struct want want = { 0 };

	lower_call(l, cursor, &want);
}

static void effect(struct lower *l, CXCursor cursor)
{
	switch (cursor.kind) {
	case CXCursor_BinaryOperator:
		binary_effect(l, cursor);
		break;
	case CXCursor_ConditionalOperator:
		conditional_effect(l, cursor);
		break;
	case CXCursor_StmtExpr:
		stmt_expr_effect(l, cursor);
		break;
	case CXCursor_CStyleCastExpr:
		cast_effect(l, cursor);
		break;
	default:
		eval_effect(l, cursor);
	}
}

void lower_effect(struct lower *l, CXCursor cursor)
{
	struct invocation *event;
	struct want want = { 0 };
	struct kids kids;

	/* Wrappers do nothing when the value is dropped. */
	for (;;) {
		event = cursor_event(l, cursor);
		if (event) {
			lower_event(l, cursor, event, &want);
			return;
		}
		if (cursor_is_call(l, cursor)) {
			call_effect(l, cursor);
			return;
		}
		if (cursor.kind != CXCursor_ParenExpr && cursor.kind != CXCursor_UnexposedExpr)
			break;
		kids = cursor_kids(l, cursor);
		if (kids.count != 1 || (cursor.kind == CXCursor_UnexposedExpr &&
					(cursor_is_recovery(cursor) || !cursor_is_implicit_cast(cursor, &kids))))
			break;
		cursor = kids.at[0];
	}
	if (l->body->depth >= LOWER_MAX_DEPTH) {
		body_incomplete(l, "an expression is nested too deeply");
		return;
	}
	l->body->depth++;
	if (!lower_operator_effect(l, cursor))
		effect(l, cursor);
	l->body->depth--;
}
