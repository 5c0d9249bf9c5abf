/* `fix:` of a rule: how its defects are put right in the text. */
#include "rulepack_int.h"

#include <stdlib.h>

/* What each kind needs beside the words for people, and may have of a name. */
static const struct {
	bool needs_value, needs_names, needs_to, may_leave_out;
} kinds[] = {
	[RP_FIX_RELEASE] = { false, false, true, false },  [RP_FIX_RESULT] = { true, false, true, false },
	[RP_FIX_SAFE_LOOP] = { false, true, true, false }, [RP_FIX_SAVE_STATE] = { false, true, true, false },
	[RP_FIX_REPLACE] = { false, true, false, true },
};

static void link_name(struct loader *loader, const struct rp_fix *fix, struct rp_fix_name *name, struct yaml_node *node)
{
	const char *left_out = yaml_node_text(node, "left-out");

	name->of = yaml_node_text(node, "of");
	name->to = yaml_node_text(node, "to");
	name->type = yaml_node_text(node, "type");
	name->left_out = left_out ? atoi(left_out) : 0;
	if (!name->to && kinds[fix->kind].needs_to)
		yaml_error_at_node(loader->yaml, node, "missing key 'to'");
	if (name->left_out && !kinds[fix->kind].may_leave_out)
		yaml_error_at_node(loader->yaml, yaml_node_get(node, "left-out"),
				   "only a fix of kind replace leaves arguments out");
	if (!name->type && fix->kind == RP_FIX_SAVE_STATE)
		yaml_error_at_node(loader->yaml, node,
				   "missing key 'type': that of the variable which keeps the state");
}

static void link_fix(struct loader *loader, struct rp_fix *fix, struct yaml_node *node)
{
	struct yaml_node *names = yaml_node_get(node, "names");

	fix->kind = (enum rp_fix_kind)yaml_word_value(rp_words_fix, yaml_node_text(node, "kind"), 0);
	fix->what = yaml_node_text(node, "what");
	fix->value = yaml_node_text(node, "value");
	fix->name_count = yaml_node_count(names);
	fix->names = ARENA_ARRAY(loader->kept, struct rp_fix_name, (size_t)fix->name_count);
	for (int i = 0; i < fix->name_count; i++)
		link_name(loader, fix, &fix->names[i], names->items[i]);
	if (!fix->value == kinds[fix->kind].needs_value)
		yaml_error_at_node(loader->yaml, node,
				   fix->value ? "only a fix of kind result-to-error has a value" :
						"missing key 'value'");
	if (!names && kinds[fix->kind].needs_names)
		yaml_error_at_node(loader->yaml, node, "missing key 'names'");
}

void rp_link_fixes(struct loader *loader, struct rp_rule *rule, struct yaml_node *node)
{
	bool is_list = node && node->kind == YAML_NODE_LIST;

	if (!node)
		return;
	rule->fix_count = is_list ? node->count : 1;
	rule->fixes = ARENA_ARRAY(loader->kept, struct rp_fix, (size_t)rule->fix_count);
	for (int i = 0; i < rule->fix_count; i++)
		link_fix(loader, &rule->fixes[i], is_list ? node->items[i] : node);
}
