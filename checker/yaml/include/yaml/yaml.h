/* YAML files that people write by hand: rule packs, the policy.
 *
 * yaml_read_file() turns a file into a tree of nodes that remember their places, yaml_check_shape() (yaml/shape.h) says
 * where the tree departs from what it should be. Only the plain part of YAML is accepted: no anchors, aliases, tags, nor
 * several documents in a file. Every message names file, line, column and the path of the field, and for a
 * mistyped word the nearest known one. */
#ifndef SO2_YAML_YAML_H
#define SO2_YAML_YAML_H

#include "base/arena.h"
#include "base/intern.h"
#include "base/log.h"
#include "base/span.h"

#include <stdbool.h>

enum yaml_node_kind { YAML_NODE_SCALAR, YAML_NODE_LIST, YAML_NODE_MAP };

struct yaml_node {
	enum yaml_node_kind kind;
	struct span span;
	const char *text;     /* SCALAR: interned */
	const char *key;      /* child of a MAP: its key, interned; else NULL */
	struct span key_span; /* child of a MAP */
	int index;	      /* child of a LIST: its position */
	struct yaml_node *parent;
	struct yaml_node **items; /* LIST, MAP: children in file order */
	int count;
	int capacity;
	bool is_broken; /* an error was reported in it or below */
};

/* A message, kept until yaml_messages_flush(): they are found in another order than the reader wants. */
struct yaml_message {
	enum log_level level;
	struct span span;
	const char *text;
	int number; /* in order of finding */
};

/* What reading takes place in. To be made with the first three; the rest 0. */
struct yaml {
	struct arena *arena; /* trees and messages */
	struct intern_pool *pool;
	struct log *log;
	struct yaml_message *messages;
	int message_count, message_capacity;
	int errors;
};

/* The root of a file's tree, or NULL after an error message. The path must be interned. */
struct yaml_node *yaml_read_file(struct yaml *yaml, const char *path);
/* A whole text file, checked to be UTF-8; NULL after an error message. The path must be interned. */
const char *yaml_read_text(struct yaml *yaml, const char *path, size_t *length);

/* ---- trees ------------------------------------------------------------------- */

struct yaml_node *yaml_node_get(const struct yaml_node *map, const char *key); /* NULL when absent */
const char *yaml_node_text(const struct yaml_node *map, const char *key);      /* scalar's text or NULL */
bool yaml_node_bool(const struct yaml_node *map, const char *key);	       /* false when absent */
int yaml_node_count(const struct yaml_node *list);			       /* 0 for NULL */
/* This one and all it lies in. */
void yaml_node_mark_broken(struct yaml_node *node);
/* Texts of a list of scalars, on the arena; NULL list gives NULL. */
const char **yaml_node_texts(struct arena *arena, const struct yaml_node *list);
/* "file:line:column" of a node. */
const char *yaml_node_place(struct yaml *yaml, const struct yaml_node *node);

/* ---- messages ------------------------------------------------------------------ */

/* `spin_lock` bounded and printable. */
const char *yaml_quote(struct yaml *yaml, const char *text);
/* An error at the node, prefixed with the path of its field; marks it broken. */
void yaml_error_at_node(struct yaml *yaml, struct yaml_node *node, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The same at the node's key. */
void yaml_error_at_key(struct yaml *yaml, struct yaml_node *node, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* An error at a place without a node; line 0: the whole file. */
void yaml_error_at_place(struct yaml *yaml, const struct span *span, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void yaml_error_at_file(struct yaml *yaml, const char *file, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void yaml_warn_at_node(struct yaml *yaml, const struct yaml_node *node, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Gives all messages to the log, sorted by file, line and column. */
void yaml_messages_flush(struct yaml *yaml);

/* ---- words ---------------------------------------------------------------------- */

/* The nearest known word to a mistyped one. */
struct yaml_suggestion {
	const char *text;
	const char *best;
	int distance;
};
void yaml_suggestion_offer(struct yaml_suggestion *suggestion, const char *candidate);
/* " (did you mean 'x'?)", or "" when nothing is near. */
const char *yaml_suggestion_text(struct yaml *yaml, const struct yaml_suggestion *suggestion);

/* A word of a format and the enumerator it stands for; lists end with a NULL text. */
struct yaml_word {
	const char *text;
	int value;
};
/* -1 when the text is not among the words; NULL text gives `missing`. */
int yaml_word_value(const struct yaml_word *words, const char *text, int missing);
void yaml_suggestion_offer_words(struct yaml_suggestion *suggestion, const struct yaml_word *words);

#endif
