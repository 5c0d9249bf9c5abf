/* What functions in a role return: values that they may not, or never the one
 * that they must be able to. Flow-insensitive: a variable has all the values it
 * is ever assigned. */
#include "module_int.h"

#define MAX_VALUES 16
#define MAX_COPIES 4	 /* of a value from variable to variable */
#define MAX_FUNCTIONS 16 /* that it may come from */

/* The constants an expression may be. */
struct value_set {
	int64_t values[MAX_VALUES];
	int count;
	int64_t added_bits; /* may be or-ed to each */
	bool is_unknown;    /* or anything else */
	const struct callgraph *callgraph;
	const struct ir_function *read[MAX_FUNCTIONS]; /* whose results are in it already */
	int read_count;
};

struct returns {
	const struct ir_unit *unit;
	const struct rp_check *check;
	const struct role_entry *entry;
};

/* ---- possible values --------------------------------------------------------------- */

/* -EINVAL in an unsigned enum was folded to a big number. */
static int64_t as_int(int64_t value)
{
	return value > INT32_MAX && value <= UINT32_MAX ? value - UINT32_MAX - 1 : value;
}

static bool is_return(const struct ir_insn *insn)
{
	return insn->kind == IR_RETURN && insn->assign.value;
}

static void add_value(struct value_set *set, int64_t value)
{
	int i;

	value = as_int(value);
	for (i = 0; i < set->count; i++)
		if (set->values[i] == value)
			return;
	if (set->count < MAX_VALUES)
		set->values[set->count++] = value;
	else
		set->is_unknown = true;
}

static void add_expr(const struct ir_function *function, const struct ir_expr *expr, struct value_set *set, int copies);

/* `ret |= BIT`: the constant beside the variable itself. */
static bool or_bits(const struct ir_expr *value, const struct ir_var *var, int64_t *bits)
{
	value = bare_expr(value);
	if (value->kind != IR_EXPR_BINARY || value->op.op != IR_BINARY_OR)
		return false;
	return (expr_variable(value->op.left) == var && module_constant(value->op.right, bits)) ||
	       (expr_variable(value->op.right) == var && module_constant(value->op.left, bits));
}

static bool is_whole_var(const struct ir_place *place, const struct ir_var *var)
{
	return place && place->kind == IR_PLACE_VAR && place->var == var;
}

static bool is_read(const struct value_set *set, const struct ir_function *function)
{
	int i;

	for (i = 0; i < set->read_count; i++)
		if (set->read[i] == function)
			return true;
	return false;
}

static void add_function(const struct ir_function *function, struct value_set *set)
{
	int i;

	if (is_read(set, function))
		return;
	if (set->read_count == MAX_FUNCTIONS || !function->has_body || function->is_incomplete) {
		set->is_unknown = true;
		return;
	}
	set->read[set->read_count++] = function;
	for (i = 0; i < function->insn_count && !set->is_unknown; i++)
		if (is_return(function->insns[i]))
			add_expr(function, function->insns[i]->assign.value, set, 0);
}

/* What the functions that the call may reach return. */
static void add_call(const struct ir_insn *insn, struct value_set *set)
{
	const struct ir_function *const *targets;
	size_t count = callgraph_targets(set->callgraph, insn, &targets), i;

	set->is_unknown = set->is_unknown || count == 0;
	for (i = 0; i < count && !set->is_unknown; i++)
		add_function(targets[i], set);
}

static void add_assignment(const struct ir_function *function, const struct ir_insn *insn, const struct ir_var *var,
			   struct value_set *set, int copies)
{
	int64_t bits;
	int i;

	if (insn->kind == IR_ZERO && is_whole_var(insn->assign.place, var))
		add_value(set, 0);
	else if (insn->kind == IR_CALL && is_whole_var(insn->call.result, var))
		add_call(insn, set);
	else if (insn->kind == IR_ASSIGN && is_whole_var(insn->assign.place, var) &&
		 or_bits(insn->assign.value, var, &bits))
		set->added_bits |= bits;
	else if (insn->kind == IR_ASSIGN && is_whole_var(insn->assign.place, var))
		add_expr(function, insn->assign.value, set, copies + 1);
	for (i = 0; insn->kind == IR_ASM && i < insn->assembly.output_count; i++)
		set->is_unknown = set->is_unknown || is_whole_var(insn->assembly.outputs[i], var);
}

/* Macro APIs may assign a variable that they are given without its address. */
static bool is_output(const struct ir_insn *insn, const struct ir_var *var)
{
	int i;

	for (i = 0; insn->kind == IR_CALL && insn->call.macro && i < insn->call.arg_count; i++)
		if (expr_variable(insn->call.args[i]) == var)
			return true;
	return false;
}

static void add_expr(const struct ir_function *function, const struct ir_expr *expr, struct value_set *set, int copies)
{
	const struct ir_var *var = expr_variable(expr);
	int64_t value;
	int i;

	if (module_constant(expr, &value)) {
		add_value(set, value);
		return;
	}
	if (!var || copies > MAX_COPIES || var->address_taken ||
	    (var->kind != IR_VAR_LOCAL && var->kind != IR_VAR_TEMP)) {
		set->is_unknown = true;
		return;
	}
	for (i = 0; i < function->insn_count && !set->is_unknown; i++) {
		set->is_unknown = is_output(function->insns[i], var);
		add_assignment(function, function->insns[i], var, set, copies);
	}
}

static struct value_set returned_values(const struct module_view *view, const struct ir_function *function,
					const struct ir_insn *insn)
{
	struct value_set set = { .callgraph = view->callgraph };

	add_expr(function, insn->assign.value, &set, 0);
	return set;
}

/* ---- which are right ----------------------------------------------------------------- */

/* One of the allowed constants, or several of their bits. false: a constant is not known. */
static bool read_allowed(const struct returns *returns, int64_t *values, int64_t *mask)
{
	int i;

	*mask = 0;
	for (i = 0; i < returns->check->allowed_count; i++) {
		if (!unit_constant(returns->unit, returns->check->allowed[i], &values[i]))
			return false;
		*mask = values[i] > 0 ? *mask | values[i] : *mask;
	}
	return true;
}

static bool is_allowed(const struct returns *returns, const int64_t *allowed, int64_t mask, int64_t value)
{
	int i;

	for (i = 0; i < returns->check->allowed_count; i++)
		if (allowed[i] == value)
			return true;
	return value > 0 && (value & ~mask) == 0;
}

static bool is_surely_wrong(const struct returns *returns, const int64_t *allowed, int64_t mask,
			    const struct value_set *set)
{
	int i;

	for (i = 0; i < set->count; i++)
		if (is_allowed(returns, allowed, mask, set->values[i]))
			return false;
	return set->count > 0 && !set->is_unknown && !set->added_bits;
}

/* The only call that gives the returned variable its value; NULL: something else does, too. */
static const struct ir_insn *returned_call(const struct ir_function *function, const struct ir_insn *insn)
{
	const struct ir_var *var = expr_variable(insn->assign.value);
	const struct ir_insn *call = NULL;
	int i;

	if (!var || var->address_taken || (var->kind != IR_VAR_LOCAL && var->kind != IR_VAR_TEMP))
		return NULL;
	for (i = 0; i < function->insn_count; i++) {
		const struct ir_insn *other = function->insns[i];
		bool is_call = other->kind == IR_CALL && is_whole_var(other->call.result, var);

		if ((is_call && call) || (other->kind == IR_ASSIGN && is_whole_var(other->assign.place, var)))
			return NULL;
		call = is_call ? other : call;
	}
	return call;
}

/* Does one of the returns give a wrong constant: written there, or handed on
 * from the one function that is called for it? */
static bool has_wrong_return(const struct module_view *view, const struct returns *returns, const int64_t *allowed,
			     int64_t mask, const struct ir_insn *insn, const struct ir_function *function, int depth)
{
	const struct ir_function *const *targets;
	const struct ir_insn *call;
	int64_t value;
	int i;

	if (module_constant(insn->assign.value, &value))
		return !is_allowed(returns, allowed, mask, as_int(value));
	call = depth < MAX_COPIES ? returned_call(function, insn) : NULL;
	if (!call || callgraph_targets(view->callgraph, call, &targets) != 1)
		return false;
	for (i = 0; i < targets[0]->insn_count; i++)
		if (is_return(targets[0]->insns[i]) &&
		    has_wrong_return(view, returns, allowed, mask, targets[0]->insns[i], targets[0], depth + 1))
			return true;
	return false;
}

static bool may_be(const struct value_set *set, int64_t wanted)
{
	int i;

	for (i = 0; i < set->count; i++)
		if (set->values[i] == wanted || (wanted > 0 && (wanted & ~(set->values[i] | set->added_bits)) == 0 &&
						 (set->values[i] & ~wanted) == 0))
			return true;
	return set->is_unknown || set->count == 0;
}

/* ---- findings ------------------------------------------------------------------------- */

static void report_return(struct module_view *view, const struct rp_rule *rule, const struct returns *returns,
			  const struct ir_insn *insn, const char *object)
{
	struct module_finding *finding = ARENA_NEW(view->arena, struct module_finding);
	const struct role_binding *binding = returns->entry->binding;

	finding->rule = rule;
	finding->check = returns->check;
	finding->span = insn->span;
	finding->function = returns->entry->function;
	finding->object = object;
	if (binding->call && binding->call->callee)
		finding->api = binding->call->callee->name;
	finding_entry(view, finding, returns->entry);
	finding_report(view, finding);
}

static const char *returned_text(const struct module_view *view, const struct ir_insn *insn)
{
	const struct ir_expr *value = bare_expr(insn->assign.value);

	if (value->kind == IR_EXPR_INT && !value->macro)
		return arena_printf(view->arena, "%lld", (long long)as_int(value->value));
	return user_text(view, value);
}

static void check_allowed(struct module_view *view, const struct rp_rule *rule, const struct returns *returns)
{
	const struct ir_function *function = returns->entry->function;
	int64_t *allowed = ARENA_ARRAY(view->arena, int64_t, (size_t)returns->check->allowed_count + 1), mask;
	int i;

	if (returns->check->allowed_count == 0 || !read_allowed(returns, allowed, &mask))
		return;
	for (i = 0; i < function->insn_count; i++) {
		const struct ir_insn *insn = function->insns[i];
		struct value_set set;

		if (!is_return(insn))
			continue;
		set = returned_values(view, function, insn);
		if (is_surely_wrong(returns, allowed, mask, &set) ||
		    has_wrong_return(view, returns, allowed, mask, insn, function, 0))
			report_return(view, rule, returns, insn, returned_text(view, insn));
	}
}

static bool never_returns(const struct module_view *view, const struct ir_function *function)
{
	const struct function_summary *summary = summaries_find(view->summaries, function);

	return summary && summary->is_valid && summary->outcome_count == 0;
}

/* At the last return: none gives the value that the role needs. */
static void check_needed(struct module_view *view, const struct rp_rule *rule, const struct returns *returns)
{
	const struct ir_function *function = returns->entry->function;
	const struct ir_insn *last = NULL;
	int64_t needed;
	int i;

	if (!returns->check->needed || function->is_incomplete || never_returns(view, function) ||
	    !unit_constant(returns->unit, returns->check->needed, &needed))
		return;
	for (i = 0; i < function->insn_count; i++) {
		struct value_set set;

		if (!is_return(function->insns[i]))
			continue;
		last = function->insns[i];
		set = returned_values(view, function, last);
		if (may_be(&set, needed))
			return;
	}
	if (last)
		report_return(view, rule, returns, last, returns->check->needed);
}

void check_role_return(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	struct keymap *said = keymap_create(view->arena);
	size_t i;

	for (i = 0; i < view->entry_count; i++) {
		struct returns returns = { .check = check, .entry = &view->entries[i] };

		returns.unit = keymap_get(view->unit_by_function, KEYMAP_KEY(returns.entry->function));
		if (check->role_count == 0 || !module_has_role(check, returns.entry->binding->role) ||
		    keymap_get(said, KEYMAP_KEY(returns.entry->function)))
			continue;
		keymap_put(said, KEYMAP_KEY(returns.entry->function), view);
		check_allowed(view, rule, &returns);
		check_needed(view, rule, &returns);
	}
}
