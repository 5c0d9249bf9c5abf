/* Helpers of the graph tests: build, verify, compare with a dump. */
#ifndef SO2_TEST_CFG_TEST_H
#define SO2_TEST_CFG_TEST_H

#include "test.h"

#include "cfg/cfg.h"
#include "ir_make.h"

int cfg_test_set_up(void **state); /* *state is a struct maker with function f begun */
int cfg_test_tear_down(void **state);

/* Verifies the function, builds its graph and verifies that. */
struct cfg *build(struct maker *m);
/* Builds, and compares cfg_print's text without its first line. */
struct cfg *assert_graph(struct maker *m, const char *expected);
/* The block that holds the step made `line`th (from 1), or NULL. */
const struct cfg_block *block_at(const struct cfg *cfg, unsigned line);
const struct cfg_edge *edge_between(const struct cfg_block *from, const struct cfg_block *to);

#define TEST(name) cmocka_unit_test_setup_teardown(name, cfg_test_set_up, cfg_test_tear_down)

#endif
