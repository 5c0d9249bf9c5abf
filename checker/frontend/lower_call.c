/* Calls: direct, through pointers, of compiler builtins, those clang could not
 * type, and macros that the rule packs want to see as one event. */
#include "lower_int.h"

#include <string.h>

/* ---- what is a call -------------------------------------------------------------- */

bool cursor_is_expect(const char *name)
{
	return strcmp(name, "__builtin_expect") == 0 || strcmp(name, "__builtin_expect_with_probability") == 0;
}

/* The function a callee expression names, or a null cursor. */
static CXCursor callee_declaration(struct lower *l, CXCursor callee)
{
	CXCursor declaration;

	for (;;) {
		struct kids kids;

		callee = cursor_strip(l, callee);
		/* In a recovered call the wrapper itself has no type. */
		if (callee.kind != CXCursor_UnaryOperator && callee.kind != CXCursor_UnexposedExpr)
			break;
		kids = cursor_kids(l, callee);
		if (kids.count != 1)
			break;
		callee = kids.at[0]; /* (*f)(), (&f)() */
	}
	if (callee.kind != CXCursor_DeclRefExpr)
		return clang.getNullCursor();
	declaration = clang.getCursorReferenced(callee);
	return declaration.kind == CXCursor_FunctionDecl ? declaration : clang.getNullCursor();
}

/* Offset of the `(` after the name a recovered call starts with. */
static bool recovered_open(struct lower *l, CXCursor cursor, struct spelled *spelled, unsigned *open)
{
	unsigned end;

	*spelled = cursor_spelled(l, cursor);
	if (!spelled->text || !text_identifier(spelled->text, spelled->size, spelled->begin, &end))
		return false;
	*open = text_skip_space(spelled->text, spelled->size, end);
	return *open < spelled->size && spelled->text[*open] == '(';
}

bool cursor_is_call(struct lower *l, CXCursor cursor)
{
	struct kids kids;
	struct spelled spelled;
	unsigned open;

	if (cursor.kind == CXCursor_CallExpr)
		return true;
	if (cursor.kind != CXCursor_UnexposedExpr || !cursor_is_recovery(cursor))
		return false;
	kids = cursor_kids(l, cursor);
	return kids.count > 0 && !cursor_is_null(callee_declaration(l, kids.at[0])) &&
	       recovered_open(l, cursor, &spelled, &open);
}

/* ---- emitting ----------------------------------------------------------------------- */

static const struct ir_place *result_place(struct lower *l, const struct ir_type *type, const struct want *want,
					   CXCursor cursor)
{
	if (type->kind == IR_TYPE_VOID)
		return NULL;
	if (want->result)
		return want->result;
	return want->wants_value ? place_of_var(l, temp_new(l, type, cursor), cursor) : NULL;
}

/* The value of a call whose result went to `place`. */
static const struct ir_expr *result_value(struct lower *l, const struct ir_place *place, const struct want *want,
					  CXCursor cursor)
{
	if (want->result && place == want->result)
		return NULL;
	if (!want->wants_value)
		return NULL;
	return place ? expr_load(l, place, cursor) : expr_unknown(l, cursor);
}

static void emit_unreachable(struct lower *l, CXCursor cursor)
{
	emit(l, IR_UNREACHABLE, cursor);
}

static void lower_args(struct lower *l, struct ir_call *call, const CXCursor *cursors, int count)
{
	call->args = ARENA_ARRAY(l->arena, const struct ir_expr *, (size_t)count);
	call->arg_count = count;
	for (int i = 0; i < count; i++)
		call->args[i] = lower_value(l, cursors[i]);
}

/* libclang drops the arguments it could not type: count them in the text. */
static void recovered_args(struct lower *l, struct ir_call *call, CXCursor cursor, const struct kids *kids)
{
	struct text_range ranges[64];
	struct spelled spelled;
	unsigned open, close;
	int count = kids->count - 1;

	if (recovered_open(l, cursor, &spelled, &open) &&
	    text_split(spelled.text, spelled.size, open, ',', ranges, 64, &count, &close))
		count = kids->count - 1;
	if (count == 1 && ranges[0].begin == ranges[0].end)
		count = 0;
	if (count == kids->count - 1) {
		lower_args(l, call, kids->at + 1, count);
		return;
	}
	for (int i = 1; i < kids->count; i++)
		if (clang.isExpression(kids->at[i].kind))
			lower_effect(l, kids->at[i]);
	call->args = ARENA_ARRAY(l->arena, const struct ir_expr *, (size_t)count);
	call->arg_count = count;
	for (int i = 0; i < count; i++)
		call->args[i] = expr_new(l, IR_EXPR_UNKNOWN, l->type_unknown, cursor);
}

static const struct ir_expr *emit_call(struct lower *l, CXCursor cursor, const struct ir_call *made,
				       const struct ir_type *type, const struct want *want)
{
	struct ir_call call = *made;
	struct ir_insn *insn;

	call.result = result_place(l, type, want, cursor);
	call.is_void_cast = want->is_void_cast;
	insn = emit(l, IR_CALL, cursor);
	insn->call = call;
	if (call.callee && call.callee->is_noreturn)
		emit_unreachable(l, cursor);
	return result_value(l, call.result, want, cursor);
}

/* ---- compiler builtins --------------------------------------------------------------- */

enum builtin_action {
	BUILTIN_FIRST_ARG,
	BUILTIN_IS_CONSTANT,
	BUILTIN_UNREACHABLE,
	BUILTIN_EVALUATE, /* pure: a constant or an unknown number */
};

static const struct builtin {
	const char *name; /* without __builtin_; a prefix */
	enum builtin_action action;
} builtins[] = {
	{ "expect", BUILTIN_FIRST_ARG },
	{ "constant_p", BUILTIN_IS_CONSTANT },
	{ "unreachable", BUILTIN_UNREACHABLE },
	{ "trap", BUILTIN_UNREACHABLE },
	{ "object_size", BUILTIN_EVALUATE },
	{ "dynamic_object_size", BUILTIN_EVALUATE },
	{ "bswap", BUILTIN_EVALUATE },
	{ "ffs", BUILTIN_EVALUATE },
	{ "clz", BUILTIN_EVALUATE },
	{ "ctz", BUILTIN_EVALUATE },
	{ "popcount", BUILTIN_EVALUATE },
	{ "parity", BUILTIN_EVALUATE },
	{ "return_address", BUILTIN_EVALUATE },
	{ "frame_address", BUILTIN_EVALUATE },
	{ "assume_aligned", BUILTIN_FIRST_ARG },
};

static const struct builtin *builtin_named(const char *name)
{
	static const char prefix[] = "__builtin_";

	if (strncmp(name, prefix, sizeof(prefix) - 1) != 0)
		return NULL;
	name += sizeof(prefix) - 1;
	for (size_t i = 0; i < sizeof(builtins) / sizeof(*builtins); i++)
		if (strncmp(name, builtins[i].name, strlen(builtins[i].name)) == 0)
			return &builtins[i];
	return NULL;
}

static const struct ir_expr *evaluated_builtin(struct lower *l, CXCursor cursor, const struct kids *kids)
{
	int64_t value;

	for (int i = 1; i < kids->count; i++)
		lower_effect(l, kids->at[i]);
	if (cursor_evaluate(cursor, &value))
		return expr_int(l, value, cursor_type(l, cursor), cursor);
	return expr_unknown(l, cursor);
}

/* __builtin_trap() does stop. */
static bool builtin_is_claim(const struct builtin *builtin)
{
	return strcmp(builtin->name, "unreachable") == 0;
}

static const struct ir_expr *lower_builtin(struct lower *l, CXCursor cursor, const struct builtin *builtin,
					   const struct kids *kids)
{
	int64_t value;

	switch (builtin->action) {
	case BUILTIN_FIRST_ARG:
		return kids->count > 1 ? lower_value(l, kids->at[1]) : expr_unknown(l, cursor);
	case BUILTIN_IS_CONSTANT:
		/* Of a variable clang does not say: a compiler without optimisation says no. What headers choose by it
		 * comes to the same; what an author does, need not. */
		if (!cursor_evaluate(cursor, &value) || (value == 0 && is_author_text(l, cursor))) {
			if (is_author_text(l, cursor))
				return expr_unknown(l, cursor);
			value = 0;
		}
		return expr_int(l, value, cursor_type(l, cursor), cursor);
	case BUILTIN_UNREACHABLE:
		/* Where headers write it, it stands behind a trap. An author's claim is not believed. */
		if (!builtin_is_claim(builtin) || !is_author_text(l, cursor))
			emit_unreachable(l, cursor);
		return expr_unknown(l, cursor);
	default:
		return evaluated_builtin(l, cursor, kids);
	}
}

/* ---- calls ------------------------------------------------------------------------------ */

/* Hands a value that no call made to whoever wants it. */
static const struct ir_expr *deliver(struct lower *l, const struct ir_expr *value, const struct want *want,
				     CXCursor cursor)
{
	if (!want->result)
		return want->wants_value ? value : NULL;
	emit_assign(l, want->result, expr_convert(l, value, want->result->type, cursor), false, cursor);
	return NULL;
}

const struct ir_expr *lower_call(struct lower *l, CXCursor cursor, const struct want *want)
{
	struct kids kids = cursor_kids(l, cursor);
	struct ir_call call = { 0 };
	const struct ir_type *type = cursor_type(l, cursor);
	const struct builtin *builtin;
	CXCursor declaration;

	if (kids.count == 0)
		return deliver(l, expr_unknown(l, cursor), want, cursor);
	declaration = callee_declaration(l, kids.at[0]);
	if (cursor_is_null(declaration)) {
		call.target = lower_value(l, kids.at[0]);
	} else {
		call.callee = function_of(l, declaration);
		builtin = builtin_named(call.callee->name);
		if (builtin)
			return deliver(l, lower_builtin(l, cursor, builtin, &kids), want, cursor);
	}
	if (cursor.kind == CXCursor_CallExpr) {
		lower_args(l, &call, kids.at + 1, kids.count - 1);
	} else {
		recovered_args(l, &call, cursor, &kids);
		if (call.callee && call.callee->type->kind == IR_TYPE_FUNCTION)
			type = call.callee->type->target;
	}
	return emit_call(l, cursor, &call, type, want);
}

/* ---- macro events ------------------------------------------------------------------------- */

static const struct ir_expr *event_arg(struct lower *l, CXCursor found, const struct invocation *event, int index)
{
	if (found.kind == CXCursor_VarDecl) /* the macro declares the variable it is given the name of */
		return expr_load(l, place_of_var(l, var_of(l, found), found), found);
	if (!cursor_is_null(found))
		return lower_value(l, found);
	return ir_expr_create(l->arena, IR_EXPR_UNKNOWN, l->type_unknown,
			      source_span(l, event->source, event->args[index]));
}

const struct ir_expr *lower_event(struct lower *l, CXCursor cursor, struct invocation *event, const struct want *want)
{
	struct ir_call call = { .macro = event->name };
	const struct ir_type *type = l->type_void;
	CXCursor *found;

	event->is_emitted = true;
	invocation_args(l, event);
	found = ARENA_ARRAY(l->scratch, CXCursor, (size_t)event->arg_count);
	invocation_find_args(l, cursor, event, found);
	call.arg_count = event->arg_count;
	call.args = ARENA_ARRAY(l->arena, const struct ir_expr *, (size_t)event->arg_count);
	for (int i = 0; i < event->arg_count; i++)
		call.args[i] = event_arg(l, found[i], event, i);
	if (clang.isExpression(cursor.kind))
		type = cursor_type(l, cursor);
	return emit_call(l, cursor, &call, type, want);
}
