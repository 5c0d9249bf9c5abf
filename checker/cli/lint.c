#include "lint.h"

#include "cli/cli.h"
#include "test_files.h"
#include "test_pages.h"

struct lint {
	struct run *run;
	FILE *out;
	const struct case_list *cases;
	int lacks;
};

static void lacks(struct lint *lint, const struct rp_rule *rule, const char *what)
{
	fprintf(lint->out, "%s:%u: rule %s has no %s\n", rule->file, rule->line, rule->id, what);
	lint->lacks++;
}

static void lint_traps(struct lint *lint, const struct rp_rule *rule)
{
	for (int i = 0; i < rule->trap_count; i++) {
		const char *trap = rule->traps[i].name;

		if (!cases_show_trap(lint->cases, lint->run->rules, rule, trap, false))
			lacks(lint, rule, arena_printf(lint->run->arena, "good case with `trap: %s`", trap));
		if (!cases_show_trap(lint->cases, lint->run->rules, rule, trap, true))
			lacks(lint, rule, arena_printf(lint->run->arena, "bad case with `trap: %s`", trap));
	}
}

static void lint_rule(struct lint *lint, const struct rp_rule *rule)
{
	if (!cases_have_bad(lint->cases, lint->run->rules, rule))
		lacks(lint, rule, "bad case (an expect: marker)");
	if (!cases_have_good(lint->cases, lint->run->rules, rule))
		lacks(lint, rule, "good case (a good.c, or an ok: marker)");
	lint_traps(lint, rule);
	const char *example = page_foreign_example(lint->run->arena, lint->cases, rule);
	if (example)
		lacks(lint, rule, arena_printf(lint->run->arena, "case with this example of its page:\n%s", example));
}

int lint_rules(struct run *run, FILE *out, const struct case_list *cases, const char *folder)
{
	struct lint lint = { .run = run, .out = out, .cases = cases };

	for (int i = 0; i < run->rules->rule_count; i++) {
		const struct rp_rule *rule = run->rules->rules[i];

		/* A rule that only other checkers look for is tested where they are: testcases/cli/peers.sh. */
		if (rule->check_count > 0 && rule->file && test_file_is_below(run->arena, rule->file, folder))
			lint_rule(&lint, rule);
	}
	return lint.lacks;
}

static int count_limits(const struct case_list *cases)
{
	int count = 0;

	for (int i = 0; i < cases->count; i++) {
		const struct marker_list *markers = &cases->items[i].markers;

		for (int k = 0; k < markers->count; k++)
			count += markers->items[k].kind == MARKER_TODO_EXPECT ||
				 markers->items[k].kind == MARKER_TODO_OK;
	}
	return count;
}

int lint_packs(struct run *run, FILE *out)
{
	const struct text_list *given = &run->options->rule_dirs;
	struct case_list cases;

	if (cases_find_all(&cases, run))
		return EXIT_USAGE;
	int count = lint_rules(run, out, &cases, run_builtin_pack(run));
	for (int i = 0; i < given->count; i++)
		count += lint_rules(run, out, &cases, given->items[i]);
	fprintf(out, "%d rules, %d things lacking, %d known limits\n", run->rules->rule_count, count,
		count_limits(&cases));
	return count > 0 ? EXIT_FINDINGS : EXIT_CLEAN;
}
