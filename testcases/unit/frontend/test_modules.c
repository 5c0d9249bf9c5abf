/* Which units are one driver: by what a build says, else by folder. */
#include "tree.h"

#include <string.h>

#define PLAIN "#include <linux/module.h>\nint x;\n"
#define ENTRY PLAIN "module_init(start);\n"

static struct unit_list find(struct tree *tree, const char *const *paths, int count, const char *const *drivers,
			     const char *database)
{
	struct unit_options options = { .kernel = tree_path(tree, "kernel"),
					.ddk = tree_path(tree, "ddk"),
					.database = database,
					.drivers = drivers };
	struct unit_list list;

	tree_write(tree, "kernel/include/generated/autoconf.h", "#define CONFIG_64BIT 1\n");
	tree_write(tree, "kernel/include/linux/kconfig.h", "");
	tree_write(tree, "kernel/arch/x86/include/generated/asm/x.h", "");
	tree_write(tree, "ddk/ddk/wdm.h", "");
	assert_int_equal(units_find(tree->arena, tree->pool, tree->log, &options, paths, count, &list), 0);
	assert_int_equal(list.skipped_count, 0);
	return list;
}

/* "a.c b.c | c.c": the names of the units, modules apart. */
static const char *shape(struct tree *tree, const struct unit_list *list)
{
	const char *text = "";

	for (int i = 0; i < list->cmd_count; i++) {
		bool is_new = i > 0 && list->cmds[i].group != list->cmds[i - 1].group;
		text = arena_printf(tree->arena, "%s%s%s", text,
				    i == 0 ? "" :
				    is_new ? " | " :
					     " ",
				    path_base(list->cmds[i].path));
	}
	return text;
}

static const char *shape_of_folder(struct tree *tree, const char *folder)
{
	const char *path = tree_path(tree, folder);
	struct unit_list list = find(tree, &path, 1, NULL, NULL);

	return shape(tree, &list);
}

static void test_folder_with_one_entry(void **state)
{
	struct tree *tree = *state;

	tree_write(tree, "drv/main.c", ENTRY);
	tree_write(tree, "drv/io.c", PLAIN);
	tree_write(tree, "drv/hw/regs.c", PLAIN);
	assert_string_equal(shape_of_folder(tree, "drv"), "regs.c io.c main.c");
}

static void test_folder_with_two_entries(void **state)
{
	struct tree *tree = *state;

	tree_write(tree, "two/a.c", ENTRY);
	tree_write(tree, "two/b.c", ENTRY);
	tree_write(tree, "two/c.c", PLAIN);
	assert_string_equal(shape_of_folder(tree, "two"), "a.c | b.c | c.c");
}

static void test_folder_of_folders(void **state)
{
	struct tree *tree = *state;

	tree_write(tree, "all/one/a.c", ENTRY);
	tree_write(tree, "all/one/b.c", PLAIN);
	tree_write(tree, "all/three.c", PLAIN);
	tree_write(tree, "all/two/c.c", PLAIN);
	tree_write(tree, "all/two/d.c", ENTRY);
	assert_string_equal(shape_of_folder(tree, "all"), "a.c b.c | three.c | c.c d.c");
}

static void test_what_is_an_entry(void **state)
{
	(void)state;
	assert_true(source_has_entry("module_pci_driver(x);\n"));
	assert_true(source_has_entry("int DriverEntry(void)\n/* ( */ {\n}\n"));
	assert_true(source_has_entry("subsys_initcall (start);\n"));
	assert_true(source_has_entry("int init_module(void)\n{\n}\n"));
	assert_false(source_has_entry("int init_module(void);\n"));
	assert_false(source_has_entry("DRIVER_INITIALIZE DriverEntry;\n#pragma alloc_text(INIT, DriverEntry)\n"));
	assert_false(source_has_entry("/* module_init(x); */ const char *t = \"module_init(\";\n"));
	assert_false(source_has_entry("#define my_driver(x) \\\n\tmodule_init(x)\n"));
	assert_false(source_has_entry("int f(void)\n{\n\treturn module_init(3);\n}\n"));
	assert_false(source_has_entry("int module_init;\n"));
	assert_true(source_has_entry("module_init(")); /* the text ends there */
	assert_false(source_has_entry("'"));
	assert_false(source_has_entry("#\\"));
}

static void test_order_of_operands(void **state)
{
	struct tree *tree = *state;
	const char *paths[] = { tree_write(tree, "x/main.c", ENTRY), tree_write(tree, "y/other.c", PLAIN),
				tree_write(tree, "x/io.c", PLAIN) };
	const char *turned[] = { paths[2], paths[1], paths[0] };
	struct unit_list list = find(tree, paths, 3, NULL, NULL);

	assert_string_equal(shape(tree, &list), "io.c main.c | other.c");
	assert_int_equal(list.group_count, 2);
	list = find(tree, turned, 3, NULL, NULL);
	assert_string_equal(shape(tree, &list), "io.c main.c | other.c");
}

static void test_kbuild(void **state)
{
	struct tree *tree = *state;

	tree_write(tree, "kb/Makefile", "obj-m := pump.o single.o\npump-y := z.o a.o\n");
	tree_write(tree, "kb/a.c", PLAIN);
	tree_write(tree, "kb/m.c", PLAIN);
	tree_write(tree, "kb/n.c", PLAIN);
	tree_write(tree, "kb/single.c", PLAIN);
	tree_write(tree, "kb/z.c", PLAIN);
	assert_string_equal(shape_of_folder(tree, "kb"), "a.c z.c | m.c | n.c | single.c");
}

/* The same name in two Makefiles: two drivers. */
static void test_two_makefiles(void **state)
{
	struct tree *tree = *state;

	for (int i = 0; i < 2; i++) {
		tree_write(tree, i ? "hand-ins/a/Makefile" : "hand-ins/b/Makefile", "obj-m := p.o\np-y := x.o y.o\n");
		tree_write(tree, i ? "hand-ins/a/x.c" : "hand-ins/b/x.c", PLAIN);
		tree_write(tree, i ? "hand-ins/a/y.c" : "hand-ins/b/y.c", PLAIN);
	}
	assert_string_equal(shape_of_folder(tree, "hand-ins"), "x.c y.c | x.c y.c");
}

static const char *entry(struct tree *tree, const char *file, const char *defines)
{
	tree_write(tree, file, PLAIN);
	return arena_printf(tree->arena, "{\"directory\":\"%s\",\"file\":\"%s\",\"command\":\"cc %s -c %s\"}",
			    tree->root, file, defines, file);
}

static void test_database(void **state)
{
	struct tree *tree = *state;
	const char *json =
		arena_printf(tree->arena, "[%s,%s,%s,%s,%s,%s]",
			     entry(tree, "d/a.c", "-DKBUILD_MODNAME='\\\"pump\\\"' -DMODULE"),
			     entry(tree, "d/sub/b.c", "-DKBUILD_MODNAME='\\\"pump\\\"' -DMODULE"),
			     entry(tree, "d/core.c", "-DKBUILD_MODNAME='\\\"core\\\"'"),
			     entry(tree, "e/core.c", "-DKBUILD_MODNAME='\\\"core\\\"'"),
			     entry(tree, "e/t1.c", "-DKBUILD_MODNAME='\\\"tpm\\\"' -DKBUILD_MODFILE='\\\"e/tpm\\\"'"),
			     entry(tree, "e/t2.c", "-DKBUILD_MODNAME='\\\"tpm\\\"' -DKBUILD_MODFILE='\\\"e/tpm\\\"'"));
	const char *database = tree_write(tree, "compile_commands.json", json);
	const char *paths[] = { tree_path(tree, "d"), tree_path(tree, "e") };
	struct unit_list list = find(tree, paths, 2, NULL, database);

	assert_string_equal(shape(tree, &list), "a.c b.c | core.c | core.c | t1.c t2.c");
}

static void test_project(void **state)
{
	struct tree *tree = *state;

	tree_write(tree, "w/w.vcxproj",
		   "<Project><PropertyGroup><ConfigurationType>Driver</ConfigurationType></PropertyGroup>"
		   "<ItemGroup><ClCompile Include=\"a.c\"/><ClCompile Include=\"io\\b.c\"/></ItemGroup></Project>");
	tree_write(tree, "w/a.c", "#include <wdm.h>\n");
	tree_write(tree, "w/c.c", "#include <wdm.h>\n");
	tree_write(tree, "w/io/b.c", "#include <wdm.h>\n");
	assert_string_equal(shape_of_folder(tree, "w"), "a.c b.c | c.c");
}

/* As the tests of rule packs do it. */
static void test_given_drivers(void **state)
{
	struct tree *tree = *state;
	const char *paths[] = { tree_write(tree, "g/a.c", PLAIN), tree_write(tree, "g/b.c", PLAIN),
				tree_write(tree, "g/s/c.c", PLAIN), tree_write(tree, "g/s/d.c", PLAIN) };
	const char *drivers[] = { NULL, NULL, "s", "s" };
	struct unit_list list = find(tree, paths, 4, drivers, NULL);

	assert_string_equal(shape(tree, &list), "a.c | b.c | c.c d.c");
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, tree_set_up, tree_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_folder_with_one_entry),
		TEST(test_folder_with_two_entries),
		TEST(test_folder_of_folders),
		cmocka_unit_test(test_what_is_an_entry),
		TEST(test_order_of_operands),
		TEST(test_kbuild),
		TEST(test_two_makefiles),
		TEST(test_database),
		TEST(test_project),
		TEST(test_given_drivers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
