/* Arenas: memory with a named lifetime, freed all at once.
 *
 * The one ownership rule of the project: a function that allocates takes the
 * arena; a pointer that comes from a function without an arena parameter is
 * borrowed. Data moves to a longer life only by a function named *_copy.
 * Running out of memory ends the process with one message: no caller checks.
 * Built with AddressSanitizer every object is its own malloc, so that overruns
 * and stale pointers are seen. */
#ifndef SO2_BASE_ARENA_H
#define SO2_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena *arena_create(void);
void arena_destroy(struct arena *arena);
/* One that cuts its objects from the given memory first, lowest first, and lies there itself, at the beginning. The
 * memory must be aligned for any type; it stays the caller's. NULL: it is too small. Never reset it. */
struct arena *arena_create_within(void *memory, size_t size);
/* Bytes of that memory in use. */
size_t arena_within(const struct arena *arena);
/* Frees all objects but keeps the arena for the next round. */
void arena_reset(struct arena *arena);
/* Bytes handed out since creation or the last reset. */
size_t arena_used(const struct arena *arena);

/* Zeroed memory, aligned for any type. A size of 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size);
/* Zeroed array; an overflow of count * size ends the process. */
void *arena_calloc(struct arena *arena, size_t count, size_t size);
/* A copy of old_size bytes in a new block of new_size (old block stays). */
void *arena_grow(struct arena *arena, const void *old, size_t old_size, size_t new_size);
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, n) ((type *)arena_calloc((arena), (n), sizeof(type)))

/* Appends to a growing array described by (pointer, count, capacity) lvalues. */
#define ARENA_PUSH(arena, items, count, capacity, value)                                           \
	do {                                                                                       \
		if ((count) == (capacity)) {                                                       \
			size_t arena_push_new = (capacity) ? (size_t)(capacity)*2 : 8;             \
			(items) = arena_grow((arena), (items), sizeof(*(items)) * (size_t)(count), \
					     sizeof(*(items)) * arena_push_new);                   \
			(capacity) = arena_push_new;                                               \
		}                                                                                  \
		(items)[(count)++] = (value);                                                      \
	} while (0)

#endif
