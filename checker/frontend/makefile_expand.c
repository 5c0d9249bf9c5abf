/* References and functions of make. See makefile.h. */
#include "makefile.h"

#include <glob.h>
#include <string.h>

/* Each level of references can multiply text and work, and the file may be hostile. */
#define DEPTH_LIMIT 16
#define COUNT_LIMIT 20000
#define LENGTH_LIMIT ((size_t)1 << 16)
/* Bytes written, and looked through, for one file: a large one of Linux needs a hundredth of it. */
#define WORK_LIMIT ((size_t)8 << 20)
#define GLOB_LIMIT 50
/* Of folders and files in $(wildcard): with more, all of the file system may be listed. */
#define WILDCARD_LIMIT 2
#define ARGUMENT_LIMIT 3

static const char *expand(struct makefile *makefile, const char *text, int depth);

/* ---- text ---------------------------------------------------------------------- */

static void append(struct makefile *makefile, struct text *out, const char *text, size_t length)
{
	makefile->work += length + 1;
	if (out->length + length > LENGTH_LIMIT || makefile->work > WORK_LIMIT) {
		makefile->undecided = "it is longer than so2check reads";
		return;
	}
	text_add_n(out, text, length);
}

static void append_word(struct makefile *makefile, struct text *out, const char *word, size_t length)
{
	if (out->length > 0)
		append(makefile, out, " ", 1);
	append(makefile, out, word, length);
}

const char *makefile_trim(struct arena *arena, const char *text, size_t length)
{
	while (length > 0 && strchr(" \t\r", text[0])) {
		text++;
		length--;
	}
	while (length > 0 && strchr(" \t\r", text[length - 1]))
		length--;
	return arena_strndup(arena, text, length);
}

static size_t starts_with_word(const char *text, const char *word)
{
	size_t length = strlen(word);

	return strncmp(text, word, length) == 0 && (text[length] == ' ' || text[length] == '\t') ? length + 1 : 0;
}

static void give_up(struct makefile *makefile, const char *what, const char *name)
{
	if (!makefile->undecided)
		makefile->undecided = arena_printf(makefile->arena, "%s%s", what, name);
}

/* ---- patterns -------------------------------------------------------------------- */

/* A word against `before%after`; what % stands for. */
static bool fits_pattern(const char *pattern, const char *word, const char **stem, size_t *length)
{
	const char *percent = strchr(pattern, '%');
	size_t before = percent ? (size_t)(percent - pattern) : 0, all = strlen(word);

	if (!percent)
		return strcmp(pattern, word) == 0;
	if (all < strlen(pattern) - 1 || strncmp(pattern, word, before) != 0 || !text_ends_with(word, percent + 1))
		return false;
	*stem = word + before;
	*length = all - before - strlen(percent + 1);
	return true;
}

static const char *substitute(struct makefile *makefile, const char *value, const char *from, const char *to)
{
	struct word_list words = { 0 };
	struct text out = text_create(makefile->arena);
	const char *percent = strchr(to, '%');

	words_split_blank(makefile->arena, &words, value);
	for (int i = 0; i < words.count; i++) {
		const char *stem = "", *word = words.items[i];
		size_t length = 0;
		if (fits_pattern(from, word, &stem, &length))
			word = percent ? arena_printf(makefile->arena, "%.*s%.*s%s", (int)(percent - to), to,
						      (int)length, stem, percent + 1) :
					 to;
		append_word(makefile, &out, word, strlen(word));
	}
	return text_get(&out);
}

/* $(VAR:.c=.o), $(VAR:%.c=%.o) */
static const char *substitute_ends(struct makefile *makefile, const char *value, const char *from, const char *to)
{
	if (strchr(from, '%'))
		return substitute(makefile, value, from, to);
	return substitute(makefile, value, arena_printf(makefile->arena, "%%%s", from),
			  arena_printf(makefile->arena, "%%%s", to));
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

/* ---- functions: arguments are expanded ----------------------------------------------- */

/* $(wildcard *.c), as names relative to the folder. */
static const char *of_wildcard(struct makefile *makefile, const char *const *arguments)
{
	struct word_list patterns = { 0 };
	struct text out = text_create(makefile->arena);
	const char *prefix = path_join(makefile->arena, makefile->directory, "");

	words_split_blank(makefile->arena, &patterns, arguments[0]);
	for (int k = 0; k < patterns.count; k++) {
		glob_t found;
		if (patterns.items[k][0] == '/' && !text_starts_with(patterns.items[k], prefix)) {
			append_word(makefile, &out, MAKE_MACHINE_MARK, strlen(MAKE_MACHINE_MARK));
			continue;
		}
		if (makefile->globs++ > GLOB_LIMIT) {
			give_up(makefile, "more $(wildcard ...) than so2check reads", "");
			break;
		}
		if (count_wildcards(patterns.items[k]) > WILDCARD_LIMIT ||
		    glob(path_join(makefile->arena, makefile->directory, patterns.items[k]), 0, NULL, &found) != 0)
			continue;
		for (size_t i = 0; i < found.gl_pathc; i++) {
			const char *path = found.gl_pathv[i];
			path += text_starts_with(path, prefix) ? strlen(prefix) : 0;
			append_word(makefile, &out, path, strlen(path));
		}
		globfree(&found);
	}
	return text_get(&out);
}

static const char *of_patsubst(struct makefile *makefile, const char *const *arguments)
{
	struct arena *arena = makefile->arena;

	return substitute(makefile, arguments[2], makefile_trim(arena, arguments[0], strlen(arguments[0])),
			  makefile_trim(arena, arguments[1], strlen(arguments[1])));
}

static const char *of_subst(struct makefile *makefile, const char *const *arguments)
{
	struct text out = text_create(makefile->arena);
	const char *at = arguments[2];
	size_t length = strlen(arguments[0]);

	for (const char *found; length > 0 && (found = strstr(at, arguments[0])) != NULL; at = found + length) {
		append(makefile, &out, at, (size_t)(found - at));
		append(makefile, &out, arguments[1], strlen(arguments[1]));
	}
	append(makefile, &out, at, strlen(at));
	return text_get(&out);
}

static const char *filter(struct makefile *makefile, const char *const *arguments, bool is_wanted)
{
	struct word_list patterns = { 0 }, words = { 0 };
	struct text out = text_create(makefile->arena);

	words_split_blank(makefile->arena, &patterns, arguments[0]);
	words_split_blank(makefile->arena, &words, arguments[1]);
	if ((size_t)patterns.count * (size_t)words.count > COUNT_LIMIT * 10) {
		give_up(makefile, "it is more than so2check reads", "");
		return "";
	}
	for (int i = 0; i < words.count; i++) {
		const char *stem;
		size_t length;
		bool fits = false;
		for (int k = 0; k < patterns.count && !fits; k++)
			fits = fits_pattern(patterns.items[k], words.items[i], &stem, &length);
		if (fits == is_wanted)
			append_word(makefile, &out, words.items[i], strlen(words.items[i]));
	}
	return text_get(&out);
}

static const char *of_filter(struct makefile *makefile, const char *const *arguments)
{
	return filter(makefile, arguments, true);
}

static const char *of_filter_out(struct makefile *makefile, const char *const *arguments)
{
	return filter(makefile, arguments, false);
}

static const char *of_addprefix(struct makefile *makefile, const char *const *arguments)
{
	return substitute(makefile, arguments[1], "%", arena_printf(makefile->arena, "%s%%", arguments[0]));
}

static const char *of_addsuffix(struct makefile *makefile, const char *const *arguments)
{
	return substitute(makefile, arguments[1], "%", arena_printf(makefile->arena, "%%%s", arguments[0]));
}

/* A part of each word. */
static const char *cut(struct makefile *makefile, const char *value, char kind)
{
	struct word_list words = { 0 };
	struct text out = text_create(makefile->arena);

	words_split_blank(makefile->arena, &words, value);
	for (int i = 0; i < words.count; i++) {
		const char *word = words.items[i], *slash = strrchr(word, '/'), *dot = strrchr(word, '.');
		const char *base = slash ? slash + 1 : word;
		if (kind == 'n')
			append_word(makefile, &out, base, strlen(base));
		else if (kind == 'd')
			append_word(makefile, &out, slash ? word : "./", slash ? (size_t)(base - word) : 2);
		else
			append_word(makefile, &out, word, dot && dot >= base ? (size_t)(dot - word) : strlen(word));
	}
	return text_get(&out);
}

static const char *of_notdir(struct makefile *makefile, const char *const *arguments)
{
	return cut(makefile, arguments[0], 'n');
}

static const char *of_dir(struct makefile *makefile, const char *const *arguments)
{
	return cut(makefile, arguments[0], 'd');
}

static const char *of_basename(struct makefile *makefile, const char *const *arguments)
{
	return cut(makefile, arguments[0], 'b');
}

static const char *of_same(struct makefile *makefile, const char *const *arguments)
{
	return substitute(makefile, arguments[0], "%", "%");
}

static const char *of_message(struct makefile *makefile, const char *const *arguments)
{
	(void)makefile;
	(void)arguments;
	return "";
}

static const struct function_row {
	const char *name;
	int arguments;
	const char *(*value)(struct makefile *makefile, const char *const *arguments);
} function_rows[] = {
	{ "wildcard", 1, of_wildcard },
	{ "patsubst", 3, of_patsubst },
	{ "subst", 3, of_subst },
	{ "filter", 2, of_filter },
	{ "filter-out", 2, of_filter_out },
	{ "addprefix", 2, of_addprefix },
	{ "addsuffix", 2, of_addsuffix },
	{ "notdir", 1, of_notdir },
	{ "dir", 1, of_dir },
	{ "basename", 1, of_basename },
	{ "strip", 1, of_same },
	{ "sort", 1, of_same },
	{ "abspath", 1, of_same },
	{ "realpath", 1, of_same },
	{ "info", 1, of_message },
	{ "warning", 1, of_message },
	{ "error", 1, of_message },
};

/* Those that are not followed. */
static const char *const other_functions[] = { "shell",	  "eval",	"call",	     "if",	 "or",	   "and",
					       "foreach", "value",	"origin",    "flavor",	 "file",   "join",
					       "word",	  "words",	"let",	     "guile",	 "suffix", "wordlist",
					       "load",	  "findstring", "firstword", "lastword", "intcmp" };

/* ---- functions that are not followed --------------------------------------------------- */

/* Programs that write nothing, by themselves. */
static bool is_harmless_program(const char *word, size_t length)
{
	static const char *const names[] = { "pwd",	 "uname",
					     "date",	 "whoami",
					     "hostname", "id",
					     "which",	 "echo",
					     "cat",	 "ls",
					     "nproc",	 "test",
					     "[",	 "expr",
					     "grep",	 "head",
					     "tail",	 "cut",
					     "tr",	 "wc",
					     "basename", "sort",
					     "true",	 "dirname",
					     "readlink", "realpath",
					     "getconf",	 "modinfo",
					     "dpkg",	 "printf",
					     "command",	 "lsb_release",
					     "cd",	 "git",
					     "stat",	 "egrep",
					     "uniq",	 "dpkg-architecture",
					     "sed",	 "awk",
					     "[[",	 "false" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i]) == length && strncmp(names[i], word, length) == 0)
			return true;
	return false;
}

/* Into a file that matters to nobody, or into another descriptor. */
static bool is_harmless_redirection(const char *at)
{
	at += strspn(at, "> ");
	return *at == '&' || strncmp(at, "/dev/null", 9) == 0;
}

bool makefile_is_harmless_command(const char *command)
{
	bool is_first = true;

	if (strstr(command, " -i") || strstr(command, "--in-place") || strstr(command, "-exec") ||
	    strstr(command, "checkout") || strstr(command, "apply") || strpbrk(command, "`{"))
		return false;
	for (const char *at = command; *at;) {
		size_t length = strcspn(at, " \t;|&<>()");
		if (length > 0 && is_first && !is_harmless_program(at, length) && !memchr(at, '=', length))
			return false;
		is_first = is_first && length == 0;
		at += length;
		if (*at == '>' && !is_harmless_redirection(at))
			return false;
		is_first |= *at && strchr(";|(", *at);
		is_first |= at[0] == '&' && (at == command || at[-1] != '>');
		at += *at != '\0';
	}
	return true;
}

/* What it prints is the machine's, or the moment's. */
static bool asks_machine(const char *command)
{
	static const char *const names[] = { "uname", "date", "whoami", "hostname", "id", "git", "nproc" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if ((strcmp(command, names[i]) == 0 || starts_with_word(command, names[i])) &&
		    !strpbrk(command, ";|&<>`$") && makefile_is_harmless_command(command))
			return true;
	return false;
}

static const char *of_shell(struct makefile *makefile, const char *command)
{
	if (strcmp(command, "pwd") == 0)
		return makefile->directory;
	if (asks_machine(command))
		return MAKE_MACHINE_MARK;
	give_up(makefile, "$(shell ...), which is not run: ", command);
	if (!makefile_is_harmless_command(command))
		makefile_gap(
			makefile, makefile->line, true,
			arena_printf(makefile->arena,
				     "a command that may change files runs when this is read, and is not run here: %s",
				     command));
	return "";
}

/* $(foreach NAME,WORDS,TEXT) */
static const char *of_foreach(struct makefile *makefile, const char *const *arguments, int depth)
{
	struct arena *arena = makefile->arena;
	const char *name = makefile_trim(arena, arguments[0], strlen(arguments[0]));
	struct make_variable *known = makefile_find(makefile, name);
	struct word_list words = { 0 };
	struct text out = text_create(arena);

	if (known) {
		give_up(makefile, "$(foreach ...) over a variable that is used elsewhere: ", name);
		return "";
	}
	words_split_blank(arena, &words, expand(makefile, arguments[1], depth + 1));
	for (int i = 0; i < words.count && !makefile->undecided; i++) {
		const char *from = arena_printf(arena, "$(%s)", name);
		const char *const parts[] = { from, words.items[i], arguments[2] };
		const char *text = of_subst(makefile, parts);
		const char *const short_parts[] = { arena_printf(arena, "${%s}", name), words.items[i], text };
		const char *value = expand(makefile, of_subst(makefile, short_parts), depth + 1);
		append_word(makefile, &out, value, strlen(value));
	}
	return text_get(&out);
}

/* ---- references ---------------------------------------------------------------------------- */

/* Names Kbuild itself sets: all of them the module's own folder. */
static bool is_folder_name(const char *name)
{
	static const char *const names[] = { "src", "obj", "PWD", "CURDIR", "M", "KBUILD_EXTMOD" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* The kernel's Makefiles set them; to what is not known here. */
static bool is_kernel_name(const char *name)
{
	static const char *const names[] = { "VERSION",	      "PATCHLEVEL", "SUBLEVEL",	 "EXTRAVERSION",
					     "KERNELVERSION", "ARCH",	    "SRCARCH",	 "SUBARCH",
					     "MAKECMDGOALS",  "MAKEFLAGS",  "MAKELEVEL", "MAKE_VERSION",
					     "MAKEFILE_LIST" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
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

/* Cuts at commas outside of brackets, as make does before it expands them. The last takes the rest. */
static int split_arguments(struct arena *arena, const char *text, int most, const char **arguments)
{
	int count = 0, depth = 0;
	const char *start = text;

	for (const char *at = text;; at++) {
		depth += *at == '(' || *at == '{';
		depth -= *at == ')' || *at == '}';
		if (*at && (*at != ',' || depth > 0 || count + 1 >= most))
			continue;
		arguments[count++] = arena_strndup(arena, start, (size_t)(at - start));
		start = at + 1;
		if (!*at)
			return count;
	}
}

/* $(call cc-option,FLAG) is the flag, or nothing where the compiler does not know it: then it does not matter to C. NULL: it is
 * another function. */
static const char *of_compiler_question(struct makefile *makefile, const char *inside, int depth)
{
	static const char *const names[] = { "cc-option", "cc-option-yn", "cc-disable-warning" };
	const char *arguments[2] = { "", "" };
	int count = split_arguments(makefile->arena, inside, 2, arguments);
	const char *name = makefile_trim(makefile->arena, arguments[0], strlen(arguments[0]));

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && count == 2; i++) {
		if (strcmp(name, names[i]) != 0 || makefile_find(makefile, name))
			continue;
		const char *flag = expand(makefile, arguments[1], depth + 1);
		flag += strspn(flag, " \t");
		if (i > 0 || (flag[0] == '-' && strchr("Wfmg", flag[1]) && flag[1]))
			return i > 0 ? "" : flag;
	}
	return NULL;
}

/* A function's value; NULL: it is none. */
static const char *function_value(struct makefile *makefile, const char *inside, int depth)
{
	const char *arguments[ARGUMENT_LIMIT];
	size_t length;

	if ((length = starts_with_word(inside, "foreach")) > 0 &&
	    split_arguments(makefile->arena, inside + length, ARGUMENT_LIMIT, arguments) == ARGUMENT_LIMIT)
		return of_foreach(makefile, arguments, depth);
	if ((length = starts_with_word(inside, "call")) > 0) {
		const char *flag = of_compiler_question(makefile, inside + length, depth);
		if (flag)
			return flag;
	}
	if ((length = starts_with_word(inside, "shell")) > 0) {
		const char *command = expand(makefile, inside + length, depth + 1);
		return of_shell(makefile, makefile_trim(makefile->arena, command, strlen(command)));
	}
	for (size_t i = 0; i < sizeof(function_rows) / sizeof(function_rows[0]); i++) {
		const struct function_row *row = &function_rows[i];
		if ((length = starts_with_word(inside, row->name)) == 0)
			continue;
		inside += length + strspn(inside + length, " \t");
		if (split_arguments(makefile->arena, inside, row->arguments, arguments) < row->arguments)
			return "";
		for (int k = 0; k < row->arguments; k++)
			arguments[k] = expand(makefile, arguments[k], depth + 1);
		return row->value(makefile, arguments);
	}
	for (size_t i = 0; i < sizeof(other_functions) / sizeof(other_functions[0]); i++) {
		if (starts_with_word(inside, other_functions[i]) == 0)
			continue;
		expand(makefile, inside, depth + 1); /* what is in it may run, too */
		give_up(makefile, "a function that is not followed: $(", arena_printf(makefile->arena, "%s)", inside));
		return "";
	}
	return NULL;
}

static const char *variable_value(struct makefile *makefile, const char *name, int depth)
{
	struct make_variable *variable = makefile_find(makefile, name);

	if (is_folder_name(name) && !variable)
		return makefile->directory;
	if (!variable) {
		if (makefile->is_plain_build && is_kernel_name(name))
			give_up(makefile, "a value that the kernel's build sets: ", name);
		return makefile->is_plain_build && strcmp(name, "KERNELRELEASE") == 0 ? "release" : "";
	}
	if (variable->is_expanding) {
		give_up(makefile, "a variable that names itself: ", name);
		return "";
	}
	if (variable->undecided && !makefile->undecided)
		makefile->undecided = variable->undecided;
	variable->is_expanding = true;
	const char *value = expand(makefile, text_get(&variable->value), depth + 1);
	makefile_find(makefile, name)->is_expanding = false; /* the list may have grown */
	return value;
}

/* The value of what stands between $( and ). */
static const char *reference_value(struct makefile *makefile, const char *inside, int depth)
{
	struct arena *arena = makefile->arena;
	const char *value = function_value(makefile, inside, depth);

	if (value)
		return value;
	inside = expand(makefile, inside, depth + 1);
	const char *colon = strchr(inside, ':'), *equals = colon ? strchr(colon, '=') : NULL;
	if (!equals)
		return variable_value(makefile, inside, depth);
	const char *name = makefile_trim(arena, inside, (size_t)(colon - inside));
	return substitute_ends(makefile, variable_value(makefile, name, depth),
			       makefile_trim(arena, colon + 1, (size_t)(equals - colon - 1)),
			       makefile_trim(arena, equals + 1, strlen(equals + 1)));
}

static const char *expand(struct makefile *makefile, const char *text, int depth)
{
	struct arena *arena = makefile->arena;
	struct text out = text_create(arena);

	if (!strchr(text, '$'))
		return text;
	makefile->work += strlen(text);
	if (depth > DEPTH_LIMIT || makefile->expansions++ > COUNT_LIMIT || makefile->work > WORK_LIMIT) {
		give_up(makefile, "references in each other, more than so2check follows", "");
		return "";
	}
	while (*text && out.length < LENGTH_LIMIT && makefile->work <= WORK_LIMIT) {
		size_t plain = strcspn(text, "$");
		append(makefile, &out, text, plain);
		text += plain;
		if (*text == '\0')
			break;
		const char *end = text[1] == '(' || text[1] == '{' ? closing_bracket(text + 1, text[1]) : NULL;
		const char *inside = end ? makefile_trim(arena, text + 2, (size_t)(end - text - 2)) :
					   arena_strndup(arena, text + 1, text[1] != '\0');
		const char *value = text[1] == '$' ? "$" : reference_value(makefile, inside, depth);
		append(makefile, &out, value, strlen(value));
		text = end ? end + 1 : text + 1 + (text[1] != '\0');
	}
	return text_get(&out);
}

const char *makefile_expand(struct makefile *makefile, const char *text)
{
	makefile->undecided = NULL;
	return expand(makefile, text, 0);
}

const char *makefile_value(struct makefile *makefile, struct make_variable *variable, const char **undecided)
{
	const char *value = makefile_expand(makefile, text_get(&variable->value));

	*undecided = variable->undecided ? variable->undecided : makefile->undecided;
	return value;
}
