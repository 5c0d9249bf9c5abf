/* Other checkers that are installed: their reports become findings of our rules.
 *
 * Sparse and Coccinelle's spatch run as child processes, without a shell, in a process group of their own, with a limit
 * of time and of output. Which of their reports is which rule's is said by the rule packs (`peers:`); a report that no rule
 * claims is dropped. One that says what a finding of so2check says already only adds its name to that finding. */
#ifndef SO2_PEERS_PEERS_H
#define SO2_PEERS_PEERS_H

#include "base/log.h"
#include "report/finding.h"
#include "rulepack/rulepack.h"

struct peers;

struct peers_options {
	unsigned engines;	 /* bits of enum finding_engine: which ones are wanted */
	const bool *enabled;	 /* rules, by index */
	double time_limit;	 /* seconds that one run of a program may take */
	const char *own_headers; /* folder of headers of our own, which other checkers do not get; or NULL */
};

/* A unit of the Linux kernel as so2check parses it. */
struct peer_unit {
	const char *file;	 /* as shown, interned */
	const char *path;	 /* absolute */
	const char *directory;	 /* the compiler's working folder */
	const char *const *args; /* the parser's */
	int arg_count;
};

/* Where a function of so2check's IR stands. */
struct peer_function {
	const char *file, *name; /* interned */
	unsigned first, last;	 /* lines */
};

struct peer_functions {
	struct peer_function *items;
	int count, capacity;
};

/* Looks for the programs in PATH; one that is missing is logged as a warning. NULL: there is none to run. */
struct peers *peers_open(struct arena *arena, struct log *log, const struct rule_set *rules,
			 const struct peers_options *options);
/* Equal only if the same programs would run with the same scripts. */
const char *peers_identity(const struct peers *peers);
/* Adds what they find in the unit to the report, which has so2check's own findings, not finished. What could not be
 * analysed by one of them is added to report->missing (a program that crashed, hung or printed what it never prints) or
 * to the notes (Sparse could not read a part of the source). false: something of the former kind, so that the result is
 * not to be kept. */
bool peers_check(struct peers *peers, struct arena *arena, const struct peer_unit *unit,
		 const struct peer_functions *functions, struct report *report);

#endif
