#include "suggest.h"

#include <stddef.h>
#include <string.h>

#define WORD_MAX 64

static int smallest(int a, int b, int c)
{
	int least = a < b ? a : b;

	return least < c ? least : c;
}

/* Levenshtein's distance with two rows. */
int suggest_distance(const char *left, const char *right)
{
	size_t left_length = strnlen(left, WORD_MAX - 1), right_length = strnlen(right, WORD_MAX - 1);
	int previous[WORD_MAX], current[WORD_MAX];

	for (size_t j = 0; j <= right_length; j++)
		previous[j] = (int)j;
	for (size_t i = 1; i <= left_length; i++) {
		current[0] = (int)i;
		for (size_t j = 1; j <= right_length; j++) {
			int change = previous[j - 1] + (left[i - 1] != right[j - 1]);

			current[j] = smallest(previous[j] + 1, current[j - 1] + 1, change);
		}
		memcpy(previous, current, sizeof(previous[0]) * (right_length + 1));
	}
	return previous[right_length];
}

/* Rule ids begin with the system they are for (`lin-`), which people leave out;
 * a word that is a part of the candidate is near whatever its length. */
static int distance_to(const char *word, const char *candidate)
{
	const char *hyphen = strchr(candidate, '-');
	int whole = suggest_distance(word, candidate);
	int rest = hyphen ? suggest_distance(word, hyphen + 1) + 1 : whole;

	if (strlen(word) >= 4 && strstr(candidate, word))
		return 1;
	return rest < whole ? rest : whole;
}

const char *suggest_nearest(const char *word, const char *const *candidates, int count)
{
	int limit = 1 + (int)strlen(word) / 3, best = limit + 1;
	const char *nearest = NULL;

	for (int i = 0; i < count; i++) {
		int distance = distance_to(word, candidates[i]);

		if (distance < best) {
			best = distance;
			nearest = candidates[i];
		}
	}
	return nearest;
}
