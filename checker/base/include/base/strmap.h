/* Hash map from pointers (normally interned names) or 64-bit keys to pointers,
 * on an arena; a thin wrapper of uthash. */
#ifndef SO2_BASE_STRMAP_H
#define SO2_BASE_STRMAP_H

#include "base/arena.h"

#include <stdint.h>

struct keymap; /* key: uint64_t */

struct keymap *keymap_create(struct arena *arena);
void *keymap_get(const struct keymap *map, uint64_t key);	/* NULL when absent */
void keymap_put(struct keymap *map, uint64_t key, void *value); /* replaces */
size_t keymap_count(const struct keymap *map);

#define KEYMAP_KEY(pointer) ((uint64_t)(uintptr_t)(pointer))

#endif
