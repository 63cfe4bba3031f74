/* All kernels as one unit: one compiler call, and everything inlines. */
#include "cells.c"
#include "loss.c"
#include "optimisers.c"
#include "products.c"
#include "rows.c"

#ifdef KERNEL_SET
#define ENTRY(name) .name = name,
#define JOIN(a, b) a##b
#define TABLE(kind, set) JOIN(kind, set)
#ifdef DOUBLE
const struct kernels64 TABLE(kernels64_, KERNEL_SET) = {FOR_KERNELS(ENTRY)};
#else
const struct kernels TABLE(kernels_, KERNEL_SET) = {FOR_KERNELS(ENTRY)};
#endif
#endif
