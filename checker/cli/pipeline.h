/* One run: everything the stages share, and the order they come in.
 *
 * Lifetimes: `arena` holds rules, commands and the report for the whole run;
 * `task_arena` holds what is found out of one driver, `unit_arena` its units, both reset after it; `scratch` is
 * the engine's, reset after each function. */
#ifndef SO2_CLI_PIPELINE_H
#define SO2_CLI_PIPELINE_H

#include "base/intern.h"
#include "base/log.h"
#include "base/roots.h"
#include "base/text.h"
#include "cache/memo.h"
#include "engine/engine.h"
#include "frontend/frontend.h"
#include "options.h"
#include "peers/peers.h"
#include "progress.h"
#include "report/finding.h"
#include "rulepack/rulepack.h"

/* Bytes: the precompiled headers of some 400 different header blocks. */
#define CACHE_LIMIT ((uint64_t)4 << 30)
/* Bytes: the results of some 20,000 units. */
#define MEMO_LIMIT ((uint64_t)1 << 30)

/* CPU seconds by stage. */
struct stage_times {
	double rules, find, parse, lower, verify, cfg, effects, engine, finish;
};

/* What became of one translation unit. */
struct unit_result {
	const struct compile_cmd *cmd;
	struct parse_info info;
	bool was_lowered;
	bool was_known; /* the result, or the unit as lowered, is that of an earlier run */
};

/* Units of one driver that are analysed together. */
struct analysis_task {
	int first, count; /* among the units of the run */
	bool is_part;	  /* files of the driver are missing */
};

/* What a process has done, for --stats. */
struct worker_report {
	struct stage_times times;
	struct engine_stats engine;
	int modules, linked_modules;
};

struct run;
struct box; /* boxes.h */

/* Who wants to see the IR of a driver after its analysis, while run->report has what was found so far. */
struct module_visitor {
	void (*visit)(void *context, struct run *run, const struct ir_module *module); /* NULL: nobody */
	void *context;
};

struct run {
	const struct options *options;
	struct arena *arena, *task_arena, *unit_arena, *scratch;
	struct intern_pool *pool;
	struct log *log;
	size_t log_shown; /* entries already printed */
	const struct rule_set *rules;
	bool *enabled; /* by rule index */
	struct unit_list units;
	struct unit_result *results; /* by unit */
	size_t module_limit;	     /* steps; beyond it a driver's units are analysed one by one */
	int modules, linked_modules; /* analysed; of several units */
	int explained;		     /* functions that --explain-context told of */
	struct frontend_names names; /* the frontend and the engine may keep pointers to these */
	struct engine_options engine_options;
	struct cache *cache; /* NULL: none */
	/* With boxes: header blocks that workers look for there first, and only read; NULL: none. */
	struct cache *shared_headers;
	struct memo *memo;    /* of results, and of units; NULL: none. This process's own */
	const char *identity; /* with a memo: of the run, see known_results.c */
	struct frontend *frontend;
	struct engine *engine;
	struct engine_stats engine_stats; /* of ended workers */
	struct source_cache *sources;
	struct roots *unit_roots; /* what may be read to find the units of some paths; NULL: everything */
	struct roots *roots;	  /* of all that were found: what workers may read and reports show */
	struct text_list judged;  /* folders of others' submissions */
	const struct box *box;	  /* that this process works in; NULL: none */
	/* By unit: what its worker may read and keep instead; NULL: sources of others are not judged. */
	const struct box **unit_boxes;
	struct report report;
	struct module_visitor visitor;
	struct report **unit_reports;	 /* by unit: what is found there goes to this one; NULL: all to `report` */
	struct peers *peers;		 /* --with; NULL: none */
	struct peer_functions functions; /* with peers: of the driver in work */
	struct stage_times times;
	struct progress progress;
	bool is_analysed;
	pid_t *ending; /* workers that have done all their work; nobody has waited for them yet */
	int ending_count;
	bool has_bad_end;	  /* run_has_bad_end() */
	FILE *dump;		  /* --dump goes there; NULL: a report is wanted */
	struct path_log path_log; /* of the module in work, for --dump=path */
};

void run_open(struct run *run, const struct options *options);
void run_close(struct run *run);
/* Sets cache, unless --no-cache was given or none can be had: then it stays NULL. */
void run_open_cache(struct run *run);
/* Prints what the log got since the last call. */
void run_print_log(struct run *run);

/* The folder of the built-in rule pack. */
const char *run_builtin_pack(struct run *run);
/* Loads the built-in pack, those of --rules, and `last` (or NULL). -1: a pack is broken, logged. */
int run_load_rules(struct run *run, const char *last);
/* Sets `enabled` from the policy, --only and --disable; -1: unknown id, logged. */
int run_select_rules(struct run *run);
/* The rule an id or alias names; NULL: unknown, logged with the nearest id. */
const struct rp_rule *run_find_rule(struct run *run, const char *id);
/* Checks the paths and finishes the report; drivers as in struct unit_options, or
 * NULL. -1: usage error, logged. */
int run_analyse(struct run *run, const char *const *paths, const char *const *drivers, int path_count);
/* Did a worker end badly after its work? All is there, but something is wrong with the program. Waits for the workers,
 * whose memory takes the system some milliseconds to clear: to be asked when the report has been written. */
bool run_has_bad_end(struct run *run);
/* The same in two steps: finds what there is to check at the paths, into run->units, and checks run->units. */
int run_find_units(struct run *run, const char *const *paths, const char *const *drivers, int path_count);
void run_check_units(struct run *run);
/* Between them: other units instead of those found. */
void run_set_units(struct run *run, const struct unit_list *units);
/* Where what is said of a task belongs. */
struct report *run_report_of(struct run *run, const struct analysis_task *task);
/* Then: comments in the sources have their say, unless --no-allow or the policy keeps them from it. */
void run_allow(struct run *run);
/* The names of the units, run->units.cmd_count of them. */
const char *const *run_files(const struct run *run);
/* Fills run->units and run->results (on the arena, which need not be the run's) and reports what is not analysed; paths
 * and drivers as above. -1: usage error, logged. */
int run_list_units(struct run *run, struct arena *arena, const char *const *paths, const char *const *drivers,
		   int path_count);
/* For workers.c: makes ready, analyses some units, and tells what was done. The report is appended as report/wire.h
 * packs it; what became of the units is in run->results. */
void run_start_stages(struct run *run);
void run_analyse_task(struct run *run, const struct analysis_task *task, struct text *report);
/* Sets *task to the driver whose units follow those of *task (all 0: to the first); false: there is none. */
bool run_next_driver(const struct run *run, struct analysis_task *task);
/* The same as run_analyse_task(), but always anew, and with the report itself, which lasts until the next one. */
void run_analyse_driver(struct run *run, const struct analysis_task *task, struct report *report);
struct worker_report run_worker_report(const struct run *run);
void run_add_worker_report(struct run *run, const struct worker_report *report);
/* --stats */
void run_print_stats(const struct run *run, FILE *out);

#endif
