/* #include lines as Windows reads them: which files are shown to the parser under which names. */
#include "tree.h"

#include <string.h>

struct search {
	struct include_cache *cache;
	struct include_search search;
	struct include_aliases aliases;
};

static struct search search_for(struct tree *tree, const char *text)
{
	struct search search = { .cache = include_cache_create(tree->arena, tree->pool) };

	search.search.file = tree_write(tree, "src/driver.c", text);
	return search;
}

static void add_folder(struct tree *tree, struct search *search, const char *name)
{
	words_push(tree->arena, &search->search.folders, tree_path(tree, name));
}

static void find(struct search *search)
{
	include_find_aliases(search->cache, &search->search, &search->aliases);
}

static void assert_alias(struct tree *tree, const struct search *search, const char *name, const char *file)
{
	for (int i = 0; i < search->aliases.count; i++) {
		const struct include_alias *alias = &search->aliases.items[i];
		if (strcmp(alias->name, tree_path(tree, name)) != 0)
			continue;
		if (!file)
			assert_null(alias->file);
		else
			assert_string_equal(alias->file, tree_path(tree, file));
		return;
	}
	fail_msg("%s has no alias", name);
}

static void test_names_that_fit_need_nothing(void **state)
{
	struct tree *tree = *state;
	struct search search = search_for(tree, "#include \"driver.h\"\n#include <ntddk.h>\n#include \"gone.h\"\n");

	tree_write(tree, "src/driver.h", "");
	tree_write(tree, "ddk/ntddk.h", "");
	add_folder(tree, &search, "ddk");
	find(&search);
	assert_int_equal(search.aliases.count, 0);
}

static void test_case_does_not_count(void **state)
{
	struct tree *tree = *state;
	struct search search = search_for(tree, "#include \"Driver.h\"\n  #  include <NTDDK.H>\n");

	tree_write(tree, "src/driver.h", "");
	tree_write(tree, "ddk/ntddk.h", "");
	add_folder(tree, &search, "ddk");
	find(&search);
	assert_int_equal(search.aliases.count, 2);
	assert_alias(tree, &search, "src/Driver.h", "src/driver.h");
	assert_alias(tree, &search, "ddk/NTDDK.H", "ddk/ntddk.h");
}

static void test_backslashes_and_folders(void **state)
{
	struct tree *tree = *state;
	struct search search = search_for(tree, "#include \"..\\Inc\\Foo.h\"\n#include \"sub\\bar.h\"\n");

	tree_write(tree, "inc/foo.h", "");
	tree_write(tree, "src/sub/bar.h", "");
	find(&search);
	assert_int_equal(search.aliases.count, 1); /* the parser itself knows backslashes */
	assert_alias(tree, &search, "Inc/Foo.h", "inc/foo.h");
}

static void test_headers_include_headers(void **state)
{
	struct tree *tree = *state;
	struct search search = search_for(tree, "#include \"Outer.h\"\n");

	tree_write(tree, "src/outer.h", "#include \"..\\inc\\Middle.h\"\n");
	tree_write(tree, "inc/middle.h", "#include \"Outer.h\"\n#include \"Inner.h\"\n"); /* a loop */
	tree_write(tree, "inc/inner.h", "");
	find(&search);
	assert_alias(tree, &search, "src/Outer.h", "src/outer.h");
	assert_alias(tree, &search, "inc/Middle.h", "inc/middle.h");
	assert_alias(tree, &search, "inc/Inner.h", "inc/inner.h");
}

static void test_forced_headers_are_read(void **state)
{
	struct tree *tree = *state;
	struct search search = search_for(tree, "int x;\n");

	words_push(tree->arena, &search.search.forced, tree_write(tree, "pch/pch.h", "#include \"Deep.h\"\n"));
	tree_write(tree, "pch/deep.h", "");
	find(&search);
	assert_alias(tree, &search, "pch/Deep.h", "pch/deep.h");
}

static void test_trusted_headers_are_not_read(void **state)
{
	struct tree *tree = *state;
	struct search search = search_for(tree, "#include <wdm.h>\n");

	tree_write(tree, "ddk/wdm.h", "#include \"Other.h\"\n");
	tree_write(tree, "ddk/other.h", "");
	add_folder(tree, &search, "ddk");
	search.search.trusted_below = tree_path(tree, "ddk");
	find(&search);
	assert_int_equal(search.aliases.count, 0);
	search.search.trusted_below = NULL;
	find(&search);
	assert_int_equal(search.aliases.count, 1);
}

static void test_trace_headers(void **state)
{
	struct tree *tree = *state;
	struct search search = search_for(tree, "// FUNC Outside(MSG, ...);\n"
						"// begin_wpp config\n"
						"// FUNC TraceEvents(LEVEL, FLAGS, MSG, ...);\n"
						" * FUNC Trace{LEVEL=2}(MSG, ...);\n"
						"// end_wpp\n"
						"#include \"driver.tmh\"\n#include \"Real.TMH\"\n");

	tree_write(tree, "src/real.tmh", "");
	find(&search);
	assert_alias(tree, &search, "src/driver.tmh", NULL);
	assert_alias(tree, &search, "src/Real.TMH", "src/real.tmh");
	assert_int_equal(search.aliases.trace_functions.count, 2);
	assert_string_equal(search.aliases.trace_functions.items[0], "TraceEvents");
	assert_string_equal(search.aliases.trace_functions.items[1], "Trace");
}

static void test_folders_are_no_headers(void **state)
{
	struct tree *tree = *state;
	struct search search = search_for(tree, "#include \"Ddk\"\n#include \"\"\n#include \"/\"\n");

	tree_write(tree, "src/ddk/wdm.h", "");
	find(&search);
	assert_int_equal(search.aliases.count, 0);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, tree_set_up, tree_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_names_that_fit_need_nothing),
		TEST(test_case_does_not_count),
		TEST(test_backslashes_and_folders),
		TEST(test_headers_include_headers),
		TEST(test_forced_headers_are_read),
		TEST(test_trusted_headers_are_not_read),
		TEST(test_trace_headers),
		TEST(test_folders_are_no_headers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
