/* keymap: uthash with its tables on the map's arena, so a map needs no destroy.
 * A bucket table that was outgrown stays until the arena goes: at most as much
 * again as the live one. */
#include "base/strmap.h"

/* uthash allocates only inside keymap_put, where `map` is in scope. */
#define uthash_malloc(size) arena_alloc(map->arena, (size))
#define uthash_free(pointer, size) ((void)(pointer))
#define uthash_fatal(message) ((void)0) /* the arena ends the process itself */

#include <stdint.h>
#include <string.h>

static uint64_t key_at(const void *key)
{
	uint64_t value;

	memcpy(&value, key, sizeof(value));
	return value;
}

/* All keys are one word: uthash's hash of bytes took 4 % of a short run. Fibonacci hashing (Knuth, The Art of Computer
 * Programming 3, 6.4); the buckets are chosen by the lowest bits, so the highest are brought down. */
#define HASH_FUNCTION(key, length, hash) ((hash) = (unsigned)((key_at(key) * 0x9E3779B97F4A7C15u) >> 32))
#define HASH_KEYCMP(left, right, length) (key_at(left) != key_at(right))
#include <uthash.h>

struct keymap_entry {
	uint64_t key;
	void *value;
	UT_hash_handle hh;
};

struct keymap {
	struct arena *arena;
	struct keymap_entry *entries;
};

struct keymap *keymap_create(struct arena *arena)
{
	struct keymap *map = ARENA_NEW(arena, struct keymap);

	map->arena = arena;
	return map;
}

static struct keymap_entry *keymap_find(const struct keymap *map, uint64_t key)
{
	struct keymap_entry *entry;

	HASH_FIND(hh, map->entries, &key, sizeof(key), entry);
	return entry;
}

void *keymap_get(const struct keymap *map, uint64_t key)
{
	struct keymap_entry *entry = keymap_find(map, key);

	return entry ? entry->value : NULL;
}

void keymap_put(struct keymap *map, uint64_t key, void *value)
{
	struct keymap_entry *entry = keymap_find(map, key);

	if (!entry) {
		entry = ARENA_NEW(map->arena, struct keymap_entry);
		entry->key = key;
		HASH_ADD(hh, map->entries, key, sizeof(entry->key), entry);
	}
	entry->value = value;
}

size_t keymap_count(const struct keymap *map)
{
	return HASH_COUNT(map->entries);
}
