/* Bump allocation in chunks; with AddressSanitizer, one malloc per object.
 *
 * Chunks grow from 16 KiB to 2 MiB, so that an arena for one small function
 * stays small and one for a large unit makes few calls of malloc. The largest are
 * huge pages where the system has them: a third of a short run went to page faults.
 * An object larger than a quarter of the chunk gets a chunk of its own. */
#include "base/arena.h"

#include "base/sanitizer.h"

#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { ARENA_ALIGNMENT = _Alignof(max_align_t) };

/* Exit status "something could not be analysed". */
enum { ARENA_EXIT_STATUS = 3 };

/* The one way out when memory ends. _Exit: half-written output must not be
 * flushed as if it were complete. */
static _Noreturn void arena_die(const char *why)
{
	fprintf(stderr, "so2check: %s\n", why);
	_Exit(ARENA_EXIT_STATUS);
}

static void *checked_malloc(size_t size)
{
	void *memory = malloc(size);

	if (!memory)
		arena_die("out of memory");
	return memory;
}

/* What is left of memory that the caller gave: arena_create_within(). */
struct room {
	unsigned char *start, *at, *end; /* NULL: none was given */
};

static size_t round_up(size_t size)
{
	if (size > SIZE_MAX - ARENA_ALIGNMENT)
		arena_die("allocation too large");
	return size == 0 ? ARENA_ALIGNMENT : (size + ARENA_ALIGNMENT - 1) / ARENA_ALIGNMENT * ARENA_ALIGNMENT;
}

/* NULL: there is not as much left. */
static void *room_take(struct room *room, size_t size)
{
	size_t rounded = round_up(size);

	if (!room->start || rounded > (size_t)(room->end - room->at))
		return NULL;
	room->at += rounded;
	return room->at - rounded;
}

#ifdef HAS_SANITIZER

struct arena {
	struct room room;
	void **objects;
	size_t count, capacity, used;
};

static void arena_init(struct arena *arena)
{
	memset(arena, 0, sizeof(*arena));
}

void arena_reset(struct arena *arena)
{
	for (size_t i = 0; i < arena->count; i++)
		free(arena->objects[i]);
	arena->count = 0;
	arena->used = 0;
}

void arena_destroy(struct arena *arena)
{
	if (!arena)
		return;
	arena_reset(arena);
	free(arena->objects);
	if (!arena->room.start)
		free(arena);
}

static void *arena_cut(struct arena *arena, size_t size)
{
	void *object = checked_malloc(size ? size : 1);

	if (arena->count == arena->capacity) {
		arena->capacity = arena->capacity ? arena->capacity * 2 : 64;
		arena->objects = realloc(arena->objects, arena->capacity * sizeof(*arena->objects));
		if (!arena->objects)
			arena_die("out of memory");
	}
	return arena->objects[arena->count++] = object;
}

#else

enum { ARENA_FIRST_CHUNK = 16 * 1024, ARENA_GROWTH = 4, HUGE_PAGE = 2 * 1024 * 1024 };

struct chunk {
	_Alignas(max_align_t) struct chunk *next;
	size_t size; /* bytes of data */
	_Alignas(max_align_t) unsigned char data[];
};

struct arena {
	struct room room;
	struct chunk *current; /* objects are cut from this one */
	size_t offset;	       /* first free byte of current->data */
	struct chunk *full;    /* earlier chunks, and those of large objects */
	size_t next_size;      /* of the next chunk */
	size_t used;
	bool is_large; /* passed LARGE_ARENA since it was reset */
};

/* From there on, what libclang has freed between blocks that are still in use goes back to the system first: on a
 * page here and there of many it adds up to as much again. Few functions need so much. */
#define LARGE_ARENA ((size_t)32 << 20)

static void arena_init(struct arena *arena)
{
	memset(arena, 0, sizeof(*arena));
	arena->next_size = ARENA_FIRST_CHUNK;
}

#define LARGEST_CHUNK (HUGE_PAGE - sizeof(struct chunk))

static void *huge_page_alloc(void)
{
	void *memory = aligned_alloc(HUGE_PAGE, HUGE_PAGE);

	if (!memory)
		arena_die("out of memory");
	madvise(memory, HUGE_PAGE, MADV_HUGEPAGE); /* a wish: without it the pages are small */
	return memory;
}

static struct chunk *chunk_create(size_t size)
{
	struct chunk *chunk;

	if (size > SIZE_MAX - sizeof(*chunk))
		arena_die("allocation too large");
	chunk = size == LARGEST_CHUNK ? huge_page_alloc() : checked_malloc(sizeof(*chunk) + size);
	chunk->next = NULL;
	chunk->size = size;
	return chunk;
}

static void chunk_list_free(struct chunk *chunk)
{
	while (chunk) {
		struct chunk *next = chunk->next;

		free(chunk);
		chunk = next;
	}
}

/* Keeps the newest chunk: a scratch arena is reset once a function. */
void arena_reset(struct arena *arena)
{
	chunk_list_free(arena->full);
	arena->full = NULL;
	arena->offset = 0;
	arena->used = 0;
	arena->is_large = false;
}

void arena_destroy(struct arena *arena)
{
	if (!arena)
		return;
	chunk_list_free(arena->full);
	free(arena->current);
	if (!arena->room.start)
		free(arena);
}

static void arena_retire(struct arena *arena, struct chunk *chunk)
{
	chunk->next = arena->full;
	arena->full = chunk;
}

static void *arena_alloc_slow(struct arena *arena, size_t size)
{
	if (arena->used > LARGE_ARENA && !arena->is_large) {
		arena->is_large = true;
		malloc_trim(0);
	}
	if (size > arena->next_size / 4) {
		struct chunk *chunk = chunk_create(size);

		arena_retire(arena, chunk);
		return chunk->data;
	}
	if (arena->current)
		arena_retire(arena, arena->current);
	arena->current = chunk_create(arena->next_size);
	arena->offset = size;
	if (arena->next_size < LARGEST_CHUNK)
		arena->next_size *= ARENA_GROWTH;
	if (arena->next_size > LARGEST_CHUNK)
		arena->next_size = LARGEST_CHUNK;
	return arena->current->data;
}

static void *arena_cut(struct arena *arena, size_t size)
{
	size_t rounded = round_up(size);

	if (!arena->current || rounded > arena->current->size - arena->offset)
		return arena_alloc_slow(arena, rounded);
	arena->offset += rounded;
	return arena->current->data + arena->offset - rounded;
}

#endif

struct arena *arena_create(void)
{
	struct arena *arena = checked_malloc(sizeof(*arena));

	arena_init(arena);
	return arena;
}

struct arena *arena_create_within(void *memory, size_t size)
{
	struct room room = { .start = memory, .at = memory, .end = (unsigned char *)memory + size };
	struct arena *arena = room_take(&room, sizeof(*arena));

	if (arena) {
		arena_init(arena);
		arena->room = room;
	}
	return arena;
}

size_t arena_within(const struct arena *arena)
{
	return (size_t)(arena->room.at - arena->room.start);
}

void *arena_alloc(struct arena *arena, size_t size)
{
	void *object = room_take(&arena->room, size);

	if (!object)
		object = arena_cut(arena, size);
	arena->used += size;
	return memset(object, 0, size);
}

size_t arena_used(const struct arena *arena)
{
	return arena->used;
}

void *arena_calloc(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		arena_die("allocation too large");
	return arena_alloc(arena, count * size);
}

void *arena_grow(struct arena *arena, const void *old, size_t old_size, size_t new_size)
{
	void *object = arena_alloc(arena, new_size);
	size_t kept = old_size < new_size ? old_size : new_size;

	if (old && kept)
		memcpy(object, old, kept);
	return object;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
	char *copy;

	if (length == SIZE_MAX)
		arena_die("allocation too large");
	copy = arena_alloc(arena, length + 1);
	memcpy(copy, text, length);
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return text ? arena_strndup(arena, text, strlen(text)) : NULL;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	char *text;
	int length;

	va_copy(again, args);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0)
		arena_die("a message could not be formatted");
	text = arena_alloc(arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, args);
	return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}
