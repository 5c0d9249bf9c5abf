/* Checks of single calls against Windows facts: the IRQL limit of an API, calls
 * with arguments a rule forbids or in a place it forbids, pageable memory at
 * raised IRQL, and copies whose ranges overlap. */
#include "engine_int.h"

#include <string.h>

static const char *argument_text(struct analysis *a, const struct call_site *site, int param)
{
	const struct ir_expr *expr = call_arg_expr(site, param);
	const char *text = expr ? readable_text(a, object_text(a, expr)) : site->is_replayed ? site->object : NULL;

	return text && *text ? text : site->name;
}

static const char *first_argument_text(struct analysis *a, const struct call_site *site)
{
	return argument_text(a, site, 0);
}

/* ---- IRQL limits ----------------------------------------------------------------- */

/* Who raised the level: an object of the path, or the role of the function. */
static void describe_holder(struct analysis *a, const struct flow_state *state, struct violation *v, int level)
{
	const struct entry *holder = irql_holder(state);
	bool by_role = irql_on_entry(a) >= level;

	if (holder && !by_role) {
		v->cause = holder->acquired;
		v->resource = holder->resource;
		v->key = holder->key;
		v->holder = holder->resource->identity == RP_IDENTITY_GLOBAL ? holder->resource->noun : holder->object;
		v->origin = holder->api ? holder->api->name : NULL;
		if (holder->acquired)
			v->origin_span = holder->acquired->span;
	} else if (by_role) {
		v->holder = a->role ? a->role->name : a->function->name;
		v->is_anywhere = true;
		v->origin_span = a->function->span;
		v->origin_text = a->role ? arena_printf(a->arena, "%s has the role %s: it is called at %s",
							a->function->name, a->role->name, irql_name(irql_on_entry(a))) :
					   arena_printf(a->arena, "%s is declared to run at %s", a->function->name,
							irql_name(irql_on_entry(a)));
	} else {
		v->holder = "the test of the IRQL";
	}
}

static bool holder_is_certain(const struct flow_state *state)
{
	const struct entry *holder = irql_holder(state);

	return !holder || !holder->is_doubtful;
}

void check_irql(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	int limit = irql_call_max(a, state, site), level = irql_lower_bound(a, state);
	struct violation v = { .state = state, .span = site->insn->span, .api = site->name };

	if (limit != RP_IRQL_UNSAID && level <= limit)
		demand_irql(a, state, site, DEMAND_IRQL_MAX, limit);
	if (limit == RP_IRQL_UNSAID || level <= limit || !holder_is_certain(state))
		return;
	if (!emit_find_check(a, RP_CHECK_IRQL, site->api, &v.rule, &v.check))
		return;
	v.irql = level;
	v.irql_limit = limit;
	v.object = first_argument_text(a, site);
	describe_holder(a, state, &v, level);
	v.cause = site->insn; /* each such call is a defect of its own */
	emit_violation(a, &v);
}

/* A function of the driver says itself how high it may be called. */
struct declared_limit {
	const struct flow_state *state;
	const struct call_site *site;
	int level, limit;
};

static void visit_declared_limit(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check,
				 void *context)
{
	const struct declared_limit *call = context;
	struct violation v = { .rule = rule, .check = check, .state = call->state, .span = call->site->insn->span };

	if (check->tag_count > 0) /* a rule about certain APIs only */
		return;
	v.api = v.object = call->site->insn->call.callee->name;
	v.irql = call->level;
	v.irql_limit = call->limit;
	describe_holder(a, call->state, &v, call->level);
	v.cause = call->site->insn;
	emit_violation(a, &v);
}

void check_declared_irql(struct analysis *a, const struct flow_state *state, const struct call_site *site)
{
	const struct ir_function *callee = site->insn->call.callee;
	struct declared_limit call = { state, site, irql_lower_bound(a, state), RP_IRQL_UNSAID };

	if (!callee)
		return;
	call.limit = irql_declared_limit(callee);
	if (irql_is_pageable(callee) && (call.limit == RP_IRQL_UNSAID || call.limit > RP_IRQL_APC))
		call.limit = RP_IRQL_APC;
	if (call.limit != RP_IRQL_UNSAID && call.level <= call.limit)
		demand_irql(a, state, site, DEMAND_IRQL_MAX, call.limit);
	if (call.limit != RP_IRQL_UNSAID && call.level > call.limit && holder_is_certain(state))
		emit_each_check(a, RP_CHECK_IRQL, visit_declared_limit, &call);
}

/* ---- pageable memory -------------------------------------------------------------- */

struct paged_access {
	const struct flow_state *state;
	const struct sym *object;
	const struct ir_expr *expr;
	const struct call_site *site; /* NULL: a direct access */
	struct span span;
	int level;
};

static const struct entry *covered_object(const struct paged_access *access, const struct rp_check *check)
{
	int r, m;

	for (r = 0; r < check->resource_count; r++) {
		const struct entry *entry = state_entry(access->state, check->resources[r], access->object);

		if (!entry || entry->state < 0 || !entry->resource->states[entry->state].is_held)
			continue;
		if (check->mode_count == 0)
			return entry;
		for (m = 0; m < check->mode_count; m++)
			if (entry->mode == check->modes[m])
				return entry;
	}
	return NULL;
}

static void visit_paged_access(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check,
			       void *context)
{
	const struct paged_access *access = context;
	const struct entry *entry = covered_object(access, check);
	struct violation v = { .rule = rule, .check = check, .state = access->state, .span = access->span };

	if (!entry)
		return;
	describe_holder(a, access->state, &v, access->level);
	v.irql = access->level;
	v.irql_limit = RP_IRQL_APC;
	v.object = entry->object;
	v.mode = entry->mode;
	v.api = access->site ? access->site->name : NULL;
	v.below = access->site ? access->site->below : NULL;
	v.callee = access->site ? access->site->callee : NULL;
	v.cause = entry->acquired;
	/* The path shows the level; where the memory comes from goes first. */
	v.origin = entry->api ? entry->api->name : NULL;
	if (entry->acquired) {
		v.origin_span = entry->acquired->span;
		v.origin_text = arena_printf(a->arena, "%s is allocated here, from paged memory", entry->object);
	}
	emit_violation(a, &v);
}

void check_paged_access(struct analysis *a, struct flow_state *state, const struct sym *pointer,
			const struct ir_expr *expr, const struct call_site *site, struct span span)
{
	struct paged_access access = {
		state, sym_object_pointer(pointer), expr, site, span, irql_lower_bound(a, state)
	};

	if (access.object && access.level >= RP_IRQL_DISPATCH && access.object->kind != SYM_INT)
		emit_each_check(a, RP_CHECK_PAGED_ACCESS, visit_paged_access, &access);
}

void check_paged_touch(struct analysis *a, struct flow_state *state, const struct sym *pointer,
		       const struct call_site *site, int level)
{
	struct paged_access access = { state, pointer, NULL, site, site->insn->span, level };

	if (level >= RP_IRQL_DISPATCH)
		emit_each_check(a, RP_CHECK_PAGED_ACCESS, visit_paged_access, &access);
}

/* ---- argument patterns --------------------------------------------------------------- */

static bool call_has_tag(const struct analysis *a, const struct ir_insn *insn, const struct rp_check *check)
{
	const struct sym probe = { .kind = SYM_CALL, .a = insn };
	const struct rp_api *api = origin_api(a, &probe);
	int i;

	for (i = 0; api && i < check->not_before_count; i++)
		if (rp_api_has_tag(api, check->not_before[i]))
			return true;
	return false;
}

/* Is the next call on every way from here one of a tagged API? */
static bool next_calls_are_tagged(const struct analysis *a, const struct cfg_block *block, int at,
				  const struct rp_check *check, struct bitset *seen)
{
	bool goes_on = false;
	int i;

	for (i = at; i < block->insn_count; i++)
		if (block->insns[i]->kind == IR_CALL)
			return call_has_tag(a, block->insns[i], check);
	for (i = 0; i < block->out_count; i++) {
		int to = block->out[i]->to;

		if (block->out[i]->kind == CFG_EDGE_EXCEPTION || bitset_test(seen, (size_t)to))
			continue;
		bitset_set(seen, (size_t)to);
		goes_on = true;
		if (!next_calls_are_tagged(a, a->cfg->blocks[to], 0, check, seen))
			return false;
	}
	return goes_on;
}

static bool is_followed_by_tagged(const struct analysis *a, const struct ir_insn *insn, const struct rp_check *check)
{
	struct bitset seen = bitset_create(a->arena, (size_t)a->cfg->block_count);
	int b, i;

	for (b = 0; b < a->cfg->block_count; b++)
		for (i = 0; i < a->cfg->blocks[b]->insn_count; i++)
			if (a->cfg->blocks[b]->insns[i] == insn)
				return next_calls_are_tagged(a, a->cfg->blocks[b], i + 1, check, &seen);
	return false;
}

/* The first object of the resources that the path surely holds; NULL. */
static const struct entry *held_object(const struct flow_state *state, const struct rp_resource *const *resources,
				       int count)
{
	size_t i;
	int r;

	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		for (r = 0; r < count && entry->resource != resources[r]; r++)
			;
		if (r < count && entry->state >= 0 && entry->resource->states[entry->state].is_held &&
		    !entry->is_doubtful && entry->acquired)
			return entry;
	}
	return NULL;
}

static bool function_calls(const struct analysis *a, const struct rp_call_pattern *apis, int count)
{
	int i, p;

	for (i = 0; i < a->function->insn_count; i++) {
		const struct sym probe = { .kind = SYM_CALL, .a = a->function->insns[i] };
		const struct rp_api *api = a->function->insns[i]->kind == IR_CALL ? origin_api(a, &probe) : NULL;

		for (p = 0; api && p < count; p++)
			if (apis[p].api == api)
				return true;
	}
	return false;
}

/* ---- what the module does elsewhere --------------------------------------------------- */

static void add_words(struct engine *engine, struct module_words *words, const struct ir_insn *insn)
{
	const struct ir_place *place = insn->kind == IR_ASSIGN ? insn->assign.place : NULL;
	const struct ir_call *call = insn->kind == IR_CALL ? &insn->call : NULL;
	const char *name = call ? (call->macro ? call->macro : call->callee ? call->callee->name : NULL) : NULL;
	struct rp_match match;
	int i;

	while (place && place->kind == IR_PLACE_INDEX)
		place = place->part.base;
	if (place && place->kind == IR_PLACE_FIELD)
		keymap_put(words->assigned, KEYMAP_KEY(place->part.field), words);
	if (!name || (call->callee && call->callee->has_body) || !rules_match_call(engine->rules, name, &match))
		return;
	for (i = 0; i < match.api->tag_count; i++)
		keymap_put(words->tags, KEYMAP_KEY(match.api->tags[i]), words);
}

static const struct module_words *module_words(struct engine *engine)
{
	struct module_words *words = engine->words;
	int u, f, i;

	if (words)
		return words;
	words = ARENA_NEW(engine->module_arena, struct module_words);
	words->tags = keymap_create(engine->module_arena);
	words->assigned = keymap_create(engine->module_arena);
	for (u = 0; u < engine->module->unit_count; u++)
		for (f = 0; f < engine->module->units[u]->function_count; f++) {
			const struct ir_function *function = engine->module->units[u]->functions[f];

			for (i = 0; i < function->insn_count; i++)
				add_words(engine, words, function->insns[i]);
		}
	engine->words = words;
	return words;
}

static bool has_word(const struct keymap *map, const char *const *words, int count)
{
	int i;

	for (i = 0; i < count; i++)
		if (keymap_get(map, KEYMAP_KEY(words[i])))
			return true;
	return false;
}

/* Is it such a module: by what it calls and what it does not? */
static bool is_module_meant(const struct analysis *a, const struct rp_check *check)
{
	const struct module_words *words;

	if (check->if_module_call_count + check->unless_module_call_count + check->unless_assigned_count == 0)
		return true;
	words = module_words(a->engine);
	if (check->if_module_call_count > 0 &&
	    !has_word(words->tags, check->if_module_calls, check->if_module_call_count))
		return false;
	/* What other files may do is not seen. */
	if (check->unless_module_call_count > 0 && !a->engine->module->is_whole)
		return false;
	return !has_word(words->tags, check->unless_module_calls, check->unless_module_call_count) &&
	       !has_word(words->assigned, check->unless_assigned, check->unless_assigned_count);
}

/* ---- calls ------------------------------------------------------------------------------- */

struct pattern_match {
	struct flow_state *state;
	const struct call_site *site;
};

/* The path of the object a condition speaks of; else the call itself is all. */
static void show_object(struct analysis *a, const struct flow_state *state, const struct call_site *site,
			const struct rp_call_pattern *pattern, struct violation *v)
{
	int i;

	v->is_anywhere = true;
	for (i = 0; i < pattern->conditions.count; i++) {
		const struct entry *entry = condition_entry(a, state, site, &pattern->conditions.items[i]);

		if (!entry)
			continue;
		v->resource = entry->resource;
		v->key = entry->key;
		v->is_anywhere = false;
	}
}

/* What is held is what the path is about. */
static void show_holder(const struct entry *holder, struct violation *v)
{
	v->holder = holder->resource->identity == RP_IDENTITY_GLOBAL ? holder->resource->noun : holder->object;
	v->resource = holder->resource;
	v->key = holder->key;
	v->origin = holder->api ? holder->api->name : NULL;
	v->origin_span = holder->acquired->span;
	v->is_anywhere = false;
}

/* The argument that the check's messages call {object}. */
static int shown_param(const struct rp_api *api, const struct rp_check *check)
{
	int i;

	for (i = 0; check->object && i < api->param_count; i++)
		if (strcmp(api->params[i].name, check->object) == 0)
			return i;
	return 0;
}

static void visit_pattern(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check, void *context)
{
	const struct pattern_match *match = context;
	const struct call_site *site = match->site;
	struct violation v = { .rule = rule, .check = check, .state = match->state, .span = site->insn->span };
	const struct rp_call_pattern *pattern = NULL;
	const struct entry *holder = held_object(match->state, check->holding, check->holding_count);
	int i;

	/* Of calls below, only what the caller holds is judged here. */
	if ((check->holding_count > 0 && !holder) || (site->is_replayed && check->holding_count == 0))
		return;
	for (i = 0; i < check->pattern_count && !pattern; i++)
		if (check->patterns[i].api == site->api &&
		    conditions_hold(a, match->state, site, &check->patterns[i].conditions) &&
		    !(check->excuses && conditions_hold(a, match->state, site, &check->excuses[i].conditions)))
			pattern = &check->patterns[i];
	if (!pattern || !is_module_meant(a, check) || (check->outside_try && !is_outside_try(a, site->insn, &v)))
		return;
	for (i = 0; i < check->unless_reads_count; i++)
		if (function_reads_field(a, check->unless_reads[i]))
			return;
	if (may_hold_one(a, match->state, check) || (check->lock_kept && has_left_context(match->state)) ||
	    (check->result_unused && !is_result_unused(a, site->insn)))
		return;
	if (function_calls(a, check->unless_calls, check->unless_calls_count))
		return;
	if (check->unless_bound_count > 0 && is_excepted_way(a, check))
		return;
	if (check->not_before_count > 0 && is_followed_by_tagged(a, site->insn, check))
		return;
	v.object = argument_text(a, site, shown_param(site->api, check));
	v.api = site->name;
	v.cause = site->insn;
	show_object(a, match->state, site, pattern, &v);
	if (holder)
		show_holder(holder, &v);
	v.below = site->below;
	v.callee = site->callee;
	if (check->only_role_count > 0)
		describe_entry(a, &v);
	emit_violation(a, &v);
}

void check_call_patterns(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	struct pattern_match match = { state, site };

	emit_each_check(a, RP_CHECK_CALL, visit_pattern, &match);
}

/* ---- overlapping copies ------------------------------------------------------------------ */

/* A pointer as a base and a constant distance in bytes. */
struct place_at {
	const void *base; /* symbol or region */
	int64_t bytes;
};

static int64_t pointee_size(const struct ir_type *type)
{
	if (!type || type->kind != IR_TYPE_POINTER || !type->target)
		return -1;
	return type->target->kind == IR_TYPE_VOID ? 1 : type->target->size;
}

/* Elements of arrays at constant indices; what the array is part of is the base. */
static bool locate_region(const struct region *region, struct place_at *at)
{
	at->bytes = 0;
	while (region->kind == REGION_ELEMENT) {
		if (region->index->kind != SYM_INT || !region->type || region->type->size <= 0)
			return false;
		at->bytes += region->index->value * region->type->size;
		region = region->base;
	}
	at->base = region->kind == REGION_POINTEE ? (const void *)region->pointer : region;
	return true;
}

static bool locate(const struct sym *pointer, struct place_at *at)
{
	int64_t offset = 0;

	while (pointer->kind == SYM_BINARY && (pointer->op == IR_BINARY_ADD || pointer->op == IR_BINARY_SUB)) {
		const struct sym *left = pointer->a, *right = pointer->b;
		int64_t size = pointee_size(left->type ? left->type : pointer->type);

		if (right->kind != SYM_INT || size <= 0)
			return false;
		offset += (pointer->op == IR_BINARY_ADD ? 1 : -1) * right->value * size;
		pointer = left;
	}
	at->base = pointer;
	at->bytes = 0;
	if (pointer->kind == SYM_ADDRESS && !locate_region(pointer->a, at))
		return false;
	at->bytes += offset;
	return pointer->kind != SYM_INT && pointer->kind != SYM_OPAQUE && pointer->kind != SYM_STALE;
}

static int find_param(const struct rp_api *api, enum rp_access access)
{
	int i;

	for (i = 0; i < api->param_count; i++)
		if (api->params[i].access == access && api->params[i].length_param >= 0)
			return i;
	return -1;
}

void check_overlap(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	int to = find_param(site->api, RP_ACCESS_WRITE), from = find_param(site->api, RP_ACCESS_READ);
	const struct sym *target, *source, *length;
	struct violation v = { .state = state, .span = site->insn->span, .api = site->name, .cause = site->insn };
	struct place_at target_at, source_at;
	int64_t distance;
	struct range bytes;

	if (to < 0 || from < 0 || !emit_find_check(a, RP_CHECK_OVERLAP, site->api, &v.rule, &v.check))
		return;
	target = call_arg(site, to);
	source = call_arg(site, from);
	length = call_arg(site, site->api->params[to].length_param);
	if (!target || !source || !length || !locate(target, &target_at) || !locate(source, &source_at) ||
	    target_at.base != source_at.base)
		return;
	distance = target_at.bytes > source_at.bytes ? target_at.bytes - source_at.bytes :
						       source_at.bytes - target_at.bytes;
	bytes = range_of(state, length);
	/* A copy onto itself changes nothing; ranges side by side are no overlap. */
	if (distance == 0 || bytes.high <= distance)
		return;
	v.is_likely = bytes.low <= distance; /* the length is not known to reach that far */
	v.object = first_argument_text(a, site);
	emit_violation(a, &v);
}
