/* A language server: JSON-RPC over two descriptors, LSP 3.17.
 *
 * The server keeps the texts that the editor shows, waits for a pause in typing, has them analysed by a process of its own
 * that stays (worker.h), and publishes the findings. What an analysis is it does not know: that is the checker's, which
 * the caller hands in. Exit status: 0 after `shutdown` and `exit`, 1 when the editor went away or broke the protocol. */
#ifndef SO2_LSP_LSP_H
#define SO2_LSP_LSP_H

#include "base/unsaved.h"
#include "report/finding.h"

/* What is to be analysed: the driver that a file belongs to. */
struct lsp_question {
	const char *path;		 /* absolute */
	bool is_fresh;			 /* files may have come or gone: find out anew which belong together */
	const struct unsaved_file *open; /* all that the editor shows, saved or not */
	size_t open_count;
	unsigned first, last; /* not 0: fixes are wanted of the findings on these lines, in place of a report */
};

/* Bytes [begin, end) of the text give way to the other. */
struct lsp_edit {
	size_t begin, end;
	const char *text;
};

/* Of one finding in the file asked about. */
struct lsp_fix {
	const char *rule, *what; /* its id; what is done, for people */
	unsigned line;		 /* of the finding */
	struct lsp_edit *edits;	 /* by place, none overlapping another */
	int edit_count;
};

struct lsp_answer {
	struct report report; /* finished; allowed findings are left out. Names of files are absolute */
	bool *is_covered;     /* by open file: the report is about it, too */
	/* A file that the editor shows and that does not compile for now, and was fine before: what the report says of
	 * the driver is not to be relied on. NULL: none. */
	const char *broken;
	struct lsp_fix *fixes; /* if they were asked for: then there is nothing else */
	int fix_count;
	const char *summary; /* what was done and how long it took, for the log */
	bool is_worn;	     /* this process keeps too much memory to go on */
	bool is_elsewhere;   /* this process may not read what it was asked about: nothing was done, a fresh one can */
};

struct lsp_checker {
	void *context;
	/* In the server. Arguments as on the command line of `so2check lsp`, to be added to those; what rules() gave before
	 * is gone then. NULL, or what is wrong with them (on the arena): then the earlier ones hold. */
	const char *(*configure)(void *context, struct arena *arena, const char *const *arguments, int count);
	const struct rule_set *(*rules)(void *context);
	struct intern_pool *(*pool)(void *context);
	double (*time_limit)(void *context); /* seconds that an analysis may take */
	/* In the server, of what a worker has reported: the severities that the user wants. */
	void (*finish)(void *context, struct report *report);
	/* In the worker: once at its start (not 0: it cannot work; *socket may change), then for each question. The answer
	 * is on the arena. */
	int (*begin)(void *context, int *socket);
	void (*analyse)(void *context, struct arena *arena, const struct lsp_question *question,
			struct lsp_answer *answer);
	void (*end)(void *context); /* the worker is no longer needed */
};

struct lsp_options {
	int in, out;
	const char *version;
	bool has_stats; /* tell the editor's log how long each analysis took */
};

/* Until the editor says `exit` or goes away; gives the exit status. configure() has been called before. */
int lsp_run(const struct lsp_checker *checker, const struct lsp_options *options);

#endif
