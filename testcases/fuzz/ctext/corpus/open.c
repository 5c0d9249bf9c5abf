#include "a
/* open