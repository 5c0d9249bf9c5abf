#include "module.h"

#include "base/text.h"

#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *place)
{
	(void)info;
	(void)type;
	(void)place;
	return remove(path);
}

int module_set_up(void **state)
{
	struct arena *arena = arena_create();
	struct module *m = ARENA_NEW(arena, struct module);
	char *folder = arena_strdup(arena, "/tmp/so2-test-summary-XXXXXX");

	if (!mkdtemp(folder))
		return -1;
	m->arena = arena;
	m->pool = intern_create();
	m->log = log_create();
	m->folder = folder;
	m->ir = ir_module_create(arena, "module");
	module_facts(m, "apis:\n  - {name: nothing}\n");
	*state = m;
	return 0;
}

int module_tear_down(void **state)
{
	struct module *m = *state;

	nftw(m->folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	frontend_destroy(m->frontend);
	log_destroy(m->log);
	intern_destroy(m->pool);
	arena_destroy(m->arena);
	return 0;
}

static const char *write_text(struct module *m, const char *name, const char *text)
{
	const char *path = arena_printf(m->arena, "%s/%s", m->folder, name);
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
	return path;
}

void module_facts(struct module *m, const char *yaml)
{
	const char *pack = m->folder;
	struct frontend_names *names = ARENA_NEW(m->arena, struct frontend_names); /* the frontend keeps it */

	mkdir(arena_printf(m->arena, "%s/linux", m->folder), 0777);
	mkdir(arena_printf(m->arena, "%s/linux/facts", m->folder), 0777);
	write_text(m, "pack.yaml", "name: test\nversion: 1\n");
	write_text(m, "linux/facts/facts.yaml", yaml);
	m->rules = rules_load(m->arena, m->pool, m->log, NULL, &pack, 1);
	log_print(m->log, 0, stderr);
	assert_non_null(m->rules);
	names->macros = m->rules->macro_names;
	names->macro_count = m->rules->macro_name_count;
	names->constants = m->rules->constant_names;
	names->constant_count = m->rules->constant_name_count;
	if (m->frontend)
		frontend_destroy(m->frontend);
	m->frontend = frontend_create(m->pool, names);
}

void module_system_header(struct module *m, const char *file, const char *text)
{
	mkdir(arena_printf(m->arena, "%s/system", m->folder), 0777);
	write_text(m, arena_printf(m->arena, "system/%s", file), text);
}

void module_unit(struct module *m, const char *file, const char *text)
{
	const char *args[] = { "-w",
			       "-Wno-everything",
			       "-ferror-limit=0",
			       "-fno-spell-checking",
			       "-std=gnu11",
			       "-isystem",
			       arena_printf(m->arena, "%s/system", m->folder) };
	struct compile_cmd cmd = { .file = intern(m->pool, file),
				   .path = write_text(m, file, text),
				   .directory = m->folder,
				   .args = args,
				   .arg_count = sizeof(args) / sizeof(*args),
				   .target = TARGET_LINUX };
	struct skipped_unit failure = { 0 };
	struct parse_info info;
	struct ir_unit *unit;

	if (frontend_lower(m->frontend, &cmd, m->arena, &unit, &info, &failure))
		fail_msg("%s: %s", file, failure.reason);
	assert_int_equal(info.errors, 0);
	ir_module_add(m->ir, unit);
}

void module_compute(struct module *m)
{
	ir_module_link(m->ir);
	m->effects = effects_compute(m->arena, m->rules, m->ir);
	m->graph = callgraph_build(m->arena, m->rules, m->ir, m->effects);
}

const struct ir_function *module_function(const struct module *m, const char *name)
{
	for (int u = 0; u < m->ir->unit_count; u++) {
		const struct ir_function *found = ir_function_find(m->ir->units[u], intern(m->pool, name));

		if (found && found->has_body)
			return found;
	}
	fail_msg("no function %s", name);
	return NULL;
}

const struct ir_insn *module_call(const struct module *m, const char *function, int index)
{
	const struct ir_function *caller = module_function(m, function);

	for (int i = 0; i < caller->insn_count; i++)
		if (caller->insns[i]->kind == IR_CALL && index-- == 0)
			return caller->insns[i];
	fail_msg("too few calls in %s", function);
	return NULL;
}

const char *module_targets(const struct module *m, const char *function, int index)
{
	const struct ir_function *const *targets;
	size_t count = callgraph_targets(m->graph, module_call(m, function, index), &targets);
	struct text text = text_create(m->arena);

	for (size_t i = 0; i < count; i++)
		text_printf(&text, "%s%s", i ? " " : "", targets[i]->name);
	return text_get(&text);
}

const char *module_roles(const struct module *m, const char *function)
{
	int count;
	const struct role_binding *roles = effects_role_bindings(m->effects, module_function(m, function), &count);
	struct text text = text_create(m->arena);

	for (int i = 0; i < count; i++)
		text_printf(&text, "%s%s%s%s", i ? " " : "", roles[i].role->name, roles[i].served ? "@" : "",
			    roles[i].served ? roles[i].served : "");
	return text_get(&text);
}
