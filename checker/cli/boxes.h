/* What processes that read one submission may read and keep, when sources of others are judged: none of them can touch what is
 * said of another submission. docs/security.md tells why. */
#ifndef SO2_CLI_BOXES_H
#define SO2_CLI_BOXES_H

#include "pipeline.h"

struct box {
	struct roots *roots;
	/* For results, and for header blocks that are not shared. In a folder of its own, named by the paths and the content of
	 * what its processes may read of the submitter: whoever can write there has given all that they have seen.
	 * NULL: nothing is kept. */
	struct cache *cache;
};

/* After run_find_units() for these paths: of what was found there. `around`, or NULL, is a folder with more submissions: headers
 * are read nowhere else in it. */
struct box *box_create(struct run *run, const char *const *paths, int path_count, const char *around);

/* All units of the run belong to one submission. */
void boxes_set_only(struct run *run, struct box *box);

/* In the process that is to work in it. Cheap when it is the same as before. */
void box_enter(struct run *run, const struct box *box);

/* Before the first worker: the header blocks that several submissions may begin with, each made by a process that has
 * not seen any of them, into the run's cache, which workers only read. */
void boxes_share_headers(struct run *run);

#endif
