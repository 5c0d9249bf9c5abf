/* Splitting of commands as a shell does, and path arithmetic. */
#include "tree.h"

static void assert_split(struct tree *tree, const char *command, const char *const *expected)
{
	struct word_list words = { 0 };
	int count = 0;

	assert_true(words_split_shell(tree->arena, &words, command));
	for (; expected[count]; count++) {
		assert_true(count < words.count);
		assert_string_equal(words.items[count], expected[count]);
	}
	assert_int_equal(words.count, count);
}

static void test_plain_words(void **state)
{
	assert_split(*state, "  gcc\t-c \n a.c  ", (const char *const[]){ "gcc", "-c", "a.c", NULL });
	assert_split(*state, "", (const char *const[]){ NULL });
}

static void test_quotes(void **state)
{
	assert_split(*state, "-DKBUILD_MODNAME='\"foo\"' -D\"A B\"='c d'e",
		     (const char *const[]){ "-DKBUILD_MODNAME=\"foo\"", "-DA B=c de", NULL });
	assert_split(*state, "'' \"\"", (const char *const[]){ "", "", NULL });
}

static void test_escapes(void **state)
{
	assert_split(*state, "a\\ b \\\"c\\\" d\\\ne", (const char *const[]){ "a b", "\"c\"", "de", NULL });
	assert_split(*state, "\"a\\\"b\\n\" 'a\\b'", (const char *const[]){ "a\"b\\n", "a\\b", NULL });
	assert_split(*state, "a\\", (const char *const[]){ "a\\", NULL });
}

static void test_open_quote_is_refused(void **state)
{
	struct tree *tree = *state;
	struct word_list words = { 0 };

	assert_false(words_split_shell(tree->arena, &words, "gcc -DA='b"));
	assert_false(words_split_shell(tree->arena, &words, "gcc \"\\\""));
}

static void test_absolute_paths(void **state)
{
	struct tree *tree = *state;
	struct arena *arena = tree->arena;

	assert_string_equal(path_absolute(arena, "/a/b", "c/./d//e"), "/a/b/c/d/e");
	assert_string_equal(path_absolute(arena, "/a/b", "../c"), "/a/c");
	assert_string_equal(path_absolute(arena, "/a/b", "../../../../c"), "/c");
	assert_string_equal(path_absolute(arena, "/a/b", "/x/../"), "/");
	assert_string_equal(path_absolute(arena, "/a", "."), "/a");
	assert_string_equal(path_absolute(arena, "/a", "..x/.y"), "/a/..x/.y");
}

static void test_path_parts(void **state)
{
	struct tree *tree = *state;
	struct arena *arena = tree->arena;

	assert_string_equal(path_parent(arena, "/a/b.c"), "/a");
	assert_string_equal(path_parent(arena, "/b.c"), "/");
	assert_string_equal(path_parent(arena, "b.c"), ".");
	assert_string_equal(path_join(arena, ".", "b.c"), "b.c");
	assert_string_equal(path_join(arena, "/", "b.c"), "/b.c");
	assert_string_equal(path_kbuild_name(arena, "/a/snd-hda,x.y.c"), "snd_hda_x.y");
	assert_true(path_is_below("/a/b/c", "/a/b"));
	assert_true(path_is_below("/a/b", "/a/b"));
	assert_false(path_is_below("/a/bc", "/a/b"));
	assert_true(path_is_below("/a", "/"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_plain_words, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_quotes, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_escapes, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_open_quote_is_refused, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_absolute_paths, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_path_parts, tree_set_up, tree_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
