/* The shape of a YAML file, as tables: which keys a mapping may and must have, and what each value looks like. */
#ifndef SO2_YAML_SHAPE_H
#define SO2_YAML_SHAPE_H

#include "yaml/yaml.h"

/* A kind of scalar. */
struct yaml_scalar {
	const char *noun; /* for messages: "a C identifier" */
	bool (*accepts)(const char *text);
	void (*check)(struct yaml *yaml, struct yaml_node *node); /* says more of an accepted one; may be NULL */
};

struct yaml_field;

/* What a value may be. A scalar, a list and a mapping may all be allowed. */
struct yaml_shape {
	const struct yaml_scalar *scalar; /* NULL: no scalar allowed, but for words */
	const struct yaml_word *words;	  /* a scalar that is one of these */
	const struct yaml_shape *element; /* list; NULL: no list allowed */
	int most;			  /* list: maximal length; 0: any */
	bool may_be_empty;		  /* list */
	const struct yaml_field *fields;  /* mapping, ends with a NULL key; NULL: no mapping allowed */
	const struct yaml_shape *values;  /* mapping with keys of the author's; NULL: none such */
};

struct yaml_field {
	const char *key;
	bool is_required;
	const struct yaml_shape *shape;
};

#define YAML_END_OF_FIELDS        \
	{                         \
		NULL, false, NULL \
	}

/* Kinds that any file may have. */
extern const struct yaml_scalar yaml_line;    /* a text on one line */
extern const struct yaml_scalar yaml_number;  /* positive and whole */
extern const struct yaml_scalar yaml_boolean; /* true or false */

/* The text begins with one of the first characters and has no others than the rest. */
bool yaml_is_made_of(const char *text, const char *first, const char *rest);
/* Reports every departure; false when there was any. */
bool yaml_check_shape(struct yaml *yaml, struct yaml_node *root, const struct yaml_shape *shape);

#endif
