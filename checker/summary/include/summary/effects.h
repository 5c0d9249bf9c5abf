/* What each function of a unit may do to what its callers hold: coarse,
 * flow-insensitive and transitive over the unit's own calls. Enough to know
 * when a helper cannot have released a lock or kept a pointer; the path-sensitive
 * summaries of DESIGN section 5 point 5 take its place behind this interface.
 *
 * Errs towards "may": an indirect call or an unknown callee keeps what it gets. */
#ifndef SO2_SUMMARY_EFFECTS_H
#define SO2_SUMMARY_EFFECTS_H

#include "ir/ir.h"
#include "rulepack/rulepack.h"

struct unit_effects;

/* Reads the lowered functions of the unit (no CFG needed); result on the arena. */
struct unit_effects *effects_compute(struct arena *arena, const struct rule_set *rules, const struct ir_unit *unit);

/* May the function, or what it calls in this unit, cause the event on an object
 * of the resource? `object` is the user's text for it (`dev->lock`): objects are
 * told apart by their last name only; NULL: any object. */
bool effects_may_cause(const struct unit_effects *effects, const struct ir_function *function,
		       const struct rp_resource *resource, int event, const char *object);
/* May the pointer given as parameter `param` still be reachable after the call
 * (stored, handed on to somebody who keeps it, returned)? */
bool effects_param_escapes(const struct unit_effects *effects, const struct ir_function *function, int param);
/* May the pointee of the parameter be released (by an event that leaves the held states) inside? */
bool effects_param_released(const struct unit_effects *effects, const struct ir_function *function, int param);
/* May the function, or what it calls in this unit, store to a field or global of this name? */
bool effects_may_write(const struct unit_effects *effects, const struct ir_function *function, const char *name);
/* The names of those fields and globals (borrowed), NULL among them for stores
 * through a plain pointer; their number. */
size_t effects_writes(const struct unit_effects *effects, const struct ir_function *function,
		      const char *const **names);
/* Does the parameter carry a user-space pointer: by its type, by the function's
 * role, or because every caller in the unit passes such a parameter of its own? */
bool effects_param_is_user(const struct unit_effects *effects, const struct ir_function *function, int param);
/* Is the function's result what the kernel (or another file) gets: it has a role,
 * is visible outside or called through a pointer, or a caller like that returns it as it is? */
bool effects_result_is_outcome(const struct unit_effects *effects, const struct ir_function *function);
/* Does the function only compute a pointer from its arguments: no store, no
 * assembly, no calls but of such functions? */
bool effects_is_accessor(const struct unit_effects *effects, const struct ir_function *function);
/* Direct callers of the function in the unit. */
int effects_caller_count(const struct unit_effects *effects, const struct ir_function *function);
/* Does another function of the unit release an object of the resource through
 * the same last field name (or global variable) without this function? */
bool effects_released_elsewhere(const struct unit_effects *effects, const struct ir_function *function,
				const struct rp_resource *resource, const char *object);

/* Does any other function of the unit release such an object? name NULL: whatever it is called. */
bool effects_released_anywhere(const struct unit_effects *effects, const struct ir_function *function,
			       const struct rp_resource *resource, const char *object);
/* Can the driver be unloaded by a function of this unit (a role with exit), and
 * does the unit call no function of another of the driver's files? */
bool effects_unloads_here(const struct unit_effects *effects);
/* Is the function in an init role, or called (also through others) by one that is? */
bool effects_runs_in_init(const struct unit_effects *effects, const struct ir_function *function);
/* May a structured exception leave the function: an API that raises, not inside a __try of its own? */
bool effects_may_raise(const struct unit_effects *effects, const struct ir_function *function);
/* Is the function called from inside a __try with a handler anywhere in the unit? */
bool effects_called_in_try(const struct unit_effects *effects, const struct ir_function *function);

/* The last name of an object's text, by which lock-like objects are told from
 * their siblings: "lock" of `dev->lock`, `other.lock` and `lock`. Borrowed from text. */
const char *effects_object_name(const char *text);

/* The role bound to a function by an ops field or registering macro, or NULL. */
const struct rp_role *effects_role(const struct unit_effects *effects, const struct ir_function *function);

#endif
