/* Ways through a function's steps. */
#include "base/bitset.h"
#include "fix_int.h"

struct walk {
	const struct ir_function *function;
	const struct ir_insn *avoided;
	int *labels; /* index of the step that places each */
	int *waiting;
	int count;
	struct bitset seen;
};

static void go_to(struct walk *walk, int index)
{
	if (index < 0 || index >= walk->function->insn_count || bitset_test(&walk->seen, (size_t)index))
		return;
	bitset_set(&walk->seen, (size_t)index);
	walk->waiting[walk->count++] = index;
}

static void go_to_label(struct walk *walk, int label)
{
	if (label >= 0 && label < walk->function->label_count)
		go_to(walk, walk->labels[label]);
}

static void leave_switch(struct walk *walk, const struct ir_insn *insn)
{
	for (int i = 0; i < insn->select.case_count; i++)
		go_to_label(walk, insn->select.cases[i].label);
	go_to_label(walk, insn->select.default_label);
}

static void leave(struct walk *walk, const struct ir_insn *insn, int index)
{
	switch (insn->kind) {
	case IR_RETURN:
	case IR_UNREACHABLE:
		return;
	case IR_JUMP:
		go_to_label(walk, insn->label);
		return;
	case IR_BRANCH:
		go_to_label(walk, insn->branch.on_true);
		go_to_label(walk, insn->branch.on_false);
		return;
	case IR_SWITCH:
		leave_switch(walk, insn);
		return;
	case IR_COMPUTED_JUMP: /* anywhere */
		for (int i = 0; i < walk->function->label_count; i++)
			go_to_label(walk, i);
		return;
	case IR_ASM:
		for (int i = 0; i < insn->assembly.label_count; i++)
			go_to_label(walk, insn->assembly.labels[i]);
		break;
	default:
		break;
	}
	go_to(walk, index + 1);
}

bool fix_is_reached_without(const struct fixer *fixer, const struct ir_insn *exit, const struct ir_insn *avoided)
{
	const struct ir_function *function = fixer->function;
	struct walk walk = { .function = function, .avoided = avoided };

	walk.labels = ARENA_ARRAY(fixer->arena, int, (size_t)function->label_count);
	walk.waiting = ARENA_ARRAY(fixer->arena, int, (size_t)function->insn_count);
	walk.seen = bitset_create(fixer->arena, (size_t)function->insn_count);
	for (int i = 0; i < function->insn_count; i++)
		if (function->insns[i]->kind == IR_LABEL)
			walk.labels[function->insns[i]->label] = i;
	go_to(&walk, 0);
	while (walk.count > 0) {
		int index = walk.waiting[--walk.count];
		const struct ir_insn *insn = function->insns[index];

		if (insn == exit)
			return true;
		if (insn != avoided)
			leave(&walk, insn, index);
	}
	return false;
}
