/* What is put comes back; what is cut short or made up is noticed. */
#include "test.h"

#include "base/wire.h"

#include <string.h>

struct fixture {
	struct arena *arena;
	struct intern_pool *pool;
	struct text bytes;
};

static int set_up(void **state)
{
	static struct fixture fixture;

	fixture.arena = arena_create();
	fixture.pool = intern_create();
	fixture.bytes = text_create(fixture.arena);
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	intern_destroy(f->pool);
	arena_destroy(f->arena);
	return 0;
}

static struct wire_reader reader_of(struct fixture *f, size_t length)
{
	return (struct wire_reader){ .arena = f->arena, .pool = f->pool, .at = text_get(&f->bytes), .left = length };
}

static void test_numbers(void **state)
{
	struct fixture *f = *state;
	const uint64_t numbers[] = { 0, 1, 127, 128, 16383, 16384, UINT32_MAX, UINT64_MAX >> 1, UINT64_MAX };
	const int64_t both[] = { 0, -1, 1, -64, 64, INT64_MIN, INT64_MAX };

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		wire_put_number(&f->bytes, numbers[i]);
	for (size_t i = 0; i < sizeof(both) / sizeof(both[0]); i++)
		wire_put_signed(&f->bytes, both[i]);
	struct wire_reader reader = reader_of(f, f->bytes.length);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		assert_true(wire_take_number(&reader) == numbers[i]);
	for (size_t i = 0; i < sizeof(both) / sizeof(both[0]); i++)
		assert_true(wire_take_signed(&reader) == both[i]);
	assert_false(reader.is_broken);
	assert_int_equal(reader.left, 0);
	assert_int_equal(wire_take_number(&reader), 0);
	assert_true(reader.is_broken);
}

static void put_sample(struct text *bytes)
{
	const struct span span = { .file = "a.c", .line = 300, .column = 2, .end_line = 300, .end_column = 70000 };

	wire_put_text(bytes, NULL);
	wire_put_text(bytes, "");
	wire_put_text(bytes, "text");
	wire_put_span(bytes, &span);
}

static void test_texts(void **state)
{
	struct fixture *f = *state;

	put_sample(&f->bytes);
	struct wire_reader reader = reader_of(f, f->bytes.length);
	assert_null(wire_take_text(&reader));
	assert_string_equal(wire_take_text(&reader), "");
	assert_ptr_equal(wire_take_name(&reader), intern(f->pool, "text"));
	struct span span = wire_take_span(&reader);
	assert_ptr_equal(span.file, intern(f->pool, "a.c"));
	assert_int_equal(span.line, 300);
	assert_int_equal(span.end_column, 70000);
	assert_false(reader.is_broken);
}

static void test_cut_short(void **state)
{
	struct fixture *f = *state;

	put_sample(&f->bytes);
	for (size_t length = 0; length < f->bytes.length; length++) {
		struct wire_reader reader = reader_of(f, length);
		wire_take_text(&reader);
		wire_take_text(&reader);
		wire_take_text(&reader);
		wire_take_span(&reader);
		assert_true(reader.is_broken);
	}
}

static void test_made_up(void **state)
{
	struct fixture *f = *state;

	wire_put_number(&f->bytes, 1000);
	struct wire_reader reader = reader_of(f, f->bytes.length);
	assert_int_equal(wire_take_count(&reader), 0); /* there are not so many bytes */
	assert_true(reader.is_broken);
	reader = reader_of(f, f->bytes.length);
	assert_null(wire_take_text(&reader));
	assert_true(reader.is_broken);
	text_add_n(&f->bytes, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 12); /* a number without end */
	reader = reader_of(f, f->bytes.length);
	wire_take_number(&reader);
	assert_int_equal(wire_take_number(&reader), 0);
	assert_true(reader.is_broken);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_numbers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_texts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_cut_short, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_made_up, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
