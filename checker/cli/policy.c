/* See policy.h: what a policy does to options, rules and reports. policy_read.c reads it. */
#include "policy.h"

#include "base/path.h"
#include "suggest.h"

#include <fnmatch.h>
#include <string.h>
#include <strings.h>

struct policy *policy_choose(struct arena *arena, struct intern_pool *pool, struct log *log,
			     const struct options *options, const struct text_list *paths)
{
	const char *file = options->policy_file;

	if (!file && !options->no_policy && policy_find(arena, log, paths, &file))
		return NULL;
	return file ? policy_read(arena, pool, log, file) : policy_default(arena);
}

struct options policy_apply(struct policy *policy, const struct options *options)
{
	struct options applied = *options;

	applied.policy = policy;
	if (options->target == TARGET_AUTO)
		applied.target = policy->target;
	if (!options->kernel)
		applied.kernel = policy->kernel;
	if (!options->ddk)
		applied.ddk = policy->ddk;
	if (!options->baseline && !options->since)
		applied.baseline = policy->baseline;
	applied.no_allow |= policy->allow_comments == POLICY_NO;
	return applied;
}

/* ---- names of rules ------------------------------------------------------------------- */

struct linker {
	struct arena *arena;
	struct log *log;
	const struct rule_set *rules;
	bool has_failed;
};

static bool is_meant(const struct linker *linker, const char *text, const struct rp_rule *rule)
{
	if (rule->topic && strcasecmp(text, rule->topic) == 0)
		return true;
	return strchr(text, '*') ? fnmatch(text, rule->id, 0) == 0 : rules_find_rule(linker->rules, text) == rule;
}

static void tell_unknown(struct linker *linker, const struct policy_name *name)
{
	int count = linker->rules->rule_count, known = 0;
	const char **ids = ARENA_ARRAY(linker->arena, const char *, (size_t)count * 2);

	for (int i = 0; i < count; i++) {
		ids[known++] = linker->rules->rules[i]->id;
		if (linker->rules->rules[i]->topic)
			ids[known++] = linker->rules->rules[i]->topic;
	}
	const char *nearest = suggest_nearest(name->text, ids, known);
	log_add(linker->log, LOG_ERROR, &name->span, "no rule and no topic is called `%s`%s%s%s", name->text,
		nearest ? "; did you mean `" : " (`so2check rules` lists them)", nearest ? nearest : "",
		nearest ? "`?" : "");
	linker->has_failed = true;
}

static void link_name(struct linker *linker, struct policy_name *name)
{
	int count = linker->rules->rule_count, meant = 0;

	name->has = ARENA_ARRAY(linker->arena, bool, (size_t)count);
	for (int i = 0; i < count; i++) {
		const struct rp_rule *rule = linker->rules->rules[i];
		name->has[rule->index] = is_meant(linker, name->text, rule);
		meant += name->has[rule->index];
	}
	if (meant == 0)
		tell_unknown(linker, name);
}

static void link_names(struct linker *linker, struct policy_names *names)
{
	for (int i = 0; i < names->count; i++)
		link_name(linker, &names->items[i]);
}

/* A rule with another severity is another rule: the loaded ones are not touched. */
static const struct rule_set *make_rules(const struct policy *policy, struct linker *linker)
{
	const struct rule_set *loaded = linker->rules;
	struct rule_set *set = ARENA_NEW(linker->arena, struct rule_set);

	*set = *loaded;
	set->rules = ARENA_ARRAY(linker->arena, struct rp_rule *, (size_t)loaded->rule_count);
	for (int i = 0; i < loaded->rule_count; i++) {
		struct rp_rule *rule = loaded->rules[i];
		enum rp_severity severity = rule->severity;
		for (int k = 0; k < policy->severity_count; k++)
			if (policy->severities[k].rules.has[rule->index])
				severity = policy->severities[k].severity;
		set->rules[i] = rule;
		if (severity == rule->severity)
			continue;
		set->rules[i] = ARENA_NEW(linker->arena, struct rp_rule);
		*set->rules[i] = *rule;
		set->rules[i]->severity = severity;
	}
	return set;
}

bool policy_link(struct policy *policy, struct arena *arena, struct log *log, const struct rule_set *rules)
{
	struct linker linker = { .arena = arena, .log = log, .rules = rules };

	link_names(&linker, &policy->only);
	link_names(&linker, &policy->enabled);
	link_names(&linker, &policy->disabled);
	for (int i = 0; i < policy->severity_count; i++)
		link_name(&linker, &policy->severities[i].rules);
	for (int i = 0; i < policy->place_count; i++)
		link_names(&linker, &policy->places[i].disabled);
	for (int i = 0; i < policy->gate.limit_count; i++)
		link_name(&linker, &policy->gate.limits[i].rules);
	policy->rules = make_rules(policy, &linker);
	return !linker.has_failed;
}

static bool has_rule(const struct policy_names *names, const struct rp_rule *rule)
{
	for (int i = 0; i < names->count; i++)
		if (names->items[i].has[rule->index])
			return true;
	return false;
}

void policy_select(const struct policy *policy, const struct rule_set *rules, bool *enabled)
{
	for (int i = 0; i < rules->rule_count; i++) {
		const struct rp_rule *rule = rules->rules[i];
		if (policy->only.count > 0)
			enabled[rule->index] = has_rule(&policy->only, rule);
		enabled[rule->index] |= has_rule(&policy->enabled, rule);
		enabled[rule->index] &= !has_rule(&policy->disabled, rule);
	}
}

/* ---- paths --------------------------------------------------------------------------------- */

static const char *path_in_policy(const struct policy *policy, struct arena *scratch, const char *current,
				  const char *file)
{
	const char *path = path_seen_from(scratch, current, file);

	if (*path != '/')
		path = arena_printf(scratch, "%s/%s", current, path);
	return path_seen_from(scratch, *policy->folder ? policy->folder : "/", path);
}

static bool has_match(const struct text_list *patterns, struct arena *scratch, const char *path)
{
	for (int i = 0; i < patterns->count; i++)
		if (path_matches(scratch, patterns->items[i], path))
			return true;
	return false;
}

bool policy_has_path(const struct policy *policy, struct arena *scratch, const char *current, const char *file)
{
	if (!policy->file || (policy->included.count == 0 && policy->excluded.count == 0))
		return true;
	const char *path = path_in_policy(policy, scratch, current, file);
	return (policy->included.count == 0 || has_match(&policy->included, scratch, path)) &&
	       !has_match(&policy->excluded, scratch, path);
}

static bool has_finding(const struct policy *policy, struct arena *scratch, const char *current,
			const struct finding *finding)
{
	const char *path = path_in_policy(policy, scratch, current, finding->span.file);

	for (int i = 0; i < policy->place_count; i++)
		if (has_rule(&policy->places[i].disabled, finding->rule) &&
		    path_matches(scratch, policy->places[i].path, path))
			return false;
	return policy_has_path(policy, scratch, current, finding->span.file);
}

static size_t filter_findings(const struct policy *policy, struct arena *scratch, const char *current,
			      struct finding *findings, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (!findings[i].span.file || has_finding(policy, scratch, current, &findings[i]))
			findings[kept++] = findings[i];
		arena_reset(scratch);
	}
	return kept;
}

static size_t filter_notes(const struct policy *policy, struct arena *scratch, const char *current,
			   struct not_analysed *notes, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (policy_has_path(policy, scratch, current, notes[i].span.file))
			notes[kept++] = notes[i];
		arena_reset(scratch);
	}
	return kept;
}

void policy_filter(const struct policy *policy, struct report *report, const char *current)
{
	struct arena *scratch = arena_create();

	if (policy->file && current) {
		report->finding_count = filter_findings(policy, scratch, current, report->findings,
							report->finding_count);
		report->allowed_count = filter_findings(policy, scratch, current, report->allowed,
							report->allowed_count);
		report->note_count = filter_notes(policy, scratch, current, report->notes, report->note_count);
	}
	arena_destroy(scratch);
}

/* ---- severities ------------------------------------------------------------------------------- */

static void set_rules(const struct policy *policy, struct finding *findings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		findings[i].rule = policy->rules->rules[findings[i].rule->index];
}

void policy_set_severities(const struct policy *policy, struct report *report)
{
	set_rules(policy, report->findings, report->finding_count);
	set_rules(policy, report->allowed, report->allowed_count);
	set_rules(policy, report->known, report->known_count);
}
