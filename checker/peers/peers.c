/* See peers/peers.h. */
#include "peers_int.h"

#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <xxhash.h>

#define SCRIPT_LIMIT ((size_t)1 << 20)

/* ---- opening ------------------------------------------------------------------------ */

static const char *find_program(struct arena *arena, struct log *log, const char *name, const char *package)
{
	const char *path = process_find(arena, name);

	if (!path)
		log_add(log, LOG_WARNING, NULL, "%s is not installed (Debian: %s), so nothing is looked for with it",
			name, package);
	return path;
}

static void add_script(struct arena *arena, struct peers *peers, const char *script)
{
	for (int i = 0; i < peers->script_count; i++)
		if (strcmp(peers->scripts[i], script) == 0)
			return;
	ARENA_PUSH(arena, peers->scripts, peers->script_count, peers->script_capacity, script);
}

static void find_scripts(struct arena *arena, struct peers *peers)
{
	for (int i = 0; i < peers->rules->rule_count; i++) {
		const struct rp_rule *rule = peers->rules->rules[i];

		for (int k = 0; k < rule->peer_count && peers->options.enabled[i]; k++)
			if (rule->peers[k].tool == RP_PEER_COCCINELLE)
				add_script(arena, peers, rule->peers[k].script);
	}
}

/* A script's text counts, a program's stamp: their packages replace them whole. */
static const char *identify(struct arena *arena, const struct peers *peers)
{
	const char *programs[] = { peers->sparse, peers->spatch }, *error;
	struct text text = text_create(arena);

	for (int i = 0; i < 2; i++) {
		const char *stamp = programs[i] ? file_stamp(arena, programs[i], NULL) : NULL;
		text_printf(&text, "%s %s ", stamp ? programs[i] : "-", stamp ? stamp : "-");
	}
	for (int i = 0; i < peers->script_count; i++) {
		char *script;
		size_t length;

		if (file_read(arena, peers->scripts[i], SCRIPT_LIMIT, &script, &length, &error) == 0)
			text_printf(&text, "%llx ", (unsigned long long)XXH3_64bits(script, length));
	}
	return text_get(&text);
}

struct peers *peers_open(struct arena *arena, struct log *log, const struct rule_set *rules,
			 const struct peers_options *options)
{
	struct peers *peers = ARENA_NEW(arena, struct peers);

	peers->rules = rules;
	peers->options = *options;
	if (options->engines & ENGINE_SPARSE)
		peers->sparse = find_program(arena, log, "sparse", "sparse");
	if (options->engines & ENGINE_COCCINELLE)
		peers->spatch = find_program(arena, log, "spatch", "coccinelle");
	if (peers->spatch)
		find_scripts(arena, peers);
	peers->identity = identify(arena, peers);
	return peers->sparse || peers->spatch ? peers : NULL;
}

const char *peers_identity(const struct peers *peers)
{
	return peers->identity;
}

/* ---- what was not analysed ---------------------------------------------------------------- */

static struct not_analysed make_entry(const struct peer_job *job, const char *name, const char *reason)
{
	return (struct not_analysed){ .span = { .file = job->unit->file },
				      .reason = arena_printf(job->arena, "not analysed by %s: %s", name, reason),
				      .is_partial = true };
}

void peer_fail(struct peer_job *job, const char *name, const char *reason)
{
	struct not_analysed entry = make_entry(job, name, reason);

	entry.is_error = true;
	job->has_failed = true;
	report_add_missing(job->report, &entry);
}

void peer_note(struct peer_job *job, const char *name, const char *reason)
{
	struct not_analysed entry = make_entry(job, name, reason);

	report_add_note(job->report, &entry);
}

bool peer_has_run(struct peer_job *job, const char *name, const struct process_result *result)
{
	const char *reason = result->problem;

	if (!reason && result->is_late)
		reason = arena_printf(job->arena, "it took longer than %g seconds", job->peers->options.time_limit);
	if (!reason && result->is_too_long)
		reason = "it printed too much";
	if (!reason && WIFSIGNALED(result->status))
		reason = arena_printf(job->arena, "it was ended by signal %d (%s)", WTERMSIG(result->status),
				      strsignal(WTERMSIG(result->status)));
	if (reason)
		peer_fail(job, name, reason);
	return !reason;
}

/* ---- lines ---------------------------------------------------------------------------------- */

const char *peer_next_line(struct arena *arena, const char **text)
{
	size_t length = strcspn(*text, "\n");
	const char *line = arena_strndup(arena, *text, length);

	if (!**text)
		return NULL;
	*text += length + ((*text)[length] == '\n');
	return line;
}

const char *peer_split_line(const struct peer_job *job, const char *line, unsigned *line_number, unsigned *column)
{
	size_t length = strlen(job->unit->path);
	char *end;

	if (strncmp(line, job->unit->path, length) != 0 || line[length] != ':')
		return NULL;
	*line_number = (unsigned)strtoul(line + length + 1, &end, 10);
	if (*end != ':' || *line_number == 0)
		return NULL;
	*column = (unsigned)strtoul(end + 1, &end, 10);
	while (*end && *end != ':')
		end++;
	return end[0] == ':' && end[1] == ' ' ? end + 2 : NULL;
}

/* ---- to findings ------------------------------------------------------------------------------ */

/* `*` in the pattern stands for any text. */
static bool matches(const char *pattern, const char *text)
{
	const char *star = NULL, *resume = NULL;

	while (*text) {
		if (*pattern == '*') {
			star = ++pattern;
			resume = text;
		} else if (*pattern == *text) {
			pattern++;
			text++;
		} else if (star) {
			pattern = star;
			text = ++resume;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}

static bool is_meant(const struct rp_peer *peer, const struct peer_report *report)
{
	if (peer->tool != report->tool)
		return false;
	return peer->tool == RP_PEER_SPARSE ? matches(peer->message, report->message) :
					      strcmp(peer->script, report->script) == 0;
}

static const char *function_at(const struct peer_job *job, unsigned line)
{
	for (int i = 0; i < job->functions->count; i++) {
		const struct peer_function *function = &job->functions->items[i];

		if (strcmp(function->file, job->unit->file) == 0 && function->first <= line && line <= function->last)
			return function->name;
	}
	return NULL;
}

static unsigned engine_of(enum rp_peer_tool tool)
{
	return tool == RP_PEER_SPARSE ? ENGINE_SPARSE : ENGINE_COCCINELLE;
}

static bool is_same_function(const struct finding *finding, const char *function)
{
	return function && finding->function && strcmp(finding->function, function) == 0;
}

/* Adds the checker's name to findings of the rule that say the same. */
static bool join(struct peer_job *job, const struct rp_rule *rule, const struct rp_peer *peer,
		 const struct peer_report *report, const char *function)
{
	bool is_joined = false;

	for (size_t i = 0; i < job->report->finding_count; i++) {
		struct finding *finding = &job->report->findings[i];
		bool is_here = finding->span.line == report->line && strcmp(finding->span.file, job->unit->file) == 0;

		if (finding->rule != rule || !(peer->in_function ? is_same_function(finding, function) : is_here))
			continue;
		finding->engines = (finding->engines ? finding->engines : ENGINE_SO2CHECK) | engine_of(peer->tool);
		is_joined = true;
	}
	return is_joined;
}

static void add_finding(struct peer_job *job, const struct rp_rule *rule, const struct peer_report *report,
			const char *function)
{
	unsigned end = report->end_column > report->column ? report->end_column : report->column;
	struct finding_step step = {
		.span = { job->unit->file, report->line, report->column, report->line, end },
		.text = report->message,
		.kind = STEP_END,
	};
	struct finding finding = {
		.rule = rule,
		.span = step.span,
		.message = report->message,
		.function = function,
		.steps = &step,
		.step_count = 1,
		.certainty = CERTAINTY_LIKELY, /* we have no proof of our own */
		.engines = engine_of(report->tool),
	};

	report_add_finding(job->report, &finding);
}

void peer_take(struct peer_job *job, const struct peer_report *report)
{
	const struct rule_set *rules = job->peers->rules;
	const char *function = report->function ? report->function : function_at(job, report->line);
	const struct rp_rule *first = NULL;
	bool is_joined = false;

	for (int i = 0; i < rules->rule_count; i++) {
		const struct rp_rule *rule = rules->rules[i];

		for (int k = 0; k < rule->peer_count && job->peers->options.enabled[i]; k++) {
			if (!is_meant(&rule->peers[k], report))
				continue;
			is_joined |= join(job, rule, &rule->peers[k], report, function);
			if (!first && !rule->peers[k].joins_only)
				first = rule;
		}
	}
	if (first && !is_joined)
		add_finding(job, first, report, function);
}

bool peers_check(struct peers *peers, struct arena *arena, const struct peer_unit *unit,
		 const struct peer_functions *functions, struct report *report)
{
	struct peer_job job = { peers, arena, unit, functions, report, false };

	if (peers->sparse)
		sparse_check(&job);
	if (peers->spatch)
		coccinelle_check(&job);
	return !job.has_failed;
}
