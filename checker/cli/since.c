/* See since.h. A run within the run, in a folder with the revision's files: paths mean there what they mean here. */
#include "since.h"

#include "base/path.h"
#include "base/paths.h"
#include "git.h"
#include "pipeline.h"
#include "policy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define NO_FINDINGS "{\"version\": 1, \"findings\": []}"

struct since {
	struct arena *arena;
	struct log *log;
	const struct options *options;
	const char *folder; /* of the revision's files */
	const char *below;  /* the current folder's place in it */
	const char *prefix; /* the same, seen from the repository */
	int lock;	    /* held while they are used; -1: not yet */
};

static bool fail(struct since *since, const char *text)
{
	log_add(since->log, LOG_ERROR, NULL, "option --since: %s", text);
	return false;
}

static const char *ask(struct since *since, const char *question, const char *what)
{
	return git_ask(since->arena, (const char *const[]){ "rev-parse", "-q", question, what, NULL }, NULL, false);
}

static bool make_folder(const char *path)
{
	return mkdir(path, 0777) == 0 || errno == EEXIST;
}

/* One run at a time: others wait. */
static bool take_lock(struct since *since)
{
	since->lock = open(arena_printf(since->arena, "%s.lock", since->folder), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	return since->lock >= 0 && flock(since->lock, LOCK_EX) == 0;
}

static bool write_files(struct since *since)
{
	const char *revision = since->options->since;
	const char *git = ask(since, "--absolute-git-dir", NULL), *prefix = ask(since, "--show-prefix", NULL);

	if (!git || !prefix)
		return fail(since, "this folder is in no git repository, or git is not installed");
	const char *tree = *revision == '-' ? NULL :
					      ask(since, "--verify", arena_printf(since->arena, "%s^{tree}", revision));
	if (!tree)
		return fail(since, arena_printf(since->arena, "there is no revision `%s`", revision));
	const char *own = arena_printf(since->arena, "%s/so2check", git);
	since->prefix = prefix;
	since->folder = arena_printf(since->arena, "%s/since", own);
	since->below = arena_printf(since->arena, "%s/%s", since->folder, prefix);
	const char *const args[] = { arena_printf(since->arena, "--git-dir=%s", git),
				     arena_printf(since->arena, "--work-tree=%s", since->folder),
				     "read-tree",
				     "--reset",
				     "-u",
				     tree,
				     NULL };
	const char *index = arena_printf(since->arena, "%s.index", since->folder);
	if (make_folder(own) && make_folder(since->folder) && take_lock(since) &&
	    git_ask(since->arena, args, index, true))
		return true;
	return fail(since, arena_printf(since->arena, "the files of `%s` could not be written to %s", revision,
					since->folder));
}

static const char *make_absolute(struct arena *arena, const char *path)
{
	return path && *path != '/' ? arena_printf(arena, "%s/%s", current_folder(arena), path) : path;
}

/* What the policy says of paths, said of the files over there. */
static struct policy *policy_there(const struct since *since)
{
	struct policy *there = ARENA_NEW(since->arena, struct policy);
	const char *current = current_folder(since->arena);
	size_t length = strlen(current) - strlen(since->prefix) + (*since->prefix != '\0');
	const char *top = arena_strndup(since->arena, current, length);

	*there = *since->options->policy;
	const char *below = there->file ? path_seen_from(since->arena, top, there->folder) : "/";
	if (strcmp(there->folder ? there->folder : "", top) == 0)
		there->folder = since->folder;
	else if (*below != '/')
		there->folder = arena_printf(since->arena, "%s/%s", since->folder, below);
	return there;
}

/* The same options for a run over there. */
static struct options options_there(const struct since *since)
{
	struct options there = *since->options;

	there.kernel = make_absolute(since->arena, there.kernel);
	there.ddk = make_absolute(since->arena, there.ddk);
	if (there.policy)
		there.policy = policy_there(since);
	there.output = there.since = there.baseline = NULL;
	there.shard = (struct shard_choice){ 0 };
	return there;
}

/* Those that the revision has. */
static struct text_list paths_there(const struct since *since)
{
	const struct text_list *all = &since->options->operands;
	struct text_list there = { .items = ARENA_ARRAY(since->arena, const char *, (size_t)all->count + 1) };

	for (int i = 0; i < all->count; i++)
		if (access(all->items[i], F_OK) == 0)
			there.items[there.count++] = all->items[i];
	return there;
}

/* The report as JSON; NULL: there is none. */
static char *report_text(struct run *run, size_t *length)
{
	struct report_options how = { .format = REPORT_JSON, .tool_version = SO2_VERSION };
	char *text = NULL;
	FILE *stream = open_memstream(&text, length);

	if (!stream)
		return NULL;
	bool is_written = report_write(stream, &run->report, run->sources, &how) == 0;
	if (fclose(stream) == 0 && is_written)
		return text;
	free(text); /* the library's own allocation */
	return NULL;
}

static struct baseline *empty_baseline(struct since *since)
{
	return baseline_read(since->arena, since->log, since->options->since, NO_FINDINGS, strlen(NO_FINDINGS));
}

/* In the folder of the revision's files; the rules were loaded before. */
static struct baseline *check_there(struct since *since, struct run *run)
{
	struct text_list paths = paths_there(since);
	struct baseline *baseline = NULL;
	size_t length;

	if (paths.count == 0)
		return empty_baseline(since);
	if (run_analyse(run, paths.items, NULL, paths.count))
		return NULL;
	run_allow(run);
	char *text = report_text(run, &length);
	if (text)
		baseline = baseline_read(since->arena, since->log, since->options->since, text, length);
	free(text); /* the library's own allocation */
	return baseline;
}

static struct baseline *run_there(struct since *since)
{
	struct options options = options_there(since);
	int here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct baseline *baseline = NULL;
	struct run run;

	run_open(&run, &options);
	if (here >= 0 && !run_load_rules(&run, NULL) && !run_select_rules(&run)) {
		/* A folder that the revision does not have has nothing in it. */
		baseline = chdir(since->below) ? empty_baseline(since) : check_there(since, &run);
		if (fchdir(here))
			baseline = NULL;
	}
	if (!baseline)
		run_print_log(&run);
	run_close(&run);
	if (here >= 0)
		close(here);
	return baseline;
}

static bool is_possible(struct since *since)
{
	const struct options *options = since->options;

	if (options->baseline)
		return fail(since, "it does not go with --baseline");
	if (options->database)
		return fail(since, "it does not go with --database, which names files of now");
	for (int i = 0; i < options->operands.count; i++)
		if (options->operands.items[i][0] == '/')
			return fail(since, arena_printf(since->arena, "`%s` is no path below this folder",
							options->operands.items[i]));
	return true;
}

struct baseline *since_baseline(struct arena *arena, struct log *log, const struct options *options)
{
	struct since since = { .arena = arena, .log = log, .options = options, .lock = -1 };
	struct baseline *baseline = NULL;

	if (is_possible(&since) && write_files(&since)) {
		baseline = run_there(&since);
		if (!baseline)
			fail(&since, arena_printf(arena, "`%s` could not be checked", options->since));
	}
	if (since.lock >= 0)
		close(since.lock);
	return baseline;
}
