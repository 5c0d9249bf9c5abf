/* See fix.h. A driver is fixed in rounds: analyse it, apply all fixes that do not get in each other's way, analyse what comes
 * out. If that is not sound, the fixes of the round are tried one by one. The analysis that proves a round is the
 * beginning of the next, in which what was in the way, or at the same place, has its turn. */
#include "fix.h"

#include "base/paths.h"
#include "check.h"
#include "cli/cli.h"
#include "fix/fix.h"
#include "fix_files.h"
#include "fix_worker.h"
#include "output.h"
#include "policy.h"
#include "report/allow.h"

#include <string.h>

/* A driver with more is read by people first. */
#define ROUND_LIMIT 200
/* An editor shows a few lines: on these there are no more findings that differ. */
#define FIX_OFFER_LIMIT 8

/* A finding, as long as its driver is in work. */
struct found {
	const struct rp_rule *rule;
	struct span span;
	const char *function, *message, *fingerprint;
	struct fix fix;
	const char *problem; /* why fix is none; NULL */
};

/* What one analysis of the driver gave. */
struct look {
	struct found *found; /* what no comment allows, by place */
	int count, capacity;
	int errors;  /* of the parser, in all units */
	int partial; /* functions and files that were not analysed wholly */
	bool is_lost;
};

/* A finding that stays, and why. */
struct refusal {
	const char *fingerprint, *reason;
};

struct fixer_run {
	struct run *run;
	struct arena *arena; /* of the driver */
	struct analysis_task task;
	struct fix_files *files;
	struct look now, first; /* first: of the text as it is on disk */
	struct look *target;	/* that the analysis in progress fills */
	struct refusal *refusals;
	int refusal_count, refusal_capacity;
	bool is_single;	    /* fixes are tried one by one */
	bool is_first_look; /* at this driver */
	int socket;	    /* of the process that this is (fix_worker.h); -1: the program itself */
	int fixed, left, incomplete;
};

/* ---- looking ------------------------------------------------------------------------------ */

static const char *refused(const struct fixer_run *fixer, const char *fingerprint)
{
	for (int i = 0; i < fixer->refusal_count; i++)
		if (strcmp(fixer->refusals[i].fingerprint, fingerprint) == 0)
			return fixer->refusals[i].reason;
	return NULL;
}

static void refuse(struct fixer_run *fixer, const struct found *found, const char *reason)
{
	struct refusal refusal = { found->fingerprint, reason };

	ARENA_PUSH(fixer->arena, fixer->refusals, fixer->refusal_count, fixer->refusal_capacity, refusal);
}

/* The text that the parser has been given. */
static const char *text_of(struct fixer_run *fixer, const char *name, size_t *length, const char **problem)
{
	const struct fix_file *file = fix_files_find(fixer->files, name, problem);
	const struct unsaved_file *shown = file ? unsaved_file_find(file->shown) : NULL;

	if (!file)
		return NULL;
	*length = shown ? shown->length : file->length;
	return shown ? shown->text : file->text;
}

static void compute_fix(struct fixer_run *fixer, const struct ir_module *module, const struct finding *finding,
			struct found *found)
{
	struct fix_request request = { fixer->arena, fixer->run->rules, module, finding, NULL, 0 };

	if (!fix_is_known(finding)) {
		found->problem = "its rule has no fix";
		return;
	}
	request.text = text_of(fixer, finding->span.file, &request.length, &found->problem);
	if (request.text)
		found->problem = fix_compute(&request, &found->fix);
}

static void keep_finding(struct fixer_run *fixer, const struct ir_module *module, const struct finding *finding)
{
	struct arena *arena = fixer->arena;
	struct found found = { .rule = finding->rule,
			       .span = finding->span,
			       .function = finding->function,
			       .message = arena_strdup(arena, finding->message),
			       .fingerprint = arena_strdup(arena, finding->fingerprint) };

	found.function = finding->function ? arena_strdup(arena, finding->function) : "";
	compute_fix(fixer, module, finding, &found);
	ARENA_PUSH(arena, fixer->target->found, fixer->target->count, fixer->target->capacity, found);
}

/* While the driver's IR is there. */
static void visit_module(void *context, struct run *run, const struct ir_module *module)
{
	struct fixer_run *fixer = context;
	struct arena *arena = arena_create();
	struct report report;

	report_init(&report, arena);
	for (size_t i = 0; i < run->report.finding_count; i++)
		report_add_finding(&report, &run->report.findings[i]);
	findings_finish(&report, source_cache_create(arena));
	if (!run->options->no_allow)
		report_allow(&report, &(struct allow_request){ run->pool, run->rules, run->enabled, NULL, 0 });
	policy_filter(run->options->policy, &report, current_folder(arena));
	fixer->target->count = 0; /* of a driver in pieces, the last look has all */
	for (size_t i = 0; i < report.finding_count; i++)
		keep_finding(fixer, module, &report.findings[i]);
	arena_destroy(arena);
}

/* What the analysis was not able to do, once: a later look says the same. */
static void log_missing(struct run *run, const struct report *report)
{
	for (size_t i = 0; i < report->missing_count; i++) {
		const struct not_analysed *entry = &report->missing[i];

		log_add(run->log, LOG_ERROR, &entry->span, "not analysed: %s", entry->reason);
	}
}

static struct look look_at(struct fixer_run *fixer)
{
	struct look look = { 0 };
	struct report report;
	struct run *run = fixer->run;

	fixer->target = &look;
	run->visitor = (struct module_visitor){ visit_module, fixer };
	run_analyse_driver(run, &fixer->task, &report);
	run->visitor = (struct module_visitor){ 0 };
	for (int i = fixer->task.first; i < fixer->task.first + fixer->task.count; i++)
		look.errors += run->results[i].info.errors + run->results[i].info.stubbed;
	for (size_t i = 0; i < report.note_count; i++)
		look.partial += report.notes[i].function != NULL;
	look.is_lost = report.missing_count > 0;
	if (fixer->is_first_look)
		log_missing(run, &report);
	look.partial += (int)report.missing_count;
	return look;
}

/* ---- judging --------------------------------------------------------------------------------- */

/* Texts that say the same but for numbers: those of lines change with the text. */
static bool is_same_message(const char *left, const char *right)
{
	while (*left && *right) {
		size_t digits = strspn(left, "0123456789"), others = strspn(right, "0123456789");

		if ((digits > 0) != (others > 0) || (digits == 0 && *left != *right))
			return false;
		left += digits > 0 ? digits : 1;
		right += others > 0 ? others : 1;
	}
	return *left == *right;
}

static bool is_alike(const struct found *left, const struct found *right)
{
	return left->rule == right->rule && strcmp(left->function, right->function) == 0 &&
	       is_same_message(left->message, right->message);
}

static int count_alike(const struct look *look, const struct found *found)
{
	int count = 0;

	for (int i = 0; i < look->count; i++)
		count += is_alike(&look->found[i], found);
	return count;
}

/* Is the later look better by the findings of the fixes, and by nothing worse? NULL, or why not. */
static const char *judge(const struct fixer_run *fixer, const struct look *after, const struct found *const *fixed,
			 int count)
{
	const struct look *before = &fixer->now;

	if (after->errors > before->errors)
		return "the fixed text does not compile";
	if (after->partial > before->partial)
		return "the fixed text could not be analysed wholly";
	for (int i = 0; i < after->count; i++) {
		const struct found *other = &after->found[i];

		if (count_alike(after, other) > count_alike(before, other))
			return arena_printf(fixer->arena, "it would bring: %s [%s]", other->message, other->rule->id);
	}
	for (int i = 0; i < count; i++) {
		int alike = 0;

		for (int k = 0; k < count; k++)
			alike += is_alike(fixed[k], fixed[i]);
		if (count_alike(after, fixed[i]) > count_alike(before, fixed[i]) - alike)
			return "the defect would still be found";
	}
	return NULL;
}

/* ---- rounds ------------------------------------------------------------------------------------ */

/* One file, for all fixes of one round are undone together. */
static int choose(const struct fixer_run *fixer, const struct found **chosen)
{
	int count = 0;

	for (int i = 0; i < fixer->now.count; i++) {
		const struct found *found = &fixer->now.found[i];
		bool is_free = !found->problem && !refused(fixer, found->fingerprint);

		if (is_free && count > 0)
			is_free = !fixer->is_single && strcmp(found->fix.file, chosen[0]->fix.file) == 0;
		for (int k = 0; k < count && is_free; k++)
			is_free = !fix_overlaps(&chosen[k]->fix, &found->fix);
		if (is_free)
			chosen[count++] = found;
	}
	return count;
}

/* NULL: done, and fixer->now is what came out; else why not, and nothing has changed. */
static const char *try_fixes(struct fixer_run *fixer, const struct found *const *chosen, int count)
{
	const struct fix **fixes = ARENA_ARRAY(fixer->arena, const struct fix *, (size_t)count);
	const char *problem = NULL;
	struct fix_file *file = fix_files_find(fixer->files, chosen[0]->fix.file, &problem);
	size_t length;

	if (!file)
		return problem;
	for (int i = 0; i < count; i++)
		fixes[i] = &chosen[i]->fix;
	char *text = fix_apply(fixer->arena, file->text, file->length, fixes, count, &length);
	fix_files_show(fixer->files, file, text, length);
	struct look after = look_at(fixer);
	problem = judge(fixer, &after, chosen, count);
	if (!problem) {
		file->text = arena_strndup(fixer->files->arena, text, length);
		file->length = length;
		fixer->now = after;
	}
	fix_files_show(fixer->files, NULL, NULL, 0);
	return problem;
}

/* Where it is on disk; earlier fixes have moved it. */
static const struct span *original_span(const struct fixer_run *fixer, const struct found *found)
{
	for (int i = 0; i < fixer->first.count; i++)
		if (strcmp(fixer->first.found[i].fingerprint, found->fingerprint) == 0)
			return &fixer->first.found[i].span;
	return &found->span;
}

static void log_fix(const struct fixer_run *fixer, const struct found *found)
{
	log_add(fixer->run->log, LOG_NOTE, original_span(fixer, found), "fixed: %s [%s]", found->fix.what,
		found->rule->id);
}

static void log_rest(struct fixer_run *fixer)
{
	for (int i = 0; i < fixer->now.count; i++) {
		const struct found *found = &fixer->now.found[i];
		const char *reason = refused(fixer, found->fingerprint);

		log_add(fixer->run->log, LOG_NOTE, original_span(fixer, found), "not fixed: %s [%s]; %s",
			found->message, found->rule->id,
			reason	       ? reason :
			found->problem ? found->problem :
					 "too many fixes in one driver");
	}
	fixer->left += fixer->now.count;
}

/* To the program, which makes the same edits. */
static void tell_round(struct fixer_run *fixer, const struct found *const *chosen, int count)
{
	const struct fix **fixes = ARENA_ARRAY(fixer->arena, const struct fix *, (size_t)count + 1);
	struct fix_step step = { .fixes = fixes, .fix_count = count };
	const char *problem;

	if (fixer->socket < 0)
		return;
	for (int i = 0; i < count; i++)
		fixes[i] = &chosen[i]->fix;
	if (count > 0)
		step.file = fix_files_find(fixer->files, chosen[0]->fix.file, &problem);
	fix_worker_tell(fixer->socket, fixer->run, &step);
}

static void run_rounds(struct fixer_run *fixer)
{
	for (int round = 0; round < ROUND_LIMIT; round++) {
		const struct found **chosen = ARENA_ARRAY(fixer->arena, const struct found *,
							  (size_t)fixer->now.count + 1);
		int count = choose(fixer, chosen);
		if (count == 0)
			break;
		const char *problem = try_fixes(fixer, chosen, count);
		if (!problem)
			for (int i = 0; i < count; i++)
				log_fix(fixer, chosen[i]);
		else if (count == 1)
			refuse(fixer, chosen[0], problem);
		fixer->fixed += problem ? 0 : count;
		fixer->is_single |= problem != NULL;
		tell_round(fixer, chosen, problem ? 0 : count);
	}
}

static void fix_driver(struct fixer_run *fixer)
{
	fixer->arena = arena_create();
	fixer->refusals = NULL;
	fixer->refusal_count = fixer->refusal_capacity = 0;
	fixer->is_single = false;
	fix_files_show(fixer->files, NULL, NULL, 0);
	fixer->is_first_look = true;
	fixer->now = fixer->first = look_at(fixer);
	fixer->is_first_look = false;
	fixer->incomplete += fixer->now.is_lost;
	tell_round(fixer, NULL, 0);
	run_rounds(fixer);
	log_rest(fixer);
	fix_files_hide();
}

/* In a process of its own, in its box. */
static void fix_driver_boxed(void *context, int socket)
{
	struct fixer_run *fixer = context;

	fixer->socket = socket;
	fixer->fixed = fixer->left = fixer->incomplete = 0;
	fix_driver(fixer);
	fix_worker_tell(socket, fixer->run,
			&(struct fix_step){ .is_last = true, .left = fixer->left, .incomplete = fixer->incomplete });
	arena_destroy(fixer->arena);
}

static void lose_driver(struct fixer_run *fixer, const struct analysis_task *task, const char *reason,
			const char *advice)
{
	const struct span span = { .file = fixer->run->units.cmds[task->first].file };

	log_add(fixer->run->log, LOG_ERROR, &span, "not analysed: %s; %s", reason, advice);
	fixer->incomplete++;
}

/* A driver of several files that is lost at once is tried file by file, as in a check. */
static void fix_task(struct fixer_run *fixer, const struct analysis_task *task)
{
	struct run *run = fixer->run;
	struct fix_worker worker = { run, &fixer->task, fixer->files, fix_driver_boxed, fixer, 0, 0, 0, false };

	fixer->task = *task;
	const char *problem = fix_worker_run(&worker);
	fixer->fixed += worker.fixed;
	fixer->left += worker.left;
	fixer->incomplete += worker.incomplete;
	if (problem && worker.has_told)
		lose_driver(fixer, task, problem, "what was fixed in it before is kept");
	else if (problem && task->count == 1)
		lose_driver(fixer, task, problem, "`so2check --jobs 0` shows it");
	else if (problem)
		lose_driver(fixer, task, problem,
			    arena_printf(run->arena, "the %d files of this driver are fixed on their own",
					 task->count));
	run_print_log(run);
	for (int i = task->first; problem && !worker.has_told && task->count > 1 && i < task->first + task->count; i++)
		fix_task(fixer, &(struct analysis_task){ .first = i, .count = 1, .is_part = true });
}

static void fix_drivers(struct fixer_run *fixer)
{
	struct run *run = fixer->run;
	struct analysis_task task = { 0 };

	if (run->options->jobs > 0) {
		while (run_next_driver(run, &task))
			fix_task(fixer, &task);
		return;
	}
	run_start_stages(run);
	while (run_next_driver(run, &fixer->task)) {
		fix_driver(fixer);
		run_print_log(run); /* spans and texts of the driver go */
		arena_destroy(fixer->arena);
	}
}

/* ---- for an editor ------------------------------------------------------------------------------- */

static bool is_asked_for(const struct fix_question *question, const struct found *found)
{
	return !found->problem && found->span.line >= question->first && found->span.line <= question->last &&
	       file_is_same(found->span.file, question->path) && file_is_same(found->fix.file, question->path);
}

/* NULL: it holds; the text stays as it was. */
static const char *check_alone(struct fixer_run *fixer, const struct found *found)
{
	struct look before = fixer->now;
	const char *problem = NULL;
	struct fix_file *file = fix_files_find(fixer->files, found->fix.file, &problem);

	if (!file)
		return problem;
	const char *text = file->text;
	size_t length = file->length;
	problem = try_fixes(fixer, &found, 1);
	fixer->now = before;
	file->text = text;
	file->length = length;
	return problem;
}

int fix_offer(struct run *run, struct arena *arena, const struct fix_question *question, struct fix_offer **offers)
{
	const char *path = question->path;
	const struct text_list all = { &path, 1, 1 };
	struct fixer_run fixer = { .run = run, .arena = arena, .task = question->task, .socket = -1 };
	int count = 0, capacity = 0;

	fixer.files = fix_files_create(arena, &all);
	for (size_t i = 0; i < question->open_count; i++)
		fix_files_add(fixer.files, &question->open[i]);
	fix_files_show(fixer.files, NULL, NULL, 0);
	fixer.now = look_at(&fixer);
	*offers = NULL;
	for (int i = 0; i < fixer.now.count && count < FIX_OFFER_LIMIT; i++) {
		const struct found *found = &fixer.now.found[i];
		if (!is_asked_for(question, found) || check_alone(&fixer, found))
			continue;
		struct fix_offer offer = { found->rule, found->span, found->fix };
		ARENA_PUSH(arena, *offers, count, capacity, offer);
	}
	return count;
}

/* ---- the command ------------------------------------------------------------------------------- */

static int deliver(struct fixer_run *fixer)
{
	struct run *run = fixer->run;
	struct output output;

	if (run->options->apply)
		return fix_files_write(fixer->files, run->log);
	if (output_open(&output, run->arena, run->log, run->options->output))
		return -1;
	fix_files_print(fixer->files, output.stream);
	return output_commit(&output, run->log);
}

static int exit_status(const struct fixer_run *fixer)
{
	if (fixer->incomplete || fixer->run->report.missing_count > 0)
		return EXIT_INCOMPLETE;
	return fixer->left > 0 ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int fix_all(struct run *run)
{
	struct fixer_run fixer = { .run = run,
				   .files = fix_files_create(run->arena, &run->options->operands),
				   .socket = -1 };

	if (output_check(run->arena, run->log, run->options->output) || run_load_rules(run, NULL) ||
	    run_select_rules(run) ||
	    run_find_units(run, run->options->operands.items, NULL, run->options->operands.count))
		return EXIT_USAGE;
	fix_drivers(&fixer);
	log_missing(run, &run->report);
	if (deliver(&fixer))
		return EXIT_USAGE;
	log_add(run->log, LOG_NOTE, NULL, "%d finding%s %s, %d left", fixer.fixed, fixer.fixed == 1 ? "" : "s",
		run->options->apply ? "fixed" : "fixed in the patch", fixer.left);
	return exit_status(&fixer);
}

int fix_command(struct run *run, const struct options *given)
{
	struct policy *policy = check_find_policy(run, given);

	if (!policy)
		return EXIT_USAGE;
	struct options options = policy_apply(policy, given);
	run->options = &options;
	int status = fix_all(run);
	run->options = given;
	return status;
}
