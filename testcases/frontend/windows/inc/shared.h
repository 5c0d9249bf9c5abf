#include "SIZES.H"
#define SHARED_TAG 'erhS'
