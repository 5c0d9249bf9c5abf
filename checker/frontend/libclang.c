/* See libclang.h. */
#include "libclang.h"

#include "base/file.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

struct libclang clang;

static char load_error[512]; /* "": none. dlerror() is the thread's */
static bool is_loaded, is_loading;
static pthread_t loader;

/* POSIX gives functions as pointers to data. */
static bool find(void *library, const char *name, void *function)
{
	void *found = dlsym(library, name);

	*(void **)function = found;
	return found != NULL;
}

/* Stays loaded: libclang has threads and exit functions of its own. */
static void *load(void *unused)
{
	void *library = dlopen(SO2_LIBCLANG_FILE, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
	bool is_whole = library != NULL;

	(void)unused;
#define LIBCLANG_FIND(name) is_whole = is_whole && find(library, "clang_" #name, &clang.name);
	LIBCLANG_FUNCTIONS(LIBCLANG_FIND)
#undef LIBCLANG_FIND
	if (is_whole) /* the first index registers LLVM's passes */
		clang.disposeIndex(clang.createIndex(0, 0));
	else
		snprintf(load_error, sizeof(load_error), "libclang cannot be loaded: %s", dlerror());
	return NULL;
}

void libclang_load_ahead(void)
{
	if (!is_loaded && !is_loading)
		is_loading = pthread_create(&loader, NULL, load, NULL) == 0;
}

const char *libclang_load(void)
{
	if (!is_loaded) {
		if (is_loading)
			pthread_join(loader, NULL);
		else
			load(NULL);
		is_loaded = true;
	}
	return load_error[0] ? load_error : NULL;
}

const char *libclang_identity(struct arena *arena)
{
	const char *stamp = file_stamp(arena, SO2_LIBCLANG_FILE, NULL);

	return stamp ? arena_printf(arena, SO2_LIBCLANG_FILE " %s", stamp) : NULL;
}
