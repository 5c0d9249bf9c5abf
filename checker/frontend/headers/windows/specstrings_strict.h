/* Annotations only: all are in so2check_sal.h. */
#include "so2check_sal.h"
