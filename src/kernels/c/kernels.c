/* All kernels as one unit: one compiler call, and everything inlines. */
#include "cells.c"
#include "loss.c"
#include "optimisers.c"
#include "products.c"
#include "rows.c"
