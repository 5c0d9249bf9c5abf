/* Finds, makes and checks precompiled header blocks: see header_cache.h. */
#include "header_cache.h"
#include "own_files.h"

#include "base/file.h"
#include "base/text.h"
#include "base/unsaved.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Of this file's doing: what is saved, and how its list is written. */
#define FORMAT "headers 3 " SO2_VERSION

struct header_cache {
	struct cache *cache;
	struct cache *shared;	   /* looked into first, never written to; NULL: none */
	const struct roots *roots; /* what may be read; NULL: everything */
	CXIndex index;		   /* NULL until something is parsed */
	const char *libclang;	   /* NULL: there is none */
	bool is_full;		   /* nothing could be saved: do not try again */
	char *proven;		   /* the file whose checksum was right last, its stamp and sum; NULL: none. malloc() */
};

struct header_cache *header_cache_create(struct arena *arena, struct cache *cache)
{
	struct header_cache *headers = ARENA_NEW(arena, struct header_cache);

	headers->cache = cache;
	headers->libclang = libclang_identity(arena);
	return headers;
}

void header_cache_share(struct header_cache *headers, struct cache *shared)
{
	headers->shared = shared;
}

void header_cache_restrict(struct header_cache *headers, const struct roots *roots)
{
	headers->roots = roots;
}

void header_cache_close(struct header_cache *headers)
{
	if (!headers)
		return;
	if (headers->index)
		clang.disposeIndex(headers->index);
	free(headers->proven);
}

/* ---- arguments ------------------------------------------------------------------------- */

struct block_args {
	struct word_list block; /* to parse the block with */
	struct word_list unit;	/* to parse the rest with */
	struct search_folders folders;
	struct search_folders searched; /* by the block: without those of `left_out` */
	struct word_list left_out;	/* own folders, of which it only matters that they have none of its headers */
};

/* They differ from file to file; headers use them in the bodies of macros only. A
 * macro that the precompiled header does not know may be defined later. */
static bool names_the_file(const char *arg)
{
	static const char *const names[] = { "-DKBUILD_BASENAME=", "-DKBUILD_MODNAME=", "-DKBUILD_MODFILE=",
					     "-D__KBUILD_MODNAME=" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (text_starts_with(arg, names[i]))
			return true;
	return false;
}

/* Decides what headers are read, in a way that is not understood here. */
static bool is_unknown(const char *arg)
{
	static const char *const prefixes[] = {
		"-imacros", "-include-", "-isystem", "-idirafter", "-x", "-fmodule", "@"
	};

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (text_starts_with(arg, prefixes[i]))
			return strcmp(arg, "-isystem") != 0 && strcmp(arg, "-idirafter") != 0 &&
			       strcmp(arg, "-xc") != 0;
	return false;
}

/* `-I`, or with the folder in one word; the folder, or NULL. */
static const char *own_folder(const struct compile_cmd *cmd, int index)
{
	const char *arg = cmd->args[index];

	if (!text_starts_with(arg, "-I"))
		return NULL;
	return arg[2] ? arg + 2 : index + 1 < cmd->arg_count ? cmd->args[index + 1] : NULL;
}

/* Where the block's headers are looked for: without the driver's own folders, which are left out. */
static void find_searched(struct arena *arena, const char *top, struct block_args *args)
{
	for (int i = 0; i < args->folders.own.count; i++) {
		const char *folder = args->folders.own.items[i];
		bool is_left_out = top && path_is_below(folder, top);
		words_push(arena, is_left_out ? &args->left_out : &args->searched.own, folder);
	}
	args->searched.system = args->folders.system;
	words_append(arena, &args->searched.all, &args->searched.own);
	words_append(arena, &args->searched.all, &args->searched.system);
}

/* top: own folders there are left out; NULL: none is. false: with arguments that are not understood. */
static bool split_args(struct arena *arena, const struct compile_cmd *cmd, const char *top, struct block_args *args)
{
	search_folders_find(arena, cmd, &args->folders);
	find_searched(arena, top, args);
	words_push(arena, &args->block, "-xc-header");
	for (int i = 0; i < cmd->arg_count; i++) {
		const char *arg = cmd->args[i], *value = i + 1 < cmd->arg_count ? cmd->args[i + 1] : NULL;
		const char *folder = own_folder(cmd, i);
		bool is_include = strcmp(arg, "-include") == 0,
		     is_left_out = folder && top && path_is_below(folder, top);
		bool is_pair = is_include || folder == value;
		if (is_unknown(arg))
			return false;
		for (int k = i; k <= i + (is_pair && value); k++) {
			if (!is_include)
				words_push(arena, &args->unit, cmd->args[k]);
			if (!is_left_out && !names_the_file(arg) && strcmp(arg, "-xc") != 0)
				words_push(arena, &args->block, cmd->args[k]);
		}
		i += is_pair && value;
	}
	return true;
}

/* ---- which block --------------------------------------------------------------------------- */

struct block_context {
	struct arena *arena;
	const struct word_list *own;
	const char *folder; /* of the main file */
	const struct roots *roots;
};

/* The driver's own header, though included as the system's are? */
static bool is_own_header(void *context, const char *name)
{
	const struct block_context *block = context;

	for (int i = 0; i < block->own->count; i++)
		if ((path_is_below(block->own->items[i], block->folder)) &&
		    path_exists(block->arena, block->own->items[i], name))
			return true;
	return false;
}

/* The header beside the file that includes it, which is where the parser looks first. */
static bool open_own_header(void *context, const char *includer, const char *name, struct block_header *header)
{
	const struct block_context *block = context;
	const char *folder = includer ? path_parent(block->arena, includer) : block->folder;
	struct source_text source;

	header->path = *name == '/' ? name : path_join(block->arena, folder, name);
	const struct unsaved_file *unsaved = unsaved_file_find(header->path);
	if (unsaved) {
		header->text = unsaved->text;
		header->length = unsaved->length;
		return true;
	}
	/* the process need not be shut in */
	if (!path_exists(block->arena, folder, name) || !roots_allow(block->roots, header->path) ||
	    source_read(block->arena, header->path, &source))
		return false;
	header->text = source.text;
	header->length = source.length;
	return true;
}

static void make_key(struct arena *arena, const struct header_cache *headers, const struct compile_cmd *cmd,
		     const struct block_args *args, const struct header_block *block, char key[CACHE_KEY_SIZE])
{
	struct text text = text_create(arena);

	text_printf(&text, "%s\n%s\n", FORMAT, headers->libclang);
	for (int i = 0; i < args->block.count; i++)
		text_printf(&text, "%zu %s\n", strlen(args->block.items[i]), args->block.items[i]);
	for (int i = 0; i < cmd->alias_count; i++)
		text_printf(&text, "alias %s %s\n", cmd->aliases[i].name,
			    cmd->aliases[i].file ? cmd->aliases[i].file : "");
	text_add(&text, block->text);
	cache_strong_key(text_get(&text), text.length, key);
}

enum own_folders { OWN_LEFT_OUT, OWN_KEPT };

/* What is asked for: all that decides about a block, and whose sources it is for. */
struct header_request {
	struct block_args args;
	struct header_block block;
	const struct compile_cmd *cmd;
	char key[CACHE_KEY_SIZE];
};

/* ---- the list of headers ------------------------------------------------------------------- */

/* Was it read as a file of the driver's? See is_user_file() of the lowering. */
static bool is_drivers_own(const struct header_cache *headers, const struct compile_cmd *cmd,
			   const struct word_list *system, const char *path)
{
	bool is_system = false;

	for (int i = 0; i < system->count; i++)
		is_system |= path_is_below(path, system->items[i]);
	return is_own_file(cmd, headers->roots, path, path, is_system);
}

enum lookup {
	LOOKUP_NOTHING,
	LOOKUP_OWN, /* it is there, but an own folder that was left out has a header of a name that it asks for */
	LOOKUP_USELESS,
	LOOKUP_FOUND
};

/* Was it read as it is now, and may this unit have it? */
static bool is_current(const struct header_cache *headers, struct arena *arena, const struct header_request *request,
		       char *stamp_and_path, struct input_files *inputs)
{
	char *path = strchr(stamp_and_path, '\t');
	const char *now;

	if (!path)
		return false;
	*path++ = '\0';
	if (is_drivers_own(headers, request->cmd, &request->args.folders.system, path) ||
	    !(roots_allow_name(headers->roots, path) || roots_allow(headers->roots, path)))
		return false;
	now = file_stamp(arena, path, NULL);
	inputs_add_read(arena, inputs, path);
	return now && strcmp(now, stamp_and_path) == 0;
}

/* Has none of the folders that were left out such a header? */
static bool is_not_own(struct arena *arena, const struct header_request *request, const char *name,
		       struct input_files *inputs)
{
	const struct word_list *left_out = &request->args.left_out;

	for (int i = 0; i < left_out->count; i++)
		if (!inputs_add_place(arena, inputs, left_out->items[i], name))
			return false;
	return true;
}

/* Each line is `f STAMP\tPATH` of a file that was read, `a PATH` of one that must not be there, or `n NAME` by which one
 * may have been asked for. */
static enum lookup check_list(const struct header_cache *headers, struct arena *arena,
			      const struct header_request *request, char *lines, struct input_files *inputs)
{
	for (char *line = lines, *end; *line; line = end + 1) {
		end = strchr(line, '\n');
		if (!end)
			return LOOKUP_NOTHING;
		*end = '\0';
		if (line[0] == 'f' && !is_current(headers, arena, request, line + 2, inputs))
			return LOOKUP_NOTHING;
		if (line[0] == 'n' && !is_not_own(arena, request, line + 2, inputs))
			return LOOKUP_OWN;
		if (line[0] == 'a' && access(line + 2, F_OK) == 0)
			return LOOKUP_NOTHING;
		if (line[0] == 'a')
			inputs_add_absent(arena, inputs, line + 2);
	}
	inputs_remove_repeats(inputs);
	return LOOKUP_FOUND;
}

/* NULL: a header has no stamp to go by, or is too fresh. */
static const char *list_headers(struct arena *arena, const struct header_request *request, CXTranslationUnit tu,
				time_t start)
{
	const struct search_folders *searched = &request->args.searched;
	struct input_files inputs = { 0 };
	struct word_list names = { 0 };
	struct text lines = text_create(arena);
	time_t newest = 0, changed = 0;

	inputs_collect(arena, tu, request->cmd, searched, &inputs);
	inputs_names(arena, &inputs, searched, &names);
	for (int i = 0; i < inputs.read_count; i++) {
		const char *path = inputs.read[i], *text = file_stamp(arena, path, &changed);
		if (!text || strpbrk(path, "\n\t"))
			return NULL;
		newest = changed > newest ? changed : newest;
		text_printf(&lines, "f %s\t%s\n", text, path);
	}
	for (int i = 0; i < inputs.absent_count; i++) {
		if (strchr(inputs.absent[i], '\n'))
			return NULL;
		text_printf(&lines, "a %s\n", inputs.absent[i]);
	}
	for (int i = 0; i < names.count; i++)
		text_printf(&lines, "n %s\n", names.items[i]);
	return newest + FILE_SETTLED_SECONDS > start ? NULL : text_get(&lines);
}

/* ---- making one -------------------------------------------------------------------------------- */

static bool has_errors(CXTranslationUnit tu)
{
	bool found = false;

	for (unsigned i = 0; i < clang.getNumDiagnostics(tu) && !found; i++) {
		CXDiagnostic diagnostic = clang.getDiagnostic(tu, i);
		found = clang.getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error;
		clang.disposeDiagnostic(diagnostic);
	}
	return found;
}

static _Noreturn void save_and_exit(CXTranslationUnit tu, const char *path)
{
	const struct rlimit none = { 0, 0 };
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setrlimit(RLIMIT_CORE, &none);
	if (nowhere >= 0)
		dup2(nowhere, STDERR_FILENO);
	_exit(clang.saveTranslationUnit(tu, path, clang.defaultSaveOptions(tu)) != CXSaveError_None);
}

/* libclang ends the process when the disk is full. That costs a child of this one, and no unit. */
static bool save_in_child(CXTranslationUnit tu, const char *path)
{
	pid_t child = fork();
	int status = -1;

	if (child == 0)
		save_and_exit(tu, path);
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return child > 0 && status == 0;
}

/* Saves the tree; "" when that fails, else the first line of its list. */
static const char *save(struct header_cache *headers, struct arena *arena, CXTranslationUnit tu, const char *key)
{
	const char *temporary = cache_temporary(headers->cache, arena);
	char sum[CACHE_KEY_SIZE];
	uint64_t size;

	if (!save_in_child(tu, temporary) || !cache_sum_file(temporary, sum, &size)) {
		unlink(temporary);
		return "";
	}
	if (!cache_adopt(headers->cache, arena, temporary, arena_printf(arena, "%s.pch", key)))
		return "";
	return arena_printf(arena, "pch %llu %s\n", (unsigned long long)size, sum);
}

/* A block that cannot be parsed alone is remembered as such, for as long as its headers stay. */
static bool make(struct header_cache *headers, struct arena *arena, const struct header_request *request)
{
	const struct header_block *block = &request->block;
	const struct block_args *args = &request->args;
	struct CXUnsavedFile file = { HEADER_BLOCK_PATH, block->text, (unsigned long)strlen(block->text) };
	const unsigned options = CXTranslationUnit_SkipFunctionBodies | CXTranslationUnit_ForSerialization |
				 CXTranslationUnit_Incomplete;
	time_t start = time(NULL);
	CXTranslationUnit tu;
	bool is_made = false;

	if (headers->is_full || libclang_load())
		return false;
	if (!headers->index)
		headers->index = clang.createIndex(0, 0);
	if (clang.parseTranslationUnit2(headers->index, HEADER_BLOCK_PATH, args->block.items, args->block.count, &file,
					1, options, &tu) != CXError_Success)
		return false;
	const char *list = list_headers(arena, request, tu, start);
	if (list) {
		bool is_broken = has_errors(tu);
		const char *first = is_broken ? "none\n" : save(headers, arena, tu, request->key);
		const char *text = arena_printf(arena, "%s%s", first, list);
		is_made = *first && cache_write(headers->cache, arena, arena_printf(arena, "%s.list", request->key),
						text, strlen(text));
		headers->is_full = !is_made;
		is_made &= !is_broken;
	}
	clang.disposeTranslationUnit(tu);
	return is_made;
}

/* ---- while it is in use ------------------------------------------------------------------------ */

/* Others touch its access time, so that the time of its last change says nothing. NULL: it is gone. */
static const char *use_stamp(struct arena *arena, const char *path)
{
	struct stat status;

	if (stat(path, &status))
		return NULL;
	return arena_printf(arena, "%llx.%llx.%lx.%llx", (unsigned long long)status.st_size,
			    (unsigned long long)status.st_mtim.tv_sec, (unsigned long)status.st_mtim.tv_nsec,
			    (unsigned long long)status.st_ino);
}

bool header_cache_is_unchanged(struct arena *scratch, const struct known_headers *known)
{
	const char *now = use_stamp(scratch, known->saved);

	return now && strcmp(now, known->stamp) == 0;
}

/* ---- finding one ---------------------------------------------------------------------------------- */

/* Has it the size and the sum that its list begins with? In an editor's worker the same file is asked about again and
 * again; read once, it is known by its stamp. */
static bool is_sound(struct header_cache *headers, struct arena *arena, const struct known_headers *known,
		     const char *first_line)
{
	const char *proof = arena_printf(arena, "%s %s %s", known->saved, known->stamp, first_line);
	char sum[CACHE_KEY_SIZE];
	uint64_t size;

	if (headers->proven && strcmp(headers->proven, proof) == 0)
		return true;
	if (!cache_sum_file(known->saved, sum, &size) ||
	    strcmp(first_line, arena_printf(arena, "pch %llu %s", (unsigned long long)size, sum)) != 0)
		return false;
	free(headers->proven);
	headers->proven = strdup(proof);
	return true;
}

/* Is it there, for the headers as they are now? *first is the first line of its list. */
static enum lookup look_at_list(struct header_cache *headers, struct cache *cache, struct arena *arena,
				const struct header_request *request, const char **first, struct input_files *inputs)
{
	const char *name = arena_printf(arena, "%s.list", request->key);
	size_t length;
	char *list = cache_read(cache, arena, name, &length), *rest = list ? strchr(list, '\n') : NULL;

	*inputs = (struct input_files){ 0 };
	if (!rest)
		return LOOKUP_NOTHING;
	*rest++ = '\0';
	enum lookup found = check_list(headers, arena, request, rest, inputs);
	if (found != LOOKUP_FOUND)
		return found;
	cache_touch(cache, arena, name);
	*first = list;
	return strcmp(list, "none") == 0 ? LOOKUP_USELESS : LOOKUP_FOUND;
}

static enum lookup look_up_in(struct header_cache *headers, struct cache *cache, struct arena *arena,
			      const struct header_request *request, struct known_headers *known)
{
	const char *name = arena_printf(arena, "%s.pch", request->key), *first;
	enum lookup found = look_at_list(headers, cache, arena, request, &first, &known->inputs);

	if (found != LOOKUP_FOUND)
		return found;
	known->saved = cache_path(cache, arena, name);
	known->stamp = use_stamp(arena, known->saved);
	if (!known->stamp || !is_sound(headers, arena, known, first))
		return LOOKUP_NOTHING;
	cache_touch(cache, arena, name);
	return LOOKUP_FOUND;
}

static enum lookup look_up(struct header_cache *headers, struct arena *arena, const struct header_request *request,
			   struct known_headers *known)
{
	enum lookup found = headers->shared ? look_up_in(headers, headers->shared, arena, request, known) :
					      LOOKUP_NOTHING;

	return found != LOOKUP_NOTHING ? found : look_up_in(headers, headers->cache, arena, request, known);
}

/* Of the unit whose text this is, without its own folders or with them. false: it has no block, or arguments that are not
 * understood. */
static bool make_request(struct header_cache *headers, struct arena *scratch, const struct compile_cmd *cmd,
			 const char *text, size_t length, enum own_folders own, struct header_request *request)
{
	const char *top = own == OWN_LEFT_OUT ? path_parent(scratch, cmd->path) : NULL;
	struct block_context context = { scratch, &request->args.folders.own, path_parent(scratch, cmd->path),
					 headers->roots };
	const struct header_block_hooks hooks = { is_own_header, open_own_header, &context };

	*request = (struct header_request){ .cmd = cmd };
	if (!headers->libclang || !split_args(scratch, cmd, top, &request->args) ||
	    !header_block_find(scratch, text, length, &hooks, &request->block))
		return false;
	make_key(scratch, headers, cmd, &request->args, &request->block, request->key);
	return true;
}

static enum lookup find_or_make(struct header_cache *headers, struct arena *arena, const struct header_request *request,
				struct known_headers *known)
{
	enum lookup found = look_up(headers, arena, request, known);

	known->was_made = found == LOOKUP_NOTHING;
	return known->was_made && make(headers, arena, request) ? look_up(headers, arena, request, known) : found;
}

bool header_cache_find(struct header_cache *headers, struct arena *scratch, const struct compile_cmd *cmd,
		       const char *text, size_t length, struct known_headers *known)
{
	struct header_request request;

	if (!make_request(headers, scratch, cmd, text, length, OWN_LEFT_OUT, &request))
		return false;
	enum lookup found = find_or_make(headers, scratch, &request, known);
	if (found == LOOKUP_OWN && make_request(headers, scratch, cmd, text, length, OWN_KEPT, &request))
		found = find_or_make(headers, scratch, &request, known);
	if (found != LOOKUP_FOUND)
		return false;
	const struct header_block *block = &request.block;
	known->folders = request.args.folders;
	known->args = request.args.unit;
	words_push(scratch, &known->args, "-include-pch");
	words_push(scratch, &known->args, known->saved);
	known->block = block->text;
	known->text = header_block_blank(scratch, text, length, 0, block->end);
	known->header_count = block->header_count;
	for (int i = 0; i < block->header_count; i++) {
		const struct block_header *header = &block->headers[i];
		known->headers[i] = (struct known_header){ header->path,
							   header_block_blank(scratch, header->text, header->length,
									      header->from, header->end),
							   header->length };
	}
	return true;
}

/* ---- for a cache that others share ------------------------------------------------------------------ */

struct header_request *header_request_find(struct header_cache *headers, struct arena *arena,
					   const struct compile_cmd *cmd, const struct roots *roots)
{
	struct header_request *request = ARENA_NEW(arena, struct header_request);
	struct source_text source;

	header_cache_restrict(headers, roots);
	if (source_read(arena, cmd->path, &source) ||
	    !make_request(headers, arena, cmd, source.text, source.length, OWN_LEFT_OUT, request))
		return NULL;
	return request;
}

const char *header_request_key(const struct header_request *request)
{
	return request->key;
}

bool header_request_is_met(struct header_cache *headers, struct arena *scratch, const struct header_request *request)
{
	struct input_files inputs;
	struct stat status;
	const char *first, *saved;
	enum lookup found = look_at_list(headers, headers->cache, scratch, request, &first, &inputs);

	if (found != LOOKUP_FOUND)
		return found != LOOKUP_NOTHING;
	saved = cache_path(headers->cache, scratch, arena_printf(scratch, "%s.pch", request->key));
	/* who uses it verifies its checksum, too */
	return stat(saved, &status) == 0 &&
	       text_starts_with(first, arena_printf(scratch, "pch %llu ", (unsigned long long)status.st_size));
}

bool header_request_meet(struct header_cache *headers, struct arena *scratch, const struct header_request *request)
{
	make(headers, scratch, request); /* one that is of no use is met, too */
	return !headers->is_full;
}
