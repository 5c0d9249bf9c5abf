/* What each function of a module may do to what its callers hold: coarse,
 * flow-insensitive and transitive over the module's own calls, through function
 * pointers too where their targets are known. Enough to know when a helper
 * cannot have released a lock or kept a pointer, where no path-sensitive
 * summary (summary.h) says more. Also: which roles the functions have, and by
 * what names the module knows its objects.
 *
 * Errs towards "may": an unknown callee keeps what it gets. */
#ifndef SO2_SUMMARY_EFFECTS_H
#define SO2_SUMMARY_EFFECTS_H

#include "base/intern.h"
#include "ir/ir.h"
#include "rulepack/rulepack.h"

struct unit_effects;

/* Reads the lowered functions of all units of the module (no CFG needed);
 * result on the arena. The same for any order of the units. */
struct unit_effects *effects_compute(struct arena *arena, const struct rule_set *rules, const struct ir_module *module);

/* May the function, or what it calls in this module, cause the event on an object
 * of the resource? `object` is the user's text for it (`dev->lock`): objects are
 * told apart by their last name only; NULL: any object. */
bool effects_may_cause(const struct unit_effects *effects, const struct ir_function *function,
		       const struct rp_resource *resource, int event, const char *object);
/* May the pointer given as parameter `param` still be reachable after the call
 * (stored, handed on to somebody who keeps it, returned)? */
bool effects_param_escapes(const struct unit_effects *effects, const struct ir_function *function, int param);
/* May the pointee of the parameter be released (by an event that leaves the held states) inside? */
bool effects_param_released(const struct unit_effects *effects, const struct ir_function *function, int param);
/* May the pointee itself be released inside: memory or a reference, not a lock or timer that is part of it? */
bool effects_param_ended(const struct unit_effects *effects, const struct ir_function *function, int param);
/* May the function, or what it calls in this module, store to a field or global of this name? */
bool effects_may_write(const struct unit_effects *effects, const struct ir_function *function, const char *name);
/* The names of those fields and globals (borrowed), NULL among them for stores
 * through a plain pointer; their number. */
size_t effects_writes(const struct unit_effects *effects, const struct ir_function *function,
		      const char *const **names);
/* Does the parameter carry a user-space pointer: by its type, by the function's
 * role, or because every caller in the module passes such a parameter of its own? */
bool effects_param_is_user(const struct unit_effects *effects, const struct ir_function *function, int param);
/* Is the function's result what the kernel (or another file) gets: it has a role,
 * is visible outside or called through a pointer, or a caller like that returns it as it is? */
bool effects_result_is_outcome(const struct unit_effects *effects, const struct ir_function *function);
/* Does the function only compute a pointer from its arguments: no store, no
 * assembly, no calls but of such functions? */
bool effects_is_accessor(const struct unit_effects *effects, const struct ir_function *function);
/* Direct calls of the function in the module. */
int effects_caller_count(const struct unit_effects *effects, const struct ir_function *function);
/* Does another function of the module release an object of the resource through
 * the same last field name (or global variable) without acquiring it itself? */
bool effects_released_elsewhere(const struct unit_effects *effects, const struct ir_function *function,
				const struct rp_resource *resource, const char *object);
/* Does a function of the module that does not call this one take and release such an object in its own body? */
bool effects_paired_elsewhere(const struct unit_effects *effects, const struct ir_function *function,
			      const struct rp_resource *resource, const char *object);
/* May somebody who leads to the function release such an object in his own body? Everybody may of whom the module
 * knows nothing. */
bool effects_released_by_callers(const struct unit_effects *effects, const struct ir_function *function,
				 const struct rp_resource *resource, const char *object);
/* The direct calls of the function in the module. */
struct caller_site;
size_t effects_direct_callers(const struct unit_effects *effects, const struct ir_function *function,
			      const struct caller_site **sites);

/* Does any other function of the module release such an object? object NULL: whatever it is called. */
bool effects_released_anywhere(const struct unit_effects *effects, const struct ir_function *function,
			       const struct rp_resource *resource, const char *object);
/* Can the driver be unloaded by a function of this module (a role with exit), and
 * is the module whole? */
bool effects_unloads_here(const struct unit_effects *effects);
/* Is a function of another module, or of the kernel, what ends a device of this one (`.remove = core_remove`)? */
bool effects_ended_elsewhere(const struct unit_effects *effects);
/* Is the function in an init role, or called (also through others) by one that is? */
bool effects_runs_in_init(const struct unit_effects *effects, const struct ir_function *function);
/* May a structured exception leave the function: an API that raises, not inside a __try of its own? */
bool effects_may_raise(const struct unit_effects *effects, const struct ir_function *function);
/* Is the function called from inside a __try with a handler anywhere in the module? */
bool effects_called_in_try(const struct unit_effects *effects, const struct ir_function *function);

/* ---- names of objects -------------------------------------------------------- */

/* The last name of an object's text, by which lock-like objects are told from
 * their siblings: "lock" of `dev->lock`, `other.lock` and `lock`. Borrowed from text. */
const char *effects_object_name(const char *text);

/* The class of the object that an argument names, equal for all objects of the
 * same kind: "struct tag.field" of &dev->lock, dev->lock and &dev->sub[i].lock
 * (the innermost field), a global's name, "file.c:name" of a static variable;
 * NULL: a local, a parameter, not known. Interned in the pool, or, when pool is
 * NULL, on the arena. */
const char *effects_object_class(struct arena *arena, struct intern_pool *pool, const struct ir_expr *expr);

/* Does the function, or what it calls in the module, mention the field or
 * variable of that class in an expression? */
bool effects_mentions(const struct unit_effects *effects, const struct ir_function *function, const char *object_class);

/* ---- roles --------------------------------------------------------------------- */

/* One way in which a function came by a role. */
struct role_binding {
	const struct rp_role *role;
	struct span span; /* where it is registered or bound; of its own name when the declaration says it */
	const struct ir_function *registered_in; /* NULL: an initialiser, a macro, the declaration */
	const struct ir_call *call;		 /* the registering call, or NULL */
	int object_arg;				 /* argument of the call that it serves (a timer); -1: none */
	const char *served; /* class of the object it serves (also of `dev->timer.function = f`), or NULL */
};

/* In the order: what the declaration says, what function bodies and then what
 * initialisers bind; each role with the same served object once. */
const struct role_binding *effects_role_bindings(const struct unit_effects *effects, const struct ir_function *function,
						 int *count);
/* The role of the first binding, or NULL. */
const struct rp_role *effects_role(const struct unit_effects *effects, const struct ir_function *function);

#endif
