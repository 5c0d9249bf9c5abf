/* The commands. Each opens one run, does its work and gives an exit status;
 * whatever goes wrong is in the run's log, printed in one place. */
#include "cli/cli.h"

#include "base/file.h"
#include "base/paths.h"
#include "coverage.h"
#include "hook.h"
#include "lint.h"
#include "merge.h"
#include "options.h"
#include "output.h"
#include "pages/pages.h"
#include "pipeline.h"
#include "report/baseline.h"
#include "report/rule_page.h"
#include "since.h"
#include "test_runner.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BASELINE_LIMIT ((size_t)1 << 30)

/* ---- check ------------------------------------------------------------------------ */

/* Colour for people only: a terminal that can show it, and nobody asked for none (no-color.org). */
static bool wants_color(const struct options *options, int descriptor)
{
	const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");

	if (options->output || (none && *none))
		return false;
	return terminal && *terminal && strcmp(terminal, "dumb") != 0 && isatty(descriptor);
}

static int write_report(struct run *run, const struct options *options, struct report_options *how)
{
	struct output output;

	how->use_color = wants_color(options, STDOUT_FILENO);
	if (output_open(&output, run->arena, run->log, options->output))
		return EXIT_USAGE;
	/* a failed write is still there for output_commit() to see and tell */
	report_write(output.stream, &run->report, run->sources, how);
	return output_commit(&output, run->log) ? EXIT_USAGE : report_exit_status(&run->report);
}

/* What could not be dumped is said on standard error: there is no report for it. */
static int finish_dump(struct run *run)
{
	for (size_t i = 0; i < run->report.missing_count; i++) {
		const struct not_analysed *entry = &run->report.missing[i];

		log_add(run->log, LOG_ERROR, &entry->span, "not analysed: %s", entry->reason);
	}
	if (run->options->dump == DUMP_EXPLAIN && run->explained == 0) {
		log_add(run->log, LOG_ERROR, NULL, "no function `%s` has a body in what was analysed",
			run->options->explained);
		return EXIT_USAGE;
	}
	return report_exit_status(&run->report) == EXIT_INCOMPLETE ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

static int dump(struct run *run, const struct options *options)
{
	struct output output;

	if (output_open(&output, run->arena, run->log, options->output))
		return EXIT_USAGE;
	run->dump = output.stream;
	if (run_analyse(run, options->operands.items, NULL, options->operands.count)) {
		output_abort(&output);
		return EXIT_USAGE;
	}
	return output_commit(&output, run->log) ? EXIT_USAGE : finish_dump(run);
}

static int write_own_report(struct run *run, const struct options *options)
{
	bool is_text = options->format == REPORT_TEXT; /* the version is not free */
	struct report_options how = {
		.format = options->format,
		.tool_version = SO2_VERSION,
		.libclang_version = is_text ? NULL : frontend_libclang_version(run->arena, run->cache),
		.rules = run->rules,
		.enabled = run->enabled,
		.root = current_folder(run->arena),
		.rules_identity = report_rules_identity(run->arena, run->rules, run->enabled),
		.files = run_files(run),
		.file_count = run->units.cmd_count,
	};

	return write_report(run, options, &how);
}

/* 0: read, or none was asked for. */
static int read_baseline(struct run *run, const struct options *options, struct baseline **baseline)
{
	const char *name = options->baseline, *error;
	char *text;
	size_t length;

	if (options->since) {
		*baseline = since_baseline(run->arena, run->log, options);
		return *baseline ? 0 : -1;
	}
	if (!name)
		return 0;
	if (file_read(run->arena, name, BASELINE_LIMIT, &text, &length, &error)) {
		log_add(run->log, LOG_ERROR, &(struct span){ .file = name }, "%s", error);
		return -1;
	}
	*baseline = baseline_read(run->arena, run->log, name, text, length);
	return *baseline ? 0 : -1;
}

/* Before the long work, what would make it useless. */
static int prepare_check(struct run *run, const struct options *options, struct baseline **baseline)
{
	if (output_check(run->arena, run->log, options->output) || read_baseline(run, options, baseline) ||
	    run_load_rules(run, NULL))
		return -1;
	return run_select_rules(run);
}

/* What a compiler says of one source: in one piece, as others of the build write at the same time. */
static int write_warnings(struct run *run, const struct options *options)
{
	struct report_options how = { .format = options->format, .use_color = wants_color(options, STDERR_FILENO) };
	char *text = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&text, &length);

	if (stream)
		report_write(stream, &run->report, run->sources, &how);
	if (!stream || fclose(stream) || fwrite(text, 1, length, stderr) < length) {
		log_add(run->log, LOG_ERROR, NULL, "cannot write the report: %s", strerror(errno));
		free(text);
		return EXIT_USAGE;
	}
	free(text);
	return run->has_bad_end ? EXIT_INCOMPLETE : report_exit_status(&run->report);
}

/* A checker that a build calls does not end the build, unless it is told to. */
static int check_for_build(struct run *run, const struct options *options, const struct baseline *baseline)
{
	if (run_analyse(run, NULL, NULL, 0))
		return EXIT_USAGE;
	run_allow(run);
	if (baseline)
		report_apply_baseline(&run->report, baseline);
	int status = write_warnings(run, options);
	return status == EXIT_USAGE || options->kbuild_fails ? status : EXIT_CLEAN;
}

static int command_check(struct run *run, const struct options *options)
{
	struct baseline *baseline = NULL;

	if (prepare_check(run, options, &baseline))
		return EXIT_USAGE;
	int status;
	if (options->is_kbuild) {
		status = check_for_build(run, options, baseline);
	} else if (options->dump != DUMP_NONE) {
		status = dump(run, options);
	} else {
		if (run_analyse(run, options->operands.items, NULL, options->operands.count))
			return EXIT_USAGE;
		run_allow(run);
		if (baseline)
			report_apply_baseline(&run->report, baseline);
		status = write_own_report(run, options);
		if (run->has_bad_end)
			status = EXIT_INCOMPLETE;
	}
	if (options->has_stats && run->is_analysed)
		run_print_stats(run, stderr);
	return status;
}

static int command_merge(struct run *run, const struct options *options)
{
	struct report_options how = { .find_page = pages_find };

	if (output_check(run->arena, run->log, options->output) || merge_reports(run, &how))
		return EXIT_USAGE;
	return write_report(run, options, &how);
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

static int command_cache(struct run *run, const struct options *options)
{
	const char *folder = cache_default_folder(run->arena);
	struct output output;

	run_open_cache(run);
	if (!run->cache) {
		log_add(run->log, LOG_ERROR, NULL, "there is no cache: %s",
			folder ? arena_printf(run->arena, "%s cannot be used, or others may write to it", folder) :
				 "neither XDG_CACHE_HOME nor HOME is an absolute path");
		return EXIT_USAGE;
	}
	unsigned left = options->clear ? cache_clear(run->cache, run->arena) : 0;
	if (left > 0)
		log_add(run->log, LOG_ERROR, NULL, "%u files of %s could not be removed", left, folder);
	struct cache_usage usage = cache_usage(run->cache, run->arena);
	if (output_open(&output, run->arena, run->log, NULL))
		return EXIT_USAGE;
	fprintf(output.stream, "%s: %u files, %.1f MB of at most %.0f\n", folder, usage.files,
		(double)usage.bytes / 1e6, (double)(CACHE_LIMIT + MEMO_LIMIT) / 1e6);
	fprintf(output.stream, "results: %.1f MB of at most %.0f\n", (double)usage.database_bytes / 1e6,
		(double)MEMO_LIMIT / 1e6);
	return output_commit(&output, run->log) || left > 0 ? EXIT_USAGE : EXIT_CLEAN;
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

/* ---- help, version ---------------------------------------------------------------------- */

static int command_help(struct run *run)
{
	struct output output;

	if (output_open(&output, run->arena, run->log, NULL))
		return EXIT_USAGE;
	options_print_help(output.stream);
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
		return command_check(run, options);
	case COMMAND_MERGE:
		return command_merge(run, options);
	case COMMAND_RULES:
		return command_rules(run, options);
	case COMMAND_EXPLAIN:
		return command_explain(run, options);
	case COMMAND_TEST:
		return test_run(run, options->operands.items[0]);
	case COMMAND_CACHE:
		return command_cache(run, options);
	case COMMAND_HOOK:
		return command_hook(run, options);
	case COMMAND_HELP:
		return command_help(run);
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
	run_open(&run, &options);
	int status = EXIT_USAGE;
	if (!options_parse(&options, run.arena, run.log, argc, argv))
		status = run_command(&run, &options);
	run_print_log(&run);
	run_close(&run);
	return status;
}
