/* Takes out what lowering leaves behind: labels nobody jumps to, jumps to the
 * very next step, jumps that cannot be reached. Macros made of `if (0)` and
 * `do while (0)` would otherwise cost each later stage several blocks.
 *
 * Label numbers stay as they are, so some are then placed nowhere. The user's own
 * labels always stay: their address may be taken, and people read them. */
#include "lower_int.h"

#define MAX_ROUNDS 8

static void count_insn(int *uses, const struct ir_insn *insn)
{
	switch (insn->kind) {
	case IR_JUMP:
		uses[insn->label]++;
		break;
	case IR_BRANCH:
		uses[insn->branch.on_true]++;
		uses[insn->branch.on_false]++;
		break;
	case IR_SWITCH:
		uses[insn->select.default_label]++;
		for (int i = 0; i < insn->select.case_count; i++)
			uses[insn->select.cases[i].label]++;
		break;
	case IR_ASM:
		for (int i = 0; i < insn->assembly.label_count; i++)
			uses[insn->assembly.labels[i]]++;
		break;
	default:
		break;
	}
}

static int *count_uses(struct lower *l)
{
	const struct ir_function *function = l->body->function;
	int *uses = ARENA_ARRAY(l->scratch, int, (size_t)function->label_count);

	for (int i = 0; i < function->insn_count; i++)
		count_insn(uses, function->insns[i]);
	for (int i = 0; i < function->scope_count; i++)
		if (function->scopes[i]->handler_label >= 0)
			uses[function->scopes[i]->handler_label]++;
	for (int i = 0; i < l->body->name_count; i++)
		uses[l->body->names[i].label]++;
	return uses;
}

static bool falls_into(const struct ir_function *function, int from, int label)
{
	for (int i = from; i < function->insn_count && function->insns[i]->kind == IR_LABEL; i++)
		if (function->insns[i]->label == label)
			return true;
	return false;
}

static bool ends_flow(const struct ir_insn *insn)
{
	return insn->kind == IR_JUMP || insn->kind == IR_RETURN || insn->kind == IR_UNREACHABLE;
}

static bool is_useless(const struct ir_function *function, int at, const struct ir_insn *before, const int *uses)
{
	const struct ir_insn *insn = function->insns[at];

	if (insn->kind == IR_LABEL)
		return uses[insn->label] == 0;
	if (insn->kind != IR_JUMP && insn->kind != IR_UNREACHABLE)
		return false;
	if (before && ends_flow(before))
		return true;
	return insn->kind == IR_JUMP && falls_into(function, at + 1, insn->label);
}

static bool tidy_round(struct ir_function *function, int *uses)
{
	int kept = 0, count = function->insn_count;

	for (int i = 0; i < count; i++) {
		struct ir_insn *insn = function->insns[i];

		if (is_useless(function, i, kept ? function->insns[kept - 1] : NULL, uses)) {
			if (insn->kind == IR_JUMP)
				uses[insn->label]--;
			continue;
		}
		function->insns[kept++] = insn;
	}
	function->insn_count = kept;
	return kept != count;
}

void tidy_body(struct lower *l)
{
	struct ir_function *function = l->body->function;
	int *uses = count_uses(l);

	for (int i = 0; i < MAX_ROUNDS && tidy_round(function, uses); i++)
		;
	for (int i = 0; i < function->insn_count; i++)
		function->insns[i]->index = i;
}
