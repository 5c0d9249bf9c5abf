/* Rules: checks find their resources, violations and tags. */
#include "rulepack_int.h"

#include <string.h>

/* The keys a check of each kind may have beside kind, role and message. */
static const struct {
	const char *keys[4]; /* NULL-terminated */
} check_keys[] = {
	[RP_CHECK_TYPESTATE] = { { "resources", "violations", NULL } },
	[RP_CHECK_NULL_USE] = { { "conventions", "tags", "not-tags", NULL } },
	[RP_CHECK_ERRPTR_NULL_TEST] = { { "tags", NULL } },
	[RP_CHECK_RESULT_IGNORED] = { { "conventions", "tags", "not-tags", NULL } },
	[RP_CHECK_RESIDUE_AS_ERROR] = { { "tags", NULL } },
	[RP_CHECK_SLEEP] = { { "via", "tags", "not-tags", NULL } },
	[RP_CHECK_USER_DEREF] = { { NULL } },
	[RP_CHECK_USER_ARGUMENT] = { { "tags", NULL } },
	[RP_CHECK_USER_INFOLEAK] = { { "tags", NULL } },
};

static const char *const common_keys[] = { "kind", "role", "message", NULL };

static bool is_among(const char *const *words, const char *text)
{
	for (; *words; words++)
		if (strcmp(*words, text) == 0)
			return true;
	return false;
}

static void check_key_use(struct loader *loader, enum rp_check_kind kind, struct node *node)
{
	const char *const *keys = check_keys[kind].keys;
	const char *name = rp_node_text(node, "kind");
	for (int i = 0; i < node->count; i++)
		if (!is_among(keys, node->items[i]->key) && !is_among(common_keys, node->items[i]->key))
			rp_error_at_key(loader, node->items[i], "a check of kind %s has no key '%s'", name,
					node->items[i]->key);
	if (kind != RP_CHECK_TYPESTATE)
		return;
	for (; *keys; keys++)
		if (!rp_node_get(node, *keys))
			rp_error_at_node(loader, node, "missing key '%s'", *keys);
}

/* ---- typestate ---------------------------------------------------------------- */

/* False when one is unknown or broken, so that its violations are not all known. */
static bool link_resources(struct loader *loader, struct rp_check *check, struct node *list)
{
	bool is_whole = true;
	check->resources = ARENA_ARRAY(loader->arena, const struct rp_resource *, (size_t)rp_node_count(list));
	for (int i = 0; i < rp_node_count(list); i++) {
		const struct entry *entry = rp_table_resolve(loader, &loader->resources, list->items[i]);
		is_whole = is_whole && entry && !entry->node->is_broken;
		if (entry && entry->linked)
			check->resources[check->resource_count++] = entry->linked;
	}
	return is_whole;
}

static bool has_violation(const struct rp_resource *resource, const char *violation, struct suggestion *near)
{
	for (int i = 0; i < resource->transition_count; i++) {
		const char *known = resource->transitions[i].violation;
		if (known && strcmp(known, violation) == 0)
			return true;
		if (known)
			rp_suggestion_offer(near, known);
	}
	return false;
}

/* A violation must be raised by a transition of one of the check's resources or by the engine. */
static void link_violation(struct loader *loader, const struct rp_check *check, struct node *node)
{
	struct suggestion near = { .text = node->text };
	rp_suggestion_offer_words(&near, rp_words_violation);
	bool is_known = rp_word_value(rp_words_violation, node->text, -1) >= 0;
	bool can_be_left = false;
	for (int i = 0; i < check->resource_count; i++) {
		is_known = is_known || has_violation(check->resources[i], node->text, &near);
		can_be_left = can_be_left || check->resources[i]->exit_policy != RP_EXIT_NONE;
	}
	if (!is_known)
		rp_error_at_node(loader, node, "no transition of the check's resources has the violation %s%s",
				 rp_quote(loader, node->text), rp_suggestion_text(loader, &near));
	else if (!can_be_left && strcmp(node->text, RP_VIOLATION_LEFT) == 0)
		rp_error_at_node(loader, node, "none of the check's resources has an on-exit policy to break");
}

static void link_typestate(struct loader *loader, struct rp_check *check, struct node *node)
{
	struct node *violations = rp_node_get(node, "violations");
	bool is_whole = link_resources(loader, check, rp_node_get(node, "resources"));
	check->violations = rp_node_texts(loader, violations);
	check->violation_count = rp_node_count(violations);
	for (int i = 0; i < check->violation_count && is_whole; i++)
		link_violation(loader, check, violations->items[i]);
}

/* ---- checks over facts ---------------------------------------------------------- */

static void link_tag(struct loader *loader, struct node *node)
{
	if (loader->is_incomplete || keymap_get(loader->tags, KEYMAP_KEY(node->text)))
		return;
	struct suggestion near = { .text = node->text };
	for (int i = 0; i < loader->apis.count; i++) {
		const struct node *tags = rp_node_get(loader->apis.entries[i]->node, "tags");
		for (int j = 0; j < rp_node_count(tags); j++)
			if (tags->items[j]->kind == NODE_SCALAR)
				rp_suggestion_offer(&near, tags->items[j]->text);
	}
	rp_error_at_node(loader, node, "no api has the tag %s%s", rp_quote(loader, node->text),
			 rp_suggestion_text(loader, &near));
}

static const char **link_tags(struct loader *loader, struct node *list, int *count)
{
	*count = rp_node_count(list);
	for (int i = 0; i < *count; i++)
		link_tag(loader, list->items[i]);
	return rp_node_texts(loader, list);
}

static void link_conventions(struct loader *loader, struct rp_check *check, const struct node *list)
{
	check->convention_count = rp_node_count(list);
	check->conventions = ARENA_ARRAY(loader->arena, enum rp_convention, (size_t)check->convention_count);
	for (int i = 0; i < check->convention_count; i++)
		check->conventions[i] = (enum rp_convention)rp_word_value(rp_words_convention, list->items[i]->text,
									  RP_RESULT_VALUE);
}

static void link_check(struct loader *loader, struct rp_check *check, struct node *node)
{
	const struct node *via = rp_node_get(node, "via");
	check->kind = (enum rp_check_kind)rp_word_value(rp_words_check_kind, rp_node_text(node, "kind"), 0);
	check->role = (enum rp_role_filter)rp_word_value(rp_words_role_filter, rp_node_text(node, "role"), RP_ROLE_ANY);
	check->message = rp_node_text(node, "message");
	check_key_use(loader, check->kind, node);
	link_typestate(loader, check, node);
	link_conventions(loader, check, rp_node_get(node, "conventions"));
	check->tags = link_tags(loader, rp_node_get(node, "tags"), &check->tag_count);
	check->not_tags = link_tags(loader, rp_node_get(node, "not-tags"), &check->not_tag_count);
	for (int i = 0; i < rp_node_count(via); i++)
		check->sleep_kinds |= 1 << rp_word_value(rp_words_via, via->items[i]->text, 0);
}

/* ---- the rule --------------------------------------------------------------------- */

static void link_sources(struct loader *loader, struct rp_rule *rule, const struct node *list)
{
	rule->source_count = list->count;
	rule->sources = ARENA_ARRAY(loader->arena, struct rp_source, (size_t)list->count);
	for (int i = 0; i < list->count; i++) {
		rule->sources[i].document = rp_node_text(list->items[i], "document");
		rule->sources[i].place = rp_node_text(list->items[i], "place");
	}
}

void rp_link_rule(struct loader *loader, struct entry *entry)
{
	struct rp_rule *rule = ARENA_NEW(loader->arena, struct rp_rule);
	struct node *node = entry->node, *checks = rp_node_get(node, "checks");
	entry->linked = rule;
	rule->id = entry->name;
	rule->title = rp_node_text(node, "title");
	rule->os = entry->os;
	rule->severity = (enum rp_severity)rp_word_value(rp_words_severity, rp_node_text(node, "severity"), 0);
	rule->cwe = rp_node_texts(loader, rp_node_get(node, "cwe"));
	rule->cwe_count = rp_node_count(rp_node_get(node, "cwe"));
	rule->message = rp_node_text(node, "message");
	rule->why = rp_node_text(node, "why");
	rule->help = rp_node_text(node, "help");
	rule->aliases = rp_node_texts(loader, rp_node_get(node, "aliases"));
	rule->alias_count = rp_node_count(rp_node_get(node, "aliases"));
	rule->is_preview = rp_node_bool(node, "preview");
	rule->doc = entry->doc;
	rule->file = entry->name_node->span.file;
	rule->line = entry->name_node->span.line;
	link_sources(loader, rule, rp_node_get(node, "source"));
	rule->check_count = checks->count;
	rule->checks = ARENA_ARRAY(loader->arena, struct rp_check, (size_t)checks->count);
	for (int i = 0; i < checks->count; i++)
		link_check(loader, &rule->checks[i], checks->items[i]);
}
