/* See disguise.h. */
#include "disguise.h"

#include "base/strmap.h"
#include "logical_lines.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define REMARK_LIMIT 40
#define DEPTH_LIMIT 200

/* ---- what tells so2check's parser from the compiler that builds the kernel ----------------- */

enum teller_use {
	TELLS_ALWAYS,	    /* also by being defined */
	TELLS_BY_VALUE,	    /* every compiler has it */
	TELLS_IN_CONDITION, /* harmless but in an #if */
};

enum teller_system { ON_BOTH, ON_LINUX, ON_WINDOWS };

static const struct teller {
	const char *name;
	enum teller_use use;
	enum teller_system system;
} tellers[] = {
	{ "__clang__", TELLS_ALWAYS, ON_BOTH },
	{ "__clang_major__", TELLS_ALWAYS, ON_BOTH },
	{ "__clang_minor__", TELLS_ALWAYS, ON_BOTH },
	{ "__clang_patchlevel__", TELLS_ALWAYS, ON_BOTH },
	{ "__clang_version__", TELLS_ALWAYS, ON_BOTH },
	{ "__clang_literal_encoding__", TELLS_ALWAYS, ON_BOTH },
	{ "__clang_wide_literal_encoding__", TELLS_ALWAYS, ON_BOTH },
	{ "__llvm__", TELLS_ALWAYS, ON_BOTH },
	{ "__apple_build_version__", TELLS_ALWAYS, ON_BOTH },
	{ "__has_feature", TELLS_ALWAYS, ON_BOTH },
	{ "__has_extension", TELLS_ALWAYS, ON_BOTH },
	{ "__has_warning", TELLS_ALWAYS, ON_BOTH },
	{ "__has_declspec_attribute", TELLS_ALWAYS, ON_BOTH },
	{ "__has_constexpr_builtin", TELLS_ALWAYS, ON_BOTH },
	{ "__has_embed", TELLS_ALWAYS, ON_BOTH },
	{ "__is_identifier", TELLS_ALWAYS, ON_BOTH },
	{ "__is_target_arch", TELLS_ALWAYS, ON_BOTH },
	{ "__building_module", TELLS_ALWAYS, ON_BOTH },
	{ "__OPENCL_MEMORY_SCOPE_DEVICE", TELLS_ALWAYS, ON_BOTH },
	{ "__BITINT_MAXWIDTH__", TELLS_ALWAYS, ON_BOTH },
	{ "__CLANG_ATOMIC_BOOL_LOCK_FREE", TELLS_ALWAYS, ON_BOTH },
	{ "__GCC_HAVE_BUILTIN_MIPS16", TELLS_ALWAYS, ON_BOTH },
	{ "CC_HAVE_ASM_GOTO", TELLS_ALWAYS, ON_LINUX },
	{ "CC_USING_FENTRY", TELLS_ALWAYS, ON_LINUX },
	{ "_MSC_VER", TELLS_ALWAYS, ON_WINDOWS },
	{ "_MSC_FULL_VER", TELLS_ALWAYS, ON_WINDOWS },
	{ "_MSC_BUILD", TELLS_ALWAYS, ON_WINDOWS },
	{ "__MINGW32__", TELLS_ALWAYS, ON_WINDOWS },
	{ "__MINGW64__", TELLS_ALWAYS, ON_WINDOWS },
	{ "__MINGW32_MAJOR_VERSION", TELLS_ALWAYS, ON_WINDOWS },
	{ "__MINGW64_VERSION_MAJOR", TELLS_ALWAYS, ON_WINDOWS },
	{ "__GNUC__", TELLS_ALWAYS, ON_WINDOWS },
	{ "__GNUC__", TELLS_BY_VALUE, ON_LINUX },
	{ "__GNUC_MINOR__", TELLS_BY_VALUE, ON_LINUX },
	{ "__GNUC_PATCHLEVEL__", TELLS_BY_VALUE, ON_LINUX },
	{ "__VERSION__", TELLS_BY_VALUE, ON_BOTH },
	{ "__has_attribute", TELLS_BY_VALUE, ON_LINUX },
	{ "__has_c_attribute", TELLS_BY_VALUE, ON_LINUX },
	{ "__has_builtin", TELLS_BY_VALUE, ON_LINUX },
	{ "__has_include", TELLS_BY_VALUE, ON_BOTH },
	{ "__has_include_next", TELLS_BY_VALUE, ON_BOTH },
	{ "__COUNTER__", TELLS_IN_CONDITION, ON_BOTH },
};

/* Redefined, they make the text mean something else than it says. `static` and `inline` are not among them: old drivers do. */
static const char *const keywords[] = {
	"break",  "case",	   "char",   "continue",   "default", "do",   "double", "else",	    "enum",
	"float",  "for",	   "goto",   "if",	   "int",     "long", "return", "short",    "signed",
	"sizeof", "struct",	   "switch", "typedef",	   "union",   "void", "while",	"unsigned", "__asm__",
	"asm",	  "__attribute__", "typeof", "__typeof__",
};

/* What several definitions agree on is no disguise. */
static const struct usual_value {
	const char *name, *value;
} usual_values[] = {
	{ "NULL", "0" },  { "NULL", "0x00" }, { "NULL", "((void *)0)" }, { "NULL", "((void*)0)" },
	{ "NULL", "0L" }, { "NULL", "0UL" },  { "NULL", "(void *)0" },	 { "true", "1" },
	{ "false", "0" }, { "true", "(1)" },  { "false", "(0)" },	 { "true", "!false" },
};

/* ---- state --------------------------------------------------------------------------------- */

/* A conditional that is open. */
struct level {
	const char *teller; /* what its conditions ask; NULL: nothing of interest */
	unsigned line;
	bool has_code; /* in any branch */
};

struct line {
	const char *text;
	unsigned number;
};

struct scan {
	const struct disguise_request *request;
	struct disguise *found;
	struct keymap *told;	/* interned name -> struct teller */
	struct keymap *derived; /* interned macro -> the teller's name it leads to */
	struct keymap *pasting; /* interned macros that make names with ## */
	const char *file;
	unsigned once_line; /* of the file, that has it read once; 0: none */
	struct level levels[DEPTH_LIMIT];
	int depth;
};

static void remark(struct scan *scan, unsigned line, bool is_gap, const char *text)
{
	struct arena *arena = scan->request->arena;
	struct disguise_remark made = { .is_gap = is_gap, .text = text };

	made.span = (struct span){ .file = scan->file, .line = line, .column = 1, .end_line = line, .end_column = 1 };
	if (scan->found->count > REMARK_LIMIT)
		return;
	if (scan->found->count == REMARK_LIMIT)
		made.text = "more of this kind is not listed";
	ARENA_PUSH(arena, scan->found->remarks, scan->found->count, scan->found->capacity, made);
}

/* problem: what is wrong with the name, to be read behind it. */
static void gap(struct scan *scan, unsigned line, const char *problem, const char *name)
{
	remark(scan, line, true, arena_printf(scan->request->arena, "`%s` %s", name, problem));
}

/* ---- words ----------------------------------------------------------------------------------- */

struct word {
	const char *start, *end;
};

static bool is_name_start(char c)
{
	return isalpha((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static bool is_name_part(char c)
{
	return is_name_start(c) || isdigit((unsigned char)c);
}

static const char *skip_literal(const char *at)
{
	char quote = *at++;

	while (*at && *at != quote)
		at += *at == '\\' && at[1] ? 2 : 1;
	return *at ? at + 1 : at;
}

/* The next identifier outside of literals; *at moves behind it. */
static bool next_word(const char **at, struct word *word)
{
	const char *text = *at;

	while (*text && !is_name_start(*text)) {
		if (*text == '"' || *text == '\'') {
			text = skip_literal(text);
		} else if (isdigit((unsigned char)*text)) {
			while (is_name_part(*text) || *text == '.')
				text++;
		} else {
			text++;
		}
	}
	word->start = text;
	while (is_name_part(*text))
		text++;
	word->end = *at = text;
	return word->end > word->start;
}

static bool word_is(const struct word *word, const char *text)
{
	size_t length = strlen(text);

	return (size_t)(word->end - word->start) == length && memcmp(word->start, text, length) == 0;
}

static const char *word_name(const struct scan *scan, const struct word *word)
{
	return intern_n(scan->request->pool, word->start, (size_t)(word->end - word->start));
}

/* NULL: nobody has named it yet. Most words of a text are of no interest and need not be kept. */
static const char *known_name(const struct scan *scan, const struct word *word)
{
	char name[128];
	size_t length = (size_t)(word->end - word->start);

	if (length >= sizeof(name))
		return NULL;
	memcpy(name, word->start, length);
	name[length] = '\0';
	return intern_find(scan->request->pool, name);
}

/* ---- tellers ------------------------------------------------------------------------------------ */

static void list_tellers(struct scan *scan)
{
	for (size_t i = 0; i < sizeof(tellers) / sizeof(tellers[0]); i++) {
		const struct teller *teller = &tellers[i];
		if (teller->system == (scan->request->is_windows ? ON_LINUX : ON_WINDOWS))
			continue;
		keymap_put(scan->told, KEYMAP_KEY(intern(scan->request->pool, teller->name)), (void *)teller);
	}
}

/* `defined X`, `defined(X)`. */
static bool is_asked_for(const char *line, const struct word *word)
{
	const char *at = word->start;

	while (at > line && (at[-1] == ' ' || at[-1] == '('))
		at--;
	return at - line >= 7 && strncmp(at - 7, "defined", 7) == 0;
}

/* Questions whose answer is the same for every compiler of a kernel and every place where it is built. */
static bool is_harmless_question(const struct teller *teller, const struct word *word)
{
	const char *rest = word->end + strspn(word->end, " (");
	static const char *const attributes[] = { "fallthrough", "__fallthrough__" };

	if (strcmp(teller->name, "__has_include") == 0) /* <linux/...>: the kernel's headers, not a file of the build */
		return *rest == '<' && strchr(rest, '/') && !strstr(rest, "..") && rest[1] != '/';
	for (size_t i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++)
		if (strcmp(teller->name, "__has_attribute") == 0 &&
		    strncmp(rest, attributes[i], strlen(attributes[i])) == 0)
			return true;
	return false;
}

static bool is_own_name(const struct word *word)
{
	return word->end - word->start > 8 && strncasecmp(word->start, "so2check", 8) == 0;
}

/* What the line asks that so2check's parser answers differently; NULL: nothing. */
static const char *find_teller(struct scan *scan, const char *line, bool is_condition)
{
	const char *at = line;
	struct word word;

	while (next_word(&at, &word)) {
		const char *name = known_name(scan, &word);
		if (is_own_name(&word))
			return word_name(scan, &word);
		if (!name)
			continue;
		const struct teller *teller = keymap_get(scan->told, KEYMAP_KEY(name));
		const char *derived = keymap_get(scan->derived, KEYMAP_KEY(name));
		if (derived)
			return derived;
		if (is_condition && keymap_get(scan->pasting, KEYMAP_KEY(name)) && !is_asked_for(line, &word))
			return arena_printf(scan->request->arena, "%s, which puts names together with ##", name);
		if (!teller || (teller->use == TELLS_IN_CONDITION && !is_condition))
			continue;
		if (teller->use == TELLS_BY_VALUE && (is_asked_for(line, &word) || is_harmless_question(teller, &word)))
			continue;
		return teller->name;
	}
	return NULL;
}

/* A name that a macro puts together, in the order in which its parts stand. */
static const char *find_pasted(struct scan *scan, const char *line)
{
	char *joined = arena_alloc(scan->request->arena, strlen(line) + 1), *out = joined;
	const char *at = line;
	bool has_pasting = false;
	struct word word;

	while (next_word(&at, &word)) {
		const char *name = known_name(scan, &word);
		has_pasting |= name && keymap_get(scan->pasting, KEYMAP_KEY(name));
		memcpy(out, word.start, (size_t)(word.end - word.start));
		out += word.end - word.start;
	}
	*out = '\0';
	for (size_t i = 0; has_pasting && i < sizeof(tellers) / sizeof(tellers[0]); i++)
		if (strstr(joined, tellers[i].name))
			return tellers[i].name;
	return NULL;
}

/* ---- definitions ----------------------------------------------------------------------------------- */

/* Behind the parameters of a function-like macro. */
static const char *macro_body(const char *after_name)
{
	if (*after_name == '(')
		after_name += strcspn(after_name, ")");
	after_name += *after_name == ')';
	return after_name + strspn(after_name, " ");
}

static bool is_keyword(const char *name)
{
	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
		if (strcmp(keywords[i], name) == 0)
			return true;
	return false;
}

static bool has_usual_value(const char *name, const char *body, bool *is_value)
{
	*is_value = false;
	for (size_t i = 0; i < sizeof(usual_values) / sizeof(usual_values[0]); i++) {
		if (strcmp(usual_values[i].name, name) != 0)
			continue;
		*is_value = true;
		if (strcmp(usual_values[i].value, body) == 0)
			return true;
	}
	return false;
}

/* _LINUX_SLAB_H: defined elsewhere than in that header, it empties it. */
static bool looks_like_guard(const char *name)
{
	const char *end = name + strlen(name);

	if (*name != '_')
		return false;
	while (end > name && end[-1] == '_')
		end--;
	return end - name > 5 && strncmp(end - 2, "_H", 2) == 0;
}

/* What defining the name does to the words of the author; NULL: nothing. */
static const char *definition_problem(const char *name, const char *body)
{
	bool is_value;

	if (is_keyword(name))
		return "is a word of the language and is defined as a macro here: the text is not what is compiled";
	if (has_usual_value(name, body, &is_value))
		return NULL;
	if (is_value)
		return "is given another value than it has everywhere else";
	return NULL;
}

/* `CONFIG_##name` is a name of the configuration, whatever follows. */
static bool pastes_names(const char *body)
{
	if (strstr(body, "%:%:"))
		return true;
	for (const char *at = strstr(body, "##"); at; at = strstr(at + 2, "##")) {
		const char *start = at;
		while (start > body && start[-1] == ' ')
			start--;
		while (start > body && is_name_part(start[-1]))
			start--;
		if (strncmp(start, "CONFIG_", 7) != 0)
			return true;
	}
	return false;
}

static void learn_definition(struct scan *scan, const char *rest)
{
	const char *at = rest;
	struct word word;

	if (!next_word(&at, &word) || word.start != rest)
		return;
	const char *body = macro_body(at), *teller = find_teller(scan, body, false);
	const char *name = word_name(scan, &word);
	bool pastes = pastes_names(body);
	at = body;
	for (struct word part; next_word(&at, &part);) {
		const char *part_name = known_name(scan, &part);
		pastes |= part_name && keymap_get(scan->pasting, KEYMAP_KEY(part_name));
	}
	if (pastes)
		keymap_put(scan->pasting, KEYMAP_KEY(name), scan);
	if (teller)
		keymap_put(scan->derived, KEYMAP_KEY(name), (void *)teller);
}

static bool is_guard_elsewhere(const struct scan *scan, const char *name)
{
	return scan->request->is_guard && scan->request->is_guard(scan->request->context, name);
}

/* Rules know constants by their names; a macro that is called means what the author has made of it, which is followed. */
static void judge_known(struct scan *scan, const struct line *line, const char *name)
{
	const struct disguise_request *request = scan->request;
	enum disguise_name kind = request->find_name ? request->find_name(request->context, name) : NAME_UNKNOWN;

	if (kind == NAME_UNKNOWN)
		return;
	ARENA_PUSH(request->arena, scan->found->redefined, scan->found->redefined_count,
		   scan->found->redefined_capacity, name);
	remark(scan, line->number, kind == NAME_CONSTANT,
	       arena_printf(request->arena,
			    kind == NAME_CONSTANT ?
				    "`%s` is a constant of the kernel's and is defined as another one here" :
				    "`%s` is a name of the kernel's and is a macro of the driver's own here, which is "
				    "followed in its place",
			    name));
}

static void judge_definition(struct scan *scan, const struct line *line, const char *rest)
{
	const char *at = rest;
	struct word word;

	if (!next_word(&at, &word) || word.start != rest)
		return;
	const char *name = word_name(scan, &word), *body = macro_body(at);
	const char *problem = definition_problem(name, body);
	if (problem)
		gap(scan, line->number, problem, name);
	else if (keymap_get(scan->told, KEYMAP_KEY(name)) || is_own_name(&word))
		gap(scan, line->number, "tells so2check from the compiler and is defined here", name);
	else if (*body == '\0' && looks_like_guard(name) && is_guard_elsewhere(scan, name))
		gap(scan, line->number, "is the guard of a system header, which is empty then", name);
	else
		judge_known(scan, line, name);
}

static void judge_undefinition(struct scan *scan, const struct line *line, const char *rest)
{
	const char *at = rest;
	struct word word;

	if (!next_word(&at, &word))
		return;
	const char *name = word_name(scan, &word);
	if (keymap_get(scan->told, KEYMAP_KEY(name)) || is_own_name(&word))
		gap(scan, line->number, "tells so2check from the compiler and is undefined here", name);
}

/* ---- pragmas --------------------------------------------------------------------------------------- */

static void judge_pragma(struct scan *scan, const struct line *line, const char *text)
{
	static const struct {
		const char *words, *problem;
	} rows[] = {
		{ "push_macro", "lets a macro mean different things in different lines" },
		{ "pop_macro", "lets a macro mean different things in different lines" },
		{ "redefine_extname", "gives a function the name of another one" },
		{ "extern_prefix", "gives functions the names of others" },
		{ "system_header", "passes the driver's code off as a system header" },
		{ "clang attribute", "gives attributes to what only clang sees" },
		{ "clang module", "is followed by clang only" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strstr(text, rows[i].words))
			gap(scan, line->number, rows[i].problem, rows[i].words);
	if (directive_after(text, "weak") && strchr(text, '='))
		gap(scan, line->number, "gives a function the name of another one", "pragma weak");
	if (directive_after(text, "once") || strstr(text, "\"once\""))
		scan->once_line = line->number;
}

/* ---- conditionals ------------------------------------------------------------------------------------- */

/* Only the compiler's own business: `#define NAME _Pragma("...") for`. */
static bool is_pragma_definition(const char *rest)
{
	const char *at = rest;
	struct word word;

	if (!next_word(&at, &word) || *at == '(' || *at == '\0')
		return false;
	while (next_word(&at, &word))
		if (!word_is(&word, "_Pragma") && !word_is(&word, "for"))
			return false;
	return strpbrk(rest, ";{}=,") == NULL;
}

static bool is_code(const char *text, const char *directive)
{
	static const char *const harmless[] = { "pragma", "error",   "warning",	 "if",	 "ifdef", "ifndef",
						"elif",	  "elifdef", "elifndef", "else", "endif", "line" };

	if (!directive)
		return *text != '\0' && !directive_after(text, "_Pragma");
	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++)
		if (directive_after(directive, harmless[i]))
			return false;
	const char *definition = directive_after(directive, "define");
	return !definition || !is_pragma_definition(definition);
}

static void mark_code(struct scan *scan)
{
	for (int i = 0; i < scan->depth && i < DEPTH_LIMIT; i++)
		scan->levels[i].has_code = true;
}

/* `#ifdef X`, `#ifndef X`: what every compiler has tells nothing. */
static const char *asked_by_name(struct scan *scan, const char *rest)
{
	const char *line = arena_printf(scan->request->arena, "defined(%s)", rest);

	return find_teller(scan, line, true);
}

static const char *asked_by(struct scan *scan, const char *directive)
{
	static const char *const by_value[] = { "if", "elif" };
	static const char *const by_name[] = { "ifdef", "ifndef", "elifdef", "elifndef" };

	for (size_t i = 0; i < sizeof(by_value) / sizeof(by_value[0]); i++) {
		const char *rest = directive_after(directive, by_value[i]);
		if (rest)
			return find_teller(scan, rest, true);
	}
	for (size_t i = 0; i < sizeof(by_name) / sizeof(by_name[0]); i++) {
		const char *rest = directive_after(directive, by_name[i]);
		if (rest)
			return asked_by_name(scan, rest);
	}
	return NULL;
}

static void close_level(struct scan *scan)
{
	if (scan->depth == 0)
		return;
	const struct level *level = &scan->levels[--scan->depth < DEPTH_LIMIT ? scan->depth : DEPTH_LIMIT - 1];
	if (level->teller && level->has_code)
		remark(scan, level->line, true,
		       arena_printf(scan->request->arena,
				    "what is compiled here depends on %s, in which so2check's parser and the kernel's "
				    "compiler differ: one of the branches was not analysed",
				    level->teller));
}

/* true: the directive is one. */
static bool judge_conditional(struct scan *scan, const struct line *line, const char *directive)
{
	const char *teller = asked_by(scan, directive);

	if (strncmp(directive, "if", 2) == 0) {
		if (scan->depth++ < DEPTH_LIMIT)
			scan->levels[scan->depth - 1] = (struct level){ teller, line->number, false };
		return true;
	}
	if (directive_after(directive, "endif")) {
		close_level(scan);
		return true;
	}
	if (strncmp(directive, "el", 2) != 0)
		return false;
	if (teller && scan->depth > 0 && scan->depth <= DEPTH_LIMIT)
		scan->levels[scan->depth - 1].teller = teller;
	return true;
}

/* ---- lines ------------------------------------------------------------------------------------------- */

static void judge_code(struct scan *scan, const struct line *line)
{
	const char *teller = find_teller(scan, line->text, false);
	const char *operator= strstr(line->text, "_Pragma");

	if (!teller && keymap_count(scan->pasting) > 0)
		teller = find_pasted(scan, line->text);
	if (teller)
		remark(scan, line->number, true,
		       arena_printf(
			       scan->request->arena,
			       "the value of %s is used, in which so2check's parser and the kernel's compiler differ",
			       teller));
	if (operator)
		judge_pragma(scan, line, operator);
}

static void judge_line(struct scan *scan, const struct line *line)
{
	const char *directive = logical_line_directive(line->text), *rest;

	if (is_code(line->text, directive))
		mark_code(scan);
	if (!directive) {
		judge_code(scan, line);
		return;
	}
	if (judge_conditional(scan, line, directive))
		return;
	if ((rest = directive_after(directive, "define")) != NULL) {
		judge_definition(scan, line, rest);
		if (strstr(rest, "_Pragma"))
			judge_pragma(scan, line, rest);
	} else if ((rest = directive_after(directive, "undef")) != NULL) {
		judge_undefinition(scan, line, rest);
	} else if ((rest = directive_after(directive, "pragma")) != NULL) {
		judge_pragma(scan, line, rest);
	}
}

static void learn_line(struct scan *scan, const struct line *line)
{
	const char *directive = logical_line_directive(line->text);
	const char *rest = directive ? directive_after(directive, "define") : NULL;

	if (rest)
		learn_definition(scan, rest);
}

/* ---- characters ---------------------------------------------------------------------------------------- */

/* Three bytes of UTF-8 that change the order in which a line is shown, or cannot be seen. */
static bool is_unseen(const unsigned char *at, size_t left)
{
	if (left >= 2 && at[0] == 0xD8 && at[1] == 0x9C)
		return true;
	if (left < 3 || at[0] != 0xE2)
		return false;
	return (at[1] == 0x80 && ((at[2] >= 0x8B && at[2] <= 0x8F) || (at[2] >= 0xAA && at[2] <= 0xAE))) ||
	       (at[1] == 0x81 && at[2] >= 0xA0 && at[2] <= 0xA9);
}

/* Clang ends a line there, GCC does not. */
static bool is_lone_return(const char *text, size_t length, size_t at)
{
	if (text[at] != '\r')
		return false;
	while (at < length && text[at] == '\r')
		at++;
	return at < length && text[at] != '\n';
}

static void judge_characters(struct scan *scan, const struct disguise_text *text)
{
	bool has_unseen = false, has_return = false;
	unsigned line = 1;

	for (size_t i = 0; i < text->length; i++) {
		line += text->text[i] == '\n';
		if (!has_unseen && is_unseen((const unsigned char *)text->text + i, text->length - i)) {
			remark(scan, line, false,
			       "characters that cannot be seen, or change the order in which text is shown: read it in "
			       "an editor that shows them");
			has_unseen = true;
		}
		if (!has_return && is_lone_return(text->text, text->length, i)) {
			remark(scan, line, true,
			       "a carriage return within a line: so2check's parser ends the line there, GCC does not");
			has_return = true;
		}
	}
}

static bool has_foreign_name(const char *line)
{
	const char *at = line;
	struct word word;

	while (next_word(&at, &word))
		for (const char *c = word.start; c < word.end; c++)
			if ((unsigned char)*c >= 0x80)
				return true;
	for (at = line; *at; at += *at == '"' || *at == '\'' ? 0 : 1) {
		if (*at == '"' || *at == '\'')
			at = skip_literal(at);
		if (*at == '\\' && (at[1] == 'u' || at[1] == 'U'))
			return true;
		if (*at == '\0')
			break;
	}
	return false;
}

/* ---- texts --------------------------------------------------------------------------------------------- */

static struct line *read_lines(const struct disguise_request *request, const struct disguise_text *text, int *count)
{
	struct logical_lines reader;
	struct logical_line read;
	struct line *lines = NULL;
	int capacity = 0;

	*count = 0;
	logical_lines_open(&reader, request->arena, text->text, text->length, 0);
	while (logical_lines_next(&reader, &read)) {
		struct line line = { read.text, read.number };
		if (*line.text)
			ARENA_PUSH(request->arena, lines, *count, capacity, line);
	}
	return lines;
}

/* GCC takes two files of the same bytes and age for one, so2check's parser does not. */
static void judge_copy(struct scan *scan, const struct disguise_text *text)
{
	for (const struct disguise_text *other = scan->request->texts; scan->once_line > 0 && other < text; other++) {
		if (other->length != text->length || memcmp(other->text, text->text, text->length) != 0)
			continue;
		remark(scan, scan->once_line, true,
		       arena_printf(scan->request->arena,
				    "`#pragma once` in a copy of %s: GCC may skip it, so2check's parser reads both",
				    other->file));
		return;
	}
}

static void judge_text(struct scan *scan, const struct disguise_text *text, const struct line *lines, int count)
{
	bool has_foreign = false;

	scan->file = text->file;
	scan->depth = 0;
	scan->once_line = 0;
	judge_characters(scan, text);
	for (int i = 0; i < count; i++) {
		judge_line(scan, &lines[i]);
		if (!has_foreign && has_foreign_name(lines[i].text)) {
			remark(scan, lines[i].number, false,
			       "a name with letters that are not ASCII: it may look like another one");
			has_foreign = true;
		}
	}
	while (scan->depth > 0)
		close_level(scan);
	judge_copy(scan, text);
}

static void judge_build(struct scan *scan)
{
	const struct disguise_request *request = scan->request;

	scan->file = request->unit.file;
	for (int i = 0; i < request->definition_count; i++) {
		const char *definition = request->definitions[i];
		size_t length = strcspn(definition, "=(");
		const char *name = intern_n(request->pool, definition, length);
		const char *body = strchr(definition, '=');
		const char *problem = definition_problem(name, body ? body + 1 : "1");
		if (!problem && looks_like_guard(name) && is_guard_elsewhere(scan, name))
			problem = "is the guard of a system header, which the build makes empty";
		if (!problem && request->find_name && request->find_name(request->context, name) != NAME_UNKNOWN)
			problem = "is a name of the kernel's and is defined by the build";
		if (problem)
			remark(scan, 0, true, arena_printf(request->arena, "`%s` %s", name, problem));
	}
}

void disguise_find(const struct disguise_request *request, struct disguise *found)
{
	struct arena *arena = request->arena;
	struct scan scan = { .request = request,
			     .found = found,
			     .told = keymap_create(arena),
			     .derived = keymap_create(arena),
			     .pasting = keymap_create(arena) };
	struct line **lines = ARENA_ARRAY(arena, struct line *, (size_t)request->text_count + 1);
	int *counts = ARENA_ARRAY(arena, int, (size_t)request->text_count + 1);

	*found = (struct disguise){ 0 };
	list_tellers(&scan);
	for (int i = 0; i < request->text_count; i++)
		lines[i] = read_lines(request, &request->texts[i], &counts[i]);
	for (int round = 0; round < 3; round++) /* macros may be used before the header that has them is read here */
		for (int i = 0; i < request->text_count; i++)
			for (int k = 0; k < counts[i]; k++)
				learn_line(&scan, &lines[i][k]);
	for (int i = 0; i < request->text_count; i++)
		judge_text(&scan, &request->texts[i], lines[i], counts[i]);
	judge_build(&scan);
}
