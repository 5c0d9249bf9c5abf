/* The examples on a rule's page are excerpts of its cases, so that what readers see is what is tested. */
#ifndef SO2_CLI_TEST_PAGES_H
#define SO2_CLI_TEST_PAGES_H

#include "test_cases.h"

/* The first indented block of the sections Bad and Good that stands in none of the rule's own cases; NULL: all
 * do. White space and comments do not count; `...` and an empty line stand for anything. On the arena. */
const char *page_foreign_example(struct arena *arena, const struct case_list *cases, const struct rp_rule *rule);

#endif
