/* Kbuild files and Makefiles. Line ends do not count, nor does a comment behind the last line. */
#include "fuzz.h"

#include "../../../checker/frontend/units_int.h"

#include <string.h>

static void check_unit(const struct kbuild *kbuild, const struct kbuild_unit *unit)
{
	fuzz_require(unit->path[0] == '/' && text_ends_with(unit->path, ".c"), "`%s` is no source", unit->path);
	fuzz_require(unit->module && unit->module_file, "`%s` has no module", unit->path);
	fuzz_require(kbuild_find(kbuild, unit->path) == unit, "`%s` is there twice", unit->path);
	fuzz_require_flags(unit->flags.items, unit->flags.count);
}

static void require_equal(const struct kbuild *left, const struct kbuild *right)
{
	fuzz_require(left->unit_count == right->unit_count, "%d and %d units", left->unit_count, right->unit_count);
	for (int i = 0; i < left->unit_count; i++) {
		const struct kbuild_unit *a = &left->units[i], *b = &right->units[i];
		fuzz_require(strcmp(a->path, b->path) == 0 && strcmp(a->module, b->module) == 0, "`%s` and `%s`",
			     a->path, b->path);
		fuzz_require(a->flags.count == b->flags.count, "flags of `%s`", a->path);
	}
}

static const char *with_other_ends(struct fuzz *fuzz)
{
	struct text text = text_create(fuzz->arena);

	for (const char *at = fuzz->text; *at; at++)
		text_add(&text, *at == '\n' ? "\r\n" : (char[]){ *at, '\0' });
	return text_get(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz fuzz = fuzz_begin(data, size);
	const char *folder = fuzz_path(&fuzz, "");
	struct kbuild kbuild = { 0 }, other = { 0 };

	kbuild_parse(fuzz.arena, folder, fuzz.text, &kbuild);
	for (int i = 0; i < kbuild.unit_count; i++)
		check_unit(&kbuild, &kbuild.units[i]);
	fuzz_require_flags(kbuild.flags.items, kbuild.flags.count);
	if (kbuild.unit_count > 0)
		fuzz_accepted();
	if (!strchr(fuzz.text, '\r')) {
		kbuild_parse(fuzz.arena, folder, with_other_ends(&fuzz), &other);
		require_equal(&kbuild, &other);
	}
	fuzz_end(&fuzz);
	return 0;
}
