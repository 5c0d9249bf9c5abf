/* What became of the submissions of a class, as a table for the teacher: CSV for a spreadsheet, HTML to look at. Names
 * and texts may be hostile: neither a formula for the spreadsheet nor markup comes through. */
#ifndef SO2_REPORT_GRADE_TABLE_H
#define SO2_REPORT_GRADE_TABLE_H

#include "report/finding.h"

enum grade_verdict {
	GRADE_PASSED,
	GRADE_FAILED,	     /* by the thresholds of the policy */
	GRADE_NOT_ANALYSED,  /* or in part only */
	GRADE_NOT_BUILDABLE, /* there is nothing that a build makes a module of */
	GRADE_BUILD_CHANGED, /* build files are not those of the assignment */
	GRADE_VERDICTS
};

struct grade_row {
	const char *name; /* of the submission */
	enum grade_verdict verdict;
	size_t errors, warnings, notes; /* that count */
	size_t allowed;			/* findings that comments allow */
	size_t suppressions;		/* comments that would allow something */
	size_t units;
	const char *const *remarks; /* reasons, in the order of their weight */
	int remark_count;
	const char *report; /* the student's, seen from the table */
};

/* "not buildable" */
const char *grade_verdict_text(enum grade_verdict verdict);
/* Both give 0, or -1 with errno. title: of the class. */
int grade_write_csv(FILE *out, const struct grade_row *rows, size_t count);
int grade_write_html(FILE *out, const char *title, const struct grade_row *rows, size_t count);

#endif
