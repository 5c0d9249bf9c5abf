/* Arenas: zeroing, alignment, growth, reset, and how they end the process. */
#include "test.h"

#include "base/arena.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void objects_are_zeroed_aligned_and_apart(void **state)
{
	struct arena *arena = arena_create();

	(void)state;
	for (size_t size = 0; size < 300; size++) {
		unsigned char *a = arena_alloc(arena, size), *b = arena_alloc(arena, size);

		assert_non_null(a);
		assert_int_equal((uintptr_t)a % _Alignof(max_align_t), 0);
		assert_ptr_not_equal(a, b);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(a[i], 0);
		memset(a, 0xAA, size);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(b[i], 0);
		memset(b, 0xBB, size);
	}
	arena_destroy(arena);
}

static void memory_is_zeroed_again_after_reset(void **state)
{
	struct arena *arena = arena_create();

	(void)state;
	for (int round = 0; round < 3; round++) {
		unsigned char *bytes = arena_alloc(arena, 1000);

		for (int i = 0; i < 1000; i++)
			assert_int_equal(bytes[i], 0);
		memset(bytes, 0xFF, 1000);
		assert_true(arena_used(arena) >= 1000);
		arena_reset(arena);
		assert_int_equal(arena_used(arena), 0);
	}
	arena_destroy(arena);
}

/* Objects of all sizes, to cross chunks and to get chunks of their own; each
 * keeps its pattern to the end, so none overlaps another. */
static void large_and_small_objects_do_not_overlap(void **state)
{
	enum { COUNT = 200 };
	struct arena *arena = arena_create();
	unsigned char *objects[COUNT];
	size_t sizes[COUNT], total = 0;

	(void)state;
	for (int i = 0; i < COUNT; i++) {
		sizes[i] = (size_t)(i % 17) * (size_t)(i % 17) * 700 + 1;
		objects[i] = arena_alloc(arena, sizes[i]);
		memset(objects[i], i, sizes[i]);
		total += sizes[i];
	}
	for (int i = 0; i < COUNT; i++)
		for (size_t k = 0; k < sizes[i]; k++)
			assert_int_equal(objects[i][k], i);
	assert_true(arena_used(arena) >= total);
	arena_destroy(arena);
}

static void grow_copies_and_clears_the_rest(void **state)
{
	struct arena *arena = arena_create();
	char *old = arena_strdup(arena, "abc");
	char *grown = arena_grow(arena, old, 4, 40);
	char *shrunk = arena_grow(arena, old, 4, 2);

	(void)state;
	assert_string_equal(grown, "abc");
	assert_int_equal(grown[39], 0);
	assert_memory_equal(shrunk, "ab", 2);
	assert_string_equal(old, "abc");
	assert_non_null(arena_grow(arena, NULL, 0, 8));
	arena_destroy(arena);
}

static void texts_are_copied_and_formatted(void **state)
{
	struct arena *arena = arena_create();

	(void)state;
	assert_string_equal(arena_strndup(arena, "spinlock", 4), "spin");
	assert_null(arena_strdup(arena, NULL));
	assert_string_equal(arena_printf(arena, "%s:%d", "a.c", 12), "a.c:12");
	assert_int_equal(strlen(arena_printf(arena, "%5000d", 1)), 5000);
	arena_destroy(arena);
}

static void push_keeps_order_over_growth(void **state)
{
	struct arena *arena = arena_create();
	int *items = NULL, count = 0, capacity = 0;

	(void)state;
	for (int i = 0; i < 1000; i++)
		ARENA_PUSH(arena, items, count, capacity, i * 3);
	assert_int_equal(count, 1000);
	assert_true(capacity >= count);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(items[i], i * 3);
	arena_destroy(arena);
}

/* The exit status of a child that asks for count objects of a size. */
static int status_of_request(size_t count, size_t size)
{
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		close(STDERR_FILENO);
		arena_calloc(arena_create(), count, size);
		_exit(77);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void an_overflowing_array_ends_the_process(void **state)
{
	(void)state;
	assert_int_equal(status_of_request(SIZE_MAX / 2, 3), 3);
	assert_int_equal(status_of_request(SIZE_MAX, SIZE_MAX), 3);
	/* (2^63 + 1) * 2 is 2 in 64 bits. */
	assert_int_equal(status_of_request(SIZE_MAX / 2 + 2, 2), 3);
	assert_int_equal(status_of_request(16, 16), 77);
	assert_int_equal(status_of_request(0, SIZE_MAX), 77);
}

/* The sanitizer has its own way to refuse such a request. */
#ifndef SO2_SANITIZE
static void more_memory_than_exists_ends_the_process(void **state)
{
	(void)state;
	assert_int_equal(status_of_request(1, SIZE_MAX), 3);
	assert_int_equal(status_of_request(1, SIZE_MAX - 20), 3);
	assert_int_equal(status_of_request(1, SIZE_MAX / 4), 3);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(objects_are_zeroed_aligned_and_apart),
		cmocka_unit_test(memory_is_zeroed_again_after_reset),
		cmocka_unit_test(large_and_small_objects_do_not_overlap),
		cmocka_unit_test(grow_copies_and_clears_the_rest),
		cmocka_unit_test(texts_are_copied_and_formatted),
		cmocka_unit_test(push_keeps_order_over_growth),
		cmocka_unit_test(an_overflowing_array_ends_the_process),
#ifndef SO2_SANITIZE
		cmocka_unit_test(more_memory_than_exists_ends_the_process),
#endif
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
