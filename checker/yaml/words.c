/* Words of a format. */
#include "yaml/yaml.h"

#include <string.h>

int yaml_word_value(const struct yaml_word *words, const char *text, int missing)
{
	if (!text)
		return missing;
	for (; words->text; words++)
		if (strcmp(words->text, text) == 0)
			return words->value;
	return -1;
}

void yaml_suggestion_offer_words(struct yaml_suggestion *suggestion, const struct yaml_word *words)
{
	for (; words->text; words++)
		yaml_suggestion_offer(suggestion, words->text);
}
