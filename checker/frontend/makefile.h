/* A Makefile as text: what its variables are when make has read it. make is not run, for what stands in a hand-in must not
 * be executed; what only make could tell is remembered as such, and so is what follows from it. */
#ifndef SO2_FRONTEND_MAKEFILE_H
#define SO2_FRONTEND_MAKEFILE_H

#include "base/roots.h"
#include "base/text.h"
#include "units_int.h"

#define MAKE_CONDITIONAL_LIMIT 32
#define MAKE_INCLUDE_LIMIT 8
/* Stands for text that the machine makes, not the author: its name, a date, a revision. */
#define MAKE_MACHINE_MARK "@machine@"

struct make_variable {
	const char *name;
	struct text value;
	const char *undecided; /* what in the value only make can tell, for people; NULL: nothing */
	unsigned line;	       /* of the last assignment */
	bool is_expanding;     /* a reference to it now is recursive, which make refuses */
	bool is_simple;	       /* `+=` takes the values of now */
	bool is_conditional;   /* some of it stands under a condition */
};

/* A rule that makes a file by commands. */
struct make_rule {
	const char *target;
	unsigned line;
};

enum make_condition { CONDITION_TRUE, CONDITION_FALSE, CONDITION_UNKNOWN };

struct make_conditional {
	enum make_condition now; /* the branch that is read */
	bool has_been_true, has_been_unknown;
};

struct makefile {
	struct arena *arena;
	const char *directory;
	const struct roots *roots; /* what may be included; NULL: everything */
	/* Conditions are asked, and what is not set is empty, as when `make` is called without anything. Else all branches
	 * are taken: the usual Makefile holds its Kbuild part under `ifneq ($(KERNELRELEASE),)`. */
	bool is_plain_build;
	unsigned line; /* that is read */
	struct make_variable *variables;
	int count, capacity;
	struct make_conditional conditionals[MAKE_CONDITIONAL_LIMIT];
	int conditional_depth, include_depth;
	const char *defined; /* of define ... endef; NULL: not in one */
	struct text definition;
	struct word_list targets; /* of the rule whose commands follow */
	bool in_rule;
	int expansions, globs;
	size_t work;	       /* bytes that expansion went through */
	const char *undecided; /* set by expansion: why its result is not what make's is; NULL: it is */
	struct make_rule *rules;
	int rule_count, rule_capacity;
	struct kbuild *kbuild; /* gets the gaps */
};

/* ---- makefile.c ------------------------------------------------------------- */

void makefile_read(struct makefile *makefile, const char *text);
struct make_variable *makefile_find(struct makefile *makefile, const char *name);
/* is_structural: it may also make modules where none are seen. */
void makefile_gap(struct makefile *makefile, unsigned line, bool is_structural, const char *text);

/* ---- makefile_expand.c ---------------------------------------------------------- */

/* All references replaced. What make alone knows is left out, and told in makefile->undecided. */
const char *makefile_expand(struct makefile *makefile, const char *text);
/* Of a variable; *undecided as above. */
const char *makefile_value(struct makefile *makefile, struct make_variable *variable, const char **undecided);
const char *makefile_trim(struct arena *arena, const char *text, size_t length);
/* Do the words of a shell only look? */
bool makefile_is_harmless_command(const char *command);

/* ---- kbuild.c --------------------------------------------------------------------- */

bool kbuild_is_list(const char *name); /* of objects, parts or flags */
bool kbuild_is_flag_list(const char *name);

#endif
