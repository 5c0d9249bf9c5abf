/* A rule's page for readers, in Markdown, and the index of all pages. */
#ifndef SO2_REPORT_RULE_PAGE_H
#define SO2_REPORT_RULE_PAGE_H

#include "rulepack/rulepack.h"

#include <stdio.h>

/* The author's page (<id>.md) with what the rule itself says around it: severity, system, topic,
 * weakness numbers, old ids; the right code that is not reported (its traps); the documents it is from. */
void report_write_rule_page(FILE *out, const struct rp_rule *rule);
/* Links to <id>.md, by system and topic, with the severity of each. */
void report_write_rule_index(FILE *out, const struct rule_set *rules);

#endif
