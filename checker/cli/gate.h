/* `so2check gate`: a report measured by the thresholds of the policy. */
#ifndef SO2_CLI_GATE_H
#define SO2_CLI_GATE_H

#include "policy.h"

#include <stdio.h>

/* Texts on the arena. */
struct gate_result {
	struct text_list over; /* "3 errors, at most 0: 3 too many": thresholds passed over */
	struct text_list met;  /* "3 warnings (at most 5)" */
	int missing;	       /* parts that were not, or not wholly, analysed: then nothing is passed */
};

/* What is allowed or known does not count. Severities must have been set. */
struct gate_result gate_measure(struct arena *arena, const struct report *report, const struct policy *policy);
/* Says how the report fares, a line for each threshold that is passed over, and gives the exit status: 0 passed, 1 not,
 * 3 something was not analysed. */
int gate_judge(FILE *out, const struct report *report, const struct policy *policy);

#endif
