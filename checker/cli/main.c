/* The program; all it does is in cli.c, so that tests can call it. */
#include "cli/cli.h"

int main(int argc, char **argv)
{
	return cli_run(argc, argv);
}
