/* `so2check hook install`: puts the git hook into the repository of the current folder. */
#ifndef SO2_CLI_HOOK_H
#define SO2_CLI_HOOK_H

#include "base/arena.h"
#include "base/log.h"

/* Writes the file that git runs before each commit; it calls the hook's script, with this program. One that somebody else
 * wrote stays. 0, or -1 with the reason logged; what was done is printed. */
int hook_install(struct arena *arena, struct log *log);

#endif
