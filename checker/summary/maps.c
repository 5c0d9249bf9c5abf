/* Maps and lists that the effects of a module are kept in. */
#include "effects_int.h"

#include <assert.h>
#include <string.h>
#include <xxhash.h>

/* ---- pairs --------------------------------------------------------------------- */

struct pair_map pair_map_create(struct arena *arena)
{
	return (struct pair_map){ arena, keymap_create(arena) };
}

void *pair_map_get(const struct pair_map *map, const void *first, const void *second)
{
	const struct keymap *inner = keymap_get(map->outer, KEYMAP_KEY(first));

	return inner ? keymap_get(inner, KEYMAP_KEY(second)) : NULL;
}

void pair_map_put(struct pair_map *map, const void *first, const void *second, void *value)
{
	struct keymap *inner = keymap_get(map->outer, KEYMAP_KEY(first));

	if (!inner) {
		inner = keymap_create(map->arena);
		keymap_put(map->outer, KEYMAP_KEY(first), inner);
	}
	keymap_put(inner, KEYMAP_KEY(second), value);
}

/* ---- texts ----------------------------------------------------------------------- */

struct text_set text_set_create(struct arena *arena)
{
	return (struct text_set){ arena, keymap_create(arena) };
}

/* The text in the set, or the free key where it belongs. */
static const char *look_up(const struct text_set *set, const char *text, uint64_t *key)
{
	const char *found;

	*key = XXH3_64bits(text, strlen(text));
	while ((found = keymap_get(set->by_hash, *key)) && strcmp(found, text) != 0)
		(*key)++;
	return found;
}

const char *text_set_find(const struct text_set *set, const char *text)
{
	uint64_t key;

	return look_up(set, text, &key);
}

const char *text_set_add(struct text_set *set, const char *text)
{
	uint64_t key;
	char *copy = (char *)look_up(set, text, &key);

	if (!copy) {
		copy = arena_strdup(set->arena, text);
		keymap_put(set->by_hash, key, copy);
	}
	return copy;
}

/* ---- worklists ------------------------------------------------------------------- */

struct worklist worklist_create(struct arena *arena, size_t most)
{
	return (struct worklist){ .ring = ARENA_ARRAY(arena, struct function_effects *, most + 1),
				  .capacity = most + 1 };
}

void worklist_push(struct worklist *list, struct function_effects *function)
{
	if (function->is_queued)
		return;
	assert(list->count < list->capacity);
	function->is_queued = true;
	list->ring[(list->first + list->count) % list->capacity] = function;
	list->count++;
}

struct function_effects *worklist_pop(struct worklist *list)
{
	struct function_effects *function;

	if (list->count == 0)
		return NULL;
	function = list->ring[list->first];
	list->first = (list->first + 1) % list->capacity;
	list->count--;
	function->is_queued = false;
	return function;
}
