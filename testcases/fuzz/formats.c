/* See formats.h. */
#include "formats.h"

#include <jansson.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <string.h>

struct written {
	const struct report *report;
	struct source_cache *sources;
	struct report_options options;
};

static void write_report(FILE *out, void *context)
{
	const struct written *written = context;

	fuzz_require(report_write(out, written->report, written->sources, &written->options) == 0, "not written");
}

static const char *render(struct fuzz *fuzz, struct written *written, enum report_format format, size_t *length)
{
	written->options.format = format;
	return fuzz_written(fuzz, length, write_report, written);
}

static size_t count_text(const char *text, const char *part)
{
	size_t count = 0;

	for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part))
		count++;
	return count;
}

/* ---- for people -------------------------------------------------------------------------- */

/* Without ESC [ ... m */
static size_t strip_colors(char *text)
{
	char *out = text;

	for (const char *at = text; *at;) {
		size_t skipped = at[0] == '\033' && at[1] == '[' ? 2 + strspn(at + 2, "0123456789;") : 0;
		if (skipped && at[skipped] == 'm')
			at += skipped + 1;
		else
			*out++ = *at++;
	}
	*out = '\0';
	return (size_t)(out - text);
}

static void check_text(struct fuzz *fuzz, struct written *written, enum report_format format)
{
	size_t length = 0, colored_length = 0;

	written->options.use_color = false;
	const char *plain = render(fuzz, written, format, &length);
	fuzz_require_printable(plain, length, "the text report");
	fuzz_require(strlen(plain) == length, "a NUL in the text report");
	written->options.use_color = true;
	char *colored = arena_strdup(fuzz->arena, render(fuzz, written, format, &colored_length));
	colored_length = strip_colors(colored);
	fuzz_require(colored_length == length && memcmp(plain, colored, length) == 0, "with colours it says:\n%s",
		     colored);
	written->options.use_color = false;
}

static void check_github(struct fuzz *fuzz, struct written *written)
{
	size_t length = 0, lines = 0;
	const char *text = render(fuzz, written, REPORT_GITHUB, &length);

	fuzz_require_printable(text, length, "workflow commands");
	for (const char *line = text; *line; line = strchr(line, '\n') + 1, lines++)
		fuzz_require(strncmp(line, "::", 2) == 0 && strchr(line, '\n'), "a line that is no command: %s", line);
	fuzz_require(lines == written->report->finding_count + written->report->missing_count, "%zu commands", lines);
}

/* ---- JSON ----------------------------------------------------------------------------------- */

static json_t *parse_json(struct fuzz *fuzz, struct written *written, enum report_format format)
{
	size_t length = 0;
	const char *text = render(fuzz, written, format, &length);
	json_error_t error;
	json_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);

	fuzz_require(root, "no JSON: %s, line %d:\n%s", error.text, error.line, text);
	return root;
}

static void check_json(struct fuzz *fuzz, struct written *written)
{
	const struct report *report = written->report;
	json_t *root = parse_json(fuzz, written, REPORT_JSON);

	fuzz_require(json_array_size(json_object_get(root, "findings")) == report->finding_count, "findings of JSON");
	fuzz_require(json_array_size(json_object_get(root, "notAnalysed")) == report->missing_count, "missing of JSON");
	json_decref(root);
	root = parse_json(fuzz, written, REPORT_SARIF);
	const json_t *run = json_array_get(json_object_get(root, "runs"), 0);
	size_t results = json_array_size(json_object_get(run, "results"));
	fuzz_require(results == report->finding_count + report->allowed_count + report->known_count, "%zu results",
		     results);
	json_decref(root);
	root = parse_json(fuzz, written, REPORT_GITLAB);
	fuzz_require(json_array_size(root) == report->finding_count + report->missing_count, "issues of GitLab");
	json_decref(root);
}

/* ---- XML -------------------------------------------------------------------------------------- */

static size_t count_elements(const xmlNode *node, const char *name)
{
	size_t count = 0;

	for (; node; node = node->next)
		count += (node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0) +
			 count_elements(node->children, name);
	return count;
}

static void check_xml(struct fuzz *fuzz, struct written *written, enum report_format format, const char *element)
{
	size_t length = 0, expected = written->report->finding_count + written->report->missing_count;
	const char *text = render(fuzz, written, format, &length);
	xmlDoc *document = xmlReadMemory(text, (int)length, "report", NULL,
					 XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);

	fuzz_require_printable(text, length, "the XML report");
	fuzz_require(document, "no XML:\n%s", text);
	size_t count = count_elements(xmlDocGetRootElement(document), element);
	fuzz_require(count == expected || (expected == 0 && format == REPORT_JUNIT), "%zu elements <%s>", count,
		     element);
	xmlFreeDoc(document);
}

/* ---- HTML ---------------------------------------------------------------------------------------- */

/* No attribute runs anything, no address leads to a script. */
static void check_attributes(const xmlNode *node)
{
	for (const xmlAttr *at = node->properties; at; at = at->next) {
		xmlChar *value = xmlNodeListGetString(node->doc, at->children, 1);
		const char *name = (const char *)at->name, *text = value ? (const char *)value : "";

		fuzz_require(strncmp(name, "on", 2) != 0, "attribute %s", name);
		if (strcmp(name, "href") == 0 || strcmp(name, "src") == 0)
			fuzz_require(strncmp(text, "#", 1) == 0 || strncmp(text, "https://", 8) == 0 ||
					     strcmp(text, "data:,") == 0,
				     "it refers to %s", text);
		xmlFree(value);
	}
}

static void check_elements(const xmlNode *node)
{
	static const char *const bad[] = { "iframe", "object", "embed", "img", "base", "svg", "math", "video" };

	for (; node; node = node->next) {
		for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]) && node->type == XML_ELEMENT_NODE; i++)
			fuzz_require(strcmp((const char *)node->name, bad[i]) != 0, "element <%s>", bad[i]);
		if (node->type == XML_ELEMENT_NODE)
			check_attributes(node);
		check_elements(node->children);
	}
}

/* Elements of which a report has as many as one with nothing in it. */
static const char *const counted[] = { "<script", "<style", "<link", "<form", "<meta" };
enum { COUNTED = sizeof(counted) / sizeof(counted[0]) };

static void count_own(struct fuzz *fuzz, const struct written *written, size_t counts[COUNTED])
{
	struct written nothing = *written;
	struct report empty;
	size_t length = 0;

	report_init(&empty, fuzz->arena);
	nothing.report = &empty;
	nothing.options.remark_count = nothing.options.file_count = 0;
	nothing.options.title = NULL;
	const char *text = render(fuzz, &nothing, REPORT_HTML, &length);
	for (int i = 0; i < COUNTED; i++)
		counts[i] = count_text(text, counted[i]);
}

static void check_html(struct fuzz *fuzz, struct written *written)
{
	static size_t own[COUNTED];
	size_t length = 0;

	if (own[0] == 0)
		count_own(fuzz, written, own);
	const char *text = render(fuzz, written, REPORT_HTML, &length);
	fuzz_require_printable(text, length, "the HTML report");
	for (int i = 0; i < COUNTED; i++)
		fuzz_require(count_text(text, counted[i]) == own[i], "%zu times %s, not %zu",
			     count_text(text, counted[i]), counted[i], own[i]);
	htmlDocPtr document = htmlReadMemory(text, (int)length, "report", "utf-8",
					     HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
	fuzz_require(document, "no HTML");
	check_elements(xmlDocGetRootElement(document));
	xmlFreeDoc(document);
}

void fuzz_require_formats(struct fuzz *fuzz, const struct report *report, struct source_cache *sources,
			  struct report_options options, bool with_html)
{
	struct written written = { report, sources, options };

	check_text(fuzz, &written, REPORT_TEXT);
	check_text(fuzz, &written, REPORT_SHORT);
	check_github(fuzz, &written);
	check_json(fuzz, &written);
	check_xml(fuzz, &written, REPORT_CHECKSTYLE, "error");
	check_xml(fuzz, &written, REPORT_JUNIT, "testcase");
	if (with_html)
		check_html(fuzz, &written);
}
