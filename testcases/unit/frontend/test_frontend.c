/* From a file to a unit: parsing, repairs, notes, failures. The tests with
 * kernel headers are left out where none are installed. */
#include "tree.h"

#include <string.h>

static const char *const constants[] = { "SOME_CONSTANT", "NO_SUCH_CONSTANT", "IRQF_SHARED" };

struct result {
	int status;
	struct ir_unit *unit;
	struct parse_info info;
	struct skipped_unit failure;
};

static struct result lower_command(struct tree *tree, const struct compile_cmd *cmd)
{
	const struct frontend_names names = { .constants = constants, .constant_count = 3 };
	struct frontend *frontend = frontend_create(tree->pool, &names);
	struct result result = { 0 };

	result.status = frontend_lower(frontend, cmd, tree->arena, &result.unit, &result.info, &result.failure);
	frontend_destroy(frontend);
	return result;
}

/* Plain C, without any header. */
static struct result lower_text(struct tree *tree, const char *text)
{
	static const char *args[] = { "-w", "-Wno-everything", "-ferror-limit=0", "-fno-spell-checking", "-std=gnu11" };
	const char *path = tree_write(tree, "unit.c", text);
	struct compile_cmd cmd = { .file = intern(tree->pool, "unit.c"),
				   .path = path,
				   .directory = tree->root,
				   .args = args,
				   .arg_count = 5,
				   .target = TARGET_LINUX };

	return lower_command(tree, &cmd);
}

/* One of testcases/frontend with the installed kernel headers. */
static struct result lower_case(struct tree *tree, const char *name)
{
	const char *path = arena_printf(tree->arena, "%s/frontend/%s", SO2_TESTCASES_DIR, name);
	struct unit_options options = { 0 };
	struct kernel_headers headers;
	struct unit_list list;

	if (kernel_find_installed(tree->arena, "", &headers))
		skip();
	assert_int_equal(units_find(tree->arena, tree->pool, tree->log, &options, &path, 1, &list), 0);
	assert_int_equal(list.cmd_count, 1);
	return lower_command(tree, &list.cmds[0]);
}

static const struct ir_function *body_of(struct tree *tree, const struct result *result, const char *name)
{
	const struct ir_function *function = ir_function_find(result->unit, intern(tree->pool, name));

	assert_non_null(function);
	assert_true(function->has_body);
	return function;
}

static bool has_call(const struct ir_function *function, const char *name)
{
	for (int i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		if (insn->kind == IR_CALL && insn->call.callee && strcmp(insn->call.callee->name, name) == 0)
			return true;
	}
	return false;
}

static const struct ir_note *find_note(const struct ir_unit *unit, const char *text)
{
	for (int i = 0; i < unit->note_count; i++)
		if (strstr(unit->notes[i].text, text))
			return &unit->notes[i];
	return NULL;
}

static const struct ir_binding *find_binding(const struct ir_unit *unit, const char *field)
{
	for (int i = 0; i < unit->binding_count; i++)
		if (unit->bindings[i].field && strcmp(unit->bindings[i].field, field) == 0)
			return &unit->bindings[i];
	return NULL;
}

static void test_plain_unit(void **state)
{
	struct result result = lower_text(*state, "#define SOME_CONSTANT (1 << 5)\nint f(void) { return 1; }");

	assert_int_equal(result.status, 0);
	assert_int_equal(result.info.errors, 0);
	assert_false(result.info.has_syntax_errors);
	assert_int_equal(result.unit->note_count, 0);
	body_of(*state, &result, "f");
	assert_int_equal(result.unit->constant_count, 1);
	assert_string_equal(result.unit->constants[0].name, "SOME_CONSTANT");
	assert_int_equal(result.unit->constants[0].value, 32);
	assert_true(result.info.parse_seconds > 0);
}

static void test_constant_that_is_none(void **state)
{
	struct result result = lower_text(*state,
					  "#define SOME_CONSTANT do { } while (0)\nint f(void) { return 1; }\n");

	assert_int_equal(result.status, 0);
	assert_int_equal(result.info.first_errors, 0); /* the trailer's errors are ours alone */
	assert_int_equal(result.unit->note_count, 0);
}

static void test_calls_survive_unknown_names(void **state)
{
	struct result result = lower_text(*state, "int reg(int, int);\n"
						  "int f(void) { return reg(1, OLD_FLAG | 2); }\n"
						  "int g(void) { old_call(1); return 0; }\n");

	assert_int_equal(result.status, 0);
	assert_int_equal(result.info.first_errors, 1);
	assert_int_equal(result.info.errors, 0);
	assert_int_equal(result.info.stubbed, 1);
	assert_true(has_call(body_of(*state, &result, "f"), "reg"));
	assert_true(has_call(body_of(*state, &result, "g"), "old_call"));
	assert_non_null(find_note(result.unit, "OLD_FLAG"));
	assert_string_equal(result.unit->notes[0].span.file, "unit.c");
	assert_int_equal(result.unit->notes[0].span.line, 2);
}

static void test_remaining_errors_are_notes(void **state)
{
	struct result result = lower_text(*state,
					  "int f(void) { return 1; }\nint g(void) { int a = 3 +; return 0; }\n");

	assert_int_equal(result.status, 0);
	assert_true(result.info.has_syntax_errors);
	assert_int_equal(result.info.errors, 1);
	const struct ir_note *note = find_note(result.unit, "expected expression");
	assert_non_null(note);
	assert_int_equal(note->span.line, 2);
	body_of(*state, &result, "f");
}

static void test_many_errors_are_counted(void **state)
{
	struct tree *tree = *state;
	const char *text = "int f(void) { return 1; }\n";

	for (int i = 0; i < 30; i++)
		text = arena_printf(tree->arena, "%sint g%d(void) { return 3 +; }\n", text, i);
	struct result result = lower_text(tree, text);
	assert_int_equal(result.info.errors, 30);
	assert_int_equal(result.unit->note_count, 21);
	assert_string_equal(result.unit->notes[20].text, "10 more parse errors");
}

static void test_nothing_parsed_is_a_failure(void **state)
{
	struct result result = lower_text(*state, "this is no C at all;\n");

	assert_int_equal(result.status, -1);
	assert_string_equal(result.failure.file, "unit.c");
	assert_int_equal(result.failure.span.line, 1);
	assert_non_null(strstr(result.failure.reason, "unit.c:1:"));
}

static void test_unreadable_units_fail(void **state)
{
	struct tree *tree = *state;
	struct compile_cmd cmd = { .file = "gone.c", .path = tree_path(tree, "gone.c") };

	struct result result = lower_command(tree, &cmd);
	assert_int_equal(result.status, -1);
	assert_non_null(result.failure.reason);
	cmd.path = tree_write_bytes(tree, "gone.c", "a\0b", 3);
	result = lower_command(tree, &cmd);
	assert_int_equal(result.status, -1);
	assert_non_null(strstr(result.failure.reason, "NUL"));
}

static void test_version(void **state)
{
	struct tree *tree = *state;

	assert_non_null(strstr(frontend_libclang_version(tree->arena, NULL), "clang version"));
}

static void test_old_char_driver(void **state)
{
	struct result result = lower_case(*state, "old_char_driver.c");

	assert_int_equal(result.status, 0);
	assert_int_equal(result.info.errors, 0);
	const struct ir_function *start = body_of(*state, &result, "old_start");
	assert_true(has_call(start, "request_irq"));
	assert_true(has_call(start, "setup_timer"));
	assert_true(has_call(start, "register_chrdev"));
	assert_non_null(find_note(result.unit, "'ioctl' is no member"));
	assert_null(find_note(result.unit, "IRQF_DISABLED")); /* the compat header knows it */
	const struct ir_binding *binding = find_binding(result.unit, "ioctl");
	assert_non_null(binding);
	assert_string_equal(binding->record, "file_operations");
	assert_string_equal(binding->function->name, "old_ioctl");
	assert_non_null(find_binding(result.unit, "read"));
}

static void test_old_block_driver(void **state)
{
	struct result result = lower_case(*state, "old_block_driver.c");

	assert_int_equal(result.status, 0);
	assert_int_equal(result.info.errors, 0);
	assert_true(has_call(body_of(*state, &result, "old_start"), "blk_init_queue"));
	assert_true(has_call(body_of(*state, &result, "old_request"), "__blk_end_request_all"));
	const struct ir_note *note = find_note(result.unit, "devfs_fs_kernel.h");
	assert_non_null(note);
	assert_int_equal(note->span.line, 5);
	assert_non_null(find_note(result.unit, "'timeval'"));
}

static void test_syntax_error_in_one_function(void **state)
{
	struct result result = lower_case(*state, "syntax_error.c");

	assert_int_equal(result.status, 0);
	assert_true(result.info.has_syntax_errors);
	assert_true(has_call(body_of(*state, &result, "before"), "kfree"));
	assert_true(has_call(body_of(*state, &result, "after"), "before"));
}

static void test_no_final_newline(void **state)
{
	struct result result = lower_case(*state, "no_final_newline.c");

	assert_int_equal(result.status, 0);
	assert_int_equal(result.info.first_errors, 0);
	body_of(*state, &result, "last_line");
}

static bool has_annotation(const struct ir_function *function, const char *name, const char *argument)
{
	for (int i = 0; i < function->annotation_count; i++)
		if (strcmp(function->annotations[i].name, name) == 0 &&
		    (!argument || strcmp(function->annotations[i].argument, argument) == 0))
			return true;
	return false;
}

static void test_annotations(void **state)
{
	struct result result = lower_case(*state, "annotations.c");

	assert_int_equal(result.status, 0);
	assert_int_equal(result.info.first_errors, 0);
	assert_true(has_annotation(body_of(*state, &result, "take"), "acquires", "&guarded->lock"));
	assert_true(has_annotation(body_of(*state, &result, "drop"), "releases", "&guarded->lock"));
	assert_true(has_annotation(body_of(*state, &result, "locked"), "must_hold", "&guarded->lock"));
	assert_true(has_annotation(body_of(*state, &result, "locked"), "must_check", NULL));
	const struct ir_function *fetch = body_of(*state, &result, "fetch");
	assert_int_equal(fetch->params[1]->type->space, IR_SPACE_USER);
	assert_int_equal(fetch->params[0]->type->space, IR_SPACE_KERNEL);
}

/* ---- Windows ------------------------------------------------------------------ */

/* One of testcases/frontend/windows with the installed mingw-w64 headers. */
static struct result lower_windows_case(struct tree *tree, const char *name)
{
	const char *path = arena_printf(tree->arena, "%s/frontend/windows/%s", SO2_TESTCASES_DIR, name);
	struct unit_options options = { 0 };
	struct ddk_headers headers;
	struct unit_list list;

	if (ddk_find_installed(tree->arena, "", &headers))
		skip();
	assert_int_equal(units_find(tree->arena, tree->pool, tree->log, &options, &path, 1, &list), 0);
	assert_int_equal(list.cmd_count, 1);
	assert_int_equal(list.cmds[0].target, TARGET_WINDOWS);
	return lower_command(tree, &list.cmds[0]);
}

static int count_kind(const struct ir_function *function, enum ir_insn_kind kind)
{
	int count = 0;

	for (int i = 0; i < function->insn_count; i++)
		count += function->insns[i]->kind == kind;
	return count;
}

static void test_windows_driver(void **state)
{
	struct tree *tree = *state;
	struct result result = lower_windows_case(tree, "driver.c");

	assert_int_equal(result.status, 0);
	assert_int_equal(result.info.first_errors, 0);
	assert_int_equal(result.unit->note_count, 0);
	const struct ir_function *read = body_of(tree, &result, "DispatchRead");
	assert_string_equal(read->type->typedef_name, "DRIVER_DISPATCH");
	assert_true(has_annotation(read, "dispatch_type", "IRP_MJ_READ"));
	assert_null(read->code_section);
	assert_false(read->is_incomplete);
	assert_int_equal(count_kind(read, IR_TRY_BEGIN), 2);
	assert_int_equal(count_kind(read, IR_FINALLY_END), 1);
	assert_true(has_call(read, "ExAllocatePool2"));
	assert_true(has_call(read, "IoCompleteRequest"));
	assert_false(has_call(read, "TraceEvents")); /* a macro that a .tmh file would define */
	const struct ir_function *count = body_of(tree, &result, "Count");
	assert_true(has_annotation(count, "irql_requires_max", "DISPATCH_LEVEL"));
	assert_true(has_call(count, "KeReleaseSpinLock"));
	assert_string_equal(body_of(tree, &result, "DriverUnload")->code_section, "PAGE");
	assert_string_equal(body_of(tree, &result, "DriverEntry")->code_section, "INIT");
	const struct ir_binding *binding = find_binding(result.unit, "MajorFunction");
	assert_non_null(binding);
	assert_string_equal(binding->record, "_DRIVER_OBJECT");
	assert_ptr_equal(binding->function, read);
}

static void test_unknown_names_of_windows(void **state)
{
	struct tree *tree = *state;
	struct result result = lower_windows_case(tree, "unknown_names.c");
	static const char *const calls[] = {
		"VendorOpen",	      "ExFreePoolWithTag",	     "VendorCheck", "IoMarkIrpPending", "VendorStart",
		"VENDOR_CONFIG_INIT", "KeAcquireSpinLockAtDpcLevel", "VendorStop"
	};

	assert_int_equal(result.status, 0);
	assert_int_equal(result.info.errors, 0);
	const struct ir_function *dispatch = body_of(tree, &result, "Dispatch");
	assert_false(dispatch->is_incomplete);
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		assert_true(has_call(dispatch, calls[i]));
	assert_non_null(find_note(result.unit, "type 'PVENDOR_BLOCK'"));
	assert_non_null(find_note(result.unit, "'VENDOR_TAG'"));
	assert_null(find_note(result.unit, "so2check")); /* our own names stay ours */
	assert_string_equal(find_binding(result.unit, "Routine")->record, "VENDOR_CONFIG");
}

/* The declaration with the role lies outside the driver's folder. */
static void test_role_from_another_folder(void **state)
{
	struct tree *tree = *state;
	static const char *args[] = { "-w" };
	const char *path = tree_write(tree, "src/unit.c", "#include \"../inc/roles.h\"\nint f(int x) { return x; }\n");
	struct compile_cmd cmd = { .file = "unit.c", .path = path, .args = args, .arg_count = 1 };

	tree_write(tree, "inc/roles.h", "typedef int ROLE(int x);\n__attribute__((annotate(\"max:2\"))) ROLE f;\n");
	struct result result = lower_command(tree, &cmd);
	assert_int_equal(result.status, 0);
	assert_string_equal(body_of(tree, &result, "f")->type->typedef_name, "ROLE");
	assert_true(has_annotation(body_of(tree, &result, "f"), "max", "2"));
}

static void test_windows_line_ends(void **state)
{
	struct result result = lower_text(*state, "int f(void);\r\nint g(void);\r\n"
						  "#pragma alloc_text(PAGE, \\\r\n\tf)\r\n"
						  "#pragma code_seg(\"PAGEG\")\r\n"
						  "int f(void) { return 1; }\r\nint g(void) { return 1; }\r\n");

	assert_int_equal(result.status, 0);
	assert_string_equal(body_of(*state, &result, "f")->code_section, "PAGE");
	assert_string_equal(body_of(*state, &result, "g")->code_section, "PAGEG");
}

/* The names of included files, without any header of Windows. */
static void test_misspelt_includes(void **state)
{
	static const char *args[] = { "--target=x86_64-pc-windows-msvc", "-fms-extensions", "-fms-compatibility" };
	static const char trace[] = "#define Trace(...) ((void)0)\n";
	struct tree *tree = *state;
	const char *path = tree_write(tree, "src/unit.c",
				      "\xef\xbb\xbf#include \"Outer.h\"\r\n#include \"..\\INC\\mixed.H\"\n"
				      "#include \"unit.tmh\"\n"
				      "int f(void) { Trace(1, FLAG); return OUTER + MIXED + BESIDE; }\n");
	struct include_search search = { .file = path };
	struct include_aliases aliases = { 0 };

	tree_write(tree, "src/outer.h", "#define OUTER 1\n");
	tree_write(tree, "inc/Mixed.h", "#include \"Beside.h\"\n#define MIXED 2\n");
	tree_write(tree, "inc/beside.h", "#define BESIDE 3\n");
	include_find_aliases(include_cache_create(tree->arena, tree->pool), &search, &aliases);
	struct compile_cmd cmd = { .file = intern(tree->pool, "unit.c"),
				   .path = path,
				   .directory = tree->root,
				   .args = args,
				   .arg_count = 3,
				   .target = TARGET_WINDOWS,
				   .aliases = aliases.items,
				   .alias_count = aliases.count,
				   .trace_text = trace };
	struct result result = lower_command(tree, &cmd);
	assert_int_equal(result.status, 0);
	assert_int_equal(result.info.first_errors, 0);
	body_of(tree, &result, "f");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, tree_set_up, tree_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_plain_unit),
		TEST(test_constant_that_is_none),
		TEST(test_calls_survive_unknown_names),
		TEST(test_remaining_errors_are_notes),
		TEST(test_many_errors_are_counted),
		TEST(test_nothing_parsed_is_a_failure),
		TEST(test_unreadable_units_fail),
		TEST(test_version),
		TEST(test_old_char_driver),
		TEST(test_old_block_driver),
		TEST(test_syntax_error_in_one_function),
		TEST(test_no_final_newline),
		TEST(test_annotations),
		TEST(test_windows_driver),
		TEST(test_unknown_names_of_windows),
		TEST(test_role_from_another_folder),
		TEST(test_windows_line_ends),
		TEST(test_misspelt_includes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
