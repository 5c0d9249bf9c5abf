/* Edits and the diffs of what they make: a diff, applied as patch does it, gives the second text again. */
#include "test.h"

#include "fix/fix.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Copies lines of *from up to (not with) the line of that number to the output. */
static void copy_to_line(FILE *out, const char **from, int *line, int number)
{
	while (*line < number && **from) {
		size_t length = strcspn(*from, "\n") + ((*from)[strcspn(*from, "\n")] == '\n');

		fwrite(*from, 1, length, out);
		*from += length;
		(*line)++;
	}
}

static size_t line_length(const char *text)
{
	size_t length = strcspn(text, "\n");

	return length + (text[length] == '\n');
}

/* What patch does with a diff that fits exactly. */
static char *apply_diff(const char *before, const char *diff)
{
	char *result = NULL;
	size_t size;
	FILE *out = open_memstream(&result, &size);
	int line = 1;

	for (; *diff; diff += line_length(diff)) {
		int start, count;

		if (strncmp(diff, "---", 3) == 0 || strncmp(diff, "+++", 3) == 0)
			continue;
		if (sscanf(diff, "@@ -%d,%d ", &start, &count) == 2) {
			copy_to_line(out, &before, &line, count > 0 ? start : start + 1);
			continue;
		}
		const char *next = diff + line_length(diff);
		size_t length = line_length(diff) - 1 - (*next == '\\');
		if (*diff == ' ' || *diff == '-') {
			assert_memory_equal(before, diff + 1, length);
			before += length;
			line++;
		}
		if (*diff == ' ' || *diff == '+')
			fwrite(diff + 1, 1, length, out);
	}
	fputs(before, out);
	fclose(out);
	return result;
}

static char *make_diff(const char *before, const char *after)
{
	struct arena *arena = arena_create();
	char *diff = NULL;
	size_t size;
	FILE *out = open_memstream(&diff, &size);

	fix_write_diff(out, arena, "x.c", before, strlen(before), after, strlen(after));
	fclose(out);
	arena_destroy(arena);
	return diff;
}

static void assert_diff_leads(const char *before, const char *after)
{
	char *diff = make_diff(before, after), *result = apply_diff(before, diff);

	assert_string_equal(result, after);
	if (strcmp(before, after) == 0)
		assert_string_equal(diff, "");
	free(diff);
	free(result);
}

static void diffs_lead_from_one_text_to_the_other(void **state)
{
	(void)state;
	assert_diff_leads("", "");
	assert_diff_leads("", "a\n");
	assert_diff_leads("a\n", "");
	assert_diff_leads("a", "a\n");
	assert_diff_leads("a\nb", "a\nc\nb");
	assert_diff_leads("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n");
	char *diff = make_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n5\n6\n7\n8\n9\n");
	assert_string_equal(diff, "--- a/x.c\n+++ b/x.c\n@@ -2,6 +2,7 @@\n 2\n 3\n 4\n+x\n 5\n 6\n 7\n");
	free(diff);
}

static char *random_text(unsigned *seed)
{
	char text[400] = "";

	for (int lines = rand_r(seed) % 60; lines > 0; lines--)
		strcat(text, (const char *[]){ "a\n", "b\n", "\n", "c\n" }[rand_r(seed) % 4]);
	return strdup(text);
}

static void diffs_of_any_texts_are_right(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 500; seed++) {
		unsigned next = seed;
		char *before = random_text(&next), *after = random_text(&next);

		assert_diff_leads(before, after);
		free(before);
		free(after);
	}
}

static void edits_are_made_by_place(void **state)
{
	struct arena *arena = arena_create();
	struct fix_edit late[] = { { 8, 11, "z" } }, early[] = { { 0, 0, ">" }, { 4, 7, "" } };
	struct fix one = { "x.c", "", late, 1, 1 }, two = { "x.c", "", early, 2, 2 };
	struct fix beside = { "x.c", "", (struct fix_edit[]){ { 7, 7, "!" } }, 1, 1 };
	size_t length;

	(void)state;
	const char *text = fix_apply(arena, "abc def ghi", 11, (const struct fix *[]){ &one, &two }, 2, &length);
	assert_string_equal(text, ">abc  z");
	assert_int_equal(length, 7);
	assert_false(fix_overlaps(&one, &two));
	assert_true(fix_overlaps(&two, &beside));
	assert_true(fix_overlaps(&two, &two));
	one.file = "y.c";
	two.edits[1].end = 9;
	assert_false(fix_overlaps(&one, &two));
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(diffs_lead_from_one_text_to_the_other),
		cmocka_unit_test(diffs_of_any_texts_are_right),
		cmocka_unit_test(edits_are_made_by_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
