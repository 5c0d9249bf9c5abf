/* Which beginning of a source is its header block. */
#include "test.h"

#include "../../../checker/frontend/header_block.h"

#include <string.h>

static bool stop_at_own(void *context, const char *name)
{
	(void)context;
	return strcmp(name, "own.h") == 0;
}

/* block: its directives; NULL: there is none. rest: the first thing after it. */
static void expect(const char *source, const char *block, const char *rest)
{
	struct arena *arena = arena_create();
	struct header_block found;
	bool has_block = header_block_find(arena, source, strlen(source), stop_at_own, NULL, &found);

	assert_int_equal(has_block, block != NULL);
	if (block) {
		assert_string_equal(found.text, block);
		assert_string_equal(source + found.end, rest);
		const char *blank = header_block_blank(arena, source, strlen(source), &found);
		assert_int_equal(strlen(blank), strlen(source));
		for (size_t i = 0; source[i]; i++)
			assert_true(i < found.end ? blank[i] == (source[i] == '\n' ? '\n' : ' ') :
						    blank[i] == source[i]);
	}
	arena_destroy(arena);
}

static void test_plain(void **state)
{
	(void)state;
	expect("#include <a.h>\n#include <b.h>\n\nint x;\n", "#include <a.h>\n#include <b.h>\n", "\nint x;\n");
	expect("#include <a.h>", "#include <a.h>\n", "");
	expect("int x;\n#include <a.h>\n", NULL, NULL);
	expect("", NULL, NULL);
	expect("#define A 1\nint x;\n", NULL, NULL);
}

static void test_macros_before_count(void **state)
{
	(void)state;
	expect("#define pr_fmt(f) \"x: \" f\n#include <a.h>\n#define B 2\nint x;\n",
	       "#define pr_fmt(f) \"x: \" f\n#include <a.h>\n", "#define B 2\nint x;\n");
	expect("#define A 1\n#undef A\n#include <a.h>\n", "#define A 1\n#undef A\n#include <a.h>\n", "");
}

static void test_comments_do_not(void **state)
{
	(void)state;
	expect("/* one\n * two */\n// three\n#include /* x */ <a.h> // four\nint x;", "#include <a.h>\n", "int x;");
	expect("#define S \"/*\"\n#include <a.h>\n/* */\n", "#define S \"/*\"\n#include <a.h>\n", "/* */\n");
	expect("  #  include   <a.h>\n", "# include <a.h>\n", "");
	expect("#include <a.h> /* over\n two lines */\nint x;", "#include <a.h>\n", "int x;");
	expect("#define A 1 \\\n + 2\n#include <a.h>\n", "#define A 1 + 2\n#include <a.h>\n", "");
	expect("/* never closed\n#include <a.h>\n", NULL, NULL);
}

static void test_conditionals_whole(void **state)
{
	(void)state;
	expect("#include <a.h>\n#ifdef X\n#include <b.h>\n#endif\nint x;",
	       "#include <a.h>\n#ifdef X\n#include <b.h>\n#endif\n", "int x;");
	expect("#include <a.h>\n#ifdef X\n#include <b.h>\nint x;\n#endif\n", "#include <a.h>\n",
	       "#ifdef X\n#include <b.h>\nint x;\n#endif\n");
	expect("#ifndef G\n#define G\n#include <a.h>\n", NULL, NULL);
	expect("#endif\n#include <a.h>\n", NULL, NULL);
}

static void test_what_ends_it(void **state)
{
	(void)state;
	expect("#include <a.h>\n#include \"own2.h\"\n#include <b.h>\n", "#include <a.h>\n",
	       "#include \"own2.h\"\n#include <b.h>\n");
	expect("#include <a.h>\n#include <own.h>\n", "#include <a.h>\n", "#include <own.h>\n");
	expect("#include <a.h>\n#include MACRO\n", "#include <a.h>\n", "#include MACRO\n");
	expect("#include <a.h>\n#include_next <b.h>\n", "#include <a.h>\n", "#include_next <b.h>\n");
	expect("#include <a.h>\n#pragma pack(1)\n#include <b.h>\n", "#include <a.h>\n",
	       "#pragma pack(1)\n#include <b.h>\n");
	expect("#include <a.h>\n#error no\n", "#include <a.h>\n", "#error no\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),		cmocka_unit_test(test_macros_before_count),
		cmocka_unit_test(test_comments_do_not), cmocka_unit_test(test_conditionals_whole),
		cmocka_unit_test(test_what_ends_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
