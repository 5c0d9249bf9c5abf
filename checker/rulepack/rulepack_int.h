/* Private to rulepack. Three passes over each pack make the linked form:
 * yaml/yaml.h turns YAML into a tree of nodes that remember their places, schema.c
 * checks the tree's shape against tables, link*.c turn names into pointers and
 * indices. A pass that finds an error marks the nodes around it as broken and
 * goes on: later passes skip what is broken, so that one mistake gives one
 * message and all independent mistakes are reported in one run. */
#ifndef SO2_RULEPACK_RULEPACK_INT_H
#define SO2_RULEPACK_RULEPACK_INT_H

#include "base/strmap.h"
#include "rulepack/rulepack.h"
#include "yaml/yaml.h"

/* ---- the loader ------------------------------------------------------------ */

/* A named entry of a pack: an api, a resource, a role, a field or a rule. */
struct entry {
	const char *name;
	struct yaml_node *node;	     /* its mapping */
	struct yaml_node *name_node; /* the scalar that names it */
	int pack;		     /* the pack that gave it */
	void *linked;		     /* struct rp_api and so on; NULL while not linked or when broken */
	const char *os, *doc;	     /* the folder; rules: the text of the page */
	/* resources: what effects say of it */
	int tuple_size; /* of the first effect on it; 0: none yet */
	const struct yaml_node *tuple_node;
	const char **modes; /* modes it is acquired with, interned */
	int mode_count;
	int mode_capacity;
};

struct table {
	const char *noun; /* "api", for messages */
	struct entry **entries;
	int count;
	int capacity;
	struct keymap *by_name;
};

/* What rule_set.index points to. */
struct rule_index {
	struct intern_pool *pool;
	struct keymap *calls; /* name -> struct rp_match */
	struct keymap *rules; /* id or alias -> struct rp_rule */
};

struct loader {
	struct arena *arena; /* until loading ends */
	struct arena *kept;  /* the linked form */
	struct intern_pool *pool;
	struct yaml *yaml; /* its arena is the first, its pool the same */
	struct rule_set *set;
	struct rule_image *image; /* NULL: there is none */
	struct table apis, resources, roles, fields, variables, constants, namings, rules;
	struct keymap *tags;	    /* every tag of an API */
	struct keymap *given_roles; /* roles that parameters of APIs give */
	struct keymap *families;    /* every family of a role */
	struct keymap *bindings;    /* of roles, to where they were said */
	int pack;		    /* number of the pack being read */
	int yaml_files;		    /* facts and rules seen in it */
	bool has_broken_api;	    /* its effects are unknown, and so are modes of resources */
	bool is_incomplete; /* a file could not be read: names it defines are unknown, so do not complain of them */
	int test_dir_capacity, macro_capacity, constant_capacity;
};

#define RP_COVERAGE_FOLDER "coverage" /* of a pack: see rulepack/coverage.h */

/* ---- files.c ------------------------------------------------------------------ */

struct name_list {
	const char **names;
	int count, capacity;
};

const char *rp_path_join(struct loader *loader, const char *folder, const char *name);
bool rp_path_is_folder(struct loader *loader, const char *path);
bool rp_path_is_file(struct loader *loader, const char *path);
/* Both are there, and one file or folder under two names. */
bool rp_path_is_same(struct loader *loader, const char *a, const char *b);
bool rp_name_has_suffix(const char *name, const char *suffix);
/* Names in a folder, sorted bytewise, without hidden ones; false (after an error message) when it cannot be read. */
bool rp_folder_list(struct loader *loader, const char *path, struct name_list *list);
/* A whole text file, checked to be UTF-8; NULL after an error message. The file name must be interned. */
const char *rp_text_read(struct loader *loader, const char *path, size_t *length);

/* To be called before a file or folder is looked at: what is loaded depends on it. rule_image.c */
void rp_image_watch(struct loader *loader, const char *path);

/* ---- files.c, schema.c, text.c, words.c -------------------------------------- */

/* The root node of a YAML file, or NULL after an error message. */
struct yaml_node *rp_yaml_read_file(struct loader *loader, const char *path);

enum schema_file { SCHEMA_PACK, SCHEMA_FACTS, SCHEMA_RULE, SCHEMA_COVERAGE };
/* Reports every departure from the documented shape; false when there was any. */
bool rp_schema_check(struct loader *loader, struct yaml_node *root, enum schema_file file);

/* Style of a text shown to users; placeholders are checked when it may have any. */
bool rp_text_check(struct yaml *yaml, struct yaml_node *node, bool has_placeholders);

extern const struct yaml_word rp_words_api_kind[], rp_words_convention[], rp_words_predicate[], rp_words_access[],
	rp_words_space[], rp_words_role_space[], rp_words_when[], rp_words_sleep[], rp_words_identity[],
	rp_words_exit_policy[], rp_words_severity[], rp_words_check_kind[], rp_words_via[], rp_words_role_filter[],
	rp_words_os[], rp_words_implicit_event[], rp_words_violation[], rp_words_user_space[], rp_words_storage[],
	rp_words_room[], rp_words_own_access[], rp_words_irql[], rp_words_context[], rp_words_interrupt[],
	rp_words_mask[], rp_words_need[], rp_words_tells[], rp_words_contract[], rp_words_name_kind[],
	rp_words_address[], rp_words_time[], rp_words_habit[], rp_words_pointee[], rp_words_from_user[], rp_words_fix[],
	rp_words_peer[];

/* ---- link*.c -------------------------------------------------------------------- */

/* Adds the entry; one of the same name replaces an earlier pack's and is an error in the same pack. */
struct entry *rp_table_add(struct loader *loader, struct table *table, struct yaml_node *node,
			   struct yaml_node *name_node);
struct entry *rp_table_find(const struct table *table, const char *name);
/* The entry a node names, or NULL after an error message. */
struct entry *rp_table_resolve(struct loader *loader, const struct table *table, struct yaml_node *reference);

void rp_link_collect_facts(struct loader *loader, struct yaml_node *root, const char *os);
void rp_link_collect_rule(struct loader *loader, struct yaml_node *root, const char *os);
/* Links what was collected from all packs into loader->set. */
void rp_link_all(struct loader *loader);
void rp_link_resource(struct loader *loader, struct entry *entry);
void rp_link_api(struct loader *loader, struct entry *entry);
/* What an API means for the contexts and callbacks of a driver: link_callback.c. Parameters must be linked. */
void rp_link_given_roles(struct loader *loader, struct rp_api *api, int param, struct yaml_node *node);
void rp_link_callbacks(struct loader *loader, struct rp_api *api, struct yaml_node *node);
bool rp_api_is_void(const struct yaml_node *api_node);
void rp_link_role(struct loader *loader, struct entry *entry);
void rp_link_field(struct loader *loader, struct entry *entry);
void rp_link_variable(struct loader *loader, struct entry *entry);
void rp_link_naming(struct loader *loader, struct entry *entry);
void rp_link_constant(struct loader *loader, struct entry *entry);
void rp_link_rule(struct loader *loader, struct entry *entry);
void rp_link_check(struct loader *loader, struct rp_check *check, struct yaml_node *node);
/* `peers:` of a rule; NULL node: none. */
void rp_link_peers(struct loader *loader, struct rp_rule *rule, struct yaml_node *node);
/* `fix:` of a rule, one or a list; NULL node: none. */
void rp_link_fixes(struct loader *loader, struct rp_rule *rule, struct yaml_node *node);
/* Index of an event; -1 when the resource has none of that name. */
int rp_resource_event(const struct rp_resource *resource, const char *name);
/* Index of a state; -1 when the resource has none of that name. */
int rp_resource_state(const struct rp_resource *resource, const char *name);
/* Index of the parameter a node names; -1 after an error message. */
int rp_link_param(struct loader *loader, const struct rp_api *api, struct yaml_node *node);
/* The same for the parameter that a key of the mapping names; -1 when there is no such key. */
int rp_link_param_key(struct loader *loader, const struct rp_api *api, const struct yaml_node *map, const char *key);
/* Index of the state a node names; -1 after an error message. */
int rp_link_state_name(struct loader *loader, const struct rp_resource *resource, struct yaml_node *node);
/* Warns of modes that no effect acquires any of the resources with. That is a typing mistake
 * or a pack that is not finished: no error, as another pack may bring the other half. */
void rp_check_modes(struct loader *loader, const struct entry *const *resources, int count, struct yaml_node *list);

/* A whole number, decimal or 0x, within 64 bits; false when it is not one. */
bool rp_parse_integer(const char *text, int64_t *number);
/* Adds a constant that the frontend is to look up. */
void rp_constant_add(struct loader *loader, const char *name);
/* One condition or a list of them, about the parameters of an API; NULL node: none. */
struct rp_conditions rp_link_conditions(struct loader *loader, const struct rp_api *api, struct yaml_node *node);
/* The same in two steps, for conditions that are about several APIs. */
struct rp_conditions rp_link_tests(struct loader *loader, struct yaml_node *node);
struct rp_conditions rp_conditions_for(struct loader *loader, const struct rp_conditions *tests_of,
				       const struct rp_api *api, struct yaml_node *node);
/* A mapping with min and max; NULL node: both unsaid. */
void rp_link_irql_range(struct loader *loader, struct yaml_node *node, enum rp_irql *min, enum rp_irql *max);
/* Builds loader->set->index; names claimed twice are errors. */
void rp_index_build(struct loader *loader);
/* Before anything is asked for: the pool with the names of the set, which an image does not know. */
void rp_index_open(const struct rule_set *set, struct intern_pool *pool);

#endif
