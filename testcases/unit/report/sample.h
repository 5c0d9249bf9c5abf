/* A small report for the tests of report/: findings on the lines of data/driver.c.in. */
#ifndef SO2_TEST_REPORT_SAMPLE_H
#define SO2_TEST_REPORT_SAMPLE_H

#include "report/finding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h> /* needs those above */

#define SAMPLE_FILE "unit/report/data/driver.c.in" /* tests run in testcases/ */

struct sample {
	struct arena *arena;
	struct source_cache *sources;
	struct rp_rule *held, *leak; /* an error with sources and CWE, a bare warning */
	struct rule_set rules;	     /* both, and one that finds nothing */
	struct report report;
};

/* An empty report with rules. */
void sample_open(struct sample *sample);
void sample_close(struct sample *sample);
/* One finding of each kind, a missing file, a broken function and notes. Not finished yet. */
void sample_fill(struct sample *sample);
struct span sample_span(unsigned line, unsigned column, unsigned end_column);
/* A finding without steps. */
struct finding sample_finding(const struct rp_rule *rule, unsigned line, const char *function, const char *message);
/* The written report, on the sample's arena. */
const char *sample_render(struct sample *sample, enum report_format format, bool use_color);

#endif
