/* What must hold when a function returns. All returns are collected first: a
 * lock held at one return is a defect only when the function's contract is
 * not to return so, and that shows from the other returns, the annotations and
 * the rest of the unit. */
#include "exit_int.h"

#include <string.h>

void exit_record_add(struct analysis *a, struct flow_state *state, const struct ir_insn *insn, const struct sym *value)
{
	struct exit_record record = { .state = state, .insn = insn, .sym = value };

	record.span = insn ? insn->span : a->function->end_span;
	record.has_value = value != NULL;
	record.value = value ? range_of(state, value) : range_all();
	ARENA_PUSH(a->arena, a->exits, a->exit_count, a->exit_capacity, record);
}

bool exit_returns_pointer(const struct analysis *a)
{
	const struct ir_type *type = a->function->type ? a->function->type->target : NULL;

	return type && type->kind == IR_TYPE_POINTER;
}

bool exit_returns_truth(const struct analysis *a)
{
	const struct ir_type *type = a->function->type ? a->function->type->target : NULL;

	return type && (type->kind == IR_TYPE_BOOL || (type->typedef_name && (strstr(type->typedef_name, "bool") ||
									      strstr(type->typedef_name, "BOOL"))));
}

/* What the caller gave, such as a number of things: no error code of ours. */
bool is_argument(const struct sym *sym)
{
	const struct region *region = sym->kind == SYM_INITIAL ? sym->a : NULL;

	return region && region->kind == REGION_VAR && region->var->kind == IR_VAR_PARAM;
}

static bool is_number(const struct sym *sym)
{
	return sym && sym->type && sym->type->kind == IR_TYPE_INT && !is_argument(sym);
}

static bool is_pointer(const struct sym *sym)
{
	return sym && sym->type && sym->type->kind == IR_TYPE_POINTER && sym->kind != SYM_PREDICATE;
}

/* Success or failure of a return by the kernel's conventions for its type. */
enum outcome exit_outcome(const struct analysis *a, const struct exit_record *record)
{
	struct range value = record->value;
	const struct ir_type *type = a->function->type ? a->function->type->target : NULL;

	if (!record->has_value || !type)
		return OUTCOME_UNKNOWN;
	if (exit_returns_truth(a))
		return value.nonzero			 ? OUTCOME_SUCCESS :
		       value.high == 0 && value.low == 0 ? OUTCOME_FAILURE :
							   OUTCOME_UNKNOWN;
	if (exit_returns_pointer(a)) {
		if (value.low > 0)
			return OUTCOME_SUCCESS;
		/* `if (ret) return ERR_PTR(ret);` with a code of unknown sign. */
		if (value.high <= 0 || (value.nonzero && is_number(record->sym)))
			return OUTCOME_FAILURE;
		return OUTCOME_UNKNOWN;
	}
	if (type->kind != IR_TYPE_INT || type->is_unsigned)
		return OUTCOME_UNKNOWN;
	/* PTR_ERR() of what is not known to be none. */
	if (is_pointer(record->sym) && value.low < 0)
		return OUTCOME_FAILURE;
	/* A status of Windows may succeed with a positive code. */
	if (value.low == 0 || (value.low > 0 && unit_is_windows(a->unit)))
		return OUTCOME_SUCCESS;
	/* `if (ret) return ret;` with a code of unknown sign: an error by convention. */
	if (value.high < 0 || (value.nonzero && value.low < 0 && !is_argument(record->sym)))
		return OUTCOME_FAILURE;
	return OUTCOME_UNKNOWN;
}

bool exit_is_success(const struct analysis *a, const struct exit_record *record)
{
	return exit_outcome(a, record) == OUTCOME_SUCCESS;
}

bool exit_is_failure(const struct analysis *a, const struct exit_record *record)
{
	return exit_outcome(a, record) == OUTCOME_FAILURE;
}

/* Annotations of sparse (acquires, must_hold) and of SAL (acquires_shared_lock,
 * requires_lock_held, irql_raises), by how their names begin. */
bool declares_lock_contract(const struct ir_function *function)
{
	static const char *const beginnings[] = { "acquires",
						  "releases",
						  "must_hold",
						  "cond_acquires",
						  "requires_lock_held",
						  "requires_exclusive_lock_held",
						  "requires_shared_lock_held",
						  "irql_raises",
						  "irql_saves",
						  "irql_restores" };
	int i;
	size_t b;

	for (i = 0; i < function->annotation_count; i++)
		for (b = 0; b < sizeof(beginnings) / sizeof(beginnings[0]); b++)
			if (strncmp(function->annotations[i].name, beginnings[b], strlen(beginnings[b])) == 0)
				return true;
	return false;
}

bool entry_is_held(const struct entry *entry)
{
	return entry->resource && entry->state >= 0 && entry->resource->states[entry->state].is_held;
}

bool is_global_object(const struct sym *key)
{
	const struct region *root = key->kind == SYM_ADDRESS ? region_root(key->a) : NULL;

	return root && root->kind == REGION_VAR && !region_is_local(root);
}

/* habit: why the function is believed to have to release it, when that does not follow from the path; NULL: it does. */
void exit_report_left(struct analysis *a, const struct exit_record *record, const struct entry *entry,
		      const char *habit)
{
	const struct rp_rule *rule;
	const struct rp_check *check;
	struct violation v = {
		.state = record->state,
		.span = record->span,
		.cause = entry->acquired,
		.resource = entry->resource,
		.key = entry->key,
		.object = entry->object,
		.mode = entry->mode,
		.api = entry->api ? entry->api->name : NULL,
		.origin = entry->api ? entry->api->name : NULL,
		.is_likely = habit != NULL || entry->is_presumed,
		.final_text = habit,
	};

	if ((entry->is_doubtful && !entry->is_presumed) ||
	    !emit_find_typestate(a, entry->resource, RP_VIOLATION_LEFT, entry->mode, &rule, &check))
		return;
	v.rule = rule;
	v.check = check;
	v.origin_span = entry->acquired ? entry->acquired->span : a->function->span;
	if (!entry->acquired)
		v.origin_text = arena_printf(a->arena, "%s gets %s as %s", a->function->name, entry->object,
					     a->role->name);
	emit_violation(a, &v);
	keymap_put(a->left_keys, KEYMAP_KEY(entry->key), a);
}

/* ---- deferred mode mismatches ---------------------------------------------------- */

static void report_pending(struct analysis *a, const struct pending *pending)
{
	const struct rp_rule *rule;
	const struct rp_check *check;
	const struct entry *entry = &pending->entry;
	struct violation v = { .trace = pending->trace,
			       .walk = pending->walk,
			       .span = pending->insn->span,
			       .cause = entry->acquired,
			       .resource = entry->resource,
			       .key = entry->key,
			       .object = entry->object,
			       .mode = entry->mode,
			       .api = pending->api->name,
			       .origin = entry->api ? entry->api->name : NULL };

	if (!emit_find_typestate(a, entry->resource, RP_VIOLATION_MODE, entry->mode, &rule, &check))
		return;
	v.rule = rule;
	v.check = check;
	if (entry->acquired)
		v.origin_span = entry->acquired->span;
	emit_violation(a, &v);
}

static void check_exit(struct analysis *a, const struct exit_record *record)
{
	size_t i;

	check_returned_value(a, record);
	for (i = 0; i < record->state->pending_count; i++)
		report_pending(a, &record->state->pendings[i]);
	for (i = 0; i < record->state->entry_count; i++) {
		const struct entry *entry = &record->state->entries[i];

		if (!entry_is_held(entry) || (!entry->acquired && !entry->is_received))
			continue;
		if (entry->acquired)
			check_never_released(a, record, entry);
		switch (entry->resource->exit_policy) {
		case RP_EXIT_BALANCED:
		case RP_EXIT_BALANCED_HERE:
			exit_check_balanced(a, record, entry);
			break;
		case RP_EXIT_OWNED:
			exit_check_owned(a, record, entry);
			break;
		case RP_EXIT_ON_FAILURE:
			if (exit_outcome(a, record) == OUTCOME_FAILURE)
				exit_check_owned(a, record, entry);
			break;
		default:
			break;
		}
	}
}

/* Released on this path without having been taken on it, at a step that
 * another path reaches holding it: the wrong label, or a condition forgotten. */
static void report_blind_release(struct analysis *a, const struct blind_release *blind)
{
	const struct rp_rule *rule;
	const struct rp_check *check;
	struct violation v = { .trace = blind->trace,
			       .walk = blind->walk,
			       .span = blind->insn->span,
			       .resource = blind->resource,
			       .key = blind->key,
			       .object = blind->object,
			       .api = blind->api->name,
			       .is_likely = true };

	if (!emit_find_typestate(a, blind->resource, blind->violation, NULL, &rule, &check))
		return;
	v.rule = rule;
	v.check = check;
	emit_violation(a, &v);
}

static void check_blind_releases(struct analysis *a)
{
	size_t i, k;

	for (i = 0; i < a->blind_count; i++) {
		const struct blind_release *blind = &a->blinds[i];

		/* Left held on another path: one mismatch of conditions, said once. */
		if (keymap_get(a->left_keys, KEYMAP_KEY(blind->key)))
			continue;
		for (k = 0; blind->is_blind && k < a->blind_count; k++) {
			const struct blind_release *other = &a->blinds[k];

			if (!other->is_blind && other->insn == blind->insn && other->key == blind->key) {
				report_blind_release(a, blind);
				break;
			}
		}
	}
}

void exit_check_all(struct analysis *a)
{
	size_t i;

	/* Where a statement was lost it may have been the release. */
	for (i = 0; i < a->exit_count && !a->function->is_incomplete; i++)
		check_exit(a, &a->exits[i]);
	for (i = 0; i < a->exit_count && !a->function->is_incomplete; i++)
		check_irql_exit(a, &a->exits[i]);
	if (!a->function->is_incomplete && !declares_lock_contract(a->function))
		check_blind_releases(a);
	contract_check_exits(a);
}
