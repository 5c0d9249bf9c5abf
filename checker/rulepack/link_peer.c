/* `peers:` of a rule: reports of other checkers that mean the same. */
#include "rulepack_int.h"

#include <string.h>

/* Beside the rule's file. */
static const char *script_path(struct loader *loader, struct yaml_node *script)
{
	const char *file = script->span.file, *slash = strrchr(file, '/');
	const char *folder = slash ? arena_strndup(loader->arena, file, (size_t)(slash - file)) : ".";
	const char *path = rp_path_join(loader, folder, script->text);

	if (!rp_path_is_file(loader, path))
		yaml_error_at_node(loader->yaml, script, "there is no file %s beside the rule",
				   yaml_quote(loader->yaml, script->text));
	return path;
}

static void link_peer(struct loader *loader, struct rp_peer *peer, struct yaml_node *node)
{
	struct yaml_node *script = yaml_node_get(node, "script");

	peer->tool = (enum rp_peer_tool)yaml_word_value(rp_words_peer, yaml_node_text(node, "tool"), 0);
	peer->message = yaml_node_text(node, "message");
	peer->joins_only = yaml_node_bool(node, "joins-only");
	peer->in_function = yaml_node_bool(node, "in-function");
	bool is_sparse = peer->tool == RP_PEER_SPARSE;
	if (is_sparse != (peer->message != NULL) || is_sparse == (script != NULL))
		yaml_error_at_node(loader->yaml, node,
				   is_sparse ? "reports of sparse are told by their message, and have no script" :
					       "reports of coccinelle are told by their script, and have no message");
	else if (script)
		peer->script = script_path(loader, script);
	if (peer->in_function && !peer->joins_only)
		yaml_error_at_node(loader->yaml, node, "in-function goes only with joins-only");
}

void rp_link_peers(struct loader *loader, struct rp_rule *rule, struct yaml_node *node)
{
	rule->peer_count = yaml_node_count(node);
	rule->peers = ARENA_ARRAY(loader->kept, struct rp_peer, (size_t)rule->peer_count);
	for (int i = 0; i < rule->peer_count; i++)
		link_peer(loader, &rule->peers[i], node->items[i]);
}
