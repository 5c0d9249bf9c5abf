/* What the names of functions tell, asked only where no body or fact says more. */
#include "engine_int.h"

#include <string.h>

const char *name_speaks_of_lock(const char *name)
{
	const char *at;

	for (at = name; at && (at = strcasestr(at, "lock")) != NULL; at++)
		if (at == name || !strchr("cCbB", at[-1]))
			return at;
	return NULL;
}
