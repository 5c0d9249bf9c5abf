/* The log of tool messages, and growing texts. */
#include "test.h"

#include "base/log.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static char *printed(const struct log *log, size_t from)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	log_print(log, from, out);
	fclose(out);
	return text;
}

static void entries_keep_order_level_and_text(void **state)
{
	struct log *log = log_create();
	char file[] = "rule.yaml", name[] = "severity";
	struct span span = { .file = file, .line = 3, .column = 7 };

	(void)state;
	log_add(log, LOG_ERROR, &span, "unknown field '%s'", name);
	log_add(log, LOG_WARNING, NULL, "%d of %d", 1, 2);
	log_add(log, LOG_ERROR, NULL, "100%%");
	/* The log owns its texts. */
	memset(file, 'x', sizeof(file) - 1);
	memset(name, 'x', sizeof(name) - 1);

	assert_int_equal(log_count(log), 3);
	assert_int_equal(log_count_level(log, LOG_ERROR), 2);
	assert_int_equal(log_count_level(log, LOG_NOTE), 0);
	assert_string_equal(log_at(log, 0)->text, "unknown field 'severity'");
	assert_string_equal(log_at(log, 0)->span.file, "rule.yaml");
	assert_int_equal(log_at(log, 0)->span.column, 7);
	assert_null(log_at(log, 1)->span.file);
	assert_int_equal(log_at(log, 1)->level, LOG_WARNING);
	log_destroy(log);
}

static void print_lets_nothing_command_a_terminal(void **state)
{
	struct log *log = log_create();
	struct span span = { .file = "a\nb\033[2J.c", .line = 3 };

	(void)state;
	log_add(log, LOG_ERROR, &span, "caf\303\251 \302\233 \177\t\033");
	char *text = printed(log, 0);
	assert_string_equal(text, "a?b?[2J.c:3: error: caf\303\251 ? ?\t?\n");
	free(text);
	log_destroy(log);
}

static void print_shows_the_place_as_far_as_known(void **state)
{
	struct log *log = log_create();
	struct span full = { .file = "a.c", .line = 3, .column = 7 };
	struct span line = { .file = "a.c", .line = 3 };
	struct span file = { .file = "a.c" };
	char *text;

	(void)state;
	log_add(log, LOG_ERROR, NULL, "first");
	log_add(log, LOG_ERROR, &full, "one");
	log_add(log, LOG_WARNING, &line, "two");
	log_add(log, LOG_NOTE, &file, "three");
	text = printed(log, 1);
	assert_string_equal(text, "a.c:3:7: error: one\na.c:3: warning: two\na.c: note: three\n");
	free(text);
	text = printed(log, 0);
	assert_memory_equal(text, "so2check: error: first\n", 23);
	free(text);
	text = printed(log, 4);
	assert_string_equal(text, "");
	free(text);
	log_destroy(log);
}

static void text_grows_at_its_end(void **state)
{
	struct arena *arena = arena_create();
	struct text text = text_create(arena);

	(void)state;
	assert_string_equal(text_get(&text), "");
	for (int i = 0; i < 500; i++)
		text_printf(&text, "%d,", i % 10);
	text_add(&text, "");
	text_add_n(&text, "end!", 3);
	assert_int_equal(text.length, 1003);
	assert_memory_equal(text_get(&text), "0,1,2,3,4,5,6,7,8,9,0,", 22);
	assert_string_equal(text_get(&text) + 998, "9,end");
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_keep_order_level_and_text),
		cmocka_unit_test(print_lets_nothing_command_a_terminal),
		cmocka_unit_test(print_shows_the_place_as_far_as_known),
		cmocka_unit_test(text_grows_at_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
