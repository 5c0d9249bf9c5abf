/* Summaries: kept by function, compared. How a claim is proved (chains, texts)
 * is not part of what it claims. */
#include "summary/summary.h"

#include "base/strmap.h"

#include <string.h>

/* ---- keeping ----------------------------------------------------------------------- */

struct summaries *summaries_create(struct arena *arena)
{
	struct summaries *summaries = ARENA_NEW(arena, struct summaries);

	summaries->arena = arena;
	summaries->by_function = keymap_create(arena);
	return summaries;
}

const struct function_summary *summaries_find(const struct summaries *summaries, const struct ir_function *function)
{
	return keymap_get(summaries->by_function, KEYMAP_KEY(function));
}

void summaries_put(struct summaries *summaries, struct function_summary *summary)
{
	const struct function_summary *old = summaries_find(summaries, summary->function);
	bool is_replaced = false;

	keymap_put(summaries->by_function, KEYMAP_KEY(summary->function), summary);
	/* A cycle's earlier round is among the last ones. */
	for (size_t i = summaries->count; old && i-- > 0 && !is_replaced;) {
		is_replaced = summaries->items[i] == old;
		if (is_replaced)
			summaries->items[i] = summary;
	}
	if (!is_replaced)
		ARENA_PUSH(summaries->arena, summaries->items, summaries->count, summaries->capacity, summary);
}

/* ---- comparing ----------------------------------------------------------------------- */

bool term_equal(const struct term *left, const struct term *right)
{
	/* Along b without recursion: lists of arguments are chained there. */
	while (left != right) {
		if (!left || !right || left->kind != right->kind || left->op != right->op ||
		    left->value != right->value || left->var != right->var || left->field != right->field ||
		    left->function != right->function || !term_equal(left->a, right->a))
			return false;
		left = left->b;
		right = right->b;
	}
	return true;
}

static bool range_equal(const struct value_range *left, const struct value_range *right)
{
	return left->low == right->low && left->high == right->high && left->nonzero == right->nonzero;
}

static bool facts_equal(const struct term_fact *left, int left_count, const struct term_fact *right, int right_count)
{
	if (left_count != right_count)
		return false;
	for (int i = 0; i < left_count; i++)
		if (!term_equal(left[i].term, right[i].term) || !range_equal(&left[i].range, &right[i].range))
			return false;
	return true;
}

static bool text_equal(const char *left, const char *right)
{
	return left == right || (left && right && strcmp(left, right) == 0);
}

static bool span_equal(const struct span *left, const struct span *right)
{
	return left->file == right->file && left->line == right->line && left->column == right->column;
}

static bool event_equal(const struct summary_event *left, const struct summary_event *right)
{
	if (left->api != right->api || left->effect != right->effect || left->failed != right->failed ||
	    !term_equal(left->key, right->key) || !term_equal(left->result, right->result) ||
	    !term_equal(left->token, right->token))
		return false;
	for (int i = 0; i < SUMMARY_MAX_ARGS; i++)
		if (!term_equal(left->args[i], right->args[i]))
			return false;
	return true;
}

static bool outcome_equal(const struct summary_outcome *left, const struct summary_outcome *right)
{
	if (!range_equal(&left->value, &right->value) || !term_equal(left->result, right->result) ||
	    !facts_equal(left->facts, left->fact_count, right->facts, right->fact_count) ||
	    left->event_count != right->event_count || left->store_count != right->store_count)
		return false;
	for (int i = 0; i < left->event_count; i++)
		if (!event_equal(&left->events[i], &right->events[i]))
			return false;
	for (int i = 0; i < left->store_count; i++)
		if (!term_equal(left->stores[i].address, right->stores[i].address) ||
		    !term_equal(left->stores[i].value, right->stores[i].value))
			return false;
	return true;
}

static bool demand_equal(const struct demand *left, const struct demand *right)
{
	return left->kind == right->kind && left->api == right->api && left->level == right->level &&
	       left->function == right->function && left->mask == right->mask && text_equal(left->name, right->name) &&
	       span_equal(&left->span, &right->span) && term_equal(left->bits, right->bits) &&
	       facts_equal(left->facts, left->fact_count, right->facts, right->fact_count);
}

static bool held_equal(const char *const *left, int left_count, const char *const *right, int right_count)
{
	if (left_count != right_count)
		return false;
	for (int i = 0; i < left_count; i++)
		if (!text_equal(left[i], right[i]))
			return false;
	return true;
}

static bool lock_use_equal(const struct lock_use *left, const struct lock_use *right)
{
	return left->resource == right->resource && left->masks == right->masks && left->masked == right->masked &&
	       left->is_try == right->is_try && left->is_unsure == right->is_unsure &&
	       left->function == right->function && text_equal(left->lock_class, right->lock_class) &&
	       text_equal(left->mode, right->mode) && term_equal(left->lock, right->lock) &&
	       span_equal(&left->span, &right->span) &&
	       held_equal(left->held, left->held_count, right->held, right->held_count);
}

static bool wait_use_equal(const struct wait_use *left, const struct wait_use *right)
{
	return left->api == right->api && left->function == right->function &&
	       text_equal(left->object_class, right->object_class) && span_equal(&left->span, &right->span) &&
	       held_equal(left->held, left->held_count, right->held, right->held_count);
}

static bool numbers_equal(const struct function_summary *left, const struct function_summary *right)
{
	if (left->user_need_count != right->user_need_count || left->user_test_count != right->user_test_count ||
	    left->user_fill_count != right->user_fill_count)
		return false;
	for (int i = 0; i < left->user_need_count; i++)
		if (!term_equal(left->user_needs[i].value, right->user_needs[i].value) ||
		    !span_equal(&left->user_needs[i].span, &right->user_needs[i].span))
			return false;
	for (int i = 0; i < left->user_test_count; i++)
		if (!term_equal(left->user_tests[i].value, right->user_tests[i].value) ||
		    left->user_tests[i].marks != right->user_tests[i].marks)
			return false;
	for (int i = 0; i < left->user_fill_count; i++)
		if (!term_equal(left->user_fills[i], right->user_fills[i]))
			return false;
	return true;
}

static bool needs_equal(const struct function_summary *left, const struct function_summary *right)
{
	if (left->demand_count != right->demand_count || left->lock_use_count != right->lock_use_count ||
	    left->wait_use_count != right->wait_use_count)
		return false;
	for (int i = 0; i < left->demand_count; i++)
		if (!demand_equal(&left->demands[i], &right->demands[i]))
			return false;
	for (int i = 0; i < left->lock_use_count; i++)
		if (!lock_use_equal(&left->lock_uses[i], &right->lock_uses[i]))
			return false;
	for (int i = 0; i < left->wait_use_count; i++)
		if (!wait_use_equal(&left->wait_uses[i], &right->wait_uses[i]))
			return false;
	return true;
}

static bool limits_equal(const struct function_summary *left, const struct function_summary *right)
{
	if (left->opaque_count != right->opaque_count || left->unsure_count != right->unsure_count)
		return false;
	for (int i = 0; i < left->opaque_count; i++)
		if (left->opaque[i] != right->opaque[i])
			return false;
	for (int i = 0; i < left->unsure_count; i++)
		if (left->unsure[i].resource != right->unsure[i].resource ||
		    !term_equal(left->unsure[i].key, right->unsure[i].key))
			return false;
	return true;
}

bool summary_equal(const struct function_summary *left, const struct function_summary *right)
{
	if (left->function != right->function || left->is_valid != right->is_valid ||
	    left->outcome_count != right->outcome_count || left->fresh_count != right->fresh_count)
		return false;
	for (int i = 0; i < left->outcome_count; i++)
		if (!outcome_equal(&left->outcomes[i], &right->outcomes[i]))
			return false;
	return needs_equal(left, right) && numbers_equal(left, right) && limits_equal(left, right);
}
