/* Ways from one function of the module to another, through the call graph. */
#include "module_int.h"

/* A function reached, and by which call of which earlier one. */
struct reached {
	const struct ir_function *function;
	const struct ir_insn *call;
	int from; /* index of the caller; -1: the start */
	int length;
};

/* All that a function reaches, nearest first. */
struct reach {
	struct arena *arena;
	struct keymap *seen;
	struct reached *items;
	size_t count, capacity;
};

static void reach_function(struct reach *reach, const struct ir_function *function, const struct ir_insn *call,
			   int from)
{
	struct reached item = { function, call, from, 0 };

	if (!function->has_body || keymap_get(reach->seen, KEYMAP_KEY(function)))
		return;
	item.length = from < 0 ? 0 : reach->items[from].length + 1;
	keymap_put(reach->seen, KEYMAP_KEY(function), reach);
	ARENA_PUSH(reach->arena, reach->items, reach->count, reach->capacity, item);
}

static void reach_callees(const struct module_view *view, struct reach *reach, int from)
{
	const struct ir_function *function = reach->items[from].function;
	int i;

	for (i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		const struct ir_function *const *targets;
		size_t count, t;

		if (insn->kind != IR_CALL)
			continue;
		count = callgraph_targets(view->callgraph, insn, &targets);
		for (t = 0; t < count; t++)
			reach_function(reach, targets[t], insn, from);
	}
}

static const struct reach *reach_from(struct module_view *view, const struct ir_function *from)
{
	struct reach *reach = keymap_get(view->reach_by_function, KEYMAP_KEY(from));
	int i;

	if (reach)
		return reach;
	reach = ARENA_NEW(view->arena, struct reach);
	reach->arena = view->arena;
	reach->seen = keymap_create(view->arena);
	reach_function(reach, from, NULL, -1);
	for (i = 0; i < (int)reach->count; i++)
		reach_callees(view, reach, i);
	keymap_put(view->reach_by_function, KEYMAP_KEY(from), reach);
	return reach;
}

static void read_path(const struct reach *reach, int last, struct call_path *path)
{
	int count = reach->items[last].length, i;

	path->count = count;
	path->calls = ARENA_ARRAY(reach->arena, const struct ir_insn *, (size_t)count + 1);
	path->callers = ARENA_ARRAY(reach->arena, const struct ir_function *, (size_t)count + 1);
	for (i = count; i > 0; i--) {
		path->calls[i - 1] = reach->items[last].call;
		last = reach->items[last].from;
		path->callers[i - 1] = reach->items[last].function;
	}
}

bool find_path(struct module_view *view, const struct ir_function *from, const struct ir_function *to,
	       struct call_path *path)
{
	const struct reach *reach = reach_from(view, from);
	int i;

	if (!keymap_get(reach->seen, KEYMAP_KEY(to)))
		return false;
	for (i = 0; i < (int)reach->count; i++) {
		if (reach->items[i].function == to) {
			read_path(reach, i, path);
			return true;
		}
	}
	return false;
}

const struct ir_expr *path_argument(const struct call_path *path, const struct ir_expr *expr,
				    const struct ir_function **function)
{
	int i;

	for (i = path->count - 1; i >= 0; i--) {
		const struct ir_var *var = expr_variable(expr);
		const struct ir_call *call = &path->calls[i]->call;

		if (!var || var->kind != IR_VAR_PARAM || var->param >= call->arg_count)
			break;
		expr = call->args[var->param];
		*function = path->callers[i];
	}
	return expr;
}

void finding_path(struct module_view *view, struct module_finding *finding, const struct call_path *path)
{
	int i;

	for (i = 0; i < path->count; i++) {
		const struct ir_call *call = &path->calls[i]->call;
		const char *name = call->callee ? call->callee->name : NULL;

		finding_step(finding, path->calls[i]->span, STEP_CALL,
			     name ? arena_printf(view->arena, "calls `%s`", name) : "calls through a pointer");
	}
}

/* ---- calls one level down ---------------------------------------------------------- */

bool visit_near_sites(const struct module_view *view, const struct ir_function *function, const struct ir_insn *insn,
		      near_visit visit, void *context)
{
	struct near_site near = { module_site(view, insn), NULL, function };
	const struct ir_function *const *targets;
	size_t count;
	int i;

	if (insn->kind != IR_CALL)
		return true;
	if (near.site)
		return visit(context, &near);
	count = callgraph_targets(view->callgraph, insn, &targets);
	near.call = insn;
	for (i = 0; count == 1 && i < targets[0]->insn_count; i++) {
		near.site = module_site(view, targets[0]->insns[i]);
		if (near.site && !visit(context, &near))
			return false;
	}
	return true;
}

struct call_path near_site_path(struct near_site *near)
{
	return (struct call_path){ &near->call, &near->function, near->call ? 1 : 0 };
}

const struct ir_expr *near_site_arg(const struct near_site *near, int param, const struct ir_function **function)
{
	struct near_site copy = *near;
	struct call_path path = near_site_path(&copy);
	const struct ir_expr *arg = site_arg(near->site, param);

	*function = near->site->function;
	return arg ? path_argument(&path, arg, function) : NULL;
}

const char *near_site_class(const struct module_view *view, const struct near_site *near, int param)
{
	const struct ir_function *function;
	const struct ir_expr *arg = near_site_arg(near, param, &function);

	return arg ? expr_class(view, function, arg) : NULL;
}
