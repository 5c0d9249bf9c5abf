/* Calls of APIs that the facts call deprecated: a walk over the function's steps,
 * without states. Of several calls of one API in a function the first one tells all. */
#include "engine_int.h"

#include <string.h>

/* A function that gives an old name to something new, or replaces what is gone. */
static bool is_wrapper_of(const struct analysis *a, const struct rp_api *api)
{
	return strstr(a->function->name, api->name) != NULL;
}

static bool was_called_before(const struct analysis *a, const struct rp_api *api, int before)
{
	int i;

	for (i = 0; i < before; i++) {
		const struct sym probe = { .kind = SYM_CALL, .a = a->function->insns[i] };

		if (a->function->insns[i]->kind == IR_CALL && origin_api(a, &probe) == api)
			return true;
	}
	return false;
}

void check_deprecated_apis(struct analysis *a)
{
	int i;

	for (i = 0; i < a->function->insn_count; i++) {
		const struct ir_insn *insn = a->function->insns[i];
		const struct sym probe = { .kind = SYM_CALL, .a = insn };
		const struct rp_api *api = insn->kind == IR_CALL ? origin_api(a, &probe) : NULL;
		struct violation v = { .span = insn->span, .cause = insn, .is_anywhere = true };

		if (!api || !api->deprecated || is_wrapper_of(a, api) || was_called_before(a, api, i) ||
		    !emit_find_check(a, RP_CHECK_DEPRECATED_API, api, &v.rule, &v.check))
			continue;
		v.api = v.object = api->name;
		v.replacement = api->replacement;
		emit_violation(a, &v);
	}
}
