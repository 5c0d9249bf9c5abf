/* Coccinelle: the rules' semantic patches in report mode, one run of spatch for each. They are about the source as it is
 * written, so no headers are read. */
#include "peers_int.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* "10-14" behind the line's number: first and, one behind, last column; both count from 0. */
static unsigned end_column(const char *line, size_t path_length)
{
	const char *column = strchr(line + path_length + 1, ':');
	const char *dash = column ? strchr(column, '-') : NULL;

	return dash ? (unsigned)strtoul(dash + 1, NULL, 10) : 0;
}

static void read_output(struct peer_job *job, const char *script, const char *text)
{
	const char *line;

	while ((line = peer_next_line(job->arena, &text))) {
		struct peer_report report = { .tool = RP_PEER_COCCINELLE, .script = script };

		report.message = peer_split_line(job, line, &report.line, &report.column);
		if (!report.message)
			continue;
		report.column++;
		report.end_column = end_column(line, strlen(job->unit->path));
		peer_take(job, &report);
	}
}

static const char *script_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void run_script(struct peer_job *job, const char *script)
{
	char *real = realpath(script, NULL); /* a pack's folder may be given relative to ours */
	const char *path = real ? arena_strdup(job->arena, real) : script;
	free(real); /* the library's own allocation */
	const char *argv[] = { job->peers->spatch,
			       "--very-quiet",
			       "--no-show-diff",
			       "--no-includes",
			       "-D",
			       "report",
			       "--cocci-file",
			       path,
			       job->unit->path,
			       NULL };
	/* Not where the source is: spatch would leave files there. */
	struct process_result result = process_run(job->arena, argv, "/", job->peers->options.time_limit);

	if (!peer_has_run(job, "coccinelle", &result))
		return;
	const char *output = text_get(&result.output);
	if (WEXITSTATUS(result.status) != 0) {
		const char *first = arena_strndup(job->arena, output, strcspn(output, "\n"));
		peer_fail(job, "coccinelle",
			  arena_printf(job->arena, "%s: exit status %d: %s", script_name(script),
				       WEXITSTATUS(result.status), first));
	} else if (result.output.length > strlen(output)) {
		peer_fail(job, "coccinelle", "it printed what is no text");
	} else {
		read_output(job, script, output);
	}
}

void coccinelle_check(struct peer_job *job)
{
	for (int i = 0; i < job->peers->script_count && !job->has_failed; i++)
		run_script(job, job->peers->scripts[i]);
}
