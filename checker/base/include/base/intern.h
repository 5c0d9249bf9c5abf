/* Interned strings: equal texts share one pointer, so names compare by ==. */
#ifndef SO2_BASE_INTERN_H
#define SO2_BASE_INTERN_H

#include <stddef.h>

struct intern_pool;

struct intern_pool *intern_create(void);
void intern_destroy(struct intern_pool *pool);
/* The pool's own copy; lives as long as the pool. NULL gives NULL. */
const char *intern(struct intern_pool *pool, const char *text);
const char *intern_n(struct intern_pool *pool, const char *text, size_t length);
/* The interned pointer when the text is already in the pool, else NULL. */
const char *intern_find(const struct intern_pool *pool, const char *text);

#endif
