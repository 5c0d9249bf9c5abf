/* A fuzz target as a plain test: every file of the given folders is one input. */
#include "fuzz.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OPEN_FOLDERS 16

static size_t inputs, taken;

static uint8_t *read_input(const char *path, size_t size)
{
	uint8_t *data = malloc(size + 1); /* not one byte more: what reads behind the end is seen */
	FILE *file = fopen(path, "rb");

	if (!data || !file || fread(data, 1, size, file) != size) {
		fprintf(stderr, "%s cannot be read\n", path);
		exit(2);
	}
	fclose(file);
	return data;
}

static int run_input(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)place;
	if (type != FTW_F)
		return type == FTW_D ? 0 : -1;
	puts(path); /* the last one is the one that failed */
	fflush(stdout);
	uint8_t *data = read_input(path, (size_t)status->st_size);
	uint8_t *exact = realloc(data, status->st_size > 0 ? (size_t)status->st_size : 1);
	size_t before = fuzz_accepted_count();
	LLVMFuzzerTestOneInput(exact ? exact : data, (size_t)status->st_size);
	free(exact ? exact : data);
	inputs++;
	taken += fuzz_accepted_count() > before;
	return 0;
}

int main(int argc, char **argv)
{
	bool is_one_file = argc == 2;

	for (int i = 1; i < argc; i++) {
		struct stat status;
		if (nftw(argv[i], run_input, OPEN_FOLDERS, FTW_PHYS) != 0) {
			fprintf(stderr, "%s cannot be read\n", argv[i]);
			return 2;
		}
		is_one_file = is_one_file && stat(argv[i], &status) == 0 && S_ISREG(status.st_mode);
	}
	printf("%zu inputs, %zu of them taken\n", inputs, taken);
	if (inputs == 0 || (taken == 0 && !is_one_file)) {
		fputs("none of the inputs gets past the reader's first checks\n", stderr);
		return 1;
	}
	return 0;
}
