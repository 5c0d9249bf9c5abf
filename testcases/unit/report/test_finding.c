/* Collecting, ordering, deduplicating; exit status; fingerprints. */
#include "sample.h"

#include <string.h>

static void test_copies_are_deep(void **state)
{
	(void)state;
	struct sample sample;
	char message[] = "message", function[] = "function", text[] = "step";
	sample_open(&sample);
	struct finding_step step = { sample_span(6, 2, 3), text, STEP_END };
	struct finding finding = sample_finding(sample.held, 6, function, message);

	finding.steps = &step;
	finding.step_count = 1;
	report_add_finding(&sample.report, &finding);
	memset(message, 'x', 3);
	memset(function, 'x', 3);
	memset(text, 'x', 3);
	step.kind = STEP_CALL;
	assert_string_equal(sample.report.findings[0].message, "message");
	assert_string_equal(sample.report.findings[0].function, "function");
	assert_string_equal(sample.report.findings[0].steps[0].text, "step");
	assert_int_equal(sample.report.findings[0].steps[0].kind, STEP_END);
	sample_close(&sample);
}

static void test_order_is_by_place_then_rule(void **state)
{
	(void)state;
	struct sample sample;
	sample_open(&sample);
	struct finding late = sample_finding(sample.held, 9, "f", "late");
	struct finding leak = sample_finding(sample.leak, 6, "f", "leak");
	struct finding held = sample_finding(sample.held, 6, "f", "held");
	struct finding other = sample_finding(sample.held, 99, "f", "other file");

	other.span.file = "a.c";
	report_add_finding(&sample.report, &late);
	report_add_finding(&sample.report, &leak);
	report_add_finding(&sample.report, &other);
	report_add_finding(&sample.report, &held);
	findings_finish(&sample.report, sample.sources);
	static const char *const expected[] = { "other file", "held", "leak", "late" };
	assert_int_equal(sample.report.finding_count, 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(sample.report.findings[i].message, expected[i]);
	sample_close(&sample);
}

static void test_one_defect_is_one_finding(void **state)
{
	(void)state;
	struct sample sample;
	sample_open(&sample);
	struct finding_step steps[] = { { sample_span(6, 2, 3), "long way", STEP_EVENT },
					{ sample_span(9, 2, 3), "end", STEP_END } };
	struct finding longer = sample_finding(sample.held, 9, "f", "held");
	longer.steps = steps;
	longer.step_count = 2;
	struct finding shorter = longer;
	shorter.steps = steps + 1;
	shorter.step_count = 1;
	struct finding unsure = sample_finding(sample.held, 9, "f", "held");
	unsure.certainty = CERTAINTY_LIKELY;
	struct finding other_object = sample_finding(sample.held, 9, "f", "another lock held");

	report_add_finding(&sample.report, &longer);
	report_add_finding(&sample.report, &unsure);
	report_add_finding(&sample.report, &shorter);
	report_add_finding(&sample.report, &other_object);
	findings_finish(&sample.report, sample.sources);
	assert_int_equal(sample.report.finding_count, 2);
	const struct finding *kept = &sample.report.findings[1];
	assert_string_equal(kept->message, "held");
	assert_int_equal(kept->certainty, CERTAINTY_CERTAIN);
	assert_int_equal(kept->step_count, 1);
	sample_close(&sample);
}

static void test_equal_notes_are_one(void **state)
{
	(void)state;
	struct sample sample;
	struct not_analysed note = { sample_span(1, 1, 1), NULL, "stub", true, false };
	sample_open(&sample);

	report_add_note(&sample.report, &note);
	report_add_note(&sample.report, &note);
	note.reason = "other";
	report_add_note(&sample.report, &note);
	findings_finish(&sample.report, sample.sources);
	assert_int_equal(sample.report.note_count, 2);
	sample_close(&sample);
}

static void test_exit_status(void **state)
{
	(void)state;
	struct sample sample;
	struct not_analysed missing = { .span = { .file = "gone.c" }, .reason = "gone", .is_partial = true };
	sample_open(&sample);
	struct finding finding = sample_finding(sample.held, 9, "f", "held");

	assert_int_equal(report_exit_status(&sample.report), 0);
	report_add_missing(&sample.report, &missing);
	assert_int_equal(report_exit_status(&sample.report), 0);
	report_add_finding(&sample.report, &finding);
	assert_int_equal(report_exit_status(&sample.report), 1);
	missing.is_error = true;
	report_add_missing(&sample.report, &missing);
	assert_int_equal(report_exit_status(&sample.report), 3);
	sample_close(&sample);
}

/* ---- fingerprints ------------------------------------------------------------------ */

static const char *fingerprint_of(struct sample *sample, const struct finding *finding)
{
	report_init(&sample->report, sample->arena);
	report_add_finding(&sample->report, finding);
	findings_finish(&sample->report, sample->sources);
	return sample->report.findings[0].fingerprint;
}

static void test_fingerprint_survives_shifts_and_blanks(void **state)
{
	(void)state;
	struct sample sample;
	sample_open(&sample);
	struct finding first = sample_finding(sample.held, 9, "f", "held");
	struct finding message = sample_finding(sample.held, 9, "f", "other words");
	struct finding function = sample_finding(sample.held, 9, "g", "held");
	struct finding rule = sample_finding(sample.leak, 9, "f", "held");
	struct finding line = sample_finding(sample.held, 11, "f", "held");
	const char *base = fingerprint_of(&sample, &first);

	assert_int_equal(strlen(base), 16);
	assert_int_equal(strspn(base, "0123456789abcdef"), 16);
	assert_string_equal(fingerprint_of(&sample, &message), base);
	assert_string_not_equal(fingerprint_of(&sample, &function), base);
	assert_string_not_equal(fingerprint_of(&sample, &rule), base);
	assert_string_not_equal(fingerprint_of(&sample, &line), base);
	sample_close(&sample);
}

/* The same text on another line, with other blanks, in another file. */
static void test_fingerprint_of_moved_line(void **state)
{
	(void)state;
	struct sample sample;
	const char *moved = "unit/report/data/moved.c.in";
	sample_open(&sample);
	struct finding before = sample_finding(sample.held, 9, "f", "held");
	struct finding after = sample_finding(sample.held, 3, "f", "held");

	after.span.file = moved;
	assert_string_equal(source_cache_line(sample.sources, moved, 3), "  return \t ret;  ");
	assert_string_equal(fingerprint_of(&sample, &after), fingerprint_of(&sample, &before));
	sample_close(&sample);
}

static void test_equal_lines_are_counted(void **state)
{
	(void)state;
	struct sample sample;
	sample_open(&sample);
	struct finding one = sample_finding(sample.held, 9, "f", "one");
	struct finding two = sample_finding(sample.held, 9, "f", "two");

	report_add_finding(&sample.report, &two);
	report_add_finding(&sample.report, &one);
	findings_finish(&sample.report, sample.sources);
	const struct finding *found = sample.report.findings;
	const char *first = found[0].fingerprint;
	assert_string_not_equal(found[1].fingerprint, first);
	/* alone, the first has the same name: what comes after it does not matter */
	assert_string_equal(fingerprint_of(&sample, &one), first);
	sample_close(&sample);
}

static void test_fingerprint_without_source(void **state)
{
	(void)state;
	struct sample sample;
	sample_open(&sample);
	struct finding finding = sample_finding(sample.held, 9, NULL, "held");

	finding.span.file = "not/there.c";
	assert_int_equal(strlen(fingerprint_of(&sample, &finding)), 16);
	sample_close(&sample);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_copies_are_deep),
		cmocka_unit_test(test_order_is_by_place_then_rule),
		cmocka_unit_test(test_one_defect_is_one_finding),
		cmocka_unit_test(test_equal_notes_are_one),
		cmocka_unit_test(test_exit_status),
		cmocka_unit_test(test_fingerprint_survives_shifts_and_blanks),
		cmocka_unit_test(test_fingerprint_of_moved_line),
		cmocka_unit_test(test_equal_lines_are_counted),
		cmocka_unit_test(test_fingerprint_without_source),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
