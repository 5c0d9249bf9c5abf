/* Reading a source file: what cannot be analysed is told from what can before
 * libclang sees it, so that the reason is ours to word. */
#include "units_int.h"

#include "base/file.h"

#include <string.h>

/* Generated tables reach some MiB; beyond this it is no driver source. */
#define SOURCE_LIMIT ((size_t)16 << 20)

bool source_slurp(struct arena *arena, const char *path, struct source_text *source)
{
	const char *error = NULL;

	*source = (struct source_text){ 0 };
	return file_read(arena, path, SOURCE_LIMIT, &source->text, &source->length, &error) == 0;
}

static bool looks_like_utf16(const struct source_text *source)
{
	return source->length >= 2 &&
	       (memcmp(source->text, "\xff\xfe", 2) == 0 || memcmp(source->text, "\xfe\xff", 2) == 0);
}

const char *source_read(struct arena *arena, const char *path, struct source_text *source)
{
	const char *error = NULL;

	*source = (struct source_text){ 0 };
	if (file_read(arena, path, SOURCE_LIMIT, &source->text, &source->length, &error))
		return error;
	if (strspn(source->text, " \t\r\n\f\v") == source->length)
		return "the file is empty";
	if (looks_like_utf16(source))
		return "the file is UTF-16; save it as UTF-8";
	if (memchr(source->text, '\0', source->length))
		return "not a text file: it has NUL bytes";
	return NULL;
}
