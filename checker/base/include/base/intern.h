/* Interned strings: equal texts share one pointer, so names compare by ==. */
#ifndef SO2_BASE_INTERN_H
#define SO2_BASE_INTERN_H

#include "base/image.h"

#include <stdbool.h>
#include <stddef.h>

struct intern_pool;
struct intern_table;

struct intern_pool *intern_create(void);
void intern_destroy(struct intern_pool *pool);
/* The pool's own copy; lives as long as the pool. NULL gives NULL. */
const char *intern(struct intern_pool *pool, const char *text);
const char *intern_n(struct intern_pool *pool, const char *text, size_t length);
/* The interned pointer when the text is already in the pool, else NULL. */
const char *intern_find(const struct intern_pool *pool, const char *text);

/* Images hold names, too. Texts that are new from now on lie on this one, and it belongs to the pool, which must not
 * have another. */
void intern_open_image(struct intern_pool *pool, struct image *image);
/* All that is in the pool, as a table on its image. */
const struct intern_table *intern_image_table(const struct intern_pool *pool);
/* From now on the pool keeps new texts by itself again. */
void intern_close_image(struct intern_pool *pool);
/* Fills an empty pool with what was in the one that the image was made with; the image now belongs to the pool, and its
 * table is changed as texts are added. false, and nothing is done: the pool is not empty. */
bool intern_adopt(struct intern_pool *pool, struct image *image, const struct intern_table *table);

#endif
