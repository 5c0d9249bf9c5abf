/* Trees of YAML files that were read and found right before: nearly all the time of
 * loading a pack goes to reading YAML and checking its shape.
 *
 * One file of the cache holds the trees of all packs of a run, each with the stamp of
 * the file it was read from. A file whose stamp differs is read; then, if the packs
 * are without a message, all trees are written anew. */
#ifndef SO2_RULEPACK_TREE_STORE_H
#define SO2_RULEPACK_TREE_STORE_H

#include "cache/cache.h"
#include "rulepack_int.h"

struct tree_store;

/* NULL when there is no cache. On the loader's arena. */
struct tree_store *rp_store_open(struct loader *loader, struct cache *cache, const char *const *packs, int pack_count);
/* The tree of a file that is as it was: read and of the right shape. NULL: it has to be read. path is interned.
 * *digest: as it was added. */
struct node *rp_store_find(struct tree_store *store, const char *path, uint64_t *digest);
/* A tree that was read now, and the digest of what it says. */
void rp_store_add(struct tree_store *store, const char *path, struct node *root, uint64_t digest);
/* To be called for packs without any message. */
void rp_store_save(struct tree_store *store);

#endif
