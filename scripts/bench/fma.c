/* The most that one core multiplies and adds, in GFLOP/s of its own time: vectors that stay in registers, no memory at all. */
#include <stdio.h>
#include <time.h>

#if defined(__AVX512F__)
#define BYTES 64
#elif defined(__AVX__)
#define BYTES 32
#else
#define BYTES 16
#endif
typedef float vector __attribute__((vector_size(BYTES)));
enum { CHAINS = 12, TURNS = 2000000, LANES = BYTES / 4 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

int main(void) {
  vector sums[CHAINS], a, b;
  for (int i = 0; i < LANES; i++) a[i] = 0.999999f, b[i] = 1e-6f;
  for (int c = 0; c < CHAINS; c++) sums[c] = a * (float)(c + 1);
  double best = 1e9;
  for (int round = 0; round < 30; round++) {
    double started = now();
    for (long turn = 0; turn < TURNS; turn++) {
#pragma GCC unroll 12
      for (int c = 0; c < CHAINS; c++) sums[c] = sums[c] * a + b;
    }
    double took = now() - started;
    if (took < best) best = took;
  }
  float sink = 0;
  for (int c = 0; c < CHAINS; c++) sink += sums[c][0];
  printf("%.1f %d\n", 2.0 * TURNS * CHAINS * LANES / best / 1e9, sink > 1e30f);
}
