/* The same kernels in double: for measuring. */
#define DOUBLE
#include "kernels.c"
