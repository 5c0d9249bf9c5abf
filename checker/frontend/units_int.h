/* Private to the first half of the frontend: finding units and their flags.
 *
 *   source.c        reads a file, or says why it is not analysed
 *   words.c         argument lists and shell splitting
 *   paths.c         absolute, normalised paths
 *   target.c        Linux, Windows or user space, from the #include lines
 *   flags.c         which arguments of a foreign compiler matter to a parse
 *   compile_db.c    compile_commands.json
 *   makefile.c      Makefiles as text: variables, conditions, rules (makefile.h)
 *   makefile_expand.c  references and functions of make
 *   kbuild.c        modules and flags of Kbuild / Makefile with obj-m
 *   kernel.c        finds kernel headers
 *   linux_flags.c   libclang arguments of a Linux unit
 *   ddk.c           finds Windows driver headers
 *   include_case.c  #include lines as Windows reads them
 *   vcxproj.c       Visual Studio projects
 *   windows_flags.c libclang arguments of a Windows unit
 *   windows_units.c puts the Windows part together
 *   entry.c         which sources have the entry of a driver
 *   modules.c       which units are one driver
 *   units.c         units_find(): puts them together */
#ifndef SO2_FRONTEND_UNITS_INT_H
#define SO2_FRONTEND_UNITS_INT_H

#include "base/path.h"
#include "base/strmap.h"
#include "frontend/frontend.h"

#include <stddef.h>

/* ---- source.c ---------------------------------------------------------- */

struct source_text {
	char *text; /* NUL-terminated */
	size_t length;
};

/* NULL when the file can be analysed, else the reason why not. */
const char *source_read(struct arena *arena, const char *path, struct source_text *source);
/* Any file as text (no check of what is in it); false with errno set. */
bool source_slurp(struct arena *arena, const char *path, struct source_text *source);

/* ---- words.c ----------------------------------------------------------- */

struct word_list {
	const char **items;
	int count, capacity;
};

void words_push(struct arena *arena, struct word_list *words, const char *word);
/* An option and its value, as two words. */
void words_push_pair(struct arena *arena, struct word_list *words, const char *option, const char *value);
void words_append(struct arena *arena, struct word_list *words, const struct word_list *more);
/* As a POSIX shell splits a command without expansions; false: a quote is not closed. */
bool words_split_shell(struct arena *arena, struct word_list *words, const char *command);
/* On blanks only, as make does. */
void words_split_blank(struct arena *arena, struct word_list *words, const char *text);

bool text_starts_with(const char *text, const char *prefix);
bool text_ends_with(const char *text, const char *suffix);

/* ---- paths.c ----------------------------------------------------------- */

/* Absolute and without `.`, `..`, `//`; symbolic links are left as they are. */
const char *path_absolute(struct arena *arena, const char *directory, const char *path);
const char *path_join(struct arena *arena, const char *directory, const char *name);
const char *path_parent(struct arena *arena, const char *path);
const char *path_base(const char *path); /* borrowed: the part after the last slash */
const char *path_current(struct arena *arena);
/* A Windows path: backslashes become slashes. */
const char *path_with_slashes(struct arena *arena, const char *path);
bool path_exists(struct arena *arena, const char *directory, const char *name);
bool path_is_directory(const char *path);
/* Module or base name as Kbuild makes it: no suffix, `-` and `,` become `_`. */
const char *path_kbuild_name(struct arena *arena, const char *path);

/* ---- target.c ---------------------------------------------------------- */

enum source_kind { SOURCE_LINUX, SOURCE_WINDOWS, SOURCE_USER_SPACE };

struct include_cache;

/* What the #include lines among the first 200 lines speak for; when they do not
 * say, quoted headers near the file are followed two levels deep. */
enum source_kind target_guess(struct include_cache *cache, const char *path, const char *text);

/* ---- flags.c ----------------------------------------------------------- */

struct filtered_flags {
	struct word_list args;	 /* paths absolute */
	const char *module;	 /* from -DKBUILD_MODNAME, or NULL */
	const char *module_file; /* from -DKBUILD_MODFILE: the same with its folder, or NULL */
	bool is_loadable;	 /* -DMODULE: not linked into the kernel */
};

/* Keeps what affects parsing and drops the rest: output, warnings, code
 * generation, GCC-only options, and the source file itself. With own_name
 * (Kbuild name of another file than the command was made for) the KBUILD_*
 * names are replaced. argv[0] is the compiler. */
void flags_filter(struct arena *arena, struct filtered_flags *flags, const struct word_list *argv,
		  const char *directory, const char *own_name);

/* ---- compile_db.c ------------------------------------------------------ */

struct compile_db_entry {
	const char *path;      /* absolute, normalised */
	const char *directory; /* absolute */
	const char *command;   /* to be split, or NULL: */
	struct word_list argv;
	int index; /* place in the file: the first of several entries wins */
};

struct compile_db {
	struct compile_db_entry *entries; /* sorted by path */
	int count, capacity;
	struct compile_db_entry **by_name; /* sorted by base name, then path */
};

/* 0, or -1 with the error logged. path: file, or folder with compile_commands.json. */
int compile_db_read(struct arena *arena, struct log *log, const char *path, struct compile_db *db);
const struct compile_db_entry *compile_db_find(const struct compile_db *db, const char *path);
/* The entry whose flags suit a file that has none: same name, else nearest folder. */
const struct compile_db_entry *compile_db_nearest(const struct compile_db *db, const char *path);
/* First entry at or below the folder; its followers are adjacent. count entries. */
const struct compile_db_entry *compile_db_below(const struct compile_db *db, const char *directory, int *count);
/* false: the command cannot be split */
bool compile_db_arguments(struct arena *arena, const struct compile_db_entry *entry, struct word_list *argv);

/* ---- kbuild.c ---------------------------------------------------------- */

struct kbuild_unit {
	const char *path;	 /* absolute source path */
	const char *module;	 /* Kbuild name of the module */
	const char *module_file; /* the same below the folder of the Kbuild file */
	struct word_list flags;
	unsigned line; /* of its list */
	/* Those of a build that sets nothing, where conditions make them others. */
	bool has_plain_flags;
	struct word_list plain_flags;
};

/* What only make can tell. */
struct kbuild_gap {
	unsigned line;
	bool is_structural; /* it counts even in a file that seems to have no modules */
	const char *text;
};

struct kbuild {
	struct kbuild_unit *units;
	int unit_count, unit_capacity;
	struct word_list flags; /* of every source in the folder */
	bool has_modules;	/* the file has obj-m or obj-$(...) */
	bool has_plain_flags;
	struct word_list plain_flags;
	const char *file; /* that was read; NULL: none */
	struct kbuild_gap *gaps;
	int gap_count, gap_capacity;
	bool is_told; /* the gaps are */
};

/* Reads Kbuild, else Makefile of the folder, and what these include from where the roots allow it; false when there is
 * none with modules: then only gaps may be there. */
bool kbuild_read(struct arena *arena, const struct roots *roots, const char *directory, struct kbuild *kbuild);
void kbuild_parse(struct arena *arena, const char *directory, const char *text, struct kbuild *kbuild);
const struct kbuild_unit *kbuild_find(const struct kbuild *kbuild, const char *path);

/* ---- kernel.c ---------------------------------------------------------- */

struct kernel_headers {
	const char *build;  /* generated headers (include/generated/autoconf.h) */
	const char *source; /* include/linux/kconfig.h; often the same folder */
	const char *arch;   /* as in arch/<name> */
	bool is_64bit;
	unsigned version; /* to compare with KERNEL_VERSION(); 0 unknown */
};

#define KERNEL_VERSION(major, minor) (((unsigned)(major) << 16) + ((unsigned)(minor) << 8))

/* NULL when found, else the reason (names the folder and what is missing). */
const char *kernel_open(struct arena *arena, const char *directory, struct kernel_headers *headers);
/* The newest installed below root ("" is the real one): /usr/src/linux-headers-*
 * and /lib/modules/X/build. */
const char *kernel_find_installed(struct arena *arena, const char *root, struct kernel_headers *headers);
/* As `sort -V`: runs of digits compare as numbers. */
int kernel_compare_versions(const char *left, const char *right);

/* ---- linux_flags.c ----------------------------------------------------- */

struct linux_unit {
	const char *path;
	const char *module;	       /* Kbuild name, or NULL: made from path */
	const struct word_list *flags; /* the module's own -I, -D, or NULL */
};

/* Where the force-included headers of this project are, or NULL. */
const char *frontend_headers_dir(struct arena *arena);
void linux_flags_kernel(struct arena *arena, struct word_list *args, const struct kernel_headers *headers,
			const struct linux_unit *unit, const char *headers_dir);
/* From the filtered arguments of a compile database: adds our headers. */
void linux_flags_database(struct arena *arena, struct word_list *args, const struct word_list *filtered,
			  const char *headers_dir);

/* ---- ddk.c --------------------------------------------------------------- */

enum { DDK_FOLDER_LIMIT = 8 };

enum ddk_kind {
	DDK_MINGW, /* mingw-w64's layout, which Wine shares: completed by our wrappers */
	DDK_KIT,   /* Microsoft's own headers */
};

struct ddk_headers {
	enum ddk_kind kind;
	const char *folders[DDK_FOLDER_LIMIT]; /* in the order of the search */
	int folder_count;
};

/* NULL when found, else the reason. */
const char *ddk_open(struct arena *arena, const char *directory, struct ddk_headers *headers);
/* Those of mingw-w64 below root ("" is the real one). */
const char *ddk_find_installed(struct arena *arena, const char *root, struct ddk_headers *headers);

/* ---- include_case.c -------------------------------------------------------- */

/* Folders and #include lines that were read, for all units of a run. */
struct include_cache;

struct include_cache *include_cache_create(struct arena *arena, struct intern_pool *pool);
/* From now on it reads only what roots_allow(), borrowed. */
void include_cache_restrict(struct include_cache *cache, const struct roots *roots);
/* source_slurp() of what it may read. */
bool include_slurp(const struct include_cache *cache, struct arena *arena, const char *path,
		   struct source_text *source);
/* The file that a name with slashes means below the folder when case does not
 * count; NULL: none. */
const char *include_resolve(struct include_cache *cache, const char *directory, const char *name);
/* Likewise, of a file or a folder. */
const char *include_resolve_any(struct include_cache *cache, const char *directory, const char *name);
const struct word_list *include_folder_names(struct include_cache *cache, const char *path);
/* The name in `#include "name"` or `#include <name>` at the line's start, else NULL. */
const char *include_name(const char *line, size_t *length, bool *is_quoted);

struct include_search {
	const char *file;	   /* main file */
	struct word_list forced;   /* files included before it */
	struct word_list folders;  /* searched for all names */
	const char *trusted_below; /* headers there spell names as they are; NULL: none do */
};

struct include_aliases {
	struct include_alias *items; /* .tmh files that do not exist have no file */
	int count, capacity;
	struct word_list trace_functions; /* that the sources configure */
};

void include_find_aliases(struct include_cache *cache, const struct include_search *search,
			  struct include_aliases *aliases);

/* ---- vcxproj.c ----------------------------------------------------------------- */

struct vcx_source {
	const char *path; /* absolute; need not exist */
	struct word_list flags;
};

/* Something of a project, or of a sheet it imports, that could not be understood. */
struct vcx_note {
	const char *file;
	unsigned line;
	const char *text;
};

struct vcx_project {
	const char *path, *name;
	struct vcx_source *sources; /* C sources */
	int source_count, source_capacity;
	struct word_list flags;		  /* of all sources */
	struct word_list trace_functions; /* macros that the trace preprocessor defines */
	bool is_driver;
	struct vcx_note *notes; /* on what was left out */
	int note_count, note_capacity;
};

bool vcxproj_is_name(const char *path);
/* NULL, or the reason why it cannot be read, and the line (0: none). */
const char *vcxproj_read(struct arena *arena, struct intern_pool *pool, struct include_cache *cache, const char *path,
			 struct vcx_project *project, unsigned *line);
const struct vcx_source *vcxproj_find(const struct vcx_project *project, const char *path);

/* ---- windows_flags.c -------------------------------------------------------- */

struct windows_unit {
	const char *path;
	struct word_list flags; /* the project's own */
};

/* Our headers of Windows units, or NULL. */
const char *windows_headers_dir(struct arena *arena, const char *headers_dir);
void windows_flags(struct arena *arena, struct word_list *args, const struct ddk_headers *ddk,
		   const struct windows_unit *unit, const char *headers_dir);
/* Definitions that a parse cannot serve and does not need: NAME or NAME=value. */
bool windows_is_left_out(const char *definition);
/* A compiler for Windows by its name. */
bool windows_is_compiler(const char *command);
/* What affects parsing in a command of cl, clang-cl or a mingw-w64 compiler. */
void windows_flags_filter(struct arena *arena, struct word_list *flags, const struct word_list *argv,
			  const char *directory);

/* ---- windows_units.c ------------------------------------------------------------- */

struct windows_project {
	struct vcx_project vcx;
	const char *problem; /* NULL: it could be read */
	unsigned line;
};

/* What is found out once for all Windows units. */
struct windows_finder;

struct windows_finder *windows_finder_create(struct arena *arena, struct intern_pool *pool,
					     struct include_cache *includes, const struct unit_options *options,
					     const char *headers_dir);
const struct windows_project *windows_project_at(struct windows_finder *finder, const char *path);
/* The project near the source that lists it, or NULL. */
const struct windows_project *windows_project_of(struct windows_finder *finder, const char *path);
/* Is there a readable project in the folder? */
bool windows_has_project(struct windows_finder *finder, const char *folder);
/* Projects met so far of which something was left out: see their notes. */
int windows_noted_projects(const struct windows_finder *finder, struct windows_project *const **projects);
/* Projects met so far that cannot be read. */
int windows_broken_projects(const struct windows_finder *finder, struct windows_project *const **projects);
/* Fills args and what they say in cmd, whose path is set; the reason why not, or NULL. */
const char *windows_arguments(struct windows_finder *finder, const struct compile_db_entry *entry,
			      struct compile_cmd *cmd, struct word_list *args);

/* ---- entry.c ------------------------------------------------------------------ */

bool source_has_entry(const char *text);

/* ---- modules.c ---------------------------------------------------------------- */

/* What is known of the driver a unit belongs to. */
struct unit_place {
	const char *key; /* equal for the units that a build makes one driver of; NULL: no build says */
	bool is_alone;	 /* without a key: not to be joined with its neighbours */
	bool has_entry;	 /* asked for only without a key */
};

/* Sets the groups and sorts the units by them. places are by unit. */
void modules_group(struct arena *arena, struct intern_pool *pool, const struct word_list *folders,
		   const struct unit_place *places, struct unit_list *list);

/* ---- every unit (flags.c) ------------------------------------------------------ */

/* What every unit ends with: the user's extra arguments, error limits, clang's own headers. */
void flags_finish(struct arena *arena, struct word_list *args, const struct unit_options *options);

#endif
