/* Resources: states and events get indices, transitions become rows. */
#include "rulepack_int.h"

#include <string.h>

int rp_resource_event(const struct rp_resource *resource, const char *name)
{
	for (int i = 0; i < resource->event_count; i++)
		if (strcmp(resource->events[i], name) == 0)
			return i;
	return -1;
}

int rp_resource_state(const struct rp_resource *resource, const char *name)
{
	for (int i = 0; i < resource->state_count; i++)
		if (resource->states[i].name && strcmp(resource->states[i].name, name) == 0)
			return i;
	return -1;
}

/* The resource's own events, then the implicit ones its transitions use. */
static void link_events(struct loader *loader, struct rp_resource *resource, struct node *node)
{
	struct node *own = rp_node_get(node, "events"), *transitions = rp_node_get(node, "transitions");
	size_t most = (size_t)(own->count + transitions->count);
	resource->events = ARENA_ARRAY(loader->kept, const char *, most);
	for (int i = 0; i < own->count; i++) {
		struct node *event = own->items[i];
		if (rp_resource_event(resource, event->text) >= 0)
			rp_error_at_node(loader, event, "event %s is listed twice", rp_quote(loader, event->text));
		else
			resource->events[resource->event_count++] = event->text;
	}
	for (int i = 0; i < transitions->count; i++) {
		const char *event = rp_node_text(transitions->items[i], "event");
		if (rp_word_value(rp_words_implicit_event, event, -1) >= 0 && rp_resource_event(resource, event) < 0)
			resource->events[resource->event_count++] = event;
	}
}

static void link_states(struct loader *loader, struct rp_resource *resource, struct node *node)
{
	struct node *list = rp_node_get(node, "states");
	bool has_held = false;
	resource->states = ARENA_ARRAY(loader->kept, struct rp_state, (size_t)list->count);
	resource->state_count = list->count;
	for (int i = 0; i < list->count; i++) {
		struct node *item = list->items[i], *name = rp_node_get(item, "name");
		if (rp_resource_state(resource, name->text) >= 0)
			rp_error_at_node(loader, name, "state %s is listed twice", rp_quote(loader, name->text));
		if (strcmp(name->text, "unknown") == 0 || strcmp(name->text, "same") == 0)
			rp_error_at_node(loader, name, "'%s' has a meaning of its own in transitions", name->text);
		resource->states[i] = (struct rp_state){
			.name = name->text,
			.is_held = rp_node_bool(item, "held"),
			.is_atomic = rp_node_bool(item, "atomic"),
			.irql = (enum rp_irql)rp_word_value(rp_words_irql, rp_node_text(item, "irql"), RP_IRQL_UNSAID),
			.shown_field = rp_node_text(rp_node_get(item, "shown-by"), "field"),
			.shown_bits = rp_node_text(rp_node_get(item, "shown-by"), "bits"),
		};
		if (resource->states[i].shown_bits)
			rp_constant_add(loader, resource->states[i].shown_bits);
		has_held = has_held || resource->states[i].is_held;
	}
	if (resource->exit_policy != RP_EXIT_NONE && !has_held)
		rp_error_at_node(loader, rp_node_get(node, "on-exit"), "on-exit needs a state with 'held: true'");
}

static int link_event(struct loader *loader, const struct rp_resource *resource, struct node *node)
{
	int event = rp_resource_event(resource, node->text);
	if (event >= 0)
		return event;
	struct suggestion near = { .text = node->text };
	for (int i = 0; i < resource->event_count; i++)
		rp_suggestion_offer(&near, resource->events[i]);
	rp_suggestion_offer_words(&near, rp_words_implicit_event);
	rp_error_at_node(loader, node, "unknown event %s%s", rp_quote(loader, node->text),
			 rp_suggestion_text(loader, &near));
	return -1;
}

/* False after an error message. */
static bool link_state(struct loader *loader, int *state, const struct rp_resource *resource, struct node *node,
		       bool is_target)
{
	*state = rp_resource_state(resource, node->text);
	if (*state >= 0)
		return true;
	if (strcmp(node->text, "unknown") == 0) {
		*state = RP_STATE_UNKNOWN;
		return true;
	}
	if (is_target && strcmp(node->text, "same") == 0) {
		*state = RP_STATE_SAME;
		return true;
	}
	struct suggestion near = { .text = node->text };
	for (int i = 0; i < resource->state_count; i++)
		rp_suggestion_offer(&near, resource->states[i].name);
	rp_suggestion_offer(&near, "unknown");
	rp_error_at_node(loader, node, "unknown state %s%s", rp_quote(loader, node->text),
			 rp_suggestion_text(loader, &near));
	return false;
}

/* One row; two rows for a state and an event would make the automaton ambiguous. */
static void add_row(struct loader *loader, struct rp_resource *resource, struct rp_transition row, struct node *from)
{
	for (int i = 0; i < resource->transition_count; i++) {
		const struct rp_transition *other = &resource->transitions[i];
		if (other->from == row.from && other->event == row.event) {
			rp_error_at_node(loader, from, "a second transition from %s by event '%s'",
					 rp_quote(loader, from->text), resource->events[row.event]);
			return;
		}
	}
	resource->transitions[resource->transition_count++] = row;
}

static void link_transition(struct loader *loader, struct rp_resource *resource, struct node *node)
{
	struct node *from = rp_node_get(node, "from");
	struct rp_transition row = { .violation = rp_node_text(node, "violation") };
	row.event = link_event(loader, resource, rp_node_get(node, "event"));
	bool is_good = link_state(loader, &row.to, resource, rp_node_get(node, "to"), true);
	int count = from->kind == NODE_LIST ? from->count : 1;
	for (int i = 0; i < count; i++) {
		struct node *source = from->kind == NODE_LIST ? from->items[i] : from;
		if (link_state(loader, &row.from, resource, source, false) && is_good && row.event >= 0)
			add_row(loader, resource, row, source);
	}
}

static void link_transitions(struct loader *loader, struct rp_resource *resource, struct node *node)
{
	struct node *list = rp_node_get(node, "transitions");
	size_t most = 0;
	for (int i = 0; i < list->count; i++) {
		const struct node *from = rp_node_get(list->items[i], "from");
		most += from->kind == NODE_LIST ? (size_t)from->count : 1;
	}
	resource->transitions = ARENA_ARRAY(loader->kept, struct rp_transition, most);
	for (int i = 0; i < list->count; i++)
		link_transition(loader, resource, list->items[i]);
}

static void link_steps(struct loader *loader, struct rp_resource *resource, struct node *node)
{
	struct node *steps = rp_node_get(node, "steps");
	resource->step_texts = ARENA_ARRAY(loader->kept, const char *, (size_t)resource->event_count);
	for (int i = 0; i < rp_node_count(steps); i++) {
		struct node *step = steps->items[i];
		int event = rp_resource_event(resource, step->key);
		if (event >= 0) {
			resource->step_texts[event] = step->text;
			continue;
		}
		struct suggestion near = { .text = step->key };
		for (int j = 0; j < resource->event_count; j++)
			rp_suggestion_offer(&near, resource->events[j]);
		rp_error_at_key(loader, step, "unknown event %s%s", rp_quote(loader, step->key),
				rp_suggestion_text(loader, &near));
	}
}

void rp_link_resource(struct loader *loader, struct entry *entry)
{
	struct rp_resource *resource = ARENA_NEW(loader->kept, struct rp_resource);
	struct node *node = entry->node;
	const char *noun = rp_node_text(node, "noun");
	entry->linked = resource;
	resource->name = entry->name;
	resource->noun = noun ? noun : entry->name;
	resource->identity = (enum rp_identity)rp_word_value(rp_words_identity, rp_node_text(node, "identity"), 0);
	resource->is_counted = rp_node_bool(node, "counted");
	resource->is_memory = rp_node_bool(node, "memory");
	resource->same_irql = rp_node_bool(node, "same-irql");
	resource->exit_policy = (enum rp_exit_policy)rp_word_value(rp_words_exit_policy, rp_node_text(node, "on-exit"),
								   RP_EXIT_NONE);
	resource->is_stacked = rp_node_bool(node, "stacked");
	resource->forgotten_by = rp_node_texts(loader, rp_node_get(node, "forgotten-by"));
	resource->forgotten_by_count = rp_node_count(rp_node_get(node, "forgotten-by"));
	resource->file = entry->name_node->span.file;
	resource->line = entry->name_node->span.line;
	link_events(loader, resource, node);
	link_states(loader, resource, node);
	link_transitions(loader, resource, node);
	link_steps(loader, resource, node);
}
