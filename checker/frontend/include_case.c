/* #include lines as Windows reads them: the case of names does not count, a
 * backslash is a slash, and a .tmh file is made by the build.
 *
 * The sources' own #include lines are followed, and for each name that is
 * spelt in another way than the file an alias is made: the parser is shown
 * the file under that name too. */
#include "units_int.h"

#include <ctype.h>
#include <dirent.h>
#include <string.h>
#include <strings.h>

/* Files of one unit whose #include lines are read. */
#define FILE_LIMIT 4000

struct include_line {
	const char *name; /* with slashes */
	bool is_quoted;
};

struct include_lines {
	struct include_line *lines;
	int count, capacity;
	struct word_list trace_functions;
};

struct include_cache {
	struct arena *arena;
	struct intern_pool *pool;
	struct keymap *folders;	   /* interned path -> struct word_list of names */
	struct keymap *files;	   /* interned path -> struct include_lines */
	const struct roots *roots; /* what may be read; NULL: everything */
};

struct include_cache *include_cache_create(struct arena *arena, struct intern_pool *pool)
{
	struct include_cache *cache = ARENA_NEW(arena, struct include_cache);

	*cache = (struct include_cache){
		.arena = arena, .pool = pool, .folders = keymap_create(arena), .files = keymap_create(arena)
	};
	return cache;
}

void include_cache_restrict(struct include_cache *cache, const struct roots *roots)
{
	cache->roots = roots;
}

bool include_slurp(const struct include_cache *cache, struct arena *arena, const char *path, struct source_text *source)
{
	*source = (struct source_text){ 0 };
	return roots_allow(cache->roots, path) && source_slurp(arena, path, source);
}

/* ---- names without case ------------------------------------------------------------- */

const struct word_list *include_folder_names(struct include_cache *cache, const char *path)
{
	uint64_t key = KEYMAP_KEY(intern(cache->pool, path));
	struct word_list *names = keymap_get(cache->folders, key);
	DIR *listing;

	if (names)
		return names;
	names = ARENA_NEW(cache->arena, struct word_list);
	keymap_put(cache->folders, key, names);
	listing = opendir(path);
	if (!listing)
		return names;
	for (const struct dirent *item; (item = readdir(listing));)
		words_push(cache->arena, names, arena_strdup(cache->arena, item->d_name));
	closedir(listing);
	return names;
}

/* The entry of the folder, exactly so or in another case; NULL: none. */
static const char *find_entry(struct include_cache *cache, const char *folder, const char *name)
{
	const struct word_list *names;
	const char *found = NULL;

	if (path_exists(cache->arena, folder, name)) /* also where the folder may not be listed */
		return name;
	names = include_folder_names(cache, folder);
	for (int i = 0; i < names->count; i++)
		if (strcasecmp(names->items[i], name) == 0)
			found = names->items[i];
	return found;
}

const char *include_resolve_any(struct include_cache *cache, const char *directory, const char *name)
{
	const char *path = name[0] == '/' ? "/" : directory;

	while (*name) {
		size_t length = strcspn(name, "/");
		const char *part = arena_strndup(cache->arena, name, length);
		name += length;
		name += strspn(name, "/");
		if (length == 0 || strcmp(part, ".") == 0)
			continue;
		if (strcmp(part, "..") == 0) {
			path = path_parent(cache->arena, path);
			continue;
		}
		part = find_entry(cache, path, part);
		if (!part)
			return NULL;
		path = path_join(cache->arena, path, part);
	}
	return path;
}

const char *include_resolve(struct include_cache *cache, const char *directory, const char *name)
{
	const char *path = include_resolve_any(cache, directory, name);

	return path && !path_is_directory(path) ? path : NULL;
}

/* ---- #include lines --------------------------------------------------------------------- */

const char *include_name(const char *line, size_t *length, bool *is_quoted)
{
	if (text_starts_with(line, "\xef\xbb\xbf")) /* what editors of Windows put first */
		line += 3;
	line += strspn(line, " \t");
	if (*line != '#')
		return NULL;
	line++;
	line += strspn(line, " \t");
	if (strncmp(line, "include", 7) != 0)
		return NULL;
	line += 7;
	line += strspn(line, " \t");
	if (*line != '"' && *line != '<')
		return NULL;
	*is_quoted = *line == '"';
	*length = strcspn(line + 1, "\">\n");
	return line + 1;
}

/* TraceEvents of `// FUNC TraceEvents(LEVEL, FLAGS, MSG, ...);`, a line between
 * `begin_wpp config` and `end_wpp`, else NULL. */
static const char *trace_function(struct arena *arena, const char *line, bool *is_config)
{
	size_t length = strcspn(line, "\n");

	if (memmem(line, length, "begin_wpp", strlen("begin_wpp")))
		*is_config = true;
	else if (memmem(line, length, "end_wpp", strlen("end_wpp")))
		*is_config = false;
	if (!*is_config)
		return NULL;
	line += strspn(line, " \t/*");
	if (!text_starts_with(line, "FUNC "))
		return NULL;
	line += strspn(line + 4, " \t") + 4;
	length = 0;
	while (isalnum((unsigned char)line[length]) || line[length] == '_')
		length++;
	return length ? arena_strndup(arena, line, length) : NULL;
}

static const struct include_lines *read_lines(struct include_cache *cache, const char *path)
{
	uint64_t key = KEYMAP_KEY(intern(cache->pool, path));
	struct include_lines *lines = keymap_get(cache->files, key);
	struct arena *scratch;
	struct source_text source;

	if (lines)
		return lines;
	lines = ARENA_NEW(cache->arena, struct include_lines);
	keymap_put(cache->files, key, lines);
	scratch = arena_create();
	include_slurp(cache, scratch, path, &source); /* else: no text, no lines */
	bool is_config = false;
	for (const char *text = source.text; text && *text; text += *text == '\n') {
		size_t length = 0;
		const char *function = trace_function(cache->arena, text, &is_config);
		if (function)
			words_push(cache->arena, &lines->trace_functions, function);
		struct include_line line = { 0 };
		const char *name = include_name(text, &length, &line.is_quoted);
		if (name) {
			line.name = path_with_slashes(cache->arena, arena_strndup(scratch, name, length));
			ARENA_PUSH(cache->arena, lines->lines, lines->count, lines->capacity, line);
		}
		text += strcspn(text, "\n");
	}
	arena_destroy(scratch);
	return lines;
}

/* ---- aliases of one unit ------------------------------------------------------------------- */

struct include_walk {
	struct include_cache *cache;
	const struct include_search *search;
	struct include_aliases *aliases;
	struct keymap *seen;	/* interned paths of files and aliases */
	struct word_list queue; /* files as spelt: the parser takes the folder from that */
};

static bool is_new(struct include_walk *walk, const char *path)
{
	uint64_t key = KEYMAP_KEY(intern(walk->cache->pool, path));

	if (keymap_get(walk->seen, key))
		return false;
	keymap_put(walk->seen, key, walk);
	return true;
}

static void add_alias(struct include_walk *walk, const char *name, const char *file)
{
	struct include_alias alias = { .name = name, .file = file };

	if (is_new(walk, name))
		ARENA_PUSH(walk->cache->arena, walk->aliases->items, walk->aliases->count, walk->aliases->capacity,
			   alias);
}

static void add_to_queue(struct include_walk *walk, const char *path)
{
	if (is_new(walk, arena_printf(walk->cache->arena, "file:%s", path)))
		words_push(walk->cache->arena, &walk->queue, path);
}

/* true: the name means a file of this folder. */
static bool follow_in(struct include_walk *walk, const char *folder, const char *name)
{
	const char *spelt = path_absolute(walk->cache->arena, folder, name);
	const char *real = path_is_directory(folder) ? folder : include_resolve_any(walk->cache, "/", folder);
	const char *file = real ? include_resolve(walk->cache, real, name) : NULL;

	if (!file)
		return false;
	if (strcmp(spelt, file) != 0)
		add_alias(walk, spelt, file);
	if (!walk->search->trusted_below || !path_is_below(file, walk->search->trusted_below)) {
		add_to_queue(walk, spelt);
		add_to_queue(walk, file);
	}
	return true;
}

static bool is_trace_header(const char *name)
{
	size_t length = strlen(name);

	return length > 4 && strcasecmp(name + length - 4, ".tmh") == 0;
}

static void follow(struct include_walk *walk, const char *file, const struct include_line *line)
{
	const struct include_search *search = walk->search;
	const char *main_folder = path_parent(walk->cache->arena, search->file);

	if (line->is_quoted && (follow_in(walk, path_parent(walk->cache->arena, file), line->name) ||
				follow_in(walk, main_folder, line->name)))
		return;
	for (int i = 0; i < search->folders.count; i++)
		if (follow_in(walk, search->folders.items[i], line->name))
			return;
	if (is_trace_header(line->name))
		add_alias(walk, path_absolute(walk->cache->arena, main_folder, line->name), NULL);
}

void include_find_aliases(struct include_cache *cache, const struct include_search *search,
			  struct include_aliases *aliases)
{
	struct include_walk walk = {
		.cache = cache, .search = search, .aliases = aliases, .seen = keymap_create(cache->arena)
	};

	words_push(cache->arena, &walk.queue, search->file);
	words_append(cache->arena, &walk.queue, &search->forced);
	for (int i = 0; i < walk.queue.count && i < FILE_LIMIT; i++) {
		const char *file = include_resolve(cache, "/", walk.queue.items[i]);
		const struct include_lines *lines;
		if (!file)
			continue;
		lines = read_lines(cache, file);
		words_append(cache->arena, &aliases->trace_functions, &lines->trace_functions);
		for (int j = 0; j < lines->count; j++)
			follow(&walk, walk.queue.items[i], &lines->lines[j]);
	}
}
