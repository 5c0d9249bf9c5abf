/* Bit sets, at sizes around the word size. */
#include "test.h"

#include "base/bitset.h"

static const size_t sizes[] = { 1, 63, 64, 65, 128, 200 };
enum { SIZE_COUNT = sizeof(sizes) / sizeof(sizes[0]) };

static void bits_are_independent(void **state)
{
	struct arena *arena = arena_create();

	(void)state;
	for (size_t s = 0; s < SIZE_COUNT; s++) {
		struct bitset set = bitset_create(arena, sizes[s]);

		for (size_t bit = 0; bit < sizes[s]; bit++)
			assert_false(bitset_test(&set, bit));
		for (size_t bit = 0; bit < sizes[s]; bit += 3)
			bitset_set(&set, bit);
		for (size_t bit = 0; bit < sizes[s]; bit++)
			assert_int_equal(bitset_test(&set, bit), bit % 3 == 0);
		bitset_clear(&set, 0);
		assert_false(bitset_test(&set, 0));
		if (sizes[s] > 3)
			assert_true(bitset_test(&set, 3));
	}
	arena_destroy(arena);
}

static void union_tells_whether_it_added(void **state)
{
	struct arena *arena = arena_create();
	struct bitset a = bitset_create(arena, 130), b = bitset_create(arena, 130);

	(void)state;
	assert_false(bitset_union(&a, &b));
	bitset_set(&b, 129);
	assert_true(bitset_union(&a, &b));
	assert_false(bitset_union(&a, &b));
	assert_true(bitset_test(&a, 129));
	bitset_set(&a, 5);
	assert_false(bitset_union(&a, &b));
	assert_true(bitset_test(&a, 5));
	arena_destroy(arena);
}

static void subtract_and_copy(void **state)
{
	struct arena *arena = arena_create();
	struct bitset a = bitset_create(arena, 70), b = bitset_create(arena, 70), c = bitset_create(arena, 70);

	(void)state;
	for (size_t bit = 0; bit < 70; bit++)
		bitset_set(&a, bit);
	bitset_set(&b, 1);
	bitset_set(&b, 69);
	bitset_subtract(&a, &b);
	for (size_t bit = 0; bit < 70; bit++)
		assert_int_equal(bitset_test(&a, bit), bit != 1 && bit != 69);
	bitset_copy(&c, &a);
	bitset_clear(&a, 2);
	assert_true(bitset_test(&c, 2));
	assert_false(bitset_test(&c, 69));
	bitset_subtract(&c, &c);
	assert_false(bitset_test(&c, 2));
	arena_destroy(arena);
}

static void an_empty_set_works(void **state)
{
	struct arena *arena = arena_create();
	struct bitset a = bitset_create(arena, 0), b = bitset_create(arena, 0);

	(void)state;
	assert_false(bitset_union(&a, &b));
	bitset_copy(&a, &b);
	bitset_subtract(&a, &b);
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bits_are_independent),
		cmocka_unit_test(union_tells_whether_it_added),
		cmocka_unit_test(subtract_and_copy),
		cmocka_unit_test(an_empty_set_works),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
