/* Which of several ways a finding tells. Where ways with the same objects meet
 * they become one state, which keeps the trace of one of them; a condition
 * further on may be possible only for another. What is told must not contradict
 * itself, so the ways that were joined are tried until the conditions on one of
 * them agree with each other. */
#include "engine_int.h"

#define MAX_JOINED 4 /* ways remembered between two steps of a trace */
#define MAX_TRIES 64 /* ways looked at for one finding */

void told_join(struct analysis *a, struct flow_state *target, const struct flow_state *incoming, int block)
{
	struct joined *joined;
	int count = 0;

	/* The ways round a loop repeat what is told already. */
	if (target->trace == incoming->trace || a->cfg->blocks[block]->is_loop_head)
		return;
	for (const struct joined *item = target->joined; item; item = item->next)
		if (item->trace == incoming->trace || ++count == MAX_JOINED)
			return;
	joined = ARENA_NEW(a->arena, struct joined);
	*joined = (struct joined){ .trace = incoming->trace,
				   .walk = incoming->walk,
				   .instead_of = target->walk,
				   .earlier = incoming->joined,
				   .next = target->joined };
	target->joined = joined;
}

/* ---- does a way agree with itself? ----------------------------------------------- */

/* Asked in a loop, the same value may be another one each time. */
static bool is_asked_again(const struct told_path *told, int index)
{
	for (int i = 0; i < index; i++) /* newest first */
		if (told->items[i]->insn == told->items[index]->insn)
			return true;
	return false;
}

static bool is_consistent(struct analysis *a, const struct told_path *told)
{
	struct flow_state *state = state_create(a);

	for (int i = told->count - 1; i >= 0; i--) {
		const struct trace *item = told->items[i];

		if (item->condition && !is_asked_again(told, i) &&
		    !state_assume(a, state, item->condition, item->taken))
			return false;
	}
	return true;
}

static bool is_event_of(const struct violation *v, const struct trace *trace)
{
	return trace->resource && trace->resource == v->resource && trace->key == v->key;
}

static int next_event(const struct violation *v, const struct told_path *told, int from)
{
	while (from < told->count && !is_event_of(v, told->items[from]))
		from++;
	return from;
}

/* The same happens to the object on both ways. */
static bool tells_the_same(const struct violation *v, const struct told_path *left, const struct told_path *right)
{
	int l = next_event(v, left, 0), r = next_event(v, right, 0);

	while (l < left->count && r < right->count && left->items[l]->insn == right->items[r]->insn) {
		l = next_event(v, left, l + 1);
		r = next_event(v, right, r + 1);
	}
	return l == left->count && r == right->count;
}

/* ---- all ways ------------------------------------------------------------------------ */

struct telling {
	struct analysis *a;
	const struct violation *v;
	struct told_path now, first;
	int tries;
};

static bool tell_from(struct telling *telling, const struct trace *trace, const struct joined *joined);

/* To the end of the way: the one that the state kept comes first. */
static bool judge_way(struct telling *telling)
{
	if (telling->tries++ == 0)
		telling->first = telling->now;
	else if (!tells_the_same(telling->v, &telling->first, &telling->now))
		return false;
	return is_consistent(telling->a, &telling->now);
}

static bool tell_along(struct telling *telling, const struct trace *trace)
{
	struct told_path *now = &telling->now;
	bool is_found;

	if (!trace || now->count == MAX_TOLD)
		return judge_way(telling);
	now->items[now->count++] = trace;
	is_found = tell_from(telling, trace->parent, trace->joined);
	now->count -= !is_found;
	return is_found;
}

static bool tell_from(struct telling *telling, const struct trace *trace, const struct joined *joined)
{
	struct told_path *now = &telling->now;

	if (tell_along(telling, trace))
		return true;
	for (; joined && telling->tries < MAX_TRIES && now->detour_count < MAX_DETOURS; joined = joined->next) {
		now->detours[now->detour_count++] = joined;
		if (tell_from(telling, joined->trace, joined->earlier))
			return true;
		now->detour_count--;
	}
	return false;
}

void told_choose(struct analysis *a, const struct violation *v, struct told_path *told)
{
	struct telling telling = { .a = a, .v = v };
	const struct trace *newest = v->trace ? v->trace : v->state ? v->state->trace : NULL;
	const struct joined *joined = v->trace || !v->state ? NULL : v->state->joined;

	*told = tell_from(&telling, newest, joined) ? telling.now : telling.first;
	for (int i = 0; i < told->count / 2; i++) {
		const struct trace *swap = told->items[i];

		told->items[i] = told->items[told->count - 1 - i];
		told->items[told->count - 1 - i] = swap;
	}
}
