/* What the files share that tell what a call without facts does to what its caller has. */
#ifndef SO2_ENGINE_ESCAPE_INT_H
#define SO2_ENGINE_ESCAPE_INT_H

#include "engine_int.h"

/* ---- escape.c ------------------------------------------------------------------- */

/* Does a name of this system's functions speak of the habit (namings)? */
bool name_tells(const struct analysis *a, enum rp_habit habit, const char *name);
/* May the function release an object of the entry's kind and name? */
bool function_releases_such(const struct analysis *a, const struct ir_function *function, const struct entry *entry);
/* The name a store into the region would go by: its last field, or its variable. */
const char *region_field_name(const struct region *region);

/* ---- escape_changes.c ------------------------------------------------------------- */

/* Is the handle stored below what the argument points to? */
bool is_stored_below(struct analysis *a, const struct flow_state *state, const struct sym *arg,
		     const struct sym *handle);
/* What is known of the callee, when it holds for this call; NULL: nothing. */
const struct function_summary *call_valid_summary(const struct analysis *a, const struct call_site *site);
/* The callee may know a handle by another name: `ext->Self`. */
bool unit_function_changes(const struct analysis *a, const struct flow_state *state, const struct ir_function *callee,
			   const struct entry *entry);
/* May the callee have moved the object to another state? */
bool call_may_change(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		     const struct entry *entry);
/* Held, and given to a function of another file that does not speak of letting go. */
bool call_presumably_keeps(const struct analysis *a, const struct call_site *site, const struct entry *entry);

#endif
