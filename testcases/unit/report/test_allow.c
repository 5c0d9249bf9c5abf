/* Which lines the comments that allow something are about; through the private header, to see the lines themselves. */
#include "../../../checker/report/allow_scan.h"
#include "sample.h"

#include <stdio.h>
#include <string.h>

/* The comments as "LINE: FIRST-LAST TEXT", one a line. */
static void expect(const char *source, const char *expected)
{
	struct arena *arena = arena_create();
	size_t count, length = 0;
	const struct allow_comment *comments = allow_scan(arena, source, &count);
	char text[1024] = "";

	for (size_t i = 0; i < count; i++)
		length += (size_t)snprintf(text + length, sizeof(text) - length, "%u: %u-%u %s\n", comments[i].line,
					   comments[i].first, comments[i].last, comments[i].text);
	assert_string_equal(text, expected);
	arena_destroy(arena);
}

static void test_on_a_line(void **state)
{
	(void)state;
	expect("int f(void)\n{\n\treturn 1; /* so2check: allow(a) why */\n}\n", "3: 3-3 allow(a) why\n");
	expect("int f(void)\n{\n\tg(1, // so2check: allow(a) why\n\t  2);\n}\n", "3: 3-3 allow(a) why\n");
	expect("#define F 1 // so2check: x\nint f;\n", "1: 1-1 x\n");
}

static void test_before_a_statement(void **state)
{
	(void)state;
	expect("void f(void)\n{\n\t/* so2check: x */\n\tg(1,\n\t  \";\", ';');\n\th();\n}\n", "3: 4-5 x\n");
	expect("void f(void)\n{\n\t// so2check: x\n\n\t/* other */\n\tif (a &&\n\t    b) {\n\t\th();\n\t}\n}\n",
	       "3: 6-7 x\n");
	expect("void f(void)\n{\n\t/* so2check: x */\n}\n", "3: 4-4 x\n");
	expect("void f(void)\n{\n\tfor (i = 0; /* so2check: y */\n\t     i; i++)\n\t\tg();\n}\n", "3: 3-3 y\n");
	expect("void f(void)\n{\n\t// so2check: x\n\tfor (i = 0;\n\t     i; i++)\n\t\tg();\n\th();\n}\n", "3: 4-6 x\n");
}

static void test_before_a_function(void **state)
{
	(void)state;
	expect("/* so2check: x */\nstatic int f(int a)\n{\n\tif (a) {\n\t\tg();\n\t}\n\treturn 0;\n}\nint h;\n",
	       "1: 2-8 x\n");
	expect("// so2check: x\n// so2check: y\nint f(void);\nint g;\n", "1: 3-3 x\n2: 3-3 y\n");
	expect("// so2check: x\nint t[] = {\n\t1,\n};\nint g;\n", "1: 2-4 x\n");
}

/* Braces that #if has taken apart. */
static void test_unbalanced_braces(void **state)
{
	(void)state;
	expect("int f(void)\n{\n#ifdef A\n\tif (a) {\n#else\n\tif (b) {\n#endif\n\t}\n}\n/* so2check: x */\nint g(void)\n{\n"
	       "\treturn 1;\n}\nint h;\n",
	       "10: 11-14 x\n");
	expect("#define OPEN {\\\n\t{\n/* so2check: x */\nint f(void)\n{\n}\nint h;\n", "3: 4-6 x\n");
}

static void test_what_is_no_comment(void **state)
{
	(void)state;
	expect("char *s = \"/* so2check: x */\";\n", "");
	expect("/* see so2check: x */\n", "");
	expect("/* so2check: x", "1: 1-1 x\n");
	expect("/*\n * so2check: x\n */\nint f;\n", "1: 4-4 x\n");
	expect("// so2check: ", "1: 1-1 \n");
	expect("so2check: \"\\", "");
	expect("'\n/* so2check: x */ int f;\n", "2: 2-2 x\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_on_a_line),	   cmocka_unit_test(test_before_a_statement),
		cmocka_unit_test(test_before_a_function),  cmocka_unit_test(test_unbalanced_braces),
		cmocka_unit_test(test_what_is_no_comment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
