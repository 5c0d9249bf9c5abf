/* Runs so2check on a listing and reads what it found in terms of the programs' statements. */
#ifndef SO2_SUMMARY_FINDINGS_H
#define SO2_SUMMARY_FINDINGS_H

#include "program.h"

struct reported {
	enum defect_rule rule;
	int line;
	struct line_origin origin;
	struct node_set path; /* statements of its steps */
};

struct report {
	struct reported *findings;
	int count;
	int not_analysed;
};

extern const char *const defect_rules[DEFECT_COUNT];

/* Writes SOURCE.json beside the source. False, and says why, when it fails. */
bool report_get(struct report *report, const char *so2check, const char *source, const struct listing *listing);

#endif
