/* Lines of a Makefile. See makefile.h. */
#include "makefile.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The longest of Linux has 60 KB. What is more is passed by, and said: each variable is looked for among all. */
#define FILE_LENGTH_LIMIT ((size_t)1 << 20)
#define LINE_LENGTH_LIMIT ((size_t)1 << 16)
#define VARIABLE_LIMIT 2000
#define GAP_LIMIT 20

struct make_variable *makefile_find(struct makefile *makefile, const char *name)
{
	for (int i = 0; i < makefile->count; i++)
		if (strcmp(makefile->variables[i].name, name) == 0)
			return &makefile->variables[i];
	return NULL;
}

void makefile_gap(struct makefile *makefile, unsigned line, bool is_structural, const char *text)
{
	struct kbuild *kbuild = makefile->kbuild;
	struct kbuild_gap gap = { .line = line, .is_structural = is_structural, .text = text };

	for (int i = 0; i < kbuild->gap_count; i++)
		if (kbuild->gaps[i].line == line && strcmp(kbuild->gaps[i].text, text) == 0)
			return;
	if (kbuild->gap_count < GAP_LIMIT)
		ARENA_PUSH(makefile->arena, kbuild->gaps, kbuild->gap_count, kbuild->gap_capacity, gap);
}

/* ---- conditionals ------------------------------------------------------------------- */

static bool is_directive(const char *line, const char *word)
{
	size_t length = strlen(word);

	return strncmp(line, word, length) == 0 && (line[length] == '\0' || strchr(" \t(", line[length]));
}

/* What all open conditionals together say of the line. */
static enum make_condition condition_now(const struct makefile *makefile)
{
	enum make_condition now = CONDITION_TRUE;

	for (int i = 0; i < makefile->conditional_depth && i < MAKE_CONDITIONAL_LIMIT; i++) {
		if (makefile->conditionals[i].now == CONDITION_FALSE)
			return CONDITION_FALSE;
		if (makefile->conditionals[i].now == CONDITION_UNKNOWN)
			now = CONDITION_UNKNOWN;
	}
	return makefile->conditional_depth > MAKE_CONDITIONAL_LIMIT ? CONDITION_UNKNOWN : now;
}

/* The two sides of (A,B), "A" "B" or 'A' 'B'; false: they cannot be told. */
static bool split_sides(struct arena *arena, const char *text, const char **left, const char **right)
{
	text += strspn(text, " \t");
	if (*text == '(') {
		const char *end = strrchr(text, ')'), *comma = NULL;
		int depth = 0;
		for (const char *at = text + 1; end && at < end && !comma; at++) {
			depth += *at == '(' || *at == '{';
			depth -= *at == ')' || *at == '}';
			comma = *at == ',' && depth == 0 ? at : NULL;
		}
		if (!comma)
			return false;
		*left = makefile_trim(arena, text + 1, (size_t)(comma - text - 1));
		*right = makefile_trim(arena, comma + 1, (size_t)(end - comma - 1));
		return true;
	}
	for (int i = 0; i < 2; i++) {
		if (*text != '"' && *text != '\'')
			return false;
		const char *end = strchr(text + 1, *text);
		if (!end)
			return false;
		*(i == 0 ? left : right) = arena_strndup(arena, text + 1, (size_t)(end - text - 1));
		text = end + 1 + strspn(end + 1, " \t");
	}
	return true;
}

static enum make_condition compare_sides(struct makefile *makefile, const char *text, bool wants_equal)
{
	const char *left, *right;

	if (!split_sides(makefile->arena, text, &left, &right))
		return CONDITION_UNKNOWN;
	left = makefile_expand(makefile, left);
	bool is_open = makefile->undecided != NULL;
	right = makefile_expand(makefile, right);
	if (is_open || makefile->undecided || strstr(left, MAKE_MACHINE_MARK) || strstr(right, MAKE_MACHINE_MARK))
		return CONDITION_UNKNOWN;
	return (strcmp(left, right) == 0) == wants_equal ? CONDITION_TRUE : CONDITION_FALSE;
}

static enum make_condition ask_defined(struct makefile *makefile, const char *text, bool wants_defined)
{
	const char *name = makefile_expand(makefile, makefile_trim(makefile->arena, text, strlen(text)));
	const struct make_variable *variable = makefile_find(makefile, name);
	bool is_defined = variable ? variable->value.length > 0 : strcmp(name, "KERNELRELEASE") == 0;

	if (makefile->undecided || (variable && variable->undecided))
		return CONDITION_UNKNOWN;
	return is_defined == wants_defined ? CONDITION_TRUE : CONDITION_FALSE;
}

static enum make_condition ask(struct makefile *makefile, const char *line)
{
	if (!makefile->is_plain_build)
		return CONDITION_TRUE;
	if (is_directive(line, "ifeq") || is_directive(line, "ifneq"))
		return compare_sides(makefile, line + (line[2] == 'n' ? 5 : 4), line[2] == 'e');
	return ask_defined(makefile, line + (line[2] == 'n' ? 6 : 5), line[2] == 'd');
}

static bool is_condition(const char *line)
{
	return is_directive(line, "ifeq") || is_directive(line, "ifneq") || is_directive(line, "ifdef") ||
	       is_directive(line, "ifndef");
}

static void open_conditional(struct makefile *makefile, const char *line)
{
	enum make_condition now = ask(makefile, line);

	if (makefile->conditional_depth < MAKE_CONDITIONAL_LIMIT)
		makefile->conditionals[makefile->conditional_depth] =
			(struct make_conditional){ now, now == CONDITION_TRUE, now == CONDITION_UNKNOWN };
	makefile->conditional_depth++;
}

static void read_else(struct makefile *makefile, const char *rest)
{
	int top = makefile->conditional_depth - 1;

	if (top < 0 || top >= MAKE_CONDITIONAL_LIMIT || !makefile->is_plain_build)
		return;
	struct make_conditional *conditional = &makefile->conditionals[top];
	rest += strspn(rest, " \t");
	enum make_condition next = is_condition(rest) ? ask(makefile, rest) : CONDITION_TRUE;
	if (conditional->has_been_true)
		conditional->now = CONDITION_FALSE;
	else if (next == CONDITION_FALSE)
		conditional->now = CONDITION_FALSE;
	else
		conditional->now = conditional->has_been_unknown ? CONDITION_UNKNOWN : next;
	conditional->has_been_true |= next == CONDITION_TRUE;
	conditional->has_been_unknown |= next == CONDITION_UNKNOWN;
}

/* ---- assignments ---------------------------------------------------------------------- */

/* Kbuild has set these by `:=` before it reads the file. */
static bool is_set_before(const char *name)
{
	static const char *const names[] = { "obj-y", "obj-m", "ccflags-y", "subdir-ccflags-y", "EXTRA_CFLAGS" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static struct make_variable *add_variable(struct makefile *makefile, const char *name)
{
	struct make_variable added = { .name = name, .value = text_create(makefile->arena) };

	if (makefile->count >= VARIABLE_LIMIT) {
		makefile_gap(makefile, makefile->line, true, "there are more variables than so2check reads");
		return NULL;
	}
	added.is_simple = is_set_before(name);
	ARENA_PUSH(makefile->arena, makefile->variables, makefile->count, makefile->capacity, added);
	return &makefile->variables[makefile->count - 1];
}

static void append_value(struct makefile *makefile, struct make_variable *variable, const char *value)
{
	makefile->work += variable->undecided ? 0 : strlen(value);
	if (variable->value.length + strlen(value) > LINE_LENGTH_LIMIT) {
		variable->undecided = "it is longer than so2check reads";
		return;
	}
	text_add(&variable->value, variable->value.length > 0 ? " " : "");
	text_add(&variable->value, value);
}

struct assignment {
	const char *name, *value;
	char operation;	 /* + ? or = */
	bool is_simple;	 /* := */
	bool is_command; /* != */
};

/* In the plain build, what a condition says: false: nothing is assigned. */
static bool is_taken(const struct makefile *makefile, const char *name)
{
	return !makefile->is_plain_build || condition_now(makefile) != CONDITION_FALSE ||
	       (kbuild_is_list(name) && !kbuild_is_flag_list(name));
}

/* What is expanded by now is not to be expanded again. */
static const char *without_references(struct arena *arena, const char *value)
{
	struct text out = text_create(arena);

	if (!strchr(value, '$'))
		return value;
	for (; *value; value++) {
		text_add_n(&out, value, 1);
		if (*value == '$')
			text_add(&out, "$");
	}
	return text_get(&out);
}

static void assign(struct makefile *makefile, const struct assignment *assignment)
{
	struct make_variable *variable = makefile_find(makefile, assignment->name);
	bool is_known = variable != NULL, adds = assignment->operation == '+';
	const char *value = assignment->value, *undecided = NULL;

	if (!is_taken(makefile, assignment->name) || (is_known && assignment->operation == '?'))
		return;
	if (!variable && !(variable = add_variable(makefile, assignment->name)))
		return;
	if (assignment->is_simple || (adds && variable->is_simple)) {
		/* := takes the values of now: `SRC := $(SRC) more` must not recurse. */
		value = without_references(makefile->arena, makefile_expand(makefile, value));
		undecided = makefile->undecided;
		variable = makefile_find(makefile, assignment->name);
	}
	if (assignment->is_command)
		undecided = arena_printf(makefile->arena, "a command that is not run: %s", value);
	if (makefile->is_plain_build && condition_now(makefile) == CONDITION_UNKNOWN && !undecided)
		undecided = "it stands under a condition that only make can decide";
	variable->line = makefile->line;
	variable->is_conditional |= makefile->conditional_depth > 0;
	if (!adds && !(kbuild_is_list(assignment->name) && makefile->conditional_depth > 0)) {
		variable->value = text_create(makefile->arena);
		variable->undecided = NULL;
		variable->is_simple = assignment->is_simple;
	}
	append_value(makefile, variable, value);
	if (undecided)
		variable->undecided = undecided;
}

/* The `=` of an assignment at the line's own level, not inside $(...); *colon: that of a rule before it. */
static const char *find_equals(const char *line, const char **colon)
{
	int depth = 0;

	*colon = NULL;
	for (const char *c = line; *c; c++) {
		if (*c == '(' || *c == '{')
			depth++;
		else if (*c == ')' || *c == '}')
			depth--;
		else if (depth == 0 && *c == '=')
			return c;
		else if (depth == 0 && *c == ':' && c[strspn(c, ":")] != '=' && !*colon)
			*colon = c;
		else if (depth == 0 && *c == ';' && *colon)
			return NULL;
	}
	return NULL;
}

static const char *without_modifiers(struct arena *arena, const char *name)
{
	static const char *const modifiers[] = { "export ", "override ", "private ", NULL };

	for (int round = 0; round < 3; round++)
		for (const char *const *modifier = modifiers; *modifier; modifier++)
			if (text_starts_with(name, *modifier))
				name = makefile_trim(arena, name + strlen(*modifier), strlen(name + strlen(*modifier)));
	return name;
}

/* false: the line is none. */
static bool split_assignment(struct makefile *makefile, const char *line, const char *equals,
			     struct assignment *assignment)
{
	struct arena *arena = makefile->arena;
	const char *name_end = equals;

	*assignment = (struct assignment){ .operation = '=' };
	if (name_end > line && strchr("+?!", name_end[-1]))
		assignment->operation = *--name_end;
	assignment->is_command = assignment->operation == '!';
	for (; name_end > line && name_end[-1] == ':'; name_end--)
		assignment->is_simple = true;
	const char *name = makefile_expand(makefile, makefile_trim(arena, line, (size_t)(name_end - line)));
	if (makefile->undecided)
		makefile_gap(makefile, makefile->line, true,
			     arena_printf(arena, "the name of a variable cannot be told: %s", makefile->undecided));
	assignment->name = without_modifiers(arena, makefile_trim(arena, name, strlen(name)));
	assignment->value = makefile_trim(arena, equals + 1, strlen(equals + 1));
	return assignment->name[0] != '\0' && !strpbrk(assignment->name, " \t");
}

/* ---- rules and their commands ------------------------------------------------------------- */

static bool is_word_of(const char *word, size_t length, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(names[i]) == length && strncmp(names[i], word, length) == 0)
			return true;
	return false;
}

static bool is_source_word(const char *word, size_t length)
{
	return length > 2 && word[length - 2] == '.' && strchr("chS", word[length - 1]);
}

/* Does the command write, and name a file that is read by a compiler? */
static bool writes_source(const char *command)
{
	static const char *const writers[] = { "cp",	 "mv",	     "ln",     "sed", "tee",	"install",
					       "dd",	 "patch",    "perl",   "awk", "python", "python3",
					       "tar",	 "unzip",    "base64", "xxd", "curl",	"wget",
					       "gunzip", "uudecode", "rsync",  "git" };
	bool writes = false, names_source = false;

	for (const char *at = command; *at;) {
		size_t length = strcspn(at, " \t;|&<>()\"'=@");
		const char *end = at + length;
		writes |= is_word_of(at + (*at == '-'), length - (*at == '-'), writers,
				     sizeof(writers) / sizeof(writers[0]));
		names_source |= is_source_word(at, length);
		if (*end == '>') { /* all that is not written to a source is somebody else's */
			const char *file = end + strspn(end, "> ");
			if (is_source_word(file, strcspn(file, " \t;|&<>()\"'")))
				return true;
		}
		at = end + (*end != '\0');
	}
	return writes && names_source;
}

static void read_command(struct makefile *makefile, const char *command)
{
	struct arena *arena = makefile->arena;

	for (int i = 0; i < makefile->targets.count; i++) {
		struct make_rule rule = { makefile->targets.items[i], makefile->line };
		ARENA_PUSH(arena, makefile->rules, makefile->rule_count, makefile->rule_capacity, rule);
	}
	makefile->targets.count = 0; /* once for a rule */
	if (writes_source(makefile_expand(makefile, command)))
		makefile_gap(makefile, makefile->line, false,
			     arena_printf(arena, "a command that may write sources, which is not run here: %s",
					  makefile_trim(arena, command, strlen(command))));
}

static void read_rule(struct makefile *makefile, const char *line, const char *colon)
{
	struct arena *arena = makefile->arena;
	const char *targets = makefile_expand(makefile, arena_strndup(arena, line, (size_t)(colon - line)));
	const char *semicolon = strchr(colon, ';');

	makefile->in_rule = true;
	makefile->targets = (struct word_list){ 0 };
	if (makefile->is_plain_build && condition_now(makefile) == CONDITION_FALSE)
		return;
	words_split_blank(arena, &makefile->targets, targets);
	if (semicolon)
		read_command(makefile, semicolon + 1);
}

/* `a.o: ccflags-y += -DX` */
static void read_target_variable(struct makefile *makefile, const char *rest, const char *equals)
{
	struct assignment assignment;

	makefile->in_rule = true;
	if (split_assignment(makefile, rest, equals, &assignment) && kbuild_is_list(assignment.name))
		makefile_gap(makefile, makefile->line, true,
			     arena_printf(makefile->arena, "`%s` of one target, which so2check does not follow",
					  assignment.name));
}

static void read_plain_line(struct makefile *makefile, const char *line)
{
	struct assignment assignment;
	const char *colon, *equals = find_equals(line, &colon);

	if (colon && equals) {
		read_target_variable(makefile, colon + 1, equals);
	} else if (equals) {
		makefile->in_rule = false;
		if (equals > line && split_assignment(makefile, line, equals, &assignment))
			assign(makefile, &assignment);
	} else if (colon) {
		read_rule(makefile, line, colon);
	} else if (strchr(line, '$')) {
		const char *value = makefile_expand(makefile, line);
		if (makefile->undecided || value[strspn(value, " \t")])
			makefile_gap(makefile, makefile->line, true,
				     arena_printf(makefile->arena, "what this line makes cannot be told: %s", line));
	}
}

/* ---- directives ---------------------------------------------------------------------------- */

static void include_file(struct makefile *makefile, const char *name, bool must_exist)
{
	struct arena *arena = makefile->arena;
	const char *path = path_absolute(arena, makefile->directory, name);
	const char *shown = path_seen_from(arena, makefile->directory, path);
	struct source_text text;
	struct stat status;

	if (name[0] == '/' && !path_is_below(path, makefile->directory))
		return; /* the kernel's, or the machine's */
	if (stat(path, &status) != 0) {
		if (must_exist)
			makefile_gap(makefile, makefile->line, true,
				     arena_printf(arena, "`%s` is included and is not here", shown));
		return;
	}
	unsigned line = makefile->line;
	if (makefile->include_depth >= MAKE_INCLUDE_LIMIT || !roots_allow(makefile->roots, path) ||
	    !source_slurp(arena, path, &text) || text.length > FILE_LENGTH_LIMIT) {
		makefile_gap(makefile, line, true, arena_printf(arena, "`%s` is included and cannot be read", shown));
		return;
	}
	makefile->include_depth++;
	makefile_read(makefile, text.text);
	makefile->include_depth--;
	makefile->line = line;
}

static void read_include(struct makefile *makefile, const char *names, bool must_exist)
{
	struct word_list words = { 0 };
	bool is_absolute = names[strspn(names, " \t")] == '/';

	names = makefile_expand(makefile, names);
	is_absolute |= names[strspn(names, " \t")] == '/';
	makefile->in_rule = false;
	if (makefile->is_plain_build && condition_now(makefile) == CONDITION_FALSE)
		return;
	if (makefile->undecided && !is_absolute) {
		makefile_gap(makefile, makefile->line, true,
			     arena_printf(makefile->arena, "what is included cannot be told: %s", makefile->undecided));
		return;
	}
	words_split_blank(makefile->arena, &words, names);
	for (int i = 0; i < words.count; i++)
		include_file(makefile, words.items[i], must_exist);
}

static void begin_define(struct makefile *makefile, const char *rest)
{
	const char *name = makefile_expand(makefile, makefile_trim(makefile->arena, rest, strlen(rest)));

	makefile->defined = arena_strndup(makefile->arena, name, strcspn(name, " \t=:+?!"));
	makefile->definition = text_create(makefile->arena);
}

static void read_define(struct makefile *makefile, const char *line)
{
	if (!is_directive(line, "endef")) {
		text_printf(&makefile->definition, "%s ", line);
		return;
	}
	assign(makefile, &(struct assignment){ .name = makefile->defined,
					       .value = text_get(&makefile->definition),
					       .operation = '=' });
	makefile->defined = NULL;
}

static void undefine(struct makefile *makefile, const char *rest)
{
	const char *name = makefile_expand(makefile, makefile_trim(makefile->arena, rest, strlen(rest)));
	struct make_variable *variable = makefile_find(makefile, name);

	if (variable && is_taken(makefile, name))
		*variable = makefile->variables[--makefile->count];
}

/* true: the line is a directive and is dealt with. */
static bool read_directive(struct makefile *makefile, const char *line)
{
	if (is_condition(line))
		open_conditional(makefile, line);
	else if (is_directive(line, "endif"))
		makefile->conditional_depth -= makefile->conditional_depth > 0;
	else if (is_directive(line, "else"))
		read_else(makefile, line + 4);
	else if (is_directive(line, "define"))
		begin_define(makefile, line + 6);
	else if (is_directive(line, "override") && is_directive(line + 8 + strspn(line + 8, " \t"), "define"))
		begin_define(makefile, strstr(line, "define") + 6);
	else if (is_directive(line, "undefine"))
		undefine(makefile, line + 8);
	else if (is_directive(line, "include"))
		read_include(makefile, line + 7, true);
	else if (is_directive(line, "-include") || is_directive(line, "sinclude"))
		read_include(makefile, line + 8, false);
	else
		return false;
	return true;
}

/* ---- lines ---------------------------------------------------------------------------------- */

/* An odd number of backslashes: the line goes on. */
static bool continues(const char *line, size_t length)
{
	size_t count = 0;

	while (count < length && line[length - 1 - count] == '\\')
		count++;
	return count % 2 == 1;
}

static void cut_comment(char *line)
{
	for (char *c = line; *c; c++) {
		if (*c == '#' && (c == line || c[-1] != '\\')) {
			*c = '\0';
			return;
		}
	}
}

/* One logical line: continuations joined, comment removed. */
static const char *next_line(struct makefile *makefile, const char **text, unsigned *lines)
{
	struct text line = text_create(makefile->arena);
	bool is_cut = false;

	while (**text) {
		size_t length = strcspn(*text, "\n");
		size_t kept = length > 0 && (*text)[length - 1] == '\r' ? length - 1 : length;
		bool goes_on = continues(*text, kept);
		is_cut |= line.length + kept > LINE_LENGTH_LIMIT;
		text_add_n(&line, *text, is_cut ? 0 : goes_on ? kept - 1 : kept);
		*text += length + ((*text)[length] == '\n');
		++*lines;
		if (!goes_on)
			break;
		text_add_n(&line, " ", 1);
	}
	if (is_cut)
		makefile_gap(makefile, makefile->line, true, "a line that is longer than so2check reads");
	char *joined = arena_strndup(makefile->arena, text_get(&line), line.length);
	if (joined[0] != '\t' || !makefile->in_rule)
		cut_comment(joined);
	return joined;
}

void makefile_read(struct makefile *makefile, const char *text)
{
	unsigned lines = 0;

	makefile->in_rule = false;
	while (*text) {
		unsigned first = lines + 1;
		if (makefile->include_depth == 0)
			makefile->line = first;
		const char *line = next_line(makefile, &text, &lines);
		/* Without a rule before it make reads a line as any other, whatever it begins with. */
		if (line[0] == '\t' && makefile->in_rule && !makefile->defined) {
			read_command(makefile, line);
			continue;
		}
		line += strspn(line, " \t");
		if (makefile->defined)
			read_define(makefile, line);
		else if (!read_directive(makefile, line))
			read_plain_line(makefile, line);
	}
}
