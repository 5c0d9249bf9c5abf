/* See grade.h. All submissions are one run; each has a box of its own, whose workers see nothing of the others (boxes.h), and a
 * report of its own, by the units that were found in it. What it includes from elsewhere is told to it, and to nobody else. */
#include "grade.h"

#include "base/path.h"
#include "base/paths.h"
#include "boxes.h"
#include "check.h"
#include "cli/cli.h"
#include "confine.h"
#include "gate.h"
#include "output.h"
#include "policy.h"
#include "report/allow.h"
#include "report/grade_table.h"
#include "submission.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <xxhash.h>

#define DEFAULT_OUTPUT "grades"
#define NAME_LIMIT 100 /* bytes of a submission's name in that of its report */
#define REMARK_LIMIT 8 /* of one kind */

struct submission {
	const char *name, *path, *folder; /* the folder's own, as shown, absolute */
	struct report report;
	struct source_cache *sources; /* lines that its report may show */
	int first_unit, unit_count;
	bool has_module; /* a build file makes one of its sources */
	struct grade_row row;
	struct text_list remarks;
};

struct class
{
	struct run *run;
	struct arena *arena;
	const struct options *options;
	struct policy *policy;
	const char *reference;		       /* absolute; NULL: there is none */
	const char *output, *current, *folder; /* the last: of all submissions, links followed */
	struct baseline *baseline;
	struct submission *items;
	int count, capacity;
	struct unit_list units; /* of all */
	struct report **unit_reports;
	const struct box **unit_boxes;
	int report_count, report_capacity, box_count, box_capacity;
};

/* ---- the folders ----------------------------------------------------------------- */

static const char *absolute(struct class *class, const char *path)
{
	const char *seen = path_seen_from(class->arena, class->current, path);

	return *seen == '/' ? seen : arena_printf(class->arena, "%s/%s", class->current, seen);
}

static int compare_submissions(const void *left, const void *right)
{
	return strcmp(((const struct submission *)left)->name, ((const struct submission *)right)->name);
}

static void add_submission(struct class *class, const char *folder, const char *name)
{
	struct submission submission = { .name = arena_strdup(class->arena, name),
					 .path = arena_printf(class->arena, "%s/%s", folder, name) };
	struct stat status;

	submission.folder = absolute(class, submission.path);
	if (lstat(submission.path, &status) || !S_ISDIR(status.st_mode)) {
		log_add(class->run->log, LOG_WARNING, &(struct span){ .file = submission.path },
			"is no folder: not graded");
		return;
	}
	report_init(&submission.report, class->arena);
	ARENA_PUSH(class->arena, class->items, class->count, class->capacity, submission);
}

static int list_submissions(struct class *class)
{
	const char *given = class->options->operands.items[0];
	size_t length = strlen(given);
	while (length > 1 && given[length - 1] == '/')
		length--;
	const char *folder = arena_strndup(class->arena, given, length);
	DIR *listing = opendir(folder);
	const struct span span = { .file = folder };

	if (!listing) {
		log_add(class->run->log, LOG_ERROR, &span, "%s", strerror(errno));
		return -1;
	}
	for (const struct dirent *entry; (entry = readdir(listing)) != NULL;)
		if (entry->d_name[0] != '.')
			add_submission(class, folder, entry->d_name);
	closedir(listing);
	if (class->count == 0) {
		log_add(class->run->log, LOG_ERROR, &span, "it has no folder that could be a submission");
		return -1;
	}
	qsort(class->items, (size_t) class->count, sizeof(*class->items), compare_submissions);
	return 0;
}

/* ---- what there is to check --------------------------------------------------------- */

static void add_missing(struct submission *submission, const char *file, const char *reason)
{
	struct not_analysed entry = { .span = { .file = file }, .reason = reason, .is_error = true };

	report_add_missing(&submission->report, &entry);
}

/* A project may name sources of others, a link may lead to them. */
static bool is_own(const struct submission *submission, const struct compile_cmd *cmd)
{
	char *root = realpath(submission->folder, NULL), *file = realpath(cmd->path, NULL);
	size_t length = root ? strlen(root) : 0;
	bool is_below = root && file && strncmp(file, root, length) == 0 && file[length] == '/';

	free(root); /* the library's own allocations */
	free(file);
	return is_below;
}

static void take_units(struct class *class, struct submission *submission, const struct box *box)
{
	const struct unit_list *found = &class->run->units;
	int groups = class->units.group_count;

	submission->first_unit = class->units.cmd_count;
	for (int i = 0; i < found->cmd_count; i++) {
		struct compile_cmd cmd = found->cmds[i];
		if (!is_own(submission, &cmd)) {
			add_missing(submission, cmd.file, "it is no file of this submission's own");
			continue;
		}
		cmd.group += groups;
		submission->has_module |= cmd.origin == UNIT_FROM_KBUILD || cmd.origin == UNIT_FROM_PROJECT;
		ARENA_PUSH(class->arena, class->units.cmds, class->units.cmd_count, class->units.cmd_capacity, cmd);
		ARENA_PUSH(class->arena, class->unit_reports, class->report_count, class->report_capacity,
			   &submission->report);
		ARENA_PUSH(class->arena, class->unit_boxes, class->box_count, class->box_capacity, box);
	}
	submission->unit_count = class->units.cmd_count - submission->first_unit;
	class->units.group_count = groups + found->group_count;
}

/* Each by itself: what one brings must not change how another's files are read. */
static int find_units(struct class *class, struct submission *submission)
{
	struct run *run = class->run;
	struct report whole = run->report;

	class->policy->folder = submission->folder;
	run->units = (struct unit_list){ 0 };
	run->report = submission->report;
	int status = run_find_units(run, &submission->path, NULL, 1);
	submission->report = run->report;
	run->report = whole;
	if (status)
		return status;
	struct box *box = box_create(run, &submission->path, 1, class->folder);
	submission->sources = source_cache_create(class->arena);
	source_cache_restrict(submission->sources, box->roots);
	take_units(class, submission, box);
	return 0;
}

static int check_all(struct class *class)
{
	for (int i = 0; i < class->count; i++)
		if (find_units(class, &class->items[i]))
			return -1;
	run_set_units(class->run, &class->units);
	class->run->unit_reports = class->unit_reports;
	class->run->unit_boxes = class->unit_boxes;
	run_check_units(class->run);
	return 0;
}

/* ---- the verdict ------------------------------------------------------------------------ */

static void remark(struct class *class, struct submission *submission, const char *text)
{
	text_list_add(class->arena, &submission->remarks, text);
}

static void remark_all(struct class *class, struct submission *submission, const struct text_list *texts)
{
	for (int i = 0; i < texts->count && i < REMARK_LIMIT; i++)
		remark(class, submission, texts->items[i]);
	if (texts->count > REMARK_LIMIT)
		remark(class, submission,
		       arena_printf(class->arena, "and %d more like this", texts->count - REMARK_LIMIT));
}

static bool has_build_changed(struct class *class, struct submission *submission)
{
	struct text_list differences = { 0 };

	if (class->reference)
		differences = build_differences(class->arena, &class->policy->grade.build, submission->folder,
						class->reference);
	remark_all(class, submission, &differences);
	return differences.count > 0;
}

static bool is_buildable(struct class *class, struct submission *submission)
{
	/* which one is among the reasons of is_analysed() */
	bool is_incomplete = folder_lacks_source(submission->folder);

	if (submission->unit_count == 0)
		remark(class, submission, "there is no source of a driver in it");
	else if (!submission->has_module && !class->policy->grade.needs_no_module)
		remark(class, submission, "no build file makes a module of its sources");
	return submission->unit_count > 0 && !is_incomplete &&
	       (submission->has_module || class->policy->grade.needs_no_module);
}

static bool is_analysed(struct class *class, struct submission *submission)
{
	const struct report *report = &submission->report;
	struct text_list reasons = { 0 };

	for (size_t i = 0; i < report->missing_count; i++) {
		const struct not_analysed *entry = &report->missing[i];
		const char *file = path_seen_from(class->arena, submission->folder, absolute(class, entry->span.file));
		if (entry->is_error)
			text_list_add(class->arena, &reasons,
				      arena_printf(class->arena, "%s: %s", file, entry->reason));
	}
	if (folder_files(class->arena, submission->folder).count >= SUBMISSION_FILE_LIMIT)
		text_list_add(class->arena, &reasons, "it has too many files to look at them all");
	remark_all(class, submission, &reasons);
	return reasons.count == 0;
}

static bool is_within_thresholds(struct class *class, struct submission *submission)
{
	struct gate_result result = gate_measure(class->arena, &submission->report, class->policy);

	remark_all(class, submission, &result.over);
	return result.over.count == 0;
}

/* The gravest one; the remarks have all reasons. */
static enum grade_verdict judge(struct class *class, struct submission *submission)
{
	bool has_changed = has_build_changed(class, submission), has_module = is_buildable(class, submission);
	bool is_whole = is_analysed(class, submission), is_good = is_within_thresholds(class, submission);

	if (has_changed)
		return GRADE_BUILD_CHANGED;
	if (!has_module)
		return GRADE_NOT_BUILDABLE;
	if (!is_whole)
		return GRADE_NOT_ANALYSED;
	return is_good ? GRADE_PASSED : GRADE_FAILED;
}

static void remark_suppressions(struct class *class, struct submission *submission)
{
	const char *what = class->options->no_allow ? "comment not counted" : "comment";
	struct text_list list = folder_suppressions(class->arena, submission->folder, &submission->row.suppressions);

	for (int i = 0; i < list.count; i++)
		remark(class, submission, arena_printf(class->arena, "%s: %s", what, list.items[i]));
	if (submission->row.suppressions > (size_t)list.count)
		remark(class, submission,
		       arena_printf(class->arena, "%zu more such comments",
				    submission->row.suppressions - (size_t)list.count));
}

static void remark_policies(struct class *class, struct submission *submission)
{
	struct text_list files = folder_files(class->arena, submission->folder);

	for (int i = 0; i < files.count; i++)
		if (path_matches(class->arena, POLICY_FILE, files.items[i]))
			remark(class, submission, arena_printf(class->arena, "%s is not obeyed", files.items[i]));
}

/* ---- one submission ------------------------------------------------------------------------ */

static const char *const *unit_files(struct class *class, const struct submission *submission)
{
	const char **files = ARENA_ARRAY(class->arena, const char *, (size_t)submission->unit_count + 1);

	for (int i = 0; i < submission->unit_count; i++)
		files[i] = class->units.cmds[submission->first_unit + i].file;
	return files;
}

static void count_findings(struct submission *submission)
{
	const struct report *report = &submission->report;
	struct grade_row *row = &submission->row;

	for (size_t i = 0; i < report->finding_count; i++) {
		enum rp_severity severity = report->findings[i].rule->severity;
		row->errors += severity == RP_SEVERITY_ERROR;
		row->warnings += severity == RP_SEVERITY_WARNING;
		row->notes += severity == RP_SEVERITY_NOTE;
	}
	row->allowed = report->allowed_count;
	row->units = (size_t)submission->unit_count;
}

static void finish_report(struct class *class, struct submission *submission)
{
	struct run *run = class->run;
	struct report *report = &submission->report;

	class->policy->folder = submission->folder;
	findings_finish(report, submission->sources);
	if (!class->options->no_allow)
		report_allow(report, &(struct allow_request){ run->pool, run->rules, run->enabled,
							      unit_files(class, submission), submission->unit_count });
	policy_filter(class->policy, report, class->current);
	if (class->baseline)
		report_apply_baseline(report, class->baseline);
	policy_set_severities(class->policy, report);
}

static void judge_submission(struct class *class, struct submission *submission)
{
	struct grade_row *row = &submission->row;

	finish_report(class, submission);
	row->name = submission->name;
	row->verdict = judge(class, submission);
	remark_policies(class, submission);
	remark_suppressions(class, submission);
	count_findings(submission);
	row->remarks = submission->remarks.items;
	row->remark_count = submission->remarks.count;
}

/* ---- files ------------------------------------------------------------------------------------ */

/* A name that no file system, shell or browser stumbles over. One that had to be changed bears a hash of the old. */
static const char *file_name(struct arena *arena, const char *name)
{
	char *plain = arena_strndup(arena, name, strnlen(name, NAME_LIMIT));
	bool is_changed = strlen(name) > NAME_LIMIT || *name == '-';

	for (char *at = plain; *at; at++) {
		if (isascii((unsigned char)*at) && (isalnum((unsigned char)*at) || strchr("._-", *at)))
			continue;
		*at = '_';
		is_changed = true;
	}
	if (*plain == '-')
		*plain = '_';
	if (!is_changed)
		return plain;
	return arena_printf(arena, "%s-%08llx", plain, (unsigned long long)XXH64(name, strlen(name), 0) & 0xffffffff);
}

static int make_folder(struct class *class, const char *path)
{
	if (mkdir(path, 0777) == 0 || errno == EEXIST)
		return 0;
	log_add(class->run->log, LOG_ERROR, &(struct span){ .file = path }, "%s", strerror(errno));
	return -1;
}

static int write_student_report(struct class *class, struct submission *submission)
{
	struct run *run = class->run;
	struct report_options how = {
		.format = REPORT_HTML,
		.tool_version = SO2_VERSION,
		.libclang_version = frontend_libclang_version(class->arena, run->cache),
		.rules = class->policy->rules,
		.enabled = run->enabled,
		.root = class->current,
		.files = unit_files(class, submission),
		.file_count = submission->unit_count,
		.title = arena_printf(class->arena, "%s: %s", submission->name,
				      grade_verdict_text(submission->row.verdict)),
		.remarks = submission->row.remarks,
		.remark_count = submission->row.remark_count,
	};
	struct output output;

	submission->row.report = arena_printf(class->arena, "reports/%s.html",
					      file_name(class->arena, submission->name));
	if (output_open(&output, class->arena, run->log,
			arena_printf(class->arena, "%s/%s", class->output, submission->row.report)))
		return -1;
	report_write(output.stream, &submission->report, submission->sources, &how);
	return output_commit(&output, run->log);
}

static int write_tables(struct class *class)
{
	struct grade_row *rows = ARENA_ARRAY(class->arena, struct grade_row, (size_t) class->count);
	const char *title = class->options->operands.items[0];
	struct output csv, html;

	for (int i = 0; i < class->count; i++)
		rows[i] = class->items[i].row;
	if (output_open(&csv, class->arena, class->run->log,
			arena_printf(class->arena, "%s/summary.csv", class->output)))
		return -1;
	grade_write_csv(csv.stream, rows, (size_t) class->count);
	if (output_commit(&csv, class->run->log) ||
	    output_open(&html, class->arena, class->run->log,
			arena_printf(class->arena, "%s/summary.html", class->output)))
		return -1;
	grade_write_html(html.stream, title, rows, (size_t) class->count);
	return output_commit(&html, class->run->log);
}

/* One report that cannot be written costs no other. */
static int write_all(struct class *class)
{
	int status = 0;

	for (int i = 0; i < class->count; i++)
		status |= write_student_report(class, &class->items[i]);
	return write_tables(class) || status ? -1 : 0;
}

/* ---- the command --------------------------------------------------------------------------------- */

static int find_reference(struct class *class)
{
	const char *given = class->options->reference ? class->options->reference : class->policy->grade.reference;
	struct stat status;

	if (!given) {
		log_add(class->run->log, LOG_WARNING, NULL,
			"no assignment to compare with (--reference): changed build files are not seen");
		return 0;
	}
	class->reference = absolute(class, given);
	if (stat(given, &status) == 0 && S_ISDIR(status.st_mode))
		return 0;
	log_add(class->run->log, LOG_ERROR, &(struct span){ .file = given }, "the assignment is no folder");
	return -1;
}

/* Before the long work, what would make it useless. */
static int prepare(struct class *class)
{
	const char *given = class->options->output ? class->options->output : DEFAULT_OUTPUT;
	const char *folder = absolute(class, class->options->operands.items[0]);

	class->output = given;
	class->folder = confine_folder_of(class->arena, folder);
	if (*path_seen_from(class->arena, folder, absolute(class, given)) != '/') {
		log_add(class->run->log, LOG_ERROR, &(struct span){ .file = given },
			"the reports cannot lie among the submissions");
		return -1;
	}
	if (list_submissions(class) || find_reference(class) ||
	    check_read_baseline(class->run, class->options, &class->baseline) || run_load_rules(class->run, NULL) ||
	    run_select_rules(class->run) || make_folder(class, given))
		return -1;
	return make_folder(class, arena_printf(class->arena, "%s/reports", given));
}

static void print_counts(const struct class *class, const int *counts)
{
	printf("%d submissions:", class->count);
	for (int i = 0; i < GRADE_VERDICTS; i++)
		if (counts[i] > 0)
			printf(" %d %s,", counts[i], grade_verdict_text((enum grade_verdict)i));
	printf(" in %s/summary.html and summary.csv\n", class->output);
}

static int grade(struct class *class)
{
	int counts[GRADE_VERDICTS] = { 0 };

	if (prepare(class) || check_all(class))
		return EXIT_USAGE;
	for (int i = 0; i < class->count; i++) {
		judge_submission(class, &class->items[i]);
		counts[class->items[i].row.verdict]++;
	}
	if (write_all(class))
		return EXIT_USAGE;
	print_counts(class, counts);
	if (counts[GRADE_NOT_ANALYSED] > 0 || run_has_bad_end(class->run))
		return EXIT_INCOMPLETE;
	return counts[GRADE_PASSED] == class->count ? EXIT_CLEAN : EXIT_FINDINGS;
}

int grade_command(struct run *run, const struct options *given)
{
	struct policy *policy = policy_read(run->arena, run->pool, run->log, given->policy_file);
	const char *current = current_folder(run->arena);

	if (!policy || !current)
		return EXIT_USAGE;
	struct options options = policy_apply(policy, given);
	options.no_allow = policy->allow_comments != POLICY_YES;
	struct class class = {
		.run = run, .arena = run->arena, .options = &options, .policy = policy, .current = current
	};
	run->options = &options;
	int status = grade(&class);
	if (options.has_stats && run->is_analysed)
		run_print_stats(run, stderr);
	run->options = given;
	return status;
}
