/* File names as URIs, and UTF-8; through the private header, since no report shows all cases. */
#include "../../../checker/report/report_int.h"
#include "base/path.h"
#include "sample.h"

#include <string.h>

static void expect_path(const char *root, const char *file, const char *expected)
{
	struct arena *arena = arena_create();

	assert_string_equal(path_seen_from(arena, root, file), expected);
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

static void test_uris_read_back(void **state)
{
	static const char *const paths[] = { "a.c",	      "./a b+c.c", "/x/%41.c",
					     "../\xe9\xff.c", "file:/a.c", "d/\xc4\x83.c" };
	struct arena *arena = arena_create();

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		assert_string_equal(uri_to_path(arena, uri_from_path(arena, paths[i])), paths[i]);
	assert_null(uri_to_path(arena, "a%2"));
	assert_null(uri_to_path(arena, "%zz"));
	assert_null(uri_to_path(arena, "a%00b"));
	arena_destroy(arena);
}

static void expect_order(const char *left, const char *right, int expected)
{
	struct arena *arena = arena_create();
	int shown = strcmp(utf8_clean(arena, left), utf8_clean(arena, right));

	assert_int_equal(utf8_compare(left, right), expected);
	assert_int_equal(utf8_compare(right, left), -expected);
	assert_int_equal((shown > 0) - (shown < 0), expected);
	arena_destroy(arena);
}

/* As what is shown of the bytes: merged reports know nothing else. */
static void test_order_of_what_is_shown(void **state)
{
	(void)state;
	expect_order("", "", 0);
	expect_order("a", "", 1);
	expect_order("ab", "b", -1);
	expect_order("a\xff", "a\xc3\xa9", 1);		/* U+FFFD after U+00E9, where its byte is less */
	expect_order("a\xff", "a\xf0\x9f\x99\x82", -1); /* and before U+1F642 */
	expect_order("\xe9z", "\xf3z", 0);
	expect_order("\xe9y", "\xf3z", -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths_below_the_root),
		cmocka_unit_test(test_percent_encoding),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_printable),
		cmocka_unit_test(test_uris_read_back),
		cmocka_unit_test(test_order_of_what_is_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
