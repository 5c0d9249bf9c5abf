/* Which source lines a report shows. Each file is told once, with the lines around all steps that are in it; a finding
 * names the lines that belong to it.
 *
 * Only text of the modules' own files is shown: a step may lie in any header that a source names. */
#include "base/path.h"
#include "html_int.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

/* Lines before and after a step. */
#define CONTEXT_LINES 4
/* Fewer hidden lines than this are shown. */
#define SMALL_GAP 3
/* How far above a step the head of its function is looked for, and of how many lines it may be. */
#define HEAD_DISTANCE 400
#define HEAD_LINES 5
/* A longer line is generated, or hostile. */
#define LINE_SHOWN_BYTES 600
/* A report may claim any; files of more than 16 MB are not read. */
#define LAST_LINE (16u << 20)

struct line_range {
	unsigned first, last;
};

struct shown_file {
	const char *name;
	size_t index;
	bool has_text;
	struct line_range *ranges;
	size_t range_count, range_capacity;
	struct shown_file *next; /* another one of the same hash */
};

struct html_sources {
	struct arena *arena;
	struct source_cache *cache;
	const struct report_options *options;
	const char **folders; /* of the units, absolute */
	int folder_count;
	struct keymap *by_name; /* hash of the name -> struct shown_file */
	struct shown_file **files;
	size_t count, capacity;
};

/* ---- files ------------------------------------------------------------------------ */

static const char *absolute_path(struct arena *arena, const char *root, const char *file)
{
	return file[0] == '/' || !root ? file : arena_printf(arena, "%s/%s", root, file);
}

static bool has_folder(const struct html_sources *sources, const char *folder)
{
	for (int i = 0; i < sources->folder_count; i++)
		if (strcmp(sources->folders[i], folder) == 0)
			return true;
	return false;
}

struct html_sources *html_sources_create(struct arena *arena, struct source_cache *cache,
					 const struct report_options *options)
{
	struct html_sources *sources = ARENA_NEW(arena, struct html_sources);

	*sources = (struct html_sources){ .arena = arena, .cache = cache, .options = options };
	sources->by_name = keymap_create(arena);
	sources->folders = ARENA_ARRAY(arena, const char *, (size_t)options->file_count + 1);
	for (int i = 0; i < options->file_count; i++) {
		const char *path = absolute_path(arena, options->root, options->files[i]);
		const char *slash = strrchr(path, '/');
		const char *folder = arena_strndup(arena, path, slash ? (size_t)(slash - path) : 0);

		if (!has_folder(sources, folder))
			sources->folders[sources->folder_count++] = folder;
	}
	return sources;
}

/* Does it lie beside or below a unit? */
static bool is_own(const struct html_sources *sources, const char *file)
{
	const char *path = absolute_path(sources->arena, sources->options->root, file);

	for (int i = 0; i < sources->folder_count; i++) {
		const char *below = path_seen_from(sources->arena, sources->folders[i], path);

		if (below[0] != '/')
			return true;
	}
	return !sources->options->files;
}

static struct shown_file *find_file(struct html_sources *sources, const char *name)
{
	uint64_t key = XXH64(name, strlen(name), 0);
	struct shown_file *first = keymap_get(sources->by_name, key);

	for (struct shown_file *file = first; file; file = file->next)
		if (file->name == name || strcmp(file->name, name) == 0)
			return file;
	struct shown_file *file = ARENA_NEW(sources->arena, struct shown_file);
	*file = (struct shown_file){ .name = name, .index = sources->count, .next = first };
	file->has_text = is_own(sources, name);
	keymap_put(sources->by_name, key, file);
	ARENA_PUSH(sources->arena, sources->files, sources->count, sources->capacity, file);
	return file;
}

size_t html_sources_count(const struct html_sources *sources)
{
	return sources->count;
}

const char *html_sources_name(const struct html_sources *sources, size_t index)
{
	return sources->files[index]->name;
}

size_t html_sources_index(const struct html_sources *sources, const char *file)
{
	/* all names were added before */
	return find_file((struct html_sources *)sources, file)->index;
}

bool html_sources_has_text(const struct html_sources *sources, size_t index)
{
	return sources->files[index]->has_text;
}

/* ---- lines -------------------------------------------------------------------------- */

static const char *line_of(const struct html_sources *sources, const struct shown_file *file, unsigned line)
{
	return source_cache_line(sources->cache, file->name, line);
}

static bool begins_with(const char *line, char letter)
{
	return line && line[0] == letter;
}

/* What stands above a function's first brace: its return type, name and parameters. */
static unsigned first_line_of_head(const struct html_sources *sources, const struct shown_file *file, unsigned brace)
{
	unsigned first = brace;

	while (first > 1 && brace - first < HEAD_LINES) {
		const char *line = line_of(sources, file, first - 1);
		size_t length = line ? strlen(line) : 0;

		if (length == 0 || line[0] == '#' || strchr(";}/", line[length - 1]))
			break;
		first--;
	}
	return first;
}

/* The head of the function that the line is in, by its brace in the first column; first 0: there is none. */
static struct line_range find_head(const struct html_sources *sources, const struct shown_file *file, unsigned line)
{
	for (unsigned i = line; i > 0 && line - i < HEAD_DISTANCE; i--) {
		const char *text = line_of(sources, file, i);

		if (begins_with(text, '{'))
			return (struct line_range){ first_line_of_head(sources, file, i), i };
		if (i < line && begins_with(text, '}'))
			break;
	}
	return (struct line_range){ 0, 0 };
}

static void add_range(struct arena *arena, struct shown_file *file, struct line_range range)
{
	ARENA_PUSH(arena, file->ranges, file->range_count, file->range_capacity, range);
}

/* Into the list of `file`, which may be another one than that of all findings. */
static void add_step(const struct html_sources *sources, struct arena *arena, struct shown_file *file, unsigned line)
{
	if (line == 0 || line > LAST_LINE)
		return;
	if (!file->has_text) {
		add_range(arena, file, (struct line_range){ line, line });
		return;
	}
	struct line_range head = find_head(sources, file, line);
	if (head.first > 0)
		add_range(arena, file, head);
	add_range(arena, file,
		  (struct line_range){ line > CONTEXT_LINES ? line - CONTEXT_LINES : 1, line + CONTEXT_LINES });
}

static int compare_ranges(const void *left_item, const void *right_item)
{
	const struct line_range *left = left_item, *right = right_item;

	return left->first < right->first ? -1 : left->first > right->first;
}

static void join_ranges(struct shown_file *file)
{
	size_t kept = 0;

	if (file->range_count > 0)
		qsort(file->ranges, file->range_count, sizeof(file->ranges[0]), compare_ranges);
	for (size_t i = 0; i < file->range_count; i++) {
		struct line_range *last = kept > 0 ? &file->ranges[kept - 1] : NULL;

		if (!last || file->ranges[i].first > last->last + 1 + (file->has_text ? SMALL_GAP : 0))
			file->ranges[kept++] = file->ranges[i];
		else if (file->ranges[i].last > last->last)
			last->last = file->ranges[i].last;
	}
	file->range_count = kept;
}

void html_sources_add(struct html_sources *sources, const struct finding *finding)
{
	struct shown_file *own = find_file(sources, finding->span.file);

	add_step(sources, sources->arena, own, finding->span.line);
	for (int i = 0; i < finding->step_count; i++) {
		const struct span *span = &finding->steps[i].span;

		add_step(sources, sources->arena, find_file(sources, span->file), span->line);
	}
}

void html_sources_finish(struct html_sources *sources)
{
	for (size_t i = 0; i < sources->count; i++)
		join_ranges(sources->files[i]);
}

/* ---- writing ------------------------------------------------------------------------- */

static void write_file_ranges(struct html *html, const struct finding *finding, struct shown_file file, bool is_first)
{
	file.ranges = NULL;
	file.range_count = file.range_capacity = 0;
	if (finding->span.file == file.name || strcmp(finding->span.file, file.name) == 0)
		add_step(html->sources, html->scratch, &file, finding->span.line);
	for (int i = 0; i < finding->step_count; i++)
		if (strcmp(finding->steps[i].span.file, file.name) == 0)
			add_step(html->sources, html->scratch, &file, finding->steps[i].span.line);
	join_ranges(&file);
	html_print(html, is_first ? "%zu:" : ";%zu:", file.index);
	for (size_t i = 0; i < file.range_count; i++)
		html_print(html, i > 0 ? ",%u-%u" : "%u-%u", file.ranges[i].first, file.ranges[i].last);
}

/* Was its file met before among the steps? */
static bool is_repeated(const struct finding *finding, int step)
{
	for (int i = 0; i < step; i++)
		if (strcmp(finding->steps[i].span.file, finding->steps[step].span.file) == 0)
			return true;
	return false;
}

void html_write_ranges(struct html *html, const struct finding *finding)
{
	bool is_first = true;

	for (int i = 0; i < finding->step_count; i++) {
		if (is_repeated(finding, i))
			continue;
		write_file_ranges(html, finding, *find_file(html->sources, finding->steps[i].span.file), is_first);
		is_first = false;
	}
	if (is_first)
		write_file_ranges(html, finding, *find_file(html->sources, finding->span.file), true);
}

void html_write_step_line(struct html *html, const struct span *span)
{
	const char *line = source_cache_line(html->sources_cache, span->file, span->line);

	if (!line)
		return;
	struct excerpt excerpt = excerpt_of_line(html->scratch, line, span);
	size_t length = strlen(excerpt.text), start = excerpt.start < length ? excerpt.start : length;
	size_t end = span->column == 0 ? start : excerpt.end < length ? excerpt.end : length;
	size_t indent = excerpt.is_cut_left ? 0 : strspn(excerpt.text, " \t");

	if (indent > start) /* a mark on blanks */
		indent = start;
	html_print(html, excerpt.is_cut_left ? "<code>&hellip;" : "<code>");
	html_text_n(html, excerpt.text + indent, start - indent);
	html_print(html, "<mark>");
	html_text_n(html, excerpt.text + start, end - start);
	html_print(html, "</mark>%s", excerpt.text + end);
	html_print(html, excerpt.is_cut_right ? "&hellip;</code>" : "</code>");
}

static void write_source_line(struct html *html, const struct shown_file *file, unsigned number, const char *line,
			      struct code_state *state)
{
	struct code_state after = *state;
	const char *shown = line;
	size_t length = strlen(line);

	if (length > LINE_SHOWN_BYTES)
		shown = arena_strndup(html->scratch, line, utf8_boundary(line, LINE_SHOWN_BYTES));
	html_print(html, "<span class=l id=s%zu-%u data-n=%u>", file->index, number, number);
	html_code(html, shown, state);
	if (shown != line)
		html_print(html, "<span class=cut>&hellip; %zu more bytes</span>", length - strlen(shown));
	html_print(html, "</span>\n");
	code_skip(line, &after);
	*state = after;
}

/* Comments are followed from the file's first line, so that what stands in one looks like it. */
static void write_lines(struct html *html, const struct shown_file *file)
{
	struct code_state state = { .is_comment = false };
	unsigned number = 1;

	for (size_t i = 0; i < file->range_count; i++) {
		const struct line_range *range = &file->ranges[i];

		for (; number < range->first && file->has_text; number++) {
			const char *line = line_of(html->sources, file, number);
			if (!line) /* behind the end, or in a report that has only parts */
				break;
			code_skip(line, &state);
		}
		if (i > 0)
			html_print(html, "<span class=gap></span>\n");
		for (number = range->first; number <= range->last; number++) {
			const char *line = line_of(html->sources, file, number);
			if (line)
				write_source_line(html, file, number, line, &state);
		}
	}
}

void html_write_source(struct html *html, size_t index)
{
	const struct shown_file *file = html->sources->files[index];

	html_print(html,
		   "<noscript id=ps%zu><section id=s%zu class=source><h3>%s</h3><pre class=code tabindex=0><code>\n",
		   index, index, report_path(html->scratch, html->options, file->name));
	write_lines(html, file);
	html_print(html, "</code></pre></section></noscript>\n");
}
