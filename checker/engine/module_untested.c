/* Results that may be error pointers and are used although nothing asks whether
 * they are: kept in a field or variable that the whole module never tests, or
 * only handed on. The flow of one function can not tell this, for the use is
 * often in another one, or in a function that nothing is known of.
 *
 * Values are told apart by where they are kept, never by path: one test of the
 * place anywhere makes the check silent, and so does a value that gets out of
 * sight. */
#include "module_int.h"

#define MAX_ROUNDS 4 /* of following copies of the value */

struct untested {
	struct module_view *view;
	const struct rp_check *check;
	const struct api_site *site;	    /* whose result it is */
	const struct ir_place *kept;	    /* the field or lasting variable that it is kept in; NULL: none */
	struct keymap *holders;		    /* locals and parameters that hold it */
	const struct ir_function *function; /* that is being read */
	const struct ir_insn *insn;
	const struct ir_insn *use; /* the best one found */
	const struct ir_function *user;
	bool has_grown; /* this round found another holder */
	bool is_tested; /* or out of sight */
	bool is_judged; /* somebody gets it who does not go to where it points, and may tell errors apart */
	bool is_spread; /* it is in several lasting places, or in one without a name: not all uses are seen */
};

/* ---- where the value is ------------------------------------------------------------------- */

static const struct ir_place *whole_array(const struct ir_place *place)
{
	while (place->kind == IR_PLACE_INDEX)
		place = place->part.base;
	return place;
}

static bool is_lasting(const struct ir_var *var)
{
	return var->kind == IR_VAR_GLOBAL || var->kind == IR_VAR_STATIC_LOCAL;
}

/* May they be the same, of whatever object? */
static bool is_same_place(const struct ir_place *left, const struct ir_place *right)
{
	const char *tags[2];

	left = whole_array(left);
	right = whole_array(right);
	if (left->kind != right->kind)
		return false;
	if (left->kind == IR_PLACE_VAR)
		return left->var == right->var;
	if (left->kind != IR_PLACE_FIELD || left->part.field != right->part.field)
		return false;
	tags[0] = left->part.base->type ? left->part.base->type->tag : NULL;
	tags[1] = right->part.base->type ? right->part.base->type->tag : NULL;
	return !tags[0] || !tags[1] || tags[0] == tags[1];
}

static bool place_holds(const struct untested *u, const struct ir_place *place)
{
	if (place->kind == IR_PLACE_VAR && keymap_get(u->holders, KEYMAP_KEY(place->var)))
		return true;
	return u->kept && is_same_place(place, u->kept);
}

static bool holds(const struct untested *u, const struct ir_expr *expr)
{
	expr = bare_expr(expr);
	return expr && expr->kind == IR_EXPR_LOAD && place_holds(u, expr->place);
}

/* Is it the value, or an address a distance from it? */
static bool is_based_on(const struct untested *u, const struct ir_expr *expr)
{
	expr = bare_expr(expr);
	while (expr && expr->kind == IR_EXPR_BINARY && expr->op.op == IR_BINARY_ADD)
		expr = bare_expr(expr->op.left);
	return holds(u, expr);
}

static void add_holder(struct untested *u, const struct ir_var *var)
{
	if (var->address_taken)
		u->is_tested = true;
	if (keymap_get(u->holders, KEYMAP_KEY(var)))
		return;
	keymap_put(u->holders, KEYMAP_KEY(var), u);
	u->has_grown = true;
}

struct reach {
	const struct untested *u;
	bool is_reached;
};

/* Does the step give the place another value? */
static bool is_overwritten(const struct untested *u, const struct ir_insn *insn)
{
	const struct ir_place *place = insn->kind == IR_ASSIGN ? insn->assign.place :
				       insn->kind == IR_CALL   ? insn->call.result :
								 NULL;

	return place && place_holds(u, place) && !(insn->kind == IR_ASSIGN && holds(u, insn->assign.value));
}

static bool reach_use(void *context, const struct ir_insn *insn)
{
	struct reach *reach = context;

	reach->is_reached = reach->is_reached || insn == reach->u->insn;
	return !reach->is_reached && !is_overwritten(reach->u, insn);
}

/* Does the result itself get to the present step of the function that made the call? */
static bool is_reached(const struct untested *u)
{
	struct reach reach = { u, false };

	flow_walk(u->view->arena, u->function, u->site->insn->index, true, reach_use, &reach);
	return reach.is_reached;
}

/* A use in the function that made the call tells most, then one in any other. */
static void note_use(struct untested *u)
{
	bool is_own = u->function == u->site->function;

	if (u->use && (u->user == u->site->function || !is_own))
		return;
	if (is_own && !is_reached(u))
		return;
	u->use = u->insn;
	u->user = u->function;
}

static bool is_device_memory(const struct ir_type *type)
{
	return type->kind == IR_TYPE_POINTER && type->space == IR_SPACE_IOMEM;
}

/* The value goes into the place. A second lasting place, or one without a name, is not followed; in a record of the
 * kernel it is for others to use. */
static void add_place(struct untested *u, const struct ir_place *place)
{
	const struct ir_place *whole = whole_array(place);
	const struct ir_type *record = whole->kind == IR_PLACE_FIELD ? whole->part.base->type : NULL;

	if (place->kind == IR_PLACE_VAR && !is_lasting(place->var)) {
		add_holder(u, place->var);
	} else if (u->kept && record && record->tag && !record->in_user_file) {
		note_use(u);
	} else if (u->kept) {
		u->is_spread = u->is_spread || !is_same_place(place, u->kept);
	} else if ((record && record->tag) || (whole->kind == IR_PLACE_VAR && is_lasting(whole->var))) {
		u->kept = place;
		u->has_grown = true;
		if (record && !record->in_user_file && place->type && is_device_memory(place->type))
			note_use(u);
	} else {
		u->is_spread = true;
	}
}

/* ---- uses and tests ------------------------------------------------------------------------- */

/* Who looks for NULL later may do so for other reasons, and lets error pointers through. */
static void note_null_test(struct untested *u)
{
	if (u->function == u->site->function)
		u->is_tested = true;
}

static bool is_zero(const struct ir_expr *expr)
{
	int64_t value;

	return module_constant(expr, &value) && value == 0;
}

static void read_expr(struct untested *u, const struct ir_expr *expr);

static void read_place(struct untested *u, const struct ir_place *place)
{
	for (; place->kind == IR_PLACE_FIELD || place->kind == IR_PLACE_INDEX; place = place->part.base)
		if (place->kind == IR_PLACE_INDEX)
			read_expr(u, place->part.index);
	if (place->kind != IR_PLACE_DEREF)
		return;
	if (is_based_on(u, place->pointer))
		note_use(u);
	read_expr(u, place->pointer);
}

static void read_binary(struct untested *u, const struct ir_expr *expr)
{
	const struct ir_expr *left = expr->op.left, *right = expr->op.right;
	bool is_equality = expr->op.op == IR_BINARY_EQ || expr->op.op == IR_BINARY_NE;

	if ((holds(u, left) && expr->op.op != IR_BINARY_ADD) || holds(u, right)) {
		if (is_equality && (is_zero(left) || is_zero(right)))
			note_null_test(u);
		else
			u->is_tested = true;
	}
	read_expr(u, left);
	read_expr(u, right);
}

static void read_expr(struct untested *u, const struct ir_expr *expr)
{
	if (!expr || u->is_tested)
		return;
	switch (expr->kind) {
	case IR_EXPR_LOAD:
		read_place(u, expr->place);
		break;
	case IR_EXPR_ADDRESS:
		u->is_tested = u->is_tested || place_holds(u, expr->place);
		read_place(u, expr->place);
		break;
	case IR_EXPR_CAST:
		if (holds(u, expr) && expr->type && expr->type->kind != IR_TYPE_POINTER)
			note_null_test(u);
		if (expr->cast.is_explicit && holds(u, expr) && expr->type && expr->type->kind == IR_TYPE_INT)
			u->is_tested = true;
		read_expr(u, expr->cast.operand);
		break;
	case IR_EXPR_UNARY:
		if (holds(u, expr->op.left))
			note_null_test(u);
		read_expr(u, expr->op.left);
		break;
	case IR_EXPR_BINARY:
		read_binary(u, expr);
		break;
	default:
		break;
	}
}

/* ---- calls ------------------------------------------------------------------------------------- */

/* Does a function that is not the module's go to where the argument points, now or later? */
static bool is_use_by(const struct api_site *site, const struct ir_call *call, int arg)
{
	const struct ir_type *type = call->callee ? call->callee->type : NULL;
	const struct ir_type *target;
	int param = site ? site_param(site, arg) : -1;

	/* Those that look for error pointers themselves have no access in the facts. */
	if (param >= 0 && site->api->params[param].access != RP_ACCESS_UNKNOWN)
		return site->api->params[param].access != RP_ACCESS_NONE || site->api->params[param].keeps;
	if (!type || arg >= type->param_count || type->params[arg]->kind != IR_TYPE_POINTER)
		return false;
	target = type->params[arg]->target;
	return type->params[arg]->space == IR_SPACE_IOMEM || (target && target->kind == IR_TYPE_RECORD);
}

static void read_argument(struct untested *u, const struct api_site *site, int arg)
{
	const struct ir_call *call = &u->insn->call;
	const struct ir_function *callee = call->callee;

	if (site && site->api->predicate != RP_PREDICATE_NONE) {
		u->is_tested = true;
	} else if (callee && callee->has_body) {
		if (arg < callee->param_count)
			add_holder(u, callee->params[arg]);
		else
			u->is_tested = true;
	} else if (!site && (!callee || callee->in_user_file)) {
		u->is_tested = true;
	} else if (is_use_by(site, call, arg)) {
		note_use(u);
	} else if (callee && callee->type && arg < callee->type->param_count) {
		u->is_judged = true;
	}
}

static void read_call(struct untested *u)
{
	const struct ir_call *call = &u->insn->call;
	const struct api_site *site = module_site(u->view, u->insn);
	int i;

	for (i = 0; i < call->arg_count; i++) {
		/* A cast for the sake of the parameter asks nothing: what the callee does with it counts. */
		bool is_value = holds(u, call->args[i]);

		if (is_value)
			read_argument(u, site, i);
		else if (is_based_on(u, call->args[i]) && is_use_by(site, call, i))
			note_use(u);
		read_expr(u, is_value ? bare_expr(call->args[i]) : call->args[i]);
	}
	read_expr(u, call->target);
	if (call->result)
		read_place(u, call->result);
}

/* ---- steps ---------------------------------------------------------------------------------------- */

static void read_insn(struct untested *u, const struct ir_insn *insn)
{
	u->insn = insn;
	switch (insn->kind) {
	case IR_ASSIGN:
		if (holds(u, insn->assign.value))
			add_place(u, insn->assign.place);
		read_place(u, insn->assign.place);
		read_expr(u, insn->assign.value);
		break;
	case IR_RETURN:
		u->is_tested = u->is_tested || (insn->assign.value && holds(u, insn->assign.value));
		read_expr(u, insn->assign.value);
		break;
	case IR_EVAL:
		read_expr(u, insn->assign.value);
		break;
	case IR_SWITCH:
		u->is_tested = u->is_tested || holds(u, insn->select.value);
		read_expr(u, insn->select.value);
		break;
	case IR_BRANCH:
		if (holds(u, insn->branch.condition))
			note_null_test(u);
		read_expr(u, insn->branch.condition);
		break;
	case IR_CALL:
		read_call(u);
		break;
	default:
		break;
	}
}

static void read_function(struct untested *u, const struct ir_function *function)
{
	int i;

	u->function = function;
	/* Of this one not all steps are known. */
	u->is_tested = u->is_tested || (function->is_incomplete && function->in_user_file);
	for (i = 0; i < function->insn_count && !u->is_tested; i++)
		read_insn(u, function->insns[i]);
}

static void read_round(struct untested *u)
{
	const struct ir_module *module = u->view->module;
	int n, f;

	u->has_grown = false;
	u->use = NULL;
	read_function(u, u->site->function);
	for (n = 0; n < module->unit_count; n++)
		for (f = 0; f < module->units[n]->function_count && !u->is_tested; f++) {
			const struct ir_function *function = module->units[n]->functions[f];

			if (function != u->site->function &&
			    (function->is_incomplete ||
			     keymap_get(u->view->unit_by_function, KEYMAP_KEY(function)) == module->units[n]))
				read_function(u, function);
		}
}

/* ---- findings ------------------------------------------------------------------------------------- */

/* Is all seen that happens to the place? */
static bool is_all_seen(const struct untested *u)
{
	const struct ir_place *kept = u->kept ? whole_array(u->kept) : NULL;

	if (!kept || u->user == u->site->function)
		return true;
	if (kept->kind == IR_PLACE_VAR)
		return u->view->module->is_whole || kept->var->is_static || kept->var->kind == IR_VAR_STATIC_LOCAL;
	return u->view->module->is_whole && kept->part.base->type->in_user_file;
}

/* May the use get this very result? In other functions of the file that is taken for granted for what the driver keeps. */
static bool is_use_of_result(const struct untested *u)
{
	const struct ir_place *kept = u->kept ? whole_array(u->kept) : NULL;

	return u->user == u->site->function || !kept || kept->kind != IR_PLACE_FIELD ||
	       kept->part.base->type->in_user_file;
}

/* sibling: another result that the function tests, when that is why this one should be; NULL: it is used untested. */
static void report_untested(struct untested *u, const struct rp_rule *rule, const struct ir_insn *sibling)
{
	struct module_finding *finding = ARENA_NEW(u->view->arena, struct module_finding);
	const struct ir_place *named = u->kept ? u->kept : u->site->insn->call.result;
	const struct ir_expr value = { .kind = IR_EXPR_LOAD, .type = named->type, .place = named };

	finding->rule = rule;
	finding->check = u->check;
	finding->span = finding->origin_span = u->site->insn->span;
	finding->function = u->site->function;
	finding->api = finding->origin = u->site->api->name;
	finding->object = value_text(u->view, &value);
	finding->is_likely = sibling || u->is_spread || !is_all_seen(u);
	if (sibling)
		finding_step(finding, sibling->span, STEP_EVENT,
			     arena_printf(u->view->arena, "`%s` asks of this one whether it is an error",
					  u->site->function->name));
	else
		finding_step(finding, u->use->span, STEP_EVENT,
			     arena_printf(u->view->arena, "`%s` uses it here", u->user->name));
	finding_report(u->view, finding);
}

static bool has_convention(const struct rp_check *check, const struct rp_api *api)
{
	int i;

	for (i = 0; i < check->convention_count; i++)
		if (check->conventions[i] == api->convention)
			return true;
	return false;
}

static bool is_asked_of(const struct untested *u, const struct ir_insn *insn, const struct ir_place *result)
{
	const struct api_site *site = insn->kind == IR_CALL ? module_site(u->view, insn) : NULL;
	const struct ir_expr *asked = NULL;

	if (site && site->api->predicate != RP_PREDICATE_NONE && site->api->predicate_param < insn->call.arg_count)
		asked = bare_expr(insn->call.args[site->api->predicate_param]);
	return asked && asked->kind == IR_EXPR_LOAD && is_same_place(asked->place, result);
}

static bool is_result_asked(const struct untested *u, const struct api_site *site)
{
	int i;

	for (i = 0; i < site->function->insn_count; i++)
		if (is_asked_of(u, site->function->insns[i], site->insn->call.result))
			return true;
	return false;
}

/* A call of such a convention in the same function whose result the function asks IS_ERR() of. */
static const struct ir_insn *tested_sibling(const struct untested *u)
{
	size_t i;

	for (i = 0; i < u->view->site_count; i++) {
		const struct api_site *site = &u->view->sites[i];

		if (site->function == u->site->function && site->insn != u->site->insn && site->insn->call.result &&
		    has_convention(u->check, site->api) && is_result_asked(u, site))
			return site->insn;
	}
	return NULL;
}

static void check_site(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check,
		       const struct api_site *site)
{
	struct untested u = { .view = view, .check = check, .site = site, .holders = keymap_create(view->arena) };
	const struct ir_insn *sibling;
	int round;

	add_place(&u, site->insn->call.result);
	u.has_grown = true;
	for (round = 0; round < MAX_ROUNDS && u.has_grown && !u.is_tested; round++)
		read_round(&u);
	if (u.is_tested || u.has_grown)
		return;
	if (u.use && (!u.is_spread || u.user == site->function) && is_use_of_result(&u))
		report_untested(&u, rule, NULL);
	else if (u.kept && !u.is_judged && (sibling = tested_sibling(&u)) != NULL)
		report_untested(&u, rule, sibling);
}

void check_untested(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	size_t i;

	for (i = 0; i < view->site_count; i++) {
		const struct api_site *site = &view->sites[i];

		if (site->insn->call.result && has_convention(check, site->api) &&
		    module_api_selected(check, site->api) &&
		    !keymap_get(view->engine->reported_results, KEYMAP_KEY(site->insn)))
			check_site(view, rule, check, site);
	}
}
