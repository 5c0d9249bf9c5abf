/* Modules written as C text and facts as YAML, for the tests of this folder. */
#ifndef SO2_TEST_SUMMARY_MODULE_H
#define SO2_TEST_SUMMARY_MODULE_H

#include "test.h"

#include "base/intern.h"
#include "base/log.h"
#include "frontend/frontend.h"
#include "summary/callgraph.h"
#include "summary/effects.h"

struct module {
	struct arena *arena;
	struct intern_pool *pool;
	struct log *log;
	struct frontend *frontend;
	const char *folder; /* temporary */
	const struct rule_set *rules;
	struct ir_module *ir;
	struct unit_effects *effects;
	struct callgraph *graph;
};

int module_set_up(void **state);
int module_tear_down(void **state);

/* The facts of the module; none when not called. */
void module_facts(struct module *m, const char *yaml);
/* Included as <file> by the units that follow. */
void module_system_header(struct module *m, const char *file, const char *text);
void module_unit(struct module *m, const char *file, const char *text);
/* Links the units and computes effects and call graph. */
void module_compute(struct module *m);

const struct ir_function *module_function(const struct module *m, const char *name);
/* The call number `index` (from 0) in the function. */
const struct ir_insn *module_call(const struct module *m, const char *function, int index);
/* Names of the call's targets with blanks between. */
const char *module_targets(const struct module *m, const char *function, int index);
/* "role@served", with blanks between; served left out when NULL. */
const char *module_roles(const struct module *m, const char *function);

#endif
