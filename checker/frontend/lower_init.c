/* Initialisers of aggregates: which member each value of a braced list is for.
 *
 * libclang shows the list as written (designators, missing braces), so this
 * follows the rules of C11 6.7.9 itself. One walk serves both uses: local
 * variables get ZERO and ASSIGN steps; static ones run no code, there only
 * functions bound to fields and the names of the fields are collected. */
#include "lower_int.h"

/* Elements of one array that are initialised one by one; a longer list is data. */
#define MAX_ELEMENTS 256
/* Of a range designator `[0 ... 255] = v`. */
#define MAX_RANGE 16

struct init_walk {
	const CXCursor *values;
	int count, next;
};

/* The (sub)object being initialised. */
struct init_target {
	CXType type;
	const struct ir_place *place; /* NULL at file scope */
	const char *record, *field;   /* innermost named field around it, for bindings */
	const char *object;	      /* name of the static variable */
};

static void init_object(struct lower *l, const struct init_target *target, struct init_walk *walk, bool is_braced);

/* ---- targets ------------------------------------------------------------------------ */

static bool is_record_type(CXType type)
{
	return clang.getCanonicalType(type).kind == CXType_Record;
}

static bool is_array_type(CXType type)
{
	enum CXTypeKind kind = clang.getCanonicalType(type).kind;

	return kind == CXType_ConstantArray || kind == CXType_IncompleteArray;
}

/* Notes that a static object's initialiser gives the field a value; field NULL: perhaps any. */
static void note_initialised(struct lower *l, const char *record, const char *field)
{
	struct ir_unit *unit = l->unit;
	struct ir_initialised one = { record, field };

	for (int i = unit->initialised_count - 1; i >= 0; i--)
		if (unit->initialised[i].record == record && unit->initialised[i].field == field)
			return;
	if (record)
		ARENA_PUSH(l->arena, unit->initialised, unit->initialised_count, unit->initialised_capacity, one);
}

static struct init_target field_target(struct lower *l, const struct init_target *outer, CXCursor field)
{
	struct init_target target = *outer;
	struct ir_place *place;
	const char *name = record_tag(l, field), *record;

	target.type = clang.getCursorType(field);
	if (!name) /* anonymous member: its fields are the outer object's */
		return target;
	target.field = name;
	record = record_tag(l, clang.getCursorSemanticParent(field));
	if (record) /* a field of a nameless record is bound under the one around it */
		target.record = record;
	if (!outer->place) {
		note_initialised(l, target.record, name);
		return target;
	}
	place = ARENA_NEW(l->arena, struct ir_place);
	place->kind = IR_PLACE_FIELD;
	place->type = type_of(l, target.type);
	place->span = outer->place->span;
	place->part.base = outer->place;
	place->part.field = name;
	target.place = place;
	return target;
}

static struct init_target element_target(struct lower *l, const struct init_target *outer, int64_t index)
{
	struct init_target target = *outer;
	struct ir_place *place;

	target.type = clang.getArrayElementType(clang.getCanonicalType(outer->type));
	if (!outer->place)
		return target;
	place = ARENA_NEW(l->arena, struct ir_place);
	place->kind = IR_PLACE_INDEX;
	place->type = outer->place->type->kind == IR_TYPE_ARRAY ? outer->place->type->target : type_of(l, target.type);
	place->span = outer->place->span;
	place->part.base = outer->place;
	place->part.index = ir_expr_int(l->arena, index, l->type_int, outer->place->span);
	target.place = place;
	return target;
}

/* ---- values ----------------------------------------------------------------------------- */

/* Of `condition ? a : b` with a constant condition, as pm_sleep_ptr() makes it. */
static CXCursor chosen_branch(struct lower *l, CXCursor conditional)
{
	struct kids kids = cursor_kids(l, conditional);
	int64_t condition;

	if (kids.count != 3 || !cursor_evaluate(kids.at[0], &condition))
		return clang.getNullCursor();
	return kids.at[condition ? 1 : 2];
}

/* A function that a static initialiser names, through casts and `&`. */
static CXCursor named_function(struct lower *l, CXCursor value)
{
	CXCursor none = clang.getNullCursor(), declaration;

	for (;;) {
		struct kids kids;

		value = cursor_strip(l, value);
		if (value.kind == CXCursor_ConditionalOperator) {
			value = chosen_branch(l, value);
			continue;
		}
		if (value.kind != CXCursor_CStyleCastExpr && value.kind != CXCursor_UnaryOperator)
			break;
		kids = cursor_kids(l, value);
		if (kids.count == 0)
			return none;
		value = kids.at[kids.count - 1];
	}
	if (value.kind != CXCursor_DeclRefExpr)
		return none;
	declaration = clang.getCursorReferenced(value);
	if (declaration.kind == CXCursor_VarDecl) {
		var_of(l, declaration)->address_taken = true;
		return none;
	}
	return declaration.kind == CXCursor_FunctionDecl ? declaration : none;
}

static void static_value(struct lower *l, const struct init_target *target, CXCursor value)
{
	CXCursor declaration = named_function(l, value);

	if (!cursor_is_null(declaration))
		binding_add(l, target->record, target->field, function_of(l, declaration), target->object, value);
}

static void init_value(struct lower *l, const struct init_target *target, CXCursor value)
{
	if (target->place)
		lower_into(l, value, target->place, true);
	else
		static_value(l, target, value);
}

static bool is_whole_value(struct lower *l, CXType type, CXCursor value)
{
	CXCursor inner;

	if (is_record_type(type))
		return clang.equalTypes(clang.getCanonicalType(clang.getUnqualifiedType(type)),
					clang.getCanonicalType(clang.getUnqualifiedType(clang.getCursorType(value))));
	inner = cursor_strip(l, value);
	return inner.kind == CXCursor_StringLiteral || inner.kind == CXCursor_CompoundLiteralExpr;
}

/* The next value of the list, for one member. */
static void init_member(struct lower *l, const struct init_target *target, struct init_walk *walk)
{
	CXCursor value = walk->values[walk->next];
	bool is_aggregate = is_record_type(target->type) || is_array_type(target->type);

	if (value.kind == CXCursor_InitListExpr) {
		struct kids kids = cursor_kids(l, value);
		struct init_walk inner = { kids.at, kids.count, 0 };

		walk->next++;
		init_object(l, target, &inner, true);
	} else if (is_aggregate && !is_whole_value(l, target->type, value)) {
		int before = walk->next;

		init_object(l, target, walk, false); /* braces left out */
		if (walk->next == before)
			walk->next++;
	} else {
		walk->next++;
		init_value(l, target, value);
	}
}

/* ---- designators -------------------------------------------------------------------------- */

static bool is_designated(CXCursor value)
{
	return value.kind == CXCursor_UnexposedExpr && clang.getCursorType(value).kind == CXType_Void;
}

static int field_index(const struct field_list *list, CXCursor field)
{
	for (int i = 0; i < list->count; i++)
		if (clang.equalCursors(list->fields[i], field))
			return i;
	return -1;
}

struct designation {
	struct init_target target;
	int64_t position; /* of the first designator, in the object of the list */
	int64_t last;	  /* of a range; else the same */
};

/* Follows one designator that is an index; two expressions for one dimension
 * are a range. */
static int follow_index(struct lower *l, struct designation *d, const struct kids *kids, int at, bool is_first)
{
	int64_t index = 0, last;
	int used = 1;

	cursor_evaluate(kids->at[at], &index);
	last = index;
	d->target = element_target(l, &d->target, index);
	if (at + 2 < kids->count && clang.isExpression(kids->at[at + 1].kind) && !is_array_type(d->target.type)) {
		if (!cursor_evaluate(kids->at[at + 1], &last) || last < index)
			last = index;
		used = 2;
	}
	if (is_first) {
		d->position = index;
		d->last = last;
	}
	return used;
}

static struct designation follow_designators(struct lower *l, const struct init_target *target, const struct kids *kids)
{
	struct designation d = { .target = *target };
	bool is_first = true;

	for (int i = 0; i + 1 < kids->count;) {
		CXCursor kid = kids->at[i];

		if (kid.kind == CXCursor_MemberRef) {
			CXCursor field = clang.getCursorReferenced(kid);

			if (is_first)
				d.position = d.last = field_index(type_fields(l, d.target.type), field);
			d.target = field_target(l, &d.target, field);
			i++;
		} else if (clang.isExpression(kid.kind) && is_array_type(d.target.type)) {
			i += follow_index(l, &d, kids, i, is_first);
		} else {
			i++;
			continue;
		}
		is_first = false;
	}
	return d;
}

/* Initialises what a designated value is for; returns the position that follows. */
static int64_t init_designated(struct lower *l, const struct init_target *target, struct init_walk *walk)
{
	struct kids kids = cursor_kids(l, walk->values[walk->next++]);
	struct designation d;
	int64_t end;

	if (kids.count < 2)
		return 0;
	d = follow_designators(l, target, &kids);
	end = d.last < d.position + MAX_RANGE ? d.last : d.position + MAX_RANGE;
	for (int64_t i = d.position; i <= end; i++) {
		struct init_walk one = { &kids.at[kids.count - 1], 1, 0 };
		struct init_target element = i == d.position ? d.target : element_target(l, target, i);

		init_member(l, &element, &one);
	}
	return d.last + 1;
}

/* ---- lists ------------------------------------------------------------------------------------ */

static void init_record(struct lower *l, const struct init_target *target, struct init_walk *walk, bool is_braced)
{
	const struct field_list *list = type_fields(l, target->type);
	int64_t position = 0;

	while (walk->next < walk->count) {
		if (is_designated(walk->values[walk->next])) {
			if (!is_braced)
				return;
			position = init_designated(l, target, walk);
			continue;
		}
		/* Nameless bit-fields take no value. */
		while (position < list->count && clang.Cursor_isBitField(list->fields[position]) &&
		       !record_tag(l, list->fields[position]))
			position++;
		if (position >= list->count) {
			if (!is_braced)
				return;
			walk->next++; /* too many values: an error clang has reported */
			continue;
		}
		struct init_target member = field_target(l, target, list->fields[position]);

		init_member(l, &member, walk);
		position = list->is_union ? list->count : position + 1;
		if (!is_braced && position >= list->count)
			return;
	}
}

static void init_array(struct lower *l, const struct init_target *target, struct init_walk *walk, bool is_braced)
{
	int64_t size = clang.getArraySize(clang.getCanonicalType(target->type)), index = 0;
	int done = 0;

	while (walk->next < walk->count) {
		if (is_designated(walk->values[walk->next])) {
			if (!is_braced)
				return;
			index = init_designated(l, target, walk);
			continue;
		}
		if (!is_braced && size >= 0 && index >= size)
			return;
		if (target->place && ++done > MAX_ELEMENTS) {
			walk->next++;
			continue;
		}
		struct init_target element = element_target(l, target, index++);

		init_member(l, &element, walk);
	}
}

static void init_object(struct lower *l, const struct init_target *target, struct init_walk *walk, bool is_braced)
{
	if (l->init_depth >= LOWER_MAX_DEPTH)
		return;
	l->init_depth++;
	if (is_record_type(target->type))
		init_record(l, target, walk, is_braced);
	else if (is_array_type(target->type) && walk->count == 1 && is_braced &&
		 is_whole_value(l, target->type, walk->values[0]))
		init_value(l, target, walk->values[walk->next++]); /* { "text" } */
	else if (is_array_type(target->type))
		init_array(l, target, walk, is_braced);
	else if (walk->next < walk->count)
		init_member(l, target, walk);
	l->init_depth--;
}

/* The list itself, or what stands in its place: a compound literal is the list
 * of the variable it initialises. */
static CXCursor init_list(struct lower *l, CXCursor init, bool is_aggregate)
{
	CXCursor inner = cursor_strip(l, init);

	if (is_aggregate && inner.kind == CXCursor_CompoundLiteralExpr) {
		struct kids kids = cursor_kids(l, inner);

		if (kids.count)
			inner = kids.at[kids.count - 1];
	}
	return inner;
}

void lower_initialiser(struct lower *l, CXCursor init, CXType type, const struct ir_place *place)
{
	struct init_target target = { .type = type, .place = place };
	bool is_aggregate = is_record_type(type) || is_array_type(type);
	CXCursor list = init_list(l, init, is_aggregate);
	struct init_walk walk;
	struct kids kids;
	struct ir_insn *insn;

	if (list.kind != CXCursor_InitListExpr) {
		lower_into(l, init, place, true);
		return;
	}
	kids = cursor_kids(l, list);
	walk = (struct init_walk){ kids.at, kids.count, 0 };
	if (is_aggregate) {
		insn = emit(l, IR_ZERO, list);
		insn->assign.place = place;
		insn->assign.is_init = true;
	} else if (kids.count == 0) {
		emit_assign(l, place, expr_int(l, 0, place->type, list), true, list);
	}
	init_object(l, &target, &walk, true);
}

void lower_static_initialiser(struct lower *l, CXCursor init, CXType type, const char *object)
{
	struct init_target target = { .type = type, .object = object };
	CXCursor list = init_list(l, init, true);
	CXType element = clang.getCanonicalType(type);
	struct init_walk walk;
	struct kids kids;

	while (is_array_type(element))
		element = clang.getCanonicalType(clang.getArrayElementType(element));
	if (is_record_type(element))
		target.record = record_tag(l, clang.getTypeDeclaration(element));
	/* A table of plain data may be long, and names no functions. */
	if (!type_has_pointers(l, type, 0) && is_record_type(element))
		note_initialised(l, target.record, NULL);
	if (!type_has_pointers(l, type, 0) && !is_record_type(type))
		return;
	if (list.kind != CXCursor_InitListExpr) {
		static_value(l, &target, init);
		return;
	}
	kids = cursor_kids(l, list);
	walk = (struct init_walk){ kids.at, kids.count, 0 };
	init_object(l, &target, &walk, true);
}

/* The field that a part of a record's initialiser is designated for; NULL: none. */
static const char *designated_field(struct lower *l, CXCursor part)
{
	struct kids kids;

	if (!is_designated(part))
		return NULL;
	kids = cursor_kids(l, part);
	return kids.count && kids.at[0].kind == CXCursor_MemberRef ? cursor_name(l, kids.at[0]) : NULL;
}

void lower_set_fields(struct lower *l, CXCursor init, CXType type, struct ir_var *var)
{
	CXCursor list = init_list(l, init, true);
	struct kids kids;

	if (!is_record_type(clang.getCanonicalType(type)) || list.kind != CXCursor_InitListExpr)
		return;
	kids = cursor_kids(l, list);
	var->set_fields = ARENA_ARRAY(l->arena, const char *, (size_t)kids.count + 1);
	for (int i = 0; i < kids.count; i++) {
		var->set_fields[i] = designated_field(l, kids.at[i]);
		if (!var->set_fields[i])
			return; /* by position */
	}
	var->set_field_count = kids.count;
}
