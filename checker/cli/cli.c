/* The commands. Each opens one run, does its work and gives an exit status;
 * whatever goes wrong is in the run's log, printed in one place. */
#include "cli/cli.h"

#include "base/ending.h"
#include "check.h"
#include "complete.h"
#include "coverage.h"
#include "fix.h"
#include "grade.h"
#include "help.h"
#include "hook.h"
#include "language_server.h"
#include "lint.h"
#include "merge.h"
#include "options.h"
#include "output.h"
#include "pages/pages.h"
#include "pipeline.h"
#include "report/rule_page.h"
#include "test_runner.h"

#include <signal.h>
#include <string.h>

/* ---- merge --------------------------------------------------------------------------- */

static int command_merge(struct run *run, const struct options *options)
{
	struct report_options how = { .find_page = pages_find };

	if (output_check(run->arena, run->log, options->output) || merge_reports(run, &how))
		return EXIT_USAGE;
	return check_write_report(run, options, &how);
}

/* ---- rules, explain ------------------------------------------------------------------- */

static int command_rules(struct run *run, const struct options *options)
{
	struct output output;

	if (run_load_rules(run, NULL) || output_open(&output, run->arena, run->log, options->output))
		return EXIT_USAGE;
	int status = EXIT_CLEAN;
	if (options->coverage)
		status = coverage_print(run, output.stream, options->only_missing);
	else if (options->lint)
		status = lint_packs(run, output.stream);
	else
		report_write_rules(output.stream, run->rules, options->format);
	return output_commit(&output, run->log) ? EXIT_USAGE : status;
}

static int command_explain(struct run *run, const struct options *options)
{
	const char *id = options->operands.items[0];
	/* Another pack may replace a built-in rule: then the rules themselves are asked. */
	const char *page = options->rule_dirs.count == 0 ? pages_find(id) : NULL;
	const struct rp_rule *rule = NULL;
	struct output output;

	if (!page && (run_load_rules(run, NULL) || !(rule = run_find_rule(run, id))))
		return EXIT_USAGE;
	if (output_open(&output, run->arena, run->log, NULL))
		return EXIT_USAGE;
	if (page)
		fputs(page, output.stream);
	else
		report_write_rule_page(output.stream, rule);
	return output_commit(&output, run->log) ? EXIT_USAGE : EXIT_CLEAN;
}

/* ---- cache ------------------------------------------------------------------------------ */

static const char *cache_problem(struct arena *arena, const char *folder)
{
	if (!folder)
		return "neither XDG_CACHE_HOME nor HOME is an absolute path";
	return arena_printf(arena, "%s cannot be used, or others may write to it", folder);
}

/* false: something could not be removed. */
static bool clear_cache(struct run *run, struct cache *cache)
{
	unsigned left = cache_clear(cache, run->arena);

	if (left > 0)
		log_add(run->log, LOG_ERROR, NULL, "%u files of %s could not be removed", left, cache_folder(cache));
	return left == 0;
}

static int command_cache(struct run *run, const struct options *options)
{
	const char *folder = cache_default_folder(run->arena);
	struct cache *gate;
	struct output output;
	bool is_done = true;

	run_open_cache(run);
	gate = cache_open(run->arena, cache_gate_folder(run->arena), CACHE_LIMIT);
	if (!run->cache) {
		log_add(run->log, LOG_ERROR, NULL, "there is no cache: %s", cache_problem(run->arena, folder));
		return EXIT_USAGE;
	}
	if (options->clear)
		is_done = clear_cache(run, run->cache);
	if (options->clear && gate && !clear_cache(run, gate))
		is_done = false;
	struct cache_usage usage = cache_usage(run->cache, run->arena);
	if (output_open(&output, run->arena, run->log, NULL))
		return EXIT_USAGE;
	fprintf(output.stream, "%s: %u files, %.1f MB of at most %.0f\n", folder, usage.files,
		(double)usage.bytes / 1e6, (double)(CACHE_LIMIT + MEMO_LIMIT) / 1e6);
	fprintf(output.stream, "results: %.1f MB of at most %.0f\n", (double)usage.database_bytes / 1e6,
		(double)MEMO_LIMIT / 1e6);
	if (gate) {
		usage = cache_usage(gate, run->arena);
		fprintf(output.stream, "of submissions (gate, grade): %u files, %.1f MB\n", usage.files,
			(double)usage.bytes / 1e6);
	}
	return output_commit(&output, run->log) || !is_done ? EXIT_USAGE : EXIT_CLEAN;
}

/* ---- hook ------------------------------------------------------------------------------- */

static int command_hook(struct run *run, const struct options *options)
{
	const char *what = options->operands.items[0];

	if (strcmp(what, "install") != 0) {
		log_add(run->log, LOG_ERROR, NULL, "`hook` does not know `%s`; it is `so2check hook install`", what);
		return EXIT_USAGE;
	}
	return hook_install(run->arena, run->log) ? EXIT_USAGE : EXIT_CLEAN;
}

/* ---- completion in shells --------------------------------------------------------------- */

/* Whatever is wrong is nothing to say in the middle of a line that is being typed. */
static int command_complete(struct run *run, const struct options *options)
{
	complete_print(stdout, run, options->clang_args.items, options->clang_args.count);
	run->log_shown = log_count(run->log);
	return EXIT_CLEAN;
}

/* ---- help, version ---------------------------------------------------------------------- */

static int command_help(struct run *run, const struct options *options)
{
	const char *topic = options->topic;
	const struct command_row *command = topic ? command_find(topic) : NULL;
	bool is_manual = topic && strcmp(topic, "man") == 0;
	struct output output;

	if (topic && !is_manual && !(command && command->help)) {
		log_add(run->log, LOG_ERROR, NULL, "there is no command `%s` (see --help)", topic);
		return EXIT_USAGE;
	}
	if (output_open(&output, run->arena, run->log, NULL))
		return EXIT_USAGE;
	if (is_manual)
		help_print_manual(output.stream);
	else
		help_print(output.stream, command);
	return output_commit(&output, run->log) ? EXIT_USAGE : EXIT_CLEAN;
}

static int command_version(struct run *run)
{
	struct output output;

	if (output_open(&output, run->arena, run->log, NULL))
		return EXIT_USAGE;
	fprintf(output.stream, "so2check %s\nlibclang: %s\n", SO2_VERSION, frontend_libclang_version(run->arena, NULL));
	return output_commit(&output, run->log) ? EXIT_USAGE : EXIT_CLEAN;
}

/* ---- the program -------------------------------------------------------------------------- */

static int run_command(struct run *run, const struct options *options)
{
	switch (options->command) {
	case COMMAND_CHECK:
	case COMMAND_GATE:
		return check_command(run, options);
	case COMMAND_GRADE:
		return grade_command(run, options);
	case COMMAND_MERGE:
		return command_merge(run, options);
	case COMMAND_RULES:
		return command_rules(run, options);
	case COMMAND_EXPLAIN:
		return command_explain(run, options);
	case COMMAND_TEST:
		return test_run(run, options->operands.items[0]);
	case COMMAND_LSP: /* has a run of its own, for each set of options */
		break;
	case COMMAND_CACHE:
		return command_cache(run, options);
	case COMMAND_HOOK:
		return command_hook(run, options);
	case COMMAND_FIX:
		return fix_command(run, options);
	case COMMAND_HELP:
		return command_help(run, options);
	case COMMAND_COMPLETE:
		return command_complete(run, options);
	case COMMAND_VERSION:
		return command_version(run);
	}
	return EXIT_USAGE;
}

int cli_run(int argc, char **argv)
{
	struct options options = { 0 };
	struct run run;

	signal(SIGPIPE, SIG_IGN); /* a closed pipe is a write error that we report */
	signal(SIGXFSZ, SIG_IGN); /* so is a file that grows beyond `ulimit -f`; in the cache it is passed by */
	ending_install();
	run_open(&run, &options);
	int status = EXIT_USAGE;
	if (!options_parse(&options, run.arena, run.log, argc, argv))
		status = options.command == COMMAND_LSP ?
				 language_server_run(argc, (const char *const *)argv, &options) :
				 run_command(&run, &options);
	run_print_log(&run);
	run_close(&run);
	return status;
}
