/* Asking git, which must be installed for what needs it. */
#ifndef SO2_CLI_GIT_H
#define SO2_CLI_GIT_H

#include "base/arena.h"

#include <stdbool.h>

/* What git prints, the newline at its end taken off; NULL: it failed, or is not there. args: NULL-terminated, without
 * `git`. index: a file that takes the place of the repository's index; NULL: none does. What git says of errors goes to
 * standard error if is_loud. */
const char *git_ask(struct arena *arena, const char *const *args, const char *index, bool is_loud);

#endif
