/* Shared by the files that move objects from state to state. */
#ifndef SO2_ENGINE_TYPESTATE_INT_H
#define SO2_ENGINE_TYPESTATE_INT_H

#include "engine_int.h"

/* typestate.c */
/* The first held state; RP_STATE_UNKNOWN when there is none. */
int resource_held_state(const struct rp_resource *resource);
/* The row for an event in a state (RP_STATE_UNKNOWN: not seen yet), or NULL. */
const struct rp_transition *find_transition(const struct rp_resource *resource, int from, int event);
/* Adds the event to the path. site NULL: no call; mode is shown by step texts. */
void trace_event(struct analysis *a, struct flow_state *state, const struct entry *entry, int event,
		 const struct call_site *site, const char *mode);
/* Reports the violation if a rule wants it and the object is not in doubt.
 * object: what the message names; NULL: the entry's own. */
void typestate_raise(struct analysis *a, struct flow_state *state, const struct entry *entry, const char *violation,
		     struct span span, const struct call_site *site, const char *object);

/* object.c */
/* The symbol the effect is about; NULL when this call does not have it. */
const struct sym *effect_key(struct analysis *a, struct flow_state *state, const struct call_site *site,
			     const struct rp_effect *effect);
/* Object "*p": makes the value that the call stores through p. */
const struct sym *store_pointee_object(struct analysis *a, struct flow_state *state, const struct call_site *site,
				       const struct rp_effect *effect);
/* ... and gives it away when p leads out of the function. */
void escape_stored_object(struct analysis *a, struct flow_state *state, const struct call_site *site,
			  const struct rp_effect *effect, const struct sym *key);
/* As the user writes the object; NULL: it has no name yet. */
const char *effect_object_text(struct analysis *a, const struct call_site *site, const struct rp_effect *effect);
void set_object(struct analysis *a, struct entry *entry, const struct call_site *site, const struct rp_effect *effect);
/* The object's entry, added in state unknown when there is none. */
struct entry *entry_for(struct analysis *a, struct flow_state *state, const struct call_site *site,
			const struct rp_effect *effect, const struct sym *key);

/* token.c */
/* The acquisition saves its token to (or through) a parameter, or returns it. */
void save_token(struct analysis *a, struct flow_state *state, const struct call_site *site, struct entry *entry,
		int param);
/* A token is given back: raises token-wrong when it is not the entry's. */
void restore_token(struct analysis *a, struct flow_state *state, const struct call_site *site, struct entry *entry,
		   int param);
/* A level or an interrupt state that stands for itself is given back: that completes
 * the deferred mismatches, but not those that came before it was taken. */
void settle_pendings(struct flow_state *state, const struct rp_resource *resource, const struct sym *key);
/* Another holder's token is given back, so a release of another mode is right. */
bool token_explains_mode(struct analysis *a, struct flow_state *state, const struct call_site *site,
			 const struct rp_effect *effect, const struct entry *entry);
/* A release that evens out an earlier mismatch of its kind. */
bool pays_back(struct flow_state *state, const struct rp_effect *effect);
/* Does the release fit the mode of the acquisition? Locks are judged at the return. */
void check_mode(struct analysis *a, struct flow_state *state, const struct call_site *site,
		const struct rp_effect *effect, const struct entry *entry);

/* recall.c */
/* The object keeps in mind what the effect says. */
void remember(struct analysis *a, struct flow_state *state, const struct call_site *site,
	      const struct rp_effect *effect, struct entry *entry);
/* Raises argument-mismatch; true: the call is not about this object at all. */
bool check_remembered(struct analysis *a, struct flow_state *state, const struct call_site *site,
		      const struct rp_effect *effect, const struct entry *entry);
/* The IRQL that the effect raises to, by its argument. */
void set_level(struct flow_state *state, const struct call_site *site, const struct rp_effect *effect,
	       struct entry *entry);
/* May events of the resource change the IRQL? */
bool resource_moves_irql(const struct rp_resource *resource, const struct rp_effect *effect);
/* Raises irql-changed for resources that are bound to the IRQL of their acquisition. */
void check_same_irql(struct analysis *a, struct flow_state *state, const struct call_site *site,
		     const struct entry *entry);

/* A release of something read from memory: it may be any of those made here. */
void doubt_siblings(struct flow_state *state, const struct rp_resource *resource, const struct sym *key);

#endif
