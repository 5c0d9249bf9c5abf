/* Checks: which keys each kind has, and what their names mean. */
#include "rulepack_int.h"

#include <string.h>

/* The keys a check of each kind must and may have beside the common ones. */
static const struct {
	const char *required[5], *optional[20]; /* NULL-terminated */
} check_keys[] = {
	[RP_CHECK_TYPESTATE] = { { "resources", "violations" }, { "modes", "not-roles", "only-roles" } },
	[RP_CHECK_NULL_USE] = { { NULL }, { "conventions", "tags", "not-tags" } },
	[RP_CHECK_ERRPTR_NULL_TEST] = { { NULL }, { "tags" } },
	[RP_CHECK_RESULT_IGNORED] = { { NULL },
				      { "conventions", "tags", "not-tags", "unless-retested", "unless-asked",
					"in-process", "unless-made-here" } },
	[RP_CHECK_RESIDUE_AS_ERROR] = { { NULL }, { "tags" } },
	[RP_CHECK_SLEEP] = { { NULL }, { "via", "tags", "not-tags" } },
	[RP_CHECK_USER_DEREF] = { { NULL }, { NULL } },
	[RP_CHECK_USER_ARGUMENT] = { { NULL }, { "tags" } },
	[RP_CHECK_USER_INFOLEAK] = { { NULL }, { "tags" } },
	[RP_CHECK_CALL] = { { "apis" },
			    { "if", "unless", "object", "outside-try", "not-before", "unless-reads", "unless-held",
			      "unless-calls", "holding", "if-module-calls", "unless-module-calls",
			      "unless-module-assigns", "lock-kept", "result-unused", "unless-bound", "not-roles",
			      "only-roles" } },
	[RP_CHECK_IRQL] = { { NULL }, { "tags", "not-tags" } },
	[RP_CHECK_PAGED_ACCESS] = { { "resources" }, { "modes" } },
	[RP_CHECK_FIELD_ACCESS] = { { "record" }, { "fields", "access" } },
	[RP_CHECK_OVERLAP] = { { NULL }, { "tags" } },
	[RP_CHECK_RETURN] = { { "resources", "states" },
			      { "returns", "returns-not", "remembered", "not-kept", "not-handed" } },
	[RP_CHECK_FIELD_BITS] = { { "resources", "states", "fields", "bits" }, { NULL } },
	[RP_CHECK_USER_CONTEXT] = { { NULL }, { "tags", "not-tags", "unless-bound" } },
	[RP_CHECK_USER_ACCESS] = { { NULL }, { "resources", "states", "outside-try", "unless-reads", "unless-bound" } },
	[RP_CHECK_IRQS_ON] = { { NULL }, { "tags", "not-tags" } },
	[RP_CHECK_IRQL_LOW] = { { NULL }, { "tags", "not-tags" } },
	[RP_CHECK_LOCK_CONTEXT] = { { "resources", "context" }, { NULL } },
	[RP_CHECK_LOCK_ORDER] = { { "resources" }, { NULL } },
	[RP_CHECK_UNRELEASED] = { { "resources" }, { "modes" } },
	[RP_CHECK_NO_EXIT] = { { "resources" }, { "modes" } },
	[RP_CHECK_WAIT_DEADLOCK] = { { NULL }, { "tags" } },
	[RP_CHECK_START_ORDER] = { { NULL }, { "tags" } },
	[RP_CHECK_STOP_ORDER] = { { NULL }, { "tags" } },
	[RP_CHECK_ARGUMENT_PAIR] = { { "first", "second", "key", "value" }, { NULL } },
	[RP_CHECK_ROLE_RETURN] = { { "roles" }, { "allowed", "needed" } },
	[RP_CHECK_RETURN_VALUE] = { { "roles" }, { "above", "equals", "above-param", "macro" } },
	[RP_CHECK_DEFAULT_RETURN] = { { "roles", "param" }, { "allowed", "forbidden" } },
	[RP_CHECK_KEPT_PARAM] = { { "roles", "param" }, { NULL } },
	[RP_CHECK_RETURN_TYPE] = { { "roles", "types" }, { NULL } },
	[RP_CHECK_REMOVED_API] = { { "version" }, { "changed", "tags", "not-tags" } },
	[RP_CHECK_TIME] = { { NULL }, { "expects", "tags" } },
	[RP_CHECK_FREED_UNWAITED] = { { "resources" }, { "unless-callback-calls" } },
	[RP_CHECK_EXIT_UNWAITED] = { { "resources", "roles" }, { "unless-callback-calls" } },
	[RP_CHECK_NEGATIVE_TEST] = { { "tags" }, { NULL } },
	[RP_CHECK_INVERTED_RESULT] = { { "tags", "returns" }, { NULL } },
	[RP_CHECK_NEVER_NULL] = { { "macro" }, { NULL } },
	[RP_CHECK_STALE_TEST] = { { "apis", "resources", "states" }, { "unless-held" } },
	[RP_CHECK_TEST_THEN_ACT] = { { "apis", "second" }, { "unless-held" } },
	[RP_CHECK_UNINITIALISED] = { { "apis", "key" }, { NULL } },
	[RP_CHECK_NEVER_TESTED] = { { "conventions" }, { "tags", "not-tags" } },
	[RP_CHECK_NEVER_WOKEN] = { { "first", "key" }, { "second", "apis", "not-roles" } },
	[RP_CHECK_WAKE_ORDER] = { { "first", "second", "key", "value" }, { NULL } },
	[RP_CHECK_WAIT_CONDITION] = { { "first", "key" }, { NULL } },
	[RP_CHECK_EARLY_END] = { { "resources", "tags" }, { "unless-callback-calls" } },
	[RP_CHECK_UNGUARDED] = { { "apis", "key" }, { "resources", "second", "value" } },
	[RP_CHECK_MISSING_MACRO] = { { "macro", "roles" }, { NULL } },
	[RP_CHECK_INTERRUPT_DATA] = { { "roles", "resources" }, { NULL } },
	[RP_CHECK_MIXED_ATOMIC] = { { "tags" }, { NULL } },
	[RP_CHECK_CONTRACT] = { { "contracts" }, { NULL } },
	[RP_CHECK_FLOAT_USE] = { { "resources" }, { "states" } },
	[RP_CHECK_SIGN_TEST] = { { "apis" }, { "if" } },
	[RP_CHECK_USER_LENGTH] = { { NULL }, { "tags", "not-tags", "sources", "not-sources" } },
	[RP_CHECK_USER_INDEX] = { { NULL }, { "sources", "not-sources" } },
	[RP_CHECK_USER_DIVISOR] = { { NULL }, { "sources", "not-sources" } },
	[RP_CHECK_BUFFER_UNSIZED] = { { NULL }, { "unless-bound" } },
	[RP_CHECK_USER_STRING] = { { NULL }, { "tags", "not-tags" } },
	[RP_CHECK_DOUBLE_FETCH] = { { NULL }, { NULL } },
	[RP_CHECK_EXPOSED_MEMORY] = { { "apis", "params" }, { "if", "through", "multiple-of" } },
	[RP_CHECK_USER_UNBOUNDED] = { { "apis", "params" }, { "sources", "not-sources" } },
	[RP_CHECK_DEPRECATED_API] = { { NULL }, { "tags", "not-tags" } },
	[RP_CHECK_MIXED_TYPES] = { { "types" },
				   { "others", "types-written-as", "others-written-as", "zero-is-success" } },
	[RP_CHECK_ROLE_UNDECLARED] = { { NULL }, { NULL } },
	[RP_CHECK_ENUM_ARGUMENT] = { { NULL }, { "types", "others" } },
};

static const char *const common_keys[] = { "kind", "role", "roles", "message", NULL };

static bool is_among(const char *const *words, const char *text)
{
	for (; *words; words++)
		if (strcmp(*words, text) == 0)
			return true;
	return false;
}

static void check_key_use(struct loader *loader, enum rp_check_kind kind, struct yaml_node *node)
{
	const char *const *required = check_keys[kind].required;
	const char *name = yaml_node_text(node, "kind");
	for (int i = 0; i < node->count; i++) {
		const char *key = node->items[i]->key;
		if (!is_among(required, key) && !is_among(check_keys[kind].optional, key) &&
		    !is_among(common_keys, key))
			yaml_error_at_key(loader->yaml, node->items[i], "a check of kind %s has no key '%s'", name,
					  key);
	}
	for (; *required; required++)
		if (!yaml_node_get(node, *required))
			yaml_error_at_node(loader->yaml, node, "missing key '%s'", *required);
}

/* ---- resources ---------------------------------------------------------------- */

/* False when one is unknown or broken, so that its violations are not all known. */
static bool link_resources(struct loader *loader, const struct rp_resource ***resources, int *count,
			   struct yaml_node *list)
{
	bool is_whole = true;
	*resources = ARENA_ARRAY(loader->kept, const struct rp_resource *, (size_t)yaml_node_count(list));
	for (int i = 0; i < yaml_node_count(list); i++) {
		const struct entry *entry = rp_table_resolve(loader, &loader->resources, list->items[i]);
		is_whole = is_whole && entry && !entry->node->is_broken;
		if (entry && entry->linked)
			(*resources)[(*count)++] = entry->linked;
	}
	return is_whole;
}

static bool has_violation(const struct rp_resource *resource, const char *violation, struct yaml_suggestion *near)
{
	for (int i = 0; i < resource->transition_count; i++) {
		const char *known = resource->transitions[i].violation;
		if (known && strcmp(known, violation) == 0)
			return true;
		if (known)
			yaml_suggestion_offer(near, known);
	}
	return false;
}

/* A violation must be raised by a transition of one of the check's resources or by the engine. */
static void link_violation(struct loader *loader, const struct rp_check *check, struct yaml_node *node)
{
	struct yaml_suggestion near = { .text = node->text };
	yaml_suggestion_offer_words(&near, rp_words_violation);
	bool is_known = yaml_word_value(rp_words_violation, node->text, -1) >= 0;
	bool can_be_left = false, has_irql = false;
	for (int i = 0; i < check->resource_count; i++) {
		is_known = is_known || has_violation(check->resources[i], node->text, &near);
		can_be_left = can_be_left || check->resources[i]->exit_policy != RP_EXIT_NONE;
		has_irql = has_irql || check->resources[i]->same_irql;
	}
	if (!is_known)
		yaml_error_at_node(loader->yaml, node, "no transition of the check's resources has the violation %s%s",
				   yaml_quote(loader->yaml, node->text), yaml_suggestion_text(loader->yaml, &near));
	else if (!can_be_left && strcmp(node->text, RP_VIOLATION_LEFT) == 0)
		yaml_error_at_node(loader->yaml, node, "none of the check's resources has an on-exit policy to break");
	else if (!has_irql && strcmp(node->text, RP_VIOLATION_IRQL) == 0)
		yaml_error_at_node(loader->yaml, node, "none of the check's resources has same-irql");
}

static void link_state(struct loader *loader, const struct rp_check *check, struct yaml_node *node)
{
	struct yaml_suggestion near = { .text = node->text };
	for (int i = 0; i < check->resource_count; i++) {
		const struct rp_resource *resource = check->resources[i];
		if (rp_resource_state(resource, node->text) >= 0)
			return;
		for (int j = 0; j < resource->state_count; j++)
			yaml_suggestion_offer(&near, resource->states[j].name);
	}
	yaml_error_at_node(loader->yaml, node, "none of the check's resources has the state %s%s",
			   yaml_quote(loader->yaml, node->text), yaml_suggestion_text(loader->yaml, &near));
}

static void link_modes(struct loader *loader, struct rp_check *check, struct yaml_node *list)
{
	const struct entry **resources = ARENA_ARRAY(loader->arena, const struct entry *,
						     (size_t)check->resource_count);
	for (int i = 0; i < check->resource_count; i++)
		resources[i] = rp_table_find(&loader->resources, check->resources[i]->name);
	rp_check_modes(loader, resources, check->resource_count, list);
}

static void link_objects(struct loader *loader, struct rp_check *check, struct yaml_node *node)
{
	struct yaml_node *violations = yaml_node_get(node, "violations"), *states = yaml_node_get(node, "states");
	struct yaml_node *modes = yaml_node_get(node, "modes");
	bool is_whole = link_resources(loader, &check->resources, &check->resource_count,
				       yaml_node_get(node, "resources"));
	link_resources(loader, &check->unless_held, &check->unless_held_count, yaml_node_get(node, "unless-held"));
	check->violations = yaml_node_texts(loader->kept, violations);
	check->violation_count = yaml_node_count(violations);
	check->states = yaml_node_texts(loader->kept, states);
	check->state_count = yaml_node_count(states);
	check->modes = yaml_node_texts(loader->kept, modes);
	check->mode_count = yaml_node_count(modes);
	if (!is_whole || check->resource_count == 0)
		return;
	for (int i = 0; i < check->violation_count; i++)
		link_violation(loader, check, violations->items[i]);
	for (int i = 0; i < check->state_count; i++)
		link_state(loader, check, states->items[i]);
	link_modes(loader, check, modes);
}

/* ---- checks over facts ---------------------------------------------------------- */

static void link_tag(struct loader *loader, struct yaml_node *node)
{
	if (loader->is_incomplete || keymap_get(loader->tags, KEYMAP_KEY(node->text)))
		return;
	struct yaml_suggestion near = { .text = node->text };
	for (int i = 0; i < loader->apis.count; i++) {
		const struct yaml_node *tags = yaml_node_get(loader->apis.entries[i]->node, "tags");
		for (int j = 0; j < yaml_node_count(tags); j++)
			if (tags->items[j]->kind == YAML_NODE_SCALAR)
				yaml_suggestion_offer(&near, tags->items[j]->text);
	}
	yaml_error_at_node(loader->yaml, node, "no api has the tag %s%s", yaml_quote(loader->yaml, node->text),
			   yaml_suggestion_text(loader->yaml, &near));
}

static const char **link_tags(struct loader *loader, struct yaml_node *list, int *count)
{
	*count = yaml_node_count(list);
	for (int i = 0; i < *count; i++)
		link_tag(loader, list->items[i]);
	return yaml_node_texts(loader->kept, list);
}

static void link_conventions(struct loader *loader, struct rp_check *check, const struct yaml_node *list)
{
	check->convention_count = yaml_node_count(list);
	check->conventions = ARENA_ARRAY(loader->kept, enum rp_convention, (size_t)check->convention_count);
	for (int i = 0; i < check->convention_count; i++)
		check->conventions[i] = (enum rp_convention)yaml_word_value(rp_words_convention, list->items[i]->text,
									    RP_RESULT_VALUE);
}

/* ---- calls -------------------------------------------------------------------------- */

/* The APIs of a list; their number is returned. The conditions name parameters; every API has its own of that name. */
static int link_patterns(struct loader *loader, struct rp_call_pattern **patterns, struct yaml_node *list,
			 struct yaml_node *conditions)
{
	if (!list)
		return 0;
	int count = 0;
	struct rp_conditions tests = rp_link_tests(loader, conditions);
	*patterns = ARENA_ARRAY(loader->kept, struct rp_call_pattern, (size_t)list->count);
	for (int i = 0; i < list->count; i++) {
		const struct entry *entry = rp_table_resolve(loader, &loader->apis, list->items[i]);
		if (!entry || !entry->linked)
			continue;
		struct rp_call_pattern *pattern = &(*patterns)[count++];
		pattern->api = entry->linked;
		pattern->conditions = rp_conditions_for(loader, &tests, pattern->api, conditions);
	}
	return count;
}

static const struct rp_resource **link_held(struct loader *loader, struct yaml_node *list, int *count)
{
	const struct rp_resource **held = ARENA_ARRAY(loader->kept, const struct rp_resource *,
						      (size_t)yaml_node_count(list));
	for (int i = 0; i < yaml_node_count(list); i++) {
		const struct entry *entry = rp_table_resolve(loader, &loader->resources, list->items[i]);
		if (entry && entry->linked)
			held[(*count)++] = entry->linked;
	}
	return held;
}

static void link_shown_object(struct loader *loader, struct rp_check *check, struct yaml_node *param)
{
	check->object = param ? param->text : NULL;
	for (int i = 0; param && i < check->pattern_count; i++)
		rp_link_param(loader, check->patterns[i].api, param);
}

static void link_call(struct loader *loader, struct rp_check *check, struct yaml_node *node)
{
	check->pattern_count = link_patterns(loader, &check->patterns, yaml_node_get(node, "apis"),
					     yaml_node_get(node, "if"));
	link_patterns(loader, &check->excuses, yaml_node_get(node, "unless") ? yaml_node_get(node, "apis") : NULL,
		      yaml_node_get(node, "unless"));
	link_shown_object(loader, check, yaml_node_get(node, "object"));
	check->outside_try = yaml_node_bool(node, "outside-try");
	check->unless_retested = yaml_node_bool(node, "unless-retested");
	check->unless_asked = link_tags(loader, yaml_node_get(node, "unless-asked"), &check->unless_asked_count);
	check->unless_made_here = yaml_node_bool(node, "unless-made-here");
	check->lock_kept = yaml_node_bool(node, "lock-kept");
	check->result_unused = yaml_node_bool(node, "result-unused");
	check->in_process = yaml_node_bool(node, "in-process");
	check->unless_reads = yaml_node_texts(loader->kept, yaml_node_get(node, "unless-reads"));
	check->unless_reads_count = yaml_node_count(yaml_node_get(node, "unless-reads"));
	check->unless_bound = yaml_node_texts(loader->kept, yaml_node_get(node, "unless-bound"));
	check->unless_bound_count = yaml_node_count(yaml_node_get(node, "unless-bound"));
	check->if_module_calls = link_tags(loader, yaml_node_get(node, "if-module-calls"),
					   &check->if_module_call_count);
	check->unless_module_calls = link_tags(loader, yaml_node_get(node, "unless-module-calls"),
					       &check->unless_module_call_count);
	check->unless_assigned = yaml_node_texts(loader->kept, yaml_node_get(node, "unless-module-assigns"));
	check->unless_assigned_count = yaml_node_count(yaml_node_get(node, "unless-module-assigns"));
	check->not_before = link_tags(loader, yaml_node_get(node, "not-before"), &check->not_before_count);
	check->holding = link_held(loader, yaml_node_get(node, "holding"), &check->holding_count);
	check->unless_calls_count = link_patterns(loader, &check->unless_calls, yaml_node_get(node, "unless-calls"),
						  NULL);
}

/* The arguments that a check of kind user-unbounded is about; every API has them. */
static void link_limited(struct loader *loader, struct rp_check *check, struct yaml_node *list)
{
	check->params = yaml_node_texts(loader->kept, list);
	check->param_count = yaml_node_count(list);
	for (int i = 0; i < check->param_count; i++)
		for (int j = 0; j < check->pattern_count; j++)
			rp_link_param(loader, check->patterns[j].api, list->items[i]);
}

static bool has_key_of_apis(enum rp_check_kind kind)
{
	return kind == RP_CHECK_UNINITIALISED || kind == RP_CHECK_NEVER_WOKEN || kind == RP_CHECK_UNGUARDED;
}

/* Every API of the pair, or of the check, has the parameter. A wake has no condition. */
static void check_pair_param(struct loader *loader, const struct rp_check *check, struct yaml_node *param, bool is_key)
{
	for (int i = 0; param && i < check->first_count; i++)
		rp_link_param(loader, check->first[i].api, param);
	for (int i = 0; param && (is_key || check->kind != RP_CHECK_WAKE_ORDER) && i < check->second_count; i++)
		rp_link_param(loader, check->second[i].api, param);
	for (int i = 0; param && is_key && has_key_of_apis(check->kind) && i < check->pattern_count; i++)
		rp_link_param(loader, check->patterns[i].api, param);
}

static void link_pair(struct loader *loader, struct rp_check *check, struct yaml_node *node)
{
	struct yaml_node *key = yaml_node_get(node, "key"), *value = yaml_node_get(node, "value");
	check->first_count = link_patterns(loader, &check->first, yaml_node_get(node, "first"), NULL);
	check->second_count = link_patterns(loader, &check->second, yaml_node_get(node, "second"), NULL);
	check->key = key ? key->text : NULL;
	check->value = value ? value->text : NULL;
	check_pair_param(loader, check, key, true);
	if (key && value && key->text == value->text)
		yaml_error_at_node(loader->yaml, value, "'value' is the parameter that 'key' names");
	else
		check_pair_param(loader, check, value, false);
}

/* ---- fields and returns --------------------------------------------------------- */

/* A constant's name, which the frontend is to look up; NULL when the key is absent. */
static const char *link_constant(struct loader *loader, const struct yaml_node *map, const char *key)
{
	const char *constant = yaml_node_text(map, key);
	if (constant)
		rp_constant_add(loader, constant);
	return constant;
}

static void link_exposed(struct loader *loader, struct rp_check *check, struct yaml_node *node)
{
	struct yaml_node *through = yaml_node_get(node, "through");
	const struct entry *entry = through ? rp_table_resolve(loader, &loader->resources, through) : NULL;
	check->through = entry ? entry->linked : NULL;
	check->multiple_of = link_constant(loader, node, "multiple-of");
}

static void link_fields(struct loader *loader, struct rp_check *check, struct yaml_node *node)
{
	struct yaml_node *fields = yaml_node_get(node, "fields");
	check->record = yaml_node_text(node, "record");
	check->fields = yaml_node_texts(loader->kept, fields);
	check->field_count = yaml_node_count(fields);
	check->access = (enum rp_access)yaml_word_value(rp_words_own_access, yaml_node_text(node, "access"),
							RP_ACCESS_READ_WRITE);
	check->bits = link_constant(loader, node, "bits");
	if (check->kind == RP_CHECK_FIELD_BITS && check->field_count > 1)
		yaml_error_at_node(loader->yaml, fields, "a check of kind field-bits is about one field");
}

static void link_return(struct loader *loader, struct rp_check *check, struct yaml_node *node)
{
	check->returns = link_constant(loader, node, "returns");
	check->returns_not = link_constant(loader, node, "returns-not");
	check->remembered = yaml_node_bool(node, "remembered");
	check->not_kept = yaml_node_bool(node, "not-kept");
	check->not_handed = yaml_node_bool(node, "not-handed");
	/* With `remembered`, returns-not is the one value that is right all the same. */
	int tests = (check->returns != NULL) + (check->returns_not != NULL || check->remembered);
	if (check->kind == RP_CHECK_RETURN && tests != 1)
		yaml_error_at_node(loader->yaml, node,
				   "expected one of the keys returns, returns-not and 'remembered: true'");
}

static void link_role_return(struct loader *loader, struct rp_check *check, struct yaml_node *node)
{
	struct yaml_node *allowed = yaml_node_get(node, "allowed");
	check->allowed = yaml_node_texts(loader->kept, allowed);
	check->allowed_count = yaml_node_count(allowed);
	struct yaml_node *forbidden = yaml_node_get(node, "forbidden");
	check->forbidden = yaml_node_texts(loader->kept, forbidden);
	check->forbidden_count = yaml_node_count(forbidden);
	for (int i = 0; i < check->allowed_count; i++)
		rp_constant_add(loader, check->allowed[i]);
	for (int i = 0; i < check->forbidden_count; i++)
		rp_constant_add(loader, check->forbidden[i]);
	if (check->kind == RP_CHECK_DEFAULT_RETURN && !allowed == !forbidden)
		yaml_error_at_node(loader->yaml, node, "expected one of the keys allowed and forbidden");
	check->needed = link_constant(loader, node, "needed");
	if (check->kind == RP_CHECK_ROLE_RETURN && !allowed && !check->needed)
		yaml_error_at_node(loader->yaml, node, "expected the key allowed, the key needed, or both");
}

/* A number that a check has; false when the key is absent. */
static bool link_number(const struct yaml_node *map, const char *key, int64_t *number)
{
	const char *text = yaml_node_text(map, key);
	return text && rp_parse_integer(text, number);
}

static void link_return_value(struct loader *loader, struct rp_check *check, struct yaml_node *node)
{
	struct yaml_node *macros = yaml_node_get(node, "macro");
	int64_t index = -1;
	check->has_above = link_number(node, "above", &check->above);
	check->has_equals = link_number(node, "equals", &check->equals);
	check->above_param = link_number(node, "above-param", &index) ? (int)index : -1;
	check->param = link_number(node, "param", &index) ? (int)index : -1;
	check->macros = yaml_node_texts(loader->kept, macros);
	check->macro_count = yaml_node_count(macros);
	int tests = check->has_above + check->has_equals + (check->above_param >= 0) + (macros != NULL);
	if (check->kind == RP_CHECK_RETURN_VALUE && tests != 1)
		yaml_error_at_node(loader->yaml, node, "expected one of the keys above, equals, above-param and macro");
}

static void link_mixed_types(struct loader *loader, struct rp_check *check, struct yaml_node *node)
{
	struct yaml_node *types = yaml_node_get(node, "types"), *others = yaml_node_get(node, "others");
	struct yaml_node *macros = yaml_node_get(node, "others-written-as");
	check->types = yaml_node_texts(loader->kept, types);
	check->type_count = yaml_node_count(types);
	check->others = yaml_node_texts(loader->kept, others);
	check->other_count = yaml_node_count(others);
	check->type_macros = yaml_node_texts(loader->kept, yaml_node_get(node, "types-written-as"));
	check->type_macro_count = yaml_node_count(yaml_node_get(node, "types-written-as"));
	check->other_macros = yaml_node_texts(loader->kept, macros);
	check->other_macro_count = yaml_node_count(macros);
	check->zero_is_success = yaml_node_bool(node, "zero-is-success");
	if (check->kind == RP_CHECK_MIXED_TYPES && !others == !check->zero_is_success)
		yaml_error_at_node(loader->yaml, node, "expected either the key others, or 'zero-is-success: true'");
	if (check->kind == RP_CHECK_ENUM_ARGUMENT && check->type_count != check->other_count)
		yaml_error_at_node(loader->yaml, node, "each of 'types' stands for one enumeration of 'others'");
}

/* ---- user memory and contracts --------------------------------------------------- */

/* Memory is wrong to touch in a state of its object, or outside a handler. */
static void check_user_access(struct loader *loader, const struct rp_check *check, struct yaml_node *node)
{
	bool has_resources = yaml_node_get(node, "resources"), has_states = yaml_node_get(node, "states");
	if (check->kind != RP_CHECK_USER_ACCESS)
		return;
	if (has_resources != has_states || has_resources == check->outside_try)
		yaml_error_at_node(loader->yaml, node,
				   "expected either the keys resources and states, or 'outside-try: true'");
}

static void link_contracts(struct rp_check *check, const struct yaml_node *list)
{
	for (int i = 0; i < yaml_node_count(list); i++)
		check->contracts |= (unsigned)yaml_word_value(rp_words_contract, list->items[i]->text, 0);
}

/* ---- the check ------------------------------------------------------------------- */

static const struct rp_role **link_roles(struct loader *loader, const struct yaml_node *list, int *count)
{
	const struct rp_role **roles = ARENA_ARRAY(loader->kept, const struct rp_role *, (size_t)yaml_node_count(list));
	*count = 0;
	for (int i = 0; i < yaml_node_count(list); i++) {
		const struct entry *entry = rp_table_resolve(loader, &loader->roles, list->items[i]);
		if (entry && entry->linked)
			roles[(*count)++] = entry->linked;
	}
	return roles;
}

void rp_link_check(struct loader *loader, struct rp_check *check, struct yaml_node *node)
{
	const struct yaml_node *via = yaml_node_get(node, "via");
	check->kind = (enum rp_check_kind)yaml_word_value(rp_words_check_kind, yaml_node_text(node, "kind"), 0);
	check->role = (enum rp_role_filter)yaml_word_value(rp_words_role_filter, yaml_node_text(node, "role"),
							   RP_ROLE_ANY);
	check->message = yaml_node_text(node, "message");
	check_key_use(loader, check->kind, node);
	check->roles = link_roles(loader, yaml_node_get(node, "roles"), &check->role_count);
	check->not_roles = link_roles(loader, yaml_node_get(node, "not-roles"), &check->not_role_count);
	check->only_roles = link_roles(loader, yaml_node_get(node, "only-roles"), &check->only_role_count);
	link_objects(loader, check, node);
	link_conventions(loader, check, yaml_node_get(node, "conventions"));
	check->tags = link_tags(loader, yaml_node_get(node, "tags"), &check->tag_count);
	check->not_tags = link_tags(loader, yaml_node_get(node, "not-tags"), &check->not_tag_count);
	check->sources = link_tags(loader, yaml_node_get(node, "sources"), &check->source_count);
	check->not_sources = link_tags(loader, yaml_node_get(node, "not-sources"), &check->not_source_count);
	for (int i = 0; i < yaml_node_count(via); i++)
		check->sleep_kinds |= 1 << yaml_word_value(rp_words_via, via->items[i]->text, 0);
	link_call(loader, check, node);
	link_limited(loader, check, yaml_node_get(node, "params"));
	link_exposed(loader, check, node);
	link_fields(loader, check, node);
	link_return(loader, check, node);
	link_pair(loader, check, node);
	link_role_return(loader, check, node);
	link_return_value(loader, check, node);
	link_mixed_types(loader, check, node);
	check_user_access(loader, check, node);
	link_contracts(check, yaml_node_get(node, "contracts"));
	check->changed = yaml_node_bool(node, "changed");
	check->version = link_constant(loader, node, "version");
	check->expects = (enum rp_time)yaml_word_value(rp_words_time, yaml_node_text(node, "expects"), RP_TIME_UNSAID);
	check->unless_callback_calls = link_tags(loader, yaml_node_get(node, "unless-callback-calls"),
						 &check->unless_callback_calls_count);
	check->context = (enum rp_context)yaml_word_value(rp_words_interrupt, yaml_node_text(node, "context"),
							  RP_CONTEXT_UNSAID);
}
