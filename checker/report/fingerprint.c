/* Fingerprints: what a finding is called in baselines and by other tools.
 * Line numbers are no part of it, so edits elsewhere in the file keep it;
 * changing the line itself, or renaming its function, makes a new finding. */
#include "report_int.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>
#include <xxhash.h>

/* Trimmed, each run of white space made one blank. */
static const char *normalise_line(struct arena *scratch, const char *line)
{
	char *copy = arena_alloc(scratch, strlen(line) + 1);
	char *write = copy;

	for (; *line; line++) {
		if (!isspace((unsigned char)*line))
			*write++ = *line;
		else if (write > copy && write[-1] != ' ')
			*write++ = ' ';
	}
	if (write > copy && write[-1] == ' ')
		write--;
	*write = '\0';
	return copy;
}

uint64_t fingerprint_hash(struct arena *scratch, const struct finding *finding, const char *line)
{
	const char *text = arena_printf(scratch, "%s\n%s\n%s", finding->rule->id,
					finding->function ? finding->function : "",
					normalise_line(scratch, line ? line : ""));

	return XXH64(text, strlen(text), 0);
}

uint64_t fingerprint_number(uint64_t hash, unsigned ordinal)
{
	return ordinal > 0 ? XXH64(&ordinal, sizeof(ordinal), hash) : hash;
}

const char *fingerprint_text(struct arena *arena, uint64_t number)
{
	return arena_printf(arena, "%016" PRIx64, number);
}

const char *report_rules_identity(struct arena *arena, const struct rule_set *rules, const bool *enabled)
{
	uint64_t hash = rules->digest;

	for (int i = 0; i < rules->rule_count; i++) {
		const struct rp_rule *rule = rules->rules[i];
		if (!enabled || enabled[rule->index])
			hash = XXH64(rule->id, strlen(rule->id) + 1, hash ^ rule->severity);
	}
	return fingerprint_text(arena, hash);
}
