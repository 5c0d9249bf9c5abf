/* A rule set with all it lives on, for tests. */
#ifndef SO2_TEST_RULEPACK_LOADED_H
#define SO2_TEST_RULEPACK_LOADED_H

#include "rulepack/rulepack.h"

/* cmocka wants these before its header. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct loaded {
	struct arena *arena;
	struct intern_pool *pool;
	struct log *log;
	const struct rule_set *rules; /* NULL when there were errors */
};

void loaded_open(struct loaded *loaded, const char *const *packs, int pack_count);
void loaded_close(struct loaded *loaded);
/* All messages as log_print() writes them; free() it. */
char *loaded_messages(const struct loaded *loaded);

/* These fail the test when there is no such thing. */
const struct rp_api *loaded_api(const struct loaded *loaded, const char *name);
const struct rp_resource *loaded_resource(const struct loaded *loaded, const char *name);
const struct rp_rule *loaded_rule(const struct loaded *loaded, const char *id);

#endif
