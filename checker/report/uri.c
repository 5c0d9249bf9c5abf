/* File names as URIs (RFC 3986). */
#include "report_int.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Appends one segment to an absolute path in place; `..` takes the last one away. */
static void append_segment(char *path, const char *segment, size_t length)
{
	if (length == 0 || (length == 1 && segment[0] == '.'))
		return;
	if (length == 2 && !memcmp(segment, "..", 2)) {
		char *slash = strrchr(path, '/');

		if (slash)
			*slash = '\0';
		return;
	}
	size_t end = strlen(path);
	path[end] = '/';
	memcpy(path + end + 1, segment, length);
	path[end + 1 + length] = '\0';
}

static void append_segments(char *path, const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "/");

		append_segment(path, text, length);
		text += length;
		text += *text == '/';
	}
}

/* Absolute, no `.`, `..` or doubled slashes; the root folder is "". */
static char *normalise(struct arena *arena, const char *root, const char *file)
{
	/* a segment never needs more room than it took with its slash, plus the first slash */
	char *path = arena_alloc(arena, strlen(root) + strlen(file) + 3);

	if (file[0] != '/')
		append_segments(path, root);
	append_segments(path, file);
	return path;
}

const char *uri_path_below(struct arena *arena, const char *root, const char *file)
{
	const char *base = root ? root : "/";
	const char *folder = normalise(arena, "", base);
	const char *path = normalise(arena, base, file);
	size_t length = strlen(folder);

	/* nothing lies usefully below the root folder itself */
	if (length > 0 && !strncmp(path, folder, length) && path[length] == '/')
		return path + length + 1;
	return path;
}

const char *uri_from_path(struct arena *arena, const char *path)
{
	static const char hex[] = "0123456789ABCDEF";
	char *uri = arena_alloc(arena, strlen(path) * 3 + 1);
	char *write = uri;

	for (const unsigned char *byte = (const unsigned char *)path; *byte; byte++) {
		if (isascii(*byte) && (isalnum(*byte) || strchr("-._~/", *byte))) {
			*write++ = (char)*byte;
		} else {
			*write++ = '%';
			*write++ = hex[*byte >> 4];
			*write++ = hex[*byte & 15];
		}
	}
	*write = '\0';
	return path[0] == '/' ? arena_printf(arena, "file://%s", uri) : uri;
}

/* -1: not two hex digits. */
static int hex_byte(const char *digits)
{
	char text[3] = { digits[0], digits[0] ? digits[1] : '\0' };

	return isxdigit((unsigned char)text[0]) && isxdigit((unsigned char)text[1]) ? (int)strtol(text, NULL, 16) : -1;
}

const char *uri_to_path(struct arena *arena, const char *uri)
{
	if (!strncmp(uri, "file://", 7))
		uri += 7;
	char *path = arena_alloc(arena, strlen(uri) + 1);
	char *write = path;

	while (*uri) {
		int byte = *uri == '%' ? hex_byte(uri + 1) : (unsigned char)*uri;
		if (byte <= 0)
			return NULL;
		uri += *uri == '%' ? 3 : 1;
		*write++ = (char)byte;
	}
	return path;
}
