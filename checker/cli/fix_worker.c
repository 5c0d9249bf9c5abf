/* See fix_worker.h. A message is its length, and numbers and texts as base/wire.h writes them. */
#include "fix_worker.h"

#include "base/child.h"
#include "base/file.h"
#include "base/sanitizer.h"
#include "base/wire.h"
#include "cache/cache.h"
#include "confine.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MESSAGE_LIMIT ((size_t)16 << 20) /* bytes; an honest one has some hundred */
/* A driver's looks may take so many times what a check of it may. */
#define LOOKS_LIMIT 10.0

/* ---- in the process: telling ------------------------------------------------------------- */

static void put_log(struct text *bytes, struct run *run)
{
	size_t count = log_count(run->log);

	wire_put_number(bytes, count - run->log_shown);
	for (; run->log_shown < count; run->log_shown++) {
		const struct log_entry *entry = log_at(run->log, run->log_shown);
		wire_put_number(bytes, entry->level);
		wire_put_span(bytes, &entry->span);
		wire_put_text(bytes, entry->text);
	}
}

static void put_fixes(struct text *bytes, const struct fix_step *step)
{
	char key[CACHE_KEY_SIZE];

	wire_put_text(bytes, step->file->name);
	cache_strong_key(step->file->text, step->file->length, key);
	wire_put_text(bytes, key);
	wire_put_number(bytes, (uint64_t)step->fix_count);
	for (int i = 0; i < step->fix_count; i++) {
		wire_put_number(bytes, (uint64_t)step->fixes[i]->edit_count);
		for (int k = 0; k < step->fixes[i]->edit_count; k++) {
			wire_put_number(bytes, step->fixes[i]->edits[k].begin);
			wire_put_number(bytes, step->fixes[i]->edits[k].end);
			wire_put_text(bytes, step->fixes[i]->edits[k].text);
		}
	}
}

void fix_worker_tell(int socket, struct run *run, const struct fix_step *step)
{
	struct arena *arena = arena_create();
	struct text bytes = text_create(arena);

	wire_put_number(&bytes, step->is_last);
	wire_put_number(&bytes, (uint64_t)step->left);
	wire_put_number(&bytes, (uint64_t)step->incomplete);
	put_log(&bytes, run);
	wire_put_number(&bytes, step->file != NULL);
	if (step->file)
		put_fixes(&bytes, step);
	bool is_sent = file_write_whole(socket, (const char *)&bytes.length, sizeof(bytes.length)) &&
		       file_write_whole(socket, text_get(&bytes), bytes.length);
	arena_destroy(arena);
	if (!is_sent)
		_exit(EXIT_FAILURE);
}

static void work(void *context, int socket)
{
	struct fix_worker *worker = context;
	struct run *run = worker->run;

	child_limit(run->options->memory_limit);
	if (confine_worker(run, &socket)) /* before there is another thread */
		_exit(EXIT_FAILURE);
	run->log_shown = log_count(run->log); /* what it logs itself is sent */
	run_start_stages(run);
	worker->fix_driver(worker->context, socket);
#ifdef HAS_SANITIZER /* looks for leaks at the end */
	run_close(run);
	exit(EXIT_SUCCESS);
#else
	memo_close(run->memo);
	_exit(EXIT_SUCCESS);
#endif
}

/* ---- in the program: believing ------------------------------------------------------------- */

static struct fix take_fix(struct wire_reader *reader, const char *name)
{
	struct fix fix = { .file = name, .what = "" };
	size_t count = wire_take_count(reader);

	for (size_t i = 0; i < count && !reader->is_broken; i++) {
		struct fix_edit edit = { .begin = wire_take_number(reader), .end = wire_take_number(reader) };
		edit.text = wire_take_text(reader);
		ARENA_PUSH(reader->arena, fix.edits, fix.edit_count, fix.edit_capacity, edit);
	}
	return fix;
}

static bool is_within(const struct fix *fix, size_t length)
{
	for (int i = 0; i < fix->edit_count; i++) {
		const struct fix_edit *edit = &fix->edits[i];
		if (!edit->text || edit->begin > edit->end || edit->end > length)
			return false;
		if (i > 0 && edit->begin < fix->edits[i - 1].end)
			return false;
	}
	return true;
}

static bool are_fit(const struct fix *const *fixes, int count, size_t length)
{
	for (int i = 0; i < count; i++) {
		if (!is_within(fixes[i], length))
			return false;
		for (int k = 0; k < i; k++)
			if (fix_overlaps(fixes[k], fixes[i]))
				return false;
	}
	return true;
}

/* NULL: the file has them. */
static const char *take_fixes(struct fix_worker *worker, struct wire_reader *reader)
{
	const char *name = wire_take_text(reader), *key = wire_take_text(reader), *problem = NULL;
	const struct fix **fixes = NULL;
	int count = 0, capacity = 0;
	char own_key[CACHE_KEY_SIZE];

	for (size_t left = wire_take_count(reader); left > 0 && !reader->is_broken; left--) {
		struct fix *fix = ARENA_NEW(reader->arena, struct fix);
		*fix = take_fix(reader, name);
		ARENA_PUSH(reader->arena, fixes, count, capacity, (const struct fix *)fix);
	}
	if (reader->is_broken || !name || !key)
		return "its report is damaged";
	struct fix_file *file = fix_files_find(worker->files, name, &problem);
	if (!file)
		return problem;
	if (!are_fit(fixes, count, file->length))
		return "it sent edits that do not fit the file";
	size_t length;
	char *text = fix_apply(reader->arena, file->text, file->length, fixes, count, &length);
	cache_strong_key(text, length, own_key);
	if (strcmp(key, own_key) != 0)
		return "the file has been changed meanwhile";
	file->text = arena_strndup(worker->files->arena, text, length);
	file->length = length;
	worker->fixed += count;
	return NULL;
}

static void take_log(struct fix_worker *worker, struct wire_reader *reader)
{
	size_t count = wire_take_count(reader);

	for (size_t i = 0; i < count && !reader->is_broken; i++) {
		uint64_t level = wire_take_number(reader);
		struct span span = wire_take_span(reader);
		const char *text = wire_take_text(reader);
		if (!reader->is_broken && text)
			log_add(worker->run->log, level < LOG_ERROR ? (enum log_level)level : LOG_ERROR, &span, "%s",
				text);
	}
}

/* What is logged of fixes is true only when the file could have them. */
static const char *take_step(struct fix_worker *worker, struct wire_reader *reader, bool *is_last)
{
	struct wire_reader at_log;
	const char *problem = NULL;

	*is_last = wire_take_number(reader) != 0;
	worker->left += (int)(wire_take_number(reader) & 0xffffff);
	worker->incomplete += wire_take_number(reader) != 0;
	at_log = *reader;
	for (size_t left = wire_take_count(reader); left > 0 && !reader->is_broken; left--) {
		wire_take_number(reader);
		wire_take_span(reader);
		wire_take_text(reader);
	}
	if (wire_take_number(reader))
		problem = take_fixes(worker, reader);
	if (reader->is_broken)
		return "its report is damaged";
	if (!problem)
		take_log(worker, &at_log);
	return problem;
}

const char *fix_worker_take(struct fix_worker *worker, struct arena *arena, const char *bytes, size_t length,
			    bool *is_last)
{
	struct wire_reader reader = { .arena = arena, .pool = worker->run->pool, .at = bytes, .left = length };

	return take_step(worker, &reader, is_last);
}

/* ---- in the program: waiting ---------------------------------------------------------------- */

struct hearing {
	struct child child;
	double limit, deadline; /* of one look, of all; seconds, clock_wall() */
	bool is_late;
};

/* false: nothing more will come, or what no process of ours says. */
static bool receive(struct hearing *hearing, struct arena *arena, char **bytes, size_t *length)
{
	double next = clock_wall() + hearing->limit;
	double until = next < hearing->deadline ? next : hearing->deadline;
	bool is_whole = child_read_whole(&hearing->child, length, sizeof(*length), until) && *length < MESSAGE_LIMIT;

	if (is_whole) {
		*bytes = arena_alloc(arena, *length + 1);
		is_whole = child_read_whole(&hearing->child, *bytes, *length, until);
	}
	hearing->is_late = !is_whole && clock_wall() >= until;
	return is_whole;
}

static const char *hear(struct fix_worker *worker, struct hearing *hearing)
{
	const char *problem = NULL;
	bool is_last = false;

	while (!problem && !is_last) {
		struct arena *arena = arena_create();
		size_t length;
		char *bytes;
		if (receive(hearing, arena, &bytes, &length)) {
			problem = fix_worker_take(worker, arena, bytes, length, &is_last);
			worker->has_told |= !problem;
		} else {
			problem = "";
		}
		arena_destroy(arena);
	}
	return problem;
}

static const char *describe_loss(const struct fix_worker *worker, const struct hearing *hearing, int status)
{
	const struct options *options = worker->run->options;

	if (hearing->is_late)
		return arena_printf(worker->run->arena, "it took longer than %g seconds (--time-limit)",
				    hearing->limit);
	return child_describe_end(worker->run->arena, status, options->memory_limit);
}

const char *fix_worker_run(struct fix_worker *worker)
{
	const double limit = worker->run->options->time_limit * worker->task->count;
	struct hearing hearing = { .limit = limit, .deadline = clock_wall() + LOOKS_LIMIT * limit };

	if (!child_start(&hearing.child, work, worker))
		return "no process could be started for it";
	const char *problem = hear(worker, &hearing);
	int status = problem ? child_kill(&hearing.child) : child_end(&hearing.child);
	if (problem ? !*problem : status != 0)
		problem = describe_loss(worker, &hearing, status);
	return problem;
}
