/* See gate.h. */
#include "gate.h"

#include "cli/cli.h"

#include <string.h>

struct judge {
	FILE *out;
	struct arena *scratch;
	const struct report *report;
	const struct policy_gate *gate;
	bool has_failed;
	const char *met; /* "3 warnings (at most 5)", ...: the limits that were kept */
};

static bool counts(const struct judge *judge, const struct finding *finding)
{
	return !judge->gate->only_certain || finding->certainty == CERTAINTY_CERTAIN;
}

static int count_severity(const struct judge *judge, enum rp_severity severity)
{
	int count = 0;

	for (size_t i = 0; i < judge->report->finding_count; i++) {
		const struct finding *finding = &judge->report->findings[i];
		count += counts(judge, finding) && finding->rule->severity == severity;
	}
	return count;
}

static int count_rules(const struct judge *judge, const bool *has)
{
	int count = 0;

	for (size_t i = 0; i < judge->report->finding_count; i++) {
		const struct finding *finding = &judge->report->findings[i];
		count += counts(judge, finding) && has[finding->rule->index];
	}
	return count;
}

/* what: "3 errors" */
static void measure(struct judge *judge, const char *what, int count, int most)
{
	if (most == POLICY_ANY)
		return;
	if (count <= most) {
		judge->met = arena_printf(judge->scratch, "%s%s%s (at most %d)", judge->met, *judge->met ? ", " : "",
					  what, most);
		return;
	}
	fprintf(judge->out, "gate: %s, at most %d: %d too many\n", what, most, count - most);
	judge->has_failed = true;
}

static void measure_amount(struct judge *judge, const char *noun, int count, int most)
{
	measure(judge, arena_printf(judge->scratch, "%d %s%s", count, noun, count == 1 ? "" : "s"), count, most);
}

static void measure_all(struct judge *judge)
{
	const struct policy_gate *gate = judge->gate;
	int errors = count_severity(judge, RP_SEVERITY_ERROR), warnings = count_severity(judge, RP_SEVERITY_WARNING),
	    notes = count_severity(judge, RP_SEVERITY_NOTE);

	measure_amount(judge, "error", errors, gate->errors);
	measure_amount(judge, "warning", warnings, gate->warnings);
	measure_amount(judge, "note", notes, gate->notes);
	measure_amount(judge, "finding", errors + warnings + notes, gate->findings);
	for (int i = 0; i < gate->limit_count; i++) {
		const struct policy_limit *limit = &gate->limits[i];
		int count = count_rules(judge, limit->rules.has);
		measure(judge, arena_printf(judge->scratch, "%d of %s", count, limit->rules.text), count, limit->most);
	}
}

/* What could not be analysed may hide anything. */
static int count_missing(const struct report *report)
{
	int count = 0;

	for (size_t i = 0; i < report->missing_count; i++)
		count += report->missing[i].is_error;
	return count;
}

int gate_judge(FILE *out, const struct report *report, const struct policy *policy)
{
	struct judge judge = {
		.out = out, .scratch = arena_create(), .report = report, .gate = &policy->gate, .met = ""
	};
	const char *source = policy->file ? policy->file : "no policy: no error";
	int missing = count_missing(report), status = EXIT_CLEAN;

	measure_all(&judge);
	if (missing > 0) {
		fprintf(out, "gate: not passed: %d part%s could not be analysed, see above (%s)\n", missing,
			missing == 1 ? "" : "s", source);
		status = EXIT_INCOMPLETE;
	} else if (judge.has_failed) {
		fprintf(out, "gate: failed (%s)\n", source);
		status = EXIT_FINDINGS;
	} else {
		fprintf(out, "gate: passed: %s (%s)\n", *judge.met ? judge.met : "nothing is limited", source);
	}
	arena_destroy(judge.scratch);
	return status;
}
