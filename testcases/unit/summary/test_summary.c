/* Summaries: kept, compared, printed. */
#include "module.h"
#include "summary/summary.h"

#include <stdlib.h>
#include <string.h>

static const struct term *make_term(struct module *m, enum term_kind kind, int64_t value, const struct term *a)
{
	struct term *term = ARENA_NEW(m->arena, struct term);

	term->kind = kind;
	term->value = value;
	term->a = a;
	return term;
}

static const struct term *make_field(struct module *m, const char *field, const struct term *a)
{
	struct term *term = (struct term *)make_term(m, TERM_FIELD, 0, a);

	term->field = intern(m->pool, field);
	return term;
}

static const struct term *make_binary(struct module *m, enum ir_binary op, const struct term *a, const struct term *b)
{
	struct term *term = (struct term *)make_term(m, TERM_BINARY, 0, a);

	term->op = (int)op;
	term->b = b;
	return term;
}

static void test_terms(void **state)
{
	struct module *m = *state;
	const struct term *lock = make_field(m, "lock", make_field(m, "sub", make_term(m, TERM_PARAM, 0, NULL)));
	const struct term *same = make_field(m, "lock", make_field(m, "sub", make_term(m, TERM_PARAM, 0, NULL)));
	const struct term *other = make_field(m, "lock", make_field(m, "sub", make_term(m, TERM_PARAM, 1, NULL)));

	assert_string_equal(term_text(m->arena, lock), "&param0->sub.lock");
	assert_string_equal(term_text(m->arena, make_term(m, TERM_LOAD, 0, lock)), "param0->sub.lock");
	assert_string_equal(term_text(m->arena, make_binary(m, IR_BINARY_ADD, make_term(m, TERM_RESULT, 0, NULL),
							    make_term(m, TERM_INT, -2, NULL))),
			    "(result + -2)");
	assert_string_equal(term_text(m->arena, make_term(m, TERM_LOAD, 0, make_term(m, TERM_PARAM, 1, NULL))),
			    "*param1");
	assert_string_equal(term_text(m->arena, NULL), "?");
	assert_true(term_equal(lock, same));
	assert_false(term_equal(lock, other));
	assert_false(term_equal(lock, NULL));
	assert_true(term_equal(NULL, NULL));
}

static struct function_summary *make_summary(struct module *m, const struct ir_function *function, int64_t value)
{
	struct function_summary *summary = ARENA_NEW(m->arena, struct function_summary);
	struct demand *demand = ARENA_NEW(m->arena, struct demand);

	summary->function = function;
	summary->is_valid = true;
	summary->outcomes = ARENA_NEW(m->arena, struct summary_outcome);
	summary->outcome_count = 1;
	summary->outcomes->value = (struct value_range){ value, value, false };
	demand->kind = DEMAND_SLEEP;
	demand->name = "wait";
	demand->span.line = 7;
	summary->demands = demand;
	summary->demand_count = 1;
	return summary;
}

static void test_kept_and_compared(void **state)
{
	struct module *m = *state;
	struct ir_function f = { .name = "f" }, g = { .name = "g" };
	struct summaries *summaries = summaries_create(m->arena);
	struct function_summary *first = make_summary(m, &f, 0), *again = make_summary(m, &f, 0);
	struct function_summary *changed = make_summary(m, &f, -5);

	summaries_put(summaries, first);
	summaries_put(summaries, make_summary(m, &g, 0));
	assert_true(summary_equal(first, again));
	assert_false(summary_equal(first, changed));
	again->demands->span.line = 8;
	assert_false(summary_equal(first, again));
	again->demands->span.line = 7;
	again->demands->chain = (struct chain){ &(struct summary_step){ .text = "another way" }, 1 };
	assert_true(summary_equal(first, again));
	summaries_put(summaries, changed);
	assert_ptr_equal(summaries_find(summaries, &f), changed);
	assert_ptr_equal(summaries->items[0], changed);
	assert_int_equal(summaries->count, 2);
}

static void test_printed(void **state)
{
	struct module *m = *state;
	struct ir_function f = { .name = "f" };
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	summary_print(out, m->arena, make_summary(m, &f, -5));
	fclose(out);
	assert_string_equal(text, "summary of f\n  returns -5\n  needs the right to sleep for wait at ?:7\n");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_terms, module_set_up, module_tear_down),
		cmocka_unit_test_setup_teardown(test_kept_and_compared, module_set_up, module_tear_down),
		cmocka_unit_test_setup_teardown(test_printed, module_set_up, module_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
