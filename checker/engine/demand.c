/* What calls need of the context they run in: that it may sleep, that the IRQL
 * is low enough, that it runs for a process, that interrupts are on. A path
 * that settles a need itself (it holds a spin lock) is judged at once; else the
 * need goes to the callers with the summary, and at last to the roles by which
 * the function is entered. What the path asked or changed itself (in_interrupt(),
 * the caller's lock let go) ends the need: it is then not the caller's business. */
#include "engine_int.h"

#include <string.h>

#define MAX_DEMANDS 48
#define MAX_DEMANDS_OF_KIND 16

/* ---- what the path knows ---------------------------------------------------------- */

static bool asked_context(const struct flow_state *state)
{
	struct range range;

	if (!state->context)
		return false;
	range = range_of(state, state->context);
	return range.nonzero || (range.low == 0 && range.high == 0);
}

static bool asked_irql(const struct flow_state *state)
{
	struct range range;

	if (!state->irql)
		return false;
	range = range_of(state, state->irql);
	return range.high < RP_IRQL_HIGH || range.low > RP_IRQL_PASSIVE;
}

static bool is_settled(const struct flow_state *state, enum demand_kind kind)
{
	switch (kind) {
	case DEMAND_SLEEP:
		return has_left_context(state) || asked_context(state);
	case DEMAND_IRQL_MIN:
		return state->is_irql_lost || has_left_context(state) || asked_irql(state);
	case DEMAND_IRQL_MAX:
		return has_left_context(state) || asked_irql(state);
	case DEMAND_IRQS_ON:
		return has_left_context(state) || asked_context(state);
	default:
		return asked_context(state);
	}
}

/* ---- collecting ------------------------------------------------------------------- */

static bool same_offence(const struct demand *left, const struct demand *right)
{
	return left->kind == right->kind && left->function == right->function && left->span.line == right->span.line &&
	       left->span.column == right->span.column && left->level == right->level && left->api == right->api &&
	       left->pointee == right->pointee;
}

static void add_demand(struct analysis *a, const struct demand *demand)
{
	struct needs *needs = &a->needs;
	size_t i, of_kind = 0;

	for (i = 0; i < needs->demand_count; i++) {
		struct demand *known = &needs->demands[i];

		of_kind += known->kind == demand->kind;
		if (!same_offence(known, demand) || known->bits != demand->bits)
			continue;
		/* The same call on two paths: what they share must be met. */
		term_facts_weaken(known->facts, &known->fact_count, demand->facts, demand->fact_count);
		return;
	}
	if (needs->demand_count < MAX_DEMANDS && of_kind < MAX_DEMANDS_OF_KIND)
		ARENA_PUSH(a->engine->module_arena, needs->demands, needs->demand_count, needs->demand_capacity,
			   *demand);
}

/* Said already, without conditions: nothing can be added. */
static bool is_known(const struct analysis *a, const struct call_site *site, enum demand_kind kind, int level)
{
	size_t i;

	for (i = 0; i < a->needs.demand_count; i++) {
		const struct demand *known = &a->needs.demands[i];

		if (known->kind == kind && known->span.line == site->insn->span.line &&
		    known->span.column == site->insn->span.column && known->api == site->api && known->level == level &&
		    known->fact_count == 0 && !known->bits && known->function == a->function)
			return true;
	}
	return false;
}

static const char *first_argument(struct analysis *a, const struct call_site *site)
{
	const struct ir_expr *expr = call_arg_expr(site, 0);
	const char *text = expr ? readable_text(a, object_text(a, expr)) : NULL;

	return text && *text ? text : site->name;
}

static struct demand new_demand(struct analysis *a, const struct flow_state *state, const struct call_site *site,
				enum demand_kind kind)
{
	struct arena *arena = a->engine->module_arena;
	struct demand demand = { .kind = kind,
				 .api = site->api,
				 .name = arena_strdup(arena, site->name ? site->name : "the call"),
				 .object = arena_strdup(arena, first_argument(a, site) ? first_argument(a, site) : ""),
				 .function = a->function,
				 .span = site->insn->span };

	term_facts(a, state, NULL, NULL, &demand.facts, &demand.fact_count);
	return demand;
}

static void demand_sleep(struct analysis *a, const struct flow_state *state, const struct call_site *site)
{
	const struct term_maker maker = { .a = a, .arena = a->engine->module_arena };
	const struct sym *arg = site->api->sleep == RP_SLEEP_IF_BITS ? call_arg(site, site->api->sleep_param) : NULL;
	struct demand demand;
	int64_t mask = 0, value;
	const struct term *bits = NULL;

	if ((site->api->sleep != RP_SLEEP_ALWAYS && site->api->sleep != RP_SLEEP_OUTSIDE_INTERRUPTS &&
	     site->api->sleep != RP_SLEEP_IF_BITS) ||
	    is_known(a, site, DEMAND_SLEEP, 0))
		return;
	if (site->api->sleep == RP_SLEEP_IF_BITS) {
		if (!arg || !unit_constant(a->unit, site->api->sleep_constant, &mask))
			return;
		if (!range_is_exact(range_of(state, arg), &value)) {
			bits = term_of(&maker, arg);
			if (!bits)
				return;
		} else if (!(value & mask)) {
			return;
		}
	}
	demand = new_demand(a, state, site, DEMAND_SLEEP);
	demand.bits = bits;
	demand.mask = mask;
	add_demand(a, &demand);
}

void demand_api(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	struct demand demand;

	if (site->api->waits_for_param >= 0)
		wait_use_note(a, state, site);
	if (!atomic_holder(state) && !is_settled(state, DEMAND_SLEEP))
		demand_sleep(a, state, site);
	if (site->api->needs && !conditions_hold(a, state, site, &site->api->need_conditions))
		return;
	if ((site->api->needs & RP_NEEDS_USER_CONTEXT) && !is_settled(state, DEMAND_USER_CONTEXT)) {
		demand = new_demand(a, state, site, DEMAND_USER_CONTEXT);
		add_demand(a, &demand);
	}
	if (site->api->needs & RP_NEEDS_IRQS_ON)
		demand_irqs_on(a, state, site);
}

void demand_irql(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		 enum demand_kind kind, int level)
{
	struct demand demand;

	if (is_known(a, site, kind, level) || is_settled(state, kind) || level < 0 || level >= RP_IRQL_HIGH)
		return;
	demand = new_demand(a, state, site, kind);
	demand.level = level;
	add_demand(a, &demand);
}

/* ---- reporting ------------------------------------------------------------------------ */

/* The demand as a call, so that rules can be selected by what is called. */
static enum rp_check_kind check_kind(const struct demand *demand)
{
	switch (demand->kind) {
	case DEMAND_SLEEP:
		return RP_CHECK_SLEEP;
	case DEMAND_USER_CONTEXT:
		return RP_CHECK_USER_CONTEXT;
	case DEMAND_IRQS_ON:
		return RP_CHECK_IRQS_ON;
	case DEMAND_IRQL_MIN:
		return RP_CHECK_IRQL_LOW;
	default:
		return RP_CHECK_IRQL;
	}
}

static const char *offence_text(struct analysis *a, const struct demand *demand)
{
	switch (demand->kind) {
	case DEMAND_SLEEP:
		return arena_printf(a->arena, "%s may sleep", demand->name);
	case DEMAND_USER_CONTEXT:
		return arena_printf(a->arena, "%s needs the memory of the process that asked", demand->name);
	case DEMAND_IRQS_ON:
		return arena_printf(a->arena, "%s is for code that runs with interrupts on", demand->name);
	case DEMAND_IRQL_MIN:
		return arena_printf(a->arena, "%s needs %s at least", demand->name, irql_name(demand->level));
	default:
		return arena_printf(a->arena, "%s is allowed at %s at most", demand->name, irql_name(demand->level));
	}
}

static void visit_untagged(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check, void *context)
{
	struct violation *v = context;

	(void)a;
	if (check->tag_count > 0 || v->rule) /* about certain APIs only */
		return;
	v->rule = rule;
	v->check = check;
}

static bool find_rule(struct analysis *a, const struct demand *demand, struct violation *v)
{
	if (!demand->api) {
		emit_each_check(a, check_kind(demand), visit_untagged, v);
		return v->rule != NULL;
	}
	return emit_find_check(a, check_kind(demand), demand->api, &v->rule, &v->check);
}

static void describe_lock(struct violation *v, const struct entry *holder)
{
	v->resource = holder->resource;
	v->key = holder->key;
	v->holder = holder->resource->identity == RP_IDENTITY_GLOBAL ? holder->resource->noun : holder->object;
	v->origin = holder->api ? holder->api->name : NULL;
	if (holder->acquired)
		v->origin_span = holder->acquired->span;
}

/* The same call below the same kind of lock, reached from elsewhere: one defect. */
static bool was_reported_under(struct analysis *a, const struct demand *demand, const struct entry *holder)
{
	/* Whether it sleeps is the callers' choice: each has to choose anew. */
	bool is_chosen = demand->api && demand->api->sleep == RP_SLEEP_IF_BITS;
	const char *class = is_chosen ? NULL : object_class(a, holder->key);
	uint64_t key = KEYMAP_KEY(demand->function) * 1000003u + demand->span.line * 4096u + demand->span.column +
		       KEYMAP_KEY(class) * 31u + (uint64_t)demand->kind;
	const struct ir_function *first = class ? keymap_get(a->engine->reported_offences, key) : NULL;

	if (class && !first && a->report)
		keymap_put(a->engine->reported_offences, key, (void *)a->function);
	return first && first != a->function;
}

static void report_under(struct analysis *a, const struct flow_state *state, const struct call_site *site,
			 const struct function_summary *summary, const struct demand *demand,
			 const struct entry *holder, int level)
{
	struct violation v = { .state = state,
			       .span = site->insn->span,
			       .cause = site->insn,
			       .object = demand->object,
			       .api = demand->name,
			       .irql = level,
			       .irql_limit = demand->level,
			       .below = &demand->chain,
			       .callee = summary->function->name,
			       .below_span = demand->span,
			       .below_text = offence_text(a, demand) };

	if (!find_rule(a, demand, &v) || (holder && was_reported_under(a, demand, holder)))
		return;
	if (holder)
		describe_lock(&v, holder);
	emit_violation(a, &v);
}

/* ---- at calls --------------------------------------------------------------------------- */

/* Does the demand stand, given the arguments? *bits: what it still depends on. */
static bool sleeps_here(struct analysis *a, const struct flow_state *state, const struct call_site *site,
			const struct demand *demand, const struct sym **bits)
{
	const struct term_reader reader = { .a = a, .state = state, .site = site };
	int64_t value;

	*bits = NULL;
	if (!demand->bits)
		return true;
	*bits = term_value(&reader, demand->bits);
	if (!*bits)
		return false;
	if (!range_is_exact(range_of(state, *bits), &value))
		return true;
	*bits = NULL;
	return (value & demand->mask) != 0;
}

static const struct sym *pointer_value(struct analysis *a, const struct flow_state *state, const struct call_site *site,
				       const struct term *pointer)
{
	const struct term_reader reader = { .a = a, .state = state, .site = site };

	return term_value(&reader, pointer);
}

enum guard { GUARD_MET, GUARD_NOT_MET, GUARD_UNKNOWN };

/* Given another function, the callee does not get to where the demand is. */
static enum guard guard_of(struct analysis *a, const struct flow_state *state, const struct call_site *site,
			   const struct demand *demand)
{
	const struct sym *value = demand->pointer ? pointer_value(a, state, site, demand->pointer) : NULL;

	if (!demand->pointer)
		return GUARD_MET;
	if (!value || value->kind != SYM_FUNCTION)
		return GUARD_UNKNOWN;
	return value->a == demand->pointee ? GUARD_MET : GUARD_NOT_MET;
}

/* Which of several functions a parameter is, only callers know. False: nobody does. */
static bool hand_on_guard(struct analysis *a, const struct flow_state *state, const struct call_site *site,
			  const struct function_summary *summary, struct demand *demand)
{
	const struct term_maker maker = { .a = a, .arena = a->engine->module_arena };

	if (guard_of(a, state, site, demand) == GUARD_UNKNOWN) {
		demand->pointer = term_of(&maker, pointer_value(a, state, site, demand->pointer));
		return demand->pointer != NULL;
	}
	demand->pointer = term_of(&maker, site->callee_value);
	if (demand->pointer && demand->pointer->kind != TERM_PARAM)
		demand->pointer = NULL;
	demand->pointee = demand->pointer ? summary->function : NULL;
	return true;
}

static void hand_on(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		    const struct function_summary *summary, const struct demand *below, const struct sym *bits)
{
	struct arena *arena = a->engine->module_arena;
	const struct term_maker maker = { .a = a, .arena = arena };
	const struct facts_below facts = { below->facts, below->fact_count };
	struct demand demand = *below;

	demand.bits = bits ? term_of(&maker, bits) : NULL;
	if (bits && !demand.bits)
		return;
	if (!hand_on_guard(a, state, site, summary, &demand))
		return;
	demand.chain = *chain_extend(arena, &below->chain, site->insn->span, summary->function->name);
	term_facts(a, state, site, &facts, &demand.facts, &demand.fact_count);
	add_demand(a, &demand);
}

static int held_level(const struct entry *entry)
{
	int level = entry->resource->states[entry->state].irql;

	return entry->level > level ? entry->level : level;
}

/* Is the level surely high enough at this call, or surely not? Then it is settled here. */
static bool settled_by_low_irql(struct analysis *a, const struct flow_state *state, const struct call_site *site,
				const struct function_summary *summary, const struct demand *demand)
{
	int most = irql_upper_bound(a, state);

	if (demand->kind != DEMAND_IRQL_MIN)
		return false;
	if (irql_lower_bound(a, state) >= demand->level)
		return true;
	/* What only the role says is the role's business, so that the path begins with it. */
	if (most == RP_IRQL_UNSAID || most >= demand->level || (a->role && (int)a->role->irql_max <= most))
		return state->is_irql_lost;
	report_under(a, state, site, summary, demand, NULL, most);
	return true;
}

static bool reported_by_irql(struct analysis *a, const struct flow_state *state, const struct call_site *site,
			     const struct function_summary *summary, const struct demand *demand)
{
	const struct entry *holder = irql_holder(state);
	int level = holder ? held_level(holder) : RP_IRQL_UNSAID;

	if (demand->kind != DEMAND_IRQL_MAX || !holder || holder->is_doubtful || level <= demand->level)
		return false;
	report_under(a, state, site, summary, demand, holder, level);
	return true;
}

static void judge_demand(struct analysis *a, const struct flow_state *state, const struct call_site *site,
			 const struct function_summary *summary, const struct demand *demand)
{
	const struct entry *holder = demand->kind == DEMAND_SLEEP ? atomic_holder(state) : NULL;
	enum guard guard = guard_of(a, state, site, demand);
	const struct sym *bits;

	if (guard == GUARD_NOT_MET || !term_facts_possible(a, state, site, demand->facts, demand->fact_count) ||
	    !sleeps_here(a, state, site, demand, &bits))
		return;
	if (holder) {
		if (!bits && guard == GUARD_MET)
			report_under(a, state, site, summary, demand, holder, 0);
		return;
	}
	if (guard == GUARD_UNKNOWN) {
		if (!is_settled(state, demand->kind))
			hand_on(a, state, site, summary, demand, bits);
		return;
	}
	if (demand->kind == DEMAND_IRQS_ON && masking_holder(state)) {
		report_under(a, state, site, summary, demand, masking_holder(state), 0);
		return;
	}
	if (settled_by_low_irql(a, state, site, summary, demand))
		return;
	if (!reported_by_irql(a, state, site, summary, demand) && !is_settled(state, demand->kind))
		hand_on(a, state, site, summary, demand, bits);
}

void demand_callee(struct analysis *a, struct flow_state *state, const struct call_site *site,
		   const struct function_summary *summary)
{
	int i;

	for (i = 0; i < summary->demand_count; i++)
		judge_demand(a, state, site, summary, &summary->demands[i]);
}

/* ---- interrupts off ------------------------------------------------------------------- */

const struct entry *masking_holder(const struct flow_state *state)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++) {
		const struct entry *entry = &state->entries[i];

		if (entry->resource && entry->state >= 0 && entry->resource->states[entry->state].is_held &&
		    !entry->is_doubtful && entry->masks == RP_MASK_IRQ && entry->acquired)
			return entry;
	}
	return NULL;
}

void demand_irqs_on(struct analysis *a, struct flow_state *state, const struct call_site *site)
{
	const struct entry *holder = masking_holder(state);
	struct demand demand;
	struct violation v = { .state = state,
			       .span = site->insn->span,
			       .cause = site->insn,
			       .object = first_argument(a, site),
			       .api = site->name };

	if (!holder) {
		if (is_settled(state, DEMAND_IRQS_ON))
			return;
		demand = new_demand(a, state, site, DEMAND_IRQS_ON);
		add_demand(a, &demand);
		return;
	}
	if (!emit_find_check(a, RP_CHECK_IRQS_ON, site->api, &v.rule, &v.check))
		return;
	describe_lock(&v, holder);
	emit_violation(a, &v);
}

/* ---- at roles ----------------------------------------------------------------------------- */

static bool role_forbids(const struct rp_role *role, const struct demand *demand)
{
	switch (demand->kind) {
	case DEMAND_SLEEP:
		if (demand->api && demand->api->sleep == RP_SLEEP_OUTSIDE_INTERRUPTS)
			return false;
		return role->context == RP_CONTEXT_SOFTIRQ || role->context == RP_CONTEXT_HARDIRQ;
	case DEMAND_USER_CONTEXT:
		return role->lacks_user_context;
	case DEMAND_IRQS_ON:
		return role->context == RP_CONTEXT_HARDIRQ;
	case DEMAND_IRQL_MAX:
		return role->irql_min != RP_IRQL_UNSAID && (int)role->irql_min > demand->level;
	default:
		return role->irql_max != RP_IRQL_UNSAID && (int)role->irql_max < demand->level;
	}
}

/* A call that needs user context and may sleep is one defect in an interrupt. */
static bool was_reported(struct analysis *a, const struct demand *demand)
{
	uint64_t key = KEYMAP_KEY(demand->function) * 1000003u + demand->span.line * 4096u + demand->span.column;

	if (keymap_get(a->engine->reported_offences, key))
		return true;
	keymap_put(a->engine->reported_offences, key, a->engine);
	return false;
}

static bool is_owed(const struct demand *demand)
{
	/* Whether it sleeps, or what it calls, depends on what the kernel passes: unknown. */
	return !demand->bits && !demand->pointer;
}

static void judge_role(struct analysis *a, const struct role_binding *binding, const struct demand *demand)
{
	struct violation v = { .span = demand->span,
			       .object = demand->object,
			       .api = demand->name,
			       .irql = demand->kind == DEMAND_IRQL_MIN ? (int)binding->role->irql_max :
									 (int)binding->role->irql_min,
			       .irql_limit = demand->level,
			       .below = &demand->chain,
			       .function = demand->function->name,
			       .entry = binding,
			       .entry_function = a->function,
			       .is_anywhere = true };

	if (!is_owed(demand) || !role_forbids(binding->role, demand) || !find_rule(a, demand, &v) ||
	    was_reported(a, demand))
		return;
	v.holder = arena_printf(a->arena, "the role of `%s` (%s)", a->function->name, binding->role->name);
	emit_violation(a, &v);
}

void demand_judge_roles(struct analysis *a, const struct function_summary *summary)
{
	static const enum demand_kind order[] = { DEMAND_USER_CONTEXT, DEMAND_SLEEP, DEMAND_IRQS_ON, DEMAND_IRQL_MAX,
						  DEMAND_IRQL_MIN };
	const struct role_binding *bindings;
	size_t k;
	int count = 0, i, d;

	bindings = effects_role_bindings(a->effects, a->function, &count);
	for (k = 0; k < sizeof(order) / sizeof(order[0]); k++)
		for (i = 0; i < count; i++)
			for (d = 0; d < summary->demand_count; d++)
				if (summary->demands[d].kind == order[k])
					judge_role(a, &bindings[i], &summary->demands[d]);
}

/* ---- call contexts (--explain-context) ------------------------------------------------- */

void note_call_context(struct analysis *a, const struct flow_state *state, const struct call_site *site,
		       const struct ir_function *callee)
{
	struct summaries *summaries = a->engine->summaries;
	const struct entry *atomic = atomic_holder(state), *raised = irql_holder(state);
	const struct entry *holder = atomic ? atomic : raised;
	struct call_context context = { .caller = a->function,
					.callee = callee,
					.span = site->insn->span,
					.is_atomic = atomic != NULL,
					.irql_low = irql_lower_bound(a, state),
					.irql_high = RP_IRQL_UNSAID };
	size_t i;

	if (!summaries)
		return;
	if (holder)
		context.holder = holder->resource->identity == RP_IDENTITY_GLOBAL ? holder->resource->noun :
										    holder->object;
	for (i = summaries->context_count; i-- > 0 && summaries->contexts[i].caller == a->function;) {
		const struct call_context *known = &summaries->contexts[i];

		if (known->callee == callee && known->span.line == context.span.line &&
		    known->span.column == context.span.column && known->is_atomic == context.is_atomic &&
		    known->irql_low == context.irql_low)
			return;
	}
	if (context.holder)
		context.holder = arena_strdup(summaries->arena, context.holder);
	ARENA_PUSH(summaries->arena, summaries->contexts, summaries->context_count, summaries->context_capacity,
		   context);
}
