/* Reports read back: what is written again is the same, and no damage is passed over in silence. */
#include "sample.h"

#include "report/merge.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct merged {
	struct arena *arena;
	struct intern_pool *pool;
	struct log *log;
	struct report_merge *merge;
};

static void merged_open(struct merged *merged)
{
	merged->arena = arena_create();
	merged->pool = intern_create();
	merged->log = log_create();
	merged->merge = report_merge_create(merged->arena, merged->pool, merged->log, "1.2.3");
}

static void merged_close(struct merged *merged)
{
	log_destroy(merged->log);
	intern_destroy(merged->pool);
	arena_destroy(merged->arena);
}

static bool merged_add(struct merged *merged, const char *text)
{
	return report_merge_add(merged->merge, "report", text, strlen(text));
}

/* NULL: shards are missing. */
static const char *merged_render(struct merged *merged, enum report_format format, bool use_color)
{
	struct report_options options = { .format = format, .use_color = use_color };
	struct source_cache *sources;
	struct report report;
	char *text = NULL;
	size_t size = 0;

	if (!report_merge_finish(merged->merge, &report, &sources, &options))
		return NULL;
	FILE *out = open_memstream(&text, &size);
	assert_non_null(out);
	assert_int_equal(report_write(out, &report, sources, &options), 0);
	fclose(out);
	const char *copy = arena_strndup(merged->arena, text, size);
	free(text);
	return copy;
}

/* Reads the report in the one format and shows it in the other. */
static void check_round(enum report_format from, enum report_format to, bool use_color)
{
	struct sample sample;
	struct merged merged;

	sample_open(&sample);
	sample_fill(&sample);
	findings_finish(&sample.report, sample.sources);
	const char *wanted = sample_render(&sample, to, use_color);
	merged_open(&merged);
	assert_true(merged_add(&merged, sample_render(&sample, from, false)));
	assert_int_equal(report_merge_format(merged.merge), from);
	assert_string_equal(merged_render(&merged, to, use_color), wanted);
	assert_int_equal(log_count(merged.log), 0);
	merged_close(&merged);
	sample_close(&sample);
}

static void test_nothing_is_lost(void **state)
{
	(void)state;
	check_round(REPORT_JSON, REPORT_JSON, false);
	check_round(REPORT_JSON, REPORT_TEXT, false);
	check_round(REPORT_JSON, REPORT_TEXT, true);
	check_round(REPORT_SARIF, REPORT_SARIF, false);
}

/* ---- parts ----------------------------------------------------------------------- */

static char *render_part(enum report_format format, unsigned number, const char *const *messages, int count)
{
	struct sample sample;

	sample_open(&sample);
	for (int i = 0; i < count; i++) { /* on a line that is not there: the same identity */
		struct finding finding = sample_finding(sample.leak, 1000, "alike", messages[i]);
		report_add_finding(&sample.report, &finding);
	}
	if (number > 0)
		sample.report.shard = (struct report_shard){ number, 2, 77 };
	findings_finish(&sample.report, sample.sources);
	char *text = strdup(sample_render(&sample, format, false));
	sample_close(&sample);
	return text;
}

/* Equal findings are counted anew: that of the second part is the middle one of all. */
static void check_counting(enum report_format format)
{
	const char *const all[] = { "a", "b", "c", "d" }, *const first[] = { "a", "c", "d" },
			  *const second[] = { "b", "c" };
	char *whole = render_part(format, 0, all, 4);
	char *left = render_part(format, 1, first, 3), *right = render_part(format, 2, second, 2);
	struct merged merged;

	merged_open(&merged);
	assert_true(merged_add(&merged, right));
	assert_true(merged_add(&merged, left));
	assert_string_equal(merged_render(&merged, format, false), whole);
	merged_close(&merged);
	free(whole);
	free(left);
	free(right);
}

static void test_equal_findings_are_counted_anew(void **state)
{
	(void)state;
	check_counting(REPORT_JSON);
	check_counting(REPORT_SARIF);
}

/* ---- damage ------------------------------------------------------------------------- */

/* Does not crash, and either takes the report or says why not. */
static void check_damaged(const char *text)
{
	struct merged merged;

	merged_open(&merged);
	bool is_taken = merged_add(&merged, text);
	if (is_taken && report_merge_format(merged.merge) == REPORT_SARIF)
		is_taken = merged_render(&merged, REPORT_SARIF, false) != NULL;
	else if (is_taken)
		is_taken = merged_render(&merged, REPORT_TEXT, false) != NULL;
	assert_int_equal(log_count_level(merged.log, LOG_ERROR), is_taken ? 0 : 1);
	merged_close(&merged);
}

static void check_root(const json_t *root)
{
	char *text = json_dumps(root, JSON_COMPACT);

	assert_non_null(text);
	check_damaged(text);
	free(text);
}

static json_t *make_substitute(int which)
{
	switch (which) {
	case 0:
		return json_null();
	case 1:
		return json_integer(-1);
	case 2:
		return json_integer(7);
	case 3:
		return json_string("%zz");
	case 4:
		return json_array();
	case 5:
		return json_object();
	default:
		return json_true();
	}
}

#define SUBSTITUTES 7

/* Each value below, with another in its place or without it. */
static void damage_object(json_t *root, json_t *object);

static void damage_below(json_t *root, json_t *value)
{
	size_t index;
	json_t *item;

	if (json_is_object(value))
		damage_object(root, value);
	json_array_foreach(value, index, item)
	{
		json_incref(item);
		for (int i = 0; i < SUBSTITUTES; i++) {
			json_array_set_new(value, index, make_substitute(i));
			check_root(root);
		}
		json_array_set(value, index, item);
		damage_below(root, item);
		json_decref(item);
	}
}

static void damage_object(json_t *root, json_t *object)
{
	json_t *copy = json_copy(object), *value;
	const char *key;

	json_object_foreach(copy, key, value)
	{
		for (int i = 0; i < SUBSTITUTES; i++) {
			json_object_set_new(object, key, make_substitute(i));
			check_root(root);
		}
		json_object_del(object, key);
		check_root(root);
		json_object_set(object, key, value);
		damage_below(root, value);
	}
	json_decref(copy);
}

static void check_all_damage(enum report_format format)
{
	struct sample sample;

	sample_open(&sample);
	sample_fill(&sample);
	sample.report.shard = (struct report_shard){ 1, 1, 5 };
	findings_finish(&sample.report, sample.sources);
	const char *text = sample_render(&sample, format, false);
	json_t *root = json_loads(text, 0, NULL);
	assert_non_null(root);
	damage_below(root, root);
	json_decref(root);
	for (size_t length = 0; length < strlen(text); length += 37) {
		char *start = strndup(text, length);
		check_damaged(start);
		free(start);
	}
	sample_close(&sample);
}

static void test_damaged_json(void **state)
{
	(void)state;
	check_all_damage(REPORT_JSON);
}

static void test_damaged_sarif(void **state)
{
	(void)state;
	check_all_damage(REPORT_SARIF);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_is_lost),
		cmocka_unit_test(test_equal_findings_are_counted_anew),
		cmocka_unit_test(test_damaged_json),
		cmocka_unit_test(test_damaged_sarif),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
