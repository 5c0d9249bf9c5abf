/* Reads the part of a Kbuild file or Makefile that names modules and flags.
 *
 * make is not run: what stands in a course hand-in must not be executed. Both
 * branches of a conditional are taken, because the usual Makefile holds its
 * Kbuild part under `ifneq ($(KERNELRELEASE),)`; inside one, an assignment to a
 * list adds to it. A variable that is not set in the file expands to nothing,
 * an include path with one in it is left out. */
#include "base/text.h"
#include "units_int.h"

#include <glob.h>
#include <string.h>

/* Each level of references can multiply text and work, and the file may be hostile. */
#define EXPANSION_DEPTH_LIMIT 16
#define EXPANSION_COUNT_LIMIT 20000
#define EXPANSION_LENGTH_LIMIT ((size_t)1 << 16)
/* The longest of Linux has 60 KB, the driver of most parts some 700. What is more is passed by: each variable and each
 * unit is looked for among all. */
#define FILE_LENGTH_LIMIT ((size_t)1 << 20)
#define VARIABLE_LIMIT 2000
#define UNIT_LIMIT 4000
#define PART_LIMIT 50000
/* Of folders and files in $(wildcard): with more, all of the file system may be listed. */
#define WILDCARD_LIMIT 2

struct variable {
	const char *name;
	struct text value;
	bool is_expanding; /* a reference to it now is recursive, which make refuses */
};

struct makefile {
	struct arena *arena;
	const char *directory;
	struct variable *variables;
	int count, capacity;
	int conditional_depth;
	bool in_define; /* define ... endef */
	int expansions;
	int parts; /* of modules, looked at */
};

/* ---- text ---------------------------------------------------------------------- */

struct text_buffer {
	char *text;
	size_t count, capacity;
};

static void append(struct arena *arena, struct text_buffer *buffer, const char *text, size_t length)
{
	for (size_t i = 0; i < length && buffer->count < EXPANSION_LENGTH_LIMIT; i++)
		ARENA_PUSH(arena, buffer->text, buffer->count, buffer->capacity, text[i]);
}

static const char *finish(struct arena *arena, const struct text_buffer *buffer)
{
	return arena_strndup(arena, buffer->text ? buffer->text : "", buffer->count);
}

static const char *trim(struct arena *arena, const char *text, size_t length)
{
	while (length > 0 && strchr(" \t\r", text[0])) {
		text++;
		length--;
	}
	while (length > 0 && strchr(" \t\r", text[length - 1]))
		length--;
	return arena_strndup(arena, text, length);
}

/* ---- variables ------------------------------------------------------------------ */

static struct variable *find_variable(struct makefile *makefile, const char *name)
{
	for (int i = 0; i < makefile->count; i++)
		if (strcmp(makefile->variables[i].name, name) == 0)
			return &makefile->variables[i];
	return NULL;
}

/* Names Kbuild itself sets: all of them the module's own folder. */
static bool is_folder_name(const char *name)
{
	static const char *const names[] = { "src", "obj", "PWD", "CURDIR", "M", "KBUILD_EXTMOD", "shell pwd" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static const char *expand(struct makefile *makefile, const char *text, int depth);

/* $(VAR:.c=.o): changes the end of each word. */
static const char *substitute(struct makefile *makefile, const char *value, const char *from, const char *to)
{
	struct word_list words = { 0 };
	struct text_buffer out = { 0 };

	words_split_blank(makefile->arena, &words, value);
	for (int i = 0; i < words.count; i++) {
		size_t length = strlen(words.items[i]);
		bool fits = text_ends_with(words.items[i], from);
		append(makefile->arena, &out, words.items[i], fits ? length - strlen(from) : length);
		if (fits)
			append(makefile->arena, &out, to, strlen(to));
		append(makefile->arena, &out, " ", 1);
	}
	return finish(makefile->arena, &out);
}

static int count_wildcards(const char *pattern)
{
	int count = 0;

	for (; *pattern; pattern += strspn(pattern, "/")) {
		size_t length = strcspn(pattern, "/");
		count += strcspn(pattern, "*?[") < length;
		pattern += length;
	}
	return count;
}

/* $(wildcard *.c), as names relative to the folder. */
static const char *expand_wildcard(struct makefile *makefile, const char *pattern)
{
	struct text_buffer out = { 0 };
	const char *prefix = path_join(makefile->arena, makefile->directory, "");
	glob_t found;

	if (count_wildcards(pattern) > WILDCARD_LIMIT ||
	    glob(path_join(makefile->arena, makefile->directory, pattern), 0, NULL, &found) != 0)
		return "";
	for (size_t i = 0; i < found.gl_pathc; i++) {
		const char *path = found.gl_pathv[i];
		if (text_starts_with(path, prefix))
			path += strlen(prefix);
		append(makefile->arena, &out, path, strlen(path));
		append(makefile->arena, &out, " ", 1);
	}
	globfree(&found);
	return finish(makefile->arena, &out);
}

/* $(patsubst %.c,%.o,words) with % at the start of both patterns. */
static const char *expand_patsubst(struct makefile *makefile, const char *arguments, int depth)
{
	const char *comma = strchr(arguments, ',');
	const char *second = comma ? strchr(comma + 1, ',') : NULL;

	if (!second)
		return "";
	const char *from = trim(makefile->arena, arguments, (size_t)(comma - arguments));
	const char *to = trim(makefile->arena, comma + 1, (size_t)(second - comma - 1));
	const char *words = expand(makefile, second + 1, depth + 1);
	return from[0] == '%' && to[0] == '%' ? substitute(makefile, words, from + 1, to + 1) : words;
}

/* The value of what stands between $( and ). */
static const char *expand_reference(struct makefile *makefile, const char *inside, int depth)
{
	struct arena *arena = makefile->arena;
	const char *colon = strchr(inside, ':'), *equals = colon ? strchr(colon, '=') : NULL;

	if (is_folder_name(inside))
		return makefile->directory;
	if (text_starts_with(inside, "wildcard "))
		return expand_wildcard(makefile, trim(arena, inside + 9, strlen(inside + 9)));
	if (text_starts_with(inside, "patsubst "))
		return expand_patsubst(makefile, inside + 9, depth);
	if (equals) {
		const char *name = trim(arena, inside, (size_t)(colon - inside));
		const char *from = trim(arena, colon + 1, (size_t)(equals - colon - 1));
		const char *to = trim(arena, equals + 1, strlen(equals + 1));
		return substitute(makefile, expand_reference(makefile, name, depth + 1),
				  from[0] == '%' ? from + 1 : from, to[0] == '%' ? to + 1 : to);
	}
	struct variable *variable = find_variable(makefile, inside);
	if (!variable || variable->is_expanding)
		return "";
	variable->is_expanding = true;
	const char *value = expand(makefile, text_get(&variable->value), depth + 1);
	variable->is_expanding = false;
	return value;
}

/* The end of the reference that starts with the given bracket, or NULL. */
static const char *closing_bracket(const char *text, char open)
{
	char close = open == '(' ? ')' : '}';
	int depth = 0;

	for (; *text; text++) {
		if (*text == open)
			depth++;
		else if (*text == close && --depth == 0)
			return text;
	}
	return NULL;
}

static const char *expand(struct makefile *makefile, const char *text, int depth)
{
	struct arena *arena = makefile->arena;
	struct text_buffer out = { 0 };

	if (!strchr(text, '$'))
		return text;
	if (depth > EXPANSION_DEPTH_LIMIT || makefile->expansions++ > EXPANSION_COUNT_LIMIT)
		return "";
	while (*text && out.count < EXPANSION_LENGTH_LIMIT) {
		size_t plain = strcspn(text, "$");
		append(arena, &out, text, plain);
		text += plain;
		if (*text == '\0')
			break;
		const char *end = text[1] == '(' || text[1] == '{' ? closing_bracket(text + 1, text[1]) : NULL;
		if (!end) { /* $X, $$ or broken */
			text += text[1] ? 2 : 1;
			continue;
		}
		const char *inside = trim(arena, text + 2, (size_t)(end - text - 2));
		const char *value = expand_reference(makefile, expand(makefile, inside, depth + 1), depth);
		append(arena, &out, value, strlen(value));
		text = end + 1;
	}
	return finish(arena, &out);
}

/* ---- which variables are lists of objects or flags --------------------------------- */

static bool is_object_list(const char *name)
{
	return text_starts_with(name, "obj-");
}

/* obj-m itself, and obj-$(CONFIG_X), which expands to obj- */
static bool is_module_list(const char *name)
{
	return strcmp(name, "obj-m") == 0 || strcmp(name, "obj-") == 0;
}

static bool is_part_list(const char *name)
{
	return text_ends_with(name, "-objs") || text_ends_with(name, "-y") || text_ends_with(name, "-m") ||
	       text_ends_with(name, "-");
}

static bool is_flag_list(const char *name)
{
	static const char *const names[] = { "ccflags-y",     "ccflags-m",	 "ccflags-",	    "EXTRA_CFLAGS",
					     "KBUILD_CFLAGS", "KBUILD_CPPFLAGS", "subdir-ccflags-y" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* ---- lines ------------------------------------------------------------------------------ */

static bool is_directive(const char *line, const char *word)
{
	size_t length = strlen(word);

	return strncmp(line, word, length) == 0 && (line[length] == '\0' || strchr(" \t(", line[length]));
}

/* true: the line is a directive and is dealt with. */
static bool read_directive(struct makefile *makefile, const char *line)
{
	if (makefile->in_define) {
		makefile->in_define = !is_directive(line, "endef");
		return true;
	}
	if (is_directive(line, "ifeq") || is_directive(line, "ifneq") || is_directive(line, "ifdef") ||
	    is_directive(line, "ifndef"))
		makefile->conditional_depth++;
	else if (is_directive(line, "endif"))
		makefile->conditional_depth -= makefile->conditional_depth > 0;
	else if (is_directive(line, "define"))
		makefile->in_define = true;
	else
		return is_directive(line, "else") || is_directive(line, "include") || is_directive(line, "-include");
	return true;
}

static void assign(struct makefile *makefile, const char *name, const char *value, char operation)
{
	struct arena *arena = makefile->arena;
	struct variable *variable = find_variable(makefile, name);
	bool is_list = is_object_list(name) || is_part_list(name) || is_flag_list(name) ||
		       text_starts_with(name, "CFLAGS_");

	if (!variable) {
		struct variable added = { .name = name, .value = text_create(arena) };
		if (makefile->count >= VARIABLE_LIMIT)
			return;
		text_add(&added.value, value);
		ARENA_PUSH(arena, makefile->variables, makefile->count, makefile->capacity, added);
	} else if (operation == '+' || (is_list && makefile->conditional_depth > 0)) {
		if (variable->value.length > EXPANSION_LENGTH_LIMIT)
			return; /* nobody reads further */
		text_add(&variable->value, " ");
		text_add(&variable->value, value);
	} else if (operation != '?') {
		variable->value = text_create(arena);
		text_add(&variable->value, value);
	}
}

/* The `=` of an assignment at the line's own level, not inside $(...). */
static const char *find_equals(const char *line)
{
	int depth = 0;

	for (const char *c = line; *c; c++) {
		if (*c == '(' || *c == '{')
			depth++;
		else if (*c == ')' || *c == '}')
			depth--;
		else if (depth == 0 && *c == '=')
			return c;
		else if (depth == 0 && *c == ':' && c[1] != '=' && c[1] != ':')
			return NULL; /* a rule */
	}
	return NULL;
}

static void read_assignment(struct makefile *makefile, const char *line)
{
	struct arena *arena = makefile->arena;
	const char *equals = find_equals(line);

	if (!equals || equals == line)
		return;
	const char *name_end = equals;
	char operation = '=';
	if (strchr("+?", name_end[-1])) {
		operation = *--name_end;
	} else {
		while (name_end > line && name_end[-1] == ':')
			name_end--;
	}
	const char *name = expand(makefile, trim(arena, line, (size_t)(name_end - line)), 0);
	for (const char *const *prefix = (const char *const[]){ "export ", "override ", NULL }; *prefix; prefix++)
		if (text_starts_with(name, *prefix))
			name = trim(arena, name + strlen(*prefix), strlen(name + strlen(*prefix)));
	if (name[0] == '\0' || strpbrk(name, " \t"))
		return;
	const char *value = trim(arena, equals + 1, strlen(equals + 1));
	/* := takes the values of now: `SRC := $(SRC) more` must not recurse. */
	if (equals > line && equals[-1] == ':')
		value = expand(makefile, value, 0);
	assign(makefile, name, value, operation);
}

/* One logical line: continuations joined, comment removed. */
static const char *next_line(struct arena *arena, const char **text)
{
	struct text_buffer line = { 0 };

	while (**text) {
		size_t length = strcspn(*text, "\n");
		size_t kept = length > 0 && (*text)[length - 1] == '\r' ? length - 1 : length;
		bool continues = kept > 0 && (*text)[kept - 1] == '\\';
		append(arena, &line, *text, continues ? kept - 1 : kept);
		*text += length + ((*text)[length] == '\n');
		if (!continues)
			break;
		append(arena, &line, " ", 1);
	}
	char *joined = arena_strndup(arena, line.text ? line.text : "", line.count);
	for (char *c = joined; *c; c++) {
		if (*c == '#' && (c == joined || c[-1] != '\\')) {
			*c = '\0';
			break;
		}
	}
	return joined;
}

static void read_lines(struct makefile *makefile, const char *text)
{
	while (*text) {
		const char *line = next_line(makefile->arena, &text);
		if (line[0] == '\t')
			continue; /* a recipe */
		line += strspn(line, " ");
		if (!read_directive(makefile, line))
			read_assignment(makefile, line);
	}
}

/* ---- modules ---------------------------------------------------------------------------------- */

/* Adds those flags of the list that change what the parser sees. */
static void add_flags(struct makefile *makefile, struct word_list *flags, const char *value)
{
	struct word_list words = { 0 };
	struct filtered_flags filtered;

	if (!words_split_shell(makefile->arena, &words, value))
		return;
	flags_filter(makefile->arena, &filtered, &words, makefile->directory, NULL);
	for (int i = 0; i < filtered.args.count; i++) {
		const char *option = filtered.args.items[i];
		if (text_starts_with(option, "-D") || text_starts_with(option, "-U")) {
			words_push(makefile->arena, flags, option);
		} else if (text_starts_with(option, "-I") || text_starts_with(option, "-i")) {
			/* An unknown variable in a path made it another path. */
			const char *path = filtered.args.items[++i];
			if (!path_exists(makefile->arena, "", path))
				continue;
			words_push(makefile->arena, flags, option);
			words_push(makefile->arena, flags, path);
		}
	}
}

static bool has_unit(const struct kbuild *kbuild, const char *path)
{
	return kbuild_find(kbuild, path) != NULL;
}

static void add_unit(struct makefile *makefile, struct kbuild *kbuild, const char *object, const char *module)
{
	struct arena *arena = makefile->arena;
	const char *stem = arena_strndup(arena, object, strlen(object) - strlen(".o"));
	const char *source = arena_printf(arena, "%s.c", stem);
	struct kbuild_unit unit = { .path = path_absolute(arena, makefile->directory, source),
				    .module = module,
				    .module_file = path_join(arena, makefile->directory, module) };
	const struct variable *own = find_variable(makefile, arena_printf(arena, "CFLAGS_%s.o", stem));

	if (kbuild->unit_count >= UNIT_LIMIT || makefile->parts++ >= PART_LIMIT || has_unit(kbuild, unit.path))
		return;
	unit.flags = kbuild->flags;
	unit.flags.capacity = unit.flags.count; /* shared: what is added goes to a copy */
	if (own)
		add_flags(makefile, &unit.flags, expand(makefile, text_get(&own->value), 0));
	ARENA_PUSH(arena, kbuild->units, kbuild->unit_count, kbuild->unit_capacity, unit);
}

/* The parts of NAME.o, or NAME.o itself when nothing lists any. */
static void add_module(struct makefile *makefile, struct kbuild *kbuild, const char *object)
{
	static const char *const suffixes[] = { "objs", "y", "m", "" };
	struct arena *arena = makefile->arena;
	const char *module = path_kbuild_name(arena, object);
	const char *stem = arena_strndup(arena, object, strlen(object) - strlen(".o"));
	bool is_composite = false;

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		const struct variable *list = find_variable(makefile, arena_printf(arena, "%s-%s", stem, suffixes[i]));
		struct word_list parts = { 0 };
		if (!list)
			continue;
		words_split_blank(arena, &parts, expand(makefile, text_get(&list->value), 0));
		for (int j = 0; j < parts.count; j++)
			if (text_ends_with(parts.items[j], ".o"))
				add_unit(makefile, kbuild, parts.items[j], module);
		is_composite |= parts.count > 0;
	}
	if (!is_composite)
		add_unit(makefile, kbuild, object, module);
}

static void add_modules(struct makefile *makefile, struct kbuild *kbuild, const struct variable *list)
{
	struct word_list objects = { 0 };

	words_split_blank(makefile->arena, &objects, expand(makefile, text_get(&list->value), 0));
	for (int i = 0; i < objects.count; i++)
		if (text_ends_with(objects.items[i], ".o") && strlen(objects.items[i]) > 2)
			add_module(makefile, kbuild, objects.items[i]);
}

void kbuild_parse(struct arena *arena, const char *directory, const char *text, struct kbuild *kbuild)
{
	struct makefile makefile = { .arena = arena, .directory = directory };

	*kbuild = (struct kbuild){ 0 };
	read_lines(&makefile, text);
	for (int i = 0; i < makefile.count; i++)
		if (is_flag_list(makefile.variables[i].name))
			add_flags(&makefile, &kbuild->flags,
				  expand(&makefile, text_get(&makefile.variables[i].value), 0));
	for (int i = 0; i < makefile.count; i++) {
		kbuild->has_modules |= is_module_list(makefile.variables[i].name);
		if (is_object_list(makefile.variables[i].name))
			add_modules(&makefile, kbuild, &makefile.variables[i]);
	}
}

bool kbuild_read(struct arena *arena, const char *directory, struct kbuild *kbuild)
{
	static const char *const names[] = { "Kbuild", "Makefile", "makefile" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct source_text text;
		if (!source_slurp(arena, path_join(arena, directory, names[i]), &text) ||
		    text.length > FILE_LENGTH_LIMIT)
			continue;
		kbuild_parse(arena, directory, text.text, kbuild);
		if (kbuild->has_modules)
			return true;
	}
	*kbuild = (struct kbuild){ 0 };
	return false;
}

const struct kbuild_unit *kbuild_find(const struct kbuild *kbuild, const char *path)
{
	for (int i = 0; i < kbuild->unit_count; i++)
		if (strcmp(kbuild->units[i].path, path) == 0)
			return &kbuild->units[i];
	return NULL;
}

const char *kbuild_missing_source(struct arena *arena, const char *folder)
{
	struct kbuild kbuild;

	if (!kbuild_read(arena, folder, &kbuild))
		return NULL;
	for (int i = 0; i < kbuild.unit_count; i++) {
		const char *path = kbuild.units[i].path;
		const char *assembly = arena_printf(arena, "%.*sS", (int)strlen(path) - 1, path);
		if (!path_exists(arena, "", path) && !path_exists(arena, "", assembly))
			return path;
	}
	return NULL;
}
