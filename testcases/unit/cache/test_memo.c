/* Results hold as long as their files do, and a damaged database never tells a wrong one. */
#include "test.h"

#include "base/file.h"
#include "cache/memo.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct fixture {
	struct arena *arena;
	char dir[64];
	struct cache *cache;
	struct memo *memo;
	const char *first, *second, *nowhere;
	struct input_files inputs;
};

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static int set_up(void **state)
{
	static struct fixture fixture;
	static const char *read[2], *absent[1];
	struct fixture *f = &fixture;

	memset(f, 0, sizeof(*f));
	f->arena = arena_create();
	strcpy(f->dir, "/tmp/so2-test-memo-XXXXXX");
	*state = f;
	if (!mkdtemp(f->dir))
		return -1;
	f->cache = cache_open(f->arena, f->dir, 100000);
	f->memo = memo_open(f->cache, 10000000);
	f->first = arena_printf(f->arena, "%s/first", f->dir);
	f->second = arena_printf(f->arena, "%s/second", f->dir);
	f->nowhere = arena_printf(f->arena, "%s/nowhere", f->dir);
	write_file(f->first, "one");
	write_file(f->second, "two");
	read[0] = f->first;
	read[1] = f->second;
	absent[0] = f->nowhere;
	f->inputs = (struct input_files){ .read = read, .read_count = 2, .absent = absent, .absent_count = 1 };
	return f->memo ? 0 : -1;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	memo_close(f->memo);
	cache_clear(f->cache, f->arena);
	rmdir(f->dir);
	arena_destroy(f->arena);
	return 0;
}

/* As if the work had begun when all files had been settled for long. */
static time_t much_later(void)
{
	return time(NULL) + 2 * FILE_SETTLED_SECONDS;
}

static void put(struct fixture *f, const char *key, const char *text)
{
	memo_put(f->memo, key, &f->inputs, much_later(), text, strlen(text));
}

static const char *find(struct fixture *f, const char *key)
{
	size_t length = 0;
	const char *text = memo_find(f->memo, f->arena, key, &length, NULL);

	assert_true(!text || strlen(text) == length);
	return text;
}

/* What was just looked at is believed for a second. */
static void reopen(struct fixture *f)
{
	memo_close(f->memo);
	f->memo = memo_open(f->cache, 10000000);
	assert_non_null(f->memo);
}

static void test_found_again(void **state)
{
	struct fixture *f = *state;
	struct input_files inputs;
	size_t length;

	assert_null(find(f, "a"));
	put(f, "a", "result");
	assert_string_equal(find(f, "a"), "result");
	reopen(f);
	assert_string_equal(find(f, "a"), "result");
	assert_null(find(f, "b"));
	put(f, "a", "");
	assert_string_equal(memo_find(f->memo, f->arena, "a", &length, &inputs), "");
	assert_int_equal(inputs.read_count, 2);
	assert_string_equal(inputs.read[1], f->second);
	assert_int_equal(inputs.absent_count, 1);
	assert_string_equal(inputs.absent[0], f->nowhere);
}

static void test_changed_files(void **state)
{
	struct fixture *f = *state;

	put(f, "a", "result");
	write_file(f->second, "TWO");
	reopen(f);
	assert_null(find(f, "a"));
	write_file(f->second, "two"); /* another time, the same content */
	reopen(f);
	assert_string_equal(find(f, "a"), "result");
	unlink(f->first);
	reopen(f);
	assert_null(find(f, "a"));
	write_file(f->first, "one");
	write_file(f->nowhere, "");
	reopen(f);
	assert_null(find(f, "a"));
	unlink(f->nowhere);
	assert_int_equal(mkdir(f->nowhere, 0700), 0);
	reopen(f);
	assert_null(find(f, "a"));
	rmdir(f->nowhere);
	reopen(f);
	assert_string_equal(find(f, "a"), "result");
}

static void test_not_kept(void **state)
{
	struct fixture *f = *state;

	/* Written just now: it might be written again within the same tick of its clock. */
	memo_put(f->memo, "a", &f->inputs, time(NULL), "result", 6);
	assert_null(find(f, "a"));
	/* What should not be there is; what should be is not. */
	write_file(f->nowhere, "");
	put(f, "a", "result");
	assert_null(find(f, "a"));
	unlink(f->nowhere);
	unlink(f->first);
	reopen(f);
	put(f, "a", "result");
	assert_null(find(f, "a"));
	assert_int_equal(mkfifo(f->first, 0600), 0);
	put(f, "a", "result");
	assert_null(find(f, "a"));
}

static void test_room_is_made(void **state)
{
	struct fixture *f = *state;
	char block[20000];

	memo_close(f->memo);
	f->memo = memo_open(f->cache, 500000);
	memset(block, 'x', sizeof(block) - 1);
	block[sizeof(block) - 1] = '\0';
	for (int i = 0; i < 100; i++)
		put(f, arena_printf(f->arena, "key-%d", i), block);
	assert_null(find(f, "key-0"));
	assert_non_null(find(f, "key-99"));
	reopen(f);
	assert_non_null(find(f, "key-99"));
	assert_true(cache_usage(f->cache, f->arena).bytes < 8000000); /* with the log of what was written */
}

/* Every few bytes of the database, one after the other. */
static void test_damage(void **state)
{
	struct fixture *f = *state;
	const char *path = cache_path(f->cache, f->arena, CACHE_DATABASE);
	struct stat status;
	int lost = 0;

	put(f, "a", "result");
	memo_close(f->memo);
	assert_int_equal(stat(path, &status), 0);
	for (off_t at = 0; at < status.st_size; at += 37) {
		unsigned char byte;
		int descriptor = open(path, O_RDWR);
		assert_int_equal(pread(descriptor, &byte, 1, at), 1);
		byte ^= 0x41;
		assert_int_equal(pwrite(descriptor, &byte, 1, at), 1);
		close(descriptor);
		f->memo = memo_open(f->cache, 10000000);
		const char *text = f->memo ? find(f, "a") : NULL;
		assert_true(!text || strcmp(text, "result") == 0);
		lost += !text;
		memo_close(f->memo);
		cache_clear(f->cache, f->arena);
		write_file(f->first, "one");
		write_file(f->second, "two");
		f->memo = memo_open(f->cache, 10000000);
		put(f, "a", "result");
		assert_string_equal(find(f, "a"), "result");
		memo_close(f->memo);
	}
	f->memo = NULL;
	assert_true(lost > 0);
}

static void test_cut_short(void **state)
{
	struct fixture *f = *state;
	const char *path = cache_path(f->cache, f->arena, CACHE_DATABASE);

	for (off_t size = 0; size < 30000; size += 1500) {
		put(f, "a", "result");
		memo_close(f->memo);
		assert_int_equal(truncate(path, size), 0);
		f->memo = memo_open(f->cache, 10000000);
		assert_non_null(f->memo);
		const char *text = find(f, "a");
		assert_true(!text || strcmp(text, "result") == 0);
		/* Damage that was met throws it away: the next one starts anew. */
		reopen(f);
		put(f, "a", "result");
		assert_string_equal(find(f, "a"), "result");
	}
}

/* Processes that write at the same time. */
static void test_several_writers(void **state)
{
	struct fixture *f = *state;
	pid_t writers[4];

	for (int i = 0; i < 4; i++) {
		writers[i] = fork();
		if (writers[i] == 0) {
			f->memo = memo_open(f->cache, 10000000);
			for (int k = 0; k < 50; k++)
				put(f, arena_printf(f->arena, "%d-%d", i, k), "result");
			_exit(0);
		}
	}
	for (int i = 0; i < 4; i++) {
		int status;
		assert_int_equal(waitpid(writers[i], &status, 0), writers[i]);
		assert_int_equal(status, 0);
	}
	for (int i = 0; i < 4; i++)
		for (int k = 0; k < 50; k++)
			assert_string_equal(find(f, arena_printf(f->arena, "%d-%d", i, k)), "result");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_found_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_changed_files, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_not_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_room_is_made, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_damage, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_cut_short, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_several_writers, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
