/* APIs: parameter names become indices, effects find their automata. */
#include "rulepack_int.h"

#include <string.h>

int rp_link_param(struct loader *loader, const struct rp_api *api, struct yaml_node *node)
{
	struct yaml_suggestion near = { .text = node->text };
	for (int i = 0; i < api->param_count; i++) {
		if (api->params[i].name == node->text)
			return i;
		yaml_suggestion_offer(&near, api->params[i].name);
	}
	yaml_error_at_node(loader->yaml, node, "unknown parameter %s of %s%s", yaml_quote(loader->yaml, node->text),
			   yaml_quote(loader->yaml, api->name), yaml_suggestion_text(loader->yaml, &near));
	return -1;
}

int rp_link_param_key(struct loader *loader, const struct rp_api *api, const struct yaml_node *map, const char *key)
{
	struct yaml_node *node = yaml_node_get(map, key);
	return node ? rp_link_param(loader, api, node) : -1;
}

/* ---- parameters --------------------------------------------------------------- */

static struct yaml_node *param_name_node(struct yaml_node *item)
{
	return item->kind == YAML_NODE_MAP ? yaml_node_get(item, "name") : item;
}

static void link_variadic(struct loader *loader, struct rp_api *api, struct yaml_node *item, bool is_last)
{
	if (!is_last)
		yaml_error_at_node(loader->yaml, item, "'...' must be the last parameter");
	for (int i = 0; item->kind == YAML_NODE_MAP && i < item->count; i++)
		if (strcmp(item->items[i]->key, "name") != 0 && strcmp(item->items[i]->key, "access") != 0)
			yaml_error_at_key(loader->yaml, item->items[i], "'...' may only have the key 'access'");
	api->is_variadic = true;
	api->variadic_access = (enum rp_access)yaml_word_value(rp_words_access, yaml_node_text(item, "access"),
							       RP_ACCESS_UNKNOWN);
}

static void add_param(struct loader *loader, struct rp_api *api, struct yaml_node *item)
{
	struct yaml_node *name = param_name_node(item);
	for (int i = 0; i < api->param_count; i++)
		if (api->params[i].name == name->text && strcmp(name->text, "_") != 0)
			yaml_error_at_node(loader->yaml, name, "two parameters are called %s",
					   yaml_quote(loader->yaml, name->text));
	struct yaml_node *time_field = yaml_node_get(item, "time-field");
	if (time_field && !yaml_node_get(item, "time"))
		yaml_error_at_key(loader->yaml, time_field, "'time-field' goes with the key 'time'");
	struct yaml_node *output = yaml_node_get(item, "output");
	if (output && yaml_node_bool(item, "output") && api->kind != RP_API_MACRO)
		yaml_error_at_node(loader->yaml, output, "only a macro (kind: macro) can assign its argument");
	api->params[api->param_count++] = (struct rp_param){
		.name = name->text,
		.access = (enum rp_access)yaml_word_value(rp_words_access, yaml_node_text(item, "access"),
							  RP_ACCESS_UNKNOWN),
		.space = (enum rp_space)yaml_word_value(rp_words_space, yaml_node_text(item, "space"), RP_SPACE_ANY),
		.keeps = yaml_node_bool(item, "keeps"),
		.frees_record = yaml_node_bool(item, "frees-record"),
		.nullable = yaml_node_bool(item, "nullable"),
		.is_output = yaml_node_bool(item, "output"),
		.time = (enum rp_time)yaml_word_value(rp_words_time, yaml_node_text(item, "time"), RP_TIME_UNSAID),
		.time_field = yaml_node_text(item, "time-field"),
		.record = yaml_node_text(item, "record"),
		.is_string = yaml_node_bool(item, "string"),
		.is_from_user = yaml_node_bool(item, "from-user"),
		.length_param = -1,
		.serves_param = -1,
	};
}

static void link_params(struct loader *loader, struct rp_api *api, struct yaml_node *node)
{
	struct yaml_node *list = yaml_node_get(node, "params");
	int count = yaml_node_count(list);
	api->params = ARENA_ARRAY(loader->kept, struct rp_param, (size_t)count);
	for (int i = 0; i < count; i++) {
		if (strcmp(param_name_node(list->items[i])->text, "...") == 0)
			link_variadic(loader, api, list->items[i], i == count - 1);
		else
			add_param(loader, api, list->items[i]);
	}
	/* A length and what a role depends on may be named before their parameters: second pass. */
	for (int i = 0; i < api->param_count; i++) {
		api->params[i].length_param = rp_link_param_key(loader, api, list->items[i], "length");
		if (api->params[i].length_param == i)
			yaml_error_at_node(loader->yaml, yaml_node_get(list->items[i], "length"),
					   "a parameter is not its own length");
		rp_link_given_roles(loader, api, i, list->items[i]);
	}
}

/* ---- results -------------------------------------------------------------------- */

static const char *result_word(const struct yaml_node *node)
{
	const struct yaml_node *result = yaml_node_get(node, "result");
	if (!result)
		return "value";
	return result->kind == YAML_NODE_MAP ? yaml_node_text(result, "convention") : result->text;
}

bool rp_api_is_void(const struct yaml_node *api_node)
{
	return strcmp(result_word(api_node), "void") == 0;
}

static void link_result_conditions(struct loader *loader, struct rp_api *api, struct yaml_node *result)
{
	bool is_map = result && result->kind == YAML_NODE_MAP;
	api->positive_if_zero = is_map ? rp_link_param_key(loader, api, result, "positive-if-zero") : -1;
	api->never_fails = rp_link_conditions(loader, api, is_map ? yaml_node_get(result, "never-fails") : NULL);
	api->fails_only_if = rp_link_conditions(loader, api, is_map ? yaml_node_get(result, "fails-only-if") : NULL);
}

static void link_result(struct loader *loader, struct rp_api *api, struct yaml_node *node)
{
	const struct yaml_node *result = yaml_node_get(node, "result");
	const char *word = result_word(node);
	api->convention = (enum rp_convention)yaml_word_value(rp_words_convention, word, RP_RESULT_VALUE);
	api->must_check = yaml_node_bool(result, "must-check");
	api->time = (enum rp_time)yaml_word_value(rp_words_time, yaml_node_text(result, "time"), RP_TIME_UNSAID);
	if (api->must_check && rp_api_is_void(node))
		yaml_error_at_node(loader->yaml, yaml_node_get(result, "must-check"),
				   "a void result cannot be checked");
	link_result_conditions(loader, api, yaml_node_get(node, "result"));
	struct yaml_node *predicate = yaml_node_get(node, "predicate");
	if (!predicate)
		return;
	api->predicate = (enum rp_predicate)yaml_word_value(rp_words_predicate, yaml_node_text(predicate, "is"), 0);
	api->predicate_param = rp_link_param_key(loader, api, predicate, "of");
}

static const char *link_bits_constant(struct loader *loader, const struct yaml_node *map)
{
	const char *constant = yaml_node_text(map, "if-bits");
	rp_constant_add(loader, constant);
	return constant;
}

/* Whose the result is, how large what it points to, and what the call divides by. */
static void link_contents(struct loader *loader, struct rp_api *api, struct yaml_node *node)
{
	struct yaml_node *bytes = yaml_node_get(node, "bytes");
	api->from_user = (enum rp_from_user)yaml_word_value(rp_words_from_user, yaml_node_text(node, "from-user"),
							    RP_FROM_USER_NOTHING);
	const struct yaml_node *zeroed = yaml_node_get(node, "zeroed");
	bool has_bits = zeroed && zeroed->kind == YAML_NODE_MAP;
	api->zeroed_param = has_bits ? rp_link_param_key(loader, api, zeroed, "of") : -1;
	api->zeroed_constant = has_bits ? link_bits_constant(loader, zeroed) : NULL;
	api->is_pure = yaml_node_bool(node, "pure");
	api->gives_string = yaml_node_bool(node, "gives-string");
	api->tells_size_param = rp_link_param_key(loader, api, node, "tells-size");
	api->divisor_param = rp_link_param_key(loader, api, node, "divisor");
	int count = !bytes ? 0 : bytes->kind == YAML_NODE_LIST ? bytes->count : 1;
	for (int i = 0; i < count && i < RP_MAX_TUPLE; i++) {
		int param = rp_link_param(loader, api, bytes->kind == YAML_NODE_LIST ? bytes->items[i] : bytes);
		if (param >= 0)
			api->byte_params[api->byte_param_count++] = param;
	}
}

static void link_sleep(struct loader *loader, struct rp_api *api, struct yaml_node *node)
{
	struct yaml_node *sleeps = yaml_node_get(node, "sleeps");
	api->sleep_param = -1;
	if (!sleeps)
		return;
	if (sleeps->kind == YAML_NODE_SCALAR) {
		api->sleep = (enum rp_sleep)yaml_word_value(rp_words_sleep, sleeps->text, RP_SLEEP_NEVER_SAID);
		return;
	}
	api->sleep = RP_SLEEP_IF_BITS;
	api->sleep_param = rp_link_param_key(loader, api, sleeps, "of");
	api->sleep_constant = yaml_node_text(sleeps, "if-bits");
	rp_constant_add(loader, api->sleep_constant);
}

/* ---- interrupt request level and exceptions ------------------------------------- */

static void link_irql_limits(struct loader *loader, struct rp_api *api, struct yaml_node *node)
{
	bool is_list = node && node->kind == YAML_NODE_LIST;
	api->irql_limit_count = is_list ? node->count : node != NULL;
	api->irql_limits = ARENA_ARRAY(loader->kept, struct rp_irql_limit, (size_t)api->irql_limit_count);
	for (int i = 0; i < api->irql_limit_count; i++) {
		struct rp_irql_limit *limit = &api->irql_limits[i];
		struct yaml_node *row = is_list ? node->items[i] : node;
		rp_link_irql_range(loader, row, &limit->min, &limit->max);
		limit->conditions = rp_link_conditions(loader, api, yaml_node_get(row, "if"));
		if (i > 0 && api->irql_limits[i - 1].conditions.count == 0)
			yaml_error_at_node(loader->yaml, row, "this row never counts: the one before it has no 'if'");
	}
}

static void link_context(struct loader *loader, struct rp_api *api, struct yaml_node *node)
{
	struct yaml_node *raises = yaml_node_get(node, "raises");
	link_irql_limits(loader, api, yaml_node_get(node, "irql"));
	api->may_raise = raises && (raises->kind != YAML_NODE_SCALAR || yaml_node_bool(node, "raises"));
	if (raises && raises->kind != YAML_NODE_SCALAR)
		api->raise_conditions = rp_link_conditions(loader, api, raises);
	api->gives_irql = yaml_node_bool(node, "gives-irql");
	if (api->gives_irql && rp_api_is_void(node))
		yaml_error_at_node(loader->yaml, yaml_node_get(node, "gives-irql"), "a void result cannot be the IRQL");
}

static void link_stores(struct loader *loader, struct rp_api *api, struct yaml_node *stores)
{
	if (!stores)
		return;
	api->stores_param = rp_link_param_key(loader, api, stores, "in");
	api->stores_field = yaml_node_text(stores, "field");
	api->stores_conditions = rp_link_conditions(loader, api, yaml_node_get(stores, "if"));
}

/* ---- effects ------------------------------------------------------------------ */

/* One effect while it is being linked. */
struct effect_link {
	struct loader *loader;
	const struct rp_api *api;
	const struct yaml_node *api_node;
	struct yaml_node *node; /* the effect's mapping */
	struct entry *resource;
	struct rp_effect *effect;
};

static bool has_param(const struct rp_api *api, const char *name)
{
	for (int i = 0; i < api->param_count; i++)
		if (api->params[i].name == name)
			return true;
	return false;
}

static void link_tuple(struct effect_link *link, struct yaml_node *list)
{
	link->effect->object = RP_OBJECT_TUPLE;
	link->effect->param_count = list->count;
	for (int i = 0; i < list->count; i++)
		link->effect->params[i] = rp_link_param(link->loader, link->api, list->items[i]);
}

static void link_one_param(struct effect_link *link, enum rp_object_kind kind, struct yaml_node *name)
{
	link->effect->object = kind;
	link->effect->param_count = 1;
	link->effect->params[0] = rp_link_param(link->loader, link->api, name);
}

/* What the object key says by itself; how it fits the resource is checked after. */
static void link_object(struct effect_link *link, struct yaml_node *object)
{
	if (!object) {
		link->effect->object = RP_OBJECT_GLOBAL;
	} else if (object->kind == YAML_NODE_LIST) {
		link_tuple(link, object);
	} else if (*object->text == '*') {
		struct yaml_node name = *object; /* the parameter without its star, at the same place */
		name.text = intern(link->loader->pool, object->text + 1);
		link_one_param(link, RP_OBJECT_PARAM_POINTEE, &name);
	} else if (strcmp(object->text, "result") == 0 && !has_param(link->api, object->text)) {
		link->effect->object = RP_OBJECT_RESULT;
	} else if (strcmp(object->text, "global") == 0 && !has_param(link->api, object->text)) {
		link->effect->object = RP_OBJECT_GLOBAL;
	} else {
		link_one_param(link, RP_OBJECT_PARAM, object);
	}
}

/* All effects on a tuple must name as many values, or they never meet. */
static void check_tuple_size(struct effect_link *link, struct yaml_node *object)
{
	struct entry *resource = link->resource;
	int size = link->effect->param_count;
	if (resource->tuple_size == 0) {
		resource->tuple_size = size;
		resource->tuple_node = object;
	} else if (resource->tuple_size != size) {
		yaml_error_at_node(link->loader->yaml, object, "an object of '%s' has %d value(s) here but %d at %s",
				   resource->name, size, resource->tuple_size,
				   yaml_node_place(link->loader->yaml, resource->tuple_node));
	}
}

static void check_identity(struct effect_link *link, struct yaml_node *object)
{
	enum rp_identity identity = ((const struct rp_resource *)link->resource->linked)->identity;
	bool is_tuple = link->effect->object == RP_OBJECT_TUPLE;
	bool is_global = link->effect->object == RP_OBJECT_GLOBAL;
	const char *expected = NULL;
	if (is_tuple && identity != RP_IDENTITY_TUPLE)
		expected = identity == RP_IDENTITY_GLOBAL ? "global" : "one value, not a list";
	else if (!is_tuple && identity == RP_IDENTITY_TUPLE)
		expected = "a list of parameters";
	else if (is_global != (identity == RP_IDENTITY_GLOBAL))
		expected = is_global ? "a parameter or result" : "global";
	if (expected)
		yaml_error_at_node(link->loader->yaml, object, "'%s' has identity %s: expected %s",
				   link->resource->name, yaml_node_text(link->resource->node, "identity"), expected);
	else if (is_tuple)
		check_tuple_size(link, object);
}

static void check_result_exists(struct effect_link *link, struct yaml_node *node)
{
	if (rp_api_is_void(link->api_node))
		yaml_error_at_node(link->loader->yaml, node, "the result of %s is void",
				   yaml_quote(link->loader->yaml, link->api->name));
}

static void check_object(struct effect_link *link, struct yaml_node *object)
{
	const struct rp_resource *resource = link->resource->linked;
	if (!object) {
		if (resource->identity != RP_IDENTITY_GLOBAL)
			yaml_error_at_node(link->loader->yaml, link->node, "missing key 'object'");
		return;
	}
	if (link->effect->object == RP_OBJECT_PARAM && resource->identity == RP_IDENTITY_TUPLE)
		link->effect->object = RP_OBJECT_TUPLE; /* a tuple of one value */
	if (link->effect->object == RP_OBJECT_RESULT)
		check_result_exists(link, object);
	check_identity(link, object);
}

static void link_event(struct effect_link *link)
{
	const struct rp_resource *resource = link->resource->linked;
	struct yaml_node *event = yaml_node_get(link->node, "event");
	link->effect->event = rp_resource_event(resource, event->text);
	if (link->effect->event >= 0)
		return;
	struct yaml_suggestion near = { .text = event->text };
	for (int i = 0; i < resource->event_count; i++)
		yaml_suggestion_offer(&near, resource->events[i]);
	yaml_error_at_node(link->loader->yaml, event, "unknown event %s of resource %s%s",
			   yaml_quote(link->loader->yaml, event->text), yaml_quote(link->loader->yaml, resource->name),
			   yaml_suggestion_text(link->loader->yaml, &near));
}

static void link_when(struct effect_link *link)
{
	struct yaml_node *when = yaml_node_get(link->node, "when");
	bool can_tell = link->api->convention != RP_RESULT_VALUE;
	bool is_raise = when && strcmp(when->text, "raise") == 0;
	if (is_raise && !link->api->may_raise)
		yaml_error_at_node(link->loader->yaml, when, "%s is not said to raise (key 'raises')",
				   yaml_quote(link->loader->yaml, link->api->name));
	if (when && !can_tell && !is_raise && strcmp(when->text, "always") != 0)
		yaml_error_at_node(link->loader->yaml, when, "the result of %s does not tell success from failure",
				   yaml_quote(link->loader->yaml, link->api->name));
	link->effect->result_constant = yaml_node_text(link->node, "result-is");
	if (link->effect->result_constant) {
		check_result_exists(link, yaml_node_get(link->node, "result-is"));
		rp_constant_add(link->loader, link->effect->result_constant);
	}
	int unsaid = can_tell ? RP_WHEN_SUCCESS : RP_WHEN_ALWAYS;
	link->effect->when = (enum rp_when)yaml_word_value(rp_words_when, when ? when->text : NULL, unsaid);
}

/* ---- what an object remembers ----------------------------------------------- */

/* A parameter's index or RP_REMEMBERS_RESULT; -1 when the key is absent or wrong. */
static int link_param_or_result(struct effect_link *link, const char *key)
{
	struct yaml_node *node = yaml_node_get(link->node, key);
	if (!node || strcmp(node->text, "result") != 0 || has_param(link->api, node->text))
		return rp_link_param_key(link->loader, link->api, link->node, key);
	check_result_exists(link, node);
	return RP_REMEMBERS_RESULT;
}

static void link_memory(struct effect_link *link)
{
	struct rp_effect *effect = link->effect;
	struct yaml_node *field = yaml_node_get(link->node, "remembers-field");
	effect->saves_param = link_param_or_result(link, "saves");
	effect->restores_param = rp_link_param_key(link->loader, link->api, link->node, "restores");
	effect->level_param = rp_link_param_key(link->loader, link->api, link->node, "level");
	effect->compares_param = rp_link_param_key(link->loader, link->api, link->node, "compares");
	effect->remembers_param = link_param_or_result(link, "remembers");
	effect->remembers_field = field ? field->text : NULL;
	if (field && yaml_node_get(link->node, "remembers"))
		yaml_error_at_node(link->loader->yaml, field, "an object remembers one thing: a value or a field");
}

/* A field is one of a single object. */
static void check_remembered_field(struct effect_link *link)
{
	enum rp_object_kind object = link->effect->object;
	struct yaml_node *field = yaml_node_get(link->node, "remembers-field");
	if (field && (object == RP_OBJECT_TUPLE || object == RP_OBJECT_GLOBAL))
		yaml_error_at_node(link->loader->yaml, field, "an object of '%s' has no fields", link->resource->name);
}

static void link_via(struct effect_link *link)
{
	struct yaml_node *via = yaml_node_get(link->node, "via");
	if (!via)
		return;
	const struct entry *entry = rp_table_resolve(link->loader, &link->loader->resources, via);
	if (entry)
		link->effect->via = entry->linked;
	if (link->effect->object != RP_OBJECT_PARAM)
		yaml_error_at_node(link->loader->yaml, via, "'via' needs an object that is one parameter");
}

/* ---- whole effects ------------------------------------------------------------ */

static bool is_acquisition(const struct rp_resource *resource, int event)
{
	for (int i = 0; i < resource->transition_count; i++) {
		const struct rp_transition *row = &resource->transitions[i];
		if (row->event == event && row->to >= 0 &&
		    (resource->states[row->to].is_held || resource->states[row->to].is_atomic))
			return true;
	}
	return false;
}

static void link_masks(struct effect_link *link)
{
	struct yaml_node *masks = yaml_node_get(link->node, "masks");
	link->effect->masks = (enum rp_mask)yaml_word_value(rp_words_mask, masks ? masks->text : NULL, RP_MASK_NONE);
	if (masks && link->effect->event >= 0 && !is_acquisition(link->effect->resource, link->effect->event))
		yaml_error_at_node(link->loader->yaml, masks,
				   "the event takes no object of '%s' to a held or atomic state", link->resource->name);
}

/* False when its resource is unknown or broken. */
static bool link_effect(struct effect_link *link)
{
	struct rp_effect *effect = link->effect;
	struct yaml_node *accepts = yaml_node_get(link->node, "accepts"), *object = yaml_node_get(link->node, "object");
	effect->mode = yaml_node_text(link->node, "mode");
	effect->if_used = yaml_node_bool(link->node, "if-used");
	effect->accepts = yaml_node_texts(link->loader->kept, accepts);
	effect->accept_count = yaml_node_count(accepts);
	effect->conditions = rp_link_conditions(link->loader, link->api, yaml_node_get(link->node, "if"));
	link_memory(link);
	link_object(link, object);
	link_when(link);
	link->resource = rp_table_resolve(link->loader, &link->loader->resources,
					  yaml_node_get(link->node, "resource"));
	if (!link->resource || !link->resource->linked)
		return false;
	effect->resource = link->resource->linked;
	link_event(link);
	link_masks(link);
	check_object(link, object);
	check_remembered_field(link);
	link_via(link);
	const struct entry *resource = link->resource;
	rp_check_modes(link->loader, &resource, 1, accepts);
	return true;
}

static void link_effects(struct loader *loader, struct rp_api *api, struct yaml_node *node)
{
	struct yaml_node *list = yaml_node_get(node, "effects");
	api->effects = ARENA_ARRAY(loader->kept, struct rp_effect, (size_t)yaml_node_count(list));
	for (int i = 0; i < yaml_node_count(list); i++) {
		struct effect_link link = {
			.loader = loader,
			.api = api,
			.api_node = node,
			.node = list->items[i],
			.effect = &api->effects[api->effect_count],
		};
		if (link_effect(&link))
			api->effect_count++;
		else
			*link.effect = (struct rp_effect){ 0 };
	}
}

/* ---- shapes --------------------------------------------------------------------- */

static void link_shape(struct loader *loader, struct rp_api *api, struct rp_shape *shape, struct yaml_node *node)
{
	struct yaml_node *params = yaml_node_get(node, "params");
	shape->name = yaml_node_text(node, "name");
	shape->param_count = params->count;
	shape->param_of = ARENA_ARRAY(loader->kept, int, (size_t)params->count);
	for (int i = 0; i < params->count; i++) {
		bool is_none = strcmp(params->items[i]->text, "_") == 0;
		shape->param_of[i] = is_none ? -1 : rp_link_param(loader, api, params->items[i]);
	}
	shape->result_param = rp_link_param_key(loader, api, node, "result");
}

static void link_shapes(struct loader *loader, struct rp_api *api, struct yaml_node *node)
{
	struct yaml_node *list = yaml_node_get(node, "implemented-by");
	api->shape_count = yaml_node_count(list);
	api->shapes = ARENA_ARRAY(loader->kept, struct rp_shape, (size_t)api->shape_count);
	for (int i = 0; i < api->shape_count; i++)
		link_shape(loader, api, &api->shapes[i], list->items[i]);
}

static void link_old_form(struct loader *loader, struct rp_api *api, const struct yaml_node *node)
{
	int64_t count = 0;
	if (!node)
		return;
	api->old_until = yaml_node_text(node, "until");
	rp_parse_integer(yaml_node_text(node, "params"), &count);
	api->old_param_count = (int)count;
	if (count == yaml_node_count(yaml_node_get(node->parent, "params")))
		yaml_error_at_node(loader->yaml, yaml_node_get(node, "params"), "it has that many parameters today");
}

void rp_link_api(struct loader *loader, struct entry *entry)
{
	struct rp_api *api = ARENA_NEW(loader->kept, struct rp_api);
	struct yaml_node *node = entry->node, *tags = yaml_node_get(node, "tags");
	entry->linked = api;
	api->name = entry->name;
	api->kind = (enum rp_api_kind)yaml_word_value(rp_words_api_kind, yaml_node_text(node, "kind"), RP_API_FUNCTION);
	api->predicate_param = -1;
	api->zeroed = yaml_node_bool(node, "zeroed");
	api->clobbers = yaml_node_text(node, "clobbers");
	api->tells_abnormal_exit = yaml_node_bool(node, "tells-abnormal-exit");
	api->is_noreturn = yaml_node_bool(node, "noreturn");
	api->tags = yaml_node_texts(loader->kept, tags);
	api->tag_count = yaml_node_count(tags);
	api->since = yaml_node_text(node, "since");
	api->removed = yaml_node_text(node, "removed");
	api->replacement = yaml_node_text(node, "replacement");
	api->deprecated = yaml_node_text(node, "deprecated");
	link_old_form(loader, api, yaml_node_get(node, "was"));
	api->note = yaml_node_text(node, "note");
	api->file = entry->name_node->span.file;
	api->line = entry->name_node->span.line;
	link_params(loader, api, node);
	api->inside_param = rp_link_param_key(loader, api, node, "inside");
	link_stores(loader, api, yaml_node_get(node, "stores"));
	link_result(loader, api, node);
	link_contents(loader, api, node);
	link_sleep(loader, api, node);
	link_context(loader, api, node);
	rp_link_callbacks(loader, api, node);
	link_effects(loader, api, node);
	link_shapes(loader, api, node);
}
