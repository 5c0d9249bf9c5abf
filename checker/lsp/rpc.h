/* Messages as LSP frames them: `Content-Length: N`, an empty line, N bytes of JSON. */
#ifndef SO2_LSP_RPC_H
#define SO2_LSP_RPC_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Bytes of one message; what is longer is read over. */
#define RPC_MESSAGE_LIMIT ((size_t)64 << 20)

struct rpc_buffer {
	char *bytes; /* malloc() */
	size_t start, end, capacity;
};

struct rpc {
	int in, out;
	struct rpc_buffer input, output;
	size_t skipped; /* bytes of a message that is too long, still to come */
	bool is_at_end; /* the other side has closed */
	bool is_broken; /* it cannot be written to, or does not read */
};

enum rpc_status {
	RPC_NOTHING, /* no whole message yet */
	RPC_MESSAGE,
	RPC_ERROR, /* something that is no message was passed over: *error says what */
};

struct rpc_error {
	char text[256];
};

void rpc_open(struct rpc *rpc, int in, int out);
void rpc_close(struct rpc *rpc);
/* Takes what has come; waits if nothing has. */
void rpc_read(struct rpc *rpc);
/* The message is the caller's. */
enum rpc_status rpc_next(struct rpc *rpc, json_t **message, struct rpc_error *error);
/* Takes the message over, which may be NULL for one that could not be made. Written by rpc_write(). */
void rpc_send(struct rpc *rpc, json_t *message);
bool rpc_has_output(const struct rpc *rpc);
/* A piece of it, without waiting if poll() said that there is room. */
void rpc_write(struct rpc *rpc);
/* All of it. */
void rpc_flush(struct rpc *rpc);

#endif
