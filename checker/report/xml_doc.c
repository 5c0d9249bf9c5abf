/* Writing an XML document: texts are cleaned on their way out, and a failure is noticed once, at the end. */
#include "report_int.h"

#include <errno.h>
#include <libxml/xmlwriter.h>

/* Its parts are strings of the library's own type. */
#define XML(text) ((const xmlChar *)(text))

static void note(struct xml_doc *doc, int result)
{
	doc->has_failed = doc->has_failed || result < 0;
}

struct xml_doc xml_doc_create(FILE *out)
{
	xmlOutputBufferPtr buffer = xmlOutputBufferCreateFile(out, NULL);
	struct xml_doc doc = { .out = out, .scratch = arena_create() };

	doc.writer = buffer ? xmlNewTextWriter(buffer) : NULL;
	doc.has_failed = !doc.writer;
	if (!doc.has_failed) {
		note(&doc, xmlTextWriterSetIndent(doc.writer, 1));
		note(&doc, xmlTextWriterStartDocument(doc.writer, "1.0", "UTF-8", NULL));
	}
	return doc;
}

void xml_doc_open(struct xml_doc *doc, const char *element)
{
	if (!doc->has_failed)
		note(doc, xmlTextWriterStartElement(doc->writer, XML(element)));
}

void xml_doc_close(struct xml_doc *doc)
{
	if (!doc->has_failed)
		note(doc, xmlTextWriterEndElement(doc->writer));
}

void xml_doc_set(struct xml_doc *doc, const char *attribute, const char *text)
{
	if (!doc->has_failed && text)
		note(doc,
		     xmlTextWriterWriteAttribute(doc->writer, XML(attribute), XML(utf8_printable(doc->scratch, text))));
}

void xml_doc_set_number(struct xml_doc *doc, const char *attribute, size_t number)
{
	xml_doc_set(doc, attribute, arena_printf(doc->scratch, "%zu", number));
}

void xml_doc_line(struct xml_doc *doc, const char *text)
{
	if (doc->has_failed)
		return;
	note(doc, xmlTextWriterWriteString(doc->writer, XML(utf8_printable(doc->scratch, text))));
	note(doc, xmlTextWriterWriteString(doc->writer, XML("\n")));
}

int xml_doc_finish(struct xml_doc *doc)
{
	if (!doc->has_failed)
		note(doc, xmlTextWriterEndDocument(doc->writer));
	xmlFreeTextWriter(doc->writer); /* and the buffer, but not the stream */
	arena_destroy(doc->scratch);
	if (doc->has_failed && !ferror(doc->out))
		errno = ENOMEM;
	return doc->has_failed || fflush(doc->out) || ferror(doc->out) ? -1 : 0;
}
