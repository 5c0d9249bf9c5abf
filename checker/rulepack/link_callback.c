/* What an API means for the contexts of a driver's code and for its callbacks:
 * the roles it gives, what it needs of its context, which callbacks it starts,
 * stops and waits for. */
#include "rulepack_int.h"

#include <string.h>

/* ---- roles of functions given to an API ----------------------------------------- */

static void add_given_role(struct loader *loader, const struct rp_api *api, struct rp_param *param,
			   struct yaml_node *role, struct yaml_node *conditions)
{
	struct rp_conditions linked = rp_link_conditions(loader, api, conditions);
	const struct entry *entry = rp_table_resolve(loader, &loader->roles, role);
	if (entry && entry->linked)
		param->given_roles[param->given_role_count++] = (struct rp_given_role){ entry->linked, linked };
}

/* The first row whose conditions hold counts. */
static void add_role_rows(struct loader *loader, const struct rp_api *api, struct rp_param *param,
			  struct yaml_node *list)
{
	for (int i = 0; i < list->count; i++) {
		struct yaml_node *row = list->items[i];
		if (i > 0 && !yaml_node_get(list->items[i - 1], "if"))
			yaml_error_at_node(loader->yaml, row, "this row never counts: the one before it has no 'if'");
		add_given_role(loader, api, param, yaml_node_get(row, "role"), yaml_node_get(row, "if"));
	}
}

static void link_served(struct loader *loader, struct rp_api *api, int param, struct yaml_node *node)
{
	struct yaml_node *serves = yaml_node_get(node, "serves");
	if (!serves)
		return;
	if (!yaml_node_get(node, "role"))
		yaml_error_at_key(loader->yaml, serves, "'serves' goes with 'role'");
	api->params[param].serves_param = rp_link_param(loader, api, serves);
	if (api->params[param].serves_param == param)
		yaml_error_at_node(loader->yaml, serves, "a function is not the object that it serves");
}

void rp_link_given_roles(struct loader *loader, struct rp_api *api, int param, struct yaml_node *node)
{
	struct rp_param *target = &api->params[param];
	struct yaml_node *role = yaml_node_get(node, "role");
	bool is_list = role && role->kind == YAML_NODE_LIST;
	link_served(loader, api, param, node);
	if (!role)
		return;
	target->given_roles = ARENA_ARRAY(loader->kept, struct rp_given_role, is_list ? (size_t)role->count : 1);
	if (is_list)
		add_role_rows(loader, api, target, role);
	else
		add_given_role(loader, api, target, role, NULL);
}

/* ---- context --------------------------------------------------------------------- */

static void link_needs(struct loader *loader, struct rp_api *api, struct yaml_node *needs)
{
	if (needs && needs->kind == YAML_NODE_MAP) {
		api->needs = (unsigned)yaml_word_value(rp_words_need, yaml_node_text(needs, "context"), 0);
		api->need_conditions = rp_link_conditions(loader, api, yaml_node_get(needs, "if"));
		return;
	}
	for (int i = 0; i < yaml_node_count(needs); i++)
		api->needs |= (unsigned)yaml_word_value(rp_words_need, needs->items[i]->text, 0);
}

static void link_context(struct loader *loader, struct rp_api *api, struct yaml_node *node)
{
	struct yaml_node *tells = yaml_node_get(node, "tells-context");
	link_needs(loader, api, yaml_node_get(node, "needs"));
	api->tells = (enum rp_tells)yaml_word_value(rp_words_tells, tells ? tells->text : NULL, RP_TELLS_NOTHING);
	/* Without a result, `process` says that the call itself makes it so. */
	if (tells && rp_api_is_void(node) && api->tells != RP_TELLS_PROCESS)
		yaml_error_at_node(loader->yaml, tells, "a void result cannot tell the context");
	rp_link_irql_range(loader, yaml_node_get(node, "asserts-irql"), &api->asserts_irql_min, &api->asserts_irql_max);
}

/* ---- callbacks and the objects they use ------------------------------------------ */

/* A family is known when some role has it. */
static const char *link_family(struct loader *loader, const struct yaml_node *map, const char *key)
{
	struct yaml_node *node = yaml_node_get(map, key);
	if (!node || loader->is_incomplete || keymap_get(loader->families, KEYMAP_KEY(node->text)))
		return node ? node->text : NULL;
	struct yaml_suggestion near = { .text = node->text };
	for (int i = 0; i < loader->roles.count; i++) {
		const char *family = yaml_node_text(loader->roles.entries[i]->node, "family");
		if (family)
			yaml_suggestion_offer(&near, family);
	}
	yaml_error_at_node(loader->yaml, node, "no role has the family %s%s", yaml_quote(loader->yaml, node->text),
			   yaml_suggestion_text(loader->yaml, &near));
	return NULL;
}

static void link_queue(struct loader *loader, struct rp_api *api, struct yaml_node *queues)
{
	api->queues_param = rp_link_param_key(loader, api, queues, "object");
	api->queues_on_param = rp_link_param_key(loader, api, queues, "on");
	if (api->queues_param >= 0 && api->queues_param == api->queues_on_param)
		yaml_error_at_node(loader->yaml, yaml_node_get(queues, "on"), "an object is not its own queue");
}

/* A parameter, or `global`. */
static int link_object(struct loader *loader, const struct rp_api *api, const struct yaml_node *node, const char *key)
{
	const char *text = yaml_node_text(node, key);

	return text && strcmp(text, "global") == 0 ? RP_OBJECT_SHARED : rp_link_param_key(loader, api, node, key);
}

void rp_link_callbacks(struct loader *loader, struct rp_api *api, struct yaml_node *node)
{
	link_context(loader, api, node);
	link_queue(loader, api, yaml_node_get(node, "queues"));
	api->waits_for_param = link_object(loader, api, node, "waits-for");
	api->initialises_param = rp_link_param_key(loader, api, node, "initialises");
	api->ends_param = rp_link_param_key(loader, api, node, "ends");
	api->signals_param = link_object(loader, api, node, "signals");
	api->starts = link_family(loader, node, "starts");
	api->starts_if = rp_link_conditions(loader, api, yaml_node_get(node, "starts-if"));
	if (yaml_node_get(node, "starts-if") && !api->starts)
		yaml_error_at_node(loader->yaml, yaml_node_get(node, "starts-if"), "'starts-if' goes with 'starts'");
	api->stops = link_family(loader, node, "stops");
}
