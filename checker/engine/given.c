/* Memory that others can reach belongs to whom? A function that fails must still free what it allocated when the
 * object was only put where nobody looks after a failure, and when the function itself frees it on another way that
 * had given it to the same callee with the same outcome. Errs towards "theirs" and so towards silence. */
#include "engine_int.h"

/* Several callees, or different ones on the ways that meet here. */
static const struct ir_insn several;

enum given_outcome { GIVEN_UNTESTED, GIVEN_ZERO, GIVEN_NONZERO };

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

void given_note(const struct analysis *a, struct entry *entry, bool itself)
{
	bool is_call = a->insn && a->insn->kind == IR_CALL;

	entry->given_at = is_call ? a->insn : &several;
	entry->is_given = entry->is_given || itself || !is_call || !is_keeper(a, a->insn);
}

bool given_join(struct entry *target, const struct entry *incoming)
{
	bool is_news = incoming->is_given && !target->is_given;

	target->is_given = target->is_given || incoming->is_given;
	if (target->given_at == incoming->given_at || target->given_at == &several)
		return is_news;
	target->given_at = &several;
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

void given_note_release(struct analysis *a, const struct flow_state *state, const struct entry *entry)
{
	struct own_release release = { .acquired = entry->acquired, .given_at = entry->given_at };
	size_t i;

	if (!entry->acquired || entry->given_at == &several)
		return;
	release.outcome = entry->given_at ? (int)outcome_of(a, state, entry->given_at) : GIVEN_UNTESTED;
	for (i = 0; i < a->own_release_count; i++)
		if (a->own_releases[i].acquired == release.acquired &&
		    a->own_releases[i].given_at == release.given_at && a->own_releases[i].outcome == release.outcome)
			return;
	ARENA_PUSH(a->arena, a->own_releases, a->own_release_count, a->own_release_capacity, release);
}

bool given_is_still_own(struct analysis *a, const struct flow_state *state, const struct entry *entry)
{
	int outcome;
	size_t i;

	/* Of an earlier round of a loop: what is freed there is another one. */
	if (!entry->acquired || entry->given_at == &several || entry->key->kind == SYM_STALE)
		return false;
	outcome = entry->given_at ? (int)outcome_of(a, state, entry->given_at) : GIVEN_UNTESTED;
	for (i = 0; i < a->own_release_count; i++)
		if (a->own_releases[i].acquired == entry->acquired && a->own_releases[i].given_at == entry->given_at &&
		    (a->own_releases[i].outcome == outcome || a->own_releases[i].outcome == GIVEN_UNTESTED))
			return true;
	return false;
}
