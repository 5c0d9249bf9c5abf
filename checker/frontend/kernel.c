/* Finds kernel headers, whatever way they lie on the disk: an installed
 * headers package (Debian's is split into a -common and a per-flavour folder),
 * /lib/modules/X/build, a configured source tree, or a build folder made with
 * O= beside its source. */
#include "units_int.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#define GENERATED_CONFIG "include/generated/autoconf.h"
#define SOURCE_MARK "include/linux/kconfig.h"

/* ---- versions ------------------------------------------------------------------ */

static int compare_numbers(const char **left, const char **right)
{
	while (**left == '0')
		++*left;
	while (**right == '0')
		++*right;
	size_t left_digits = strspn(*left, "0123456789"), right_digits = strspn(*right, "0123456789");
	int order = left_digits != right_digits ? (left_digits > right_digits ? 1 : -1) :
						  strncmp(*left, *right, left_digits);
	*left += left_digits;
	*right += right_digits;
	return order;
}

int kernel_compare_versions(const char *left, const char *right)
{
	while (*left && *right) {
		if (isdigit((unsigned char)*left) && isdigit((unsigned char)*right)) {
			int order = compare_numbers(&left, &right);
			if (order)
				return order;
		} else if (*left != *right) {
			return (unsigned char)*left - (unsigned char)*right;
		} else {
			left++;
			right++;
		}
	}
	return (unsigned char)*left - (unsigned char)*right;
}

/* ---- source folder of a build folder --------------------------------------------- */

/* The folder in a generated Makefile's `include DIR/Makefile`, or NULL. */
static const char *source_from_makefile(struct arena *arena, const char *build)
{
	struct source_text makefile;

	if (!source_slurp(arena, path_join(arena, build, "Makefile"), &makefile))
		return NULL;
	/* A real top Makefile includes many files; only the generated stubs are short. */
	if (makefile.length > 1024)
		return NULL;
	for (const char *line = makefile.text; *line; line += strcspn(line, "\n"), line += *line == '\n') {
		if (!text_starts_with(line, "include "))
			continue;
		const char *value = line + strlen("include ");
		value += strspn(value, " \t");
		const char *file = arena_strndup(arena, value, strcspn(value, " \t\n"));
		if (strcmp(path_base(file), "Makefile") == 0)
			return path_absolute(arena, build, path_parent(arena, file));
	}
	return NULL;
}

/* Debian: linux-headers-6.1.0-56-amd64 -> linux-headers-6.1.0-56-common. */
static const char *source_from_name(struct arena *arena, const char *build)
{
	const char *dash = strrchr(path_base(build), '-');

	if (!dash)
		return NULL;
	return arena_printf(arena, "%.*s-common", (int)(dash - build), build);
}

static const char *find_source(struct arena *arena, const char *build)
{
	const char *const candidates[] = {
		path_join(arena, build, "source"),
		source_from_makefile(arena, build),
		build,
		source_from_name(arena, build),
	};

	for (size_t i = 0; i < sizeof(candidates) / sizeof(candidates[0]); i++)
		if (candidates[i] && path_exists(arena, candidates[i], SOURCE_MARK))
			return candidates[i];
	return NULL;
}

/* The other way round: a -common folder was given. */
static const char *find_flavour(struct arena *arena, const char *common)
{
	const char *base = path_base(common), *parent = path_parent(arena, common), *found = NULL;

	if (!text_ends_with(base, "-common"))
		return NULL;
	const char *stem = arena_strndup(arena, base, strlen(base) - strlen("common"));
	DIR *directory = opendir(parent);
	if (!directory)
		return NULL;
	for (const struct dirent *item; (item = readdir(directory));) {
		const char *path = path_join(arena, parent, item->d_name);
		if (!text_starts_with(item->d_name, stem) || !path_exists(arena, path, GENERATED_CONFIG))
			continue;
		if (!found || strcmp(path, found) < 0)
			found = path;
	}
	closedir(directory);
	return found;
}

/* ---- architecture -------------------------------------------------------------------- */

static const char *find_arch(struct arena *arena, const char *build)
{
	const char *found = NULL, *arch = path_join(arena, build, "arch");

	if (path_exists(arena, arch, "x86/include/generated"))
		return "x86";
	DIR *directory = opendir(arch);
	if (!directory)
		return NULL;
	for (const struct dirent *item; (item = readdir(directory));) {
		if (item->d_name[0] == '.' || (found && strcmp(item->d_name, found) > 0))
			continue;
		if (path_exists(arena, arch, arena_printf(arena, "%s/include/generated", item->d_name)))
			found = arena_strdup(arena, item->d_name);
	}
	closedir(directory);
	return found;
}

static bool is_64bit_config(struct arena *arena, const char *build)
{
	struct source_text config;

	/* Unreadable: 64 bits is the better guess today. */
	return !source_slurp(arena, path_join(arena, build, GENERATED_CONFIG), &config) ||
	       strstr(config.text, "#define CONFIG_64BIT 1") != NULL;
}

static unsigned read_version(struct arena *arena, const char *build)
{
	static const char mark[] = "#define LINUX_VERSION_CODE ";
	struct source_text header;

	if (!source_slurp(arena, path_join(arena, build, "include/generated/uapi/linux/version.h"), &header))
		return 0;
	const char *found = strstr(header.text, mark);
	return found ? (unsigned)strtoul(found + strlen(mark), NULL, 0) : 0;
}

const char *kernel_open(struct arena *arena, const char *directory, struct kernel_headers *headers)
{
	const char *build = path_absolute(arena, path_current(arena), directory);

	if (!path_is_directory(build))
		return arena_printf(arena, "'%s' is not a folder", directory);
	/* /lib/modules/X, too */
	if (!path_exists(arena, build, "include") && path_exists(arena, build, "build/" GENERATED_CONFIG))
		build = path_join(arena, build, "build");
	if (!path_exists(arena, build, GENERATED_CONFIG)) {
		const char *flavour = find_flavour(arena, build);
		if (!flavour && path_exists(arena, build, SOURCE_MARK))
			return arena_printf(arena,
					    "'%s' is a kernel source that is not configured; run "
					    "`make defconfig modules_prepare` in it",
					    directory);
		if (!flavour)
			return arena_printf(arena, "'%s' has no kernel headers: %s is missing", directory,
					    GENERATED_CONFIG);
		build = flavour;
	}
	headers->build = build;
	headers->source = find_source(arena, build);
	if (!headers->source)
		return arena_printf(arena, "'%s' does not say where its source is: no %s", directory, SOURCE_MARK);
	headers->arch = find_arch(arena, build);
	if (!headers->arch)
		return arena_printf(arena,
				    "'%s' is not prepared: no arch/*/include/generated; run "
				    "`make modules_prepare`",
				    directory);
	headers->is_64bit = is_64bit_config(arena, build);
	headers->version = read_version(arena, build);
	return NULL;
}

/* ---- installed headers ------------------------------------------------------------------ */

struct candidate {
	const char *version; /* what to compare */
	const char *path;
};

static void consider(struct arena *arena, struct candidate *best, const char *version, const char *path)
{
	struct kernel_headers headers;

	if (best->path && kernel_compare_versions(version, best->version) <= 0)
		return;
	if (kernel_open(arena, path, &headers))
		return;
	best->version = arena_strdup(arena, version);
	best->path = path;
}

static void consider_folder(struct arena *arena, struct candidate *best, const char *folder, const char *prefix,
			    const char *below)
{
	DIR *directory = opendir(folder);

	if (!directory)
		return;
	for (const struct dirent *item; (item = readdir(directory));) {
		if (item->d_name[0] == '.' || !text_starts_with(item->d_name, prefix))
			continue;
		if (text_ends_with(item->d_name, "-common"))
			continue;
		const char *path = path_join(arena, folder, item->d_name);
		if (below[0])
			path = path_join(arena, path, below);
		consider(arena, best, item->d_name + strlen(prefix), path);
	}
	closedir(directory);
}

const char *kernel_find_installed(struct arena *arena, const char *root, struct kernel_headers *headers)
{
	struct candidate best = { 0 };

	consider_folder(arena, &best, arena_printf(arena, "%s/usr/src", root), "linux-headers-", "");
	consider_folder(arena, &best, arena_printf(arena, "%s/lib/modules", root), "", "build");
	if (!best.path)
		return "no kernel headers are installed: run `apt-get install linux-headers-amd64` or give --kernel DIR";
	return kernel_open(arena, best.path, headers);
}
