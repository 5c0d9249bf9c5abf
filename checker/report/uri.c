/* File names as URIs (RFC 3986). */
#include "report_int.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

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
