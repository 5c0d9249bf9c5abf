/* Memory of the callers' that a function touches, itself or below: a caller
 * that has freed it, or that holds the IRQL too high for it, is told at its
 * call. Only what is surely the callers' at that moment is noted: pointers of
 * the entry state, while nothing on the path was done to what they lead to. */
#include "engine_int.h"

#define MAX_TOUCHES 24

static bool is_moved(const struct flow_state *state, const struct sym *pointer)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		if (entry->resource && entry->resource->is_memory && sym_base_pointer(entry->key) == pointer)
			return true;
	}
	return false;
}

/* Of several ways to the same memory the one with the fewest conditions tells most. */
static void add_touch(struct analysis *a, const struct memory_touch *touch)
{
	struct needs *needs = &a->needs;
	size_t i;

	for (i = 0; i < needs->touch_count; i++) {
		struct memory_touch *known = &needs->touches[i];

		if (known->level != touch->level || !term_equal(known->pointer, touch->pointer))
			continue;
		if (touch->fact_count < known->fact_count)
			*known = *touch;
		return;
	}
	if (needs->touch_count < MAX_TOUCHES)
		ARENA_PUSH(a->engine->module_arena, needs->touches, needs->touch_count, needs->touch_capacity, *touch);
}

/* Said already, without conditions: nothing can be added. */
static bool is_known(const struct analysis *a, const struct term *pointer, int level)
{
	size_t i;

	for (i = 0; i < a->needs.touch_count; i++)
		if (a->needs.touches[i].level == level && a->needs.touches[i].fact_count == 0 &&
		    term_equal(a->needs.touches[i].pointer, pointer))
			return true;
	return false;
}

/* table[i]: which element it is, and whether the path has changed it, can not be told. */
static bool is_selected(const struct sym *pointer)
{
	return pointer->kind == SYM_INITIAL && escape_by_store(pointer->a) == ESCAPE_PASSED;
}

/* Adds a touch of what the pointer leads to, if callers have a name for it. */
static void note(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		 const struct sym *pointer, struct memory_touch touch, const struct chain *below)
{
	const struct facts_below facts = { touch.facts, touch.fact_count };
	const struct term_maker maker = { .a = a, .arena = a->engine->module_arena };
	int level = irql_lower_bound(a, state);

	if ((pointer->kind != SYM_INITIAL && pointer->kind != SYM_APPLY) || pointer->is_user || is_selected(pointer) ||
	    has_left_context(state) || is_moved(state, pointer))
		return;
	if (level > touch.level)
		touch.level = level;
	touch.pointer = term_of(&maker, pointer);
	if (!touch.pointer || is_known(a, touch.pointer, touch.level))
		return;
	if (below)
		touch.chain = *below;
	term_facts(a, state, site, below ? &facts : NULL, &touch.facts, &touch.fact_count);
	add_touch(a, &touch);
}

void touch_note(struct analysis *a, const struct flow_state *state, const struct sym *address, struct span span)
{
	const struct sym *pointer = sym_object_pointer(address);
	struct memory_touch touch = { .level = RP_IRQL_UNSAID, .function = a->function, .span = span };

	if (pointer)
		note(a, state, NULL, pointer, touch, NULL);
}

static void judge(struct analysis *a, struct flow_state *state, const struct call_site *site,
		  const struct function_summary *summary, const struct memory_touch *touch, const struct sym *pointer)
{
	struct call_site inner = *site;
	int level = irql_lower_bound(a, state);

	inner.below = chain_end(a->engine->module_arena, &touch->chain, touch->span, "the memory is used here");
	inner.callee = summary->function->name;
	inner.name = summary->function->name;
	typestate_touch(a, state, &inner, pointer);
	check_paged_touch(a, state, pointer, &inner, level > touch->level ? level : touch->level);
}

void touch_callee(struct analysis *a, struct flow_state *state, const struct call_site *site,
		  const struct function_summary *summary)
{
	const struct term_reader reader = { .a = a, .state = state, .site = site };
	int i;

	for (i = 0; i < summary->touch_count; i++) {
		const struct memory_touch *touch = &summary->touches[i];
		const struct sym *value = term_value(&reader, touch->pointer);
		const struct sym *pointer = value ? sym_object_pointer(value) : NULL;

		if (!pointer || !term_facts_possible(a, state, site, touch->facts, touch->fact_count))
			continue;
		if (is_moved(state, pointer))
			judge(a, state, site, summary, touch, pointer);
		else
			note(a, state, site, pointer, *touch,
			     chain_extend(a->engine->module_arena, &touch->chain, site->insn->span,
					  summary->function->name));
	}
}
