/* The text report against a golden file. SO2_UPDATE_GOLDEN=1 rewrites it. */
#include "sample.h"

#include <stdlib.h>
#include <string.h>

#define GOLDEN "unit/report/data/report.txt"

static const char *read_all(struct arena *arena, const char *path)
{
	FILE *in = fopen(path, "rb");
	char *text = arena_alloc(arena, 1 << 16);

	assert_non_null(in);
	size_t size = fread(text, 1, (1 << 16) - 1, in);
	fclose(in);
	assert_true(size < (1 << 16) - 1);
	return text;
}

static void update_golden(const char *text)
{
	FILE *out = fopen(GOLDEN, "wb");

	assert_non_null(out);
	fputs(text, out);
	assert_int_equal(fclose(out), 0);
}

static void test_whole_report(void **state)
{
	(void)state;
	struct sample sample;
	sample_open(&sample);
	sample_fill(&sample);
	findings_finish(&sample.report, sample.sources);
	const char *text = sample_render(&sample, REPORT_TEXT, false);

	if (getenv("SO2_UPDATE_GOLDEN"))
		update_golden(text);
	assert_string_equal(text, read_all(sample.arena, GOLDEN));
	sample_close(&sample);
}

static void test_empty_report(void **state)
{
	(void)state;
	struct sample sample;
	sample_open(&sample);
	assert_string_equal(sample_render(&sample, REPORT_TEXT, false),
			    "0 units, 0 functions checked, 0 findings (0 errors, 0 warnings, 0 notes), "
			    "0 not analysed\n");
	sample_close(&sample);
}

static void test_color_adds_only_color(void **state)
{
	(void)state;
	struct sample sample;
	sample_open(&sample);
	sample_fill(&sample);
	const char *plain = sample_render(&sample, REPORT_TEXT, false);
	const char *colored = sample_render(&sample, REPORT_TEXT, true);
	char *stripped = arena_alloc(sample.arena, strlen(colored) + 1), *write = stripped;

	assert_null(strchr(plain, '\033'));
	for (const char *read = colored; *read; read++) {
		if (*read == '\033')
			read += strcspn(read, "m");
		else
			*write++ = *read;
	}
	assert_string_equal(stripped, plain);
	assert_true(strlen(colored) > strlen(plain));
	sample_close(&sample);
}

static void test_many_notes_are_cut(void **state)
{
	(void)state;
	struct sample sample;
	sample_open(&sample);
	for (unsigned i = 1; i <= 8; i++) {
		struct not_analysed note = { sample_span(i, 1, 1), NULL, "stub", true, false };

		report_add_note(&sample.report, &note);
	}
	findings_finish(&sample.report, sample.sources);
	const char *text = sample_render(&sample, REPORT_TEXT, false);
	assert_non_null(strstr(text, ":5:1: note: stub"));
	assert_null(strstr(text, ":6:1: note: stub"));
	assert_non_null(strstr(text, "3 more notes"));
	sample_close(&sample);
}

/* A span that does not fit its line, or its file, must not read beyond it. */
static void test_spans_outside_their_lines(void **state)
{
	(void)state;
	static const struct span spans[] = {
		{ SAMPLE_FILE, 4, 500, 4, 600 }, { SAMPLE_FILE, 5, 1, 5, 0 },	     { SAMPLE_FILE, 6, 9, 6, 3 },
		{ SAMPLE_FILE, 999, 1, 999, 2 }, { "not/there.c", 1, 1, 1, 1 },	     { SAMPLE_FILE, 4, 2, 9, 1 },
		{ SAMPLE_FILE, 0, 0, 0, 0 },	 { "unit/report/data", 1, 1, 1, 1 },
	};
	struct sample sample;
	sample_open(&sample);
	for (size_t i = 0; i < sizeof(spans) / sizeof(spans[0]); i++) {
		struct finding finding = sample_finding(sample.held, 1, "f", "anywhere");

		finding.span = spans[i];
		report_add_finding(&sample.report, &finding);
	}
	findings_finish(&sample.report, sample.sources);
	assert_non_null(strstr(sample_render(&sample, REPORT_TEXT, false), "8 findings"));
	assert_non_null(strstr(sample_render(&sample, REPORT_JSON, false), "anywhere"));
	assert_non_null(strstr(sample_render(&sample, REPORT_SARIF, false), "anywhere"));
	sample_close(&sample);
}

static void test_a_full_device_is_told(void **state)
{
	(void)state;
	struct report_options options = { .format = REPORT_TEXT };
	struct sample sample;
	sample_open(&sample);
	sample_fill(&sample);
	for (int format = REPORT_TEXT; format <= REPORT_SARIF; format++) {
		FILE *out = fopen("/dev/full", "w");

		assert_non_null(out);
		options.format = (enum report_format)format;
		assert_int_equal(report_write(out, &sample.report, sample.sources, &options), -1);
		fclose(out);
	}
	sample_close(&sample);
}

static void test_rule_table(void **state)
{
	(void)state;
	struct sample sample;
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	sample_open(&sample);
	assert_int_equal(report_write_rules(out, &sample.rules, REPORT_TEXT), 0);
	fclose(out);
	assert_string_equal(text, "lin-lock-held-on-exit  error    CWE-764,CWE-667  lock held on exit\n"
				  "lin-mem-leak           warning  -                memory leak\n"
				  "lin-quiet              note     -                never found here (preview)\n");
	free(text);
	sample_close(&sample);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole_report),
		cmocka_unit_test(test_empty_report),
		cmocka_unit_test(test_color_adds_only_color),
		cmocka_unit_test(test_many_notes_are_cut),
		cmocka_unit_test(test_spans_outside_their_lines),
		cmocka_unit_test(test_a_full_device_is_told),
		cmocka_unit_test(test_rule_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
