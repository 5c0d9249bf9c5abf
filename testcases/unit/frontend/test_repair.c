/* Repairs from written-down diagnostics: no libclang, no headers. */
#include "tree.h"

#include <string.h>

struct case_text {
	struct tree *tree;
	struct repairs repairs;
	const char *text;
};

static struct case_text start(struct tree *tree, const char *text)
{
	return (struct case_text){ .tree = tree, .repairs = { .arena = tree->arena }, .text = text };
}

/* An error at the first place where `at` stands in the text. */
static struct parse_error error_at(struct case_text *test, const char *message, const char *at, const char *note)
{
	const char *found = strstr(test->text, at);

	assert_non_null(found);
	return (struct parse_error){ .message = message,
				     .note = note,
				     .path = "/d.c",
				     .text = test->text,
				     .length = strlen(test->text),
				     .span = { .file = "d.c", .line = 1, .column = 1 },
				     .offset = (size_t)(found - test->text) };
}

static bool learn(struct case_text *test, const char *message, const char *at)
{
	struct parse_error error = error_at(test, message, at, NULL);

	return repair_learn(&test->repairs, &error, 1);
}

static const char *prelude(struct case_text *test)
{
	static const char pragma[] = "#pragma clang system_header\n";
	const char *text = repair_prelude(test->tree->arena, &test->repairs);

	if (!text)
		return NULL;
	assert_true(text_starts_with(text, pragma));
	return text + strlen(pragma);
}

static const char *edited(struct case_text *test)
{
	return repair_apply(test->tree->arena, &test->repairs, "/d.c", test->text, strlen(test->text));
}

static void test_identifiers(void **state)
{
	struct case_text test = start(*state, "int a = KM_OLD; struct o o = { .read = old_read, };");

	assert_true(learn(&test, "use of undeclared identifier 'KM_OLD'", "KM_OLD"));
	assert_false(learn(&test, "use of undeclared identifier 'KM_OLD'", "KM_OLD"));
	assert_true(learn(&test, "use of undeclared identifier 'old_read'", "old_read"));
	assert_string_equal(prelude(&test), "extern int KM_OLD;\nextern int old_read();\n");
	assert_int_equal(test.repairs.note_count, 2);
	assert_string_equal(test.repairs.notes[0].text, "'KM_OLD' is not known to these headers; a stub was used");
}

static void test_types_taken_for_values(void **state)
{
	struct case_text test =
		start(*state,
		      "{ PDEV *one = 0; ALONE four = 0; x = (PCAST)p; y = (PTR *)q; z = FLAG * 3; w = (MASK); }\n"
		      "TOP *two, *three;");

	assert_true(learn(&test, "use of undeclared identifier 'PDEV'", "PDEV"));
	assert_true(learn(&test, "use of undeclared identifier 'ALONE'", "ALONE"));
	assert_true(learn(&test, "use of undeclared identifier 'PCAST'", "PCAST"));
	assert_true(learn(&test, "use of undeclared identifier 'PTR'", "PTR"));
	assert_true(learn(&test, "use of undeclared identifier 'FLAG'", "FLAG"));
	assert_true(learn(&test, "use of undeclared identifier 'MASK'", "MASK"));
	assert_true(learn(&test, "use of undeclared identifier 'TOP'", "TOP"));
	assert_string_equal(prelude(&test), "typedef struct so2check_stub_PDEV PDEV;\n"
					    "typedef __INTPTR_TYPE__ ALONE;\ntypedef __INTPTR_TYPE__ PCAST;\n"
					    "typedef struct so2check_stub_PTR PTR;\n"
					    "extern int FLAG;\nextern int MASK;\n"
					    "typedef struct so2check_stub_TOP TOP;\n");
}

static void test_value_becomes_constant_or_function(void **state)
{
	struct case_text test = start(*state, "x;\nint t[] = { OLD }; \nf = g(called(1));");

	assert_true(learn(&test, "use of undeclared identifier 'OLD'", "OLD"));
	assert_true(learn(&test, "initializer element is not a compile-time constant", "OLD"));
	assert_false(learn(&test, "initializer element is not a compile-time constant", "OLD"));
	assert_true(learn(&test, "use of undeclared identifier 'called'", "called"));
	assert_true(learn(&test, "called object type 'int' is not a function or function pointer", "called"));
	assert_string_equal(prelude(&test), "enum { OLD };\nextern int called();\n");
}

static void test_constants_in_a_switch_differ(void **state)
{
	struct case_text test = start(*state, "enum { X = OLD };\ncase ONE: case TWO:\ncase OLD:");

	assert_true(learn(&test, "use of undeclared identifier 'OLD'", "OLD"));
	assert_true(learn(&test, "use of undeclared identifier 'ONE'", "ONE"));
	assert_true(learn(&test, "use of undeclared identifier 'TWO'", "TWO"));
	assert_true(learn(&test, "expression is not an integer constant expression", "OLD"));
	assert_true(learn(&test, "expression is not an integer constant expression", "ONE"));
	assert_string_equal(prelude(&test), "enum { OLD };\nenum { ONE = 70002 };\nenum { TWO = 70003 };\n");
	assert_true(learn(&test, "duplicate case value: 'OLD' and 'REAL' both equal '0'", "OLD"));
	assert_false(learn(&test, "duplicate case value: 'OLD' and 'REAL' both equal '0'", "OLD"));
	assert_string_equal(prelude(&test), "enum { OLD = 70001 };\nenum { ONE = 70002 };\nenum { TWO = 70003 };\n");
}

static void test_types_with_members(void **state)
{
	struct case_text test = start(*state, "CONFIG c; PEXT e; c.one = 1; c.two = 2; e->three = 3;");

	assert_true(learn(&test, "unknown type name 'CONFIG'", "CONFIG"));
	assert_true(learn(&test, "unknown type name 'PEXT'", "PEXT"));
	assert_true(
		learn(&test, "member reference base type 'CONFIG' (aka 'long') is not a structure or union", ".one"));
	assert_true(
		learn(&test, "member reference base type 'CONFIG' (aka 'long') is not a structure or union", ".two"));
	assert_true(learn(&test, "member reference type 'PEXT' (aka 'long') is not a pointer", "->three"));
	assert_true(learn(&test, "no member named 'four' in 'struct so2check_stub_PEXT'", "->three"));
	assert_false(learn(&test, "member reference type 'int' is not a pointer", "->three"));
	assert_string_equal(
		prelude(&test),
		"typedef struct so2check_stub_CONFIG CONFIG;\n"
		"typedef struct so2check_stub_PEXT *PEXT;\n"
		"struct so2check_stub_CONFIG { __INTPTR_TYPE__ so2check_opaque; __INTPTR_TYPE__ one; __INTPTR_TYPE__ two; };\n"
		"struct so2check_stub_PEXT { __INTPTR_TYPE__ so2check_opaque; __INTPTR_TYPE__ three; __INTPTR_TYPE__ four; };\n");
	for (int i = 2; i < test.repairs.note_count; i++)
		assert_null(test.repairs.notes[i].text); /* each type is spoken of once */
}

static void test_types(void **state)
{
	struct case_text test = start(*state, "by_pointer *p; by_value v; __attr int f(void); mixed *m; (mixed)x;");

	assert_true(learn(&test, "unknown type name 'by_pointer'", "by_pointer"));
	assert_true(learn(&test, "unknown type name 'by_value'", "by_value"));
	assert_true(learn(&test, "unknown type name '__attr'", "__attr"));
	assert_true(learn(&test, "unknown type name 'mixed'", "mixed *"));
	assert_true(learn(&test, "unknown type name 'mixed'", "mixed)"));
	assert_string_equal(prelude(&test),
			    "typedef struct so2check_stub_by_pointer by_pointer;\n"
			    "typedef __INTPTR_TYPE__ by_value;\n#define __attr\ntypedef __INTPTR_TYPE__ mixed;\n");
}

static void test_records_grow_members(void **state)
{
	struct case_text test = start(*state, "struct timeval now;");

	assert_true(learn(&test, "variable has incomplete type 'struct timeval'", "now"));
	assert_true(learn(&test, "no member named 'tv_sec' in 'struct timeval'", "now"));
	assert_false(learn(&test, "no member named 'tv_sec' in 'struct timeval'", "now"));
	assert_false(learn(&test, "no member named 'x' in 'struct page'", "now"));
	assert_string_equal(prelude(&test),
			    "struct timeval { __INTPTR_TYPE__ so2check_opaque; __INTPTR_TYPE__ tv_sec; };\n");
}

static void test_declarations_come_first(void **state)
{
	struct case_text test = start(*state, "old_t x; x = y; OLD;");
	struct parse_error errors[] = {
		error_at(&test, "unknown type name 'old_t'", "old_t", NULL),
		error_at(&test, "use of undeclared identifier 'x'", "x = y", NULL),
		error_at(&test, "use of undeclared identifier 'OLD'", "OLD", NULL),
	};

	assert_true(repair_learn(&test.repairs, errors, 3));
	assert_string_equal(prelude(&test), "typedef __INTPTR_TYPE__ old_t;\nextern int OLD;\n");
	assert_true(repair_learn(&test.repairs, &errors[1], 1));
	assert_non_null(strstr(prelude(&test), "extern int x;\n"));
}

static void test_clashing_stub_is_withdrawn(void **state)
{
	struct case_text test = start(*state, "a b c");

	assert_true(learn(&test, "use of undeclared identifier 'a'", "a"));
	assert_true(learn(&test, "redefinition of 'a' as different kind of symbol", "a"));
	assert_null(prelude(&test));
	assert_null(test.repairs.notes[0].text);
	assert_false(learn(&test, "use of undeclared identifier 'a'", "a")); /* no ping-pong */
}

static void test_unknown_designator(void **state)
{
	struct case_text test = start(*state,
				      "struct f f = {\n\t.open = o,\n\t.ioctl = &io, /* , */\n\t.last = x(1, 2) };\n");

	assert_true(learn(&test, "field designator 'ioctl' does not refer to any field in type 'const struct f'",
			  ".ioctl"));
	/* clang points at the name or at the dot, by version */
	assert_false(
		learn(&test, "field designator 'ioctl' does not refer to any field in type 'const struct f'", "ioctl"));
	assert_true(learn(&test, "field designator 'last' does not refer to any field in type 'struct f'", "last"));
	assert_string_equal(edited(&test),
			    "struct f f = {\n\t.open = o,\n\t              /* , */\n\t                };\n");
	assert_int_equal(test.repairs.binding_count, 1);
	assert_string_equal(test.repairs.bindings[0].record, "f");
	assert_string_equal(test.repairs.bindings[0].field, "ioctl");
	assert_string_equal(test.repairs.bindings[0].function, "io");
}

static void test_missing_header(void **state)
{
	struct case_text test = start(*state, "int a;\n#include <asm/old.h> /* x */\nint b;\n");

	assert_true(learn(&test, "'asm/old.h' file not found", "<asm"));
	assert_string_equal(edited(&test), "int a;\n                            \nint b;\n");
	assert_non_null(strstr(test.repairs.notes[0].text, "header 'asm/old.h' was not found"));
}

static void test_dropped_arguments(void **state)
{
	struct case_text test = start(*state, "if (access_ok(VERIFY_READ, p, f(a, b)))\nINIT_WORK(&w, f, \",\");\n");
	struct parse_error errors[] = {
		error_at(&test, "too many arguments provided to function-like macro invocation", "f(a",
			 "macro 'access_ok' defined here"),
		error_at(&test, "too many arguments provided to function-like macro invocation", "\",\"",
			 "macro 'INIT_WORK' defined here"),
		error_at(&test, "use of undeclared identifier 'access_ok'", "access_ok", NULL),
	};

	assert_true(repair_learn(&test.repairs, errors, 3));
	assert_string_equal(edited(&test), "if (access_ok(             p, f(a, b)))\nINIT_WORK(&w, f     );\n");
	assert_null(prelude(&test));
	/* calls of APIs nobody listed stay as they are */
	errors[0].note = "macro 'other' defined here";
	assert_false(repair_learn(&test.repairs, errors, 1));
}

static void test_unknown_macro_at_file_scope(void **state)
{
	struct case_text test = start(*state, "int a;\nMODULE_OLD(\"x\");\nint __odd f(void);\n");

	assert_true(learn(&test, "expected parameter declarator", "\"x\""));
	assert_true(learn(&test, "expected ';' after top level declarator", " f("));
	assert_string_equal(edited(&test), "int a;\n                \nint __odd f(void);\n");
	assert_string_equal(prelude(&test), "#define __odd\n");
}

static void test_nothing_to_learn(void **state)
{
	struct case_text test = start(*state, "x");
	struct parse_error nowhere = { .message = "'x.h' file not found" };

	assert_false(learn(&test, "expected expression", "x"));
	assert_false(learn(&test, "unknown type name", "x"));
	assert_false(learn(&test, "field designator 'y' does not refer to any field in type 'struct s'", "x"));
	assert_false(learn(&test, "'x.h' file not found", "x"));
	assert_false(repair_learn(&test.repairs, &nowhere, 1));
	assert_null(prelude(&test));
	assert_string_equal(edited(&test), "x");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, tree_set_up, tree_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_identifiers),
		TEST(test_types_taken_for_values),
		TEST(test_constants_in_a_switch_differ),
		TEST(test_types_with_members),
		TEST(test_value_becomes_constant_or_function),
		TEST(test_types),
		TEST(test_records_grow_members),
		TEST(test_declarations_come_first),
		TEST(test_clashing_stub_is_withdrawn),
		TEST(test_unknown_designator),
		TEST(test_missing_header),
		TEST(test_dropped_arguments),
		TEST(test_unknown_macro_at_file_scope),
		TEST(test_nothing_to_learn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
