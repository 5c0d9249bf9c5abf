#include "coverage.h"

#include "base/strmap.h"
#include "cli/cli.h"
#include "rulepack/coverage.h"
#include "test_cases.h"
#include "test_files.h"

#include <stdarg.h>
#include <string.h>

#define NAME_WIDTH 34

/* Names may stand in several documents; each counts once. Keyed by the interned text. */
struct tally {
	struct keymap *seen;
	int total, covered, outside; /* outside: nothing can check it, with the reason */
};

struct coverage_run {
	struct run *run;
	FILE *out;
	bool only_missing, has_cases;
	struct case_list cases; /* of all packs' test folders */
	int holes;
	struct tally names, constraints, rules;
};

/* ---- holes ----------------------------------------------------------------------------- */

static void report_hole(struct coverage_run *coverage, const struct rp_covered *item, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void report_hole(struct coverage_run *coverage, const struct rp_covered *item, const char *format, ...)
{
	va_list args;

	coverage->holes++;
	if (!coverage->only_missing)
		return;
	fprintf(coverage->out, "%s:%u: %s: ", item->file, item->line, item->text);
	va_start(args, format);
	vfprintf(coverage->out, format, args);
	va_end(args);
	fputc('\n', coverage->out);
}

static bool is_tested(struct coverage_run *coverage, const struct rp_rule *rule)
{
	const struct rule_set *rules = coverage->run->rules;

	if (!coverage->has_cases)
		return true;
	return cases_have_bad(&coverage->cases, rules, rule) && cases_have_good(&coverage->cases, rules, rule);
}

/* Every rule that is named must exist and be tested. */
static bool has_its_rules(struct coverage_run *coverage, const struct rp_covered *item)
{
	int holes = coverage->holes;

	for (int i = 0; i < item->rule_count; i++) {
		const struct rp_rule *rule = rules_find_rule(coverage->run->rules, item->rules[i]);

		if (!rule)
			report_hole(coverage, item, "there is no rule %s", item->rules[i]);
		else if (!is_tested(coverage, rule))
			report_hole(coverage, item, "rule %s has no bad or no good case", item->rules[i]);
	}
	return coverage->holes == holes;
}

static const struct rp_api *find_fact(struct coverage_run *coverage, const struct rp_covered *item)
{
	struct rp_match match;
	bool is_known = rules_match_call(coverage->run->rules, intern(coverage->run->pool, item->text), &match);

	return is_known ? match.api : NULL;
}

/* Calls need a fact: without one the engine does not know them. */
static bool has_its_fact(struct coverage_run *coverage, const struct rp_covered *item)
{
	bool is_call = item->kind == RP_NAME_FUNCTION || item->kind == RP_NAME_MACRO;

	if (!is_call || item->because || item->seen_as || find_fact(coverage, item) ||
	    rules_find_role(coverage->run->rules, NULL, NULL, item->text))
		return true;
	report_hole(coverage, item, "no fact knows it");
	return false;
}

static bool is_covered(struct coverage_run *coverage, const struct rp_covered *item, bool is_name)
{
	bool has_rules = has_its_rules(coverage, item), has_fact = !is_name || has_its_fact(coverage, item);

	return has_rules && has_fact;
}

/* ---- printing --------------------------------------------------------------------------- */

static void count_item(struct tally *tally, const struct rp_covered *item, bool covered)
{
	if (keymap_get(tally->seen, KEYMAP_KEY(item->text)))
		return;
	keymap_put(tally->seen, KEYMAP_KEY(item->text), (void *)item);
	tally->total++;
	tally->covered += covered;
	tally->outside += covered && item->because;
}

static void print_rules(struct coverage_run *coverage, const struct rp_covered *item)
{
	if (item->because)
		fprintf(coverage->out, "not checked: %s", item->because);
	for (int i = 0; i < item->rule_count; i++)
		fprintf(coverage->out, "%s%s", i || item->because ? ", " : "", item->rules[i]);
}

static void print_name(struct coverage_run *coverage, const struct rp_covered *item)
{
	const struct rp_api *fact = find_fact(coverage, item);

	fprintf(coverage->out, "    %-*s %-8s ", NAME_WIDTH, item->text, rp_name_kind_word(item->kind));
	print_rules(coverage, item);
	if (item->seen_as)
		fprintf(coverage->out, "  [seen as %s]", item->seen_as);
	else if (fact)
		fprintf(coverage->out, "  [fact: %s:%u]", test_file_name(fact->file), fact->line);
	fputc('\n', coverage->out);
}

static void print_constraint(struct coverage_run *coverage, const struct rp_covered *item)
{
	fprintf(coverage->out, "    - %s: ", item->text);
	print_rules(coverage, item);
	fputc('\n', coverage->out);
}

static void visit_section(struct coverage_run *coverage, const struct rp_cover_section *section)
{
	if (!coverage->only_missing)
		fprintf(coverage->out, "  %s\n", section->place);
	for (int i = 0; i < section->name_count; i++) {
		const struct rp_covered *item = &section->names[i];

		count_item(&coverage->names, item, is_covered(coverage, item, true));
		if (!coverage->only_missing)
			print_name(coverage, item);
	}
	for (int i = 0; i < section->constraint_count; i++) {
		const struct rp_covered *item = &section->constraints[i];

		count_item(&coverage->constraints, item, is_covered(coverage, item, false));
		if (!coverage->only_missing)
			print_constraint(coverage, item);
	}
}

static void visit_document(struct coverage_run *coverage, const struct rp_cover_document *document)
{
	if (!coverage->only_missing)
		fprintf(coverage->out, "%s\n", document->title);
	for (int i = 0; i < document->section_count; i++)
		visit_section(coverage, &document->sections[i]);
	for (int i = 0; i < document->rule_count; i++) {
		const struct rp_covered *item = &document->rules[i];
		const struct rp_rule *rule = rules_find_rule(coverage->run->rules, item->text);

		count_item(&coverage->rules, item, is_covered(coverage, item, false));
		if (!coverage->only_missing && rule)
			fprintf(coverage->out, "    %-*s %s%s\n", NAME_WIDTH, item->text, rule->file,
				strcmp(rule->id, item->text) != 0 ? " (merged)" : "");
	}
	if (!coverage->only_missing)
		fputc('\n', coverage->out);
}

static void print_tally(FILE *out, const char *what, const struct tally *tally)
{
	fprintf(out, "%s: %d of %d", what, tally->covered, tally->total);
	if (tally->outside > 0)
		fprintf(out, " (%d of them nothing can check, with the reason)", tally->outside);
	fputc('\n', out);
}

/* ---- the run ----------------------------------------------------------------------------- */

static const struct rp_coverage *load_lists(struct run *run)
{
	const struct text_list *given = &run->options->rule_dirs;
	const char **packs = ARENA_ARRAY(run->arena, const char *, (size_t)given->count + 1);

	packs[0] = run_builtin_pack(run);
	for (int i = 0; i < given->count; i++)
		packs[i + 1] = given->items[i];
	return rules_load_coverage(run->arena, run->pool, run->log, packs, given->count + 1);
}

int coverage_print(struct run *run, FILE *out, bool only_missing)
{
	struct coverage_run coverage = { .run = run, .out = out, .only_missing = only_missing };
	const struct rp_coverage *lists = load_lists(run);
	if (!lists || cases_find_all(&coverage.cases, run))
		return EXIT_USAGE;
	coverage.has_cases = coverage.cases.count > 0; /* an installed pack comes without its cases */
	coverage.names.seen = keymap_create(run->arena);
	coverage.constraints.seen = keymap_create(run->arena);
	coverage.rules.seen = keymap_create(run->arena);
	for (int i = 0; i < lists->document_count; i++)
		visit_document(&coverage, &lists->documents[i]);
	if (only_missing)
		return coverage.holes > 0 ? EXIT_FINDINGS : EXIT_CLEAN;
	print_tally(out, "names", &coverage.names);
	print_tally(out, "constraints", &coverage.constraints);
	print_tally(out, "rules of the book", &coverage.rules);
	return EXIT_CLEAN;
}
