/* From a violation to a finding: which rule speaks, its texts with the user's
 * identifiers, and the steps of the path that matter for the object. */
#include "engine_int.h"

#include <stdlib.h>
#include <string.h>

#define MAX_BRANCH_STEPS 8
#define MAX_STEPS 64

/* ---- which check ------------------------------------------------------------- */

static bool is_enabled(const struct analysis *a, const struct rp_rule *rule)
{
	if (a->unit->os && strcmp(a->unit->os, rule->os) != 0)
		return false;
	return !a->engine->options.enabled || a->engine->options.enabled[rule->index];
}

static bool in_init(const struct analysis *a)
{
	return a->role && a->role->is_init;
}

static bool role_matches(const struct analysis *a, const struct rp_check *check)
{
	bool found = check->role_count == 0;
	int i;

	for (i = 0; i < check->role_count; i++)
		found = found || check->roles[i] == a->role;
	if (!found || !suits_entries(a, check))
		return false;
	if (check->role == RP_ROLE_NOT_EXIT)
		return !(a->role && a->role->is_exit);
	return check->role == RP_ROLE_ANY || (check->role == RP_ROLE_INIT) == in_init(a);
}

static bool has_text(const char *const *items, int count, const char *wanted)
{
	int i;

	for (i = 0; i < count; i++)
		if (strcmp(items[i], wanted) == 0)
			return true;
	return false;
}

static bool check_covers(const struct rp_check *check, const struct rp_resource *resource, const char *violation,
			 const char *mode)
{
	int i;

	if (check->kind != RP_CHECK_TYPESTATE || !has_text(check->violations, check->violation_count, violation))
		return false;
	if (check->mode_count > 0 && !(mode && has_text(check->modes, check->mode_count, mode)))
		return false;
	for (i = 0; i < check->resource_count; i++)
		if (check->resources[i] == resource)
			return true;
	return false;
}

/* A check with a role or with modes is more specific than one without. */
static int specificity(const struct rp_check *check)
{
	return (check->role != RP_ROLE_ANY) + (check->role_count > 0) + (check->only_role_count > 0) +
	       (check->mode_count > 0);
}

bool emit_find_typestate(const struct analysis *a, const struct rp_resource *resource, const char *violation,
			 const char *mode, const struct rp_rule **rule, const struct rp_check **check)
{
	const struct check_list *list = &a->engine->checks[RP_CHECK_TYPESTATE];

	*rule = NULL;
	for (size_t i = 0; i < list->count; i++) {
		const struct rp_check *candidate = list->items[i].check;

		if (!is_enabled(a, list->items[i].rule) || !check_covers(candidate, resource, violation, mode) ||
		    !role_matches(a, candidate))
			continue;
		if (!*rule || specificity(candidate) > specificity(*check)) {
			*rule = list->items[i].rule;
			*check = candidate;
		}
	}
	return *rule != NULL;
}

static bool api_selected(const struct rp_check *check, const struct rp_api *api)
{
	bool found = check->convention_count == 0;
	int i;

	for (i = 0; i < check->convention_count; i++)
		found = found || (api && check->conventions[i] == api->convention);
	if (!found)
		return false;
	for (i = 0; i < check->not_tag_count; i++)
		if (api && rp_api_has_tag(api, check->not_tags[i]))
			return false;
	for (i = 0; i < check->tag_count; i++)
		if (api && rp_api_has_tag(api, check->tags[i]))
			return true;
	return check->tag_count == 0; /* what has no facts has no tags */
}

bool emit_applies(const struct analysis *a, const struct rp_rule *rule, const struct rp_check *check,
		  const struct rp_api *api)
{
	return is_enabled(a, rule) && role_matches(a, check) && api_selected(check, api);
}

bool emit_find_check(const struct analysis *a, enum rp_check_kind kind, const struct rp_api *api,
		     const struct rp_rule **rule, const struct rp_check **check)
{
	const struct check_list *list = &a->engine->checks[kind];

	*rule = NULL;
	for (size_t i = 0; i < list->count; i++) {
		const struct rp_check *candidate = list->items[i].check;

		if (!emit_applies(a, list->items[i].rule, candidate, api))
			continue;
		if (kind == RP_CHECK_SLEEP && candidate->sleep_kinds && !(candidate->sleep_kinds & (1 << api->sleep)))
			continue;
		if (*rule && specificity(candidate) <= specificity(*check))
			continue;
		*rule = list->items[i].rule;
		*check = candidate;
	}
	return *rule != NULL;
}

typedef void visit_check(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check, void *context);

static void each_check(struct analysis *a, enum rp_check_kind kind, bool of_any_role, visit_check *visit, void *context)
{
	const struct check_list *list = &a->engine->checks[kind];

	for (size_t i = 0; i < list->count; i++) {
		const struct ruled_check *item = &list->items[i];
		if (is_enabled(a, item->rule) && (of_any_role || role_matches(a, item->check)))
			visit(a, item->rule, item->check, context);
	}
}

void emit_each_check(struct analysis *a, enum rp_check_kind kind, visit_check *visit, void *context)
{
	each_check(a, kind, false, visit, context);
}

void emit_each_enabled(struct analysis *a, enum rp_check_kind kind, visit_check *visit, void *context)
{
	each_check(a, kind, true, visit, context);
}

/* ---- texts --------------------------------------------------------------------- */

/* The call whose value a temporary holds. */
static const struct ir_insn *call_of_temp(const struct analysis *a, const char *name, size_t length)
{
	int i;

	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];
		const char *var;

		if (insn->kind != IR_CALL || !insn->call.result || insn->call.result->kind != IR_PLACE_VAR)
			continue;
		var = insn->call.result->var->name;
		if (var && strlen(var) == length && strncmp(var, name, length) == 0)
			return insn;
	}
	return NULL;
}

static bool is_temp(const struct ir_place *place, const char *name, size_t length)
{
	const char *var = place->kind == IR_PLACE_VAR ? place->var->name : NULL;

	return var && strlen(var) == length && strncmp(var, name, length) == 0;
}

/* The variable that a temporary was copied from (`*buf++`) or goes to. */
static const char *variable_of_temp(struct analysis *a, const char *name, size_t length)
{
	int i;

	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];
		const struct ir_expr *value = insn->kind == IR_ASSIGN ? insn->assign.value : NULL;
		const char *text = NULL;

		while (value && value->kind == IR_EXPR_CAST)
			value = value->cast.operand;
		if (!value || value->kind != IR_EXPR_LOAD)
			continue;
		if (is_temp(insn->assign.place, name, length))
			text = ir_place_text(a->arena, value->place);
		else if (is_temp(value->place, name, length))
			text = ir_place_text(a->arena, insn->assign.place);
		if (text && !strchr(text, '$'))
			return text;
	}
	return NULL;
}

/* Replaces temporaries ($3) by the call they hold; NULL when one has none. */
const char *readable_text(struct analysis *a, const char *text)
{
	const char *at;
	char *result = arena_strdup(a->arena, "");

	while ((at = strchr(text, '$'))) {
		size_t length = 1 + strspn(at + 1, "0123456789");
		const struct ir_insn *insn = call_of_temp(a, at, length);
		const char *name = variable_of_temp(a, at, length);

		if (name) {
			result = arena_printf(a->arena, "%s%.*s%s", result, (int)(at - text), text, name);
			text = at + length;
			continue;
		}
		if (insn)
			name = insn->call.macro ? insn->call.macro : insn->call.callee ? insn->call.callee->name : NULL;
		if (!name)
			return NULL;
		result = arena_printf(a->arena, "%s%.*s%s(...)", result, (int)(at - text), text, name);
		text = at + length;
	}
	return arena_printf(a->arena, "%s%s", result, text);
}

static const struct ir_expr *without_casts(const struct ir_expr *expr)
{
	while (expr && expr->kind == IR_EXPR_CAST)
		expr = expr->cast.operand;
	return expr;
}

/* What macros keep in variables of their own, as min() and kfifo_out() do with their arguments: by variable, the one value
 * that it is given. One pass for all of the function's. */
static const struct ir_expr **find_kept_by_macros(struct analysis *a)
{
	const struct ir_function *function = a->function;
	const struct ir_expr **kept = ARENA_ARRAY(a->arena, const struct ir_expr *, (size_t)function->var_count + 1);
	bool *is_of_macro = ARENA_ARRAY(a->arena, bool, (size_t)function->var_count + 1);

	for (int i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		const struct ir_var *var = insn->kind == IR_DECLARE ? insn->var : NULL;

		if (insn->kind == IR_ASSIGN && insn->assign.place->kind == IR_PLACE_VAR)
			var = insn->assign.place->var;
		if (!var || var->kind != IR_VAR_LOCAL || var->address_taken)
			continue;
		if (insn->kind == IR_DECLARE) {
			is_of_macro[var->id] = insn->macro != NULL;
		} else if (is_of_macro[var->id]) {
			is_of_macro[var->id] = !kept[var->id];
			kept[var->id] = kept[var->id] ? NULL : without_casts(insn->assign.value);
		}
	}
	return kept;
}

static const struct ir_expr *kept_by_macro(struct analysis *a, const struct ir_var *var)
{
	if (var->kind != IR_VAR_LOCAL || var->id >= a->function->var_count || a->function->vars[var->id] != var)
		return NULL; /* also of another function's */
	if (!a->kept_by_macros)
		a->kept_by_macros = find_kept_by_macros(a);
	return a->kept_by_macros[var->id];
}

/* What the driver wrote, where a macro's variable stands for it; a macro in a macro's argument keeps it twice. */
static const struct ir_expr *as_given_to_macro(struct analysis *a, const struct ir_expr *expr)
{
	enum { DEEPEST = 8 };

	expr = without_casts(expr);
	for (int depth = 0; depth < DEEPEST; depth++) {
		bool is_variable = expr->kind == IR_EXPR_LOAD && expr->place->kind == IR_PLACE_VAR;
		const struct ir_expr *value = is_variable ? kept_by_macro(a, expr->place->var) : NULL;

		if (!value || (value->kind != IR_EXPR_LOAD && value->kind != IR_EXPR_ADDRESS))
			break;
		expr = value;
	}
	return expr;
}

const char *object_text(struct analysis *a, const struct ir_expr *expr)
{
	const char *text;

	expr = as_given_to_macro(a, expr);
	if (expr->kind == IR_EXPR_ADDRESS)
		text = ir_place_text(a->arena, expr->place);
	else
		text = ir_expr_text(a->arena, expr);
	return text;
}

void name_object(struct analysis *a, struct flow_state *state, const struct sym *value, const struct ir_place *place)
{
	const char *text = NULL;
	size_t i;

	for (i = 0; i < state->entry_count; i++) {
		struct entry *entry = &state->entries[i];

		if (!entry->is_unnamed || entry->key != value)
			continue;
		text = text ? text : ir_place_text(a->arena, place);
		if (strchr(text, '$'))
			return;
		entry->object = text;
		entry->is_unnamed = false;
	}
}

static const char *placeholder(const struct analysis *a, const struct violation *v, const char *name, size_t length)
{
#define IS(word) (length == sizeof(word) - 1 && strncmp(name, word, length) == 0)
	if (IS("object"))
		return v->object;
	if (IS("api"))
		return v->api;
	if (IS("holder"))
		return v->holder;
	if (IS("noun"))
		return v->resource ? v->resource->noun : NULL;
	if (IS("mode"))
		return v->mode;
	if (IS("function"))
		return v->function ? v->function : a->function->name;
	if (IS("origin"))
		return v->origin;
	if (IS("replacement"))
		return v->replacement;
	if (IS("irql"))
		return irql_name(v->irql);
	if (IS("limit"))
		return v->limit ? v->limit : irql_name(v->irql_limit);
	if (IS("role"))
		return v->entry ? v->entry->role->name : a->role ? a->role->name : NULL;
	if (IS("entry"))
		return v->entry_function ? v->entry_function->name : a->function->name;
	if (IS("where"))
		return v->origin_span.line ? arena_printf(a->arena, "line %u", v->origin_span.line) : NULL;
#undef IS
	return NULL;
}

static const char *expand(struct analysis *a, const struct violation *v, const char *template)
{
	char *result = arena_strdup(a->arena, "");

	while (*template) {
		size_t plain = strcspn(template, "{");
		const char *end = strchr(template + plain, '}'), *value;

		result = arena_printf(a->arena, "%s%.*s", result, (int)plain, template);
		template += plain;
		if (!*template || !end)
			break;
		value = placeholder(a, v, template + 1, (size_t)(end - template - 1));
		result = arena_printf(a->arena, "%s%s", result, value ? value : "it");
		template = end + 1;
	}
	return result;
}

/* ---- steps ------------------------------------------------------------------------ */

struct step_list {
	struct finding_step steps[MAX_STEPS];
	int count;
};

static void add_step(struct step_list *list, struct span span, const char *text, enum step_kind kind)
{
	int last = list->count - 1;

	if (!text || !span.line || list->count == MAX_STEPS)
		return;
	if (last >= 0 && list->steps[last].span.line == span.line && list->steps[last].kind == kind &&
	    strcmp(list->steps[last].text, text) == 0)
		return;
	list->steps[list->count++] = (struct finding_step){ span, text, kind };
}

const char *emit_event_text(struct analysis *a, const struct rp_resource *resource, int event, const char *object,
			    const struct rp_api *api, const char *mode)
{
	const struct violation v = {
		.resource = resource, .object = object, .api = api ? api->name : NULL, .mode = mode
	};
	const char *template = resource->step_texts ? resource->step_texts[event] : NULL;

	return template ? expand(a, &v, template) : NULL;
}

static const char *event_text(struct analysis *a, const struct violation *v, const struct trace *trace)
{
	struct violation local = *v;
	const char *template = trace->resource->step_texts ? trace->resource->step_texts[trace->event] : NULL;

	local.object = trace->is_unnamed ? v->object : trace->object;
	local.api = trace->api ? trace->api->name : NULL;
	local.mode = trace->mode;
	local.resource = trace->resource;
	if (trace->mode && strcmp(trace->mode, "failed") == 0)
		return expand(a, &local, "{api} fails, so {object} is not held");
	return template ? expand(a, &local, template) : NULL;
}

/* A value used as a condition is said to be what it is: NULL, 0, or false. */
static const char *truth_text(const struct ir_expr *condition, bool holds)
{
	const struct ir_type *type = condition->type;
	bool is_value = condition->kind == IR_EXPR_LOAD || condition->kind == IR_EXPR_CAST;

	if (is_value && type && type->kind == IR_TYPE_POINTER)
		return holds ? "not NULL" : "NULL";
	if (is_value && type && type->kind == IR_TYPE_INT)
		return holds ? "not 0" : "0";
	return holds ? "true" : "false";
}

/* `status >= 0` that a macro wrote is shown as the macro: NT_SUCCESS(status). */
static const char *condition_text(struct analysis *a, const struct ir_insn *insn, const struct ir_expr *condition)
{
	const struct ir_expr *left = condition->kind == IR_EXPR_BINARY ? condition->op.left : NULL;
	const struct ir_expr *right = left ? condition->op.right : NULL;
	const char *text;

	while (left && left->kind == IR_EXPR_CAST)
		left = left->cast.operand;
	if (!insn->macro || !left || left->kind != IR_EXPR_LOAD || left->macro != condition->macro ||
	    condition->op.op != IR_BINARY_GE || right->kind != IR_EXPR_INT || right->value != 0)
		return readable_text(a, ir_expr_text(a->arena, condition));
	text = readable_text(a, ir_expr_text(a->arena, left));
	return text ? arena_printf(a->arena, "%s(%s)", insn->macro, text) : NULL;
}

static const char *branch_text(struct analysis *a, const struct trace *trace)
{
	const struct ir_insn *insn = trace->insn;
	const struct ir_expr *condition;
	bool holds = trace->taken;
	const char *text;

	if (trace->object && trace->taken)
		return arena_printf(a->arena, "%s raises an exception", trace->object);
	if (insn->kind == IR_CALL)
		return arena_printf(a->arena, "assuming that %s fails", trace->object);
	if (insn->kind != IR_BRANCH)
		return NULL;
	condition = insn->branch.condition;
	while (condition->kind == IR_EXPR_UNARY && condition->op.op == IR_UNARY_NOT) {
		condition = condition->op.left;
		holds = !holds;
	}
	text = condition_text(a, insn, condition);
	if (!text || strlen(text) > 100)
		return arena_printf(a->arena, "the condition is %s", trace->taken ? "true" : "false");
	return arena_printf(a->arena, "`%s` is %s", text, truth_text(condition, holds));
}

static bool is_relevant_event(const struct violation *v, const struct trace *trace)
{
	return trace->resource && trace->resource == v->resource && trace->key == v->key;
}

static enum step_kind kind_of_step(enum summary_step_kind kind)
{
	return kind == SUMMARY_STEP_CALL ? STEP_CALL : STEP_EVENT;
}

static void add_chain(struct step_list *list, const struct chain *chain)
{
	int i;

	for (i = 0; chain && i < chain->count; i++)
		add_step(list, chain->steps[i].span, chain->steps[i].text, kind_of_step(chain->steps[i].kind));
}

/* The call that leads to something, and the way down inside. */
static void add_way_down(struct analysis *a, struct step_list *list, struct span call, const char *callee,
			 const struct chain *below)
{
	if (callee)
		add_step(list, call, arena_printf(a->arena, "calls `%s`", callee), STEP_CALL);
	add_chain(list, below);
}

const char *role_context_text(struct arena *arena, const struct rp_role *role)
{
	switch (role->context) {
	case RP_CONTEXT_HARDIRQ:
		return ", in hard interrupt context";
	case RP_CONTEXT_SOFTIRQ:
		return ", in soft interrupt context";
	default:
		break;
	}
	if (role->irql_min != RP_IRQL_UNSAID && irql_name((int)role->irql_min) && role->irql_min == role->irql_max)
		return arena_printf(arena, ", at %s", irql_name((int)role->irql_min));
	return role->lacks_user_context ? ", without user context" : "";
}

static bool same_place(struct span left, struct span right)
{
	return left.line == right.line && left.file == right.file;
}

/* How control gets into the module: registration, then the function with the role. */
static void add_entry(struct analysis *a, struct step_list *list, const struct violation *v)
{
	const struct ir_function *entry = v->entry_function;

	if (!v->entry)
		return;
	if (!same_place(v->entry->span, entry->span))
		add_step(list, v->entry->span,
			 arena_printf(a->arena, "`%s` becomes %s here", entry->name, v->entry->role->name), STEP_EVENT);
	add_step(list, entry->span,
		 arena_printf(a->arena, "`%s` is called as %s%s", entry->name, v->entry->role->name,
			      role_context_text(a->arena, v->entry->role)),
		 STEP_EVENT);
}

static void build_steps(struct analysis *a, const struct violation *v, const struct told_path *told,
			struct step_list *list)
{
	const struct trace *const *items = told->items;
	int count = told->count, i, branches = 0, first = -1;

	for (i = 0; i < count && first < 0; i++)
		if (is_relevant_event(v, items[i]) || (v->cause && items[i]->insn == v->cause))
			first = i;
	for (i = count - 1; i >= 0; i--)
		branches += !items[i]->resource && (first < 0 || i >= first);
	add_entry(a, list, v);
	add_chain(list, v->entry_chain);
	/* The origin, unless an event of the path shows that place anyway. */
	if (v->origin_text && v->origin_span.line)
		add_step(list, v->origin_span, v->origin_text, STEP_EVENT);
	for (i = 0; i < count; i++) {
		/* "fails, so it is not held" says that it fails. */
		if (i + 1 < count && items[i]->insn == items[i + 1]->insn && is_relevant_event(v, items[i + 1]))
			continue;
		if (items[i]->resource && is_relevant_event(v, items[i]) && items[i]->below)
			add_way_down(a, list, items[i]->insn->span, items[i]->callee, items[i]->below);
		else if (items[i]->resource && is_relevant_event(v, items[i]))
			add_step(list, items[i]->insn->span, event_text(a, v, items[i]), STEP_EVENT);
		else if (!items[i]->resource && i >= first && !v->is_anywhere && branches-- <= MAX_BRANCH_STEPS)
			add_step(list, items[i]->insn->span, branch_text(a, items[i]), STEP_BRANCH);
	}
	if (v->below)
		add_way_down(a, list, v->span, v->callee, v->below);
	if (v->below_text)
		add_step(list, v->below_span, v->below_text, STEP_EVENT);
}

/* ---- findings ------------------------------------------------------------------------ */

static uint64_t defect_key(const struct violation *v)
{
	uint64_t hash = KEYMAP_KEY(v->rule) * 31 + v->span.line;
	const char *text = v->object ? v->object : "";

	hash = hash * 1000003 + v->span.column;
	if (v->is_only_one_here)
		return hash;
	hash = hash * 1000003 + KEYMAP_KEY(v->cause);
	while (*text)
		hash = hash * 131 + (unsigned char)*text++;
	return hash;
}

void emit_violation(struct analysis *a, const struct violation *violation)
{
	struct violation v = *violation;
	struct step_list list = { .count = 0 };
	struct told_path told;
	struct finding finding = { .rule = v.rule,
				   .span = v.span,
				   .function = v.function ? v.function : a->function->name };
	uint64_t key = defect_key(&v);
	const char *object = v.object && strchr(v.object, '$') ? readable_text(a, v.object) : v.object;

	if (keymap_get(a->reported, key) || !v.span.line || !a->report)
		return;
	keymap_put(a->reported, key, a);
	v.object = object ? object : v.origin ? v.origin : v.api;
	finding.message = expand(a, &v, v.check && v.check->message ? v.check->message : v.rule->message);
	if (v.callee)
		finding.message = arena_printf(a->arena, "%s, inside `%s`", finding.message, v.callee);
	told_choose(a, &v, &told);
	build_steps(a, &v, &told, &list);
	if (list.count == MAX_STEPS)
		list.count--;
	add_step(&list, v.span, v.final_text ? v.final_text : finding.message, STEP_END);
	finding.steps = list.steps;
	finding.step_count = list.count;
	finding.certainty = v.is_likely ? CERTAINTY_LIKELY : CERTAINTY_CERTAIN;
	report_add_finding(a->report, &finding);
	if (v.trace || v.state)
		walk_log(a, v.walk ? v.walk : v.trace ? v.trace->walk : v.state->walk, &told);
}
