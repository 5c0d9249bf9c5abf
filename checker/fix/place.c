/* Places in the text of the file. */
#include "fix_int.h"

#include <ctype.h>
#include <string.h>

size_t fix_line_start(const struct fixer *fixer, size_t offset)
{
	while (offset > 0 && fixer->text[offset - 1] != '\n')
		offset--;
	return offset;
}

size_t fix_line_end(const struct fixer *fixer, size_t offset)
{
	const char *newline = memchr(fixer->text + offset, '\n', fixer->length - offset);

	return newline ? (size_t)(newline - fixer->text) + 1 : fixer->length;
}

size_t fix_offset(const struct fixer *fixer, unsigned line, unsigned column)
{
	size_t offset = 0;

	if (line == 0 || column == 0)
		return FIX_NOWHERE;
	for (unsigned i = 1; i < line; i++) {
		offset = fix_line_end(fixer, offset);
		if (offset == fixer->length)
			return FIX_NOWHERE;
	}
	return offset + column <= fix_line_end(fixer, offset) ? offset + column - 1 : FIX_NOWHERE;
}

bool fix_range(const struct fixer *fixer, const struct span *span, struct text_range *range)
{
	size_t begin = fix_offset(fixer, span->line, span->column);
	size_t last = fix_offset(fixer, span->end_line, span->end_column);

	if (!span->file || strcmp(span->file, fixer->fix->file) != 0 || begin == FIX_NOWHERE || last == FIX_NOWHERE ||
	    last < begin)
		return false;
	*range = (struct text_range){ (unsigned)begin, (unsigned)last + 1 };
	return true;
}

const char *fix_copy(const struct fixer *fixer, struct text_range range)
{
	return arena_strndup(fixer->arena, fixer->text + range.begin, range.end - range.begin);
}

bool fix_range_is(const struct fixer *fixer, struct text_range range, const char *word)
{
	size_t length = range.end - range.begin;

	return strlen(word) == length && memcmp(fixer->text + range.begin, word, length) == 0;
}

const char *fix_indentation(const struct fixer *fixer, size_t offset)
{
	size_t start = fix_line_start(fixer, offset), end = start;

	while (end < fixer->length && (fixer->text[end] == ' ' || fixer->text[end] == '\t'))
		end++;
	return arena_strndup(fixer->arena, fixer->text + start, end - start);
}

/* To the newline that ends the directive at the offset. */
static size_t skip_directive(const struct fixer *fixer, size_t offset)
{
	for (; offset < fixer->length && fixer->text[offset] != '\n'; offset++) {
		size_t next = text_skip_opaque(fixer->text, fixer->length, (unsigned)offset);
		bool is_escaped = fixer->text[offset] == '\\' && offset + 1 < fixer->length;

		if (next > offset)
			offset = next - 1;
		else if (is_escaped)
			offset += fixer->text[offset + 1] == '\r' ? 2 : 1;
	}
	return offset;
}

/* From the beginning of the file: what is a comment cannot be told backwards. */
size_t fix_code_before(const struct fixer *fixer, size_t offset)
{
	bool is_line_start = true;
	size_t last = FIX_NOWHERE;

	for (size_t at = 0; at < offset;) {
		char c = fixer->text[at];
		bool is_comment = c == '/';
		size_t next = text_skip_opaque(fixer->text, fixer->length, (unsigned)at);

		if (c == '#' && is_line_start) {
			at = skip_directive(fixer, at);
			continue;
		}
		if (next > at && is_comment) {
			at = next;
			continue;
		}
		if (next == at)
			next++;
		if (!isspace((unsigned char)c) && c != '\\')
			last = next - 1;
		is_line_start = c == '\n' || (is_line_start && isspace((unsigned char)c));
		at = next;
	}
	return last < offset ? last : FIX_NOWHERE;
}

const char *fix_newline(const struct fixer *fixer)
{
	const char *newline = memchr(fixer->text, '\n', fixer->length);

	return newline && newline > fixer->text && newline[-1] == '\r' ? "\r\n" : "\n";
}

static const struct rp_fix_name *name_at(const struct fixer *fixer, struct text_range range)
{
	for (int i = 0; i < fixer->kind->name_count; i++)
		if (fix_range_is(fixer, range, fixer->kind->names[i].of))
			return &fixer->kind->names[i];
	return NULL;
}

/* Past the number or other mark at the offset, so that no identifier begins inside a number. */
static size_t skip_mark(const struct fixer *fixer, size_t offset)
{
	if (!isdigit((unsigned char)fixer->text[offset]))
		return offset + 1;
	while (offset < fixer->length && isalnum((unsigned char)fixer->text[offset]))
		offset++;
	return offset;
}

/* The next identifier in [*offset, end); *offset is behind it. */
static bool next_word(const struct fixer *fixer, size_t *offset, size_t end, struct text_range *range)
{
	while (*offset < end) {
		size_t next = text_skip_opaque(fixer->text, fixer->length, (unsigned)*offset);
		unsigned behind;

		if (next == *offset && text_identifier(fixer->text, fixer->length, (unsigned)next, &behind)) {
			*range = (struct text_range){ (unsigned)next, behind };
			*offset = behind;
			return true;
		}
		*offset = next > *offset ? next : skip_mark(fixer, *offset);
	}
	return false;
}

const struct rp_fix_name *fix_next_name(const struct fixer *fixer, size_t *offset, size_t end, struct text_range *range)
{
	while (next_word(fixer, offset, end, range)) {
		const struct rp_fix_name *name = name_at(fixer, *range);
		if (name)
			return name;
	}
	return NULL;
}

/* `p->flags` and `.flags` are names of another kind. */
static bool is_member(const struct fixer *fixer, struct text_range word)
{
	const char *text = fixer->text + word.begin;

	return (word.begin > 0 && text[-1] == '.') || (word.begin > 1 && text[-1] == '>' && text[-2] == '-');
}

bool fix_is_word_used(const struct fixer *fixer, const char *word)
{
	const struct ir_function *function = fixer->function;
	size_t offset = fix_offset(fixer, function->span.line, 1);
	size_t end = fix_offset(fixer, function->end_span.line, function->end_span.column);
	struct text_range range;

	if (offset == FIX_NOWHERE || end == FIX_NOWHERE)
		return true;
	while (next_word(fixer, &offset, end, &range))
		if (fix_range_is(fixer, range, word) && !is_member(fixer, range))
			return true;
	return false;
}

void fix_add(struct fixer *fixer, size_t begin, size_t end, const char *text)
{
	struct fix *fix = fixer->fix;
	struct fix_edit edit = { begin, end, text };
	int at = fix->edit_count;

	ARENA_PUSH(fixer->arena, fix->edits, fix->edit_count, fix->edit_capacity, edit);
	for (; at > 0 && fix->edits[at - 1].begin > begin; at--)
		fix->edits[at] = fix->edits[at - 1];
	fix->edits[at] = edit;
}
