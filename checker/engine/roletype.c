/* Functions that are registered in a role which their declarations do not tell
 * (DRIVER_DISPATCH): annotations of the role are then lost on them. */
#include "engine_int.h"

#include <string.h>

/* The typedef that declares functions of the role; NULL: there is none. */
static const char *type_of_role(const struct rp_role *role)
{
	int i;

	for (i = 0; i < role->binding_count; i++)
		if (role->bindings[i].type)
			return role->bindings[i].type;
	return NULL;
}

static bool says_its_role(const struct analysis *a)
{
	const struct ir_function *function = a->function;
	const struct rp_role *by_name = rules_find_role_by_function(a->engine->rules, function->name);
	int i;

	for (i = 0; i < function->annotation_count; i++)
		if (strcmp(function->annotations[i].name, "function_class") == 0)
			return true;
	return by_name || (function->type && function->type->typedef_name &&
			   rules_find_role_by_type(a->engine->rules, function->type->typedef_name));
}

static void visit_role(struct analysis *a, const struct rp_rule *rule, const struct rp_check *check, void *context)
{
	const struct role_binding *binding = context;
	struct violation v = { .rule = rule,
			       .check = check,
			       .span = a->function->span,
			       .object = a->function->name,
			       .mode = type_of_role(binding->role),
			       .origin_span = binding->span,
			       .origin_text = arena_printf(a->arena, "%s is registered as %s here", a->function->name,
							   binding->role->name),
			       .is_anywhere = true };

	emit_violation(a, &v);
}

void check_role_declared(struct analysis *a)
{
	int count = 0, i;
	const struct role_binding *bindings = effects_role_bindings(a->effects, a->function, &count);

	if (says_its_role(a))
		return;
	for (i = 0; i < count; i++) {
		struct role_binding binding = bindings[i];

		if (!type_of_role(binding.role))
			continue;
		emit_each_check(a, RP_CHECK_ROLE_UNDECLARED, visit_role, &binding);
		return; /* one of several roles tells all */
	}
}
