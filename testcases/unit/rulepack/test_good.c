/* Correct packs: every field of the documented format, seen in the linked form.
 * The inputs are testcases/rulepack/good and over. */
#include "loaded.h"

#include <string.h>
#include <unistd.h>

static const char *const good[] = { "rulepack/good" };
static const char *const replaced[] = { "rulepack/good/", "rulepack/over" };

static int open_good(void **state)
{
	static struct loaded loaded;
	loaded_open(&loaded, good, 1);
	*state = &loaded;
	return 0;
}

static int close_loaded(void **state)
{
	loaded_close(*state);
	return 0;
}

static void check_no_messages(void **state)
{
	const struct loaded *loaded = *state;
	assert_non_null(loaded->rules);
	assert_int_equal(log_count(loaded->log), 0);
}

/* Every constant once, those of rules too; numbers are none. */
static void check_constants(const struct rule_set *rules)
{
	static const char *const constants[] = {
		"PACKET_DONE", "GFP_MAY_SLEEP", "FLAG_SHARED", "MUST_SUCCEED", "RAISES",      "PagedKind",
		"IRQ_NONE",    "IRQ_HANDLED",	"IRQ_WAKE",    "STATUS_DONE",  "STATUS_LEFT", "FLAG_BUSY",
	};
	assert_int_equal(rules->constant_name_count, 12);
	for (int i = 0; i < rules->constant_name_count; i++)
		assert_string_equal(rules->constant_names[i], constants[i]);
}

static void check_set(void **state)
{
	const struct rule_set *rules = ((const struct loaded *)*state)->rules;
	assert_int_equal(rules->api_count, 42);
	assert_int_equal(rules->resource_count, 8);
	assert_int_equal(rules->role_count, 9);
	assert_int_equal(rules->rule_count, 5);
	/* Files by name, entries in file order. */
	assert_string_equal(rules->apis[0]->name, "lock_plain");
	assert_string_equal(rules->apis[4]->name, "alloc");
	assert_string_equal(rules->rules[0]->id, "t-lock");
	assert_string_equal(rules->rules[1]->id, "t-results");
	assert_string_equal(rules->rules[2]->id, "t-whole");
	assert_string_equal(rules->rules[3]->id, "t-calls");
	assert_string_equal(rules->rules[4]->id, "t-note");
	for (int i = 0; i < rules->rule_count; i++)
		assert_int_equal(rules->rules[i]->index, i);
	assert_int_equal(rules->macro_name_count, 2);
	assert_string_equal(rules->macro_names[0], "lock_irqsave");
	assert_string_equal(rules->macro_names[1], "trylock");
	check_constants(rules);
	assert_int_equal(rules->test_dir_count, 1);
	assert_string_equal(rules->test_dirs[0], "rulepack/good/cases");
}

/* ---- resources -------------------------------------------------------------- */

static void check_row(const struct rp_resource *resource, int row, const char *event, int from, int to,
		      const char *violation)
{
	const struct rp_transition *transition = &resource->transitions[row];
	assert_in_range(row, 0, resource->transition_count - 1);
	assert_string_equal(resource->events[transition->event], event);
	assert_int_equal(transition->from, from);
	assert_int_equal(transition->to, to);
	if (violation)
		assert_string_equal(transition->violation, violation);
	else
		assert_null(transition->violation);
}

static void check_lock_resource(void **state)
{
	const struct rp_resource *lock = loaded_resource(*state, "lock");
	assert_string_equal(lock->noun, "spin lock");
	assert_int_equal(lock->identity, RP_IDENTITY_ADDRESS);
	assert_false(lock->is_counted);
	assert_false(lock->is_memory);
	assert_int_equal(lock->exit_policy, RP_EXIT_BALANCED);
	assert_int_equal(lock->event_count, 2);
	assert_string_equal(lock->events[0], "acquire");
	assert_string_equal(lock->events[1], "release");
	assert_int_equal(lock->state_count, 2);
	assert_string_equal(lock->states[0].name, "held");
	assert_true(lock->states[0].is_held && lock->states[0].is_atomic);
	assert_false(lock->states[1].is_held || lock->states[1].is_atomic);
	assert_int_equal(lock->transition_count, 5); /* a list of from states is one row each */
	check_row(lock, 0, "acquire", RP_STATE_UNKNOWN, 0, NULL);
	check_row(lock, 1, "acquire", 1, 0, NULL);
	check_row(lock, 2, "acquire", 0, RP_STATE_SAME, "double");
	check_row(lock, 3, "release", 0, 1, NULL);
	check_row(lock, 4, "release", 1, RP_STATE_UNKNOWN, "not-held");
	assert_string_equal(lock->step_texts[0], "{object} is locked here");
	assert_null(lock->step_texts[1]);
	assert_string_equal(lock->file, "rulepack/good/linux/facts/a-locks.yaml");
	assert_int_equal(lock->line, 4);
}

static void check_memory_resource(void **state)
{
	static const char *const events[] = { "acquire", "release", "use", "pass", "iterate", "return" };
	const struct rp_resource *memory = loaded_resource(*state, "memory");
	assert_true(memory->is_memory);
	assert_int_equal(memory->identity, RP_IDENTITY_VALUE);
	assert_int_equal(memory->exit_policy, RP_EXIT_OWNED);
	assert_int_equal(memory->event_count, 6); /* implicit ones in order of use */
	for (int i = 0; i < 6; i++)
		assert_string_equal(memory->events[i], events[i]);
	assert_int_equal(memory->transition_count, 8);
	check_row(memory, 3, "use", 1, RP_STATE_SAME, "use-after");
	check_row(memory, 6, "return", 1, RP_STATE_SAME, "use-after");
	check_row(memory, 7, "release", 1, 1, "double");
}

static void check_other_resources(void **state)
{
	const struct rp_resource *preempt = loaded_resource(*state, "preempt");
	assert_string_equal(preempt->noun, "preempt"); /* default: the name */
	assert_int_equal(preempt->identity, RP_IDENTITY_GLOBAL);
	assert_true(preempt->is_counted);
	assert_int_equal(preempt->exit_policy, RP_EXIT_BALANCED_HERE);
	assert_null(preempt->step_texts[0]);
	assert_int_equal(loaded_resource(*state, "irq")->identity, RP_IDENTITY_TUPLE);
	assert_int_equal(loaded_resource(*state, "irq")->exit_policy, RP_EXIT_ON_FAILURE);
	assert_int_equal(loaded_resource(*state, "flag")->exit_policy, RP_EXIT_NONE);
}

/* ---- apis ------------------------------------------------------------------- */

static void check_macro_api(void **state)
{
	const struct rp_api *api = loaded_api(*state, "lock_irqsave");
	assert_int_equal(api->kind, RP_API_MACRO);
	assert_int_equal(api->param_count, 2);
	assert_string_equal(api->params[0].name, "lock");
	assert_false(api->params[0].is_output);
	assert_true(api->params[1].is_output);
	assert_int_equal(api->convention, RP_RESULT_VALUE);
	assert_int_equal(api->effect_count, 1);
	const struct rp_effect *effect = &api->effects[0];
	assert_ptr_equal(effect->resource, loaded_resource(*state, "lock"));
	assert_int_equal(effect->event, 0);
	assert_int_equal(effect->object, RP_OBJECT_PARAM);
	assert_int_equal(effect->param_count, 1);
	assert_int_equal(effect->params[0], 0);
	assert_int_equal(effect->when, RP_WHEN_ALWAYS);
	assert_string_equal(effect->mode, "irqsave");
	assert_null(effect->accepts);
	assert_int_equal(effect->saves_param, 1);
	assert_int_equal(effect->restores_param, -1);
	assert_int_equal(api->shape_count, 2);
	assert_string_equal(api->shapes[0].name, "_raw_lock_irqsave");
	assert_int_equal(api->shapes[0].param_count, 2);
	assert_int_equal(api->shapes[0].param_of[0], 0);
	assert_int_equal(api->shapes[0].param_of[1], -1);
	assert_int_equal(api->shapes[0].result_param, 1);
	assert_int_equal(api->shapes[1].result_param, -1);
	assert_true(rp_api_has_tag(api, "irq"));
	assert_false(rp_api_has_tag(api, "allocation"));
	assert_string_equal(api->file, "rulepack/good/linux/facts/a-locks.yaml");
	assert_int_equal(api->line, 38);
}

static void check_effects(void **state)
{
	const struct rp_effect *release = &loaded_api(*state, "unlock_irqrestore")->effects[0];
	assert_int_equal(release->accept_count, 2);
	assert_string_equal(release->accepts[0], "irqsave");
	assert_string_equal(release->accepts[1], "plain");
	assert_null(release->mode);
	assert_int_equal(release->restores_param, 1);
	assert_int_equal(release->saves_param, -1);

	const struct rp_api *trylock = loaded_api(*state, "trylock");
	assert_int_equal(trylock->effects[0].when, RP_WHEN_SUCCESS); /* its result tells */
	assert_int_equal(trylock->effects[1].when, RP_WHEN_FAILURE);
	assert_int_equal(trylock->effects[1].object, RP_OBJECT_GLOBAL); /* default of a global resource */
	assert_int_equal(trylock->effects[2].when, RP_WHEN_ALWAYS);
	assert_int_equal(trylock->effects[2].object, RP_OBJECT_GLOBAL);
	assert_int_equal(trylock->effects[2].param_count, 0);

	const struct rp_effect *result = &loaded_api(*state, "alloc")->effects[0];
	assert_int_equal(result->object, RP_OBJECT_RESULT);
	const struct rp_effect *through = &loaded_api(*state, "alloc_through")->effects[0];
	assert_int_equal(through->object, RP_OBJECT_PARAM_POINTEE);
	assert_int_equal(through->params[0], 0);
	const struct rp_effect *tuple = &loaded_api(*state, "request")->effects[0];
	assert_int_equal(tuple->object, RP_OBJECT_TUPLE);
	assert_int_equal(tuple->param_count, 2);
	assert_int_equal(tuple->params[0], 0);
	assert_int_equal(tuple->params[1], 2);
	const struct rp_effect *single = &loaded_api(*state, "mark")->effects[0];
	assert_int_equal(single->object, RP_OBJECT_TUPLE); /* a tuple of one value */
	assert_int_equal(single->param_count, 1);
}

static void check_params(void **state)
{
	const struct rp_api *copy = loaded_api(*state, "copy_in");
	assert_int_equal(copy->params[0].access, RP_ACCESS_WRITE);
	assert_int_equal(copy->params[0].space, RP_SPACE_ANY);
	assert_int_equal(copy->params[0].length_param, 2);
	assert_int_equal(copy->params[1].access, RP_ACCESS_READ);
	assert_int_equal(copy->params[1].space, RP_SPACE_USER);
	assert_int_equal(copy->params[2].access, RP_ACCESS_UNKNOWN);
	assert_int_equal(copy->params[2].length_param, -1);
	const struct rp_api *swap = loaded_api(*state, "copy_swap");
	assert_int_equal(swap->params[0].access, RP_ACCESS_READ_WRITE);
	assert_int_equal(swap->params[0].space, RP_SPACE_KERNEL);
	assert_int_equal(swap->params[1].access, RP_ACCESS_NONE);
	assert_true(loaded_api(*state, "release")->params[0].nullable);
	assert_true(loaded_api(*state, "request")->params[2].keeps);
	assert_false(loaded_api(*state, "request")->params[0].keeps);
	const struct rp_api *print = loaded_api(*state, "print");
	assert_true(print->is_variadic);
	assert_int_equal(print->param_count, 1);
	assert_int_equal(print->variadic_access, RP_ACCESS_UNKNOWN);
	assert_int_equal(loaded_api(*state, "scan")->variadic_access, RP_ACCESS_WRITE);
	assert_int_equal(loaded_api(*state, "stop")->param_count, 0);
	assert_false(loaded_api(*state, "stop")->is_variadic);
}

static void check_results(void **state)
{
	static const struct {
		const char *name;
		enum rp_convention convention;
	} cases[] = {
		{ "lock_plain", RP_RESULT_VALUE },     { "same_error", RP_RESULT_VALUE },
		{ "is_error", RP_RESULT_VALUE },       { "alloc", RP_RESULT_NULL },
		{ "open_device", RP_RESULT_ERRPTR },   { "mark", RP_RESULT_NULL_OR_ERRPTR },
		{ "alloc_through", RP_RESULT_ERRNO },  { "request", RP_RESULT_ERRNO_COUNT },
		{ "trylock", RP_RESULT_TRUE_SUCCESS }, { "copy_swap", RP_RESULT_TRUE_FAILURE },
		{ "copy_in", RP_RESULT_RESIDUE },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(loaded_api(*state, cases[i].name)->convention, cases[i].convention);
	assert_true(loaded_api(*state, "alloc")->must_check);
	assert_false(loaded_api(*state, "copy_swap")->must_check);
}

static void check_other_api_keys(void **state)
{
	assert_int_equal(loaded_api(*state, "is_error")->predicate, RP_PREDICATE_IS_ERROR);
	assert_int_equal(loaded_api(*state, "is_null_or_error")->predicate, RP_PREDICATE_IS_NULL_OR_ERROR);
	assert_int_equal(loaded_api(*state, "same_error")->predicate, RP_PREDICATE_SAME);
	assert_int_equal(loaded_api(*state, "same_error")->predicate_param, 1);
	assert_int_equal(loaded_api(*state, "error_or_zero")->predicate, RP_PREDICATE_ERROR_OR_ZERO);
	assert_int_equal(loaded_api(*state, "alloc")->predicate, RP_PREDICATE_NONE);

	assert_int_equal(loaded_api(*state, "lock_plain")->sleep, RP_SLEEP_NEVER);
	assert_int_equal(loaded_api(*state, "request")->sleep, RP_SLEEP_ALWAYS);
	assert_int_equal(loaded_api(*state, "stop")->sleep, RP_SLEEP_NEVER_SAID);
	const struct rp_api *alloc = loaded_api(*state, "alloc");
	assert_int_equal(alloc->sleep, RP_SLEEP_IF_BITS);
	assert_int_equal(alloc->sleep_param, 1);
	assert_string_equal(alloc->sleep_constant, "GFP_MAY_SLEEP");
	assert_true(alloc->zeroed);
	assert_false(alloc->is_noreturn);
	assert_true(loaded_api(*state, "stop")->is_noreturn);
	assert_string_equal(loaded_api(*state, "print")->since, "2.6");
	assert_string_equal(loaded_api(*state, "print")->removed, "4.15");
	assert_string_equal(loaded_api(*state, "print")->replacement, "pr_info");
	assert_null(alloc->removed);
	assert_int_equal(alloc->kind, RP_API_FUNCTION);
	assert_int_equal(loaded_api(*state, "scan")->kind, RP_API_FUNCTION);
	assert_int_equal(alloc->tag_count, 1);
}

static void match_calls(void **state)
{
	struct loaded *loaded = *state;
	struct rp_match match;
	assert_true(rules_match_call(loaded->rules, intern(loaded->pool, "_raw_lock_irqsave"), &match));
	assert_string_equal(match.api->name, "lock_irqsave");
	assert_ptr_equal(match.shape, &match.api->shapes[0]);
	/* lock_plain is also a shape of lock_irqsave: its own name wins. */
	assert_true(rules_match_call(loaded->rules, intern(loaded->pool, "lock_plain"), &match));
	assert_string_equal(match.api->name, "lock_plain");
	assert_null(match.shape);
	assert_false(rules_match_call(loaded->rules, intern(loaded->pool, "nothing"), &match));
	assert_false(rules_match_call(loaded->rules, NULL, &match));
}

/* ---- roles ------------------------------------------------------------------ */

static void find_roles(void **state)
{
	const struct rule_set *rules = ((const struct loaded *)*state)->rules;
	const struct rp_role *write = rules_find_role(rules, "other_operations", "write", NULL);
	assert_non_null(write);
	assert_string_equal(write->name, "file-write");
	assert_ptr_equal(write, rules_find_role(rules, "file_operations", "write", NULL));
	assert_int_equal(write->param_count, 3);
	assert_int_equal(write->params[0].space, RP_SPACE_ANY);
	assert_int_equal(write->params[1].space, RP_SPACE_USER);
	assert_int_equal(write->params[2].space, RP_SPACE_KERNEL);
	assert_null(write->params[1].resource);
	assert_int_equal(write->params[1].state, RP_STATE_UNKNOWN);
	assert_int_equal(write->irql_min, RP_IRQL_UNSAID);
	assert_int_equal(write->irql_max, RP_IRQL_UNSAID);
	assert_false(write->is_init || write->is_exit);
	assert_null(rules_find_role(rules, "file_operations", "read", NULL));
	assert_null(rules_find_role(rules, "third_operations", "write", NULL));
	assert_null(rules_find_role(rules, "file_operations", NULL, NULL));
	assert_null(rules_find_role(rules, NULL, NULL, NULL));
	assert_true(rules_find_role(rules, NULL, NULL, "module_init")->is_init);
	assert_true(rules_find_role(rules, NULL, NULL, "module_exit")->is_exit);
	assert_null(rules_find_role(rules, NULL, NULL, "write"));
}

static void find_windows_roles(void **state)
{
	struct loaded *loaded = *state;
	const struct rule_set *rules = loaded->rules;
	const struct rp_role *role = rules_find_role_by_type(rules, intern(loaded->pool, "DISPATCH_ROUTINE"));
	assert_non_null(role);
	assert_string_equal(role->name, "dispatch");
	assert_ptr_equal(rules_find_role_by_function(rules, intern(loaded->pool, "DispatchAny")), role);
	assert_ptr_equal(rules_find_role(rules, "_DRIVER", "MajorFunction", NULL), role);
	assert_null(rules_find_role_by_type(rules, intern(loaded->pool, "DispatchAny")));
	assert_null(rules_find_role_by_function(rules, intern(loaded->pool, "DISPATCH_ROUTINE")));
	assert_null(rules_find_role_by_type(rules, NULL));
	assert_null(rules_find_role_by_function(rules, NULL));
	assert_int_equal(role->irql_min, RP_IRQL_PASSIVE);
	assert_int_equal(role->irql_max, RP_IRQL_DISPATCH);
	assert_int_equal(role->param_count, 4);
	assert_null(role->params[0].resource);
	assert_ptr_equal(role->params[1].resource, loaded_resource(loaded, "packet"));
	assert_int_equal(role->params[1].state, 0);
	assert_int_equal(role->params[1].space, RP_SPACE_ANY);
	assert_ptr_equal(role->params[2].resource, loaded_resource(loaded, "buffer"));
	assert_int_equal(role->params[2].state, 1);
	assert_int_equal(role->params[2].space, RP_SPACE_USER);
	assert_null(role->params[3].resource);
	assert_int_equal(role->params[3].state, RP_STATE_UNKNOWN);
	assert_int_equal(role->params[3].space, RP_SPACE_KERNEL);

	const struct rp_role *timer = loaded_api(loaded, "start_timer")->params[0].given_roles[0].role;
	assert_non_null(timer);
	assert_string_equal(timer->name, "timer");
	assert_int_equal(timer->binding_count, 0);
	assert_int_equal(timer->irql_min, RP_IRQL_DISPATCH);
	assert_int_equal(timer->irql_max, RP_IRQL_UNSAID);
	assert_int_equal(loaded_api(loaded, "take_buffer")->params[0].given_role_count, 0);
}

/* ---- contexts and callbacks --------------------------------------------------- */

static void check_value(const struct rp_condition *condition, enum rp_condition_kind kind, int param,
			const char *constant, int64_t number)
{
	assert_int_equal(condition->kind, kind);
	assert_int_equal(condition->param, param);
	assert_int_equal(condition->number, number);
	if (constant)
		assert_string_equal(condition->constant, constant);
	else
		assert_null(condition->constant);
}

static void check_role_contexts(void **state)
{
	struct loaded *loaded = *state;
	const struct rp_role *worker = rules_find_role_by_function(loaded->rules, intern(loaded->pool, "run_worker"));
	assert_int_equal(worker->context, RP_CONTEXT_PROCESS);
	assert_false(worker->lacks_user_context);
	assert_null(worker->family);
	assert_int_equal(worker->excluded_count, 2);
	assert_string_equal(worker->excluded[0], "tick");
	assert_string_equal(worker->excluded[1], "handler");
	const struct rp_role *handler = loaded_api(*state, "take_interrupt")->params[1].given_roles[2].role;
	assert_string_equal(handler->name, "handler");
	assert_int_equal(handler->context, RP_CONTEXT_HARDIRQ);
	assert_true(handler->lacks_user_context);
	assert_string_equal(handler->family, "interrupt");
	const struct rp_role *tick = loaded_api(*state, "make_timer")->params[1].given_roles[0].role;
	assert_int_equal(tick->context, RP_CONTEXT_SOFTIRQ);
	assert_false(tick->lacks_user_context); /* not said */
	assert_string_equal(tick->family, "timer");
	assert_int_equal(tick->excluded_count, 0);
	const struct rp_role *write = rules_find_role(loaded->rules, "file_operations", "write", NULL);
	assert_int_equal(write->context, RP_CONTEXT_UNSAID);
	assert_false(write->lacks_user_context);
}

static void check_given_roles(void **state)
{
	const struct rp_param *params = loaded_api(*state, "take_interrupt")->params;
	const struct rp_given_role *given = params[1].given_roles;
	assert_int_equal(params[1].given_role_count, 3);
	assert_string_equal(given[0].role->name, "shared-handler");
	assert_int_equal(given[0].conditions.count, 1);
	check_value(&given[0].conditions.items[0], RP_CONDITION_HAS_BITS, 2, "FLAG_SHARED", 0);
	assert_string_equal(given[1].role->name, "tick");
	assert_int_equal(given[1].conditions.count, 2);
	check_value(&given[1].conditions.items[1], RP_CONDITION_NULL, 3, NULL, 0);
	assert_int_equal(given[2].conditions.count, 0);
	assert_int_equal(params[1].serves_param, 3);
	assert_int_equal(params[0].given_role_count, 0);
	assert_int_equal(params[0].serves_param, -1);

	const struct rp_param *timer = loaded_api(*state, "make_timer")->params;
	assert_int_equal(timer[1].given_role_count, 1);
	assert_int_equal(timer[1].given_roles[0].conditions.count, 0);
	assert_int_equal(timer[1].serves_param, 0);
	assert_int_equal(timer[2].given_role_count, 1);
	assert_string_equal(timer[2].given_roles[0].role->name, "tick");
	assert_int_equal(timer[2].serves_param, -1);
}

static void check_context_keys(void **state)
{
	const struct rp_api *drop = loaded_api(*state, "drop_interrupt"), *end = loaded_api(*state, "end_queue");
	assert_int_equal(drop->needs, RP_NEEDS_USER_CONTEXT | RP_NEEDS_IRQS_ON);
	assert_int_equal(end->needs, RP_NEEDS_IRQS_ON);
	assert_int_equal(loaded_api(*state, "is_atomic")->tells, RP_TELLS_ATOMIC);
	assert_int_equal(loaded_api(*state, "is_process")->tells, RP_TELLS_PROCESS);
	assert_int_equal(end->asserts_irql_min, RP_IRQL_PASSIVE);
	assert_int_equal(end->asserts_irql_max, RP_IRQL_APC);
	assert_int_equal(loaded_api(*state, "push_anywhere")->asserts_irql_min, RP_IRQL_UNSAID);
	assert_int_equal(loaded_api(*state, "push_anywhere")->asserts_irql_max, RP_IRQL_DISPATCH);
	assert_int_equal(loaded_api(*state, "lock_irqsave")->effects[0].masks, RP_MASK_IRQ);
	assert_int_equal(loaded_api(*state, "bh_off")->effects[0].masks, RP_MASK_BH);
	assert_int_equal(loaded_api(*state, "bh_off")->effects[1].masks, RP_MASK_NONE);
}

static void check_callback_keys(void **state)
{
	const struct rp_api *take = loaded_api(*state, "take_interrupt"), *drop = loaded_api(*state, "drop_interrupt");
	assert_string_equal(take->starts, "interrupt");
	assert_int_equal(take->starts_if.count, 1);
	assert_null(take->stops);
	assert_string_equal(drop->stops, "interrupt");
	assert_null(drop->starts);
	assert_int_equal(drop->waits_for_param, 0);
	assert_int_equal(loaded_api(*state, "make_timer")->initialises_param, 0);
	assert_int_equal(loaded_api(*state, "end_queue")->ends_param, 1);
	assert_int_equal(loaded_api(*state, "tell")->signals_param, 1);
	assert_int_equal(loaded_api(*state, "end_queue")->signals_param, RP_OBJECT_NONE);
	assert_int_equal(loaded_api(*state, "borrow")->signals_param, RP_OBJECT_SHARED);
	assert_int_equal(loaded_api(*state, "borrow")->waits_for_param, RP_OBJECT_SHARED);
	assert_int_equal(loaded_api(*state, "tell")->sleep, RP_SLEEP_OUTSIDE_INTERRUPTS);
	assert_int_equal(loaded_api(*state, "borrow")->tells, RP_TELLS_PROCESS);
	assert_int_equal(loaded_api(*state, "push")->queues_param, 1);
	assert_int_equal(loaded_api(*state, "push")->queues_on_param, 0);
	assert_int_equal(loaded_api(*state, "push_anywhere")->queues_param, 0);
	assert_int_equal(loaded_api(*state, "push_anywhere")->queues_on_param, -1);
}

static void check_no_callbacks(void **state)
{
	const struct rp_api *api = loaded_api(*state, "lock_plain");
	assert_int_equal(api->needs, 0);
	assert_int_equal(api->tells, RP_TELLS_NOTHING);
	assert_int_equal(api->asserts_irql_min, RP_IRQL_UNSAID);
	assert_int_equal(api->asserts_irql_max, RP_IRQL_UNSAID);
	assert_int_equal(api->waits_for_param, -1);
	assert_int_equal(api->queues_param, -1);
	assert_int_equal(api->queues_on_param, -1);
	assert_int_equal(api->initialises_param, -1);
	assert_int_equal(api->ends_param, -1);
	assert_null(api->starts);
	assert_null(api->stops);
	assert_int_equal(api->effects[0].masks, RP_MASK_NONE);
}

static void check_fields(void **state)
{
	const struct rule_set *rules = ((const struct loaded *)*state)->rules;
	assert_int_equal(rules->field_count, 2);
	assert_string_equal(rules->fields[0].record, "_PACKET");
	assert_string_equal(rules->fields[0].field, "UserBuffer");
	assert_int_equal(rules->fields[0].space, RP_SPACE_USER);
	assert_int_equal(rules->fields[1].space, RP_SPACE_KERNEL);
	assert_false(rules->fields[0].is_owned);
	assert_true(rules->fields[1].is_owned);
}

/* ---- conditions, levels and what objects remember -------------------------------- */

static void check_unsaid(void **state)
{
	const struct rp_api *lock = loaded_api(*state, "lock_plain");
	const struct rp_effect *effect = &lock->effects[0];
	assert_int_equal(lock->irql_limit_count, 0);
	assert_int_equal(lock->never_fails.count, 0);
	assert_false(lock->may_raise || lock->gives_irql);
	assert_int_equal(effect->conditions.count, 0);
	assert_int_equal(effect->saves_param, -1);
	assert_int_equal(effect->level_param, -1);
	assert_int_equal(effect->remembers_param, RP_REMEMBERS_NOTHING);
	assert_null(effect->remembers_field);
	assert_int_equal(effect->compares_param, -1);
	assert_null(effect->via);
	assert_false(effect->resource->same_irql);
	for (int i = 0; i < effect->resource->state_count; i++)
		assert_int_equal(effect->resource->states[i].irql, RP_IRQL_UNSAID);
}

static void check_conditions(void **state)
{
	const struct rp_api *take = loaded_api(*state, "take_buffer");
	assert_int_equal(take->never_fails.count, 1);
	assert_int_equal(take->fails_only_if.count, 1);
	check_value(&take->never_fails.items[0], RP_CONDITION_HAS_BITS, 0, "MUST_SUCCEED", 0);
	assert_int_equal(take->effects[0].conditions.count, 1);
	check_value(&take->effects[0].conditions.items[0], RP_CONDITION_EQUALS, 0, "PagedKind", 0);
	const struct rp_conditions *several = &take->effects[1].conditions;
	assert_int_equal(several->count, 3);
	check_value(&several->items[0], RP_CONDITION_NOT_EQUALS, 0, NULL, -1);
	check_value(&several->items[1], RP_CONDITION_BELOW, 1, NULL, 16);
	check_value(&several->items[2], RP_CONDITION_LACKS_BITS, 0, NULL, -1); /* all 64 bits */

	const struct rp_api *finish = loaded_api(*state, "finish_packet");
	const struct rp_condition *states = &finish->effects[0].conditions.items[0];
	assert_int_equal(states->kind, RP_CONDITION_STATE);
	assert_ptr_equal(states->resource, loaded_resource(*state, "packet"));
	assert_int_equal(states->state_count, 2);
	assert_int_equal(states->states[0], 0);
	assert_int_equal(states->states[1], 1);
	check_value(&finish->effects[0].conditions.items[1], RP_CONDITION_NOT_NULL, 1, NULL, 0);
	const struct rp_condition *modes = &finish->effects[1].conditions.items[0];
	assert_int_equal(modes->kind, RP_CONDITION_MODE);
	assert_ptr_equal(modes->resource, loaded_resource(*state, "buffer"));
	assert_int_equal(modes->mode_count, 2);
	assert_string_equal(modes->modes[1], "nonpaged");
	assert_int_equal(modes->state_count, 0);
	check_value(&finish->effects[1].conditions.items[1], RP_CONDITION_USER, 1, NULL, 0);
	check_value(&finish->effects[2].conditions.items[0], RP_CONDITION_NULL, 2, NULL, 0);
	assert_null(states->via);
}

static void check_conditions_via(void **state)
{
	const struct rp_conditions *conditions = &loaded_api(*state, "drop_part")->effects[0].conditions;
	assert_int_equal(conditions->count, 2);
	assert_int_equal(conditions->items[0].kind, RP_CONDITION_STATE);
	assert_int_equal(conditions->items[1].kind, RP_CONDITION_MODE);
	for (int i = 0; i < conditions->count; i++) {
		assert_ptr_equal(conditions->items[i].resource, loaded_resource(*state, "buffer"));
		assert_ptr_equal(conditions->items[i].via, loaded_resource(*state, "packet"));
	}
	assert_null(loaded_api(*state, "drop_part")->effects[0].via);
}

static void check_exception_keys(void **state)
{
	assert_true(loaded_api(*state, "is_unwinding")->tells_abnormal_exit);
	assert_false(loaded_api(*state, "exception_code")->tells_abnormal_exit);
	assert_int_equal(loaded_api(*state, "exception_code")->convention, RP_RESULT_NTSTATUS_ERROR);
	assert_int_equal(loaded_api(*state, "part_of_packet")->inside_param, 1);
	assert_int_equal(loaded_api(*state, "is_unwinding")->inside_param, -1);
}

static void check_write_event(void **state)
{
	const struct rp_resource *packet = loaded_resource(*state, "packet");
	assert_int_equal(packet->event_count, 3); /* its own two, and write */
	check_row(packet, 2, RP_EVENT_WRITE, 1, RP_STATE_SAME, "written");
}

static void check_levels(void **state)
{
	const struct rp_api *take = loaded_api(*state, "take_buffer");
	assert_int_equal(take->irql_limit_count, 2);
	assert_int_equal(take->irql_limits[0].min, RP_IRQL_UNSAID);
	assert_int_equal(take->irql_limits[0].max, RP_IRQL_APC);
	assert_int_equal(take->irql_limits[0].conditions.count, 1);
	check_value(&take->irql_limits[0].conditions.items[0], RP_CONDITION_HAS_BITS, 0, NULL, 1);
	assert_int_equal(take->irql_limits[1].min, RP_IRQL_PASSIVE);
	assert_int_equal(take->irql_limits[1].max, RP_IRQL_DISPATCH);
	assert_int_equal(take->irql_limits[1].conditions.count, 0);
	assert_int_equal(loaded_api(*state, "raise_level")->irql_limits[0].max, RP_IRQL_HIGH);
	assert_int_equal(loaded_api(*state, "raise_simply")->irql_limits[0].min, RP_IRQL_APC);
	assert_int_equal(loaded_api(*state, "raise_simply")->irql_limits[0].max, RP_IRQL_UNSAID);
	assert_true(take->may_raise);
	assert_int_equal(take->raise_conditions.count, 2);
	assert_true(loaded_api(*state, "free_buffer")->may_raise);
	assert_int_equal(loaded_api(*state, "free_buffer")->effects[1].when, RP_WHEN_RAISE);
	assert_int_equal(loaded_api(*state, "free_twin")->convention, RP_RESULT_NTSTATUS_INFO);
	assert_int_equal(loaded_api(*state, "free_buffer")->raise_conditions.count, 0);
	assert_false(loaded_api(*state, "raise_simply")->may_raise);
	assert_true(loaded_api(*state, "present_level")->gives_irql);
	assert_true(loaded_resource(*state, "level")->same_irql);
	assert_int_equal(loaded_resource(*state, "level")->states[0].irql, RP_IRQL_DISPATCH);
	assert_int_equal(loaded_resource(*state, "packet")->states[0].irql, RP_IRQL_PASSIVE);
	assert_null(loaded_resource(*state, "packet")->states[0].shown_field);
	assert_string_equal(loaded_resource(*state, "packet")->states[1].shown_field, "Flags");
	assert_string_equal(loaded_resource(*state, "packet")->states[1].shown_bits, "PACKET_DONE");
}

static void check_memories(void **state)
{
	const struct rp_effect *raise = &loaded_api(*state, "raise_level")->effects[0];
	assert_int_equal(raise->saves_param, 1);
	assert_int_equal(raise->level_param, 0);
	assert_int_equal(loaded_api(*state, "raise_simply")->effects[0].saves_param, RP_REMEMBERS_RESULT);
	const struct rp_api *take = loaded_api(*state, "take_buffer");
	assert_int_equal(take->effects[0].remembers_param, 2);
	assert_int_equal(take->effects[1].remembers_param, RP_REMEMBERS_RESULT);
	assert_int_equal(loaded_api(*state, "free_buffer")->effects[0].compares_param, 1);
	const struct rp_api *finish = loaded_api(*state, "finish_packet");
	assert_int_equal(finish->convention, RP_RESULT_NTSTATUS);
	assert_int_equal(finish->effects[0].when, RP_WHEN_SUCCESS);
	assert_string_equal(finish->effects[0].remembers_field, "Status");
	assert_int_equal(finish->effects[0].remembers_param, RP_REMEMBERS_NOTHING);
	assert_ptr_equal(finish->effects[1].via, loaded_resource(*state, "packet"));
	assert_ptr_equal(finish->effects[1].resource, loaded_resource(*state, "buffer"));
	assert_int_equal(finish->effects[2].remembers_param, 2); /* a parameter called result */
}

/* ---- rules -------------------------------------------------------------------- */

static void check_typestate_rule(void **state)
{
	const struct rp_rule *rule = loaded_rule(*state, "t-lock");
	assert_string_equal(rule->title, "lock taken twice");
	assert_string_equal(rule->os, "linux");
	assert_int_equal(rule->severity, RP_SEVERITY_ERROR);
	assert_int_equal(rule->cwe_count, 2);
	assert_string_equal(rule->cwe[1], "CWE-667");
	assert_int_equal(rule->check_count, 2);
	const struct rp_check *check = &rule->checks[0];
	assert_int_equal(check->kind, RP_CHECK_TYPESTATE);
	assert_int_equal(check->resource_count, 2);
	assert_ptr_equal(check->resources[1], loaded_resource(*state, "memory"));
	assert_int_equal(check->violation_count, 3);
	assert_string_equal(check->violations[2], RP_VIOLATION_MODE);
	assert_int_equal(check->role, RP_ROLE_NOT_INIT);
	assert_null(check->message);
	assert_int_equal(rule->checks[1].role, RP_ROLE_INIT);
	assert_string_equal(rule->checks[1].message, "{noun} stays");
	assert_non_null(strstr(rule->message, "{holder}"));
	assert_non_null(strstr(rule->why, "{0}"));
	assert_string_equal(rule->help, "unlock first...");
	assert_int_equal(rule->source_count, 2);
	assert_string_equal(rule->sources[0].document, "SO2 cheat sheet");
	assert_string_equal(rule->sources[1].place, "Documentation/locking");
	assert_int_equal(rule->alias_count, 2);
	assert_false(rule->is_preview);
	assert_string_equal(rule->doc, "# t-lock\n\nWhy, bad, good, limits.\n");
	assert_string_equal(rule->file, "rulepack/good/linux/t-lock.yaml");
	assert_int_equal(rule->line, 1);
	assert_ptr_equal(rules_find_rule(((struct loaded *)*state)->rules, "t-older"), rule);
	assert_null(rules_find_rule(((struct loaded *)*state)->rules, "t-oldest"));
	assert_null(rules_find_rule(((struct loaded *)*state)->rules, NULL));
}

static void check_query_rule(void **state)
{
	static const enum rp_check_kind kinds[] = {
		RP_CHECK_NULL_USE,	 RP_CHECK_ERRPTR_NULL_TEST,
		RP_CHECK_RESULT_IGNORED, RP_CHECK_RESIDUE_AS_ERROR,
		RP_CHECK_SLEEP,		 RP_CHECK_SLEEP,
		RP_CHECK_SLEEP,		 RP_CHECK_USER_DEREF,
		RP_CHECK_USER_ARGUMENT,	 RP_CHECK_USER_INFOLEAK,
	};
	const struct rp_rule *rule = loaded_rule(*state, "t-results");
	assert_int_equal(rule->severity, RP_SEVERITY_WARNING);
	assert_true(rule->is_preview);
	assert_int_equal(rule->cwe_count, 0);
	assert_int_equal(rule->alias_count, 0);
	assert_string_equal(rule->why, "an allocation can fail"); /* folded, without its last newline */
	assert_int_equal(rule->check_count, 10);
	for (int i = 0; i < rule->check_count; i++)
		assert_int_equal(rule->checks[i].kind, kinds[i]);
	const struct rp_check *null_use = &rule->checks[0];
	assert_int_equal(null_use->convention_count, 2);
	assert_int_equal(null_use->conventions[0], RP_RESULT_NULL);
	assert_int_equal(null_use->conventions[1], RP_RESULT_NULL_OR_ERRPTR);
	assert_int_equal(null_use->tag_count, 1);
	assert_string_equal(null_use->tags[0], "allocation");
	assert_int_equal(null_use->not_tag_count, 2);
	assert_string_equal(null_use->not_tags[1], "irq");
	assert_int_equal(null_use->role, RP_ROLE_ANY);
	assert_int_equal(rule->checks[1].tag_count, 0);
	assert_int_equal(rule->checks[4].sleep_kinds, (1 << RP_SLEEP_ALWAYS) | (1 << RP_SLEEP_IF_BITS));
	assert_int_equal(rule->checks[5].sleep_kinds, 1 << RP_SLEEP_IF_BITS);
	assert_int_equal(rule->checks[6].sleep_kinds, 0);
	assert_string_equal(loaded_rule(*state, "t-note")->os, "windows");
	assert_int_equal(loaded_rule(*state, "t-note")->severity, RP_SEVERITY_NOTE);
}

static void check_call_rule(void **state)
{
	static const enum rp_check_kind kinds[] = {
		RP_CHECK_CALL,	       RP_CHECK_CALL,	      RP_CHECK_IRQL,	     RP_CHECK_PAGED_ACCESS,
		RP_CHECK_PAGED_ACCESS, RP_CHECK_FIELD_ACCESS, RP_CHECK_FIELD_ACCESS, RP_CHECK_OVERLAP,
		RP_CHECK_RETURN,       RP_CHECK_RETURN,	      RP_CHECK_RETURN,	     RP_CHECK_FIELD_BITS,
		RP_CHECK_TYPESTATE,
	};
	const struct rp_rule *rule = loaded_rule(*state, "t-calls");
	assert_int_equal(rule->check_count, 13);
	for (int i = 0; i < rule->check_count; i++)
		assert_int_equal(rule->checks[i].kind, kinds[i]);
	const struct rp_check *call = &rule->checks[0];
	assert_int_equal(call->pattern_count, 2);
	assert_ptr_equal(call->patterns[1].api, loaded_api(*state, "free_twin"));
	for (int i = 0; i < 2; i++) {
		/* Each API has the parameters at places of its own. */
		assert_int_equal(call->patterns[i].conditions.count, 2);
		check_value(&call->patterns[i].conditions.items[0], RP_CONDITION_EQUALS, 1 - i, NULL, 0);
		check_value(&call->patterns[i].conditions.items[1], RP_CONDITION_NOT_NULL, i, NULL, 0);
	}
	assert_true(call->outside_try);
	assert_int_equal(call->not_before_count, 2);
	assert_string_equal(call->not_before[1], "irq");
	assert_int_equal(call->role_count, 2);
	assert_string_equal(call->roles[1]->name, "timer");
	assert_int_equal(rule->checks[1].pattern_count, 1);
	assert_int_equal(rule->checks[1].patterns[0].conditions.count, 0);
	assert_false(rule->checks[1].outside_try);
	assert_int_equal(rule->checks[1].not_before_count + rule->checks[1].role_count, 0);
	assert_int_equal(call->unless_reads_count, 0);
	assert_int_equal(rule->checks[1].unless_reads_count, 2);
	assert_string_equal(rule->checks[1].unless_reads[1], "Status");
	assert_string_equal(rule->checks[2].not_tags[0], "irq");
	assert_ptr_equal(rule->checks[3].resources[0], loaded_resource(*state, "buffer"));
	assert_int_equal(rule->checks[3].mode_count, 1);
	assert_string_equal(rule->checks[3].modes[0], "paged");
	assert_int_equal(rule->checks[4].mode_count, 0);
	assert_int_equal(rule->checks[7].role, RP_ROLE_NOT_INIT);
	const struct rp_check *typestate = &rule->checks[12];
	assert_int_equal(typestate->violation_count, 5);
	assert_string_equal(typestate->violations[4], "written");
	assert_string_equal(typestate->violations[1], RP_VIOLATION_ARGUMENT);
	assert_string_equal(typestate->modes[0], "nonpaged");
	assert_string_equal(typestate->roles[0]->name, "module-init");
}

static void check_field_rule(void **state)
{
	const struct rp_check *checks = loaded_rule(*state, "t-calls")->checks;
	assert_string_equal(checks[5].record, "_PACKET");
	assert_int_equal(checks[5].field_count, 2);
	assert_string_equal(checks[5].fields[1], "Status");
	assert_int_equal(checks[5].access, RP_ACCESS_WRITE);
	assert_int_equal(checks[6].field_count, 0);
	assert_int_equal(checks[6].access, RP_ACCESS_READ_WRITE);
	assert_int_equal(checks[8].resource_count, 2);
	assert_int_equal(checks[8].state_count, 2);
	assert_string_equal(checks[8].states[1], "live");
	assert_string_equal(checks[8].returns_not, "STATUS_DONE");
	assert_null(checks[8].returns);
	assert_false(checks[8].remembered);
	assert_string_equal(checks[9].returns, "STATUS_LEFT");
	assert_null(checks[9].returns_not);
	assert_true(checks[10].remembered);
	assert_string_equal(checks[11].fields[0], "Flags");
	assert_string_equal(checks[11].bits, "FLAG_BUSY");
}

static void check_context_rule(void **state)
{
	static const enum rp_check_kind kinds[] = {
		RP_CHECK_USER_CONTEXT, RP_CHECK_USER_ACCESS,   RP_CHECK_USER_ACCESS,   RP_CHECK_IRQS_ON,
		RP_CHECK_IRQL_LOW,     RP_CHECK_LOCK_CONTEXT,  RP_CHECK_LOCK_CONTEXT,  RP_CHECK_LOCK_ORDER,
		RP_CHECK_UNRELEASED,   RP_CHECK_NO_EXIT,       RP_CHECK_WAIT_DEADLOCK, RP_CHECK_START_ORDER,
		RP_CHECK_STOP_ORDER,   RP_CHECK_ARGUMENT_PAIR, RP_CHECK_ROLE_RETURN,   RP_CHECK_ROLE_RETURN,
		RP_CHECK_CONTRACT,     RP_CHECK_CONTRACT,
	};
	const struct rp_rule *rule = loaded_rule(*state, "t-whole");
	const struct rp_check *checks = rule->checks;
	assert_int_equal(rule->check_count, 18);
	for (int i = 0; i < rule->check_count; i++)
		assert_int_equal(checks[i].kind, kinds[i]);
	assert_string_equal(checks[0].not_tags[0], "irq");
	assert_string_equal(checks[0].roles[0]->name, "handler");
	assert_string_equal(checks[1].states[0], "live");
	assert_false(checks[1].outside_try);
	assert_true(checks[2].outside_try);
	assert_string_equal(checks[3].tags[0], "irq");
	assert_int_equal(checks[4].role, RP_ROLE_INIT);
	assert_int_equal(checks[4].context, RP_CONTEXT_UNSAID);
	assert_int_equal(checks[5].context, RP_CONTEXT_HARDIRQ);
	assert_string_equal(checks[5].message, "{entry} takes {object}");
	assert_int_equal(checks[6].context, RP_CONTEXT_SOFTIRQ);
	assert_int_equal(checks[7].resource_count, 2);
	assert_string_equal(checks[8].modes[0], "slab");
	assert_string_equal(checks[9].modes[0], "slab");
	assert_string_equal(checks[10].tags[0], "locking");
	assert_int_equal(checks[12].tag_count, 0);
}

static void check_module_rule(void **state)
{
	const struct rp_check *checks = loaded_rule(*state, "t-whole")->checks;
	const struct rp_check *pair = &checks[13], *result = &checks[14];
	assert_int_equal(pair->first_count, 1);
	assert_ptr_equal(pair->first[0].api, loaded_api(*state, "take_interrupt"));
	assert_int_equal(pair->first[0].conditions.count, 0);
	assert_int_equal(pair->second_count, 1);
	assert_ptr_equal(pair->second[0].api, loaded_api(*state, "drop_interrupt"));
	assert_string_equal(pair->key, "number");
	assert_string_equal(pair->value, "device");
	assert_int_equal(pair->pattern_count, 0);
	assert_int_equal(result->role_count, 2);
	assert_int_equal(result->allowed_count, 2);
	assert_string_equal(result->allowed[1], "IRQ_HANDLED");
	assert_string_equal(result->needed, "IRQ_NONE");
	assert_int_equal(checks[15].allowed_count, 0);
	assert_string_equal(checks[15].needed, "IRQ_WAKE");
	assert_int_equal(checks[16].contracts,
			 RP_CONTRACT_IRQL_MAX | RP_CONTRACT_IRQL_MIN | RP_CONTRACT_IRQL_EXIT | RP_CONTRACT_ACQUIRES);
	assert_int_equal(checks[17].contracts,
			 RP_CONTRACT_RELEASES | RP_CONTRACT_HOLDS | RP_CONTRACT_MUST_CHECK | RP_CONTRACT_FLOAT);
	assert_null(checks[17].first);
	assert_null(checks[17].key);
	assert_null(checks[17].needed);
}

static void name_severities(void **state)
{
	(void)state;
	assert_string_equal(rp_severity_name(RP_SEVERITY_ERROR), "error");
	assert_string_equal(rp_severity_name(RP_SEVERITY_WARNING), "warning");
	assert_string_equal(rp_severity_name(RP_SEVERITY_NOTE), "note");
}

/* ---- several packs ---------------------------------------------------------- */

static void replace_entries(void **state)
{
	(void)state;
	struct loaded loaded;
	struct rp_match match;
	loaded_open(&loaded, replaced, 2);
	assert_non_null(loaded.rules);
	/* The replaced lock lost its mode irqsave, which unlock_irqrestore accepts: a warning, no error. */
	assert_int_equal(log_count(loaded.log), 1);
	assert_int_equal(log_count_level(loaded.log, LOG_WARNING), 1);
	assert_int_equal(loaded.rules->api_count, 43);
	assert_int_equal(loaded.rules->resource_count, 8);
	/* An entry keeps its place in the order. */
	assert_string_equal(loaded.rules->resources[0]->name, "lock");
	assert_string_equal(loaded.rules->resources[0]->noun, "replaced lock");
	/* APIs of the first pack refer to the resource of the second, whose events have another order. */
	const struct rp_effect *effect = &loaded_api(&loaded, "lock_plain")->effects[0];
	assert_ptr_equal(effect->resource, loaded.rules->resources[0]);
	assert_int_equal(effect->event, 1);
	assert_int_equal(loaded_api(&loaded, "lock_irqsave")->kind, RP_API_FUNCTION);
	assert_int_equal(loaded.rules->macro_name_count, 1);
	assert_false(rules_match_call(loaded.rules, intern(loaded.pool, "_raw_lock_irqsave"), &match));
	assert_true(rules_match_call(loaded.rules, intern(loaded.pool, "_raw_other"), &match));
	assert_null(rules_find_role(loaded.rules, NULL, NULL, "module_init"));
	assert_non_null(rules_find_role(loaded.rules, NULL, NULL, "other_init"));
	const struct rp_rule *rule = loaded_rule(&loaded, "t-lock");
	assert_int_equal(rule->index, 0);
	assert_string_equal(rule->doc, "# replaced\n");
	assert_null(rules_find_rule(loaded.rules, "t-old"));
	assert_string_equal(loaded_api(&loaded, "added")->file, "rulepack/over/linux/facts/replace.yaml");
	loaded_close(&loaded);
}

static void load_nothing(void **state)
{
	(void)state;
	struct loaded loaded;
	loaded_open(&loaded, NULL, 0);
	assert_non_null(loaded.rules);
	assert_int_equal(loaded.rules->api_count, 0);
	assert_null(rules_find_rule(loaded.rules, "t-lock"));
	loaded_close(&loaded);
}

/* The packs that come with the program are correct. */
static void load_builtin(void **state)
{
	(void)state;
	const char *const builtin[] = { SO2_RULES_DIR };
	struct loaded loaded;
	loaded_open(&loaded, builtin, 1);
	bool is_loaded = loaded.rules && loaded.rules->rule_count > 0;
	size_t messages = log_count(loaded.log);
	log_print(loaded.log, 0, stderr);
	loaded_close(&loaded);
	assert_int_equal(messages, 0);
	assert_true(is_loaded);
}

int main(void)
{
	const struct CMUnitTest on_good[] = {
		cmocka_unit_test(check_no_messages),	 cmocka_unit_test(check_set),
		cmocka_unit_test(check_lock_resource),	 cmocka_unit_test(check_memory_resource),
		cmocka_unit_test(check_other_resources), cmocka_unit_test(check_macro_api),
		cmocka_unit_test(check_effects),	 cmocka_unit_test(check_params),
		cmocka_unit_test(check_results),	 cmocka_unit_test(check_other_api_keys),
		cmocka_unit_test(match_calls),		 cmocka_unit_test(find_roles),
		cmocka_unit_test(check_typestate_rule),	 cmocka_unit_test(check_query_rule),
		cmocka_unit_test(find_windows_roles),	 cmocka_unit_test(check_fields),
		cmocka_unit_test(check_unsaid),		 cmocka_unit_test(check_conditions),
		cmocka_unit_test(check_levels),		 cmocka_unit_test(check_memories),
		cmocka_unit_test(check_call_rule),	 cmocka_unit_test(check_field_rule),
		cmocka_unit_test(check_conditions_via),	 cmocka_unit_test(check_exception_keys),
		cmocka_unit_test(check_write_event),	 cmocka_unit_test(check_role_contexts),
		cmocka_unit_test(check_given_roles),	 cmocka_unit_test(check_context_keys),
		cmocka_unit_test(check_callback_keys),	 cmocka_unit_test(check_no_callbacks),
		cmocka_unit_test(check_context_rule),	 cmocka_unit_test(check_module_rule),
	};
	const struct CMUnitTest others[] = {
		cmocka_unit_test(name_severities),
		cmocka_unit_test(replace_entries),
		cmocka_unit_test(load_nothing),
		cmocka_unit_test(load_builtin),
	};
	if (chdir(SO2_TESTCASES_DIR) != 0)
		return 1;
	int failed = cmocka_run_group_tests(on_good, open_good, close_loaded);
	return failed + cmocka_run_group_tests(others, NULL, NULL);
}
