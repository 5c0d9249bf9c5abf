#include "test_cases.h"

#include "base/file.h"
#include "test_files.h"

#include <errno.h>
#include <string.h>

#define CASE_MAX_BYTES ((size_t)16 << 20)

/* ---- reading ------------------------------------------------------------------------- */

/* The innermost folder on the way to the file that bears a rule's name. */
static const char *find_rule_folder(struct run *run, const char *path)
{
	char *folder = arena_strdup(run->arena, path);

	for (char *slash; (slash = strrchr(folder, '/'));) {
		*slash = '\0';
		if (rules_find_rule(run->rules, test_file_name(folder)))
			return folder;
	}
	return "";
}

static int add_case(struct case_list *cases, struct run *run, const char *path)
{
	struct test_case *test_case = &cases->items[cases->count++];
	const char *rule_folder = find_rule_folder(run, path), *error;
	char *source;
	size_t length;

	*test_case = (struct test_case){
		.path = path,
		.identity = test_file_identity(run->arena, path),
		.rule_folder = rule_folder,
		.folder = *rule_folder ? test_file_name(rule_folder) : test_file_folder(run->arena, path),
		.is_header = test_file_has_suffix(path, ".h"),
	};
	if (file_read(run->arena, path, CASE_MAX_BYTES, &source, &length, &error)) {
		log_add(run->log, LOG_ERROR, NULL, "%s %s", path, error);
		return -1;
	}
	markers_read(&test_case->markers, run->arena, source);
	return 0;
}

int cases_find(struct case_list *cases, struct run *run, const char *folder)
{
	struct text_list files;

	if (test_files_find(&files, run->arena, folder)) {
		log_add(run->log, LOG_ERROR, NULL, "cannot read the folder of cases %s: %s", folder, strerror(errno));
		return -1;
	}
	*cases = (struct case_list){ .items = ARENA_ARRAY(run->arena, struct test_case, (size_t)files.count) };
	for (int i = 0; i < files.count; i++) {
		if (add_case(cases, run, files.items[i]))
			return -1;
	}
	return 0;
}

static void append_cases(struct case_list *cases, struct arena *arena, const struct case_list *more)
{
	struct test_case *items = ARENA_ARRAY(arena, struct test_case, (size_t)(cases->count + more->count));

	for (int i = 0; i < cases->count; i++)
		items[i] = cases->items[i];
	for (int i = 0; i < more->count; i++)
		items[cases->count + i] = more->items[i];
	cases->items = items;
	cases->count += more->count;
}

int cases_find_all(struct case_list *cases, struct run *run)
{
	*cases = (struct case_list){ 0 };
	for (int i = 0; i < run->rules->test_dir_count; i++) {
		struct case_list found;

		if (cases_find(&found, run, run->rules->test_dirs[i]))
			return -1;
		append_cases(cases, run->arena, &found);
	}
	return 0;
}

/* ---- what they show -------------------------------------------------------------------- */

static bool marks_rule(const struct test_case *test_case, const struct rule_set *rules, enum marker_kind kind,
		       const struct rp_rule *rule)
{
	for (int i = 0; i < test_case->markers.count; i++) {
		const struct marker *marker = &test_case->markers.items[i];

		if (marker->kind == kind && rules_find_rule(rules, marker->rule) == rule)
			return true;
	}
	return false;
}

static bool is_good_case(const struct test_case *test_case, const struct rule_set *rules, const struct rp_rule *rule)
{
	bool is_good = !strcmp(test_file_name(test_case->path), "good.c") ||
		       !strncmp(test_case->path + strlen(test_case->rule_folder), "/good/", 6);

	return (is_good && !strcmp(test_case->folder, rule->id)) || marks_rule(test_case, rules, MARKER_OK, rule);
}

bool cases_have_bad(const struct case_list *cases, const struct rule_set *rules, const struct rp_rule *rule)
{
	for (int i = 0; i < cases->count; i++) {
		if (marks_rule(&cases->items[i], rules, MARKER_EXPECT, rule))
			return true;
	}
	return false;
}

bool cases_have_good(const struct case_list *cases, const struct rule_set *rules, const struct rp_rule *rule)
{
	for (int i = 0; i < cases->count; i++) {
		if (is_good_case(&cases->items[i], rules, rule))
			return true;
	}
	return false;
}

static bool marks_trap(const struct test_case *test_case, const struct rule_set *rules, const struct rp_rule *rule,
		       const char *trap)
{
	for (int i = 0; i < test_case->markers.count; i++) {
		const struct marker *marker = &test_case->markers.items[i];

		if (marker->kind == MARKER_TRAP && !strcmp(marker->text, trap) &&
		    rules_find_rule(rules, marker->rule) == rule)
			return true;
	}
	return false;
}

bool cases_show_trap(const struct case_list *cases, const struct rule_set *rules, const struct rp_rule *rule,
		     const char *trap, bool is_bad)
{
	for (int i = 0; i < cases->count; i++) {
		const struct test_case *test_case = &cases->items[i];
		bool has_limit = marks_rule(test_case, rules, MARKER_TODO_OK, rule) ||
				 marks_rule(test_case, rules, MARKER_TODO_EXPECT, rule);
		bool expects = marks_rule(test_case, rules, MARKER_EXPECT, rule);

		if (marks_trap(test_case, rules, rule, trap) && (has_limit || expects == is_bad))
			return true;
	}
	return false;
}
