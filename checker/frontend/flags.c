/* From the command of a real build to what a parse needs.
 *
 * A list of what is kept, not of what is dropped: the arguments of every
 * compiler a kernel may be built with are not knowable, those that change what
 * the parser sees are few. An argument not listed here and unknown to clang
 * would be an error of the driver and no file would be read. */
#include "units_int.h"

#include <string.h>

#ifndef SO2_CLANG_RESOURCE_DIR
#define SO2_CLANG_RESOURCE_DIR ""
#endif

enum flag_shape {
	FLAG_ALONE,  /* exactly this */
	FLAG_PREFIX, /* this and what is joined to it */
	FLAG_VALUE,  /* value joined or in the next argument */
	FLAG_PATH,   /* likewise, and the value is a path to make absolute */
	FLAG_SKIP,   /* dropped with the next argument, which may start with a dash */
};

struct flag_row {
	const char *name;
	enum flag_shape shape;
};

/* The first row that fits counts: longer names before their prefixes. */
static const struct flag_row flag_rows[] = {
	{ "-isystem", FLAG_PATH },
	{ "-iquote", FLAG_PATH },
	{ "-idirafter", FLAG_PATH },
	{ "-include", FLAG_PATH },
	{ "-imacros", FLAG_PATH },
	{ "-isysroot", FLAG_PATH },
	{ "--sysroot=", FLAG_PREFIX },
	{ "-I", FLAG_PATH },
	{ "-D", FLAG_VALUE },
	{ "-U", FLAG_VALUE },
	{ "-nostdinc", FLAG_ALONE },
	{ "-undef", FLAG_ALONE },
	{ "-std=", FLAG_PREFIX },
	{ "-ansi", FLAG_ALONE },
	{ "-trigraphs", FLAG_ALONE },
	{ "-fms-extensions", FLAG_ALONE },
	{ "-O", FLAG_PREFIX }, /* decides __OPTIMIZE__ */
	{ "-fshort-wchar", FLAG_ALONE },
	{ "-fno-short-wchar", FLAG_ALONE },
	{ "-fshort-enums", FLAG_ALONE },
	{ "-fno-short-enums", FLAG_ALONE },
	{ "-funsigned-char", FLAG_ALONE },
	{ "-fno-unsigned-char", FLAG_ALONE },
	{ "-fsigned-char", FLAG_ALONE },
	{ "-fno-signed-char", FLAG_ALONE },
	{ "-fms-extensions", FLAG_ALONE },
	{ "-ffreestanding", FLAG_ALONE },
	{ "-fno-builtin", FLAG_PREFIX },
	{ "-fgnu89-inline", FLAG_ALONE },
	{ "-fdeclspec", FLAG_ALONE },
	{ "-fpic", FLAG_ALONE },
	{ "-fPIC", FLAG_ALONE },
	{ "-fno-pic", FLAG_ALONE },
	{ "-fno-PIC", FLAG_ALONE },
	{ "-fpie", FLAG_ALONE },
	{ "-fPIE", FLAG_ALONE },
	{ "-fno-pie", FLAG_ALONE },
	{ "-fno-PIE", FLAG_ALONE },
	{ "-m16", FLAG_ALONE },
	{ "-m32", FLAG_ALONE },
	{ "-m64", FLAG_ALONE },
	{ "-mcmodel=kernel", FLAG_ALONE }, /* the values of other targets are not clang's */
	{ "-mlittle-endian", FLAG_ALONE },
	{ "-mbig-endian", FLAG_ALONE },
	{ "--target=", FLAG_PREFIX },
	{ "-target", FLAG_VALUE },
	{ "-Xclang", FLAG_SKIP },
	{ "-Xassembler", FLAG_SKIP },
	{ "-Xlinker", FLAG_SKIP },
	{ "-Xpreprocessor", FLAG_SKIP },
};

static const struct flag_row *find_row(const char *arg)
{
	for (size_t i = 0; i < sizeof(flag_rows) / sizeof(flag_rows[0]); i++) {
		const struct flag_row *row = &flag_rows[i];
		bool is_whole = row->shape == FLAG_ALONE || row->shape == FLAG_SKIP;
		if (is_whole ? strcmp(arg, row->name) == 0 : text_starts_with(arg, row->name))
			return row;
	}
	return NULL;
}

/* ---- kernel include folders ---------------------------------------------- */

struct kernel_roots {
	const char *source; /* from -include SOURCE/include/linux/kconfig.h; NULL: no kernel build */
	const char *build;
};

static struct kernel_roots find_roots(struct arena *arena, const struct word_list *argv, const char *directory)
{
	static const char tail[] = "/include/linux/kconfig.h";
	struct kernel_roots roots = { 0 };

	for (int i = 0; i + 1 < argv->count; i++) {
		if (strcmp(argv->items[i], "-include") != 0)
			continue;
		const char *path = path_absolute(arena, directory, argv->items[i + 1]);
		if (!text_ends_with(path, tail))
			continue;
		roots.source = arena_strndup(arena, path, strlen(path) - strlen(tail));
		roots.build = directory;
	}
	return roots;
}

static bool is_header_folder(const char *path, const char *root)
{
	size_t length = strlen(root);

	if (!path_is_below(path, root) || path[length] != '/')
		return false;
	const char *rest = path + length + 1;
	if (text_starts_with(rest, "arch/")) {
		rest += strlen("arch/");
		rest += strcspn(rest, "/");
		rest += *rest == '/';
	}
	return text_starts_with(rest, "include") && (rest[7] == '/' || rest[7] == '\0');
}

/* The kernel's own header folders become system folders, as they are for bare
 * files: that is how later stages tell the driver's headers from the kernel's. */
static const char *include_option(const struct kernel_roots *roots, const char *option, const char *path)
{
	if (strcmp(option, "-I") != 0 || !roots->source)
		return option;
	return is_header_folder(path, roots->source) || is_header_folder(path, roots->build) ? "-isystem" : option;
}

/* GCC's own header folder: clang has to use its own, which is added for every unit. */
static bool is_compiler_folder(const char *option, const char *path)
{
	return strcmp(option, "-isystem") == 0 && strstr(path, "/lib/gcc") && text_ends_with(path, "/include");
}

/* ---- KBUILD_* names ------------------------------------------------------- */

static bool is_kbuild_name(const char *definition)
{
	return text_starts_with(definition, "KBUILD_MODNAME=") || text_starts_with(definition, "KBUILD_BASENAME=") ||
	       text_starts_with(definition, "KBUILD_MODFILE=") || text_starts_with(definition, "__KBUILD_MODNAME=");
}

/* foo from KBUILD_MODNAME="foo" or, in old kernels, KBUILD_MODNAME=KBUILD_STR(foo). */
static const char *module_of_definition(struct arena *arena, const char *definition)
{
	const char *value = strchr(definition, '=') + 1;

	if (text_starts_with(value, "KBUILD_STR("))
		value += strlen("KBUILD_STR(");
	value += *value == '"';
	return arena_strndup(arena, value, strcspn(value, "\")"));
}

static void add_define(struct arena *arena, struct filtered_flags *flags, const char *definition, const char *own_name)
{
	if (is_kbuild_name(definition)) {
		if (own_name)
			return;
		if (text_starts_with(definition, "KBUILD_MODNAME="))
			flags->module = module_of_definition(arena, definition);
		if (text_starts_with(definition, "KBUILD_MODFILE="))
			flags->module_file = module_of_definition(arena, definition);
	}
	flags->is_loadable = flags->is_loadable || strcmp(definition, "MODULE") == 0;
	words_push(arena, &flags->args, arena_printf(arena, "-D%s", definition));
}

static void add_own_names(struct arena *arena, struct filtered_flags *flags, const char *own_name)
{
	static const char *const names[] = { "KBUILD_MODNAME", "KBUILD_BASENAME", "KBUILD_MODFILE" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		words_push(arena, &flags->args, arena_printf(arena, "-D%s=\"%s\"", names[i], own_name));
	words_push(arena, &flags->args, arena_printf(arena, "-D__KBUILD_MODNAME=kmod_%s", own_name));
	flags->module = own_name;
}

/* ---- the target of a cross compiler ---------------------------------------- */

/* aarch64-linux-gnu from /usr/bin/aarch64-linux-gnu-gcc-12; NULL for the native one. */
static const char *target_of_compiler(struct arena *arena, const struct word_list *argv)
{
	for (int i = 0; i < argv->count && argv->items[i][0] != '-'; i++) {
		const char *base = path_base(argv->items[i]);
		const char *end = strstr(base, "-gcc");
		if (!end)
			end = strstr(base, "-clang");
		if (end && memchr(base, '-', (size_t)(end - base)))
			return arena_strndup(arena, base, (size_t)(end - base));
	}
	return NULL;
}

static bool has_target(const struct word_list *args)
{
	for (int i = 0; i < args->count; i++)
		if (strcmp(args->items[i], "-target") == 0 || text_starts_with(args->items[i], "--target="))
			return true;
	return false;
}

/* ---- filtering --------------------------------------------------------------- */

static void add_path(struct arena *arena, struct filtered_flags *flags, const struct kernel_roots *roots,
		     const char *option, const char *directory, const char *value)
{
	const char *path = path_absolute(arena, directory, value);

	if (is_compiler_folder(option, path))
		return;
	words_push(arena, &flags->args, include_option(roots, option, path));
	words_push(arena, &flags->args, path);
}

void flags_filter(struct arena *arena, struct filtered_flags *flags, const struct word_list *argv,
		  const char *directory, const char *own_name)
{
	struct kernel_roots roots = find_roots(arena, argv, directory);

	*flags = (struct filtered_flags){ 0 };
	for (int i = 0; i < argv->count; i++) {
		const char *arg = argv->items[i];
		const struct flag_row *row = find_row(arg);
		if (!row)
			continue;
		if (row->shape == FLAG_ALONE || row->shape == FLAG_PREFIX) {
			words_push(arena, &flags->args, arg);
			continue;
		}
		const char *value = arg + strlen(row->name);
		if (*value == '\0' && ++i == argv->count)
			break; /* the value is missing */
		if (*value == '\0')
			value = argv->items[i];
		if (row->shape == FLAG_PATH)
			add_path(arena, flags, &roots, row->name, directory, value);
		else if (strcmp(row->name, "-D") == 0)
			add_define(arena, flags, value, own_name);
		else if (row->shape == FLAG_VALUE && strcmp(row->name, "-U") == 0)
			words_push(arena, &flags->args, arena_printf(arena, "-U%s", value));
		else if (row->shape == FLAG_VALUE)
			words_push(arena, &flags->args, arena_printf(arena, "--target=%s", value));
	}
	if (own_name)
		add_own_names(arena, flags, own_name);
	const char *target = target_of_compiler(arena, argv);
	if (target && !has_target(&flags->args))
		words_push(arena, &flags->args, arena_printf(arena, "--target=%s", target));
}

/* ---- every unit ------------------------------------------------------------------------ */

void flags_finish(struct arena *arena, struct word_list *args, const struct unit_options *options)
{
	/* -Wno-everything also silences warnings that are errors by default, so
	 * that a call to an undeclared function stays a call. A spelling
	 * correction would silently put another name into the tree. */
	static const char *const always[] = { "-w", "-Wno-everything", "-ferror-limit=0", "-fno-spell-checking",
					      "-fno-color-diagnostics" };
	const char *resource_dir = options->resource_dir ? options->resource_dir : SO2_CLANG_RESOURCE_DIR;

	for (int i = 0; i < options->extra_arg_count; i++)
		words_push(arena, args, options->extra_args[i]);
	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		words_push(arena, args, always[i]);
	if (resource_dir[0] == '\0')
		return;
	words_push(arena, args, "-resource-dir");
	words_push(arena, args, resource_dir);
	/* Kernels before 5.15 include the compiler's <stdarg.h> under -nostdinc. */
	words_push(arena, args, "-idirafter");
	words_push(arena, args, path_join(arena, resource_dir, "include"));
}
