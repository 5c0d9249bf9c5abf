/* The command line: options, commands, the pipeline that joins all stages.
 *
 * Exit status: 0 clean, 1 findings (of a gate: more than allowed), 2 usage, rule pack or policy error (also output that
 * could not be written), 3 something could not be analysed. docs/policy.md has them all. */
#ifndef SO2_CLI_CLI_H
#define SO2_CLI_CLI_H

enum exit_status { EXIT_CLEAN, EXIT_FINDINGS, EXIT_USAGE, EXIT_INCOMPLETE };

/* Everything main() does; gives the exit status. */
int cli_run(int argc, char **argv);

#endif
