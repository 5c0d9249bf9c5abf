/* Source lines, read once per file. A file that cannot be read simply has no
 * lines: what could not be analysed is said elsewhere. */
#include "base/file.h"
#include "base/strmap.h"
#include "report_int.h"

#include <string.h>
#include <xxhash.h>

/* Larger files are generated data; showing lines of them is not worth the memory. */
#define SOURCE_MAX_BYTES ((size_t)64 << 20)

struct source_file {
	const char *name;
	const char **lines;
	size_t line_count, line_capacity;
	struct source_file *next; /* another file of the same hash */
};

/* A line that was given, of a file that is not here. */
struct given_line {
	const char *file, *text;
	unsigned number;
	struct given_line *next; /* another line of the same hash */
};

struct source_cache {
	struct arena *arena;
	struct keymap *files;	   /* hash of the name -> struct source_file */
	const struct roots *roots; /* whose lines may be shown; NULL: all */
	struct keymap *given;	   /* hash of name and number -> struct given_line; NULL: files are read */
};

struct source_cache *source_cache_create(struct arena *arena)
{
	struct source_cache *cache = ARENA_NEW(arena, struct source_cache);

	cache->arena = arena;
	cache->files = keymap_create(arena);
	return cache;
}

struct source_cache *source_cache_create_given(struct arena *arena)
{
	struct source_cache *cache = source_cache_create(arena);

	cache->given = keymap_create(arena);
	return cache;
}

void source_cache_restrict(struct source_cache *cache, const struct roots *roots)
{
	cache->roots = roots;
}

bool source_cache_is_given(const struct source_cache *cache)
{
	return cache->given;
}

static uint64_t hash_line(const char *file, unsigned line)
{
	return XXH64(file, strlen(file), line);
}

static const char *find_given(const struct source_cache *cache, const char *file, unsigned line)
{
	const struct given_line *given = keymap_get(cache->given, hash_line(file, line));

	while (given && (given->number != line || strcmp(given->file, file) != 0))
		given = given->next;
	return given ? given->text : NULL;
}

void source_cache_add_line(struct source_cache *cache, const char *file, unsigned line, const char *text)
{
	uint64_t key = hash_line(file, line);

	if (find_given(cache, file, line))
		return;
	struct given_line *given = ARENA_NEW(cache->arena, struct given_line);
	*given = (struct given_line){ .file = arena_strdup(cache->arena, file),
				      .text = arena_strdup(cache->arena, text),
				      .number = line,
				      .next = keymap_get(cache->given, key) };
	keymap_put(cache->given, key, given);
}

/* Ends the line in place and gives where the next one starts. */
static char *end_line(char *line, char *end)
{
	char *newline = memchr(line, '\n', (size_t)(end - line));
	char *stop = newline ? newline : end;
	char *next = newline ? newline + 1 : end;

	for (char *byte = line; byte < stop; byte++) {
		if (*byte == '\0')
			*byte = ' ';
	}
	if (stop > line && stop[-1] == '\r')
		stop[-1] = '\0';
	*stop = '\0';
	return next;
}

static struct source_file *load_file(const struct roots *roots, struct arena *arena, const char *name)
{
	struct source_file *file = ARENA_NEW(arena, struct source_file);
	size_t size = 0;
	char *text = NULL;
	const char *error; /* not shown: what could not be read is in the report already */

	file->name = arena_strdup(arena, name);
	if (roots_allow_lines(roots, name))
		file_read(arena, name, SOURCE_MAX_BYTES, &text, &size, &error);
	char *end = text ? text + size : NULL;
	for (char *line = text; line < end;) {
		char *next = end_line(line, end);

		ARENA_PUSH(arena, file->lines, file->line_count, file->line_capacity, line);
		line = next;
	}
	return file;
}

static struct source_file *find_file(struct source_cache *cache, const char *name)
{
	uint64_t key = XXH64(name, strlen(name), 0);
	struct source_file *first = keymap_get(cache->files, key);

	for (struct source_file *file = first; file; file = file->next) {
		if (!strcmp(file->name, name))
			return file;
	}
	struct source_file *file = load_file(cache->roots, cache->arena, name);
	file->next = first;
	keymap_put(cache->files, key, file);
	return file;
}

const char *source_cache_line(struct source_cache *cache, const char *file, unsigned line)
{
	if (!cache || !file || line == 0)
		return NULL;
	if (cache->given)
		return find_given(cache, file, line);
	const struct source_file *found = find_file(cache, file);
	return line <= found->line_count ? found->lines[line - 1] : NULL;
}
