/* Access to the YAML tree, and the messages about it: every error names the
 * place and the path of the field, and, for a mistyped word, the nearest known
 * one. */
#include "yaml/yaml.h"

#include <stdlib.h>
#include <string.h>

#define QUOTE_LIMIT 60	 /* bytes of the author's text repeated in a message */
#define SUGGEST_LIMIT 40 /* longer words get no suggestion */

struct yaml_node *yaml_node_get(const struct yaml_node *map, const char *key)
{
	if (!map || map->kind != YAML_NODE_MAP)
		return NULL;
	for (int i = 0; i < map->count; i++)
		if (map->items[i]->key[0] == key[0] && strcmp(map->items[i]->key, key) == 0)
			return map->items[i];
	return NULL;
}

const char *yaml_node_text(const struct yaml_node *map, const char *key)
{
	const struct yaml_node *value = yaml_node_get(map, key);
	return value && value->kind == YAML_NODE_SCALAR ? value->text : NULL;
}

bool yaml_node_bool(const struct yaml_node *map, const char *key)
{
	const char *text = yaml_node_text(map, key);
	return text && strcmp(text, "true") == 0;
}

int yaml_node_count(const struct yaml_node *list)
{
	return list ? list->count : 0;
}

void yaml_node_mark_broken(struct yaml_node *node)
{
	for (; node; node = node->parent)
		node->is_broken = true;
}

const char **yaml_node_texts(struct arena *arena, const struct yaml_node *list)
{
	if (!list)
		return NULL;
	const char **texts = ARENA_ARRAY(arena, const char *, (size_t)list->count);
	for (int i = 0; i < list->count; i++)
		texts[i] = list->items[i]->text;
	return texts;
}

const char *yaml_quote(struct yaml *yaml, const char *text)
{
	size_t length = strlen(text);
	size_t kept = length;
	if (length > QUOTE_LIMIT) {
		kept = QUOTE_LIMIT;
		while (kept > 0 && ((unsigned char)text[kept] & 0xC0) == 0x80)
			kept--; /* do not cut inside a UTF-8 character */
	}
	char *copy = arena_strndup(yaml->arena, text, kept);
	for (char *c = copy; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7F)
			*c = ' ';
	return arena_printf(yaml->arena, "'%s%s'", copy, kept < length ? "..." : "");
}

/* The path of a field as `apis[3].effects[0].event`; "" for the root. */
static const char *node_path(struct yaml *yaml, const struct yaml_node *node)
{
	const char *path = "";
	for (; node->parent; node = node->parent) {
		const char *dot = *path && *path != '[' ? "." : "";
		if (node->key)
			path = arena_printf(yaml->arena, "%s%s%s", node->key, dot, path);
		else
			path = arena_printf(yaml->arena, "[%d]%s%s", node->index, dot, path);
	}
	return path;
}

const char *yaml_node_place(struct yaml *yaml, const struct yaml_node *node)
{
	return arena_printf(yaml->arena, "%s:%u:%u", node->span.file, node->span.line, node->span.column);
}

__attribute__((format(printf, 5, 0))) static void report(struct yaml *yaml, enum log_level level,
							 const struct span *span, const char *path, const char *format,
							 va_list args)
{
	const char *text = arena_vprintf(yaml->arena, format, args);
	struct yaml_message message = {
		.level = level,
		.span = *span,
		.text = arena_printf(yaml->arena, "%s%s%s", path, *path ? ": " : "", text),
		.number = yaml->message_count,
	};
	ARENA_PUSH(yaml->arena, yaml->messages, yaml->message_count, yaml->message_capacity, message);
	if (level == LOG_ERROR)
		yaml->errors++;
}

static int compare_messages(const void *left, const void *right)
{
	const struct yaml_message *a = left, *b = right;
	int order = strcmp(a->span.file, b->span.file);
	if (order != 0)
		return order;
	if (a->span.line != b->span.line)
		return a->span.line < b->span.line ? -1 : 1;
	if (a->span.column != b->span.column)
		return a->span.column < b->span.column ? -1 : 1;
	return a->number < b->number ? -1 : 1;
}

void yaml_messages_flush(struct yaml *yaml)
{
	if (yaml->message_count > 1)
		qsort(yaml->messages, (size_t)yaml->message_count, sizeof(*yaml->messages), compare_messages);
	for (int i = 0; i < yaml->message_count; i++)
		log_add(yaml->log, yaml->messages[i].level, &yaml->messages[i].span, "%s", yaml->messages[i].text);
}

void yaml_error_at_node(struct yaml *yaml, struct yaml_node *node, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	report(yaml, LOG_ERROR, &node->span, node_path(yaml, node), format, args);
	va_end(args);
	yaml_node_mark_broken(node);
}

void yaml_error_at_key(struct yaml *yaml, struct yaml_node *node, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	report(yaml, LOG_ERROR, &node->key_span, node_path(yaml, node->parent), format, args);
	va_end(args);
	yaml_node_mark_broken(node);
}

void yaml_error_at_place(struct yaml *yaml, const struct span *span, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	report(yaml, LOG_ERROR, span, "", format, args);
	va_end(args);
}

void yaml_error_at_file(struct yaml *yaml, const char *file, const char *format, ...)
{
	struct span span = { .file = intern(yaml->pool, file) };
	va_list args;
	va_start(args, format);
	report(yaml, LOG_ERROR, &span, "", format, args);
	va_end(args);
}

void yaml_warn_at_node(struct yaml *yaml, const struct yaml_node *node, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	report(yaml, LOG_WARNING, &node->span, node_path(yaml, node), format, args);
	va_end(args);
}

/* ---- suggestions ------------------------------------------------------------ */

static int min_int(int a, int b)
{
	return a < b ? a : b;
}

/* Optimal string alignment: insertions, deletions, changes and swaps of
 * neighbours, which are the typing mistakes people make. */
static int edit_distance(const char *a, const char *b)
{
	int rows[3][SUGGEST_LIMIT + 1];
	int a_length = (int)strlen(a), b_length = (int)strlen(b);
	for (int j = 0; j <= b_length; j++)
		rows[0][j] = j;
	for (int i = 1; i <= a_length; i++) {
		int *now = rows[i % 3], *above = rows[(i + 2) % 3], *above2 = rows[(i + 1) % 3];
		now[0] = i;
		for (int j = 1; j <= b_length; j++) {
			int change = above[j - 1] + (a[i - 1] != b[j - 1]);
			now[j] = min_int(change, min_int(above[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				now[j] = min_int(now[j], above2[j - 2] + 1);
		}
	}
	return rows[a_length % 3][b_length];
}

void yaml_suggestion_offer(struct yaml_suggestion *suggestion, const char *candidate)
{
	size_t length = strlen(suggestion->text), other = strlen(candidate);
	/* About one edit in four characters: `use` must not become `pass`. */
	size_t most = 1 + length / 4;
	if (length == 0 || length > SUGGEST_LIMIT || other > SUGGEST_LIMIT || other > length + most ||
	    length > other + most)
		return;
	int distance = edit_distance(suggestion->text, candidate);
	if (distance > (int)most || distance >= (int)length)
		return;
	if (!suggestion->best || distance < suggestion->distance) {
		suggestion->best = candidate;
		suggestion->distance = distance;
	}
}

const char *yaml_suggestion_text(struct yaml *yaml, const struct yaml_suggestion *suggestion)
{
	if (!suggestion->best)
		return "";
	return arena_printf(yaml->arena, " (did you mean '%s'?)", suggestion->best);
}
