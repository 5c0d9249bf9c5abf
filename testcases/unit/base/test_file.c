/* Reading files: content, limits, and everything that is no regular file. */
#include "test.h"

#include "base/file.h"
#include "base/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
	struct arena *arena;
	char dir[64];
	char *text;
	size_t length;
	const char *error;
};

static int set_up(void **state)
{
	static struct fixture fixture;

	memset(&fixture, 0, sizeof(fixture));
	fixture.arena = arena_create();
	strcpy(fixture.dir, "/tmp/so2-test-file-XXXXXX");
	*state = &fixture;
	return mkdtemp(fixture.dir) ? 0 : -1;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	const char *path = arena_printf(f->arena, "%s/file", f->dir);

	unlink(path);
	rmdir(f->dir);
	arena_destroy(f->arena);
	return 0;
}

static const char *write_file(struct fixture *f, const char *content, size_t length)
{
	const char *path = arena_printf(f->arena, "%s/file", f->dir);
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(content, 1, length, file), length);
	fclose(file);
	return path;
}

static int read_it(struct fixture *f, const char *path, size_t limit)
{
	return file_read(f->arena, path, limit, &f->text, &f->length, &f->error);
}

static void content_comes_whole(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(read_it(f, write_file(f, "int\0x", 5), 100), 0);
	assert_int_equal(f->length, 5);
	assert_memory_equal(f->text, "int\0x", 6);
	assert_null(f->error);
	assert_int_equal(file_read(f->arena, write_file(f, "", 0), 100, &f->text, NULL, &f->error), 0);
	assert_string_equal(f->text, "");
}

static void large_files_come_whole(void **state)
{
	enum { SIZE = 300001 };
	struct fixture *f = *state;
	char *content = arena_alloc(f->arena, SIZE);

	for (int i = 0; i < SIZE; i++)
		content[i] = (char)('a' + i % 26);
	assert_int_equal(read_it(f, write_file(f, content, SIZE), SIZE), 0);
	assert_int_equal(f->length, SIZE);
	assert_memory_equal(f->text, content, SIZE);
	assert_int_equal(f->text[SIZE], '\0');
}

static void the_limit_is_inclusive(void **state)
{
	struct fixture *f = *state;
	const char *path = write_file(f, "12345", 5);

	assert_int_equal(read_it(f, path, 5), 0);
	assert_int_equal(read_it(f, path, 4), -1);
	assert_null(f->text);
	assert_string_equal(f->error, "is larger than the limit of 4 bytes");
}

/* /proc files have size 0 and content all the same. */
static void files_that_hide_their_size_are_read_and_limited(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(read_it(f, "/proc/self/status", 1000000), 0);
	assert_true(f->length > 10);
	assert_int_equal(read_it(f, "/proc/self/comm", 1000), 0);
	assert_int_equal(read_it(f, "/proc/self/comm", f->length), 0);
	assert_int_equal(read_it(f, "/proc/self/comm", f->length - 1), -1);
	assert_int_equal(read_it(f, "/proc/self/status", 10), -1);
	assert_string_equal(f->error, "is larger than the limit of 10 bytes");
}

static void other_things_are_refused(void **state)
{
	struct fixture *f = *state;
	const char *path = arena_printf(f->arena, "%s/file", f->dir);

	assert_int_equal(read_it(f, path, 10), -1);
	assert_string_equal(f->error, "cannot be opened: No such file or directory");
	assert_int_equal(read_it(f, f->dir, 10), -1);
	assert_string_equal(f->error, "is a directory");
	assert_int_equal(read_it(f, "/dev/zero", 10), -1);
	assert_string_equal(f->error, "is not a regular file");
	/* Must not wait for a writer. */
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_int_equal(read_it(f, path, 10), -1);
	assert_string_equal(f->error, "is not a regular file");
}

/* The test program is not installed, so the data are those of the source tree. */
static void data_of_a_build_tree_is_the_source_tree(void **state)
{
	struct fixture *f = *state;
	struct stat status;

	assert_int_equal(stat(arena_printf(f->arena, "%s/pack.yaml", install_rules_dir(f->arena)), &status), 0);
	assert_int_equal(stat(arena_printf(f->arena, "%s/so2check_linux_compat.h", install_headers_dir(f->arena)),
			      &status),
			 0);
	assert_int_equal(stat(install_hook_script(f->arena), &status), 0);
	assert_string_equal(install_rules_dir(f->arena), SO2_RULES_DIR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(content_comes_whole, set_up, tear_down),
		cmocka_unit_test_setup_teardown(large_files_come_whole, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_limit_is_inclusive, set_up, tear_down),
		cmocka_unit_test_setup_teardown(files_that_hide_their_size_are_read_and_limited, set_up, tear_down),
		cmocka_unit_test_setup_teardown(other_things_are_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(data_of_a_build_tree_is_the_source_tree, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
