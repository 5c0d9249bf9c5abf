/* Real units as bytes: what comes back prints the same, and bytes that are cut short or damaged give no unit. The
 * bundled drivers have every kind of step; where no kernel headers are installed there is nothing to read. */
#include "tree.h"

#include "ir/ir_pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct lowered {
	struct tree *tree;
	struct unit_list list;
	struct frontend *frontend;
};

static void open_drivers(struct tree *tree, struct lowered *lowered)
{
	static const struct frontend_names names = { 0 };
	const char *path = arena_printf(tree->arena, "%s/drivers", SO2_TESTCASES_DIR);
	const struct unit_options options = { 0 };
	struct kernel_headers headers;

	if (kernel_find_installed(tree->arena, "", &headers))
		skip();
	*lowered = (struct lowered){ .tree = tree, .frontend = frontend_create(tree->pool, &names) };
	assert_int_equal(units_find(tree->arena, tree->pool, tree->log, &options, &path, 1, &lowered->list), 0);
	assert_true(lowered->list.cmd_count > 10);
}

static struct ir_unit *lower_one(struct lowered *lowered, int number)
{
	struct skipped_unit failure;
	struct parse_info info;
	struct ir_unit *unit = NULL;

	assert_int_equal(frontend_lower(lowered->frontend, &lowered->list.cmds[number], lowered->tree->arena, &unit,
					&info, &failure),
			 0);
	return unit;
}

/* As --dump=ir shows it, with all that the unit says of itself. */
static char *print(const struct ir_unit *unit)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	ir_print_unit(out, unit);
	fprintf(out, "%d functions, %d globals, %d constants, %d notes\n", unit->function_count, unit->global_count,
		unit->constant_count, unit->note_count);
	for (int i = 0; i < unit->function_count; i++) {
		const struct ir_function *function = unit->functions[i];
		fprintf(out, "%s %s %u-%u %d%d%d%d %d\n", function->name, function->type->spelling, function->span.line,
			function->end_span.line, function->is_static, function->in_user_file, function->address_taken,
			function->is_incomplete, function->annotation_count);
		for (int k = 0; k < function->insn_count; k++)
			fprintf(out, "%u:%u %s\n", function->insns[k]->span.line, function->insns[k]->span.column,
				function->insns[k]->macro ? function->insns[k]->macro : "");
	}
	for (int i = 0; i < unit->binding_count; i++)
		fprintf(out, "%s.%s %s\n", unit->bindings[i].record ? unit->bindings[i].record : "",
			unit->bindings[i].field ? unit->bindings[i].field : "", unit->bindings[i].function->name);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void assert_round_trip(struct tree *tree, const struct ir_unit *unit)
{
	struct text bytes = text_create(tree->arena), again = text_create(tree->arena);

	assert_true(ir_unit_pack(unit, tree->pool, &bytes));
	struct ir_unit *copy = ir_unit_unpack(tree->arena, tree->pool, text_get(&bytes), bytes.length);
	assert_non_null(copy);
	char *before = print(unit), *after = print(copy);
	assert_string_equal(before, after);
	free(before);
	free(after);
	/* Also what is not printed: the copy gives the same bytes. */
	assert_true(ir_unit_pack(copy, tree->pool, &again));
	assert_int_equal(bytes.length, again.length);
	assert_memory_equal(text_get(&bytes), text_get(&again), bytes.length);
	for (int i = 0; i < copy->function_count; i++) {
		assert_ptr_equal(ir_function_find(copy, copy->functions[i]->name), copy->functions[i]);
		if (copy->functions[i]->has_body)
			assert_null(ir_verify_function(tree->arena, copy->functions[i]));
	}
}

static void test_drivers(void **state)
{
	struct lowered lowered;

	open_drivers(*state, &lowered);
	for (int i = 0; i < lowered.list.cmd_count; i++)
		assert_round_trip(lowered.tree, lower_one(&lowered, i));
	frontend_destroy(lowered.frontend);
}

/* The checksum of the cache comes first; this is for what it lets pass. */
static void test_damage(void **state)
{
	struct lowered lowered;
	struct tree *tree = *state;
	struct text bytes = text_create(tree->arena);

	open_drivers(tree, &lowered);
	assert_true(ir_unit_pack(lower_one(&lowered, 0), tree->pool, &bytes));
	for (size_t length = 0; length < bytes.length; length += 307)
		assert_null(ir_unit_unpack(tree->arena, tree->pool, text_get(&bytes), length));
	char *copy = arena_strndup(tree->arena, text_get(&bytes), bytes.length);
	for (size_t at = 0; at < bytes.length; at += 2999) {
		copy[at] ^= 0x15;
		/* It may still be a unit, of other numbers; it must not be touched by what it lacks. */
		ir_unit_unpack(tree->arena, tree->pool, copy, bytes.length);
		copy[at] ^= 0x15;
	}
	frontend_destroy(lowered.frontend);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_drivers, tree_set_up, tree_tear_down),
		cmocka_unit_test_setup_teardown(test_damage, tree_set_up, tree_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
