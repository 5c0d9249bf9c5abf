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
static void link_events(struct loader *loader, struct rp_resource *resource, struct yaml_node *node)
{
	struct yaml_node *own = yaml_node_get(node, "events"), *transitions = yaml_node_get(node, "transitions");
	size_t most = (size_t)(own->count + transitions->count);
	resource->events = ARENA_ARRAY(loader->kept, const char *, most);
	for (int i = 0; i < own->count; i++) {
		struct yaml_node *event = own->items[i];
		if (rp_resource_event(resource, event->text) >= 0)
			yaml_error_at_node(loader->yaml, event, "event %s is listed twice",
					   yaml_quote(loader->yaml, event->text));
		else
			resource->events[resource->event_count++] = event->text;
	}
	for (int i = 0; i < transitions->count; i++) {
		const char *event = yaml_node_text(transitions->items[i], "event");
		if (yaml_word_value(rp_words_implicit_event, event, -1) >= 0 && rp_resource_event(resource, event) < 0)
			resource->events[resource->event_count++] = event;
	}
}

static void link_states(struct loader *loader, struct rp_resource *resource, struct yaml_node *node)
{
	struct yaml_node *list = yaml_node_get(node, "states");
	bool has_held = false;
	resource->states = ARENA_ARRAY(loader->kept, struct rp_state, (size_t)list->count);
	resource->state_count = list->count;
	for (int i = 0; i < list->count; i++) {
		struct yaml_node *item = list->items[i], *name = yaml_node_get(item, "name");
		if (rp_resource_state(resource, name->text) >= 0)
			yaml_error_at_node(loader->yaml, name, "state %s is listed twice",
					   yaml_quote(loader->yaml, name->text));
		if (strcmp(name->text, "unknown") == 0 || strcmp(name->text, "same") == 0)
			yaml_error_at_node(loader->yaml, name, "'%s' has a meaning of its own in transitions",
					   name->text);
		resource->states[i] = (struct rp_state){
			.name = name->text,
			.is_held = yaml_node_bool(item, "held"),
			.is_atomic = yaml_node_bool(item, "atomic"),
			.irql = (enum rp_irql)yaml_word_value(rp_words_irql, yaml_node_text(item, "irql"),
							      RP_IRQL_UNSAID),
			.shown_field = yaml_node_text(yaml_node_get(item, "shown-by"), "field"),
			.shown_bits = yaml_node_text(yaml_node_get(item, "shown-by"), "bits"),
		};
		if (resource->states[i].shown_bits)
			rp_constant_add(loader, resource->states[i].shown_bits);
		has_held = has_held || resource->states[i].is_held;
	}
	if (resource->exit_policy != RP_EXIT_NONE && !has_held)
		yaml_error_at_node(loader->yaml, yaml_node_get(node, "on-exit"),
				   "on-exit needs a state with 'held: true'");
}

static int link_event(struct loader *loader, const struct rp_resource *resource, struct yaml_node *node)
{
	int event = rp_resource_event(resource, node->text);
	if (event >= 0)
		return event;
	struct yaml_suggestion near = { .text = node->text };
	for (int i = 0; i < resource->event_count; i++)
		yaml_suggestion_offer(&near, resource->events[i]);
	yaml_suggestion_offer_words(&near, rp_words_implicit_event);
	yaml_error_at_node(loader->yaml, node, "unknown event %s%s", yaml_quote(loader->yaml, node->text),
			   yaml_suggestion_text(loader->yaml, &near));
	return -1;
}

/* False after an error message. */
static bool link_state(struct loader *loader, int *state, const struct rp_resource *resource, struct yaml_node *node,
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
	struct yaml_suggestion near = { .text = node->text };
	for (int i = 0; i < resource->state_count; i++)
		yaml_suggestion_offer(&near, resource->states[i].name);
	yaml_suggestion_offer(&near, "unknown");
	yaml_error_at_node(loader->yaml, node, "unknown state %s%s", yaml_quote(loader->yaml, node->text),
			   yaml_suggestion_text(loader->yaml, &near));
	return false;
}

/* One row; two rows for a state and an event would make the automaton ambiguous. */
static void add_row(struct loader *loader, struct rp_resource *resource, struct rp_transition row,
		    struct yaml_node *from)
{
	for (int i = 0; i < resource->transition_count; i++) {
		const struct rp_transition *other = &resource->transitions[i];
		if (other->from == row.from && other->event == row.event) {
			yaml_error_at_node(loader->yaml, from, "a second transition from %s by event '%s'",
					   yaml_quote(loader->yaml, from->text), resource->events[row.event]);
			return;
		}
	}
	resource->transitions[resource->transition_count++] = row;
}

static void link_transition(struct loader *loader, struct rp_resource *resource, struct yaml_node *node)
{
	struct yaml_node *from = yaml_node_get(node, "from");
	struct rp_transition row = { .violation = yaml_node_text(node, "violation") };
	row.event = link_event(loader, resource, yaml_node_get(node, "event"));
	bool is_good = link_state(loader, &row.to, resource, yaml_node_get(node, "to"), true);
	int count = from->kind == YAML_NODE_LIST ? from->count : 1;
	for (int i = 0; i < count; i++) {
		struct yaml_node *source = from->kind == YAML_NODE_LIST ? from->items[i] : from;
		if (link_state(loader, &row.from, resource, source, false) && is_good && row.event >= 0)
			add_row(loader, resource, row, source);
	}
}

static void link_transitions(struct loader *loader, struct rp_resource *resource, struct yaml_node *node)
{
	struct yaml_node *list = yaml_node_get(node, "transitions");
	size_t most = 0;
	for (int i = 0; i < list->count; i++) {
		const struct yaml_node *from = yaml_node_get(list->items[i], "from");
		most += from->kind == YAML_NODE_LIST ? (size_t)from->count : 1;
	}
	resource->transitions = ARENA_ARRAY(loader->kept, struct rp_transition, most);
	for (int i = 0; i < list->count; i++)
		link_transition(loader, resource, list->items[i]);
}

static void link_steps(struct loader *loader, struct rp_resource *resource, struct yaml_node *node)
{
	struct yaml_node *steps = yaml_node_get(node, "steps");
	resource->step_texts = ARENA_ARRAY(loader->kept, const char *, (size_t)resource->event_count);
	for (int i = 0; i < yaml_node_count(steps); i++) {
		struct yaml_node *step = steps->items[i];
		int event = rp_resource_event(resource, step->key);
		if (event >= 0) {
			resource->step_texts[event] = step->text;
			continue;
		}
		struct yaml_suggestion near = { .text = step->key };
		for (int j = 0; j < resource->event_count; j++)
			yaml_suggestion_offer(&near, resource->events[j]);
		yaml_error_at_key(loader->yaml, step, "unknown event %s%s", yaml_quote(loader->yaml, step->key),
				  yaml_suggestion_text(loader->yaml, &near));
	}
}

void rp_link_resource(struct loader *loader, struct entry *entry)
{
	struct rp_resource *resource = ARENA_NEW(loader->kept, struct rp_resource);
	struct yaml_node *node = entry->node;
	const char *noun = yaml_node_text(node, "noun");
	entry->linked = resource;
	resource->name = entry->name;
	resource->noun = noun ? noun : entry->name;
	resource->identity = (enum rp_identity)yaml_word_value(rp_words_identity, yaml_node_text(node, "identity"), 0);
	resource->is_counted = yaml_node_bool(node, "counted");
	resource->is_memory = yaml_node_bool(node, "memory");
	resource->same_irql = yaml_node_bool(node, "same-irql");
	resource->exit_policy = (enum rp_exit_policy)yaml_word_value(rp_words_exit_policy,
								     yaml_node_text(node, "on-exit"), RP_EXIT_NONE);
	resource->is_stacked = yaml_node_bool(node, "stacked");
	resource->forgotten_by = yaml_node_texts(loader->kept, yaml_node_get(node, "forgotten-by"));
	resource->forgotten_by_count = yaml_node_count(yaml_node_get(node, "forgotten-by"));
	resource->file = entry->name_node->span.file;
	resource->line = entry->name_node->span.line;
	link_events(loader, resource, node);
	link_states(loader, resource, node);
	link_transitions(loader, resource, node);
	link_steps(loader, resource, node);
}
