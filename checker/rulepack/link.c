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

struct entry *rp_table_add(struct loader *loader, struct table *table, struct yaml_node *node,
			   struct yaml_node *name_node)
{
	struct entry *entry = rp_table_find(table, name_node->text);
	if (entry && entry->pack == loader->pack) {
		yaml_error_at_node(loader->yaml, name_node, "%s %s is given twice, first at %s", table->noun,
				   yaml_quote(loader->yaml, name_node->text),
				   yaml_node_place(loader->yaml, entry->name_node));
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

struct entry *rp_table_resolve(struct loader *loader, const struct table *table, struct yaml_node *reference)
{
	struct entry *entry = rp_table_find(table, reference->text);
	if (entry || loader->is_incomplete)
		return entry;
	struct yaml_suggestion near = { .text = reference->text };
	for (int i = 0; i < table->count; i++)
		yaml_suggestion_offer(&near, table->entries[i]->name);
	yaml_error_at_node(loader->yaml, reference, "unknown %s %s%s", table->noun,
			   yaml_quote(loader->yaml, reference->text), yaml_suggestion_text(loader->yaml, &near));
	return NULL;
}

/* ---- collecting ------------------------------------------------------------- */

static void collect_list(struct loader *loader, struct table *table, const struct yaml_node *list, const char *os)
{
	struct entry *entry;

	if (!list || list->kind != YAML_NODE_LIST)
		return;
	for (int i = 0; i < list->count; i++) {
		struct yaml_node *name = yaml_node_get(list->items[i], "name");
		if (!name || name->kind != YAML_NODE_SCALAR || !*name->text) {
			loader->is_incomplete = true; /* a name is missing: do not complain of its users */
			continue;
		}
		entry = rp_table_add(loader, table, list->items[i], name);
		if (entry)
			entry->os = intern(loader->pool, os);
	}
}

/* A field has no name of its own: the record and the field together are it. */
static void collect_fields(struct loader *loader, const struct yaml_node *list)
{
	for (int i = 0; list && list->kind == YAML_NODE_LIST && i < list->count; i++) {
		const char *record = yaml_node_text(list->items[i], "record");
		const char *field = yaml_node_text(list->items[i], "field");
		if (!record || !field)
			continue;
		struct yaml_node *name = ARENA_NEW(loader->arena, struct yaml_node);
		*name = *yaml_node_get(list->items[i], "record");
		name->text = intern(loader->pool, arena_printf(loader->arena, "%s.%s", record, field));
		rp_table_add(loader, &loader->fields, list->items[i], name);
	}
}

void rp_link_collect_facts(struct loader *loader, struct yaml_node *root, const char *os)
{
	collect_list(loader, &loader->apis, yaml_node_get(root, "apis"), os);
	collect_list(loader, &loader->resources, yaml_node_get(root, "resources"), os);
	collect_list(loader, &loader->roles, yaml_node_get(root, "roles"), os);
	collect_fields(loader, yaml_node_get(root, "fields"));
	collect_list(loader, &loader->variables, yaml_node_get(root, "variables"), os);
	collect_list(loader, &loader->constants, yaml_node_get(root, "constants"), os);
	collect_list(loader, &loader->namings, yaml_node_get(root, "namings"), os);
}

/* The text of the page beside the rule's file (x.md for x.yaml). */
static const char *read_doc(struct loader *loader, struct yaml_node *root)
{
	const char *file = root->span.file;
	size_t stem = strlen(file) - strlen(".yaml"), length;
	const char *path = intern(loader->pool, arena_printf(loader->arena, "%.*s.md", (int)stem, file));
	if (!rp_path_is_file(loader, path)) {
		/* Not an error of the tree: what the rule says is still linked and checked. */
		const struct yaml_node *id = yaml_node_get(root, "id");
		yaml_error_at_place(loader->yaml, id ? &id->span : &root->span, "the rule has no page: %s is missing",
				    yaml_quote(loader->yaml, path));
		return NULL;
	}
	const char *doc = rp_text_read(loader, path, &length);
	if (doc && doc[strspn(doc, " \t\r\n")] == '\0')
		yaml_error_at_file(loader->yaml, path, "the rule's page is empty");
	return doc ? arena_strndup(loader->kept, doc, length) : NULL;
}

void rp_link_collect_rule(struct loader *loader, struct yaml_node *root, const char *os)
{
	const char *doc = read_doc(loader, root);
	struct yaml_node *id = yaml_node_get(root, "id");
	if (!id || id->kind != YAML_NODE_SCALAR)
		return;
	const char *slash = strrchr(root->span.file, '/');
	const char *name = slash ? slash + 1 : root->span.file;
	size_t stem = strlen(name) - strlen(".yaml");
	if (strlen(id->text) != stem || strncmp(id->text, name, stem) != 0)
		yaml_error_at_place(loader->yaml, &id->span, "id: differs from the file's name '%.*s'", (int)stem,
				    name);
	struct entry *entry = rp_table_add(loader, &loader->rules, root, id);
	if (entry) {
		entry->os = intern(loader->pool, os);
		entry->doc = doc;
	}
}

static void collect_given_role(struct loader *loader, const char *role)
{
	if (role)
		keymap_put(loader->given_roles, KEYMAP_KEY(role), (void *)role);
}

/* `role: NAME`, or a list of mappings with conditions. */
static void collect_given_roles(struct loader *loader, const struct yaml_node *role)
{
	if (!role || role->kind == YAML_NODE_MAP)
		return;
	if (role->kind == YAML_NODE_SCALAR)
		collect_given_role(loader, role->text);
	for (int i = 0; i < role->count; i++)
		collect_given_role(loader, yaml_node_text(role->items[i], "role"));
}

/* Tags, modes and given roles are taken from the tree, before linking and also from broken
 * entries: they only say which words exist. */
static void collect_tags(struct loader *loader, const struct yaml_node *entry)
{
	const struct yaml_node *tags = yaml_node_get(entry, "tags");
	for (int i = 0; i < yaml_node_count(tags); i++)
		if (tags->items[i]->kind == YAML_NODE_SCALAR)
			keymap_put(loader->tags, KEYMAP_KEY(tags->items[i]->text), (void *)tags->items[i]->text);
}

static void collect_words(struct loader *loader, const struct yaml_node *api)
{
	const struct yaml_node *effects = yaml_node_get(api, "effects");
	const struct yaml_node *params = yaml_node_get(api, "params");
	for (int i = 0; i < yaml_node_count(params); i++)
		collect_given_roles(loader, yaml_node_get(params->items[i], "role"));
	collect_tags(loader, api);
	for (int i = 0; i < yaml_node_count(effects); i++) {
		const char *resource = yaml_node_text(effects->items[i], "resource");
		const char *mode = yaml_node_text(effects->items[i], "mode");
		struct entry *entry = resource ? rp_table_find(&loader->resources, resource) : NULL;
		if (entry && mode)
			ARENA_PUSH(loader->arena, entry->modes, entry->mode_count, entry->mode_capacity, mode);
	}
}

/* ---- everything --------------------------------------------------------------- */

/* The linked forms of a table, in its order. */
static void **gather(struct loader *loader, const struct table *table, int *count)
{
	void **linked = ARENA_ARRAY(loader->kept, void *, (size_t)table->count);
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
			ARENA_PUSH(loader->kept, set->macro_names, set->macro_name_count, loader->macro_capacity,
				   set->apis[i]->name);
}

static void collect_set_fields(struct loader *loader)
{
	struct rule_set *set = loader->set;
	struct rp_field **fields = (struct rp_field **)gather(loader, &loader->fields, &set->field_count);
	set->fields = ARENA_ARRAY(loader->kept, struct rp_field, (size_t)set->field_count);
	for (int i = 0; i < set->field_count; i++)
		set->fields[i] = *fields[i];
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
	set->variables = (struct rp_variable **)gather(loader, &loader->variables, &set->variable_count);
	set->constants = (struct rp_constant **)gather(loader, &loader->constants, &set->constant_count);
	set->namings = (struct rp_naming **)gather(loader, &loader->namings, &set->naming_count);
	collect_macros(loader);
	collect_set_fields(loader);
	rp_index_build(loader);
}

/* Links the whole entries of a table. */
static void link_table(struct loader *loader, const struct table *table,
		       void (*link)(struct loader *loader, struct entry *entry))
{
	for (int i = 0; i < table->count; i++)
		if (!table->entries[i]->node->is_broken)
			link(loader, table->entries[i]);
}

/* What refers to something comes after it: APIs give roles, roles and effects
 * are about objects of resources, checks name all of them. */
void rp_link_all(struct loader *loader)
{
	for (int i = 0; i < loader->roles.count; i++) {
		const char *family = yaml_node_text(loader->roles.entries[i]->node, "family");
		if (family)
			keymap_put(loader->families, KEYMAP_KEY(family), (void *)family);
	}
	for (int i = 0; i < loader->apis.count; i++) {
		const struct yaml_node *api = loader->apis.entries[i]->node;
		collect_words(loader, api);
		loader->has_broken_api = loader->has_broken_api || api->is_broken;
	}
	for (int i = 0; i < loader->fields.count; i++)
		collect_tags(loader, loader->fields.entries[i]->node);
	for (int i = 0; i < loader->constants.count; i++)
		collect_tags(loader, loader->constants.entries[i]->node);
	loader->bindings = keymap_create(loader->arena);
	link_table(loader, &loader->resources, rp_link_resource);
	link_table(loader, &loader->roles, rp_link_role);
	link_table(loader, &loader->apis, rp_link_api);
	link_table(loader, &loader->fields, rp_link_field);
	link_table(loader, &loader->variables, rp_link_variable);
	link_table(loader, &loader->constants, rp_link_constant);
	link_table(loader, &loader->namings, rp_link_naming);
	link_table(loader, &loader->rules, rp_link_rule);
	finish_set(loader);
}
