/* See fix/fix.h. */
#include "fix_int.h"

#include <string.h>

bool fix_is_known(const struct finding *finding)
{
	return finding->rule->fix_count > 0;
}

static const struct ir_function *find_function(const struct fix_request *request)
{
	const struct finding *finding = request->finding;
	const struct ir_module *module = request->module;

	for (int i = 0; finding->function && i < module->unit_count; i++)
		for (int k = 0; k < module->units[i]->function_count; k++) {
			const struct ir_function *function = module->units[i]->functions[k];

			if (function->has_body && strcmp(function->name, finding->function) == 0 &&
			    function->span.file && strcmp(function->span.file, finding->span.file) == 0)
				return function;
		}
	return NULL;
}

static const char *compute(struct fixer *fixer)
{
	switch (fixer->kind->kind) {
	case RP_FIX_RELEASE:
		return fix_release(fixer);
	case RP_FIX_RESULT:
		return fix_result(fixer);
	case RP_FIX_SAFE_LOOP:
		return fix_safe_loop(fixer);
	case RP_FIX_SAVE_STATE:
		return fix_save_state(fixer);
	case RP_FIX_REPLACE:
		return fix_replace(fixer);
	}
	return "its rule names a fix of an unknown kind";
}

const char *fix_compute(const struct fix_request *request, struct fix *fix)
{
	const struct rp_rule *rule = request->finding->rule;
	const char *problem = "its rule has no fix";

	for (int i = 0; i < rule->fix_count; i++) {
		struct fixer fixer = { request, request->arena, request->text, request->length, NULL, &rule->fixes[i],
				       fix };

		*fix = (struct fix){ .file = request->finding->span.file, .what = rule->fixes[i].what };
		fixer.function = find_function(request);
		bool needs_function = rule->fixes[i].kind != RP_FIX_REPLACE;
		const char *own = needs_function && !fixer.function ? "it is in no function of this file" :
								      compute(&fixer);
		if (!own)
			return NULL;
		if (i == 0)
			problem = own;
	}
	*fix = (struct fix){ 0 };
	return problem;
}
