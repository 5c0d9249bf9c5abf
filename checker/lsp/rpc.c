/* See rpc.h. */
#include "rpc.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define HEADER_LIMIT 4096
#define READ_SIZE ((size_t)64 << 10)
/* An editor that leaves so much unread is not going to read it. */
#define OUTPUT_LIMIT ((size_t)256 << 20)

/* ---- buffers ------------------------------------------------------------------------ */

static size_t used(const struct rpc_buffer *buffer)
{
	return buffer->end - buffer->start;
}

/* false: there is no memory for it. */
static bool make_room(struct rpc_buffer *buffer, size_t size)
{
	if (buffer->start > 0) {
		memmove(buffer->bytes, buffer->bytes + buffer->start, used(buffer));
		buffer->end -= buffer->start;
		buffer->start = 0;
	}
	if (buffer->capacity - buffer->end >= size)
		return true;
	size_t capacity = buffer->capacity * 2 > buffer->end + size ? buffer->capacity * 2 : buffer->end + size;
	char *bytes = realloc(buffer->bytes, capacity);
	if (!bytes)
		return false;
	buffer->bytes = bytes;
	buffer->capacity = capacity;
	return true;
}

/* A long message must not stay in memory for ever. */
static void drop(struct rpc_buffer *buffer, size_t count)
{
	buffer->start += count;
	if (buffer->start < buffer->end)
		return;
	buffer->start = buffer->end = 0;
	if (buffer->capacity > 16 * READ_SIZE) {
		free(buffer->bytes);
		buffer->bytes = NULL;
		buffer->capacity = 0;
	}
}

void rpc_open(struct rpc *rpc, int in, int out)
{
	*rpc = (struct rpc){ .in = in, .out = out };
}

void rpc_close(struct rpc *rpc)
{
	free(rpc->input.bytes);
	free(rpc->output.bytes);
}

/* ---- reading ---------------------------------------------------------------------------- */

void rpc_read(struct rpc *rpc)
{
	struct rpc_buffer *input = &rpc->input;

	if (!make_room(input, READ_SIZE)) {
		rpc->is_at_end = true;
		return;
	}
	ssize_t count = read(rpc->in, input->bytes + input->end, READ_SIZE);
	if (count < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (count <= 0)
		rpc->is_at_end = true;
	else
		input->end += (size_t)count;
}

static void skip(struct rpc *rpc)
{
	size_t count = used(&rpc->input) < rpc->skipped ? used(&rpc->input) : rpc->skipped;

	rpc->skipped -= count;
	drop(&rpc->input, count);
}

/* One line of the header: its value if it is the length. false: it is that, and no number. */
static bool read_header_line(const char *line, size_t length, size_t *value)
{
	static const char name[] = "Content-Length:";
	size_t at = strlen(name), number = 0;

	if (length < at || strncasecmp(line, name, at) != 0)
		return true;
	while (at < length && (line[at] == ' ' || line[at] == '\t'))
		at++;
	if (at == length || length - at > 15)
		return false;
	for (; at < length; at++) {
		if (!isdigit((unsigned char)line[at]))
			return false;
		number = number * 10 + (size_t)(line[at] - '0');
	}
	*value = number;
	return true;
}

/* Lines end in \r\n; a lone \n is understood, too. 0: the header is not whole yet. */
static size_t header_size(const char *text, size_t length)
{
	for (const char *at = text; (at = memchr(at, '\n', length - (size_t)(at - text))) != NULL; at++) {
		size_t next = (size_t)(at - text) + 1;
		if (next < length && text[next] == '\n')
			return next + 1;
		if (next + 1 < length && text[next] == '\r' && text[next + 1] == '\n')
			return next + 2;
	}
	return 0;
}

/* SIZE_MAX: it names no length that can be understood. */
static size_t read_header(const char *text, size_t length)
{
	size_t value = SIZE_MAX;

	for (size_t at = 0; at < length;) {
		const char *newline = memchr(text + at, '\n', length - at);
		size_t end = newline ? (size_t)(newline - text) : length;
		size_t trimmed = end > at && text[end - 1] == '\r' ? end - 1 : end;
		if (!read_header_line(text + at, trimmed - at, &value))
			return SIZE_MAX;
		at = end + 1;
	}
	return value;
}

static enum rpc_status refuse(struct rpc_error *error, const char *text)
{
	snprintf(error->text, sizeof(error->text), "%s", text);
	return RPC_ERROR;
}

static enum rpc_status read_body(struct rpc *rpc, size_t header, size_t length, json_t **message,
				 struct rpc_error *error)
{
	json_error_t problem;

	*message = json_loadb(rpc->input.bytes + rpc->input.start + header, length, JSON_ALLOW_NUL, &problem);
	drop(&rpc->input, header + length);
	if (*message)
		return RPC_MESSAGE;
	snprintf(error->text, sizeof(error->text), "the message is no JSON: line %d, column %d: %s", problem.line,
		 problem.column, problem.text);
	return RPC_ERROR;
}

enum rpc_status rpc_next(struct rpc *rpc, json_t **message, struct rpc_error *error)
{
	*message = NULL;
	skip(rpc);
	const char *text = rpc->input.bytes + rpc->input.start;
	size_t length = used(&rpc->input), header = length > 0 ? header_size(text, length) : 0;

	if (header == 0 && length > HEADER_LIMIT) {
		drop(&rpc->input, length);
		return refuse(error, "there is no header: a message begins with `Content-Length: N` and an empty line");
	}
	if (header == 0)
		return RPC_NOTHING;
	size_t body = read_header(text, header);
	if (body == SIZE_MAX) {
		drop(&rpc->input, header);
		return refuse(error, "the header has no `Content-Length: N` with a number");
	}
	if (body > RPC_MESSAGE_LIMIT) {
		rpc->skipped = header + body;
		skip(rpc);
		return refuse(error, "the message is longer than the limit of 64 MB, and passed over");
	}
	return length - header >= body ? read_body(rpc, header, body, message, error) : RPC_NOTHING;
}

/* ---- writing --------------------------------------------------------------------------------- */

static bool append(struct rpc *rpc, const char *bytes, size_t length)
{
	if (used(&rpc->output) > OUTPUT_LIMIT || !make_room(&rpc->output, length))
		return false;
	memcpy(rpc->output.bytes + rpc->output.end, bytes, length);
	rpc->output.end += length;
	return true;
}

void rpc_send(struct rpc *rpc, json_t *message)
{
	char *text = message ? json_dumps(message, JSON_COMPACT) : NULL;
	char header[64];

	json_decref(message);
	if (!text) /* no memory: this answer is missing, the next may fit */
		return;
	int length = snprintf(header, sizeof(header), "Content-Length: %zu\r\n\r\n", strlen(text));
	if (!append(rpc, header, (size_t)length) || !append(rpc, text, strlen(text)))
		rpc->is_broken = true;
	free(text);
}

bool rpc_has_output(const struct rpc *rpc)
{
	return used(&rpc->output) > 0;
}

void rpc_write(struct rpc *rpc)
{
	/* a pipe that has any room has this much */
	size_t length = used(&rpc->output) < PIPE_BUF ? used(&rpc->output) : PIPE_BUF;
	ssize_t count = write(rpc->out, rpc->output.bytes + rpc->output.start, length);

	if (count > 0)
		drop(&rpc->output, (size_t)count);
	else if (count < 0 && errno != EINTR && errno != EAGAIN)
		rpc->is_broken = true;
}

void rpc_flush(struct rpc *rpc)
{
	while (rpc_has_output(rpc) && !rpc->is_broken)
		rpc_write(rpc);
}
