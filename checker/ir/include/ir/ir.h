/* The one model of a translation unit that all later stages share.
 *
 * The frontend makes it from libclang's AST; nothing here knows of libclang.
 * A function body is a flat list of steps (struct ir_insn) with labels and
 * jumps; checker/cfg turns it into blocks and edges. Expressions are pure trees
 * over *places*: calls, assignments, increments, short-circuit operators, ?:
 * and statement expressions have all become steps of their own, with temporary
 * variables for their values. (The split of pure expressions, places and steps
 * is that of CIL: Necula et al., CC 2002.)
 *
 * Lifetime: everything hangs on the unit's arena; names and file names are
 * interned in the run's pool, so they compare by pointer. */
#ifndef SO2_IR_IR_H
#define SO2_IR_IR_H

#include "base/arena.h"
#include "base/span.h"
#include "base/strmap.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* ---- types ------------------------------------------------------------ */

enum ir_type_kind {
	IR_TYPE_UNKNOWN, /* could not be understood; be silent about it */
	IR_TYPE_VOID,
	IR_TYPE_BOOL,
	IR_TYPE_INT, /* also char, enum */
	IR_TYPE_FLOAT,
	IR_TYPE_POINTER,
	IR_TYPE_ARRAY,
	IR_TYPE_RECORD, /* struct or union */
	IR_TYPE_FUNCTION,
};

/* Address spaces of the pointee, from the annotations of the sources. */
enum ir_space { IR_SPACE_KERNEL, IR_SPACE_USER, IR_SPACE_IOMEM, IR_SPACE_PERCPU, IR_SPACE_RCU };

struct ir_field {
	const char *name; /* NULL for an anonymous member */
	const struct ir_type *type;
	int64_t bit_offset; /* -1 when unknown */
	bool is_bitfield;
};

struct ir_type {
	enum ir_type_kind kind;
	const char *spelling; /* as the user would write it, interned */
	int64_t size;	      /* bytes, -1 when unknown */
	bool is_unsigned;     /* INT */
	bool is_const;
	bool is_union;		      /* RECORD */
	bool in_user_file;	      /* RECORD: declared in the driver's own files, not a system / kernel header */
	bool is_enum;		      /* INT */
	enum ir_space space;	      /* POINTER: where the pointee lives */
	const struct ir_type *target; /* POINTER, ARRAY: element; FUNCTION: result */
	int64_t count;		      /* ARRAY: elements, -1 when unknown */
	const char *tag;	      /* RECORD, enum: tag or typedef name, interned; may be NULL */
	const char *typedef_name;     /* outermost typedef the user wrote, interned; may be NULL */
	/* RECORD: filled only for types of local variables held by value (and records
	 * nested in them), of the operand of sizeof, and for the driver's own records
	 * of which a member that is a record or an array is used; else field_count is -1. */
	const struct ir_field *fields;
	int field_count;
	/* FUNCTION */
	const struct ir_type *const *params;
	int param_count; /* -1 when unknown (implicit declaration) */
	bool is_variadic;
};

/* ---- declarations ------------------------------------------------------ */

/* An annotation the sources carry: `__acquires(x)` is {"acquires", "x"},
 * `__must_check` {"must_check", NULL}, SAL likewise. Both interned. */
struct ir_annotation {
	const char *name, *argument;
	const char *written; /* as its author wrote it, `__acquires(x)`; NULL: not known. Interned */
	struct span span;    /* where */
};

enum ir_var_kind {
	IR_VAR_LOCAL,
	IR_VAR_PARAM,
	IR_VAR_STATIC_LOCAL, /* function scope, lives for ever */
	IR_VAR_GLOBAL,	     /* file scope or extern */
	IR_VAR_TEMP,	     /* made by lowering, holds a call's or ?:'s value */
	IR_VAR_SELECTOR,     /* made by cfg: which way a __finally leaves; always a constant */
};

struct ir_var {
	const char *name; /* interned; temporaries are "$1", "$2"... */
	const struct ir_type *type;
	enum ir_var_kind kind;
	/* 0.. and dense per function for LOCAL, PARAM, TEMP, SELECTOR, STATIC_LOCAL. GLOBAL: place in
	 * unit->globals; once linked, only different from the ids of the module's other globals. */
	int id;
	int param; /* PARAM: its index, else -1 */
	struct span span;
	bool address_taken;  /* `&v` occurs, or v is an array or record that is used by address */
	bool is_static;	     /* GLOBAL: not visible to other units */
	bool is_defined;     /* GLOBAL: the unit has its definition, not only `extern` */
	bool is_initialised; /* GLOBAL, STATIC_LOCAL: its definition gives a value */
	bool is_thread_or_percpu;
	struct ir_function *cleanup;	   /* __attribute__((cleanup(f))), else NULL */
	struct ir_annotation *annotations; /* PARAM */
	int annotation_count;
	/* Variables of static storage with an initialiser all of whose parts are designated (`.owner = ...`):
	 * the fields of the record that it names. Else none. */
	const char **set_fields;
	int set_field_count;
	struct ir_var *linked_to; /* GLOBAL: what ir_module_link replaced it by; NULL: nothing did */
};

/* Where a function's name was bound to a role: an ops field in an initialiser
 * (record "file_operations", field "read"), or a registering macro
 * (record NULL, field "module_init"), or to no role: a variable's initialiser
 * (both NULL). */
struct ir_binding {
	const char *record, *field;
	struct ir_function *function;
	const char *object; /* the variable initialised, or NULL */
	struct span span;
};

/* A field that the initialiser of some static object gives a value. */
struct ir_initialised {
	const char *record, *field; /* field NULL: perhaps any of the record's */
};

/* A parameter as some declaration of the function names it: annotations speak
 * in these names, and a prototype's own are in no ir_var. */
struct ir_declared_param {
	const char *name; /* interned; NULL: it has none there */
	int index;
	const struct ir_type *type;
	struct ir_annotation *annotations;
	int annotation_count;
};

struct ir_function {
	struct ir_unit *unit; /* that it is declared in; of a linked one, the unit that defines it */
	const char *name;     /* interned */
	const struct ir_type *type;
	struct span span;     /* of the name in the declaration that has the body, else the first one */
	struct span end_span; /* closing brace when defined */
	struct ir_var **params;
	int param_count;
	bool is_static, is_inline, is_variadic, is_noreturn;
	bool is_implicit;   /* called without a declaration */
	bool in_user_file;  /* declared or defined in the driver's own files, not a system / kernel header */
	bool address_taken; /* used other than as a direct callee */
	bool has_body;	    /* and the body was lowered */
	bool is_incomplete; /* a construct could not be lowered: see incomplete_reason; analyses may skip it */
	const char *incomplete_reason;
	bool is_shared;		       /* linked: several units of the module declare it, so callers may be in any */
	struct ir_function *linked_to; /* what ir_module_link replaced this declaration by; NULL: nothing did */
	struct ir_annotation *annotations;
	int annotation_count;
	struct ir_declared_param *declared; /* what all its declarations say, each name of a parameter once */
	int declared_count, declared_capacity;
	const char *
		code_section; /* section the sources put it in (alloc_text, code_seg), interned; NULL: the default one */
	/* body, when has_body: */
	struct ir_var **vars; /* all variables with a per-function id, indexed by id (params first) */
	int var_count, var_capacity;
	struct ir_scope **scopes; /* scopes[0] is the function's outermost */
	int scope_count, scope_capacity;
	struct ir_insn **insns; /* in source order */
	int insn_count, insn_capacity;
	int label_count; /* labels are 0 .. label_count-1 */
};

/* ---- expressions and places --------------------------------------------- */

enum ir_expr_kind {
	IR_EXPR_UNKNOWN,    /* opaque value */
	IR_EXPR_INT,	    /* integer, character, enum constant; value in .value */
	IR_EXPR_FLOAT,	    /* value not kept */
	IR_EXPR_STRING,	    /* literal; text in .text */
	IR_EXPR_FUNCTION,   /* address of a function */
	IR_EXPR_LABEL_ADDR, /* GNU &&label; .label */
	IR_EXPR_LOAD,	    /* value of a place */
	IR_EXPR_ADDRESS,    /* address of a place; also array-to-pointer decay (.is_decay) */
	IR_EXPR_UNARY,
	IR_EXPR_BINARY,
	IR_EXPR_CAST,	/* explicit cast the user wrote, or an implicit one that changes the type's kind */
	IR_EXPR_SIZEOF, /* value in .value (-1 unknown); what was measured in .measured */
};

enum ir_unary {
#define IR_UNARY(name, text) IR_UNARY_##name,
#include "ir/ops.def"
};
enum ir_binary {
#define IR_BINARY(name, text) IR_BINARY_##name,
#include "ir/ops.def"
};

struct ir_expr {
	enum ir_expr_kind kind;
	const struct ir_type *type;
	struct span span; /* in the user's file: expansion place when in a macro */
	/* Outermost macro this expression was written by (GFP_KERNEL), or the name
	 * of the enum constant an INT is; interned; NULL: none. */
	const char *macro;
	const char *enumeration; /* INT: tag of the enumeration that it is a constant of, interned; NULL */
	union {
		int64_t value;		      /* INT */
		const char *text;	      /* STRING: interned, unescaped is not needed */
		struct ir_function *function; /* FUNCTION */
		int label;		      /* LABEL_ADDR */
		const struct ir_place *place; /* LOAD, ADDRESS */
		struct {
			int op;				    /* enum ir_unary or ir_binary */
			const struct ir_expr *left, *right; /* right NULL for UNARY */
		} op;
		struct {
			const struct ir_expr *operand;
			bool is_explicit;
			bool is_force; /* __force: the author waives the address-space check */
		} cast;
		struct {
			int64_t value;
			const struct ir_type *measured;
			const struct ir_expr *operand; /* sizeof expr: pure, never evaluated; NULL for sizeof(type) */
		} size;
	};
	bool is_decay; /* ADDRESS */
};

enum ir_place_kind {
	IR_PLACE_VAR,
	IR_PLACE_DEREF, /* *pointer; p->f is FIELD(DEREF(p)) */
	IR_PLACE_FIELD,
	IR_PLACE_INDEX, /* a[i] of an array object; p[i] of a pointer is DEREF(p + i) with index kept: see is_subscript */
};

struct ir_place {
	enum ir_place_kind kind;
	const struct ir_type *type;
	struct span span;
	union {
		struct ir_var *var;	       /* VAR */
		const struct ir_expr *pointer; /* DEREF */
		struct {
			const struct ir_place *base; /* FIELD, INDEX */
			const char *field; /* FIELD: interned; anonymous members are skipped (a.b, not a.<anon>.b) */
			const struct ir_expr *index; /* INDEX */
		} part;
	};
	bool is_subscript; /* DEREF written p[i] */
	bool is_arrow;	   /* DEREF written p->f */
};

/* ---- steps ---------------------------------------------------------------- */

enum ir_insn_kind {
	IR_DECLARE,	  /* the variable comes to life, uninitialised (an initialiser follows as ASSIGNs) */
	IR_ASSIGN,	  /* place = value */
	IR_ZERO,	  /* place is filled with zero bytes: `= {}` before its explicit members, or = {0} */
	IR_EVAL,	  /* value is computed and dropped (its loads happen) */
	IR_CALL,	  /* [result =] callee(args): see struct ir_call */
	IR_ASM,		  /* inline assembly: outputs become unknown, goto labels possible */
	IR_LABEL,	  /* label */
	IR_JUMP,	  /* label */
	IR_BRANCH,	  /* if (condition) on_true else on_false; condition has no side effects */
	IR_SWITCH,	  /* on value */
	IR_COMPUTED_JUMP, /* goto *value: to any label whose address is taken */
	IR_RETURN,	  /* value or NULL */
	IR_SCOPE_ENTER,
	IR_SCOPE_EXIT, /* falls out of the scope: its cleanups run; cfg expands them */
	IR_TRY_BEGIN,  /* SEH: handler is scope->handler_label; see struct ir_scope */
	IR_TRY_END,
	IR_FINALLY_END, /* end of a __finally body: control goes on where it was going */
	IR_UNREACHABLE, /* __builtin_unreachable, after a noreturn call */
};

/* A lexical scope that matters for control flow.
 *
 * In the list of steps the scopes nest like brackets: SCOPE_ENTER opens a BLOCK
 * and SCOPE_EXIT closes it; TRY_BEGIN opens a TRY or FINALLY and TRY_END closes
 * it, on every scope but scopes[0], which is open throughout. A step's scope is
 * the innermost one open at its place (an opening or closing step may name
 * either side). The code at handler_label belongs to the scope around the
 * __try. SEH statements are laid out so:
 *
 *	TRY_BEGIN t; body; TRY_END t; JUMP after; LABEL handler; filter, handler; LABEL after
 *	TRY_BEGIN f; body; TRY_END f; LABEL handler; finally body; FINALLY_END f; what follows
 *
 * Falling off TRY_END of a FINALLY scope runs the finally body and goes on
 * after its FINALLY_END. */
enum ir_scope_kind {
	IR_SCOPE_BLOCK,	  /* owns variables with cleanup */
	IR_SCOPE_TRY,	  /* body of __try ... __except: filter and handler at handler_label */
	IR_SCOPE_FINALLY, /* body of __try ... __finally: the finally body at handler_label */
};

struct ir_scope {
	int id;
	enum ir_scope_kind kind;
	struct ir_scope *parent;  /* NULL for scopes[0] */
	int handler_label;	  /* TRY, FINALLY; else -1 */
	bool handles_nothing;	  /* TRY: its filter always says to search on */
	struct ir_var **cleanups; /* BLOCK: variables with cleanup, in order of declaration */
	int cleanup_count, cleanup_capacity;
};

struct ir_call {
	struct ir_function *callee;   /* direct callee; NULL for a call through a pointer or a macro event */
	const struct ir_expr *target; /* the called expression when indirect, else NULL */
	/* A macro that the rule packs know, kept whole as one event
	 * (get_user, spin_lock_irqsave): its name, interned; NULL otherwise. */
	const char *macro;
	const struct ir_expr **args; /* a macro argument that could not be found is IR_EXPR_UNKNOWN */
	int arg_count;
	const struct ir_place *result; /* where the value goes; NULL when dropped or void */
	bool is_void_cast;	       /* `(void)f()`: the author drops the result on purpose */
	bool is_cleanup;	       /* inserted by cfg at a scope exit */
};

struct ir_switch_case {
	int64_t low, high; /* inclusive; GNU ranges */
	int label;
};

struct ir_insn {
	enum ir_insn_kind kind;
	int index;	       /* position in function->insns (cfg's own steps continue after them) */
	struct span span;      /* in the user's file */
	struct span stmt_span; /* of the whole enclosing statement */
	const char *macro;  /* outermost macro this step was written by (list_for_each_entry), interned; NULL: none */
	bool is_macro_loop; /* part of the init / condition / increment of a loop whose header a macro wrote */
	struct ir_scope *scope;
	union {
		struct ir_var *var; /* DECLARE */
		struct {
			const struct ir_place *place; /* ASSIGN, ZERO */
			const struct ir_expr *value;  /* ASSIGN, EVAL, SWITCH, COMPUTED_JUMP, RETURN (may be NULL) */
			bool is_init;		      /* ASSIGN: initialiser of a declaration */
		} assign;
		struct ir_call call;
		struct {
			const struct ir_place **outputs;
			int output_count;
			const struct ir_expr **inputs;
			int input_count;
			int *labels; /* asm goto */
			int label_count;
		} assembly;
		int label; /* LABEL, JUMP */
		struct {
			const struct ir_expr *condition;
			int on_true, on_false; /* labels */
		} branch;
		struct {
			const struct ir_expr *value;
			struct ir_switch_case *cases;
			int case_count;
			int default_label; /* always valid: the end of the switch when there is no default */
		} select;
		struct ir_scope *opened; /* SCOPE_ENTER, SCOPE_EXIT, TRY_BEGIN, TRY_END, FINALLY_END */
	};
};

/* ---- unit -------------------------------------------------------------------- */

/* Something the report must say of the unit: a stubbed name, a missing header. */
struct ir_note {
	struct span span;
	const char *text;
	bool is_gap; /* what was analysed need not be what is built */
};

/* A call with more arguments than the name takes today; the others were left out. */
struct ir_old_call {
	const char *name; /* interned */
	int arg_count;	  /* as written */
	struct span span;
};

/* Value of a named constant the rule packs asked for (__GFP_DIRECT_RECLAIM),
 * as the unit's own headers define it. */
struct ir_constant {
	const char *name;
	int64_t value;
};

struct ir_unit {
	struct arena *arena;
	const char *file; /* main file, interned, as the user gave it */
	const char *os;	  /* "linux" or "windows": whose rules apply; NULL: all */
	struct ir_function **functions;
	int function_count, function_capacity; /* declared and defined, each name once */
	struct ir_var **globals;
	int global_count, global_capacity;
	struct ir_binding *bindings;
	int binding_count, binding_capacity;
	struct ir_initialised *initialised; /* each once */
	int initialised_count, initialised_capacity;
	const char **file_macros; /* that declare a variable at file level (MODULE_LICENSE); each once, interned */
	int file_macro_count, file_macro_capacity;
	struct ir_constant *constants;
	int constant_count, constant_capacity;
	struct ir_old_call *old_calls;
	int old_call_count, old_call_capacity;
	struct ir_note *notes;
	int note_count, note_capacity;
	struct keymap *function_by_name; /* index of functions, kept by ir_function_create */
};

/* The units that are linked into one driver. Linking (ir_module_link) makes
 * one function or variable of those that several units declare: calls and
 * references go to the definition. */
struct ir_module {
	struct arena *arena;
	const char *name; /* of the driver, or of its only file */
	const char *os;	  /* as ir_unit.os: all units agree */
	struct ir_unit **units;
	int unit_count, unit_capacity;
	bool is_whole; /* no function of the driver's own files is called that no unit defines */
	/* The same, or the build says that no file is missing: what is called and not defined is another module's. */
	bool is_complete;
};

/* ---- building (frontend, cfg and tests) ---------------------------------- */

struct ir_unit *ir_unit_create(struct arena *arena, const char *file);
struct ir_module *ir_module_create(struct arena *arena, const char *name);
void ir_module_add(struct ir_module *module, struct ir_unit *unit);
/* Joins the units, once all are added: a declaration that another unit defines
 * (or, where none does, that another unit declares too) gives way to that one
 * in calls, expressions, bindings and cleanups, in the lists of its unit and in
 * ir_function_find. What two units define is left alone. Says in is_whole what
 * can be said from the units. */
void ir_module_link(struct ir_module *module);
struct ir_function *ir_function_find(const struct ir_unit *unit, const char *interned_name);
struct ir_function *ir_function_create(struct ir_unit *unit, const char *interned_name);
/* A variable with a per-function id (function != NULL) or a global. */
struct ir_var *ir_var_create(struct ir_unit *unit, struct ir_function *function, enum ir_var_kind kind,
			     const char *interned_name, const struct ir_type *type);
struct ir_scope *ir_scope_create(struct arena *arena, struct ir_function *function, enum ir_scope_kind kind,
				 struct ir_scope *parent);
/* The innermost __try with an __except around (or at) the scope, or NULL. */
const struct ir_scope *ir_scope_try(const struct ir_scope *scope);
/* Appends a step; the caller fills the union. */
struct ir_insn *ir_insn_append(struct arena *arena, struct ir_function *function, enum ir_insn_kind kind,
			       struct span span);
int ir_label_create(struct ir_function *function);
/* As ir_var_create for a variable of a function, on an arena of the caller's. */
struct ir_var *ir_local_create(struct arena *arena, struct ir_function *function, enum ir_var_kind kind,
			       const char *name, const struct ir_type *type);

struct ir_expr *ir_expr_create(struct arena *arena, enum ir_expr_kind kind, const struct ir_type *type,
			       struct span span);
struct ir_expr *ir_expr_int(struct arena *arena, int64_t value, const struct ir_type *type, struct span span);
struct ir_expr *ir_expr_load(struct arena *arena, const struct ir_place *place, struct span span);
struct ir_expr *ir_expr_binary(struct arena *arena, enum ir_binary op, const struct ir_expr *left,
			       const struct ir_expr *right, const struct ir_type *type, struct span span);
struct ir_place *ir_place_var(struct arena *arena, struct ir_var *var, struct span span);
struct ir_place *ir_place_deref(struct arena *arena, const struct ir_expr *pointer, struct span span);
struct ir_place *ir_place_field(struct arena *arena, const struct ir_place *base, const char *interned_field,
				const struct ir_type *type, struct span span);

/* ---- printing and checking ---------------------------------------------- */

/* C-like text of an expression or place, as a user would write it
 * (`dev->lock`, `&dev->lock`); temporaries print as the call they hold is not
 * known here, so callers avoid them. Allocated on the arena. */
const char *ir_expr_text(struct arena *arena, const struct ir_expr *expr);
const char *ir_place_text(struct arena *arena, const struct ir_place *place);
const char *ir_insn_text(struct arena *arena, const struct ir_insn *insn);
void ir_print_function(FILE *out, const struct ir_function *function);
void ir_print_unit(FILE *out, const struct ir_unit *unit);

/* Checks the invariants of a lowered function: no label placed twice and all
 * uses of labels to placed ones, types present, ids dense, scopes nested as
 * described at struct ir_scope, variables the function's own or global, calls
 * with a callee, target or macro. NULL when it holds, else what is broken (on
 * the arena). */
const char *ir_verify_function(struct arena *arena, const struct ir_function *function);

#endif
