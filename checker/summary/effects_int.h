/* What the files of this folder share about a module. */
#ifndef SO2_SUMMARY_EFFECTS_INT_H
#define SO2_SUMMARY_EFFECTS_INT_H

#include "base/bitset.h"
#include "base/strmap.h"
#include "summary/callgraph.h"
#include "summary/effects.h"

/* ---- maps.c ------------------------------------------------------------------- */

/* From two pointers to one. */
struct pair_map {
	struct arena *arena;
	struct keymap *outer;
};

struct pair_map pair_map_create(struct arena *arena);
void *pair_map_get(const struct pair_map *map, const void *first, const void *second);
void pair_map_put(struct pair_map *map, const void *first, const void *second, void *value);

/* Texts of which equal ones get one pointer. */
struct text_set {
	struct arena *arena;
	struct keymap *by_hash;
};

struct text_set text_set_create(struct arena *arena);
const char *text_set_find(const struct text_set *set, const char *text); /* NULL: not in it */
const char *text_set_add(struct text_set *set, const char *text);

/* Functions that wait for a look, each once, first come first served. */
struct worklist {
	struct function_effects **ring;
	size_t capacity, first, count;
};

struct worklist worklist_create(struct arena *arena, size_t most);
void worklist_push(struct worklist *list, struct function_effects *function);
struct function_effects *worklist_pop(struct worklist *list); /* NULL: empty */

/* ---- the module's functions ------------------------------------------------------ */

/* An event that a function's own body may cause. name NULL: any object. */
struct cause {
	const struct rp_resource *resource;
	int event;
	const char *name; /* of effects->texts */
};

struct param_effect {
	bool escapes, released;
	bool returned;	      /* or a part of it: the caller sees where it goes */
	bool ended;	      /* released itself, not a lock or timer in it */
	bool is_user;	      /* by type or role */
	bool is_user_by_call; /* every call in the module passes a user parameter */
};

struct id_list {
	int *items;
	size_t count, capacity;
};

struct site_list {
	struct caller_site *items;
	size_t count, capacity;
};

struct function_effects {
	const struct ir_function *function;
	int index; /* in effects->functions */
	int group;
	struct site_list callers;	   /* direct calls */
	struct site_list pointer_callers;  /* calls through pointers that may reach it */
	struct function_effects **callees; /* each once, through pointers too */
	size_t callee_count, callee_capacity;
	struct id_list causes, writes; /* of its own body; numbers of effects->causes and ->write_names */
	struct param_effect *params;
	struct bitset *copies;	    /* by parameter: variables that may hold its value */
	const char **closed_writes; /* names; made when first asked for */
	size_t closed_write_count;
	bool has_closed_writes;
	bool is_queued;
	bool result_is_outcome;
	bool may_raise;	       /* closed over calls */
	bool is_called_in_try; /* somewhere in the module */
	bool runs_in_init;     /* closed over calls */
	struct role_binding *roles;
	size_t role_count, role_capacity;
};

/* A strongly connected component of the call graph. */
struct group {
	struct function_effects **members; /* by index */
	const struct ir_function **functions;
	int count;
	bool is_cyclic;
	struct bitset causes, writes; /* of the members and all they call */
	struct bitset mentions;	      /* likewise, once asked for */
};

/* Causes and causing functions of one resource. */
struct resource_causes {
	struct id_list *by_event;
	struct function_effects **functions;
	size_t function_count, function_capacity;
};

/* What a variable or field of function pointer type may hold. */
struct pointer_node {
	const struct ir_function **functions;
	size_t count, capacity;
	struct pointer_node **flows_to;
	size_t flow_count, flow_capacity;
	bool is_unknown; /* something else too */
	bool is_queued;
};

struct unit_effects {
	struct arena *arena;
	const struct rule_set *rules;
	const struct ir_module *module;
	struct ir_unit **units; /* by file name */
	struct function_effects *functions;
	int count;
	struct keymap *by_function;
	struct group *groups; /* callees first */
	int group_count;
	struct text_set texts;

	bool is_ended_elsewhere; /* a function out of sight has a role with exit */

	struct cause *causes;
	size_t cause_count, cause_capacity;
	struct keymap *cause_ids;      /* hash of a cause to its number + 1 */
	struct keymap *resource_index; /* to struct resource_causes */
	const char **write_names;      /* number 0 is NULL: through a plain pointer */
	size_t write_count, write_capacity;
	struct keymap *write_ids; /* interned name to its number + 1 */

	struct keymap *var_nodes, *result_nodes;
	struct pair_map field_nodes;  /* record, field */
	struct pair_map static_nodes; /* unit, name of a static variable */
	struct keymap *open_records;  /* whose fields somebody else may write, by tag */
	struct pointer_node **queue;  /* while solving */
	size_t queue_count, queue_capacity;

	struct pair_map field_roles; /* record, field to its role */
	struct mentions *mentions;   /* made when first asked for */
};

struct function_effects *effects_find(const struct unit_effects *effects, const struct ir_function *function);

/* ---- collect.c ------------------------------------------------------------------------ */

/* The API that a call means; false for the driver's own functions. */
bool effects_match_call(const struct rule_set *rules, const struct ir_call *call, struct rp_match *match);
int effects_arg_of_param(const struct rp_match *match, const struct ir_call *call, int param);
/* Events that move an object into, or out of, a held state. */
bool effects_event_leads(const struct rp_resource *resource, int event, bool into_held);
bool effects_is_local_storage(const struct ir_place *place);
/* Does the value carry a pointer held by one of the variables (or to inside it)? */
bool effects_carries(const struct ir_expr *expr, const struct bitset *vars);
/* Reads the bodies: causes, writes, direct calls. */
void effects_collect(struct unit_effects *effects);

/* ---- groups.c ------------------------------------------------------------------------ */

void effects_group(struct unit_effects *effects);

/* ---- close.c ------------------------------------------------------------------------- */

void effects_close(struct unit_effects *effects);
bool effects_is_user_param(const struct function_effects *effects, int param);

/* ---- pointers.c ---------------------------------------------------------------------- */

/* Follows function pointers through fields, variables, parameters and results. */
void pointers_solve(struct unit_effects *effects);
/* Functions that the value may be; is_complete: and nothing else but NULL. */
size_t pointers_of(const struct unit_effects *effects, const struct ir_expr *value,
		   const struct ir_function *const **functions, bool *is_complete);
/* As callgraph_targets for a call without a direct callee. */
size_t pointers_targets(const struct unit_effects *effects, const struct ir_call *call,
			const struct ir_function *const **targets);

/* ---- roles.c --------------------------------------------------------------------------- */

void roles_bind(struct unit_effects *effects);

/* ---- classes.c -------------------------------------------------------------------------- */

/* The tag of the record that a field belongs to: of the innermost that has one. NULL: none has. */
const struct ir_type *effects_record_of(const struct ir_place *field);
/* As effects_object_class, of a place and of a variable; one of effects->texts. */
const char *effects_place_class(struct unit_effects *effects, const struct ir_place *place);
const char *effects_expr_class(struct unit_effects *effects, const struct ir_expr *expr);
const char *effects_var_class(struct unit_effects *effects, const struct ir_var *var);

#endif
