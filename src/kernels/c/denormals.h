/*
 * Vanished gradients are denormals, and a processor is a hundred times slower with those: a thread can be told to take
 * them as 0. `flush_denormals` returns the mode before, for `restore_mode`.
 */
#pragma once

#if defined(__x86_64__)
#include <xmmintrin.h>
typedef unsigned float_mode;
static inline float_mode flush_denormals(void) {
  unsigned before = _mm_getcsr();
  _mm_setcsr(before | 0x8040); /* FTZ | DAZ */
  return before;
}
static inline void restore_mode(float_mode mode) { _mm_setcsr(mode); }
#elif defined(__aarch64__)
typedef unsigned long float_mode;
static inline float_mode flush_denormals(void) {
  unsigned long before;
  __asm__ volatile("mrs %0, fpcr" : "=r"(before));
  __asm__ volatile("msr fpcr, %0" ::"r"(before | (1UL << 24))); /* FZ */
  return before;
}
static inline void restore_mode(float_mode mode) { __asm__ volatile("msr fpcr, %0" ::"r"(mode)); }
#else
typedef int float_mode;
static inline float_mode flush_denormals(void) { return 0; }
static inline void restore_mode(float_mode mode) { (void)mode; }
#endif
