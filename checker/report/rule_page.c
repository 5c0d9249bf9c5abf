#include "report/rule_page.h"

#include <stdlib.h>
#include <string.h>

/* ---- one page --------------------------------------------------------------------- */

static void write_words(FILE *out, const char *what, const char *const *words, int count)
{
	for (int i = 0; i < count; i++)
		fprintf(out, "%s%s", i > 0 ? ", " : what, words[i]);
	if (count > 0)
		fputc('\n', out);
}

static void write_head(FILE *out, const struct rp_rule *rule)
{
	fprintf(out, "- rule: %s (%s%s)\n", rule->id, rp_severity_name(rule->severity),
		rule->is_preview ? ", preview: off unless named by --only" : "");
	fprintf(out, "- about: %s%s%s\n", rule->os, rule->topic ? ", " : "", rule->topic ? rule->topic : "");
	write_words(out, "- formerly: ", rule->aliases, rule->alias_count);
	write_words(out, "- weakness: ", rule->cwe, rule->cwe_count);
	write_words(out, "- related: ", rule->related, rule->related_count);
	fputc('\n', out);
}

/* The author's text, its heading before what the rule says of itself. */
static void write_body(FILE *out, const struct rp_rule *rule)
{
	const char *doc = rule->doc ? rule->doc : "", *rest = doc;

	if (*doc == '#') {
		rest = doc + strcspn(doc, "\n");
		fprintf(out, "%.*s\n\n", (int)(rest - doc), doc);
		rest += strspn(rest, "\n");
	} else {
		fprintf(out, "# %s: %s\n\n", rule->id, rule->title);
	}
	write_head(out, rule);
	size_t length = strlen(rest);
	if (length > 0)
		fprintf(out, "%s%s", rest, rest[length - 1] == '\n' ? "" : "\n");
	else
		fprintf(out, "%s\n", rule->why);
}

void report_write_rule_page(FILE *out, const struct rp_rule *rule)
{
	write_body(out, rule);
	if (rule->trap_count > 0)
		fputs("\n## Right code that is not reported\n\n", out);
	for (int i = 0; i < rule->trap_count; i++)
		fprintf(out, "- %s\n", rule->traps[i].what);
	fputs("\n## Source documents\n\n", out);
	for (int i = 0; i < rule->source_count; i++) {
		const struct rp_source *source = &rule->sources[i];

		fprintf(out, "- %s%s%s\n", source->document, source->place ? ", " : "",
			source->place ? source->place : "");
	}
}

/* ---- the index ---------------------------------------------------------------------- */

static const char *topic_of(const struct rp_rule *rule)
{
	return rule->topic ? rule->topic : "other";
}

/* By system, topic, severity (errors first) and id. */
static int compare_rules(const void *a, const void *b)
{
	const struct rp_rule *left = *(const struct rp_rule *const *)a, *right = *(const struct rp_rule *const *)b;
	int order = strcmp(left->os, right->os);

	if (order == 0)
		order = strcmp(topic_of(left), topic_of(right));
	if (order == 0)
		order = (int)right->severity - (int)left->severity;
	return order != 0 ? order : strcmp(left->id, right->id);
}

static void write_index_row(FILE *out, const struct rp_rule *rule, const struct rp_rule *before)
{
	if (!before || strcmp(before->os, rule->os) != 0)
		fprintf(out, "\n## %s\n", strcmp(rule->os, "linux") == 0 ? "Linux" : "Windows");
	if (!before || strcmp(before->os, rule->os) != 0 || strcmp(topic_of(before), topic_of(rule)) != 0)
		fprintf(out, "\n### %s\n\n| rule | severity | what |\n| --- | --- | --- |\n", topic_of(rule));
	fprintf(out, "| [%s](%s.md) | %s%s | %s |\n", rule->id, rule->id, rp_severity_name(rule->severity),
		rule->is_preview ? " (preview)" : "", rule->title);
}

void report_write_rule_index(FILE *out, const struct rule_set *rules)
{
	size_t count = (size_t)rules->rule_count;
	const struct rp_rule **sorted = calloc(count + 1, sizeof(*sorted));
	if (!sorted)
		return; /* the caller sees an incomplete file by its size: no memory for 200 pointers */
	for (size_t i = 0; i < count; i++)
		sorted[i] = rules->rules[i];
	qsort(sorted, count, sizeof(*sorted), compare_rules);
	fprintf(out,
		"# Rules\n\n%zu rules. A rule marked preview is off unless named by `--only`. Made by the build from `rules/`.\n",
		count);
	for (size_t i = 0; i < count; i++)
		write_index_row(out, sorted[i], i > 0 ? sorted[i - 1] : NULL);
	free(sorted);
}
