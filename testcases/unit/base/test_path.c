/* Patterns of paths as a policy has them. */
#include "base/path.h"
#include "test.h"

static void expect(bool expected, const char *pattern, const char *path)
{
	struct arena *arena = arena_create();

	if (path_matches(arena, pattern, path) != expected)
		fail_msg("`%s` %s `%s`", pattern, expected ? "does not match" : "matches", path);
	arena_destroy(arena);
}

static void test_names(void **state)
{
	(void)state;
	expect(true, "old", "old");
	expect(true, "old", "old/a.c");
	expect(true, "old", "lab/old/a.c");
	expect(true, "old/", "lab/old/a.c");
	expect(true, "*.mod.c", "lab/a.mod.c");
	expect(false, "old", "lab/older/a.c");
	expect(false, "old", "lab/very.old");
	expect(false, "*.mod.c", "lab/a.mod.cc");
}

static void test_paths(void **state)
{
	(void)state;
	expect(true, "/old", "old/a.c");
	expect(false, "/old", "lab/old/a.c");
	expect(true, "lab/old", "lab/old/deep/a.c");
	expect(false, "lab/old", "x/lab/old/a.c");
	expect(false, "lab/old/a.c", "lab/old");
	expect(true, "lab/*.c", "lab/a.c");
	expect(false, "lab/*.c", "lab/old/a.c");
	expect(true, "lab/?/[ab].c", "lab/x/b.c");
	expect(false, "lab/?/[ab].c", "lab/x/c.c");
}

static void test_any_folders(void **state)
{
	(void)state;
	expect(true, "lab/**/a.c", "lab/a.c");
	expect(true, "lab/**/a.c", "lab/x/y/a.c");
	expect(false, "lab/**/a.c", "lab/x/y/b.c");
	expect(true, "**/old/*.c", "x/old/a.c");
	expect(true, "lab/**", "lab/x/y");
	expect(false, "lab/**", "x/lab/y");
	expect(true, "**/x/**/y/**/z", "a/x/b/c/y/z");
	expect(false, "**/x/**/y/**/z", "a/y/b/c/x/z");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_any_folders),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
