/* Findings of module checks: their steps, and messages with the user's names. */
#include "module_int.h"

#include "base/text.h"

#include <string.h>

/* ---- texts --------------------------------------------------------------------- */

static const char *function_name(const struct ir_function *function)
{
	return function ? function->name : NULL;
}

/* "line 12", with the file when it is another one. */
static const char *where_text(const struct module_view *view, const struct module_finding *finding)
{
	const char *file = finding->origin_span.file, *slash;

	if (!finding->origin_span.line)
		return NULL;
	if (!file || file == finding->span.file)
		return arena_printf(view->arena, "line %u", finding->origin_span.line);
	slash = strrchr(file, '/');
	return arena_printf(view->arena, "line %u of %s", finding->origin_span.line, slash ? slash + 1 : file);
}

static const char *placeholder(const struct module_view *view, const struct module_finding *finding, const char *name,
			       size_t length)
{
#define IS(word) (length == sizeof(word) - 1 && strncmp(name, word, length) == 0)
	if (IS("object"))
		return finding->object;
	if (IS("api"))
		return finding->api;
	if (IS("holder"))
		return finding->holder;
	if (IS("noun"))
		return finding->resource ? finding->resource->noun : NULL;
	if (IS("mode"))
		return finding->mode;
	if (IS("function"))
		return function_name(finding->function);
	if (IS("origin"))
		return finding->origin;
	if (IS("role"))
		return finding->role ? finding->role->name : NULL;
	if (IS("entry"))
		return function_name(finding->entry);
	if (IS("version"))
		return finding->version;
	if (IS("replacement"))
		return finding->replacement;
	if (IS("where"))
		return where_text(view, finding);
#undef IS
	return NULL;
}

static const char *expand(const struct module_view *view, const struct module_finding *finding, const char *template)
{
	struct text result = text_create(view->arena);

	while (*template) {
		size_t plain = strcspn(template, "{");
		const char *end = strchr(template + plain, '}'), *value;

		text_add_n(&result, template, plain);
		template += plain;
		if (!*template || !end)
			break;
		value = placeholder(view, finding, template + 1, (size_t)(end - template - 1));
		text_add(&result, value ? value : "it");
		template = end + 1;
	}
	return text_get(&result);
}

/* ---- steps --------------------------------------------------------------------- */

void finding_step(struct module_finding *finding, struct span span, enum step_kind kind, const char *text)
{
	const struct finding_step *last = finding->step_count ? &finding->steps[finding->step_count - 1] : NULL;

	if (!text || !span.line || finding->step_count == MODULE_MAX_STEPS)
		return;
	if (last && last->span.line == span.line && last->kind == kind && strcmp(last->text, text) == 0)
		return;
	finding->steps[finding->step_count++] = (struct finding_step){ span, text, kind };
}

void finding_chain(struct module_finding *finding, const struct chain *chain)
{
	int i;

	for (i = 0; i < chain->count; i++)
		finding_step(finding, chain->steps[i].span,
			     chain->steps[i].kind == SUMMARY_STEP_CALL ? STEP_CALL : STEP_EVENT, chain->steps[i].text);
}

void finding_entry(struct module_view *view, struct module_finding *finding, const struct role_entry *entry)
{
	const struct role_binding *binding = entry->binding;
	const struct ir_function *function = entry->function;

	if (!finding->entry) {
		finding->entry = function;
		finding->role = binding->role;
	}
	if (binding->span.line != function->span.line || binding->span.file != function->span.file)
		finding_step(finding, binding->span, STEP_EVENT,
			     arena_printf(view->arena, "`%s` becomes %s here", function->name, binding->role->name));
	finding_step(finding, function->span, STEP_EVENT,
		     arena_printf(view->arena, "`%s` is called as %s%s", function->name, binding->role->name,
				  role_context_text(view->arena, binding->role)));
}

void finding_event(struct module_view *view, struct module_finding *finding, struct span span,
		   const struct rp_resource *resource, int event, const char *object, const struct rp_api *api)
{
	const char *template = resource->step_texts ? resource->step_texts[event] : NULL;
	struct module_finding words = { .resource = resource, .object = object, .function = finding->function };

	words.api = api ? api->name : NULL;
	if (template)
		finding_step(finding, span, STEP_EVENT, expand(view, &words, template));
}

void finding_report(struct module_view *view, struct module_finding *finding)
{
	struct finding result = { .rule = finding->rule, .span = finding->span };
	const char *own = finding->check->message;

	if (!finding->span.line)
		return;
	finding->object = finding->object ? finding->object : finding->api;
	result.function = function_name(finding->function);
	result.message = expand(view, finding, own ? own : finding->rule->message);
	if (finding->step_count == MODULE_MAX_STEPS)
		finding->step_count--;
	finding_step(finding, finding->span, STEP_END, result.message);
	result.steps = finding->steps;
	result.step_count = finding->step_count;
	result.certainty = finding->is_likely ? CERTAINTY_LIKELY : CERTAINTY_CERTAIN;
	report_add_finding(view->report, &result);
}
