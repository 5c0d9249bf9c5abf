/* Conditions of several parts that are asked again: `if (a || b) lock(); ... if (a || b) unlock();`. States with the same
 * objects are joined, and what told `a` from `not a, but b` is lost then: with neither, the second test would seem to
 * come out differently. So states that differ in such a part stay apart until it is asked for the last time. Parts are
 * known by their text, their values by the symbols that they had when they were asked: what was assigned meanwhile is
 * another symbol, of which the states know nothing. */
#include "engine_int.h"

#include <string.h>

#define MAX_COMPOUND_BRANCHES 64

struct part {
	const struct ir_insn *insn;
	const char *text;
	int order; /* of its block */
};

struct part_list {
	struct part items[MAX_COMPOUND_BRANCHES];
	int count;
};

static bool is_same_statement(const struct ir_insn *left, const struct ir_insn *right)
{
	const struct span *a = &left->stmt_span, *b = &right->stmt_span;

	return a->file == b->file && a->line == b->line && a->column == b->column && a->end_line == b->end_line &&
	       a->end_column == b->end_column;
}

static const struct ir_insn *branch_of(const struct cfg_block *block)
{
	const struct ir_insn *last = block->insn_count ? block->insns[block->insn_count - 1] : NULL;

	return last && last->kind == IR_BRANCH && !last->macro ? last : NULL;
}

/* The parts of a condition follow each other in the order of the blocks. */
static void find_parts(const struct analysis *a, struct part_list *list)
{
	const struct ir_insn *previous = NULL;
	int previous_order = 0;

	for (int i = 0; i < a->cfg->order_count && list->count + 2 <= MAX_COMPOUND_BRANCHES; i++) {
		const struct ir_insn *insn = branch_of(a->cfg->blocks[a->cfg->order[i]]);

		if (!insn)
			continue;
		if (previous && is_same_statement(previous, insn)) {
			if (list->count == 0 || list->items[list->count - 1].insn != previous)
				list->items[list->count++] = (struct part){ .insn = previous, .order = previous_order };
			list->items[list->count++] = (struct part){ .insn = insn, .order = i };
		}
		previous = insn;
		previous_order = i;
	}
}

/* Two parts of one statement must come back together. */
static int count_shared(const struct part_list *list, const struct ir_insn *statement, const struct ir_insn *other)
{
	int shared = 0;

	for (int i = 0; i < list->count; i++)
		for (int k = 0; k < list->count && is_same_statement(list->items[i].insn, statement); k++)
			shared += is_same_statement(list->items[k].insn, other) &&
				  strcmp(list->items[i].text, list->items[k].text) == 0;
	return shared;
}

static int last_asked(const struct part_list *list, const struct part *part)
{
	int last = -1;

	for (int i = 0; i < list->count; i++) {
		const struct part *other = &list->items[i];

		if (other->order > part->order && other->order > last && !is_same_statement(other->insn, part->insn) &&
		    strcmp(other->text, part->text) == 0 && count_shared(list, part->insn, other->insn) >= 2)
			last = other->order;
	}
	return last;
}

/* Without the `!`, which only exchanges the ways. */
static const char *asked_text(const struct analysis *a, const struct ir_expr *condition)
{
	while (condition->kind == IR_EXPR_CAST ||
	       (condition->kind == IR_EXPR_UNARY && condition->op.op == IR_UNARY_NOT))
		condition = condition->kind == IR_EXPR_CAST ? condition->cast.operand : condition->op.left;
	return ir_expr_text(a->arena, condition);
}

void compound_find(struct analysis *a)
{
	struct part_list list = { .count = 0 };

	find_parts(a, &list);
	for (int i = 0; i < list.count; i++)
		list.items[i].text = asked_text(a, list.items[i].insn->branch.condition);
	for (int i = 0; i < list.count; i++) {
		int last = last_asked(&list, &list.items[i]);

		if (last >= 0)
			ARENA_PUSH(a->arena, a->compounds, a->compound_count, a->compound_capacity,
				   ((struct compound_part){ .insn = list.items[i].insn, .last_order = last }));
	}
}

void compound_note(struct analysis *a, const struct ir_insn *insn, const struct sym *condition)
{
	for (size_t i = 0; i < a->compound_count; i++) {
		struct compound_part *part = &a->compounds[i];

		if (part->insn != insn || part->condition == condition)
			continue;
		part->condition = condition;
		part->compared = condition->kind == SYM_BINARY && ((const struct sym *)condition->b)->kind == SYM_INT ?
					 condition->a :
					 NULL;
	}
}

static bool differ(const struct flow_state *left, const struct flow_state *right, const struct sym *sym)
{
	return sym && !range_meets(range_of(left, sym), range_of(right, sym));
}

bool compound_differs(const struct analysis *a, const struct flow_state *left, const struct flow_state *right,
		      int block)
{
	int order = a->cfg->blocks[block]->order;

	for (size_t i = 0; i < a->compound_count; i++) {
		const struct compound_part *part = &a->compounds[i];

		if (order <= part->last_order &&
		    (differ(left, right, part->condition) || differ(left, right, part->compared)))
			return true;
	}
	return false;
}
