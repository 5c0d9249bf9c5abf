/* Fixed-size bit sets on an arena. */
#ifndef SO2_BASE_BITSET_H
#define SO2_BASE_BITSET_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct bitset {
	size_t bits;
	uint64_t *words;
};

struct bitset bitset_create(struct arena *arena, size_t bits);
void bitset_set(struct bitset *set, size_t bit);
void bitset_clear(struct bitset *set, size_t bit);
bool bitset_test(const struct bitset *set, size_t bit);
/* target |= source; true when target changed. Sizes must be equal. */
bool bitset_union(struct bitset *target, const struct bitset *source);
void bitset_copy(struct bitset *target, const struct bitset *source);
void bitset_subtract(struct bitset *target, const struct bitset *source);

#endif
