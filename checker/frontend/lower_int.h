/* Private to the lowering: what lower_decl.c, lower_stmt.c, lower_expr.c, lower_init.c,
 * lower_call.c, lower_asm.c, lower_type.c, lower_cursor.c, lower_text.c and macros.c share.
 *
 * Each of them lowers one family of cursors, one function a cursor kind,
 * dispatched from a constant table. All state is in struct lower (one unit) and
 * struct body (one function); nothing outlives lower_unit(). */
#ifndef SO2_FRONTEND_LOWER_INT_H
#define SO2_FRONTEND_LOWER_INT_H

#include "base/c_text.h"
#include "base/intern.h"
#include "base/strmap.h"
#include "lower.h"

/* Trees deeper than this are cut (the function is then incomplete): lowering
 * recurses on the C stack, and so do the printers and passes that follow. */
#define LOWER_MAX_DEPTH 1000
/* Records nested deeper than this keep no field layout. */
#define LOWER_FIELD_DEPTH 4

/* ---- texts and macro places (lower_text.c, macros.c) ---------------------------------- */

/* A source file whose text was needed. Files that are only asked whether they
 * are the user's own have no text loaded. */
struct source {
	CXFile handle;
	const char *shown; /* interned */
	const char *text;  /* borrowed from libclang; NULL until loaded or when unreadable */
	size_t size;
	unsigned *lines; /* offset at which each line starts */
	int line_count;
	int last_line; /* of the last look-up: positions mostly ask for lines in order */
	bool is_user;
	bool is_loaded;
	struct keymap *invocations; /* offset -> struct invocation */
};

/* One use of a macro as written in a source file: `NAME` or `NAME(args)`. */
struct invocation {
	const char *name; /* interned; NULL: no identifier stands there */
	struct source *source;
	struct text_range range; /* with the parentheses */
	bool has_arguments;	 /* followed by `(` */
	bool is_event;	 /* in frontend_names.macros and followed by `(`, and not just the head of a statement */
	bool is_emitted; /* event was already lowered, or bindings already taken */
	struct text_range *args; /* trimmed of space and comments; filled by invocation_args() */
	int arg_count;
};

/* Where a cursor was written. */
struct origin {
	struct source *source; /* NULL when it has no place in a file */
	struct text_range range;
	struct invocation *within;  /* whole cursor comes from this macro use, else NULL */
	struct invocation *opening; /* its first token does (a loop whose header is a macro) */
};

/* Text as spelled, which for macro bodies is in the #define. */
struct spelled {
	const char *text; /* NULL when there is none (pasted tokens) */
	size_t size;
	unsigned begin;
};

struct lower;

struct source *source_of(struct lower *l, CXFile file);
bool source_load(struct lower *l, struct source *source);
struct span source_span(struct lower *l, struct source *source, struct text_range range);
/* Cheap: file of the cursor's expansion only, no text, no lines. */
struct source *cursor_source(struct lower *l, CXCursor cursor);
struct origin cursor_origin(struct lower *l, CXCursor cursor);
struct span origin_span(struct lower *l, const struct origin *origin);
struct spelled cursor_spelled(struct lower *l, CXCursor cursor);
/* The macro use that wrote the whole cursor, or NULL. */
struct invocation *cursor_use(struct lower *l, CXCursor cursor);
/* The same when the rule packs know its name. */
struct invocation *cursor_event(struct lower *l, CXCursor cursor);
void invocation_args(struct lower *l, struct invocation *invocation);
/* The use as a constant's text: `NAME` or `NAME(args)`. */
const char *invocation_text(struct lower *l, const struct invocation *invocation);
/* Name of the #define whose body contains the place, interned, or NULL. */
const char *defining_macro(struct lower *l, const struct spelled *place);
/* Fills cursors[i] with the expression that invocation->args[i] became inside
 * the expansion `root`, or a null cursor. */
void invocation_find_args(struct lower *l, CXCursor root, struct invocation *invocation, CXCursor *cursors);

bool text_starts(const struct spelled *spelled, const char *word);
/* Did an author who is not believed (compile_cmd.own_folder) write its first token, be it in a macro? */
bool is_author_text(struct lower *l, CXCursor cursor);
/* What is analysed need not be what is built, and why: a note of the unit. */
void note_gap(struct lower *l, CXCursor cursor, const char *text);

/* ---- state ---------------------------------------------------------------- */

struct label_name {
	const char *name;
	int label;
	bool is_placed;
};

/* asm goto: labels are known by name only, and resolved at the function's end. */
struct pending_asm {
	struct ir_insn *insn;
	const char **names;
	int count, capacity;
};

struct switch_frame {
	struct ir_switch_case *cases;
	int count, capacity;
	int default_label; /* -1: none seen */
};

struct error_place {
	struct source *source;
	unsigned offset;
	const char *text;
};

/* A statement expression whose value is being taken. */
struct open_expr {
	struct ir_scope *scope; /* outside of it */
	struct open_expr *outer;
	CXCursor end;
};

/* The function being lowered. */
struct body {
	struct ir_function *function;
	struct ir_scope *scope;
	struct switch_frame *select;		      /* innermost switch */
	int break_label, continue_label, leave_label; /* -1: none */
	struct keymap *labels;			      /* LabelStmt node -> label + 1 */
	struct label_name *names;
	int name_count, name_capacity;
	struct pending_asm *asms;
	int asm_count, asm_capacity;
	struct span stmt_span;
	const char *loop_macro; /* header of a loop written by a macro is being lowered */
	int cleanup_depth;	/* scopes around that run code on exit */
	int depth;
	int temp_count;
	struct open_expr *open_expr;
	struct invocation *use; /* macro use the cursors around come from, or NULL */
	bool has_errors;	/* parse errors stand in its text */
};

struct field_list {
	CXCursor *fields;
	int count;
	bool is_union;
};

struct queued_body {
	CXCursor cursor;
	struct ir_function *function;
};

struct pending_binding {
	struct ir_binding binding;
	const char *function_name; /* interned */
};

struct lower {
	struct arena *arena;   /* the unit's */
	struct arena *scratch; /* cursors, maps: freed at the end */
	struct intern_pool *pool;
	CXTranslationUnit tu;
	const char *block_path, *block_text; /* see struct parsed_unit */
	const struct compile_cmd *cmd;	     /* NULL: of a test */
	const struct roots *roots;
	struct ir_unit *unit;
	struct body *body; /* NULL at file scope */

	struct keymap *events;	     /* interned macro name -> non-NULL */
	struct keymap *sources;	     /* CXFile -> source */
	struct keymap *types;	     /* CXType -> ir_type */
	struct keymap *pointers;     /* ir_type -> pointer to it */
	struct keymap *fields;	     /* canonical record CXType -> field_list */
	struct keymap *has_pointers; /* canonical CXType -> non-NULL when it holds pointers */
	struct keymap *vars;	     /* declaration node -> ir_var */
	struct keymap *functions;    /* declaration node -> ir_function */
	struct keymap *names;	     /* interned name -> ir_function */
	struct source *main;
	const char *main_folder, *shown_folder; /* with the slash; may be "" */
	size_t main_folder_length;
	struct source *last_source;

	/* children of the cursor being visited, reused (see cursor_kids) */
	CXCursor *kid_buffer;
	int kid_count, kid_capacity;

	CXCursor *tops; /* declarations of the user's files, in order */
	int top_count, top_capacity;
	struct queued_body *queue;
	int queue_count, queue_capacity;
	struct pending_binding *bindings;
	int binding_count, binding_capacity;
	struct error_place *errors;
	int error_count, error_capacity;
	int init_depth;
	bool lacks_name; /* see lower_unit() */

	const struct ir_type *type_unknown, *type_int, *type_void;
};

/* ---- libclang helpers (lower_cursor.c) ---------------------------------------- */

struct kids {
	CXCursor *at;
	int count;
};

/* Direct children, copied to the scratch arena. */
struct kids cursor_kids(struct lower *l, CXCursor cursor);
/* Copies and disposes; interned. The only places where CXStrings are read. */
const char *take_string(struct lower *l, CXString string);
const char *cursor_name(struct lower *l, CXCursor cursor);
/* Identity of the declaration or statement a cursor stands for. */
uint64_t decl_key(CXCursor cursor);
uint64_t stmt_key(CXCursor cursor);
uint64_t type_key(CXType type);
bool cursor_is_null(CXCursor cursor);
/* Without parentheses, implicit casts and __extension__. */
CXCursor cursor_strip(struct lower *l, CXCursor cursor);
/* The integer clang computes for an expression. */
bool cursor_evaluate(CXCursor cursor, int64_t *value);
/* An UnexposedExpr that is an implicit cast: one child that starts at the same token. */
bool cursor_is_implicit_cast(CXCursor cursor, const struct kids *kids);
/* An expression clang could not type (wrong argument count, undeclared name). */
bool cursor_is_recovery(CXCursor cursor);

/* ---- types (lower_type.c) ------------------------------------------------------ */

const struct ir_type *type_of(struct lower *l, CXType type);
const struct ir_type *cursor_type(struct lower *l, CXCursor cursor);
const struct ir_type *type_pointer_to(struct lower *l, const struct ir_type *target);
const struct ir_type *type_plain_int(struct lower *l, const char *spelling, int64_t size, bool is_unsigned);
/* Array and function parameters are pointers. */
const struct ir_type *type_adjusted(struct lower *l, const struct ir_type *type);
/* The record's fields become known (for locals held by value). */
void type_fill_fields(struct lower *l, CXType type, int depth);
/* The same of a record that type_of made of this type, under whatever name. */
void type_fill_record(struct lower *l, const struct ir_type *record, CXType type, int depth);
const struct field_list *type_fields(struct lower *l, CXType type);
const char *record_tag(struct lower *l, CXCursor declaration);
/* The type or a part of it is a pointer: an initialiser may name functions. */
bool type_has_pointers(struct lower *l, CXType type, int depth);
int64_t type_truncate(const struct ir_type *type, int64_t value);

/* ---- expressions (lower_make.c, lower_expr.c, lower_place.c, lower_flow.c, lower_call.c) ---- */

const struct ir_expr *lower_value(struct lower *l, CXCursor cursor);
const struct ir_place *lower_place(struct lower *l, CXCursor cursor);
/* The expression as a statement: its value is dropped. */
void lower_effect(struct lower *l, CXCursor cursor);
/* 1: always true, 0: always false (the other label is never jumped to), -1: depends. */
int lower_condition(struct lower *l, CXCursor cursor, int on_true, int on_false);
/* Notes that what is lowered now belongs to this cursor's macro use; the former one. */
struct invocation *use_enter(struct lower *l, CXCursor cursor);
/* place = cursor, without a temporary when it can be avoided. */
void lower_into(struct lower *l, CXCursor cursor, const struct ir_place *place, bool is_init);
/* Pure operand of sizeof: nothing is emitted; NULL when it has side effects. */
const struct ir_expr *lower_unevaluated(struct lower *l, CXCursor cursor);

struct ir_expr *expr_new(struct lower *l, enum ir_expr_kind kind, const struct ir_type *type, CXCursor cursor);
const struct ir_expr *expr_unknown(struct lower *l, CXCursor cursor);
const struct ir_expr *expr_int(struct lower *l, int64_t value, const struct ir_type *type, CXCursor cursor);
const struct ir_expr *expr_load(struct lower *l, const struct ir_place *place, CXCursor cursor);
const struct ir_expr *expr_address(struct lower *l, const struct ir_place *place, CXCursor cursor);
const struct ir_expr *expr_convert(struct lower *l, const struct ir_expr *expr, const struct ir_type *type,
				   CXCursor cursor);
const struct ir_expr *expr_binary(struct lower *l, enum ir_binary op, const struct ir_expr *left,
				  const struct ir_expr *right, const struct ir_type *type, CXCursor cursor);
bool expr_constant(const struct ir_expr *expr, int64_t *value);
bool expr_is_boolean(const struct ir_expr *expr);
bool expr_converts_constant(const struct ir_expr *expr, const struct ir_type *type);
bool expr_folds(const struct ir_expr *made, const struct ir_expr *left, const struct ir_expr *right);
const struct ir_place *place_of_var(struct lower *l, struct ir_var *var, CXCursor cursor);
const struct ir_place *place_deref(struct lower *l, const struct ir_expr *pointer, const struct ir_type *type,
				   CXCursor cursor);
struct ir_var *temp_new(struct lower *l, const struct ir_type *type, CXCursor cursor);

/* Assignments and increments whose value is dropped; false: it is none. */
bool lower_operator_effect(struct lower *l, CXCursor cursor);

/* How the result of a call (or of anything that may be one) is used. */
struct want {
	const struct ir_place *result; /* put it there */
	bool wants_value;	       /* an expression is needed */
	bool is_void_cast;
};

/* CallExpr, or the recovery form of one. The value, or NULL when none is wanted
 * or the result went to want->result. */
const struct ir_expr *lower_call(struct lower *l, CXCursor cursor, const struct want *want);
bool cursor_is_call(struct lower *l, CXCursor cursor);
bool cursor_is_expect(const char *name); /* __builtin_expect and its variant */
/* A macro event as one IR_CALL. */
const struct ir_expr *lower_event(struct lower *l, CXCursor cursor, struct invocation *event, const struct want *want);
/* All but the value: statements, then the value's cursor; null when it has none. */
CXCursor lower_stmt_expr_head(struct lower *l, CXCursor cursor);
void lower_stmt_expr_tail(struct lower *l);

/* ---- initialisers (lower_init.c) ------------------------------------------ */

void lower_initialiser(struct lower *l, CXCursor init, CXType type, const struct ir_place *place);
/* The fields that the initialiser of a static variable names. */
void lower_set_fields(struct lower *l, CXCursor init, CXType type, struct ir_var *var);
/* Functions bound to fields by the initialiser of a static variable. */
void lower_static_initialiser(struct lower *l, CXCursor init, CXType type, const char *object);

/* ---- statements (lower_stmt.c) -------------------------------------------- */

void lower_stmt(struct lower *l, CXCursor cursor);
void lower_body(struct lower *l, CXCursor function_cursor, struct ir_function *function);
struct ir_insn *emit(struct lower *l, enum ir_insn_kind kind, CXCursor cursor);
void emit_jump(struct lower *l, int label, CXCursor cursor);
void emit_label(struct lower *l, int label, CXCursor cursor);
void emit_assign(struct lower *l, const struct ir_place *place, const struct ir_expr *value, bool is_init,
		 CXCursor cursor);
void emit_branch(struct lower *l, const struct ir_expr *condition, int on_true, int on_false, CXCursor cursor);
int label_new(struct lower *l);
int label_of(struct lower *l, CXCursor label_stmt);
void body_incomplete(struct lower *l, const char *reason);
/* Steps that follow are of this statement; of a compound one, of its head up to head_end. */
void stmt_enter(struct lower *l, CXCursor cursor, const CXCursor *head_end);
/* SEHTryStmt (lower_seh.c). */
void lower_seh(struct lower *l, CXCursor cursor);
/* GCCAsmStmt and MSAsmStmt (lower_asm.c). */
void lower_asm(struct lower *l, CXCursor cursor);
/* Notes what an author's assembly may do out of sight. */
void judge_asm(struct lower *l, CXCursor cursor);
void resolve_asm_labels(struct lower *l);
/* Removes labels and jumps without use (lower_tidy.c). */
void tidy_body(struct lower *l);
/* Bindings from assignments of functions to fields (lower_bind.c). */
void bind_assigned(struct lower *l, const struct ir_function *function);
/* Code sections of the bodies, from pragmas (lower_section.c). */
void read_code_sections(struct lower *l);
/* PAGE of `code_seg("PAGE")`, interned; NULL when the text is something else. */
const char *section_of_attribute(struct lower *l, const struct spelled *spelled);

/* ---- declarations (lower_decl.c) ------------------------------------------ */

void lower_decl_stmt(struct lower *l, CXCursor cursor);
/* Variables and functions by the declaration a DeclRefExpr names. */
struct ir_var *var_of(struct lower *l, CXCursor declaration);
struct ir_function *function_of(struct lower *l, CXCursor declaration);
struct ir_function *function_named(struct lower *l, const char *interned_name);
void binding_add(struct lower *l, const char *record, const char *field, struct ir_function *function,
		 const char *object, CXCursor cursor);

#endif
