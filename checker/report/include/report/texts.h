/* Names and texts as other programs take them. */
#ifndef SO2_REPORT_TEXTS_H
#define SO2_REPORT_TEXTS_H

#include "base/arena.h"

/* Valid UTF-8: each invalid byte becomes U+FFFD. */
const char *utf8_clean(struct arena *arena, const char *text);

/* The path that uri_from_path() was given; NULL: it is no such URI. */
const char *uri_to_path(struct arena *arena, const char *uri);
/* Percent-encoded; an absolute path becomes a file: URI. */
const char *uri_from_path(struct arena *arena, const char *path);

#endif
