#include "sample.h"

#include <stdlib.h>

static const char *const cwe[] = { "CWE-764", "CWE-667" };
static const char *const aliases[] = { "lin-lock-leak" };

static struct rp_source *make_sources(struct arena *arena)
{
	struct rp_source *sources = ARENA_ARRAY(arena, struct rp_source, 2);

	sources[0] = (struct rp_source){ "SO2 cheat sheet", "Sincronizare" };
	sources[1] = (struct rp_source){ "Documentation/locking/spinlocks.rst", "lesson 1" };
	return sources;
}

static struct rp_rule *make_rule(struct sample *sample, const char *id, const char *title, enum rp_severity severity)
{
	struct rp_rule *rule = ARENA_NEW(sample->arena, struct rp_rule);

	rule->id = id;
	rule->title = title;
	rule->os = "linux";
	rule->severity = severity;
	rule->why = "whoever waits for the lock waits for ever";
	rule->file = "rules/linux/rule.yaml";
	rule->line = 1;
	rule->index = sample->rules.rule_count;
	sample->rules.rules[sample->rules.rule_count++] = rule;
	return rule;
}

void sample_open(struct sample *sample)
{
	*sample = (struct sample){ .arena = arena_create() };
	sample->sources = source_cache_create(sample->arena);
	sample->rules.rules = ARENA_ARRAY(sample->arena, struct rp_rule *, 3);
	sample->held = make_rule(sample, "lin-lock-held-on-exit", "lock held on exit", RP_SEVERITY_ERROR);
	sample->held->help = "unlock on this path too";
	sample->held->cwe = cwe;
	sample->held->cwe_count = 2;
	sample->held->aliases = aliases;
	sample->held->alias_count = 1;
	sample->held->sources = make_sources(sample->arena);
	sample->held->source_count = 2;
	sample->held->doc = "# lock held on exit\n";
	sample->leak = make_rule(sample, "lin-mem-leak", "memory leak", RP_SEVERITY_WARNING);
	make_rule(sample, "lin-quiet", "never found here", RP_SEVERITY_NOTE)->is_preview = true;
	report_init(&sample->report, sample->arena);
}

void sample_close(struct sample *sample)
{
	arena_destroy(sample->arena);
}

struct span sample_span(unsigned line, unsigned column, unsigned end_column)
{
	return (struct span){ SAMPLE_FILE, line, column, line, end_column };
}

struct finding sample_finding(const struct rp_rule *rule, unsigned line, const char *function, const char *message)
{
	return (struct finding){
		.rule = rule,
		.span = sample_span(line, 1, 1),
		.message = message,
		.function = function,
	};
}

static void add_held(struct sample *sample)
{
	struct finding_step steps[] = {
		{ sample_span(6, 2, 22), "`dev->lock` is locked here", STEP_EVENT },
		{ sample_span(7, 8, 26), "calling `dev_check`", STEP_CALL },
		{ sample_span(8, 6, 12), "taking the branch where `ret < 0`", STEP_BRANCH },
		{ sample_span(9, 3, 12), "returns here", STEP_END },
	};
	struct finding finding = {
		.rule = sample->held,
		.span = sample_span(9, 3, 12),
		.message = "`dev->lock` is still held at this return",
		.function = "dev_ioctl",
		.steps = steps,
		.step_count = 4,
	};

	report_add_finding(&sample->report, &finding);
}

static void add_likely(struct sample *sample)
{
	struct finding_step step = { sample_span(14, 56, 70), "`p` is never freed", STEP_END };
	struct finding finding = {
		.rule = sample->leak,
		.span = step.span,
		.message = "`p` is never freed",
		.steps = &step,
		.step_count = 1,
		.certainty = CERTAINTY_LIKELY,
	};

	report_add_finding(&sample->report, &finding);
}

void sample_fill(struct sample *sample)
{
	struct finding far = sample_finding(sample->leak, 15, "table", "far to the right");
	struct not_analysed missing = { .span = { .file = "gone.c" }, .reason = "no such file", .is_error = true };
	struct not_analysed partial = { sample_span(2, 12, 20), "dev_ioctl", "over budget", true, false };
	struct not_analysed note = { sample_span(1, 1, 1), NULL, "declared `foo` from its uses", true, false };

	far.span = sample_span(15, 324, 326);
	report_add_finding(&sample->report, &far);
	add_likely(sample);
	add_held(sample);
	report_add_missing(&sample->report, &missing);
	report_add_missing(&sample->report, &partial);
	report_add_note(&sample->report, &note);
	sample->report.unit_count = 2;
	sample->report.function_count = 1;
}

const char *sample_render(struct sample *sample, enum report_format format, bool use_color)
{
	const struct report_options options = {
		.format = format,
		.use_color = use_color,
		.tool_version = "1.2.3",
		.libclang_version = "clang version 19",
		.rules = &sample->rules,
		.root = "/src/my project",
		.rules_identity = "0123456789abcdef",
	};
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	assert_int_equal(report_write(out, &sample->report, sample->sources, &options), 0);
	fclose(out);
	const char *copy = arena_strndup(sample->arena, text, size);
	free(text);
	return copy;
}
