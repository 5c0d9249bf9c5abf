/* Where cursors were written, and by which macro.
 *
 * Measured with libclang 19 and 22: clang.getFileLocation() of a token that was
 * written in a file, also as the argument of macros however deeply nested, is
 * that place; of a token from a macro's body it is the outermost macro's name.
 * clang.getSpellingLocation() is the same place for the former and the #define's
 * text for the latter, so the two differ exactly for tokens that a macro wrote. */
#include "lower_int.h"

#include <string.h>

#define MAX_ARGS 64
/* Longer uses of a macro are shown by its name alone. */
#define MAX_SHOWN_USE 48

/* One end of a cursor's extent. */
struct spot {
	struct source *source;
	unsigned offset;
	bool in_macro;
};

static struct spot spot_at(struct lower *l, CXSourceLocation location)
{
	CXFile file = NULL, spelling_file = NULL;
	unsigned spelling_offset = 0;
	struct spot spot = { 0 };

	clang.getFileLocation(location, &file, NULL, NULL, &spot.offset);
	spot.source = source_of(l, file);
	clang.getSpellingLocation(location, &spelling_file, NULL, NULL, &spelling_offset);
	spot.in_macro = spelling_file != file || spelling_offset != spot.offset;
	return spot;
}

struct source *cursor_source(struct lower *l, CXCursor cursor)
{
	CXFile file = NULL;

	clang.getExpansionLocation(clang.getCursorLocation(cursor), &file, NULL, NULL, NULL);
	return source_of(l, file);
}

static void measure_invocation(struct invocation *use)
{
	const char *text = use->source->text;
	size_t size = use->source->size;
	unsigned open = text_skip_space(text, size, use->range.end), close;
	int count;

	if (open >= size || text[open] != '(' || text_split(text, size, open, ',', NULL, 0, &count, &close))
		return;
	use->has_arguments = true;
	use->range.end = close + 1;
}

static struct invocation *invocation_at(struct lower *l, struct source *source, unsigned offset)
{
	struct invocation *use;
	unsigned end = offset;

	if (!source || !source_load(l, source))
		return NULL;
	use = keymap_get(source->invocations, offset);
	if (use)
		return use;
	use = ARENA_NEW(l->scratch, struct invocation);
	use->source = source;
	use->arg_count = -1;
	if (text_identifier(source->text, source->size, offset, &end))
		use->name = intern_n(l->pool, source->text + offset, end - offset);
	use->range = (struct text_range){ offset, end };
	if (use->name)
		measure_invocation(use);
	use->is_event = use->has_arguments && keymap_get(l->events, KEYMAP_KEY(use->name));
	keymap_put(source->invocations, offset, use);
	return use;
}

/* The end of what starts at `begin` among the arguments of `outer`. */
static unsigned end_in_argument(struct lower *l, struct invocation *outer, const struct spot *begin)
{
	struct invocation *inner = begin->in_macro ? invocation_at(l, begin->source, begin->offset) : NULL;

	if (inner && inner->name)
		return inner->range.end;
	invocation_args(l, outer);
	for (int i = 0; i < outer->arg_count; i++)
		if (begin->offset >= outer->args[i].begin && begin->offset < outer->args[i].end)
			return outer->args[i].end;
	return outer->range.end;
}

/* End of an extent in the file: where a macro use ends when its last token comes
 * from that macro's body. Inside `##__VA_ARGS__` libclang gives the end of the
 * outer macro instead. */
static unsigned range_end(struct lower *l, CXSourceRange extent, const struct spot *begin)
{
	struct spot end = spot_at(l, clang.getRangeEnd(extent));
	struct invocation *use;
	unsigned outer;

	if (end.source != begin->source)
		return begin->offset;
	if (end.in_macro) {
		use = invocation_at(l, end.source, end.offset);
		return use && use->name && use->range.end > end.offset ? use->range.end : end.offset;
	}
	clang.getExpansionLocation(clang.getRangeStart(extent), NULL, NULL, NULL, &outer);
	if (outer == begin->offset)
		return end.offset;
	use = invocation_at(l, begin->source, outer);
	return use && use->range.end == end.offset ? end_in_argument(l, use, begin) : end.offset;
}

struct origin cursor_origin(struct lower *l, CXCursor cursor)
{
	CXSourceRange extent = clang.getCursorExtent(cursor);
	struct spot begin = spot_at(l, clang.getRangeStart(extent));
	struct origin origin = { .source = begin.source };
	unsigned end;

	if (!begin.source)
		return origin;
	end = range_end(l, extent, &begin);
	origin.range = (struct text_range){ begin.offset, end > begin.offset ? end : begin.offset };
	if (!begin.in_macro)
		return origin;
	origin.opening = invocation_at(l, begin.source, begin.offset);
	if (!origin.opening || !origin.opening->name) {
		origin.opening = NULL;
	} else if (end <= origin.opening->range.end) {
		origin.within = origin.opening;
		origin.range = origin.opening->range;
	}
	return origin;
}

struct span origin_span(struct lower *l, const struct origin *origin)
{
	return source_span(l, origin->source, origin->range);
}

struct invocation *cursor_use(struct lower *l, CXCursor cursor)
{
	CXSourceRange extent = clang.getCursorExtent(cursor);
	struct spot begin = spot_at(l, clang.getRangeStart(extent));
	struct invocation *use;

	if (!begin.in_macro)
		return NULL;
	use = invocation_at(l, begin.source, begin.offset);
	return use && use->name && range_end(l, extent, &begin) <= use->range.end ? use : NULL;
}

struct invocation *use_enter(struct lower *l, CXCursor cursor)
{
	struct invocation *outer = l->body->use;
	struct spot begin;

	if (clang.isExpression(cursor.kind)) {
		l->body->use = cursor_use(l, cursor);
		return outer;
	}
	/* A statement that goes on after the macro (a loop's head) still is its. */
	begin = spot_at(l, clang.getRangeStart(clang.getCursorExtent(cursor)));
	l->body->use = begin.in_macro ? invocation_at(l, begin.source, begin.offset) : NULL;
	return outer;
}

struct invocation *cursor_event(struct lower *l, CXCursor cursor)
{
	struct invocation *use = cursor_use(l, cursor);

	return use && use->is_event ? use : NULL;
}

struct spelled cursor_spelled(struct lower *l, CXCursor cursor)
{
	CXSourceLocation start = clang.getRangeStart(clang.getCursorExtent(cursor));
	struct spelled spelled = { 0 };
	CXFile file = NULL;
	struct source *source;

	clang.getSpellingLocation(start, &file, NULL, NULL, &spelled.begin);
	source = source_of(l, file);
	if (!source || !source_load(l, source) || spelled.begin >= source->size)
		return (struct spelled){ 0 };
	spelled.text = source->text;
	spelled.size = source->size;
	return spelled;
}

bool is_author_text(struct lower *l, CXCursor cursor)
{
	CXFile file = NULL;
	struct source *source;

	clang.getSpellingLocation(clang.getRangeStart(clang.getCursorExtent(cursor)), &file, NULL, NULL, NULL);
	source = source_of(l, file);
	return source && source->is_user && l->cmd && l->cmd->own_folder;
}

void note_gap(struct lower *l, CXCursor cursor, const char *text)
{
	struct origin origin = cursor_origin(l, cursor);
	struct ir_note note = { .span = origin_span(l, &origin), .text = text, .is_gap = true };

	ARENA_PUSH(l->arena, l->unit->notes, l->unit->note_count, l->unit->note_capacity, note);
}

/* ---- arguments ---------------------------------------------------------------- */

void invocation_args(struct lower *l, struct invocation *use)
{
	struct text_range ranges[MAX_ARGS];
	const struct source *source = use->source;
	unsigned open, close;
	unsigned name_end = use->range.begin;

	if (use->arg_count >= 0)
		return;
	use->arg_count = 0;
	if (!use->has_arguments || !text_identifier(source->text, source->size, name_end, &name_end))
		return;
	open = text_skip_space(source->text, source->size, name_end);
	if (text_split(source->text, source->size, open, ',', ranges, MAX_ARGS, &use->arg_count, &close))
		use->arg_count = 0;
	if (use->arg_count == 1 && ranges[0].begin == ranges[0].end)
		use->arg_count = 0; /* NAME() */
	use->args = ARENA_ARRAY(l->scratch, struct text_range, (size_t)use->arg_count);
	if (use->arg_count)
		memcpy(use->args, ranges, sizeof(*ranges) * (size_t)use->arg_count);
}

struct arg_search {
	struct lower *l;
	struct invocation *use;
	CXCursor *cursors;
	int missing;
};

/* `flags = f(lock)` of a macro's body starts in the argument `flags`, and its end
 * can look as if it lay there too: what its parts start at tells. */
static bool kids_start_within(struct lower *l, CXCursor cursor, struct text_range arg)
{
	struct kids kids = cursor_kids(l, cursor);

	for (int i = 0; i < kids.count; i++) {
		struct spot begin = spot_at(l, clang.getRangeStart(clang.getCursorExtent(kids.at[i])));

		if (clang.isExpression(kids.at[i].kind) && (begin.offset < arg.begin || begin.offset >= arg.end))
			return false;
	}
	return true;
}

static void match_arg(struct arg_search *search, CXCursor cursor, const struct spot *begin, unsigned end)
{
	for (int i = 0; i < search->use->arg_count; i++) {
		struct text_range arg = search->use->args[i];

		if (arg.begin != begin->offset || arg.begin == arg.end || !cursor_is_null(search->cursors[i]))
			continue;
		if (end > arg.end || !kids_start_within(search->l, cursor, arg))
			return;
		search->cursors[i] = cursor;
		search->missing--;
		return;
	}
}

static enum CXChildVisitResult find_arg(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct arg_search *search = data;
	CXSourceRange extent;
	struct spot begin;

	(void)parent;
	if (!clang.isExpression(cursor.kind) && cursor.kind != CXCursor_VarDecl)
		return CXChildVisit_Recurse;
	extent = clang.getCursorExtent(cursor);
	/* A variable that the macro declares starts at its name, not its type. */
	begin = spot_at(search->l, cursor.kind == CXCursor_VarDecl ? clang.getCursorLocation(cursor) :
								     clang.getRangeStart(extent));
	if (begin.source == search->use->source)
		match_arg(search, cursor, &begin,
			  cursor.kind == CXCursor_VarDecl ? begin.offset : range_end(search->l, extent, &begin));
	return search->missing ? CXChildVisit_Recurse : CXChildVisit_Break;
}

void invocation_find_args(struct lower *l, CXCursor root, struct invocation *use, CXCursor *cursors)
{
	struct arg_search search = { l, use, cursors, use->arg_count };

	for (int i = 0; i < use->arg_count; i++)
		cursors[i] = clang.getNullCursor();
	if (use->arg_count)
		clang.visitChildren(root, find_arg, &search);
}

const char *invocation_text(struct lower *l, const struct invocation *use)
{
	const char *text = use->source->text + use->range.begin;
	size_t length = use->range.end - use->range.begin;

	if (!use->has_arguments || length > MAX_SHOWN_USE || memchr(text, '\n', length))
		return use->name;
	return intern_n(l->pool, text, length);
}

/* Walks back over continued lines to the line that starts with #. */
const char *defining_macro(struct lower *l, const struct spelled *place)
{
	const char *text = place->text;
	unsigned line = place->begin, end;

	while (line > 0) {
		while (line > 0 && text[line - 1] != '\n')
			line--;
		if (line < 2 || (text[line - 2] != '\\' && !(line > 2 && text[line - 3] == '\\')))
			break;
		line--;
	}
	line = text_skip_space(text, place->size, line);
	if (line >= place->size || text[line] != '#')
		return NULL;
	line = text_skip_space(text, place->size, line + 1);
	if (!text_identifier(text, place->size, line, &end) || end - line != strlen("define") ||
	    memcmp(text + line, "define", end - line) != 0)
		return NULL;
	line = text_skip_space(text, place->size, end);
	return text_identifier(text, place->size, line, &end) ? intern_n(l->pool, text + line, end - line) : NULL;
}
