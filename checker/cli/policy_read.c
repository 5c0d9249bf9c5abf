/* From the YAML of a policy to a struct policy: docs/policy.md section by section. */
#include "base/path.h"
#include "base/paths.h"
#include "policy.h"
#include "yaml/shape.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LIMIT_DIGITS 6

struct reader {
	struct yaml yaml;
	struct arena *arena;
	struct policy *policy;
};

/* ---- its shape ------------------------------------------------------------------ */

static bool is_limit(const char *text)
{
	return strcmp(text, "any") == 0 ||
	       (strlen(text) <= LIMIT_DIGITS && yaml_is_made_of(text, "0123456789", "0123456789"));
}

static bool is_path_pattern(const char *text)
{
	int depth = 0;

	for (const char *at = text; (at = strstr(at, "**")) != NULL; at += 2)
		depth++;
	return yaml_line.accepts(text) && depth <= PATH_PATTERN_DEPTH;
}

static const struct yaml_word target_words[] = {
	{ "linux", TARGET_LINUX },
	{ "windows", TARGET_WINDOWS },
	{ "auto", TARGET_AUTO },
	{ NULL, 0 },
};
static const struct yaml_word severity_words[] = {
	{ "error", RP_SEVERITY_ERROR },
	{ "warning", RP_SEVERITY_WARNING },
	{ "note", RP_SEVERITY_NOTE },
	{ NULL, 0 },
};
static const struct yaml_word certainty_words[] = {
	{ "likely", CERTAINTY_LIKELY },
	{ "certain", CERTAINTY_CERTAIN },
	{ NULL, 0 },
};

static const struct yaml_scalar limit_scalar = { "a whole number, or any", is_limit, NULL };
static const struct yaml_scalar pattern_scalar = { "a path, with '**' at most 4 times", is_path_pattern, NULL };

static const struct yaml_shape line = { .scalar = &yaml_line };
static const struct yaml_shape boolean = { .scalar = &yaml_boolean };
static const struct yaml_shape lines = { .element = &line, .may_be_empty = true };
static const struct yaml_shape pattern = { .scalar = &pattern_scalar };
static const struct yaml_shape patterns = { .element = &pattern, .may_be_empty = true };
static const struct yaml_shape limit = { .scalar = &limit_scalar };
static const struct yaml_shape limits = { .values = &limit };
static const struct yaml_shape target = { .words = target_words };
static const struct yaml_shape severity = { .words = severity_words };
static const struct yaml_shape severities = { .values = &severity };
static const struct yaml_shape certainty = { .words = certainty_words };

static const struct yaml_field rules_fields[] = {
	{ "only", false, &lines },
	{ "enable", false, &lines },
	{ "disable", false, &lines },
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape rules = { .fields = rules_fields };
static const struct yaml_shape places = { .values = &lines };
static const struct yaml_field paths_fields[] = {
	{ "include", false, &patterns },
	{ "exclude", false, &patterns },
	{ "disable", false, &places },
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape path_rules = { .fields = paths_fields };
static const struct yaml_field gate_fields[] = {
	{ "errors", false, &limit }, { "warnings", false, &limit },
	{ "notes", false, &limit },  { "findings", false, &limit },
	{ "rules", false, &limits }, { "certainty", false, &certainty },
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape gate = { .fields = gate_fields };
static const struct yaml_field grade_fields[] = {
	{ "reference", false, &line },
	{ "build-files", false, &patterns },
	{ "needs-module", false, &boolean },
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape grade = { .fields = grade_fields };
static const struct yaml_field policy_fields[] = {
	{ "target", false, &target },
	{ "kernel", false, &line },
	{ "ddk", false, &line },
	{ "rules", false, &rules },
	{ "severity", false, &severities },
	{ "paths", false, &path_rules },
	{ "allow-comments", false, &boolean },
	{ "baseline", false, &line },
	{ "gate", false, &gate },
	{ "grade", false, &grade },
	YAML_END_OF_FIELDS,
};
static const struct yaml_shape policy_shape = { .fields = policy_fields };

/* ---- its parts --------------------------------------------------------------------- */

/* Texts live as long as the run: the tree's are interned. */
static struct policy_name name_at(const struct yaml_node *node)
{
	return (struct policy_name){ .text = node->text, .span = node->span };
}

static struct policy_name name_of_key(const struct yaml_node *node)
{
	return (struct policy_name){ .text = node->key, .span = node->key_span };
}

static void read_names(struct reader *reader, const struct yaml_node *list, struct policy_names *names)
{
	for (int i = 0; i < yaml_node_count(list); i++)
		ARENA_PUSH(reader->arena, names->items, names->count, names->capacity, name_at(list->items[i]));
}

static void read_texts(struct reader *reader, const struct yaml_node *list, struct text_list *texts)
{
	for (int i = 0; i < yaml_node_count(list); i++)
		text_list_add(reader->arena, texts, list->items[i]->text);
}

static const char *read_path(struct reader *reader, const struct yaml_node *map, const char *key)
{
	const char *path = yaml_node_text(map, key);

	if (!path || *path == '/')
		return path;
	return arena_printf(reader->arena, "%s/%s", reader->policy->folder, path);
}

static void read_rules(struct reader *reader, const struct yaml_node *map)
{
	struct policy *policy = reader->policy;

	read_names(reader, yaml_node_get(map, "only"), &policy->only);
	read_names(reader, yaml_node_get(map, "enable"), &policy->enabled);
	read_names(reader, yaml_node_get(map, "disable"), &policy->disabled);
}

static void read_severities(struct reader *reader, const struct yaml_node *map)
{
	struct policy *policy = reader->policy;

	for (int i = 0; i < yaml_node_count(map); i++) {
		struct policy_severity item = {
			.rules = name_of_key(map->items[i]),
			.severity = (enum rp_severity)yaml_word_value(severity_words, map->items[i]->text, 0),
		};
		ARENA_PUSH(reader->arena, policy->severities, policy->severity_count, policy->severity_capacity, item);
	}
}

static void read_paths(struct reader *reader, const struct yaml_node *map)
{
	struct policy *policy = reader->policy;
	const struct yaml_node *list = yaml_node_get(map, "disable");

	read_texts(reader, yaml_node_get(map, "include"), &policy->included);
	read_texts(reader, yaml_node_get(map, "exclude"), &policy->excluded);
	for (int i = 0; i < yaml_node_count(list); i++) {
		struct yaml_node *node = list->items[i];
		struct policy_place place = { .path = node->key };
		if (!is_path_pattern(place.path))
			yaml_error_at_key(&reader->yaml, node, "expected %s", pattern_scalar.noun);
		read_names(reader, node, &place.disabled);
		ARENA_PUSH(reader->arena, policy->places, policy->place_count, policy->place_capacity, place);
	}
}

static int limit_value(const char *text, int missing)
{
	if (!text)
		return missing;
	return strcmp(text, "any") == 0 ? POLICY_ANY : atoi(text);
}

static void read_gate(struct reader *reader, const struct yaml_node *map)
{
	struct policy_gate *read = &reader->policy->gate;
	const struct yaml_node *list = yaml_node_get(map, "rules");

	read->errors = limit_value(yaml_node_text(map, "errors"), read->errors);
	read->warnings = limit_value(yaml_node_text(map, "warnings"), read->warnings);
	read->notes = limit_value(yaml_node_text(map, "notes"), read->notes);
	read->findings = limit_value(yaml_node_text(map, "findings"), read->findings);
	read->only_certain = yaml_word_value(certainty_words, yaml_node_text(map, "certainty"), CERTAINTY_LIKELY) ==
			     CERTAINTY_CERTAIN;
	for (int i = 0; i < yaml_node_count(list); i++) {
		struct policy_limit item = { .rules = name_of_key(list->items[i]),
					     .most = limit_value(list->items[i]->text, 0) };
		ARENA_PUSH(reader->arena, read->limits, read->limit_count, read->limit_capacity, item);
	}
}

static void read_grade(struct reader *reader, const struct yaml_node *map)
{
	struct policy_grade *read = &reader->policy->grade;
	const char *needs_module = yaml_node_text(map, "needs-module");

	read->reference = read_path(reader, map, "reference");
	read_texts(reader, yaml_node_get(map, "build-files"), &read->build);
	read->needs_no_module = needs_module && strcmp(needs_module, "false") == 0;
}

static void read_policy(struct reader *reader, const struct yaml_node *root)
{
	struct policy *policy = reader->policy;
	const char *comments = yaml_node_text(root, "allow-comments");

	policy->target = (enum frontend_target)yaml_word_value(target_words, yaml_node_text(root, "target"),
							       TARGET_AUTO);
	policy->kernel = read_path(reader, root, "kernel");
	policy->ddk = read_path(reader, root, "ddk");
	policy->baseline = read_path(reader, root, "baseline");
	if (comments)
		policy->allow_comments = yaml_node_bool(root, "allow-comments") ? POLICY_YES : POLICY_NO;
	read_rules(reader, yaml_node_get(root, "rules"));
	read_severities(reader, yaml_node_get(root, "severity"));
	read_paths(reader, yaml_node_get(root, "paths"));
	read_gate(reader, yaml_node_get(root, "gate"));
	read_grade(reader, yaml_node_get(root, "grade"));
}

/* ---- the file ------------------------------------------------------------------------ */

struct policy *policy_default(struct arena *arena)
{
	struct policy *policy = ARENA_NEW(arena, struct policy);

	policy->gate = (struct policy_gate){ .warnings = POLICY_ANY, .notes = POLICY_ANY, .findings = POLICY_ANY };
	return policy;
}

struct policy *policy_read(struct arena *arena, struct intern_pool *pool, struct log *log, const char *file)
{
	struct reader reader = { .yaml = { .arena = arena_create(), .pool = pool, .log = log },
				 .arena = arena,
				 .policy = policy_default(arena) };
	const char *current = current_folder(arena);
	const char *path = path_seen_from(arena, "/",
					  arena_printf(arena, "%s/%s", *file == '/' || !current ? "" : current, file));

	reader.policy->file = intern(pool, file);
	reader.policy->folder = arena_strndup(arena, path, (size_t)(strrchr(path, '/') - path));
	struct yaml_node *root = yaml_read_file(&reader.yaml, reader.policy->file);
	if (root && yaml_check_shape(&reader.yaml, root, &policy_shape))
		read_policy(&reader, root);
	yaml_messages_flush(&reader.yaml);
	arena_destroy(reader.yaml.arena);
	return reader.yaml.errors == 0 ? reader.policy : NULL;
}

/* ---- finding it --------------------------------------------------------------------------- */

static bool is_there(struct arena *arena, const char *folder, const char *entry)
{
	struct stat status;

	return lstat(arena_printf(arena, "%s/%s", folder, entry), &status) == 0;
}

static bool is_folder(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* NULL: it is the root. */
static const char *folder_above(struct arena *arena, const char *folder)
{
	const char *slash = strrchr(folder, '/');

	return slash ? arena_strndup(arena, folder, (size_t)(slash - folder)) : NULL;
}

/* The topmost folder to look in: of the repository; without one the current folder, if the given one lies in it. The
 * hook's copies lie in `.git`, and have nothing to do with the repository around it. */
static const char *last_folder(struct arena *arena, const char *folder, const char *current)
{
	for (const char *at = folder; at; at = folder_above(arena, at)) {
		const char *slash = strrchr(at, '/');
		if (is_there(arena, at, ".git") || (slash && strcmp(slash, "/.git") == 0))
			return at;
	}
	return *path_seen_from(arena, current, folder) == '/' ? folder : current;
}

/* An absolute path, or NULL. */
static const char *find_from(struct arena *arena, const char *current, const char *path)
{
	const char *start = path_seen_from(arena, current, path);
	if (*start != '/')
		start = arena_printf(arena, "%s/%s", current, start);
	const char *folder = is_folder(start) ? start : folder_above(arena, start);
	const char *last = last_folder(arena, folder ? folder : "", current);

	for (; folder; folder = folder_above(arena, folder)) {
		if (is_there(arena, folder, POLICY_FILE))
			return arena_printf(arena, "%s/%s", folder, POLICY_FILE);
		if (strcmp(folder, last) == 0)
			return NULL;
	}
	return NULL;
}

int policy_find(struct arena *arena, struct log *log, const struct text_list *paths, const char **file)
{
	const char *current = current_folder(arena);

	*file = NULL;
	if (!current)
		return 0;
	for (int i = 0; i < paths->count; i++) {
		const char *found = find_from(arena, current, paths->items[i]);
		const char *shown = found ? path_seen_from(arena, current, found) : NULL;
		if (i == 0) {
			*file = shown;
		} else if (shown != *file && (!shown || !*file || strcmp(shown, *file) != 0)) {
			log_add(log, LOG_ERROR, NULL,
				"`%s` has another policy than `%s`: check them one by one, or choose with --policy or "
				"--no-policy",
				paths->items[i], paths->items[0]);
			return -1;
		}
	}
	return 0;
}
