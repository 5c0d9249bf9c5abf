/* What the author's annotations say of a function, and how a contradiction is
 * reported: where it is declared, then the steps, then what contradicts it. */
#include "contract_int.h"

#include <string.h>

/* ---- locks ---------------------------------------------------------------------- */

struct lock_word {
	const char *name;
	enum lock_promise promise;
	bool is_shared;
};

/* Annotations of sparse and of SAL. Conditional ones promise nothing by themselves. */
static const struct lock_word lock_words[] = {
	{ "acquires", PROMISE_ACQUIRES, false },
	{ "acquires_shared", PROMISE_ACQUIRES, true },
	{ "acquires_lock", PROMISE_ACQUIRES, false },
	{ "acquires_exclusive_lock", PROMISE_ACQUIRES, false },
	{ "acquires_shared_lock", PROMISE_ACQUIRES, true },
	{ "acquires_nonreentrant_lock", PROMISE_ACQUIRES, false },
	{ "releases", PROMISE_RELEASES, false },
	{ "releases_shared", PROMISE_RELEASES, true },
	{ "releases_lock", PROMISE_RELEASES, false },
	{ "releases_exclusive_lock", PROMISE_RELEASES, false },
	{ "releases_shared_lock", PROMISE_RELEASES, true },
	{ "releases_nonreentrant_lock", PROMISE_RELEASES, false },
	{ "must_hold", PROMISE_HOLDS, false },
	{ "must_hold_shared", PROMISE_HOLDS, true },
	{ "requires_lock_held", PROMISE_HOLDS, false },
	{ "requires_exclusive_lock_held", PROMISE_HOLDS, false },
	{ "requires_shared_lock_held", PROMISE_HOLDS, true },
	{ "must_not_hold", PROMISE_NOT_HELD, false },
	{ "requires_lock_not_held", PROMISE_NOT_HELD, false },
	{ "requires_exclusive_lock_not_held", PROMISE_NOT_HELD, false },
	{ "requires_shared_lock_not_held", PROMISE_NOT_HELD, false },
};

static void add_lock_contracts(struct lock_contracts *list, const struct ir_annotation *annotations, int count,
			       int current)
{
	int i;
	size_t w;

	for (i = 0; i < count; i++)
		for (w = 0; w < sizeof(lock_words) / sizeof(lock_words[0]) && list->count < MAX_LOCK_CONTRACTS; w++)
			if (annotations[i].argument && strcmp(annotations[i].name, lock_words[w].name) == 0)
				list->items[list->count++] = (struct lock_contract){ &annotations[i],
										     lock_words[w].promise,
										     lock_words[w].is_shared, current };
}

static bool same_object(const struct lock_contract *left, const struct lock_contract *right)
{
	return left->current == right->current && strcmp(left->annotation->argument, right->annotation->argument) == 0;
}

bool contract_also(const struct lock_contracts *list, const struct lock_contract *contract, enum lock_promise promise)
{
	int i;

	for (i = 0; i < list->count; i++)
		if (list->items[i].promise == promise && same_object(&list->items[i], contract))
			return true;
	return false;
}

void contract_locks(const struct ir_function *function, struct lock_contracts *list)
{
	int i;

	list->count = 0;
	add_lock_contracts(list, function->annotations, function->annotation_count, -1);
	for (i = 0; i < function->declared_count; i++)
		add_lock_contracts(list, function->declared[i].annotations, function->declared[i].annotation_count,
				   function->declared[i].index);
}

/* ---- annotations by name ----------------------------------------------------------- */

const struct ir_annotation *contract_find(const struct ir_function *function, const char *name)
{
	int i;

	for (i = 0; i < function->annotation_count; i++)
		if (strcmp(function->annotations[i].name, name) == 0)
			return &function->annotations[i];
	return NULL;
}

const struct ir_annotation *contract_find_on_param(const struct ir_function *function, const char *name, int *index)
{
	int i, k;

	for (i = 0; i < function->declared_count; i++) {
		const struct ir_declared_param *param = &function->declared[i];

		for (k = 0; k < param->annotation_count; k++) {
			if (strcmp(param->annotations[k].name, name) != 0)
				continue;
			*index = param->index;
			return &param->annotations[k];
		}
	}
	return NULL;
}

bool contract_exists(const struct ir_function *function)
{
	int i;

	for (i = 0; i < function->declared_count; i++)
		if (function->declared[i].annotation_count > 0)
			return true;
	return function->annotation_count > 0;
}

int contract_level(const struct ir_annotation *annotation)
{
	return annotation && annotation->argument ? irql_level_of_text(annotation->argument) : RP_IRQL_UNSAID;
}

/* ---- floating point ---------------------------------------------------------------- */

static bool suits(const struct rp_effect *effect, bool saves)
{
	if (effect->object != RP_OBJECT_PARAM || effect->via)
		return false;
	return saves ? resource_event_acquires(effect->resource, effect->event) :
		       resource_event_releases(effect->resource, effect->event);
}

bool contract_float_effect(const struct analysis *a, bool saves, const struct rp_api **api,
			   const struct rp_effect **effect)
{
	const struct rule_set *rules = a->engine->rules;
	int i, k;

	for (i = 0; i < rules->api_count; i++) {
		for (k = 0; k < rules->apis[i]->effect_count; k++) {
			if (!rp_api_has_tag(rules->apis[i], "floating-point") ||
			    !suits(&rules->apis[i]->effects[k], saves))
				continue;
			*api = rules->apis[i];
			*effect = &rules->apis[i]->effects[k];
			return true;
		}
	}
	return false;
}

bool contract_is_param_of(const struct analysis *a, const struct rp_api *api, const struct rp_effect *effect,
			  const struct ir_type *type)
{
	const struct ir_function *function = ir_function_find(a->unit, api->name);
	int i;

	for (i = 0; function && i < function->declared_count; i++) {
		const struct ir_declared_param *param = &function->declared[i];

		if (param->index == effect->params[0] && param->type && type && param->type->kind == IR_TYPE_POINTER &&
		    type->kind == IR_TYPE_POINTER)
			return contract_same_type(param->type->target, type->target);
	}
	return false;
}

/* ---- reports ------------------------------------------------------------------------- */

struct contract_check {
	unsigned contract;
	struct violation *violation;
	bool is_reported;
};

static void visit_check(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check, void *context)
{
	struct contract_check *wanted = context;

	if (!(check->contracts & wanted->contract) || wanted->is_reported)
		return;
	wanted->violation->rule = rule;
	wanted->violation->check = check;
	wanted->is_reported = true;
	emit_violation(a, wanted->violation);
}

static const char *written_text(struct analysis *a, const struct ir_annotation *annotation)
{
	if (annotation->written && strchr(annotation->written, '(') == NULL && annotation->argument)
		return arena_printf(a->arena, "%s(%s)", annotation->written, annotation->argument);
	if (annotation->written)
		return annotation->written;
	return annotation->argument ? arena_printf(a->arena, "%s(%s)", annotation->name, annotation->argument) :
				      annotation->name;
}

/* What is so instead, for {holder}. */
const char *contract_clause(struct analysis *a, const char *format, const char *object)
{
	const char *text = object ? readable_text(a, object) : NULL;
	const char *hole = strstr(format, "%s");

	return arena_printf(a->arena, "%.*s%s%s", (int)(hole - format), format, text ? text : "it", hole + 2);
}

void contract_report(struct analysis *a, enum rp_contract contract, const struct ir_function *function,
		     const struct ir_annotation *annotation, struct violation *violation)
{
	struct contract_check wanted = { (unsigned)contract, violation, false };

	violation->origin = written_text(a, annotation);
	violation->origin_span = annotation->span.line ? annotation->span : function->span;
	violation->origin_text = arena_printf(a->arena, "%s is declared %s", function->name, violation->origin);
	emit_each_check(a, RP_CHECK_CONTRACT, visit_check, &wanted);
}
