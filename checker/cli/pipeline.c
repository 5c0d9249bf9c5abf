/* The stages in their order. Nothing here knows an API, a rule or libclang;
 * what cannot be analysed goes to report.missing and the run goes on. */
#include "pipeline.h"

#include "base/paths.h"
#include "boxes.h"
#include "confine.h"
#include "dump_path.h"
#include "explain_context.h"
#include "known_results.h"
#include "policy.h"
#include "report/allow.h"
#include "report/wire.h"
#include "shard.h"
#include "suggest.h"
#include "workers.h"

#include <string.h>

/* Steps of one module: some 400 MB as lowered, 600 bytes each; graphs and summaries come on top. Not bytes, which
 * depend on whether a unit was parsed now. */
#define MODULE_LIMIT ((size_t)700000)

/* Seconds that one run of another checker may take. */
#define PEER_SECONDS 20.0

/* ---- opening ------------------------------------------------------------------- */

void run_open(struct run *run, const struct options *options)
{
	*run = (struct run){ .options = options, .module_limit = MODULE_LIMIT };
	run->arena = arena_create();
	run->task_arena = arena_create();
	run->unit_arena = arena_create();
	run->scratch = arena_create();
	run->pool = intern_create();
	run->log = log_create();
	run->sources = source_cache_create(run->arena);
	report_init(&run->report, run->arena);
}

void run_open_cache(struct run *run)
{
	const char *folder = confine_is_strict(run->options) ? cache_gate_folder(run->arena) :
							       cache_default_folder(run->arena);

	if (!run->options->no_cache)
		run->cache = cache_open(run->arena, folder, CACHE_LIMIT);
	if (run->cache)
		cache_clear_when_ended(run->cache);
}

void run_close(struct run *run)
{
	workers_wait(run);
	if (run->frontend)
		frontend_destroy(run->frontend);
	memo_close(run->memo);
	log_destroy(run->log);
	intern_destroy(run->pool);
	arena_destroy(run->scratch);
	arena_destroy(run->unit_arena);
	arena_destroy(run->task_arena);
	arena_destroy(run->arena);
}

void run_print_log(struct run *run)
{
	progress_clear(&run->progress);
	log_print(run->log, run->log_shown, stderr);
	run->log_shown = log_count(run->log);
}

/* ---- rules ------------------------------------------------------------------------ */

const char *run_builtin_pack(struct run *run)
{
	return install_rules_dir(run->arena);
}

int run_load_rules(struct run *run, const char *last)
{
	const struct text_list *added = &run->options->rule_dirs;
	const char **packs = ARENA_ARRAY(run->arena, const char *, (size_t)added->count + 2);
	double start = clock_cpu();
	int count = 0;

	run_open_cache(run);
	packs[count++] = run_builtin_pack(run);
	for (int i = 0; i < added->count; i++)
		packs[count++] = added->items[i];
	if (last)
		packs[count++] = last;
	run->rules = rules_load(run->arena, run->pool, run->log, run->cache, packs, count);
	run->times.rules = clock_cpu() - start;
	if (!run->rules)
		return -1;
	run->enabled = ARENA_ARRAY(run->arena, bool, (size_t)run->rules->rule_count);
	return 0;
}

const struct rp_rule *run_find_rule(struct run *run, const char *id)
{
	const struct rp_rule *rule = rules_find_rule(run->rules, id);
	if (rule)
		return rule;
	int count = run->rules->rule_count;
	const char **ids = ARENA_ARRAY(run->arena, const char *, (size_t)count);
	for (int i = 0; i < count; i++)
		ids[i] = run->rules->rules[i]->id;
	const char *nearest = suggest_nearest(id, ids, count);
	if (nearest)
		log_add(run->log, LOG_ERROR, NULL, "unknown rule `%s`; did you mean `%s`?", id, nearest);
	else
		log_add(run->log, LOG_ERROR, NULL, "unknown rule `%s` (`so2check rules` lists them)", id);
	return NULL;
}

static int set_enabled(struct run *run, const struct text_list *ids, bool value)
{
	int status = 0;

	for (int i = 0; i < ids->count; i++) {
		const struct rp_rule *rule = run_find_rule(run, ids->items[i]);

		if (rule)
			run->enabled[rule->index] = value;
		else
			status = -1; /* go on: name all the unknown ones */
	}
	return status;
}

int run_select_rules(struct run *run)
{
	bool has_only = run->options->only.count > 0;
	struct policy *policy = run->options->policy;

	for (int i = 0; i < run->rules->rule_count; i++)
		run->enabled[i] = !has_only && !run->rules->rules[i]->is_preview;
	if (policy && !policy_link(policy, run->arena, run->log, run->rules))
		return -1;
	if (policy && !has_only) /* what is asked for by name is wanted whatever the policy says */
		policy_select(policy, run->rules, run->enabled);
	int only = set_enabled(run, &run->options->only, true);
	int disable = set_enabled(run, &run->options->disable, false);
	return only || disable ? -1 : 0;
}

/* ---- saying what was not analysed ---------------------------------------------------- */

static void add_missing(struct run *run, struct span span, const char *file, const char *function, const char *reason)
{
	if (!span.file)
		span = (struct span){ .file = file };
	struct not_analysed entry = { .span = span, .function = function, .reason = reason, .is_error = true };

	report_add_missing(&run->report, &entry);
}

static void add_function_missing(struct run *run, const struct ir_function *function, const char *reason)
{
	add_missing(run, function->span, "unknown file", function->name, reason);
}

static void add_note(struct run *run, struct span span, const char *file, const char *function, const char *reason)
{
	if (!span.file)
		span = (struct span){ .file = file };
	struct not_analysed entry = { .span = span, .function = function, .reason = reason, .is_partial = true };

	report_add_note(&run->report, &entry);
}

/* ---- one function --------------------------------------------------------------------- */

/* The verifiers guard every stage in debug builds and tests; see SO2_VERIFY in CMake. */
static const char *verify_ir(struct run *run, const struct ir_function *function)
{
#ifdef SO2_VERIFY
	double start = clock_cpu();
	const char *broken = ir_verify_function(run->unit_arena, function);
	run->times.verify += clock_cpu() - start;
	return broken;
#else
	(void)run;
	(void)function;
	return NULL;
#endif
}

static const char *verify_cfg(struct run *run, const struct cfg *cfg)
{
#ifdef SO2_VERIFY
	double start = clock_cpu();
	const char *broken = cfg_verify(run->unit_arena, cfg);
	run->times.verify += clock_cpu() - start;
	return broken;
#else
	(void)run;
	(void)cfg;
	return NULL;
#endif
}

/* NULL: a verifier found it broken, which is reported. */
static const struct cfg *build_graph(struct run *run, const struct ir_function *function)
{
	const char *broken = verify_ir(run, function);
	struct cfg *cfg = NULL;

	if (!broken) {
		double start = clock_cpu();
		/* the graph adds variables of its own to the function */
		cfg = cfg_build(run->unit_arena, (struct ir_function *)function);
		run->times.cfg += clock_cpu() - start;
		broken = verify_cfg(run, cfg);
	}
	if (!broken)
		return cfg;
	add_function_missing(run, function, arena_printf(run->unit_arena, "internal error: %s", broken));
	return NULL;
}

static void dump_function(struct run *run, const struct ir_function *function)
{
	const struct cfg *cfg = NULL;

	if (run->options->dump == DUMP_IR)
		ir_print_function(run->dump, function);
	else
		cfg = build_graph(run, function);
	if (cfg)
		cfg_print(run->dump, cfg);
}

/* ---- one unit -------------------------------------------------------------------------- */

static void add_gap(struct run *run, const struct ir_unit *unit, const struct ir_note *note)
{
	struct not_analysed entry = { .span = note->span, .reason = note->text, .is_partial = true, .is_error = true };

	if (!entry.span.file)
		entry.span.file = unit->file;
	report_add_missing(&run->report, &entry);
}

static void note_unit(struct run *run, const struct ir_unit *unit)
{
	for (int i = 0; i < unit->note_count; i++)
		if (unit->notes[i].is_gap)
			add_gap(run, unit, &unit->notes[i]);
		else
			add_note(run, unit->notes[i].span, unit->file, NULL, unit->notes[i].text);
}

/* Something in the function could not be lowered; it is checked all the same, as far as it goes. */
static void note_incomplete(struct run *run, const struct ir_unit *unit, const struct ir_function *function)
{
	const char *reason = function->incomplete_reason ? function->incomplete_reason : "not wholly understood";

	if (function->is_incomplete)
		add_note(run, function->span, unit->file, function->name,
			 arena_printf(run->unit_arena, REPORT_IN_PART "%s", reason));
}

/* A unit with syntax errors gives what it gives, but must not pass for checked. */
static void report_syntax_errors(struct run *run, const struct unit_result *result)
{
	if (!result->info.has_syntax_errors)
		return;
	int errors = result->info.errors;
	struct not_analysed entry = {
		.span = { .file = result->cmd->file },
		.reason = arena_printf(run->unit_arena, "syntax errors: %d error%s of the parser, see the notes",
				       errors, errors == 1 ? "" : "s"),
		.is_partial = true,
		.is_error = true,
	};
	report_add_missing(&run->report, &entry);
}

/* Other checkers tell lines only. */
static void note_functions(struct run *run, const struct ir_unit *unit)
{
	struct peer_functions *functions = &run->functions;

	for (int i = 0; run->peers && i < unit->function_count; i++) {
		const struct ir_function *function = unit->functions[i];
		struct peer_function place = { function->span.file, function->name, function->span.line,
					       function->end_span.line };

		if (function->has_body && place.file)
			ARENA_PUSH(run->task_arena, functions->items, functions->count, functions->capacity, place);
	}
}

/* NULL: it could not be parsed, which is reported. */
static struct ir_unit *parse_unit(struct run *run, struct unit_result *result)
{
	struct ir_unit *unit = NULL;
	struct skipped_unit failure = { 0 };
	int status = frontend_lower(run->frontend, result->cmd, run->unit_arena, &unit, &result->info, &failure);

	run->times.parse += result->info.parse_seconds;
	run->times.lower += result->info.lower_seconds;
	if (status) {
		add_missing(run, failure.span, result->cmd->file, NULL,
			    failure.reason ? failure.reason : "could not be parsed");
		return NULL;
	}
	result->info.inputs = input_files_copy(run->task_arena, result->info.inputs);
	result->was_lowered = true;
	return unit;
}

/* Of a driver of several units each is kept: when one changes the others need not be parsed. */
static struct ir_unit *read_unit(struct run *run, struct unit_result *result, bool is_alone)
{
	time_t started = time(NULL);
	struct ir_unit *unit = is_alone ? NULL : known_unit_find(run, result);

	if (unit)
		return unit;
	unit = parse_unit(run, result);
	if (unit && !is_alone)
		known_unit_keep(run, result, unit, started);
	return unit;
}

static struct ir_unit *lower_unit(struct run *run, struct unit_result *result, bool is_alone)
{
	struct ir_unit *unit = read_unit(run, result, is_alone);

	if (!unit)
		return NULL;
	unit->os = result->cmd->target == TARGET_WINDOWS ? "windows" : "linux";
	run->report.unit_count++;
	report_syntax_errors(run, result);
	note_unit(run, unit);
	note_functions(run, unit);
	for (int i = 0; i < unit->function_count; i++)
		note_incomplete(run, unit, unit->functions[i]);
	return unit;
}

/* ---- one module ------------------------------------------------------------------------ */

static void dump_functions(struct run *run, const struct ir_module *module)
{
	for (int i = 0; i < module->unit_count; i++)
		for (int k = 0; k < module->units[i]->function_count; k++)
			if (module->units[i]->functions[k]->has_body)
				dump_function(run, module->units[i]->functions[k]);
}

/* One line: how large the functions of a group are, and what the engine did for them. */
static void dump_cost(struct run *run, const struct cfg *const *cfgs, int count, size_t steps, double seconds)
{
	const struct ir_function *first = cfgs[0]->function;
	int insns = 0, blocks = 0;

	for (int i = 0; i < count; i++) {
		insns += cfgs[i]->function->insn_count;
		blocks += cfgs[i]->block_count;
	}
	fprintf(run->dump, "%s\t%s\t%d\t%d\t%d\t%zu\t%.0f\n", first->unit->file, first->name, count, insns, blocks,
		steps, seconds * 1e6);
}

/* ---- functions that are said not to return ------------------------------------------------- */

static void add_false_claim(struct run *run, const struct ir_function *function, const char *reason)
{
	struct not_analysed entry = { .span = function->span,
				      .function = function->name,
				      .reason = reason,
				      .is_partial = true,
				      .is_error = true };

	if (!entry.span.file)
		entry.span.file = function->unit->file;
	report_add_missing(&run->report, &entry);
}

static bool can_return(const struct cfg *cfg)
{
	const struct cfg_block *exit = cfg->blocks[1];

	for (int i = 0; i < exit->in_count; i++)
		if (exit->in[i]->kind != CFG_EDGE_EXCEPTION && cfg->blocks[exit->in[i]->from]->order >= 0)
			return true;
	return false;
}

static void judge_claim(struct run *run, const struct cfg *cfg)
{
	if (cfg && confine_is_strict(run->options) && cfg->function->is_noreturn && can_return(cfg))
		add_false_claim(run, cfg->function,
				"it is declared not to return and does: what follows its calls was not analysed");
}

static bool has_body_in(const struct ir_module *module, const char *name)
{
	for (int i = 0; i < module->unit_count; i++) {
		const struct ir_function *function = ir_function_find(module->units[i], name);
		if (function && function->has_body)
			return true;
	}
	return false;
}

/* The driver's word alone, for a function that is not there. */
static void judge_claims_without_body(struct run *run, const struct ir_module *module)
{
	for (int i = 0; confine_is_strict(run->options) && i < module->unit_count; i++) {
		const struct ir_unit *unit = module->units[i];
		for (int k = 0; k < unit->function_count; k++) {
			const struct ir_function *function = unit->functions[k];
			if (function->is_noreturn && function->in_user_file && !function->has_body &&
			    !has_body_in(module, function->name))
				add_false_claim(run, function,
						"the driver declares it not to return, and its body is not here: what "
						"follows its calls was not analysed");
		}
	}
}

static void check_group(struct run *run, const struct callgraph *callgraph, int index)
{
	int function_count, count = 0;
	const struct ir_function *const *functions = callgraph_group(callgraph, index, &function_count);
	const struct cfg **cfgs = ARENA_ARRAY(run->unit_arena, const struct cfg *, (size_t)function_count);

	for (int i = 0; i < function_count; i++) {
		cfgs[count] = build_graph(run, functions[i]);
		judge_claim(run, cfgs[count]);
		count += cfgs[count] != NULL;
	}
	if (count == 0)
		return;
	const size_t steps = engine_get_stats(run->engine)->steps;
	double start = clock_cpu();
	engine_check_group(run->engine, cfgs, count, callgraph_is_cyclic(callgraph, index));
	double seconds = clock_cpu() - start;
	run->times.engine += seconds;
	run->report.function_count += (size_t)count;
	if (run->options->dump == DUMP_COST)
		dump_cost(run, cfgs, count, engine_get_stats(run->engine)->steps - steps, seconds);
}

static void write_paths(struct run *run, size_t first_finding)
{
	if (dump_paths(run->dump, run->unit_arena, &run->path_log, &run->report, first_finding))
		log_add(run->log, LOG_ERROR, NULL, "--dump=path: out of memory, or the output failed");
}

static void analyse_module(struct run *run, const struct ir_module *module)
{
	struct arena *arena = run->unit_arena;
	double start = clock_cpu();
	struct unit_effects *effects = effects_compute(arena, run->rules, module);
	struct callgraph *callgraph = callgraph_build(arena, run->rules, module, effects);

	run->times.effects += clock_cpu() - start;
	start = clock_cpu();
	judge_claims_without_body(run, module);
	const size_t first_finding = run->report.finding_count;
	run->path_log = (struct path_log){ .arena = arena };
	engine_begin_module(run->engine, arena, module, effects, callgraph, &run->report);
	run->times.engine += clock_cpu() - start;
	for (int i = 0; i < callgraph_group_count(callgraph); i++)
		check_group(run, callgraph, i);
	start = clock_cpu();
	engine_end_module(run->engine);
	run->times.engine += clock_cpu() - start;
	if (!run->dump)
		return;
	if (run->options->dump == DUMP_PATH)
		write_paths(run, first_finding);
	struct explained explained = { .out = run->dump,
				       .arena = arena,
				       .module = module,
				       .effects = effects,
				       .callgraph = callgraph,
				       .summaries = engine_summaries(run->engine) };
	run->explained += explain_module(&explained, run->options);
}

/* A function that nobody declares any more, but of which there are facts: the kernel's, and no other file's of the
 * driver. One that the driver declares is its own. */
static void mark_known_functions(struct ir_module *module, const struct rule_set *rules)
{
	for (int i = 0; i < module->unit_count; i++)
		for (int k = 0; k < module->units[i]->function_count; k++) {
			struct ir_function *function = module->units[i]->functions[k];
			struct rp_match match;

			if (!function->has_body && function->is_implicit &&
			    rules_match_call(rules, function->name, &match))
				function->in_user_file = false;
		}
}

static void finish_module(struct run *run, struct ir_module *module, bool has_all_units, bool is_alone)
{
	if (module->unit_count > 0) {
		mark_known_functions(module, run->rules);
		run->modules++;
		run->linked_modules += module->unit_count > 1;
		ir_module_link(module);
		module->is_complete = (module->is_whole || is_alone) && has_all_units;
		module->is_whole &= has_all_units;
		if (run->options->dump == DUMP_IR || run->options->dump == DUMP_CFG)
			dump_functions(run, module);
		else
			analyse_module(run, module);
		if (run->visitor.visit)
			run->visitor.visit(run->visitor.context, run, module);
	}
	arena_reset(run->unit_arena);
}

static struct ir_module *start_module(struct run *run, const struct compile_cmd *cmd)
{
	return ir_module_create(run->unit_arena, cmd->module ? cmd->module : cmd->file);
}

static void note_too_large(struct run *run, const struct unit_result *result, int left)
{
	add_note(run, (struct span){ .file = result->cmd->file }, NULL, NULL,
		 arena_printf(run->unit_arena,
			      "the driver is too large to be analysed as a whole: this file and %d more on their own",
			      left - 1));
}

static size_t count_steps(const struct ir_unit *unit)
{
	size_t count = 0;

	for (int i = 0; i < unit->function_count; i++)
		count += (size_t)unit->functions[i]->insn_count;
	return count;
}

/* The units of one driver. What is too much for the memory limit is analysed
 * unit by unit; then, and when a unit cannot be read, no module is whole. */
static void analyse_units(struct run *run, const struct analysis_task *task)
{
	int first = task->first, count = task->count;
	struct ir_module *module = start_module(run, run->results[first].cmd);
	bool has_all_units = !task->is_part, is_too_large = false;
	size_t steps = 0;

	for (int i = first; i < first + count; i++) {
		if (i > first && (is_too_large || steps > run->module_limit)) {
			if (!is_too_large)
				note_too_large(run, &run->results[i], first + count - i);
			is_too_large = true;
			finish_module(run, module, false, false);
			module = start_module(run, run->results[i].cmd);
		}
		struct ir_unit *unit = lower_unit(run, &run->results[i], count == 1);
		steps += unit ? count_steps(unit) : 0;
		if (unit)
			ir_module_add(module, unit);
		else
			has_all_units = false;
	}
	finish_module(run, module, has_all_units && !is_too_large,
		      count == 1 && !task->is_part && run->results[first].cmd->is_alone);
}

/* false: the result is not to be kept. */
static bool ask_peers(struct run *run, const struct analysis_task *task)
{
	bool is_whole = true;

	for (int i = task->first; run->peers && i < task->first + task->count; i++) {
		const struct compile_cmd *cmd = run->results[i].cmd;
		struct peer_unit unit = { cmd->file, cmd->path, cmd->directory, cmd->args, cmd->arg_count };

		if (cmd->target != TARGET_WINDOWS && run->results[i].was_lowered)
			is_whole &= peers_check(run->peers, run->task_arena, &unit, &run->functions, &run->report);
	}
	return is_whole;
}

void run_analyse_task(struct run *run, const struct analysis_task *task, struct text *report)
{
	time_t started = time(NULL);

	if (!known_results_find(run, task, report)) {
		struct report whole = run->report;
		report_init(&run->report, run->task_arena);
		run->functions = (struct peer_functions){ 0 };
		analyse_units(run, task);
		bool is_whole = ask_peers(run, task);
		report_pack(&run->report, report);
		run->report = whole;
		if (is_whole)
			known_results_keep(run, task, started, report);
	}
	for (int i = task->first; i < task->first + task->count; i++)
		run->results[i].info.inputs = NULL; /* they go with the task */
	arena_reset(run->task_arena);
}

void run_analyse_driver(struct run *run, const struct analysis_task *task, struct report *report)
{
	struct report whole = run->report;

	arena_reset(run->task_arena);
	report_init(&run->report, run->task_arena);
	analyse_units(run, task);
	*report = run->report;
	run->report = whole;
	for (int i = task->first; i < task->first + task->count; i++)
		run->results[i].info.inputs = NULL; /* they go with the task */
}

/* ---- the run ----------------------------------------------------------------------------- */

/* Files left out on purpose (a user-space program beside a driver) are noted in
 * the log; the report must tell of them too, and then not both. */
static void take_notes_of_log(struct run *run, size_t from)
{
	size_t taken = 0;

	for (size_t i = from; i < log_count(run->log); i++) {
		const struct log_entry *entry = log_at(run->log, i);

		if (entry->level != LOG_NOTE || !entry->span.file)
			continue;
		add_note(run, entry->span, NULL, NULL, entry->text);
		taken++;
	}
	if (run->log_shown == from && taken == log_count(run->log) - from)
		run->log_shown = log_count(run->log);
}

/* By the policy. */
static bool is_wanted(struct run *run, const char *file)
{
	const struct policy *policy = run->options->policy;

	return !policy || policy_has_path(policy, run->scratch, current_folder(run->scratch), file);
}

/* Leaves out drivers none of whose files the policy wants. Of the others all files are read: each needs the rest. */
static void leave_out_drivers(struct run *run)
{
	struct unit_list *units = &run->units;
	struct analysis_task task = { 0 };
	int found = units->cmd_count, kept = 0;

	while (run_next_driver(run, &task)) {
		bool has_any = false;
		for (int i = task.first; i < task.first + task.count; i++)
			has_any |= is_wanted(run, units->cmds[i].file);
		for (int i = task.first; i < task.first + task.count && has_any; i++)
			units->cmds[kept++] = units->cmds[i];
		arena_reset(run->scratch);
	}
	units->cmd_count = kept;
	if (found > 0 && kept == 0 && !run->options->is_kbuild) /* a build names what it wants */
		add_missing(run, (struct span){ 0 }, run->options->policy->file, NULL,
			    "the policy leaves out every file that was found");
}

int run_list_units(struct run *run, struct arena *arena, const char *const *paths, const char *const *drivers,
		   int path_count)
{
	const struct options *options = run->options;
	struct unit_options unit_options = {
		.database = options->database,
		.kernel = options->kernel,
		.ddk = options->ddk,
		.target = options->target,
		.extra_args = options->clang_args.items,
		.extra_arg_count = options->clang_args.count,
		.drivers = drivers,
		.roots = run->unit_roots,
		.believes_build = run->options->command == COMMAND_CHECK || run->options->command == COMMAND_LSP,
		.is_strict = confine_is_strict(run->options),
		.command = run->options->compiler_args.items,
		.command_count = run->options->compiler_args.count,
	};
	size_t logged = log_count(run->log);
	double start = clock_cpu();
	int status = units_find(arena, run->pool, run->log, &unit_options, paths, path_count, &run->units);

	run->times.find = clock_cpu() - start;
	for (int i = 0; i < run->units.skipped_count; i++) {
		const struct skipped_unit *skipped = &run->units.skipped[i];

		if (is_wanted(run, skipped->file))
			add_missing(run, skipped->span, skipped->file, NULL, skipped->reason);
	}
	if (!status && run->options->dump == DUMP_NONE)
		take_notes_of_log(run, logged);
	run->results = ARENA_ARRAY(arena, struct unit_result, (size_t)run->units.cmd_count);
	for (int i = 0; i < run->units.cmd_count; i++)
		run->results[i].cmd = &run->units.cmds[i];
	return status;
}

/* Named by a fact or a rule. */
static bool is_known_name(const void *context, const char *name)
{
	const struct rule_set *rules = context;
	struct rp_match match;

	for (int i = 0; i < rules->constant_name_count; i++)
		if (rules->constant_names[i] == name)
			return true;
	return rules_match_call(rules, name, &match);
}

void run_start_stages(struct run *run)
{
	if (known_results_are_outdated(run))
		frontend_load_ahead();
	run->times = (struct stage_times){ 0 };
	run->modules = run->linked_modules = 0; /* a worker started late has what the earlier ones have done */
	run->names = (struct frontend_names){
		.macros = run->rules->macro_names,
		.macro_count = run->rules->macro_name_count,
		.constants = run->rules->constant_names,
		.constant_count = run->rules->constant_name_count,
		.is_known = is_known_name,
		.context = run->rules,
	};
	run->engine_options = (struct engine_options){
		.enabled = run->enabled,
		.dump_states = run->options->dump == DUMP_STATE ? run->dump : NULL,
		.paths = run->options->dump == DUMP_PATH ? &run->path_log : NULL,
	};
	run->frontend = frontend_create(run->pool, &run->names);
	frontend_use_cache(run->frontend, run->cache);
	frontend_share_headers(run->frontend, run->shared_headers);
	frontend_use_roots(run->frontend, run->roots);
	known_results_open(run);
	run->engine = engine_create(run->arena, run->scratch, run->pool, run->rules, &run->engine_options);
}

struct worker_report run_worker_report(const struct run *run)
{
	return (struct worker_report){ run->times, *engine_get_stats(run->engine), run->modules, run->linked_modules };
}

static void add_times(struct stage_times *sum, const struct stage_times *times)
{
	sum->parse += times->parse;
	sum->lower += times->lower;
	sum->verify += times->verify;
	sum->cfg += times->cfg;
	sum->effects += times->effects;
	sum->engine += times->engine;
}

void run_add_worker_report(struct run *run, const struct worker_report *report)
{
	struct engine_stats *sum = &run->engine_stats;
	const struct engine_stats *stats = &report->engine;

	add_times(&run->times, &report->times);
	sum->functions += stats->functions;
	sum->blocks += stats->blocks;
	sum->steps += stats->steps;
	sum->forced_merges += stats->forced_merges;
	sum->over_budget += stats->over_budget;
	sum->seconds += stats->seconds;
	if (stats->peak_states > sum->peak_states)
		sum->peak_states = stats->peak_states;
	run->modules += report->modules;
	run->linked_modules += report->linked_modules;
}

bool run_next_driver(const struct run *run, struct analysis_task *task)
{
	const struct unit_list *units = &run->units;
	int first = task->first + task->count, count = 0;

	while (first + count < units->cmd_count && units->cmds[first + count].group == units->cmds[first].group)
		count++;
	*task = (struct analysis_task){ .first = first, .count = count };
	return count > 0;
}

/* All in this process: for dumps, and to look for defects of our own. */
static void analyse_here(struct run *run)
{
	struct stage_times before = run->times;
	struct analysis_task task = { 0 };

	run_start_stages(run);
	while (run_next_driver(run, &task)) {
		struct arena *arena = arena_create();
		struct text bytes = text_create(arena);
		progress_show(&run->progress, task.first, run->units.cmd_count, run->units.cmds[task.first].file);
		run_analyse_task(run, &task, &bytes);
		report_unpack(run_report_of(run, &task), run->pool, run->rules, text_get(&bytes), bytes.length);
		arena_destroy(arena);
	}
	struct worker_report report = run_worker_report(run);
	run->times = before;
	run->modules = run->linked_modules = 0;
	run_add_worker_report(run, &report);
}

void run_set_units(struct run *run, const struct unit_list *units)
{
	run->units = *units;
	run->results = ARENA_ARRAY(run->arena, struct unit_result, (size_t)run->units.cmd_count);
	for (int i = 0; i < run->units.cmd_count; i++)
		run->results[i].cmd = &run->units.cmds[i];
}

/* In one run at most a quarter of what a file may take. */
static void open_peers(struct run *run)
{
	struct peers_options options = {
		.engines = run->options->with,
		.enabled = run->enabled,
		.time_limit = run->options->time_limit / 4 < PEER_SECONDS ? run->options->time_limit / 4 : PEER_SECONDS,
		.own_headers = install_headers_dir(run->arena),
	};

	if (options.engines)
		run->peers = peers_open(run->arena, run->log, run->rules, &options);
}

int run_find_units(struct run *run, const char *const *paths, const char *const *drivers, int path_count)
{
	confine_roots(run, paths, path_count);
	if (confine_prepare(run) || run_list_units(run, run->arena, paths, drivers, path_count))
		return -1;
	confine_widen(run);
	if (run->options->policy)
		leave_out_drivers(run);
	if (run->options->shard.count > 0)
		shard_select(run);
	open_peers(run);
	return 0;
}

void run_check_units(struct run *run)
{
	progress_start(&run->progress);
	if (run->unit_boxes && run->options->jobs == 0)
		run->cache = NULL; /* what all submissions share is not for a process that reads one */
	boxes_share_headers(run);
	if (run->options->jobs > 0 && run->options->dump == DUMP_NONE)
		workers_run(run);
	else
		analyse_here(run);
	run->is_analysed = true;
	progress_clear(&run->progress);
	double start = clock_cpu();
	findings_finish(&run->report, run->sources);
	run->times.finish = clock_cpu() - start;
}

int run_analyse(struct run *run, const char *const *paths, const char *const *drivers, int path_count)
{
	if (run_find_units(run, paths, drivers, path_count))
		return -1;
	if (confine_is_strict(run->options))
		boxes_set_only(run, box_create(run, paths, path_count, NULL));
	run_check_units(run);
	return 0;
}

bool run_has_bad_end(struct run *run)
{
	workers_wait(run);
	return run->has_bad_end;
}

struct report *run_report_of(struct run *run, const struct analysis_task *task)
{
	return run->unit_reports ? run->unit_reports[task->first] : &run->report;
}

const char *const *run_files(const struct run *run)
{
	int count = run->units.cmd_count;
	const char **files = ARENA_ARRAY(run->arena, const char *, (size_t)count + 1);

	for (int i = 0; i < count; i++)
		files[i] = run->units.cmds[i].file;
	return files;
}

void run_allow(struct run *run)
{
	if (run->options->no_allow)
		return;
	report_allow(&run->report, &(struct allow_request){ run->pool, run->rules, run->enabled, run_files(run),
							    run->units.cmd_count });
}
