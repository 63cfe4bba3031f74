/* All kernels as one unit: one compiler call, and everything inlines. */
#include "cells.c"
#include "loss.c"
#include "optimisers.c"
#include "products.c"
#include "rows.c"

#ifdef KERNEL_TABLE
#include "kernels.h"
#define ENTRY(name) .name = name,
const struct kernels KERNEL_TABLE = {FOR_KERNELS(ENTRY)};
#endif
