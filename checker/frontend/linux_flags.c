/* libclang arguments of Linux units. */
#include "units_int.h"

#include "base/paths.h"

#include <string.h>

static const char annotations_header[] = "so2check_linux_annotations.h";
static const char compat_header[] = "so2check_linux_compat.h";

const char *frontend_headers_dir(struct arena *arena)
{
	const char *folder = install_headers_dir(arena);

	return path_exists(arena, folder, annotations_header) ? folder : NULL;
}

static void include_own_headers(struct arena *arena, struct word_list *args, const char *headers_dir)
{
	if (!headers_dir)
		return;
	words_push_pair(arena, args, "-include", path_join(arena, headers_dir, annotations_header));
	words_push_pair(arena, args, "-include", path_join(arena, headers_dir, compat_header));
}

/* ---- bare files and Kbuild modules ------------------------------------------------ */

struct arch_row {
	const char *arch; /* as in arch/<name> */
	const char *target64, *target32;
	bool has_kernel_model; /* -mcmodel=kernel */
};

static const struct arch_row arch_rows[] = {
	{ "x86", "x86_64-linux-gnu", "i386-linux-gnu", true },
	{ "arm64", "aarch64-linux-gnu", "aarch64-linux-gnu", false },
	{ "arm", "arm-linux-gnueabi", "arm-linux-gnueabi", false },
	{ "riscv", "riscv64-linux-gnu", "riscv32-linux-gnu", false },
	{ "powerpc", "powerpc64le-linux-gnu", "powerpc-linux-gnu", false },
	{ "s390", "s390x-linux-gnu", "s390x-linux-gnu", false },
	{ "mips", "mips64el-linux-gnu", "mipsel-linux-gnu", false },
	{ "loongarch", "loongarch64-linux-gnu", "loongarch64-linux-gnu", false },
};

static void push_target(struct arena *arena, struct word_list *args, const struct kernel_headers *headers)
{
	for (size_t i = 0; i < sizeof(arch_rows) / sizeof(arch_rows[0]); i++) {
		const struct arch_row *row = &arch_rows[i];
		if (strcmp(row->arch, headers->arch) != 0)
			continue;
		words_push(arena, args,
			   arena_printf(arena, "--target=%s", headers->is_64bit ? row->target64 : row->target32));
		if (row->has_kernel_model && headers->is_64bit)
			words_push(arena, args, "-mcmodel=kernel");
	}
}

/* In the order of the kernel's own LINUXINCLUDE. */
static void push_include_folders(struct arena *arena, struct word_list *args, const struct kernel_headers *headers)
{
	const char *arch = headers->arch;
	const struct {
		const char *root, *folder;
	} rows[] = {
		{ headers->source, arena_printf(arena, "arch/%s/include", arch) },
		{ headers->build, arena_printf(arena, "arch/%s/include/generated", arch) },
		{ headers->source, "include" },
		{ headers->build, "include" },
		{ headers->source, arena_printf(arena, "arch/%s/include/uapi", arch) },
		{ headers->build, arena_printf(arena, "arch/%s/include/generated/uapi", arch) },
		{ headers->source, "include/uapi" },
		{ headers->build, "include/generated/uapi" },
	};

	words_push(arena, args, "-nostdinc");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		words_push_pair(arena, args, "-isystem", path_join(arena, rows[i].root, rows[i].folder));
}

static void push_forced_includes(struct arena *arena, struct word_list *args, const struct kernel_headers *headers)
{
	/* kconfig.h in all kernels, the others since 5.12 and 4.15. */
	static const char *const names[] = { "compiler-version.h", "kconfig.h", "compiler_types.h" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *path = arena_printf(arena, "%s/include/linux/%s", headers->source, names[i]);
		if (path_exists(arena, "", path))
			words_push_pair(arena, args, "-include", path);
	}
}

/* What the kernel's Makefiles define. */
static void push_defines(struct arena *arena, struct word_list *args, const struct kernel_headers *headers,
			 const char *path, const char *module)
{
	static const char *const always[] = {
		"-D__KERNEL__",	 "-DMODULE", "-DCC_USING_FENTRY", "-DCC_HAVE_ASM_GOTO", "-std=gnu11",
		"-fshort-wchar", "-O2",
	};

	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		words_push(arena, args, always[i]);
	if (headers->version >= KERNEL_VERSION(6, 2))
		words_push(arena, args, "-funsigned-char");
	if (headers->version >= KERNEL_VERSION(6, 18))
		words_push(arena, args, "-fms-extensions");
	words_push(arena, args, arena_printf(arena, "-DKBUILD_BASENAME=\"%s\"", path_kbuild_name(arena, path)));
	words_push(arena, args, arena_printf(arena, "-DKBUILD_MODNAME=\"%s\"", module));
	words_push(arena, args, arena_printf(arena, "-DKBUILD_MODFILE=\"%s\"", module));
	words_push(arena, args, arena_printf(arena, "-D__KBUILD_MODNAME=kmod_%s", module));
}

void linux_flags_kernel(struct arena *arena, struct word_list *args, const struct kernel_headers *headers,
			const struct linux_unit *unit, const char *headers_dir)
{
	const char *module = unit->module ? unit->module : path_kbuild_name(arena, unit->path);

	push_target(arena, args, headers);
	push_include_folders(arena, args, headers);
	push_forced_includes(arena, args, headers);
	include_own_headers(arena, args, headers_dir);
	push_defines(arena, args, headers, unit->path, module);
	if (unit->flags)
		words_append(arena, args, unit->flags);
}

/* ---- compile database ----------------------------------------------------------------- */

void linux_flags_database(struct arena *arena, struct word_list *args, const struct word_list *filtered,
			  const char *headers_dir)
{
	bool is_done = false;

	for (int i = 0; i < filtered->count; i++) {
		words_push(arena, args, filtered->items[i]);
		/* Right after the definitions ours replace, and before whatever
		 * else the module includes by force. */
		if (!is_done && i > 0 && strcmp(filtered->items[i - 1], "-include") == 0 &&
		    text_ends_with(filtered->items[i], "/linux/compiler_types.h")) {
			include_own_headers(arena, args, headers_dir);
			is_done = true;
		}
	}
	if (!is_done)
		include_own_headers(arena, args, headers_dir);
}
