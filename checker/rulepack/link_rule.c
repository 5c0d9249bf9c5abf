/* Rules: the texts and sources; link_check.c links what they look for. */
#include "rulepack_int.h"

/* ---- the rule --------------------------------------------------------------------- */

static void link_sources(struct loader *loader, struct rp_rule *rule, const struct yaml_node *list)
{
	rule->source_count = list->count;
	rule->sources = ARENA_ARRAY(loader->kept, struct rp_source, (size_t)list->count);
	for (int i = 0; i < list->count; i++) {
		rule->sources[i].document = yaml_node_text(list->items[i], "document");
		rule->sources[i].place = yaml_node_text(list->items[i], "place");
	}
}

static void link_traps(struct loader *loader, struct rp_rule *rule, const struct yaml_node *list)
{
	if (!list)
		return;
	rule->trap_count = list->count;
	rule->traps = ARENA_ARRAY(loader->kept, struct rp_trap, (size_t)list->count);
	for (int i = 0; i < list->count; i++) {
		rule->traps[i].name = yaml_node_text(list->items[i], "name");
		rule->traps[i].what = yaml_node_text(list->items[i], "what");
	}
}

void rp_link_rule(struct loader *loader, struct entry *entry)
{
	struct rp_rule *rule = ARENA_NEW(loader->kept, struct rp_rule);
	struct yaml_node *node = entry->node, *checks = yaml_node_get(node, "checks");
	entry->linked = rule;
	rule->id = entry->name;
	rule->title = yaml_node_text(node, "title");
	rule->os = entry->os;
	rule->topic = yaml_node_text(node, "topic");
	rule->severity = (enum rp_severity)yaml_word_value(rp_words_severity, yaml_node_text(node, "severity"), 0);
	rule->cwe = yaml_node_texts(loader->kept, yaml_node_get(node, "cwe"));
	rule->cwe_count = yaml_node_count(yaml_node_get(node, "cwe"));
	rule->message = yaml_node_text(node, "message");
	rule->why = yaml_node_text(node, "why");
	rule->help = yaml_node_text(node, "help");
	rule->aliases = yaml_node_texts(loader->kept, yaml_node_get(node, "aliases"));
	rule->alias_count = yaml_node_count(yaml_node_get(node, "aliases"));
	rule->is_preview = yaml_node_bool(node, "preview");
	rule->related = yaml_node_texts(loader->kept, yaml_node_get(node, "related"));
	rule->related_count = yaml_node_count(yaml_node_get(node, "related"));
	rule->doc = entry->doc;
	rule->file = entry->name_node->span.file;
	rule->line = entry->name_node->span.line;
	link_sources(loader, rule, yaml_node_get(node, "source"));
	link_traps(loader, rule, yaml_node_get(node, "traps"));
	rule->check_count = yaml_node_count(checks);
	rule->checks = ARENA_ARRAY(loader->kept, struct rp_check, (size_t)rule->check_count);
	rp_link_fixes(loader, rule, yaml_node_get(node, "fix"));
	rp_link_peers(loader, rule, yaml_node_get(node, "peers"));
	if (!checks && rule->peer_count == 0)
		yaml_error_at_node(loader->yaml, node, "missing key 'checks'");
	for (int i = 0; i < rule->check_count; i++)
		rp_link_check(loader, &rule->checks[i], checks->items[i]);
}
