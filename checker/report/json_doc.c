/* Building a JSON document: strings are cleaned on their way in, and running
 * out of memory is noticed once, at the end. */
#include "report_int.h"

#include <errno.h>

json_t *json_doc_string(struct json_doc *doc, const char *text)
{
	return text ? json_string(utf8_clean(doc->scratch, text)) : json_null();
}

void json_doc_set(struct json_doc *doc, json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value))
		doc->has_failed = true;
}

void json_doc_append(struct json_doc *doc, json_t *array, json_t *value)
{
	if (json_array_append_new(array, value))
		doc->has_failed = true;
}

json_t *json_doc_wrap(struct json_doc *doc, const char *key, const char *text)
{
	json_t *object = json_object();

	json_doc_set(doc, object, key, json_doc_string(doc, text));
	return object;
}

json_t *json_doc_strings(struct json_doc *doc, const char *const *texts, int count)
{
	json_t *array = json_array();

	for (int i = 0; i < count; i++)
		json_doc_append(doc, array, json_doc_string(doc, texts[i]));
	return array;
}

json_t *json_doc_engines(struct json_doc *doc, unsigned engines)
{
	json_t *array = json_array();

	for (int i = 0; i < ENGINE_COUNT; i++)
		if (engines & (1u << i))
			json_doc_append(doc, array, json_doc_string(doc, engine_names[i]));
	return array;
}

json_t *json_doc_shard(struct json_doc *doc, const struct report_shard *shard)
{
	json_t *object = json_object();

	json_doc_set(doc, object, "number", json_integer(shard->number));
	json_doc_set(doc, object, "count", json_integer(shard->count));
	json_doc_set(doc, object, "plan", json_doc_string(doc, fingerprint_text(doc->scratch, shard->plan)));
	return object;
}

json_t *json_doc_sources(struct json_doc *doc, const struct rp_rule *rule)
{
	json_t *array = json_array();

	for (int i = 0; i < rule->source_count; i++) {
		json_t *source = json_object();

		json_doc_set(doc, source, "document", json_doc_string(doc, rule->sources[i].document));
		json_doc_set(doc, source, "place", json_doc_string(doc, rule->sources[i].place));
		json_doc_append(doc, array, source);
	}
	return array;
}

int json_doc_write(struct json_doc *doc, json_t *root, FILE *out)
{
	int status = 0;

	if (!root || doc->has_failed) {
		errno = ENOMEM;
		status = -1;
	} else if (json_dumpf(root, out, JSON_INDENT(2)) || fputc('\n', out) == EOF || fflush(out) || ferror(out)) {
		status = -1;
	}
	json_decref(root);
	return status;
}
