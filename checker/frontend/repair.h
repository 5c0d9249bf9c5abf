/* Repairing sources that do not fit the headers at hand.
 *
 * A driver written for another kernel has errors, and around each of them
 * libclang drops calls, statements and whole initialisers. From the errors of
 * one parse this module makes what the next parse is given: a prelude of stub
 * declarations, and source texts in which what cannot be saved is blanked out
 * (blanks keep all lines and columns). Pure text work: no libclang here, so
 * that it is tested from written-down diagnostics. */
#ifndef SO2_FRONTEND_REPAIR_H
#define SO2_FRONTEND_REPAIR_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

/* Before the tag of a record that a stub type stands for. */
#define STUB_TAG_PREFIX "so2check_stub_"

/* One error of a parse, at the place where the user's text stands. */
struct parse_error {
	const char *message;
	const char *note; /* text of its first note, or NULL */
	const char *path; /* file as libclang names it; NULL when it has no place */
	const char *text; /* that file's text as parsed, NUL-terminated; NULL: do not edit it */
	size_t length;
	struct span span; /* span.file as shown to the user */
	size_t offset;
};

enum stub_kind {
	STUB_VALUE,    /* extern int X */
	STUB_CONSTANT, /* enum { X }: where a constant expression is required */
	STUB_FUNCTION, /* extern int X(): an address constant */
	STUB_SCALAR,   /* typedef of an integer that holds a pointer */
	STUB_OPAQUE,   /* typedef struct ... X: only pointers to it are used, or its members are known */
	STUB_POINTER,  /* typedef struct ... *X: its members are used */
	STUB_RECORD,   /* struct X with the members that are used */
	STUB_UNION,
	STUB_NOTHING, /* #define X: an attribute-like macro */
};

struct stub {
	enum stub_kind kind;
	const char *name;
	const char **members; /* RECORD, UNION */
	int member_count, member_capacity;
	int value;	   /* CONSTANT: 0 until it has to differ from another */
	int note;	   /* the note that speaks of it */
	bool is_withdrawn; /* it clashed with a real declaration; its note has no text */
};

struct text_edit {
	const char *path;
	size_t offset, length;
};

/* `.field = function` whose field these headers do not know: the designator is
 * blanked, the binding is kept for the rules. */
struct lost_binding {
	const char *record, *field, *function;
	struct span span;
};

/* A call from which dropped arguments were blanked. */
struct old_call {
	const char *name;
	int arg_count;
	struct span span;
};

/* An #include that found nothing and was left out. */
struct missing_header {
	const char *includer, *name;
};

struct repair_note {
	struct span span;
	const char *text; /* NULL: nothing to say any more */
};

struct repairs {
	struct arena *arena;
	struct stub *stubs;
	int stub_count, stub_capacity;
	struct text_edit *edits;
	int edit_count, edit_capacity;
	struct lost_binding *bindings;
	int binding_count, binding_capacity;
	struct old_call *old_calls;
	int old_call_count, old_call_capacity;
	struct missing_header *missing;
	int missing_count, missing_capacity;
	struct repair_note *notes;
	int note_count, note_capacity;
};

/* Takes over what the errors of one parse teach; true when another parse may
 * be better than this one. */
bool repair_learn(struct repairs *repairs, const struct parse_error *errors, int count);
/* The stub declarations as the text of a header; NULL when there are none. */
const char *repair_prelude(struct arena *arena, const struct repairs *repairs);
/* The text with this file's edits blanked out. */
char *repair_apply(struct arena *arena, const struct repairs *repairs, const char *path, const char *text,
		   size_t length);

#endif
