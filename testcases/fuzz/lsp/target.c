/* What an editor sends. A line of the input is a message, which is framed here; one that begins with `!` is sent as it is,
 * and `@LINE COLUMN END_LINE END_COLUMN` stands for an analysis that finds something there, with a fix. All that the server
 * says is well-framed JSON-RPC, and each request is answered once. */
#include "fuzz.h"

#include "../../../checker/lsp/document.h"
#include "../../../checker/lsp/server.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- a checker that is never asked ------------------------------------------------------ */

static const char *configure(void *context, struct arena *arena, const char *const *arguments, int count)
{
	(void)context;
	(void)arena;
	return count > 0 && strcmp(arguments[0], "--bad") == 0 ? "bad arguments" : NULL;
}

static const struct rule_set *rules(void *context)
{
	(void)context;
	return fuzz_rules();
}

static struct intern_pool *pool(void *context)
{
	(void)context;
	return fuzz_rules_pool();
}

static double time_limit(void *context)
{
	(void)context;
	return 1;
}

static const struct lsp_checker checker = {
	.configure = configure, .rules = rules, .pool = pool, .time_limit = time_limit
};

/* ---- results ------------------------------------------------------------------------------ */

static void give_fix(struct document *document)
{
	static struct lsp_edit edit = { .text = "x" };
	static struct lsp_fix fix = { .what = "mend it", .line = 1, .edits = &edit, .edit_count = 1 };

	edit.end = document->lines.length > 2 ? 2 : 0;
	fix.rule = fuzz_rules()->rules[0]->id;
	document->fixes = &fix;
	document->fix_count = 1;
	document->fix_version = document->version;
	document->fix_first = 1;
	document->fix_last = 1000;
}

static void give_results(struct server *server, const char *line)
{
	struct span span = { 0 };

	sscanf(line, "%u %u %u %u", &span.line, &span.column, &span.end_line, &span.end_column);
	for (struct document *document = server->documents; document; document = document->next) {
		if (!document->path)
			continue;
		if (!document->results)
			document->results = arena_create();
		report_init(&document->report, document->results);
		span.file = document->path;
		struct finding_step step = { span, "here", STEP_END };
		struct finding finding = {
			.rule = fuzz_rules()->rules[span.column % (unsigned)fuzz_rules()->rule_count],
			.span = span,
			.message = "message",
			.steps = &step,
			.step_count = 1
		};
		struct not_analysed entry = { .span = span, .reason = "reason", .is_partial = true };
		report_add_finding(&document->report, &finding);
		report_add_missing(&document->report, &entry);
		report_add_note(&document->report, &entry);
		give_fix(document);
		server_publish(server, document);
	}
}

/* ---- the two ends ----------------------------------------------------------------------------- */

static void hear(struct server *server)
{
	struct rpc_error error = { "" };
	json_t *message = NULL;
	enum rpc_status status;

	rpc_read(&server->rpc);
	while (!server->has_exited && (status = rpc_next(&server->rpc, &message, &error)) != RPC_NOTHING) {
		if (status == RPC_ERROR)
			server_refuse(server, NULL, RPC_PARSE_ERROR, error.text);
		else
			server_handle(server, message);
		json_decref(message);
		message = NULL;
	}
}

static void say(int file, const char *bytes, size_t length)
{
	fuzz_require(write(file, bytes, length) == (ssize_t)length, "not written");
}

static void send_line(struct fuzz *fuzz, struct server *server, int input, const char *line)
{
	size_t length = strlen(line);

	if (*line == '@') {
		give_results(server, line + 1);
		return;
	}
	if (*line == '!') {
		say(input, line + 1, length - 1);
		say(input, "\n", 1);
	} else {
		const char *header = arena_printf(fuzz->arena, "Content-Length: %zu\r\n\r\n", length);
		say(input, header, strlen(header));
		say(input, line, length);
	}
	for (off_t before = -1; before != lseek(server->rpc.in, 0, SEEK_CUR);) {
		before = lseek(server->rpc.in, 0, SEEK_CUR);
		hear(server);
	}
	server->rpc.is_at_end = false; /* more comes */
	if (rpc_has_output(&server->rpc))
		rpc_flush(&server->rpc);
}

static void check_output(int file)
{
	struct rpc rpc;
	struct rpc_error error;
	json_t *message = NULL;

	fuzz_require(lseek(file, 0, SEEK_SET) == 0, "no output");
	rpc_open(&rpc, file, -1);
	while (!rpc.is_at_end) {
		enum rpc_status status;
		rpc_read(&rpc);
		while ((status = rpc_next(&rpc, &message, &error)) != RPC_NOTHING) {
			fuzz_require(status == RPC_MESSAGE, "the server says what is no message: %s", error.text);
			const char *version = json_string_value(json_object_get(message, "jsonrpc"));
			fuzz_require(version && strcmp(version, "2.0") == 0, "no JSON-RPC");
			fuzz_require(json_object_get(message, "method") || json_object_get(message, "id"),
				     "no answer to anything");
			if (json_is_object(json_object_get(message, "result")) ||
			    json_is_array(json_object_get(message, "result")))
				fuzz_accepted();
			json_decref(message);
		}
	}
	fuzz_require(rpc.input.start == rpc.input.end, "a message is cut off");
	rpc_close(&rpc);
}

static void close_server(struct server *server)
{
	server_answer_pending(server);
	rpc_flush(&server->rpc);
	fuzz_require(server->worker.child.socket == -1, "a worker was started");
	rpc_close(&server->rpc);
	while (server->documents) {
		struct document *next = server->documents->next;
		document_destroy(server->documents);
		server->documents = next;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz fuzz = fuzz_begin(data, size);
	int input = memfd_create("input", MFD_CLOEXEC), output = memfd_create("output", MFD_CLOEXEC);
	struct lsp_options options = { .version = "0", .has_stats = true };
	struct server server = { .checker = &checker, .options = &options, .delay = 1, .status = EXIT_FAILURE };
	int reader = open(arena_printf(fuzz.arena, "/proc/self/fd/%d", input), O_RDONLY | O_CLOEXEC);

	fuzz_require(input >= 0 && output >= 0 && reader >= 0, "no descriptors");
	rpc_open(&server.rpc, reader, output);
	worker_open(&server.worker, &checker);
	for (const char *line = fuzz.text, *end = fuzz.text + fuzz.size; line < end && !server.has_exited;) {
		size_t length = strcspn(line, "\n");
		send_line(&fuzz, &server, input, arena_strndup(fuzz.arena, line, length));
		line += length + 1;
	}
	close_server(&server);
	check_output(output);
	close(reader);
	close(input);
	close(output);
	fuzz_end(&fuzz);
	return 0;
}
