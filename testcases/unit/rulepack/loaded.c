#include "loaded.h"

#include <stdlib.h>
#include <string.h>

void loaded_open(struct loaded *loaded, const char *const *packs, int pack_count)
{
	loaded->arena = arena_create();
	loaded->pool = intern_create();
	loaded->log = log_create();
	loaded->rules = rules_load(loaded->arena, loaded->pool, loaded->log, NULL, packs, pack_count);
}

void loaded_close(struct loaded *loaded)
{
	log_destroy(loaded->log);
	intern_destroy(loaded->pool);
	arena_destroy(loaded->arena);
}

char *loaded_messages(const struct loaded *loaded)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	assert_non_null(out);
	log_print(loaded->log, 0, out);
	fclose(out);
	return text;
}

const struct rp_api *loaded_api(const struct loaded *loaded, const char *name)
{
	struct rp_match match;
	assert_true(rules_match_call(loaded->rules, intern(loaded->pool, name), &match));
	assert_null(match.shape);
	assert_string_equal(match.api->name, name);
	return match.api;
}

const struct rp_resource *loaded_resource(const struct loaded *loaded, const char *name)
{
	for (int i = 0; i < loaded->rules->resource_count; i++)
		if (strcmp(loaded->rules->resources[i]->name, name) == 0)
			return loaded->rules->resources[i];
	fail_msg("no resource %s", name);
	return NULL;
}

const struct rp_rule *loaded_rule(const struct loaded *loaded, const char *id)
{
	const struct rp_rule *rule = rules_find_rule(loaded->rules, id);
	assert_non_null(rule);
	return rule;
}
