/* What a complete rule pack has beside rules that load: cases for each rule, both sides of each
 * trap, and pages whose examples are tested. `so2check test` and `so2check rules --lint` ask it. */
#ifndef SO2_CLI_LINT_H
#define SO2_CLI_LINT_H

#include "test_cases.h"

/* Prints a line for each thing that a rule below the folder lacks; gives how many. */
int lint_rules(struct run *run, FILE *out, const struct case_list *cases, const char *folder);
/* `rules --lint`: the same for all loaded packs, and the number of known limits. Gives an exit status. */
int lint_packs(struct run *run, FILE *out);

#endif
