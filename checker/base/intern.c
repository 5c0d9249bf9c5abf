/* Interned strings: an open-addressing table over texts on an arena.
 *
 * Entries are never removed, so linear probing needs no tombstones. The hash of
 * each text is kept: growing does not read the texts again. */
#include "base/intern.h"

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { INTERN_FIRST_CAPACITY = 1024 }; /* power of two, like all later ones */

struct intern_entry {
	const char *text; /* NULL: free */
	size_t length;
	uint64_t hash;
};

struct intern_pool {
	struct arena *own;    /* the pool itself, and its texts */
	struct arena *texts;  /* where new texts go: own, or the image's */
	struct image *image;  /* NULL: none */
	struct arena *tables; /* the current table alone */
	struct intern_entry *entries;
	size_t count, capacity;
};

/* FNV-1a with a final mix: short identifiers differ in their last letters, and
 * the table uses the low bits. */
static uint64_t intern_hash(const char *text, size_t length)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < length; i++) {
		hash ^= (unsigned char)text[i];
		hash *= UINT64_C(0x100000001b3);
	}
	hash ^= hash >> 32;
	return hash;
}

struct intern_pool *intern_create(void)
{
	struct arena *own = arena_create();
	struct intern_pool *pool = ARENA_NEW(own, struct intern_pool);

	pool->own = pool->texts = own;
	pool->tables = arena_create();
	pool->capacity = INTERN_FIRST_CAPACITY;
	pool->entries = ARENA_ARRAY(pool->tables, struct intern_entry, pool->capacity);
	return pool;
}

void intern_destroy(struct intern_pool *pool)
{
	if (!pool)
		return;
	image_destroy(pool->image);
	arena_destroy(pool->tables);
	arena_destroy(pool->own);
}

/* The entry of the text, or the free one where it belongs. */
static struct intern_entry *intern_slot(const struct intern_pool *pool, const char *text, size_t length, uint64_t hash)
{
	size_t mask = pool->capacity - 1;
	size_t at = (size_t)hash & mask;

	while (pool->entries[at].text) {
		const struct intern_entry *entry = &pool->entries[at];

		if (entry->hash == hash && entry->length == length && memcmp(entry->text, text, length) == 0)
			break;
		at = (at + 1) & mask;
	}
	return &pool->entries[at];
}

static void intern_expand(struct intern_pool *pool)
{
	struct arena *tables = arena_create();
	size_t capacity = pool->capacity * 2;
	struct intern_entry *entries = ARENA_ARRAY(tables, struct intern_entry, capacity);

	for (size_t i = 0; i < pool->capacity; i++) {
		size_t at = (size_t)pool->entries[i].hash & (capacity - 1);

		if (!pool->entries[i].text)
			continue;
		while (entries[at].text)
			at = (at + 1) & (capacity - 1);
		entries[at] = pool->entries[i];
	}
	arena_destroy(pool->tables);
	pool->tables = tables;
	pool->entries = entries;
	pool->capacity = capacity;
}

const char *intern_n(struct intern_pool *pool, const char *text, size_t length)
{
	struct intern_entry *entry;
	uint64_t hash;

	if (!text)
		return NULL;
	hash = intern_hash(text, length);
	entry = intern_slot(pool, text, length, hash);
	if (entry->text)
		return entry->text;
	if ((pool->count + 1) * 4 > pool->capacity * 3) {
		intern_expand(pool);
		entry = intern_slot(pool, text, length, hash);
	}
	entry->text = arena_strndup(pool->texts, text, length);
	entry->length = length;
	entry->hash = hash;
	pool->count++;
	return entry->text;
}

const char *intern(struct intern_pool *pool, const char *text)
{
	return text ? intern_n(pool, text, strlen(text)) : NULL;
}

const char *intern_find(const struct intern_pool *pool, const char *text)
{
	size_t length;

	if (!text)
		return NULL;
	length = strlen(text);
	return intern_slot(pool, text, length, intern_hash(text, length))->text;
}

/* ---- images ------------------------------------------------------------------------ */

struct intern_table {
	struct intern_entry *entries;
	size_t count, capacity;
};

void intern_open_image(struct intern_pool *pool, struct image *image)
{
	pool->image = image;
	pool->texts = image_arena(image);
}

const struct intern_table *intern_image_table(const struct intern_pool *pool)
{
	struct arena *arena = image_arena(pool->image);
	struct intern_table *table = ARENA_NEW(arena, struct intern_table);
	size_t size = pool->capacity * sizeof(*pool->entries);

	*table = (struct intern_table){ arena_grow(arena, pool->entries, size, size), pool->count, pool->capacity };
	return table;
}

void intern_close_image(struct intern_pool *pool)
{
	pool->texts = pool->own;
}

bool intern_adopt(struct intern_pool *pool, struct image *image, const struct intern_table *table)
{
	if (pool->count > 0)
		return false;
	pool->image = image;
	pool->entries = table->entries;
	pool->count = table->count;
	pool->capacity = table->capacity;
	return true;
}
