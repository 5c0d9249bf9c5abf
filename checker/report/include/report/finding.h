/* Findings and how they are shown. Sinks render; they know nothing of the engine.
 *
 * Reads: findings, files not analysed and notes, added in any order by the
 * stages before. Makes: a sorted report without duplicates (findings_finish),
 * then text, JSON or SARIF of it (report_write). A report that was written
 * before it was finished is legal but neither sorted nor fingerprinted. */
#ifndef SO2_REPORT_FINDING_H
#define SO2_REPORT_FINDING_H

#include "base/arena.h"
#include "base/intern.h"
#include "base/log.h"
#include "base/roots.h"
#include "rulepack/rulepack.h"

#include <stdint.h>
#include <stdio.h>

enum finding_certainty {
	CERTAINTY_CERTAIN, /* follows from the code on a feasible path */
	CERTAINTY_LIKELY,  /* rests on an assumption named in the steps */
};

/* Who found it; bits. */
enum finding_engine { ENGINE_SO2CHECK = 1, ENGINE_SPARSE = 2, ENGINE_COCCINELLE = 4 };
#define ENGINE_COUNT 3

enum step_kind { STEP_EVENT, STEP_BRANCH, STEP_CALL, STEP_END };

struct finding_step {
	struct span span;
	const char *text; /* lower case, no full stop */
	enum step_kind kind;
};

struct finding {
	const struct rp_rule *rule;
	struct span span;
	const char *message;
	const char *function;	    /* enclosing function's name, or NULL */
	struct finding_step *steps; /* in program order; the last one is the finding itself */
	int step_count;
	enum finding_certainty certainty;
	unsigned engines;	 /* bits of enum finding_engine; 0: so2check alone */
	uint64_t identity;	 /* hash of rule, function and line; 0: findings_finish() makes it */
	const char *fingerprint; /* 16 hex digits; set by findings_finish() */
	const char *allowed_for; /* of one that the source allows: its reason; else NULL */
};

/* A file or function that was not (wholly) analysed. */
/* The reason in the note on a function that costs too much. */
#define REPORT_OVER_BUDGET "analysis budget exceeded: results for this function are incomplete"
/* How the reason begins in the note on a function that was not wholly understood. */
#define REPORT_IN_PART "analysed in part: "

struct not_analysed {
	struct span span;     /* file always set */
	const char *function; /* NULL: the whole file */
	const char *reason;
	bool is_partial; /* results exist but may be incomplete; does not alone make exit status 3 unless is_error */
	bool is_error;	 /* counts for exit status 3 */
};

#define REPORT_SHARD_LIMIT 100000

/* Which part of a divided run a report is of; count 0: of all. */
struct report_shard {
	unsigned number, count; /* 1 <= number <= count <= REPORT_SHARD_LIMIT */
	uint64_t plan;		/* hash of all that was divided: parts of one run have the same */
};

struct report {
	struct arena *arena; /* the run's; add functions copy into it */
	struct finding *findings;
	size_t finding_count, finding_capacity;
	struct finding *allowed; /* by comments in the sources: they do not count. See report/allow.h */
	size_t allowed_count, allowed_capacity;
	struct finding *known; /* in an earlier report, too: they do not count, either. See report/baseline.h */
	size_t known_count, known_capacity;
	bool has_baseline; /* there was an earlier report to compare with */
	struct not_analysed *missing;
	size_t missing_count, missing_capacity;
	struct not_analysed *notes; /* things said of units: stubs, missing headers */
	size_t note_count, note_capacity;
	size_t unit_count, function_count;
	struct report_shard shard;
	const char *policy; /* the file that decided what counts, borrowed; NULL: none */
};

void report_init(struct report *report, struct arena *arena);
/* Deep copies; file names and rule pointers are shared (they live as long as the run). */
void report_add_finding(struct report *report, const struct finding *finding);
/* The same for one with allowed_for. */
void report_add_allowed(struct report *report, const struct finding *finding);
void report_add_known(struct report *report, const struct finding *finding);
void report_add_missing(struct report *report, const struct not_analysed *missing);
void report_add_note(struct report *report, const struct not_analysed *note);

/* 0 clean, 1 findings, 3 something could not be analysed (wins over 1). */
int report_exit_status(const struct report *report);

/* Source lines for people to read, and for fingerprints. Only regular files
 * are opened. Lines come without their newline; NUL bytes are spaces. */
struct source_cache;
struct source_cache *source_cache_create(struct arena *arena);
/* One that opens no file: it has the lines that were added, and no others. */
struct source_cache *source_cache_create_given(struct arena *arena);
/* From now on it opens only what roots_allow_lines(), borrowed: lines of other files are not there. */
void source_cache_restrict(struct source_cache *cache, const struct roots *roots);
void source_cache_add_line(struct source_cache *cache, const char *file, unsigned line, const char *text);
/* Text of a line, or NULL when there is none; borrowed from the cache. */
const char *source_cache_line(struct source_cache *cache, const char *file, unsigned line);

/* Sorts (file, line, column, rule), removes duplicates (one defect, one
 * finding: same rule, place and message), computes fingerprints from rule,
 * function and normalised line text, with a counter for equal ones of a file.
 * The file's name is not part of it, so that a moved file keeps its baseline.
 * Names and texts are ordered as they are shown: bytes that are not UTF-8 as U+FFFD.
 * Reads the source lines through `sources`. */
void findings_finish(struct report *report, struct source_cache *sources);

enum report_format {
	REPORT_TEXT,
	REPORT_JSON,
	REPORT_SARIF,
	REPORT_GITHUB,	   /* workflow commands of GitHub Actions */
	REPORT_GITLAB,	   /* GitLab's Code Quality */
	REPORT_CHECKSTYLE, /* Checkstyle's XML */
	REPORT_JUNIT,	   /* JUnit's XML */
	REPORT_SHORT,	   /* as compilers write: a line for a finding, notes on what went before */
	REPORT_HTML,	   /* one file for people, with the sources around each step */
};

struct report_options {
	enum report_format format;
	bool use_color;
	const char *tool_version, *libclang_version; /* not in text */
	const struct rule_set *rules; /* SARIF lists the metadata of the rules that were enabled; may be NULL */
	const bool *enabled;	      /* by rule index; NULL: all */
	const char *root;	      /* absolute folder that relative paths refer to, but in text and JSON */
	const char *rules_identity;   /* of report_rules_identity(); may be NULL */
	const char *const *remarks;   /* HTML: what is said before all findings; NULL: nothing */
	int remark_count;
	bool has_character_columns; /* the report's columns count characters, not bytes: it was read from SARIF */
	/* The rest is for HTML. */
	const char *title; /* the heading; NULL: the tool's name */
	/* The units. Text around a step is shown of them and of files beside and below them, of others the step's own line
	 * only; NULL: text is shown of every file that a step is in. */
	const char *const *files;
	int file_count;
	const char *(*find_page)(const char *rule); /* Markdown of rules that came without their page; may be NULL */
};

/* What was looked for, as 16 hex digits: the contents of the packs, and which rules were enabled (NULL: all). */
const char *report_rules_identity(struct arena *arena, const struct rule_set *rules, const bool *enabled);

/* Writes the whole report; 0, or -1 when writing failed (errno set). */
int report_write(FILE *out, const struct report *report, struct source_cache *sources,
		 const struct report_options *options);
/* Lists the rules themselves (`so2check rules`): a table, or JSON; there are no other formats of it. */
int report_write_rules(FILE *out, const struct rule_set *rules, enum report_format format);

#endif
