/* See yaml/shape.h. */
#include "yaml/shape.h"

#include <string.h>

#define DIGITS "0123456789"

/* ---- scalars ---------------------------------------------------------------- */

bool yaml_is_made_of(const char *text, const char *first, const char *rest)
{
	return *text && strchr(first, *text) && text[strspn(text, rest)] == '\0';
}

static bool is_line(const char *text)
{
	for (const char *c = text; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7F)
			return false;
	return *text && *text != ' ';
}

static bool is_number(const char *text)
{
	return yaml_is_made_of(text, "123456789", DIGITS);
}

static bool is_boolean(const char *text)
{
	return strcmp(text, "true") == 0 || strcmp(text, "false") == 0;
}

const struct yaml_scalar yaml_line = { "a text on one line", is_line, NULL };
const struct yaml_scalar yaml_number = { "a positive whole number", is_number, NULL };
const struct yaml_scalar yaml_boolean = { "true or false", is_boolean, NULL };

/* "'error', 'warning' or 'note'" */
static const char *list_words(struct yaml *yaml, const struct yaml_word *words)
{
	const char *list = "";
	for (const struct yaml_word *word = words; word->text; word++) {
		const char *glue = word == words ? "" : word[1].text ? ", " : " or ";
		list = arena_printf(yaml->arena, "%s%s%s", list, glue, word->text);
	}
	return list;
}

/* What a value may be, in words. */
static const char *describe_shape(struct yaml *yaml, const struct yaml_shape *shape)
{
	const char *words = shape->scalar ? shape->scalar->noun : "";
	if (shape->words)
		words = list_words(yaml, shape->words);
	if (shape->element)
		words = arena_printf(yaml->arena, "%s%sa list", words, *words ? ", or " : "");
	if (shape->fields || shape->values)
		words = arena_printf(yaml->arena, "%s%sa mapping", words, *words ? ", or " : "");
	return words;
}

static void check_word(struct yaml *yaml, struct yaml_node *node, const struct yaml_shape *shape)
{
	if (yaml_word_value(shape->words, node->text, -1) != -1)
		return;
	struct yaml_suggestion near = { .text = node->text };
	yaml_suggestion_offer_words(&near, shape->words);
	yaml_error_at_node(yaml, node, "unknown word %s%s; expected %s", yaml_quote(yaml, node->text),
			   yaml_suggestion_text(yaml, &near), describe_shape(yaml, shape));
}

static void check_scalar(struct yaml *yaml, struct yaml_node *node, const struct yaml_shape *shape)
{
	if (shape->words && *node->text) {
		check_word(yaml, node, shape);
		return;
	}
	if (shape->words || !shape->scalar->accepts(node->text)) {
		yaml_error_at_node(yaml, node, "expected %s, found %s", describe_shape(yaml, shape),
				   *node->text ? yaml_quote(yaml, node->text) : "nothing");
		return;
	}
	if (shape->scalar->check)
		shape->scalar->check(yaml, node);
}

/* ---- lists and mappings ------------------------------------------------------ */

static void check_value(struct yaml *yaml, struct yaml_node *node, const struct yaml_shape *shape);

static void check_list(struct yaml *yaml, struct yaml_node *node, const struct yaml_shape *shape)
{
	if (node->count == 0 && !shape->may_be_empty)
		yaml_error_at_node(yaml, node, "the list is empty");
	if (shape->most > 0 && node->count > shape->most)
		yaml_error_at_node(yaml, node, "the list has %d items; at most %d are supported", node->count,
				   shape->most);
	for (int i = 0; i < node->count; i++)
		check_value(yaml, node->items[i], shape->element);
}

static const struct yaml_field *find_field(const struct yaml_field *fields, const char *key)
{
	for (; fields->key; fields++)
		if (strcmp(fields->key, key) == 0)
			return fields;
	return NULL;
}

static void report_unknown_key(struct yaml *yaml, struct yaml_node *value, const struct yaml_field *fields)
{
	struct yaml_suggestion near = { .text = value->key };
	for (; fields->key; fields++)
		yaml_suggestion_offer(&near, fields->key);
	yaml_error_at_key(yaml, value, "unknown key %s%s", yaml_quote(yaml, value->key),
			  yaml_suggestion_text(yaml, &near));
}

static void check_map(struct yaml *yaml, struct yaml_node *node, const struct yaml_shape *shape)
{
	if (shape->values) {
		for (int i = 0; i < node->count; i++) {
			if (!yaml_line.accepts(node->items[i]->key))
				yaml_error_at_key(yaml, node->items[i], "expected %s as a key", yaml_line.noun);
			check_value(yaml, node->items[i], shape->values);
		}
		return;
	}
	for (int i = 0; i < node->count; i++) {
		const struct yaml_field *field = find_field(shape->fields, node->items[i]->key);
		if (field)
			check_value(yaml, node->items[i], field->shape);
		else
			report_unknown_key(yaml, node->items[i], shape->fields);
	}
	for (const struct yaml_field *field = shape->fields; field->key; field++)
		if (field->is_required && !yaml_node_get(node, field->key))
			yaml_error_at_node(yaml, node, "missing key '%s'", field->key);
}

static bool is_kind_allowed(const struct yaml_shape *shape, enum yaml_node_kind kind)
{
	switch (kind) {
	case YAML_NODE_SCALAR:
		return shape->scalar || shape->words;
	case YAML_NODE_LIST:
		return shape->element != NULL;
	default:
		return shape->fields || shape->values;
	}
}

static void report_kind(struct yaml *yaml, struct yaml_node *node, const struct yaml_shape *shape)
{
	const char *found = node->kind == YAML_NODE_LIST ? "a list" : "a mapping";
	if (node->kind == YAML_NODE_SCALAR)
		found = *node->text ? yaml_quote(yaml, node->text) : "nothing";
	yaml_error_at_node(yaml, node, "expected %s, found %s", describe_shape(yaml, shape), found);
}

static void check_value(struct yaml *yaml, struct yaml_node *node, const struct yaml_shape *shape)
{
	if (node->kind == YAML_NODE_SCALAR && node->is_broken)
		return; /* an alias or the like: read.c has said so */
	if (!is_kind_allowed(shape, node->kind))
		report_kind(yaml, node, shape);
	else if (node->kind == YAML_NODE_SCALAR)
		check_scalar(yaml, node, shape);
	else if (node->kind == YAML_NODE_LIST)
		check_list(yaml, node, shape);
	else
		check_map(yaml, node, shape);
}

bool yaml_check_shape(struct yaml *yaml, struct yaml_node *root, const struct yaml_shape *shape)
{
	int before = yaml->errors;
	check_value(yaml, root, shape);
	return yaml->errors == before;
}
