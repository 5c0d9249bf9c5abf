/* See check.h. */
#include "check.h"

#include "base/file.h"
#include "base/paths.h"
#include "cli/cli.h"
#include "gate.h"
#include "output.h"
#include "policy.h"
#include "since.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BASELINE_LIMIT ((size_t)1 << 30)

/* Colour for people only: a terminal that can show it, and nobody asked for none (no-color.org). */
static bool wants_color(const struct options *options, int descriptor)
{
	const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");

	if (options->output || (none && *none))
		return false;
	return terminal && *terminal && strcmp(terminal, "dumb") != 0 && isatty(descriptor);
}

int check_write_report(struct run *run, const struct options *options, struct report_options *how)
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

/* ---- reports ----------------------------------------------------------------------- */

static bool has_other_than_text(const struct options *options)
{
	bool has_any = options->format != REPORT_TEXT;

	for (int i = 0; i < options->copy_count; i++)
		has_any |= options->copies[i].format != REPORT_TEXT;
	return has_any;
}

/* Each as well as it goes: one that cannot be written costs no other. */
static int write_copies(struct run *run, const struct options *options, const struct report_options *how)
{
	int status = 0;

	for (int i = 0; i < options->copy_count; i++) {
		struct report_options copy = *how;
		struct output output;

		copy.format = options->copies[i].format;
		copy.use_color = false;
		if (output_open(&output, run->arena, run->log, options->copies[i].file)) {
			status = -1;
			continue;
		}
		report_write(output.stream, &run->report, run->sources, &copy);
		status |= output_commit(&output, run->log);
	}
	return status;
}

static int write_own_reports(struct run *run, const struct options *options)
{
	const struct rule_set *rules = options->policy->rules;
	const char *libclang = has_other_than_text(options) ? frontend_libclang_version(run->arena, run->cache) :
							      NULL; /* the version is not free */
	struct report_options how = {
		.format = options->format,
		.tool_version = SO2_VERSION,
		.libclang_version = libclang,
		.rules = rules,
		.enabled = run->enabled,
		.root = current_folder(run->arena),
		.rules_identity = report_rules_identity(run->arena, rules, run->enabled),
		.files = run_files(run),
		.file_count = run->units.cmd_count,
	};
	int copies = write_copies(run, options, &how);
	int status = check_write_report(run, options, &how);

	return copies ? EXIT_USAGE : status;
}

/* ---- the command ---------------------------------------------------------------------- */

int check_read_baseline(struct run *run, const struct options *options, struct baseline **baseline)
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

static int check_outputs(struct run *run, const struct options *options)
{
	if (output_check(run->arena, run->log, options->output))
		return -1;
	for (int i = 0; i < options->copy_count; i++)
		if (output_check(run->arena, run->log, options->copies[i].file))
			return -1;
	return 0;
}

/* Before the long work, what would make it useless. */
static int prepare_check(struct run *run, const struct options *options, struct baseline **baseline)
{
	if (check_outputs(run, options) || check_read_baseline(run, options, baseline) || run_load_rules(run, NULL))
		return -1;
	return run_select_rules(run);
}

static struct text_list checked_paths(const struct options *options)
{
	const struct text_list *compiler = &options->compiler_args;

	if (!options->is_kbuild)
		return options->operands;
	return (struct text_list){ .items = compiler->items + compiler->count - 1, .count = 1 };
}

struct policy *check_find_policy(struct run *run, const struct options *options)
{
	const struct text_list paths = checked_paths(options);

	return policy_choose(run->arena, run->pool, run->log, options, &paths);
}

/* What is said of the findings once all are there. */
static void finish_report(struct run *run, const struct options *options, const struct baseline *baseline)
{
	run_allow(run);
	policy_filter(options->policy, &run->report, current_folder(run->arena));
	if (baseline)
		report_apply_baseline(&run->report, baseline);
	policy_set_severities(options->policy, &run->report);
	run->report.policy = options->policy->file;
}

/* ---- for a build ---------------------------------------------------------------------- */

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
	return run_has_bad_end(run) ? EXIT_INCOMPLETE : report_exit_status(&run->report);
}

/* A checker that a build calls does not end the build, unless it is told to. */
static int check_for_build(struct run *run, const struct options *options, const struct baseline *baseline)
{
	if (run_analyse(run, NULL, NULL, 0))
		return EXIT_USAGE;
	finish_report(run, options, baseline);
	int status = write_warnings(run, options);
	return status == EXIT_USAGE || options->kbuild_fails ? status : EXIT_CLEAN;
}

/* ---- the gate ------------------------------------------------------------------------ */

/* The verdict goes where it does not spoil a report. */
static int judge(struct run *run, const struct options *options)
{
	FILE *out = options->output || options->format == REPORT_TEXT ? stdout : stderr;

	if (run_has_bad_end(run)) {
		fputs("gate: not passed: something is wrong with the checker\n", out);
		return EXIT_INCOMPLETE;
	}
	return gate_judge(out, &run->report, options->policy);
}

static int check(struct run *run, const struct options *options, const struct baseline *baseline)
{
	if (options->is_kbuild)
		return check_for_build(run, options, baseline);
	if (options->dump != DUMP_NONE)
		return dump(run, options);
	if (run_analyse(run, options->operands.items, NULL, options->operands.count))
		return EXIT_USAGE;
	finish_report(run, options, baseline);
	int status = write_own_reports(run, options);
	if (options->command == COMMAND_GATE && status != EXIT_USAGE)
		status = judge(run, options);
	return run_has_bad_end(run) ? EXIT_INCOMPLETE : status;
}

int check_command(struct run *run, const struct options *given)
{
	struct policy *policy = check_find_policy(run, given);
	struct baseline *baseline = NULL;

	if (!policy)
		return EXIT_USAGE;
	struct options options = policy_apply(policy, given);
	run->options = &options;
	int status = prepare_check(run, &options, &baseline) ? EXIT_USAGE : check(run, &options, baseline);
	if (options.has_stats && run->is_analysed)
		run_print_stats(run, stderr);
	run->options = given;
	return status;
}
