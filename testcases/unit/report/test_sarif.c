/* The structure of the SARIF log, read back. It was also validated against the
 * standard's JSON schema by hand; these tests hold on to what viewers rely on. */
#include "sample.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Follows keys and indices: "runs.0.results.1.level". */
static const json_t *at(const json_t *node, const char *path)
{
	const char *rest = path;

	while (node && *rest) {
		size_t length = strcspn(rest, ".");
		char key[64];

		snprintf(key, sizeof(key), "%.*s", (int)length, rest);
		node = json_is_array(node) ? json_array_get(node, (size_t)atoi(key)) : json_object_get(node, key);
		rest += length + (rest[length] == '.');
	}
	if (!node)
		fail_msg("nothing at %s", path);
	return node;
}

static void expect_text(const json_t *node, const char *path, const char *expected)
{
	const char *text = json_string_value(at(node, path));

	assert_non_null(text);
	assert_string_equal(text, expected);
}

static void expect_number(const json_t *node, const char *path, int expected)
{
	assert_true(json_is_integer(at(node, path)));
	assert_int_equal(json_integer_value(at(node, path)), expected);
}

static json_t *render(struct sample *sample)
{
	json_error_t error;
	sample_open(sample);
	sample_fill(sample);
	findings_finish(&sample->report, sample->sources);
	json_t *root = json_loads(sample_render(sample, REPORT_SARIF, false), JSON_REJECT_DUPLICATES, &error);

	if (!root)
		fail_msg("line %d: %s", error.line, error.text);
	return root;
}

static void test_run(void **state)
{
	(void)state;
	struct sample sample;
	json_t *root = render(&sample);

	expect_text(root, "version", "2.1.0");
	assert_non_null(strstr(json_string_value(at(root, "$schema")), "sarif-2.1.0"));
	expect_text(root, "runs.0.tool.driver.name", "so2check");
	expect_text(root, "runs.0.tool.driver.version", "1.2.3");
	expect_text(root, "runs.0.columnKind", "unicodeCodePoints");
	expect_text(root, "runs.0.originalUriBaseIds.%SRCROOT%.uri", "file:///src/my%20project/");
	json_decref(root);
	sample_close(&sample);
}

static void test_rules(void **state)
{
	(void)state;
	struct sample sample;
	json_t *root = render(&sample);
	const json_t *rules = at(root, "runs.0.tool.driver.rules");

	assert_int_equal(json_array_size(rules), 3);
	expect_text(rules, "0.id", "lin-lock-held-on-exit");
	expect_text(rules, "0.name", "LockHeldOnExit");
	expect_text(rules, "0.shortDescription.text", "lock held on exit");
	expect_text(rules, "0.fullDescription.text", "whoever waits for the lock waits for ever");
	expect_text(rules, "0.help.text", "unlock on this path too");
	expect_text(rules, "0.help.markdown", "# lock held on exit\n");
	expect_text(rules, "0.defaultConfiguration.level", "error");
	expect_text(rules, "0.deprecatedIds.0", "lin-lock-leak");
	expect_text(rules, "0.properties.tags.1", "external/cwe/cwe-764");
	expect_text(rules, "0.properties.sources.0.document", "SO2 cheat sheet");
	expect_text(rules, "1.help.text", "memory leak"); /* no help of its own */
	json_decref(root);
	sample_close(&sample);
}

static void test_result(void **state)
{
	(void)state;
	struct sample sample;
	json_t *root = render(&sample);
	const json_t *result = at(root, "runs.0.results.0");
	const json_t *place = at(result, "locations.0.physicalLocation");

	expect_text(result, "ruleId", "lin-lock-held-on-exit");
	expect_number(result, "ruleIndex", 0);
	expect_text(result, "level", "error");
	expect_text(result, "message.text", "`dev->lock` is still held at this return");
	expect_text(result, "properties.certainty", "certain");
	expect_text(result, "locations.0.logicalLocations.0.name", "dev_ioctl");
	expect_text(result, "locations.0.logicalLocations.0.kind", "function");
	assert_int_equal(strlen(json_string_value(at(result, "partialFingerprints.so2check/v1"))), 16);
	expect_text(place, "artifactLocation.uri", SAMPLE_FILE);
	expect_text(place, "artifactLocation.uriBaseId", "%SRCROOT%");
	expect_number(place, "region.startLine", 9);
	expect_number(place, "region.startColumn", 3);
	expect_number(place, "region.endColumn", 13); /* exclusive */
	expect_text(place, "region.snippet.text", "\t\treturn ret;");
	json_decref(root);
	sample_close(&sample);
}

static void test_code_flow(void **state)
{
	(void)state;
	struct sample sample;
	json_t *root = render(&sample);
	const json_t *steps = at(root, "runs.0.results.0.codeFlows.0.threadFlows.0.locations");

	assert_int_equal(json_array_size(steps), 4);
	expect_text(steps, "0.location.message.text", "`dev->lock` is locked here");
	expect_number(steps, "0.location.physicalLocation.region.startLine", 6);
	expect_text(steps, "0.importance", "essential");
	expect_text(steps, "2.kinds.0", "branch");
	expect_text(steps, "2.importance", "important");
	expect_number(steps, "3.executionOrder", 4);
	json_decref(root);
	sample_close(&sample);
}

/* Line 14: a two-byte letter and a byte that is no UTF-8 stand before column 56. */
static void test_columns_are_characters(void **state)
{
	(void)state;
	struct sample sample;
	json_t *root = render(&sample);
	const json_t *region = at(root, "runs.0.results.1.locations.0.physicalLocation.region");

	expect_number(region, "startColumn", 55);
	expect_number(region, "endColumn", 70);
	json_decref(root);
	sample_close(&sample);
}

static void test_what_was_not_analysed(void **state)
{
	(void)state;
	struct sample sample;
	json_t *root = render(&sample);
	const json_t *invocation = at(root, "runs.0.invocations.0");
	const json_t *list = at(invocation, "toolExecutionNotifications");

	assert_true(json_is_false(at(invocation, "executionSuccessful")));
	expect_number(invocation, "exitCode", 3);
	assert_int_equal(json_array_size(list), 3);
	expect_text(list, "0.level", "error");
	expect_text(list, "0.message.text", "no such file");
	expect_text(list, "0.locations.0.physicalLocation.artifactLocation.uri", "gone.c");
	expect_text(list, "1.level", "warning");
	expect_text(list, "1.locations.0.logicalLocations.0.name", "dev_ioctl");
	expect_text(list, "2.level", "note");
	for (size_t i = 0; i < 3; i++) {
		const json_t *descriptor = at(json_array_get(list, i), "descriptor");
		const json_t *known = at(root, "runs.0.tool.driver.notifications");
		size_t index = (size_t)json_integer_value(at(descriptor, "index"));

		expect_text(json_array_get(known, index), "id", json_string_value(at(descriptor, "id")));
	}
	json_decref(root);
	sample_close(&sample);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_run),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_result),
		cmocka_unit_test(test_code_flow),
		cmocka_unit_test(test_columns_are_characters),
		cmocka_unit_test(test_what_was_not_analysed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
