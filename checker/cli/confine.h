/* What a run may read and show, and the box that its workers work in. docs/security.md says against whom. */
#ifndef SO2_CLI_CONFINE_H
#define SO2_CLI_CONFINE_H

#include "pipeline.h"

/* Are sources of others judged, with something to gain from a wrong result? */
bool confine_is_strict(const struct options *options);
/* The folder that a path names, or the one that its file lies in, links followed. NULL: there is none. */
const char *confine_folder_of(struct arena *arena, const char *path);

/* Sets run->unit_roots from the paths and options. `gate` and `grade` judge what others hand in: there what is named counts, by hand
 * also the current folder and the repository around it. */
void confine_roots(struct run *run, const char *const *paths, int path_count);
/* Adds these to run->roots once the units are found. */
void confine_widen(struct run *run);

/* Before the first worker. 0: workers will be confined, or need not be, or cannot be and that is said; -1: they must be
 * and cannot, logged. */
int confine_prepare(struct run *run);
/* Folders above that of a source in which an editor looks for a build file that lists it. */
#define CONFINE_LEVELS 3

/* The two parts of confine_worker(): all descriptors but the standard ones and the socket are closed, and input and output
 * lead nowhere; then the box. */
int confine_descriptors(int *socket);
int confine_process(const struct run *run);
/* In a worker; *socket may change. What went wrong is said on standard error; then -1. */
int confine_worker(const struct run *run, int *socket);

#endif
