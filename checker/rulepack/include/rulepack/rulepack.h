/* Rule packs: what the kernel APIs are (facts) and what is wrong (rules), as
 * data read from YAML. docs/rule-packs.md is the format for authors; this is
 * the linked form that the other stages read. After rules_load() the rule_set
 * is const and lives on the run's arena; all names are interned.
 *
 * Typestate after Strom and Yemini, TSE 1986; its use as a path-sensitive
 * property over objects follows ESP (Das, Lerner, Seigle, PLDI 2002). */
#ifndef SO2_RULEPACK_RULEPACK_H
#define SO2_RULEPACK_RULEPACK_H

#include "base/arena.h"
#include "base/intern.h"
#include "base/log.h"
#include "cache/cache.h"

#include <stdbool.h>
#include <stdint.h>

/* ---- facts: APIs -------------------------------------------------------- */

enum rp_api_kind { RP_API_FUNCTION, RP_API_MACRO };

/* What a result says about success. */
enum rp_convention {
	RP_RESULT_VALUE,	  /* says nothing; also void */
	RP_RESULT_NULL,		  /* pointer; NULL is failure */
	RP_RESULT_ERRPTR,	  /* pointer or ERR_PTR, never NULL */
	RP_RESULT_NULL_OR_ERRPTR, /* both kinds of failure */
	RP_RESULT_ERRNO,	  /* 0 success, negative failure */
	RP_RESULT_ERRNO_COUNT,	  /* >= 0 success, negative failure */
	RP_RESULT_TRUE_SUCCESS,	  /* nonzero success (trylock) */
	RP_RESULT_TRUE_FAILURE,	  /* nonzero (positive) failure (down_trylock) */
	RP_RESULT_RESIDUE,	  /* bytes not copied: 0 success, positive failure, never negative */
	RP_RESULT_NONNULL,	  /* pointer that is never NULL nor an error */
	RP_RESULT_NTSTATUS,	  /* 0 success, negative 32-bit code failure */
	RP_RESULT_NTSTATUS_ERROR, /* always a negative 32-bit code (the code of an exception) */
	RP_RESULT_NTSTATUS_INFO,  /* >= 0 success (pending, timeout...), negative 32-bit code failure */
	RP_RESULT_TIME_LEFT,	  /* positive success, 0: the time is over; never negative */
};

/* A pure test of an argument's value, used to refine it on branches. */
enum rp_predicate {
	RP_PREDICATE_NONE,
	RP_PREDICATE_IS_ERROR,	       /* IS_ERR(p), IS_ERR_VALUE(x) */
	RP_PREDICATE_IS_NULL_OR_ERROR, /* IS_ERR_OR_NULL(p) */
	RP_PREDICATE_SAME,	       /* value passes through: PTR_ERR, ERR_PTR, ERR_CAST */
	RP_PREDICATE_ERROR_OR_ZERO,    /* PTR_ERR_OR_ZERO(p) */
	RP_PREDICATE_IS_USABLE,	       /* true: neither NULL nor an error; false says nothing */
};

enum rp_access { RP_ACCESS_UNKNOWN, RP_ACCESS_NONE, RP_ACCESS_READ, RP_ACCESS_WRITE, RP_ACCESS_READ_WRITE };
enum rp_space { RP_SPACE_ANY, RP_SPACE_KERNEL, RP_SPACE_USER };

/* Windows interrupt request levels, lowest first. Device levels differ from
 * machine to machine; one stands for all of them. */
enum rp_irql {
	RP_IRQL_PASSIVE = 0,
	RP_IRQL_APC = 1,
	RP_IRQL_DISPATCH = 2,
	RP_IRQL_DEVICE = 3,
	RP_IRQL_HIGH = 15,
	RP_IRQL_UNSAID = -1,
};

/* What kind of code runs (Linux). Later ones may interrupt earlier ones. */
enum rp_context { RP_CONTEXT_UNSAID, RP_CONTEXT_PROCESS, RP_CONTEXT_SOFTIRQ, RP_CONTEXT_HARDIRQ };

/* What an object keeps off while it is held: soft interrupts, or all of them. */
enum rp_mask { RP_MASK_NONE, RP_MASK_BH, RP_MASK_IRQ };

/* What a call needs of its context beside an IRQL and the right to sleep; bits. */
enum rp_need {
	RP_NEEDS_USER_CONTEXT = 1, /* the memory of the process that asked */
	RP_NEEDS_IRQS_ON = 2,	   /* it, or its counterpart, switches interrupts on again */
};

/* What a value of the system's clock means: a moment, or the distance of two. */
enum rp_time { RP_TIME_UNSAID, RP_TIME_ABSOLUTE, RP_TIME_RELATIVE };

/* What a test of the context says when its result is not 0. A call without a result makes it so. */
enum rp_tells {
	RP_TELLS_NOTHING,
	RP_TELLS_ATOMIC,
	RP_TELLS_PROCESS,
	RP_TELLS_WORK, /* not whether, but which callback runs */
};

/* What user space chooses: the value, or what it points to. */
enum rp_from_user { RP_FROM_USER_NOTHING, RP_FROM_USER_VALUE, RP_FROM_USER_POINTEE };

/* ---- conditions ----------------------------------------------------------
 * What a call's arguments must be for a part of a fact to apply. A condition
 * holds only when the path proves it; several hold when all do. */

enum rp_condition_kind {
	RP_CONDITION_EQUALS,	 /* the argument is the value */
	RP_CONDITION_NOT_EQUALS, /* it is some other value */
	RP_CONDITION_HAS_BITS,	 /* it has one of the value's bits */
	RP_CONDITION_LACKS_BITS, /* it has none of them */
	RP_CONDITION_NULL,	 /* the argument is 0 or NULL */
	RP_CONDITION_NOT_NULL,
	RP_CONDITION_USER,	      /* it is a pointer into user space */
	RP_CONDITION_STATE,	      /* it is an object of the resource in one of the states */
	RP_CONDITION_MODE,	      /* it is an object of the resource acquired in one of the modes */
	RP_CONDITION_BELOW,	      /* it is less than the value */
	RP_CONDITION_UNWRITTEN,	      /* a field of what it points to was not written on this path */
	RP_CONDITION_POINTEE_NONZERO, /* it points to a number that is not 0 */
	RP_CONDITION_RESULT_OF,	      /* it is what a call of an API with the tag gave, as it came */
	RP_CONDITION_HOLDS,	      /* it is what a field of the name held, as it came */
	RP_CONDITION_COPIED_FROM,     /* it is a part of a record, copied whole from what an API with the tag gave */
	RP_CONDITION_ABOVE,	      /* it is more than the value */
	RP_CONDITION_PLAIN_NUMBER,    /* it is written as a number, without a variable or a macro */
	/* As it is written: */
	RP_CONDITION_SIZEOF_POINTER, /* the size of a pointer, where what `other_param` points to is meant */
	RP_CONDITION_MACRO,	     /* one of the macros stands there, or is or-ed into it */
	RP_CONDITION_NO_MACRO,	     /* none of the macros stands anywhere in it */
	RP_CONDITION_TYPE_SIZE,	     /* its type, before any conversion, has so many bytes */
	RP_CONDITION_LACKS_FIELD,    /* it is a static variable whose field nothing in the module sets */
	RP_CONDITION_VALUE_OF,	     /* it is the value of one of these variables of the kernel */
	RP_CONDITION_LITERAL,	     /* it is a string literal */
	RP_CONDITION_NOT_LITERAL,    /* it is the address of bytes that can be written */
	RP_CONDITION_VARIABLE,	     /* it is the address of a whole variable of static storage */
	RP_CONDITION_MEMBER,	     /* it is the address of a member of a record */
	RP_CONDITION_ADDRESS,	     /* it is some address in the driver's own memory */
	RP_CONDITION_BELOW_PARAM,    /* it is less than another argument */
	RP_CONDITION_STORAGE,	     /* it points to a variable of one of the kinds */
	RP_CONDITION_ROOM,	     /* it points to memory too small for what it is a pointer to */
	RP_CONDITION_STARTS_WITH,    /* it is a string literal that begins with one of the texts */
	RP_CONDITION_STARTS_NOT,     /* it is a string literal that begins with none of them */
	RP_CONDITION_UNINITIALISED,  /* a part of it, or all, was never written */
	RP_CONDITION_CALL,	     /* it is computed from the result of an API for the object in another argument */
};

/* STORAGE: kinds of variables; bits. */
enum rp_storage {
	RP_STORAGE_LOCAL = 1,  /* on the stack */
	RP_STORAGE_GLOBAL = 2, /* in the image: of file scope or static */
};

/* ROOM: what the memory has no room for. */
enum rp_room {
	RP_ROOM_BELOW_TYPE, /* the type that the argument points to */
	RP_ROOM_TYPE_ALONE, /* anything behind one object of that type */
};

struct rp_condition {
	enum rp_condition_kind kind;
	int param;	      /* parameter index */
	const char *constant; /* name of the value, looked up in ir_unit.constants; NULL: number */
	int64_t number;
	const char *name;		    /* RESULT_OF, COPIED_FROM: tag; HOLDS: field; interned */
	const struct rp_resource *resource; /* STATE, MODE */
	/* The test is of what the argument, as an object of this resource, remembers; NULL: of the argument. */
	const struct rp_resource *via;
	/* The test is of what this field of the argument (a record or a pointer to one) holds; NULL. */
	const char *field;
	/* ... of what this field of the argument's object holds, at whatever depth; NULL. */
	const char *inner_field;
	/* STATE, MODE: the object is not the argument, but whose field of this name held it on entry; NULL. */
	const char *found_in;
	unsigned storages;  /* STORAGE: bits of enum rp_storage */
	enum rp_room room;  /* ROOM */
	const char **texts; /* STARTS_WITH, STARTS_NOT */
	int text_count;
	int *states; /* STATE: indices */
	int state_count;
	const char *const *modes; /* MODE: interned */
	int mode_count;
	const char *absent_field;  /* LACKS_FIELD: interned */
	int other_param;	   /* BELOW_PARAM, SIZEOF_POINTER: parameter index, also RP_PARAM_RESULT */
	const char *const *macros; /* MACRO, NO_MACRO, VALUE_OF: names, also with `*` for any letters */
	int macro_count;
	const struct rp_api *call; /* CALL */
	int on_param;		   /* CALL: index of the parameter that is the call's first argument */
	const char *unwritten;	   /* UNWRITTEN: name of the field, interned */
};

#define RP_PARAM_RESULT (-2) /* in place of a parameter: what the call returns */

struct rp_conditions {
	struct rp_condition *items;
	int count;
};

/* A role that a parameter gives to the function passed there. */
struct rp_given_role {
	const struct rp_role *role;
	struct rp_conditions conditions; /* on the call's other arguments */
};

struct rp_param {
	const char *name;
	enum rp_access access; /* what the callee does to the pointee */
	enum rp_space space;   /* address space the argument must be in */
	bool keeps;	       /* the callee stores the pointer beyond the call: it is no longer ours alone */
	bool frees_record;     /* a reference is given up: the last one frees the record that the argument lies in */
	bool nullable;	       /* NULL is a valid argument although access says the pointee is used */
	bool is_output;	       /* macro argument assigned by the call (get_user's x), not read */
	const char *record;    /* tag of the record it points to; interned, or NULL: not said */
	bool is_string;	       /* read up to its terminating 0, or written with one */
	bool is_from_user;     /* what the call writes there is chosen by user space */
	int length_param;      /* index of the parameter that bounds the bytes accessed, -1: whole object */
	/* A function given here gets the first of these roles whose conditions hold. */
	struct rp_given_role *given_roles;
	int given_role_count;
	enum rp_time time;	/* what the argument must be */
	const char *time_field; /* ... or rather this field of what it points to; NULL */
	int serves_param;	/* ... and is called on behalf of the object in this argument (a timer); -1: none */
};

/* Which object an effect is about. */
enum rp_object_kind {
	RP_OBJECT_PARAM,	 /* the argument's value (pointer) or, for identity address, what it points to */
	RP_OBJECT_PARAM_POINTEE, /* "*p": the value the callee stores through p */
	RP_OBJECT_RESULT,
	RP_OBJECT_TUPLE,  /* several arguments' values together */
	RP_OBJECT_GLOBAL, /* one per CPU / system: preempt_disable() */
};
enum rp_when { RP_WHEN_ALWAYS, RP_WHEN_SUCCESS, RP_WHEN_FAILURE, RP_WHEN_RAISE };

#define RP_MAX_TUPLE 4

struct rp_effect {
	const struct rp_resource *resource;
	int event; /* index in resource->events */
	enum rp_object_kind object;
	int params[RP_MAX_TUPLE]; /* parameter indices; [0] for PARAM and PARAM_POINTEE */
	int param_count;
	enum rp_when when;
	const char *result_constant; /* only when the result is this constant; NULL: whatever it is */
	const char *mode;	     /* kind of acquisition (irqsave, kmalloc); NULL: none */
	const char *const *accepts;  /* modes a release is right for; NULL: any */
	int accept_count;
	int saves_param;		 /* saved-state token is written to this argument (or through it), -1: none */
	int restores_param;		 /* saved-state token is consumed from this argument, -1: none */
	struct rp_conditions conditions; /* the effect happens only when they hold */
	int level_param;		 /* the IRQL is this argument from now on, until the object is released; -1 */
	/* What the object keeps in mind of the call: an argument, the result, or the
	 * present value of a field of the object; RP_REMEMBERS_NOTHING (-1). */
	int remembers_param;
	const char *remembers_field; /* field's name, interned; NULL */
	int compares_param;	     /* must be what the object remembers, else argument-mismatch; -1 */
	/* The object is what the object of this resource that the parameter names remembers. */
	const struct rp_resource *via;
	enum rp_mask masks; /* acquisitions: what stays off while the object is held in this mode */
	bool if_used;	    /* the effect happens only when the function tests, keeps or returns the result */
};
#define RP_REMEMBERS_NOTHING (-1)
#define RP_REMEMBERS_RESULT (-2)
#define RP_OBJECT_NONE (-1)
#define RP_OBJECT_SHARED (-2) /* `global` instead of a parameter */

/* The IRQL an API may be called at. The first row whose conditions hold counts. */
struct rp_irql_limit {
	enum rp_irql min, max; /* RP_IRQL_UNSAID: no limit */
	struct rp_conditions conditions;
};

/* A function an API is implemented by when its macro was not seen whole. */
struct rp_shape {
	const char *name;
	int *param_of; /* shape argument i is API parameter param_of[i], -1: none */
	int param_count;
	int result_param; /* the shape's result is this API parameter (flags), -1: none */
};

enum rp_sleep {
	RP_SLEEP_NEVER_SAID, /* the fact says nothing */
	RP_SLEEP_NEVER,
	RP_SLEEP_ALWAYS,	     /* may sleep whatever its arguments */
	RP_SLEEP_OUTSIDE_INTERRUPTS, /* it looks itself whether it runs in an interrupt (vfree) */
	RP_SLEEP_IF_BITS,	     /* when argument sleep_param has the bits of constant sleep_constant */
};

struct rp_api {
	const char *name;
	enum rp_api_kind kind;
	struct rp_param *params;
	int param_count;
	bool is_variadic;
	enum rp_access variadic_access;
	enum rp_convention convention;
	bool must_check; /* an ignored result is a defect */
	enum rp_predicate predicate;
	int predicate_param;
	struct rp_effect *effects;
	int effect_count;
	struct rp_shape *shapes;
	int shape_count;
	enum rp_sleep sleep;
	int sleep_param;
	const char *sleep_constant; /* name looked up in ir_unit.constants */
	enum rp_time time;	    /* what the result is */
	int positive_if_zero; /* success is positive when this argument is 0, and 0 otherwise (register_blkdev); -1 */
	struct rp_conditions never_fails;   /* never fails when these hold (count 0: nothing said) */
	struct rp_conditions fails_only_if; /* never fails unless these surely hold (count 0: nothing said) */
	struct rp_irql_limit *irql_limits;
	int irql_limit_count;
	bool may_raise;			       /* may raise a structured exception ... */
	struct rp_conditions raise_conditions; /* ... only when these hold */
	bool gives_irql;		       /* the result is the present IRQL */
	int inside_param; /* the result points into what this argument points to, and is the same each time; -1 */
	bool tells_abnormal_exit; /* in a __finally body: nonzero unless the body of the __try ran to its end */
	unsigned needs;		  /* bits of enum rp_need */
	struct rp_conditions need_conditions; /* ... only when these hold */
	/* The call stores its result in this field of what the argument points to; field NULL: it does not. */
	int stores_param;
	const char *stores_field;
	struct rp_conditions stores_conditions;
	enum rp_tells tells;				 /* the result tells the context */
	enum rp_irql asserts_irql_min, asserts_irql_max; /* goes on only at such an IRQL (PAGED_CODE); RP_IRQL_UNSAID */
	/* Waits until callbacks that serve this object have ended (del_timer_sync); RP_OBJECT_SHARED: all
	 * that is queued on no queue of the driver's (flush_scheduled_work); -1: none. */
	int waits_for_param;
	int queues_param;	    /* makes this object run (queue_work); -1 */
	int queues_on_param;	    /* ... on this queue; -1: no queue of the driver's */
	const char *starts, *stops; /* family of roles that may be called from now on / no longer; interned, or NULL */
	struct rp_conditions starts_if; /* starts only when these hold */
	int initialises_param;		/* makes the object usable for the first time (spin_lock_init); -1 */
	int ends_param;			/* the object can not be used afterwards (destroy_workqueue); -1 */
	int signals_param; /* whoever waits on the object goes on (complete); shared: for the module to be unused; or none */
	const char *clobbers; /* records of this tag may have changed anywhere; NULL: none */
	bool gives_string;    /* what it returns ends with 0 */
	bool zeroed;	      /* the memory it returns is initialised */
	int zeroed_param;     /* ... if this argument has the bits of zeroed_constant; -1 */
	const char *zeroed_constant;
	enum rp_from_user from_user;   /* its result, or the memory that it returns */
	int byte_params[RP_MAX_TUPLE]; /* the memory it returns has as many bytes as the product of these ... */
	int byte_param_count;	       /* 0: not said */
	bool is_pure;		       /* it only computes: the same arguments give the same result */
	int tells_size_param;	       /* its result says how large what this argument describes is; -1 */
	int divisor_param;	       /* divides by this argument; -1 */
	bool is_noreturn;
	const char *const *tags;
	int tag_count;
	const char *since;		   /* version that brought it, newer than our headers; or NULL */
	const char *removed, *replacement; /* version that dropped it; what to use; may be NULL */
	int old_param_count;		   /* how many arguments it took until version old_until; 0: not said */
	const char *old_until;
	const char *deprecated; /* since when it should not be used in new code, or NULL */
	const char *note;	/* what readers must know, as what a document prints wrongly; or NULL */
	const char *file;	/* where the fact is written */
	unsigned line;
};

/* ---- facts: resources (typestate automata) -------------------------------- */

enum rp_identity {
	RP_IDENTITY_ADDRESS, /* the object at an address: &dev->lock */
	RP_IDENTITY_VALUE,   /* the pointer or number itself */
	RP_IDENTITY_TUPLE,
	RP_IDENTITY_GLOBAL,
};

/* What must hold when a function returns. */
enum rp_exit_policy {
	RP_EXIT_NONE,
	RP_EXIT_BALANCED,      /* not in a held state, unless the function's contract is to return so */
	RP_EXIT_BALANCED_HERE, /* as BALANCED, only when the function also releases the object somewhere */
	RP_EXIT_OWNED,	       /* released, stored, returned or passed on */
	RP_EXIT_ON_FAILURE,    /* released when the function reports failure */
};

struct rp_state {
	const char *name;
	bool is_held;	   /* counts for exit policies */
	bool is_atomic;	   /* sleeping is forbidden meanwhile */
	enum rp_irql irql; /* the IRQL is at least this meanwhile; RP_IRQL_UNSAID */
	/* In this state, and in no other, the object's field has the constant's
	 * bits, so that a test of them tells. NULL: nothing shows it. */
	const char *shown_field, *shown_bits;
};

/* Events every resource may use in transitions beside its own. */
#define RP_EVENT_USE "use"	   /* pointee read or written */
#define RP_EVENT_PASS "pass"	   /* pointer given to a function that may use it */
#define RP_EVENT_ITERATE "iterate" /* read by the header of a macro loop (list_for_each_entry) */
#define RP_EVENT_RETURN "return"   /* pointer returned */
#define RP_EVENT_FREED "freed"	   /* the memory that the object lies in is released */
#define RP_EVENT_EXHAUST "exhaust" /* the header of a macro loop ends the loop: the cursor points to no entry */
#define RP_EVENT_WRITE "write"	   /* pointee written, here or by a function that the facts say writes it */

struct rp_transition {
	int event;	       /* index in resource->events */
	int from;	       /* state index; RP_STATE_UNKNOWN: object not seen yet */
	int to;		       /* state index; RP_STATE_UNKNOWN: forget it; RP_STATE_SAME */
	const char *violation; /* NULL: legal */
};
#define RP_STATE_UNKNOWN (-1)
#define RP_STATE_SAME (-2)

/* Violations the engine itself raises, beside those named in transitions. */
#define RP_VIOLATION_LEFT "left"		    /* exit policy broken */
#define RP_VIOLATION_MODE "mode-mismatch"	    /* released by the wrong function for its mode */
#define RP_VIOLATION_PROVENANCE "bad-provenance"    /* released, but never such an object (stack, inner field) */
#define RP_VIOLATION_TOKEN_REUSED "token-reused"    /* saved token overwritten while still needed */
#define RP_VIOLATION_TOKEN_WRONG "token-wrong"	    /* restored from another token than was saved */
#define RP_VIOLATION_TOKEN_SHARED "token-not-local" /* token kept in static or global storage */
#define RP_VIOLATION_ARGUMENT "argument-mismatch"   /* not what the object remembers */
#define RP_VIOLATION_IRQL "irql-changed"	    /* released at another IRQL than acquired (same-irql resources) */
#define RP_VIOLATION_LOST \
	"lost" /* in a loop: nothing names it any more when the step that made it runs again (owned) */
#define RP_VIOLATION_ORDER "out-of-order"    /* released before what was acquired after it (stacked resources) */
#define RP_VIOLATION_FAILED "failed-release" /* released on a path on which its acquisition failed */
#define RP_VIOLATION_NEVER \
	"never-released" /* acquired by an init role that succeeds; nothing in the unit releases it */

struct rp_resource {
	const char *name, *noun;
	enum rp_identity identity;
	bool is_counted; /* acquisitions nest (rcu_read_lock, preempt_disable) */
	bool is_memory;	 /* pointee belongs to the object: use / pass events, escapes, leaks by reachability */
	const char **events;
	int event_count;
	struct rp_state *states;
	int state_count;
	struct rp_transition *transitions;
	int transition_count;
	enum rp_exit_policy exit_policy;
	const char *
		*forgotten_by; /* calls of APIs with such a tag, and of unknown functions, end what is known; tags */
	int forgotten_by_count;
	bool is_stacked; /* released in the reverse order of acquisition, else `out-of-order` */
	bool same_irql;	 /* must be released at the IRQL of its acquisition */
	/* Texts of path steps by event index; NULL: silent. Placeholders as in messages. */
	const char **step_texts;
	const char *file;
	unsigned line;
};

/* ---- facts: roles --------------------------------------------------------- */

struct rp_role_binding {
	const char *record, *field; /* ops field */
	const char *macro;	    /* or a registering macro (module_init) */
	const char *type;	    /* or a role typedef of the declaration (DRIVER_DISPATCH) */
	const char *function;	    /* or the function's own name (DriverEntry) */
};

/* What a parameter of a function in a role is on entry. */
struct rp_role_param {
	enum rp_space space;
	const struct rp_resource *resource; /* an object of it, or NULL */
	int state;			    /* in this state */
	enum rp_from_user from_user;
};

struct rp_role {
	const char *name;
	struct rp_role_binding *bindings;
	int binding_count;
	bool is_init, is_exit;
	bool unwinds;		      /* after a failure nobody calls its counterpart */
	struct rp_role_param *params; /* by parameter index */
	int param_count;
	enum rp_irql irql_min, irql_max; /* IRQL it is called at; RP_IRQL_UNSAID */
	enum rp_context context;	 /* Linux */
	bool lacks_user_context;	 /* it never runs on behalf of a process's request */
	const char *family;		 /* what APIs start and stop; interned, or NULL */
	const char **excluded;		 /* names of roles that the kernel keeps off while it runs; interned */
	int excluded_count;
};

/* ---- facts: fields ----------------------------------------------------------- */

/* A field of a kernel record: what it holds, who chooses that, or that it is gone. */
struct rp_field {
	const char *record, *field; /* record: tag of the record it is reached from; both interned */
	enum rp_space space;
	enum rp_from_user from_user;
	const struct rp_role **roles; /* of from_user: only in functions of these; empty: any */
	int role_count;
	const char **sized_by; /* of a pointer: names of the fields that say how large the buffer is */
	int sized_by_count;
	bool is_owned;			   /* to memory that comes and goes with the record */
	const char *removed, *replacement; /* as of an API */
	const char *const *tags;
	int tag_count;
};

/* A constant that kernels no longer define. */
struct rp_constant {
	const char *name;
	const char *removed, *replacement;
	const char *const *tags;
	int tag_count;
};

/* ---- facts: variables --------------------------------------------------------- */

/* A variable of the kernel. */
struct rp_variable {
	const char *name;
	enum rp_time time; /* what its value is */
};

/* ---- facts: names ------------------------------------------------------------- */

/* What a function that no fact knows may do, or what a field is for, by its name. */
enum rp_habit {
	RP_HABIT_ENDS_OBJECT, /* end what its argument is a part of, such as by dropping the last reference */
	RP_HABIT_UNDOES,      /* undo what was done to its argument */
	RP_HABIT_LETS_GO,     /* give up what its caller holds */
	RP_HABIT_ENDS_USE,    /* end, stop or reset the use of its argument */
	RP_HABIT_TAKES_OVER,  /* take over the duty to release its argument */
	RP_HABIT_CONSUMES,    /* release its argument also when it fails */
	/* Of fields of the kernel's records: */
	RP_HABIT_HANDS_BACK,   /* keeps the driver's own data, which the kernel leaves alone */
	RP_HABIT_FREES_RECORD, /* a flag: the kernel frees the record when it is done with it */
};

/* Words in names; letters count as written. */
struct rp_naming {
	const char *name;
	const char *os; /* "linux", "windows" */
	enum rp_habit habit;
	const char *const *words, *const *exceptions; /* a word inside an exception does not count */
	int word_count, exception_count;
};

/* ---- rules ------------------------------------------------------------------ */

enum rp_severity { RP_SEVERITY_NOTE, RP_SEVERITY_WARNING, RP_SEVERITY_ERROR };

enum rp_check_kind {
	RP_CHECK_TYPESTATE,	   /* violations of resources */
	RP_CHECK_NULL_USE,	   /* result that may be NULL (or ERR_PTR) used without a test */
	RP_CHECK_ERRPTR_NULL_TEST, /* ERR_PTR result compared with NULL only */
	RP_CHECK_RESULT_IGNORED,   /* result never looked at */
	RP_CHECK_RESIDUE_AS_ERROR, /* residue returned or compared as an errno */
	RP_CHECK_SLEEP,		   /* may sleep in an atomic state */
	RP_CHECK_USER_DEREF,	   /* user pointer used as a kernel pointer */
	RP_CHECK_USER_ARGUMENT,	   /* argument in the wrong address space */
	RP_CHECK_USER_INFOLEAK,	   /* uninitialised bytes handed to user space */
	RP_CHECK_CALL,		   /* a call with certain arguments, or in the wrong place */
	RP_CHECK_IRQL,		   /* an API called above its highest IRQL */
	RP_CHECK_PAGED_ACCESS,	   /* pageable memory touched at or above dispatch level */
	RP_CHECK_FIELD_ACCESS,	   /* an opaque record's field used directly */
	RP_CHECK_OVERLAP,	   /* source and destination of a copy overlap */
	RP_CHECK_RETURN,	   /* returned value does not fit the state of an object */
	RP_CHECK_FIELD_BITS,	   /* bits of an object's field still set at a successful return */
	RP_CHECK_USER_CONTEXT,	   /* an API that needs user context, reached from a role without it */
	RP_CHECK_USER_ACCESS,	   /* user memory touched unprobed, or outside a __try */
	RP_CHECK_IRQS_ON,	   /* an API that needs interrupts on, called with them off */
	RP_CHECK_IRQL_LOW,	   /* an API called below its lowest IRQL */
	RP_CHECK_LOCK_CONTEXT,	   /* a lock that interrupts take, taken with them on elsewhere */
	RP_CHECK_LOCK_ORDER,	   /* two locks taken in both orders */
	RP_CHECK_UNRELEASED,	   /* acquired somewhere in a module that can be unloaded, released nowhere */
	RP_CHECK_NO_EXIT,	   /* acquired in init, and the module has no exit function */
	RP_CHECK_WAIT_DEADLOCK,	   /* waits for a callback from within it, or holding a lock that it takes */
	RP_CHECK_START_ORDER,	   /* initialised after callbacks that use it were started */
	RP_CHECK_STOP_ORDER,	   /* ended before callbacks that use it were stopped */
	RP_CHECK_ARGUMENT_PAIR,	   /* two calls of the module that must agree on an argument do not */
	RP_CHECK_ROLE_RETURN,	   /* a function in a role returns a value it may not, or never one it must */
	RP_CHECK_RETURN_VALUE,	   /* a function in a role returns a value that no such function may */
	RP_CHECK_DEFAULT_RETURN,   /* for a command it does not know, a function in a role returns the wrong error */
	RP_CHECK_RETURN_TYPE,	   /* a function in a role is declared with the wrong result */
	RP_CHECK_KEPT_PARAM,	   /* what a function in a role was given only for the call stays in memory */
	RP_CHECK_REMOVED_API,	   /* a name, or a form of call, that the kernel no longer has */
	RP_CHECK_TIME,		   /* a moment where the distance of two is needed, or the other way round */
	RP_CHECK_FREED_UNWAITED,   /* an object is stopped without waiting for its callback, and then freed */
	RP_CHECK_EXIT_UNWAITED,	   /* ... and then the module goes */
	RP_CHECK_NEGATIVE_TEST,	   /* a result that is never negative compared as an errno */
	RP_CHECK_INVERTED_RESULT,  /* a success leads at once to the return of a certain error */
	RP_CHECK_NEVER_NULL,	   /* a pointer that a macro computes from another is compared with NULL */
	RP_CHECK_STALE_TEST,	   /* an object changed by one call is read by another, and that compared with 0 */
	RP_CHECK_TEST_THEN_ACT,	   /* what an object is asked decides at once what is done to it, without a lock */
	RP_CHECK_UNINITIALISED,	   /* an object is used that nothing in the module initialises */
	RP_CHECK_NEVER_TESTED,	 /* a result that may be an error pointer is used, and nothing in the module tests it */
	RP_CHECK_NEVER_WOKEN,	 /* an object is waited on, and nothing in the module wakes it */
	RP_CHECK_WAKE_ORDER,	 /* what a wait waits for is set only after the wake */
	RP_CHECK_WAIT_CONDITION, /* the condition of a wait changes something or sleeps */
	RP_CHECK_EARLY_END,	 /* a callback that is stopped may end before it is told to */
	RP_CHECK_UNGUARDED,	 /* a list that several contexts use is used without its lock */
	RP_CHECK_MISSING_MACRO,	 /* no file of the module uses the macro at file level */
	RP_CHECK_INTERRUPT_DATA, /* data that an interrupt changes is changed elsewhere without its lock */
	RP_CHECK_MIXED_ATOMIC,	 /* data that atomic functions change is also changed by operators */
	RP_CHECK_CONTRACT,	 /* the body contradicts the author's annotation */
	RP_CHECK_FLOAT_USE,	 /* floating point computed while its registers are not saved */
	RP_CHECK_SIGN_TEST,	 /* a status with several successes looked at for its sign only */
	RP_CHECK_USER_LENGTH,	 /* a length that user space chooses exceeds the buffer */
	RP_CHECK_USER_INDEX,	 /* an index that user space chooses lies outside the array */
	RP_CHECK_USER_DIVISOR,	 /* a divisor that user space chooses may be 0 */
	RP_CHECK_BUFFER_UNSIZED, /* a buffer touched without a test of the fields that say how large it is */
	RP_CHECK_USER_STRING,	 /* bytes of user space used as a string, although nothing ends them */
	RP_CHECK_EXPOSED_MEMORY, /* memory shown to user space that is not initialised, or shares its pages */
	RP_CHECK_DOUBLE_FETCH,	 /* user memory read again after what was there had been tested */
	RP_CHECK_USER_UNBOUNDED, /* an argument that user space chooses has no limit */
	RP_CHECK_DEPRECATED_API, /* an API that is not for new code is called */
	RP_CHECK_MIXED_TYPES,	 /* a value of one type is used as one of another meaning */
	RP_CHECK_ROLE_UNDECLARED, /* a function in a role is declared without the role's type */
	RP_CHECK_ENUM_ARGUMENT,	  /* a constant of another enumeration than the parameter's */
	RP_CHECK_KINDS,		  /* their number */
};

enum rp_role_filter { RP_ROLE_ANY, RP_ROLE_INIT, RP_ROLE_NOT_INIT, RP_ROLE_NOT_EXIT };

/* CONTRACT: which annotations; bits. */
enum rp_contract {
	RP_CONTRACT_IRQL_MAX = 1,  /* _IRQL_requires_max_, _IRQL_always_function_max_ */
	RP_CONTRACT_IRQL_MIN = 2,  /* _IRQL_requires_min_, _IRQL_always_function_min_ */
	RP_CONTRACT_IRQL_EXIT = 4, /* _IRQL_raises_, _IRQL_requires_same_, _IRQL_saves_, _IRQL_restores_ */
	RP_CONTRACT_ACQUIRES = 8,
	RP_CONTRACT_RELEASES = 16,
	RP_CONTRACT_HOLDS = 32,	     /* __must_hold, _Requires_lock_held_ and their like, at calls and in the body */
	RP_CONTRACT_MUST_CHECK = 64, /* __must_check, _Must_inspect_result_ on the driver's own functions */
	RP_CONTRACT_FLOAT = 128,     /* _Kernel_float_saved_, _Kernel_float_restored_ */
	RP_CONTRACT_PAGEABLE = 256,  /* the section that the sources put the function in */
};

/* CALL: one API and the conditions on its own parameters. */
struct rp_call_pattern {
	const struct rp_api *api;
	struct rp_conditions conditions;
};

struct rp_check {
	enum rp_check_kind kind;
	const struct rp_resource **resources; /* TYPESTATE */
	int resource_count;
	const char **violations; /* TYPESTATE */
	int violation_count;
	enum rp_convention *conventions; /* NULL_USE, RESULT_IGNORED, ... ; empty: all */
	int convention_count;
	const char **tags, **not_tags; /* select APIs; empty tags: all */
	int tag_count, not_tag_count;
	int sleep_kinds; /* SLEEP: bit (1 << enum rp_sleep); 0: all */
	enum rp_role_filter role;
	const struct rp_role **roles; /* only in functions of these roles; empty: any */
	int role_count;
	const char **modes; /* TYPESTATE, PAGED_ACCESS: only objects acquired in these modes; empty: any */
	int mode_count;
	struct rp_call_pattern *patterns; /* CALL, USER_UNBOUNDED */
	int pattern_count;
	struct rp_call_pattern *excuses; /* CALL: by pattern; not when these conditions hold */
	bool lock_kept;			 /* CALL: only while the path has not let go what its caller holds */
	bool result_unused;		 /* CALL: only when nothing looks at the result */
	const struct rp_resource *
		*unless_held; /* CALL, STALE_TEST, TEST_THEN_ACT: not while an object of one of these may be held */
	int unless_held_count;
	bool unless_made_here;	   /* RESULT_IGNORED: not when this function made the object in the first argument */
	bool unless_retested;	   /* RESULT_IGNORED: not when what the call asks is asked again afterwards */
	const char **unless_asked; /* RESULT_IGNORED: ... nor when an API with one of these tags is called afterwards */
	int unless_asked_count;
	bool in_process;    /* RESULT_IGNORED: only in functions that can run on behalf of a process */
	const char *object; /* CALL: name of the parameter that {object} is; NULL: the first */
	bool outside_try;   /* CALL: only when no __except handler is around it */
	/* CALL: tags; only in modules that call an API with one, not in those that do. Fields: not in
	 * modules that assign one of that name. */
	const char **if_module_calls, **unless_module_calls, **unless_assigned;
	int if_module_call_count, unless_module_call_count, unless_assigned_count;
	const char **unless_reads; /* CALL, USER_ACCESS: fields; not in functions that read one of them */
	int unless_reads_count;
	const char **unless_bound; /* USER_ACCESS, BUFFER_UNSIZED: indices of tables; not below what is bound there */
	int unless_bound_count;
	const char **not_before; /* CALL: tags; not when the next call is of an API with one of them */
	int not_before_count;
	const char **sources, **not_sources; /* USER_...: tags of the APIs that gave the number; empty: all */
	int source_count, not_source_count;
	const struct rp_resource *through;  /* EXPOSED_MEMORY: what its objects remember; NULL: the argument */
	const char *multiple_of;	    /* EXPOSED_MEMORY: constant; NULL: the contents count */
	const struct rp_resource **holding; /* CALL: an object of one of these is held */
	int holding_count;
	struct rp_call_pattern *unless_calls; /* CALL: not in functions that call one of these */
	int unless_calls_count;
	const char **params; /* USER_UNBOUNDED, EXPOSED_MEMORY: names of parameters of the patterns' APIs */
	int param_count;
	const char *record;  /* FIELD_ACCESS: tag of the record */
	const char **fields; /* FIELD_ACCESS: empty: all; FIELD_BITS: one */
	int field_count;
	enum rp_access access; /* FIELD_ACCESS: READ, WRITE; READ_WRITE: either */
	const char **states;   /* RETURN, FIELD_BITS: names of states of the resources */
	int state_count;
	const char *returns, *returns_not; /* RETURN: name of a constant, or NULL */
	bool not_handed;		   /* RETURN: nor those that a function without facts was given */
	bool not_kept;			   /* RETURN: objects that others can reach are left out */
	bool remembered;		   /* RETURN: the value differs from what the object remembers */
	const char *bits;		   /* FIELD_BITS: name of a constant */
	enum rp_context context;	   /* LOCK_CONTEXT: SOFTIRQ or HARDIRQ takes the lock, too */
	/* ARGUMENT_PAIR: calls of `first` and `second` with the same `key` argument agree on `value`. */
	struct rp_call_pattern *first, *second;
	int first_count, second_count;
	const char *key, *value; /* names of parameters */
	/* NEVER_WOKEN, TYPESTATE, CALL: not below functions of these roles */
	const struct rp_role **not_roles;
	int not_role_count;
	const struct rp_role **only_roles; /* TYPESTATE, CALL: only below functions of these roles, and of no others */
	int only_role_count;
	/* FREED_UNWAITED, EXIT_UNWAITED, EARLY_END: tags; not when the callback calls such an API */
	const char **unless_callback_calls;
	int unless_callback_calls_count;
	const char **allowed; /* ROLE_RETURN, DEFAULT_RETURN: names of constants; empty: any value */
	int allowed_count;
	const char **forbidden; /* DEFAULT_RETURN: instead of allowed */
	int forbidden_count;
	const char *needed;	    /* ROLE_RETURN: name of the constant that some return must give, or NULL */
	bool has_above, has_equals; /* RETURN_VALUE: it is surely more than, is the number */
	int64_t above, equals;
	int above_param; /* RETURN_VALUE: it is surely more than the parameter of this index was; -1 */
	const char *const *
		macros; /* RETURN_VALUE: it is written with one of them; NEVER_NULL: they give the value; MISSING_MACRO: one is enough */
	int macro_count;
	int param;	      /* DEFAULT_RETURN: index of the parameter that is the command */
	bool changed;	      /* REMOVED_API: calls with the arguments of old, instead of names that are gone */
	const char *version;  /* REMOVED_API: name of the constant that tells the kernel's version */
	enum rp_time expects; /* TIME: only arguments that must be this; UNSAID: either */
	/* RETURN_TYPE: the wrong types. MIXED_TYPES: typedefs that do not mix, and macros with which their values are written. */
	const char **types, **others, **type_macros, **other_macros;
	int type_count, other_count, type_macro_count, other_macro_count;
	bool zero_is_success; /* MIXED_TYPES: only that 0 of `types` is taken for a failure */
	unsigned contracts;   /* CONTRACT: bits of enum rp_contract */
	const char *message;  /* overrides the rule's */
};

struct rp_source {
	const char *document, *place;
};

/* A form of right code that an imprecise checker would report. The rule's cases show it, and its wrong twin. */
struct rp_trap {
	const char *name, *what;
};

/* Another checker whose reports are taken for findings of a rule (--with). */
enum rp_peer_tool { RP_PEER_SPARSE, RP_PEER_COCCINELLE };

struct rp_peer {
	enum rp_peer_tool tool;
	const char *message; /* SPARSE: its message, with `*` for any text */
	const char *script;  /* COCCINELLE: path of the semantic patch all of whose reports are meant */
	bool joins_only;     /* its report only confirms a finding of the rule, and is none by itself */
	bool in_function;    /* ... anywhere in the function that it is about, not only on its line */
};

/* How a defect is put right in the text. What a fix does is the business of checker/fix. */
enum rp_fix_kind {
	RP_FIX_RELEASE,	   /* releases the object before the return that forgets it */
	RP_FIX_RESULT,	   /* makes an error code of a result that is not 0 */
	RP_FIX_SAFE_LOOP,  /* lets a loop read its next entry beforehand, into a variable of its own */
	RP_FIX_SAVE_STATE, /* replaces calls about one object by those that keep a state in a variable */
	RP_FIX_REPLACE,	   /* writes one name for another */
};

/* A name in the sources, and what is written for it. */
struct rp_fix_name {
	const char *of;
	const char *to;	  /* NULL: nothing, an operand of `|` is left out with its operator */
	const char *type; /* of the variable that is added; NULL: SAFE_LOOP: that of the loop's own */
	int left_out;	  /* REPLACE: the call's argument that is left out, from 1; 0: none */
};

struct rp_fix {
	enum rp_fix_kind kind;
	const char *what;  /* what is done, for people: "put x" */
	const char *value; /* RESULT: what is given instead of a result that is not 0 */
	struct rp_fix_name *names;
	int name_count;
};

struct rp_rule {
	const char *id, *title;
	const char *os;	   /* "linux", "windows" */
	const char *topic; /* heading in the index of pages, or NULL */
	enum rp_severity severity;
	const char *const *cwe;
	int cwe_count;
	struct rp_check *checks;
	int check_count;
	/* Headline; placeholders {object} {api} {holder} {noun} {mode} {function} {origin}
	 * {where} {irql} {limit} {role} {replacement} */
	const char *message;
	const char *why, *help; /* one sentence each */
	struct rp_source *sources;
	int source_count;
	const char *const *aliases; /* old ids */
	int alias_count;
	struct rp_trap *traps;
	int trap_count;
	const char *const *related; /* numbers of other checkers' warnings (C28182) */
	int related_count;
	struct rp_peer *peers;
	int peer_count;
	struct rp_fix *fixes; /* the first that can be used is */
	int fix_count;
	bool is_preview; /* off unless asked for with --only */
	const char *doc; /* text of <id>.md */
	const char *file;
	unsigned line;
	int index; /* position in rule_set.rules */
};

/* ---- the set ------------------------------------------------------------------ */

/* How a called name relates to an API. */
struct rp_match {
	const struct rp_api *api;
	const struct rp_shape *shape; /* NULL: called by its own name */
};

struct rule_set {
	struct rp_rule **rules;
	int rule_count;
	struct rp_api **apis;
	int api_count;
	struct rp_resource **resources;
	int resource_count;
	struct rp_role **roles;
	int role_count;
	struct rp_field *fields;
	int field_count;
	struct rp_variable **variables;
	int variable_count;
	struct rp_constant **constants;
	int constant_count;
	struct rp_naming **namings;
	int naming_count;
	const char **macro_names; /* APIs of kind macro: the frontend keeps them whole */
	int macro_name_count;
	const char **constant_names; /* constants facts refer to */
	int constant_name_count;
	const char **test_dirs; /* folders with the packs' cases, in load order */
	int test_dir_count;
	uint64_t digest; /* of what the packs' YAML says, in load order: equal on every machine with the same packs */
	void *index;	 /* private to rulepack */
};

/* Loads the packs in order; a later pack may add or (by the same name) replace.
 * All errors are logged with file, line and column; NULL when there was any.
 * cache (or NULL): the rules of unchanged packs are taken from there as an earlier run has left them, which needs an
 * empty pool; else they are left there. */
const struct rule_set *rules_load(struct arena *arena, struct intern_pool *pool, struct log *log, struct cache *cache,
				  const char *const *pack_dirs, int pack_count);
/* The API a name means; false when no fact knows it. Name must be interned. */
bool rules_match_call(const struct rule_set *rules, const char *name, struct rp_match *match);
const struct rp_rule *rules_find_rule(const struct rule_set *rules, const char *id_or_alias);
const struct rp_role *rules_find_role(const struct rule_set *rules, const char *record, const char *field,
				      const char *macro);
/* The role of functions declared with a typedef, or called so; NULL: none. Names interned. */
const struct rp_role *rules_find_role_by_type(const struct rule_set *rules, const char *typedef_name);
const struct rp_role *rules_find_role_by_function(const struct rule_set *rules, const char *function);
/* Has the name of a function of that system (NULL: any) a word that speaks of the habit? No name: no. */
bool rules_name_tells(const struct rule_set *rules, enum rp_habit habit, const char *os, const char *name);
bool rp_api_has_tag(const struct rp_api *api, const char *tag);
const char *rp_severity_name(enum rp_severity severity);
/* false: there is none of that name. */
bool rp_severity_find(const char *name, enum rp_severity *severity);

#endif
