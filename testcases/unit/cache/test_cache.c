/* The cache folder: what is written comes back whole or not at all. */
#include "test.h"

#include "cache/cache.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct fixture {
	struct arena *arena;
	char dir[64];
	struct cache *cache;
};

static int set_up(void **state)
{
	static struct fixture fixture;

	memset(&fixture, 0, sizeof(fixture));
	fixture.arena = arena_create();
	strcpy(fixture.dir, "/tmp/so2-test-cache-XXXXXX");
	*state = &fixture;
	if (!mkdtemp(fixture.dir))
		return -1;
	fixture.cache = cache_open(fixture.arena, fixture.dir, 100000);
	return fixture.cache ? 0 : -1;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	cache_clear(f->cache, f->arena);
	rmdir(f->dir);
	arena_destroy(f->arena);
	return 0;
}

static void write_text(struct fixture *f, const char *name, const char *text)
{
	assert_true(cache_write(f->cache, f->arena, name, text, strlen(text)));
}

static char *read_text(struct fixture *f, const char *name)
{
	size_t length;

	return cache_read(f->cache, f->arena, name, &length);
}

static void test_round_trip(void **state)
{
	struct fixture *f = *state;
	size_t length = 0;

	assert_null(read_text(f, "x"));
	assert_true(cache_write(f->cache, f->arena, "x", "a\0b", 3));
	assert_memory_equal(cache_read(f->cache, f->arena, "x", &length), "a\0b", 3);
	assert_int_equal(length, 3);
	write_text(f, "x", "");
	assert_string_equal(read_text(f, "x"), "");
	cache_remove(f->cache, f->arena, "x");
	assert_null(read_text(f, "x"));
}

/* Every single damaged byte, and every length it may be cut to. */
static void test_damage(void **state)
{
	struct fixture *f = *state;
	const char *path = cache_path(f->cache, f->arena, "x");
	struct stat status;

	write_text(f, "x", "content");
	assert_int_equal(stat(path, &status), 0);
	for (off_t at = 0; at < status.st_size; at++) {
		char byte;
		int descriptor = open(path, O_RDWR);
		assert_int_equal(pread(descriptor, &byte, 1, at), 1);
		byte ^= 1;
		assert_int_equal(pwrite(descriptor, &byte, 1, at), 1);
		close(descriptor);
		assert_null(read_text(f, "x"));
		assert_int_equal(access(path, F_OK), -1); /* and it is gone */
		write_text(f, "x", "content");
		assert_int_equal(truncate(path, at), 0);
		assert_null(read_text(f, "x"));
		write_text(f, "x", "content");
	}
	assert_string_equal(read_text(f, "x"), "content");
}

/* A file that is whole, but another's. */
static void test_exchange(void **state)
{
	struct fixture *f = *state;

	write_text(f, "x", "content");
	write_text(f, "y", "of another kind");
	assert_int_equal(unlink(cache_path(f->cache, f->arena, "x")), 0);
	assert_int_equal(link(cache_path(f->cache, f->arena, "y"), cache_path(f->cache, f->arena, "x")), 0);
	assert_null(read_text(f, "x"));
	assert_string_equal(read_text(f, "y"), "of another kind");
}

static void test_adopted_files(void **state)
{
	struct fixture *f = *state;
	const char *temporary = cache_temporary(f->cache, f->arena);
	char first[CACHE_KEY_SIZE], second[CACHE_KEY_SIZE];
	uint64_t size = 0;
	FILE *file = fopen(temporary, "w");

	assert_non_null(file);
	fputs("tree", file);
	fclose(file);
	assert_true(cache_sum_file(temporary, first, &size));
	assert_int_equal(size, 4);
	assert_true(cache_adopt(f->cache, f->arena, temporary, "tree"));
	assert_int_equal(access(temporary, F_OK), -1);
	assert_true(cache_sum_file(cache_path(f->cache, f->arena, "tree"), second, &size));
	assert_string_equal(first, second);
	cache_key("tree", 4, second);
	assert_string_equal(first, second);
	assert_false(cache_adopt(f->cache, f->arena, temporary, "tree"));
	assert_false(cache_sum_file(temporary, first, &size));
	assert_int_equal(cache_usage(f->cache, f->arena).files, 1);
}

static void test_room_is_made(void **state)
{
	struct fixture *f = *state;
	char block[10000];

	memset(block, 'x', sizeof(block));
	for (int i = 0; i < 40; i++) {
		const char *name = arena_printf(f->arena, "file-%d", i);
		/* The clock that files are stamped with is coarse. */
		const struct timespec pause = { .tv_nsec = 5000000 };
		nanosleep(&pause, NULL);
		assert_true(cache_write(f->cache, f->arena, name, block, sizeof(block)));
		cache_touch(f->cache, f->arena, "file-0");
		assert_true(cache_usage(f->cache, f->arena).bytes <= 100000);
	}
	assert_non_null(read_text(f, "file-0")); /* in use all the time */
	assert_non_null(read_text(f, "file-39"));
	assert_null(read_text(f, "file-1"));
}

/* Nobody else may put something there. */
static void test_foreign_folders(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(chmod(f->dir, 0777), 0);
	assert_null(cache_open(f->arena, f->dir, 1000));
	assert_int_equal(chmod(f->dir, 0700), 0);
	assert_null(cache_open(f->arena, "/proc/self/so2check", 1000));
	assert_null(cache_open(f->arena, "/dev/null", 1000));
	assert_null(cache_open(f->arena, NULL, 1000));
}

/* What cannot get its name leaves nothing behind. */
static void test_failed_write(void **state)
{
	struct fixture *f = *state;

	assert_false(cache_write(f->cache, f->arena, "no/such/folder", "x", 1));
	assert_int_equal(cache_usage(f->cache, f->arena).files, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_round_trip, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_damage, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_exchange, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_adopted_files, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_room_is_made, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_foreign_folders, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_failed_write, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
