/* The effects of a module: put together here, stage by stage, and asked for. */
#include "effects_int.h"

#include <stdlib.h>
#include <string.h>

const char *effects_object_name(const char *text)
{
	const char *name = text, *at;

	for (at = text; *at; at++) {
		if (*at == '.')
			name = at + 1;
		else if (at[0] == '-' && at[1] == '>')
			name = at + 2;
	}
	return name;
}

struct function_effects *effects_find(const struct unit_effects *effects, const struct ir_function *function)
{
	return keymap_get(effects->by_function, KEYMAP_KEY(function));
}

/* ---- making ------------------------------------------------------------------------- */

static int by_file(const void *left, const void *right)
{
	const struct ir_unit *const *l = left, *const *r = right;

	return strcmp((*l)->file ? (*l)->file : "", (*r)->file ? (*r)->file : "");
}

/* Results must not depend on the order in which the units were named. */
static void sort_units(struct unit_effects *effects)
{
	size_t count = (size_t)effects->module->unit_count;

	effects->units = ARENA_ARRAY(effects->arena, struct ir_unit *, count);
	if (count == 0)
		return;
	memcpy(effects->units, effects->module->units, count * sizeof(struct ir_unit *));
	qsort(effects->units, count, sizeof(struct ir_unit *), by_file);
}

static void list_functions(struct unit_effects *effects)
{
	size_t most = 0;
	int u, i;

	for (u = 0; u < effects->module->unit_count; u++)
		most += (size_t)effects->units[u]->function_count;
	effects->functions = ARENA_ARRAY(effects->arena, struct function_effects, most + 1);
	for (u = 0; u < effects->module->unit_count; u++) {
		const struct ir_unit *unit = effects->units[u];

		for (i = 0; i < unit->function_count; i++) {
			struct function_effects *added = &effects->functions[effects->count];

			if (!unit->functions[i]->has_body || effects_find(effects, unit->functions[i]))
				continue;
			added->function = unit->functions[i];
			added->index = effects->count++;
			keymap_put(effects->by_function, KEYMAP_KEY(added->function), added);
		}
	}
}

struct unit_effects *effects_compute(struct arena *arena, const struct rule_set *rules, const struct ir_module *module)
{
	struct unit_effects *effects = ARENA_NEW(arena, struct unit_effects);

	effects->arena = arena;
	effects->rules = rules;
	effects->module = module;
	effects->by_function = keymap_create(arena);
	effects->texts = text_set_create(arena);
	sort_units(effects);
	list_functions(effects);
	effects_collect(effects);
	pointers_solve(effects);
	effects_group(effects);
	roles_bind(effects);
	effects_close(effects);
	return effects;
}

/* ---- causes and writes ---------------------------------------------------------------- */

/* The name of the causes that an object's text may mean; false: no cause has it
 * but those of any object (then *name is one that none has). */
static const char *known_name(const struct unit_effects *effects, const char *object)
{
	static const char unknown[] = "";
	const char *found;

	if (!object)
		return NULL;
	found = text_set_find(&effects->texts, effects_object_name(object));
	return found ? found : unknown;
}

static bool is_about(const struct cause *cause, const char *name)
{
	return !name || !cause->name || cause->name == name;
}

bool effects_may_cause(const struct unit_effects *effects, const struct ir_function *function,
		       const struct rp_resource *resource, int event, const char *object)
{
	const struct function_effects *found = effects_find(effects, function);
	const struct resource_causes *index;
	const char *name = known_name(effects, object);
	size_t i;

	if (!found)
		return true;
	index = keymap_get(effects->resource_index, KEYMAP_KEY(resource));
	if (!index || event < 0)
		return false;
	for (i = 0; i < index->by_event[event].count; i++) {
		int id = index->by_event[event].items[i];

		if (is_about(&effects->causes[id], name) &&
		    bitset_test(&effects->groups[found->group].causes, (size_t)id))
			return true;
	}
	return false;
}

bool effects_may_write(const struct unit_effects *effects, const struct ir_function *function, const char *name)
{
	const struct function_effects *found = effects_find(effects, function);
	const struct bitset *writes;
	uintptr_t any, own;

	if (!found || !name)
		return true;
	writes = &effects->groups[found->group].writes;
	any = (uintptr_t)keymap_get(effects->write_ids, KEYMAP_KEY(NULL));
	own = (uintptr_t)keymap_get(effects->write_ids, KEYMAP_KEY(name));
	return (any && bitset_test(writes, any - 1)) || (own && bitset_test(writes, own - 1));
}

static void list_writes(const struct unit_effects *effects, struct function_effects *target)
{
	const struct bitset *writes = &effects->groups[target->group].writes;
	size_t capacity = 0, i;

	for (i = 0; i < effects->write_count; i++)
		if (bitset_test(writes, i))
			ARENA_PUSH(effects->arena, target->closed_writes, target->closed_write_count, capacity,
				   effects->write_names[i]);
	target->has_closed_writes = true;
}

size_t effects_writes(const struct unit_effects *effects, const struct ir_function *function, const char *const **names)
{
	struct function_effects *found = effects_find(effects, function);

	if (found && !found->has_closed_writes)
		list_writes(effects, found);
	*names = found ? found->closed_writes : NULL;
	return found ? found->closed_write_count : 0;
}

/* ---- parameters and results -------------------------------------------------------------- */

bool effects_param_escapes(const struct unit_effects *effects, const struct ir_function *function, int param)
{
	const struct function_effects *found = effects_find(effects, function);

	return !found || param >= function->param_count || found->params[param].escapes ||
	       found->params[param].returned;
}

bool effects_param_released(const struct unit_effects *effects, const struct ir_function *function, int param)
{
	const struct function_effects *found = effects_find(effects, function);

	return !found || param >= function->param_count || found->params[param].released;
}

bool effects_param_ended(const struct unit_effects *effects, const struct ir_function *function, int param)
{
	const struct function_effects *found = effects_find(effects, function);

	return !found || param >= function->param_count || found->params[param].ended;
}

bool effects_param_is_user(const struct unit_effects *effects, const struct ir_function *function, int param)
{
	const struct function_effects *found = effects_find(effects, function);

	return found && param < function->param_count && effects_is_user_param(found, param);
}

bool effects_result_is_outcome(const struct unit_effects *effects, const struct ir_function *function)
{
	const struct function_effects *found = effects_find(effects, function);

	return !found || found->result_is_outcome;
}

static bool returns_pointer(const struct ir_function *function)
{
	return function->type && function->type->target && function->type->target->kind == IR_TYPE_POINTER;
}

/* Bounded: accessors call accessors, but not deeply. */
static bool is_accessor(const struct unit_effects *effects, const struct ir_function *function, int depth)
{
	struct rp_match match;
	int i;

	if (function->insn_count >= 40)
		return false;
	for (i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];

		if (insn->kind == IR_ASM || (insn->kind == IR_ASSIGN && !effects_is_local_storage(insn->assign.place)))
			return false;
		if (insn->kind != IR_CALL)
			continue;
		if (!insn->call.callee)
			return false;
		if (insn->call.callee->has_body) {
			if (depth > 3 || !is_accessor(effects, insn->call.callee, depth + 1))
				return false;
		} else if (effects_match_call(effects->rules, &insn->call, &match)) {
			if (match.api->effect_count > 0 || match.api->convention != RP_RESULT_VALUE)
				return false;
		} else if (!insn->call.callee->is_inline || !returns_pointer(insn->call.callee)) {
			return false; /* reads of registers and counters give something new each time */
		}
	}
	return true;
}

bool effects_is_accessor(const struct unit_effects *effects, const struct ir_function *function)
{
	return is_accessor(effects, function, 0);
}

int effects_caller_count(const struct unit_effects *effects, const struct ir_function *function)
{
	const struct function_effects *found = effects_find(effects, function);

	return found ? (int)found->callers.count : 0;
}

/* ---- releases elsewhere ----------------------------------------------------------------------- */

/* What a function does to such an object in its own body. */
struct own_events {
	bool releases, acquires;
};

static struct own_events own_events(const struct unit_effects *effects, const struct function_effects *target,
				    const struct rp_resource *resource, const char *name)
{
	struct own_events events = { false, false };
	size_t i;

	for (i = 0; i < target->causes.count; i++) {
		const struct cause *cause = &effects->causes[target->causes.items[i]];

		if (cause->resource != resource || !is_about(cause, name))
			continue;
		events.releases = events.releases || effects_event_leads(resource, cause->event, false);
		events.acquires = events.acquires || effects_event_leads(resource, cause->event, true);
	}
	return events;
}

/* Its own helper: what that releases the function releases itself. */
static bool calls_directly(const struct unit_effects *effects, const struct ir_function *function,
			   const struct function_effects *callee)
{
	const struct function_effects *caller = effects_find(effects, function);
	size_t i;

	for (i = 0; caller && i < caller->callee_count; i++)
		if (caller->callees[i] == callee)
			return true;
	return false;
}

/* By another function that in its own body: */
enum releasing { RELEASING, RELEASING_ONLY, RELEASING_ACQUIRED };

static bool is_released(const struct unit_effects *effects, const struct ir_function *function,
			const struct rp_resource *resource, const char *object, enum releasing how)
{
	const struct resource_causes *index = keymap_get(effects->resource_index, KEYMAP_KEY(resource));
	const struct function_effects *target = effects_find(effects, function);
	const char *name = known_name(effects, object);
	size_t i;

	for (i = 0; index && i < index->function_count; i++) {
		struct own_events events;

		if (index->functions[i]->function == function ||
		    (how == RELEASING_ONLY && calls_directly(effects, function, index->functions[i])) ||
		    (how == RELEASING_ACQUIRED && target &&
		     calls_directly(effects, index->functions[i]->function, target)))
			continue;
		events = own_events(effects, index->functions[i], resource, name);
		if (events.releases && (how == RELEASING || events.acquires == (how == RELEASING_ACQUIRED)))
			return true;
	}
	return false;
}

bool effects_released_elsewhere(const struct unit_effects *effects, const struct ir_function *function,
				const struct rp_resource *resource, const char *object)
{
	return is_released(effects, function, resource, object, RELEASING_ONLY);
}

bool effects_paired_elsewhere(const struct unit_effects *effects, const struct ir_function *function,
			      const struct rp_resource *resource, const char *object)
{
	return is_released(effects, function, resource, object, RELEASING_ACQUIRED);
}

size_t effects_direct_callers(const struct unit_effects *effects, const struct ir_function *function,
			      const struct caller_site **sites)
{
	const struct function_effects *found = effects_find(effects, function);

	*sites = found ? found->callers.items : NULL;
	return found ? found->callers.count : 0;
}

/* Somebody may call it of whom the module knows nothing. Only a module with an end is sure to be more than a part. */
static bool has_unseen_callers(const struct unit_effects *effects, const struct function_effects *target)
{
	const struct ir_function *function = target->function;

	if (!function->is_static && !effects->module->is_whole)
		return true;
	return target->role_count == 0 &&
	       (function->address_taken || (!function->is_static && !effects_unloads_here(effects)));
}

static void add_unseen(const struct unit_effects *effects, struct bitset *seen, int *todo, int *count,
		       const struct site_list *sites)
{
	size_t i;

	for (i = 0; i < sites->count; i++) {
		const struct function_effects *caller = effects_find(effects, sites->items[i].caller);

		if (!caller || bitset_test(seen, (size_t)caller->index))
			continue;
		bitset_set(seen, (size_t)caller->index);
		todo[(*count)++] = caller->index;
	}
}

bool effects_released_by_callers(const struct unit_effects *effects, const struct ir_function *function,
				 const struct rp_resource *resource, const char *object)
{
	const struct function_effects *found = effects_find(effects, function);
	struct bitset seen = bitset_create(effects->arena, (size_t)effects->count);
	int *todo = ARENA_ARRAY(effects->arena, int, (size_t)effects->count + 1), count = 0;
	const char *name = known_name(effects, object);

	if (!found)
		return true;
	bitset_set(&seen, (size_t)found->index);
	todo[count++] = found->index;
	while (count > 0) {
		const struct function_effects *target = &effects->functions[todo[--count]];

		if (has_unseen_callers(effects, target) ||
		    (target != found && own_events(effects, target, resource, name).releases))
			return true;
		add_unseen(effects, &seen, todo, &count, &target->callers);
		add_unseen(effects, &seen, todo, &count, &target->pointer_callers);
	}
	return false;
}

bool effects_released_anywhere(const struct unit_effects *effects, const struct ir_function *function,
			       const struct rp_resource *resource, const char *object)
{
	return is_released(effects, function, resource, object, RELEASING);
}

/* ---- roles and exceptions ------------------------------------------------------------------------- */

bool effects_unloads_here(const struct unit_effects *effects)
{
	size_t r;
	int f;

	for (f = 0; f < effects->count && effects->module->is_whole; f++)
		for (r = 0; r < effects->functions[f].role_count; r++)
			if (effects->functions[f].roles[r].role->is_exit)
				return true;
	return false;
}

bool effects_ended_elsewhere(const struct unit_effects *effects)
{
	return effects->is_ended_elsewhere;
}

bool effects_runs_in_init(const struct unit_effects *effects, const struct ir_function *function)
{
	const struct function_effects *found = effects_find(effects, function);

	return found && found->runs_in_init;
}

bool effects_may_raise(const struct unit_effects *effects, const struct ir_function *function)
{
	const struct function_effects *found = effects_find(effects, function);

	return found && found->may_raise;
}

bool effects_called_in_try(const struct unit_effects *effects, const struct ir_function *function)
{
	const struct function_effects *found = effects_find(effects, function);

	return found && found->is_called_in_try;
}

const struct role_binding *effects_role_bindings(const struct unit_effects *effects, const struct ir_function *function,
						 int *count)
{
	const struct function_effects *found = effects_find(effects, function);

	*count = found ? (int)found->role_count : 0;
	return found ? found->roles : NULL;
}

const struct rp_role *effects_role(const struct unit_effects *effects, const struct ir_function *function)
{
	const struct function_effects *found = effects_find(effects, function);

	return found && found->role_count ? found->roles[0].role : NULL;
}
