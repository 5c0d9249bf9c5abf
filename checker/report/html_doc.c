/* Writing HTML: all that comes from sources, names of files and rule packs passes through here. */
#include "html_int.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const char *entity_of(char letter)
{
	switch (letter) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void html_text(struct html *html, const char *text)
{
	const char *clean = utf8_printable(html->scratch, text ? text : "");

	while (*clean) {
		size_t plain = strcspn(clean, "&<>\"'");

		fwrite(clean, 1, plain, html->out);
		clean += plain;
		if (*clean)
			fputs(entity_of(*clean++), html->out);
	}
}

void html_text_n(struct html *html, const char *text, size_t length)
{
	html_text(html, arena_strndup(html->scratch, text, length));
}

void html_print(struct html *html, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	while (*format) {
		size_t plain = strcspn(format, "%");

		fwrite(format, 1, plain, html->out);
		format += plain;
		if (!strncmp(format, "%s", 2)) {
			html_text(html, va_arg(values, const char *));
			format += 2;
		} else if (!strncmp(format, "%u", 2)) {
			fprintf(html->out, "%u", va_arg(values, unsigned));
			format += 2;
		} else if (!strncmp(format, "%zu", 3)) {
			fprintf(html->out, "%zu", va_arg(values, size_t));
			format += 3;
		} else if (*format) {
			abort(); /* a format that this function does not have */
		}
	}
	va_end(values);
}

/* The letters that could end the element, or begin a comment in it, stand in strings only. */
static int write_json(const char *bytes, size_t length, void *data)
{
	FILE *out = data;

	for (size_t i = 0; i < length; i++) {
		if (bytes[i] == '<')
			fputs("\\u003c", out);
		else
			fputc(bytes[i], out);
	}
	return 0;
}

int html_json(struct html *html, json_t *value)
{
	int status = value ? json_dump_callback(value, write_json, html->out, JSON_COMPACT) : -1;

	json_decref(value);
	return status;
}
