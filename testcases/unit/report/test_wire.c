/* A report that is packed and unpacked is the same; damaged bytes are refused. */
#include "test.h"

#include "base/intern.h"
#include "report/wire.h"

#include <string.h>

struct fixture {
	struct arena *arena;
	struct intern_pool *pool;
	const struct rule_set *rules;
	struct report report;
};

static int set_up(void **state)
{
	static struct fixture fixture;
	const char *pack = SO2_RULES_DIR;

	fixture.arena = arena_create();
	fixture.pool = intern_create();
	struct log *log = log_create();
	fixture.rules = rules_load(fixture.arena, fixture.pool, log, NULL, &pack, 1);
	log_destroy(log);
	report_init(&fixture.report, fixture.arena);
	*state = &fixture;
	return fixture.rules ? 0 : -1;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	intern_destroy(f->pool);
	arena_destroy(f->arena);
	return 0;
}

static void fill(struct fixture *f)
{
	const char *file = intern(f->pool, "a \"b\"\n\xff.c");
	struct finding_step steps[] = { { { file, 1, 2, 3, 4 }, "taken here", STEP_EVENT },
					{ { NULL, 0, 0, 0, 0 }, "", STEP_END } };
	struct finding finding = { .rule = f->rules->rules[3],
				   .span = { file, 5, 6, 7, 8 },
				   .message = "message",
				   .steps = steps,
				   .step_count = 2,
				   .certainty = CERTAINTY_LIKELY };
	struct not_analysed entry = { .span = { .file = file }, .function = "f", .reason = "why", .is_partial = true };

	report_add_finding(&f->report, &finding);
	finding.function = "g";
	finding.step_count = 0;
	report_add_finding(&f->report, &finding);
	report_add_missing(&f->report, &entry);
	entry.is_error = true;
	entry.function = NULL;
	report_add_note(&f->report, &entry);
	f->report.unit_count = 3;
	f->report.function_count = 4;
}

static struct text packed(struct fixture *f, const struct report *report)
{
	struct text bytes = text_create(f->arena);

	report_pack(report, &bytes);
	return bytes;
}

static void test_round_trip(void **state)
{
	struct fixture *f = *state;
	struct report other;

	fill(f);
	struct text bytes = packed(f, &f->report);
	report_init(&other, f->arena);
	assert_true(report_unpack(&other, f->pool, f->rules, bytes.data, bytes.length));
	assert_int_equal(other.finding_count, 2);
	assert_ptr_equal(other.findings[0].rule, f->rules->rules[3]);
	assert_ptr_equal(other.findings[0].span.file, f->report.findings[0].span.file);
	assert_null(other.findings[0].function);
	assert_string_equal(other.findings[1].function, "g");
	assert_ptr_equal(other.findings[0].steps[1].span.file, other.findings[0].span.file); /* it had no place */
	struct text again = packed(f, &other);
	assert_int_equal(again.length, bytes.length);
	assert_memory_equal(again.data, bytes.data, bytes.length);
	/* a second one is added to the first */
	assert_true(report_unpack(&other, f->pool, f->rules, bytes.data, bytes.length));
	assert_int_equal(other.finding_count, 4);
	assert_int_equal(other.unit_count, 6);
}

static void test_damage(void **state)
{
	struct fixture *f = *state;

	fill(f);
	struct text bytes = packed(f, &f->report);
	for (size_t length = 0; length < bytes.length; length++) {
		struct report other;
		report_init(&other, f->arena);
		assert_false(report_unpack(&other, f->pool, f->rules, bytes.data, length));
	}
	/* any number may be any other: nothing is read beyond the end */
	for (size_t at = 0; at < bytes.length; at++) {
		struct report other;
		bytes.data[at] ^= (char)0xff;
		report_init(&other, f->arena);
		report_unpack(&other, f->pool, f->rules, bytes.data, bytes.length);
		bytes.data[at] ^= (char)0xff;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_round_trip, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_damage, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
