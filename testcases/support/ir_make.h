/* Writes IR by hand, for tests of the stages after the frontend.
 *
 * One function is under construction at a time. Each step gets its own line
 * number (its index + 1), so that tests can tell steps apart by their span. */
#ifndef SO2_TEST_IR_MAKE_H
#define SO2_TEST_IR_MAKE_H

#include "base/intern.h"
#include "ir/ir.h"

struct maker {
	struct arena *arena;
	struct intern_pool *pool;
	struct ir_unit *unit;
	struct ir_function *function;
	struct ir_scope *scope; /* of the next step */
	const struct ir_type *type_int, *type_unsigned, *type_record, *type_pointer;
};

void maker_begin(struct maker *m); /* a unit with the empty function "f" */
void maker_end(struct maker *m);
/* The same on memory of the caller's; without maker_end(). */
void maker_begin_in(struct maker *m, struct arena *arena, struct intern_pool *pool);
/* The next one: from now on it is under construction. */
void make_function(struct maker *m, const char *name);

struct ir_var *make_param(struct maker *m, const char *name, const struct ir_type *type);
struct ir_var *make_local(struct maker *m, const char *name, const struct ir_type *type);
struct ir_function *make_callee(struct maker *m, const char *name);

const struct ir_expr *make_int(struct maker *m, int64_t value);
const struct ir_expr *make_load(struct maker *m, struct ir_var *var);
const struct ir_expr *make_address(struct maker *m, const struct ir_place *place);
const struct ir_expr *make_binary(struct maker *m, enum ir_binary op, const struct ir_expr *left,
				  const struct ir_expr *right);
const struct ir_expr *make_unary(struct maker *m, enum ir_unary op, const struct ir_expr *operand);
const struct ir_expr *make_cast(struct maker *m, const struct ir_type *type, const struct ir_expr *operand,
				bool is_explicit);
const struct ir_place *make_var(struct maker *m, struct ir_var *var);
const struct ir_place *make_deref(struct maker *m, const struct ir_expr *pointer);
const struct ir_place *make_field(struct maker *m, const struct ir_place *base, const char *field);
const struct ir_place *make_index(struct maker *m, const struct ir_place *base, const struct ir_expr *index);
/* p->field */
const struct ir_place *make_arrow(struct maker *m, struct ir_var *pointer, const char *field);
const struct ir_expr *make_read(struct maker *m, const struct ir_place *place);

int make_new_label(struct maker *m);
struct ir_insn *make_step(struct maker *m, enum ir_insn_kind kind);
void make_label(struct maker *m, int label);
void make_jump(struct maker *m, int label);
void make_branch(struct maker *m, const struct ir_expr *condition, int on_true, int on_false);
void make_assign(struct maker *m, struct ir_var *var, const struct ir_expr *value);
void make_store(struct maker *m, const struct ir_place *place, const struct ir_expr *value);
/* name(), name(argument) or result = name(): argument and result may be NULL. */
void make_call(struct maker *m, struct ir_var *result, const char *name, const struct ir_expr *argument);
void make_return(struct maker *m, const struct ir_expr *value);
void make_declare(struct maker *m, struct ir_var *var);
/* switch: then add arms one by one */
struct ir_insn *make_switch(struct maker *m, const struct ir_expr *value, int default_label);
void make_case(struct maker *m, struct ir_insn *select, int64_t low, int64_t high, int label);

/* Opens a scope and makes it that of the next steps; a handler label is made
 * for TRY and FINALLY. */
struct ir_scope *make_scope_begin(struct maker *m, enum ir_scope_kind kind);
void make_scope_end(struct maker *m);
/* TRY_END, then the label of the finally body. */
void make_finally_body(struct maker *m, struct ir_scope *scope);
void make_finally_end(struct maker *m, struct ir_scope *scope);
/* Declares a variable of the current scope that `cleanup` runs on. */
struct ir_var *make_guard(struct maker *m, const char *name, const char *cleanup);

#endif
