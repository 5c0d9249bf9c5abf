/* Memory that others can reach belongs to whom? A function that fails must still free what it allocated when the
 * object was only put where nobody looks after a failure, and when the function itself frees it on another way that
 * had given it to the same callee with the same outcome. Errs towards "theirs" and so towards silence. */
#include "engine_int.h"

#include <string.h>

/* Several callees, or different ones on the ways that meet here. */
static const struct given several;

enum given_outcome { GIVEN_UNTESTED, GIVEN_ZERO, GIVEN_NONZERO };

bool given_may_end(const struct ir_insn *insn)
{
	static const char *const words[] = { "put",    "free",	  "release",	"unregister", "remove",
					     "del",    "destroy", "clean",	"exit",	      "kill",
					     "cancel", "drop",	  "disconnect", "fini" };
	const struct ir_function *callee = insn->kind == IR_CALL ? insn->call.callee : NULL;
	size_t i;

	if (!callee || callee->in_user_file)
		return true;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(callee->name, words[i]))
			return true;
	return false;
}

/* A function of the kernel that only keeps its argument leaves alone what is stored in it. */
static bool is_keeper(const struct analysis *a, const struct ir_insn *insn)
{
	const struct sym site = { .kind = SYM_CALL, .a = insn };
	const struct rp_api *api = origin_api(a, &site);
	int i;

	for (i = 0; api && i < api->effect_count; i++)
		if (resource_event_releases(api->effects[i].resource, api->effects[i].event))
			return false;
	return api && !rp_api_has_tag(api, "refcount");
}

/* One node for each history, so that equal ones are the same pointer. */
static const struct given *given_make(struct analysis *a, const struct ir_insn *call, const struct given *before)
{
	struct given *node;

	for (node = a->givens; node; node = node->next)
		if (node->call == call && node->before == before)
			return node;
	node = ARENA_NEW(a->arena, struct given);
	*node = (struct given){ .call = call, .before = before, .next = a->givens };
	a->givens = node;
	return node;
}

void given_note(struct analysis *a, struct entry *entry, bool itself)
{
	bool is_call = a->insn && a->insn->kind == IR_CALL;

	if (!is_call)
		entry->given = &several;
	else if (entry->given != &several && !(entry->given && entry->given->call == a->insn))
		entry->given = given_make(a, a->insn, entry->given);
	entry->is_given = entry->is_given || itself || !is_call || !is_keeper(a, a->insn);
}

bool given_join(struct entry *target, const struct entry *incoming)
{
	bool is_news = incoming->is_given && !target->is_given;

	is_news = is_news || (target->is_orphan && !incoming->is_orphan);
	target->is_given = target->is_given || incoming->is_given;
	target->is_orphan = target->is_orphan && incoming->is_orphan;
	if (target->given == incoming->given || target->given == &several)
		return is_news;
	target->given = &several;
	return true;
}

/* What the path knows of the result of the call that was given the object. */
static enum given_outcome outcome_of(struct analysis *a, const struct flow_state *state, const struct ir_insn *call)
{
	const struct ir_type *type;
	struct range range;

	if (call->kind != IR_CALL)
		return GIVEN_UNTESTED;
	type = call->call.callee && call->call.callee->type ? call->call.callee->type->target : NULL;
	range = range_of(state, sym_make(a, SYM_CALL, 0, call, NULL, type));
	if (range.low == 0 && range.high == 0)
		return GIVEN_ZERO;
	return range.nonzero || range.low > 0 || range.high < 0 ? GIVEN_NONZERO : GIVEN_UNTESTED;
}

/* any_outcome: also when the release did not depend on what the call returned. */
static bool is_known_release(const struct analysis *a, const struct own_release *wanted, bool any_outcome)
{
	size_t i;

	for (i = 0; i < a->own_release_count; i++)
		if (a->own_releases[i].acquired == wanted->acquired && a->own_releases[i].call == wanted->call &&
		    (a->own_releases[i].outcome == wanted->outcome ||
		     (any_outcome && a->own_releases[i].outcome == GIVEN_UNTESTED)))
			return true;
	return false;
}

static void add_release(struct analysis *a, const struct own_release *release)
{
	if (!is_known_release(a, release, false))
		ARENA_PUSH(a->arena, a->own_releases, a->own_release_count, a->own_release_capacity, *release);
}

void given_note_release(struct analysis *a, const struct flow_state *state, const struct entry *entry)
{
	struct own_release release = { .acquired = entry->acquired };
	const struct given *given;

	if (!entry->acquired || entry->given == &several)
		return;
	add_release(a, &release); /* given to nobody at all it is even more the function's own */
	for (given = entry->given; given; given = given->before) {
		release.call = given->call;
		release.outcome = (int)outcome_of(a, state, given->call);
		add_release(a, &release);
	}
}

/* A function of the kernel that only uses what it is given, or that would keep it and has failed. */
static bool leaves_alone(const struct analysis *a, const struct ir_insn *call, int outcome)
{
	const struct sym site = { .kind = SYM_CALL, .a = call };
	const struct rp_api *api = origin_api(a, &site);
	int i;

	if (!api || call->kind != IR_CALL || !is_keeper(a, call))
		return false;
	for (i = 0; i < api->param_count; i++)
		if (api->params[i].keeps)
			return (api->convention == RP_RESULT_ERRNO && outcome == GIVEN_NONZERO) ||
			       (api->convention == RP_RESULT_NULL && outcome == GIVEN_ZERO);
	return !api->is_variadic || api->variadic_access != RP_ACCESS_UNKNOWN;
}

bool given_is_still_own(struct analysis *a, const struct flow_state *state, const struct entry *entry)
{
	struct own_release wanted = { .acquired = entry->acquired };
	const struct cfg_block *block = entry->acquired ? block_of(a, entry->acquired) : NULL;
	const struct given *given;

	/* In a loop: what is freed may be another round's. */
	if (!block || entry->given == &several || entry->key->kind == SYM_STALE ||
	    bitset_test(&a->loop_blocks, (size_t)block->id))
		return false;
	if (!is_known_release(a, &wanted, true))
		return false;
	for (given = entry->given; given; given = given->before) {
		wanted.call = given->call;
		wanted.outcome = (int)outcome_of(a, state, given->call);
		if (!is_known_release(a, &wanted, true) && !leaves_alone(a, given->call, wanted.outcome))
			return false;
	}
	return true;
}

/* Is the value stored in memory that callers see, other than below `whole`? */
static bool is_stored_outside(const struct flow_state *state, const struct sym *value, const struct region *whole)
{
	size_t i;

	for (i = 0; i < state->binding_count; i++)
		if (state->bindings[i].value == value && !region_is_local(state->bindings[i].region) &&
		    !(whole && region_is_within(state->bindings[i].region, whole)))
			return true;
	return false;
}

void given_orphan_contents(struct analysis *a, struct flow_state *state, const struct sym *freed)
{
	const struct region *whole = region_pointee(a, freed);
	size_t i, e;

	for (i = 0; i < state->binding_count; i++)
		for (e = 0; region_is_within(state->bindings[i].region, whole) && e < state->entry_count; e++)
			if (state->entries[e].key == state->bindings[i].value && state->entries[e].key != freed &&
			    !is_stored_outside(state, state->entries[e].key, whole))
				state->entries[e].is_orphan = true;
}

bool given_is_stored(const struct flow_state *state, const struct entry *entry)
{
	return is_stored_outside(state, entry->key, NULL);
}
