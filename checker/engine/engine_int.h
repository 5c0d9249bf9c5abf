/* Private model of the engine: symbols, regions, states, and the steps that
 * move them. Everything here lives on the scratch arena of one function. */
#ifndef SO2_ENGINE_INT_H
#define SO2_ENGINE_INT_H

#include "base/strmap.h"
#include "engine/engine.h"
#include "summary/callgraph.h"
#include "summary/summary.h"

/* ---- symbols and regions (value.c) ------------------------------------------
 * A symbol stands for one value on a path, a region for one piece of memory.
 * Both are hash-consed: equal means same pointer. */

enum sym_kind {
	SYM_INT,
	SYM_ADDRESS,  /* of region a */
	SYM_FUNCTION, /* a: ir_function */
	SYM_STRING,   /* a: ir_expr */
	SYM_INITIAL, /* value that region a had when it was first read since step b, which may have relinked it (NULL: entry) */
	SYM_CALL,      /* result of step a */
	SYM_OUTPUT,    /* what step a stored through its argument number `op` */
	SYM_HAVOC,     /* value of region b after step a, which may have changed it */
	SYM_MERGE,     /* value of region a at the join in block `op` */
	SYM_STALE,     /* a value of an earlier loop iteration, made stale by step a: nothing is known of it */
	SYM_UNARY,     /* op a */
	SYM_BINARY,    /* a op b */
	SYM_PREDICATE, /* enum rp_predicate op of a */
	SYM_UNINIT,    /* local storage that was never written */
	SYM_OPAQUE,    /* value of expression a that is not modelled */
	SYM_TUPLE,     /* a, b */
	SYM_PART,      /* region b of the record value a */
	SYM_APPLY,     /* value of the pure function b for the arguments a (a tuple) */
	SYM_USER,      /* a, cast to a pointer into user space */
	SYM_INDEX,     /* index whose value a is known now but comes from a variable */
};

struct sym {
	enum sym_kind kind;
	uint32_t id;
	int depth;
	int op;
	int64_t value;
	const void *a, *b;
	const struct ir_type *type; /* as first seen, may be NULL */
	const struct sym *copied;   /* HAVOC of a call that copied a whole record: the pointer to it; NULL */
	bool is_user;		    /* seen as a pointer into user space */
	bool is_waived;		    /* the author cast it with __force */
	bool is_from_user;	    /* a number that user space chooses, or made of one */
	bool is_unterminated;	    /* bytes of user space, with nothing that ends them as a string */
	bool is_user_buffer;	    /* a pointer to what user space chose */
	bool is_unsigned_order;	    /* BINARY: somewhere the comparison was made with unsigned operands */
	struct sym *next;	    /* hash chain */
};

enum region_kind { REGION_VAR, REGION_POINTEE, REGION_FIELD, REGION_ELEMENT };

struct region {
	enum region_kind kind;
	uint32_t id;
	int depth;
	const struct ir_var *var;   /* VAR */
	const struct sym *pointer;  /* POINTEE */
	const struct region *base;  /* FIELD, ELEMENT */
	const char *field;	    /* FIELD */
	const struct sym *index;    /* ELEMENT */
	const struct ir_type *type; /* as first seen, may be NULL */
	struct region *next;
};

struct range {
	int64_t low, high;
	bool nonzero;
};
#define RANGE_LOWEST INT64_MIN
#define RANGE_HIGHEST INT64_MAX
#define LOWEST_ADDRESS 4096  /* small numbers are no pointers: ZERO_SIZE_PTR is 16 */
#define ERRNO_LOWEST (-4095) /* MAX_ERRNO of include/linux/err.h */

struct call_site;

/* ---- states (state.c) ---------------------------------------------------------- */

/* What a path did, newest first; shared tails. */
struct trace {
	const struct trace *parent;
	const struct ir_insn *insn;
	const struct rp_resource *resource; /* event, or NULL for a branch */
	int event;
	const struct sym *key;
	const char *object;
	const struct rp_api *api;
	const char *mode;
	bool is_unnamed;	     /* the object got its name later */
	bool taken;		     /* branch */
	const struct sym *condition; /* branch of a condition: its value */
	const struct joined *joined; /* ways that met there before this step */
	int depth;
	const struct chain *below; /* it happened inside a function called by insn: the way down; NULL */
	const char *callee;	   /* ... of this name */
	const struct walk *walk;   /* all that led to it, where that is kept; see walk.c */
};

/* A way that met the one which goes on, see told.c. */
struct joined {
	const struct trace *trace;
	const struct walk *walk, *instead_of; /* of this way, and of the one that was kept */
	const struct joined *earlier;	      /* ways that had met this one before */
	const struct joined *next;
};

/* Every edge and every result that a path took, newest first; shared tails. */
struct walk {
	const struct walk *before;
	struct path_step step;
};

/* The effects a path has had on objects, newest first; shared tails. What a
 * summary tells callers is made of it. */
struct event_log {
	const struct event_log *parent;
	const struct rp_api *api;
	const struct rp_effect *effect;
	const struct sym *args[SUMMARY_MAX_ARGS]; /* by API parameter */
	const struct sym *result, *key, *token;
	const char *object;
	const struct ir_insn *insn;
	const struct chain *below; /* as in struct trace */
	const char *callee;
	bool failed;
	bool is_doubt; /* it happened on one of two ways that were joined */
};

struct binding {
	const struct region *region;
	const struct sym *value;
	bool is_default; /* value of every part that has no binding of its own */
};

struct fact {
	const struct sym *sym;
	struct range range;
};

/* What tests said of a number that user space or a caller chooses, beside its
 * fact: on some path to here, so that a join forgets no test. */
enum bound_mark {
	BOUND_NUMBER = 1, /* at most a constant: its fact tells which, unless a join lost it */
	BOUND_UPPER = 2,  /* at most something that is not known */
	BOUND_LOWER = 4,  /* not less than something */
	BOUND_NONZERO = 8,
	BOUND_COUNTER = 32, /* a counter of a loop that goes as far as user space says */
	BOUND_ANY = 16,	    /* it, or what it points to, was given to a call that may have tested it */
};

struct bound {
	const struct sym *sym;
	unsigned marks;	       /* of enum bound_mark */
	const struct sym *end; /* a counter: what user space chose as its end; NULL */
	bool is_end_included;
};

/* The calls an object was given to, last first. */
struct given {
	const struct ir_insn *call;
	const struct given *before;
	struct given *next; /* in the list of all */
};

/* One object's typestate; resource NULL: outcome of a call (key is its result). */
/* What became of a call that may fail. */
enum call_outcome {
	CALL_SUCCEEDED,
	CALL_FAILED,
	CALL_UNTESTED, /* taken for a success: see untested.c */
};

struct entry {
	const struct rp_resource *resource;
	const struct sym *key;
	int state; /* of results: enum call_outcome */
	int count;
	const char *mode;
	const struct sym *token;
	const struct sym *remembered; /* what a later event compares with; NULL: nothing */
	int level;		      /* the IRQL is at least this meanwhile; RP_IRQL_UNSAID */
	int irql_before;	      /* IRQL known when it was acquired: at least */
	int irql_before_max;	      /* and at most */
	bool was_held_on_entry;	      /* first seen in a release: the caller holds it */
	bool is_doubtful;	      /* already reported, or something may have changed it: nothing more is said */
	bool is_reported;	      /* doubtful because it was reported already; not part of the vector */
	bool is_presumed; /* doubtful only for a function of another file that by its name leaves it as it is */
	bool is_escaped;  /* memory: others can reach it, so it need not be released here */
	bool is_passed;	  /* memory: escaped by being given away, not only stored */
	const struct given
		*given; /* memory: calls that were given it or what it is stored in; not part of the vector */
	bool is_given;	/* memory: to somebody who may free it, also when this function fails; not part of the vector */
	bool is_beside_given; /* memory: only a neighbour in what it is stored in was; not part of the vector */
	bool is_orphan;	      /* memory: what it was stored in has been freed; not part of the vector */
	bool is_kept;	      /* memory, held or not: stored or given away; not part of the vector */
	bool is_foreign;      /* memory: acquired for an object that somebody else owns (pages of a given MDL) */
	bool is_unnamed;      /* object is only the API's name: the first variable it is stored in names it */
	bool is_handed; /* memory: a function without facts was given it or what was read from it; not part of the vector */
	bool is_received;   /* the role hands it to the function, which must deal with it */
	bool is_failed;	    /* a conditional acquire that did not succeed */
	enum rp_mask masks; /* what stays off while it is held */
	/* not part of the vector: */
	const struct ir_insn *acquired;
	const struct rp_api *api;
	const char *object;
};

/* A release that does not fit its mode, reported unless the rest of the path
 * completes it (spin_unlock ... local_irq_restore). */
struct pending {
	struct entry entry;
	const struct ir_insn *insn;
	const struct rp_api *api;
	const struct trace *trace;
	const struct walk *walk;
};

/* Since this step, memory of records with this tag may have changed anywhere
 * (list functions write to neighbours that no argument names). */
struct clobber {
	const char *tag;
	const void *since;
};

struct flow_state {
	struct binding *bindings;
	size_t binding_count, binding_capacity;
	struct fact *facts;
	size_t fact_count, fact_capacity;
	struct entry *entries; /* sorted by resource, key */
	size_t entry_count, entry_capacity;
	struct pending *pendings;
	size_t pending_count, pending_capacity;
	struct clobber *clobbers;
	size_t clobber_count, clobber_capacity;
	struct bound *bounds;
	size_t bound_count, bound_capacity;
	bool has_lost_bounds;	   /* there were too many: nothing is said of numbers any more */
	bool has_lost_objects;	   /* an entry was dropped because its object could not be followed */
	const struct sym *irql;	   /* the IRQL as last asked for, while nothing has changed it; NULL */
	bool is_irql_lost;	   /* a call that is not followed may have raised the IRQL */
	const struct sym *context; /* result of the last test of the context (in_interrupt()); NULL */
	const struct trace *trace;
	const struct joined *joined; /* ways that have met here since the trace's last step */
	const struct walk *walk;     /* NULL unless a log of paths is wanted */
	const struct event_log *log;
};

/* A state that waits at a block. */
struct slot {
	struct flow_state *state;
	bool is_dirty;
	int visits;
};

struct block_states {
	struct slot *slots;
	size_t count, capacity;
	bool was_forced;
};

/* A return reached, kept until all are known (exit.c). */
struct exit_record {
	const struct flow_state *state;
	const struct ir_insn *insn; /* NULL: fell off the end */
	struct span span;
	struct range value; /* returned value; whole range when void */
	const struct sym *sym;
	bool has_value;
};

/* A way on which the function frees its memory itself although `call`, which returned what `outcome` says, had got it
 * (given.c); call NULL: on any. */
struct own_release {
	const struct ir_insn *acquired, *call;
	int outcome;
};

/* A release that some path reaches holding the object, or (is_blind) without
 * having touched it before. */
struct blind_release {
	const struct ir_insn *insn;
	const struct rp_resource *resource;
	const struct rp_api *api;
	const struct sym *key;
	const char *object, *violation;
	const struct trace *trace;
	const struct walk *walk;
	bool is_blind;
};

struct module_words {
	struct keymap *tags, *assigned;
};

/* A check and the rule that has it. */
struct ruled_check {
	const struct rp_rule *rule;
	const struct rp_check *check;
};

/* All checks of one kind, also of rules that are off, in the order of the rules. */
struct check_list {
	struct ruled_check *items;
	size_t count, capacity;
};

struct engine {
	struct arena *run, *scratch;
	struct intern_pool *pool;
	const struct rule_set *rules;
	struct check_list checks[RP_CHECK_KINDS];
	struct engine_options options;
	struct engine_stats stats;
	/* the module being analysed: */
	struct arena *module_arena;
	const struct ir_module *module;
	const struct unit_effects *effects;
	const struct callgraph *callgraph;
	struct summaries *summaries;
	struct buffer_sizes *buffer_sizes; /* of what the module's fields and variables point to; NULL: not asked yet */
	struct user_fields *user_fields;   /* fields of the driver's that hold user addresses; NULL: not asked yet */
	struct keymap *reported_results;   /* calls of whose results an untested use was reported */
	struct keymap *reported_offences;  /* of demands, so that each is reported once */
	struct module_words *words; /* tags of the APIs it calls, names of the fields it assigns; NULL: not asked yet */
	struct report *report;
};

/* What a function needs of its callers, while it is being collected. */
struct needs {
	struct demand *demands;
	size_t demand_count, demand_capacity;
	struct lock_use *lock_uses;
	size_t lock_use_count, lock_use_capacity;
	struct wait_use *wait_uses;
	size_t wait_use_count, wait_use_capacity;
	struct memory_touch *touches;
	size_t touch_count, touch_capacity;
	struct user_need *user_needs;
	size_t user_need_count, user_need_capacity;
	struct keymap *seen;
};

/* One function being analysed. */
/* A part of a condition that is asked again later, with other parts of it. */
struct compound_part {
	const struct ir_insn *insn; /* the branch */
	int last_order;		    /* of the last block that asks it, in reverse post-order */
	const struct sym *condition,
		*compared; /* when it was asked last: the value, the number in it; NULL: not yet, none */
};

struct analysis {
	struct engine *engine;
	struct arena *arena;
	const struct ir_unit *unit;
	const struct unit_effects *effects;
	const struct cfg *cfg;
	const struct ir_function *function;
	const struct liveness *liveness;
	const struct rp_role *role;
	struct report *report;
	struct keymap *sym_table, *region_table;
	struct keymap *terms; /* of symbols that were put into callers' words */
	uint32_t next_sym, next_region;
	struct block_states *blocks;
	struct exit_record *exits;
	size_t exit_count, exit_capacity;
	struct keymap *left_keys; /* objects reported as left held */
	struct blind_release *blinds;
	size_t blind_count, blind_capacity;
	struct given *givens;
	bool is_own_keeper;		 /* what is being kept stays with an object of the function's own */
	const struct region *given_part; /* of the record whose member is being given away; NULL: all of it is */
	struct own_release *own_releases;
	size_t own_release_count, own_release_capacity;
	struct keymap *escaped_sites; /* acquisitions whose memory is handed on in some loop */
	struct bitset loop_blocks;    /* blocks that lie in a loop */
	struct bitset last_blocks;    /* blocks from which one way leads to the end */
	bool in_loop;		      /* the block being executed does */
	struct keymap *reported;      /* hash of (rule, place, cause) */
	struct keymap *sign_tests;    /* hash of (call, check): calls whose result may be one of several successes */
	struct keymap
		*ignored_calls; /* whose ignored result is a defect of its own: the rest goes on as if they succeeded */
	struct keymap *untested_calls; /* see untested.c; empty: few, followed both ways */
	struct bitset result_vars;     /* variables that the function returns by name, or stores in a status field */
	const struct ir_expr **kept_by_macros; /* see emit.c; by id of the variable; NULL: not asked for yet */
	struct compound_part *compounds;       /* see compound.c */
	size_t compound_count, compound_capacity;
	const char *status_fields[4]; /* fields whose value some call keeps in mind */
	int status_field_count;
	size_t steps;
	bool is_over_budget;
	const struct flow_state *raised; /* state in which the step being executed raises; NULL: as before it */
	bool may_raise;			 /* the step being executed may raise a structured exception */
	const struct ir_insn *insn;	 /* being executed */
	struct needs needs;
	const struct rp_resource **opaque; /* of which some callee has moved an object that has no name here */
	size_t opaque_count, opaque_capacity;
	const struct ir_function *const *group; /* functions of the same cycle, whose summaries are not final */
	int group_count;
};

/* value.c */
const struct sym *sym_int(struct analysis *a, int64_t value);
const struct sym *sym_make(struct analysis *a, enum sym_kind kind, int op, const void *left, const void *right,
			   const struct ir_type *type);
/* The symbol if it was made before, else NULL. */
const struct sym *sym_find(const struct analysis *a, enum sym_kind kind, int op, const void *left, const void *right);
const struct sym *sym_address(struct analysis *a, const struct region *region, const struct ir_type *type);
const struct sym *sym_binary(struct analysis *a, int op, const struct sym *left, const struct sym *right,
			     const struct ir_type *type);
const struct sym *sym_not(struct analysis *a, const struct sym *operand);
bool sym_contains(const struct sym *sym, const struct sym *part);
bool region_contains_sym(const struct region *region, const struct sym *part);
const struct region *region_var(struct analysis *a, const struct ir_var *var);
const struct region *region_pointee(struct analysis *a, const struct sym *pointer);
const struct region *region_field(struct analysis *a, const struct region *base, const char *field,
				  const struct ir_type *type);
/* The same if some step has read or written that field by now, else NULL. */
const struct region *region_seen_field(const struct analysis *a, const struct region *base, const char *field);
const struct region *region_element(struct analysis *a, const struct region *base, const struct sym *index,
				    const struct ir_type *type);
bool region_is_within(const struct region *region, const struct region *ancestor);
const struct region *region_root(const struct region *region);
/* Storage that dies with the function: a local, parameter or temporary. */
bool region_is_local(const struct region *region);
/* The pointer without constant offsets: p of p + 8, p - 4. */
const struct sym *sym_base_pointer(const struct sym *sym);
/* The pointer through which the object containing `sym`'s target is reached:
 * d of &d->lock; sym itself when it is no inner address; NULL for variables. */
const struct sym *sym_object_pointer(const struct sym *sym);
/* The very pointer an inner address goes through: p + 8 of &(p + 8)->link; NULL for others. */
const struct sym *sym_object_root(const struct sym *sym);
bool sym_is_conjured(const struct sym *sym);
/* Is it made only of what parameters and globals held on entry? */
bool sym_is_stable(const struct sym *sym);
/* Does it contain a value that is not modelled? */
bool sym_is_vague(const struct sym *sym);

/* state.c */
struct flow_state *state_create(struct analysis *a);
struct flow_state *state_clone(struct analysis *a, const struct flow_state *state);
const struct sym *state_load(struct analysis *a, const struct flow_state *state, const struct region *region,
			     const struct ir_type *type);
void state_store(struct analysis *a, struct flow_state *state, const struct region *region, const struct sym *value);
/* Every part of the region now has this value; inner bindings are forgotten. */
void state_store_default(struct analysis *a, struct flow_state *state, const struct region *region,
			 const struct sym *value);
const struct binding *state_binding(const struct flow_state *state, const struct region *region);
void state_forget_region(struct flow_state *state, const struct region *region);
void state_clobber(struct analysis *a, struct flow_state *state, const char *tag, const void *since);
/* The symbol is about to mean a new value: old uses become stale. */
void state_refresh_sym(struct analysis *a, struct flow_state *state, const struct sym *sym);
struct entry *state_entry(const struct flow_state *state, const struct rp_resource *resource, const struct sym *key);
struct entry *state_entry_add(struct analysis *a, struct flow_state *state, const struct rp_resource *resource,
			      const struct sym *key);
/* Something may have moved it: nothing more is said of it. */
void entry_doubt(struct entry *entry);
void state_entry_remove(struct flow_state *state, const struct entry *entry);
bool state_refers_to(const struct flow_state *state, const struct sym *sym);
bool state_same_vector(const struct flow_state *left, const struct flow_state *right);
/* target := join; true when it changed. */
bool state_join(struct analysis *a, struct flow_state *target, struct flow_state *incoming, int block, bool widen);
/* Before a join over a back edge: merge symbols of the block that were rebound
 * in the loop now mean an earlier iteration's value. */
void state_enter_loop(struct analysis *a, struct flow_state *incoming, int block);
/* Drops what no live variable can reach. */
void state_collect(struct flow_state *state, const struct bitset *live, bool is_last);
/* Forgets everything but held objects, so that more states become equal. */
void state_coarsen(struct flow_state *state);
void state_print(FILE *out, struct arena *arena, const struct flow_state *state);

/* feasible.c */
struct range range_all(void);
struct range range_exact(int64_t value);
struct range range_of(const struct flow_state *state, const struct sym *sym);
bool range_is_exact(struct range range, int64_t *value);
bool range_contains(struct range range, int64_t value);
struct range range_hull(struct range left, struct range right);
/* Do they have a value in common? */
bool range_meets(struct range left, struct range right);
/* As summaries keep it, and back. */
struct range range_of_value(const struct value_range *range);
/* Intersects the fact of a symbol; false when nothing is left. */
bool state_constrain(struct analysis *a, struct flow_state *state, const struct sym *sym, struct range range);
/* The condition has this truth from here on; false when the path is impossible. */
bool state_assume(struct analysis *a, struct flow_state *state, const struct sym *condition, bool truth);

/* The values a type has; error values come as unsigned long. */
struct range range_of_type(const struct ir_type *type);

/* bound.c: numbers that user space chooses, and how far they were limited */
/* The symbol's range, or the truth of a comparison, is known from here on. */
void bound_note(struct analysis *a, struct flow_state *state, const struct sym *sym, struct range now);
unsigned bound_marks(const struct flow_state *state, const struct sym *sym);
/* Has the path tested a number that a field of one of the names held, or given one of their records away? */
bool bound_tested_field(const struct flow_state *state, const char *const *fields, int count);
/* Has it tested a number that its caller gave? */
bool bound_tested_caller(const struct flow_state *state);
void bound_add(struct analysis *a, struct flow_state *state, const struct sym *sym, unsigned marks);
/* target := what was tested on either way; true when it changed. */
bool bound_join(struct analysis *a, struct flow_state *target, const struct flow_state *incoming);
/* A merge symbol of two values. */
void bound_merge(struct analysis *a, struct flow_state *target, const struct flow_state *incoming,
		 const struct sym *merge, const struct sym *left, const struct sym *right);
void bound_forget(struct flow_state *state, const struct sym *sym);
/* A call that is not followed may have tested all it was given. */
void bound_unknown_call(struct analysis *a, struct flow_state *state, const struct call_site *site);
/* What the callee tested on some path. */
void bound_callee(struct analysis *a, struct flow_state *state, const struct call_site *site,
		  const struct function_summary *summary);
/* The callee filled memory of this function's with what user space chose. */
void bound_apply_fills(struct analysis *a, struct flow_state *state, const struct call_site *site,
		       const struct region *const *filled, int count);
/* The tests that callers can be told of, on the module's arena. */
void bound_summarize(struct analysis *a, struct function_summary *summary);
/* The value as stored in a type that may be too narrow for it. */
const struct sym *bound_narrow(struct analysis *a, const struct flow_state *state, const struct sym *value,
			       const struct ir_type *type);
/* Whose numbers are asked for: those of user space, or any that a caller may get from there. */
enum bound_scope { BOUND_OF_USER, BOUND_OF_CALLERS };
/* The largest value that can surely be brought about; false: not known. */
bool bound_highest(const struct analysis *a, const struct flow_state *state, const struct sym *sym,
		   enum bound_scope scope, int64_t *highest);
/* Can it surely be negative? */
bool bound_is_negative(const struct analysis *a, const struct flow_state *state, const struct sym *sym,
		       enum bound_scope scope);
/* What user space chose as the end of a counter: `n` of i < n, if no other test limits it; NULL. */
const struct sym *bound_end_of(const struct flow_state *state, const struct sym *sym, bool *is_included);
/* Can it surely be 0? */
bool bound_is_zero(const struct analysis *a, const struct flow_state *state, const struct sym *sym,
		   enum bound_scope scope);
/* Has no test on the path spoken of any number in it? */
bool bound_is_untested(const struct flow_state *state, const struct sym *sym);
/* The number chosen by user space that the value is made of; NULL. */
const struct sym *bound_leaf(const struct sym *sym);

/* extent.c: sizes of buffers */
struct extent {
	int64_t bytes;		 /* -1: unknown */
	const char *name;	 /* of the buffer, as in the sources; may be NULL */
	const struct sym *index; /* the pointer is that many steps in; NULL: none */
	int64_t step;		 /* bytes */
	int64_t offset;		 /* bytes in, beside index */
};
/* What is known of the memory that the pointer leads into. */
bool extent_of_pointer(struct analysis *a, const struct sym *pointer, struct extent *extent);
/* Bytes that the pointer's memory was allocated with, where that is a constant; -1: unknown. */
int64_t extent_allocated(struct analysis *a, const struct sym *pointer);
/* Does the field or variable hold only memory that was never written since it was allocated? */
bool extent_is_raw(struct analysis *a, const struct sym *pointer);
/* Elements that an index into the region may select; -1: unknown. */
int64_t extent_elements(struct analysis *a, const struct region *base, const struct ir_type *element);

/* usernumber.c: numbers that user space chooses, used without a limit */
/* What the function's role says of its parameters: user space chose them. */
void user_role_values(struct analysis *a, struct flow_state *state);
/* What is read from a place whose field facts speak of, or through a pointer to what user space chose. */
void mark_user_contents(const struct analysis *a, const struct ir_place *place, const struct sym *pointer,
			const struct sym *value);
/* The same for what memory held on entry, read for a callee. */
void mark_user_number(const struct analysis *a, const struct sym *value);
/* A number read through a pointer into user space, tested before and now used. */
void check_double_fetch(struct analysis *a, struct flow_state *state, const struct sym *pointer,
			const struct sym *value, const struct ir_expr *expr);
/* Does the call leave bytes of user space there, and no 0 behind them? Before it takes effect. */
bool leaves_unterminated(struct analysis *a, const struct flow_state *state, const struct call_site *site, int param);
/* A buffer of a request touched: was a test made of how large it is? */
void check_buffer_size(struct analysis *a, struct flow_state *state, const struct sym *pointer,
		       const struct ir_expr *expr, const struct call_site *site, struct span span);
void check_user_index(struct analysis *a, struct flow_state *state, const struct region *base,
		      const struct ir_type *element, const struct sym *index, const struct ir_expr *expr,
		      struct span span);
/* Lengths, divisors and what else must be limited in a call. */
void check_user_numbers(struct analysis *a, struct flow_state *state, const struct call_site *site);
void check_user_divisor(struct analysis *a, struct flow_state *state, const struct sym *divisor,
			const struct ir_expr *expr);
/* Judges or hands on what the callee does with numbers of its caller's. */
void user_needs_callee(struct analysis *a, struct flow_state *state, const struct call_site *site,
		       const struct function_summary *summary);

/* walk.c: nothing is done unless a log of paths is wanted */
void walk_add_edge(struct analysis *a, struct flow_state *state, const struct cfg_edge *edge);
void walk_add_result(struct analysis *a, struct flow_state *state, const struct ir_insn *call, struct range range);
/* The path of the finding that was reported last, with the detours that it tells. */
struct told_path;
void walk_log(struct analysis *a, const struct walk *walk, const struct told_path *told);

/* solve.c */
void trace_branch(struct analysis *a, struct flow_state *state, const struct ir_insn *insn, bool taken,
		  const struct sym *condition, const char *object);

/* eval.c */
const struct sym *eval_expr(struct analysis *a, struct flow_state *state, const struct ir_expr *expr);
const struct region *eval_place(struct analysis *a, struct flow_state *state, const struct ir_place *place);

/* irql.c: interrupt request levels */
/* The IRQL of the path is at least this; RP_IRQL_UNSAID when nothing is known. */
int irql_on_entry(const struct analysis *a);
/* A level as annotations spell it (DISPATCH_LEVEL); RP_IRQL_UNSAID: none of those. */
int irql_level_of_text(const char *text);
/* The highest IRQL the function's own annotations allow; RP_IRQL_UNSAID. */
int irql_declared_limit(const struct ir_function *function);
int irql_lower_bound(const struct analysis *a, const struct flow_state *state);
/* The IRQL of the path is at most this; RP_IRQL_UNSAID when nothing is known. */
int irql_upper_bound(const struct analysis *a, const struct flow_state *state);
/* Do the sources put the function where it is pageable? */
bool irql_is_pageable(const struct ir_function *function);
/* The object that raised it highest; NULL: the function's role. */
const struct entry *irql_holder(const struct flow_state *state);
const char *irql_name(int level);

/* call.c */
/* Executes a call; outcomes[0..n) are the states after it (the given state may
 * be among them). Returns n, 0 when it does not return. */
#define MAX_OUTCOMES 6
int exec_call(struct analysis *a, struct flow_state *state, const struct ir_insn *insn,
	      struct flow_state *outcomes[MAX_OUTCOMES]);

/* A call as the facts see it. */
struct call_site {
	const struct ir_insn *insn;
	const struct ir_function
		*target;	  /* what is called: the callee, or all that a pointer can mean; NULL: unknown */
	const struct rp_api *api; /* NULL: no facts */
	const struct rp_shape *shape;
	const char *name;		/* public name for messages */
	const struct sym *callee_value; /* of a call through a pointer; NULL */
	const struct sym *args[32];	/* by argument position */
	int arg_count;
	const struct sym *result;
	bool shape_result_is_param; /* the result is the saved token, stored by the effect */
	/* An effect that a callee of the module had, applied again here (apply.c). Its
	 * args are by API parameter and have no expressions. */
	bool is_replayed;
	bool is_unproven; /* only if a field holds what this path does not know */
	const struct sym *key, *token;
	const struct sym *token_before; /* what was where the token is saved, before the call; NULL */
	const char *token_object;	/* as the caller writes the token's place; NULL */
	const char *object;		/* as written here; NULL: no name */
	const struct chain *below;
	const char *callee;
};
/* Argument for an API parameter; -1 / NULL when it is not in this call. */
int call_arg_index(const struct call_site *site, int param);
const struct sym *call_arg(const struct call_site *site, int param);
const struct ir_expr *call_arg_expr(const struct call_site *site, int param);
/* Of an acquisition: a try, which just fails when it finds the object taken. */
bool call_is_try(const struct call_site *site);

/* condition.c */
/* The first argument of the call that made the value, as it is now; NULL: none. */
const struct sym *call_object(const struct analysis *a, const struct flow_state *state, const struct sym *result);
/* Do the call's arguments provably meet all conditions? */
bool conditions_hold(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		     const struct rp_conditions *conditions);
/* argument.c: conditions on what the author wrote as the argument, whose value is `arg` */
bool macro_fits(const char *const *patterns, int count, const char *name);
bool is_written_so(const struct analysis *a, const struct call_site *site, const struct sym *arg,
		   const struct rp_condition *condition);
/* The object that a condition speaks of; NULL: none, or it is not followed. */
const struct entry *condition_entry(struct analysis *a, const struct flow_state *state, const struct call_site *site,
				    const struct rp_condition *condition);
/* Can the two values not be equal? False when in doubt. */
/* A test of a field that shows an object's state (MdlFlags & MDL_PAGES_LOCKED)
 * with an outcome that the state known on this path rules out. */
bool contradicts_shown_state(struct analysis *a, struct flow_state *state, const struct ir_expr *condition, bool taken);
bool surely_differ(const struct flow_state *state, const struct sym *left, const struct sym *right);
bool is_user_pointer(const struct sym *sym);

/* subject.c: where an argument comes from and what lies there */
/* What a condition is about: the argument, or what is found through it. */
struct subject {
	const struct sym *value;     /* NULL: a record that has no value as a whole */
	const struct region *region; /* of a record given by value; NULL */
	const struct ir_type *type;  /* as the caller wrote it; NULL: not known */
};
/* False: it is not known. */
bool argument_subject(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		      const struct rp_condition *condition, struct subject *subject);
bool storage_is_among(const struct subject *subject, unsigned storages);
bool room_is_short(const struct analysis *a, const struct subject *subject, enum rp_room room);
bool literal_starts_with(const struct subject *subject, const struct rp_condition *condition);
bool is_plain_number(const struct ir_expr *expr);
bool is_partly_unwritten(struct analysis *a, const struct flow_state *state, const struct subject *subject);
/* The object whose field held the value when the function was entered; NULL. */
const struct sym *found_in_object(const struct subject *subject, const char *field);

/* term.c: values in words that callers understand, and back */
struct term_maker {
	struct analysis *a;
	struct arena *arena;
	const struct sym *const *fresh; /* objects that callers get to know by number */
	int fresh_count;
	const struct sym *result; /* the returned value, or NULL */
};
/* NULL: callers have no words for it. */
const struct term *term_of(const struct term_maker *maker, const struct sym *sym);
struct term_reader {
	struct analysis *a;
	const struct flow_state *state; /* before the call */
	const struct call_site *site;
	const struct sym *const *fresh;
	int fresh_count;
};
const struct sym *term_value(const struct term_reader *reader, const struct term *term);
/* Conditions of a way in a callee. */
struct facts_below {
	const struct term_fact *facts;
	int count;
};
/* What the path knows that callers can check, on the module's arena; below: and what a callee's way needs, or NULL. */
void term_facts(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		const struct facts_below *below, struct term_fact **facts, int *count);
/* Keeps of the facts what both ways have in common. */
void term_facts_weaken(struct term_fact *facts, int *count, const struct term_fact *others, int other_count);
/* Can all of the callee's facts hold here? */
bool term_facts_possible(struct analysis *a, const struct flow_state *state, const struct call_site *site,
			 const struct term_fact *facts, int count);
/* As the caller would write it: `dev->lock` for the field of the argument; NULL. */
const char *term_caller_text(struct analysis *a, const struct call_site *site, const struct term *term);
/* The class of a lock or other object: record and field, or variable; interned; NULL. */
const char *object_class(struct analysis *a, const struct sym *key);

/* summarize.c */
void log_event(struct analysis *a, struct flow_state *state, const struct call_site *site,
	       const struct rp_effect *effect, const struct sym *key, bool failed);
/* Two ways with the same typestates become one: what only one of them did is in doubt from here on. */
void log_join(struct analysis *a, struct flow_state *target, const struct flow_state *incoming);
/* The function's summary from its exits, on the module's arena. */
struct function_summary *summarize(struct analysis *a);

/* apply.c */
/* The functions that a call may reach, if all of them are known; 0: unknown. */
size_t call_targets(const struct analysis *a, const struct ir_insn *insn, const struct ir_function *const **targets);
/* The summary to use for a call; NULL: there is none. */
const struct function_summary *call_summary(const struct analysis *a, const struct ir_insn *insn);
int apply_summary(struct analysis *a, struct flow_state *state, struct call_site *site,
		  const struct function_summary *summary, struct flow_state *outcomes[MAX_OUTCOMES]);
/* Of a function that only computes: what it can give for these arguments. Its ways are not told apart in the state. */
void apply_value(struct analysis *a, struct flow_state *state, const struct call_site *site,
		 const struct function_summary *summary);
/* May the call have moved this object in a way that the summary does not tell? */
bool summary_is_unsure(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		       const struct function_summary *summary, const struct entry *entry);
/* ... this very object? */
bool summary_doubts(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		    const struct function_summary *summary, const struct entry *entry);
/* Does the summary tell all releases of memory? */
bool summary_tells_release(const struct function_summary *summary);

/* demand.c: what callees and callers owe each other */
/* A call of an API that needs something of its context. */
void demand_api(struct analysis *a, struct flow_state *state, const struct call_site *site);
void demand_irql(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		 enum demand_kind kind, int level);
void demand_irqs_on(struct analysis *a, struct flow_state *state, const struct call_site *site);
/* What keeps interrupts off on this path; NULL. */
const struct entry *masking_holder(const struct flow_state *state);
/* Judges or hands on what a callee of the module needs. */
void demand_callee(struct analysis *a, struct flow_state *state, const struct call_site *site,
		   const struct function_summary *summary);
/* What nobody on the way settled, judged by the function's roles. */
void demand_judge_roles(struct analysis *a, const struct function_summary *summary);
void note_call_context(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		       const struct ir_function *callee);

/* lockuse.c */
void lock_use_note(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		   const struct rp_effect *effect, const struct sym *key);
void lock_use_callee(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		     const struct function_summary *summary);
void wait_use_note(struct analysis *a, const struct flow_state *state, const struct call_site *site);
enum rp_mask masked_now(const struct flow_state *state);
/* Has the path let go what its caller held? */
bool has_left_context(const struct flow_state *state);

/* touch.c: memory of the callers' that is touched here or below */
void touch_note(struct analysis *a, const struct flow_state *state, const struct sym *address, struct span span);
/* Judges and hands on what the callee touches. */
void touch_callee(struct analysis *a, struct flow_state *state, const struct call_site *site,
		  const struct function_summary *summary);

/* chain.c */
const struct chain *chain_extend(struct arena *arena, const struct chain *below, struct span call, const char *callee);
const struct chain *chain_end(struct arena *arena, const struct chain *chain, struct span span, const char *text);

/* typestate.c */
void typestate_apply_effect(struct analysis *a, struct flow_state *state, const struct call_site *site,
			    const struct rp_effect *effect, bool failed);
/* access.c: built-in events on the object whose memory the pointer is in. */
void typestate_access(struct analysis *a, struct flow_state *state, const struct region *region, struct span span);
void typestate_write(struct analysis *a, struct flow_state *state, const struct region *region, struct span span);
/* A callee touches it: below the call. */
void typestate_touch(struct analysis *a, struct flow_state *state, const struct call_site *site,
		     const struct sym *pointer);
void typestate_pass(struct analysis *a, struct flow_state *state, const struct call_site *site, int arg);
/* The call releases this memory: events on the objects inside. */
void typestate_freed(struct analysis *a, struct flow_state *state, const struct call_site *site,
		     const struct sym *memory);
/* The call makes its result anew: what became of that of the last round? */
void typestate_remade(struct analysis *a, struct flow_state *state, const struct call_site *site,
		      const struct sym *result);
/* Marks the objects that the call, of no API, is given, and those of which it is given a part. */
void typestate_hand(struct flow_state *state, const struct call_site *site);
/* A branch is taken that may be a macro loop's end. */
void typestate_loop_end(struct analysis *a, struct flow_state *state, const struct ir_insn *insn, bool taken);
/* Objects of which others may change what is known, while this call runs. */
void typestate_forget(const struct analysis *a, struct flow_state *state, const struct call_site *site);
void typestate_return(struct analysis *a, struct flow_state *state, const struct sym *value, struct span span);
bool resource_has_name_event(const struct rp_resource *resource, const char *event, int *index);
int resource_failed_state(const struct rp_resource *resource);
/* Does the event take a held object, without a violation, to where it is not held? */
bool resource_event_releases(const struct rp_resource *resource, int event);
/* Does the event move an object out of this state? */
bool resource_event_moves(const struct rp_resource *resource, int from, int event);
/* Does the event move an object into a held state without a violation? */
bool resource_event_acquires(const struct rp_resource *resource, int event);

/* given.c */
/* itself: not only something that it is stored in. */
void given_note(struct analysis *a, struct entry *entry, bool itself);
/* To a function that says true or false of it, such as whether there is one. */
bool given_is_judged(const struct entry *entry);
/* Was it given to somebody, and has each of those returned a negative number? */
bool given_to_failures(struct analysis *a, const struct flow_state *state, const struct entry *entry);
/* Is this one of the calls that it was given to? */
bool given_knows_call(const struct entry *entry, const struct ir_insn *call);
/* To somebody who may end, as the driver's callback does it, what both lie in. */
void given_note_beside(struct analysis *a, struct entry *entry);
/* True when that was news. */
bool given_join(struct analysis *a, struct entry *target, const struct entry *incoming);
void given_note_release(struct analysis *a, const struct flow_state *state, const struct entry *entry);
/* Does the function free it itself, in the same situation, on another way? fails: the function does on this one. */
bool given_is_still_own(struct analysis *a, const struct flow_state *state, const struct entry *entry, bool fails);
/* Has each call that was given it failed, or only used it? */
bool given_is_refused(struct analysis *a, const struct flow_state *state, const struct entry *entry);

/* May the call end what its argument is a part of, such as by dropping the last reference? A function of the kernel
 * has a name that says so. */
bool given_may_end(const struct analysis *a, const struct ir_insn *insn);
/* Direct release of what it is stored in: nothing else leads to it. */
void given_orphan_contents(struct analysis *a, struct flow_state *state, const struct sym *freed);
/* In memory that outlives the function. */
bool given_is_stored(const struct flow_state *state, const struct entry *entry);

/* Where the facts' words tell that a record keeps a pointer, in no field that the driver could name. */
#define KEPT_FIELD "="

/* escape.c */
bool function_returns_truth(const struct ir_function *function);
enum escape_kind { ESCAPE_STORED, ESCAPE_PASSED };
/* The API is given a function that undoes something when the device goes. */
void escape_to_action(struct analysis *a, struct flow_state *state, const struct call_site *site);
/* The call may free what is stored below what its arguments lead to. */
void escape_given_contents(struct analysis *a, struct flow_state *state, const struct call_site *site);
void escape_value(struct analysis *a, struct flow_state *state, const struct sym *value, enum escape_kind how);
bool region_is_contained(const struct flow_state *state, const struct region *region);
/* Is it an object that the path holds? */
bool escape_is_tracked(const struct flow_state *state, const struct sym *value);
/* How a value stored there escapes: in an element that a variable selects it is found again by loops only. */
enum escape_kind escape_by_store(const struct region *region);
void escape_region_contents(struct analysis *a, struct flow_state *state, const struct region *region);
void escape_judged_arguments(struct analysis *a, struct flow_state *state, const struct call_site *site);
/* Values that this very step made in an earlier round of a loop become stale. */
void escape_refresh_havocs(struct analysis *a, struct flow_state *state);
/* Effects of a call without facts on what the path holds. */
void escape_unknown_call(struct analysis *a, struct flow_state *state, const struct call_site *site);

/* retest.c */
/* May the path, or a caller in the module, hold an object of one of the check's unless-held resources? */
/* exit_releases.c: the call's effect on the entry's object, by what that is called; NULL: none. */
const struct rp_effect *insn_effect_on(struct analysis *a, const struct ir_insn *insn, const struct entry *entry);
/* exit_releases.c: the block that a step is in; NULL: none. */
const struct cfg_block *block_of(const struct analysis *a, const struct ir_insn *insn);
/* Does a call of the block release a thing of the kind? */
bool block_releases(const struct analysis *a, const struct cfg_block *block, const struct rp_resource *resource);
/* Does the function, or one that it calls, acquire an object of the resource on some way? */
bool may_acquire(const struct analysis *a, const struct ir_function *function, const struct rp_resource *resource);
bool may_hold_one(const struct analysis *a, const struct flow_state *state, const struct rp_check *check);
/* Comparisons with NULL of what a macro computes, in the whole function (never-null). */
void check_never_null(struct analysis *a);
/* testact.c: at a call that the answer of another about the same object led to. */
void check_test_then_act(struct analysis *a, struct flow_state *state, const struct call_site *site);
/* A condition that reads anew what the path has changed (stale-test). */
void check_stale_test(struct analysis *a, struct flow_state *state, const struct sym *condition,
		      const struct ir_insn *insn);
/* A return that the test of a result leads to at once (inverted-result). */
void check_inverted_result(struct analysis *a, struct flow_state *state, const struct cfg_block *block,
			   const struct sym *condition);
/* Does a step that the call leads to ask again what the call asks or waits for? */
bool is_retested(struct analysis *a, const struct rp_check *check, const struct cfg_block *block, int at);
/* Is the call's first argument, by its text, an object that this function makes or initialises? */
bool is_made_here(struct analysis *a, const struct ir_insn *call);
/* Can the function run on behalf of a process, so that a signal reaches it? */
bool serves_process(const struct analysis *a);

/* checks.c */
void check_ignored_results(struct analysis *a);
/* Does nothing read the call's result? */
bool is_result_unused(const struct analysis *a, const struct ir_insn *call);
/* ... or it is only evaluated or passed on: ASSERT(f(x) != 0), DbgPrint("%d", f(x)). */
bool is_answer_unused(const struct analysis *a, const struct ir_insn *call);
void check_sleep(struct analysis *a, struct flow_state *state, const struct call_site *site);
/* Windows: IRQL limits, argument patterns, overlapping copies (callcheck.c). */
void check_irql(struct analysis *a, struct flow_state *state, const struct call_site *site);
void check_declared_irql(struct analysis *a, const struct flow_state *state, const struct call_site *site);
/* irql.c, on calls: the IRQLs between which the facts allow the call; RP_IRQL_UNSAID. */
int irql_call_max(struct analysis *a, const struct flow_state *state, const struct call_site *site);
int irql_call_min(struct analysis *a, const struct flow_state *state, const struct call_site *site);
void irql_after_known_call(struct analysis *a, struct flow_state *state, const struct call_site *site);
void irql_after_unknown_call(const struct analysis *a, struct flow_state *state, const struct call_site *site);
void check_irql_low(struct analysis *a, struct flow_state *state, const struct call_site *site);
/* irql.c, contracts: the function's annotations, section and role against its body. */
void check_irql_body(struct analysis *a, const struct flow_state *state);
void check_irql_exit(struct analysis *a, const struct exit_record *record);
void check_irql_role(struct analysis *a);
/* exposed.c: memory that user space gets to see */
void check_exposed_memory(struct analysis *a, struct flow_state *state, const struct call_site *site);
void check_call_patterns(struct analysis *a, struct flow_state *state, const struct call_site *site);
/* timekind.c: moments and distances of time mixed up */
void check_times(struct analysis *a, struct flow_state *state, const struct call_site *site);
void check_overlap(struct analysis *a, struct flow_state *state, const struct call_site *site);
void check_paged_access(struct analysis *a, struct flow_state *state, const struct sym *pointer,
			const struct ir_expr *expr, const struct call_site *site, struct span span);
/* The callee touches it, at `level` at least. */
void check_paged_touch(struct analysis *a, struct flow_state *state, const struct sym *pointer,
		       const struct call_site *site, int level);
/* useraccess.c: memory of a user process */
/* Is it a field that the facts say holds a user address (Irp->UserBuffer)? */
bool is_user_place(const struct engine *engine, const struct ir_place *place);
bool user_param(const struct analysis *a, int param);
void check_user_access(struct analysis *a, struct flow_state *state, const struct sym *pointer,
		       const struct ir_expr *expr, const struct call_site *site, struct span span);
/* Calls of what is not for new code, in the whole function (deprecated.c). */
void check_deprecated_apis(struct analysis *a);
/* Is the function, or one that leads to it, bound or written so that the check leaves it out? */
bool is_excepted_way(const struct analysis *a, const struct rp_check *check);
/* The function's declaration says nothing of the role that it is registered in (roletype.c). */
void check_role_declared(struct analysis *a);
/* Values used as others of another meaning (mixed.c). */
void check_mixed_types(struct analysis *a);
/* Opaque records' fields used directly, in the whole function (fieldcheck.c). */
void check_field_accesses(struct analysis *a);
/* Does the function read a field of this name, whatever the record? */
bool function_reads_field(struct analysis *a, const char *field);
void check_user_arguments(struct analysis *a, struct flow_state *state, const struct call_site *site);
void check_infoleak(struct analysis *a, struct flow_state *state, const struct call_site *site);
void check_deref(struct analysis *a, struct flow_state *state, const struct sym *pointer, const struct ir_expr *expr,
		 struct span span);
void check_null_argument(struct analysis *a, struct flow_state *state, const struct call_site *site, int arg);
void check_condition(struct analysis *a, struct flow_state *state, const struct sym *condition,
		     const struct ir_insn *insn);
void check_comparison(struct analysis *a, struct flow_state *state, const struct sym *left, int op,
		      const struct sym *right, const struct ir_expr *expr);
/* untested.c: finds the calls that are taken to succeed because nothing looks at their result; after
 * check_ignored_results(). */
void untested_find(struct analysis *a);
/* Do the conventions of its result tell success and failure apart? */
bool call_may_fail(const struct rp_api *api);

/* compound.c: to be called once the graph is there; at each branch; whether two states at the block must not be joined. */
void compound_find(struct analysis *a);
void compound_note(struct analysis *a, const struct ir_insn *insn, const struct sym *condition);
bool compound_differs(const struct analysis *a, const struct flow_state *left, const struct flow_state *right,
		      int block);
/* recall.c: what a field of the object holds now, by the field's name at any depth; NULL: nothing was seen there. */
const struct sym *object_field_value(struct analysis *a, const struct flow_state *state, const struct sym *key,
				     const char *field);
/* statuscheck.c: results with several successes, tested for failure only */
void note_sign_test(struct analysis *a, struct flow_state *state, const struct call_site *site);
void check_sign_test(struct analysis *a, struct flow_state *state, const struct sym *left, int op,
		     const struct sym *right, const struct ir_expr *expr);
/* floatuse.c */
void check_float_use(struct analysis *a, const struct flow_state *state, const struct ir_expr *expr);
void check_return_residue(struct analysis *a, struct flow_state *state, const struct sym *value,
			  const struct ir_insn *insn);
/* The value the unit's headers give a constant that facts refer to. */
bool unit_constant(const struct ir_unit *unit, const char *name, int64_t *value);
/* The same, also of a call that only computes. */
const struct rp_api *source_api(const struct analysis *a, const struct sym *sym);
/* Does the function test this call's result with an is-error predicate anywhere? */
bool function_asks_is_error(struct analysis *a, const struct ir_insn *call);
bool unit_is_windows(const struct ir_unit *unit);
/* The API whose call made the symbol, or NULL. */
const struct rp_api *origin_api(const struct analysis *a, const struct sym *sym);

/* exit.c */
void exit_record_add(struct analysis *a, struct flow_state *state, const struct ir_insn *insn, const struct sym *value);
void exit_check_all(struct analysis *a);
bool exit_is_success(const struct analysis *a, const struct exit_record *record);
bool exit_is_failure(const struct analysis *a, const struct exit_record *record);

/* contract_call.c: what callees are annotated with, at their calls */
/* Before the call takes effect: it needs what is surely not so. */
void contract_check_call(struct analysis *a, struct flow_state *state, const struct call_site *site);
/* After a call of a function of the driver that is known by its declaration only, and after what is done for
 * unknown calls: what it declares took place. The IRQL is as it was known before the call. */
void contract_apply(struct analysis *a, struct flow_state *state, const struct call_site *site,
		    const struct sym *irql_before, bool was_irql_lost);
/* Results of the driver's own functions that are dropped although they must be looked at. */
void contract_check_results(struct analysis *a);
/* contract_body.c: the function's own annotations against its returns, once all are known */
void contract_check_exits(struct analysis *a);

/* returncheck.c */
void check_never_released(struct analysis *a, const struct exit_record *record, const struct entry *entry);
void check_returned_value(struct analysis *a, const struct exit_record *record);

/* resultcheck.c: what functions of a role may return */
void check_role_value(struct analysis *a, const struct exit_record *record);
/* keptcheck.c: memory that still holds at the return what was given for the call only */
void check_kept_param(struct analysis *a, const struct exit_record *record);
/* Once for the function. */
void check_default_return(struct analysis *a);
void check_return_type(struct analysis *a);
/* Does some enabled check judge the values that the function returns? */
bool role_values_matter(struct analysis *a);

/* emit.c */
struct violation {
	const struct rp_rule *rule;
	const struct rp_check *check;
	const struct flow_state *state; /* for the path; may be NULL */
	const struct trace *trace;	/* overrides state's when set */
	const struct walk *walk;	/* with trace; NULL: as far as the trace's last event */
	struct span span;
	int irql, irql_limit;	     /* levels for {irql} and {limit}; RP_IRQL_UNSAID */
	const struct ir_insn *cause; /* acquisition or origin, for the identity of the defect; may be NULL */
	const struct rp_resource *resource;
	const struct sym *key; /* events of this object are shown; may be NULL */
	const char *object, *api, *holder, *mode, *origin;
	const char *limit;	 /* for {limit}, where it is no level */
	const char *replacement; /* what to call instead of the API */
	struct span origin_span;
	const char *origin_text; /* step shown at origin_span when no event shows it */
	const char *final_text;	 /* last step; NULL: the message */
	bool is_likely;
	bool is_anywhere;	   /* wrong on any path: branches are not shown */
	bool is_only_one_here;	   /* of several objects in one expression the first one tells all */
	const struct chain *below; /* the offence lies inside a callee: the way down */
	const char *callee;
	struct span below_span; /* ... and where it ends, with below_text; line 0: the chain says all */
	const char *below_text;
	const char *function;		  /* where the finding stands; NULL: the function being analysed */
	const struct role_binding *entry; /* the way there begins with this role, of entry_function */
	const struct ir_function *entry_function;
	const struct chain *entry_chain; /* ... and goes on with these calls */
};
/* told.c: the way that a finding tells */
#define MAX_TOLD 400
#define MAX_DETOURS 32
struct told_path {
	const struct trace *items[MAX_TOLD]; /* oldest first */
	int count;
	const struct joined *detours[MAX_DETOURS]; /* ways taken instead of the state's own, newest first */
	int detour_count;
};
/* The incoming way ends here for the target's. Before anything follows. */
void told_join(struct analysis *a, struct flow_state *target, const struct flow_state *incoming, int block);
/* The state's own way, or one that met it if only that one agrees with itself. */
void told_choose(struct analysis *a, const struct violation *v, struct told_path *told);
/* entries.c: do the roles from which the function is reached suit the check's not-roles and only-roles? */
bool suits_entries(const struct analysis *a, const struct rp_check *check);
/* The way from the first of them, for checks with only-roles. */
void describe_entry(struct analysis *a, struct violation *v);
/* The text of a step: template with its placeholders filled. */
const char *emit_event_text(struct analysis *a, const struct rp_resource *resource, int event, const char *object,
			    const struct rp_api *api, const char *mode);
const struct entry *atomic_holder(const struct flow_state *state);
void emit_violation(struct analysis *a, const struct violation *violation);
/* Is the check switched on, and does it suit the function's role and the API (NULL: none)? */
bool emit_applies(const struct analysis *a, const struct rp_rule *rule, const struct rp_check *check,
		  const struct rp_api *api);
/* ", in hard interrupt context": what the role says of its context; may be empty. */
const char *role_context_text(struct arena *arena, const struct rp_role *role);
/* The first enabled check for a resource's violation, preferring role filters. */
bool emit_find_typestate(const struct analysis *a, const struct rp_resource *resource, const char *violation,
			 const char *mode, const struct rp_rule **rule, const struct rp_check **check);
/* useraccess.c: no __try with a handler is around the step, nor around the calls on
 * some way to the function; describes that way. */
bool is_outside_try(struct analysis *a, const struct ir_insn *insn, struct violation *v);
/* Calls visit for every enabled check of a kind that suits the function's role. */
void emit_each_check(struct analysis *a, enum rp_check_kind kind,
		     void (*visit)(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check,
				   void *context),
		     void *context);
/* ... whatever roles it is for: callers may have them. */
void emit_each_enabled(struct analysis *a, enum rp_check_kind kind,
		       void (*visit)(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check,
				     void *context),
		       void *context);
bool emit_find_check(const struct analysis *a, enum rp_check_kind kind, const struct rp_api *api,
		     const struct rp_rule **rule, const struct rp_check **check);
/* What the user wrote for a value: `dev->lock` for &dev->lock. */
const char *object_text(struct analysis *a, const struct ir_expr *expr);
/* The text with temporaries replaced by what the user wrote; NULL when one has no name. */
const char *readable_text(struct analysis *a, const char *text);
/* The value now sits in a variable: that is what the user calls it. */
void name_object(struct analysis *a, struct flow_state *state, const struct sym *value, const struct ir_place *place);

/* module_check.c */
/* Less than, equal to, greater than 0: by file, line and column. */
int span_order(struct span left, struct span right);
/* Runs the checks of whole modules (those of start and stop order, too), once
 * all its functions were analysed. Resets the scratch arena. */
struct callgraph;
struct summaries;
void module_check(struct engine *engine, const struct ir_module *module, const struct unit_effects *effects,
		  const struct callgraph *callgraph, const struct summaries *summaries, struct report *report);

/* ---- names.c ------------------------------------------------------------------- */

/* Where the name says "lock" and means one (clocks and blocks do not); NULL: nowhere. */
const char *name_speaks_of_lock(const char *name);

#endif
