/* See gate.h. */
#include "gate.h"

#include "cli/cli.h"

#include <string.h>

struct judge {
	struct arena *arena;
	const struct report *report;
	const struct policy_gate *gate;
	struct gate_result *result;
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
	struct gate_result *result = judge->result;

	if (most == POLICY_ANY)
		return;
	if (count <= most)
		text_list_add(judge->arena, &result->met, arena_printf(judge->arena, "%s (at most %d)", what, most));
	else
		text_list_add(judge->arena, &result->over,
			      arena_printf(judge->arena, "%s, at most %d: %d too many", what, most, count - most));
}

static void measure_amount(struct judge *judge, const char *noun, int count, int most)
{
	measure(judge, arena_printf(judge->arena, "%d %s%s", count, noun, count == 1 ? "" : "s"), count, most);
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
		measure(judge, arena_printf(judge->arena, "%d of %s", count, limit->rules.text), count, limit->most);
	}
}

/* A function that the engine gave up, which its author can bring about. */
static bool is_given_up(const struct not_analysed *note)
{
	return note->function && (strcmp(note->reason, REPORT_OVER_BUDGET) == 0 ||
				  strncmp(note->reason, REPORT_IN_PART, strlen(REPORT_IN_PART)) == 0);
}

/* What could not be analysed may hide anything. */
static int count_missing(const struct report *report)
{
	int count = 0;

	for (size_t i = 0; i < report->note_count; i++)
		count += is_given_up(&report->notes[i]);

	for (size_t i = 0; i < report->missing_count; i++)
		count += report->missing[i].is_error;
	return count;
}

struct gate_result gate_measure(struct arena *arena, const struct report *report, const struct policy *policy)
{
	struct gate_result result = { .missing = count_missing(report) };
	struct judge judge = { .arena = arena, .report = report, .gate = &policy->gate, .result = &result };

	measure_all(&judge);
	return result;
}

int gate_judge(FILE *out, const struct report *report, const struct policy *policy)
{
	struct arena *arena = arena_create();
	struct gate_result result = gate_measure(arena, report, policy);
	const char *source = policy->file ? policy->file : "no policy: no error";
	int status = EXIT_CLEAN;

	for (int i = 0; i < result.over.count; i++)
		fprintf(out, "gate: %s\n", result.over.items[i]);
	if (result.missing > 0) {
		fprintf(out, "gate: not passed: %d part%s could not be analysed, see above (%s)\n", result.missing,
			result.missing == 1 ? "" : "s", source);
		status = EXIT_INCOMPLETE;
	} else if (result.over.count > 0) {
		fprintf(out, "gate: failed (%s)\n", source);
		status = EXIT_FINDINGS;
	} else {
		fputs("gate: passed: ", out);
		for (int i = 0; i < result.met.count; i++)
			fprintf(out, "%s%s", i > 0 ? ", " : "", result.met.items[i]);
		fprintf(out, "%s (%s)\n", result.met.count > 0 ? "" : "nothing is limited", source);
	}
	arena_destroy(arena);
	return status;
}
