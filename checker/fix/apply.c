/* Edits to texts. */
#include "base/text.h"
#include "fix/fix.h"

#include <stdlib.h>
#include <string.h>

static bool touches(const struct fix_edit *left, const struct fix_edit *right)
{
	if (left->begin == left->end || right->begin == right->end) /* two texts at one place: which comes first? */
		return left->begin <= right->end && right->begin <= left->end;
	return left->begin < right->end && right->begin < left->end;
}

bool fix_overlaps(const struct fix *left, const struct fix *right)
{
	if (strcmp(left->file, right->file) != 0)
		return false;
	for (int i = 0; i < left->edit_count; i++)
		for (int k = 0; k < right->edit_count; k++)
			if (touches(&left->edits[i], &right->edits[k]))
				return true;
	return false;
}

static int compare_edits(const void *left, const void *right)
{
	const struct fix_edit *a = left, *b = right;

	return a->begin < b->begin ? -1 : a->begin > b->begin;
}

char *fix_apply(struct arena *arena, const char *text, size_t length, const struct fix *const *fixes, int count,
		size_t *new_length)
{
	struct text out = text_create(arena);
	struct fix_edit *edits = NULL;
	int edit_count = 0, capacity = 0;
	size_t at = 0;

	for (int i = 0; i < count; i++)
		for (int k = 0; k < fixes[i]->edit_count; k++)
			ARENA_PUSH(arena, edits, edit_count, capacity, fixes[i]->edits[k]);
	if (edit_count > 0)
		qsort(edits, (size_t)edit_count, sizeof(*edits), compare_edits);
	for (int i = 0; i < edit_count; i++) {
		text_add_n(&out, text + at, edits[i].begin - at);
		text_add(&out, edits[i].text);
		at = edits[i].end;
	}
	text_add_n(&out, text + at, length - at);
	*new_length = out.length;
	return arena_strndup(arena, text_get(&out), out.length);
}
