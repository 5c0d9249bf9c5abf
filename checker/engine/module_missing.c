/* What every module must say of itself somewhere, at file level. */
#include "module_int.h"

#include <string.h>

static bool uses_macro(const struct ir_unit *unit, const struct rp_check *check)
{
	int i, m;

	for (i = 0; i < unit->file_macro_count; i++)
		for (m = 0; m < check->macro_count; m++)
			if (strcmp(unit->file_macros[i], check->macros[m]) == 0)
				return true;
	return false;
}

void check_missing_macro(struct module_view *view, const struct rp_rule *rule, const struct rp_check *check)
{
	struct module_finding *finding;
	size_t i;
	int u;

	for (u = 0; u < view->module->unit_count; u++)
		if (uses_macro(view->module->units[u], check))
			return;
	for (i = 0; view->module->is_whole && i < view->entry_count; i++) {
		const struct role_entry *entry = &view->entries[i];

		if (!module_has_role(check, entry->binding->role))
			continue;
		finding = ARENA_NEW(view->arena, struct module_finding);
		finding->rule = rule;
		finding->check = check;
		finding->span = entry->function->span;
		finding->function = entry->function;
		finding->object = entry->function->name;
		finding->entry = entry->function;
		finding->role = entry->binding->role;
		finding_report(view, finding);
		return;
	}
}
