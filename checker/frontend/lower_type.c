/* Types: CXType to ir_type, cached for the unit.
 *
 * Address spaces: the compat header spells `__user` as a btf_type_tag. libclang
 * (19 and 22) never shows it in the canonical type, and shows it as a kind of
 * its own only when the unit was parsed with IncludeAttributedTypes; in the
 * spelling of the pointer type it is always there, right before the last `*`.
 * So sugar is peeled one layer at a time and the spelling is what is read. */
#include "lower_int.h"
#include "repair.h"

#include <string.h>

#define TAG_OPEN "__attribute__((btf_type_tag(\""
#define TAG_CLOSE "\")))"
#define NORETURN_TEXT " __attribute__((noreturn))"
#define POINTER_DEPTH 8

/* Not in the C API's enumeration of version 17, so by value; both versions agree. */
enum { TYPE_ATTRIBUTED = 163, TYPE_BTF_TAG = 178 };

struct peeled {
	CXType type; /* without typedefs and attributes */
	const char *typedef_name;
	const char *spelling; /* of the last pointer layer, with its tags; NULL when not a pointer */
	bool is_const;
};

/* ---- spelling --------------------------------------------------------------- */

static char *copy_tag(char *out, const char **in)
{
	const char *name = *in + strlen(TAG_OPEN);
	const char *end = strstr(name, TAG_CLOSE);

	if (!end) {
		*out++ = *(*in)++;
		return out;
	}
	*out++ = '_';
	*out++ = '_';
	memcpy(out, name, (size_t)(end - name));
	out += end - name;
	*out++ = ' ';
	*in = end + strlen(TAG_CLOSE);
	return out;
}

/* `char  __attribute__((btf_type_tag("user")))*` as the author wrote it:
 * `char __user *`. Nameless records lose the place libclang gives as name. */
static const char *clean_spelling(struct lower *l, const char *text)
{
	char *buffer, *out;
	const char *paren = strstr(text, "(unnamed");

	if (!paren)
		paren = strstr(text, "(anonymous");
	if (paren)
		return intern_n(l->pool, text, strcspn(text, " "));
	if (!strstr(text, "__attribute__"))
		return intern(l->pool, text);
	out = buffer = arena_alloc(l->scratch, strlen(text) * 2 + 1);
	while (*text) {
		if (strncmp(text, TAG_OPEN, strlen(TAG_OPEN)) == 0) {
			out = copy_tag(out, &text);
		} else if (strncmp(text, NORETURN_TEXT, strlen(NORETURN_TEXT)) == 0) {
			text += strlen(NORETURN_TEXT);
		} else if (text[0] == ' ' && (text[1] == ' ' || (out > buffer && (out[-1] == ' ' || out[-1] == '(')))) {
			text++;
		} else {
			*out++ = *text++;
		}
	}
	return intern_n(l->pool, buffer, (size_t)(out - buffer));
}

static const char *type_spelling(struct lower *l, CXType type)
{
	CXString string = clang.getTypeSpelling(type);
	const char *text = clang.getCString(string), *clean;

	/* libclang 22 spells the built-in size type so, where nobody wrote it. */
	if (text && strstr(text, "__size_t")) {
		clang.disposeString(string);
		string = clang.getTypeSpelling(clang.getCanonicalType(type));
		text = clang.getCString(string);
	}
	clean = clean_spelling(l, text ? text : "?");
	clang.disposeString(string);
	return clean;
}

static enum ir_space space_named(const char *name, size_t length)
{
	static const struct {
		const char *name;
		enum ir_space space;
	} spaces[] = {
		{ "user", IR_SPACE_USER },
		{ "iomem", IR_SPACE_IOMEM },
		{ "percpu", IR_SPACE_PERCPU },
		{ "rcu", IR_SPACE_RCU },
	};

	for (size_t i = 0; i < sizeof(spaces) / sizeof(*spaces); i++)
		if (strlen(spaces[i].name) == length && memcmp(spaces[i].name, name, length) == 0)
			return spaces[i].space;
	return IR_SPACE_KERNEL;
}

/* The tags that stand right before the last `*` are the pointee's. */
static enum ir_space pointer_space(const char *spelling)
{
	enum ir_space space = IR_SPACE_KERNEL;
	const char *star = spelling ? strrchr(spelling, '*') : NULL;
	const char *tag = spelling;

	while (star && (tag = strstr(tag, TAG_OPEN)) != NULL && tag < star) {
		const char *name = tag + strlen(TAG_OPEN);
		const char *end = strstr(name, TAG_CLOSE);
		enum ir_space found;

		if (!end)
			break;
		tag = end + strlen(TAG_CLOSE);
		found = space_named(name, (size_t)(end - name));
		/* A `*` after the tag and before the last one: it tags an inner pointer. */
		if (found != IR_SPACE_KERNEL && !memchr(tag, '*', (size_t)(star - tag)))
			space = found;
	}
	return space;
}

/* ---- peeling ------------------------------------------------------------------ */

static CXType peel_one(struct lower *l, CXType type, struct peeled *peeled)
{
	switch ((int)type.kind) {
	case CXType_Elaborated:
		return clang.Type_getNamedType(type);
	case CXType_Typedef: {
		CXCursor declaration = clang.getTypeDeclaration(type);

		if (!peeled->typedef_name)
			peeled->typedef_name = cursor_name(l, declaration);
		return clang.getTypedefDeclUnderlyingType(declaration);
	}
	case TYPE_ATTRIBUTED:
	case TYPE_BTF_TAG:
		return clang.Type_getModifiedType(type);
	case CXType_Unexposed:
	case CXType_Auto:
		return clang.getCanonicalType(type);
	default:
		return type;
	}
}

static struct peeled peel(struct lower *l, CXType type)
{
	struct peeled peeled = { .type = type };

	/* Each round removes one layer; the bound is for invalid types only. */
	for (int i = 0; i < 64; i++) {
		CXType next;

		peeled.is_const |= clang.isConstQualifiedType(peeled.type);
		next = peel_one(l, peeled.type, &peeled);
		if (next.kind == CXType_Invalid ||
		    (next.data[0] == peeled.type.data[0] && next.kind == peeled.type.kind))
			break;
		peeled.type = next;
	}
	return peeled;
}

/* ---- making ------------------------------------------------------------------- */

static bool is_unsigned_kind(enum CXTypeKind kind)
{
	return kind >= CXType_Char_U && kind <= CXType_UInt128;
}

const char *record_tag(struct lower *l, CXCursor declaration)
{
	CXString string = clang.getCursorSpelling(declaration);
	const char *text = clang.getCString(string);
	const char *tag = NULL;

	if (text && strncmp(text, STUB_TAG_PREFIX, strlen(STUB_TAG_PREFIX)) == 0)
		text += strlen(STUB_TAG_PREFIX); /* the type's own name */
	if (text && text[0] && !strchr(text, '('))
		tag = intern(l->pool, text);
	clang.disposeString(string);
	return tag;
}

static void make_pointer(struct lower *l, struct ir_type *made, const struct peeled *peeled)
{
	CXString spelling = clang.getTypeSpelling(peeled->type);

	made->kind = IR_TYPE_POINTER;
	made->space = pointer_space(clang.getCString(spelling));
	clang.disposeString(spelling);
	made->target = type_of(l, clang.getPointeeType(peeled->type));
}

static void make_array(struct lower *l, struct ir_type *made, const struct peeled *peeled)
{
	made->kind = IR_TYPE_ARRAY;
	made->target = type_of(l, clang.getArrayElementType(peeled->type));
	made->count = peeled->type.kind == CXType_ConstantArray ? clang.getArraySize(peeled->type) : -1;
	if (peeled->type.kind != CXType_ConstantArray)
		made->size = -1;
}

static void make_function(struct lower *l, struct ir_type *made, const struct peeled *peeled)
{
	int count = peeled->type.kind == CXType_FunctionNoProto ? -1 : clang.getNumArgTypes(peeled->type);
	const struct ir_type **params;

	made->kind = IR_TYPE_FUNCTION;
	made->size = -1;
	made->param_count = count;
	made->target = type_of(l, clang.getResultType(peeled->type));
	made->is_variadic = clang.isFunctionTypeVariadic(peeled->type);
	if (count <= 0)
		return;
	params = ARENA_ARRAY(l->arena, const struct ir_type *, (size_t)count);
	for (int i = 0; i < count; i++)
		params[i] = type_adjusted(l, type_of(l, clang.getArgType(peeled->type, (unsigned)i)));
	made->params = params;
}

static void make_record(struct lower *l, struct ir_type *made, const struct peeled *peeled)
{
	CXCursor declaration = clang.getTypeDeclaration(peeled->type);
	struct source *source = cursor_source(l, declaration);

	made->kind = IR_TYPE_RECORD;
	made->is_union = declaration.kind == CXCursor_UnionDecl;
	made->in_user_file = source && source->is_user;
	made->tag = record_tag(l, declaration);
	if (!made->tag)
		made->tag = peeled->typedef_name;
}

static void make_enum(struct lower *l, struct ir_type *made, const struct peeled *peeled)
{
	CXCursor declaration = clang.getTypeDeclaration(peeled->type);

	made->kind = IR_TYPE_INT;
	made->is_enum = true;
	made->is_unsigned = is_unsigned_kind(clang.getCanonicalType(clang.getEnumDeclIntegerType(declaration)).kind);
	made->tag = record_tag(l, declaration);
	if (!made->tag)
		made->tag = peeled->typedef_name;
}

static void make_type(struct lower *l, struct ir_type *made, const struct peeled *peeled)
{
	enum CXTypeKind kind = peeled->type.kind;

	switch (kind) {
	case CXType_Void:
		made->kind = IR_TYPE_VOID;
		made->size = -1;
		break;
	case CXType_Bool:
		made->kind = IR_TYPE_BOOL;
		made->is_unsigned = true;
		break;
	case CXType_Pointer:
	case CXType_BlockPointer:
		make_pointer(l, made, peeled);
		break;
	case CXType_ConstantArray:
	case CXType_IncompleteArray:
	case CXType_VariableArray:
		make_array(l, made, peeled);
		break;
	case CXType_FunctionProto:
	case CXType_FunctionNoProto:
		make_function(l, made, peeled);
		break;
	case CXType_Record:
		make_record(l, made, peeled);
		break;
	case CXType_Enum:
		make_enum(l, made, peeled);
		break;
	default:
		if (kind >= CXType_Char_U && kind <= CXType_Int128) {
			made->kind = IR_TYPE_INT;
			made->is_unsigned = is_unsigned_kind(kind);
		} else if ((kind >= CXType_Float && kind <= CXType_LongDouble) || kind == CXType_Float128 ||
			   kind == CXType_Half || kind == CXType_Float16) {
			made->kind = IR_TYPE_FLOAT;
		}
	}
}

/* typeof and attributes are no name for a type. */
static bool hides_name(CXType type)
{
	return type.kind == CXType_Unexposed || (int)type.kind == TYPE_ATTRIBUTED || (int)type.kind == TYPE_BTF_TAG;
}

const struct ir_type *type_of(struct lower *l, CXType type)
{
	struct ir_type *made;
	struct peeled peeled;
	uint64_t key;

	if (type.kind == CXType_Invalid || type.kind == CXType_Dependent)
		return l->type_unknown;
	key = type_key(type);
	made = keymap_get(l->types, key);
	if (made)
		return made;
	made = ARENA_NEW(l->arena, struct ir_type);
	keymap_put(l->types, key, made);
	peeled = peel(l, type);
	made->spelling = type_spelling(l, hides_name(type) ? peeled.type : type);
	made->typedef_name = peeled.typedef_name;
	made->is_const = peeled.is_const;
	made->count = -1;
	made->field_count = -1;
	made->param_count = -1;
	made->size = clang.Type_getSizeOf(peeled.type);
	if (made->size < 0)
		made->size = -1;
	make_type(l, made, &peeled);
	return made;
}

const struct ir_type *cursor_type(struct lower *l, CXCursor cursor)
{
	return type_of(l, clang.getCursorType(cursor));
}

static struct ir_type *type_made(struct lower *l, enum ir_type_kind kind, const char *spelling, int64_t size)
{
	struct ir_type *made = ARENA_NEW(l->arena, struct ir_type);

	made->kind = kind;
	made->spelling = intern(l->pool, spelling);
	made->size = size;
	made->count = made->field_count = made->param_count = -1;
	return made;
}

const struct ir_type *type_plain_int(struct lower *l, const char *spelling, int64_t size, bool is_unsigned)
{
	struct ir_type *made = type_made(l, IR_TYPE_INT, spelling, size);

	made->is_unsigned = is_unsigned;
	return made;
}

const struct ir_type *type_pointer_to(struct lower *l, const struct ir_type *target)
{
	struct ir_type *made = keymap_get(l->pointers, KEYMAP_KEY(target));

	if (made)
		return made;
	made = type_made(l, IR_TYPE_POINTER, arena_printf(l->scratch, "%s *", target->spelling), sizeof(void *));
	made->target = target;
	keymap_put(l->pointers, KEYMAP_KEY(target), made);
	return made;
}

const struct ir_type *type_adjusted(struct lower *l, const struct ir_type *type)
{
	if (type->kind == IR_TYPE_ARRAY)
		return type_pointer_to(l, type->target);
	if (type->kind == IR_TYPE_FUNCTION)
		return type_pointer_to(l, type);
	return type;
}

int64_t type_truncate(const struct ir_type *type, int64_t value)
{
	unsigned bits;

	if (type->kind == IR_TYPE_BOOL)
		return value != 0;
	if (type->kind != IR_TYPE_INT || type->size <= 0 || type->size >= 8)
		return value;
	bits = (unsigned)type->size * 8;
	value &= (INT64_C(1) << bits) - 1;
	if (!type->is_unsigned && (value >> (bits - 1)))
		value -= INT64_C(1) << bits;
	return value;
}

/* ---- records -------------------------------------------------------------------- */

struct field_visit {
	struct lower *l;
	CXCursor *fields;
	int count, capacity;
};

static enum CXVisitorResult visit_field(CXCursor cursor, CXClientData data)
{
	struct field_visit *visit = data;

	ARENA_PUSH(visit->l->scratch, visit->fields, visit->count, visit->capacity, cursor);
	return CXVisit_Continue;
}

const struct field_list *type_fields(struct lower *l, CXType type)
{
	CXType record = clang.getCanonicalType(type);
	struct field_list *list = keymap_get(l->fields, type_key(record));
	struct field_visit visit = { .l = l };

	if (list)
		return list;
	list = ARENA_NEW(l->scratch, struct field_list);
	keymap_put(l->fields, type_key(record), list);
	if (record.kind != CXType_Record)
		return list;
	clang.Type_visitFields(record, visit_field, &visit);
	list->fields = visit.fields;
	list->count = visit.count;
	list->is_union = clang.getTypeDeclaration(record).kind == CXCursor_UnionDecl;
	return list;
}

static struct ir_field make_field(struct lower *l, CXCursor cursor, int depth)
{
	struct ir_field field = { 0 };
	CXType type = clang.getCursorType(cursor);

	field.name = record_tag(l, cursor); /* nameless members are spelled like nameless records */
	field.bit_offset = clang.Cursor_getOffsetOfField(cursor);
	if (field.bit_offset < 0)
		field.bit_offset = -1;
	field.is_bitfield = clang.Cursor_isBitField(cursor);
	type_fill_fields(l, type, depth - 1);
	field.type = type_of(l, type);
	return field;
}

void type_fill_record(struct lower *l, const struct ir_type *record, CXType type, int depth)
{
	struct ir_type *made = (struct ir_type *)record; /* ours: type_of made it */
	const struct field_list *list;
	struct ir_field *fields;

	if (made->kind != IR_TYPE_RECORD || made->field_count >= 0 || depth <= 0)
		return;
	list = type_fields(l, type);
	made->field_count = list->count;
	fields = ARENA_ARRAY(l->arena, struct ir_field, (size_t)list->count);
	made->fields = fields;
	for (int i = 0; i < list->count; i++)
		fields[i] = make_field(l, list->fields[i], depth);
}

void type_fill_fields(struct lower *l, CXType type, int depth)
{
	const struct ir_type *made = type_of(l, type);

	if (made->kind == IR_TYPE_ARRAY && depth > 0)
		type_fill_fields(l, clang.getArrayElementType(peel(l, type).type), depth);
	else
		type_fill_record(l, made, type, depth);
}

bool type_has_pointers(struct lower *l, CXType type, int depth)
{
	CXType canonical = clang.getCanonicalType(type);
	const struct field_list *list;
	bool found = false;
	void *known;

	while (canonical.kind == CXType_ConstantArray || canonical.kind == CXType_IncompleteArray)
		canonical = clang.getCanonicalType(clang.getArrayElementType(canonical));
	if (canonical.kind != CXType_Record)
		return canonical.kind == CXType_Pointer;
	if (depth >= POINTER_DEPTH)
		return true;
	known = keymap_get(l->has_pointers, type_key(canonical));
	if (known)
		return known == l;
	list = type_fields(l, canonical);
	for (int i = 0; i < list->count && !found; i++)
		found = type_has_pointers(l, clang.getCursorType(list->fields[i]), depth + 1);
	/* Two distinct non-NULL marks: the map cannot hold "no". */
	keymap_put(l->has_pointers, type_key(canonical), found ? (void *)l : (void *)l->has_pointers);
	return found;
}
