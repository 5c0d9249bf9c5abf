/* What the files of yaml/ share; nobody else includes this. */
#ifndef SO2_YAML_YAML_INT_H
#define SO2_YAML_YAML_INT_H

#include "yaml/yaml.h"

/* Line and column (in characters) of a byte offset. */
struct span yaml_text_place(const char *file, const char *text, size_t offset);

#endif
