#include "graph_json.h"

#include "base/strmap.h"
#include "report/texts.h"

struct graph_writer {
	struct arena *arena;
	json_t *types, *vars;
	struct keymap *type_ids, *var_ids; /* index + 1, as a pointer */
};

static json_t *make_expr(struct graph_writer *writer, const struct ir_expr *expr);

static json_t *make_text(struct graph_writer *writer, const char *text)
{
	return text ? json_string(utf8_clean(writer->arena, text)) : json_null();
}

/* ---- types and variables --------------------------------------------------- */

static json_t *make_fields(struct graph_writer *writer, const struct ir_type *type)
{
	json_t *fields = json_array();

	for (int i = 0; i < type->field_count; i++) {
		const struct ir_field *field = &type->fields[i];
		long long size = field->type && !field->is_bitfield ? field->type->size : -1;

		json_array_append_new(fields, json_pack("{s:o, s:I, s:I, s:b}", "name", make_text(writer, field->name),
							"bit", (json_int_t)field->bit_offset, "size", (json_int_t)size,
							"bitfield", field->is_bitfield));
	}
	return fields;
}

static int type_id(struct graph_writer *writer, const struct ir_type *type)
{
	static const char *const kinds[] = {
		[IR_TYPE_UNKNOWN] = "unknown", [IR_TYPE_VOID] = "void",	    [IR_TYPE_BOOL] = "bool",
		[IR_TYPE_INT] = "int",	       [IR_TYPE_FLOAT] = "float",   [IR_TYPE_POINTER] = "pointer",
		[IR_TYPE_ARRAY] = "array",     [IR_TYPE_RECORD] = "record", [IR_TYPE_FUNCTION] = "function",
	};
	uintptr_t known = type ? (uintptr_t)keymap_get(writer->type_ids, KEYMAP_KEY(type)) : 0;
	int id = (int)json_array_size(writer->types);
	json_t *object;

	if (!type || known)
		return (int)known - 1;
	keymap_put(writer->type_ids, KEYMAP_KEY(type), (void *)(uintptr_t)(id + 1));
	object = json_pack("{s:s, s:I, s:b, s:b, s:o}", "kind", kinds[type->kind], "size", (json_int_t)type->size,
			   "unsigned", type->is_unsigned, "union", type->is_union, "tag", make_text(writer, type->tag));
	json_array_append_new(writer->types, object);
	if (type->kind == IR_TYPE_POINTER || type->kind == IR_TYPE_ARRAY)
		json_object_set_new(object, "target", json_integer(type_id(writer, type->target)));
	if (type->field_count > 0)
		json_object_set_new(object, "fields", make_fields(writer, type));
	return id;
}

static int var_id(struct graph_writer *writer, const struct ir_var *var)
{
	static const char *const kinds[] = {
		[IR_VAR_LOCAL] = "local",   [IR_VAR_PARAM] = "param", [IR_VAR_STATIC_LOCAL] = "static",
		[IR_VAR_GLOBAL] = "global", [IR_VAR_TEMP] = "temp",   [IR_VAR_SELECTOR] = "selector",
	};
	uintptr_t known = (uintptr_t)keymap_get(writer->var_ids, KEYMAP_KEY(var));
	int id = (int)json_array_size(writer->vars);

	if (known)
		return (int)known - 1;
	keymap_put(writer->var_ids, KEYMAP_KEY(var), (void *)(uintptr_t)(id + 1));
	json_array_append_new(writer->vars, json_pack("{s:o, s:s, s:i, s:b}", "name", make_text(writer, var->name),
						      "kind", kinds[var->kind], "type", type_id(writer, var->type),
						      "addressTaken", var->address_taken));
	return id;
}

/* ---- places and expressions -------------------------------------------------- */

static json_t *make_place(struct graph_writer *writer, const struct ir_place *place)
{
	int type;

	if (!place)
		return json_null();
	type = type_id(writer, place->type);
	switch (place->kind) {
	case IR_PLACE_VAR:
		return json_pack("[s, i, i]", "var", type, var_id(writer, place->var));
	case IR_PLACE_DEREF:
		return json_pack("[s, i, o]", "deref", type, make_expr(writer, place->pointer));
	case IR_PLACE_FIELD:
		return json_pack("[s, i, o, o]", "field", type, make_place(writer, place->part.base),
				 make_text(writer, place->part.field));
	case IR_PLACE_INDEX:
		return json_pack("[s, i, o, o]", "index", type, make_place(writer, place->part.base),
				 make_expr(writer, place->part.index));
	}
	return json_null();
}

static json_t *make_operation(struct graph_writer *writer, const struct ir_expr *expr, int type)
{
	static const char *const unary[] = {
#define IR_UNARY(name, text) [IR_UNARY_##name] = text,
#include "ir/ops.def"
	};
	static const char *const binary[] = {
#define IR_BINARY(name, text) [IR_BINARY_##name] = text,
#include "ir/ops.def"
	};

	if (expr->kind == IR_EXPR_UNARY)
		return json_pack("[s, i, s, o]", "unary", type, unary[expr->op.op], make_expr(writer, expr->op.left));
	return json_pack("[s, i, s, o, o]", "binary", type, binary[expr->op.op], make_expr(writer, expr->op.left),
			 make_expr(writer, expr->op.right));
}

static json_t *make_expr(struct graph_writer *writer, const struct ir_expr *expr)
{
	int type;

	if (!expr)
		return json_null();
	type = type_id(writer, expr->type);
	switch (expr->kind) {
	case IR_EXPR_INT:
		return json_pack("[s, i, I]", "int", type, (json_int_t)expr->value);
	case IR_EXPR_SIZEOF:
		if (expr->size.value < 0)
			break;
		return json_pack("[s, i, I]", "int", type, (json_int_t)expr->size.value);
	case IR_EXPR_STRING:
		return json_pack("[s, i, o]", "string", type, make_text(writer, expr->text));
	case IR_EXPR_FUNCTION:
		return json_pack("[s, i, o]", "function", type, make_text(writer, expr->function->name));
	case IR_EXPR_LOAD:
		return json_pack("[s, i, o]", "load", type, make_place(writer, expr->place));
	case IR_EXPR_ADDRESS:
		return json_pack("[s, i, o]", "address", type, make_place(writer, expr->place));
	case IR_EXPR_UNARY:
	case IR_EXPR_BINARY:
		return make_operation(writer, expr, type);
	case IR_EXPR_CAST:
		return json_pack("[s, i, o]", "cast", type, make_expr(writer, expr->cast.operand));
	case IR_EXPR_UNKNOWN:
	case IR_EXPR_FLOAT:
	case IR_EXPR_LABEL_ADDR:
		break;
	}
	return json_pack("[s, i]", "unknown", type);
}

static json_t *make_exprs(struct graph_writer *writer, const struct ir_expr *const *exprs, int count)
{
	json_t *array = json_array();

	for (int i = 0; i < count; i++)
		json_array_append_new(array, make_expr(writer, exprs[i]));
	return array;
}

/* ---- steps -------------------------------------------------------------------- */

static json_t *make_span(const struct span *span)
{
	return json_pack("[i, i, i, i]", (int)span->line, (int)span->column, (int)span->end_line,
			 (int)span->end_column);
}

static void set_call(struct graph_writer *writer, json_t *step, const struct ir_call *call)
{
	const char *name = call->macro ? call->macro : call->callee ? call->callee->name : NULL;

	json_object_set_new(step, "callee", make_text(writer, name));
	json_object_set_new(step, "isMacro", json_boolean(call->macro != NULL));
	json_object_set_new(step, "target", make_expr(writer, call->target));
	json_object_set_new(step, "args",
			    make_exprs(writer, (const struct ir_expr *const *)call->args, call->arg_count));
	json_object_set_new(step, "result", make_place(writer, call->result));
}

static void set_outputs(struct graph_writer *writer, json_t *step, const struct ir_insn *insn)
{
	json_t *outputs = json_array();

	for (int i = 0; i < insn->assembly.output_count; i++)
		json_array_append_new(outputs, make_place(writer, insn->assembly.outputs[i]));
	json_object_set_new(step, "outputs", outputs);
}

static void set_parts(struct graph_writer *writer, json_t *step, const struct ir_insn *insn)
{
	switch (insn->kind) {
	case IR_DECLARE:
		json_object_set_new(step, "var", json_integer(var_id(writer, insn->var)));
		break;
	case IR_ASSIGN:
		json_object_set_new(step, "place", make_place(writer, insn->assign.place));
		json_object_set_new(step, "value", make_expr(writer, insn->assign.value));
		break;
	case IR_ZERO:
		json_object_set_new(step, "place", make_place(writer, insn->assign.place));
		break;
	case IR_CALL:
		set_call(writer, step, &insn->call);
		break;
	case IR_ASM:
		set_outputs(writer, step, insn);
		break;
	case IR_BRANCH:
		json_object_set_new(step, "value", make_expr(writer, insn->branch.condition));
		break;
	case IR_SWITCH:
		json_object_set_new(step, "value", make_expr(writer, insn->select.value));
		break;
	default:
		break;
	}
}

static json_t *make_step(struct graph_writer *writer, const struct ir_insn *insn)
{
	static const char *const kinds[] = {
		[IR_DECLARE] = "declare", [IR_ASSIGN] = "assign",
		[IR_ZERO] = "zero",	  [IR_EVAL] = "eval",
		[IR_CALL] = "call",	  [IR_ASM] = "asm",
		[IR_BRANCH] = "branch",	  [IR_SWITCH] = "switch",
		[IR_RETURN] = "return",	  [IR_UNREACHABLE] = "unreachable",
	};
	const size_t kind_count = sizeof(kinds) / sizeof(kinds[0]);
	const char *kind = (size_t)insn->kind < kind_count ? kinds[insn->kind] : NULL;
	json_t *step = json_pack("{s:s, s:i, s:o, s:o, s:o}", "kind", kind ? kind : "other", "index", insn->index,
				 "place_at", make_span(&insn->span), "statement", make_span(&insn->stmt_span), "file",
				 make_text(writer, insn->span.file));

	set_parts(writer, step, insn);
	return step;
}

static json_t *make_block(struct graph_writer *writer, const struct cfg_block *block)
{
	static const char *const kinds[] = {
		[CFG_EDGE_PLAIN] = "plain",	  [CFG_EDGE_TRUE] = "true",	  [CFG_EDGE_FALSE] = "false",
		[CFG_EDGE_CASE] = "case",	  [CFG_EDGE_DEFAULT] = "default", [CFG_EDGE_EXCEPTION] = "exception",
		[CFG_EDGE_INDIRECT] = "indirect",
	};
	json_t *steps = json_array(), *edges = json_array();

	for (int i = 0; i < block->insn_count; i++)
		json_array_append_new(steps, make_step(writer, block->insns[i]));
	for (int i = 0; i < block->out_count; i++)
		json_array_append_new(edges, json_pack("{s:s, s:i, s:I, s:I}", "kind", kinds[block->out[i]->kind], "to",
						       block->out[i]->to, "low", (json_int_t)block->out[i]->low, "high",
						       (json_int_t)block->out[i]->high));
	return json_pack("{s:o, s:o}", "steps", steps, "edges", edges);
}

json_t *graph_json(struct arena *scratch, const struct cfg *cfg)
{
	const struct ir_function *function = cfg->function;
	struct graph_writer writer = { .arena = scratch,
				       .types = json_array(),
				       .vars = json_array(),
				       .type_ids = keymap_create(scratch),
				       .var_ids = keymap_create(scratch) };
	json_t *blocks = json_array();

	for (int i = 0; i < cfg->block_count; i++)
		json_array_append_new(blocks, make_block(&writer, cfg->blocks[i]));
	return json_pack("{s:o, s:o, s:i, s:i, s:o, s:o, s:o}", "function", make_text(&writer, function->name), "file",
			 make_text(&writer, function->span.file), "line", (int)function->span.line, "endLine",
			 (int)function->end_span.line, "types", writer.types, "vars", writer.vars, "blocks", blocks);
}
