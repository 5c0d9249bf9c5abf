/* The case files of a pack (docs/rule-packs.md, section Cases) and what they show of a rule. */
#ifndef SO2_CLI_TEST_CASES_H
#define SO2_CLI_TEST_CASES_H

#include "pipeline.h"
#include "test_markers.h"

struct test_case {
	const char *path, *identity;
	const char *rule_folder; /* path of the folder named after a rule that it is in or below; "": in none */
	const char *folder;	 /* name of that folder, else of the one it is in */
	bool is_header;
	struct marker_list markers;
	int failures; /* counted by the runner */
};

struct case_list {
	struct test_case *items;
	int count;
};

/* All case files below the folder, in a stable order, with their markers read. The run's
 * rules must be loaded. -1: something cannot be read, logged. */
int cases_find(struct case_list *cases, struct run *run, const char *folder);
/* The same for all packs that the run has loaded; none when they come without their cases. */
int cases_find_all(struct case_list *cases, struct run *run);
/* Some case expects a finding of the rule. */
bool cases_have_bad(const struct case_list *cases, const struct rule_set *rules, const struct rp_rule *rule);
/* Some case is the rule's own good.c (or in its folder good/), or says `ok:` of it. */
bool cases_have_good(const struct case_list *cases, const struct rule_set *rules, const struct rp_rule *rule);
/* Some case marks the trap: one that expects findings of the rule when is_bad, else one that does not.
 * A case with a known limit of the rule (todo-) counts as both. */
bool cases_show_trap(const struct case_list *cases, const struct rule_set *rules, const struct rp_rule *rule,
		     const char *trap, bool is_bad);

#endif
