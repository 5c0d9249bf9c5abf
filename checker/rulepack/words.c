/* The words of the rule pack format, each with the enumerator it stands for.
 * schema.c accepts them, link*.c convert them: one table for both, so that
 * they cannot disagree. docs/rule-packs.md lists them for authors. */
#include "rulepack/coverage.h"
#include "rulepack_int.h"

#include <string.h>

const struct yaml_word rp_words_api_kind[] = { { "function", RP_API_FUNCTION },
					       { "macro", RP_API_MACRO },
					       { NULL, 0 } };

const struct yaml_word rp_words_convention[] = {
	{ "void", RP_RESULT_VALUE },
	{ "value", RP_RESULT_VALUE },
	{ "null", RP_RESULT_NULL },
	{ "errptr", RP_RESULT_ERRPTR },
	{ "null-or-errptr", RP_RESULT_NULL_OR_ERRPTR },
	{ "errno", RP_RESULT_ERRNO },
	{ "errno-count", RP_RESULT_ERRNO_COUNT },
	{ "true-on-success", RP_RESULT_TRUE_SUCCESS },
	{ "true-on-failure", RP_RESULT_TRUE_FAILURE },
	{ "residue", RP_RESULT_RESIDUE },
	{ "non-null", RP_RESULT_NONNULL },
	{ "ntstatus", RP_RESULT_NTSTATUS },
	{ "ntstatus-informational", RP_RESULT_NTSTATUS_INFO },
	{ "ntstatus-failure", RP_RESULT_NTSTATUS_ERROR },
	{ "time-left", RP_RESULT_TIME_LEFT },
	{ NULL, 0 },
};

const struct yaml_word rp_words_predicate[] = {
	{ "error", RP_PREDICATE_IS_ERROR },   { "null-or-error", RP_PREDICATE_IS_NULL_OR_ERROR },
	{ "same", RP_PREDICATE_SAME },	      { "error-or-zero", RP_PREDICATE_ERROR_OR_ZERO },
	{ "usable", RP_PREDICATE_IS_USABLE }, { NULL, 0 },
};

const struct yaml_word rp_words_access[] = {
	{ "none", RP_ACCESS_NONE },
	{ "read", RP_ACCESS_READ },
	{ "write", RP_ACCESS_WRITE },
	{ "read-write", RP_ACCESS_READ_WRITE },
	{ NULL, 0 },
};

const struct yaml_word rp_words_space[] = { { "kernel", RP_SPACE_KERNEL }, { "user", RP_SPACE_USER }, { NULL, 0 } };

const struct yaml_word rp_words_role_space[] = {
	{ "any", RP_SPACE_ANY },
	{ "kernel", RP_SPACE_KERNEL },
	{ "user", RP_SPACE_USER },
	{ NULL, 0 },
};

const struct yaml_word rp_words_user_space[] = { { "user", RP_SPACE_USER }, { NULL, 0 } };

/* What a check on the driver's own code can look for. */
const struct yaml_word rp_words_own_access[] = {
	{ "read", RP_ACCESS_READ },
	{ "write", RP_ACCESS_WRITE },
	{ "read-write", RP_ACCESS_READ_WRITE },
	{ NULL, 0 },
};

const struct yaml_word rp_words_storage[] = {
	{ "local", RP_STORAGE_LOCAL },
	{ "global", RP_STORAGE_GLOBAL },
	{ NULL, 0 },
};

const struct yaml_word rp_words_room[] = {
	{ "below-type", RP_ROOM_BELOW_TYPE },
	{ "type-alone", RP_ROOM_TYPE_ALONE },
	{ NULL, 0 },
};

const struct yaml_word rp_words_irql[] = {
	{ "passive", RP_IRQL_PASSIVE }, { "apc", RP_IRQL_APC },	  { "dispatch", RP_IRQL_DISPATCH },
	{ "device", RP_IRQL_DEVICE },	{ "high", RP_IRQL_HIGH }, { NULL, 0 },
};

const struct yaml_word rp_words_context[] = {
	{ "process", RP_CONTEXT_PROCESS },
	{ "softirq", RP_CONTEXT_SOFTIRQ },
	{ "hardirq", RP_CONTEXT_HARDIRQ },
	{ NULL, 0 },
};

/* The contexts that interrupt others. */
const struct yaml_word rp_words_interrupt[] = {
	{ "softirq", RP_CONTEXT_SOFTIRQ },
	{ "hardirq", RP_CONTEXT_HARDIRQ },
	{ NULL, 0 },
};

const struct yaml_word rp_words_pointee[] = { { "nonzero", RP_CONDITION_POINTEE_NONZERO }, { NULL, 0 } };

const struct yaml_word rp_words_from_user[] = { { "value", RP_FROM_USER_VALUE },
						{ "pointee", RP_FROM_USER_POINTEE },
						{ NULL, 0 } };

const struct yaml_word rp_words_mask[] = { { "bh", RP_MASK_BH }, { "irq", RP_MASK_IRQ }, { NULL, 0 } };

const struct yaml_word rp_words_need[] = {
	{ "user-context", RP_NEEDS_USER_CONTEXT },
	{ "irqs-on", RP_NEEDS_IRQS_ON },
	{ NULL, 0 },
};

const struct yaml_word rp_words_tells[] = {
	{ "atomic", RP_TELLS_ATOMIC },
	{ "process", RP_TELLS_PROCESS },
	{ "work", RP_TELLS_WORK },
	{ NULL, 0 },
};

const struct yaml_word rp_words_when[] = {
	{ "always", RP_WHEN_ALWAYS },
	{ "success", RP_WHEN_SUCCESS },
	{ "failure", RP_WHEN_FAILURE },
	{ "raise", RP_WHEN_RAISE },
	{ NULL, 0 },
};

const struct yaml_word rp_words_sleep[] = {
	{ "never", RP_SLEEP_NEVER },
	{ "always", RP_SLEEP_ALWAYS },
	{ "outside-interrupts", RP_SLEEP_OUTSIDE_INTERRUPTS },
	{ NULL, 0 },
};

const struct yaml_word rp_words_via[] = { { "always", RP_SLEEP_ALWAYS }, { "if-bits", RP_SLEEP_IF_BITS }, { NULL, 0 } };

const struct yaml_word rp_words_identity[] = {
	{ "address", RP_IDENTITY_ADDRESS },
	{ "value", RP_IDENTITY_VALUE },
	{ "tuple", RP_IDENTITY_TUPLE },
	{ "global", RP_IDENTITY_GLOBAL },
	{ NULL, 0 },
};

const struct yaml_word rp_words_exit_policy[] = {
	{ "none", RP_EXIT_NONE },   { "balanced", RP_EXIT_BALANCED },	  { "balanced-here", RP_EXIT_BALANCED_HERE },
	{ "owned", RP_EXIT_OWNED }, { "on-failure", RP_EXIT_ON_FAILURE }, { NULL, 0 },
};

const struct yaml_word rp_words_severity[] = {
	{ "error", RP_SEVERITY_ERROR },
	{ "warning", RP_SEVERITY_WARNING },
	{ "note", RP_SEVERITY_NOTE },
	{ NULL, 0 },
};

const struct yaml_word rp_words_check_kind[] = {
	{ "typestate", RP_CHECK_TYPESTATE },
	{ "null-use", RP_CHECK_NULL_USE },
	{ "errptr-null-test", RP_CHECK_ERRPTR_NULL_TEST },
	{ "result-ignored", RP_CHECK_RESULT_IGNORED },
	{ "residue-as-error", RP_CHECK_RESIDUE_AS_ERROR },
	{ "sleep", RP_CHECK_SLEEP },
	{ "user-deref", RP_CHECK_USER_DEREF },
	{ "user-argument", RP_CHECK_USER_ARGUMENT },
	{ "user-infoleak", RP_CHECK_USER_INFOLEAK },
	{ "call", RP_CHECK_CALL },
	{ "irql", RP_CHECK_IRQL },
	{ "paged-access", RP_CHECK_PAGED_ACCESS },
	{ "field-access", RP_CHECK_FIELD_ACCESS },
	{ "overlap", RP_CHECK_OVERLAP },
	{ "return", RP_CHECK_RETURN },
	{ "field-bits", RP_CHECK_FIELD_BITS },
	{ "user-context", RP_CHECK_USER_CONTEXT },
	{ "user-access", RP_CHECK_USER_ACCESS },
	{ "irqs-on", RP_CHECK_IRQS_ON },
	{ "irql-low", RP_CHECK_IRQL_LOW },
	{ "lock-context", RP_CHECK_LOCK_CONTEXT },
	{ "lock-order", RP_CHECK_LOCK_ORDER },
	{ "unreleased", RP_CHECK_UNRELEASED },
	{ "no-exit", RP_CHECK_NO_EXIT },
	{ "wait-deadlock", RP_CHECK_WAIT_DEADLOCK },
	{ "start-order", RP_CHECK_START_ORDER },
	{ "stop-order", RP_CHECK_STOP_ORDER },
	{ "argument-pair", RP_CHECK_ARGUMENT_PAIR },
	{ "role-return", RP_CHECK_ROLE_RETURN },
	{ "freed-unwaited", RP_CHECK_FREED_UNWAITED },
	{ "exit-unwaited", RP_CHECK_EXIT_UNWAITED },
	{ "negative-test", RP_CHECK_NEGATIVE_TEST },
	{ "inverted-result", RP_CHECK_INVERTED_RESULT },
	{ "never-null", RP_CHECK_NEVER_NULL },
	{ "stale-test", RP_CHECK_STALE_TEST },
	{ "test-then-act", RP_CHECK_TEST_THEN_ACT },
	{ "uninitialised", RP_CHECK_UNINITIALISED },
	{ "never-tested", RP_CHECK_NEVER_TESTED },
	{ "never-woken", RP_CHECK_NEVER_WOKEN },
	{ "wake-order", RP_CHECK_WAKE_ORDER },
	{ "wait-condition", RP_CHECK_WAIT_CONDITION },
	{ "early-end", RP_CHECK_EARLY_END },
	{ "unguarded", RP_CHECK_UNGUARDED },
	{ "missing-macro", RP_CHECK_MISSING_MACRO },
	{ "interrupt-data", RP_CHECK_INTERRUPT_DATA },
	{ "mixed-atomic", RP_CHECK_MIXED_ATOMIC },
	{ "contract", RP_CHECK_CONTRACT },
	{ "removed-api", RP_CHECK_REMOVED_API },
	{ "return-type", RP_CHECK_RETURN_TYPE },
	{ "return-value", RP_CHECK_RETURN_VALUE },
	{ "default-return", RP_CHECK_DEFAULT_RETURN },
	{ "kept-param", RP_CHECK_KEPT_PARAM },
	{ "deprecated-api", RP_CHECK_DEPRECATED_API },
	{ "mixed-types", RP_CHECK_MIXED_TYPES },
	{ "enum-argument", RP_CHECK_ENUM_ARGUMENT },
	{ "role-undeclared", RP_CHECK_ROLE_UNDECLARED },
	{ "time", RP_CHECK_TIME },
	{ "float-use", RP_CHECK_FLOAT_USE },
	{ "sign-test", RP_CHECK_SIGN_TEST },
	{ "user-length", RP_CHECK_USER_LENGTH },
	{ "user-index", RP_CHECK_USER_INDEX },
	{ "user-divisor", RP_CHECK_USER_DIVISOR },
	{ "user-unbounded", RP_CHECK_USER_UNBOUNDED },
	{ "buffer-unsized", RP_CHECK_BUFFER_UNSIZED },
	{ "user-string", RP_CHECK_USER_STRING },
	{ "double-fetch", RP_CHECK_DOUBLE_FETCH },
	{ "exposed-memory", RP_CHECK_EXPOSED_MEMORY },
	{ NULL, 0 },
};

const struct yaml_word rp_words_contract[] = {
	{ "irql-max", RP_CONTRACT_IRQL_MAX },	  { "irql-min", RP_CONTRACT_IRQL_MIN },
	{ "irql-exit", RP_CONTRACT_IRQL_EXIT },	  { "acquires", RP_CONTRACT_ACQUIRES },
	{ "releases", RP_CONTRACT_RELEASES },	  { "holds", RP_CONTRACT_HOLDS },
	{ "must-check", RP_CONTRACT_MUST_CHECK }, { "float", RP_CONTRACT_FLOAT },
	{ "pageable", RP_CONTRACT_PAGEABLE },	  { NULL, 0 },
};

const struct yaml_word rp_words_role_filter[] = {
	{ "init", RP_ROLE_INIT }, { "not-init", RP_ROLE_NOT_INIT }, { "not-exit", RP_ROLE_NOT_EXIT }, { NULL, 0 }
};

const struct yaml_word rp_words_os[] = { { "linux", 0 }, { "windows", 1 }, { NULL, 0 } };

const struct yaml_word rp_words_implicit_event[] = {
	{ RP_EVENT_USE, 0 },   { RP_EVENT_PASS, 1 },  { RP_EVENT_ITERATE, 2 }, { RP_EVENT_RETURN, 3 },
	{ RP_EVENT_WRITE, 4 }, { RP_EVENT_FREED, 5 }, { RP_EVENT_EXHAUST, 6 }, { NULL, 0 },
};

const struct yaml_word rp_words_violation[] = {
	{ RP_VIOLATION_LEFT, 0 },
	{ RP_VIOLATION_MODE, 1 },
	{ RP_VIOLATION_PROVENANCE, 2 },
	{ RP_VIOLATION_TOKEN_REUSED, 3 },
	{ RP_VIOLATION_TOKEN_WRONG, 4 },
	{ RP_VIOLATION_TOKEN_SHARED, 5 },
	{ RP_VIOLATION_ARGUMENT, 6 },
	{ RP_VIOLATION_IRQL, 7 },
	{ RP_VIOLATION_NEVER, 8 },
	{ RP_VIOLATION_ORDER, 9 },
	{ RP_VIOLATION_LOST, 10 },
	{ RP_VIOLATION_FAILED, 11 },
	{ NULL, 0 },
};

const struct yaml_word rp_words_time[] = { { "absolute", RP_TIME_ABSOLUTE },
					   { "relative", RP_TIME_RELATIVE },
					   { NULL, 0 } };

const struct yaml_word rp_words_habit[] = { { "ends-object", RP_HABIT_ENDS_OBJECT },
					    { "undoes", RP_HABIT_UNDOES },
					    { "lets-go", RP_HABIT_LETS_GO },
					    { "ends-use", RP_HABIT_ENDS_USE },
					    { "takes-over", RP_HABIT_TAKES_OVER },
					    { "consumes", RP_HABIT_CONSUMES },
					    { "hands-back", RP_HABIT_HANDS_BACK },
					    { "frees-record", RP_HABIT_FREES_RECORD },
					    { NULL, 0 } };

const struct yaml_word rp_words_peer[] = { { "sparse", RP_PEER_SPARSE },
					   { "coccinelle", RP_PEER_COCCINELLE },
					   { NULL, 0 } };

const struct yaml_word rp_words_fix[] = { { "release-before-return", RP_FIX_RELEASE },
					  { "result-to-error", RP_FIX_RESULT },
					  { "safe-loop", RP_FIX_SAFE_LOOP },
					  { "save-state", RP_FIX_SAVE_STATE },
					  { "replace", RP_FIX_REPLACE },
					  { NULL, 0 } };

const struct yaml_word rp_words_address[] = {
	{ "variable", RP_CONDITION_VARIABLE },
	{ "member", RP_CONDITION_MEMBER },
	{ "anything", RP_CONDITION_ADDRESS },
	{ NULL, 0 },
};

const struct yaml_word rp_words_name_kind[] = {
	{ "function", RP_NAME_FUNCTION },
	{ "macro", RP_NAME_MACRO },
	{ "callback", RP_NAME_CALLBACK },
	{ "constant", RP_NAME_CONSTANT },
	{ "type", RP_NAME_TYPE },
	{ "field", RP_NAME_FIELD },
	{ "keyword", RP_NAME_KEYWORD },
	{ "object-name", RP_NAME_OBJECT },
	{ "header", RP_NAME_HEADER },
	{ "tool", RP_NAME_TOOL },
	{ NULL, 0 },
};
