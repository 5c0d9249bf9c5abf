/* `so2check gate`: a report measured by the thresholds of the policy. */
#ifndef SO2_CLI_GATE_H
#define SO2_CLI_GATE_H

#include "policy.h"

#include <stdio.h>

/* Says how the report fares, a line for each threshold that is passed over, and gives the exit status: 0 passed, 1 not,
 * 3 something was not analysed. What is allowed or known does not count. Severities must have been set. */
int gate_judge(FILE *out, const struct report *report, const struct policy *policy);

#endif
