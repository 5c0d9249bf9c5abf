/* The header block of a unit (header_block.h) as a precompiled header that all runs share.
 *
 * Nearly all the time of a parse goes to system headers. What they declare is saved
 * once, without the bodies of their functions, under a key made of everything that
 * decides it: the block's directives, the arguments but those that name the file,
 * the versions of libclang and so2check. Beside it lies the list of the headers that
 * were read, each with its stamp, and of the places where a header would have been
 * found first had there been one: when one of these differs the block is made anew.
 * The driver's own folders (-I) are left out as long as none of them has a header of a
 * name that the block asks for, so that drivers in different folders share one.
 * Headers that are the driver's own end the block or forbid it: they are needed whole. */
#ifndef SO2_FRONTEND_HEADER_CACHE_H
#define SO2_FRONTEND_HEADER_CACHE_H

#include "cache/cache.h"
#include "frontend/frontend.h"
#include "header_block.h"
#include "inputs.h"
#include "libclang.h"

#define HEADER_BLOCK_PATH OWN_TEXT_FOLDER "headers.h"

/* header_cache_create(), header_cache_close() and requests: frontend/frontend.h. */
/* A second cache that is looked into first and never written to; borrowed, NULL: none. */
void header_cache_share(struct header_cache *headers, struct cache *shared);
/* From now on it gives only headers that roots_allow(), borrowed: others were known to an earlier run. */
void header_cache_restrict(struct header_cache *headers, const struct roots *roots);

/* A header of the driver's own, with the part that is in the block blanked out. */
struct known_header {
	const char *path, *text;
	size_t length;
};

/* How to parse a unit whose headers are known. All on the scratch arena. */
struct known_headers {
	struct word_list args; /* in place of the command's */
	const char *text;      /* of the main file, with its block blanked out; as long as before */
	const char *block;     /* the text that was parsed for it, under the name of HEADER_BLOCK_PATH */
	struct known_header headers[BLOCK_HEADERS];
	int header_count;
	bool was_made;		       /* now, not found */
	struct input_files inputs;     /* of the block */
	struct search_folders folders; /* of the command */
	const char *saved, *stamp;     /* the precompiled header, and what it was like when its checksum was right */
};

/* false: the unit has to be parsed as it is. */
bool header_cache_find(struct header_cache *headers, struct arena *scratch, const struct compile_cmd *cmd,
		       const char *text, size_t length, struct known_headers *known);

/* Is the precompiled header still the file whose checksum was verified? It is read piece by piece while the unit is
 * parsed and lowered: false afterwards means that nothing that came of it can be trusted. */
bool header_cache_is_unchanged(struct arena *scratch, const struct known_headers *known);

#endif
