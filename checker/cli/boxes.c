/* See boxes.h. */
#include "boxes.h"

#include "base/child.h"
#include "base/file.h"
#include "base/path.h"
#include "base/strmap.h"
#include "confine.h"

#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes, and folders, of all submissions' caches. */
#define PARTS_LIMIT ((uint64_t)2 << 30)
#define PARTS_COUNT 2000
/* Of one. */
#define PART_LIMIT ((uint64_t)512 << 20)

/* In the cache's folder, and no part that could be removed for another. */
#define SHARED_HEADERS "headers"

/* A submission with more is known by its path alone, or each change would cost all results. */
#define CONTENT_FILES 200
#define CONTENT_LIMIT ((size_t)4 << 20)

/* ---- what a submission is ------------------------------------------------------------ */

struct content {
	struct arena *arena;
	struct text text; /* names, kinds and contents */
	size_t bytes;
	int files;
	bool is_large;
};

static void add_file(struct content *content, const FTSENT *entry)
{
	char target[4096], *bytes;
	const char *error;
	size_t length = 0;

	if (entry->fts_info == FTS_SL || entry->fts_info == FTS_SLNONE) {
		ssize_t count = readlink(entry->fts_accpath, target, sizeof(target));
		length = count > 0 ? (size_t)count : 0;
		bytes = target;
	} else if (file_read(content->arena, entry->fts_accpath, CONTENT_LIMIT, &bytes, &length, &error)) {
		bytes = target; /* who cannot read it cannot be harmed by it; a pipe has no content */
		length = 0;
		content->is_large |= entry->fts_info == FTS_F && (size_t)entry->fts_statp->st_size > CONTENT_LIMIT;
	}
	content->bytes += length;
	content->files++;
	content->is_large |= content->bytes > CONTENT_LIMIT || content->files > CONTENT_FILES;
	text_printf(&content->text, "%zu %s\n%d %o %zu\n", strlen(entry->fts_path), entry->fts_path, entry->fts_info,
		    (unsigned)entry->fts_statp->st_mode, length);
	text_add_n(&content->text, bytes, length);
}

static int compare_entries(const FTSENT **left, const FTSENT **right)
{
	return strcmp((*left)->fts_name, (*right)->fts_name);
}

static void add_folder(struct content *content, const char *folder)
{
	char *const roots[] = { arena_strdup(content->arena, folder), NULL };
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, compare_entries);

	for (FTSENT *entry; walk && !content->is_large && (entry = fts_read(walk)) != NULL;) {
		if (entry->fts_info == FTS_D && strcmp(entry->fts_name, ".git") == 0)
			fts_set(walk, entry, FTS_SKIP);
		else if (entry->fts_info != FTS_D && entry->fts_info != FTS_DP)
			add_file(content, entry);
		else if (++content->files > CONTENT_FILES)
			content->is_large = true;
	}
	if (walk)
		fts_close(walk);
}

static const char *name_part(struct run *run, const struct text_list *folders)
{
	struct arena *arena = arena_create();
	struct content content = { .arena = arena, .text = text_create(arena) };
	struct text paths = text_create(arena);
	char key[CACHE_KEY_SIZE];

	for (int i = 0; i < folders->count; i++) {
		text_printf(&paths, "%zu %s\n", strlen(folders->items[i]), folders->items[i]);
		add_folder(&content, folders->items[i]);
	}
	if (content.is_large)
		cache_strong_key(text_get(&paths), paths.length, key);
	else
		cache_strong_key(text_get(&content.text), content.text.length, key);
	arena_destroy(arena);
	return arena_printf(run->arena, CACHE_PART "%s-%s", content.is_large ? "large" : "whole", key);
}

/* ---- boxes -------------------------------------------------------------------------------- */

static struct cache *open_part(struct run *run, const struct text_list *folders)
{
	if (!run->cache || folders->count == 0)
		return NULL;
	return cache_open_part(run->cache, run->arena, name_part(run, folders), PART_LIMIT);
}

struct box *box_create(struct run *run, const char *const *paths, int path_count, const char *around)
{
	struct box *box = ARENA_NEW(run->arena, struct box);
	struct text_list folders = { 0 };

	for (int i = 0; i < path_count; i++) {
		const char *folder = confine_folder_of(run->arena, paths[i]);
		if (folder)
			text_list_add(run->arena, &folders, folder);
	}
	box->roots = roots_create(run->arena);
	for (int i = 0; i < run->unit_roots->count; i++) {
		const struct root *root = &run->unit_roots->items[i];
		if (root->kind == ROOT_OWN || !around || !path_is_below(root->path, around))
			roots_add(box->roots, root->kind, root->path);
	}
	box->cache = open_part(run, &folders);
	return box;
}

void boxes_set_only(struct run *run, struct box *box)
{
	run->unit_boxes = ARENA_ARRAY(run->arena, const struct box *, (size_t)run->units.cmd_count + 1);
	for (int i = 0; i < run->units.cmd_count; i++)
		run->unit_boxes[i] = box;
}

void box_enter(struct run *run, const struct box *box)
{
	run->box = box;
	run->roots = box->roots;
	run->cache = box->cache;
}

/* ---- shared header blocks ---------------------------------------------------------------------- */

/* One block, and the process that makes it. */
struct maker {
	struct run *run;
	const struct header_request *request;
	const struct roots *roots; /* headers only */
	const char *name;	   /* of the part that it writes to; NULL: it does nothing */
	struct cache *part;
	struct child child;
	double deadline;
};

struct makers {
	struct run *run;
	struct arena *arena;
	struct maker *items;
	int count, capacity;
	struct keymap *known; /* keys of blocks that were looked for */
};

static bool is_judged(const struct run *run, const char *path)
{
	for (int i = 0; i < run->judged.count; i++)
		if (path_is_below(path, run->judged.items[i]))
			return true;
	return false;
}

static bool holds_judged(const struct run *run, const char *path)
{
	for (int i = 0; i < run->judged.count; i++)
		if (path_is_below(run->judged.items[i], path))
			return true;
	return false;
}

/* What a submitter cannot write. NULL: that cannot be told from what he can. */
static struct roots *headers_only(struct run *run, struct arena *arena, const struct box *box)
{
	struct roots *headers = roots_create(arena);

	for (int i = 0; i < box->roots->count; i++) {
		const struct root *root = &box->roots->items[i];
		if (is_judged(run, root->path))
			continue;
		if (holds_judged(run, root->path))
			return NULL;
		roots_add(headers, root->kind, root->path);
	}
	return headers;
}

static void plan(struct makers *makers, const struct compile_cmd *cmd, const struct box *box,
		 struct header_cache *headers)
{
	struct run *run = makers->run;
	struct header_request *request = header_request_find(headers, makers->arena, cmd, box->roots);
	struct maker maker = { .run = run, .request = request };

	if (!request)
		return;
	uint64_t key = KEYMAP_KEY(intern(run->pool, header_request_key(request)));
	if (keymap_get(makers->known, key))
		return;
	keymap_put(makers->known, key, request);
	if (header_request_is_met(headers, makers->arena, request))
		return;
	maker.roots = headers_only(run, makers->arena, box);
	maker.name = arena_printf(makers->arena, CACHE_NEW_PART "%ld-%.0f-%d", (long)getpid(), clock_wall() * 1e6,
				  makers->count);
	maker.part = maker.roots ? cache_open_part(run->cache, makers->arena, maker.name, CACHE_LIMIT) : NULL;
	maker.child.socket = -1;
	if (maker.part)
		ARENA_PUSH(makers->arena, makers->items, makers->count, makers->capacity, maker);
}

static void plan_all(struct makers *makers)
{
	struct run *run = makers->run;
	struct header_cache *headers = header_cache_create(makers->arena, run->shared_headers);

	for (int i = 0; i < run->units.cmd_count; i++)
		plan(makers, &run->units.cmds[i], run->unit_boxes[i], headers);
	header_cache_close(headers);
}

/* In a process of its own. */
static void make(void *context, int socket)
{
	struct maker *maker = context;
	struct run *run = maker->run;
	struct box box = { (struct roots *)maker->roots, maker->part };
	char done;

	child_limit(run->options->memory_limit);
	box_enter(run, &box);
	run->shared_headers = NULL;
	if (confine_worker(run, &socket))
		_exit(EXIT_FAILURE);
	struct header_cache *headers = header_cache_create(run->task_arena, maker->part);
	done = (char)header_request_meet(headers, run->task_arena, maker->request);
	if (!file_write_whole(socket, &done, sizeof(done)))
		_exit(EXIT_FAILURE);
	_exit(EXIT_SUCCESS); /* what else is there is the parent's */
}

static void take_over(struct run *run, struct cache *part, const char *name)
{
	cache_take_from_part(run->shared_headers, run->scratch, part, name);
}

/* What cannot be made is done without. */
static void finish(struct maker *maker)
{
	struct run *run = maker->run;
	const char *key = header_request_key(maker->request);
	char done = 0;

	if (maker->child.socket >= 0 && child_read_whole(&maker->child, &done, sizeof(done), maker->deadline) && done) {
		child_end(&maker->child);
		take_over(run, maker->part, arena_printf(run->scratch, "%s.pch", key));
		take_over(run, maker->part, arena_printf(run->scratch, "%s.list", key));
	} else if (maker->child.socket >= 0) {
		child_kill(&maker->child);
	}
	cache_remove_part(run->cache, run->scratch, maker->name);
	arena_reset(run->scratch);
}

void boxes_share_headers(struct run *run)
{
	struct makers makers = { .run = run, .arena = arena_create() };
	int ended = 0;

	if (run->unit_boxes && run->cache && run->options->jobs > 0)
		run->shared_headers = cache_open_part(run->cache, run->arena, SHARED_HEADERS, CACHE_LIMIT);
	if (!run->shared_headers) {
		arena_destroy(makers.arena);
		return;
	}
	makers.known = keymap_create(makers.arena);
	plan_all(&makers);
	for (int i = 0; i < makers.count; i++) {
		if (i - ended >= run->options->jobs)
			finish(&makers.items[ended++]);
		makers.items[i].deadline = clock_wall() + run->options->time_limit;
		child_start(&makers.items[i].child, make, &makers.items[i]);
	}
	while (ended < makers.count)
		finish(&makers.items[ended++]);
	cache_trim_parts(run->cache, makers.arena, PARTS_LIMIT, PARTS_COUNT);
	arena_destroy(makers.arena);
}
