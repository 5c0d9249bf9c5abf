/* Objects that a later process of the same program can take over as they are.
 *
 * They lie at one fixed address, so what was written to a file byte by byte and read back to that address is the same
 * objects again, pointers and all: there is nothing to decode. That holds for the same executable only (the layout of
 * its types), and if no pointer leads out; image_bytes() sees to the second.
 * Only one image can be in use in a process. */
#ifndef SO2_BASE_IMAGE_H
#define SO2_BASE_IMAGE_H

#include "base/arena.h"

struct image;

/* An image with one object, its root, zeroed. NULL: the addresses are in use, or this system has no such addresses. */
struct image *image_create(size_t root_size);
void image_destroy(struct image *image); /* NULL: does nothing */
void *image_root(struct image *image);
/* For all further objects. */
struct arena *image_arena(struct image *image);

/* The bytes to keep, where they lie. NULL: some object refers to memory outside the image. What looks like an address
 * in use is taken for one, so this errs towards NULL. */
const char *image_bytes(const struct image *image, size_t *length);
/* What was kept, in its place again: fill puts all bytes where it is told to and gives their number; 0: there are none.
 * NULL as with image_create(), or if there are none. */
struct image *image_restore(size_t (*fill)(void *context, void *memory, size_t size), void *context);

#endif
