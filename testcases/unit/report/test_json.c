/* The JSON report, read back. */
#include "sample.h"

#include <jansson.h>
#include <string.h>

static json_t *parse(const char *text)
{
	json_error_t error;
	json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);

	if (!root)
		fail_msg("line %d: %s", error.line, error.text);
	return root;
}

static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	assert_non_null(text);
	return text;
}

static json_int_t number_of(const json_t *object, const char *key)
{
	assert_true(json_is_integer(json_object_get(object, key)));
	return json_integer_value(json_object_get(object, key));
}

static void check_finding(const json_t *finding)
{
	assert_string_equal(text_of(finding, "rule"), "lin-lock-held-on-exit");
	assert_string_equal(text_of(finding, "title"), "lock held on exit");
	assert_string_equal(text_of(finding, "severity"), "error");
	assert_string_equal(text_of(finding, "certainty"), "certain");
	assert_string_equal(text_of(finding, "file"), SAMPLE_FILE);
	assert_int_equal(number_of(finding, "line"), 9);
	assert_int_equal(number_of(finding, "column"), 3);
	assert_int_equal(number_of(finding, "endLine"), 9);
	assert_int_equal(number_of(finding, "endColumn"), 12);
	assert_string_equal(text_of(finding, "function"), "dev_ioctl");
	assert_string_equal(text_of(finding, "message"), "`dev->lock` is still held at this return");
	assert_string_equal(text_of(finding, "snippet"), "\t\treturn ret;");
	assert_int_equal(strlen(text_of(finding, "fingerprint")), 16);
	assert_string_equal(json_string_value(json_array_get(json_object_get(finding, "cwe"), 1)), "CWE-667");
	const json_t *source = json_array_get(json_object_get(finding, "sources"), 0);
	assert_string_equal(text_of(source, "document"), "SO2 cheat sheet");
	assert_string_equal(text_of(source, "place"), "Sincronizare");
	const json_t *steps = json_object_get(finding, "steps");
	assert_int_equal(json_array_size(steps), 4);
	assert_string_equal(text_of(json_array_get(steps, 1), "kind"), "call");
	assert_string_equal(text_of(json_array_get(steps, 2), "kind"), "branch");
	assert_string_equal(text_of(json_array_get(steps, 0), "text"), "`dev->lock` is locked here");
}

static void test_all_fields(void **state)
{
	(void)state;
	struct sample sample;
	sample_open(&sample);
	sample_fill(&sample);
	findings_finish(&sample.report, sample.sources);
	json_t *root = parse(sample_render(&sample, REPORT_JSON, false));

	assert_int_equal(number_of(root, "version"), 1);
	assert_string_equal(text_of(json_object_get(root, "tool"), "version"), "1.2.3");
	assert_string_equal(text_of(json_object_get(root, "tool"), "libclang"), "clang version 19");
	const json_t *findings = json_object_get(root, "findings");
	assert_int_equal(json_array_size(findings), 3);
	check_finding(json_array_get(findings, 0));
	assert_string_equal(text_of(json_array_get(findings, 1), "certainty"), "likely");
	assert_true(json_is_null(json_object_get(json_array_get(findings, 1), "function")));
	json_decref(root);
	sample_close(&sample);
}

static void test_what_was_not_analysed(void **state)
{
	(void)state;
	struct sample sample;
	sample_open(&sample);
	sample_fill(&sample);
	findings_finish(&sample.report, sample.sources);
	json_t *root = parse(sample_render(&sample, REPORT_JSON, false));
	const json_t *missing = json_object_get(root, "notAnalysed"), *summary = json_object_get(root, "summary");

	assert_int_equal(json_array_size(missing), 2);
	assert_string_equal(text_of(json_array_get(missing, 0), "file"), "gone.c");
	assert_true(json_is_true(json_object_get(json_array_get(missing, 0), "error")));
	assert_string_equal(text_of(json_array_get(missing, 1), "function"), "dev_ioctl");
	assert_true(json_is_true(json_object_get(json_array_get(missing, 1), "partial")));
	assert_int_equal(json_array_size(json_object_get(root, "notes")), 1);
	assert_int_equal(number_of(summary, "findings"), 3);
	assert_int_equal(number_of(summary, "errors"), 1);
	assert_int_equal(number_of(summary, "warnings"), 2);
	assert_int_equal(number_of(summary, "notAnalysed"), 2);
	assert_int_equal(number_of(summary, "exitStatus"), 3);
	json_decref(root);
	sample_close(&sample);
}

/* Line 14 has a byte that is no UTF-8 and an escape. */
static void test_bytes_that_are_no_text(void **state)
{
	(void)state;
	struct sample sample;
	sample_open(&sample);
	struct finding finding = sample_finding(sample.held, 14, "f", "broken \xff\xc0\xaf\xed\xa0\x80 text \"\\\n");
	report_add_finding(&sample.report, &finding);
	json_t *root = parse(sample_render(&sample, REPORT_JSON, false));
	const json_t *found = json_array_get(json_object_get(root, "findings"), 0);

	assert_non_null(strstr(text_of(found, "snippet"), "caf\xc3\xa9 \xef\xbf\xbd \033[31m"));
	assert_string_equal(text_of(found, "message"),
			    "broken \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd text "
			    "\"\\\n");
	json_decref(root);
	sample_close(&sample);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_fields),
		cmocka_unit_test(test_what_was_not_analysed),
		cmocka_unit_test(test_bytes_that_are_no_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
