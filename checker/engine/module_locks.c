/* Locks by class over the whole module: taken in an interrupt and elsewhere
 * without keeping it off, or two of them in both orders. */
#include "module_int.h"

#include <stdlib.h>
#include <string.h>

/* A lock use below a function that the kernel calls. */
struct entered_use {
	const struct role_entry *entry; /* NULL: a function without a role that nobody in the module calls */
	const struct lock_use *use;
};

struct use_list {
	struct entered_use *items;
	size_t count, capacity;
};

static bool same_lock(const struct lock_use *left, const struct lock_use *right)
{
	return left->resource == right->resource && left->lock_class && left->lock_class == right->lock_class;
}

/* As it is written there, or its class. */
static const char *lock_text(const struct lock_use *use)
{
	return use->object ? use->object : use->lock_class;
}

static bool contains(const struct ir_function *function, struct span span)
{
	return function->span.file == span.file && function->span.line <= span.line &&
	       span.line <= function->end_span.line;
}

static const struct ir_function *function_at(const struct module_view *view, struct span span)
{
	size_t i;

	for (i = 0; i < view->summaries->count; i++)
		if (contains(view->summaries->items[i]->function, span))
			return view->summaries->items[i]->function;
	return NULL;
}

/* ---- contexts ------------------------------------------------------------------ */

/* Somebody whom the interrupt may interrupt while the lock is held. Init functions
 * run before the interrupt is there. */
static bool is_interrupted(const struct module_view *view, const struct rp_check *check,
			   const struct entered_use *candidate)
{
	const struct rp_role *role = candidate->entry->binding->role;
	enum rp_mask needed = check->context == RP_CONTEXT_HARDIRQ ? RP_MASK_IRQ : RP_MASK_BH;
	const struct lock_use *use = candidate->use;

	return !role->is_init && !use->is_unsure && use->masks < needed && use->masked < needed &&
	       module_role_matches(view, check, candidate->entry->function);
}

/* Where in the function of the role the use is, or the call that leads to it. */
static struct span place_in_entry(const struct entered_use *use)
{
	return use->use->chain.count > 0 ? use->use->chain.steps[0].span : use->use->span;
}

/* Does the function, before that place, stop callbacks of the family (disable_irq, free_irq)? */
static bool is_stopped_at(const struct module_view *view, const struct ir_function *function, struct span place,
			  const char *family)
{
	size_t i;

	for (i = 0; family && i < view->site_count; i++)
		if (view->sites[i].function == function && view->sites[i].api->stops == family &&
		    span_order(view->sites[i].insn->span, place) < 0)
			return true;
	return false;
}

static bool is_interrupt(const struct module_view *view, const struct ir_function *function)
{
	size_t i;

	for (i = 0; i < view->entry_count; i++)
		if (view->entries[i].function == function &&
		    view->entries[i].binding->role->context > RP_CONTEXT_PROCESS)
			return true;
	return false;
}

/* An exit function runs after the interrupt, or stops it somehow; unless nothing in the module ever does (but the
 * interrupt itself, for a while): then it ends with the device, behind the exit function. */
static bool has_ended(const struct module_view *view, const struct rp_role *role, const char *family)
{
	size_t i;

	for (i = 0; role->is_exit && i < view->site_count; i++)
		if (!family || (view->sites[i].api->stops == family && !is_interrupt(view, view->sites[i].function)))
			return true;
	return false;
}

static bool excludes(const struct rp_role *role, const struct rp_role *other)
{
	int i;

	for (i = 0; i < role->excluded_count; i++)
		if (strcmp(role->excluded[i], other->name) == 0)
			return true;
	return false;
}

/* The interrupt can not come there: it is not yet registered, or stopped. */
static bool is_kept_off(const struct module_view *view, const struct entered_use *use,
			const struct role_entry *interrupting)
{
	const struct role_binding *interrupt = interrupting->binding;
	const struct ir_function *handler = interrupting->function;
	struct span entered = place_in_entry(use);
	const char *family = interrupt->role->family;
	int i;

	if (excludes(use->entry->binding->role, interrupt->role) || has_ended(view, use->entry->binding->role, family))
		return true;
	if (interrupt->registered_in == use->use->function && span_order(use->use->span, interrupt->span) < 0)
		return true;
	if (interrupt->registered_in == use->entry->function && span_order(entered, interrupt->span) < 0)
		return true;
	/* Called by hand, the handler polls: then the interrupt itself is off. */
	if (use->use->function == handler)
		return true;
	for (i = 0; i < use->use->chain.count; i++)
		if (function_at(view, use->use->chain.steps[i].span) == handler ||
		    is_stopped_at(view, function_at(view, use->use->chain.steps[i].span), use->use->chain.steps[i].span,
				  family))
			return true;
	return is_stopped_at(view, use->use->function, use->use->span, family) ||
	       is_stopped_at(view, use->entry->function, entered, family);
}

/* The event by which a lock is acquired in a mode; -1: not found. */
static int event_of_mode(const struct module_view *view, const struct lock_use *use)
{
	const struct rule_set *rules = view->engine->rules;
	int a, e;

	for (a = 0; a < rules->api_count; a++) {
		for (e = 0; e < rules->apis[a]->effect_count; e++) {
			const struct rp_effect *effect = &rules->apis[a]->effects[e];

			if (effect->resource == use->resource && effect->mode == use->mode &&
			    event_enters_held(effect->resource, effect->event))
				return effect->event;
		}
	}
	return -1;
}

/* Taken for reading: the facts allow the same acquisition once more while it is held. */
static bool is_shared(const struct module_view *view, const struct lock_use *use)
{
	const struct rp_resource *resource = use->resource;
	int event = use->mode ? event_of_mode(view, use) : -1, i, held = RP_STATE_UNKNOWN;

	for (i = 0; i < resource->transition_count; i++)
		if (resource->transitions[i].event == event && resource->transitions[i].from == RP_STATE_UNKNOWN)
			held = resource->transitions[i].to;
	for (i = 0; held >= 0 && i < resource->transition_count; i++)
		if (resource->transitions[i].event == event && resource->transitions[i].from == held)
			return !resource->transitions[i].violation;
	return false;
}

static bool exclude_each_other(const struct module_view *view, const struct lock_use *left,
			       const struct lock_use *right)
{
	return !is_shared(view, left) || !is_shared(view, right);
}

static const struct entered_use *find_interrupt(const struct module_view *view, const struct use_list *interrupts,
						const struct entered_use *interrupted)
{
	size_t i;

	for (i = 0; i < interrupts->count; i++)
		if (same_lock(interrupts->items[i].use, interrupted->use) && !interrupts->items[i].use->is_try &&
		    exclude_each_other(view, interrupts->items[i].use, interrupted->use) &&
		    !is_kept_off(view, interrupted, interrupts->items[i].entry))
			return &interrupts->items[i];
	return NULL;
}

/* Also taken in a hard interrupt: that is the graver defect, and another check's. */
static bool is_taken_in(const struct use_list *interrupts, const struct lock_use *use)
{
	size_t i;

	for (i = 0; i < interrupts->count; i++)
		if (same_lock(interrupts->items[i].use, use))
			return true;
	return false;
}

static void report_context(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check,
			   const struct entered_use *interrupt, const struct entered_use *interrupted)
{
	struct module_finding *finding = ARENA_NEW(view->arena, struct module_finding);
	const struct lock_use *use = interrupted->use;
	const char *context = check->context == RP_CONTEXT_HARDIRQ ? "a hard interrupt" : "a soft interrupt";

	finding->rule = rule;
	finding->check = check;
	finding->span = use->span;
	finding->function = use->function;
	finding->resource = use->resource;
	finding->object = lock_text(use);
	finding->mode = use->mode;
	finding->origin_span = interrupt->use->span;
	finding_entry(view, finding, interrupt->entry);
	finding_chain(finding, &interrupt->use->chain);
	finding_step(finding, interrupt->use->span, STEP_EVENT,
		     arena_printf(view->arena, "`%s` is taken here, in %s", lock_text(interrupt->use), context));
	finding_entry(view, finding, interrupted->entry);
	finding_chain(finding, &use->chain);
	finding_report(view, finding);
}

static void collect_entered(struct module_view *view, const struct rp_check *check, enum rp_context context,
			    struct use_list *list)
{
	size_t i;
	int u;

	for (i = 0; i < view->entry_count; i++) {
		const struct function_summary *summary = NULL;

		if (view->entries[i].binding->role->context == context)
			summary = summaries_find(view->summaries, view->entries[i].function);
		for (u = 0; summary && u < summary->lock_use_count; u++) {
			struct entered_use one = { &view->entries[i], &summary->lock_uses[u] };

			if (module_has_resource(check, one.use->resource))
				ARENA_PUSH(view->arena, list->items, list->count, list->capacity, one);
		}
	}
}

static void check_uses_in(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check,
			  enum rp_context lower, const struct use_list *interrupts)
{
	struct keymap *said = keymap_create(view->arena);
	struct use_list uses = { 0 }, graver = { 0 };
	size_t i;

	collect_entered(view, check, lower, &uses);
	if (check->context == RP_CONTEXT_SOFTIRQ)
		collect_entered(view, check, RP_CONTEXT_HARDIRQ, &graver);
	for (i = 0; i < uses.count; i++) {
		const struct entered_use *interrupt, *use = &uses.items[i];

		if (keymap_get(said, span_key(use->use->span)) || !is_interrupted(view, check, use))
			continue;
		interrupt = find_interrupt(view, interrupts, use);
		if (!interrupt || is_taken_in(&graver, use->use))
			continue;
		keymap_put(said, span_key(use->use->span), view);
		report_context(view, rule, check, interrupt, use);
	}
}

void check_lock_context(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	struct use_list interrupts = { 0 };

	collect_entered(view, check, check->context, &interrupts);
	if (interrupts.count == 0)
		return;
	check_uses_in(view, rule, check, RP_CONTEXT_PROCESS, &interrupts);
	if (check->context == RP_CONTEXT_HARDIRQ)
		check_uses_in(view, rule, check, RP_CONTEXT_SOFTIRQ, &interrupts);
}

/* ---- orders --------------------------------------------------------------------- */

/* The lock of `use` is taken while its held[outer] is. */
struct lock_edge {
	struct entered_use from;
	const struct ir_function *root;
	const struct lock_use *use;
	int outer;
};

struct edge_list {
	struct lock_edge *items;
	size_t count, capacity;
};

static const char *outer_class(const struct lock_edge *edge)
{
	return edge->use->held[edge->outer];
}

const char *class_text(const char *class)
{
	const char *colon = strrchr(class, ':');

	return colon ? colon + 1 : class;
}

static int compare_edges(const void *left, const void *right)
{
	const struct lock_edge *a = left, *b = right;
	int order = span_order(a->use->span, b->use->span);

	if (!order)
		order = span_order(a->use->held_spans[a->outer], b->use->held_spans[b->outer]);
	if (!order)
		order = (a->use->chain.count > b->use->chain.count) - (a->use->chain.count < b->use->chain.count);
	return order ? order : span_order(a->root->span, b->root->span);
}

static void add_edges(struct module_view *view, struct edge_list *edges, const struct ir_function *root,
		      const struct role_entry *entry)
{
	const struct function_summary *summary = summaries_find(view->summaries, root);
	int u, h;

	for (u = 0; summary && u < summary->lock_use_count; u++) {
		const struct lock_use *use = &summary->lock_uses[u];

		for (h = 0; use->lock_class && h < use->held_count && !use->is_try; h++) {
			struct lock_edge edge = { { entry, use }, root, use, h };

			if (use->held[h] != use->lock_class)
				ARENA_PUSH(view->arena, edges->items, edges->count, edges->capacity, edge);
		}
	}
}

static const struct role_entry *entry_of(const struct module_view *view, const struct ir_function *function)
{
	size_t i;

	for (i = 0; i < view->entry_count; i++)
		if (view->entries[i].function == function)
			return &view->entries[i];
	return NULL;
}

/* Only functions that are entered from outside: what their callers may hold is
 * nothing. What init and exit functions do, nobody does at the same time. */
static void collect_edges(struct module_view *view, struct edge_list *edges)
{
	size_t i;

	for (i = 0; i < view->summaries->count; i++) {
		const struct ir_function *root = view->summaries->items[i]->function;
		const struct role_entry *entry = entry_of(view, root);

		if (entry ? entry->binding->role->is_init || entry->binding->role->is_exit :
			    effects_caller_count(view->effects, root) > 0)
			continue;
		add_edges(view, edges, root, entry);
	}
	if (edges->count > 0)
		qsort(edges->items, edges->count, sizeof(*edges->items), compare_edges);
}

/* The resource of a class, by any use of it in the module. */
static const struct rp_resource *resource_of_class(const struct module_view *view, const char *class)
{
	size_t i;
	int u;

	for (i = 0; i < view->summaries->count; i++) {
		const struct function_summary *summary = view->summaries->items[i];

		for (u = 0; u < summary->lock_use_count; u++)
			if (summary->lock_uses[u].lock_class == class)
				return summary->lock_uses[u].resource;
	}
	return NULL;
}

static bool holds(const struct lock_use *use, const char *class)
{
	int h;

	for (h = 0; h < use->held_count; h++)
		if (use->held[h] == class)
			return true;
	return false;
}

/* Both are done under a third lock, so never at the same time. */
static bool have_gate(const struct lock_edge *left, const struct lock_edge *right)
{
	int h;

	for (h = 0; h < left->use->held_count; h++) {
		const char *class = left->use->held[h];

		if (class != outer_class(left) && class != left->use->lock_class && holds(right->use, class))
			return true;
	}
	return false;
}

static bool are_opposed(const struct lock_edge *left, const struct lock_edge *right)
{
	return outer_class(left) == right->use->lock_class && outer_class(right) == left->use->lock_class &&
	       !have_gate(left, right);
}

/* The steps of one order: entry, calls, and in its place among them the outer lock. */
static void add_order(struct module_view *view, struct module_finding *finding, const struct lock_edge *edge)
{
	const struct chain *chain = &edge->use->chain;
	struct span held = edge->use->held_spans[edge->outer];
	const struct ir_function *holder = function_at(view, held);
	const char *text = arena_printf(view->arena, "`%s` is taken here", class_text(outer_class(edge)));
	bool is_said = false;
	int i;

	if (edge->from.entry)
		finding_entry(view, finding, edge->from.entry);
	for (i = 0; i < chain->count; i++) {
		struct chain one = { &chain->steps[i], 1 };

		if (!is_said && holder && contains(holder, one.steps->span) && one.steps->span.line > held.line) {
			finding_step(finding, held, STEP_EVENT, text);
			is_said = true;
		}
		finding_chain(finding, &one);
	}
	if (!is_said)
		finding_step(finding, held, STEP_EVENT, text);
}

static void report_order(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check,
			 const struct lock_edge *first, const struct lock_edge *second)
{
	struct module_finding *finding = ARENA_NEW(view->arena, struct module_finding);

	finding->rule = rule;
	finding->check = check;
	finding->span = second->use->span;
	finding->function = second->use->function;
	finding->resource = second->use->resource;
	finding->object = lock_text(second->use);
	finding->mode = second->use->mode;
	finding->holder = class_text(outer_class(second));
	finding->origin_span = first->use->span;
	add_order(view, finding, first);
	finding_step(finding, first->use->span, STEP_EVENT,
		     arena_printf(view->arena, "`%s` is taken while `%s` is held", class_text(first->use->lock_class),
				  class_text(outer_class(first))));
	add_order(view, finding, second);
	finding_report(view, finding);
}

static uint64_t pair_key(const char *outer, const char *inner)
{
	return KEYMAP_KEY(outer) * 1000003 + KEYMAP_KEY(inner);
}

static bool is_wanted(const struct module_view *view, const struct rp_check *check, const struct lock_edge *edge)
{
	return module_has_resource(check, edge->use->resource) &&
	       module_has_resource(check, resource_of_class(view, outer_class(edge))) &&
	       module_role_matches(view, check, edge->root);
}

static const struct lock_edge *find_opposed(const struct module_view *view, const struct rp_check *check,
					    const struct edge_list *candidates, const struct lock_edge *edge)
{
	size_t i;

	for (i = 0; candidates && i < candidates->count; i++)
		if (are_opposed(&candidates->items[i], edge) && is_wanted(view, check, &candidates->items[i]))
			return &candidates->items[i];
	return NULL;
}

/* The edges seen so far in this order of the two locks. */
static struct edge_list *edges_of_pair(struct module_view *view, struct keymap *pairs, const struct lock_edge *edge)
{
	uint64_t key = pair_key(outer_class(edge), edge->use->lock_class);
	struct edge_list *list = keymap_get(pairs, key);

	if (!list) {
		list = ARENA_NEW(view->arena, struct edge_list);
		keymap_put(pairs, key, list);
	}
	return list;
}

/* Another way to the same two acquisitions, with no more held. */
static bool is_known(const struct edge_list *list, const struct lock_edge *edge)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		if (span_order(list->items[i].use->span, edge->use->span) == 0 &&
		    span_order(list->items[i].use->held_spans[list->items[i].outer],
			       edge->use->held_spans[edge->outer]) == 0 &&
		    list->items[i].use->held_count <= edge->use->held_count)
			return true;
	return false;
}

void check_lock_order(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	struct keymap *pairs = keymap_create(view->arena), *said = keymap_create(view->arena);
	struct edge_list edges = { 0 };
	size_t i;

	collect_edges(view, &edges);
	for (i = 0; i < edges.count; i++) {
		const struct lock_edge *second = &edges.items[i], *first;
		uint64_t opposite = pair_key(second->use->lock_class, outer_class(second));
		struct edge_list *same = edges_of_pair(view, pairs, second);

		if (is_known(same, second) || keymap_get(said, opposite))
			continue;
		ARENA_PUSH(view->arena, same->items, same->count, same->capacity, *second);
		first = is_wanted(view, check, second) ?
				find_opposed(view, check, keymap_get(pairs, opposite), second) :
				NULL;
		if (!first)
			continue;
		keymap_put(said, opposite, view);
		keymap_put(said, pair_key(outer_class(second), second->use->lock_class), view);
		report_order(view, rule, check, first, second);
	}
}
