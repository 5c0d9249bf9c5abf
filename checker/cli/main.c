/* The program; all it does is in cli.c, so that tests can call it. */
#include "base/heap.h"
#include "cli/cli.h"

int main(int argc, char **argv)
{
	heap_prepare();
	return cli_run(argc, argv);
}
