/* --help, the help of each command, and the manual page, all from the tables of option_rows.h. */
#ifndef SO2_CLI_HELP_H
#define SO2_CLI_HELP_H

#include "option_rows.h"

#include <stdio.h>

/* Of one command, or of so2check itself (NULL). */
void help_print(FILE *out, const struct command_row *command);
/* so2check.1, for man(1). */
void help_print_manual(FILE *out);

#endif
