/* What a function does for its callers, path-sensitively: outcome by outcome,
 * with the steps that prove it, and what it needs of them. The engine makes
 * summaries (engine/summarize.c) and applies them at calls (engine/apply.c),
 * callees first; this header is the form they are kept in, on the module's
 * arena. Summaries by symbolic values in terms of the entry state follow
 * Sharir and Pnueli's functional approach ("Two approaches to interprocedural
 * data flow analysis", 1981), restricted to typestate as in ESP.
 *
 * A summary claims only what holds on every path of the outcome it stands in;
 * what differs is in `opaque`, and a caller then knows nothing of such objects. */
#ifndef SO2_SUMMARY_SUMMARY_H
#define SO2_SUMMARY_SUMMARY_H

#include "ir/ir.h"
#include "rulepack/rulepack.h"

/* ---- terms ------------------------------------------------------------------
 * A value in words that a caller can translate. */

enum term_kind {
	TERM_UNKNOWN,
	TERM_INT,
	TERM_PARAM,	/* value of parameter number `value` on entry */
	TERM_VARIABLE,	/* address of the global `var` */
	TERM_FIELD,	/* address of `field` of the record at address a */
	TERM_ELEMENT,	/* address of element b of the array at address a */
	TERM_LOAD,	/* value on entry at address a */
	TERM_UNARY,	/* op a */
	TERM_BINARY,	/* a op b */
	TERM_PREDICATE, /* enum rp_predicate op of a */
	TERM_APPLY,	/* value of the accessor `function` for the arguments in the list a (a TUPLE) */
	TERM_TUPLE,	/* a, b */
	TERM_FUNCTION,	/* address of `function` */
	TERM_FRESH,	/* number `value` of the objects that the call makes */
	TERM_RESULT,	/* what the function returns */
};

struct term {
	enum term_kind kind;
	int op;
	int64_t value;
	const struct ir_var *var;
	const char *field;
	const struct ir_function *function;
	const struct term *a, *b;
	const struct ir_type *type; /* may be NULL */
};

/* All values between, inclusive, without 0 when nonzero. */
struct value_range {
	int64_t low, high;
	bool nonzero;
};

struct term_fact {
	const struct term *term;
	struct value_range range;
};

/* ---- steps --------------------------------------------------------------------- */

enum summary_step_kind { SUMMARY_STEP_EVENT, SUMMARY_STEP_CALL };

/* One line of a path below a call. */
struct summary_step {
	struct span span;
	const char *text;
	enum summary_step_kind kind;
};

/* In program order, outermost call first. */
struct chain {
	const struct summary_step *steps;
	int count;
};

/* ---- outcomes -------------------------------------------------------------------- */

#define SUMMARY_MAX_ARGS 8

/* A primitive call with an effect, to be applied again in the caller's terms. */
struct summary_event {
	const struct rp_api *api;
	const struct rp_effect *effect;
	const struct term *args[SUMMARY_MAX_ARGS]; /* by API parameter; NULL: not given */
	const struct term *key;			   /* the object */
	const struct term *result; /* what the primitive call returned; NULL: nothing a caller can name */
	const struct term *token;  /* the state it saved; NULL */
	const char *object;	   /* as the callee writes it */
	bool failed;		   /* the call reported failure */
	struct chain chain;	   /* inside the callee, down to the primitive call */
};

/* An object that may have been moved, in a way that depends on what no caller can tell. */
struct unsure_object {
	const struct rp_resource *resource;
	const struct term *key;
};

/* value of kind UNKNOWN: something, but no caller can tell what. */
struct summary_store {
	const struct term *address, *value;
};

/* What is known on entry and of the result on one way to return. */
struct summary_variant {
	struct value_range value;
	const struct term *result;
	const struct term_fact *facts;
	int fact_count;
};

/* Ways to return that do the same. */
struct summary_outcome {
	struct value_range value;  /* of the result */
	const struct term *result; /* NULL: only its range is known */
	struct term_fact *facts;   /* what tells this outcome from others, on entry */
	int fact_count;
	/* The ways apart, so that a caller can rule some of them out; none: too many. */
	struct summary_variant *variants;
	int variant_count;
	struct summary_event *events; /* in order */
	int event_count;
	struct summary_store *stores;
	int store_count;
};

/* ---- demands ---------------------------------------------------------------------- */

enum demand_kind {
	DEMAND_SLEEP,	     /* it may sleep */
	DEMAND_IRQL_MAX,     /* the IRQL is at most `level` */
	DEMAND_IRQL_MIN,     /* the IRQL is at least `level` */
	DEMAND_USER_CONTEXT, /* it runs on behalf of a process's request */
	DEMAND_IRQS_ON,	     /* interrupts are on */
};

/* What a call somewhere below needs of the context that the function was entered in. */
struct demand {
	enum demand_kind kind;
	const struct rp_api *api;	    /* the API that needs it; NULL: a declaration of the driver's */
	const char *name;		    /* of what is called */
	const char *object;		    /* its first argument, as written there */
	int level;			    /* IRQL_MAX, IRQL_MIN */
	const struct ir_function *function; /* where that call stands */
	struct span span;
	struct term_fact *facts; /* the call is reached only if all can be */
	int fact_count;
	/* On a call through a pointer that the function was given: only if `pointer` is `pointee`. NULL: any. */
	const struct term *pointer;
	const struct ir_function *pointee;
	const struct term *bits; /* SLEEP: sleeps only if this value has `mask` bits; NULL: in any case */
	int64_t mask;
	struct chain chain; /* from the function's own call down to that call, which is not in it */
};

/* ---- lock uses ---------------------------------------------------------------------- */

#define MAX_HELD_CLASSES 4
#define SUMMARY_MAX_WAIT_USES 24 /* of a function; as many: there may be more */

/* An acquisition of a lock somewhere below. Locks are told apart by class: the
 * record and field they are in, or the variable. */
struct lock_use {
	const struct rp_resource *resource;
	const char *lock_class;	 /* as effects_object_class() has it; NULL: only callers can tell */
	const struct term *lock; /* its address */
	const char *object;	 /* as written there */
	const char *mode;
	enum rp_mask masks;  /* what the acquisition itself switches off */
	enum rp_mask masked; /* what is surely off already when it is made */
	bool is_try;	     /* a trylock: never waits */
	bool is_unsure;	     /* what is off can not be told: the caller's lock was let go, flags unknown */
	const char *held[MAX_HELD_CLASSES]; /* classes held on the way, by this function or between */
	struct span held_spans[MAX_HELD_CLASSES];
	int held_count;
	const struct ir_function *function; /* where the acquisition stands */
	struct span span;
	struct chain chain;
};

/* ---- waits ---------------------------------------------------------------------------- */

/* A call somewhere below of an API that waits for callbacks (waits-for), and
 * what is held when it is made: by this function or between. */
struct wait_use {
	const struct rp_api *api;
	const char *object_class;	    /* of what it waits for, as effects_object_class; NULL: can not be told */
	const char *object;		    /* as written there */
	const char *held[MAX_HELD_CLASSES]; /* lock classes, as in lock_use */
	struct span held_spans[MAX_HELD_CLASSES];
	int held_count;
	bool has_let_go; /* of a lock of the caller's, on the way: what callers hold is not held there */
	const struct ir_function *function; /* where the call stands */
	struct span span;
	struct term_fact *facts; /* as in a demand */
	int fact_count;
	struct chain chain;
};

/* ---- memory touched ------------------------------------------------------------------ */

/* Memory that is read or written somewhere below, by a pointer of the entry state. */
struct memory_touch {
	const struct term *pointer;
	int level; /* IRQL at that moment at least, by what the function and those between hold */
	const struct ir_function *function;
	struct span span;
	struct term_fact *facts; /* as in a demand */
	int fact_count;
	struct chain chain;
};

/* ---- numbers of the callers' ------------------------------------------------------ */

/* A number of the entry state that is used somewhere below as a length, an
 * index or the like, without any test of it on the way: a caller that got it
 * from user space must have limited it. */
struct user_need {
	enum rp_check_kind kind;  /* USER_LENGTH, USER_INDEX, USER_DIVISOR, USER_UNBOUNDED */
	const struct rp_api *api; /* that it is given to; NULL */
	const char *param;	  /* UNBOUNDED: as this parameter; interned */
	const struct term *value;
	const struct term *pointer;	 /* LENGTH: into a buffer whose size only callers can tell; NULL: limit holds */
	int64_t limit;			 /* the highest that is right */
	int64_t cap;			 /* the types that it goes through hold no more */
	const char *object, *limit_text; /* as written there */
	const struct ir_function *function;
	struct span span;
	struct term_fact *facts; /* as in a demand */
	int fact_count;
	struct chain chain;
};

/* Some way through the function tests the number: it may have been limited. */
struct user_test {
	const struct term *value;
	unsigned marks; /* as the engine keeps them */
};

/* ---- summaries ----------------------------------------------------------------------- */

struct function_summary {
	const struct ir_function *function;
	bool is_valid; /* false: over budget, in part not understood... : only the coarse effects are known */
	struct summary_outcome *outcomes; /* none: it never returns */
	int outcome_count;
	struct demand *demands;
	int demand_count;
	struct lock_use *lock_uses;
	int lock_use_count;
	struct wait_use *wait_uses;
	int wait_use_count;
	struct memory_touch *touches;
	int touch_count;
	struct user_need *user_needs;
	int user_need_count;
	struct user_test *user_tests;
	int user_test_count;
	const struct term **user_fills; /* addresses of what is filled from user space, and not looked at */
	int user_fill_count;
	/* Resources with events on objects that no caller can name, or that differ
	 * between paths no caller can tell apart. */
	const struct rp_resource **opaque;
	int opaque_count;
	struct unsure_object *unsure;
	int unsure_count;
	int fresh_count;       /* objects that TERM_FRESH numbers */
	const char **clobbers; /* tags of records that may have changed anywhere */
	int clobber_count;
};

/* A call of one function of the module by another, and the context it was seen in. */
struct call_context {
	const struct ir_function *caller, *callee;
	struct span span;
	const char *holder; /* what makes it atomic or raises the IRQL, as a text; NULL: nothing seen */
	bool is_atomic;
	int irql_low, irql_high; /* RP_IRQL_UNSAID: unknown */
};

struct summaries {
	struct arena *arena;
	struct keymap *by_function;
	struct function_summary **items; /* in order of computation */
	size_t count, capacity;
	struct call_context *contexts;
	size_t context_count, context_capacity;
};

struct summaries *summaries_create(struct arena *arena);
/* NULL: not computed (yet). */
const struct function_summary *summaries_find(const struct summaries *summaries, const struct ir_function *function);
/* Replaces an earlier one of the function (a cycle's next round). */
void summaries_put(struct summaries *summaries, struct function_summary *summary);
/* Do they claim the same? For the fixpoint over a cycle of the call graph. */
bool summary_equal(const struct function_summary *left, const struct function_summary *right);
/* --dump=summary: one function's, for developers. */
void summary_print(FILE *out, struct arena *arena, const struct function_summary *summary);
const char *term_text(struct arena *arena, const struct term *term);
bool term_equal(const struct term *left, const struct term *right);

#endif
