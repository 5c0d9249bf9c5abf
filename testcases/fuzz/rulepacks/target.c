/* A rule pack of three files, the parts of the input: facts, a rule, and what pack.yaml says. Packs come from teams and teachers, not
 * from submissions; mistakes in them are told with file, line and field. What is loaded has all its references resolved. */
#include "fuzz.h"

#include <string.h>

static void check_rules(const struct rule_set *set)
{
	struct rp_match match;

	for (int i = 0; i < set->rule_count; i++) {
		const struct rp_rule *rule = set->rules[i];
		fuzz_require(rule->index == i && rule->id && rule->title, "rule %d", i);
		fuzz_require(rules_find_rule(set, rule->id) == rule, "`%s` is not found", rule->id);
	}
	for (int i = 0; i < set->api_count; i++)
		fuzz_require(set->apis[i]->name && rules_match_call(set, set->apis[i]->name, &match),
			     "`%s` is not found", set->apis[i]->name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz fuzz = fuzz_begin(data, size);
	const char *pack = SO2_FUZZ_PACK;
	struct fuzz_part parts[3];

	int count = fuzz_split(&fuzz, parts, 3);
	fuzz_as_file(&parts[0], SO2_FUZZ_PACK "/linux/facts/facts.yaml");
	if (count > 1)
		fuzz_as_file(&parts[1], SO2_FUZZ_PACK "/linux/lin-one.yaml");
	if (count > 2)
		fuzz_as_file(&parts[2], SO2_FUZZ_PACK "/pack.yaml");
	const struct rule_set *set = rules_load(fuzz.arena, fuzz.pool, fuzz.log, NULL, &pack, 1);
	fuzz_require_reason(&fuzz, set != NULL);
	for (size_t i = 0; i < log_count(fuzz.log); i++)
		fuzz_require(log_at(fuzz.log, i)->span.file, "a message without a file: %s", log_at(fuzz.log, i)->text);
	if (set) {
		check_rules(set);
		fuzz_accepted();
	}
	fuzz_end(&fuzz);
	return 0;
}
