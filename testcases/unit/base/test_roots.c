/* What may be read: folders, links out of them, names that only look alike. */
#include "test.h"

#include "base/roots.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void test_roots(void **state)
{
	char folder[] = "/tmp/so2-test-roots-XXXXXX";
	struct arena *arena = arena_create();
	struct roots *roots = roots_create(arena);

	(void)state;
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	assert_int_equal(mkdir("own", 0700) | mkdir("own/deep", 0700) | mkdir("own-not", 0700) | mkdir("sys", 0700), 0);
	assert_int_equal(symlink("../own-not", "own/out") | symlink("deep", "own/in") | symlink("loop", "own/loop"), 0);
	roots_add(roots, ROOT_OWN, "own");
	roots_add(roots, ROOT_HEADERS, "sys");
	roots_add(roots, ROOT_OWN, "/");
	roots_add(roots, ROOT_OWN, "missing");
	assert_int_equal(roots->count, 2);

	assert_true(roots_allow(roots, "own"));
	assert_true(roots_allow(roots, "own/deep"));
	assert_true(roots_allow(roots, "own/in"));
	assert_true(roots_allow(roots, "sys/../own/deep"));
	assert_true(roots_allow(roots, "own/missing.h"));
	assert_false(roots_allow(roots, "own-not"));
	assert_false(roots_allow(roots, "own/out"));
	assert_false(roots_allow(roots, "own/.."));
	assert_false(roots_allow(roots, "own/loop"));
	assert_true(roots_allow(roots, "sys"));
	assert_false(roots_allow_lines(roots, "sys"));
	assert_true(roots_allow_lines(roots, "own/deep"));
	assert_true(roots_allow(NULL, "own-not"));

	unlink("own/out");
	unlink("own/in");
	unlink("own/loop");
	assert_int_equal(rmdir("own/deep") | rmdir("own") | rmdir("own-not") | rmdir("sys") | rmdir(folder), 0);
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_roots) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
