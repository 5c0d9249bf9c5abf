/* Private to the first half of the frontend: finding units and their flags.
 *
 *   source.c       reads a file, or says why it is not analysed
 *   words.c        argument lists and shell splitting
 *   paths.c        absolute, normalised paths
 *   target.c       Linux, Windows or user space, from the #include lines
 *   flags.c        which arguments of a foreign compiler matter to a parse
 *   compile_db.c   compile_commands.json
 *   kbuild.c       Kbuild / Makefile with obj-m
 *   kernel.c       finds kernel headers
 *   linux_flags.c  libclang arguments of a Linux unit
 *   units.c        units_find(): puts them together */
#ifndef SO2_FRONTEND_UNITS_INT_H
#define SO2_FRONTEND_UNITS_INT_H

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
bool path_is_below(const char *path, const char *directory);
const char *path_current(struct arena *arena);
bool path_exists(struct arena *arena, const char *directory, const char *name);
bool path_is_directory(const char *path);
/* Module or base name as Kbuild makes it: no suffix, `-` and `,` become `_`. */
const char *path_kbuild_name(struct arena *arena, const char *path);

/* ---- target.c ---------------------------------------------------------- */

enum source_kind { SOURCE_LINUX, SOURCE_WINDOWS, SOURCE_USER_SPACE };

/* What the #include lines among the first 200 lines speak for; quoted headers
 * that lie beside the file are followed one level deep. */
enum source_kind target_guess(struct arena *arena, const char *path, const char *text);

/* ---- flags.c ----------------------------------------------------------- */

struct filtered_flags {
	struct word_list args; /* paths absolute */
	const char *module;    /* from -DKBUILD_MODNAME, or NULL */
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
	const char *path;   /* absolute source path */
	const char *module; /* Kbuild name of the module */
	struct word_list flags;
};

struct kbuild {
	struct kbuild_unit *units;
	int unit_count, unit_capacity;
	struct word_list flags; /* of every source in the folder */
	bool has_modules;	/* the file has obj-m or obj-$(...) */
};

/* Reads Kbuild, else Makefile of the folder; false when there is none with modules. */
bool kbuild_read(struct arena *arena, const char *directory, struct kbuild *kbuild);
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
/* What every unit ends with: the user's extra arguments, error limits, clang's own headers. */
void linux_flags_finish(struct arena *arena, struct word_list *args, const struct unit_options *options);

#endif
