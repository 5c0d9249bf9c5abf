/* What the editor asks for and tells. */
#include "server.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef void handle_message(struct server *server, const json_t *id, const json_t *params);

static const char *text_of(const json_t *value)
{
	return json_is_string(value) ? json_string_value(value) : NULL;
}

static struct document *find_document(const struct server *server, const json_t *params)
{
	const char *uri = text_of(json_object_get(json_object_get(params, "textDocument"), "uri"));

	for (struct document *document = server->documents; uri && document; document = document->next)
		if (strcmp(document->uri, uri) == 0)
			return document;
	return NULL;
}

/* ---- places ----------------------------------------------------------------------------------- */

static bool take_position(const json_t *value, struct position *place)
{
	const json_t *line = json_object_get(value, "line"), *character = json_object_get(value, "character");

	if (!json_is_integer(line) || !json_is_integer(character) || json_integer_value(line) < 0 ||
	    json_integer_value(character) < 0)
		return false;
	*place = (struct position){ (size_t)json_integer_value(line), (size_t)json_integer_value(character) };
	return true;
}

static bool take_range(const json_t *value, struct range *range)
{
	return take_position(json_object_get(value, "start"), &range->start) &&
	       take_position(json_object_get(value, "end"), &range->end);
}

/* ---- beginning and end --------------------------------------------------------------------------- */

/* a.b.c of an object */
static const json_t *look_up(const json_t *object, const char *path)
{
	while (object && *path) {
		char key[64];
		size_t length = strcspn(path, ".");
		if (length >= sizeof(key))
			return NULL;
		memcpy(key, path, length);
		key[length] = '\0';
		object = json_object_get(object, key);
		path += length + (path[length] == '.');
	}
	return object;
}

static bool has_text(const json_t *list, const char *text)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *item = text_of(json_array_get(list, i));
		if (item && strcmp(item, text) == 0)
			return true;
	}
	return false;
}

static bool has_number(const json_t *list, json_int_t number)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (json_integer_value(json_array_get(list, i)) == number)
			return true;
	return false;
}

static void read_capabilities(struct client *client, const json_t *offered)
{
	const json_t *document = json_object_get(offered, "textDocument");
	const json_t *published = json_object_get(document, "publishDiagnostics");

	client->encoding = has_text(look_up(offered, "general.positionEncodings"), "utf-8") ? POSITION_UTF8 :
											      POSITION_UTF16;
	client->has_related = json_is_true(json_object_get(published, "relatedInformation"));
	client->has_deprecated = has_number(look_up(published, "tagSupport.valueSet"), 2);
	client->has_code_description = json_is_true(json_object_get(published, "codeDescriptionSupport"));
	client->has_markdown = has_text(look_up(document, "hover.contentFormat"), "markdown");
	client->has_action_literals = look_up(document, "codeAction.codeActionLiteralSupport") != NULL;
	client->has_document_changes = json_is_true(look_up(offered, "workspace.workspaceEdit.documentChanges"));
}

static json_t *own_capabilities(const struct server *server)
{
	json_t *sync = json_pack("{s:b,s:i,s:{s:b}}", "openClose", 1, "change", 2, "save", "includeText", 0);
	json_t *actions = server->client.has_action_literals ? json_pack("{s:[s]}", "codeActionKinds", "quickfix") :
							       json_false();

	return json_pack("{s:{s:s,s:o,s:b,s:o},s:{s:s,s:s}}", "capabilities", "positionEncoding",
			 server->client.encoding == POSITION_UTF8 ? "utf-8" : "utf-16", "textDocumentSync", sync,
			 "hoverProvider", 1, "codeActionProvider", actions, "serverInfo", "name", "so2check", "version",
			 server->options->version);
}

/* Relative names in the settings are seen from the folder that is open. */
static void enter_root(struct server *server, struct arena *arena, const json_t *params)
{
	const char *uri =
		text_of(json_object_get(json_array_get(json_object_get(params, "workspaceFolders"), 0), "uri"));

	if (!uri)
		uri = text_of(json_object_get(params, "rootUri"));
	const char *path = uri ? document_path(arena, uri) : text_of(json_object_get(params, "rootPath"));
	if (path && chdir(path))
		server_log(server, MESSAGE_WARNING, "so2check: the folder %s cannot be entered", path);
}

static const json_t *own_settings(const json_t *settings)
{
	const json_t *inner = json_object_get(settings, "so2check");

	return inner ? inner : settings;
}

static void handle_initialize(struct server *server, const json_t *id, const json_t *params)
{
	struct arena *arena = arena_create();

	if (server->state != SERVER_NEW) {
		server_refuse(server, id, RPC_INVALID_REQUEST, "`initialize` has been sent before");
	} else {
		read_capabilities(&server->client, json_object_get(params, "capabilities"));
		enter_root(server, arena, params);
		const char *problem = server_configure(server, arena,
						       own_settings(json_object_get(params, "initializationOptions")));
		if (!problem)
			server->state = SERVER_RUNNING;
		if (problem)
			server_refuse(server, id, RPC_INVALID_PARAMS, problem);
		else
			server_answer(server, id, own_capabilities(server));
	}
	arena_destroy(arena);
}

static void handle_shutdown(struct server *server, const json_t *id, const json_t *params)
{
	(void)params;
	server->state = SERVER_SHUT_DOWN;
	server_answer_pending(server);
	worker_close(&server->worker);
	server_answer(server, id, json_null());
}

static void handle_exit(struct server *server, const json_t *id, const json_t *params)
{
	(void)id;
	(void)params;
	server->has_exited = true;
	server->status = server->state == SERVER_SHUT_DOWN ? EXIT_SUCCESS : EXIT_FAILURE;
}

static void handle_nothing(struct server *server, const json_t *id, const json_t *params)
{
	(void)server;
	(void)id;
	(void)params;
}

static void handle_configuration(struct server *server, const json_t *id, const json_t *params)
{
	const json_t *settings = json_object_get(json_object_get(params, "settings"), "so2check");
	struct arena *arena = arena_create();
	const char *problem = settings ? server_configure(server, arena, settings) : NULL;

	(void)id;
	if (problem)
		server_log(server, MESSAGE_ERROR, "so2check: the settings stay as they were: %s", problem);
	arena_destroy(arena);
}

/* ---- documents ------------------------------------------------------------------------------------- */

static void remove_document(struct server *server, struct document *document)
{
	struct document **link = &server->documents;

	if (server->pending.document == document)
		server_answer_pending(server);
	while (*link != document)
		link = &(*link)->next;
	*link = document->next;
	server->document_count--;
	if (server->asked == document)
		server->asked = NULL;
	/* the answer counts the documents that it was asked about, and this one is no longer among them */
	if (document->is_asked)
		worker_close(&server->worker);
	for (struct document *other = server->documents; document->is_asked && other; other = other->next)
		other->is_asked = false;
	document_destroy(document);
}

static bool is_source(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot && (strcmp(dot, ".c") == 0 || strcmp(dot, ".h") == 0 || strcmp(dot, ".C") == 0);
}

static void handle_open(struct server *server, const json_t *id, const json_t *params)
{
	const json_t *item = json_object_get(params, "textDocument"), *text = json_object_get(item, "text");
	const char *uri = text_of(json_object_get(item, "uri"));
	struct document *before = find_document(server, params);
	struct arena *arena = arena_create();

	(void)id;
	if (before)
		remove_document(server, before);
	if (!uri || !json_is_string(text) || server->document_count >= DOCUMENT_LIMIT) {
		server_log(server, MESSAGE_ERROR, "so2check: didOpen: %s",
			   uri && json_is_string(text) ? "too many documents are open" :
							 "`textDocument` lacks `uri` or `text`");
	} else {
		const char *path = document_path(arena, uri);
		struct document *document = document_create(uri, path && is_source(path) ? path : NULL,
							    json_integer_value(json_object_get(item, "version")),
							    json_string_value(text), json_string_length(text));
		document->next = server->documents;
		server->documents = document;
		server->document_count++;
		server->is_fresh = true;
		server_mark(document, 0);
	}
	arena_destroy(arena);
}

/* NULL: done, else why not. */
static const char *change(struct server *server, struct document *document, const json_t *item)
{
	const json_t *text = json_object_get(item, "text"), *place = json_object_get(item, "range");
	struct range range;

	if (!json_is_string(text))
		return "there is no `text`";
	if (!place) {
		document_set_text(document, json_string_value(text), json_string_length(text));
		return NULL;
	}
	if (!take_range(place, &range))
		return "`range` is none";
	return document_replace(document, &range, server->client.encoding, json_string_value(text),
				json_string_length(text)) ?
		       NULL :
		       "`range` ends before it begins";
}

static void handle_change(struct server *server, const json_t *id, const json_t *params)
{
	const json_t *changes = json_object_get(params, "contentChanges");
	const json_t *version = look_up(params, "textDocument.version");
	struct document *document = find_document(server, params);
	const char *problem = !document		      ? "the document is not open" :
			      !json_is_array(changes) ? "there are no `contentChanges`" :
							NULL;

	(void)id;
	for (size_t i = 0; !problem && i < json_array_size(changes); i++)
		problem = change(server, document, json_array_get(changes, i));
	if (problem)
		server_log(server, MESSAGE_ERROR, "so2check: didChange: %s", problem);
	if (!document)
		return;
	if (server->pending.document == document)
		server_answer_pending(server);
	document->version = json_is_integer(version) ? json_integer_value(version) : document->version + 1;
	server_mark(document, server->delay);
}

/* What is on disk counts for the others, too. */
static void mark_all(struct server *server)
{
	server->is_fresh = true;
	for (struct document *document = server->documents; document; document = document->next)
		server_mark(document, 0);
}

static void handle_save(struct server *server, const json_t *id, const json_t *params)
{
	(void)id;
	if (find_document(server, params))
		mark_all(server);
}

static void handle_close(struct server *server, const json_t *id, const json_t *params)
{
	struct document *document = find_document(server, params);

	(void)id;
	if (!document)
		return;
	server_notify(server, "textDocument/publishDiagnostics",
		      json_pack("{s:s,s:[]}", "uri", document->uri, "diagnostics"));
	remove_document(server, document);
	mark_all(server);
}

/* ---- questions ---------------------------------------------------------------------------------------- */

static void handle_hover(struct server *server, const json_t *id, const json_t *params)
{
	const struct document *document = find_document(server, params);
	struct position place;

	if (!take_position(json_object_get(params, "position"), &place))
		server_refuse(server, id, RPC_INVALID_PARAMS, "hover: `position` is none");
	else if (!document)
		server_refuse(server, id, RPC_INVALID_PARAMS, "hover: the document is not open");
	else
		server_answer(server, id, render_hover(&server->client, document, place));
}

/* A kind contains those that begin with it and a dot. */
static bool wants_fixes(const json_t *only)
{
	return !only || has_text(only, "quickfix") || has_text(only, "");
}

/* Is a fix to be had that is not known yet? Sets the lines to ask about. */
static bool lacks_fixes(const struct document *document, struct pending *pending)
{
	const struct report *report = &document->report;
	bool is_known = document->fix_arena && document->fix_version == document->version &&
			document->fix_first <= pending->first && document->fix_last >= pending->last;

	for (size_t i = 0; i < report->finding_count && !is_known && !document->is_changed; i++) {
		const struct finding *finding = &report->findings[i];
		if (finding->rule->fix_count > 0 && finding->span.line >= pending->first &&
		    finding->span.line <= pending->last)
			return true;
	}
	return false;
}

static void answer_actions(struct server *server, const json_t *id, const struct document *document,
			   const struct range *range)
{
	struct pending pending = { .document = document,
				   .range = *range,
				   .first = (unsigned)range->start.line + 1,
				   .last = (unsigned)range->end.line + 1 };

	if (!lacks_fixes(document, &pending)) {
		server_answer(server, id, render_actions(&server->client, server->documents, document, range));
		return;
	}
	server_answer_pending(server);
	pending.id = json_incref((json_t *)id);
	server->pending = pending;
}

static void handle_cancel(struct server *server, const json_t *id, const json_t *params)
{
	const json_t *unwanted = json_object_get(params, "id");

	(void)id;
	if (!server->pending.id || !json_equal(server->pending.id, unwanted))
		return; /* it has been answered */
	json_t *pending = json_incref(server->pending.id);
	json_decref(server->pending.id);
	server->pending = (struct pending){ 0 };
	server_refuse(server, pending, RPC_CANCELLED, "cancelled");
	json_decref(pending);
}

static void handle_action(struct server *server, const json_t *id, const json_t *params)
{
	const struct document *document = find_document(server, params);
	struct range range;

	if (!take_range(json_object_get(params, "range"), &range))
		server_refuse(server, id, RPC_INVALID_PARAMS, "codeAction: `range` is none");
	else if (!document)
		server_refuse(server, id, RPC_INVALID_PARAMS, "codeAction: the document is not open");
	else if (!server->client.has_action_literals || !wants_fixes(look_up(params, "context.only")))
		server_answer(server, id, json_array());
	else
		answer_actions(server, id, document, &range);
}

/* ---- which message is whose ------------------------------------------------------------------------------ */

struct method {
	const char *name;
	handle_message *handle;
	bool is_request;
};

static const struct method methods[] = {
	{ "initialize", handle_initialize, true },
	{ "initialized", handle_nothing, false },
	{ "shutdown", handle_shutdown, true },
	{ "exit", handle_exit, false },
	{ "$/cancelRequest", handle_cancel, false },
	{ "$/setTrace", handle_nothing, false },
	{ "workspace/didChangeConfiguration", handle_configuration, false },
	{ "textDocument/didOpen", handle_open, false },
	{ "textDocument/didChange", handle_change, false },
	{ "textDocument/didSave", handle_save, false },
	{ "textDocument/didClose", handle_close, false },
	{ "textDocument/hover", handle_hover, true },
	{ "textDocument/codeAction", handle_action, true },
};

static const struct method *find_method(const char *name)
{
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (strcmp(methods[i].name, name) == 0)
			return &methods[i];
	return NULL;
}

/* May it be answered now? Else it is refused. */
static bool is_in_order(struct server *server, const json_t *id, const char *name)
{
	if (server->state == SERVER_NEW && strcmp(name, "initialize") != 0) {
		server_refuse(server, id, RPC_NOT_INITIALIZED, "`initialize` comes first");
		return false;
	}
	if (server->state == SERVER_SHUT_DOWN) {
		server_refuse(server, id, RPC_INVALID_REQUEST, "nothing but `exit` comes after `shutdown`");
		return false;
	}
	return true;
}

static void handle_request(struct server *server, const json_t *id, const char *name, const json_t *params)
{
	const struct method *method = find_method(name);

	if (!is_in_order(server, id, name))
		return;
	if (method && method->is_request)
		method->handle(server, id, params);
	else
		server_refuse(server, id, RPC_METHOD_NOT_FOUND, "this method is not known");
}

static void handle_notification(struct server *server, const char *name, const json_t *params)
{
	const struct method *method = find_method(name);

	if (method && !method->is_request && (server->state == SERVER_RUNNING || method->handle == handle_exit))
		method->handle(server, NULL, params);
}

void server_handle(struct server *server, const json_t *message)
{
	const json_t *id = json_object_get(message, "id"), *params = json_object_get(message, "params");
	const char *name = text_of(json_object_get(message, "method"));

	if (!json_is_object(message) || (id && !json_is_integer(id) && !json_is_string(id) && !json_is_null(id)))
		server_refuse(server, NULL, RPC_INVALID_REQUEST,
			      "a message is an object, and its `id` a number or a text");
	else if (!name && !(id && (json_object_get(message, "result") || json_object_get(message, "error"))))
		server_refuse(server, id, RPC_INVALID_REQUEST, "the message has no `method`");
	else if (name && id)
		handle_request(server, id, name, params);
	else if (name)
		handle_notification(server, name, params);
}
