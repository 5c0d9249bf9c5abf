/* What the checkers share. */
#ifndef SO2_PEERS_PEERS_INT_H
#define SO2_PEERS_PEERS_INT_H

#include "peers/peers.h"
#include "process.h"

struct peers {
	const struct rule_set *rules;
	struct peers_options options;
	const char *sparse, *spatch; /* paths; NULL: not to be run */
	const char **scripts;	     /* of the rules that are enabled; each once */
	int script_count, script_capacity;
	const char *identity;
};

/* One unit in work. */
struct peer_job {
	struct peers *peers;
	struct arena *arena;
	const struct peer_unit *unit;
	const struct peer_functions *functions;
	struct report *report;
	bool has_failed;
};

/* What a checker said. */
struct peer_report {
	enum rp_peer_tool tool;
	const char *script;   /* COCCINELLE */
	const char *message;  /* all of it */
	const char *function; /* that it names; NULL */
	unsigned line, column, end_column;
};

void sparse_check(struct peer_job *job);
void coccinelle_check(struct peer_job *job);

/* Makes a finding of it, or adds its name to one; or drops it. */
void peer_take(struct peer_job *job, const struct peer_report *report);
/* The program did not do its work. */
void peer_fail(struct peer_job *job, const char *name, const char *reason);
/* It did a part of it. */
void peer_note(struct peer_job *job, const char *name, const char *reason);
/* false: the run failed, and that was said. */
bool peer_has_run(struct peer_job *job, const char *name, const struct process_result *result);
/* `file:line:column: text` of the unit's own file: the text; NULL: the line is none, or of another file. */
const char *peer_split_line(const struct peer_job *job, const char *line, unsigned *line_number, unsigned *column);
/* The next line of the text, on the arena; NULL: there is none. */
const char *peer_next_line(struct arena *arena, const char **text);

#endif
