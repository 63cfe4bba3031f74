/*
 * Vectors of WIDTH floats by the compilers' generic extension, and the three transcendental functions on them.
 * The same lines serve wasm (WIDTH 4) and a native build (4, 8, 16).
 */
#pragma once

#if defined(__AVX__)
#include <immintrin.h>
#endif

#ifndef WIDTH
#define WIDTH 4
#endif

/* aligned(4): rows of odd length start anywhere. */
typedef float vf __attribute__((vector_size(4 * WIDTH), aligned(4)));
typedef int vi __attribute__((vector_size(4 * WIDTH), aligned(4)));

#define INLINE static inline __attribute__((always_inline))
/* For loops of few constant turns around arrays that must live in registers. */
#ifdef __clang__
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

/* Fused where the machine can: native compilers contract the plain form by themselves. */
#ifdef RELAXED_SIMD
#define FMA(a, b, c) __builtin_wasm_relaxed_madd_f32x4(a, b, c)
#else
#define FMA(a, b, c) ((a) * (b) + (c))
#endif

/* x − 0 is x for every x, −0 included, so nothing is left of the subtraction. */
INLINE vf splat(float x) { return x - (vf){0}; }
INLINE vi splat_int(int x) { return (vi){0} + x; }
INLINE vf choose(vi mask, vf yes, vf no) { return (vf)((mask & (vi)yes) | (~mask & (vi)no)); }

INLINE vf load(const float *p) { return *(const vf *)p; }
INLINE void store(float *p, vf x) { *(vf *)p = x; }

/* The first n numbers of a vector, for the end of a row; the rest are zeros. */
INLINE vf load_part(const float *p, int n) {
  if (n >= WIDTH) return load(p);
#if WIDTH == 16 && defined(__AVX512F__)
  return (vf)_mm512_maskz_loadu_ps((__mmask16)((1u << n) - 1), p);
#else
  vf x = {0};
  for (int j = 0; j < n; j++) x[j] = p[j];
  return x;
#endif
}
INLINE void store_part(float *p, vf x, int n) {
  if (n >= WIDTH) {
    store(p, x);
    return;
  }
#if WIDTH == 16 && defined(__AVX512F__)
  _mm512_mask_storeu_ps(p, (__mmask16)((1u << n) - 1), (__m512)x);
#else
  for (int j = 0; j < n; j++) p[j] = x[j];
#endif
}

/* Without a comparison: the sign bit spread over the number is a mask. */
INLINE vf if_negative(vf x, vf yes, vf no) { return choose((vi)x >> 31, yes, no); }

/* A NaN stays one, so this is no fmax. */
INLINE vf at_least(vf x, float least) {
#if WIDTH == 16 && defined(__AVX512F__)
  return (vf)_mm512_max_ps((__m512)splat(least), (__m512)x);
#elif WIDTH == 8 && defined(__AVX__)
  return (vf)_mm256_max_ps((__m256)splat(least), (__m256)x);
#else
  return choose(x < splat(least), splat(least), x);
#endif
}

/*
 * e^x for x up to 88, = 2^k · e^r with r = x − k·ln 2 in ±0.347 (ln 2 in two parts, so that r is exact to the last bit);
 * e^r = 1 + r + r²·q(r), q through the Chebyshev nodes. Where the result would be a denormal, 0.
 */
INLINE vf vexp(vf x) {
  vf clamped = at_least(x, -88.0f); /* k = −127: the bits of 2^k are those of 0 */
  vf shifted = FMA(clamped, splat(1.44269504f), splat(12582912.0f)); /* 1.5·2²³: rounds to a whole number */
  vi k = (vi)shifted - splat_int(0x4b400000);
  vf whole = shifted - splat(12582912.0f);
  vf near = FMA(whole, splat(-0.693359375f), clamped); /* exact */
  vf rest = whole * splat(2.12194440e-4f);
  vf r = near + rest;
  vf q = splat(1.3863758650e-03f);
  q = FMA(q, r, splat(8.3675095811e-03f));
  q = FMA(q, r, splat(4.1667237878e-02f));
  q = FMA(q, r, splat(1.6666534543e-01f));
  q = FMA(q, r, splat(0.5f));
  vf y = near + FMA(q * r, r, rest) + splat(1.0f);
  y *= (vf)((k + 127) << 23);
#ifdef __wasm__
  /* With relaxed SIMD the clamping may become a maximum that loses a NaN. */
  y = choose(x == x, y, x);
#endif
  return y;
}

/*
 * With e = e^{−|x|}, which cannot overflow, and q = e / (1 + e): 1 − q, below 0 e − e·q. The rounding of 1 + e then
 * counts only where q is small beside what it is taken from.
 */
INLINE vf vsigmoid(vf x) {
  vf e = vexp((vf)((vi)x | splat_int((int)0x80000000u)));
  vf q = e / (splat(1.0f) + e), from = if_negative(x, e, splat(1.0f));
  return FMA(-from, q, from);
}

/* |x| < 0.625: x + x³·p(x²), else ±(1 − e) / (1 + e) with e = e^{−2|x|}: neither loses digits to cancellation. */
INLINE vf vtanh(vf x) {
  vi sign = (vi)x & splat_int((int)0x80000000u);
  vf size = (vf)((vi)x & splat_int(0x7fffffff));
  vf e = vexp(size * splat(-2.0f));
  vf far = (splat(1.0f) - e) / (splat(1.0f) + e);
  vf z = size * size;
  vf p = splat(-6.0967141659e-03f);
  p = FMA(p, z, splat(2.0997178999e-02f));
  p = FMA(p, z, splat(-5.3850909579e-02f));
  p = FMA(p, z, splat(1.3332769737e-01f));
  p = FMA(p, z, splat(-3.3333328944e-01f));
  vf near = FMA(p * z, size, size);
  return (vf)((vi)if_negative(size - splat(0.625f), near, far) | sign);
}

/* ln x for x > 0, by 2·artanh((m − 1)/(m + 1)) in double; infinities and NaN come back as they are. */
INLINE double natural_log(double x) {
  if (!(x > 0 && x < 1e300)) return x > 0 ? x : x == 0 ? -__builtin_inf() : x;
  union {
    double number;
    unsigned long long bits;
  } u = {x};
  int exponent = (int)(u.bits >> 52) - 1023;
  u.bits = (u.bits & 0xfffffffffffffULL) | 0x3ff0000000000000ULL;
  if (u.number > 1.4142135623730951) {
    u.number *= 0.5;
    exponent++;
  }
  double t = (u.number - 1) / (u.number + 1), t2 = t * t, sum = 0;
  for (int n = 21; n >= 1; n -= 2) sum = sum * t2 + 1.0 / n;
  return 2 * t * sum + exponent * 0.6931471805599453;
}
