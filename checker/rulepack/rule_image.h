/* Linked rules of an earlier run, ready as they are: reading YAML, checking its shape and linking it takes a hundred
 * times as long as looking whether a file of the packs has changed.
 *
 * An image (base/image.h) in the cache, with all names of the packs and the state of every file and folder that
 * loading looked at, also of those that were not there. */
#ifndef SO2_RULEPACK_RULE_IMAGE_H
#define SO2_RULEPACK_RULE_IMAGE_H

#include "cache/cache.h"
#include "rulepack_int.h"

/* The rules of these packs, if every file is as it was; the loader's pool, which must be empty, then has the image.
 * NULL: they have to be loaded. */
const struct rule_set *rp_image_find(struct loader *loader, struct cache *cache, const char *const *packs,
				     int pack_count);
/* Before loading: lets the loader put what it keeps on an image, and note what it looks at. Without effect when there
 * can be no image. */
void rp_image_begin(struct loader *loader);
/* After loading without any message: keeps it for later runs, unless a file may still change unseen. */
void rp_image_save(struct loader *loader, struct cache *cache, const char *const *packs, int pack_count);
/* To be called in any case after rp_image_begin(). */
void rp_image_end(struct loader *loader);

#endif
