/* Checks the cases with the same pipeline as everything else, then compares
 * what was found with the markers in the sources (test_markers.h).
 *
 * A case is a .c file; headers may carry markers but are no cases of their own.
 * The .c files of a folder below the folder named after a rule are one driver,
 * and so are those that a build file beside them joins; all others stand alone.
 * A preview rule counts only in the folder named after it. */
#include "test_runner.h"

#include "cli/cli.h"
#include "lint.h"
#include "output.h"
#include "test_cases.h"
#include "test_files.h"

#include <stdarg.h>
#include <string.h>

#define NEAR_LINES 3 /* how far from a marker what was found instead is looked for */
#define NEAR_SHOWN 4

struct test_context {
	struct run *run;
	struct arena *arena;
	FILE *out;
	const char *folder;
	bool is_pack;
	struct case_list cases;
	struct test_case **case_of; /* by finding; NULL: in none of the cases */
	bool *consumed;		    /* by finding: a marker accounts for it */
	int other_failures;	    /* of no case: rules without cases, findings elsewhere */
};

/* ---- failures --------------------------------------------------------------------- */

static void fail(struct test_context *test, struct test_case *test_case, unsigned line, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

static void fail(struct test_context *test, struct test_case *test_case, unsigned line, const char *format, ...)
{
	va_list args;

	fprintf(test->out, "%s:%u: ", test_case->path, line);
	va_start(args, format);
	vfprintf(test->out, format, args);
	va_end(args);
	fputc('\n', test->out);
	test_case->failures++;
}

static bool is_near(unsigned left, unsigned right)
{
	return left > right ? left - right <= NEAR_LINES : right - left <= NEAR_LINES;
}

static bool is_in_case(struct test_context *test, const struct test_case *test_case, const char *file)
{
	if (!file)
		return false;
	if (!strcmp(file, test_case->path))
		return true;
	return !strcmp(test_file_identity(test->arena, file), test_case->identity);
}

/* Findings of the marker's rule anywhere in the case, and any others close by. */
static void print_near_findings(struct test_context *test, const struct test_case *test_case,
				const struct marker *marker, const struct rp_rule *rule)
{
	const struct report *report = &test->run->report;
	int shown = 0;

	for (size_t i = 0; i < report->finding_count && shown < NEAR_SHOWN; i++) {
		const struct finding *finding = &report->findings[i];

		if (test->case_of[i] != test_case)
			continue;
		if (finding->rule != rule && !is_near(finding->span.line, marker->line))
			continue;
		fprintf(test->out, "    line %u has: %s \"%s\"\n", finding->span.line, finding->rule->id,
			finding->message);
		shown++;
	}
}

static void print_near_steps(struct test_context *test, const struct test_case *test_case, const struct marker *marker,
			     const struct finding *finding)
{
	int shown = 0;

	for (int i = 0; i < finding->step_count && shown < NEAR_SHOWN; i++) {
		const struct finding_step *step = &finding->steps[i];

		if (!is_near(step->span.line, marker->line) || !is_in_case(test, test_case, step->span.file))
			continue;
		fprintf(test->out, "    line %u has the step: \"%s\"\n", step->span.line, step->text);
		shown++;
	}
}

/* ---- markers against findings -------------------------------------------------------- */

static bool has_text(const char *text, const struct marker *marker)
{
	return !marker->text || strstr(text, marker->text);
}

/* The next finding of the rule on the marker's line that no marker accounts for yet, or -1. */
static int find_finding(const struct test_context *test, const struct test_case *test_case, const struct marker *marker,
			const struct rp_rule *rule)
{
	const struct report *report = &test->run->report;

	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		if (test->consumed[i] || test->case_of[i] != test_case || finding->rule != rule)
			continue;
		if (finding->span.line == marker->line && has_text(finding->message, marker))
			return (int)i;
	}
	return -1;
}

static void check_expect(struct test_context *test, struct test_case *test_case, const struct marker *marker,
			 const struct rp_rule *rule)
{
	int found = find_finding(test, test_case, marker, rule);

	if (found >= 0) {
		test->consumed[found] = true;
		return;
	}
	fail(test, test_case, marker->line, "missing finding: %s%s%s%s", marker->rule, marker->text ? " \"" : "",
	     marker->text ? marker->text : "", marker->text ? "\"" : "");
	print_near_findings(test, test_case, marker, rule);
}

static void check_todo_expect(struct test_context *test, struct test_case *test_case, const struct marker *marker,
			      const struct rp_rule *rule)
{
	int found = find_finding(test, test_case, marker, rule);

	if (found < 0)
		return;
	test->consumed[found] = true;
	fail(test, test_case, marker->line, "%s is now found: promote todo-expect to expect", marker->rule);
}

static void check_ok(struct test_context *test, struct test_case *test_case, const struct marker *marker,
		     const struct rp_rule *rule)
{
	for (int found; (found = find_finding(test, test_case, marker, rule)) >= 0;) {
		test->consumed[found] = true;
		fail(test, test_case, marker->line, "finding on a line marked ok: %s \"%s\"", marker->rule,
		     test->run->report.findings[found].message);
	}
}

static void check_todo_ok(struct test_context *test, struct test_case *test_case, const struct marker *marker,
			  const struct rp_rule *rule)
{
	int found = find_finding(test, test_case, marker, rule);

	if (found < 0)
		fail(test, test_case, marker->line, "%s is no longer found: promote todo-ok to ok", marker->rule);
	for (; found >= 0; found = find_finding(test, test_case, marker, rule))
		test->consumed[found] = true;
}

static bool has_step(struct test_context *test, const struct test_case *test_case, const struct marker *marker,
		     const struct finding *finding)
{
	for (int i = 0; i < finding->step_count; i++) {
		const struct finding_step *step = &finding->steps[i];

		if (step->span.line == marker->line && strstr(step->text, marker->text) &&
		    is_in_case(test, test_case, step->span.file))
			return true;
	}
	return false;
}

static void check_note(struct test_context *test, struct test_case *test_case, const struct marker *marker,
		       const struct rp_rule *rule)
{
	const struct report *report = &test->run->report;

	for (size_t i = 0; i < report->finding_count; i++) {
		if (report->findings[i].rule == rule && has_step(test, test_case, marker, &report->findings[i]))
			return;
	}
	fail(test, test_case, marker->line, "missing path step of %s: \"%s\"", marker->rule, marker->text);
	for (size_t i = 0; i < report->finding_count; i++) {
		if (report->findings[i].rule == rule)
			print_near_steps(test, test_case, marker, &report->findings[i]);
	}
}

typedef void check_marker(struct test_context *test, struct test_case *test_case, const struct marker *marker,
			  const struct rp_rule *rule);

/* The order matters: what names its finding by text takes it before what would
 * take any, and markers that tolerate findings come last. */
static const struct {
	enum marker_kind kind;
	int has_text; /* 1 only with, 0 only without, -1 both */
	check_marker *check;
} marker_passes[] = {
	{ MARKER_EXPECT, 1, check_expect },
	{ MARKER_EXPECT, 0, check_expect },
	{ MARKER_TODO_EXPECT, -1, check_todo_expect },
	{ MARKER_OK, -1, check_ok },
	{ MARKER_TODO_OK, -1, check_todo_ok },
	{ MARKER_NOTE, -1, check_note },
};

static void check_markers(struct test_context *test, struct test_case *test_case, size_t pass)
{
	for (int i = 0; i < test_case->markers.count; i++) {
		const struct marker *marker = &test_case->markers.items[i];
		const struct rp_rule *rule = rules_find_rule(test->run->rules, marker->rule);
		int wants_text = marker_passes[pass].has_text;

		if (!rule || marker->kind != marker_passes[pass].kind)
			continue; /* unknown rules were told before */
		if (wants_text < 0 || wants_text == (marker->text != NULL))
			marker_passes[pass].check(test, test_case, marker, rule);
	}
}

static bool has_trap(const struct rp_rule *rule, const char *name)
{
	for (int i = 0; i < rule->trap_count; i++) {
		if (!strcmp(rule->traps[i].name, name))
			return true;
	}
	return false;
}

static void check_known_rules(struct test_context *test, struct test_case *test_case)
{
	for (int i = 0; i < test_case->markers.count; i++) {
		const struct marker *marker = &test_case->markers.items[i];

		const struct rp_rule *rule = rules_find_rule(test->run->rules, marker->rule);

		if (!rule)
			fail(test, test_case, marker->line, "unknown rule in a marker: %s %s",
			     marker_keyword(marker->kind), marker->rule);
		else if (marker->kind == MARKER_TRAP && !has_trap(rule, marker->text))
			fail(test, test_case, marker->line, "rule %s has no trap %s", rule->id, marker->text);
	}
}

static bool ignores(const struct test_context *test, const struct test_case *test_case, const struct rp_rule *rule)
{
	for (int i = 0; i < test_case->markers.count; i++) {
		const struct marker *marker = &test_case->markers.items[i];

		if (marker->kind == MARKER_IGNORE && rules_find_rule(test->run->rules, marker->rule) == rule)
			return true;
	}
	return false;
}

/* What no marker accounts for. */
static void check_unmarked(struct test_context *test, struct test_case *test_case)
{
	const struct report *report = &test->run->report;

	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		if (!test->consumed[i] && test->case_of[i] == test_case && !ignores(test, test_case, finding->rule))
			fail(test, test_case, finding->span.line, "unmarked finding: %s \"%s\"", finding->rule->id,
			     finding->message);
	}
}

static void check_elsewhere(struct test_context *test)
{
	const struct report *report = &test->run->report;

	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		if (test->consumed[i] || test->case_of[i])
			continue;
		fprintf(test->out, "%s:%u: finding outside the cases: %s \"%s\"\n", finding->span.file,
			finding->span.line, finding->rule->id, finding->message);
		test->other_failures++;
	}
}

/* ---- cases that were not analysed as they stand ------------------------------------------ */

static void print_unit_notes(struct test_context *test, const struct test_case *test_case)
{
	const struct report *report = &test->run->report;
	int shown = 0;

	for (size_t i = 0; i < report->note_count && shown < NEAR_SHOWN; i++) {
		if (!is_in_case(test, test_case, report->notes[i].span.file))
			continue;
		fprintf(test->out, "    line %u: %s\n", report->notes[i].span.line, report->notes[i].reason);
		shown++;
	}
}

static void check_parse(struct test_context *test, struct test_case *test_case)
{
	const struct run *run = test->run;

	for (int i = 0; i < run->units.cmd_count; i++) {
		const struct unit_result *result = &run->results[i];

		if (result->info.first_errors == 0 || test_case->markers.allows_parse_errors ||
		    !is_in_case(test, test_case, result->cmd->file))
			continue;
		fail(test, test_case, 1, "does not compile cleanly: %d error%s (mark it parse-errors-allowed if meant)",
		     result->info.first_errors, result->info.first_errors == 1 ? "" : "s");
		print_unit_notes(test, test_case);
	}
}

static void check_missing(struct test_context *test, struct test_case *test_case)
{
	const struct report *report = &test->run->report;

	for (size_t i = 0; i < report->missing_count; i++) {
		const struct not_analysed *entry = &report->missing[i];

		if (!is_in_case(test, test_case, entry->span.file))
			continue;
		if (entry->is_partial && test_case->markers.allows_parse_errors)
			continue;
		fail(test, test_case, entry->span.line ? entry->span.line : 1, "not analysed: %s", entry->reason);
	}
}

/* No function of a case is large enough for that: the engine does not come to an end with it. */
static void check_budget(struct test_context *test, struct test_case *test_case)
{
	const struct report *report = &test->run->report;

	for (size_t i = 0; i < report->note_count; i++) {
		const struct not_analysed *note = &report->notes[i];

		if (is_in_case(test, test_case, note->span.file) && strcmp(note->reason, REPORT_OVER_BUDGET) == 0)
			fail(test, test_case, note->span.line, "%s: %s", note->function, note->reason);
	}
}

/* ---- the run ------------------------------------------------------------------------------- */

/* The folder of a case that is several files, else NULL. */
static const char *driver_of(struct test_context *test, const struct test_case *test_case)
{
	size_t length = strlen(test_case->rule_folder);

	if (length == 0)
		return NULL;
	size_t below = strcspn(test_case->path + length + 1, "/");
	bool is_folder = test_case->path[length + 1 + below] == '/';
	return is_folder ? arena_strndup(test->arena, test_case->path, length + 1 + below) : NULL;
}

static int analyse_cases(struct test_context *test)
{
	const char **paths = ARENA_ARRAY(test->arena, const char *, (size_t)test->cases.count);
	const char **drivers = ARENA_ARRAY(test->arena, const char *, (size_t)test->cases.count);
	int count = 0;

	for (int i = 0; i < test->cases.count; i++) {
		if (test->cases.items[i].is_header)
			continue;
		drivers[count] = driver_of(test, &test->cases.items[i]);
		paths[count++] = test->cases.items[i].path;
	}
	if (count == 0) {
		log_add(test->run->log, LOG_ERROR, NULL, "no cases (.c files) for %s", test->folder);
		return -1;
	}
	for (int i = 0; i < test->run->rules->rule_count; i++)
		test->run->enabled[i] = true;
	return run_analyse(test->run, paths, drivers, count);
}

static struct test_case *find_case_of(struct test_context *test, const char *file)
{
	for (int i = 0; i < test->cases.count; i++) {
		if (file && !strcmp(file, test->cases.items[i].path))
			return &test->cases.items[i];
	}
	for (int i = 0; i < test->cases.count; i++) {
		if (is_in_case(test, &test->cases.items[i], file))
			return &test->cases.items[i];
	}
	return NULL;
}

/* A finding of a preview rule counts in the rule's own folder only: elsewhere it is accounted for at once. */
static void place_findings(struct test_context *test)
{
	const struct report *report = &test->run->report;

	test->case_of = ARENA_ARRAY(test->arena, struct test_case *, report->finding_count);
	test->consumed = ARENA_ARRAY(test->arena, bool, report->finding_count);
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];
		struct test_case *test_case = find_case_of(test, finding->span.file);
		bool is_own = test_case && !strcmp(test_case->folder, finding->rule->id);

		test->case_of[i] = test_case;
		test->consumed[i] = finding->rule->is_preview && !is_own;
	}
}

static void check_cases(struct test_context *test)
{
	for (int i = 0; i < test->cases.count; i++) {
		struct test_case *test_case = &test->cases.items[i];

		check_parse(test, test_case);
		check_missing(test, test_case);
		check_budget(test, test_case);
		check_known_rules(test, test_case);
		for (size_t pass = 0; pass < sizeof(marker_passes) / sizeof(marker_passes[0]); pass++)
			check_markers(test, test_case, pass);
		check_unmarked(test, test_case);
	}
	check_elsewhere(test);
	if (test->is_pack)
		test->other_failures += lint_rules(test->run, test->out, &test->cases, test->folder);
}

/* Headers count only when they fail; so does each failure that belongs to no case. */
static int print_verdict(struct test_context *test)
{
	int passed = 0, failed = test->other_failures;

	for (int i = 0; i < test->cases.count; i++) {
		if (test->cases.items[i].failures > 0)
			failed++;
		else if (!test->cases.items[i].is_header)
			passed++;
	}
	fprintf(test->out, "%d passed, %d failed\n", passed, failed);
	if (run_has_bad_end(test->run))
		return EXIT_INCOMPLETE;
	return failed > 0 ? EXIT_FINDINGS : EXIT_CLEAN;
}

/* Loads the rules and tells where the cases are: the folder itself when it is
 * no pack, else the one the pack names. Folders of cases come in the order of
 * loading, but a pack may have none: then loading it adds no folder. */
static int load_pack(struct test_context *test, const char **cases)
{
	struct run *run = test->run;
	const char *builtin = test_file_identity(run->arena, run_builtin_pack(run));
	bool is_builtin = !strcmp(builtin, test_file_identity(run->arena, test->folder));

	*cases = test->is_pack ? NULL : test->folder;
	if (run_load_rules(run, NULL))
		return -1;
	if (test->is_pack && is_builtin && run->rules->test_dir_count > 0)
		*cases = run->rules->test_dirs[0];
	if (!test->is_pack || is_builtin)
		return 0;
	int before = run->rules->test_dir_count;
	if (run_load_rules(run, test->folder))
		return -1;
	if (run->rules->test_dir_count > before)
		*cases = run->rules->test_dirs[before];
	return 0;
}

static int prepare(struct test_context *test)
{
	struct run *run = test->run;
	const char *cases;

	test->is_pack = test_file_exists(arena_printf(run->arena, "%s/pack.yaml", test->folder));
	if (load_pack(test, &cases))
		return -1;
	if (!cases) {
		log_add(run->log, LOG_ERROR, NULL, "the pack %s has no folder of cases", test->folder);
		return -1;
	}
	return cases_find(&test->cases, run, cases);
}

int test_run(struct run *run, const char *folder)
{
	struct test_context test = { .run = run, .arena = run->arena, .folder = folder };
	struct output output;

	if (prepare(&test) || analyse_cases(&test))
		return EXIT_USAGE;
	if (output_open(&output, run->arena, run->log, NULL))
		return EXIT_USAGE;
	test.out = output.stream;
	place_findings(&test);
	check_cases(&test);
	int status = print_verdict(&test);
	if (run->options->has_stats)
		run_print_stats(run, stderr);
	return output_commit(&output, run->log) ? EXIT_USAGE : status;
}
