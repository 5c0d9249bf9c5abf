/* units_find(): which files become units, with which flags, and why others do not. */
#include "tree.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DRIVER "#include <linux/module.h>\nint x;\n"

/* A kernel made of empty headers: the flags are looked at, nothing is parsed. */
static void make_kernel(struct tree *tree)
{
	tree_write(tree, "kernel/include/generated/autoconf.h", "#define CONFIG_64BIT 1\n");
	tree_write(tree, "kernel/include/linux/kconfig.h", "");
	tree_write(tree, "kernel/arch/x86/include/generated/asm/x.h", "");
}

static struct unit_list find(struct tree *tree, const char *path, const char *database)
{
	struct unit_options options = { .kernel = tree_path(tree, "kernel"), .database = database };
	struct unit_list list;

	make_kernel(tree);
	assert_int_equal(units_find(tree->arena, tree->pool, tree->log, &options, &path, 1, &list), 0);
	return list;
}

static void assert_skipped(struct tree *tree, const char *path, const char *reason)
{
	struct unit_list list = find(tree, path, NULL);

	assert_int_equal(list.cmd_count, 0);
	assert_int_equal(list.skipped_count, 1);
	assert_string_equal(list.skipped[0].file, path);
	if (!strstr(list.skipped[0].reason, reason))
		fail_msg("'%s' is not in '%s'", reason, list.skipped[0].reason);
}

static void test_bare_file(void **state)
{
	struct tree *tree = *state;
	const char *path = tree_write(tree, "my-drv.c", DRIVER);
	struct unit_list list = find(tree, path, NULL);

	assert_int_equal(list.cmd_count, 1);
	assert_int_equal(list.skipped_count, 0);
	assert_string_equal(list.cmds[0].file, path);
	assert_ptr_equal(list.cmds[0].file, intern(tree->pool, path));
	assert_int_equal(list.cmds[0].origin, UNIT_FROM_BARE_FILE);
	assert_int_equal(list.cmds[0].target, TARGET_LINUX);
	assert_string_equal(list.cmds[0].module, "my_drv");
	assert_true(command_has(&list.cmds[0], "-DKBUILD_MODNAME=\"my_drv\"", NULL));
	assert_true(command_has(&list.cmds[0], "-ferror-limit=0", "-fno-spell-checking"));
}

static void test_files_that_are_skipped(void **state)
{
	struct tree *tree = *state;
	char *big = arena_alloc(tree->arena, (size_t)17 << 20);

	memset(big, ' ', (size_t)17 << 20);
	assert_skipped(tree, tree_path(tree, "none.c"), "No such file");
	assert_skipped(tree, tree_write(tree, "empty.c", ""), "empty");
	assert_skipped(tree, tree_write(tree, "blank.c", " \n\t\n"), "empty");
	assert_skipped(tree, tree_write_bytes(tree, "binary.c", "int\0x;", 6), "NUL");
	assert_skipped(tree, tree_write_bytes(tree, "utf16.c", "\xff\xfei\0", 4), "UTF-16");
	assert_skipped(tree, tree_write_bytes(tree, "big.c", big, (size_t)17 << 20), "16");
	assert_skipped(tree, tree_write(tree, "driver.h", DRIVER), "does not end in .c");
	assert_skipped(tree, tree_write(tree, "user.c", "#include <stdio.h>\n"), "user-space");
	assert_skipped(tree, "", "empty path");
	assert_int_equal(mkfifo(tree_path(tree, "pipe.c"), 0600), 0);
	assert_skipped(tree, tree_path(tree, "pipe.c"), "");
	if (geteuid() == 0)
		return; /* may read everything */
	assert_int_equal(chmod(tree_write(tree, "secret.c", DRIVER), 0), 0);
	assert_skipped(tree, tree_path(tree, "secret.c"), "ermission");
}

static struct unit_list find_windows(struct tree *tree, const char *path)
{
	struct unit_options options = { .kernel = tree_path(tree, "kernel"), .ddk = tree_path(tree, "ddk") };
	struct unit_list list;

	make_kernel(tree);
	tree_write(tree, "ddk/ddk/wdm.h", "");
	assert_int_equal(units_find(tree->arena, tree->pool, tree->log, &options, &path, 1, &list), 0);
	return list;
}

static void assert_target(struct tree *tree, const char *path, enum frontend_target target)
{
	struct unit_list list = find_windows(tree, path);

	assert_int_equal(list.cmd_count, 1);
	assert_int_equal(list.cmds[0].target, target);
}

static void test_windows_drivers(void **state)
{
	struct tree *tree = *state;

	assert_target(tree, tree_write(tree, "a.c", "#include <NTDDK.h>\n"), TARGET_WINDOWS);
	assert_target(tree, tree_write(tree, "b.c", "# include \"wdm.h\"\n"), TARGET_WINDOWS);
	assert_target(tree, tree_write(tree, "w.c", "#include <windef.h>\n#include \"ddk/wdm.h\"\n"), TARGET_WINDOWS);
	assert_target(tree, tree_write(tree, "x.c", "#include \"ntstatus.h\"\n"), TARGET_WINDOWS);
	tree_write(tree, "inc/all.h", "#include <fltKernel.h>\n");
	tree_write(tree, "precomp.h", "#include \"inc\\ALL.h\"\n");
	assert_target(tree, tree_write(tree, "c.c", "#include \"PreComp.h\"\n"), TARGET_WINDOWS);
	assert_target(tree, tree_write(tree, "d.c", "#include <linux/module.h>\n#include \"ndis.h\"\n"), TARGET_LINUX);
	assert_target(tree, tree_write(tree, "e.c", "#include <linux/blkdev.h>\n#include \"scsi.h\"\n"), TARGET_LINUX);
	assert_target(tree, tree_write(tree, "OLD.C", "#include <ntddk.h>\n"), TARGET_WINDOWS);
	assert_skipped(tree, tree_write(tree, "cplusplus.C", DRIVER), "does not end in .c");
	assert_skipped(tree, tree_write(tree, "app.c", "#include <windows.h>\n#include <winioctl.h>\n"), "user-space");
}

static void test_windows_arguments(void **state)
{
	struct tree *tree = *state;
	const char *path = tree_write(tree, "src/a.c", "#include <WDM.H>\n#include \"a.tmh\"\n");
	struct unit_list list = find_windows(tree, path);
	const struct compile_cmd *cmd = &list.cmds[0];

	assert_int_equal(cmd->origin, UNIT_FROM_BARE_FILE);
	assert_true(command_has(cmd, "-isystem", tree_path(tree, "ddk/ddk")));
	assert_true(command_has(cmd, "-ferror-limit=0", NULL));
	assert_int_equal(cmd->alias_count, 2);
	assert_non_null(cmd->trace_text);
}

static void test_missing_driver_headers(void **state)
{
	struct tree *tree = *state;
	const char *path = tree_write(tree, "a.c", "#include <ntddk.h>\n");
	struct unit_options options = { .ddk = tree_path(tree, "nowhere") };
	struct unit_list list;

	assert_int_equal(units_find(tree->arena, tree->pool, tree->log, &options, &path, 1, &list), 0);
	assert_int_equal(list.skipped_count, 1);
	assert_non_null(strstr(list.skipped[0].reason, "nowhere"));
}

static void write_project(struct tree *tree, const char *name)
{
	tree_write(tree, name,
		   "<Project><PropertyGroup><ConfigurationType>Driver</ConfigurationType></PropertyGroup>"
		   "<ItemDefinitionGroup><ClCompile><PreprocessorDefinitions>IN_PROJECT</PreprocessorDefinitions>"
		   "</ClCompile></ItemDefinitionGroup>"
		   "<ItemGroup><ClCompile Include=\"Src\\a.c;Src\\gone.c\"/></ItemGroup></Project>");
}

static void test_project_on_the_command_line(void **state)
{
	struct tree *tree = *state;

	write_project(tree, "d/drv.vcxproj");
	tree_write(tree, "d/src/a.c", "int no_includes;\n");
	tree_write(tree, "d/src/other.c", DRIVER);
	struct unit_list list = find_windows(tree, tree_path(tree, "d/drv.vcxproj"));
	assert_int_equal(list.cmd_count, 1);
	assert_string_equal(list.cmds[0].file, tree_path(tree, "d/src/a.c"));
	assert_int_equal(list.cmds[0].origin, UNIT_FROM_PROJECT);
	assert_int_equal(list.cmds[0].target, TARGET_WINDOWS);
	assert_string_equal(list.cmds[0].module, "drv");
	assert_true(command_has(&list.cmds[0], "-DIN_PROJECT", NULL));
	assert_int_equal(list.skipped_count, 1);
	assert_string_equal(list.skipped[0].file, tree_path(tree, "d/Src/gone.c"));
}

static void test_project_above_a_source(void **state)
{
	struct tree *tree = *state;

	write_project(tree, "d/drv.vcxproj");
	tree_write(tree, "d/src/a.c", "int no_includes;\n");
	struct unit_list list = find_windows(tree, tree_path(tree, "d/src/a.c"));
	assert_int_equal(list.cmds[0].origin, UNIT_FROM_PROJECT);
	list = find_windows(tree, tree_path(tree, "d"));
	assert_int_equal(list.cmd_count, 1);
	assert_int_equal(list.cmds[0].origin, UNIT_FROM_PROJECT);
	/* one it does not list, in its folder: its values are better than none */
	list = find_windows(tree, tree_write(tree, "d/new.c", "#include <ntddk.h>\n"));
	assert_int_equal(list.cmds[0].origin, UNIT_FROM_BARE_FILE);
	assert_true(command_has(&list.cmds[0], "-DIN_PROJECT", NULL));
}

static void test_broken_project_costs_nothing_else(void **state)
{
	struct tree *tree = *state;

	tree_write(tree, "d/drv.vcxproj", "<Project>\n<oops>\n</Project>\n");
	tree_write(tree, "d/a.c", "#include <ntddk.h>\n");
	struct unit_list list = find_windows(tree, tree_path(tree, "d"));
	assert_int_equal(list.cmd_count, 1);
	assert_int_equal(list.skipped_count, 1);
	assert_string_equal(list.skipped[0].file, tree_path(tree, "d/drv.vcxproj"));
	assert_int_equal(list.skipped[0].span.line, 3);
}

static void test_windows_entries_of_a_database(void **state)
{
	struct tree *tree = *state;
	const char *path = tree_write(tree, "d/a.c", "int no_includes;\n");
	struct unit_options options = { .ddk = tree_path(tree, "ddk"), .database = tree->root };
	struct unit_list list;

	tree_write(tree, "ddk/ddk/wdm.h", "");
	tree_write(tree, "compile_commands.json",
		   arena_printf(tree->arena,
				"[{\"directory\":\"%s\",\"file\":\"d/a.c\",\"arguments\":"
				"[\"cl.exe\",\"/DIN_DB\",\"/Id\",\"/c\",\"d/a.c\"]}]",
				tree->root));
	assert_int_equal(units_find(tree->arena, tree->pool, tree->log, &options, &path, 1, &list), 0);
	assert_int_equal(list.cmd_count, 1);
	assert_int_equal(list.cmds[0].target, TARGET_WINDOWS);
	assert_int_equal(list.cmds[0].origin, UNIT_FROM_DATABASE);
	assert_true(command_has(&list.cmds[0], "-DIN_DB", NULL));
	assert_true(command_has(&list.cmds[0], "-I", tree_path(tree, "d")));
}

static void test_target_option_overrides(void **state)
{
	struct tree *tree = *state;
	const char *path = tree_write(tree, "a.c", "#include <ntddk.h>\n");
	struct unit_options options = { .kernel = tree_path(tree, "kernel"), .target = TARGET_LINUX };
	struct unit_list list;

	make_kernel(tree);
	assert_int_equal(units_find(tree->arena, tree->pool, tree->log, &options, &path, 1, &list), 0);
	assert_int_equal(list.cmd_count, 1);
}

static void test_folder_walk(void **state)
{
	struct tree *tree = *state;

	tree_write(tree, "d/b.c", DRIVER);
	tree_write(tree, "d/a/z.c", DRIVER);
	tree_write(tree, "d/.hidden/no.c", DRIVER);
	tree_write(tree, "d/b.mod.c", DRIVER);
	tree_write(tree, "d/notes.txt", "x");
	tree_write(tree, "d/test.c", "#include <stdio.h>\n");
	assert_int_equal(symlink("..", tree_path(tree, "d/a/loop")), 0);
	assert_int_equal(symlink("gone.c", tree_path(tree, "d/dangling.c")), 0);
	struct unit_list list = find(tree, tree_path(tree, "d/"), NULL);
	assert_int_equal(list.cmd_count, 2);
	assert_string_equal(list.cmds[0].file, tree_path(tree, "d/a/z.c"));
	assert_string_equal(list.cmds[1].file, tree_path(tree, "d/b.c"));
	assert_int_equal(list.skipped_count, 1);
	assert_string_equal(list.skipped[0].file, tree_path(tree, "d/dangling.c"));
	assert_int_equal(log_count_level(tree->log, LOG_NOTE), 1); /* the test program */
}

static void test_folder_without_sources(void **state)
{
	struct tree *tree = *state;

	tree_write(tree, "d/x.h", "");
	assert_skipped(tree, tree_path(tree, "d"), "no .c file");
}

static void test_one_path_twice(void **state)
{
	struct tree *tree = *state;
	const char *paths[] = { tree_write(tree, "d/a.c", DRIVER), tree_path(tree, "d") };
	struct unit_options options = { .kernel = tree_path(tree, "kernel") };
	struct unit_list list;

	make_kernel(tree);
	assert_int_equal(units_find(tree->arena, tree->pool, tree->log, &options, paths, 2, &list), 0);
	assert_int_equal(list.cmd_count, 1);
}

static void test_kbuild_folder(void **state)
{
	struct tree *tree = *state;

	tree_write(tree, "d/Makefile", "obj-m := m.o\nm-objs := one.o sub/two.o\nccflags-y := -DFLAG\n");
	tree_write(tree, "d/one.c", "int no_includes;\n");
	tree_write(tree, "d/sub/two.c", DRIVER);
	tree_write(tree, "d/extra.c", DRIVER);
	struct unit_list list = find(tree, tree_path(tree, "d"), NULL);
	assert_int_equal(list.cmd_count, 3);
	assert_int_equal(list.cmds[0].origin, UNIT_FROM_BARE_FILE); /* extra.c, with the folder's flags */
	assert_true(command_has(&list.cmds[0], "-DFLAG", NULL));
	assert_int_equal(list.cmds[1].origin, UNIT_FROM_KBUILD);
	assert_string_equal(list.cmds[1].module, "m");
	assert_int_equal(list.cmds[2].origin, UNIT_FROM_KBUILD);
	assert_ptr_equal(list.cmds[2].module, list.cmds[1].module);
	assert_true(command_has(&list.cmds[2], "-DKBUILD_MODNAME=\"m\"", NULL));
	/* a file alone: its own folder's file is asked, and those above */
	list = find(tree, tree_path(tree, "d/sub/two.c"), NULL);
	assert_int_equal(list.cmds[0].origin, UNIT_FROM_KBUILD);
}

static void write_db(struct tree *tree, const char *file)
{
	tree_write(tree, "compile_commands.json",
		   arena_printf(tree->arena,
				"[{\"directory\":\"%s\",\"file\":\"%s\",\"command\":"
				"\"gcc -DIN_DB -DKBUILD_MODNAME='\\\"whole\\\"' -fplugin=x -c %s\"}]",
				tree->root, file, file));
}

static void test_database(void **state)
{
	struct tree *tree = *state;

	tree_write(tree, "d/a.c", DRIVER);
	tree_write(tree, "d/sub/new.c", DRIVER);
	write_db(tree, "d/a.c");
	struct unit_list list = find(tree, tree_path(tree, "d"), tree->root);
	assert_int_equal(list.cmd_count, 2);
	assert_int_equal(list.cmds[0].origin, UNIT_FROM_DATABASE);
	assert_string_equal(list.cmds[0].module, "whole");
	assert_string_equal(list.cmds[0].directory, tree->root);
	assert_true(command_has(&list.cmds[0], "-DIN_DB", NULL));
	assert_false(command_has(&list.cmds[0], "-fplugin=x", NULL));
	assert_int_equal(list.cmds[1].origin, UNIT_FROM_DATABASE_NEAR);
	assert_true(command_has(&list.cmds[1], "-DIN_DB", NULL));
	assert_true(command_has(&list.cmds[1], "-DKBUILD_MODNAME=\"new\"", NULL));
}

static void test_database_under_another_name(void **state)
{
	struct tree *tree = *state;

	tree_write(tree, "real/a.c", DRIVER);
	assert_int_equal(symlink("real", tree_path(tree, "link")), 0);
	write_db(tree, "real/a.c");
	struct unit_list list = find(tree, tree_path(tree, "link/a.c"), tree->root);
	assert_int_equal(list.cmds[0].origin, UNIT_FROM_DATABASE);
}

static void test_database_entry_without_file(void **state)
{
	struct tree *tree = *state;

	tree_write(tree, "d/a.c", DRIVER);
	write_db(tree, "d/generated.c");
	struct unit_list list = find(tree, tree_path(tree, "d"), tree->root);
	assert_int_equal(list.cmd_count, 1);
	assert_int_equal(list.skipped_count, 1);
	assert_string_equal(list.skipped[0].file, tree_path(tree, "d/generated.c"));
}

static void test_broken_database_is_a_usage_error(void **state)
{
	struct tree *tree = *state;
	const char *path = tree_write(tree, "a.c", DRIVER);
	struct unit_options options = { .database = tree_write(tree, "db.json", "[") };
	struct unit_list list;

	assert_int_equal(units_find(tree->arena, tree->pool, tree->log, &options, &path, 1, &list), -1);
	assert_int_equal(log_count_level(tree->log, LOG_ERROR), 1);
}

static void test_no_kernel_headers(void **state)
{
	struct tree *tree = *state;
	const char *path = tree_write(tree, "a.c", DRIVER);
	struct unit_options options = { .kernel = tree_path(tree, "nowhere") };
	struct unit_list list;

	assert_int_equal(units_find(tree->arena, tree->pool, tree->log, &options, &path, 1, &list), 0);
	assert_int_equal(list.skipped_count, 1);
	assert_non_null(strstr(list.skipped[0].reason, "nowhere"));
}

static void test_extra_arguments(void **state)
{
	struct tree *tree = *state;
	const char *path = tree_write(tree, "a.c", DRIVER), *extra[] = { "-DEXTRA" };
	struct unit_options options = {
		.kernel = tree_path(tree, "kernel"), .extra_args = extra, .extra_arg_count = 1, .resource_dir = "/res"
	};
	struct unit_list list;

	make_kernel(tree);
	assert_int_equal(units_find(tree->arena, tree->pool, tree->log, &options, &path, 1, &list), 0);
	assert_true(command_has(&list.cmds[0], "-DEXTRA", NULL));
	assert_true(command_has(&list.cmds[0], "-resource-dir", "/res"));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, tree_set_up, tree_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_bare_file),
		TEST(test_files_that_are_skipped),
		TEST(test_windows_drivers),
		TEST(test_windows_arguments),
		TEST(test_missing_driver_headers),
		TEST(test_project_on_the_command_line),
		TEST(test_project_above_a_source),
		TEST(test_broken_project_costs_nothing_else),
		TEST(test_windows_entries_of_a_database),
		TEST(test_target_option_overrides),
		TEST(test_folder_walk),
		TEST(test_folder_without_sources),
		TEST(test_one_path_twice),
		TEST(test_kbuild_folder),
		TEST(test_database),
		TEST(test_database_under_another_name),
		TEST(test_database_entry_without_file),
		TEST(test_broken_database_is_a_usage_error),
		TEST(test_no_kernel_headers),
		TEST(test_extra_arguments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
