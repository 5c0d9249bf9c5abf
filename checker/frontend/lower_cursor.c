/* Small helpers over libclang's cursors; the only readers of CXStrings. */
#include "lower_int.h"

#include <string.h>

static enum CXChildVisitResult collect_kid(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct lower *l = data;

	(void)parent;
	ARENA_PUSH(l->scratch, l->kid_buffer, l->kid_count, l->kid_capacity, cursor);
	return CXChildVisit_Continue;
}

struct kids cursor_kids(struct lower *l, CXCursor cursor)
{
	struct kids kids = { 0 };

	l->kid_count = 0;
	clang.visitChildren(cursor, collect_kid, l);
	kids.count = l->kid_count;
	kids.at = ARENA_ARRAY(l->scratch, CXCursor, (size_t)kids.count);
	if (kids.count)
		memcpy(kids.at, l->kid_buffer, sizeof(CXCursor) * (size_t)kids.count);
	return kids;
}

const char *take_string(struct lower *l, CXString string)
{
	const char *text = clang.getCString(string);
	const char *copy = intern(l->pool, text ? text : "");

	clang.disposeString(string);
	return copy;
}

const char *cursor_name(struct lower *l, CXCursor cursor)
{
	return take_string(l, clang.getCursorSpelling(cursor));
}

/* libclang offers equality and a hash of cursors but no key; the node a cursor
 * stands for is its first datum (declarations) or its second (statements). */
uint64_t decl_key(CXCursor cursor)
{
	return KEYMAP_KEY(cursor.data[0]);
}

uint64_t stmt_key(CXCursor cursor)
{
	return KEYMAP_KEY(cursor.data[1]);
}

/* The first datum holds type and qualifiers; the kind tells a type from its
 * sugar-free view. User-space addresses leave the top bits free. */
uint64_t type_key(CXType type)
{
	return KEYMAP_KEY(type.data[0]) ^ ((uint64_t)type.kind << 52);
}

bool cursor_is_null(CXCursor cursor)
{
	return clang.isInvalid(cursor.kind);
}

bool cursor_is_recovery(CXCursor cursor)
{
	enum CXTypeKind kind = clang.getCursorType(cursor).kind;

	return kind == CXType_Dependent || kind == CXType_Invalid;
}

bool cursor_is_implicit_cast(CXCursor cursor, const struct kids *kids)
{
	CXSourceRange own, kid;

	if (kids->count != 1 || !clang.isExpression(kids->at[0].kind))
		return false;
	own = clang.getCursorExtent(cursor);
	kid = clang.getCursorExtent(kids->at[0]);
	return clang.equalLocations(clang.getRangeStart(own), clang.getRangeStart(kid));
}

CXCursor cursor_strip(struct lower *l, CXCursor cursor)
{
	for (;;) {
		bool is_wrapper = cursor.kind == CXCursor_ParenExpr || cursor.kind == CXCursor_UnexposedExpr;
		struct kids kids;

		if (cursor.kind == CXCursor_UnaryOperator)
			is_wrapper = clang.getCursorUnaryOperatorKind(cursor) == CXUnaryOperator_Extension;
		if (!is_wrapper)
			return cursor;
		kids = cursor_kids(l, cursor);
		if (kids.count != 1 || !clang.isExpression(kids.at[0].kind))
			return cursor;
		if (cursor.kind == CXCursor_UnexposedExpr &&
		    (cursor_is_recovery(cursor) || !cursor_is_implicit_cast(cursor, &kids)))
			return cursor;
		cursor = kids.at[0];
	}
}

bool cursor_evaluate(CXCursor cursor, int64_t *value)
{
	CXEvalResult result = clang.Cursor_Evaluate(cursor);
	bool is_int = false;

	if (!result)
		return false;
	if (clang.EvalResult_getKind(result) == CXEval_Int) {
		is_int = true;
		*value = clang.EvalResult_isUnsignedInt(result) ? (int64_t)clang.EvalResult_getAsUnsigned(result) :
								  (int64_t)clang.EvalResult_getAsLongLong(result);
	}
	clang.EvalResult_dispose(result);
	return is_int;
}
