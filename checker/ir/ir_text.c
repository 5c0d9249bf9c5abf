/* C-like text of expressions and places, as a user would write them.
 *
 * Parentheses are the fewest that C's precedence allows. Where lowering left
 * two shapes for one text (`(&x)->f`, `*&x`, `&*p`) the shorter one is printed.
 * Nesting beyond MAX_DEPTH prints as "...": hostile sources nest deeply, and
 * nobody reads such an expression. */
#include "base/text.h"
#include "ir/ir.h"

#include <inttypes.h>
#include <string.h>

enum { MAX_DEPTH = 48, MAX_STRING = 32 };

/* Binding strength, loosest first. */
enum precedence {
	PREC_LOWEST,
	PREC_OR,
	PREC_XOR,
	PREC_AND,
	PREC_EQUALITY,
	PREC_RELATION,
	PREC_SHIFT,
	PREC_SUM,
	PREC_PRODUCT,
	PREC_UNARY,
	PREC_POSTFIX,
	PREC_PRIMARY,
};

static const struct {
	const char *text;
	enum precedence precedence;
} binary_ops[] = {
	[IR_BINARY_ADD] = { "+", PREC_SUM },	  [IR_BINARY_SUB] = { "-", PREC_SUM },
	[IR_BINARY_MUL] = { "*", PREC_PRODUCT },  [IR_BINARY_DIV] = { "/", PREC_PRODUCT },
	[IR_BINARY_REM] = { "%", PREC_PRODUCT },  [IR_BINARY_SHL] = { "<<", PREC_SHIFT },
	[IR_BINARY_SHR] = { ">>", PREC_SHIFT },	  [IR_BINARY_AND] = { "&", PREC_AND },
	[IR_BINARY_OR] = { "|", PREC_OR },	  [IR_BINARY_XOR] = { "^", PREC_XOR },
	[IR_BINARY_EQ] = { "==", PREC_EQUALITY }, [IR_BINARY_NE] = { "!=", PREC_EQUALITY },
	[IR_BINARY_LT] = { "<", PREC_RELATION },  [IR_BINARY_LE] = { "<=", PREC_RELATION },
	[IR_BINARY_GT] = { ">", PREC_RELATION },  [IR_BINARY_GE] = { ">=", PREC_RELATION },
};

static const char *const unary_ops[] = {
#define IR_UNARY(name, text) [IR_UNARY_##name] = text,
#include "ir/ops.def"
};

static void add_expr(struct text *out, const struct ir_expr *expr, enum precedence least, int depth);
static void add_place(struct text *out, const struct ir_place *place, enum precedence least, int depth);

/* Casts the user did not write are not shown. */
static const struct ir_expr *skip_implicit(const struct ir_expr *expr)
{
	while (expr->kind == IR_EXPR_CAST && !expr->cast.is_explicit && !expr->macro)
		expr = expr->cast.operand;
	return expr;
}

static bool is_constant(const struct ir_expr *expr, int depth)
{
	if (depth > MAX_DEPTH)
		return false;
	switch (expr->kind) {
	case IR_EXPR_INT:
	case IR_EXPR_FLOAT:
	case IR_EXPR_SIZEOF:
		return true;
	case IR_EXPR_CAST:
		return is_constant(expr->cast.operand, depth + 1);
	case IR_EXPR_UNARY:
		return is_constant(expr->op.left, depth + 1);
	case IR_EXPR_BINARY:
		return is_constant(expr->op.left, depth + 1) && is_constant(expr->op.right, depth + 1);
	default:
		return false;
	}
}

/* Whether the macro is the name of a value (GFP_KERNEL, NULL, true) and not of a
 * construct that has a constant in it (list_for_each_entry, scoped_guard): the
 * expression does not tell, but the kernel's and the DDK's spelling does. */
static bool names_a_value(const char *macro)
{
	if (!strchr(macro, '_'))
		return true;
	for (; *macro; macro++)
		if (*macro >= 'A' && *macro <= 'Z')
			return true;
	return false;
}

static void open_if(struct text *out, bool needed)
{
	if (needed)
		text_add(out, "(");
}

static void close_if(struct text *out, bool needed)
{
	if (needed)
		text_add(out, ")");
}

/* ---- places ------------------------------------------------------------- */

/* The place behind `&place`, when the pointer is that (no array decay). */
static const struct ir_place *addressed_place(const struct ir_expr *pointer)
{
	pointer = skip_implicit(pointer);
	return pointer->kind == IR_EXPR_ADDRESS && !pointer->is_decay ? pointer->place : NULL;
}

static const struct ir_expr *subscript_sum(const struct ir_place *place)
{
	const struct ir_expr *sum;

	if (place->kind != IR_PLACE_DEREF || !place->is_subscript)
		return NULL;
	sum = skip_implicit(place->pointer);
	return sum->kind == IR_EXPR_BINARY && sum->op.op == IR_BINARY_ADD ? sum : NULL;
}

static void add_deref(struct text *out, const struct ir_place *place, enum precedence least, int depth)
{
	const struct ir_place *direct = addressed_place(place->pointer);
	const struct ir_expr *sum = subscript_sum(place);

	if (direct) {
		add_place(out, direct, least, depth + 1);
	} else if (sum) {
		add_expr(out, sum->op.left, PREC_POSTFIX, depth + 1);
		text_add(out, "[");
		add_expr(out, sum->op.right, PREC_LOWEST, depth + 1);
		text_add(out, "]");
	} else {
		open_if(out, least > PREC_UNARY);
		text_add(out, "*");
		add_expr(out, place->pointer, PREC_UNARY, depth + 1);
		close_if(out, least > PREC_UNARY);
	}
}

static void add_field(struct text *out, const struct ir_place *place, int depth)
{
	const struct ir_place *base = place->part.base;
	bool is_arrow = base->kind == IR_PLACE_DEREF && !subscript_sum(base) && !addressed_place(base->pointer);

	if (is_arrow)
		add_expr(out, base->pointer, PREC_POSTFIX, depth + 1);
	else
		add_place(out, base, PREC_POSTFIX, depth + 1);
	text_printf(out, "%s%s", is_arrow ? "->" : ".", place->part.field ? place->part.field : "?");
}

static void add_place(struct text *out, const struct ir_place *place, enum precedence least, int depth)
{
	if (depth > MAX_DEPTH) {
		text_add(out, "...");
		return;
	}
	switch (place->kind) {
	case IR_PLACE_VAR:
		text_add(out, place->var->name ? place->var->name : "?");
		break;
	case IR_PLACE_DEREF:
		add_deref(out, place, least, depth);
		break;
	case IR_PLACE_FIELD:
		add_field(out, place, depth);
		break;
	case IR_PLACE_INDEX:
		add_place(out, place->part.base, PREC_POSTFIX, depth + 1);
		text_add(out, "[");
		add_expr(out, place->part.index, PREC_LOWEST, depth + 1);
		text_add(out, "]");
		break;
	}
}

/* ---- expressions ---------------------------------------------------------- */

static void add_int(struct text *out, const struct ir_expr *expr, enum precedence least)
{
	bool is_unsigned = expr->type && expr->type->is_unsigned;
	bool is_negative = expr->value < 0 && !is_unsigned;

	open_if(out, is_negative && least > PREC_UNARY);
	if (is_unsigned)
		text_printf(out, "%" PRIu64, (uint64_t)expr->value);
	else
		text_printf(out, "%" PRId64, expr->value);
	close_if(out, is_negative && least > PREC_UNARY);
}

/* Bytes of the literal to show: not past MAX_STRING, and not in the middle of a
 * UTF-8 sequence or of an escape. */
static size_t shown_length(const char *text, size_t length)
{
	size_t shown = MAX_STRING, backslashes = 0;

	if (length <= MAX_STRING)
		return length;
	while (shown > 0 && ((unsigned char)text[shown] & 0xC0) == 0x80)
		shown--;
	while (backslashes < shown && text[shown - 1 - backslashes] == '\\')
		backslashes++;
	return shown - backslashes % 2;
}

static void add_string_char(struct text *out, char c)
{
	if (c == '\n')
		text_add(out, "\\n");
	else if (c == '\t')
		text_add(out, "\\t");
	else if ((unsigned char)c < 0x20 || c == 0x7f)
		text_printf(out, "\\x%02x", (unsigned char)c);
	else
		text_add_n(out, &c, 1);
}

static void add_string(struct text *out, const char *text)
{
	size_t length = strlen(text), shown;

	/* A literal kept as it was spelled brings its own quotes. */
	if (length >= 2 && text[0] == '"' && text[length - 1] == '"') {
		text++;
		length -= 2;
	}
	shown = shown_length(text, length);
	text_add(out, "\"");
	for (size_t i = 0; i < shown; i++)
		add_string_char(out, text[i]);
	text_add(out, shown < length ? "...\"" : "\"");
}

static void add_address(struct text *out, const struct ir_expr *expr, enum precedence least, int depth)
{
	const struct ir_place *place = expr->place;

	if (expr->is_decay) {
		add_place(out, place, least, depth + 1);
	} else if (place->kind == IR_PLACE_DEREF && !subscript_sum(place)) {
		add_expr(out, place->pointer, least, depth + 1);
	} else {
		open_if(out, least > PREC_UNARY);
		text_add(out, "&");
		add_place(out, place, PREC_UNARY, depth + 1);
		close_if(out, least > PREC_UNARY);
	}
}

static void add_unary(struct text *out, const struct ir_expr *expr, enum precedence least, int depth)
{
	const struct ir_expr *operand = skip_implicit(expr->op.left);
	bool is_negation = expr->op.op == IR_UNARY_NEG;
	/* `--x` would be another operator. */
	bool clashes = is_negation && ((operand->kind == IR_EXPR_UNARY && operand->op.op == IR_UNARY_NEG) ||
				       (operand->kind == IR_EXPR_INT && operand->value < 0));

	open_if(out, least > PREC_UNARY);
	text_add(out, unary_ops[expr->op.op]);
	add_expr(out, operand, clashes ? PREC_POSTFIX : PREC_UNARY, depth + 1);
	close_if(out, least > PREC_UNARY);
}

static void add_binary(struct text *out, const struct ir_expr *expr, enum precedence least, int depth)
{
	enum precedence own = binary_ops[expr->op.op].precedence;

	open_if(out, least > own);
	add_expr(out, expr->op.left, own, depth + 1);
	text_printf(out, " %s ", binary_ops[expr->op.op].text);
	add_expr(out, expr->op.right, own + 1, depth + 1);
	close_if(out, least > own);
}

static void add_sizeof(struct text *out, const struct ir_expr *expr, int depth)
{
	if (expr->size.operand) {
		text_add(out, "sizeof(");
		add_expr(out, expr->size.operand, PREC_LOWEST, depth + 1);
		text_add(out, ")");
	} else if (expr->size.measured) {
		text_printf(out, "sizeof(%s)", expr->size.measured->spelling);
	} else {
		text_printf(out, "%" PRId64, expr->size.value);
	}
}

static void add_expr(struct text *out, const struct ir_expr *expr, enum precedence least, int depth)
{
	if (depth > MAX_DEPTH) {
		text_add(out, "...");
		return;
	}
	if (expr->macro && names_a_value(expr->macro) && is_constant(expr, 0)) {
		text_add(out, expr->macro);
		return;
	}
	switch (expr->kind) {
	case IR_EXPR_UNKNOWN:
		text_add(out, "...");
		break;
	case IR_EXPR_INT:
		add_int(out, expr, least);
		break;
	case IR_EXPR_FLOAT:
		text_add(out, "<float>");
		break;
	case IR_EXPR_STRING:
		add_string(out, expr->text ? expr->text : "");
		break;
	case IR_EXPR_FUNCTION:
		text_add(out, expr->function->name);
		break;
	case IR_EXPR_LABEL_ADDR:
		text_printf(out, "&&L%d", expr->label);
		break;
	case IR_EXPR_LOAD:
		add_place(out, expr->place, least, depth);
		break;
	case IR_EXPR_ADDRESS:
		add_address(out, expr, least, depth);
		break;
	case IR_EXPR_UNARY:
		add_unary(out, expr, least, depth);
		break;
	case IR_EXPR_BINARY:
		add_binary(out, expr, least, depth);
		break;
	case IR_EXPR_CAST:
		if (!expr->cast.is_explicit) {
			add_expr(out, expr->cast.operand, least, depth + 1);
			break;
		}
		open_if(out, least > PREC_UNARY);
		text_printf(out, "(%s)", expr->type && expr->type->spelling ? expr->type->spelling : "?");
		add_expr(out, expr->cast.operand, PREC_UNARY, depth + 1);
		close_if(out, least > PREC_UNARY);
		break;
	case IR_EXPR_SIZEOF:
		add_sizeof(out, expr, depth);
		break;
	}
}

const char *ir_expr_text(struct arena *arena, const struct ir_expr *expr)
{
	struct text out = text_create(arena);

	add_expr(&out, expr, PREC_LOWEST, 0);
	return text_get(&out);
}

const char *ir_place_text(struct arena *arena, const struct ir_place *place)
{
	struct text out = text_create(arena);

	add_place(&out, place, PREC_LOWEST, 0);
	return text_get(&out);
}
