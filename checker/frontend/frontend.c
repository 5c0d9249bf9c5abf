/* frontend_lower(): one command to one ir_unit.
 *
 * The file is parsed from memory: its text plus a trailer that makes the
 * constants the rule packs ask for visible. Headers that an earlier run has parsed
 * come from the cache; whatever does not fit then (an error, a name that only the
 * whole tree knows) is parsed plainly. When that parse has errors, they
 * are turned into repairs (repair.c) and the file is parsed again, a few times
 * at most and as long as errors get fewer; the best tree is lowered. */
#include "disguise.h"
#include "header_cache.h"
#include "logical_lines.h"
#include "lower.h"
#include "overlay.h"
#include "own_files.h"
#include "repair.h"
#include "units_int.h"

#include "base/unsaved.h"

#include <ctype.h>
#include <string.h>
#include <time.h>

#define REPAIR_ROUNDS 4
#define NOTE_LIMIT 20
#define ERROR_LIMIT 400 /* a parse with more teaches nothing new */
#define PRELUDE_PATH OWN_TEXT_FOLDER "stubs.h"
#define CONSTANT_PREFIX "so2check_constant_"

struct frontend {
	struct arena *arena;
	struct intern_pool *pool;
	const struct frontend_names *names;
	CXIndex index;	    /* NULL until something is parsed */
	CXIndex rest_index; /* of parses whose headers are known: trees without the headers' own declarations */
	struct header_cache *headers; /* NULL: none */
	const char *trailer;	      /* appended to every main file */
	const struct roots *roots;    /* NULL: everything may be read */
	struct keymap *sound;	      /* interned paths, of frontend_note_sound(); NULL: none */
};

/* ---- creation ----------------------------------------------------------------- */

/* A macro as a list of names would need a detailed preprocessing record, which
 * costs more than the parse; an enum constant shows up like any declaration.
 * Many constants are enumerators, which no #ifdef can ask for: what a unit lacks
 * is an error behind the end of the file, of which nobody is told. */
static const char *make_trailer(struct arena *arena, const struct frontend_names *names)
{
	size_t size = 2;

	for (int i = 0; i < names->constant_count; i++)
		size += 3 * strlen(names->constants[i]) + 128;
	char *trailer = arena_alloc(arena, size);
	char *out = trailer;
	*out++ = '\n'; /* the file may not end in a newline */
	for (int i = 0; i < names->constant_count; i++) {
		const char *name = names->constants[i];
		const char *text = arena_printf(arena, "enum { " CONSTANT_PREFIX "%s = (int)(%s) };\n", name, name);
		size_t length = strlen(text);
		memcpy(out, text, length);
		out += length;
	}
	*out = '\0';
	return trailer;
}

struct frontend *frontend_create(struct intern_pool *pool, const struct frontend_names *names)
{
	struct arena *arena = arena_create();
	struct frontend *frontend = ARENA_NEW(arena, struct frontend);

	frontend->arena = arena;
	frontend->pool = pool;
	frontend->names = names;
	frontend->trailer = make_trailer(arena, names);
	return frontend;
}

void frontend_use_cache(struct frontend *frontend, struct cache *cache)
{
	frontend->headers = cache ? header_cache_create(frontend->arena, cache) : NULL;
}

void frontend_share_headers(struct frontend *frontend, struct cache *shared)
{
	if (frontend->headers)
		header_cache_share(frontend->headers, shared);
}

void frontend_note_sound(struct frontend *frontend, const char *path)
{
	if (!frontend->sound)
		frontend->sound = keymap_create(frontend->arena);
	keymap_put(frontend->sound, KEYMAP_KEY(intern(frontend->pool, path)), frontend);
}

bool frontend_is_sound(const struct frontend *frontend, const char *path)
{
	return frontend->sound && keymap_get(frontend->sound, KEYMAP_KEY(intern(frontend->pool, path)));
}

void frontend_use_roots(struct frontend *frontend, const struct roots *roots)
{
	frontend->roots = roots;
	if (frontend->headers)
		header_cache_restrict(frontend->headers, roots);
}

void frontend_destroy(struct frontend *frontend)
{
	if (!frontend)
		return;
	header_cache_close(frontend->headers);
	if (frontend->index) {
		clang.disposeIndex(frontend->rest_index);
		clang.disposeIndex(frontend->index);
	}
	arena_destroy(frontend->arena);
}

static const char *copy_string(struct arena *arena, CXString string)
{
	const char *text = clang.getCString(string);
	const char *copy = arena_strdup(arena, text ? text : "");

	clang.disposeString(string);
	return copy;
}

const char *frontend_libclang_identity(struct arena *arena)
{
	return libclang_identity(arena);
}

/* Reports name the version, also those for which nothing is parsed. */
const char *frontend_libclang_version(struct arena *arena, struct cache *cache)
{
	const char *identity = cache ? libclang_identity(arena) : NULL, *name = NULL, *version;
	char key[CACHE_KEY_SIZE];
	size_t length;

	if (identity) {
		cache_key(identity, strlen(identity), key);
		name = arena_printf(arena, "%s.version", key);
		version = cache_read(cache, arena, name, &length);
		if (version)
			return version;
	}
	const char *problem = libclang_load();
	if (problem)
		return problem;
	version = copy_string(arena, clang.getClangVersion());
	if (name)
		cache_write(cache, arena, name, version, strlen(version));
	return version;
}

/* ---- one file in work -------------------------------------------------------------- */

/* A text that the parser is given in place of a file. */
struct file_text {
	const char *path;
	const char *text;
	size_t length;
};

struct attempt {
	CXTranslationUnit tu;
	struct parse_error *errors;
	int error_count; /* all of them; errors holds up to ERROR_LIMIT */
	int kept_count;
	int note_count, binding_count, old_call_count; /* of the repairs in use */
};

struct job {
	struct frontend *frontend;
	const struct compile_cmd *cmd;
	struct overlay overlay;
	struct arena *arena;	 /* scratch, until the unit is lowered */
	struct file_text *files; /* files[0] is the main file */
	int file_count, file_capacity;
	struct repairs repairs;
	CXTranslationUnit tu;		/* of what is asked for now */
	struct parse_error first_error; /* of a unit that is being typed in */
	struct ir_note *closed;		/* files that exist and may not be read */
	int closed_count, closed_capacity;
};

static double cpu_seconds(void)
{
	/* Of the process, not of the thread: libclang parses on a thread of its own. */
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* ---- errors of a parse ---------------------------------------------------------------- */

/* The driver's own files may be edited, the kernel's not. */
static const struct file_text *text_of_file(struct job *job, const char *path, bool is_system)
{
	struct source_text source;

	for (int i = 0; i < job->file_count; i++)
		if (strcmp(job->files[i].path, path) == 0)
			return &job->files[i];
	if (is_system || strcmp(path, PRELUDE_PATH) == 0 || source_read(job->arena, path, &source))
		return NULL;
	struct file_text file = { .path = path, .text = source.text, .length = source.length };
	ARENA_PUSH(job->arena, job->files, job->file_count, job->file_capacity, file);
	return &job->files[job->file_count - 1];
}

static const char *first_note(struct arena *arena, CXDiagnostic diagnostic)
{
	CXDiagnosticSet notes = clang.getChildDiagnostics(diagnostic); /* owned by the diagnostic */

	if (clang.getNumDiagnosticsInSet(notes) == 0)
		return NULL;
	CXDiagnostic note = clang.getDiagnosticInSet(notes, 0);
	const char *text = copy_string(arena, clang.getDiagnosticSpelling(note));
	clang.disposeDiagnostic(note);
	return text;
}

static unsigned line_count(const char *text, size_t length)
{
	unsigned lines = 1;

	for (size_t i = 0; i + 1 < length; i++)
		lines += text[i] == '\n';
	return lines;
}

/* The file ended in the middle of something: clang notices only in the trailer. */
static bool is_cut_short(const char *message)
{
	return strncmp(message, "expected '}'", strlen("expected '}'")) == 0 || strstr(message, "unterminated");
}

/* Outside of what the process may read: repaired like a header that is missing, but not the same. */
static void note_closed(struct job *job, const struct parse_error *error)
{
	static const char start[] = "cannot open file '";

	if (strncmp(error->message, start, strlen(start)) != 0)
		return;
	const char *name = error->message + strlen(start);
	for (int i = 0; i < job->closed_count; i++)
		if (job->closed[i].span.file == error->span.file && job->closed[i].span.line == error->span.line)
			return;
	struct ir_note note = { .span = error->span,
				.text = arena_printf(job->arena,
						     "'%.*s' may not be read: it lies outside of what is checked "
						     "(--trust DIR)",
						     (int)strcspn(name, "'"), name) };
	ARENA_PUSH(job->arena, job->closed, job->closed_count, job->closed_capacity, note);
}

/* false: an error of our own trailer, of no interest to anybody. */
static bool read_error(struct job *job, CXDiagnostic diagnostic, struct parse_error *error)
{
	CXSourceLocation location = clang.getDiagnosticLocation(diagnostic);
	unsigned line = 0, column = 0, offset = 0;
	CXFile file;

	clang.getExpansionLocation(location, &file, &line, &column, &offset);
	*error = (struct parse_error){ .message = copy_string(job->arena, clang.getDiagnosticSpelling(diagnostic)),
				       .note = first_note(job->arena, diagnostic),
				       .offset = offset };
	if (!file)
		return true;
	error->path = copy_string(job->arena, clang.getFileName(file));
	const struct file_text *text = text_of_file(job, error->path, clang.Location_isInSystemHeader(location) != 0);
	bool is_main = text == &job->files[0];
	if (is_main && offset >= text->length && !is_cut_short(error->message))
		return false;
	if (is_main && offset >= text->length) {
		line = line_count(text->text, text->length);
		column = 1;
	}
	error->span = (struct span){ .line = line, .column = column, .end_line = line, .end_column = column };
	error->span.file = is_main ? job->cmd->file : intern(job->frontend->pool, error->path);
	if (text) {
		error->text = text->text;
		error->length = text->length;
	}
	note_closed(job, error);
	return true;
}

static void read_errors(struct job *job, struct attempt *attempt)
{
	unsigned count = clang.getNumDiagnostics(attempt->tu);
	int capacity = 0;

	for (unsigned i = 0; i < count; i++) {
		CXDiagnostic diagnostic = clang.getDiagnostic(attempt->tu, i);
		struct parse_error error;
		if (clang.getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error &&
		    read_error(job, diagnostic, &error)) {
			attempt->error_count++;
			if (attempt->kept_count < ERROR_LIMIT)
				ARENA_PUSH(job->arena, attempt->errors, attempt->kept_count, capacity, error);
		}
		clang.disposeDiagnostic(diagnostic);
	}
}

/* ---- parsing -------------------------------------------------------------------------- */

static const char *with_trailer(struct job *job, const char *text, size_t length, size_t *full)
{
	const char *text_after = job->frontend->trailer;
	size_t trailer = strlen(text_after);
	char *joined = arena_alloc(job->arena, length + trailer + 1);

	memcpy(joined, text, length);
	memcpy(joined + length, text_after, trailer + 1);
	*full = length + trailer;
	return joined;
}

static bool is_in_work(const struct job *job, const char *path)
{
	for (int i = 0; i < job->file_count; i++)
		if (file_is_same(job->files[i].path, path))
			return true;
	return false;
}

static bool is_known_header(const struct known_headers *known, const char *path)
{
	for (int i = 0; known && i < known->header_count; i++)
		if (file_is_same(known->headers[i].path, path))
			return true;
	return false;
}

/* What an editor has not saved of other files. known: NULL, or those that are given in part. */
static int add_unsaved_files(const struct job *job, const struct known_headers *known, struct CXUnsavedFile *unsaved)
{
	size_t file_count;
	const struct unsaved_file *files = unsaved_files(&file_count);
	int count = 0;

	for (size_t i = 0; i < file_count; i++)
		if (!is_in_work(job, files[i].path) && !is_known_header(known, files[i].path))
			unsaved[count++] = (struct CXUnsavedFile){ files[i].path, files[i].text,
								   (unsigned long)files[i].length };
	return count;
}

/* Room for all that are in work, so many more, and those that an editor has not saved. */
static struct CXUnsavedFile *make_room(const struct job *job, int more)
{
	size_t file_count;

	unsaved_files(&file_count);
	return ARENA_ARRAY(job->arena, struct CXUnsavedFile, (size_t)job->file_count + file_count + (size_t)more);
}

/* The texts libclang sees in place of the files on disk: the main file always,
 * others when they have edits, the prelude when there are stubs. */
static int make_unsaved(struct job *job, const char *prelude, struct CXUnsavedFile *unsaved)
{
	int count = add_unsaved_files(job, NULL, unsaved);

	for (int i = 0; i < job->file_count; i++) {
		const struct file_text *file = &job->files[i];
		const char *text = repair_apply(job->arena, &job->repairs, file->path, file->text, file->length);
		size_t length = file->length;
		if (i == 0)
			text = with_trailer(job, text, length, &length);
		unsaved[count++] = (struct CXUnsavedFile){ file->path, text, (unsigned long)length };
	}
	if (prelude)
		unsaved[count++] = (struct CXUnsavedFile){ PRELUDE_PATH, prelude, (unsigned long)strlen(prelude) };
	return count;
}

/* false: there is no libclang. */
static bool open_indices(struct frontend *frontend)
{
	if (libclang_load())
		return false;
	if (!frontend->index) {
		frontend->index = clang.createIndex(0, 0);
		frontend->rest_index = clang.createIndex(1, 0);
	}
	return true;
}

static enum CXErrorCode run_parser(struct job *job, CXIndex *index, const struct word_list *args,
				   struct CXUnsavedFile *unsaved, int unsaved_count, struct attempt *attempt)
{
	if (!open_indices(job->frontend))
		return CXError_Failure;
	*attempt = (struct attempt){ .note_count = job->repairs.note_count,
				     .binding_count = job->repairs.binding_count,
				     .old_call_count = job->repairs.old_call_count };
	enum CXErrorCode code = clang.parseTranslationUnit2(*index, job->cmd->path, args->items, args->count, unsaved,
							    (unsigned)unsaved_count, CXTranslationUnit_KeepGoing,
							    &attempt->tu);
	if (code == CXError_Success)
		read_errors(job, attempt);
	return code;
}

static enum CXErrorCode parse(struct job *job, struct attempt *attempt)
{
	const struct compile_cmd *cmd = job->cmd;
	const char *prelude = repair_prelude(job->arena, &job->repairs);
	struct CXUnsavedFile *unsaved = make_room(job, 1);
	int unsaved_count = make_unsaved(job, prelude, unsaved);
	struct word_list args = { 0 };

	for (int i = 0; i < cmd->arg_count; i++)
		words_push(job->arena, &args, cmd->args[i]);
	if (prelude) {
		words_push(job->arena, &args, "-include");
		words_push(job->arena, &args, PRELUDE_PATH);
	}
	overlay_arguments(job->arena, &job->overlay, &args);
	return run_parser(job, &job->frontend->index, &args, unsaved, unsaved_count, attempt);
}

/* The same with headers from the cache. false: it has to be parsed as it is. */
static bool parse_rest(struct job *job, struct attempt *attempt, struct known_headers *known,
		       struct parsed_unit *parsed, struct parse_info *info)
{
	const struct file_text *file = &job->files[0];
	size_t length;

	if (!job->frontend->headers ||
	    !header_cache_find(job->frontend->headers, job->arena, job->cmd, file->text, file->length, known))
		return false;
	const char *text = with_trailer(job, known->text, file->length, &length);
	struct CXUnsavedFile *unsaved = make_room(job, 1 + known->header_count);
	int count = add_unsaved_files(job, known, unsaved);
	unsaved[count++] = (struct CXUnsavedFile){ file->path, text, (unsigned long)length };
	for (int i = 0; i < known->header_count; i++)
		unsaved[count++] = (struct CXUnsavedFile){ known->headers[i].path, known->headers[i].text,
							   (unsigned long)known->headers[i].length };
	overlay_arguments(job->arena, &job->overlay, &known->args);
	if (run_parser(job, &job->frontend->rest_index, &known->args, unsaved, count, attempt) != CXError_Success)
		return false;
	info->headers = known->was_made ? HEADERS_MADE : HEADERS_FOUND;
	*parsed = (struct parsed_unit){ .tu = attempt->tu,
					.shown_file = job->cmd->file,
					.block_path = HEADER_BLOCK_PATH,
					.block_text = known->block,
					.cmd = job->cmd,
					.roots = job->frontend->roots };
	if (attempt->error_count == 0)
		return true;
	clang.disposeTranslationUnit(attempt->tu);
	info->headers = HEADERS_PARSED;
	return false;
}

/* Parses again with what the errors taught, while that helps. */
static void improve(struct job *job, struct attempt *best)
{
	struct attempt last = *best;

	for (int round = 0; round < REPAIR_ROUNDS && last.error_count > 0; round++) {
		struct attempt next;
		if (!repair_learn(&job->repairs, last.errors, last.kept_count))
			break;
		if (parse(job, &next) != CXError_Success)
			break;
		bool is_better = next.error_count < best->error_count;
		if (last.tu != best->tu)
			clang.disposeTranslationUnit(last.tu);
		if (is_better) {
			clang.disposeTranslationUnit(best->tu);
			*best = next;
		}
		last = next;
		/* One round may trade an error for another on the way to a better
		 * one; many more mean that the stubs do harm. */
		if (next.error_count > 2 * best->error_count + 8)
			break;
	}
	if (last.tu != best->tu)
		clang.disposeTranslationUnit(last.tu);
}

/* ---- the unit's notes ------------------------------------------------------------------ */

static void add_note(struct ir_unit *unit, const struct span *span, const char *text)
{
	struct ir_note note = { .span = *span, .text = arena_strdup(unit->arena, text) };

	ARENA_PUSH(unit->arena, unit->notes, unit->note_count, unit->note_capacity, note);
}

static void add_repair_notes(struct ir_unit *unit, const struct repairs *repairs, const struct attempt *attempt)
{
	for (int i = 0; i < attempt->note_count; i++)
		if (repairs->notes[i].text)
			add_note(unit, &repairs->notes[i].span, repairs->notes[i].text);
}

static void add_error_notes(struct ir_unit *unit, const struct attempt *attempt)
{
	struct span nowhere = { .file = unit->file };
	int shown = attempt->kept_count < NOTE_LIMIT ? attempt->kept_count : NOTE_LIMIT;

	for (int i = 0; i < shown; i++)
		add_note(unit, attempt->errors[i].path ? &attempt->errors[i].span : &nowhere,
			 attempt->errors[i].message);
	if (attempt->error_count > shown)
		add_note(unit, &nowhere,
			 arena_printf(unit->arena, "%d more parse errors", attempt->error_count - shown));
}

/* Roles the user bound to fields that these headers lost: an old driver's
 * handler is still a handler. */
static void add_lost_bindings(struct ir_unit *unit, struct intern_pool *pool, const struct repairs *repairs,
			      const struct attempt *attempt)
{
	for (int i = 0; i < attempt->binding_count; i++) {
		const struct lost_binding *lost = &repairs->bindings[i];
		struct ir_function *function = ir_function_find(unit, intern(pool, lost->function));
		if (!function)
			continue;
		struct ir_binding binding = { .record = intern(pool, lost->record),
					      .field = intern(pool, lost->field),
					      .function = function,
					      .span = lost->span };
		function->address_taken = true;
		ARENA_PUSH(unit->arena, unit->bindings, unit->binding_count, unit->binding_capacity, binding);
	}
}

static void add_old_calls(struct ir_unit *unit, struct intern_pool *pool, const struct repairs *repairs,
			  const struct attempt *attempt)
{
	for (int i = 0; i < attempt->old_call_count; i++) {
		const struct old_call *old = &repairs->old_calls[i];
		struct ir_old_call call = { intern(pool, old->name), old->arg_count, old->span };

		ARENA_PUSH(unit->arena, unit->old_calls, unit->old_call_count, unit->old_call_capacity, call);
	}
}

/* ---- what the author's text hides -------------------------------------------------------- */

struct own_texts {
	const struct job *job;
	struct arena *arena;
	struct disguise_text *items;
	int count, capacity;
	struct word_list headers, others; /* paths: the driver's own, and those of systems */
};

static void add_own_text(struct own_texts *texts, const char *path, const char *text, size_t length)
{
	const struct job *job = texts->job;
	struct disguise_text item = { .file = intern(job->frontend->pool, own_file_shown(texts->arena, job->cmd, path)),
				      .text = text,
				      .length = length };

	ARENA_PUSH(texts->arena, texts->items, texts->count, texts->capacity, item);
}

static void add_own_header(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
	struct own_texts *texts = data;
	const struct job *job = texts->job;
	const char *name = copy_string(texts->arena, clang.getFileName(file));
	const char *path = path_absolute(texts->arena, job->cmd->directory, name);
	bool is_system = clang.Location_isInSystemHeader(clang.getLocationForOffset(job->tu, file, 0)) != 0;
	struct source_text source;

	(void)stack;
	if (depth == 0 || strcmp(path, job->cmd->path) == 0)
		return;
	if (!is_own_file(job->cmd, job->frontend->roots, name, path, is_system)) {
		words_push(texts->arena, &texts->others, path);
		return;
	}
	words_push(texts->arena, &texts->headers, path);
	if (source_slurp(texts->arena, path, &source))
		add_own_text(texts, path, source.text, source.length);
}

static void find_definitions(const struct job *job, struct word_list *definitions)
{
	for (int i = 0; i < job->cmd->arg_count; i++)
		if (text_starts_with(job->cmd->args[i], "-D") || text_starts_with(job->cmd->args[i], "-U"))
			words_push(job->arena, definitions, job->cmd->args[i] + 2);
}

static enum disguise_name find_known_name(const void *context, const char *name)
{
	const struct own_texts *texts = context;
	const struct frontend_names *names = texts->job->frontend->names;

	for (int i = 0; i < names->constant_count; i++)
		if (names->constants[i] == name)
			return NAME_CONSTANT;
	return names->is_known && names->is_known(names->context, name) ? NAME_FUNCTION : NAME_UNKNOWN;
}

/* SLAB of linux/slab.h stands in its guard, _LINUX_SLAB_H: so few files need be opened. */
static bool may_have_guard(struct arena *arena, const char *path, const char *name)
{
	char *stem = arena_strdup(arena, path_base(path));

	for (char *c = stem; *c; c++)
		*c = isalnum((unsigned char)*c) ? (char)toupper((unsigned char)*c) : '_';
	return strstr(name, stem) != NULL;
}

/* The first line asks for it: `#ifndef NAME`, and not a longer name. */
static bool asks_for(const char *line, const char *name)
{
	const char *at = strstr(line, name);
	char before, after;

	if (!at)
		return false;
	before = at > line ? at[-1] : ' ';
	after = at[strlen(name)];
	return !isalnum((unsigned char)before) && before != '_' && !isalnum((unsigned char)after) && after != '_';
}

static bool has_guard(struct arena *arena, const char *path, const char *name)
{
	struct logical_lines lines;
	struct logical_line line;
	struct source_text source;

	if (!may_have_guard(arena, path, name) || !source_slurp(arena, path, &source))
		return false;
	logical_lines_open(&lines, arena, source.text, source.length, 0);
	while (logical_lines_next(&lines, &line))
		if (*line.text)
			return asks_for(line.text, name);
	return false;
}

static bool is_system_guard(const void *context, const char *name)
{
	const struct own_texts *texts = context;

	for (int i = 0; i < texts->others.count; i++)
		if (has_guard(texts->arena, texts->others.items[i], name))
			return true;
	return false;
}

/* top: of the driver's own folders. */
static bool is_system_header(const struct own_texts *texts, const struct word_list *system, const char *top,
			     const char *name)
{
	for (int i = 0; i < system->count; i++)
		if (!path_is_below(system->items[i], top) && path_exists(texts->arena, system->items[i], name))
			return true;
	return false;
}

/* A header of the driver's that can be included under the name of a system header: any end of its path may be one. */
static bool takes_place(const struct own_texts *texts, const struct search_folders *folders, const char *path)
{
	const char *top = texts->job->cmd->own_folder;

	if (!top)
		top = path_parent(texts->arena, texts->job->cmd->path);
	for (const char *name = path + strlen(top); *name; name++)
		if (*name == '/' && is_system_header(texts, &folders->system, top, name + 1))
			return true;
	return false;
}

static void find_fake_headers(const struct own_texts *texts, struct disguise *found)
{
	struct search_folders folders;

	search_folders_find(texts->arena, texts->job->cmd, &folders);
	for (int i = 0; i < texts->headers.count; i++) {
		const char *shown = own_file_shown(texts->arena, texts->job->cmd, texts->headers.items[i]);
		struct disguise_remark remark = { .text = "this header takes the place of the system's of that name",
						  .is_gap = true };

		if (!takes_place(texts, &folders, texts->headers.items[i]))
			continue;
		remark.span.file = intern(texts->job->frontend->pool, shown);
		ARENA_PUSH(texts->arena, found->remarks, found->count, found->capacity, remark);
	}
}

/* The texts are those on disk: the parser was given them with blanks and edits. known: headers that were parsed before. */
static void find_disguise(struct job *job, const char *unit, CXTranslationUnit tu, const struct input_files *known,
			  struct disguise *found)
{
	struct own_texts texts = { .job = job, .arena = job->arena };
	struct word_list definitions = { 0 };

	job->tu = tu;
	add_own_text(&texts, job->cmd->path, job->files[0].text, job->files[0].length);
	clang.getInclusions(tu, add_own_header, &texts);
	for (int i = 0; known && i < known->read_count; i++)
		words_push(job->arena, &texts.others, known->read[i]);
	find_definitions(job, &definitions);
	const struct disguise_request request = { .arena = job->arena,
						  .pool = job->frontend->pool,
						  .texts = texts.items,
						  .text_count = texts.count,
						  .is_windows = job->cmd->target == TARGET_WINDOWS,
						  /* who writes a kernel's macro anew by hand means the same by it */
						  .find_name = job->cmd->own_folder ? find_known_name : NULL,
						  .is_guard = is_system_guard,
						  .context = &texts,
						  .definitions = definitions.items,
						  .definition_count = definitions.count,
						  .unit = { .file = unit } };
	disguise_find(&request, found);
	find_fake_headers(&texts, found);
}

/* An author who is believed is told, and no more. */
static void add_disguise_notes(const struct job *job, struct ir_unit *unit, const struct disguise *found)
{
	for (int i = 0; i < found->count; i++) {
		struct ir_note note = { .span = found->remarks[i].span,
					.text = arena_strdup(unit->arena, found->remarks[i].text),
					.is_gap = found->remarks[i].is_gap && job->cmd->own_folder };
		ARENA_PUSH(unit->arena, unit->notes, unit->note_count, unit->note_capacity, note);
	}
}

/* ---- failures ------------------------------------------------------------------------------ */

static int fail(const struct job *job, struct arena *arena, struct skipped_unit *failure, const struct span *span,
		const char *reason)
{
	*failure = (struct skipped_unit){ .file = job->cmd->file, .reason = arena_strdup(arena, reason) };
	if (span)
		failure->span = *span;
	else
		failure->span.file = job->cmd->file;
	return -1;
}

static const char *describe_code(enum CXErrorCode code)
{
	switch (code) {
	case CXError_Crashed:
		return "libclang crashed while parsing it";
	case CXError_InvalidArguments:
		return "libclang did not accept the arguments";
	case CXError_ASTReadError:
		return "libclang could not read a precompiled header";
	default:
		return "libclang could not parse it (are the compiler arguments right?)";
	}
}

static int fail_with_errors(const struct job *job, struct arena *arena, struct skipped_unit *failure,
			    const struct attempt *attempt)
{
	const struct parse_error *first = &attempt->errors[0];

	if (!first->path)
		return fail(job, arena, failure, NULL,
			    arena_printf(arena, "nothing could be parsed: %s", first->message));
	return fail(job, arena, failure, &first->span,
		    arena_printf(arena, "nothing could be parsed: %s:%u:%u: %s", first->span.file, first->span.line,
				 first->span.column, first->message));
}

static int fail_while_typing(const struct job *job, struct arena *arena, struct skipped_unit *failure)
{
	const struct parse_error *error = &job->first_error;

	return fail(job, arena, failure, error->path ? &error->span : NULL,
		    arena_printf(arena, "it does not compile: %s", error->message));
}

static bool has_body(const struct ir_unit *unit)
{
	for (int i = 0; i < unit->function_count; i++)
		if (unit->functions[i]->has_body)
			return true;
	return false;
}

/* ---- putting it together ---------------------------------------------------------------------- */

static size_t libclang_memory(CXTranslationUnit tu)
{
	CXTUResourceUsage usage = clang.getCXTUResourceUsage(tu);
	size_t total = 0;

	for (unsigned i = 0; i < usage.numEntries; i++)
		if (usage.entries[i].kind >= CXTUResourceUsage_MEMORY_IN_BYTES_BEGIN &&
		    usage.entries[i].kind <= CXTUResourceUsage_MEMORY_IN_BYTES_END)
			total += usage.entries[i].amount;
	clang.disposeCXTUResourceUsage(usage);
	return total;
}

static int lower(struct job *job, struct arena *arena, const struct attempt *best, struct ir_unit **unit,
		 struct skipped_unit *failure)
{
	const struct frontend *frontend = job->frontend;
	struct disguise found;

	find_disguise(job, job->cmd->file, best->tu, NULL, &found);
	const struct parsed_unit parsed = { .tu = best->tu,
					    .shown_file = job->cmd->file,
					    .cmd = job->cmd,
					    .roots = frontend->roots,
					    .redefined = found.redefined,
					    .redefined_count = found.redefined_count };

	/* A name that even this tree does not have is nowhere. */
	lower_unit(arena, frontend->pool, frontend->names, &parsed, unit);
	if (best->error_count > 0 && !has_body(*unit))
		return fail_with_errors(job, arena, failure, best);
	add_lost_bindings(*unit, frontend->pool, &job->repairs, best);
	add_old_calls(*unit, frontend->pool, &job->repairs, best);
	for (int i = 0; i < job->closed_count; i++)
		add_note(*unit, &job->closed[i].span, job->closed[i].text);
	add_repair_notes(*unit, &job->repairs, best);
	add_disguise_notes(job, *unit, &found);
	add_error_notes(*unit, best);
	return 0;
}

/* On the unit's arena; `more`: those of the headers that were not parsed now. NULL: nobody asks for them. */
static struct input_files *list_inputs(const struct job *job, struct arena *arena, CXTranslationUnit tu,
				       const struct search_folders *folders, const struct input_files *more)
{
	struct input_files *inputs = ARENA_NEW(arena, struct input_files);

	if (!job->frontend->headers)
		return NULL;
	for (int i = 0; i < more->read_count; i++)
		inputs_add_read(arena, inputs, more->read[i]);
	for (int i = 0; i < more->absent_count; i++)
		inputs_add_absent(arena, inputs, more->absent[i]);
	for (int i = 0; i < job->repairs.missing_count; i++)
		inputs_add_missing(arena, folders, &job->repairs.missing[i], inputs);
	inputs_collect(arena, tu, job->cmd, folders, inputs);
	return inputs;
}

/* Errors in what had none before: the user is in the middle of something. */
static bool is_being_typed(const struct job *job, const struct attempt *attempt)
{
	return attempt->error_count > 0 && frontend_is_sound(job->frontend, job->cmd->path);
}

/* The unit with headers from the cache; NULL: it takes a plain parse, unless the user is typing. */
static struct ir_unit *lower_rest(struct job *job, struct arena *arena, struct parse_info *info, bool *is_typing)
{
	double start = cpu_seconds(), middle;
	struct ir_unit *unit = NULL;
	struct known_headers known = { 0 };
	struct parsed_unit parsed;
	struct attempt rest = { 0 };
	struct disguise found;

	if (!parse_rest(job, &rest, &known, &parsed, info)) {
		*is_typing = is_being_typed(job, &rest);
		if (*is_typing)
			job->first_error = rest.errors[0];
		return NULL;
	}
	middle = cpu_seconds();
	info->parse_seconds = middle - start;
	info->memory = libclang_memory(rest.tu);
	info->inputs = list_inputs(job, arena, rest.tu, &known.folders, &known.inputs);
	find_disguise(job, job->cmd->file, rest.tu, &known.inputs, &found);
	parsed.redefined = found.redefined;
	parsed.redefined_count = found.redefined_count;
	if (lower_unit(arena, job->frontend->pool, job->frontend->names, &parsed, &unit) ||
	    !header_cache_is_unchanged(job->arena, &known)) {
		*info = (struct parse_info){ 0 };
		unit = NULL;
	} else {
		add_disguise_notes(job, unit, &found);
	}
	clang.disposeTranslationUnit(rest.tu);
	info->lower_seconds = cpu_seconds() - middle;
	return unit;
}

static int parse_and_lower(struct job *job, struct arena *arena, struct ir_unit **unit, struct parse_info *info,
			   struct skipped_unit *failure)
{
	double start = cpu_seconds();
	struct search_folders folders;
	struct attempt best;
	bool is_typing = false;

	*unit = lower_rest(job, arena, info, &is_typing);
	if (*unit)
		return 0;
	if (is_typing)
		return fail_while_typing(job, arena, failure);
	enum CXErrorCode code = parse(job, &best);
	if (code != CXError_Success)
		return fail(job, arena, failure, NULL, libclang_load() ? libclang_load() : describe_code(code));
	info->first_errors = best.error_count;
	if (is_being_typed(job, &best)) {
		job->first_error = best.errors[0];
		clang.disposeTranslationUnit(best.tu);
		return fail_while_typing(job, arena, failure);
	}
	improve(job, &best);
	info->errors = best.error_count;
	info->has_syntax_errors = best.error_count > 0;
	info->stubbed = best.note_count;
	double parsed = cpu_seconds();
	info->parse_seconds = parsed - start;
	info->memory = libclang_memory(best.tu);
	search_folders_find(job->arena, job->cmd, &folders);
	info->inputs = list_inputs(job, arena, best.tu, &folders, &(struct input_files){ 0 });
	int status = lower(job, arena, &best, unit, failure);
	clang.disposeTranslationUnit(best.tu);
	info->lower_seconds = cpu_seconds() - parsed;
	return status;
}

void frontend_load_ahead(void)
{
	libclang_load_ahead();
}

int frontend_lower(struct frontend *frontend, const struct compile_cmd *cmd, struct arena *arena, struct ir_unit **unit,
		   struct parse_info *info, struct skipped_unit *failure)
{
	struct arena *scratch = arena_create();
	struct job job = { .frontend = frontend, .cmd = cmd, .arena = scratch };
	struct source_text source;

	*info = (struct parse_info){ 0 };
	*unit = NULL;
	job.repairs.arena = scratch;
	const char *problem = source_read(scratch, cmd->path, &source);
	int status = -1;
	if (problem) {
		fail(&job, arena, failure, NULL, problem);
	} else {
		libclang_load_ahead();
		struct file_text main_file = { .path = cmd->path, .text = source.text, .length = source.length };
		ARENA_PUSH(scratch, job.files, job.file_count, job.file_capacity, main_file);
		overlay_open(scratch, &job.overlay, cmd);
		status = parse_and_lower(&job, arena, unit, info, failure);
		overlay_close(&job.overlay);
	}
	arena_destroy(scratch);
	return status;
}
