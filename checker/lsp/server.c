/* See lsp/lsp.h: the loop, the clock, and what comes back from the worker. */
#include "server.h"

#include "base/child.h"
#include "base/text.h"
#include "report/texts.h"

#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A pause in typing, in seconds, unless the editor sets another. */
#define DELAY 0.15
#define DELAY_LIMIT 60.0

/* ---- sending ----------------------------------------------------------------------------- */

void server_notify(struct server *server, const char *method, json_t *params)
{
	rpc_send(&server->rpc, json_pack("{s:s,s:s,s:o}", "jsonrpc", "2.0", "method", method, "params", params));
}

void server_answer(struct server *server, const json_t *id, json_t *result)
{
	rpc_send(&server->rpc, json_pack("{s:s,s:O,s:o}", "jsonrpc", "2.0", "id", (json_t *)id, "result", result));
}

void server_refuse(struct server *server, const json_t *id, enum rpc_code code, const char *text)
{
	json_t *shown = id ? json_incref((json_t *)id) : json_null();

	rpc_send(&server->rpc, json_pack("{s:s,s:o,s:{s:i,s:s}}", "jsonrpc", "2.0", "id", shown, "error", "code",
					 (int)code, "message", text));
}

void server_log(struct server *server, enum message_type type, const char *format, ...)
{
	struct arena *arena = arena_create();
	va_list args;

	va_start(args, format);
	const char *text = arena_vprintf(arena, format, args);
	va_end(args);
	server_notify(server, "window/logMessage",
		      json_pack("{s:i,s:o}", "type", (int)type, "message", json_string(utf8_clean(arena, text))));
	arena_destroy(arena);
}

void server_publish(struct server *server, const struct document *document)
{
	server_notify(server, "textDocument/publishDiagnostics",
		      json_pack("{s:s,s:I,s:o}", "uri", document->uri, "version", (json_int_t)document->version,
				"diagnostics", render_diagnostics(&server->client, server->documents, document)));
}

/* ---- settings ------------------------------------------------------------------------------ */

/* NULL: it is no list of texts. */
static const char **take_arguments(struct arena *arena, const json_t *list, int *count)
{
	const char **arguments = ARENA_ARRAY(arena, const char *, json_array_size(list) + 1);

	*count = 0;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);
		if (!json_is_string(item) || strlen(json_string_value(item)) != json_string_length(item))
			return NULL;
		arguments[(*count)++] = arena_strdup(arena, json_string_value(item));
	}
	return json_is_array(list) || !list ? arguments : NULL;
}

/* What was found with the earlier rules is gone with them. */
static void forget_results(struct server *server)
{
	for (struct document *document = server->documents; document; document = document->next) {
		if (document->results)
			arena_destroy(document->results);
		document->results = NULL;
		document->report = (struct report){ 0 };
		document->is_asked = false;
		server_mark(document, 0);
	}
}

static const char *take_delay(struct server *server, const json_t *delay)
{
	double seconds = json_number_value(delay) / 1000;

	if (delay && (!json_is_number(delay) || seconds < 0 || seconds > DELAY_LIMIT))
		return "the setting `delay` is no number of milliseconds from 0 to 60000";
	if (delay)
		server->delay = seconds;
	return NULL;
}

const char *server_configure(struct server *server, struct arena *arena, const json_t *settings)
{
	const struct lsp_checker *checker = server->checker;
	int count;
	const char **arguments = take_arguments(arena, json_object_get(settings, "arguments"), &count);
	const char *problem = take_delay(server, json_object_get(settings, "delay"));

	if (!problem && !arguments)
		problem = "the setting `arguments` is no list of texts";
	if (problem)
		return problem;
	problem = checker->configure(checker->context, arena, arguments, count);
	if (problem)
		return problem;
	server_answer_pending(server);
	worker_close(&server->worker); /* it knows the earlier rules */
	forget_results(server);
	server->is_fresh = true;
	return NULL;
}

/* ---- asking ------------------------------------------------------------------------------------ */

void server_mark(struct document *document, double delay)
{
	document->is_changed = true;
	document->due = clock_wall() + delay;
}

/* The one that has waited longest; NULL: none is to be analysed for now. */
static struct document *find_due(const struct server *server, double now)
{
	struct document *found = NULL;

	for (struct document *document = server->documents; document; document = document->next)
		if (document->path && document->is_changed && document->due <= now &&
		    (!found || document->due < found->due))
			found = document;
	return found;
}

static struct report *renew_results(struct document *document)
{
	document->results = arena_create();
	report_init(&document->report, document->results);
	return &document->report;
}

/* In place of what was known to be missing; findings stay. */
static void say_missing(struct server *server, struct document *document, const char *reason)
{
	struct arena *before = document->results;
	struct report known = document->report;
	struct report *report = renew_results(document);
	struct not_analysed entry = { .span = { .file = document->path }, .reason = reason, .is_error = true };

	for (size_t i = 0; i < known.finding_count; i++)
		report_add_finding(report, &known.findings[i]);
	report_add_missing(report, &entry);
	if (before)
		arena_destroy(before);
	server_publish(server, document);
}

/* first and last: see struct lsp_question. */
static void put_question(struct server *server, const struct document *document, double now, unsigned first,
			 unsigned last)
{
	struct arena *arena = arena_create();
	struct unsaved_file *open = ARENA_ARRAY(arena, struct unsaved_file, server->document_count + 1);
	struct lsp_question question = {
		.path = document->path, .is_fresh = server->is_fresh, .open = open, .first = first, .last = last
	};

	for (struct document *other = server->documents; other; other = other->next) {
		other->is_asked = other->path != NULL;
		other->asked = other->version;
		if (other->is_asked)
			open[question.open_count++] = (struct unsaved_file){ other->path, other->lines.text,
									     other->lines.length };
	}
	server->is_fresh = false;
	worker_ask(&server->worker, &question, now);
	arena_destroy(arena);
}

static void ask(struct server *server, struct document *document, double now)
{
	server->asked = document;
	put_question(server, document, now, 0, 0);
	if (!server->worker.is_busy) {
		document->is_changed = false;
		say_missing(server, document, "no process could be started for it");
	}
}

/* ---- fixes --------------------------------------------------------------------------------------- */

static bool asks_for_fixes(const struct server *server)
{
	return server->pending.id && !server->pending.is_asked;
}

static void ask_for_fixes(struct server *server, double now)
{
	struct pending *pending = &server->pending;

	pending->is_asked = true;
	put_question(server, pending->document, now, pending->first, pending->last);
	if (!server->worker.is_busy)
		server_answer_pending(server);
}

void server_answer_pending(struct server *server)
{
	struct pending pending = server->pending;

	server->pending = (struct pending){ 0 };
	if (pending.id)
		server_answer(server, pending.id,
			      render_actions(&server->client, server->documents, pending.document, &pending.range));
	json_decref(pending.id);
}

/* Remembered as long as the text stays: editors ask again at every move of the cursor. The arena is that of the answer;
 * given back if nobody needs it. */
static struct arena *take_fixes(struct server *server, struct arena *arena, const struct lsp_answer *answer)
{
	const struct pending *pending = &server->pending;

	for (struct document *document = server->documents; document; document = document->next) {
		if (document != pending->document || document->asked != document->version)
			continue;
		if (document->fix_arena)
			arena_destroy(document->fix_arena);
		document->fix_arena = arena;
		document->fixes = answer->fixes;
		document->fix_count = answer->fix_count;
		document->fix_version = document->version;
		document->fix_first = pending->first;
		document->fix_last = pending->last;
		return NULL;
	}
	return arena;
}

/* ---- answers -------------------------------------------------------------------------------------- */

static bool is_about(const struct document *document, const struct span *span)
{
	return span->file && file_is_same(span->file, document->path);
}

static void add_findings(struct report *report, const struct document *document, const struct report *from)
{
	for (size_t i = 0; i < from->finding_count; i++) {
		struct finding finding = from->findings[i];
		if (!is_about(document, &finding.span))
			continue;
		finding.span.file = document->path;
		report_add_finding(report, &finding);
	}
}

/* Findings: those of the answer, or the ones known before. The rest is the answer's. */
static void take_results(struct document *document, const struct report *from, bool keeps_findings)
{
	struct arena *before = document->results;
	struct report known = document->report;
	struct report *report = renew_results(document);

	add_findings(report, document, keeps_findings ? &known : from);
	for (size_t i = 0; i < from->missing_count; i++) {
		struct not_analysed entry = from->missing[i];
		entry.is_partial |= keeps_findings; /* the findings are those of the text before */
		if (is_about(document, &entry.span))
			report_add_missing(report, &entry);
	}
	for (size_t i = 0; i < from->note_count && !keeps_findings; i++)
		if (is_about(document, &from->notes[i].span))
			report_add_note(report, &from->notes[i]);
	if (before)
		arena_destroy(before);
}

/* A text that has changed meanwhile is analysed anew; what is known of the old one does not fit it. */
static void take_answer(struct server *server, const struct lsp_answer *answer)
{
	size_t index = 0;

	for (struct document *document = server->documents; document; document = document->next) {
		if (!document->is_asked)
			continue;
		bool is_covered = answer->is_covered[index++];
		document->is_asked = false;
		if (document->asked != document->version || (!is_covered && document != server->asked))
			continue;
		document->is_changed = false;
		take_results(document, &answer->report, answer->broken && document->results);
		server_publish(server, document);
	}
	if (server->options->has_stats && answer->summary)
		server_log(server, MESSAGE_LOG, "so2check: %s", answer->summary);
}

static void lose_answer(struct server *server, const char *reason)
{
	for (struct document *document = server->documents; document; document = document->next) {
		bool is_asked = document->is_asked && document == server->asked;
		document->is_asked = false;
		if (!is_asked || document->asked != document->version)
			continue;
		document->is_changed = false;
		server_log(server, MESSAGE_ERROR, "so2check: %s: not analysed: %s", document->path, reason);
		say_missing(server, document, reason);
	}
}

static void hear_worker(struct server *server, bool is_late)
{
	struct arena *arena = arena_create();
	struct lsp_answer answer;
	const char *problem = is_late ? worker_give_up(&server->worker, arena) :
					worker_take(&server->worker, arena, &answer);

	if (!problem && answer.is_elsewhere) { /* what was asked is still due */
		server->pending.is_asked = false;
	} else if (server->pending.is_asked) {
		if (!problem)
			arena = take_fixes(server, arena, &answer);
		server_answer_pending(server);
	} else if (problem) {
		lose_answer(server, problem);
	} else {
		take_answer(server, &answer);
	}
	server->asked = NULL;
	if (arena)
		arena_destroy(arena);
}

/* ---- the loop ---------------------------------------------------------------------------------------- */

static void hear_editor(struct server *server)
{
	struct rpc_error error;
	json_t *message;

	rpc_read(&server->rpc);
	for (;;) {
		enum rpc_status status = rpc_next(&server->rpc, &message, &error);
		if (status == RPC_NOTHING || server->has_exited)
			break;
		if (status == RPC_ERROR)
			server_refuse(server, NULL, RPC_PARSE_ERROR, error.text);
		else
			server_handle(server, message);
		json_decref(message);
	}
}

/* Milliseconds until something is to be done without being told; -1: nothing is. */
static int time_left(const struct server *server, double now)
{
	double next = now + 3600;

	if (server->worker.is_busy)
		next = server->worker.deadline;
	else
		for (const struct document *document = server->documents; document; document = document->next)
			if (document->path && document->is_changed && document->due < next)
				next = document->due;
	return next <= now ? 0 : (int)((next - now) * 1000) + 1;
}

static void wait(struct server *server)
{
	struct pollfd waits[] = {
		{ .fd = server->rpc.in, .events = POLLIN },
		{ .fd = server->worker.is_busy ? server->worker.child.socket : -1, .events = POLLIN },
		{ .fd = rpc_has_output(&server->rpc) ? server->rpc.out : -1, .events = POLLOUT },
	};

	if (poll(waits, 3, time_left(server, clock_wall())) < 0)
		return;
	if (waits[2].revents)
		rpc_write(&server->rpc);
	if (waits[1].revents)
		hear_worker(server, false);
	else if (server->worker.is_busy && server->worker.deadline <= clock_wall())
		hear_worker(server, true);
	if (waits[0].revents)
		hear_editor(server);
}

static void close_server(struct server *server)
{
	worker_close(&server->worker);
	server_answer_pending(server);
	rpc_flush(&server->rpc);
	rpc_close(&server->rpc);
	while (server->documents) {
		struct document *next = server->documents->next;
		document_destroy(server->documents);
		server->documents = next;
	}
}

int lsp_run(const struct lsp_checker *checker, const struct lsp_options *options)
{
	struct server server = { .checker = checker, .options = options, .delay = DELAY, .status = EXIT_FAILURE };

	rpc_open(&server.rpc, options->in, options->out);
	worker_open(&server.worker, checker);
	while (!server.has_exited && !server.rpc.is_at_end && !server.rpc.is_broken) {
		double now = clock_wall();
		struct document *due = server.worker.is_busy ? NULL : find_due(&server, now);
		if (due && server.state == SERVER_RUNNING)
			ask(&server, due, now);
		else if (!server.worker.is_busy && asks_for_fixes(&server))
			ask_for_fixes(&server, now);
		wait(&server);
	}
	close_server(&server);
	return server.status;
}
