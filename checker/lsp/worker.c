/* See worker.h. */
#include "worker.h"

#include "base/file.h"
#include "base/text.h"
#include "base/wire.h"
#include "report/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

void worker_open(struct worker *worker, const struct lsp_checker *checker)
{
	*worker = (struct worker){ .checker = checker, .socket = -1 };
}

/* ---- talking: each message is its length and its bytes --------------------------------------- */

static const char *receive(int socket, struct arena *arena, size_t *length)
{
	uint64_t size;

	if (!file_read_whole(socket, &size, sizeof(size)) || size > SIZE_MAX / 2)
		return NULL;
	char *bytes = arena_alloc(arena, (size_t)size + 1);
	*length = (size_t)size;
	return file_read_whole(socket, bytes, *length) ? bytes : NULL;
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

	reader.at = receive(socket, arena, &reader.left);
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

/* Whatever is printed by mistake must not get between the messages to the editor. */
static void leave_editor(void)
{
	int nowhere = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (nowhere >= 0)
		dup2(nowhere, STDIN_FILENO);
	dup2(STDERR_FILENO, STDOUT_FILENO);
}

static _Noreturn void work(const struct lsp_checker *checker, int socket)
{
	leave_editor();
	checker->begin(checker->context);
	while (answer_one(checker, socket))
		;
	checker->end(checker->context);
	_exit(EXIT_SUCCESS); /* what the server has is not this process's to free */
}

/* ---- in the server ------------------------------------------------------------------------------ */

static bool start(struct worker *worker)
{
	int sockets[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets))
		return false;
	worker->process = fork();
	if (worker->process == 0) {
		close(sockets[0]);
		work(worker->checker, sockets[1]);
	}
	close(sockets[1]);
	if (worker->process < 0) {
		close(sockets[0]);
		return false;
	}
	worker->socket = sockets[0];
	return true;
}

/* Its wait status. */
static int end(struct worker *worker)
{
	int status = 0;

	if (worker->socket < 0)
		return 0;
	close(worker->socket);
	worker->socket = -1;
	worker->is_busy = false;
	while (waitpid(worker->process, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

void worker_close(struct worker *worker)
{
	if (worker->socket >= 0 && worker->is_busy)
		kill(worker->process, SIGKILL);
	end(worker);
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
		if (worker->socket < 0 && !start(worker))
			break;
		is_asked = transmit(worker->socket, &bytes);
		if (!is_asked)
			end(worker);
	}
	arena_destroy(arena);
	worker->is_busy = is_asked;
	worker->deadline = now + checker->time_limit(checker->context);
	return is_asked;
}

static const char *describe_end(struct arena *arena, int status)
{
	if (WIFSIGNALED(status))
		return arena_printf(arena, "the checker was ended by signal %d (%s)", WTERMSIG(status),
				    strsignal(WTERMSIG(status)));
	return "the checker gave up, perhaps for want of memory (--memory-limit)";
}

const char *worker_take(struct worker *worker, struct arena *arena, struct lsp_answer *answer)
{
	struct wire_reader reader = { .arena = arena, .pool = worker->checker->pool(worker->checker->context) };

	reader.at = receive(worker->socket, arena, &reader.left);
	if (!reader.at)
		return describe_end(arena, end(worker));
	worker->is_busy = false;
	if (!take_answer(worker, &reader, answer)) {
		worker_close(worker);
		return "the checker's answer is damaged; this is a defect of so2check";
	}
	if (answer->is_worn)
		worker_close(worker);
	return NULL;
}

const char *worker_give_up(struct worker *worker, struct arena *arena)
{
	const struct lsp_checker *checker = worker->checker;

	kill(worker->process, SIGKILL);
	end(worker);
	return arena_printf(arena, "it took longer than %g seconds (--time-limit)",
			    checker->time_limit(checker->context));
}
