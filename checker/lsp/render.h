/* What is known of a document, as the protocol wants it. */
#ifndef SO2_LSP_RENDER_H
#define SO2_LSP_RENDER_H

#include "document.h"

#include <jansson.h>

/* What the editor said that it understands. */
struct client {
	enum position_encoding encoding;
	bool has_related, has_deprecated, has_code_description; /* in diagnostics */
	bool has_markdown;
	bool has_action_literals, has_document_changes;
};

/* All are the caller's. documents: all that are open, whose texts count in place of the files'. */
json_t *render_diagnostics(const struct client *client, const struct document *documents,
			   const struct document *document);
/* The rule of the finding at the place; null: none is there. */
json_t *render_hover(const struct client *client, const struct document *document, struct position place);
/* What can be done about the findings in the range. */
json_t *render_actions(const struct client *client, const struct document *documents, const struct document *document,
		       const struct range *range);
json_t *render_range(const struct range *range);

#endif
