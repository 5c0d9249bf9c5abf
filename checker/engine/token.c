/* Tokens: what an acquisition saves and its release gives back (interrupt flags,
 * the old IRQL); and modes: which release is right for which acquisition. */
#include "typestate_int.h"

#include <string.h>

/* SYM_OUTPUT operands of saved tokens, beside argument numbers; those that callees saved are numbered (apply.c). */
#define TOKEN_OUTPUT 1000
#define TOKEN_OUTPUT_END 1100

/* ---- tokens (saved interrupt flags) ---------------------------------------- */

static const struct region *token_region(struct analysis *a, struct flow_state *state, const struct call_site *site,
					 int param)
{
	const struct ir_expr *expr;
	const struct sym *address = site->is_replayed ? call_arg(site, param) : NULL;

	if (site->is_replayed) /* its argument is the address of the token's place */
		return address && address->kind != SYM_INT ? region_pointee(a, address) : NULL;
	if (param == RP_REMEMBERS_RESULT || (site->shape && site->shape->result_param == param))
		return site->insn->call.result ? eval_place(a, state, site->insn->call.result) : NULL;
	expr = call_arg_expr(site, param);
	/* A pointer to the place, not the place itself. */
	if (expr && expr->kind == IR_EXPR_LOAD && expr->type && expr->type->kind == IR_TYPE_POINTER)
		return region_pointee(a, eval_expr(a, state, expr));
	if (expr && expr->kind == IR_EXPR_LOAD)
		return eval_place(a, state, expr->place);
	if (expr && expr->kind == IR_EXPR_ADDRESS)
		return eval_place(a, state, expr->place);
	return NULL;
}

static const char *token_text(struct analysis *a, const struct call_site *site, int param)
{
	const struct ir_expr *expr = call_arg_expr(site, param);

	if (site->is_replayed)
		return site->token_object;
	if (param == RP_REMEMBERS_RESULT || (site->shape && site->shape->result_param == param))
		return site->insn->call.result ? ir_place_text(a->arena, site->insn->call.result) : NULL;
	return expr ? object_text(a, expr) : NULL;
}

/* KeRaiseIrqlToDpcLevel() and the like return the token. */
static bool is_returned_token(const struct analysis *a, const struct sym *sym)
{
	const struct rp_api *api = sym->kind == SYM_CALL ? origin_api(a, sym) : NULL;
	int i;

	for (i = 0; api && i < api->effect_count; i++)
		if (api->effects[i].saves_param == RP_REMEMBERS_RESULT)
			return true;
	return false;
}

static bool is_token(const struct analysis *a, const struct sym *sym)
{
	return (sym->kind == SYM_OUTPUT && sym->op >= TOKEN_OUTPUT && sym->op < TOKEN_OUTPUT_END) ||
	       is_returned_token(a, sym);
}

static struct entry *token_holder(struct flow_state *state, const struct sym *token)
{
	size_t i;

	for (i = 0; i < state->entry_count; i++) {
		struct entry *entry = &state->entries[i];

		if (entry->resource && entry->token == token && entry->resource->states[entry->state].is_held)
			return entry;
	}
	return NULL;
}

void save_token(struct analysis *a, struct flow_state *state, const struct call_site *site, struct entry *entry,
		int param)
{
	const struct region *region = token_region(a, state, site, param), *root;
	const struct sym *token, *old;
	const struct entry *holder;

	if (site->is_replayed && !region)
		entry->token = site->token;
	if (!region)
		return;
	old = site->token_before ? site->token_before : state_load(a, state, region, NULL);
	holder = is_token(a, old) ? token_holder(state, old) : NULL;
	if (holder && holder != entry) {
		typestate_raise(a, state, holder, RP_VIOLATION_TOKEN_REUSED, site->insn->span, site,
				token_text(a, site, param));
		((struct entry *)holder)->token = NULL; /* its restore is part of the same defect */
	}
	root = region_root(region);
	if (root->kind == REGION_VAR && !region_is_local(region) && !root->var->is_thread_or_percpu &&
	    region->kind == REGION_VAR)
		typestate_raise(a, state, entry, RP_VIOLATION_TOKEN_SHARED, site->insn->span, site,
				token_text(a, site, param));
	token = site->is_replayed && site->token ? site->token :
		param == RP_REMEMBERS_RESULT	 ? site->result :
						   sym_make(a, SYM_OUTPUT, TOKEN_OUTPUT, site->insn, NULL, NULL);
	/* The saved level is the one that the path has just asked for. */
	if (state->irql)
		state_constrain(a, state, token, range_of(state, state->irql));
	state_store(a, state, region, token);
	entry->token = token;
}

/* The level that an acquisition saved in the token is given back. */
static bool cancel_pendings(struct flow_state *state, const struct sym *token)
{
	size_t read, write = 0, before = state->pending_count;

	for (read = 0; read < state->pending_count; read++)
		if (state->pendings[read].entry.token != token)
			state->pendings[write++] = state->pendings[read];
	state->pending_count = write;
	return write < before;
}

/* Was what is given back now taken after the lock was released without its level?
 * Where ways met in between and the release is not in the history, it was not. */
static bool is_taken_since(const struct flow_state *state, const struct pending *pending,
			   const struct rp_resource *resource, const struct sym *key)
{
	const struct trace *step;
	bool is_taken = false;

	for (step = state->trace; step && step != pending->trace; step = step->parent)
		if (step->resource == resource && step->key == key && !resource_event_releases(resource, step->event))
			is_taken = true;
	return is_taken && step == pending->trace;
}

void settle_pendings(struct flow_state *state, const struct rp_resource *resource, const struct sym *key)
{
	size_t read, write = 0;

	for (read = 0; read < state->pending_count; read++)
		if (is_taken_since(state, &state->pendings[read], resource, key))
			state->pendings[write++] = state->pendings[read];
	state->pending_count = write;
}

/* Hand over hand: the outer lock is released with the token of the inner one,
 * which is kept and gets the outer one's. */
static bool is_crossed(struct flow_state *state, struct entry *entry, const struct sym *value)
{
	struct entry *inner = token_holder(state, value);

	if (!inner || inner == entry || inner->irql_before < RP_IRQL_DISPATCH)
		return false;
	inner->token = entry->token;
	return true;
}

/* A level that was raised by itself is lowered by whatever gets its token:
 * KeRaiseIrqlToDpcLevel(), KeAcquireSpinLockAtDpcLevel(), KeReleaseSpinLock(). */
static void lower_with_token(struct flow_state *state, const struct entry *entry, const struct sym *value)
{
	struct entry *holder = token_holder(state, value);
	int e;

	if (!holder || holder == entry || holder->resource->identity != RP_IDENTITY_GLOBAL ||
	    (holder->resource->states[holder->state].irql == RP_IRQL_UNSAID && holder->level == RP_IRQL_UNSAID))
		return;
	for (e = 0; e < holder->resource->event_count; e++) {
		const struct rp_transition *row = find_transition(holder->resource, holder->state, e);

		if (!row || row->to < 0 || !resource_event_releases(holder->resource, e))
			continue;
		holder->state = row->to;
		return;
	}
}

/* A level of the releaser's own choice, where the one before is not known to be that. */
static bool is_chosen_level(const struct flow_state *state, const struct entry *entry, const struct sym *value)
{
	struct range saved = range_of(state, entry->token);
	int64_t level;

	return value->kind == SYM_INT && !range_is_exact(saved, &level) &&
	       (entry->irql_before_max == RP_IRQL_UNSAID || entry->irql_before_max != value->value);
}

/* What a variable of the function held before anybody wrote to it. */
static bool is_never_written(const struct sym *value)
{
	const struct region *region = value->kind == SYM_INITIAL && !value->b ? value->a : NULL;

	return value->kind == SYM_UNINIT || (region && region->kind == REGION_VAR && region->var->kind == IR_VAR_LOCAL);
}

/* A token given back: does it belong to the object released? */
void restore_token(struct analysis *a, struct flow_state *state, const struct call_site *site, struct entry *entry,
		   int param)
{
	const struct sym *value = call_arg(site, param);
	bool was_pending;

	if (!value)
		return;
	was_pending = cancel_pendings(state, value);
	lower_with_token(state, entry, value);
	/* Whoever took it, the token is not there. */
	if (entry && is_never_written(value))
		typestate_raise(a, state, entry, RP_VIOLATION_TOKEN_WRONG, site->insn->span, site,
				token_text(a, site, param));
	if (!entry || !entry->token || value == entry->token || entry->was_held_on_entry || was_pending)
		return;
	if (is_crossed(state, entry, value))
		return;
	if (is_token(a, value) || is_chosen_level(state, entry, value))
		typestate_raise(a, state, entry, RP_VIOLATION_TOKEN_WRONG, site->insn->span, site,
				token_text(a, site, param));
}

/* ---- modes --------------------------------------------------------------------- */

static bool accepts_mode(const struct rp_effect *effect, const char *mode)
{
	int i;

	if (!mode || effect->accept_count == 0)
		return true;
	for (i = 0; i < effect->accept_count; i++)
		if (effect->accepts[i] == mode)
			return true;
	return false;
}

/* local_irq_save(f); spin_lock(l); ... spin_unlock_irqrestore(l, f) is legal:
 * the token's own holder is released with it. */
bool token_explains_mode(struct analysis *a, struct flow_state *state, const struct call_site *site,
			 const struct rp_effect *effect, const struct entry *entry)
{
	const struct sym *value = effect->restores_param >= 0 ? call_arg(site, effect->restores_param) : NULL;
	const struct entry *holder = value && is_token(a, value) ? token_holder(state, value) : NULL;
	size_t i;

	/* Hand over hand: a's flags given back with b, after a was released plainly. */
	for (i = 0; value && i < state->pending_count; i++)
		if (state->pendings[i].entry.token == value)
			return true;
	return holder && holder->key != entry->key;
}

/* lock_irq(a); lock(b); unlock(a); unlock_irq(b): crossed, but even. */
bool pays_back(struct flow_state *state, const struct rp_effect *effect)
{
	size_t i;

	for (i = 0; i < state->pending_count; i++) {
		struct pending *pending = &state->pendings[i];

		if (pending->entry.resource != effect->resource || !accepts_mode(effect, pending->entry.mode))
			continue;
		*pending = state->pendings[--state->pending_count];
		return true;
	}
	return false;
}

void check_mode(struct analysis *a, struct flow_state *state, const struct call_site *site,
		const struct rp_effect *effect, const struct entry *entry)
{
	struct pending pending = { *entry, site->insn, site->api, state->trace, state->walk };
	size_t i;

	if (entry->is_doubtful || entry->was_held_on_entry) {
		pays_back(state, effect);
		return;
	}
	if (accepts_mode(effect, entry->mode))
		return;
	if (entry->resource->is_memory) {
		typestate_raise(a, state, entry, RP_VIOLATION_MODE, site->insn->span, site, NULL);
		return;
	}
	for (i = 0; i < state->pending_count; i++)
		if (state->pendings[i].insn == site->insn)
			return; /* in a loop: once is enough */
	if (pays_back(state, effect))
		return;
	/* Judged at the return: the other half may still come. */
	ARENA_PUSH(a->arena, state->pendings, state->pending_count, state->pending_capacity, pending);
}
