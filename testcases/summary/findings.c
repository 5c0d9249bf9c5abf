#include "findings.h"

#include <jansson.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

const char *const defect_rules[DEFECT_COUNT] = {
	[DEFECT_DOUBLE_LOCK] = "lin-lock-double",
	[DEFECT_NOT_HELD] = "lin-unlock-not-held",
	[DEFECT_LEFT_HELD] = "lin-lock-held-on-exit",
	[DEFECT_SLEEP] = "lin-sleep-in-atomic",
	[DEFECT_SLEEPING_ALLOC] = "lin-gfp-atomic",
	[DEFECT_USE_AFTER_FREE] = "lin-use-after-free",
	[DEFECT_LEAK] = "lin-mem-leak",
	[DEFECT_NULL] = "lin-null-unchecked",
};

/* The exit status, or -1. */
static int run(const char **arguments)
{
	pid_t child;
	int status;

	if (posix_spawn(&child, arguments[0], NULL, NULL, (char **)arguments, environ) != 0)
		return -1;
	if (waitpid(child, &status, 0) < 0 || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

static int rule_of(const char *name)
{
	int i;

	for (i = 0; i < DEFECT_COUNT; i++)
		if (strcmp(defect_rules[i], name) == 0)
			return i;
	return -1;
}

static struct line_origin origin_of(const struct listing *listing, json_t *place)
{
	int line = (int)json_integer_value(json_object_get(place, "line"));

	if (line < 1 || line > listing->line)
		return (struct line_origin){ .program = -1, .node = -1 };
	return listing->origins[line];
}

static bool read_finding(struct reported *finding, const struct listing *listing, json_t *item)
{
	int rule = rule_of(json_string_value(json_object_get(item, "rule")));
	struct line_origin origin = origin_of(listing, item);
	json_t *step;
	size_t i;

	if (rule < 0 || origin.program < 0)
		return false;
	*finding = (struct reported){ .rule = (enum defect_rule)rule, .origin = origin };
	finding->line = (int)json_integer_value(json_object_get(item, "line"));
	json_array_foreach(json_object_get(item, "steps"), i, step)
	{
		int node = origin_of(listing, step).node;

		if (node >= 0)
			finding->path.words[node / 64] |= UINT64_C(1) << (node % 64);
	}
	return true;
}

static bool read_report(struct report *report, const struct listing *listing, json_t *document)
{
	json_t *items = json_object_get(document, "findings"), *item;
	size_t i;

	report->not_analysed = (int)json_array_size(json_object_get(document, "notAnalysed"));
	report->count = 0;
	report->findings = calloc(json_array_size(items) + 1, sizeof(*report->findings));
	if (!report->findings)
		return false;
	json_array_foreach(items, i, item)
	{
		/* Believed by what a function does on its other ways: made-up programs have no such habits. */
		if (strcmp(json_string_value(json_object_get(item, "certainty")), "certain") != 0)
			continue;
		if (!read_finding(&report->findings[report->count++], listing, item)) {
			fprintf(stderr, "a finding that belongs to no program: number %d\n", (int)i);
			return false;
		}
	}
	return true;
}

bool report_get(struct report *report, const char *so2check, const char *source, const struct listing *listing)
{
	char output[4200], only[512] = "";
	const char *arguments[] = { so2check, "--target=linux", "--format=json", "--only", only,
				    "-o",     output,		source,		 NULL };
	json_error_t error;
	json_t *document;
	int i, status;
	bool is_read;

	for (i = 0; i < DEFECT_COUNT; i++) {
		strcat(only, i ? "," : "");
		strcat(only, defect_rules[i]);
	}
	snprintf(output, sizeof(output), "%s.json", source);
	unlink(output); /* an earlier one must not pass for this */
	status = run(arguments);
	if (status != 0 && status != 1 && status != 3) {
		fprintf(stderr, "%s: exit status %d\n", so2check, status);
		return false;
	}
	document = json_load_file(output, 0, &error);
	if (!document) {
		fprintf(stderr, "%s: %s\n", output, error.text);
		return false;
	}
	is_read = read_report(report, listing, document);
	json_decref(document);
	return is_read;
}
