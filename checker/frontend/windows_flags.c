/* libclang arguments of Windows units.
 *
 * The msvc target, not the gnu one: it takes forward enums as members of
 * records and sizes long as Windows does. Its Microsoft mode understands
 * backslashes in #include, but no longer calls itself a GNU compiler, whereupon
 * the mingw-w64 headers define __attribute__ away: hence the __GNUC__. */
#include "units_int.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* In headers/windows; included before each source, those that exist. */
static const char *const forced_headers[] = { "so2check_sal.h", "so2check_wpp.h" };

/* Windows 10 on x64, kernel mode, checked build: assertions are read too. */
static void push_target(struct arena *arena, struct word_list *args, const struct ddk_headers *ddk)
{
	static const char *const always[] = {
		"-xc", /* also NAME.C */
		"--target=x86_64-pc-windows-msvc",
		"-fms-extensions",
		"-fms-compatibility",
		"-std=gnu17",
		"-nostdinc",
		"-D_AMD64_",
		"-D_WIN32_WINNT=0x0A00",
		"-DWINVER=0x0A00",
		"-DNTDDI_VERSION=0x0A000005",
		"-D_KERNEL_MODE=1",
		"-DDBG=1",
	};

	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		words_push(arena, args, always[i]);
	if (ddk->kind == DDK_MINGW) {
		words_push(arena, args, "-D__GNUC__=4");
		words_push(arena, args, "-D__GNUC_MINOR__=2");
		/* They ask whether it is a macro, and import nothing otherwise. */
		words_push(arena, args, "-D__declspec=__declspec");
	}
}

static void push_forced_headers(struct arena *arena, struct word_list *args, const char *folder)
{
	for (size_t i = 0; i < sizeof(forced_headers) / sizeof(forced_headers[0]); i++)
		if (path_exists(arena, folder, forced_headers[i]))
			words_push_pair(arena, args, "-include", path_join(arena, folder, forced_headers[i]));
}

const char *windows_headers_dir(struct arena *arena, const char *headers_dir)
{
	const char *folder = headers_dir ? path_join(arena, headers_dir, "windows") : NULL;

	return folder && path_is_directory(folder) ? folder : NULL;
}

/* Our wrappers complete the mingw-w64 headers and come first; beside a real kit
 * they only serve for what that lacks. */
void windows_flags(struct arena *arena, struct word_list *args, const struct ddk_headers *ddk,
		   const struct windows_unit *unit, const char *headers_dir)
{
	const char *own = windows_headers_dir(arena, headers_dir);

	push_target(arena, args, ddk);
	if (own)
		push_forced_headers(arena, args, own);
	if (own && ddk->kind == DDK_MINGW)
		words_push_pair(arena, args, "-isystem", own);
	for (int i = 0; i < ddk->folder_count; i++)
		words_push_pair(arena, args, "-isystem", ddk->folders[i]);
	if (own && ddk->kind == DDK_KIT)
		words_push_pair(arena, args, "-isystem", own);
	words_push_pair(arena, args, "-I", path_parent(arena, unit->path));
	words_append(arena, args, &unit->flags);
}

/* ---- the command of a real build ---------------------------------------------- */

struct option_row {
	const char *name;  /* without the dash or slash before it */
	const char *clang; /* what it is for libclang */
	bool is_path;
};

static const struct option_row option_rows[] = {
	{ "I", "-I", true },
	{ "D", "-D", false },
	{ "U", "-U", false },
	{ "FI", "-include", true },
	{ "include", "-include", true },
	{ "isystem", "-I", true },
	{ "external:I", "-I", true },
};

static const struct option_row *find_option(const char *arg)
{
	const struct option_row *best = NULL;

	if (arg[0] != '-' && arg[0] != '/')
		return NULL;
	for (size_t i = 0; i < sizeof(option_rows) / sizeof(option_rows[0]); i++)
		if (text_starts_with(arg + 1, option_rows[i].name) &&
		    (!best || strlen(option_rows[i].name) > strlen(best->name)))
			best = &option_rows[i];
	return best;
}

/* Of the linker, and begins like one that is kept. */
static bool is_linker_option(const char *arg)
{
	static const char *const options[] = { "DYNAMICBASE", "DEBUG", "DLL", "DRIVER", "INCREMENTAL" };

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if (arg[0] == '/' && strncasecmp(arg + 1, options[i], strlen(options[i])) == 0 &&
		    strchr(":", arg[1 + strlen(options[i])]))
			return true;
	return false;
}

bool windows_is_compiler(const char *command)
{
	const char *base = path_base(command), *backslash = strrchr(base, '\\');

	if (backslash)
		base = backslash + 1;
	return strcasecmp(base, "cl") == 0 || strcasecmp(base, "cl.exe") == 0 || text_starts_with(base, "clang-cl") ||
	       strstr(base, "-mingw32-");
}

void windows_flags_filter(struct arena *arena, struct word_list *flags, const struct word_list *argv,
			  const char *directory)
{
	for (int i = 1; i < argv->count; i++) {
		const char *arg = argv->items[i];
		const struct option_row *row = is_linker_option(arg) ? NULL : find_option(arg);
		if (!row)
			continue;
		const char *value = arg + 1 + strlen(row->name);
		if (*value == '\0' && ++i == argv->count)
			break; /* the value is missing */
		if (*value == '\0')
			value = argv->items[i];
		if (row->is_path)
			words_push_pair(arena, flags, row->clang,
					path_absolute(arena, directory, path_with_slashes(arena, value)));
		else if (!windows_is_left_out(value))
			words_push(arena, flags, arena_printf(arena, "%s%s", row->clang, value));
	}
}

/* Event tracing needs files that the build generates; what is no definition at
 * all (`/DEBUG:FULL` looks like one) would be an error. */
bool windows_is_left_out(const char *definition)
{
	static const char *const names[] = { "EVENT_TRACING", "WPP_TRACING", "RUN_WPP" };
	size_t length = strspn(definition, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

	if (length == 0 || isdigit((unsigned char)definition[0]) || !strchr("=(", definition[length]))
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (length == strlen(names[i]) && strncmp(definition, names[i], length) == 0)
			return true;
	return false;
}
