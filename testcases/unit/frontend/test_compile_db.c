/* compile_commands.json: reading, errors, looking up. */
#include "tree.h"

#include <string.h>

static int read_db(struct tree *tree, const char *json, struct compile_db *db)
{
	return compile_db_read(tree->arena, tree->log, tree_write(tree, "compile_commands.json", json), db);
}

static const char db_text[] =
	"[{\"directory\":\"/k\",\"command\":\"cc -DONE='a b' -c drivers/char/one.c\",\"file\":\"drivers/char/one.c\"},"
	"{\"directory\":\"/k\",\"arguments\":[\"cc\",\"-DTWO\",\"two.c\"],\"file\":\"/k/drivers/net/two.c\"},"
	"{\"directory\":\"/k/x\",\"command\":\"cc -DAGAIN\",\"file\":\"../drivers/char/one.c\"},"
	"{\"directory\":\"/k\",\"command\":\"cc -DSAME\",\"file\":\"drivers/usb/core/main.c\"},"
	"{\"directory\":\"/k\",\"command\":\"cc -DDASH\",\"file\":\"drivers/net-x/far.c\"}]";

static void test_exact_entries(void **state)
{
	struct tree *tree = *state;
	struct compile_db db;
	struct word_list argv;

	assert_int_equal(read_db(tree, db_text, &db), 0);
	assert_int_equal(db.count, 4); /* the first entry of a file wins */
	const struct compile_db_entry *entry = compile_db_find(&db, "/k/drivers/char/one.c");
	assert_non_null(entry);
	assert_true(compile_db_arguments(tree->arena, entry, &argv));
	assert_true(words_have(&argv, "-DONE=a b", "-c"));
	entry = compile_db_find(&db, "/k/drivers/net/two.c");
	assert_non_null(entry);
	assert_true(compile_db_arguments(tree->arena, entry, &argv));
	assert_int_equal(argv.count, 3);
	assert_null(compile_db_find(&db, "/k/drivers/net/three.c"));
	assert_int_equal(log_count(tree->log), 0);
}

static void test_nearest_entries(void **state)
{
	struct tree *tree = *state;
	struct compile_db db;

	assert_int_equal(read_db(tree, db_text, &db), 0);
	assert_string_equal(compile_db_nearest(&db, "/elsewhere/main.c")->path, "/k/drivers/usb/core/main.c");
	assert_string_equal(compile_db_nearest(&db, "/k/drivers/net/sub/new.c")->path, "/k/drivers/net/two.c");
	assert_string_equal(compile_db_nearest(&db, "/k/drivers/char/a.c")->path, "/k/drivers/char/one.c");
	assert_string_equal(compile_db_nearest(&db, "/k/drivers/char/z.c")->path, "/k/drivers/char/one.c");
	assert_non_null(compile_db_nearest(&db, "/zzz/z.c"));
	assert_non_null(compile_db_nearest(&db, "/a/a.c"));
}

static void test_entries_below_a_folder(void **state)
{
	struct tree *tree = *state;
	struct compile_db db;
	int count = 0;

	assert_int_equal(read_db(tree, db_text, &db), 0);
	assert_string_equal(compile_db_below(&db, "/k/drivers/net", &count)->path, "/k/drivers/net/two.c");
	assert_int_equal(count, 1);
	assert_non_null(compile_db_below(&db, "/k", &count));
	assert_int_equal(count, 4);
	assert_non_null(compile_db_below(&db, "/", &count));
	assert_int_equal(count, 4);
	assert_null(compile_db_below(&db, "/k/drivers/ne", &count));
	assert_int_equal(count, 0);
}

static void test_broken_json_names_the_place(void **state)
{
	struct tree *tree = *state;
	struct compile_db db;

	assert_int_equal(read_db(tree, "[\n {\"file\": \"a.c\",}\n]", &db), -1);
	assert_int_equal(log_count_level(tree->log, LOG_ERROR), 1);
	const struct log_entry *entry = log_at(tree->log, 0);
	assert_int_equal(entry->span.line, 2);
	assert_true(entry->span.column > 0);
	assert_string_equal(entry->span.file, tree_path(tree, "compile_commands.json"));
	assert_non_null(strstr(entry->text, "not valid JSON"));
}

static void test_unusable_databases(void **state)
{
	struct tree *tree = *state;
	struct compile_db db;

	assert_int_equal(compile_db_read(tree->arena, tree->log, tree_path(tree, "none"), &db), -1);
	assert_non_null(strstr(log_at(tree->log, 0)->text, "cannot be opened"));
	/* a folder without the file */
	assert_int_equal(compile_db_read(tree->arena, tree->log, tree->root, &db), -1);
	assert_int_equal(read_db(tree, "{}", &db), -1);
	assert_non_null(strstr(log_at(tree->log, 2)->text, "not a JSON array"));
	assert_int_equal(read_db(tree, "", &db), -1);
}

static void test_folder_and_empty_database(void **state)
{
	struct tree *tree = *state;
	struct compile_db db;
	int count = 1;

	tree_write(tree, "compile_commands.json", "[]");
	assert_int_equal(compile_db_read(tree->arena, tree->log, tree->root, &db), 0);
	assert_null(compile_db_find(&db, "/a.c"));
	assert_null(compile_db_nearest(&db, "/a.c"));
	assert_null(compile_db_below(&db, "/", &count));
}

static void test_bad_entries_are_named_and_skipped(void **state)
{
	struct tree *tree = *state;
	struct compile_db db;

	assert_int_equal(read_db(tree,
				 "[{\"directory\":\"/k\",\"command\":\"cc\"},"
				 "{\"file\":\"b.c\",\"command\":\"cc\"},"
				 "{\"directory\":\"/k\",\"file\":\"c.c\"},"
				 "{\"directory\":\"/k\",\"file\":\"d.c\",\"arguments\":[1]},"
				 "{\"directory\":\"/k\",\"file\":\"e.c\",\"command\":7},"
				 "5,"
				 "{\"directory\":\"sub\",\"file\":\"good.c\",\"command\":\"cc\"}]",
				 &db),
			 0);
	assert_int_equal(db.count, 1);
	assert_string_equal(db.entries[0].path, tree_path(tree, "sub/good.c"));
	assert_int_equal(log_count_level(tree->log, LOG_WARNING), 6);
	assert_string_equal(log_at(tree->log, 0)->text, "entry 1 has no \"file\"; it is not used");
	assert_string_equal(log_at(tree->log, 1)->text, "entry 2 ('b.c') has no \"directory\"; it is not used");
	assert_non_null(strstr(log_at(tree->log, 2)->text, "neither"));
	assert_non_null(strstr(log_at(tree->log, 5)->text, "entry 6 is not an object"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_exact_entries, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_nearest_entries, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_entries_below_a_folder, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_broken_json_names_the_place, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_unusable_databases, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_folder_and_empty_database, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_bad_entries_are_named_and_skipped, tree_set_up, tree_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
