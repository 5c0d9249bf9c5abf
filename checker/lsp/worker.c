/* See worker.h. */
#include "worker.h"

#include "base/file.h"
#include "base/text.h"
#include "base/wire.h"
#include "report/wire.h"

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

/* Bytes of a message: what is longer is none. */
#define MESSAGE_LIMIT ((uint64_t)1 << 30)

void worker_open(struct worker *worker, const struct lsp_checker *checker)
{
	*worker = (struct worker){ .checker = checker, .child = { .socket = -1 } };
}

/* ---- talking: each message is its length and its bytes --------------------------------------- */

static const char *receive(const struct child *child, struct arena *arena, size_t *length, double deadline)
{
	uint64_t size;

	if (!child_read_whole(child, &size, sizeof(size), deadline) || size > MESSAGE_LIMIT)
		return NULL;
	char *bytes = arena_alloc(arena, (size_t)size + 1);
	*length = (size_t)size;
	return child_read_whole(child, bytes, *length, deadline) ? bytes : NULL;
}

static bool transmit(int socket, const struct text *bytes)
{
	uint64_t size = bytes->length;

	return file_write_whole(socket, (const char *)&size, sizeof(size)) &&
	       file_write_whole(socket, text_get(bytes), bytes->length);
}

static void put_question(struct text *bytes, const struct lsp_question *question)
{
	wire_put_text(bytes, question->path);
	wire_put_number(bytes, question->is_fresh);
	wire_put_number(bytes, question->first);
	wire_put_number(bytes, question->last);
	wire_put_number(bytes, question->open_count);
	for (size_t i = 0; i < question->open_count; i++) {
		wire_put_text(bytes, question->open[i].path);
		wire_put_number(bytes, question->open[i].length);
		text_add_n(bytes, question->open[i].text, question->open[i].length);
	}
}

/* The texts stay where they are in the message, but for the NUL behind each. */
static bool take_question(struct wire_reader *reader, struct lsp_question *question)
{
	*question = (struct lsp_question){ .path = wire_take_text(reader) };
	question->is_fresh = wire_take_number(reader) != 0;
	question->first = (unsigned)wire_take_number(reader);
	question->last = (unsigned)wire_take_number(reader);
	question->open_count = wire_take_count(reader);
	struct unsaved_file *open = ARENA_ARRAY(reader->arena, struct unsaved_file, question->open_count);
	for (size_t i = 0; i < question->open_count; i++) {
		open[i].path = wire_take_text(reader);
		open[i].length = wire_take_count(reader);
		open[i].text = arena_grow(reader->arena, reader->at, open[i].length, open[i].length + 1);
		reader->at += open[i].length;
		reader->left -= open[i].length;
	}
	question->open = open;
	return !reader->is_broken && question->path;
}

static void put_fixes(struct text *bytes, const struct lsp_answer *answer)
{
	wire_put_number(bytes, (uint64_t)answer->fix_count);
	for (int i = 0; i < answer->fix_count; i++) {
		const struct lsp_fix *fix = &answer->fixes[i];
		wire_put_text(bytes, fix->rule);
		wire_put_text(bytes, fix->what);
		wire_put_number(bytes, fix->line);
		wire_put_number(bytes, (uint64_t)fix->edit_count);
		for (int k = 0; k < fix->edit_count; k++) {
			wire_put_number(bytes, fix->edits[k].begin);
			wire_put_number(bytes, fix->edits[k].end);
			wire_put_text(bytes, fix->edits[k].text);
		}
	}
}

static void take_fixes(struct wire_reader *reader, struct lsp_answer *answer)
{
	answer->fix_count = (int)wire_take_count(reader);
	answer->fixes = ARENA_ARRAY(reader->arena, struct lsp_fix, (size_t)answer->fix_count);
	for (int i = 0; i < answer->fix_count; i++) {
		struct lsp_fix *fix = &answer->fixes[i];
		fix->rule = wire_take_text(reader);
		fix->what = wire_take_text(reader);
		fix->line = (unsigned)wire_take_number(reader);
		fix->edit_count = (int)wire_take_count(reader);
		fix->edits = ARENA_ARRAY(reader->arena, struct lsp_edit, (size_t)fix->edit_count);
		for (int k = 0; k < fix->edit_count; k++) {
			fix->edits[k].begin = (size_t)wire_take_number(reader);
			fix->edits[k].end = (size_t)wire_take_number(reader);
			fix->edits[k].text = wire_take_text(reader);
		}
	}
}

static void put_answer(struct text *bytes, const struct lsp_answer *answer, size_t open_count)
{
	wire_put_text(bytes, answer->broken);
	wire_put_text(bytes, answer->summary);
	wire_put_number(bytes, answer->is_worn);
	wire_put_number(bytes, answer->is_elsewhere);
	wire_put_number(bytes, open_count);
	for (size_t i = 0; i < open_count; i++)
		wire_put_number(bytes, answer->is_covered[i]);
	put_fixes(bytes, answer);
	report_pack(&answer->report, bytes);
}

static bool take_answer(const struct worker *worker, struct wire_reader *reader, struct lsp_answer *answer)
{
	const struct lsp_checker *checker = worker->checker;

	*answer = (struct lsp_answer){ .broken = wire_take_text(reader), .summary = wire_take_text(reader) };
	answer->is_worn = wire_take_number(reader) != 0;
	answer->is_elsewhere = wire_take_number(reader) != 0;
	size_t count = wire_take_count(reader);
	answer->is_covered = ARENA_ARRAY(reader->arena, bool, count);
	for (size_t i = 0; i < count; i++)
		answer->is_covered[i] = wire_take_number(reader) != 0;
	take_fixes(reader, answer);
	report_init(&answer->report, reader->arena);
	if (reader->is_broken || !report_unpack(&answer->report, checker->pool(checker->context),
						checker->rules(checker->context), reader->at, reader->left))
		return false;
	checker->finish(checker->context, &answer->report);
	return true;
}

/* ---- in the worker ---------------------------------------------------------------------------- */

/* false: the server is gone. */
static bool answer_one(const struct lsp_checker *checker, int socket)
{
	struct arena *arena = arena_create();
	struct wire_reader reader = { .arena = arena, .pool = checker->pool(checker->context) };
	struct text bytes = text_create(arena);
	struct lsp_question question;
	struct lsp_answer answer = { 0 };

	reader.at = receive(&(struct child){ .socket = socket }, arena, &reader.left, clock_wall() + 1e9);
	bool is_done = reader.at && take_question(&reader, &question);
	if (is_done) {
		checker->analyse(checker->context, arena, &question, &answer);
		put_answer(&bytes, &answer, question.open_count);
		is_done = transmit(socket, &bytes);
	}
	unsaved_files_set(NULL, 0);
	arena_destroy(arena);
	return is_done;
}

static void work(void *context, int socket)
{
	const struct lsp_checker *checker = context;

	if (checker->begin(checker->context, &socket))
		_exit(EXIT_FAILURE);
	while (answer_one(checker, socket))
		;
	checker->end(checker->context);
	_exit(EXIT_SUCCESS); /* what the server has is not this process's to free */
}

/* ---- in the server ------------------------------------------------------------------------------ */

void worker_close(struct worker *worker)
{
	if (worker->child.socket >= 0 && worker->is_busy)
		child_kill(&worker->child);
	else if (worker->child.socket >= 0)
		child_end(&worker->child);
	worker->is_busy = false;
}

bool worker_ask(struct worker *worker, const struct lsp_question *question, double now)
{
	const struct lsp_checker *checker = worker->checker;
	struct arena *arena = arena_create();
	struct text bytes = text_create(arena);
	bool is_asked = false;

	put_question(&bytes, question);
	/* one that has ended since the last answer is replaced */
	for (int attempt = 0; attempt < 2 && !is_asked; attempt++) {
		if (worker->child.socket < 0 && !child_start(&worker->child, work, (void *)checker))
			break;
		is_asked = transmit(worker->child.socket, &bytes);
		if (!is_asked)
			child_end(&worker->child);
	}
	arena_destroy(arena);
	worker->is_busy = is_asked;
	worker->deadline = now + checker->time_limit(checker->context);
	return is_asked;
}

const char *worker_take(struct worker *worker, struct arena *arena, struct lsp_answer *answer)
{
	struct wire_reader reader = { .arena = arena, .pool = worker->checker->pool(worker->checker->context) };

	reader.at = receive(&worker->child, arena, &reader.left, worker->deadline);
	worker->is_busy = false;
	if (!reader.at)
		return child_describe_end(arena, child_kill(&worker->child), 0);
	if (!take_answer(worker, &reader, answer)) {
		worker_close(worker);
		return "the checker's answer is damaged; this is a defect of so2check";
	}
	if (answer->is_worn || answer->is_elsewhere)
		worker_close(worker);
	return NULL;
}

const char *worker_give_up(struct worker *worker, struct arena *arena)
{
	const struct lsp_checker *checker = worker->checker;

	worker_close(worker);
	return arena_printf(arena, "it took longer than %g seconds (--time-limit)",
			    checker->time_limit(checker->context));
}
