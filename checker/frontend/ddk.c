/* Finding the headers of Windows drivers: those of mingw-w64 (also Wine's, which
 * are laid out alike), or a Windows Driver Kit copied from elsewhere. */
#include "units_int.h"

#include <dirent.h>

#define KIT_HEADER "km/wdm.h"

static void push_folder(struct ddk_headers *headers, const char *path)
{
	if (headers->folder_count < DDK_FOLDER_LIMIT && path_is_directory(path))
		headers->folders[headers->folder_count++] = path;
}

/* `include` with `ddk` below it, or that folder itself. */
static bool open_mingw(struct arena *arena, const char *directory, struct ddk_headers *headers)
{
	const char *include = directory;

	if (!path_exists(arena, directory, "ddk/wdm.h")) {
		include = path_parent(arena, directory);
		if (!path_exists(arena, directory, "wdm.h") || !path_exists(arena, include, "windef.h"))
			return false;
	}
	*headers = (struct ddk_headers){ .kind = DDK_MINGW };
	push_folder(headers, path_join(arena, include, "ddk"));
	push_folder(headers, include);
	push_folder(headers, path_join(arena, include, "msvcrt")); /* Wine's C library */
	return true;
}

/* The newest folder below the given one that has the file in it, or NULL. */
static const char *newest_below(struct arena *arena, const char *directory, const char *file)
{
	DIR *listing = opendir(directory);
	const char *newest = NULL;

	if (!listing)
		return NULL;
	for (const struct dirent *item; (item = readdir(listing));) {
		const char *path = path_join(arena, directory, item->d_name);
		if (item->d_name[0] != '.' && path_exists(arena, path, file) &&
		    (!newest || kernel_compare_versions(newest, path) < 0))
			newest = path;
	}
	closedir(listing);
	return newest;
}

/* The framework has versions of its own, beside those of the kit. */
static void push_framework(struct arena *arena, struct ddk_headers *headers, const char *kit)
{
	const char *all = path_join(arena, path_parent(arena, kit), "wdf/kmdf");
	const char *newest = newest_below(arena, all, "wdf.h");

	if (newest)
		push_folder(headers, newest);
}

/* A folder with km/ and shared/, maybe below a version and `Include`. */
static bool open_kit(struct arena *arena, const char *directory, struct ddk_headers *headers)
{
	static const char *const roots[] = { "", "Include", "include" };
	static const char *const parts[] = { "km", "km/crt", "shared", "crt", "ucrt", "um" };
	const char *kit = NULL;

	for (size_t i = 0; !kit && i < sizeof(roots) / sizeof(roots[0]); i++) {
		const char *root = roots[i][0] ? path_join(arena, directory, roots[i]) : directory;
		kit = path_exists(arena, root, KIT_HEADER) ? root : newest_below(arena, root, KIT_HEADER);
	}
	if (!kit)
		return false;
	*headers = (struct ddk_headers){ .kind = DDK_KIT };
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		push_folder(headers, path_join(arena, kit, parts[i]));
	push_framework(arena, headers, kit);
	return true;
}

const char *ddk_open(struct arena *arena, const char *directory, struct ddk_headers *headers)
{
	const char *path = path_absolute(arena, path_current(arena), directory);

	if (!path_is_directory(path))
		return arena_printf(arena, "the driver headers '%s' are no folder", directory);
	if (open_mingw(arena, path, headers) || open_kit(arena, path, headers))
		return NULL;
	return arena_printf(arena, "'%s' has no Windows driver headers: neither ddk/wdm.h nor km/wdm.h is in it",
			    directory);
}

const char *ddk_find_installed(struct arena *arena, const char *root, struct ddk_headers *headers)
{
	static const char *const places[] = { "/usr/share/mingw-w64/include", "/usr/x86_64-w64-mingw32/include",
					      "/usr/x86_64-w64-mingw32/sys-root/mingw/include" };

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (open_mingw(arena, arena_printf(arena, "%s%s", root, places[i]), headers))
			return NULL;
	return "no Windows driver headers are installed: install mingw-w64-common (Debian), or name a folder "
	       "with --ddk";
}
