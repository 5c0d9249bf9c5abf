/* See language_server.h. */
#include "language_server.h"

#include "base/child.h"
#include "base/file.h"
#include "base/paths.h"
#include "confine.h"
#include "fix.h"
#include "lsp/lsp.h"
#include "pipeline.h"
#include "policy.h"
#include "report/wire.h"
#include "workers.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A driver of more units is analysed file by file: nobody waits so long for a whole one. */
#define UNIT_LIMIT 30
#define SOURCE_LIMIT ((size_t)16 << 20)

/* One set of options, and the rules loaded for it. */
struct session {
	struct options given, options; /* the latter with what the policy says */
	struct run run;
};

/* Units that are one driver, by their paths. */
struct driver {
	const char **paths;
	int count;
	struct driver *next;
};

struct language_server {
	int argc;
	const char *const *argv;
	struct session *session; /* NULL: not configured yet */
	struct arena *arena;	 /* of the drivers */
	struct driver *drivers;	 /* those met since files may have come or gone */
	bool is_confined;	 /* in a worker: it has shut itself in, for run.roots */
};

/* ---- settings ------------------------------------------------------------------------------- */

static int find_separator(const char *const *words, int count)
{
	int at = 0;

	while (at < count && strcmp(words[at], "--") != 0)
		at++;
	return at;
}

struct arguments {
	struct arena *arena; /* of the copies: options keep pointers to them */
	char **items;
	int count, capacity;
};

static void add_arguments(struct arguments *all, const char *const *words, int from, int to)
{
	for (int i = from; i < to; i++) {
		char *copy = arena_strdup(all->arena, words[i]);
		ARENA_PUSH(all->arena, all->items, all->count, all->capacity, copy);
	}
}

/* Those of the program, then the editor's; in both what follows `--` is clang's. */
static void join_arguments(const struct language_server *server, const char *const *more, int more_count,
			   struct arguments *all)
{
	static const char *const separator[] = { "--" };
	int own = find_separator(server->argv, server->argc), added = find_separator(more, more_count);

	add_arguments(all, server->argv, 0, own);
	add_arguments(all, more, 0, added);
	add_arguments(all, separator, 0, 1);
	add_arguments(all, server->argv, own + 1, server->argc);
	add_arguments(all, more, added + 1, more_count);
}

/* All errors, one after the other. */
static const char *read_log(struct arena *arena, const struct log *log)
{
	struct text text = text_create(arena);

	for (size_t i = 0; i < log_count(log); i++) {
		const struct log_entry *entry = log_at(log, i);
		if (entry->level == LOG_ERROR && entry->span.file)
			text_printf(&text, "%s%s:%u: %s", text.length > 0 ? "; " : "", entry->span.file,
				    entry->span.line, entry->text);
		else if (entry->level == LOG_ERROR)
			text_printf(&text, "%s%s", text.length > 0 ? "; " : "", entry->text);
	}
	return text_get(&text);
}

static void close_session(struct session *session)
{
	if (session)
		run_close(&session->run);
	free(session);
}

/* The policy of the folder that is open. -1: it is wrong, logged. */
static int apply_policy(struct session *session)
{
	struct run *run = &session->run;
	const char *here = ".";
	const struct text_list paths = { &here, 1, 1 };
	struct policy *policy = policy_choose(run->arena, run->pool, run->log, &session->given, &paths);

	if (!policy)
		return -1;
	session->options = policy_apply(policy, &session->given);
	return 0;
}

static const char *configure(void *context, struct arena *arena, const char *const *arguments, int count)
{
	struct language_server *server = context;
	struct session *session = calloc(1, sizeof(*session));

	if (!session)
		return "there is no memory for it";
	run_open(&session->run, &session->options);
	struct run *run = &session->run;
	struct arguments all = { .arena = run->arena };
	join_arguments(server, arguments, count, &all);
	if (options_parse(&session->given, run->arena, run->log, all.count, all.items) || apply_policy(session) ||
	    confine_prepare(run) || run_load_rules(run, NULL) || run_select_rules(run)) {
		const char *problem = read_log(arena, run->log);
		close_session(session);
		return problem;
	}
	if (session->given.command != COMMAND_LSP) {
		close_session(session);
		return "--help and --version are not for the settings";
	}
	close_session(server->session);
	server->session = session;
	return NULL;
}

static const struct rule_set *get_rules(void *context)
{
	return ((struct language_server *)context)->session->run.rules;
}

static struct intern_pool *get_pool(void *context)
{
	return ((struct language_server *)context)->session->run.pool;
}

static void finish(void *context, struct report *report)
{
	policy_set_severities(((struct language_server *)context)->session->options.policy, report);
}

static double get_time_limit(void *context)
{
	return ((struct language_server *)context)->session->options.time_limit;
}

/* ---- names ------------------------------------------------------------------------------------- */

static const char *folder_of(struct arena *arena, const char *path)
{
	size_t length = (size_t)(strrchr(path, '/') - path);

	return length > 0 ? arena_strndup(arena, path, length) : "/";
}

static bool is_header(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot && strcmp(dot, ".h") == 0;
}

static bool has_build_file(struct arena *arena, const char *folder)
{
	return access(arena_printf(arena, "%s/Kbuild", folder), F_OK) == 0 ||
	       access(arena_printf(arena, "%s/Makefile", folder), F_OK) == 0;
}

/* Does the source name the header at all? Headers that include others are not followed. */
static bool names_header(const char *source, const char *header)
{
	struct arena *arena = arena_create();
	const char *error;
	char *text;
	bool does = !file_read(arena, source, SOURCE_LIMIT, &text, NULL, &error) &&
		    strstr(text, strrchr(header, '/') + 1);

	arena_destroy(arena);
	return does;
}

/* ---- which driver ------------------------------------------------------------------------------ */

/* -1: no unit is the file, or names the header. */
static int find_unit(const struct run *run, const char *path)
{
	for (int i = 0; i < run->units.cmd_count; i++)
		if (is_header(path) ? names_header(run->units.cmds[i].path, path) :
				      file_is_same(run->units.cmds[i].path, path))
			return i;
	return -1;
}

/* Looks in the file's folder, and above it where a build file there, or a source beside the folder of the header, may
 * have it. What is not analysed is not reported here. */
static int discover(struct run *run, struct arena *arena, const char *path)
{
	const char *folder = folder_of(arena, path);
	int found = -1;

	for (int level = 0; level <= CONFINE_LEVELS; level++, folder = folder_of(arena, folder)) {
		if (run_list_units(run, arena, &folder, NULL, 1))
			return -1;
		found = find_unit(run, path);
		if (found >= 0 && (run->units.cmds[found].origin != UNIT_FROM_KBUILD || has_build_file(arena, folder)))
			break;
		if ((found < 0 && (!is_header(path) || level > 0)) || strcmp(folder, "/") == 0)
			break;
	}
	return found;
}

static const struct driver *known_driver(const struct language_server *server, const char *path)
{
	for (const struct driver *driver = server->drivers; driver; driver = driver->next)
		for (int i = 0; i < driver->count; i++)
			if (is_header(path) ? names_header(driver->paths[i], path) :
					      strcmp(driver->paths[i], path) == 0)
				return driver;
	return NULL;
}

/* NULL: the header belongs to no source that could be found. */
static const struct driver *find_driver(struct language_server *server, struct arena *arena, const char *path)
{
	struct run *run = &server->session->run;
	const struct driver *known = known_driver(server, path);

	if (known)
		return known;
	int found = discover(run, arena, path), group = found < 0 ? -1 : run->units.cmds[found].group, units = 0;
	if (found < 0 && is_header(path))
		return NULL;
	for (int i = 0; i < run->units.cmd_count; i++)
		units += run->units.cmds[i].group == group;
	struct driver *driver = ARENA_NEW(server->arena, struct driver);
	driver->paths = ARENA_ARRAY(server->arena, const char *, (size_t)units + 1);
	if (found < 0 || units > UNIT_LIMIT)
		driver->paths[driver->count++] = arena_strdup(server->arena,
							      found < 0 ? path : run->units.cmds[found].path);
	for (int i = 0; i < run->units.cmd_count && units <= UNIT_LIMIT; i++)
		if (run->units.cmds[i].group == group)
			driver->paths[driver->count++] = arena_strdup(server->arena, run->units.cmds[i].path);
	driver->next = server->drivers;
	server->drivers = driver;
	return driver;
}

/* ---- analysing ------------------------------------------------------------------------------------- */

/* What the editor shows as it is on disk is not unsaved: results known of the file hold for it. */
static void use_unsaved(struct arena *arena, const struct lsp_question *question)
{
	struct unsaved_file *files = ARENA_ARRAY(arena, struct unsaved_file, question->open_count + 1);
	size_t count = 0, length;
	const char *error;
	char *text;

	unsaved_files_set(NULL, 0);
	for (size_t i = 0; i < question->open_count; i++) {
		const struct unsaved_file *open = &question->open[i];
		struct arena *scratch = arena_create();
		if (file_read(scratch, open->path, SOURCE_LIMIT, &text, &length, &error) || length != open->length ||
		    memcmp(text, open->text, length) != 0)
			files[count++] = *open;
		arena_destroy(scratch);
	}
	unsaved_files_set(files, count);
}

/* The units found last are one driver by the name that was given to them. */
static void analyse_driver(struct run *run, struct arena *arena)
{
	struct analysis_task task = { 0 };

	while (run_next_driver(run, &task)) {
		struct text bytes = text_create(arena);
		run_analyse_task(run, &task, &bytes);
		report_unpack(&run->report, run->pool, run->rules, text_get(&bytes), bytes.length);
	}
	for (int i = 0; i < run->units.cmd_count; i++)
		if (run->results[i].was_lowered && run->results[i].info.first_errors == 0)
			frontend_note_sound(run->frontend, run->units.cmds[i].path);
}

static const char *find_broken(const struct run *run, const struct lsp_question *question)
{
	for (int i = 0; i < run->units.cmd_count; i++)
		for (size_t k = 0; k < question->open_count; k++)
			if (!run->results[i].was_lowered && frontend_is_sound(run->frontend, run->units.cmds[i].path) &&
			    file_is_same(question->open[k].path, run->units.cmds[i].path))
				return question->open[k].path;
	return NULL;
}

static bool is_part_of(const struct run *run, const char *path)
{
	return find_unit(run, path) >= 0;
}

static const char *summarise(const struct run *run, struct arena *arena, const struct stage_times *before,
			     double seconds)
{
	const struct stage_times *now = &run->times;

	return arena_printf(
		arena, "%s: %d units, %zu findings in %.1f ms (CPU: find %.1f, parse %.1f, lower %.1f, engine %.1f)",
		run->units.cmd_count > 0 ? run->units.cmds[0].path : "-", run->units.cmd_count,
		run->report.finding_count, seconds * 1e3, now->find * 1e3, (now->parse - before->parse) * 1e3,
		(now->lower - before->lower) * 1e3, (now->engine - before->engine) * 1e3);
}

/* What is wrong with the options themselves shows only now, and at the document. */
static void report_log(struct run *run, struct arena *arena, const char *path)
{
	struct not_analysed entry = { .span = { .file = path }, .is_error = true };

	entry.reason = read_log(arena, run->log);
	if (*entry.reason)
		report_add_missing(&run->report, &entry);
}

/* ---- the box ------------------------------------------------------------------------------------------ */

/* What the editor shows, and what lies around it. */
static void set_roots(struct run *run, struct arena *arena, const struct lsp_question *question)
{
	const char **paths = ARENA_ARRAY(arena, const char *, question->open_count + 1);

	for (size_t i = 0; i < question->open_count; i++)
		paths[i] = question->open[i].path;
	paths[question->open_count] = question->path;
	confine_roots(run, paths, (int)question->open_count + 1);
}

static bool is_within_box(const struct run *run)
{
	for (int i = 0; i < run->unit_roots->count; i++)
		if (!roots_allow_name(run->roots, run->unit_roots->items[i].path))
			return false;
	return true;
}

/* Once it is known what is to be parsed: no other file is needed for it. */
static void shut_in(struct language_server *server)
{
	struct run *run = &server->session->run;

	confine_widen(run);
	if (confine_process(run)) /* before there is another thread */
		_exit(EXIT_FAILURE);
	server->is_confined = true;
	run_start_stages(run);
}

/* Those of the file's driver. -1: there are none. */
static int list_units(struct language_server *server, struct arena *arena, const char *path)
{
	struct run *run = &server->session->run;
	const struct driver *driver = find_driver(server, arena, path);

	report_init(&run->report, arena);
	run->units = (struct unit_list){ 0 };
	if (!driver)
		return -1;
	const char **names = ARENA_ARRAY(arena, const char *, (size_t)driver->count);
	for (int i = 0; i < driver->count; i++)
		names[i] = "open";
	if (run_list_units(run, arena, driver->paths, driver->count > 1 ? names : NULL, driver->count)) {
		run->units = (struct unit_list){ 0 };
		return -1;
	}
	return 0;
}

static void analyse_path(struct language_server *server, struct arena *arena)
{
	struct run *run = &server->session->run;

	analyse_driver(run, arena);
	findings_finish(&run->report, source_cache_create(arena));
	run_allow(run);
	policy_filter(run->options->policy, &run->report, current_folder(arena));
}

static struct lsp_fix copy_offer(struct arena *arena, const struct fix_offer *offer)
{
	const struct fix *fix = &offer->fix;
	struct lsp_fix copy = { .rule = offer->rule->id,
				.what = fix->what,
				.line = offer->span.line,
				.edits = ARENA_ARRAY(arena, struct lsp_edit, (size_t)fix->edit_count),
				.edit_count = fix->edit_count };

	for (int i = 0; i < fix->edit_count; i++)
		copy.edits[i] = (struct lsp_edit){ fix->edits[i].begin, fix->edits[i].end, fix->edits[i].text };
	return copy;
}

static void find_fixes(struct language_server *server, struct arena *arena, const struct lsp_question *question,
		       struct lsp_answer *answer)
{
	struct run *run = &server->session->run;
	struct fix_question wanted = { .path = question->path,
				       .first = question->first,
				       .last = question->last,
				       .open = question->open,
				       .open_count = question->open_count };
	struct fix_offer *offers;

	if (is_header(question->path) || !run_next_driver(run, &wanted.task))
		return;
	answer->fix_count = fix_offer(run, arena, &wanted, &offers);
	answer->fixes = ARENA_ARRAY(arena, struct lsp_fix, (size_t)answer->fix_count);
	for (int i = 0; i < answer->fix_count; i++)
		answer->fixes[i] = copy_offer(arena, &offers[i]);
}

static void analyse(void *context, struct arena *arena, const struct lsp_question *question, struct lsp_answer *answer)
{
	struct language_server *server = context;
	struct run *run = &server->session->run;
	double started = clock_wall();

	if (question->is_fresh) {
		server->drivers = NULL;
		arena_reset(server->arena);
	}
	log_destroy(run->log);
	run->log = log_create();
	run->log_shown = 0;
	report_init(&run->report, arena);
	use_unsaved(arena, question);
	answer->is_covered = ARENA_ARRAY(arena, bool, question->open_count);
	set_roots(run, arena, question);
	answer->is_elsewhere = server->is_confined && !is_within_box(run);
	bool has_units = !answer->is_elsewhere && list_units(server, arena, question->path) == 0;
	answer->is_elsewhere |= server->is_confined && !is_within_box(run); /* headers, too */
	if (answer->is_elsewhere) {
		report_init(&answer->report, arena);
		return;
	}
	if (!server->is_confined)
		shut_in(server);
	struct stage_times before = run->times;
	if (question->first > 0) {
		if (has_units)
			find_fixes(server, arena, question, answer);
		report_init(&answer->report, arena);
		answer->is_worn = workers_is_worn();
		return;
	}
	if (has_units)
		analyse_path(server, arena);
	report_log(run, arena, question->path);
	answer->report = run->report;
	answer->broken = find_broken(run, question);
	for (size_t i = 0; i < question->open_count; i++)
		answer->is_covered[i] = is_part_of(run, question->open[i].path);
	answer->summary = summarise(run, arena, &before, clock_wall() - started);
	answer->is_worn = workers_is_worn();
}

static int begin_worker(void *context, int *socket)
{
	struct language_server *server = context;

	child_limit(server->session->options.memory_limit);
	server->arena = arena_create();
	return confine_descriptors(socket);
}

static void end_worker(void *context)
{
	memo_close(((struct language_server *)context)->session->run.memo);
}

/* ---- the command --------------------------------------------------------------------------------------- */

/* Nothing but messages may get to the editor; what is printed by mistake goes to standard error. */
static int take_output(void)
{
	int out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);

	if (out >= 0)
		dup2(STDERR_FILENO, STDOUT_FILENO);
	return out;
}

int language_server_run(int argc, const char *const *argv, const struct options *options)
{
	struct language_server server = { .argc = argc, .argv = argv };
	const struct lsp_checker checker = { &server, configure,    get_rules, get_pool,  get_time_limit,
					     finish,  begin_worker, analyse,   end_worker };
	const struct lsp_options how = { STDIN_FILENO, take_output(), SO2_VERSION, options->has_stats };

	if (how.out < 0)
		return EXIT_FAILURE;
	int status = lsp_run(&checker, &how);
	close_session(server.session);
	close(how.out);
	return status;
}
