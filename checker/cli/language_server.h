/* `so2check lsp`: what the language server (lsp/lsp.h) has to know of the analysis.
 *
 * A document is analysed with its driver: what lies in its folder and belongs together as on the command line. Texts that
 * the editor has not saved count in place of the files (base/unsaved.h), the driver's other units come from the cache. */
#ifndef SO2_CLI_LANGUAGE_SERVER_H
#define SO2_CLI_LANGUAGE_SERVER_H

#include "options.h"

/* The arguments of the program; gives its exit status. */
int language_server_run(int argc, const char *const *argv, const struct options *options);

#endif
