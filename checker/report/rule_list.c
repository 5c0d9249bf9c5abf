/* `so2check rules`: what is looked for, as a table for people or JSON for scripts:
 *
 *   {"version": 1, "rules": [{"id", "title", "os", "topic", "severity", "preview", "cwe",
 *    "why", "help", "sources", "aliases", "file", "line"}]} */
#include "report_int.h"

#include <string.h>

static const char *join_cwe(struct arena *scratch, const struct rp_rule *rule)
{
	const char *text = rule->cwe_count > 0 ? rule->cwe[0] : "-";

	for (int i = 1; i < rule->cwe_count; i++)
		text = arena_printf(scratch, "%s,%s", text, rule->cwe[i]);
	return text;
}

static int widest(int width, const char *text)
{
	int length = (int)strlen(text);

	return length > width ? length : width;
}

static int write_table(FILE *out, const struct rule_set *rules)
{
	struct arena *scratch = arena_create();
	int id_width = 0, cwe_width = 0;

	for (int i = 0; i < rules->rule_count; i++) {
		id_width = widest(id_width, rules->rules[i]->id);
		cwe_width = widest(cwe_width, join_cwe(scratch, rules->rules[i]));
	}
	for (int i = 0; i < rules->rule_count; i++) {
		const struct rp_rule *rule = rules->rules[i];

		fprintf(out, "%-*s  %-7s  %-*s  %s%s\n", id_width, rule->id, rp_severity_name(rule->severity),
			cwe_width, join_cwe(scratch, rule), rule->title, rule->is_preview ? " (preview)" : "");
	}
	arena_destroy(scratch);
	return fflush(out) || ferror(out) ? -1 : 0;
}

static json_t *make_rule(struct json_doc *doc, const struct rp_rule *rule)
{
	json_t *item = json_doc_wrap(doc, "id", rule->id);

	json_doc_set(doc, item, "title", json_doc_string(doc, rule->title));
	json_doc_set(doc, item, "os", json_doc_string(doc, rule->os));
	if (rule->topic)
		json_doc_set(doc, item, "topic", json_doc_string(doc, rule->topic));
	json_doc_set(doc, item, "severity", json_doc_string(doc, rp_severity_name(rule->severity)));
	json_doc_set(doc, item, "preview", json_boolean(rule->is_preview));
	json_doc_set(doc, item, "cwe", json_doc_strings(doc, rule->cwe, rule->cwe_count));
	json_doc_set(doc, item, "why", json_doc_string(doc, rule->why));
	json_doc_set(doc, item, "help", json_doc_string(doc, rule->help));
	json_doc_set(doc, item, "sources", json_doc_sources(doc, rule));
	json_doc_set(doc, item, "aliases", json_doc_strings(doc, rule->aliases, rule->alias_count));
	json_doc_set(doc, item, "file", json_doc_string(doc, rule->file));
	json_doc_set(doc, item, "line", json_integer(rule->line));
	return item;
}

static int write_json(FILE *out, const struct rule_set *rules)
{
	struct json_doc doc = { .scratch = arena_create() };
	json_t *root = json_object(), *list = json_array();

	for (int i = 0; i < rules->rule_count; i++)
		json_doc_append(&doc, list, make_rule(&doc, rules->rules[i]));
	json_doc_set(&doc, root, "version", json_integer(1));
	json_doc_set(&doc, root, "rules", list);
	int status = json_doc_write(&doc, root, out);
	arena_destroy(doc.scratch);
	return status;
}

int report_write_rules(FILE *out, const struct rule_set *rules, enum report_format format)
{
	return format == REPORT_JSON ? write_json(out, rules) : write_table(out, rules);
}
