/* Somebody else who saves a source while so2check is about to put it right, for testcases/cli/fix.sh: preloaded, it adds a line to
 * the file that MEDDLE names when the temporary file beside it is made. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

int mkstemp(char *name)
{
	int (*real)(char *);
	const char *path = getenv("MEDDLE");
	FILE *file = path ? fopen(path, "a") : NULL;

	if (file) {
		fputs("/* saved meanwhile */\n", file);
		fclose(file);
	}
	*(void **)&real = dlsym(RTLD_NEXT, "mkstemp");
	return real(name);
}
