/* See read_int.h. */
#include "read_int.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void read_fail(struct report_reader *reader, const char *format, ...)
{
	struct span span = { .file = reader->name };
	va_list args;

	if (reader->is_broken)
		return;
	reader->is_broken = true;
	va_start(args, format);
	const char *text = arena_vprintf(reader->arena, format, args);
	va_end(args);
	if (reader->item)
		log_add(reader->log, LOG_ERROR, &span, "%s[%zu]: %s", reader->item, reader->index, text);
	else
		log_add(reader->log, LOG_ERROR, &span, "%s", text);
}

static const char *type_name(json_type type)
{
	switch (type) {
	case JSON_OBJECT:
		return "an object";
	case JSON_ARRAY:
		return "an array";
	case JSON_STRING:
		return "a text";
	case JSON_INTEGER:
		return "a whole number";
	default:
		return "true or false";
	}
}

static bool is_of_type(const json_t *value, json_type type)
{
	return type == JSON_TRUE ? json_is_boolean(value) : value && json_typeof(value) == type;
}

const json_t *read_member(struct report_reader *reader, const json_t *object, const char *key, json_type type)
{
	const json_t *value = json_object_get(object, key);

	if (reader->is_broken || is_of_type(value, type))
		return reader->is_broken ? NULL : value;
	read_fail(reader, value ? "\"%s\" is not %s" : "there is no \"%s\", which is %s", key, type_name(type));
	return NULL;
}

const char *read_text(struct report_reader *reader, const json_t *object, const char *key)
{
	const json_t *value = read_member(reader, object, key, JSON_STRING);

	return value ? arena_strdup(reader->arena, json_string_value(value)) : "";
}

const char *read_text_or_null(struct report_reader *reader, const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return !value || json_is_null(value) ? NULL : read_text(reader, object, key);
}

uint64_t read_number(struct report_reader *reader, const json_t *object, const char *key, uint64_t most)
{
	const json_t *value = read_member(reader, object, key, JSON_INTEGER);
	json_int_t number = json_integer_value(value);

	if (number >= 0 && (uint64_t)number <= most)
		return (uint64_t)number;
	read_fail(reader, "\"%s\" is out of range", key);
	return 0;
}

bool read_flag(struct report_reader *reader, const json_t *object, const char *key)
{
	return json_is_true(read_member(reader, object, key, JSON_TRUE));
}

int read_choice(struct report_reader *reader, const json_t *object, const char *key, const char *const *names,
		int count)
{
	const char *text = read_text(reader, object, key);

	for (int i = 0; i < count; i++)
		if (!strcmp(text, names[i]))
			return i;
	read_fail(reader, "\"%s\" has the unknown value `%s`", key, text);
	return 0;
}

enum rp_severity read_severity(struct report_reader *reader, const json_t *object, const char *key)
{
	enum rp_severity severity = RP_SEVERITY_ERROR;
	const char *text = read_text(reader, object, key);

	if (!rp_severity_find(text, &severity))
		read_fail(reader, "\"%s\" has the unknown value `%s`", key, text);
	return severity;
}

uint64_t read_hash(struct report_reader *reader, const json_t *object, const char *key)
{
	const char *text = read_text(reader, object, key);

	if (strlen(text) != 16 || strspn(text, "0123456789abcdef") != 16) {
		read_fail(reader, "\"%s\" is not 16 hex digits", key);
		return 0;
	}
	return strtoull(text, NULL, 16);
}

const json_t *read_first(struct report_reader *reader, const json_t *object, const char *key)
{
	const json_t *first = json_array_get(read_member(reader, object, key, JSON_ARRAY), 0);

	if (!json_is_object(first))
		read_fail(reader, "\"%s\" does not begin with an object", key);
	return first;
}

const char *const *read_texts(struct report_reader *reader, const json_t *array, int *count)
{
	size_t size = json_array_size(array);
	const char **texts = ARENA_ARRAY(reader->arena, const char *, size);

	for (size_t i = 0; i < size; i++) {
		const char *text = json_string_value(json_array_get(array, i));
		if (!text)
			read_fail(reader, "a list of texts has something else");
		texts[i] = arena_strdup(reader->arena, text ? text : "");
	}
	*count = (int)size;
	return texts;
}

struct rp_source *read_sources(struct report_reader *reader, const json_t *object, const char *key, int *count)
{
	const json_t *array = read_member(reader, object, key, JSON_ARRAY);
	size_t size = json_array_size(array);
	struct rp_source *sources = ARENA_ARRAY(reader->arena, struct rp_source, size);

	for (size_t i = 0; i < size; i++) {
		const json_t *item = json_array_get(array, i);
		sources[i].document = read_text(reader, item, "document");
		sources[i].place = read_text_or_null(reader, item, "place");
	}
	*count = (int)size;
	return sources;
}

unsigned read_engines(struct report_reader *reader, const json_t *object)
{
	unsigned engines = 0;
	int count = 0;

	if (!json_object_get(object, "engines"))
		return 0;
	const char *const *names = read_texts(reader, read_member(reader, object, "engines", JSON_ARRAY), &count);
	for (int i = 0; i < count; i++)
		for (int k = 0; k < ENGINE_COUNT; k++)
			engines |= strcmp(names[i], engine_names[k]) == 0 ? 1u << k : 0;
	return engines;
}

struct report_shard read_shard(struct report_reader *reader, const json_t *object)
{
	const json_t *value = json_object_get(object, "shard");
	struct report_shard shard = { 0 };

	if (!value)
		return shard;
	value = read_member(reader, object, "shard", JSON_OBJECT);
	shard.number = (unsigned)read_number(reader, value, "number", REPORT_SHARD_LIMIT);
	shard.count = (unsigned)read_number(reader, value, "count", REPORT_SHARD_LIMIT);
	shard.plan = read_hash(reader, value, "plan");
	if (shard.number < 1 || shard.number > shard.count)
		read_fail(reader, "\"shard\": there is no %u of %u", shard.number, shard.count);
	return shard;
}

/* U+FFFD in a report was one byte that is not UTF-8: with such a byte the columns, counted in bytes, fit again, and it
 * is shown as before. Where the source itself has that character the mark below the line is off by two. */
static const char *restore_bytes(struct arena *arena, const char *text)
{
	static const char replacement[] = "\xEF\xBF\xBD";
	char *copy = arena_strdup(arena, text), *write = copy;

	while (*text) {
		bool is_replaced = !strncmp(text, replacement, strlen(replacement));

		*write++ = is_replaced ? '\xFF' : *text;
		text += is_replaced ? strlen(replacement) : 1;
	}
	*write = '\0';
	return copy;
}

void read_snippet(struct report_reader *reader, const struct span *span, const char *text)
{
	if (text && !reader->is_broken)
		source_cache_add_line(reader->sources, span->file, span->line, restore_bytes(reader->arena, text));
}
