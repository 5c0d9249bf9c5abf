/* A small driver in C, against kernel.h or, behind a first line of `//w`, windows.h of tree/: parsed, lowered and analysed.
 * What lowering makes holds what ir_verify_function() asks for; packed and unpacked it prints the same and gives the same
 * findings. The fuzzer changes tokens and statements (mutate.c), so that most of its inputs are C. */
#include "analyse.h"

#include "frontend/frontend.h"
#include "ir/ir_pack.h"
#include "report/wire.h"

#include <string.h>

static struct frontend *shared_frontend(void)
{
	static struct frontend *frontend;
	static struct frontend_names names;
	const struct rule_set *rules = fuzz_rules();

	if (frontend)
		return frontend;
	names = (struct frontend_names){ .macros = rules->macro_names,
					 .macro_count = rules->macro_name_count,
					 .constants = rules->constant_names,
					 .constant_count = rules->constant_name_count };
	frontend = frontend_create(fuzz_rules_pool(), &names);
	return frontend;
}

static struct ir_unit *lower(struct fuzz *fuzz, const char *path, bool is_windows)
{
	const char *header = fuzz_path(fuzz, is_windows ? "windows.h" : "kernel.h");
	const char *args[] = { "-nostdinc",
			       "-std=gnu11",
			       "-w",
			       "-Wno-everything",
			       "-ferror-limit=0",
			       "-fno-spell-checking",
			       "-include",
			       header,
			       is_windows ? "--target=x86_64-pc-windows-msvc" : "-DLINUX",
			       is_windows ? "-fms-extensions" : "-D__KERNEL__" };
	struct compile_cmd cmd = { .file = "main.c",
				   .path = path,
				   .directory = "/",
				   .args = args,
				   .arg_count = sizeof(args) / sizeof(args[0]),
				   .target = is_windows ? TARGET_WINDOWS : TARGET_LINUX };
	struct skipped_unit failure = { 0 };
	struct parse_info info;
	struct ir_unit *unit = NULL;

	if (frontend_lower(shared_frontend(), &cmd, fuzz->arena, &unit, &info, &failure)) {
		fuzz_require(failure.reason && failure.reason[0], "skipped without a reason");
		return NULL;
	}
	for (int i = 0; i < unit->function_count; i++) {
		const char *broken = unit->functions[i]->has_body ?
					     ir_verify_function(fuzz->arena, unit->functions[i]) :
					     NULL;
		fuzz_require(!broken, "lowered as: %s", broken);
	}
	return unit;
}

static void print_unit(FILE *out, void *context)
{
	ir_print_unit(out, context);
}

/* NULL: it cannot be packed. */
static struct ir_unit *copy_unit(struct fuzz *fuzz, struct ir_unit *unit)
{
	struct text bytes = text_create(fuzz->arena);
	size_t length = 0, copy_length = 0;

	if (!ir_unit_pack(unit, fuzz_rules_pool(), &bytes))
		return NULL;
	struct ir_unit *copy = ir_unit_unpack(fuzz->arena, fuzz_rules_pool(), bytes.data, bytes.length);
	fuzz_require(copy, "a packed unit is not read");
	const char *text = fuzz_written(fuzz, &length, print_unit, unit);
	const char *copy_text = fuzz_written(fuzz, &copy_length, print_unit, copy);
	fuzz_require(length == copy_length && memcmp(text, copy_text, length) == 0, "unpacked as\n%s\nnot\n%s",
		     copy_text, text);
	return copy;
}

static struct text analyse(struct fuzz *fuzz, struct ir_unit *unit)
{
	struct text bytes = text_create(fuzz->arena);
	struct report report;

	report_init(&report, fuzz->arena);
	fuzz_analyse(fuzz, unit, &report);
	findings_finish(&report, source_cache_create_given(fuzz->arena));
	report_pack(&report, &bytes);
	if (report.finding_count > 0)
		fuzz_accepted();
	return bytes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz fuzz = fuzz_begin(data, size);
	const char *path = fuzz_path(&fuzz, "main.c");

	fuzz_as_file(&(struct fuzz_part){ fuzz.text, fuzz.size }, path);
	struct ir_unit *unit = lower(&fuzz, path, strncmp(fuzz.text, "//w\n", 4) == 0);
	struct ir_unit *copy = unit ? copy_unit(&fuzz, unit) : NULL;
	if (unit) {
		struct text own = analyse(&fuzz, unit);
		struct text other = copy ? analyse(&fuzz, copy) : own;
		fuzz_require(own.length == other.length && memcmp(own.data, other.data, own.length) == 0,
			     "packed and unpacked, the unit gives other findings");
	}
	fuzz_end(&fuzz);
	return 0;
}
