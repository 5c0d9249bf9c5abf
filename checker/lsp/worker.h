/* The process that analyses. It stays, so that libclang is loaded and what it has read of headers is at hand; a crash, a hang
 * or a lack of memory in it costs one answer, and the next question starts another. */
#ifndef SO2_LSP_WORKER_H
#define SO2_LSP_WORKER_H

#include "base/child.h"
#include "lsp/lsp.h"

struct worker {
	const struct lsp_checker *checker;
	struct child child;
	bool is_busy;
	double deadline; /* of the answer, while busy */
};

void worker_open(struct worker *worker, const struct lsp_checker *checker);
/* Ends the process, at once if it is busy. */
void worker_close(struct worker *worker);
/* false: no process can be started. */
bool worker_ask(struct worker *worker, const struct lsp_question *question, double now);
/* Call when the socket can be read. On the arena. NULL: an answer; else why there is none: the process is lost. */
const char *worker_take(struct worker *worker, struct arena *arena, struct lsp_answer *answer);
/* It has not answered in time: what to tell the user. */
const char *worker_give_up(struct worker *worker, struct arena *arena);

#endif
