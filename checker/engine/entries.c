/* From which functions, that others than the module call, a function is
 * reached: for checks about what only some roles may do, at whatever depth.
 * Where a caller may be unseen it is taken for one in any role, so that
 * only-roles stays silent. */
#include "engine_int.h"

#define MAX_DEPTH 8
#define MAX_WORK 500 /* callers looked at for one answer */

struct search {
	const struct analysis *a;
	const struct rp_role *const *roles;
	int role_count;
	const struct ir_function *way[MAX_DEPTH]; /* those being asked about, so that cycles end */
	int depth, work;
	/* The first entry found, and the calls from there, innermost first. */
	const struct role_binding *entry;
	const struct ir_function *top;
	struct caller_site calls[MAX_DEPTH], found[MAX_DEPTH];
	int found_count;
};

static bool is_listed(const struct search *search, const struct rp_role *role)
{
	int i;

	for (i = 0; i < search->role_count; i++)
		if (search->roles[i] == role)
			return true;
	return false;
}

static void keep_way(struct search *search, const struct role_binding *entry, const struct ir_function *top)
{
	int i;

	if (search->entry)
		return;
	search->entry = entry;
	search->top = top;
	search->found_count = search->depth;
	for (i = 0; i < search->depth; i++)
		search->found[i] = search->calls[i];
}

/* May somebody call it of whom the module knows nothing? */
static bool has_unseen_callers(const struct search *search, const struct ir_function *function, bool is_called,
			       bool is_bound)
{
	if (is_bound)
		return false;
	return !is_called || function->address_taken || (!function->is_static && !search->a->engine->module->is_whole);
}

static bool is_on_way(const struct search *search, const struct ir_function *function)
{
	int i;

	for (i = 0; i < search->depth; i++)
		if (search->way[i] == function)
			return true;
	return false;
}

/* Do all ways to the function begin in one of the roles? */
static bool begins_only(struct search *search, const struct ir_function *function)
{
	const struct caller_site *sites;
	size_t count = callgraph_callers(search->a->engine->callgraph, function, &sites), s;
	int bindings, i;
	const struct role_binding *binding = effects_role_bindings(search->a->effects, function, &bindings);

	if (is_on_way(search, function))
		return true;
	if (search->work++ > MAX_WORK || has_unseen_callers(search, function, count > 0, bindings > 0))
		return false;
	for (i = 0; i < bindings; i++) {
		if (!is_listed(search, binding[i].role))
			return false;
		keep_way(search, &binding[i], function);
	}
	if (count == 0)
		return true;
	if (search->depth == MAX_DEPTH)
		return false;
	search->way[search->depth] = function;
	for (s = 0; s < count; s++) {
		bool fits;

		search->calls[search->depth++] = sites[s];
		fits = begins_only(search, sites[s].caller);
		search->depth--;
		if (!fits)
			return false;
	}
	return true;
}

/* Does some way to the function begin in one of the roles? */
static bool begins_somewhere(struct search *search, const struct ir_function *function)
{
	const struct caller_site *sites;
	size_t count = callgraph_callers(search->a->engine->callgraph, function, &sites), s;
	int bindings, i;
	const struct role_binding *binding = effects_role_bindings(search->a->effects, function, &bindings);
	bool found = search->work++ > MAX_WORK;

	for (i = 0; i < bindings; i++)
		found = found || is_listed(search, binding[i].role);
	if (found || search->depth == MAX_DEPTH || is_on_way(search, function))
		return found;
	search->way[search->depth++] = function;
	for (s = 0; s < count && !found; s++)
		found = begins_somewhere(search, sites[s].caller);
	search->depth--;
	return found;
}

bool suits_entries(const struct analysis *a, const struct rp_check *check)
{
	struct search with = { .a = a, .roles = check->only_roles, .role_count = check->only_role_count };
	struct search without = { .a = a, .roles = check->not_roles, .role_count = check->not_role_count };

	if (with.role_count + without.role_count == 0)
		return true;
	if (!a->engine->callgraph)
		return false;
	if (with.role_count > 0 && !(begins_only(&with, a->function) && with.entry))
		return false;
	return without.role_count == 0 || !begins_somewhere(&without, a->function);
}

void describe_entry(struct analysis *a, struct violation *v)
{
	struct search search = { .a = a, .roles = v->check->only_roles, .role_count = v->check->only_role_count };
	int i;

	if (!begins_only(&search, a->function) || !search.entry)
		return;
	v->entry = search.entry;
	v->entry_function = search.top;
	for (i = 0; i < search.found_count; i++) {
		const struct ir_function *callee = i == 0 ? a->function : search.found[i - 1].caller;

		v->entry_chain = chain_extend(a->arena, v->entry_chain, search.found[i].insn->span, callee->name);
	}
}
