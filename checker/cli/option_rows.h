/* The tables behind the command line: options.c parses by them, help.c prints them, complete.c completes by them. */
#ifndef SO2_CLI_OPTION_ROWS_H
#define SO2_CLI_OPTION_ROWS_H

#include "options.h"

struct command_row {
	const char *name;
	enum command command;
	int least_operands, most_operands; /* most: -1 any number */
	const char *operands, *help;	   /* help NULL: not listed, for scripts of ours */
};

/* A word that stands for a value: `--format json`. */
struct choice {
	const char *name;
	int value;
};

struct option_row;
struct parser;

typedef int apply_option(struct parser *parser, const struct option_row *row, const char *value);

struct option_row {
	const char *name;
	int letter;	   /* 0: only the long form */
	const char *value; /* name of its value in the help; NULL: takes none; `[=VALUE]`: may be left out */
	unsigned commands; /* those it belongs to */
	apply_option *apply;
	const char *help;
};

const struct command_row *command_table(int *count);
/* NULL: there is no such command. */
const struct command_row *command_find(const char *name);
const struct option_row *option_table(int *count);
/* Does the option belong to the command? */
bool option_belongs(const struct option_row *row, enum command command);
/* The words that a value of this name in the help may be (`FORMAT`), up to one without a name; NULL: any. */
const struct choice *option_choices(const char *value);

#endif
