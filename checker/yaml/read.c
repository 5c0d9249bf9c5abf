/* YAML syntax: one file to a tree of nodes that know their places.
 *
 * Only the plain part of YAML is accepted: anchors, aliases, tags and several
 * documents in a file are errors, so that what is read is what is seen. After
 * a syntax error libyaml cannot go on: such a file gives one message. */
#include "yaml_int.h"

#include <string.h>
#include <yaml.h>

#define DEPTH_LIMIT 16 /* the format needs 7 */

struct reader {
	struct yaml *yaml;
	yaml_parser_t parser;
	yaml_event_t event; /* the current one; type YAML_NO_EVENT when there is none */
	const char *file;
	const char *text;
	size_t length;
	bool is_failed; /* nothing more can be read */
};

static struct span mark_span(const struct reader *reader, yaml_mark_t start, yaml_mark_t end)
{
	struct span span = {
		.file = reader->file,
		.line = (unsigned)start.line + 1,
		.column = (unsigned)start.column + 1,
		.end_line = (unsigned)end.line + 1,
		.end_column = (unsigned)end.column, /* the end mark is behind the last character */
	};
	/* A collection ends where the next thing begins: its start is the useful place. */
	if (span.end_column == 0 || span.end_line != span.line || span.end_column < span.column) {
		span.end_line = span.line;
		span.end_column = span.column;
	}
	return span;
}

/* Whether a line is indented with a tab; libyaml only says that "the character
 * cannot start any token". Lines count from 0. */
static bool line_has_tab(const struct reader *reader, size_t line)
{
	const char *text = reader->text;
	for (; line > 0 && text; line--) {
		text = strchr(text, '\n');
		text = text ? text + 1 : NULL;
	}
	if (!text)
		return false;
	return text[strspn(text, " ")] == '\t';
}

/* `message: {object} is locked` and `why: note: this` are the mistakes that authors make. */
static const char *quoting_hint(const char *problem)
{
	if (strcmp(problem, "did not find expected key") == 0 ||
	    strcmp(problem, "mapping values are not allowed in this context") == 0)
		return " (a text with '{', ': ' or ' #' needs quotes)";
	return "";
}

static void report_syntax(struct reader *reader)
{
	const yaml_parser_t *parser = &reader->parser;
	const char *problem = parser->problem ? parser->problem : "cannot be read as YAML";
	const char *context = parser->context ? parser->context : "";
	reader->is_failed = true;
	if (parser->error == YAML_READER_ERROR) {
		/* Characters that YAML forbids: libyaml gives an offset instead of a mark. */
		size_t offset = parser->problem_offset < reader->length ? parser->problem_offset : reader->length;
		struct span span = yaml_text_place(reader->file, reader->text, offset);
		yaml_error_at_place(reader->yaml, &span, "YAML: %s", problem);
		return;
	}
	struct span span = mark_span(reader, parser->problem_mark, parser->problem_mark);
	if (parser->error == YAML_SCANNER_ERROR && line_has_tab(reader, parser->problem_mark.line))
		yaml_error_at_place(reader->yaml, &span, "YAML: tabs may not be used for indentation");
	else
		yaml_error_at_place(reader->yaml, &span, "YAML: %s%s%s%s", problem, *context ? ", " : "", context,
				    quoting_hint(problem));
}

static void reader_next(struct reader *reader)
{
	if (reader->is_failed)
		return;
	yaml_event_delete(&reader->event); /* leaves the event zeroed: YAML_NO_EVENT */
	if (!yaml_parser_parse(&reader->parser, &reader->event))
		report_syntax(reader);
}

static struct span event_span(const struct reader *reader)
{
	return mark_span(reader, reader->event.start_mark, reader->event.end_mark);
}

static void reject(struct reader *reader, struct yaml_node *node, const char *what)
{
	struct span span = event_span(reader);
	yaml_error_at_place(reader->yaml, &span, "YAML: %s", what);
	yaml_node_mark_broken(node);
}

static void reject_properties(struct reader *reader, struct yaml_node *node, const yaml_char_t *anchor,
			      const yaml_char_t *tag)
{
	if (anchor)
		reject(reader, node, "anchors are not supported; put a text that begins with '&' in quotes");
	if (tag)
		reject(reader, node, "tags are not supported; put a text that begins with '!' in quotes");
}

/* The text of the current scalar event. */
static const char *event_text(struct reader *reader, struct yaml_node *node)
{
	const char *value = (const char *)reader->event.data.scalar.value;
	size_t length = reader->event.data.scalar.length;
	yaml_scalar_style_t style = reader->event.data.scalar.style;
	if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE)
		while (length > 0 && value[length - 1] == '\n')
			length--; /* the newline that ends a block is layout, not text */
	if (memchr(value, '\0', length))
		reject(reader, node, "a NUL character in a text");
	return intern_n(reader->yaml->pool, value, length);
}

static struct yaml_node *node_create(struct reader *reader, struct yaml_node *parent)
{
	struct yaml_node *node = ARENA_NEW(reader->yaml->arena, struct yaml_node);
	node->parent = parent;
	return node;
}

static void read_node(struct reader *reader, struct yaml_node *node, int depth);

static void read_list(struct reader *reader, struct yaml_node *list, int depth)
{
	reject_properties(reader, list, reader->event.data.sequence_start.anchor,
			  reader->event.data.sequence_start.tag);
	reader_next(reader);
	while (!reader->is_failed && reader->event.type != YAML_SEQUENCE_END_EVENT) {
		struct yaml_node *item = node_create(reader, list);
		item->index = list->count;
		read_node(reader, item, depth + 1);
		ARENA_PUSH(reader->yaml->arena, list->items, list->count, list->capacity, item);
	}
}

/* Reads the key of a mapping's value into it; false, after a message, when the key is not a word. */
static bool read_key(struct reader *reader, struct yaml_node *map, struct yaml_node *value, int depth)
{
	value->key_span = event_span(reader);
	if (reader->event.type == YAML_SCALAR_EVENT) {
		reject_properties(reader, map, reader->event.data.scalar.anchor, reader->event.data.scalar.tag);
		value->key = event_text(reader, map);
		reader_next(reader);
		return true;
	}
	value->key = intern(reader->yaml->pool, "?");
	if (reader->event.type != YAML_ALIAS_EVENT)
		reject(reader, map, "a key must be a word; put a text with brackets or braces in quotes");
	read_node(reader, node_create(reader, map), depth + 1); /* dropped */
	return false;
}

static void read_map(struct reader *reader, struct yaml_node *map, int depth)
{
	struct yaml *yaml = reader->yaml;
	reject_properties(reader, map, reader->event.data.mapping_start.anchor, reader->event.data.mapping_start.tag);
	reader_next(reader);
	while (!reader->is_failed && reader->event.type != YAML_MAPPING_END_EVENT) {
		struct yaml_node *value = node_create(reader, map);
		bool has_key = read_key(reader, map, value, depth);
		if (reader->is_failed)
			return;
		const struct yaml_node *first = has_key ? yaml_node_get(map, value->key) : NULL;
		if (first)
			yaml_error_at_key(yaml, value, "duplicate key %s, first at %u:%u", yaml_quote(yaml, value->key),
					  first->key_span.line, first->key_span.column);
		read_node(reader, value, depth + 1);
		if (has_key && !first)
			ARENA_PUSH(yaml->arena, map->items, map->count, map->capacity, value);
	}
}

/* Reads the value that begins with the current event into the node and moves behind it. */
static void read_node(struct reader *reader, struct yaml_node *node, int depth)
{
	node->span = event_span(reader);
	if (depth > DEPTH_LIMIT) {
		reject(reader, node, "nested too deeply");
		reader->is_failed = true;
		return;
	}
	switch (reader->event.type) {
	case YAML_SCALAR_EVENT:
		reject_properties(reader, node, reader->event.data.scalar.anchor, reader->event.data.scalar.tag);
		node->text = event_text(reader, node);
		break;
	case YAML_SEQUENCE_START_EVENT:
		node->kind = YAML_NODE_LIST;
		read_list(reader, node, depth);
		break;
	case YAML_MAPPING_START_EVENT:
		node->kind = YAML_NODE_MAP;
		read_map(reader, node, depth);
		break;
	case YAML_ALIAS_EVENT:
		reject(reader, node, "aliases are not supported; put a text that begins with '*' in quotes");
		node->text = intern(reader->yaml->pool, "");
		break;
	default:
		reject(reader, node, "a value is missing"); /* libyaml gives no other event here */
		reader->is_failed = true;
	}
	reader_next(reader);
}

/* stream-start document-start node document-end stream-end */
static struct yaml_node *read_stream(struct reader *reader)
{
	reader_next(reader); /* stream start */
	reader_next(reader);
	if (reader->is_failed)
		return NULL;
	if (reader->event.type == YAML_STREAM_END_EVENT) {
		struct span span = yaml_text_place(reader->file, reader->text, 0);
		yaml_error_at_place(reader->yaml, &span, "the file is empty");
		return NULL;
	}
	reader_next(reader); /* behind document start */
	struct yaml_node *root = node_create(reader, NULL);
	if (!reader->is_failed)
		read_node(reader, root, 0);
	reader_next(reader); /* behind document end */
	if (!reader->is_failed && reader->event.type != YAML_STREAM_END_EVENT)
		reject(reader, root, "more than one document in the file");
	return reader->is_failed ? NULL : root;
}

struct yaml_node *yaml_read_file(struct yaml *yaml, const char *path)
{
	struct reader reader = { .yaml = yaml, .file = path };
	reader.text = yaml_read_text(yaml, path, &reader.length);
	if (!reader.text)
		return NULL;
	struct yaml_node *root = NULL;
	if (yaml_parser_initialize(&reader.parser)) {
		yaml_parser_set_input_string(&reader.parser, (const unsigned char *)reader.text, reader.length);
		root = read_stream(&reader);
		yaml_event_delete(&reader.event);
	} else {
		yaml_error_at_file(yaml, path, "out of memory");
	}
	yaml_parser_delete(&reader.parser);
	return root;
}
