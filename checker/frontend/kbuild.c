/* Modules and flags of a Kbuild file or Makefile (makefile.h).
 *
 * For the lists of a driver's files both branches of a conditional are taken, because the usual Makefile holds its
 * Kbuild part under `ifneq ($(KERNELRELEASE),)`; inside one, an assignment to a list adds to it. A variable
 * that is not set in the file expands to nothing, an include path with one in it is left out.
 *
 * What cannot be told is a gap. Whoever judges work of others counts it as not analysed; by hand it is passed by. */
#include "makefile.h"

#include <stdlib.h>
#include <string.h>

/* The longest of Linux has 60 KB, the driver of most parts some 700. What is more is passed by: each unit is looked for
 * among all. */
#define FILE_LENGTH_LIMIT ((size_t)1 << 20)
#define UNIT_LIMIT 4000
#define PART_LIMIT 50000

struct reader {
	struct makefile makefile;
	int parts; /* of modules, looked at */
};

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

bool kbuild_is_flag_list(const char *name)
{
	static const char *const names[] = {
		"ccflags-y",	   "ccflags-m",	      "ccflags-",	  "EXTRA_CFLAGS",
		"KBUILD_CFLAGS",   "KBUILD_CPPFLAGS", "subdir-ccflags-y", "subdir-ccflags-m",
		"subdir-ccflags-", "KCFLAGS",	      "KCPPFLAGS",	  "CFLAGS_MODULE",
		"EXTRA_CPPFLAGS",  "LINUXINCLUDE",    "NOSTDINC_FLAGS",	  "KBUILD_CFLAGS_MODULE"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

bool kbuild_is_list(const char *name)
{
	return is_object_list(name) || is_part_list(name) || kbuild_is_flag_list(name) ||
	       text_starts_with(name, "CFLAGS_");
}

/* ---- flags ------------------------------------------------------------------------------------ */

/* Those of gcc that do not change what C means; behind some of them stands a word. */
static bool is_harmless_flag(const char *flag)
{
	static const char *const prefixes[] = { "-W", "-O",    "-g",	    "-m",  "-M",
						"-f", "-pipe", "-pedantic", "-no", "-save-temps" };
	static const char *const harmful[] = { "-Wp,",		 "-fplugin",
					       "-fpreprocessed", "-finput-charset",
					       "-fexec-charset", "-fdirectives-only",
					       "-fmodule",	 "-Mach" };
	static const char *const alone[] = { "-w", "-v", "-p", "-pg", "-static", "-pthread" };

	for (size_t i = 0; i < sizeof(harmful) / sizeof(harmful[0]); i++)
		if (text_starts_with(flag, harmful[i]))
			return false;
	for (size_t i = 0; i < sizeof(alone) / sizeof(alone[0]); i++)
		if (strcmp(flag, alone[i]) == 0)
			return true;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (text_starts_with(flag, prefixes[i]))
			return true;
	return false;
}

/* What the parser is given as it stands. */
static bool is_language_flag(const char *flag)
{
	static const char *const names[] = { "-std=",
					     "-ansi",
					     "-trigraphs",
					     "-fshort-",
					     "-fno-short-",
					     "-funsigned-char",
					     "-fno-unsigned-char",
					     "-fsigned-char",
					     "-fno-signed-char",
					     "-fms-extensions" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (text_starts_with(flag, names[i]))
			return true;
	return false;
}

static bool is_definition(const char *flag)
{
	return text_starts_with(flag, "-D") || text_starts_with(flag, "-U");
}

static bool is_path_flag(const char *flag)
{
	return text_starts_with(flag, "-I") || text_starts_with(flag, "-i");
}

/* -Wp,-DX and -Xpreprocessor -DX are -DX. */
static void unwrap(struct arena *arena, const struct word_list *words, struct word_list *flags)
{
	for (int i = 0; i < words->count; i++) {
		const char *word = words->items[i];
		if (strcmp(word, "-Xpreprocessor") == 0)
			continue;
		if (!text_starts_with(word, "-Wp,")) {
			words_push(arena, flags, word);
			continue;
		}
		for (word += 4; *word; word += word[strcspn(word, ",")] ? 1 : 0) {
			size_t length = strcspn(word, ",");
			if (length > 0)
				words_push(arena, flags, arena_strndup(arena, word, length));
			word += length;
		}
	}
}

/* What the shell that starts the compiler would replace. */
static bool has_shell_syntax(const char *text)
{
	char quote = '\0';

	for (const char *at = text; *at; at++) {
		if (*at == '\\' && at[1] && quote != '\'')
			at++;
		else if (quote != '\'' && (*at == '`' || *at == '$'))
			return true;
		else if (quote && *at == quote)
			quote = '\0';
		else if (!quote && (*at == '"' || *at == '\''))
			quote = *at;
		else if (!quote && strchr(";|&<>()", *at))
			return true;
	}
	return quote != '\0';
}

/* Text that differs from one machine, or moment, to the next is harmless in a literal. */
static bool is_open_definition(const char *flag)
{
	const char *mark = strstr(flag, MAKE_MACHINE_MARK), *equals = strchr(flag, '=');

	return mark && !(equals && equals < mark && strchr("\"'\\", equals[1]) && equals[1]);
}

static void flag_gap(struct makefile *makefile, unsigned line, const char *flag, const char *problem)
{
	makefile_gap(makefile, line, false, arena_printf(makefile->arena, "`%s` %s", flag, problem));
}

/* Says of each flag what so2check cannot follow. */
static void judge_flags(struct makefile *makefile, unsigned line, const struct word_list *flags)
{
	for (int i = 0; i < flags->count; i++) {
		const char *flag = flags->items[i];
		bool has_value = is_definition(flag) ? flag[2] != '\0' :
				 is_path_flag(flag)  ? flag[1] == 'I' && flag[2] != '\0' :
						       true;
		if (is_definition(flag) &&
		    is_open_definition(has_value || i + 1 == flags->count ? flag : flags->items[i + 1]))
			flag_gap(makefile, line, flag, "depends on the machine that builds");
		else if (!is_definition(flag) && !is_path_flag(flag) && !is_language_flag(flag) &&
			 !is_harmless_flag(flag))
			flag_gap(makefile, line, flag, "is a flag that so2check does not follow");
		i += !has_value;
	}
}

/* Adds those flags of the list that change what the parser sees. */
static void add_flags(struct reader *reader, struct word_list *flags, struct make_variable *variable)
{
	struct makefile *makefile = &reader->makefile;
	struct arena *arena = makefile->arena;
	struct word_list words = { 0 }, unwrapped = { 0 };
	struct filtered_flags filtered;
	const char *undecided, *value = makefile_value(makefile, variable, &undecided);
	unsigned line = variable->line;

	if (undecided)
		makefile_gap(makefile, line, false,
			     arena_printf(arena, "flags in `%s` cannot be told: %s", variable->name, undecided));
	if (has_shell_syntax(value))
		makefile_gap(makefile, line, false,
			     arena_printf(arena, "flags in `%s` are changed by the shell", variable->name));
	if (!words_split_shell(arena, &words, value))
		return;
	unwrap(arena, &words, &unwrapped);
	judge_flags(makefile, line, &unwrapped);
	flags_filter(arena, &filtered, &unwrapped, makefile->directory, NULL);
	for (int i = 0; i < filtered.args.count; i++) {
		const char *option = filtered.args.items[i];
		if (is_definition(option) || is_language_flag(option)) {
			words_push(arena, flags, option);
		} else if (is_path_flag(option)) {
			const char *path = filtered.args.items[++i];
			/* An unknown variable in a path made it another path. */
			if (path_exists(arena, "", path)) {
				words_push(arena, flags, option);
				words_push(arena, flags, path);
			} else if (text_starts_with(option, "-include") || text_starts_with(option, "-imacros")) {
				flag_gap(makefile, line, option, "names a file that is not here");
			}
		}
	}
}

/* ---- modules ---------------------------------------------------------------------------------- */

static bool has_unit(const struct kbuild *kbuild, const char *path)
{
	return kbuild_find(kbuild, path) != NULL;
}

static void limit_gap(struct makefile *makefile)
{
	makefile_gap(makefile, 0, false, "more sources are listed than so2check reads");
}

static void add_unit(struct reader *reader, struct kbuild *kbuild, const char *object, const char *module,
		     unsigned line)
{
	struct makefile *makefile = &reader->makefile;
	struct arena *arena = makefile->arena;
	const char *stem = arena_strndup(arena, object, strlen(object) - strlen(".o"));
	const char *source = arena_printf(arena, "%s.c", stem);
	struct kbuild_unit unit = { .path = path_absolute(arena, makefile->directory, source),
				    .module = module,
				    .module_file = path_join(arena, makefile->directory, module),
				    .line = line };
	struct make_variable *own = makefile_find(makefile, arena_printf(arena, "CFLAGS_%s.o", stem));

	if (kbuild->unit_count >= UNIT_LIMIT || reader->parts++ >= PART_LIMIT)
		limit_gap(makefile);
	else if (!has_unit(kbuild, unit.path)) {
		unit.flags = kbuild->flags;
		unit.flags.capacity = unit.flags.count; /* shared: what is added goes to a copy */
		if (own)
			add_flags(reader, &unit.flags, own);
		ARENA_PUSH(arena, kbuild->units, kbuild->unit_count, kbuild->unit_capacity, unit);
	}
}

static void list_words(struct reader *reader, struct make_variable *list, struct word_list *words)
{
	struct makefile *makefile = &reader->makefile;
	const char *undecided, *value = makefile_value(makefile, list, &undecided);

	words_split_blank(makefile->arena, words, value);
	if (undecided)
		makefile_gap(makefile, list->line, true,
			     arena_printf(makefile->arena, "the list `%s` cannot be told: %s", list->name, undecided));
}

/* The parts of NAME.o, or NAME.o itself when nothing lists any. */
static void add_module(struct reader *reader, struct kbuild *kbuild, const char *object, unsigned line)
{
	static const char *const suffixes[] = { "objs", "y", "m", "" };
	struct makefile *makefile = &reader->makefile;
	struct arena *arena = makefile->arena;
	const char *module = path_kbuild_name(arena, object);
	const char *stem = arena_strndup(arena, object, strlen(object) - strlen(".o"));
	bool is_composite = false;

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		struct make_variable *list = makefile_find(makefile, arena_printf(arena, "%s-%s", stem, suffixes[i]));
		struct word_list parts = { 0 };
		if (!list)
			continue;
		list_words(reader, list, &parts);
		for (int j = 0; j < parts.count; j++)
			if (text_ends_with(parts.items[j], ".o"))
				add_unit(reader, kbuild, parts.items[j], module, list->line);
		is_composite |= parts.count > 0;
	}
	if (!is_composite)
		add_unit(reader, kbuild, object, module, line);
}

static void add_modules(struct reader *reader, struct kbuild *kbuild, struct make_variable *list)
{
	struct word_list objects = { 0 };

	list_words(reader, list, &objects);
	for (int i = 0; i < objects.count; i++)
		if (text_ends_with(objects.items[i], ".o") && strlen(objects.items[i]) > 2)
			add_module(reader, kbuild, objects.items[i], list->line);
}

/* ---- what else a Makefile may do ------------------------------------------------------------------ */

static bool is_tool(const char *name)
{
	static const char *const names[] = { "CC", "CPP", "LD", "AS", "AR", "OBJCOPY", "SHELL", "HOSTCC", "STRIP" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* A compiler or shell by its usual name, with flags that do not matter. */
static bool is_usual_tool(struct arena *arena, const char *value)
{
	static const char *const names[] = { "gcc",   "clang", "cc",   "ld",  "as",	"ar", "objcopy",
					     "strip", "sh",    "bash", "cpp", "ccache", "lld" };
	struct word_list words = { 0 };

	words_split_blank(arena, &words, value);
	for (int i = 0; i < words.count; i++) {
		const char *base = path_base(words.items[i]);
		size_t length = strcspn(base, "0123456789.");
		bool is_named = base[0] == '-' ? is_harmless_flag(base) : false;
		while (length > 0 && base[length - 1] == '-')
			length--;
		for (size_t k = 0; k < sizeof(names) / sizeof(names[0]) && !is_named; k++) {
			size_t end = strlen(names[k]);
			is_named = length >= end && strncmp(base + length - end, names[k], end) == 0 &&
				   (length == end || base[length - end - 1] == '-');
		}
		if (!is_named || (strchr(words.items[i], '/') && !text_starts_with(words.items[i], "/usr/") &&
				  !text_starts_with(words.items[i], "/bin/")))
			return false;
	}
	return true;
}

/* By which Kbuild compiles and links. A driver's own rules have others. */
static bool is_build_command(const char *name)
{
	static const char *const prefixes[] = { "cmd_cc_", "cmd_as_",  "cmd_ld",      "cmd_link", "cmd_ar_",
						"cmd_mod", "cmd_gen_", "cmd_objtool", "rule_cc_", "rule_as_" };
	static const char *const names[] = { "c_flags", "_c_flags", "ld_flags", "real-obj-m", ".RECIPEPREFIX" };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (text_starts_with(name, prefixes[i]))
			return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static void judge_variable(struct reader *reader, struct make_variable *variable)
{
	struct makefile *makefile = &reader->makefile;
	const char *name = variable->name, *undecided, *value = makefile_value(makefile, variable, &undecided);
	bool is_command = is_build_command(name);
	bool removes = text_starts_with(name, "CFLAGS_REMOVE_") || text_starts_with(name, "ccflags-remove-");

	if (is_command || (is_tool(name) && (undecided || !is_usual_tool(makefile->arena, value))))
		makefile_gap(makefile, variable->line, true,
			     arena_printf(makefile->arena, "`%s` changes how sources are compiled", name));
	else if (removes && (undecided || strstr(value, "-D") || strstr(value, "-U") || strstr(value, "-i")))
		makefile_gap(makefile, variable->line, false,
			     arena_printf(makefile->arena,
					  "`%s` takes definitions away, which so2check does not follow", name));
}

/* A source or header, or an object of a listed source, that commands make. */
static void judge_rules(struct reader *reader, const struct kbuild *kbuild)
{
	struct makefile *makefile = &reader->makefile;

	for (int i = 0; i < makefile->rule_count; i++) {
		const char *target = makefile->rules[i].target;
		size_t length = strlen(target);
		bool is_source = text_ends_with(target, ".c") || text_ends_with(target, ".h") ||
				 text_ends_with(target, ".S") || text_ends_with(target, "_shipped");
		bool is_object = text_ends_with(target, ".o");
		const char *path = path_absolute(makefile->arena, makefile->directory,
						 arena_printf(makefile->arena, "%.*sc",
							      (int)(length > 0 ? length - 1 : 0), target));
		if (is_source || (is_object && (strchr(target, '%') || has_unit(kbuild, path))))
			makefile_gap(
				makefile, makefile->rules[i].line, false,
				arena_printf(
					makefile->arena,
					"`%s` is made by commands, which are not run: what is built need not be what "
					"lies here",
					path_seen_from(makefile->arena, makefile->directory, target)));
	}
}

/* ---- reading ------------------------------------------------------------------------------------------ */

static void read_build(struct reader *reader, const char *text, struct kbuild *kbuild)
{
	struct makefile *makefile = &reader->makefile;

	makefile_read(makefile, text);
	for (int i = 0; i < makefile->count; i++) {
		const char *name = makefile->variables[i].name;
		/* ccflags-$(CONFIG_X): ccflags-y only if somebody wants it */
		if (kbuild_is_flag_list(name) && !(makefile->is_plain_build && text_ends_with(name, "-")))
			add_flags(reader, &kbuild->flags, &makefile->variables[i]);
	}
	for (int i = 0; i < makefile->count; i++) {
		kbuild->has_modules |= is_module_list(makefile->variables[i].name);
		if (is_object_list(makefile->variables[i].name))
			add_modules(reader, kbuild, &makefile->variables[i]);
	}
}

static bool are_same_words(const struct word_list *left, const struct word_list *right)
{
	if (left->count != right->count)
		return false;
	for (int i = 0; i < left->count; i++)
		if (strcmp(left->items[i], right->items[i]) != 0)
			return false;
	return true;
}

/* The same text once more, with all conditions asked. */
static void read_plain_build(struct reader *reader, const char *text, struct kbuild *kbuild)
{
	struct kbuild plain = { 0 };

	reader->makefile.is_plain_build = true;
	reader->makefile.kbuild = kbuild;
	read_build(reader, text, &plain);
	for (int i = 0; i < reader->makefile.count; i++)
		judge_variable(reader, &reader->makefile.variables[i]);
	judge_rules(reader, &plain);
	kbuild->plain_flags = plain.flags;
	kbuild->has_plain_flags = !are_same_words(&plain.flags, &kbuild->flags);
	for (int i = 0; i < kbuild->unit_count; i++) {
		struct kbuild_unit *unit = &kbuild->units[i];
		const struct kbuild_unit *other = kbuild_find(&plain, unit->path);
		unit->plain_flags = other ? other->flags : plain.flags;
		unit->has_plain_flags = !are_same_words(&unit->flags, &unit->plain_flags);
	}
}

static void parse(struct arena *arena, const struct roots *roots, const char *directory, const char *text,
		  struct kbuild *kbuild)
{
	struct kbuild unasked = { 0 }; /* gaps where all branches are taken say nothing */
	struct reader all = { .makefile = { arena, directory, roots, .kbuild = &unasked } };
	struct reader plain = { .makefile = { arena, directory, roots, .kbuild = kbuild } };

	*kbuild = (struct kbuild){ 0 };
	read_build(&all, text, kbuild);
	read_plain_build(&plain, text, kbuild);
}

void kbuild_parse(struct arena *arena, const char *directory, const char *text, struct kbuild *kbuild)
{
	parse(arena, NULL, directory, text, kbuild);
}

static void keep_structural_gaps(struct kbuild *kbuild)
{
	int kept = 0;

	for (int i = 0; i < kbuild->gap_count; i++)
		if (kbuild->gaps[i].is_structural)
			kbuild->gaps[kept++] = kbuild->gaps[i];
	kbuild->gap_count = kept;
}

bool kbuild_read(struct arena *arena, const struct roots *roots, const char *directory, struct kbuild *kbuild)
{
	static const char *const names[] = { "Kbuild", "Makefile", "makefile" };
	struct kbuild other = { 0 };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *path = path_join(arena, directory, names[i]);
		struct source_text text;
		if (!source_slurp(arena, path, &text))
			continue;
		if (text.length > FILE_LENGTH_LIMIT) {
			struct reader reader = { .makefile = { arena, directory, roots, .kbuild = &other } };
			makefile_gap(&reader.makefile, 1, true, "it is longer than so2check reads");
			other.file = path;
			continue;
		}
		parse(arena, roots, directory, text.text, kbuild);
		kbuild->file = path;
		if (kbuild->has_modules)
			return true;
		keep_structural_gaps(kbuild);
		if (kbuild->gap_count > 0 && other.gap_count == 0)
			other = (struct kbuild){ .gaps = kbuild->gaps, .gap_count = kbuild->gap_count, .file = path };
	}
	*kbuild = other;
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

	if (!kbuild_read(arena, NULL, folder, &kbuild))
		return NULL;
	for (int i = 0; i < kbuild.unit_count; i++) {
		const char *path = kbuild.units[i].path;
		const char *assembly = arena_printf(arena, "%.*sS", (int)strlen(path) - 1, path);
		if (!path_exists(arena, "", path) && !path_exists(arena, "", assembly))
			return path;
	}
	return NULL;
}
