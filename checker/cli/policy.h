/* What a team or a teacher wants of a check, in a file beside the sources: docs/policy.md is the format.
 *
 * policy_find() and policy_read() come first, then policy_apply() to the options, then, with the rules loaded,
 * policy_link(); the report is made as if there were no policy, and policy_filter() and policy_set_severities()
 * have their say at the end. */
#ifndef SO2_CLI_POLICY_H
#define SO2_CLI_POLICY_H

#include "base/intern.h"
#include "frontend/frontend.h"
#include "options.h"
#include "report/finding.h"

#define POLICY_FILE ".so2check.yaml"

/* A rule's id or old id, a pattern with `*`, or a topic. */
struct policy_name {
	const char *text;
	struct span span;
	bool *has; /* by rule index: those meant; after policy_link() */
};

struct policy_names {
	struct policy_name *items;
	int count, capacity;
};

struct policy_severity {
	struct policy_name rules;
	enum rp_severity severity;
};

/* Rules that do not count in files of some paths. */
struct policy_place {
	const char *path;
	struct policy_names disabled;
};

#define POLICY_ANY (-1) /* no limit */

/* At most so many findings of these rules. */
struct policy_limit {
	struct policy_name rules;
	int most;
};

struct policy_gate {
	int errors, warnings, notes, findings; /* at most; or POLICY_ANY */
	bool only_certain;		       /* findings that are only likely do not count */
	struct policy_limit *limits;
	int limit_count, limit_capacity;
};

/* What grade asks of a submission beside the gate. */
struct policy_grade {
	const char *reference;	/* the assignment as it was handed out, absolute; NULL: build files are not compared */
	struct text_list build; /* patterns of build files; none: the usual ones */
	bool needs_no_module;	/* sources that no build file names will do */
};

enum policy_answer { POLICY_UNSAID, POLICY_YES, POLICY_NO };

struct policy {
	const char *file;   /* as shown; NULL: there is none, all is as by default */
	const char *folder; /* absolute; what paths are relative to */
	enum frontend_target target;
	const char *kernel, *ddk, *baseline; /* NULL: unsaid */
	enum policy_answer allow_comments;
	struct policy_names only, enabled, disabled;
	struct policy_severity *severities;
	int severity_count, severity_capacity;
	struct text_list included, excluded;
	struct policy_place *places;
	int place_count, place_capacity;
	struct policy_gate gate;
	struct policy_grade grade;
	const struct rule_set *rules; /* with the severities of the policy; after policy_link() */
};

/* What holds without a file. */
struct policy *policy_default(struct arena *arena);
/* The policy file for these paths: in the folder that a path is or lies in, or in one above it up to that of the
 * repository. *file is NULL if there is none. -1: paths have different ones; logged. */
int policy_find(struct arena *arena, struct log *log, const struct text_list *paths, const char **file);
/* NULL: it cannot be read, or has mistakes; logged. */
struct policy *policy_read(struct arena *arena, struct intern_pool *pool, struct log *log, const char *file);
/* The one that the options name, else the one found for the paths, else the default; none if the options want none. NULL
 * as above. */
struct policy *policy_choose(struct arena *arena, struct intern_pool *pool, struct log *log,
			     const struct options *options, const struct text_list *paths);
/* The options with what the policy says and the command line does not. */
struct options policy_apply(struct policy *policy, const struct options *options);
/* Which rules are meant; false: names of none, logged. */
bool policy_link(struct policy *policy, struct arena *arena, struct log *log, const struct rule_set *rules);
/* The rules that the policy switches on or off, on top of what `enabled` has by default. */
void policy_select(const struct policy *policy, const struct rule_set *rules, bool *enabled);

/* Is a file (as shown, seen from the current folder) one to be checked? */
bool policy_has_path(const struct policy *policy, struct arena *scratch, const char *current, const char *file);
/* Takes out findings and notes of files, and of rules in files, that the policy leaves out. */
void policy_filter(const struct policy *policy, struct report *report, const char *current);
/* Findings get the rules of policy->rules. Last, as rules are compared by their addresses before. */
void policy_set_severities(const struct policy *policy, struct report *report);

#endif
