/* `.so2check.yaml`: read, linked with the built-in rules, and asked about paths. */
#include "fuzz.h"

#include "../../../checker/cli/policy.h"

#include <string.h>

static void ask(struct fuzz *fuzz, const struct policy *policy)
{
	static const char *const files[] = { "a.c", "../a.c", "/fuzz/drivers/net/a.c", "drivers/*/a.c", "" };
	const struct rule_set *rules = fuzz_rules();
	bool *enabled = ARENA_ARRAY(fuzz->arena, bool, (size_t)rules->rule_count);

	policy_select(policy, rules, enabled);
	for (int i = 0; i < rules->rule_count; i++)
		for (int k = 0; k < policy->disabled.count; k++)
			fuzz_require(!enabled[i] || !policy->disabled.items[k].has[i], "%s is disabled and enabled",
				     rules->rules[i]->id);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		policy_has_path(policy, fuzz->arena, "/fuzz", files[i]);
	fuzz_require(policy->rules->rule_count == rules->rule_count, "rules are lost");
}

static void filter(struct fuzz *fuzz, const struct policy *policy)
{
	const struct rule_set *rules = fuzz_rules();
	struct report report;
	struct finding finding = { .span = { .file = "drivers/net/a.c" }, .message = "m" };

	report_init(&report, fuzz->arena);
	for (int i = 0; i < rules->rule_count; i++) {
		finding.rule = rules->rules[i];
		report_add_finding(&report, &finding);
	}
	policy_filter(policy, &report, "/fuzz");
	size_t once = report.finding_count;
	policy_set_severities(policy, &report);
	policy_filter(policy, &report, "/fuzz");
	fuzz_require(report.finding_count == once, "filtered again, %zu of %zu are left", report.finding_count, once);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct rule_set *rules = fuzz_rules();
	struct fuzz fuzz = fuzz_begin(data, size);
	const char *path = "/fuzz/" POLICY_FILE;

	fuzz_as_file(&(struct fuzz_part){ fuzz.text, fuzz.size }, path);
	struct policy *policy = policy_read(fuzz.arena, fuzz.pool, fuzz.log, path);
	fuzz_require_reason(&fuzz, policy != NULL);
	if (policy && policy_link(policy, fuzz.arena, fuzz.log, rules)) {
		fuzz_require_reason(&fuzz, true);
		ask(&fuzz, policy);
		filter(&fuzz, policy);
		fuzz_accepted();
	}
	fuzz_end(&fuzz);
	return 0;
}
