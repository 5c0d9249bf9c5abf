/* Authors' annotations as contracts: what contract.c shares with the reading
 * of the names in them. */
#ifndef SO2_ENGINE_CONTRACT_INT_H
#define SO2_ENGINE_CONTRACT_INT_H

#include "typestate_int.h"

/* Whose parameters an annotation speaks of, and what they stand for. */
struct contract_names {
	const struct ir_function *function;
	const struct call_site *site; /* at a call: the arguments; NULL: in the body, on entry */
	int current;		      /* the parameter that carries the annotation; -1: the function does */
};

/* The object an annotation names. It may be the lock or a pointer to it. */
struct contract_object {
	const char *text;
	const struct sym *keys[2];
	int key_count;
	const char *field, *tag;    /* the last field and its record; NULL: none, not known */
	const struct ir_var *var;   /* the global it is, or NULL */
	const struct ir_type *type; /* of the object itself, when no field was named */
	int param;		    /* the parameter it is reached from; -1 */
	const char *beyond;	    /* what follows the parameter's name in the text */
};

/* What the module's own calls acquire objects like it as. */
struct contract_resource {
	const struct rp_resource *resource;
	const struct rp_api *api; /* one such call */
	int event;
	const char *mode;
	bool has_modes, is_ambiguous;
};

enum lock_promise { PROMISE_ACQUIRES, PROMISE_RELEASES, PROMISE_HOLDS, PROMISE_NOT_HELD };

/* An annotation about a lock. */
struct lock_contract {
	const struct ir_annotation *annotation;
	enum lock_promise promise;
	bool is_shared;
	int current; /* index of the parameter that carries it; -1: the function does */
};

#define MAX_LOCK_CONTRACTS 16
struct lock_contracts {
	struct lock_contract items[MAX_LOCK_CONTRACTS];
	int count;
};

/* contract.c */
void contract_locks(const struct ir_function *function, struct lock_contracts *list);
/* Is the same object promised this, too (released and acquired again)? */
bool contract_also(const struct lock_contracts *list, const struct lock_contract *contract, enum lock_promise promise);
const struct ir_annotation *contract_find(const struct ir_function *function, const char *name);
/* The same on a parameter, whose index it gives. */
const struct ir_annotation *contract_find_on_param(const struct ir_function *function, const char *name, int *index);
/* Is the function, or a parameter, annotated at all? */
bool contract_exists(const struct ir_function *function);
/* The IRQL that is its argument; RP_IRQL_UNSAID: none, or NULL given. */
int contract_level(const struct ir_annotation *annotation);
/* An API that saves (or restores) the floating point state, and the effect by which it does. */
bool contract_float_effect(const struct analysis *a, bool saves, const struct rp_api **api,
			   const struct rp_effect **effect);
/* Is the type that of the API's parameter that the effect is about? */
bool contract_is_param_of(const struct analysis *a, const struct rp_api *api, const struct rp_effect *effect,
			  const struct ir_type *type);
/* The text with the object in the place of its %s: what is so instead of what was declared. */
const char *contract_clause(struct analysis *a, const char *format, const char *object);
/* The annotation of the function is contradicted: adds where it stands and reports. */
void contract_report(struct analysis *a, enum rp_contract contract, const struct ir_function *function,
		     const struct ir_annotation *annotation, struct violation *violation);

/* contract_name.c */
/* false: the text is not understood. */
bool contract_resolve(struct analysis *a, struct flow_state *state, const struct contract_names *names,
		      const char *text, struct contract_object *object);
/* Is the entry this object, as something that is locked? */
bool contract_covers(const struct contract_object *object, const struct entry *entry);
/* Have the types the same name? */
bool contract_same_type(const struct ir_type *left, const struct ir_type *right);
/* false: no call of the unit tells. */
bool contract_find_resource(const struct analysis *a, const struct contract_object *object,
			    struct contract_resource *found);

#endif
