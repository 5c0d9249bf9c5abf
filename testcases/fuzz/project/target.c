/* Visual Studio projects, with a property sheet (the second part of the input). */
#include "fuzz.h"

#include "../../../checker/frontend/units_int.h"

#include <string.h>

static void check_project(const struct vcx_project *project)
{
	for (int i = 0; i < project->source_count; i++) {
		const struct vcx_source *source = &project->sources[i];
		fuzz_require(source->path[0] == '/', "`%s` is not absolute", source->path);
		fuzz_require(vcxproj_find(project, source->path) == source, "`%s` is there twice", source->path);
		fuzz_require_flags(source->flags.items, source->flags.count);
	}
	fuzz_require_flags(project->flags.items, project->flags.count);
	for (int i = 0; i < project->note_count; i++)
		fuzz_require(project->notes[i].file && project->notes[i].text, "an empty note");
	if (project->source_count > 0)
		fuzz_accepted();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz fuzz = fuzz_begin(data, size);
	const char *path = fuzz_path(&fuzz, "driver.vcxproj");
	struct fuzz_part parts[2];
	struct vcx_project project;
	unsigned line = 0;

	fuzz_split(&fuzz, parts, 2);
	fuzz_as_file(&parts[0], path);
	fuzz_as_file(&parts[1], fuzz_path(&fuzz, "sheet.props"));
	struct include_cache *cache = include_cache_create(fuzz.arena, fuzz.pool);
	const char *problem = vcxproj_read(fuzz.arena, fuzz.pool, cache, path, &project, &line);
	fuzz_require(!problem || problem[0], "refused without a reason");
	check_project(&project);
	if (problem)
		log_add(fuzz.log, LOG_ERROR, NULL, "%s", problem); /* as it is shown */
	fuzz_end(&fuzz);
	return 0;
}
