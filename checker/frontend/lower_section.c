/* Code sections: `#pragma alloc_text(PAGE, f)`, `#pragma code_seg("PAGE")`,
 * `__declspec(code_seg("PAGE"))`. libclang shows of all of them at most an
 * attribute without a name, so the texts of the files that define functions are
 * read: directives one by one, in the order of the file. */
#include "lower_int.h"

#include <ctype.h>
#include <string.h>

#define MAX_ARGUMENTS 256
#define MAX_PUSHED 64

/* From here on functions go into this section; NULL: the default one. */
struct section_change {
	unsigned offset;
	const char *section;
};

/* `#define PAGEDCODE code_seg("PAGE")`, used as `#pragma PAGEDCODE`. */
struct section_macro {
	const char *name; /* interned */
	struct text_range body;
};

struct section_reader {
	struct lower *l;
	const char *text;
	size_t size;
	struct section_change *changes;
	int change_count, change_capacity;
	struct section_macro *macros;
	int macro_count, macro_capacity;
	const char *current;
	const char *pushed[MAX_PUSHED];
	const char *labels[MAX_PUSHED];
	int pushed_count;
};

/* ---- words ------------------------------------------------------------------------------ */

static bool next_word(struct section_reader *reader, unsigned *offset, struct text_range *word)
{
	unsigned begin = *offset;

	/* Blanks only: a directive ends with its line. */
	while (begin < reader->size && (reader->text[begin] == ' ' || reader->text[begin] == '\t'))
		begin++;
	word->begin = begin;
	if (!text_identifier(reader->text, reader->size, begin, &word->end))
		return false;
	*offset = word->end;
	return true;
}

static bool word_is(const struct section_reader *reader, struct text_range word, const char *text)
{
	size_t length = word.end - word.begin;

	return strlen(text) == length && memcmp(reader->text + word.begin, text, length) == 0;
}

static bool is_quoted(const struct section_reader *reader, struct text_range range)
{
	return range.end - range.begin >= 2 && reader->text[range.begin] == '"';
}

/* Without its quotes, when it has some; an empty name is no section. */
static const char *section_name(struct section_reader *reader, struct text_range range)
{
	if (is_quoted(reader, range)) {
		range.begin++;
		range.end--;
	}
	return range.end > range.begin ?
		       intern_n(reader->l->pool, reader->text + range.begin, range.end - range.begin) :
		       NULL;
}

/* ---- pragmas ------------------------------------------------------------------------------ */

static void alloc_text(struct section_reader *reader, const struct text_range *args, int count)
{
	const char *section = count > 0 ? section_name(reader, args[0]) : NULL;

	for (int i = 1; i < count; i++) {
		const char *name = section_name(reader, args[i]);
		struct ir_function *function = name ? keymap_get(reader->l->names, KEYMAP_KEY(name)) : NULL;

		if (function && section)
			function->code_section = section;
	}
}

static void push_section(struct section_reader *reader, const char *label)
{
	if (reader->pushed_count == MAX_PUSHED)
		return;
	reader->pushed[reader->pushed_count] = reader->current;
	reader->labels[reader->pushed_count++] = label;
}

/* With a label, back to where it was pushed. */
static void pop_section(struct section_reader *reader, const char *label)
{
	while (reader->pushed_count > 0) {
		reader->current = reader->pushed[--reader->pushed_count];
		if (!label || reader->labels[reader->pushed_count] == label)
			break;
	}
}

static void code_seg(struct section_reader *reader, const struct text_range *args, int count, unsigned offset)
{
	struct section_change change = { .offset = offset };
	bool is_push = count > 0 && word_is(reader, args[0], "push");
	bool is_pop = count > 0 && word_is(reader, args[0], "pop");
	int next = is_push || is_pop;
	const char *label = NULL;

	if (next == 1 && count > 1 && !is_quoted(reader, args[1]))
		label = section_name(reader, args[next++]);
	if (is_push)
		push_section(reader, label);
	if (is_pop)
		pop_section(reader, label);
	if (next < count && is_quoted(reader, args[next]))
		reader->current = section_name(reader, args[next]);
	else if (!is_push && !is_pop)
		reader->current = NULL;
	change.section = reader->current;
	ARENA_PUSH(reader->l->scratch, reader->changes, reader->change_count, reader->change_capacity, change);
}

static void section_pragma(struct section_reader *reader, unsigned offset, bool is_expanded);

static void named_pragma(struct section_reader *reader, struct text_range word, unsigned offset, unsigned place)
{
	struct text_range args[MAX_ARGUMENTS];
	unsigned open = text_skip_space(reader->text, reader->size, offset), close;
	int count = 0;

	if (open >= reader->size || reader->text[open] != '(' ||
	    text_split(reader->text, reader->size, open, ',', args, MAX_ARGUMENTS, &count, &close) != 0)
		return;
	if (count == 1 && args[0].begin == args[0].end)
		count = 0;
	if (word_is(reader, word, "alloc_text"))
		alloc_text(reader, args, count);
	else
		code_seg(reader, args, count, place);
}

/* At what follows `#pragma` or `__pragma(`. */
static void section_pragma(struct section_reader *reader, unsigned offset, bool is_expanded)
{
	unsigned place = offset;
	struct text_range word;

	if (!next_word(reader, &offset, &word))
		return;
	if (word_is(reader, word, "alloc_text") || word_is(reader, word, "code_seg")) {
		named_pragma(reader, word, offset, place);
		return;
	}
	if (is_expanded)
		return;
	for (int i = 0; i < reader->macro_count; i++) {
		const struct section_macro *macro = &reader->macros[i];

		if (!word_is(reader, word, macro->name))
			continue;
		section_pragma(reader, macro->body.begin, true);
		if (reader->change_count)
			reader->changes[reader->change_count - 1].offset = place;
	}
}

/* ---- the file --------------------------------------------------------------------------------- */

static void define(struct section_reader *reader, unsigned offset)
{
	struct section_macro macro;
	struct text_range name, body;

	if (!next_word(reader, &offset, &name) || !next_word(reader, &offset, &body) ||
	    !word_is(reader, body, "code_seg"))
		return;
	macro.name = intern_n(reader->l->pool, reader->text + name.begin, name.end - name.begin);
	macro.body = body;
	ARENA_PUSH(reader->l->scratch, reader->macros, reader->macro_count, reader->macro_capacity, macro);
}

static void directive(struct section_reader *reader, unsigned offset)
{
	struct text_range word;

	if (!next_word(reader, &offset, &word))
		return;
	if (word_is(reader, word, "pragma"))
		section_pragma(reader, offset, false);
	else if (word_is(reader, word, "define"))
		define(reader, offset);
}

/* To the end of the line, over line ends that are escaped. */
static unsigned skip_line(const struct section_reader *reader, unsigned offset)
{
	char last = '\0';

	for (; offset < reader->size; offset++) {
		if (reader->text[offset] == '\n' && last != '\\')
			break;
		if (reader->text[offset] != '\r')
			last = reader->text[offset];
	}
	return offset;
}

static void read_text(struct section_reader *reader)
{
	bool at_start = true;
	struct text_range word;

	for (unsigned offset = 0; offset < reader->size;) {
		unsigned next = text_skip_opaque(reader->text, reader->size, offset);
		char c = reader->text[offset];

		if (next != offset) {
			offset = next;
		} else if (c == '#' && at_start) {
			directive(reader, offset + 1);
			offset = skip_line(reader, offset);
		} else if (text_identifier(reader->text, reader->size, offset, &word.end)) {
			word.begin = offset;
			offset = word.end;
			if (word_is(reader, word, "__pragma") && offset < reader->size && reader->text[offset] == '(')
				section_pragma(reader, offset + 1, false);
			at_start = false;
		} else {
			at_start = c == '\n' || (at_start && isspace((unsigned char)c));
			offset++;
		}
	}
}

static struct section_reader *read_source(struct lower *l, struct source *source)
{
	struct section_reader *reader = ARENA_NEW(l->scratch, struct section_reader);

	reader->l = l;
	if (!source_load(l, source))
		return reader;
	if (!memmem(source->text, source->size, "alloc_text", strlen("alloc_text")) &&
	    !memmem(source->text, source->size, "code_seg", strlen("code_seg")))
		return reader;
	reader->text = source->text;
	reader->size = source->size;
	read_text(reader);
	return reader;
}

static const char *section_at(const struct section_reader *reader, unsigned offset)
{
	const char *section = NULL;

	for (int i = 0; i < reader->change_count && reader->changes[i].offset < offset; i++)
		section = reader->changes[i].section;
	return section;
}

void read_code_sections(struct lower *l)
{
	struct keymap *readers = keymap_create(l->scratch); /* source -> section_reader */

	/* First all alloc_text, which names functions and wins. */
	for (int i = 0; i < l->queue_count; i++) {
		struct source *source = cursor_source(l, l->queue[i].cursor);

		if (source && !keymap_get(readers, KEYMAP_KEY(source)))
			keymap_put(readers, KEYMAP_KEY(source), read_source(l, source));
	}
	for (int i = 0; i < l->queue_count; i++) {
		struct ir_function *function = l->queue[i].function;
		struct origin origin = cursor_origin(l, l->queue[i].cursor);

		if (origin.source && !function->code_section && keymap_get(readers, KEYMAP_KEY(origin.source)))
			function->code_section = section_at(keymap_get(readers, KEYMAP_KEY(origin.source)),
							    origin.range.begin);
	}
}

const char *section_of_attribute(struct lower *l, const struct spelled *spelled)
{
	struct section_reader reader = { .l = l, .text = spelled->text, .size = spelled->size };
	struct text_range argument;
	unsigned offset = spelled->begin, close;
	int count = 0;

	if (!text_starts(spelled, "code_seg"))
		return NULL;
	offset = text_skip_space(spelled->text, spelled->size, offset + (unsigned)strlen("code_seg"));
	if (offset >= spelled->size || spelled->text[offset] != '(' ||
	    text_split(spelled->text, spelled->size, offset, ',', &argument, 1, &count, &close) != 0)
		return NULL;
	return count == 1 && is_quoted(&reader, argument) ? section_name(&reader, argument) : NULL;
}
