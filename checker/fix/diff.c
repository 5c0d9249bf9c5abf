/* Unified diffs (the format is that of POSIX diff -u).
 *
 * The edits are few and far between, so a general algorithm is not needed: lines are compared one by one, and where they
 * differ the nearest place is looked for at which both texts go on alike. That gives a right diff always, and the
 * smallest one for edits such as ours. */
#include "fix/fix.h"

#include <string.h>

#define CONTEXT 3
#define LOOK_AHEAD 200 /* lines of one change */

struct line {
	const char *text;
	size_t length; /* with its newline, if it has one */
};

struct lines {
	struct line *at;
	int count, capacity;
};

/* Lines [before, before_end) of the one text became [after, after_end) of the other. */
struct change {
	int before, before_end, after, after_end;
};

struct diff {
	struct arena *arena;
	struct lines before, after;
	struct change *changes;
	int count, capacity;
};

static struct lines split(struct arena *arena, const char *text, size_t length)
{
	struct lines lines = { 0 };

	while (length > 0) {
		const char *newline = memchr(text, '\n', length);
		struct line line = { text, newline ? (size_t)(newline - text) + 1 : length };

		ARENA_PUSH(arena, lines.at, lines.count, lines.capacity, line);
		text += line.length;
		length -= line.length;
	}
	return lines;
}

static bool is_same_line(const struct diff *diff, int before, int after)
{
	const struct line *left = &diff->before.at[before], *right = &diff->after.at[after];

	return left->length == right->length && memcmp(left->text, right->text, left->length) == 0;
}

/* Do the texts go on alike from here? At the end of both they do. */
static bool is_same_place(const struct diff *diff, int before, int after)
{
	bool is_end = before == diff->before.count;

	if (is_end || after == diff->after.count)
		return is_end && after == diff->after.count;
	return is_same_line(diff, before, after);
}

/* The nearest such place behind; else both ends. */
static struct change find_change(const struct diff *diff, int before, int after)
{
	for (int sum = 1; sum <= LOOK_AHEAD; sum++)
		for (int taken = 0; taken <= sum; taken++) {
			int left = before + taken, right = after + sum - taken;

			if (left <= diff->before.count && right <= diff->after.count &&
			    is_same_place(diff, left, right))
				return (struct change){ before, left, after, right };
		}
	return (struct change){ before, diff->before.count, after, diff->after.count };
}

static void find_changes(struct diff *diff)
{
	int before = 0, after = 0;

	while (before < diff->before.count || after < diff->after.count) {
		if (before < diff->before.count && after < diff->after.count && is_same_line(diff, before, after)) {
			before++;
			after++;
			continue;
		}
		struct change change = find_change(diff, before, after);
		ARENA_PUSH(diff->arena, diff->changes, diff->count, diff->capacity, change);
		before = change.before_end;
		after = change.after_end;
	}
}

static void print_lines(FILE *out, char mark, const struct lines *lines, int from, int to)
{
	for (int i = from; i < to; i++) {
		const struct line *line = &lines->at[i];

		fputc(mark, out);
		fwrite(line->text, 1, line->length, out);
		if (line->text[line->length - 1] != '\n')
			fputs("\n\\ No newline at end of file\n", out);
	}
}

static int least(int left, int right)
{
	return left < right ? left : right;
}

/* A line number of a hunk's head: that of the line before, where there are none. */
static int head_line(int first, int count)
{
	return count > 0 ? first + 1 : first;
}

/* The changes [from, to), near enough to share their context. */
static void print_hunk(FILE *out, const struct diff *diff, int from, int to)
{
	const struct change *first = &diff->changes[from], *last = &diff->changes[to - 1];
	int lead = least(CONTEXT, first->before), tail = least(CONTEXT, diff->before.count - last->before_end);
	int begin = first->before - lead, end = last->before_end + tail;
	int after_begin = first->after - lead, after_end = last->after_end + tail, at = begin;

	fprintf(out, "@@ -%d,%d +%d,%d @@\n", head_line(begin, end - begin), end - begin,
		head_line(after_begin, after_end - after_begin), after_end - after_begin);
	for (int i = from; i < to; i++) {
		const struct change *change = &diff->changes[i];

		print_lines(out, ' ', &diff->before, at, change->before);
		print_lines(out, '-', &diff->before, change->before, change->before_end);
		print_lines(out, '+', &diff->after, change->after, change->after_end);
		at = change->before_end;
	}
	print_lines(out, ' ', &diff->before, at, end);
}

void fix_write_diff(FILE *out, struct arena *arena, const char *name, const char *before, size_t before_length,
		    const char *after, size_t after_length)
{
	struct diff diff = { .arena = arena };

	diff.before = split(arena, before, before_length);
	diff.after = split(arena, after, after_length);
	find_changes(&diff);
	if (diff.count == 0)
		return;
	fprintf(out, "--- a/%s\n+++ b/%s\n", name, name);
	for (int from = 0; from < diff.count;) {
		int to = from + 1;

		while (to < diff.count && diff.changes[to].before - diff.changes[to - 1].before_end <= 2 * CONTEXT)
			to++;
		print_hunk(out, &diff, from, to);
		from = to;
	}
}
