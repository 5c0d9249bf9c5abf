/* Fixed-size bit sets. A bit outside the set is a broken invariant: debug builds
 * stop; release builds treat it as absent rather than touch foreign memory. */
#include "base/bitset.h"

#include <assert.h>
#include <string.h>

enum { BITS_PER_WORD = 64 };

static size_t bitset_words(const struct bitset *set)
{
	return (set->bits + BITS_PER_WORD - 1) / BITS_PER_WORD;
}

static bool bitset_has(const struct bitset *set, size_t bit)
{
	assert(bit < set->bits);
	return bit < set->bits;
}

struct bitset bitset_create(struct arena *arena, size_t bits)
{
	struct bitset set = { .bits = bits };

	set.words = ARENA_ARRAY(arena, uint64_t, bitset_words(&set));
	return set;
}

void bitset_set(struct bitset *set, size_t bit)
{
	if (bitset_has(set, bit))
		set->words[bit / BITS_PER_WORD] |= UINT64_C(1) << (bit % BITS_PER_WORD);
}

void bitset_clear(struct bitset *set, size_t bit)
{
	if (bitset_has(set, bit))
		set->words[bit / BITS_PER_WORD] &= ~(UINT64_C(1) << (bit % BITS_PER_WORD));
}

bool bitset_test(const struct bitset *set, size_t bit)
{
	return bitset_has(set, bit) && (set->words[bit / BITS_PER_WORD] >> (bit % BITS_PER_WORD) & 1);
}

bool bitset_union(struct bitset *target, const struct bitset *source)
{
	uint64_t added = 0;

	assert(target->bits == source->bits);
	for (size_t i = 0; i < bitset_words(target); i++) {
		added |= source->words[i] & ~target->words[i];
		target->words[i] |= source->words[i];
	}
	return added != 0;
}

void bitset_copy(struct bitset *target, const struct bitset *source)
{
	assert(target->bits == source->bits);
	memcpy(target->words, source->words, bitset_words(target) * sizeof(*target->words));
}

void bitset_subtract(struct bitset *target, const struct bitset *source)
{
	assert(target->bits == source->bits);
	for (size_t i = 0; i < bitset_words(target); i++)
		target->words[i] &= ~source->words[i];
}
