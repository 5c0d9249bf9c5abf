/* Expressions that name objects, to places. Those that name none (a call's
 * record, a chosen value) are put in a temporary first. */
#include "lower_int.h"

#include <string.h>

static struct ir_place *place_new(struct lower *l, enum ir_place_kind kind, const struct ir_type *type, CXCursor cursor)
{
	struct ir_place *place = ARENA_NEW(l->arena, struct ir_place);
	struct origin origin = cursor_origin(l, cursor);

	place->kind = kind;
	place->type = type;
	place->span = origin_span(l, &origin);
	return place;
}

const struct ir_place *place_of_var(struct lower *l, struct ir_var *var, CXCursor cursor)
{
	struct ir_place *place = place_new(l, IR_PLACE_VAR, var->type, cursor);

	place->var = var;
	return place;
}

struct ir_var *temp_new(struct lower *l, const struct ir_type *type, CXCursor cursor)
{
	const char *name = intern(l->pool, arena_printf(l->scratch, "$%d", ++l->body->temp_count));
	struct ir_var *var = ir_var_create(l->unit, l->body->function, IR_VAR_TEMP, name, type_adjusted(l, type));
	struct origin origin = cursor_origin(l, cursor);

	var->param = -1;
	var->span = origin_span(l, &origin);
	return var;
}

static const struct ir_place *place_index(struct lower *l, const struct ir_place *array, const struct ir_expr *index,
					  CXCursor cursor)
{
	struct ir_place *place = place_new(l, IR_PLACE_INDEX, array->type->target, cursor);

	place->part.base = array;
	place->part.index = index;
	return place;
}

static bool same_layout(const struct ir_type *a, const struct ir_type *b)
{
	return a->kind == b->kind && a->size == b->size && a->tag == b->tag && a->kind != IR_TYPE_UNKNOWN;
}

/* The object that a pointer visibly points at, so that `*&x`, `(&x)->f` and
 * `*(volatile typeof(x) *)&x` (READ_ONCE) are x. */
static const struct ir_place *pointed_object(const struct ir_expr *pointer, const struct ir_type *type)
{
	while (pointer->kind == IR_EXPR_CAST && pointer->cast.operand->type->kind == IR_TYPE_POINTER)
		pointer = pointer->cast.operand;
	if (pointer->kind == IR_EXPR_ADDRESS && !pointer->is_decay && same_layout(pointer->place->type, type))
		return pointer->place;
	return NULL;
}

/* A cast that only adds qualifiers (READ_ONCE again) does not hide the pointer. */
static const struct ir_expr *without_qualifying_cast(const struct ir_expr *pointer, const struct ir_type *type)
{
	const struct ir_type *from;

	if (pointer->kind != IR_EXPR_CAST || pointer->cast.is_force)
		return pointer;
	from = pointer->cast.operand->type;
	if (from->kind != IR_TYPE_POINTER || pointer->type->kind != IR_TYPE_POINTER ||
	    from->space != pointer->type->space || !same_layout(from->target, type))
		return pointer;
	return pointer->cast.operand;
}

const struct ir_place *place_deref(struct lower *l, const struct ir_expr *pointer, const struct ir_type *type,
				   CXCursor cursor)
{
	const struct ir_place *object;
	struct ir_place *place;

	pointer = without_qualifying_cast(pointer, type);
	object = pointed_object(pointer, type);

	if (object)
		return object;
	if (pointer->kind == IR_EXPR_ADDRESS && pointer->is_decay)
		return place_index(l, pointer->place, expr_int(l, 0, l->type_int, cursor), cursor);
	if (pointer->kind == IR_EXPR_BINARY && pointer->op.op == IR_BINARY_ADD &&
	    pointer->op.left->kind == IR_EXPR_ADDRESS && pointer->op.left->is_decay)
		return place_index(l, pointer->op.left->place, pointer->op.right, cursor);
	place = place_new(l, IR_PLACE_DEREF, type, cursor);
	place->pointer = pointer;
	return place;
}

/* ---- one cursor kind each -------------------------------------------------------- */

/* Anything that is not an lvalue. */
static const struct ir_place *place_through_temp(struct lower *l, CXCursor cursor)
{
	const struct ir_place *place = place_of_var(l, temp_new(l, cursor_type(l, cursor), cursor), cursor);

	lower_into(l, cursor, place, false);
	return place;
}

static const struct ir_place *place_decl_ref(struct lower *l, CXCursor cursor)
{
	CXCursor declaration = clang.getCursorReferenced(cursor);
	struct ir_place *place;

	if (declaration.kind == CXCursor_VarDecl || declaration.kind == CXCursor_ParmDecl)
		return place_of_var(l, var_of(l, declaration), cursor);
	if (declaration.kind != CXCursor_FunctionDecl)
		return place_through_temp(l, cursor);
	place = place_new(l, IR_PLACE_DEREF, function_of(l, declaration)->type, cursor);
	place->pointer = lower_value(l, cursor);
	return place;
}

static bool is_pointer_cursor(CXCursor cursor)
{
	return clang.getCanonicalType(clang.getCursorType(cursor)).kind == CXType_Pointer;
}

/* The object before `.`, or behind the pointer before `->`. */
static const struct ir_place *member_base(struct lower *l, CXCursor base, CXCursor cursor)
{
	const struct ir_expr *pointer;
	const struct ir_place *place;
	const struct ir_type *target;
	CXCursor inner = cursor_strip(l, base);

	if (!is_pointer_cursor(base) && !(inner.kind == CXCursor_DeclRefExpr && is_pointer_cursor(inner)))
		return lower_place(l, base);
	pointer = lower_value(l, base);
	target = pointer->type->kind == IR_TYPE_POINTER ? pointer->type->target : l->type_unknown;
	place = place_deref(l, pointer, target, cursor);
	if (place->kind == IR_PLACE_DEREF && place->pointer == pointer)
		((struct ir_place *)place)->is_arrow = true; /* made just now */
	return place;
}

/* Where a member that is an object itself lies: its address may be given away. */
static void fill_record(struct lower *l, CXCursor base, const struct ir_type *record, const struct ir_type *member)
{
	CXType type = clang.getCanonicalType(clang.getCursorType(base));

	if (!record->in_user_file || (member->kind != IR_TYPE_RECORD && member->kind != IR_TYPE_ARRAY))
		return;
	type_fill_record(l, record, type.kind == CXType_Pointer ? clang.getPointeeType(type) : type, 1);
}

static const struct ir_place *place_member(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);
	const struct ir_place *base;
	struct ir_place *place;
	const char *name;

	if (kids.count == 0)
		return place_through_temp(l, cursor);
	base = member_base(l, kids.at[0], cursor);
	name = record_tag(l, cursor); /* NULL for the hidden step through an anonymous member */
	if (!name)
		return base;
	place = place_new(l, IR_PLACE_FIELD, cursor_type(l, cursor), cursor);
	place->part.base = base;
	place->part.field = name;
	fill_record(l, kids.at[0], base->type, place->type);
	return place;
}

static bool is_array_cursor(CXCursor cursor)
{
	enum CXTypeKind kind = clang.getCanonicalType(clang.getCursorType(cursor)).kind;

	return kind == CXType_ConstantArray || kind == CXType_IncompleteArray || kind == CXType_VariableArray;
}

static const struct ir_place *place_subscript(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);
	const struct ir_expr *pointer;
	const struct ir_place *array = NULL;
	const struct ir_expr *index;
	struct ir_place *place;
	CXCursor base;
	bool is_swapped;

	if (kids.count != 2)
		return place_through_temp(l, cursor);
	is_swapped = !is_pointer_cursor(kids.at[0]) && !is_array_cursor(kids.at[0]); /* i[p] */
	base = kids.at[is_swapped];
	if (is_array_cursor(cursor_strip(l, base)))
		array = lower_place(l, cursor_strip(l, base));
	if (array && array->type->kind == IR_TYPE_ARRAY)
		return place_index(l, array, lower_value(l, kids.at[!is_swapped]), cursor);
	pointer = array ? expr_load(l, array, base) : lower_value(l, base);
	index = lower_value(l, kids.at[!is_swapped]);
	place = place_new(l, IR_PLACE_DEREF, cursor_type(l, cursor), cursor);
	place->is_subscript = true;
	place->pointer = expr_binary(l, IR_BINARY_ADD, pointer, index, pointer->type, cursor);
	return place;
}

static const struct ir_place *place_unary(struct lower *l, CXCursor cursor)
{
	enum CXUnaryOperatorKind kind = clang.getCursorUnaryOperatorKind(cursor);
	struct kids kids = cursor_kids(l, cursor);

	if (kids.count == 1 && kind == CXUnaryOperator_Extension)
		return lower_place(l, kids.at[0]);
	if (kids.count == 1 && kind == CXUnaryOperator_Deref)
		return place_deref(l, lower_value(l, kids.at[0]), cursor_type(l, cursor), cursor);
	return place_through_temp(l, cursor);
}

static const struct ir_place *place_wrapper(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);
	bool is_transparent = cursor.kind == CXCursor_ParenExpr ||
			      (!cursor_is_recovery(cursor) && cursor_is_implicit_cast(cursor, &kids));

	return is_transparent && kids.count == 1 ? lower_place(l, kids.at[0]) : place_through_temp(l, cursor);
}

static const struct ir_place *place_string(struct lower *l, CXCursor cursor)
{
	struct ir_place *place = place_new(l, IR_PLACE_DEREF, cursor_type(l, cursor), cursor);

	place->pointer = lower_value(l, cursor);
	return place;
}

/* A compound literal is a nameless variable; a temporary stands for it. */
static const struct ir_place *place_compound_literal(struct lower *l, CXCursor cursor)
{
	struct kids kids = cursor_kids(l, cursor);
	const struct ir_place *place;
	struct ir_var *var;

	if (kids.count == 0 || !l->body)
		return place_through_temp(l, cursor);
	type_fill_fields(l, clang.getCursorType(cursor), LOWER_FIELD_DEPTH);
	var = temp_new(l, l->type_unknown, cursor);
	var->type = cursor_type(l, cursor); /* arrays stay arrays here */
	place = place_of_var(l, var, cursor);
	lower_initialiser(l, kids.at[kids.count - 1], clang.getCursorType(cursor), place);
	return place;
}

/* ---- dispatch ---------------------------------------------------------------------- */

typedef const struct ir_place *(*place_handler)(struct lower *l, CXCursor cursor);

#define SLOT(kind) [CXCursor_##kind - CXCursor_FirstExpr]

static const place_handler place_handlers[] = {
	SLOT(UnexposedExpr) = place_wrapper,
	SLOT(DeclRefExpr) = place_decl_ref,
	SLOT(MemberRefExpr) = place_member,
	SLOT(StringLiteral) = place_string,
	SLOT(ParenExpr) = place_wrapper,
	SLOT(UnaryOperator) = place_unary,
	SLOT(ArraySubscriptExpr) = place_subscript,
	SLOT(CompoundLiteralExpr) = place_compound_literal,
};

const struct ir_place *lower_place(struct lower *l, CXCursor cursor)
{
	size_t slot = (size_t)cursor.kind - CXCursor_FirstExpr;
	place_handler handler = place_through_temp;
	const struct ir_place *place;
	struct invocation *event, *outer;

	if (cursor.kind >= CXCursor_FirstExpr && slot < sizeof(place_handlers) / sizeof(*place_handlers) &&
	    place_handlers[slot])
		handler = place_handlers[slot];
	if (l->body->depth >= LOWER_MAX_DEPTH) {
		body_incomplete(l, "an expression is nested too deeply");
		return place_of_var(l, temp_new(l, cursor_type(l, cursor), cursor), cursor);
	}
	/* An event gives a value; where a place is asked for, its expansion is
	 * lowered, and no part of that is the event. */
	event = handler != place_through_temp ? cursor_event(l, cursor) : NULL;
	if (event)
		event->is_event = false;
	outer = use_enter(l, cursor);
	l->body->depth++;
	place = handler(l, cursor);
	l->body->depth--;
	l->body->use = outer;
	if (event)
		event->is_event = true;
	return place;
}
