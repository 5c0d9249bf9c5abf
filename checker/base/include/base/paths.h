/* Where the program's own data lies: rule packs and compatibility headers.
 *
 * Installed: <folder of the executable>/../share/so2check, found through
 * /proc/self/exe (or, where /proc is not mounted, the name it was started by),
 * so that a moved or unpacked tree works. When that folder does
 * not exist and the program lies in a build folder, the source tree, to which a
 * link in the build folder leads: the program itself does not know it, as it must be
 * the same wherever it is built. Whether the folders exist is for the caller to find out. */
#ifndef SO2_BASE_PATHS_H
#define SO2_BASE_PATHS_H

#include "base/arena.h"

/* The built-in rule packs: <data>/rules. */
const char *install_rules_dir(struct arena *arena);
/* Headers force-included into units: <data>/include installed,
 * checker/frontend/headers in the source tree. */
const char *install_headers_dir(struct arena *arena);
/* What the git hook runs: <data>/pre-commit installed, integration/pre-commit in the source tree. */
const char *install_hook_script(struct arena *arena);
/* The running program; NULL: it cannot be found out. */
const char *install_program(struct arena *arena);
/* The process's; NULL: it is gone or may not be seen. */
const char *current_folder(struct arena *arena);

#endif
