/* Small random drivers: a syntax tree that is written out as C source for so2check and executed by an
 * interpreter that knows the truth. */
#ifndef SO2_SUMMARY_PROGRAM_H
#define SO2_SUMMARY_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define MAX_FUNCTIONS 8
#define MAX_NODES 384

/* Locks of the device: two spin locks and a mutex. */
enum lock { LOCK_A, LOCK_B, LOCK_M, LOCK_COUNT };

/* Where a buffer's pointer may be. */
enum place {
	PLACE_NONE,
	PLACE_P,     /* a local variable */
	PLACE_R,     /* another one */
	PLACE_ARG,   /* the parameter `struct buf *q` */
	PLACE_OUT,   /* `*out` of the parameter `struct buf **out` */
	PLACE_FIELD, /* the device's field */
	PLACE_COUNT
};

enum condition {
	/* of inputs */
	IF_FLAG,
	IF_NOT_FLAG,
	IF_FLAG_ABOVE_1,
	IF_X_ABOVE, /* d->x > value */
	/* of what happened */
	IF_NULL, /* !place */
	IF_SET,	 /* place */
	IF_RET,
	IF_NOT_RET,
	IF_DEPTH_ENDS, /* depth <= 0 */
};

enum node_kind {
	NODE_LOCK,
	NODE_UNLOCK,
	NODE_TRYLOCK,	/* if (!trylock(lock)) { body } */
	NODE_LOCK_INTR, /* ret = mutex_lock_interruptible(lock) */
	NODE_ALLOC,	/* place = kmalloc() */
	NODE_FREE,
	NODE_CLEAR, /* place = NULL */
	NODE_COPY,  /* place = from */
	NODE_USE,   /* place->len = 1 */
	NODE_SLEEP,
	NODE_SET_X,
	NODE_IF, /* if (condition) { body } else { other } */
	NODE_CALL,
	NODE_RETURN,
};

enum flag_argument { FLAG_SAME, FLAG_ZERO, FLAG_ONE };
enum result_kind { RESULT_VOID, RESULT_INT, RESULT_POINTER };
enum returned { RETURN_VOID, RETURN_VALUE, RETURN_RET, RETURN_PLACE };

struct node {
	enum node_kind kind;
	int id; /* index in the program's nodes */
	int value;
	enum lock lock;
	enum place place, from;
	enum condition condition;
	bool may_sleep; /* of an allocation */
	/* Of a call: an int result is assigned to `ret` unless ignored, a pointer to `place`;
	 * `from` is the buffer handed over by value or by address. */
	int callee, depth; /* depth: the counter of a recursion; -1: the caller's, less one */
	enum flag_argument flag;
	bool is_ignored, is_indirect;
	enum returned returned;
	struct node *body, *other, *next;
};

struct function {
	enum result_kind result;
	bool takes_arg, takes_out, takes_depth;
	bool is_reached; /* from the driver's entry, function 0 */
	struct node *body;
};

struct program {
	unsigned seed;
	struct function functions[MAX_FUNCTIONS];
	int function_count;
	int hooked; /* the function in the device's function pointer; -1: none */
	struct node nodes[MAX_NODES];
	int node_count;
};

/* ---- generate.c: the same program for the same seed, everywhere ---- */
void program_generate(struct program *program, unsigned seed);

/* ---- write.c ---- */

/* A source file under way; which statement of which program each line came from. */
struct listing {
	FILE *file;
	int line;
	struct line_origin {
		short program, node; /* node -1: no statement */
		bool is_twin;
	} * origins;
	int capacity;
};

void write_headers(struct listing *listing);
/* As it is, and with all calls inlined into the entry. */
void write_program(struct listing *listing, const struct program *program, int number);
void write_twin(struct listing *listing, const struct program *program, int number);

/* ---- interpret.c ---- */

enum defect_rule {
	DEFECT_DOUBLE_LOCK,
	DEFECT_NOT_HELD,
	DEFECT_LEFT_HELD,
	DEFECT_SLEEP,
	DEFECT_SLEEPING_ALLOC,
	DEFECT_USE_AFTER_FREE,
	DEFECT_LEAK,
	DEFECT_NULL,
	DEFECT_COUNT
};

struct node_set {
	uint64_t words[(MAX_NODES + 63) / 64];
};

/* Whose executions show it. */
enum extent {
	IN_PROGRAM, /* the program's, or, for what no caller can mend, a function's on its own */
	ALONE,	    /* a function that is called on its own returns with the lock held */
	SETTLED,    /* a function returns with the lock held, and its callers let go */
};

/* What some execution does wrong. */
struct defect {
	enum defect_rule rule;
	int node;		/* the offending operation; of what is left at the end, the one that acquired it */
	struct node_set places; /* statements where a report is right: calls on the way included */
	bool is_real;		/* in an execution that begins at the driver's entry */
	bool is_first;		/* ... and nothing else went wrong before: so2check should find it */
	enum extent extent;
};

struct truth {
	struct defect defects[256];
	int count;
	bool is_complete; /* false: too many paths */
};

/* is_free: more executions than there are; every test of an input may go either way, whatever went before. */
void truth_find(struct truth *truth, const struct program *program, bool is_free);
bool node_set_has(const struct node_set *set, int node);

#endif
