/* Roles: how a function gets one, at what level it is called and what its
 * parameters are; and the fields, variables and constants of the kernel, and words in names, that facts know. */
#include "rulepack_int.h"

#include <string.h>

/* ---- bindings ------------------------------------------------------------------ */

/* The forms of a binding; each has a letter of its own, so that a macro and a
 * function of one name do not clash. NULL after an error message. */
static const char *binding_key(struct loader *loader, const struct rp_role_binding *binding, struct yaml_node *node,
			       const char **name)
{
	bool has_field = binding->record && binding->field;
	bool has_half = !binding->record != !binding->field;
	int forms = has_field + (binding->macro != NULL) + (binding->type != NULL) + (binding->function != NULL);
	if (forms != 1 || has_half) {
		yaml_error_at_node(
			loader->yaml, node,
			"expected either the keys record and field, or one of the keys macro, type and function");
		return NULL;
	}
	if (has_field) {
		*name = arena_printf(loader->arena, "%s.%s", binding->record, binding->field);
		return intern(loader->pool, *name);
	}
	*name = binding->macro ? binding->macro : binding->type ? binding->type : binding->function;
	char form = binding->macro ? 'm' : binding->type ? 't' : 'f';
	return intern(loader->pool, arena_printf(loader->arena, "%c %s", form, *name));
}

static void link_binding(struct loader *loader, struct rp_role_binding *binding, struct yaml_node *node)
{
	const char *name = NULL;
	*binding = (struct rp_role_binding){
		.record = yaml_node_text(node, "record"),
		.field = yaml_node_text(node, "field"),
		.macro = yaml_node_text(node, "macro"),
		.type = yaml_node_text(node, "type"),
		.function = yaml_node_text(node, "function"),
	};
	const char *key = binding_key(loader, binding, node, &name);
	if (!key)
		return;
	const struct yaml_node *first = keymap_get(loader->bindings, KEYMAP_KEY(key));
	if (first)
		yaml_error_at_node(loader->yaml, node, "%s is bound twice, first at %s", yaml_quote(loader->yaml, name),
				   yaml_node_place(loader->yaml, first));
	else
		keymap_put(loader->bindings, KEYMAP_KEY(key), node);
}

static void link_bindings(struct loader *loader, struct rp_role *role, struct yaml_node *node)
{
	const struct yaml_node *list = yaml_node_get(node, "bound-by");
	bool is_given = keymap_get(loader->given_roles, KEYMAP_KEY(role->name));
	if (!list && !is_given && !loader->is_incomplete)
		yaml_error_at_node(loader->yaml, node,
				   "missing key 'bound-by', and no api's parameter gives this role");
	role->binding_count = yaml_node_count(list);
	role->bindings = ARENA_ARRAY(loader->kept, struct rp_role_binding, (size_t)role->binding_count);
	for (int i = 0; i < role->binding_count; i++)
		link_binding(loader, &role->bindings[i], list->items[i]);
}

/* ---- parameters ---------------------------------------------------------------- */

static void link_object(struct loader *loader, struct rp_role_param *param, struct yaml_node *node)
{
	struct yaml_node *resource = yaml_node_get(node, "resource"), *state = yaml_node_get(node, "state");
	if (!resource != !state || (!resource && !yaml_node_get(node, "space") && !yaml_node_get(node, "from-user"))) {
		yaml_error_at_node(
			loader->yaml, node,
			"expected the keys resource and state, the key space or the key from-user, or several");
		return;
	}
	if (!resource)
		return;
	const struct entry *entry = rp_table_resolve(loader, &loader->resources, resource);
	if (!entry || !entry->linked)
		return;
	param->resource = entry->linked;
	param->state = rp_link_state_name(loader, param->resource, state);
}

static void link_param(struct loader *loader, struct rp_role_param *param, struct yaml_node *node)
{
	bool is_map = node->kind == YAML_NODE_MAP;
	const char *space = is_map ? yaml_node_text(node, "space") : node->text;
	*param = (struct rp_role_param){
		.space = (enum rp_space)yaml_word_value(rp_words_role_space, space, RP_SPACE_ANY),
		.state = RP_STATE_UNKNOWN,
	};
	if (!is_map)
		return;
	param->from_user = (enum rp_from_user)yaml_word_value(rp_words_from_user, yaml_node_text(node, "from-user"),
							      RP_FROM_USER_NOTHING);
	link_object(loader, param, node);
}

static void link_excluded(struct loader *loader, struct rp_role *role, struct yaml_node *list)
{
	role->excluded = ARENA_ARRAY(loader->kept, const char *, (size_t)yaml_node_count(list) + 1);
	for (int i = 0; i < yaml_node_count(list); i++) {
		const struct entry *entry = rp_table_resolve(loader, &loader->roles, list->items[i]);
		if (entry)
			role->excluded[role->excluded_count++] = entry->name;
	}
}

void rp_link_role(struct loader *loader, struct entry *entry)
{
	struct rp_role *role = ARENA_NEW(loader->kept, struct rp_role);
	struct yaml_node *node = entry->node, *params = yaml_node_get(node, "params");
	entry->linked = role;
	role->name = entry->name;
	role->is_init = yaml_node_bool(node, "init");
	role->is_exit = yaml_node_bool(node, "exit");
	role->unwinds = yaml_node_bool(node, "unwinds");
	if (role->is_init && role->is_exit)
		yaml_error_at_node(loader->yaml, yaml_node_get(node, "exit"), "a role is either init or exit");
	link_bindings(loader, role, node);
	rp_link_irql_range(loader, yaml_node_get(node, "irql"), &role->irql_min, &role->irql_max);
	role->context = (enum rp_context)yaml_word_value(rp_words_context, yaml_node_text(node, "context"),
							 RP_CONTEXT_UNSAID);
	role->lacks_user_context = yaml_node_get(node, "user-context") && !yaml_node_bool(node, "user-context");
	role->family = yaml_node_text(node, "family");
	link_excluded(loader, role, yaml_node_get(node, "excludes"));
	role->param_count = yaml_node_count(params);
	role->params = ARENA_ARRAY(loader->kept, struct rp_role_param, (size_t)role->param_count);
	for (int i = 0; i < role->param_count; i++)
		link_param(loader, &role->params[i], params->items[i]);
}

/* ---- fields, variables and constants ---------------------------------------------------------------------- */

void rp_link_field(struct loader *loader, struct entry *entry)
{
	struct rp_field *field = ARENA_NEW(loader->kept, struct rp_field);
	entry->linked = field;
	field->record = yaml_node_text(entry->node, "record");
	field->field = yaml_node_text(entry->node, "field");
	field->space = (enum rp_space)yaml_word_value(rp_words_space, yaml_node_text(entry->node, "space"),
						      RP_SPACE_ANY);
	field->is_owned = yaml_node_bool(entry->node, "owned");
	field->removed = yaml_node_text(entry->node, "removed");
	field->replacement = yaml_node_text(entry->node, "replacement");
	field->tags = yaml_node_texts(loader->kept, yaml_node_get(entry->node, "tags"));
	field->tag_count = yaml_node_count(yaml_node_get(entry->node, "tags"));
	field->from_user = (enum rp_from_user)yaml_word_value(rp_words_from_user,
							      yaml_node_text(entry->node, "from-user"),
							      RP_FROM_USER_NOTHING);
	field->sized_by = yaml_node_texts(loader->kept, yaml_node_get(entry->node, "sized-by"));
	field->sized_by_count = yaml_node_count(yaml_node_get(entry->node, "sized-by"));
	struct yaml_node *roles = yaml_node_get(entry->node, "roles");
	field->roles = ARENA_ARRAY(loader->kept, const struct rp_role *, (size_t)yaml_node_count(roles) + 1);
	for (int i = 0; i < yaml_node_count(roles); i++) {
		const struct entry *role = rp_table_resolve(loader, &loader->roles, roles->items[i]);
		if (role && role->linked)
			field->roles[field->role_count++] = role->linked;
	}
	if (roles && field->from_user == RP_FROM_USER_NOTHING)
		yaml_error_at_key(loader->yaml, roles, "'roles' goes with the key from-user");
	if (!yaml_node_get(entry->node, "space") && field->from_user == RP_FROM_USER_NOTHING &&
	    !field->sized_by_count && !field->removed)
		yaml_error_at_node(loader->yaml, entry->node,
				   "expected one of the keys space, from-user, sized-by and removed");
}

void rp_link_variable(struct loader *loader, struct entry *entry)
{
	struct rp_variable *variable = ARENA_NEW(loader->kept, struct rp_variable);
	entry->linked = variable;
	variable->name = entry->name;
	variable->time = (enum rp_time)yaml_word_value(rp_words_time, yaml_node_text(entry->node, "time"),
						       RP_TIME_UNSAID);
}

void rp_link_naming(struct loader *loader, struct entry *entry)
{
	struct rp_naming *naming = ARENA_NEW(loader->kept, struct rp_naming);
	const struct yaml_node *words = yaml_node_get(entry->node, "words"),
			       *exceptions = yaml_node_get(entry->node, "except");
	entry->linked = naming;
	naming->name = entry->name;
	naming->os = entry->os;
	naming->habit = (enum rp_habit)yaml_word_value(rp_words_habit, yaml_node_text(entry->node, "habit"),
						       RP_HABIT_ENDS_OBJECT);
	naming->words = yaml_node_texts(loader->kept, words);
	naming->word_count = yaml_node_count(words);
	naming->exceptions = yaml_node_texts(loader->kept, exceptions);
	naming->exception_count = yaml_node_count(exceptions);
}

void rp_link_constant(struct loader *loader, struct entry *entry)
{
	struct rp_constant *constant = ARENA_NEW(loader->kept, struct rp_constant);
	entry->linked = constant;
	constant->name = entry->name;
	constant->removed = yaml_node_text(entry->node, "removed");
	constant->replacement = yaml_node_text(entry->node, "replacement");
	constant->tags = yaml_node_texts(loader->kept, yaml_node_get(entry->node, "tags"));
	constant->tag_count = yaml_node_count(yaml_node_get(entry->node, "tags"));
}
