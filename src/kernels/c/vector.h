/*
 * Vectors of WIDTH numbers by the compilers' generic extension, and the three transcendental functions on them.
 * The same lines serve wasm and each native set of instructions (vectors of VECTOR_BYTES bytes), and both kinds of
 * number: float, for training, and with DOUBLE double, for measuring.
 */
#pragma once

#if defined(__AVX__)
#include <immintrin.h>
#endif

#ifndef VECTOR_BYTES
#define VECTOR_BYTES 16
#endif

#ifdef DOUBLE
typedef double number;
typedef long long word;
#define WIDTH (VECTOR_BYTES / 8)
#define ROOT __builtin_sqrt
#else
typedef float number;
typedef int word;
#define WIDTH (VECTOR_BYTES / 4)
#define ROOT __builtin_sqrtf
#endif

/* aligned: rows of odd length start anywhere. */
typedef number vf __attribute__((vector_size(VECTOR_BYTES), aligned(sizeof(number))));
typedef word vi __attribute__((vector_size(VECTOR_BYTES), aligned(sizeof(number))));

#define INLINE static inline __attribute__((always_inline))
/* For loops of few constant turns around arrays that must live in registers. */
#ifdef __clang__
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

/* Fused where the machine can: native compilers contract the plain form by themselves. */
#if defined(RELAXED_SIMD) && defined(DOUBLE)
#define FMA(a, b, c) __builtin_wasm_relaxed_madd_f64x2(a, b, c)
#elif defined(RELAXED_SIMD)
#define FMA(a, b, c) __builtin_wasm_relaxed_madd_f32x4(a, b, c)
#else
#define FMA(a, b, c) ((a) * (b) + (c))
#endif

/* x − 0 is x for every x, −0 included, so nothing is left of the subtraction. */
INLINE vf splat(number x) { return x - (vf){0}; }
INLINE vi splat_int(word x) { return (vi){0} + x; }
INLINE vf choose(vi mask, vf yes, vf no) { return (vf)((mask & (vi)yes) | (~mask & (vi)no)); }

INLINE vf load(const number *p) { return *(const vf *)p; }
INLINE void store(number *p, vf x) { *(vf *)p = x; }

#if VECTOR_BYTES == 64 && defined(__AVX512F__)
#ifdef DOUBLE
#define LOAD_FIRST(p, n) _mm512_maskz_loadu_pd((__mmask8)((1u << (n)) - 1), p)
#define STORE_FIRST(p, x, n) _mm512_mask_storeu_pd(p, (__mmask8)((1u << (n)) - 1), (__m512d)(x))
#define LARGER(a, b) (vf)_mm512_max_pd((__m512d)(a), (__m512d)(b))
#else
#define LOAD_FIRST(p, n) _mm512_maskz_loadu_ps((__mmask16)((1u << (n)) - 1), p)
#define STORE_FIRST(p, x, n) _mm512_mask_storeu_ps(p, (__mmask16)((1u << (n)) - 1), (__m512)(x))
#define LARGER(a, b) (vf)_mm512_max_ps((__m512)(a), (__m512)(b))
#endif
#elif VECTOR_BYTES == 32 && defined(__AVX__)
#ifdef DOUBLE
#define LARGER(a, b) (vf)_mm256_max_pd((__m256d)(a), (__m256d)(b))
#else
#define LARGER(a, b) (vf)_mm256_max_ps((__m256)(a), (__m256)(b))
#endif
#endif

/* The first n numbers of a vector, for the end of a row; the rest are zeros. */
INLINE vf load_part(const number *p, int n) {
  if (n >= WIDTH) return load(p);
#ifdef LOAD_FIRST
  return (vf)LOAD_FIRST(p, n);
#else
  vf x = {0};
  for (int j = 0; j < n; j++) x[j] = p[j];
  return x;
#endif
}
INLINE void store_part(number *p, vf x, int n) {
  if (n >= WIDTH) {
    store(p, x);
    return;
  }
#ifdef STORE_FIRST
  STORE_FIRST(p, x, n);
#else
  for (int j = 0; j < n; j++) p[j] = x[j];
#endif
}

/* Without a comparison: the sign bit spread over the number is a mask. */
INLINE vf if_negative(vf x, vf yes, vf no) { return choose((vi)x >> (8 * sizeof(number) - 1), yes, no); }

/* A NaN stays one, so this is no fmax. */
INLINE vf at_least(vf x, number least) {
#ifdef LARGER
  return LARGER(splat(least), x);
#else
  return choose(x < splat(least), splat(least), x);
#endif
}

#ifdef DOUBLE
/* The sign bit. */
#define SIGN ((word)0x8000000000000000u)
/* Adding 1.5·2⁵² rounds to a whole number, which then stands in the last bits. */
#define ROUNDING 6755399441055744.0
#define ROUNDING_BITS 0x4338000000000000LL
#define EXPONENT_BITS 52
#define EXPONENT_ZERO 1023
/* Below it e^x is less than any ordinary number: k = −1023, and the bits of 2^k are those of 0. */
#define LEAST_POWER (-709.0)
#define ONE_BY_LN2 1.4426950408889634
/* ln 2 in two parts, the first of 33 bits, so that whole · LN2_HIGH is exact. */
#define LN2_HIGH 0.6931471806019545
#define LN2_LOW (-4.2009150726810846e-11)
static const number EXP[] = {2.0914686968086876e-09, 2.5105217004720745e-08, 2.75572736431103e-07,   2.7557255400206422e-06,
                             2.4801587325547743e-05, 1.9841269874820627e-04, 1.3888888888883748e-03, 8.333333333326136e-03,
                             4.166666666666667e-02,  1.666666666666667e-01,  0.5};
static const number TANH[] = {-2.4365865605863497e-06, 1.2204868570057292e-05, -3.707610183975954e-05, 9.603829184742069e-05,
                              -2.3888844776970479e-04, 5.899815811274601e-04,  -1.4558283631233406e-03, 3.5921275038310256e-03,
                              -8.863235499557543e-03,  2.18694885351239e-02,   -5.396825396823572e-02,  1.333333333333332e-01,
                              -3.333333333333333e-01};
#else
#define SIGN ((word)0x80000000u)
#define ROUNDING 12582912.0f /* 1.5·2²³ */
#define ROUNDING_BITS 0x4b400000
#define EXPONENT_BITS 23
#define EXPONENT_ZERO 127
#define LEAST_POWER (-88.0f)
#define ONE_BY_LN2 1.44269504f
#define LN2_HIGH 0.693359375f
#define LN2_LOW (-2.12194440e-4f)
static const number EXP[] = {1.3863758650e-03f, 8.3675095811e-03f, 4.1667237878e-02f, 1.6666534543e-01f, 0.5f};
static const number TANH[] = {-6.0967141659e-03f, 2.0997178999e-02f, -5.3850909579e-02f, 1.3332769737e-01f, -3.3333328944e-01f};
#endif

/* Σ terms[i]·x^(last − i), the highest power first. */
#define POLYNOMIAL(terms, x) polynomial(terms, sizeof(terms) / sizeof *(terms), x)
INLINE vf polynomial(const number *terms, int count, vf x) {
  vf sum = splat(terms[0]);
  UNROLL for (int i = 1; i < count; i++) sum = FMA(sum, x, splat(terms[i]));
  return sum;
}

/*
 * e^x for x up to 88 (double: 709), = 2^k · e^r with r = x − k·ln 2 in ±0.347 (ln 2 in two parts, so that r is exact to
 * the last bit); e^r = 1 + r + r²·q(r), q through the Chebyshev nodes. Where the result would be a denormal, 0.
 */
INLINE vf vexp(vf x) {
  vf clamped = at_least(x, LEAST_POWER);
  vf shifted = FMA(clamped, splat(ONE_BY_LN2), splat(ROUNDING));
  vi k = (vi)shifted - splat_int(ROUNDING_BITS);
  vf whole = shifted - splat(ROUNDING);
  vf near = FMA(whole, splat(-LN2_HIGH), clamped); /* exact */
  vf rest = whole * splat(-LN2_LOW);
  vf r = near + rest;
  vf q = POLYNOMIAL(EXP, r);
  vf y = near + FMA(q * r, r, rest) + splat(1);
  y *= (vf)((k + EXPONENT_ZERO) << EXPONENT_BITS);
#ifdef __wasm__
  /* With relaxed SIMD the clamping may become a maximum that loses a NaN. */
  y = choose(x == x, y, x);
#endif
  return y;
}

INLINE vf minus_size(vf x) { return (vf)((vi)x | splat_int(SIGN)); }

/*
 * With e = e^{−|x|}, which cannot overflow, and q = e / (1 + e): 1 − q, below 0 e − e·q. The rounding of 1 + e then
 * counts only where q is small beside what it is taken from.
 */
INLINE vf vsigmoid(vf x) {
  vf e = vexp(minus_size(x));
  vf q = e / (splat(1) + e), from = if_negative(x, e, splat(1));
  return FMA(-from, q, from);
}

/* |x| < 0.625: x + x³·p(x²), else ±(1 − e) / (1 + e) with e = e^{−2|x|}: neither loses digits to cancellation. */
INLINE vf vtanh(vf x) {
  vi sign = (vi)x & splat_int(SIGN);
  vf size = (vf)((vi)x & splat_int(~SIGN));
  vf e = vexp(size * splat(-2));
  vf far = (splat(1) - e) / (splat(1) + e);
  vf z = size * size;
  vf near = FMA(POLYNOMIAL(TANH, z) * z, size, size);
  return (vf)((vi)if_negative(size - splat(0.625), near, far) | sign);
}

#ifdef DOUBLE
/*
 * Derivatives by the argument, not by the value: 1 − tanh² of a tanh that is 1 to the last digit would be 0.
 * σ′(x) = e/(1 + e)² with e = e^{−|x|}; tanh′(x) = 4e/(1 + e)² with e = e^{−2|x|}; 1 − σ(x) = σ(−x).
 */
INLINE vf sigmoid_slope(vf x) {
  vf e = vexp(minus_size(x)), d = splat(1) + e;
  return e / (d * d);
}
INLINE vf tanh_slope(vf x) {
  vf e = vexp(minus_size(x) * splat(2)), d = splat(1) + e;
  return splat(4) * e / (d * d);
}
#endif

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

/* ln(1 + x) for x > −1, also where 1 + x is 1: the rounding of the sum is taken out again (Kahan). */
INLINE double natural_log_of_1_plus(double x) {
  double sum = 1 + x;
  if (sum == 1) return x;
  return sum - 1 == x || !(sum < 1e300) ? natural_log(sum) : natural_log(sum) * (x / (sum - 1));
}
