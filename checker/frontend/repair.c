/* See repair.h. One function per kind of error, found in a table by the
 * beginning of clang's message. */
#include "repair.h"

#include <ctype.h>
#include <string.h>

/* ---- text ------------------------------------------------------------------- */

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool starts_with(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* The number-th (from 0) text in single quotes of the message, or NULL. */
static const char *quoted(struct arena *arena, const char *message, int number)
{
	const char *start = message;

	for (;; number--) {
		start = strchr(start, '\'');
		const char *end = start ? strchr(start + 1, '\'') : NULL;
		if (!end)
			return NULL;
		if (number == 0)
			return arena_strndup(arena, start + 1, (size_t)(end - start - 1));
		start = end + 1;
	}
}

static const char *skip_space(const char *text)
{
	return text + strspn(text, " \t\r\n\f\v");
}

/* Past a string, character constant or comment that starts here; else text itself. */
static const char *skip_opaque(const char *text)
{
	if (*text == '"' || *text == '\'') {
		char quote = *text++;
		while (*text && *text != quote && *text != '\n')
			text += *text == '\\' && text[1] ? 2 : 1;
		return *text == quote ? text + 1 : text;
	}
	if (starts_with(text, "/*")) {
		const char *end = strstr(text + 2, "*/");
		return end ? end + 2 : text + strlen(text);
	}
	if (starts_with(text, "//"))
		return text + strcspn(text, "\n");
	return text;
}

/* The first comma, or closing bracket of the enclosing list; NULL at the end of the text. */
static const char *end_of_item(const char *text)
{
	int depth = 0;

	while (*text) {
		const char *next = skip_opaque(text);
		if (next != text) {
			text = next;
			continue;
		}
		if (depth == 0 && strchr(",)}];", *text))
			return text;
		depth += strchr("([{", *text) != NULL;
		depth -= strchr(")]}", *text) != NULL;
		text++;
	}
	return NULL;
}

/* ---- stubs -------------------------------------------------------------------- */

static struct stub *find_stub(const struct repairs *repairs, const char *name, bool is_tag)
{
	for (int i = 0; i < repairs->stub_count; i++) {
		struct stub *stub = &repairs->stubs[i];
		bool has_tag = stub->kind == STUB_RECORD || stub->kind == STUB_UNION;
		if (has_tag == is_tag && strcmp(stub->name, name) == 0)
			return stub;
	}
	return NULL;
}

/* A struct of our own, behind a stub type that was noted already. */
static bool is_stub_tag(const char *name)
{
	return starts_with(name, STUB_TAG_PREFIX);
}

static void add_note(struct repairs *repairs, const struct parse_error *error, const char *text)
{
	struct repair_note note = { .span = error->span, .text = text };

	ARENA_PUSH(repairs->arena, repairs->notes, repairs->note_count, repairs->note_capacity, note);
}

static bool add_stub(struct repairs *repairs, const struct parse_error *error, enum stub_kind kind, const char *name,
		     const char *what)
{
	struct stub stub = { .kind = kind, .name = name, .note = repairs->note_count };

	if (find_stub(repairs, name, kind == STUB_RECORD || kind == STUB_UNION))
		return false;
	ARENA_PUSH(repairs->arena, repairs->stubs, repairs->stub_count, repairs->stub_capacity, stub);
	add_note(repairs, error,
		 is_stub_tag(name) ? NULL :
				     arena_printf(repairs->arena,
						  "%s'%s' is not known to these headers; a stub was used", what, name));
	return true;
}

/* Holds a pointer on every target: functions are stored in such members. */
#define STUB_INTEGER "__INTPTR_TYPE__"

static const char *stub_text(struct arena *arena, const struct stub *stub)
{
	switch (stub->kind) {
	case STUB_VALUE:
		return arena_printf(arena, "extern int %s;\n", stub->name);
	case STUB_CONSTANT:
		return stub->value ? arena_printf(arena, "enum { %s = %d };\n", stub->name, stub->value) :
				     arena_printf(arena, "enum { %s };\n", stub->name);
	case STUB_FUNCTION:
		return arena_printf(arena, "extern int %s();\n", stub->name);
	case STUB_SCALAR:
		return arena_printf(arena, "typedef " STUB_INTEGER " %s;\n", stub->name);
	case STUB_OPAQUE:
		return arena_printf(arena, "typedef struct " STUB_TAG_PREFIX "%s %s;\n", stub->name, stub->name);
	case STUB_POINTER:
		return arena_printf(arena, "typedef struct " STUB_TAG_PREFIX "%s *%s;\n", stub->name, stub->name);
	case STUB_NOTHING:
		return arena_printf(arena, "#define %s\n", stub->name);
	case STUB_RECORD:
	case STUB_UNION:
		break;
	}
	const char *text = arena_printf(arena, "%s %s { " STUB_INTEGER " so2check_opaque;",
					stub->kind == STUB_UNION ? "union" : "struct", stub->name);
	for (int i = 0; i < stub->member_count; i++)
		text = arena_printf(arena, "%s " STUB_INTEGER " %s;", text, stub->members[i]);
	return arena_printf(arena, "%s };\n", text);
}

const char *repair_prelude(struct arena *arena, const struct repairs *repairs)
{
	const char *text = NULL;

	for (int i = 0; i < repairs->stub_count; i++) {
		if (repairs->stubs[i].is_withdrawn)
			continue;
		text = arena_printf(arena, "%s%s", text ? text : "#pragma clang system_header\n",
				    stub_text(arena, &repairs->stubs[i]));
	}
	return text;
}

/* ---- edits ---------------------------------------------------------------------- */

static bool add_edit(struct repairs *repairs, const struct parse_error *error, const char *from, const char *to)
{
	struct text_edit edit = { .path = error->path,
				  .offset = (size_t)(from - error->text),
				  .length = (size_t)(to - from) };

	for (int i = 0; i < repairs->edit_count; i++)
		if (repairs->edits[i].offset == edit.offset && strcmp(repairs->edits[i].path, edit.path) == 0)
			return false;
	ARENA_PUSH(repairs->arena, repairs->edits, repairs->edit_count, repairs->edit_capacity, edit);
	return true;
}

char *repair_apply(struct arena *arena, const struct repairs *repairs, const char *path, const char *text,
		   size_t length)
{
	char *copy = arena_strndup(arena, text, length);

	for (int i = 0; i < repairs->edit_count; i++) {
		const struct text_edit *edit = &repairs->edits[i];
		if (strcmp(edit->path, path) != 0)
			continue;
		for (size_t j = edit->offset; j < edit->offset + edit->length && j < length; j++)
			if (copy[j] != '\n')
				copy[j] = ' ';
	}
	return copy;
}

/* ---- unknown names ----------------------------------------------------------------- */

/* The word at the place of the error, when the text is known. */
static const char *after_word(const struct parse_error *error)
{
	if (!error->text || error->offset >= error->length)
		return "";
	const char *text = error->text + error->offset;
	while (is_word(*text))
		text++;
	return skip_space(text);
}

static bool is_type_keyword(const char *text)
{
	static const char *const words[] = { "int",    "void",	  "char",     "short",	"long",	  "unsigned", "signed",
					     "struct", "union",	  "enum",     "static", "extern", "inline",   "const",
					     "bool",   "typedef", "register", "float",	"double" };
	size_t length = 0;

	while (is_word(text[length]))
		length++;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == length && strncmp(words[i], text, length) == 0)
			return true;
	return false;
}

static bool learn_type(struct repairs *repairs, const struct parse_error *error)
{
	const char *name = quoted(repairs->arena, error->message, 0);
	const char *next = after_word(error);

	if (!name)
		return false;
	if (is_type_keyword(next))
		return add_stub(repairs, error, STUB_NOTHING, name, "");
	struct stub *known = find_stub(repairs, name, false);
	if (!known)
		return add_stub(repairs, error, *next == '*' ? STUB_OPAQUE : STUB_SCALAR, name, "type ");
	if (known->kind != STUB_OPAQUE || *next == '*')
		return false;
	known->kind = STUB_SCALAR; /* also used by value */
	return true;
}

/* `.field = name` followed by the end of the item: an address is stored. */
static bool is_bound_to_field(const struct parse_error *error)
{
	if (!error->text || error->offset >= error->length)
		return false;
	const char *text = error->text + error->offset;
	while (text > error->text && strchr(" \t\n&", text[-1]))
		text--;
	if (text == error->text || *--text != '=')
		return false;
	while (text > error->text && strchr(" \t\n", text[-1]))
		text--;
	while (text > error->text && is_word(text[-1]))
		text--;
	const char *next = after_word(error);
	return text > error->text && text[-1] == '.' && (*next == ',' || *next == '}');
}

static bool has_lower_case(const char *name)
{
	for (; *name; name++)
		if (islower((unsigned char)*name))
			return true;
	return false;
}

/* The last character before the place that is no blank; a NUL at the text's start. */
static char before_place(const struct parse_error *error)
{
	const char *text = error->text + error->offset;

	while (text > error->text && strchr(" \t\r\n", text[-1]))
		text--;
	return text > error->text ? text[-1] : '\0';
}

/* `name variable = ` where a statement begins, also with stars, `(name *)` and
 * `(name)value`: the parser took an unknown type for a value. */
static bool is_type_by_place(const struct parse_error *error, bool *is_pointer)
{
	if (!error->text || error->offset >= error->length)
		return false;
	char before = before_place(error);
	const char *next = after_word(error);
	*is_pointer = *next == '*';
	if (before == '(' && *next == ')') {
		next = skip_space(next + 1);
		return is_word(*next) || *next == '(';
	}
	while (*next == '*')
		next = skip_space(next + 1);
	if (before == '(')
		return *is_pointer && *next == ')';
	if (!strchr(";{}", before) || !is_word(*next))
		return false;
	while (is_word(*next))
		next++;
	return *skip_space(next) && strchr("=;,[", *skip_space(next));
}

static bool learn_type_by_place(struct repairs *repairs, const struct parse_error *error)
{
	const char *name = quoted(repairs->arena, error->message, 0);
	bool is_pointer = false;

	return name && is_type_by_place(error, &is_pointer) &&
	       add_stub(repairs, error, is_pointer ? STUB_OPAQUE : STUB_SCALAR, name, "type ");
}

static bool learn_identifier(struct repairs *repairs, const struct parse_error *error)
{
	const char *name = quoted(repairs->arena, error->message, 0);

	if (!name)
		return false;
	bool is_function = has_lower_case(name) && is_bound_to_field(error);
	return add_stub(repairs, error, is_function ? STUB_FUNCTION : STUB_VALUE, name, "");
}

/* Unlike the values of real constants that a switch may name. */
#define FIRST_DISTINCT_VALUE 70001

static bool follows_case(const struct parse_error *error)
{
	const char *text = error->text + error->offset;

	while (text > error->text && strchr(" \t", text[-1]))
		text--;
	return text - error->text >= 4 && strncmp(text - 4, "case", 4) == 0;
}

/* A stub value stands where only a constant may: all that are on this line become constants. */
static bool learn_constant(struct repairs *repairs, const struct parse_error *error)
{
	bool is_new = false;

	if (!error->text || error->offset >= error->length)
		return false;
	bool is_case = follows_case(error);
	const char *line = error->text + error->offset;
	while (line > error->text && line[-1] != '\n')
		line--;
	for (const char *text = line; *text && *text != '\n';) {
		size_t length = 0;
		while (is_word(text[length]))
			length++;
		struct stub *stub = length ? find_stub(repairs, arena_strndup(repairs->arena, text, length), false) :
					     NULL;
		if (stub && stub->kind == STUB_VALUE) {
			stub->kind = STUB_CONSTANT;
			stub->value = is_case ? FIRST_DISTINCT_VALUE + (int)(stub - repairs->stubs) : 0;
			is_new = true;
		}
		text += length ? length : 1;
	}
	return is_new;
}

/* Stub constants are told apart in a switch by having values of their own. */
static bool learn_duplicate_case(struct repairs *repairs, const struct parse_error *error)
{
	bool is_new = false;

	for (int i = 0; i < 2; i++) {
		const char *name = quoted(repairs->arena, error->message, i);
		struct stub *stub = name ? find_stub(repairs, name, false) : NULL;
		if (!stub || stub->kind != STUB_CONSTANT || stub->value)
			continue;
		stub->value = FIRST_DISTINCT_VALUE + (int)(stub - repairs->stubs);
		is_new = true;
	}
	return is_new;
}

/* A value is called: it is declared as a function instead. */
static bool learn_called_value(struct repairs *repairs, const struct parse_error *error)
{
	if (!error->text || error->offset >= error->length)
		return false;
	const char *text = error->text + error->offset;
	size_t length = 0;
	while (is_word(text[length]))
		length++;
	struct stub *stub = find_stub(repairs, arena_strndup(repairs->arena, text, length), false);
	if (!stub || stub->kind != STUB_VALUE)
		return false;
	stub->kind = STUB_FUNCTION;
	return true;
}

/* ---- records -------------------------------------------------------------------------- */

/* X of "const struct X *" with its kind; false when it is no tagged record. */
static bool record_of_type(struct arena *arena, const char *type, const char **name, enum stub_kind *kind)
{
	static const struct {
		const char *word;
		enum stub_kind kind;
	} rows[] = { { "struct ", STUB_RECORD }, { "union ", STUB_UNION } };

	for (size_t i = 0; type && i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *found = strstr(type, rows[i].word);
		if (!found)
			continue;
		found += strlen(rows[i].word);
		size_t length = 0;
		while (is_word(found[length]))
			length++;
		*name = arena_strndup(arena, found, length);
		*kind = rows[i].kind;
		return length > 0;
	}
	return false;
}

static bool learn_incomplete_type(struct repairs *repairs, const struct parse_error *error)
{
	const char *name = NULL;
	enum stub_kind kind = STUB_RECORD;

	for (int i = 0; i < 3; i++) {
		const char *type = quoted(repairs->arena, error->message, i);
		if (record_of_type(repairs->arena, type, &name, &kind))
			return add_stub(repairs, error, kind, name, kind == STUB_UNION ? "union " : "struct ");
	}
	return false;
}

/* Only records of our own can be given a member. */
static bool add_member(struct repairs *repairs, const char *record, const char *member)
{
	struct stub *stub = find_stub(repairs, record, true);

	if (!stub || stub->is_withdrawn)
		return false;
	for (int i = 0; i < stub->member_count; i++)
		if (strcmp(stub->members[i], member) == 0)
			return false;
	ARENA_PUSH(repairs->arena, stub->members, stub->member_count, stub->member_capacity, member);
	return true;
}

static bool learn_member(struct repairs *repairs, const struct parse_error *error)
{
	const char *member = quoted(repairs->arena, error->message, 0), *name = NULL;
	enum stub_kind kind = STUB_RECORD;

	return record_of_type(repairs->arena, quoted(repairs->arena, error->message, 1), &name, &kind) &&
	       add_member(repairs, name, member);
}

/* The name after the `.` or `->` at or right before the place, or NULL. */
static const char *accessed_member(struct arena *arena, const struct parse_error *error)
{
	size_t length = 0;

	if (!error->text || error->offset >= error->length)
		return NULL;
	const char *text = error->text + error->offset;
	text = skip_space(text + (starts_with(text, "->") ? 2 : *text == '.'));
	while (is_word(text[length]))
		length++;
	return length ? arena_strndup(arena, text, length) : NULL;
}

/* A type taken for a number has members: it is a record, or a pointer to one. */
static bool learn_type_with_members(struct repairs *repairs, const struct parse_error *error)
{
	const char *type = quoted(repairs->arena, error->message, 0);
	struct stub *stub = type ? find_stub(repairs, type, false) : NULL;
	const char *member = accessed_member(repairs->arena, error);

	if (!stub || (stub->kind != STUB_SCALAR && stub->kind != STUB_OPAQUE && stub->kind != STUB_POINTER))
		return false;
	const char *tag = arena_printf(repairs->arena, STUB_TAG_PREFIX "%s", stub->name);
	bool is_new = stub->kind == STUB_SCALAR;
	if (is_new)
		stub->kind = strstr(error->message, "not a pointer") ? STUB_POINTER : STUB_OPAQUE;
	is_new |= add_stub(repairs, error, STUB_RECORD, tag, ""); /* moves the stubs */
	return (member && add_member(repairs, tag, member)) || is_new;
}

/* A stub met the real thing, which came later. */
static bool learn_clash(struct repairs *repairs, const struct parse_error *error)
{
	const char *name = quoted(repairs->arena, error->message, 0);
	struct stub *stub = name ? find_stub(repairs, name, false) : NULL;

	if (name && !stub)
		stub = find_stub(repairs, name, true);
	if (!stub || stub->is_withdrawn)
		return false;
	stub->is_withdrawn = true;
	repairs->notes[stub->note].text = NULL;
	return true;
}

/* ---- what has to be blanked out -------------------------------------------------------------- */

/* The function's name in `= function` or `= &function`, or NULL. */
static const char *bound_function(struct arena *arena, const char *text, const char *end)
{
	text = skip_space(text);
	if (*text != '=')
		return NULL;
	text = skip_space(text + 1);
	if (*text == '&')
		text = skip_space(text + 1);
	size_t length = 0;
	while (is_word(text[length]))
		length++;
	return length > 0 && skip_space(text + length) == end ? arena_strndup(arena, text, length) : NULL;
}

/* An unknown field in an initialiser takes the whole initialiser with it. */
static bool learn_designator(struct repairs *repairs, const struct parse_error *error)
{
	struct arena *arena = repairs->arena;
	const char *field = quoted(arena, error->message, 0), *record = NULL;
	enum stub_kind kind = STUB_RECORD;

	if (!field || !error->text || error->offset >= error->length)
		return false;
	const char *start = error->text + error->offset; /* at the dot or at the name */
	while (start > error->text && *start != '.')
		start--;
	const char *name = skip_space(start + 1);
	const char *end = strncmp(name, field, strlen(field)) == 0 ? end_of_item(name) : NULL;
	if (*start != '.' || !end)
		return false;
	record_of_type(arena, quoted(arena, error->message, 1), &record, &kind);
	struct lost_binding binding = { .record = record,
					.field = field,
					.function = bound_function(arena, name + strlen(field), end),
					.span = error->span };
	/* The comma goes along; the last item has none, and the one before it may stay. */
	if (!add_edit(repairs, error, start, *end == ',' ? end + 1 : end))
		return false;
	if (binding.function && record)
		ARENA_PUSH(arena, repairs->bindings, repairs->binding_count, repairs->binding_capacity, binding);
	add_note(repairs, error,
		 arena_printf(arena, "'%s' is no member of '%s' in these headers; it was left out", field,
			      record ? record : "the type"));
	return true;
}

static bool learn_missing_header(struct repairs *repairs, const struct parse_error *error)
{
	const char *name = quoted(repairs->arena, error->message, 0);

	if (!name || !error->text || error->offset >= error->length)
		return false;
	const char *line = error->text + error->offset;
	while (line > error->text && line[-1] != '\n')
		line--;
	if (*skip_space(line) != '#')
		return false; /* included through a macro */
	if (!add_edit(repairs, error, line, line + strcspn(line, "\n")))
		return false;
	struct missing_header missing = { error->path, name };
	ARENA_PUSH(repairs->arena, repairs->missing, repairs->missing_count, repairs->missing_capacity, missing);
	add_note(repairs, error,
		 arena_printf(repairs->arena, "header '%s' was not found; what it declares is not known", name));
	return true;
}

struct dropped_arguments {
	const char *name;
	int old_count, first, dropped;
};

static const struct dropped_arguments dropped_rows[] = {
#define DROPPED_ARGUMENTS(name, old_count, first, dropped) { #name, old_count, first, dropped },
#include "headers/so2check_linux_arguments.def"
};

static const struct dropped_arguments *find_dropped(const char *name)
{
	for (size_t i = 0; i < sizeof(dropped_rows) / sizeof(dropped_rows[0]); i++)
		if (strcmp(dropped_rows[i].name, name) == 0)
			return &dropped_rows[i];
	return NULL;
}

/* The call `name(` that the place lies in: searched backwards from it. */
static const char *find_call(const struct parse_error *error, const char *name)
{
	size_t length = strlen(name);

	for (const char *text = error->text + error->offset;; text--) {
		bool is_name = strncmp(text, name, length) == 0 && !is_word(text[length]) &&
			       (text == error->text || !is_word(text[-1]));
		if (is_name && *skip_space(text + length) == '(')
			return skip_space(text + length);
		if (text == error->text)
			return NULL;
	}
}

/* Starts of the arguments, and in starts[count] the closing bracket; -1: too many or broken. */
static int split_arguments(const char *open, const char **starts, int limit)
{
	const char *text = open + 1;

	for (int count = 0; count < limit; count++) {
		starts[count] = text;
		const char *end = end_of_item(text);
		if (!end || (*end != ',' && *end != ')'))
			return -1;
		if (*end == ')') {
			starts[count + 1] = end;
			return count + 1;
		}
		text = end + 1;
	}
	return -1;
}

/* The old call has arguments that its API lost: the rest of the call is saved without them. */
static bool learn_extra_arguments(struct repairs *repairs, const struct parse_error *error)
{
	enum { LIMIT = 16 };
	const char *starts[LIMIT + 1];
	const char *name = error->note ? quoted(repairs->arena, error->note, 0) : NULL;
	const struct dropped_arguments *row = name ? find_dropped(name) : NULL;

	if (!row || !error->text || error->offset >= error->length)
		return false;
	const char *open = find_call(error, name);
	int count = open ? split_arguments(open, starts, LIMIT) : -1;
	if (count != row->old_count)
		return false;
	const char *from = starts[row->first], *to = starts[row->first + row->dropped];
	if (row->first > 0 && row->first + row->dropped == count)
		from--; /* the last ones: with the comma before them */
	if (!add_edit(repairs, error, from, to))
		return false;
	struct old_call old = { .name = row->name, .arg_count = count, .span = error->span };
	ARENA_PUSH(repairs->arena, repairs->old_calls, repairs->old_call_count, repairs->old_call_capacity, old);
	add_note(repairs, error,
		 arena_printf(repairs->arena, "'%s' takes fewer arguments in these headers; the others were left out",
			      name));
	return true;
}

/* `MODULE_SOMETHING("text");` of an unknown macro at file scope. */
static bool learn_unknown_macro_line(struct repairs *repairs, const struct parse_error *error)
{
	if (!error->text || error->offset >= error->length)
		return false;
	const char *line = error->text + error->offset;
	while (line > error->text && line[-1] != '\n')
		line--;
	size_t length = 0;
	while (is_word(line[length]))
		length++;
	const char *open = skip_space(line + length);
	if (length == 0 || *open != '(')
		return false;
	const char *end = end_of_item(line);
	if (!end || *end != ';' || !add_edit(repairs, error, line, end + 1))
		return false;
	add_note(repairs, error,
		 arena_printf(repairs->arena, "'%s' is not known to these headers; it was left out",
			      arena_strndup(repairs->arena, line, length)));
	return true;
}

/* `int __attribute_like function(...)`: the word before the place declares nothing. */
static bool learn_unknown_attribute(struct repairs *repairs, const struct parse_error *error)
{
	if (!error->text || error->offset == 0 || error->offset > error->length)
		return false;
	const char *end = error->text + error->offset;
	const char *start = end;
	while (start > error->text && is_word(start[-1]))
		start--;
	if (!starts_with(start, "__") || !is_word(*skip_space(end)))
		return false;
	return add_stub(repairs, error, STUB_NOTHING, arena_strndup(repairs->arena, start, (size_t)(end - start)), "");
}

/* ---- dispatch -------------------------------------------------------------------------------------- */

enum repair_when {
	REPAIR_ALWAYS,
	/* An identifier may be undeclared only because its declaration failed:
	 * first the declarations are repaired. */
	REPAIR_AFTER_DECLARATIONS,
};

struct repair_row {
	const char *text; /* found anywhere in the message */
	bool (*learn)(struct repairs *repairs, const struct parse_error *error);
	enum repair_when when;
	bool is_declaration;
};

static const struct repair_row repair_rows[] = {
	{ "unknown type name '", learn_type, REPAIR_ALWAYS, true },
	{ "' file not found", learn_missing_header, REPAIR_ALWAYS, false },
	{ "' does not refer to any field in type '", learn_designator, REPAIR_ALWAYS, false },
	{ "incomplete", learn_incomplete_type, REPAIR_ALWAYS, true },
	{ "never completed", learn_incomplete_type, REPAIR_ALWAYS, true },
	{ "is not a pointer", learn_type_with_members, REPAIR_ALWAYS, true },
	{ "is not a structure or union", learn_type_with_members, REPAIR_ALWAYS, true },
	{ "no member named '", learn_member, REPAIR_ALWAYS, false },
	{ "too many arguments ", learn_extra_arguments, REPAIR_ALWAYS, true },
	{ "expected parameter declarator", learn_unknown_macro_line, REPAIR_ALWAYS, false },
	{ "expected ';' after top level declarator", learn_unknown_attribute, REPAIR_ALWAYS, true },
	{ "not a compile-time constant", learn_constant, REPAIR_ALWAYS, false },
	{ "not an integer constant expression", learn_constant, REPAIR_ALWAYS, false },
	{ "must have a constant size", learn_constant, REPAIR_ALWAYS, false },
	{ "duplicate case value", learn_duplicate_case, REPAIR_ALWAYS, false },
	{ "is not a function or function pointer", learn_called_value, REPAIR_ALWAYS, false },
	{ "redefinition of '", learn_clash, REPAIR_ALWAYS, false },
	{ "conflicting types for '", learn_clash, REPAIR_ALWAYS, false },
	{ "use of undeclared identifier '", learn_identifier, REPAIR_AFTER_DECLARATIONS, false },
};

static const struct repair_row *find_row(const char *message)
{
	for (size_t i = 0; i < sizeof(repair_rows) / sizeof(repair_rows[0]); i++)
		if (strstr(message, repair_rows[i].text))
			return &repair_rows[i];
	return NULL;
}

/* The name of a macro call that was dropped for its arguments: its own
 * "undeclared" error is a consequence. */
static bool is_consequence(const struct repairs *repairs, const struct parse_error *error)
{
	const char *name = quoted(repairs->arena, error->message, 0);

	return name && find_dropped(name);
}

bool repair_learn(struct repairs *repairs, const struct parse_error *errors, int count)
{
	bool is_new = false, has_declaration = false;

	for (int i = 0; i < count; i++) {
		const struct repair_row *row = find_row(errors[i].message);
		if (!row)
			continue;
		bool is_value = row->when != REPAIR_ALWAYS;
		bool learned = is_value ? learn_type_by_place(repairs, &errors[i]) : row->learn(repairs, &errors[i]);
		is_new |= learned;
		has_declaration |= learned && (is_value || row->is_declaration);
	}
	for (int i = 0; i < count; i++) {
		const struct repair_row *row = find_row(errors[i].message);
		if (!row || row->when != REPAIR_AFTER_DECLARATIONS || is_consequence(repairs, &errors[i]))
			continue;
		const char *name = quoted(repairs->arena, errors[i].message, 0);
		if (name && has_declaration && has_lower_case(name))
			continue; /* next time, if it is still there */
		is_new |= row->learn(repairs, &errors[i]);
	}
	return is_new;
}
