/*
 * Vectors of WIDTH floats by the compilers' generic extension, and the three transcendental functions on them.
 * The same lines serve wasm (WIDTH 4) and a native build (4, 8, 16).
 */
#pragma once

#ifndef WIDTH
#define WIDTH 4
#endif

/* aligned(4): rows of odd length start anywhere. */
typedef float vf __attribute__((vector_size(4 * WIDTH), aligned(4)));
typedef int vi __attribute__((vector_size(4 * WIDTH), aligned(4)));

#define INLINE static inline __attribute__((always_inline))
#ifdef __wasm__
#define EXPORT(name) __attribute__((export_name(#name)))
#else
/* A native build has one copy of everything for each instruction set, each seen through its own table (native.h). */
#define EXPORT(name) static
#endif

/* For loops of few constant turns around arrays that must live in registers. */
#ifdef __clang__
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

#define FMA(a, b, c) ((a) * (b) + (c))

/* x − 0 is x for every x, −0 included, so nothing is left of the subtraction. */
INLINE vf splat(float x) { return x - (vf){0}; }
INLINE vi splat_int(int x) { return (vi){0} + x; }
INLINE vf choose(vi mask, vf yes, vf no) { return (vf)((mask & (vi)yes) | (~mask & (vi)no)); }

INLINE vf load(const float *p) { return *(const vf *)p; }
INLINE void store(float *p, vf x) { *(vf *)p = x; }

/* The first n numbers of a vector, for the end of a row; the rest are zeros. */
INLINE vf load_part(const float *p, int n) {
  if (n >= WIDTH) return load(p);
  vf x = {0};
  for (int j = 0; j < n; j++) x[j] = p[j];
  return x;
}
INLINE void store_part(float *p, vf x, int n) {
  if (n >= WIDTH) {
    store(p, x);
    return;
  }
  for (int j = 0; j < n; j++) p[j] = x[j];
}

/*
 * e^x = 2^k · e^r with r = x − k·ln 2 in ±0.347 (ln 2 in two parts, so that r is exact to the last bit);
 * e^r = 1 + r + r²·q(r), q through the Chebyshev nodes. Below −87.33 the result would be a denormal: 0.
 */
INLINE vf vexp(vf x) {
  vf clamped = choose(x > splat(88.8f), splat(88.8f), x);
  clamped = choose(clamped < splat(-87.4f), splat(-87.4f), clamped);
  vf shifted = FMA(clamped, splat(1.44269504f), splat(12582912.0f)); /* 1.5·2²³: rounds to a whole number */
  vi k = (vi)shifted - splat_int(0x4b400000);
  vf whole = shifted - splat(12582912.0f);
  vf r = FMA(whole, splat(-0.693359375f), clamped);
  r = FMA(whole, splat(2.12194440e-4f), r);
  vf q = splat(1.3926177501e-03f);
  q = FMA(q, r, splat(8.3631741801e-03f));
  q = FMA(q, r, splat(4.1666554654e-02f));
  q = FMA(q, r, splat(1.6666577019e-01f));
  q = FMA(q, r, splat(0.5f));
  vf y = FMA(q * r, r, r) + splat(1.0f);
  /* 2^k in two factors: k reaches 128, one past the largest exponent. */
  vi half = k >> 1;
  vf power = (vf)((half + 127) << 23), rest = (vf)((k - half + 127) << 23);
  y = y * power * rest;
  y = choose(x < splat(-87.33f), splat(0.0f), y);
  /* With relaxed SIMD the clamping above may become minima that lose a NaN. */
  return choose(x == x, y, x);
}

INLINE vf vsigmoid(vf x) { return splat(1.0f) / (splat(1.0f) + vexp(-x)); }

/* |x| < 0.625: x + x³·p(x²), else ±(1 − 2 / (e^{2|x|} + 1)): neither loses digits to cancellation. */
INLINE vf vtanh(vf x) {
  vi sign = (vi)x & splat_int((int)0x80000000u);
  vf size = (vf)((vi)x & splat_int(0x7fffffff));
  vf far = splat(1.0f) - splat(2.0f) / (vexp(size + size) + splat(1.0f));
  vf z = size * size;
  vf p = splat(-6.0967141659e-03f);
  p = FMA(p, z, splat(2.0997178999e-02f));
  p = FMA(p, z, splat(-5.3850909579e-02f));
  p = FMA(p, z, splat(1.3332769737e-01f));
  p = FMA(p, z, splat(-3.3333328944e-01f));
  vf near = FMA(p * z, size, size);
  return (vf)((vi)choose(size < splat(0.625f), near, far) | sign);
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
