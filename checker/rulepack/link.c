/* Names to things. The entries of all packs are collected into tables first,
 * a later pack replacing entries of an earlier one; only then is every entry
 * linked, so that a replaced resource is the one all APIs refer to. */
#include "rulepack_int.h"

#include <string.h>

/* ---- tables ----------------------------------------------------------------- */

struct entry *rp_table_find(const struct table *table, const char *name)
{
	return keymap_get(table->by_name, KEYMAP_KEY(name));
}

struct entry *rp_table_add(struct loader *loader, struct table *table, struct node *node, struct node *name_node)
{
	struct entry *entry = rp_table_find(table, name_node->text);
	if (entry && entry->pack == loader->pack) {
		rp_error_at_node(loader, name_node, "%s %s is given twice, first at %s", table->noun,
				 rp_quote(loader, name_node->text), rp_node_place(loader, entry->name_node));
		return NULL;
	}
	if (!entry) {
		entry = ARENA_NEW(loader->arena, struct entry);
		entry->name = name_node->text;
		ARENA_PUSH(loader->arena, table->entries, table->count, table->capacity, entry);
		keymap_put(table->by_name, KEYMAP_KEY(entry->name), entry);
	}
	entry->node = node;
	entry->name_node = name_node;
	entry->pack = loader->pack;
	return entry;
}

struct entry *rp_table_resolve(struct loader *loader, const struct table *table, struct node *reference)
{
	struct entry *entry = rp_table_find(table, reference->text);
	if (entry || loader->is_incomplete)
		return entry;
	struct suggestion near = { .text = reference->text };
	for (int i = 0; i < table->count; i++)
		rp_suggestion_offer(&near, table->entries[i]->name);
	rp_error_at_node(loader, reference, "unknown %s %s%s", table->noun, rp_quote(loader, reference->text),
			 rp_suggestion_text(loader, &near));
	return NULL;
}

/* ---- collecting ------------------------------------------------------------- */

static void collect_list(struct loader *loader, struct table *table, const struct node *list)
{
	if (!list || list->kind != NODE_LIST)
		return;
	for (int i = 0; i < list->count; i++) {
		struct node *name = rp_node_get(list->items[i], "name");
		if (name && name->kind == NODE_SCALAR && *name->text)
			rp_table_add(loader, table, list->items[i], name);
		else
			loader->is_incomplete = true; /* a name is missing: do not complain of its users */
	}
}

void rp_link_collect_facts(struct loader *loader, struct node *root)
{
	collect_list(loader, &loader->apis, rp_node_get(root, "apis"));
	collect_list(loader, &loader->resources, rp_node_get(root, "resources"));
	collect_list(loader, &loader->roles, rp_node_get(root, "roles"));
}

/* The text of the page beside the rule's file (x.md for x.yaml). */
static const char *read_doc(struct loader *loader, struct node *root)
{
	const char *file = root->span.file;
	size_t stem = strlen(file) - strlen(".yaml"), length;
	const char *path = intern(loader->pool, arena_printf(loader->arena, "%.*s.md", (int)stem, file));
	if (!rp_path_is_file(path)) {
		/* Not an error of the tree: what the rule says is still linked and checked. */
		const struct node *id = rp_node_get(root, "id");
		rp_error_at_place(loader, id ? &id->span : &root->span, "the rule has no page: %s is missing",
				  rp_quote(loader, path));
		return NULL;
	}
	const char *doc = rp_text_read(loader, path, &length);
	if (doc && doc[strspn(doc, " \t\r\n")] == '\0')
		rp_error_at_file(loader, path, "the rule's page is empty");
	return doc;
}

void rp_link_collect_rule(struct loader *loader, struct node *root, const char *os)
{
	const char *doc = read_doc(loader, root);
	struct node *id = rp_node_get(root, "id");
	if (!id || id->kind != NODE_SCALAR)
		return;
	const char *slash = strrchr(root->span.file, '/');
	const char *name = slash ? slash + 1 : root->span.file;
	size_t stem = strlen(name) - strlen(".yaml");
	if (strlen(id->text) != stem || strncmp(id->text, name, stem) != 0)
		rp_error_at_place(loader, &id->span, "id: differs from the file's name '%.*s'", (int)stem, name);
	struct entry *entry = rp_table_add(loader, &loader->rules, root, id);
	if (entry) {
		entry->os = intern(loader->pool, os);
		entry->doc = doc;
	}
}

/* Tags and modes are taken from the tree, before linking and also from broken
 * entries: they only say which words exist. */
static void collect_words(struct loader *loader, const struct node *api)
{
	const struct node *tags = rp_node_get(api, "tags"), *effects = rp_node_get(api, "effects");
	for (int i = 0; i < rp_node_count(tags); i++)
		if (tags->items[i]->kind == NODE_SCALAR)
			keymap_put(loader->tags, KEYMAP_KEY(tags->items[i]->text), (void *)tags->items[i]->text);
	for (int i = 0; i < rp_node_count(effects); i++) {
		const char *resource = rp_node_text(effects->items[i], "resource");
		const char *mode = rp_node_text(effects->items[i], "mode");
		struct entry *entry = resource ? rp_table_find(&loader->resources, resource) : NULL;
		if (entry && mode)
			ARENA_PUSH(loader->arena, entry->modes, entry->mode_count, entry->mode_capacity, mode);
	}
}

/* ---- roles ------------------------------------------------------------------ */

static void link_binding(struct loader *loader, struct rp_role_binding *binding, struct node *node,
			 struct keymap *bindings)
{
	*binding = (struct rp_role_binding){
		.record = rp_node_text(node, "record"),
		.field = rp_node_text(node, "field"),
		.macro = rp_node_text(node, "macro"),
	};
	bool is_macro = binding->macro && !binding->record && !binding->field;
	bool is_field = !binding->macro && binding->record && binding->field;
	if (!is_macro && !is_field) {
		rp_error_at_node(loader, node, "expected either the keys record and field, or the key macro");
		return;
	}
	const char *name = is_macro ? binding->macro :
				      arena_printf(loader->arena, "%s.%s", binding->record, binding->field);
	uint64_t key = KEYMAP_KEY(intern(loader->pool, name));
	const struct node *first = keymap_get(bindings, key);
	if (first)
		rp_error_at_node(loader, node, "%s is bound twice, first at %s", rp_quote(loader, name),
				 rp_node_place(loader, first));
	else
		keymap_put(bindings, key, node);
}

void rp_link_role(struct loader *loader, struct entry *entry, struct keymap *bindings)
{
	struct rp_role *role = ARENA_NEW(loader->arena, struct rp_role);
	struct node *node = entry->node, *bound = rp_node_get(node, "bound-by"), *params = rp_node_get(node, "params");
	entry->linked = role;
	role->name = entry->name;
	role->is_init = rp_node_bool(node, "init");
	role->is_exit = rp_node_bool(node, "exit");
	if (role->is_init && role->is_exit)
		rp_error_at_node(loader, rp_node_get(node, "exit"), "a role is either init or exit");
	role->binding_count = bound->count;
	role->bindings = ARENA_ARRAY(loader->arena, struct rp_role_binding, (size_t)bound->count);
	for (int i = 0; i < bound->count; i++)
		link_binding(loader, &role->bindings[i], bound->items[i], bindings);
	role->param_space_count = rp_node_count(params);
	role->param_spaces = ARENA_ARRAY(loader->arena, enum rp_space, (size_t)role->param_space_count);
	for (int i = 0; i < role->param_space_count; i++)
		role->param_spaces[i] = (enum rp_space)rp_word_value(rp_words_role_space, params->items[i]->text,
								     RP_SPACE_ANY);
}

/* ---- everything --------------------------------------------------------------- */

/* The linked forms of a table, in its order. */
static void **gather(struct loader *loader, const struct table *table, int *count)
{
	void **linked = ARENA_ARRAY(loader->arena, void *, (size_t)table->count);
	*count = 0;
	for (int i = 0; i < table->count; i++)
		if (table->entries[i]->linked)
			linked[(*count)++] = table->entries[i]->linked;
	return linked;
}

static void collect_macros(struct loader *loader)
{
	struct rule_set *set = loader->set;
	for (int i = 0; i < set->api_count; i++)
		if (set->apis[i]->kind == RP_API_MACRO)
			ARENA_PUSH(loader->arena, set->macro_names, set->macro_name_count, loader->macro_capacity,
				   set->apis[i]->name);
}

static void finish_set(struct loader *loader)
{
	struct rule_set *set = loader->set;
	set->apis = (struct rp_api **)gather(loader, &loader->apis, &set->api_count);
	set->resources = (struct rp_resource **)gather(loader, &loader->resources, &set->resource_count);
	set->roles = (struct rp_role **)gather(loader, &loader->roles, &set->role_count);
	set->rules = (struct rp_rule **)gather(loader, &loader->rules, &set->rule_count);
	for (int i = 0; i < set->rule_count; i++)
		set->rules[i]->index = i;
	collect_macros(loader);
	rp_index_build(loader);
}

void rp_link_all(struct loader *loader)
{
	for (int i = 0; i < loader->apis.count; i++) {
		const struct node *api = loader->apis.entries[i]->node;
		collect_words(loader, api);
		loader->has_broken_api = loader->has_broken_api || api->is_broken;
	}
	for (int i = 0; i < loader->resources.count; i++)
		if (!loader->resources.entries[i]->node->is_broken)
			rp_link_resource(loader, loader->resources.entries[i]);
	for (int i = 0; i < loader->apis.count; i++)
		if (!loader->apis.entries[i]->node->is_broken)
			rp_link_api(loader, loader->apis.entries[i]);
	struct keymap *bindings = keymap_create(loader->arena);
	for (int i = 0; i < loader->roles.count; i++)
		if (!loader->roles.entries[i]->node->is_broken)
			rp_link_role(loader, loader->roles.entries[i], bindings);
	for (int i = 0; i < loader->rules.count; i++)
		if (!loader->rules.entries[i]->node->is_broken)
			rp_link_rule(loader, loader->rules.entries[i]);
	finish_set(loader);
}
