/* File names as URIs, and UTF-8; through the private header, since no report shows all cases. */
#include "../../../checker/report/report_int.h"
#include "sample.h"

static void expect_path(const char *root, const char *file, const char *expected)
{
	struct arena *arena = arena_create();

	assert_string_equal(uri_path_below(arena, root, file), expected);
	arena_destroy(arena);
}

static void test_paths_below_the_root(void **state)
{
	(void)state;
	expect_path("/src", "a.c", "a.c");
	expect_path("/src/", "./x//a.c", "x/a.c");
	expect_path("/src", "/src/x/../a.c", "a.c");
	expect_path("/src", "../other/a.c", "/other/a.c");
	expect_path("/src", "../../../a.c", "/a.c");
	expect_path("/src", "/srcs/a.c", "/srcs/a.c");
	expect_path("/src/x", "../x/a.c", "a.c");
	expect_path("/", "a.c", "/a.c");
	expect_path(NULL, "a.c", "/a.c");
}

static void expect_uri(const char *path, const char *expected)
{
	struct arena *arena = arena_create();

	assert_string_equal(uri_from_path(arena, path), expected);
	arena_destroy(arena);
}

static void test_percent_encoding(void **state)
{
	(void)state;
	expect_uri("a/b.c", "a/b.c");
	expect_uri("/a b/c#d?.c", "file:///a%20b/c%23d%3F.c");
	expect_uri("x:y%.c", "x%3Ay%25.c");
	expect_uri("caf\xc3\xa9\xff", "caf%C3%A9%FF");
	expect_uri("a-b_c.d~e+f", "a-b_c.d~e%2Bf");
}

static void test_columns(void **state)
{
	(void)state;
	assert_int_equal(utf8_column("abc", 1), 1);
	assert_int_equal(utf8_column("abc", 3), 3);
	assert_int_equal(utf8_column("abc", 6), 6);
	assert_int_equal(utf8_column("\xc3\xa9x", 3), 2);
	assert_int_equal(utf8_column("\xc3\xa9x", 2), 1);	  /* inside the letter */
	assert_int_equal(utf8_column("\xff\xffx", 3), 3);	  /* each bad byte is one */
	assert_int_equal(utf8_column("\xf0\x9f\x98\x80x", 5), 2); /* outside the basic plane */
}

static void test_printable(void **state)
{
	(void)state;
	struct arena *arena = arena_create();
	const char *plain = "tab\tand caf\xc3\xa9";

	assert_ptr_equal(utf8_printable(arena, plain), plain);
	assert_string_equal(utf8_printable(arena, "\033[31m"), "\xef\xbf\xbd[31m");
	assert_string_equal(utf8_printable(arena, "a\xe2\x80\xae"
						  "b"),
			    "a\xef\xbf\xbd"
			    "b"); /* reorders text */
	assert_string_equal(utf8_printable(arena, "\xc3"), "\xef\xbf\xbd");
	assert_string_equal(utf8_clean(arena, "\033\xf5"), "\033\xef\xbf\xbd");
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths_below_the_root),
		cmocka_unit_test(test_percent_encoding),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_printable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
