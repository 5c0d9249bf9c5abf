/* The pages of rules are Markdown of a few forms; others show as the text they are. */
#include "html_int.h"

#include <string.h>

struct page {
	struct html *html;
	const char *open; /* the element that the lines before are in; NULL: none */
};

static size_t line_length(const char *text)
{
	return strcspn(text, "\n");
}

static void close_block(struct page *page)
{
	if (page->open && strcmp(page->open, "pre") == 0)
		html_print(page->html, "</code></pre>\n");
	else if (page->open && strcmp(page->open, "ul") == 0)
		html_print(page->html, "</li></ul>\n");
	else if (page->open && strcmp(page->open, "table") == 0)
		html_print(page->html, "</tbody></table>\n");
	else if (page->open)
		html_print(page->html, "</p>\n");
	page->open = NULL;
}

static bool open_block(struct page *page, const char *element)
{
	if (page->open && strcmp(page->open, element) == 0)
		return false;
	close_block(page);
	page->open = element;
	return true;
}

/* Text up to the mark in an element; gives the length with both marks, 0: it has no end. */
static size_t write_marked(struct html *html, const char *text, size_t length, const char *mark, const char *element)
{
	size_t width = strlen(mark);
	const char *end = length > 2 * width ? memmem(text + width, length - width, mark, width) : NULL;

	if (!end || strncmp(text, mark, width) != 0)
		return 0;
	html_print(html, "<%s>", element);
	html_text_n(html, text + width, (size_t)(end - text) - width);
	html_print(html, "</%s>", element);
	return (size_t)(end - text) + width;
}

static void write_inline(struct html *html, const char *text, size_t length)
{
	size_t at = 0;

	while (at < length) {
		size_t taken = write_marked(html, text + at, length - at, "`", "code");

		if (taken == 0)
			taken = write_marked(html, text + at, length - at, "**", "strong");
		if (taken == 0) {
			taken = 1;
			while (at + taken < length && text[at + taken] != '`' && text[at + taken] != '*')
				taken++;
			html_text_n(html, text + at, taken);
		}
		at += taken;
	}
}

void html_words(struct html *html, const char *text)
{
	size_t at = 0, length = strlen(text);

	while (at < length) {
		size_t taken = write_marked(html, text + at, length - at, "`", "code");

		if (taken == 0) {
			taken = 1 + strcspn(text + at + 1, "`");
			html_text_n(html, text + at, taken);
		}
		at += taken;
	}
}

/* `## Words`: under the heading of the rule, which is an h3. */
static void write_heading(struct page *page, const char *line, size_t length)
{
	size_t marks = strspn(line, "#"), begin = marks + strspn(line + marks, " ");

	close_block(page);
	if (marks < 2 || begin >= length)
		return;
	html_print(page->html, "<h4>");
	write_inline(page->html, line + begin, length - begin);
	html_print(page->html, "</h4>\n");
}

static void write_item(struct page *page, const char *line, size_t length)
{
	html_print(page->html, open_block(page, "ul") ? "<ul><li>" : "</li><li>");
	write_inline(page->html, line, length);
}

static void write_cells(struct page *page, const char *line, size_t length, const char *element)
{
	const char *end = line + length;

	html_print(page->html, "<tr>");
	for (const char *cell = line + 1; cell < end;) {
		const char *stop = memchr(cell, '|', (size_t)(end - cell));
		size_t width = (size_t)((stop ? stop : end) - cell);

		html_print(page->html, "<%s>", element);
		write_inline(page->html, cell, width);
		html_print(page->html, "</%s>", element);
		cell += width + 1;
	}
	html_print(page->html, "</tr>");
}

static void write_row(struct page *page, const char *line, size_t length)
{
	bool is_head = open_block(page, "table");

	if (strspn(line, "|-: ") >= length)
		return; /* the line under the head */
	if (is_head)
		html_print(page->html, "<table><thead>");
	write_cells(page, line, length, is_head ? "th" : "td");
	if (is_head)
		html_print(page->html, "</thead><tbody>\n");
}

static void write_code_line(struct page *page, const char *line, size_t length)
{
	struct code_state state = { .is_comment = false };

	html_print(page->html, open_block(page, "pre") ? "<pre class=code tabindex=0><code>" : "\n");
	html_code(page->html, arena_strndup(page->html->scratch, line, length), &state);
}

static bool is_code_line(const char *line)
{
	return !strncmp(line, "    ", 4);
}

/* Code goes on after empty lines if code follows. */
static const char *skip_blank(struct page *page, const char *line)
{
	const char *next = line + strspn(line, "\n");

	if (page->open && strcmp(page->open, "pre") == 0 && is_code_line(next)) {
		for (; line < next; line++)
			html_print(page->html, "\n");
		return next;
	}
	close_block(page);
	return next;
}

static void write_line(struct page *page, const char *line, size_t length)
{
	bool is_in_list = page->open && strcmp(page->open, "ul") == 0;

	if (*line == '#') {
		write_heading(page, line, length);
	} else if (!strncmp(line, "- ", 2)) {
		write_item(page, line + 2, length - 2);
	} else if (is_code_line(line) && !is_in_list) {
		write_code_line(page, line + 4, length - 4);
	} else if (*line == '|') {
		write_row(page, line, length);
	} else {
		if (is_in_list || !open_block(page, "p"))
			html_print(page->html, " ");
		else
			html_print(page->html, "<p>");
		write_inline(page->html, line, length);
	}
}

void html_markdown(struct html *html, const char *text)
{
	struct page page = { .html = html };

	while (*text) {
		size_t length = line_length(text);

		if (length == 0) {
			text = skip_blank(&page, text);
			continue;
		}
		write_line(&page, text, length);
		text += length + (text[length] == '\n');
	}
	close_block(&page);
}
