/* Interrupt request levels of Windows: bounds from below and from above. They
 * come from what the function's role and annotations guarantee on entry, what
 * the locks held raise the level to, and what the code itself asked for or
 * asserted. An unknown entry level is no level at all, so that "too high" and
 * "too low" are said only where the body or the role proves it. */
#include "engine_int.h"

#include <string.h>
#include <strings.h>

static int entry_level(const struct entry *entry)
{
	int level;

	if (!entry->resource || entry->state < 0 || !entry->resource->states[entry->state].is_held)
		return RP_IRQL_UNSAID;
	if (entry->is_doubtful)
		return RP_IRQL_UNSAID;
	level = entry->resource->states[entry->state].irql;
	return entry->level > level ? entry->level : level;
}

const struct entry *irql_holder(const struct flow_state *state)
{
	const struct entry *holder = NULL;
	size_t i;

	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		if (entry_level(entry) != RP_IRQL_UNSAID && (!holder || entry_level(entry) > entry_level(holder)))
			holder = entry;
	}
	return holder;
}

/* A level as SAL annotations spell it (DISPATCH_LEVEL). */
int irql_level_of_text(const char *text)
{
	static const struct {
		const char *beginning;
		int level;
	} rows[] = { { "passive", RP_IRQL_PASSIVE },
		     { "apc", RP_IRQL_APC },
		     { "dispatch", RP_IRQL_DISPATCH },
		     { "dirql", RP_IRQL_DEVICE },
		     { "high", RP_IRQL_HIGH } };
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strncasecmp(text, rows[i].beginning, strlen(rows[i].beginning)) == 0)
			return rows[i].level;
	return RP_IRQL_UNSAID;
}

/* What the function's role and its own annotations guarantee on entry. */
int irql_on_entry(const struct analysis *a)
{
	int level = a->role ? (int)a->role->irql_min : RP_IRQL_UNSAID, i;

	for (i = 0; i < a->function->annotation_count; i++) {
		const struct ir_annotation *annotation = &a->function->annotations[i];
		int said = annotation->argument ? irql_level_of_text(annotation->argument) : RP_IRQL_UNSAID;

		if ((strcmp(annotation->name, "irql_requires") == 0 ||
		     strcmp(annotation->name, "irql_requires_min") == 0) &&
		    said > level)
			level = said;
	}
	return level;
}

/* The lowest level that an annotation of this name states, RP_IRQL_UNSAID. */
static int annotated_level(const struct ir_function *function, const char *name)
{
	int level = RP_IRQL_UNSAID, i;

	for (i = 0; i < function->annotation_count; i++) {
		const struct ir_annotation *annotation = &function->annotations[i];
		int said = strcmp(annotation->name, name) == 0 && annotation->argument ?
				   irql_level_of_text(annotation->argument) :
				   RP_IRQL_UNSAID;

		if (said != RP_IRQL_UNSAID && (level == RP_IRQL_UNSAID || said < level))
			level = said;
	}
	return level;
}

static bool has_annotation(const struct ir_function *function, const char *beginning)
{
	int i;

	for (i = 0; i < function->annotation_count; i++)
		if (strncmp(function->annotations[i].name, beginning, strlen(beginning)) == 0)
			return true;
	return false;
}

/* The lower of two levels of which either may be unsaid. */
static int lower_level(int left, int right)
{
	if (left == RP_IRQL_UNSAID || right == RP_IRQL_UNSAID)
		return left == RP_IRQL_UNSAID ? right : left;
	return left < right ? left : right;
}

/* Sections named otherwise (PAGELK, PAGESER) are paged only until the driver
 * locks them, which it does before it uses them. */
bool irql_is_pageable(const struct ir_function *function)
{
	return function->code_section && strcmp(function->code_section, "PAGE") == 0;
}

int irql_declared_limit(const struct ir_function *function)
{
	int level = annotated_level(function, "irql_requires_max");

	level = lower_level(level, annotated_level(function, "irql_requires"));
	level = lower_level(level, annotated_level(function, "irql_always_max"));
	return lower_level(level, irql_is_pageable(function) ? RP_IRQL_APC : RP_IRQL_UNSAID);
}

/* The highest level that the role, the author or the function's section allow on entry. */
static int irql_entry_limit(const struct analysis *a)
{
	return lower_level(a->role ? (int)a->role->irql_max : RP_IRQL_UNSAID, irql_declared_limit(a->function));
}

int irql_lower_bound(const struct analysis *a, const struct flow_state *state)
{
	const struct entry *holder = irql_holder(state);
	int level = irql_on_entry(a);

	if (holder && entry_level(holder) > level)
		level = entry_level(holder);
	if (state->irql) {
		struct range asked = range_of(state, state->irql);

		if (asked.low > level && asked.low <= RP_IRQL_HIGH)
			level = (int)asked.low;
	}
	return level;
}

/* ---- from above ------------------------------------------------------------------ */

static bool resource_has_levels(const struct rp_resource *resource)
{
	int i;

	for (i = 0; i < resource->state_count; i++)
		if (resource->states[i].irql != RP_IRQL_UNSAID)
			return true;
	return false;
}

/* What an object of the path may have raised the level to; RP_IRQL_UNSAID: it
 * has not, RP_IRQL_HIGH: there is no telling. */
static int highest_of_entry(const struct entry *entry)
{
	int level;

	if (!entry->resource || entry->state < 0 || !resource_has_levels(entry->resource))
		return RP_IRQL_UNSAID;
	if (entry->is_doubtful) /* somebody may have taken it meanwhile */
		return RP_IRQL_HIGH;
	if (!entry->resource->states[entry->state].is_held || entry->resource->same_irql)
		return RP_IRQL_UNSAID;
	level = entry->resource->states[entry->state].irql;
	if (entry->level > level)
		level = entry->level;
	/* Held without a level of its own: a mutex of its unsafe kind, or raised to what is not known. */
	return level == RP_IRQL_UNSAID ? RP_IRQL_HIGH : level;
}

int irql_upper_bound(const struct analysis *a, const struct flow_state *state)
{
	int level = irql_entry_limit(a), asked = RP_IRQL_UNSAID;
	size_t i;

	if (state->irql) {
		struct range range = range_of(state, state->irql);

		if (range.high >= 0 && range.high < RP_IRQL_HIGH)
			asked = (int)range.high;
	}
	if (state->is_irql_lost || state->has_lost_objects || level == RP_IRQL_UNSAID)
		return asked;
	for (i = 0; i < state->entry_count; i++)
		if (highest_of_entry(&state->entries[i]) > level)
			level = highest_of_entry(&state->entries[i]);
	level = lower_level(level, asked);
	return level >= RP_IRQL_HIGH ? RP_IRQL_UNSAID : level;
}

/* ---- calls -------------------------------------------------------------------------- */

static bool may_cause_any(const struct analysis *a, const struct ir_function *callee,
			  const struct rp_resource *resource)
{
	int i;

	for (i = 0; i < resource->event_count; i++)
		if (effects_may_cause(a->effects, callee, resource, i, NULL))
			return true;
	return false;
}

/* May a function without facts return at another level than it was called at?
 * The kernel's own say so in their names. */
static bool may_move_irql(const struct analysis *a, const struct ir_function *callee)
{
	const struct rule_set *rules = a->engine->rules;
	int i;

	if (!callee)
		return true;
	for (i = 0; callee->has_body && i < rules->resource_count; i++)
		if (resource_has_levels(rules->resources[i]) && may_cause_any(a, callee, rules->resources[i]))
			return true;
	if (callee->has_body)
		return false;
	return callee->in_user_file || name_speaks_of_lock(callee->name) || strcasestr(callee->name, "irql");
}

void irql_after_unknown_call(const struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	if (!unit_is_windows(a->unit) || !may_move_irql(a, site->target))
		return;
	state->irql = NULL;
	state->is_irql_lost = true;
}

void irql_after_known_call(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	struct range range = { irql_lower_bound(a, state), RP_IRQL_HIGH, false };

	if (!site->api->gives_irql && site->api->asserts_irql_max == RP_IRQL_UNSAID &&
	    site->api->asserts_irql_min == RP_IRQL_UNSAID)
		return;
	if (site->api->asserts_irql_min > range.low)
		range.low = site->api->asserts_irql_min;
	if (range.low < 0)
		range.low = 0;
	if (site->api->asserts_irql_max != RP_IRQL_UNSAID && site->api->asserts_irql_max >= range.low)
		range.high = site->api->asserts_irql_max;
	state_constrain(a, state, site->result, range);
	state->irql = site->result;
}

static const struct rp_irql_limit *limit_row(struct analysis *a, const struct flow_state *state,
					     const struct call_site *site)
{
	int i;

	for (i = 0; i < site->api->irql_limit_count; i++)
		if (conditions_hold(a, state, site, &site->api->irql_limits[i].conditions))
			return &site->api->irql_limits[i];
	return NULL;
}

int irql_call_max(struct analysis *a, const struct flow_state *state, const struct call_site *site)
{
	const struct rp_irql_limit *row = limit_row(a, state, site);

	return lower_level(row ? (int)row->max : RP_IRQL_UNSAID, (int)site->api->asserts_irql_max);
}

int irql_call_min(struct analysis *a, const struct flow_state *state, const struct call_site *site)
{
	const struct rp_irql_limit *row = limit_row(a, state, site);

	return row ? (int)row->min : RP_IRQL_UNSAID;
}

/* The call whose result tells the level: KeGetCurrentIrql(), PAGED_CODE(). */
static void describe_low_level(struct analysis *a, const struct flow_state *state, struct violation *v, int level)
{
	const struct ir_insn *asked = state->irql && state->irql->kind == SYM_CALL ? state->irql->a : NULL;
	bool by_role = a->role && a->role->irql_max != RP_IRQL_UNSAID && (int)a->role->irql_max <= level;

	if (by_role || irql_entry_limit(a) != RP_IRQL_UNSAID) {
		v->holder = by_role ? a->role->name : a->function->name;
		v->is_anywhere = true;
		v->origin_span = a->function->span;
		v->origin_text = by_role ? arena_printf(a->arena, "%s has the role %s: it is called at %s",
							a->function->name, a->role->name, irql_name(level)) :
					   arena_printf(a->arena, "%s is declared to run at %s at most",
							a->function->name, irql_name(level));
	} else if (asked) {
		v->holder = asked->call.macro  ? asked->call.macro :
			    asked->call.callee ? asked->call.callee->name :
						 NULL;
		v->origin_span = asked->span;
		v->origin_text = arena_printf(a->arena, "the level is at most %s here", irql_name(level));
	}
}

void check_irql_low(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	int least = irql_call_min(a, state, site), level = irql_upper_bound(a, state);
	const struct ir_expr *first = call_arg_expr(site, 0);
	struct violation v = { .state = state, .span = site->insn->span, .api = site->name };

	if (least == RP_IRQL_UNSAID || level == RP_IRQL_UNSAID || level >= least)
		return;
	if (!emit_find_check(a, RP_CHECK_IRQL_LOW, site->api, &v.rule, &v.check))
		return;
	v.irql = level;
	v.irql_limit = least;
	v.object = first ? readable_text(a, object_text(a, first)) : NULL;
	if (!v.object || !*v.object)
		v.object = site->name;
	describe_low_level(a, state, &v, level);
	v.cause = site->insn;
	emit_violation(a, &v);
}

/* ---- what the author promises ------------------------------------------------------------ */

/* The level that the body may never exceed, whatever it was called at. */
static int body_limit(const struct analysis *a, unsigned *contract)
{
	int level = annotated_level(a->function, "irql_always_max");

	*contract = RP_CONTRACT_IRQL_MAX;
	if (!irql_is_pageable(a->function) || (level != RP_IRQL_UNSAID && level <= RP_IRQL_APC))
		return level;
	*contract = RP_CONTRACT_PAGEABLE;
	return RP_IRQL_APC;
}

struct broken_contract {
	struct violation violation;
	unsigned contract;
};

static void visit_contract(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check, void *context)
{
	const struct broken_contract *broken = context;
	struct violation v = broken->violation;

	if (!(check->contracts & broken->contract))
		return;
	v.rule = rule;
	v.check = check;
	emit_violation(a, &v);
}

/* A lock or a raise takes the level above what the body may run at. */
void check_irql_body(struct analysis *a, const struct flow_state *state)
{
	const struct entry *holder = irql_holder(state);
	struct broken_contract broken = { .violation = { .state = state } };
	int level, limit = body_limit(a, &broken.contract);

	if (limit == RP_IRQL_UNSAID || !holder || !holder->acquired || holder->was_held_on_entry)
		return;
	level = entry_level(holder);
	if (level <= limit)
		return;
	broken.violation.span = holder->acquired->span;
	broken.violation.cause = holder->acquired;
	broken.violation.resource = holder->resource;
	broken.violation.object = holder->resource->identity == RP_IDENTITY_GLOBAL ? holder->resource->noun :
										     holder->object;
	broken.violation.holder = broken.violation.object;
	broken.violation.api = broken.violation.origin = holder->api ? holder->api->name : NULL;
	broken.violation.irql = level;
	broken.violation.irql_limit = limit;
	broken.violation.origin_span = a->function->span;
	broken.violation.origin_text = arena_printf(a->arena,
						    irql_is_pageable(a->function) ?
							    "%s is in a pageable section: it runs at %s at most" :
							    "%s is declared never to run above %s",
						    a->function->name, irql_name(limit));
	emit_each_check(a, RP_CHECK_CONTRACT, visit_contract, &broken);
}

/* An object taken here that still raises the level; NULL: none. */
static const struct entry *raised_at_exit(const struct flow_state *state)
{
	const struct entry *holder = irql_holder(state);

	return holder && holder->acquired && !holder->was_held_on_entry ? holder : NULL;
}

/* Does the function say that it returns at another level, in whatever words? */
static bool moves_level_by_contract(const struct ir_function *function)
{
	return has_annotation(function, "irql_raises") || has_annotation(function, "irql_saves") ||
	       has_annotation(function, "irql_restores") || has_annotation(function, "acquires") ||
	       has_annotation(function, "when") || has_annotation(function, "at");
}

/* A return at another level than the annotations say. */
void check_irql_exit(struct analysis *a, const struct exit_record *record)
{
	const struct ir_function *function = a->function;
	const struct entry *holder = raised_at_exit(record->state);
	int promised = annotated_level(function, "irql_raises"), level = irql_upper_bound(a, record->state);
	struct broken_contract broken = { .violation = { .state = record->state, .span = record->span },
					  .contract = RP_CONTRACT_IRQL_EXIT };
	struct violation *v = &broken.violation;

	if (has_annotation(function, "irql_requires_same") && !moves_level_by_contract(function) && holder) {
		v->cause = holder->acquired;
		v->resource = holder->resource;
		v->key = holder->key;
		v->irql = entry_level(holder);
		v->irql_limit = irql_on_entry(a);
		v->object = holder->object;
		v->holder = holder->resource->identity == RP_IDENTITY_GLOBAL ? holder->resource->noun : holder->object;
		v->api = v->origin = holder->api ? holder->api->name : NULL;
		v->origin_span = function->span;
		v->origin_text = arena_printf(a->arena, "%s is declared to return at the level it was called at",
					      function->name);
	} else if (promised != RP_IRQL_UNSAID && level != RP_IRQL_UNSAID && level < promised) {
		v->irql = level;
		v->irql_limit = promised;
		v->object = v->holder = v->api = function->name;
		v->origin_span = function->span;
		v->origin_text = arena_printf(a->arena, "%s is declared to return at %s", function->name,
					      irql_name(promised));
	} else {
		return;
	}
	emit_each_check(a, RP_CHECK_CONTRACT, visit_contract, &broken);
}

/* The part that a function plays is at odds with the level it is declared for. */
void check_irql_role(struct analysis *a)
{
	int most = annotated_level(a->function, "irql_requires_max");
	int least = annotated_level(a->function, "irql_requires_min");
	struct broken_contract broken = { .violation = { .span = a->function->span } };
	struct violation *v = &broken.violation;

	if (!a->role)
		return;
	v->object = v->api = a->function->name;
	v->holder = a->role->name;
	v->is_anywhere = true;
	if (most != RP_IRQL_UNSAID && (int)a->role->irql_min > most) {
		v->irql = (int)a->role->irql_min;
		v->irql_limit = most;
		broken.contract = RP_CONTRACT_IRQL_MAX;
	} else if (least != RP_IRQL_UNSAID && a->role->irql_max != RP_IRQL_UNSAID && (int)a->role->irql_max < least) {
		v->irql = (int)a->role->irql_max;
		v->irql_limit = least;
		broken.contract = RP_CONTRACT_IRQL_MIN;
	} else {
		return;
	}
	emit_each_check(a, RP_CHECK_CONTRACT, visit_contract, &broken);
}

const char *irql_name(int level)
{
	switch (level) {
	case RP_IRQL_PASSIVE:
		return "passive level";
	case RP_IRQL_APC:
		return "APC level";
	case RP_IRQL_DISPATCH:
		return "dispatch level";
	case RP_IRQL_UNSAID:
		return NULL;
	default:
		return level < RP_IRQL_HIGH ? "device level" : "high level";
	}
}
