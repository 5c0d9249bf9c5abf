/* Finding things in a linked rule set: calls by name, rules by id or alias,
 * roles by binding. The index is built once, when loading ends. */
#include "rulepack_int.h"

#include <string.h>

/* ---- building --------------------------------------------------------------- */

static void add_call(struct loader *loader, struct rule_index *index, const char *name, const struct rp_api *api,
		     const struct rp_shape *shape)
{
	struct rp_match *match = ARENA_NEW(loader->kept, struct rp_match);
	match->api = api;
	match->shape = shape;
	keymap_put(index->calls, KEYMAP_KEY(name), match);
}

/* Shapes give way to an API's own name; two APIs claiming one shape is an error. */
static void add_shapes(struct loader *loader, struct rule_index *index, const struct entry *entry,
		       struct keymap *claims)
{
	const struct rp_api *api = entry->linked;
	const struct yaml_node *list = yaml_node_get(entry->node, "implemented-by");
	for (int i = 0; i < api->shape_count; i++) {
		const struct rp_shape *shape = &api->shapes[i];
		struct yaml_node *name = yaml_node_get(list->items[i], "name");
		const struct yaml_node *first = keymap_get(claims, KEYMAP_KEY(shape->name));
		if (first) {
			yaml_error_at_node(loader->yaml, name, "%s is already claimed at %s",
					   yaml_quote(loader->yaml, shape->name), yaml_node_place(loader->yaml, first));
			continue;
		}
		keymap_put(claims, KEYMAP_KEY(shape->name), name);
		if (!rp_table_find(&loader->apis, shape->name))
			add_call(loader, index, shape->name, api, shape);
	}
}

static void add_aliases(struct loader *loader, struct rule_index *index, const struct entry *entry,
			struct keymap *claims)
{
	const struct yaml_node *list = yaml_node_get(entry->node, "aliases");
	for (int i = 0; i < yaml_node_count(list); i++) {
		struct yaml_node *alias = list->items[i];
		const struct yaml_node *first = keymap_get(claims, KEYMAP_KEY(alias->text));
		if (first) {
			yaml_error_at_node(loader->yaml, alias, "%s is already the id or an alias of a rule, at %s",
					   yaml_quote(loader->yaml, alias->text), yaml_node_place(loader->yaml, first));
			continue;
		}
		keymap_put(claims, KEYMAP_KEY(alias->text), alias);
		keymap_put(index->rules, KEYMAP_KEY(alias->text), entry->linked);
	}
}

void rp_index_build(struct loader *loader)
{
	struct rule_index *index = ARENA_NEW(loader->kept, struct rule_index);
	struct keymap *shapes = keymap_create(loader->arena), *ids = keymap_create(loader->arena);
	index->calls = keymap_create(loader->kept);
	index->rules = keymap_create(loader->kept);
	loader->set->index = index;
	for (int i = 0; i < loader->apis.count; i++) {
		const struct entry *entry = loader->apis.entries[i];
		if (!entry->linked)
			continue;
		add_call(loader, index, entry->name, entry->linked, NULL);
		add_shapes(loader, index, entry, shapes);
	}
	/* All ids first: a rule of any pack wins over an alias, whatever the order. */
	for (int i = 0; i < loader->rules.count; i++) {
		const struct entry *entry = loader->rules.entries[i];
		keymap_put(ids, KEYMAP_KEY(entry->name), entry->name_node);
		if (entry->linked)
			keymap_put(index->rules, KEYMAP_KEY(entry->name), entry->linked);
	}
	for (int i = 0; i < loader->rules.count; i++)
		if (loader->rules.entries[i]->linked)
			add_aliases(loader, index, loader->rules.entries[i], ids);
}

void rp_index_open(const struct rule_set *set, struct intern_pool *pool)
{
	struct rule_index *index = set->index;
	index->pool = pool;
}

/* ---- asking ----------------------------------------------------------------- */

bool rules_match_call(const struct rule_set *rules, const char *name, struct rp_match *match)
{
	const struct rule_index *index = rules->index;
	const struct rp_match *found = name ? keymap_get(index->calls, KEYMAP_KEY(name)) : NULL;
	if (!found)
		return false;
	*match = *found;
	return true;
}

const struct rp_rule *rules_find_rule(const struct rule_set *rules, const char *id_or_alias)
{
	const struct rule_index *index = rules->index;
	const char *id = id_or_alias ? intern_find(index->pool, id_or_alias) : NULL;
	return id ? keymap_get(index->rules, KEYMAP_KEY(id)) : NULL;
}

static bool is_same(const char *a, const char *b)
{
	return a && b && (a == b || strcmp(a, b) == 0);
}

const struct rp_role *rules_find_role(const struct rule_set *rules, const char *record, const char *field,
				      const char *macro)
{
	for (int i = 0; i < rules->role_count; i++) {
		const struct rp_role *role = rules->roles[i];
		for (int j = 0; j < role->binding_count; j++) {
			const struct rp_role_binding *binding = &role->bindings[j];
			if (is_same(binding->macro, macro) ||
			    (is_same(binding->record, record) && is_same(binding->field, field)))
				return role;
		}
	}
	return NULL;
}

const struct rp_role *rules_find_role_by_type(const struct rule_set *rules, const char *typedef_name)
{
	for (int i = 0; i < rules->role_count; i++)
		for (int j = 0; j < rules->roles[i]->binding_count; j++)
			if (is_same(rules->roles[i]->bindings[j].type, typedef_name))
				return rules->roles[i];
	return NULL;
}

const struct rp_role *rules_find_role_by_function(const struct rule_set *rules, const char *function)
{
	for (int i = 0; i < rules->role_count; i++)
		for (int j = 0; j < rules->roles[i]->binding_count; j++)
			if (is_same(rules->roles[i]->bindings[j].function, function))
				return rules->roles[i];
	return NULL;
}

bool rp_api_has_tag(const struct rp_api *api, const char *tag)
{
	for (int i = 0; i < api->tag_count; i++)
		if (is_same(api->tags[i], tag))
			return true;
	return false;
}

const char *rp_severity_name(enum rp_severity severity)
{
	for (const struct yaml_word *word = rp_words_severity; word->text; word++)
		if (word->value == (int)severity)
			return word->text;
	return "error";
}

bool rp_severity_find(const char *name, enum rp_severity *severity)
{
	int value = yaml_word_value(rp_words_severity, name, -1);

	if (value >= 0)
		*severity = (enum rp_severity)value;
	return value >= 0;
}

/* A word that begins with an underscore also stands at the name's beginning. */
static bool has_word(const char *name, const char *word)
{
	return strstr(name, word) || (word[0] == '_' && strncmp(name, word + 1, strlen(word) - 1) == 0);
}

/* num_free says how many are free: the word stands in another one. */
static bool is_excepted(const struct rp_naming *naming, const char *name, const char *word)
{
	for (int i = 0; i < naming->exception_count; i++)
		if (strstr(naming->exceptions[i], word) && strstr(name, naming->exceptions[i]))
			return true;
	return false;
}

bool rules_name_tells(const struct rule_set *rules, enum rp_habit habit, const char *os, const char *name)
{
	for (int i = 0; name && i < rules->naming_count; i++) {
		const struct rp_naming *naming = rules->namings[i];
		bool is_asked_for = naming->habit == habit && (!os || strcmp(os, naming->os) == 0);
		for (int w = 0; is_asked_for && w < naming->word_count; w++)
			if (has_word(name, naming->words[w]) && !is_excepted(naming, name, naming->words[w]))
				return true;
	}
	return false;
}
