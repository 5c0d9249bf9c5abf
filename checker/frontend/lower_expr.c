/* Expressions to values: pure trees over places.
 *
 * Everything that has an effect (calls, assignments, increments) or chooses
 * (&&, ||, ?:) becomes steps before the tree that uses its value. libclang hides
 * the kinds of implicit casts, but each kind can be told from the types on both
 * sides, so loads and decays are made where a place meets a value. */
#include "lower_int.h"

#include <stdlib.h>
#include <string.h>

static const struct ir_expr *expr_unary(struct lower *l, enum ir_unary op, const struct ir_expr *operand,
					CXCursor cursor)
{
	struct ir_expr *expr = expr_new(l, IR_EXPR_UNARY, cursor_type(l, cursor), cursor);
	int64_t value;

	expr->op.op = op;
	expr->op.left = operand;
	expr->op.right = NULL;
	/* -EINVAL of a driver stays a tree, as EINVAL is what has the name. */
	if (operand->kind == IR_EXPR_INT && expr_folds(expr, operand, NULL) && expr_constant(operand, &value)) {
		if (op == IR_UNARY_NEG)
			value = (int64_t)(0 - (uint64_t)value);
		else
			value = op == IR_UNARY_NOT ? !value : ~value;
		expr->kind = IR_EXPR_INT;
		expr->macro = NULL;
		expr->value = type_truncate(expr->type, value);
	}
	return expr;
}

/* ---- literals -------------------------------------------------------------- */

static const struct ir_expr *value_integer(struct lower *l, CXCursor cursor)
{
	struct spelled spelled = cursor_spelled(l, cursor);
	int64_t value = 0;

	/* Reading the digits is far cheaper than clang's evaluator. The text ends
	 * in a NUL that libclang keeps after every file. */
	if (spelled.text && spelled.text[spelled.begin] >= '0' && spelled.text[spelled.begin] <= '9' &&
	    (spelled.text[spelled.begin] != '0' || (spelled.text[spelled.begin + 1] | 0x20) != 'b'))
		value = (int64_t)strtoull(spelled.text + spelled.begin, NULL, 0);
	else if (!cursor_evaluate(cursor, &value))
		return expr_unknown(l, cursor);
	return expr_int(l, value, cursor_type(l, cursor), cursor);
}

/* Whatever clang can compute: character literals, offsetof, true, alignof. */
static const struct ir_expr *value_evaluated(struct lower *l, CXCursor cursor)
{
	int64_t value;

	if (!cursor_evaluate(cursor, &value))
		return expr_unknown(l, cursor);
	return expr_int(l, value, cursor_type(l, cursor), cursor);
}

static const struct ir_expr *value_float(struct lower *l, CXCursor cursor)
{
	return expr_new(l, IR_EXPR_FLOAT, cursor_type(l, cursor), cursor);
}

static const struct ir_expr *value_string(struct lower *l, CXCursor cursor)
{
	struct ir_expr *expr = expr_new(l, IR_EXPR_STRING, cursor_type(l, cursor), cursor);
	CXString string = clang.getCursorSpelling(cursor);
	const char *text = clang.getCString(string);
	const char *open = text ? strchr(text, '"') : NULL;

	if (open && strlen(open) >= 2)
		expr->text = intern_n(l->pool, open + 1, strlen(open) - 2);
	else
		expr->text = intern(l->pool, "");
	clang.disposeString(string);
	return expr;
}

/* ---- names and places ------------------------------------------------------- */

static const struct ir_expr *value_function(struct lower *l, CXCursor declaration, CXCursor cursor)
{
	struct ir_function *function = function_of(l, declaration);
	struct ir_expr *expr = expr_new(l, IR_EXPR_FUNCTION, type_pointer_to(l, function->type), cursor);

	function->address_taken = true;
	expr->function = function;
	return expr;
}

/* Its name is kept where a macro's would be: kernels turn one into the other. */
static const struct ir_expr *value_enumerator(struct lower *l, CXCursor declaration, CXCursor cursor)
{
	struct ir_expr *expr = expr_new(l, IR_EXPR_INT, cursor_type(l, cursor), cursor);

	expr->value = clang.getEnumConstantDeclValue(declaration);
	expr->macro = cursor_name(l, declaration);
	expr->enumeration = record_tag(l, clang.getCursorSemanticParent(declaration));
	return expr;
}

static const struct ir_expr *value_decl_ref(struct lower *l, CXCursor cursor)
{
	CXCursor declaration = clang.getCursorReferenced(cursor);

	switch (declaration.kind) {
	case CXCursor_FunctionDecl:
		return value_function(l, declaration, cursor);
	case CXCursor_EnumConstantDecl:
		return value_enumerator(l, declaration, cursor);
	case CXCursor_VarDecl:
	case CXCursor_ParmDecl:
		return expr_load(l, lower_place(l, cursor), cursor);
	default:
		return expr_unknown(l, cursor);
	}
}

static const struct ir_expr *value_place(struct lower *l, CXCursor cursor)
{
	return expr_load(l, lower_place(l, cursor), cursor);
}

static const struct ir_expr *value_paren(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);

	return kids.count ? lower_value(l, kids.at[kids.count - 1]) : expr_unknown(l, cursor);
}

static const struct ir_expr *value_label(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);
	struct ir_expr *expr;

	if (kids.count == 0 || kids.at[0].kind != CXCursor_LabelRef)
		return expr_unknown(l, cursor);
	expr = expr_new(l, IR_EXPR_LABEL_ADDR, cursor_type(l, cursor), cursor);
	expr->label = label_of(l, clang.getCursorReferenced(kids.at[0]));
	return expr;
}

/* ---- operators ---------------------------------------------------------------- */

/* x++ and friends; the old value goes to a temporary when it is wanted. */
static const struct ir_expr *step_place(struct lower *l, CXCursor cursor, bool wants_value)
{
	enum CXUnaryOperatorKind op = clang.getCursorUnaryOperatorKind(cursor);
	bool is_post = op == CXUnaryOperator_PostInc || op == CXUnaryOperator_PostDec;
	bool is_add = op == CXUnaryOperator_PostInc || op == CXUnaryOperator_PreInc;
	struct kids kids = cursor_kids(l, cursor);
	const struct ir_place *place, *old = NULL;
	const struct ir_expr *current, *one;

	if (kids.count != 1)
		return expr_unknown(l, cursor);
	place = lower_place(l, kids.at[0]);
	current = expr_load(l, place, cursor);
	if (is_post && wants_value) {
		old = place_of_var(l, temp_new(l, place->type, cursor), cursor);
		emit_assign(l, old, current, false, cursor);
	}
	one = expr_int(l, 1, l->type_int, cursor);
	emit_assign(l, place, expr_binary(l, is_add ? IR_BINARY_ADD : IR_BINARY_SUB, current, one, place->type, cursor),
		    false, cursor);
	if (!wants_value)
		return NULL;
	return expr_load(l, old ? old : place, cursor);
}

/* x != 0, which !(...) makes of it when negated once more */
static bool is_compared_with_zero(const struct ir_expr *expr)
{
	return expr->kind == IR_EXPR_BINARY && expr->op.op == IR_BINARY_NE && expr->op.right->kind == IR_EXPR_INT &&
	       expr->op.right->value == 0 && !expr->op.right->macro;
}

static const struct ir_expr *value_not(struct lower *l, CXCursor cursor, CXCursor operand)
{
	const struct ir_expr *value = lower_value(l, operand);
	const struct ir_type *type = cursor_type(l, cursor);

	if (is_compared_with_zero(value))
		return expr_unary(l, IR_UNARY_NOT, value->op.left, cursor);
	if (value->kind != IR_EXPR_UNARY || value->op.op != IR_UNARY_NOT)
		return expr_unary(l, IR_UNARY_NOT, value, cursor);
	/* !!x is x != 0; of a comparison it is the comparison. */
	if (expr_is_boolean(value->op.left))
		return value->op.left;
	return expr_binary(l, IR_BINARY_NE, value->op.left, expr_int(l, 0, value->op.left->type, cursor), type, cursor);
}

static const struct ir_expr *value_address_of(struct lower *l, CXCursor cursor, CXCursor operand)
{
	CXCursor inner = cursor_strip(l, operand);
	CXCursor declaration;

	if (inner.kind == CXCursor_DeclRefExpr) {
		declaration = clang.getCursorReferenced(inner);
		if (declaration.kind == CXCursor_FunctionDecl)
			return value_function(l, declaration, cursor);
	}
	return expr_address(l, lower_place(l, operand), cursor);
}

static const struct ir_expr *value_unary(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);

	if (kids.count != 1)
		return expr_unknown(l, cursor);
	switch (clang.getCursorUnaryOperatorKind(cursor)) {
	case CXUnaryOperator_PostInc:
	case CXUnaryOperator_PostDec:
	case CXUnaryOperator_PreInc:
	case CXUnaryOperator_PreDec:
		return step_place(l, cursor, true);
	case CXUnaryOperator_AddrOf:
		return value_address_of(l, cursor, kids.at[0]);
	case CXUnaryOperator_Deref:
		return value_place(l, cursor);
	case CXUnaryOperator_Plus:
	case CXUnaryOperator_Extension:
		return lower_value(l, kids.at[0]);
	case CXUnaryOperator_Minus:
		return expr_unary(l, IR_UNARY_NEG, lower_value(l, kids.at[0]), cursor);
	case CXUnaryOperator_Not:
		return expr_unary(l, IR_UNARY_COMPL, lower_value(l, kids.at[0]), cursor);
	case CXUnaryOperator_LNot:
		return value_not(l, cursor, kids.at[0]);
	default:
		lower_effect(l, kids.at[0]);
		return expr_unknown(l, cursor);
	}
}

/* The IR operation of an operator or of its compound assignment; -1: none. */
static int binary_op(enum CXBinaryOperatorKind kind)
{
	static const signed char ops[] = {
		[CXBinaryOperator_Mul] = IR_BINARY_MUL + 1,	  [CXBinaryOperator_Div] = IR_BINARY_DIV + 1,
		[CXBinaryOperator_Rem] = IR_BINARY_REM + 1,	  [CXBinaryOperator_Add] = IR_BINARY_ADD + 1,
		[CXBinaryOperator_Sub] = IR_BINARY_SUB + 1,	  [CXBinaryOperator_Shl] = IR_BINARY_SHL + 1,
		[CXBinaryOperator_Shr] = IR_BINARY_SHR + 1,	  [CXBinaryOperator_LT] = IR_BINARY_LT + 1,
		[CXBinaryOperator_GT] = IR_BINARY_GT + 1,	  [CXBinaryOperator_LE] = IR_BINARY_LE + 1,
		[CXBinaryOperator_GE] = IR_BINARY_GE + 1,	  [CXBinaryOperator_EQ] = IR_BINARY_EQ + 1,
		[CXBinaryOperator_NE] = IR_BINARY_NE + 1,	  [CXBinaryOperator_And] = IR_BINARY_AND + 1,
		[CXBinaryOperator_Xor] = IR_BINARY_XOR + 1,	  [CXBinaryOperator_Or] = IR_BINARY_OR + 1,
		[CXBinaryOperator_MulAssign] = IR_BINARY_MUL + 1, [CXBinaryOperator_DivAssign] = IR_BINARY_DIV + 1,
		[CXBinaryOperator_RemAssign] = IR_BINARY_REM + 1, [CXBinaryOperator_AddAssign] = IR_BINARY_ADD + 1,
		[CXBinaryOperator_SubAssign] = IR_BINARY_SUB + 1, [CXBinaryOperator_ShlAssign] = IR_BINARY_SHL + 1,
		[CXBinaryOperator_ShrAssign] = IR_BINARY_SHR + 1, [CXBinaryOperator_AndAssign] = IR_BINARY_AND + 1,
		[CXBinaryOperator_XorAssign] = IR_BINARY_XOR + 1, [CXBinaryOperator_OrAssign] = IR_BINARY_OR + 1,
	};

	if ((size_t)kind >= sizeof(ops))
		return -1;
	return ops[kind] - 1;
}

/* a && b, a || b where a number is needed. */
static const struct ir_expr *value_short_circuit(struct lower *l, CXCursor cursor)
{
	const struct ir_type *type = cursor_type(l, cursor);
	const struct ir_place *place = place_of_var(l, temp_new(l, type, cursor), cursor);

	lower_into(l, cursor, place, false);
	return expr_load(l, place, cursor);
}

static const struct ir_expr *value_assign(struct lower *l, CXCursor cursor, const struct kids *kids, bool wants_value)
{
	const struct ir_place *place = lower_place(l, kids->at[0]);

	lower_into(l, kids->at[1], place, false);
	return wants_value ? expr_load(l, place, cursor) : NULL;
}

static const struct ir_expr *binary(struct lower *l, CXCursor cursor, bool wants_value)
{
	enum CXBinaryOperatorKind kind = clang.getCursorBinaryOperatorKind(cursor);
	struct kids kids = cursor_kids(l, cursor);
	const struct ir_expr *left;
	int op = binary_op(kind);

	if (kids.count != 2)
		return expr_unknown(l, cursor);
	if (kind == CXBinaryOperator_Assign)
		return value_assign(l, cursor, &kids, wants_value);
	if (kind == CXBinaryOperator_LAnd || kind == CXBinaryOperator_LOr)
		return value_short_circuit(l, cursor);
	if (kind == CXBinaryOperator_Comma) {
		lower_effect(l, kids.at[0]);
		return lower_value(l, kids.at[1]);
	}
	left = lower_value(l, kids.at[0]);
	if (op < 0) {
		lower_effect(l, kids.at[1]);
		return expr_unknown(l, cursor);
	}
	return expr_binary(l, (enum ir_binary)op, left, lower_value(l, kids.at[1]), cursor_type(l, cursor), cursor);
}

static const struct ir_expr *value_binary(struct lower *l, CXCursor cursor)
{
	return binary(l, cursor, true);
}

static const struct ir_expr *compound_assign(struct lower *l, CXCursor cursor, bool wants_value)
{
	int op = binary_op(clang.getCursorBinaryOperatorKind(cursor));
	struct kids kids = cursor_kids(l, cursor);
	const struct ir_place *place;
	const struct ir_expr *right, *value;

	if (kids.count != 2 || op < 0)
		return expr_unknown(l, cursor);
	place = lower_place(l, kids.at[0]);
	right = lower_value(l, kids.at[1]);
	value = expr_binary(l, (enum ir_binary)op, expr_load(l, place, kids.at[0]), right, place->type, cursor);
	emit_assign(l, place, value, false, cursor);
	return wants_value ? expr_load(l, place, cursor) : NULL;
}

static const struct ir_expr *value_compound_assign(struct lower *l, CXCursor cursor)
{
	return compound_assign(l, cursor, true);
}

/* ---- casts, sizeof ------------------------------------------------------------ */

/* `__force` may be visible in the type (pointers) or only in the text. */
static bool is_force_cast(struct lower *l, CXCursor cursor)
{
	static const char word[] = "__force";
	struct spelled spelled = cursor_spelled(l, cursor);
	unsigned end;

	if (!spelled.text || spelled.text[spelled.begin] != '(')
		return false;
	for (end = spelled.begin; end < spelled.size && spelled.text[end] != ')' && spelled.text[end] != '\n'; end++)
		if (strncmp(spelled.text + end, word, sizeof(word) - 1) == 0)
			return true;
	return false;
}

static const struct ir_expr *value_cast(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);
	const struct ir_type *type = cursor_type(l, cursor);
	const struct ir_expr *operand;
	struct ir_expr *expr;

	/* Children of the type (parameters, typeof operands) come first. */
	if (kids.count == 0 || !clang.isExpression(kids.at[kids.count - 1].kind))
		return expr_unknown(l, cursor);
	if (type->kind == IR_TYPE_VOID) {
		lower_effect(l, cursor);
		return expr_unknown(l, cursor);
	}
	operand = lower_value(l, kids.at[kids.count - 1]);
	if (expr_converts_constant(operand, type)) {
		expr = expr_new(l, IR_EXPR_INT, type, cursor);
		expr->value = type_truncate(type, operand->value);
		expr->macro = operand->macro;
		return expr;
	}
	expr = expr_new(l, IR_EXPR_CAST, type, cursor);
	expr->cast.operand = operand;
	expr->cast.is_explicit = true;
	expr->cast.is_force = is_force_cast(l, cursor);
	/* NT_SUCCESS(s) and the like cast to what the operand is. */
	if (expr->macro && !expr->cast.is_force && type->kind == IR_TYPE_INT && operand->type->kind == IR_TYPE_INT &&
	    type->size == operand->type->size && type->is_unsigned == operand->type->is_unsigned)
		return operand;
	return expr;
}

const struct ir_expr *lower_unevaluated(struct lower *l, CXCursor cursor)
{
	struct ir_function *function = l->body ? l->body->function : NULL;
	int before = function ? function->insn_count : 0;
	const struct ir_expr *expr;

	if (!function)
		return NULL;
	expr = lower_value(l, cursor);
	if (function->insn_count == before)
		return expr;
	/* It has side effects, which sizeof does not run. */
	function->insn_count = before;
	return NULL;
}

/* sizeof(type): libclang shows the type's name but neither `*` nor `[]`, nor
 * plain types at all, so these are read from the text and checked by size. */
static const struct ir_type *measured_type(struct lower *l, const struct kids *kids, const struct spelled *spelled,
					   int64_t size)
{
	struct text_range range;
	unsigned open = text_skip_space(spelled->text, spelled->size, spelled->begin + (unsigned)strlen("sizeof"));
	unsigned close;
	int count;

	if (kids->count) {
		const struct ir_type *named = cursor_type(l, kids->at[0]);

		if (named->size == size && named->kind != IR_TYPE_UNKNOWN)
			return named;
		return size == (int64_t)sizeof(void *) ? type_pointer_to(l, named) : l->type_unknown;
	}
	if (spelled->text[open] != '(' ||
	    text_split(spelled->text, spelled->size, open, ',', &range, 1, &count, &close) || count != 1)
		return l->type_unknown;
	if (range.end == range.begin || spelled->text[range.end - 1] == '*' || spelled->text[range.end - 1] == ']')
		return l->type_unknown;
	return type_plain_int(l, intern_n(l->pool, spelled->text + range.begin, range.end - range.begin), size,
			      strncmp(spelled->text + range.begin, "unsigned", strlen("unsigned")) == 0);
}

/* The operand of sizeof is an expression (not one inside a measured type). */
static bool has_operand(const struct kids *kids, const struct spelled *spelled)
{
	unsigned next;

	if (kids->count != 1 || !clang.isExpression(kids->at[0].kind))
		return false;
	next = text_skip_space(spelled->text, spelled->size, spelled->begin + (unsigned)strlen("sizeof"));
	return kids->at[0].kind == CXCursor_ParenExpr || next >= spelled->size || spelled->text[next] != '(';
}

/* A parameter is a pointer even when it is declared as an array, which is how libclang shows it. */
static const struct ir_var *parameter_of(const struct ir_expr *expr)
{
	bool is_place = expr && (expr->kind == IR_EXPR_LOAD || expr->kind == IR_EXPR_ADDRESS);

	return is_place && expr->place->kind == IR_PLACE_VAR && expr->place->var->kind == IR_VAR_PARAM ?
		       expr->place->var :
		       NULL;
}

static const struct ir_expr *value_sizeof(struct lower *l, CXCursor cursor)
{
	struct spelled spelled = cursor_spelled(l, cursor);
	struct kids kids = cursor_kids(l, cursor);
	struct ir_expr *expr;

	if (!text_starts(&spelled, "sizeof"))
		return value_evaluated(l, cursor);
	expr = expr_new(l, IR_EXPR_SIZEOF, cursor_type(l, cursor), cursor);
	if (has_operand(&kids, &spelled)) {
		CXCursor inner = cursor_strip(l, kids.at[0]);

		expr->size.measured = cursor_type(l, inner);
		/* kmalloc(sizeof(*p)): how it must be filled before it is copied out. */
		type_fill_fields(l, clang.getCursorType(inner), LOWER_FIELD_DEPTH);
		expr->size.operand = lower_unevaluated(l, kids.at[0]);
		if (expr->size.measured->kind == IR_TYPE_ARRAY && parameter_of(expr->size.operand))
			expr->size.measured = parameter_of(expr->size.operand)->type;
		expr->size.value = expr->size.measured->size;
		return expr;
	}
	if (!cursor_evaluate(cursor, &expr->size.value))
		expr->size.value = -1;
	expr->size.measured = measured_type(l, &kids, &spelled, expr->size.value);
	return expr;
}

/* ---- composites ------------------------------------------------------------------ */

/* Expressions whose value is chosen or computed by steps: through a temporary. */
static const struct ir_expr *value_through_temp(struct lower *l, CXCursor cursor)
{
	const struct ir_type *type = cursor_type(l, cursor);
	const struct ir_place *place;

	if (type->kind == IR_TYPE_VOID) {
		lower_effect(l, cursor);
		return expr_unknown(l, cursor);
	}
	place = place_of_var(l, temp_new(l, type, cursor), cursor);
	lower_into(l, cursor, place, false);
	return expr_load(l, place, cursor);
}

static const struct ir_expr *value_stmt_expr(struct lower *l, CXCursor cursor)
{
	struct ir_scope *scope = l->body->scope;
	CXCursor last = lower_stmt_expr_head(l, cursor);
	const struct ir_expr *value;

	if (cursor_is_null(last)) {
		lower_stmt_expr_tail(l);
		return expr_unknown(l, cursor);
	}
	value = lower_value(l, last);
	/* Cleanups run after the value is taken. */
	if (l->body->scope != scope) {
		const struct ir_place *place = place_of_var(l, temp_new(l, value->type, cursor), cursor);

		emit_assign(l, place, value, false, cursor);
		value = expr_load(l, place, cursor);
	}
	lower_stmt_expr_tail(l);
	return value;
}

static const struct ir_expr *value_init_list(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);
	enum ir_type_kind kind = cursor_type(l, cursor)->kind;

	if (kind == IR_TYPE_RECORD || kind == IR_TYPE_ARRAY)
		return value_through_temp(l, cursor);
	return kids.count == 1 ? lower_value(l, kids.at[0]) : expr_int(l, 0, l->type_int, cursor);
}

/* The association whose type is the selection's; the first one wins, as several
 * may have that type only when they come from one macro for many types. */
static const struct ir_expr *value_generic(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);
	CXType wanted = clang.getCanonicalType(clang.getCursorType(cursor));
	int first = 0, count = 0;

	for (int i = 1; i < kids.count; i++) {
		if (!clang.isExpression(kids.at[i].kind) ||
		    !clang.equalTypes(clang.getCanonicalType(clang.getCursorType(kids.at[i])), wanted))
			continue;
		first = count++ ? first : i;
	}
	if (count > 1 && is_author_text(l, cursor))
		note_gap(l, cursor,
			 "which of the alternatives is taken is not known: the first of this type was analysed");
	return count ? lower_value(l, kids.at[first]) : expr_unknown(l, cursor);
}

static const struct ir_expr *value_call(struct lower *l, CXCursor cursor)
{
	struct want want = { .wants_value = true };
	const struct ir_expr *value = lower_call(l, cursor, &want);

	return value ? value : expr_unknown(l, cursor);
}

/* ---- what libclang does not expose ------------------------------------------------ */

static const struct ir_expr *unknown_with_effects(struct lower *l, CXCursor cursor, const struct kids *kids)
{
	for (int i = 0; i < kids->count; i++)
		if (clang.isExpression(kids->at[i].kind))
			lower_effect(l, kids->at[i]);
	return expr_unknown(l, cursor);
}

/* __builtin_choose_expr(c, a, b) */
static const struct ir_expr *value_choose(struct lower *l, CXCursor cursor, const struct kids *kids)
{
	int64_t chosen;

	if (kids->count != 3 || !cursor_evaluate(kids->at[0], &chosen))
		return unknown_with_effects(l, cursor, kids);
	return lower_value(l, kids->at[chosen ? 1 : 2]);
}

static bool has_expressions(const struct kids *kids)
{
	for (int i = 0; i < kids->count; i++)
		if (clang.isExpression(kids->at[i].kind))
			return true;
	return false;
}

static const struct ir_expr *value_unexposed(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);
	struct spelled spelled;
	int64_t value;

	if (cursor_is_recovery(cursor)) {
		if (cursor_is_call(l, cursor))
			return value_call(l, cursor);
		return unknown_with_effects(l, cursor, &kids);
	}
	if (cursor_is_implicit_cast(cursor, &kids))
		return expr_convert(l, lower_value(l, kids.at[0]), cursor_type(l, cursor), cursor);
	if (!has_expressions(&kids))
		return value_evaluated(l, cursor);
	spelled = cursor_spelled(l, cursor);
	if (text_starts(&spelled, "__builtin_choose_expr"))
		return value_choose(l, cursor, &kids);
	if (cursor_evaluate(cursor, &value)) /* offsetof, __builtin_types_compatible_p */
		return expr_int(l, value, cursor_type(l, cursor), cursor);
	if (kids.count == 4) /* a ?: b shows a three times */
		return value_through_temp(l, cursor);
	if (kids.count == 1 && kids.at[0].kind == CXCursor_StringLiteral) /* __func__ */
		return lower_value(l, kids.at[0]);
	return unknown_with_effects(l, cursor, &kids); /* va_arg, __atomic_*, ... */
}

/* ---- dispatch ------------------------------------------------------------------- */

typedef const struct ir_expr *(*value_handler)(struct lower *l, CXCursor cursor);

#define SLOT(kind) [CXCursor_##kind - CXCursor_FirstExpr]

static const value_handler value_handlers[] = {
	SLOT(UnexposedExpr) = value_unexposed,
	SLOT(DeclRefExpr) = value_decl_ref,
	SLOT(MemberRefExpr) = value_place,
	SLOT(CallExpr) = value_call,
	SLOT(IntegerLiteral) = value_integer,
	SLOT(FloatingLiteral) = value_float,
	SLOT(StringLiteral) = value_string,
	SLOT(CharacterLiteral) = value_evaluated,
	SLOT(ParenExpr) = value_paren,
	SLOT(UnaryOperator) = value_unary,
	SLOT(ArraySubscriptExpr) = value_place,
	SLOT(BinaryOperator) = value_binary,
	SLOT(CompoundAssignOperator) = value_compound_assign,
	SLOT(ConditionalOperator) = value_through_temp,
	SLOT(CStyleCastExpr) = value_cast,
	SLOT(CompoundLiteralExpr) = value_place,
	SLOT(InitListExpr) = value_init_list,
	SLOT(AddrLabelExpr) = value_label,
	SLOT(StmtExpr) = value_stmt_expr,
	SLOT(GenericSelectionExpr) = value_generic,
	SLOT(UnaryExpr) = value_sizeof,
	SLOT(CXXBoolLiteralExpr) = value_evaluated,
	SLOT(CXXNullPtrLiteralExpr) = value_evaluated,
};

static value_handler handler_of(enum CXCursorKind kind)
{
	size_t slot = (size_t)kind - CXCursor_FirstExpr;

	if (kind < CXCursor_FirstExpr || slot >= sizeof(value_handlers) / sizeof(*value_handlers))
		return NULL;
	return value_handlers[slot];
}

/* The number that a whole macro use stands for gets the macro as its name; parts
 * of the expansion get none. */
static const struct ir_expr *named_constant(struct lower *l, const struct ir_expr *value, const struct invocation *use,
					    CXCursor cursor)
{
	struct origin origin = cursor_origin(l, cursor);
	struct ir_expr *copy = ir_expr_create(l->arena, IR_EXPR_INT, value->type, origin_span(l, &origin));

	copy->value = value->value;
	copy->macro = invocation_text(l, use);
	return copy;
}

static const struct ir_expr *dispatch(struct lower *l, CXCursor cursor)
{
	value_handler handler = handler_of(cursor.kind);
	struct kids kids;

	if (handler)
		return handler(l, cursor);
	kids = cursor_kids(l, cursor);
	return unknown_with_effects(l, cursor, &kids);
}

const struct ir_expr *lower_value(struct lower *l, CXCursor cursor)
{
	struct invocation *use = cursor_use(l, cursor), *outer = l->body->use;
	struct want want = { .wants_value = true };
	const struct ir_expr *value;

	if (use && use->is_event) {
		value = lower_event(l, cursor, use, &want);
		return value ? value : expr_unknown(l, cursor);
	}
	if (l->body->depth >= LOWER_MAX_DEPTH) {
		body_incomplete(l, "an expression is nested too deeply");
		return expr_unknown(l, cursor);
	}
	l->body->use = use;
	l->body->depth++;
	value = dispatch(l, cursor);
	l->body->depth--;
	l->body->use = outer;
	if (use && use != outer && value->kind == IR_EXPR_INT)
		value = named_constant(l, value, use, cursor);
	return value;
}

/* Operators as statements: no value, so no temporary for it. */
bool lower_operator_effect(struct lower *l, CXCursor cursor)
{
	if (cursor.kind == CXCursor_CompoundAssignOperator) {
		compound_assign(l, cursor, false);
		return true;
	}
	if (cursor.kind == CXCursor_BinaryOperator &&
	    clang.getCursorBinaryOperatorKind(cursor) == CXBinaryOperator_Assign) {
		binary(l, cursor, false);
		return true;
	}
	if (cursor.kind != CXCursor_UnaryOperator)
		return false;
	switch (clang.getCursorUnaryOperatorKind(cursor)) {
	case CXUnaryOperator_PostInc:
	case CXUnaryOperator_PostDec:
	case CXUnaryOperator_PreInc:
	case CXUnaryOperator_PreDec:
		step_place(l, cursor, false);
		return true;
	default:
		return false;
	}
}
