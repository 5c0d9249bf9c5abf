/* From sources to IR: the only stage that knows libclang.
 *
 * Two halves. units_find() turns the paths of the command line into compile
 * commands (compile database, Kbuild files, bare files and folders) and says
 * which of them are one driver;
 * frontend_lower() parses one command and lowers it to an ir_unit.
 * Both keep going: what cannot be read becomes a `skipped` entry with a
 * reason and never costs the others. */
#ifndef SO2_FRONTEND_FRONTEND_H
#define SO2_FRONTEND_FRONTEND_H

#include "base/arena.h"
#include "base/intern.h"
#include "base/log.h"
#include "base/roots.h"
#include "cache/memo.h"
#include "ir/ir.h"

#include <stdbool.h>

enum frontend_target { TARGET_AUTO, TARGET_LINUX, TARGET_WINDOWS };

/* Where a unit's flags came from; shown by --stats. */
enum unit_origin {
	UNIT_FROM_DATABASE,	 /* its own entry in compile_commands.json */
	UNIT_FROM_DATABASE_NEAR, /* the entry of a like-named file or of the nearest folder */
	UNIT_FROM_KBUILD,	 /* listed by obj-m in a Kbuild or Makefile */
	UNIT_FROM_PROJECT,	 /* listed by a Visual Studio project */
	UNIT_FROM_BARE_FILE,
};

/* A name under which sources include a file that is spelt in another way. */
struct include_alias {
	const char *name; /* absolute */
	const char *file; /* absolute; NULL: what the trace preprocessor would write */
};

struct compile_cmd {
	const char *file;      /* as shown to the user: as given, or relative to the current folder */
	const char *path;      /* absolute, for opening */
	const char *directory; /* the compiler's working folder */
	const char **args;     /* complete libclang arguments, without the file itself */
	int arg_count;
	enum frontend_target target; /* LINUX or WINDOWS */
	enum unit_origin origin;
	const char *module; /* module the unit belongs to (KBUILD_MODNAME), interned; may be NULL */
	int group;	    /* number of the driver: units with the same one are linked */
	bool is_alone;	    /* the build makes a module of this file and no other */
	const struct include_alias *aliases;
	int alias_count;
	const char *trace_text; /* of the aliases without a file; NULL when there are none */
	/* Of a driver whose author is not believed: the folder that was named, absolute and as shown. All in it that is not
	 * a system's by our own knowledge is the driver's, whatever its text or build say. NULL: the source's folder is. */
	const char *own_folder, *own_shown;
};

/* A file that is not analysed, and why: always reported, exit status 3. */
struct skipped_unit {
	const char *file;
	struct span span; /* the place of the reason, when it has one */
	const char *reason;
};

struct unit_list {
	struct compile_cmd *cmds; /* the units of a driver next to each other, in the order of their paths */
	int cmd_count, cmd_capacity;
	int group_count; /* drivers */
	struct skipped_unit *skipped;
	int skipped_count, skipped_capacity;
};

struct unit_options {
	const char *database; /* -p DIR|FILE, or NULL */
	const char *kernel;   /* --kernel DIR (headers or tree), or NULL: newest installed */
	const char *ddk;      /* --ddk DIR, or NULL: installed mingw-w64 headers */
	enum frontend_target target;
	const char **extra_args; /* after `--` */
	int extra_arg_count;
	const char *resource_dir; /* clang's own headers; NULL: the one found at configure time */
	/* By path: a name for the driver that its units are. NULL: a build file
	 * decides, else each unit is one. No array: a build file decides, else
	 * what lies together and has one entry is one driver. */
	const char *const *drivers;
	/* One more unit, as a build compiles it: the compiler, its arguments, the source as the last of them. It is
	 * run in the current folder. NULL: none. */
	const char *const *command;
	int command_count;
	/* What may be read; NULL: everything. Headers that are found are added, and what `--` or `command` names. A
	 * source, or an include folder of a build, that lies elsewhere is left out, and that is said. */
	struct roots *roots;
	bool believes_build; /* include folders of the database may lie anywhere */
	bool is_strict;	     /* the author is not believed: compile_cmd.own_folder is set */
};

/* Fills list (all on the arena). Usage errors (a -p that cannot be read) are
 * logged and give -1; an unreadable PATH is a skipped entry, not an error. */
int units_find(struct arena *arena, struct intern_pool *pool, struct log *log, const struct unit_options *options,
	       const char *const *paths, int path_count, struct unit_list *list);

/* The first source that the Kbuild file (or Makefile) of a folder makes a module of and that is not there; NULL: none. */
const char *kbuild_missing_source(struct arena *arena, const char *folder);

/* Names the rule packs want to see whole. All interned in the run's pool. */
struct frontend_names {
	const char *const *macros; /* function-like macros kept as one CALL event */
	int macro_count;
	const char *const *constants; /* named constants whose values ir_unit.constants shall give */
	int constant_count;
	/* Is it any name that they speak of? The name is interned. NULL: none is. */
	bool (*is_known)(const void *context, const char *name);
	const void *context;
};

struct frontend;

/* One frontend serves many units; it holds an index and caches, no results. */
struct frontend *frontend_create(struct intern_pool *pool, const struct frontend_names *names);
/* Headers are looked up and kept there from now on (docs/architecture.md); borrowed, or NULL. */
void frontend_use_cache(struct frontend *frontend, struct cache *cache);
/* Then: header blocks are looked for there first, and never written; borrowed, or NULL. */
void frontend_share_headers(struct frontend *frontend, struct cache *shared);
/* For an editor: this unit (its absolute path) had no errors. When it gets some it is being typed in, and is not repaired,
 * which takes many times as long as the parse, but fails with the first of them. */
void frontend_note_sound(struct frontend *frontend, const char *path);
bool frontend_is_sound(const struct frontend *frontend, const char *path);
/* Then: only those of them that may be read; borrowed. */
void frontend_use_roots(struct frontend *frontend, const struct roots *roots);
void frontend_destroy(struct frontend *frontend);
/* Header blocks for a cache that may be believed whoever wrote the units: what is under a key must come of nothing but what the
 * key is made of. So a block is made by a process that knows its directives and arguments, and reads system headers only. */
struct header_cache;
struct header_request;
/* On the arena; cache is borrowed. To be closed. */
struct header_cache *header_cache_create(struct arena *arena, struct cache *cache);
void header_cache_close(struct header_cache *headers);
/* The block that a unit begins with, and from now on all is read below the roots; on the arena, cmd and roots borrowed.
 * NULL: it has none. */
struct header_request *header_request_find(struct header_cache *headers, struct arena *arena,
					   const struct compile_cmd *cmd, const struct roots *roots);
const char *header_request_key(const struct header_request *request); /* CACHE_KEY_SIZE */
/* Is it in the cache, for the headers as they are now? */
bool header_request_is_met(struct header_cache *headers, struct arena *scratch, const struct header_request *request);
/* Makes it: files KEY.pch and KEY.list, of a block that cannot be parsed alone the latter only. false: they could not be
 * written. */
bool header_request_meet(struct header_cache *headers, struct arena *scratch, const struct header_request *request);

/* Something will be parsed: loads libclang beside what the caller does next. Costs what loading costs if nothing is. */
void frontend_load_ahead(void);

/* Where the declarations of the system headers came from. */
enum headers_origin {
	HEADERS_PARSED, /* with the file */
	HEADERS_MADE,	/* parsed for the cache */
	HEADERS_FOUND,	/* in the cache */
};

/* What the parse found out, for --stats and reports. */
struct parse_info {
	int first_errors; /* errors of the first parse */
	int errors;	  /* errors left after stubs were generated */
	int stubbed;	  /* repairs made for them: stub declarations, parts left out */
	/* Errors remain: the file was analysed only as far as it could be
	 * understood; the unit's notes name them. */
	bool has_syntax_errors;
	enum headers_origin headers;
	double parse_seconds, lower_seconds; /* CPU */
	size_t memory;			     /* bytes libclang held, when known */
	/* With a cache: what the unit depends on besides the command. On the unit's arena. */
	const struct input_files *inputs;
};

/* Parses and lowers; the unit (on the arena) keeps no libclang data.
 * Returns 0 and *unit; or -1 with *failure describing why nothing could be
 * analysed (unreadable, not text, fatal parse error without any function).
 * Remaining parse errors are notes of the unit, functions they touch are
 * is_incomplete. */
int frontend_lower(struct frontend *frontend, const struct compile_cmd *cmd, struct arena *arena, struct ir_unit **unit,
		   struct parse_info *info, struct skipped_unit *failure);

/* Which libclang is in use: equal only for the same one, unchanged. Cheap. NULL: there is none. */
const char *frontend_libclang_identity(struct arena *arena);
/* "clang version 19.1.7 ...", for people; or why there is none. Without a cache (NULL) libclang has to be loaded. */
const char *frontend_libclang_version(struct arena *arena, struct cache *cache);

#endif
