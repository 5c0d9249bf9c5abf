/* Which files are the driver's own: all that its author may have written. */
#ifndef SO2_FRONTEND_OWN_FILES_H
#define SO2_FRONTEND_OWN_FILES_H

#include "frontend/frontend.h"

/* is_system: it was found in a folder of system headers, or says that it is one. An author who is believed may keep such
 * headers in the project; another one cannot take his code out of the analysis in that way: then only the roots' own
 * header folders count. name: as the parser has it; path: the same, absolute and plain; roots may be NULL. */
bool is_own_file(const struct compile_cmd *cmd, const struct roots *roots, const char *name, const char *path,
		 bool is_system);
/* How a file of the driver's is shown: as the source, or what was named, is. On the arena; path itself if it is elsewhere. */
const char *own_file_shown(struct arena *arena, const struct compile_cmd *cmd, const char *path);

#endif
