/* Conditions: what a call's arguments must be for a part of a fact to apply.
 * The test of a condition is linked once; its parameter is linked for each API,
 * because the `if` of a check is about several of them. */
#include "rulepack_int.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- values ------------------------------------------------------------------- */

#define DECIMAL "0123456789"
#define HEXADECIMAL DECIMAL "abcdefABCDEF"

bool rp_parse_integer(const char *text, int64_t *number)
{
	bool is_negative = *text == '-';
	const char *digits = text + is_negative;
	bool is_hexadecimal = digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X');
	digits += is_hexadecimal ? 2 : 0;
	if (*digits == '\0' || digits[strspn(digits, is_hexadecimal ? HEXADECIMAL : DECIMAL)] != '\0')
		return false;
	if (!is_hexadecimal && digits[0] == '0' && digits[1] != '\0')
		return false; /* looks octal: C and YAML would read it differently */
	errno = 0;
	unsigned long long magnitude = strtoull(digits, NULL, is_hexadecimal ? 16 : 10);
	/* Masks in hexadecimal may use all 64 bits. */
	unsigned long long most = is_negative	 ? 1ULL << 63 :
				  is_hexadecimal ? UINT64_MAX :
						   (unsigned long long)INT64_MAX;
	if (errno != 0 || magnitude > most)
		return false;
	*number = (int64_t)(is_negative ? 0 - magnitude : magnitude);
	return true;
}

void rp_constant_add(struct loader *loader, const char *name)
{
	struct rule_set *set = loader->set;
	for (int i = 0; i < set->constant_name_count; i++)
		if (set->constant_names[i] == name)
			return;
	ARENA_PUSH(loader->kept, set->constant_names, set->constant_name_count, loader->constant_capacity, name);
}

static void link_value(struct loader *loader, struct rp_condition *condition, struct yaml_node *value)
{
	bool is_bits = condition->kind == RP_CONDITION_HAS_BITS || condition->kind == RP_CONDITION_LACKS_BITS;
	if (!rp_parse_integer(value->text, &condition->number)) {
		condition->constant = value->text;
		rp_constant_add(loader, value->text);
	} else if (is_bits && condition->number == 0) {
		yaml_error_at_node(loader->yaml, value, "0 has no bits");
	}
}

/* ---- states and modes --------------------------------------------------------- */

int rp_link_state_name(struct loader *loader, const struct rp_resource *resource, struct yaml_node *node)
{
	int state = rp_resource_state(resource, node->text);
	if (state >= 0)
		return state;
	struct yaml_suggestion near = { .text = node->text };
	for (int i = 0; i < resource->state_count; i++)
		yaml_suggestion_offer(&near, resource->states[i].name);
	yaml_error_at_node(loader->yaml, node, "unknown state %s of resource %s%s",
			   yaml_quote(loader->yaml, node->text), yaml_quote(loader->yaml, resource->name),
			   yaml_suggestion_text(loader->yaml, &near));
	return -1;
}

static bool has_mode(const struct entry *resource, const char *mode, struct yaml_suggestion *near)
{
	for (int i = 0; i < resource->mode_count; i++) {
		if (resource->modes[i] == mode)
			return true;
		yaml_suggestion_offer(near, resource->modes[i]);
	}
	return false;
}

void rp_check_modes(struct loader *loader, const struct entry *const *resources, int count, struct yaml_node *list)
{
	if (loader->is_incomplete || loader->has_broken_api)
		return;
	for (int i = 0; i < yaml_node_count(list); i++) {
		const struct yaml_node *mode = list->items[i];
		struct yaml_suggestion near = { .text = mode->text };
		bool is_known = false;
		for (int j = 0; j < count && !is_known; j++)
			is_known = has_mode(resources[j], mode->text, &near);
		if (!is_known)
			yaml_warn_at_node(loader->yaml, mode, "no effect acquires %s with mode %s%s",
					  count == 1 ? yaml_quote(loader->yaml, resources[0]->name) :
						       "the check's resources",
					  yaml_quote(loader->yaml, mode->text),
					  yaml_suggestion_text(loader->yaml, &near));
	}
}

static void link_states(struct loader *loader, struct rp_condition *condition, struct yaml_node *list)
{
	condition->states = ARENA_ARRAY(loader->kept, int, (size_t)list->count);
	condition->state_count = list->count;
	for (int i = 0; i < list->count; i++)
		condition->states[i] = rp_link_state_name(loader, condition->resource, list->items[i]);
}

static void link_resource(struct loader *loader, struct rp_condition *condition, struct yaml_node *node)
{
	struct yaml_node *states = yaml_node_get(node, "states"), *modes = yaml_node_get(node, "modes");
	if (!states == !modes) {
		yaml_error_at_node(loader->yaml, node, "a condition on a resource has either states or modes");
		return;
	}
	condition->kind = states ? RP_CONDITION_STATE : RP_CONDITION_MODE;
	condition->modes = yaml_node_texts(loader->kept, modes);
	condition->mode_count = yaml_node_count(modes);
	const struct entry *entry = rp_table_resolve(loader, &loader->resources, yaml_node_get(node, "resource"));
	if (!entry || !entry->linked)
		return;
	condition->resource = entry->linked;
	if (states)
		link_states(loader, condition, states);
	rp_check_modes(loader, &entry, 1, modes);
}

/* ---- conditions ----------------------------------------------------------------- */

static const struct yaml_word tests[] = {
	{ "equals", RP_CONDITION_EQUALS },
	{ "not-equals", RP_CONDITION_NOT_EQUALS },
	{ "below", RP_CONDITION_BELOW },
	{ "above", RP_CONDITION_ABOVE },
	{ "below-param", RP_CONDITION_BELOW_PARAM },
	{ "has-bits", RP_CONDITION_HAS_BITS },
	{ "lacks-bits", RP_CONDITION_LACKS_BITS },
	{ "null", RP_CONDITION_NULL },
	{ "space", RP_CONDITION_USER },
	{ "sizeof-pointer", RP_CONDITION_SIZEOF_POINTER },
	{ "macro", RP_CONDITION_MACRO },
	{ "literal", RP_CONDITION_LITERAL },
	{ "address-of", RP_CONDITION_ADDRESS },
	{ "storage", RP_CONDITION_STORAGE },
	{ "room", RP_CONDITION_ROOM },
	{ "starts-with", RP_CONDITION_STARTS_WITH },
	{ "starts-with-none", RP_CONDITION_STARTS_NOT },
	{ "uninitialised", RP_CONDITION_UNINITIALISED },
	{ "computed-by", RP_CONDITION_CALL },
	{ "not-macro", RP_CONDITION_NO_MACRO },
	{ "type-size", RP_CONDITION_TYPE_SIZE },
	{ "lacks-field", RP_CONDITION_LACKS_FIELD },
	{ "value-of", RP_CONDITION_VALUE_OF },
	{ "unwritten", RP_CONDITION_UNWRITTEN },
	{ "plain-number", RP_CONDITION_PLAIN_NUMBER },
	{ "pointee", RP_CONDITION_POINTEE_NONZERO },
	{ "resource", RP_CONDITION_STATE },
	{ "result-of", RP_CONDITION_RESULT_OF },
	{ "holds", RP_CONDITION_HOLDS },
	{ "copied-from", RP_CONDITION_COPIED_FROM },
	{ NULL, 0 },
};

/* "equals, below or resource" */
static const char *list_tests(struct loader *loader)
{
	const char *list = "";
	for (const struct yaml_word *word = tests; word->text; word++) {
		const char *glue = word == tests ? "" : word[1].text ? ", " : " or ";
		list = arena_printf(loader->arena, "%s%s%s", list, glue, word->text);
	}
	return list;
}

/* The one key that says what the argument must be; NULL after an error message. */
static struct yaml_node *find_test(struct loader *loader, struct yaml_node *node)
{
	struct yaml_node *test = NULL;
	int count = 0;
	for (int i = 0; i < node->count; i++) {
		if (yaml_word_value(tests, node->items[i]->key, -1) < 0)
			continue;
		test = node->items[i];
		count++;
	}
	if (count == 1)
		return test;
	yaml_error_at_node(loader->yaml, node, "a condition has exactly one test beside 'of' (%s), found %s",
			   list_tests(loader), count == 0 ? "none" : "several");
	return NULL;
}

static void reject_key(struct loader *loader, const struct yaml_node *node, const char *key)
{
	struct yaml_node *value = yaml_node_get(node, key);
	if (value)
		yaml_error_at_key(loader->yaml, value, "'%s' goes with the test 'resource'", key);
}

static bool is_true(const struct yaml_node *node)
{
	return strcmp(node->text, "true") == 0;
}

/* What is tested, if not the argument itself. */
static void link_subject(struct loader *loader, struct rp_condition *condition, struct yaml_node *node)
{
	struct yaml_node *via = yaml_node_get(node, "via");
	const struct entry *entry = via ? rp_table_resolve(loader, &loader->resources, via) : NULL;
	condition->via = entry ? entry->linked : NULL;
	condition->field = yaml_node_text(node, "field");
	condition->inner_field = yaml_node_text(node, "inner-field");
	condition->found_in = yaml_node_text(node, "found-in");
}

static void link_storages(struct rp_condition *condition, const struct yaml_node *list)
{
	for (int i = 0; i < list->count; i++)
		condition->storages |= (unsigned)yaml_word_value(rp_words_storage, list->items[i]->text, 0);
}

/* What the subject must be, for all tests but those of resources. */
static void link_wanted(struct loader *loader, struct rp_condition *condition, struct yaml_node *test)
{
	switch (condition->kind) {
	case RP_CONDITION_NULL:
		condition->kind = is_true(test) ? RP_CONDITION_NULL : RP_CONDITION_NOT_NULL;
		break;
	case RP_CONDITION_STORAGE:
		link_storages(condition, test);
		break;
	case RP_CONDITION_ROOM:
		condition->room = (enum rp_room)yaml_word_value(rp_words_room, test->text, 0);
		break;
	case RP_CONDITION_STARTS_WITH:
	case RP_CONDITION_STARTS_NOT:
		condition->texts = yaml_node_texts(loader->kept, test);
		condition->text_count = yaml_node_count(test);
		break;
	case RP_CONDITION_UNINITIALISED:
	case RP_CONDITION_PLAIN_NUMBER:
		if (!is_true(test))
			yaml_error_at_node(loader->yaml, test, "the contrary is no test: only true");
		break;
	case RP_CONDITION_LITERAL:
		condition->kind = is_true(test) ? RP_CONDITION_LITERAL : RP_CONDITION_NOT_LITERAL;
		break;
	case RP_CONDITION_ADDRESS:
		condition->kind = (enum rp_condition_kind)yaml_word_value(rp_words_address, test->text,
									  RP_CONDITION_ADDRESS);
		break;
	case RP_CONDITION_LACKS_FIELD:
		condition->absent_field = test->text;
		break;
	case RP_CONDITION_VALUE_OF:
	case RP_CONDITION_MACRO:
	case RP_CONDITION_NO_MACRO:
		condition->macros = yaml_node_texts(loader->kept, test);
		condition->macro_count = yaml_node_count(test);
		break;
	case RP_CONDITION_BELOW_PARAM: /* these name a parameter: linked for each API */
	case RP_CONDITION_SIZEOF_POINTER:
	case RP_CONDITION_USER:
	case RP_CONDITION_POINTEE_NONZERO:
		break;
	case RP_CONDITION_RESULT_OF:
	case RP_CONDITION_HOLDS:
	case RP_CONDITION_COPIED_FROM:
		condition->name = test->text;
		break;
	case RP_CONDITION_UNWRITTEN:
		condition->unwritten = test->text;
		break;
	default:
		link_value(loader, condition, test);
	}
}

static void link_call(struct loader *loader, struct rp_condition *condition, struct yaml_node *node,
		      struct yaml_node *test)
{
	const struct entry *entry = rp_table_resolve(loader, &loader->apis, test);
	condition->call = entry ? entry->linked : NULL;
	if (!yaml_node_get(node, "on"))
		yaml_error_at_node(loader->yaml, node, "missing key 'on'");
}

static void link_test(struct loader *loader, struct rp_condition *condition, struct yaml_node *node)
{
	struct yaml_node *test = find_test(loader, node);
	if (!test)
		return;
	condition->kind = (enum rp_condition_kind)yaml_word_value(tests, test->key, 0);
	link_subject(loader, condition, node);
	if (condition->kind != RP_CONDITION_CALL && yaml_node_get(node, "on"))
		yaml_error_at_key(loader->yaml, yaml_node_get(node, "on"), "'on' goes with the test 'computed-by'");
	if (condition->kind == RP_CONDITION_STATE) {
		link_resource(loader, condition, node);
		return;
	}
	reject_key(loader, node, "states");
	reject_key(loader, node, "modes");
	reject_key(loader, node, "found-in");
	if (condition->kind == RP_CONDITION_CALL)
		link_call(loader, condition, node, test);
	else
		link_wanted(loader, condition, test);
}

/* One condition stands without brackets. */
static struct yaml_node *condition_node(struct yaml_node *node, int i)
{
	return node->kind == YAML_NODE_LIST ? node->items[i] : node;
}

struct rp_conditions rp_link_tests(struct loader *loader, struct yaml_node *node)
{
	struct rp_conditions conditions = { 0 };
	if (!node)
		return conditions;
	conditions.count = node->kind == YAML_NODE_LIST ? node->count : 1;
	conditions.items = ARENA_ARRAY(loader->kept, struct rp_condition, (size_t)conditions.count);
	for (int i = 0; i < conditions.count; i++) {
		conditions.items[i].param = -1;
		link_test(loader, &conditions.items[i], condition_node(node, i));
	}
	return conditions;
}

/* A parameter, or the word `result`. */
static int link_other(struct loader *loader, const struct rp_api *api, struct yaml_node *node)
{
	for (int i = 0; i < api->param_count; i++)
		if (api->params[i].name == node->text)
			return i;
	return strcmp(node->text, "result") == 0 ? RP_PARAM_RESULT : rp_link_param(loader, api, node);
}

struct rp_conditions rp_conditions_for(struct loader *loader, const struct rp_conditions *tests_of,
				       const struct rp_api *api, struct yaml_node *node)
{
	struct rp_conditions conditions = { .count = tests_of->count };
	if (conditions.count == 0)
		return conditions;
	conditions.items = ARENA_ARRAY(loader->kept, struct rp_condition, (size_t)conditions.count);
	for (int i = 0; i < conditions.count; i++) {
		struct rp_condition *condition = &conditions.items[i];
		const struct yaml_node *item = condition_node(node, i);
		struct yaml_node *measured = yaml_node_get(item, "sizeof-pointer");

		*condition = tests_of->items[i];
		condition->param = rp_link_param(loader, api, yaml_node_get(item, "of"));
		condition->other_param = measured ? link_other(loader, api, measured) :
						    rp_link_param_key(loader, api, item, "below-param");
		condition->on_param = rp_link_param_key(loader, api, item, "on");
	}
	return conditions;
}

struct rp_conditions rp_link_conditions(struct loader *loader, const struct rp_api *api, struct yaml_node *node)
{
	struct rp_conditions conditions = rp_link_tests(loader, node);
	return rp_conditions_for(loader, &conditions, api, node);
}

/* ---- interrupt request levels ---------------------------------------------------- */

void rp_link_irql_range(struct loader *loader, struct yaml_node *node, enum rp_irql *min, enum rp_irql *max)
{
	*min = (enum rp_irql)yaml_word_value(rp_words_irql, yaml_node_text(node, "min"), RP_IRQL_UNSAID);
	*max = (enum rp_irql)yaml_word_value(rp_words_irql, yaml_node_text(node, "max"), RP_IRQL_UNSAID);
	if (!node)
		return;
	if (*min == RP_IRQL_UNSAID && *max == RP_IRQL_UNSAID)
		yaml_error_at_node(loader->yaml, node, "expected min, max or both");
	else if (*max != RP_IRQL_UNSAID && *min > *max)
		yaml_error_at_node(loader->yaml, yaml_node_get(node, "min"), "min is above max");
}
