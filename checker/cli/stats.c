/* --stats: where the time went and what was cut short. */
#include "pipeline.h"

#include <sys/resource.h>

static const char *const origin_names[] = {
	[UNIT_FROM_DATABASE] = "own database entry", [UNIT_FROM_DATABASE_NEAR] = "near database entry",
	[UNIT_FROM_KBUILD] = "Kbuild file",	     [UNIT_FROM_PROJECT] = "Visual Studio project",
	[UNIT_FROM_BARE_FILE] = "bare file",
};

#define ORIGIN_COUNT (int)(sizeof(origin_names) / sizeof(origin_names[0]))

static void print_times(const struct stage_times *times, FILE *out)
{
	const struct {
		const char *name;
		double seconds;
	} rows[] = {
		{ "rules", times->rules },     { "find units", times->find }, { "parse", times->parse },
		{ "lower", times->lower },     { "verify", times->verify },   { "cfg", times->cfg },
		{ "effects", times->effects }, { "engine", times->engine },   { "finish", times->finish },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		fprintf(out, "stats: %-12s %9.3f s\n", rows[i].name, rows[i].seconds);
	fprintf(out, "stats: %-12s %9.3f s CPU\n", "whole run", clock_cpu() + clock_cpu_of_children());
}

static void print_units(const struct run *run, FILE *out)
{
	int by_origin[ORIGIN_COUNT] = { 0 };
	int lowered = 0, stubbed = 0, first_errors = 0, errors = 0;

	for (int i = 0; i < run->units.cmd_count; i++) {
		const struct unit_result *result = &run->results[i];

		by_origin[result->cmd->origin]++;
		lowered += result->was_lowered;
		stubbed += result->info.stubbed;
		first_errors += result->info.first_errors;
		errors += result->info.errors;
	}
	fprintf(out, "stats: units %d of %d analysed, %d skipped before parsing\n", lowered, run->units.cmd_count,
		run->units.skipped_count);
	fprintf(out, "stats: modules %d, of several units %d\n", run->modules, run->linked_modules);
	for (int i = 0; i < ORIGIN_COUNT; i++)
		fprintf(out, "stats: units flags from %s: %d\n", origin_names[i], by_origin[i]);
	fprintf(out, "stats: parse errors %d, after %d stub declarations %d\n", first_errors, stubbed, errors);
}

static void print_headers(const struct run *run, FILE *out)
{
	int found = 0, made = 0, lowered = 0, known = 0;

	for (int i = 0; i < run->units.cmd_count; i++) {
		const struct unit_result *result = &run->results[i];

		known += result->was_known;
		if (!result->was_lowered || result->was_known)
			continue;
		lowered++;
		found += result->info.headers == HEADERS_FOUND;
		made += result->info.headers == HEADERS_MADE;
	}
	fprintf(out, "stats: results of an earlier run %d\n", known);
	fprintf(out, "stats: headers from the cache %d, parsed for the cache %d, parsed with the file %d\n", found,
		made, lowered - found - made);
}

static void print_engine(const struct run *run, FILE *out)
{
	const struct engine_stats *stats = &run->engine_stats;

	fprintf(out, "stats: functions %zu, over budget %zu\n", stats->functions, stats->over_budget);
	fprintf(out, "stats: blocks %zu, steps %zu, most states at a block %zu, forced merges %zu\n", stats->blocks,
		stats->steps, stats->peak_states, stats->forced_merges);
}

static void print_memory(const struct run *run, FILE *out)
{
	struct rusage usage = { 0 }, workers = { 0 };
	size_t libclang = 0;

	for (int i = 0; i < run->units.cmd_count; i++) {
		if (run->results[i].info.memory > libclang)
			libclang = run->results[i].info.memory;
	}
	getrusage(RUSAGE_SELF, &usage);
	getrusage(RUSAGE_CHILDREN, &workers); /* of the largest one */
	if (workers.ru_maxrss > usage.ru_maxrss)
		usage.ru_maxrss = workers.ru_maxrss;
	fprintf(out, "stats: peak memory %ld MB, libclang's largest unit %zu MB, kept for the run %zu kB\n",
		usage.ru_maxrss / 1024, libclang >> 20, arena_used(run->arena) >> 10);
}

void run_print_stats(const struct run *run, FILE *out)
{
	print_units(run, out);
	print_headers(run, out);
	print_engine(run, out);
	print_times(&run->times, out);
	print_memory(run, out);
}
