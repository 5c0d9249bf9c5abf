/* Visual Studio project files: which sources they compile, with what.
 *
 * Only what a parse needs is evaluated: properties and conditions of one
 * configuration (a 64-bit debug build when there is one), no targets, no
 * functions. A value that depends on an unknown property is left out, with a note unless it is one of the build tools'. */
#include "units_int.h"

#include <ctype.h>
#include <fnmatch.h>
#include <libxml/parser.h>
#include <string.h>
#include <strings.h>

#define IMPORT_DEPTH_LIMIT 8
#define FOLDER_DEPTH_LIMIT 16
/* A project is hostile input like any source. */
#define MATCH_LIMIT 100000
#define VALUE_LIMIT ((size_t)64 << 10)
#define NOTE_LIMIT 50

struct property {
	const char *name, *value;
};

struct reader {
	struct arena *arena;
	struct intern_pool *pool;
	struct include_cache *cache;
	struct vcx_project *project;
	const char *folder; /* of the project: relative names start there */
	const char *file;   /* being read: the project, or a sheet */
	struct property *properties;
	int property_count, property_capacity;
	struct keymap *imported; /* interned paths */
	struct keymap *listed;	 /* likewise, of sources */
	int depth;		 /* of imports */
	int matches;		 /* entries of folders looked at for wildcards */
};

/* ---- text ------------------------------------------------------------------------------ */

/* Without the space around it, and the quotes when it stands in some. */
static const char *trimmed(struct arena *arena, const char *begin, size_t length)
{
	static const char blanks[] = " \t\r\n";

	while (length > 0 && strchr(blanks, *begin)) {
		begin++;
		length--;
	}
	while (length > 0 && strchr(blanks, begin[length - 1]))
		length--;
	if (length > 1 && begin[0] == '"' && begin[length - 1] == '"') {
		begin++;
		length -= 2;
	}
	return arena_strndup(arena, begin, length);
}

static const char *attribute(struct arena *arena, const xmlNode *node, const char *name)
{
	xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
	const char *copy = value ? arena_strdup(arena, (const char *)value) : NULL;

	xmlFree(value);
	return copy;
}

static const char *content(struct arena *arena, const xmlNode *node)
{
	xmlChar *value = xmlNodeGetContent(node);
	const char *copy = value ? trimmed(arena, (const char *)value, strlen((const char *)value)) : "";

	xmlFree(value);
	return copy;
}

static bool is_element(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && strcasecmp((const char *)node->name, name) == 0;
}

/* ---- properties ------------------------------------------------------------------------------ */

static const char *property_value(const struct reader *reader, const char *name)
{
	for (int i = reader->property_count; i-- > 0;)
		if (strcasecmp(reader->properties[i].name, name) == 0)
			return reader->properties[i].value;
	return NULL;
}

static void set_property(struct reader *reader, const char *name, const char *value)
{
	struct property property = { .name = name, .value = value };

	ARENA_PUSH(reader->arena, reader->properties, reader->property_count, reader->property_capacity, property);
}

/* With $(Name) replaced; NULL: one of them is unknown and may not be. */
static const char *expand(const struct reader *reader, const char *text, bool may_be_unknown)
{
	const char *out = "", *reference;

	if (strlen(text) > VALUE_LIMIT)
		return NULL;
	while ((reference = strstr(text, "$(")) != NULL) {
		const char *end = strchr(reference, ')');
		if (!end)
			return NULL;
		const char *name = arena_strndup(reader->arena, reference + 2, (size_t)(end - reference - 2));
		const char *value = property_value(reader, name);
		if (!value && !may_be_unknown)
			return NULL;
		out = arena_printf(reader->arena, "%s%.*s%s", out, (int)(reference - text), text, value ? value : "");
		text = end + 1;
		if (strlen(out) > VALUE_LIMIT) /* properties made of themselves grow fast */
			return NULL;
	}
	return arena_printf(reader->arena, "%s%s", out, text);
}

/* ---- what is left out -------------------------------------------------------------------------- */

static void add_note(struct reader *reader, const xmlNode *node, const char *text)
{
	struct vcx_project *project = reader->project;
	struct vcx_note note = { .file = reader->file, .line = (unsigned)xmlGetLineNo(node), .text = text };

	for (int i = 0; i < project->note_count; i++)
		if (project->notes[i].line == note.line && strcmp(project->notes[i].text, text) == 0 &&
		    strcmp(project->notes[i].file, note.file) == 0)
			return;
	if (project->note_count < NOTE_LIMIT)
		ARENA_PUSH(reader->arena, project->notes, project->note_count, project->note_capacity, note);
}

/* Folders of Visual Studio and the kits, which our own headers stand for, and what they leave to the user. */
static bool is_of_build_tools(const char *property)
{
	static const char *const beginnings[] = {
		"VC",	"VS",	"WindowsSDK", "WindowsTarget", "WDK",  "DDK_",	      "KM_",	     "KMDF_",	"UMDF_",
		"KIT_", "SDK_", "CRT_",	      "UniversalCRT",  "UCRT", "UserRootDir", "IncludePath", "MSBuild", "NETFX"
	};

	for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++)
		if (strncasecmp(property, beginnings[i], strlen(beginnings[i])) == 0)
			return true;
	return false;
}

/* The first that expand() stumbled over; NULL: none. */
static const char *unknown_property(const struct reader *reader, const char *text)
{
	while ((text = strstr(text, "$(")) != NULL) {
		const char *name = arena_strndup(reader->arena, text + 2, strcspn(text + 2, ")"));

		if (!property_value(reader, name))
			return name;
		text += 2;
	}
	return NULL;
}

static void note_unknown(struct reader *reader, const xmlNode *node, const char *text)
{
	const char *name = unknown_property(reader, text);

	if (name && !is_of_build_tools(name))
		add_note(reader, node,
			 arena_printf(reader->arena, "`%s` is left out: the property %s is not known", text, name));
}

/* Files that are imported if they exist are not told of. */
static void note_condition(struct reader *reader, const xmlNode *node, const char *condition)
{
	if (condition && strcasestr(condition, "exists") == NULL)
		add_note(reader, node,
			 arena_printf(reader->arena,
				      "the condition \"%s\" is taken to hold: only 'a'=='b' is understood", condition));
}

/* 'a'=='b' or 'a'!='b'; anything else is taken to hold. */
static bool condition_holds(struct reader *reader, const xmlNode *node)
{
	const char *condition = attribute(reader->arena, node, "Condition");
	const char *text = condition ? expand(reader, condition, true) : NULL;
	const char *left = text ? strchr(text, '\'') : NULL;
	const char *left_end = left ? strchr(left + 1, '\'') : NULL;
	const char *right = left_end ? strchr(left_end + 1, '\'') : NULL;
	const char *right_end = right ? strchr(right + 1, '\'') : NULL;

	if (!right_end || strchr(right_end + 1, '\'') || text + strspn(text, " \t(!") != left) {
		note_condition(reader, node, condition);
		return true;
	}
	bool is_equal = left_end - left == right_end - right &&
			strncasecmp(left, right, (size_t)(left_end - left)) == 0;
	return memmem(left_end, (size_t)(right - left_end), "!=", 2) ? !is_equal : is_equal;
}

/* ---- values of the compiler ---------------------------------------------------------------------- */

/* The file or folder that a name of the project means. */
static const char *resolve(const struct reader *reader, const char *name)
{
	const char *path = path_with_slashes(reader->arena, name);
	const char *found = include_resolve_any(reader->cache, reader->folder, path);

	return found ? found : path_absolute(reader->arena, reader->folder, path);
}

static void add_folder(struct reader *reader, struct word_list *flags, const char *value)
{
	const char *path = resolve(reader, value);

	if (path_is_directory(path))
		words_push_pair(reader->arena, flags, "-I", path);
}

static void add_definition(struct reader *reader, struct word_list *flags, const char *value)
{
	char *text, *out;

	if (windows_is_left_out(value))
		return;
	/* Quotes are escaped for a command line that is not there. */
	out = text = arena_strdup(reader->arena, value);
	for (const char *in = value; *in; in++)
		if (in[0] != '\\' || in[1] != '"')
			*out++ = *in;
	*out = '\0';
	words_push(reader->arena, flags, arena_printf(reader->arena, "-D%s", text));
}

static void add_forced_include(struct reader *reader, struct word_list *flags, const char *value)
{
	const char *path = resolve(reader, value);

	/* One of the folders' headers: the search finds it. */
	words_push_pair(reader->arena, flags, "-include", path_exists(reader->arena, "", path) ? path : value);
}

static void add_trace_function(struct reader *reader, struct word_list *flags, const char *value)
{
	size_t length = 0;

	(void)flags;
	while (isalnum((unsigned char)value[length]) || value[length] == '_')
		length++;
	if (length)
		words_push(reader->arena, &reader->project->trace_functions,
			   arena_strndup(reader->arena, value, length));
}

struct value_row {
	const char *element;
	void (*add)(struct reader *reader, struct word_list *flags, const char *value);
};

static const struct value_row value_rows[] = {
	{ "AdditionalIncludeDirectories", add_folder },
	{ "PreprocessorDefinitions", add_definition },
	{ "ForcedIncludeFiles", add_forced_include },
	{ "WppTraceFunction", add_trace_function },
};

static void add_values(struct reader *reader, struct word_list *flags, const struct value_row *row, const xmlNode *node)
{
	const char *list = content(reader->arena, node);

	for (;;) {
		size_t length = strcspn(list, ";");
		const char *item = trimmed(reader->arena, list, length);
		const char *value = item[0] && !strstr(item, "%(") ? expand(reader, item, false) : NULL;
		if (value)
			row->add(reader, flags, value);
		else
			note_unknown(reader, node, item);
		if (list[length] == '\0')
			return;
		list += length + 1;
	}
}

static void read_compiler_values(struct reader *reader, struct word_list *flags, const xmlNode *parent)
{
	for (const xmlNode *node = parent->children; node; node = node->next)
		for (size_t i = 0; i < sizeof(value_rows) / sizeof(value_rows[0]); i++)
			if (is_element(node, value_rows[i].element) && condition_holds(reader, node))
				add_values(reader, flags, &value_rows[i], node);
}

/* ---- sources ------------------------------------------------------------------------------------------ */

static void add_source(struct reader *reader, const char *path, const struct word_list *flags)
{
	struct vcx_project *project = reader->project;
	struct vcx_source source = { .path = path, .flags = *flags };

	if (!text_ends_with(path, ".c") && !text_ends_with(path, ".C"))
		return;
	uint64_t key = KEYMAP_KEY(intern(reader->pool, path));
	if (keymap_get(reader->listed, key))
		return;
	keymap_put(reader->listed, key, reader);
	ARENA_PUSH(reader->arena, project->sources, project->source_count, project->source_capacity, source);
}

static void add_matching(struct reader *reader, const char *folder, const char *pattern, const struct word_list *flags,
			 int depth);

static void match_entry(struct reader *reader, const char *path, const char *rest, const struct word_list *flags,
			int depth)
{
	reader->matches++;
	if (rest && path_is_directory(path))
		add_matching(reader, path, rest, flags, depth + 1);
	else if (!rest && !path_is_directory(path))
		add_source(reader, path, flags);
}

/* `*` and `?` in any part of the path, `**` for any folders. */
static void add_matching(struct reader *reader, const char *folder, const char *pattern, const struct word_list *flags,
			 int depth)
{
	size_t length = strcspn(pattern, "/");
	const char *part = arena_strndup(reader->arena, pattern, length);
	const char *rest = pattern[length] ? pattern + length + strspn(pattern + length, "/") : NULL;
	bool is_deep = strcmp(part, "**") == 0;

	if (depth > FOLDER_DEPTH_LIMIT || reader->matches > MATCH_LIMIT)
		return;
	if (!strpbrk(part, "*?")) {
		const char *path = include_resolve_any(reader->cache, length ? folder : "/", part);
		if (path)
			match_entry(reader, path, rest, flags, depth);
		return;
	}
	if (is_deep && rest)
		add_matching(reader, folder, rest, flags, depth + 1);
	const struct word_list *names = include_folder_names(reader->cache, folder);
	for (int i = 0; i < names->count; i++)
		if (names->items[i][0] != '.' && (is_deep || fnmatch(part, names->items[i], FNM_CASEFOLD) == 0))
			match_entry(reader, path_join(reader->arena, folder, names->items[i]), is_deep ? pattern : rest,
				    flags, depth);
}

static void read_wildcard(struct reader *reader, const xmlNode *item, const char *name, const struct word_list *flags)
{
	add_matching(reader, reader->folder, path_with_slashes(reader->arena, name), flags, 0);
	if (reader->matches > MATCH_LIMIT)
		add_note(reader, item,
			 "the wildcards fit more files than so2check looks at: sources may be missing here");
}

static bool is_excluded(struct reader *reader, const xmlNode *item)
{
	for (const xmlNode *node = item->children; node; node = node->next)
		if (is_element(node, "ExcludedFromBuild") && condition_holds(reader, node) &&
		    strcasecmp(content(reader->arena, node), "true") == 0)
			return true;
	return false;
}

static void read_source_item(struct reader *reader, const xmlNode *item)
{
	const char *list = attribute(reader->arena, item, "Include");
	struct word_list flags = { 0 };

	if (!list || is_excluded(reader, item))
		return;
	read_compiler_values(reader, &flags, item);
	for (;;) {
		size_t length = strcspn(list, ";");
		const char *given = trimmed(reader->arena, list, length), *name = expand(reader, given, false);
		if (!name)
			note_unknown(reader, item, given);
		else if (strpbrk(name, "*?"))
			read_wildcard(reader, item, name, &flags);
		else if (name[0])
			add_source(reader, resolve(reader, name), &flags);
		if (list[length] == '\0')
			return;
		list += length + 1;
	}
}

/* ---- elements --------------------------------------------------------------------------------------------- */

static void read_properties(struct reader *reader, const xmlNode *group)
{
	for (const xmlNode *node = group->children; node; node = node->next) {
		if (node->type != XML_ELEMENT_NODE || !condition_holds(reader, node))
			continue;
		const char *value = expand(reader, content(reader->arena, node), true);
		if (value)
			set_property(reader, arena_strdup(reader->arena, (const char *)node->name), value);
	}
}

static void read_items(struct reader *reader, const xmlNode *group, bool are_defaults)
{
	for (const xmlNode *node = group->children; node; node = node->next) {
		if (!is_element(node, "ClCompile") || !condition_holds(reader, node))
			continue;
		if (are_defaults)
			read_compiler_values(reader, &reader->project->flags, node);
		else
			read_source_item(reader, node);
	}
}

static const char *read_file(struct reader *reader, const char *path, unsigned *line);

/* Property sheets beside the project; those of Visual Studio are not there. */
static void read_import(struct reader *reader, const xmlNode *node)
{
	const char *name = attribute(reader->arena, node, "Project");
	const char *value = name ? expand(reader, name, false) : NULL;
	const char *path = value ? resolve(reader, value) : NULL;
	if (name && !value)
		note_unknown(reader, node, name);
	uint64_t key = path ? KEYMAP_KEY(intern(reader->pool, path)) : 0;
	unsigned line = 0;

	if (!path || reader->depth >= IMPORT_DEPTH_LIMIT || keymap_get(reader->imported, key))
		return;
	keymap_put(reader->imported, key, reader);
	if (path_exists(reader->arena, "", path)) {
		const char *problem = read_file(reader, path, &line); /* costs its own values only */
		if (problem)
			add_note(reader, node, arena_printf(reader->arena, "the sheet `%s`: %s", name, problem));
	} else if (!attribute(reader->arena, node, "Condition")) {
		add_note(reader, node, arena_printf(reader->arena, "the sheet `%s` is not there", name));
	}
}

static void read_element(struct reader *reader, const xmlNode *node)
{
	if (node->type != XML_ELEMENT_NODE || !condition_holds(reader, node))
		return;
	if (is_element(node, "PropertyGroup"))
		read_properties(reader, node);
	else if (is_element(node, "ItemDefinitionGroup"))
		read_items(reader, node, true);
	else if (is_element(node, "ItemGroup"))
		read_items(reader, node, false);
	else if (is_element(node, "Import"))
		read_import(reader, node);
	else if (is_element(node, "ImportGroup") || is_element(node, "Choose") || is_element(node, "When"))
		for (const xmlNode *kid = node->children; kid; kid = kid->next)
			read_element(reader, kid);
}

/* ---- which configuration --------------------------------------------------------------------------------------- */

static int configuration_rank(const char *name)
{
	const char *platform = strchr(name, '|');

	return 2 * (platform && strcasecmp(platform + 1, "x64") == 0) + (strcasestr(name, "debug") != NULL);
}

static void choose_configuration(struct reader *reader, const xmlNode *root)
{
	const char *best = "Debug|x64";
	int best_rank = -1;

	for (const xmlNode *group = root->children; group; group = group->next)
		for (const xmlNode *node = is_element(group, "ItemGroup") ? group->children : NULL; node;
		     node = node->next) {
			const char *name = is_element(node, "ProjectConfiguration") ?
						   attribute(reader->arena, node, "Include") :
						   NULL;
			if (name && configuration_rank(name) > best_rank) {
				best = name;
				best_rank = configuration_rank(name);
			}
		}
	size_t length = strcspn(best, "|");
	set_property(reader, "Configuration", arena_strndup(reader->arena, best, length));
	set_property(reader, "Platform", best[length] ? best + length + 1 : "x64");
}

/* ---- the file ----------------------------------------------------------------------------------------------------- */

struct first_error {
	struct arena *arena;
	const char *message; /* NULL: none so far */
	unsigned line;
};

#if LIBXML_VERSION >= 21200
typedef const xmlError *xml_error;
#else
typedef xmlError *xml_error;
#endif

/* What follows the first error is mostly its consequence. */
static void keep_first_error(void *data, xml_error error)
{
	struct first_error *first = ((xmlParserCtxt *)data)->_private;

	if (first->message || error->level < XML_ERR_ERROR)
		return;
	first->message = error->message ? trimmed(first->arena, error->message, strlen(error->message)) : "broken";
	first->line = error->line > 0 ? (unsigned)error->line : 0;
}

/* Of the file being read, which may be an imported one. */
static void set_own_names(struct reader *reader, const char *path)
{
	set_property(reader, "MSBuildThisFileDirectory",
		     arena_printf(reader->arena, "%s/", path_parent(reader->arena, path)));
}

static const char *read_tree(struct reader *reader, const char *path, const xmlNode *root)
{
	if (!root || !is_element(root, "Project"))
		return "not a Visual Studio project: the outermost element is not <Project>";
	if (reader->depth == 1)
		choose_configuration(reader, root);
	for (const xmlNode *node = root->children; node; node = node->next) {
		set_own_names(reader, path);
		read_element(reader, node);
	}
	return NULL;
}

static const char *read_file(struct reader *reader, const char *path, unsigned *line)
{
	/* No network, no external entities: a project is data. */
	const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA;
	struct source_text source;
	struct first_error error = { .arena = reader->arena };
	const char *problem = NULL;

	if (!source_slurp(reader->arena, path, &source))
		return "the project cannot be read";
	xmlParserCtxt *context = xmlNewParserCtxt();
	if (!context)
		return "the project cannot be read";
	context->_private = &error;
	context->sax->serror = keep_first_error;
	const char *includer = reader->file;
	reader->file = path;
	reader->depth++;
	xmlDoc *document = xmlCtxtReadMemory(context, source.text, (int)source.length, path, NULL, options);
	*line = document ? 0 : error.line;
	if (document)
		problem = read_tree(reader, path, xmlDocGetRootElement(document));
	else
		problem = arena_printf(reader->arena, "the project is no well-formed XML: %s",
				       error.message ? error.message : "it cannot be parsed");
	reader->depth--;
	reader->file = includer;
	xmlFreeDoc(document);
	xmlFreeParserCtxt(context);
	return problem;
}

static const char *name_without_suffix(struct arena *arena, const char *path)
{
	const char *base = path_base(path), *dot = strrchr(base, '.');

	return arena_strndup(arena, base, dot ? (size_t)(dot - base) : strlen(base));
}

bool vcxproj_is_name(const char *path)
{
	size_t length = strlen(path);

	return length > 8 && strcasecmp(path + length - 8, ".vcxproj") == 0;
}

const char *vcxproj_read(struct arena *arena, struct intern_pool *pool, struct include_cache *cache, const char *path,
			 struct vcx_project *project, unsigned *line)
{
	struct reader reader = { .arena = arena,
				 .pool = pool,
				 .cache = cache,
				 .project = project,
				 .imported = keymap_create(arena),
				 .listed = keymap_create(arena) };

	*project = (struct vcx_project){ .path = path, .name = name_without_suffix(arena, path) };
	*line = 0;
	reader.folder = path_parent(arena, path);
	const char *folder = arena_printf(arena, "%s/", reader.folder);
	set_property(&reader, "ProjectDir", folder);
	set_property(&reader, "MSBuildProjectDirectory", reader.folder);
	set_property(&reader, "SolutionDir", folder); /* a guess that often holds */
	set_property(&reader, "ProjectName", project->name);
	set_property(&reader, "MSBuildProjectName", project->name);
	const char *problem = read_file(&reader, path, line);
	const char *type = property_value(&reader, "ConfigurationType");
	project->is_driver = (type && strcasecmp(type, "Driver") == 0) || property_value(&reader, "DriverType");
	return problem;
}

const struct vcx_source *vcxproj_find(const struct vcx_project *project, const char *path)
{
	for (int i = 0; i < project->source_count; i++)
		if (strcmp(project->sources[i].path, path) == 0)
			return &project->sources[i];
	return NULL;
}
