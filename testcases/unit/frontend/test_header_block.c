/* Which beginning of a source is its header block. */
#include "test.h"

#include "../../../checker/frontend/header_block.h"

#include <string.h>

static bool stop_at_own(void *context, const char *name)
{
	(void)context;
	return strcmp(name, "own.h") == 0;
}

/* Headers of the driver's own, by name; no other exists. */
static const char *const own_headers[][2] = {
	{ "guard.h", "/* own */\n#ifndef G\n#define G\n\n#include <b.h>\nint b;\n#include <c.h>\n#endif\n" },
	{ "once.h", "#pragma once\n#include <b.h>\n" },
	{ "next.h",
	  "#ifndef N\n#define N 1\n#ifdef X\n#include <x.h>\n#endif\n#include \"guard.h\"\n#include <d.h>\n#endif\n" },
	{ "open.h", "#include <b.h>\n" },
	{ "other.h", "#ifndef G\n#define H\n#include <b.h>\n#endif\n" },
	{ "macro.h", "#pragma once\n#include <b.h>\n#define M\n#include <c.h>\n" },
	{ "none.h", "#pragma once\n#ifdef X\nint x;\n#endif\n#include <b.h>\n" },
	{ "self.h", "#pragma once\n#include <b.h>\n#include \"self.h\"\n" },
};

static bool open_own(void *context, const char *includer, const char *name, struct block_header *header)
{
	(void)context;
	(void)includer;
	for (size_t i = 0; i < sizeof(own_headers) / sizeof(own_headers[0]); i++)
		if (strcmp(own_headers[i][0], name) == 0) {
			*header = (struct block_header){ .path = own_headers[i][0],
							 .text = own_headers[i][1],
							 .length = strlen(own_headers[i][1]) };
			return true;
		}
	return false;
}

static const struct header_block_hooks hooks = { stop_at_own, open_own, NULL };

/* block: its directives; NULL: there is none. rest: the first thing after it. */
static void expect(const char *source, const char *block, const char *rest)
{
	struct arena *arena = arena_create();
	struct header_block found;
	bool has_block = header_block_find(arena, source, strlen(source), &hooks, &found);

	assert_int_equal(has_block, block != NULL);
	if (block) {
		assert_string_equal(found.text, block);
		assert_string_equal(source + found.end, rest);
		const char *blank = header_block_blank(arena, source, strlen(source), 0, found.end);
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

/* parts: what of each header belongs to the block, from the outermost. */
static void expect_headers(const char *source, const char *block, const char *rest, int count, const char *const *parts)
{
	struct arena *arena = arena_create();
	struct header_block found;

	expect(source, block, rest);
	header_block_find(arena, source, strlen(source), &hooks, &found);
	assert_int_equal(found.header_count, count);
	for (int i = 0; i < count; i++) {
		const struct block_header *header = &found.headers[i];
		assert_int_equal(header->end - header->from, strlen(parts[i]));
		assert_memory_equal(header->text + header->from, parts[i], strlen(parts[i]));
	}
	arena_destroy(arena);
}

static void test_own_headers(void **state)
{
	(void)state;
	expect_headers("#include <a.h>\n#define A\n#include \"guard.h\"\n#include <e.h>\n",
		       "#include <a.h>\n#define A\n#include <b.h>\n", "#include \"guard.h\"\n#include <e.h>\n", 1,
		       (const char *[]){ "\n#include <b.h>\n" });
	expect_headers("#include \"once.h\"\n", "#include <b.h>\n", "#include \"once.h\"\n", 1,
		       (const char *[]){ "#include <b.h>\n" });
	expect_headers("#include \"next.h\"\n", "#ifdef X\n#include <x.h>\n#endif\n#include <b.h>\n",
		       "#include \"next.h\"\n", 2,
		       (const char *[]){ "#ifdef X\n#include <x.h>\n#endif\n", "\n#include <b.h>\n" });
	expect_headers("#include \"macro.h\"\n", "#include <b.h>\n", "#include \"macro.h\"\n", 1,
		       (const char *[]){ "#include <b.h>\n" });
	expect_headers("#include \"self.h\"\n", "#include <b.h>\n", "#include \"self.h\"\n", 1,
		       (const char *[]){ "#include <b.h>\n" });
}

/* Without a guard of its own, or with anything before its first header, a header ends the block. */
static void test_own_headers_that_end_it(void **state)
{
	static const char *const sources[] = { "#include <a.h>\n#include \"open.h\"\n",
					       "#include <a.h>\n#include \"other.h\"\n",
					       "#include <a.h>\n#include \"none.h\"\n",
					       "#include <a.h>\n#include \"missing.h\"\n",
					       "#include <a.h>\n#ifdef X\n#include \"guard.h\"\n#endif\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		expect_headers(sources[i], "#include <a.h>\n", strchr(sources[i], '\n') + 1, 0, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_macros_before_count),
		cmocka_unit_test(test_comments_do_not),
		cmocka_unit_test(test_conditionals_whole),
		cmocka_unit_test(test_what_ends_it),
		cmocka_unit_test(test_own_headers),
		cmocka_unit_test(test_own_headers_that_end_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
