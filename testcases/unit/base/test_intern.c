/* Interned strings and key maps. */
#include "test.h"

#include "base/intern.h"
#include "base/strmap.h"

#include <stdio.h>
#include <string.h>

static void equal_texts_share_a_pointer(void **state)
{
	struct intern_pool *pool = intern_create();
	char text[] = "mutex_lock";
	const char *first = intern(pool, text);

	(void)state;
	assert_ptr_not_equal(first, text);
	assert_ptr_equal(first, intern(pool, "mutex_lock"));
	assert_ptr_equal(first, intern_n(pool, "mutex_lock_nested", 10));
	text[0] = 'M';
	assert_string_equal(first, "mutex_lock");
	assert_ptr_not_equal(first, intern(pool, text));
	assert_ptr_equal(intern(pool, ""), intern_n(pool, "x", 0));
	assert_null(intern(pool, NULL));
	assert_null(intern_n(pool, NULL, 3));
	intern_destroy(pool);
}

static void find_does_not_add(void **state)
{
	struct intern_pool *pool = intern_create();
	const char *name;

	(void)state;
	assert_null(intern_find(pool, "kfree"));
	assert_null(intern_find(pool, "kfree"));
	assert_null(intern_find(pool, NULL));
	name = intern(pool, "kfree");
	assert_ptr_equal(intern_find(pool, "kfree"), name);
	assert_null(intern_find(pool, "kfre"));
	intern_destroy(pool);
}

static void pointers_survive_growth(void **state)
{
	enum { COUNT = 20000 };
	static const char *names[COUNT];
	struct intern_pool *pool = intern_create();
	char text[32];

	(void)state;
	for (int i = 0; i < COUNT; i++) {
		snprintf(text, sizeof(text), "name_%d", i);
		names[i] = intern(pool, text);
	}
	for (int i = 0; i < COUNT; i++) {
		snprintf(text, sizeof(text), "name_%d", i);
		assert_string_equal(names[i], text);
		assert_ptr_equal(intern_find(pool, text), names[i]);
	}
	intern_destroy(pool);
}

static void map_gets_what_was_put_last(void **state)
{
	struct arena *arena = arena_create();
	struct keymap *map = keymap_create(arena);
	int values[2];

	(void)state;
	assert_null(keymap_get(map, 0));
	assert_int_equal(keymap_count(map), 0);
	keymap_put(map, 0, &values[0]);
	keymap_put(map, UINT64_MAX, &values[1]);
	assert_ptr_equal(keymap_get(map, 0), &values[0]);
	assert_ptr_equal(keymap_get(map, UINT64_MAX), &values[1]);
	assert_null(keymap_get(map, 1));
	keymap_put(map, 0, &values[1]);
	assert_ptr_equal(keymap_get(map, 0), &values[1]);
	assert_int_equal(keymap_count(map), 2);
	arena_destroy(arena);
}

static void map_holds_many_keys(void **state)
{
	enum { COUNT = 50000 };
	static char values[COUNT];
	struct arena *arena = arena_create();
	struct keymap *map = keymap_create(arena);

	(void)state;
	/* Addresses: keys that differ in few, high bits. */
	for (uint64_t i = 0; i < COUNT; i++)
		keymap_put(map, i << 32, &values[i]);
	assert_int_equal(keymap_count(map), COUNT);
	for (uint64_t i = 0; i < COUNT; i++)
		assert_ptr_equal(keymap_get(map, i << 32), &values[i]);
	assert_null(keymap_get(map, 1));
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_texts_share_a_pointer), cmocka_unit_test(find_does_not_add),
		cmocka_unit_test(pointers_survive_growth),     cmocka_unit_test(map_gets_what_was_put_last),
		cmocka_unit_test(map_holds_many_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
