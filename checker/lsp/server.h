/* What the files of the server share: requests.c answers, server.c keeps time and talks to the worker. */
#ifndef SO2_LSP_SERVER_H
#define SO2_LSP_SERVER_H

#include "lsp/lsp.h"
#include "render.h"
#include "rpc.h"
#include "worker.h"

/* An editor has dozens open; more than this is no editor. */
#define DOCUMENT_LIMIT 1000

enum server_state { SERVER_NEW, SERVER_RUNNING, SERVER_SHUT_DOWN };

/* Code actions that somebody waits for, while the worker looks for fixes. */
struct pending {
	json_t *id; /* NULL: nobody does */
	const struct document *document;
	struct range range;
	unsigned first, last; /* the lines it is about */
	bool is_asked;
};

struct server {
	const struct lsp_checker *checker;
	const struct lsp_options *options;
	struct rpc rpc;
	struct worker worker;
	struct client client;
	enum server_state state;
	struct document *documents;
	size_t document_count;
	const struct document *asked; /* whose driver is being analysed; NULL: closed meanwhile, or none */
	struct pending pending;
	bool is_fresh; /* the next question is to be */
	double delay;  /* seconds without a change before a document is analysed */
	bool has_exited;
	int status;
};

/* Both take what is given over. id: borrowed. */
void server_notify(struct server *server, const char *method, json_t *params);
void server_answer(struct server *server, const json_t *id, json_t *result);

enum rpc_code {
	RPC_PARSE_ERROR = -32700,
	RPC_INVALID_REQUEST = -32600,
	RPC_METHOD_NOT_FOUND = -32601,
	RPC_INVALID_PARAMS = -32602,
	RPC_NOT_INITIALIZED = -32002,
	RPC_CANCELLED = -32800,
};

/* id NULL: of a message that has none that can be read. */
void server_refuse(struct server *server, const json_t *id, enum rpc_code code, const char *text);

enum message_type { MESSAGE_ERROR = 1, MESSAGE_WARNING, MESSAGE_INFO, MESSAGE_LOG };

void server_log(struct server *server, enum message_type type, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void server_publish(struct server *server, const struct document *document);
/* What waits is answered with what is known. If the worker is at it, its answer will be about nothing. */
void server_answer_pending(struct server *server);
/* The text is to be analysed, delay seconds from now. */
void server_mark(struct document *document, double delay);
/* Rules or options are others now: NULL, or what is wrong with the arguments. */
const char *server_configure(struct server *server, struct arena *arena, const json_t *settings);
/* One message, in requests.c. */
void server_handle(struct server *server, const json_t *message);

#endif
