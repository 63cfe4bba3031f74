/*
 * The kernels as a Node-API addon. Numbers are handed over in a Float64Array that both sides see: writing to it and
 * calling without arguments costs a fraction of what passing ten numbers through Node-API does. Addresses are byte
 * offsets into the engine's memory, 0 being none.
 */
#include <node_api.h>
#include <stddef.h>
#include <string.h>
#include "native.h"

#if defined(__x86_64__)
#include <xmmintrin.h>
extern const struct kernels kernels_avx512, kernels_avx2, kernels_baseline;
/* Vanished gradients are denormals, and those are a hundred times slower: flush them, for the length of a call. */
typedef unsigned float_mode;
static float_mode flush_denormals(void) {
  unsigned before = _mm_getcsr();
  _mm_setcsr(before | 0x8040); /* FTZ | DAZ */
  return before;
}
static void restore_mode(float_mode mode) { _mm_setcsr(mode); }
#elif defined(__aarch64__)
extern const struct kernels kernels_baseline;
typedef unsigned long float_mode;
static float_mode flush_denormals(void) {
  unsigned long before;
  __asm__ volatile("mrs %0, fpcr" : "=r"(before));
  __asm__ volatile("msr fpcr, %0" ::"r"(before | (1UL << 24))); /* FZ */
  return before;
}
static void restore_mode(float_mode mode) { __asm__ volatile("msr fpcr, %0" ::"r"(mode)); }
#else
extern const struct kernels kernels_baseline;
typedef int float_mode;
static float_mode flush_denormals(void) { return 0; }
static void restore_mode(float_mode mode) { (void)mode; }
#endif

/* Of each thread (a worker loads the addon for itself): where its arguments and its memory lie. */
static _Thread_local double *arguments;
static _Thread_local char *memory;
static _Thread_local const struct kernels *kernels;

#define P(i) (arguments[i] == 0 ? NULL : (float *)(memory + (size_t)arguments[i]))
#define I(i) ((const int *)(memory + (size_t)arguments[i]))
#define N(i) ((int)arguments[i])
#define F(i) ((float)arguments[i])

#define CALL(name, ...)                                              \
  static napi_value call_##name(napi_env env, napi_callback_info info) { \
    (void)env, (void)info;                                           \
    float_mode mode = flush_denormals();                             \
    kernels->name(__VA_ARGS__);                                      \
    restore_mode(mode);                                              \
    return NULL;                                                     \
  }
/* The result takes the place of the first argument. */
#define CALL_FOR_RESULT(name, ...)                                   \
  static napi_value call_##name(napi_env env, napi_callback_info info) { \
    (void)env, (void)info;                                           \
    float_mode mode = flush_denormals();                             \
    arguments[0] = kernels->name(__VA_ARGS__);                       \
    restore_mode(mode);                                              \
    return NULL;                                                     \
  }

CALL_FOR_RESULT(panel_width)
CALL(pack, P(0), P(1), N(2), N(3), N(4), N(5))
CALL(product, P(0), P(1), P(2), N(3), N(4), N(5), N(6))
CALL(transposed_product, P(0), P(1), P(2), N(3), N(4), N(5))
CALL(gather_rows, P(0), P(1), I(2), N(3), N(4))
CALL(scatter_rows, P(0), P(1), I(2), N(3), N(4), N(5))
CALL(fill_rows, P(0), P(1), N(2), N(3))
CALL(add_to_rows, P(0), P(1), N(2), N(3))
CALL(sum_rows, P(0), P(1), N(2), N(3))
CALL(transpose, P(0), P(1), N(2), N(3))
CALL(copy, P(0), P(1), N(2))
CALL(add, P(0), P(1), P(2), N(3))
CALL(multiply, P(0), P(1), P(2), N(3))
CALL(scale, P(0), F(1), N(2))
CALL(clamp, P(0), F(1), N(2))
CALL(zero, P(0), N(1))
CALL_FOR_RESULT(sum_squares, P(0), N(1))
CALL(tanh_forward, P(0), N(1))
CALL(sigmoid_forward, P(0), N(1))
CALL(relu_forward, P(0), N(1))
CALL(tanh_backward, P(0), P(1), P(2), N(3))
CALL(sigmoid_backward, P(0), P(1), P(2), N(3))
CALL(relu_backward, P(0), P(1), P(2), N(3))
CALL(lstm_forward, P(0), P(1), P(2), P(3), P(4), N(5), N(6))
CALL(lstm_backward, P(0), P(1), P(2), P(3), P(4), P(5), P(6), N(7), N(8))
CALL(gru_forward, P(0), P(1), P(2), P(3), P(4), N(5), N(6))
CALL(gru_backward, P(0), P(1), P(2), P(3), P(4), P(5), P(6), N(7), N(8))
CALL(softmax_cross_entropy, P(0), P(1), I(2), N(3), N(4), F(5))
CALL(sgd, P(0), P(1), P(2), N(3), F(4), F(5), F(6), F(7))
CALL(adagrad, P(0), P(1), P(2), N(3), F(4), F(5), F(6), F(7))
CALL(rmsprop, P(0), P(1), P(2), N(3), F(4), F(5), F(6), F(7), F(8), F(9))
CALL(adam, P(0), P(1), P(2), P(3), N(4), F(5), F(6), F(7), F(8), F(9), F(10), F(11), F(12), F(13), F(14))

/* The widest the machine has, or the one that is asked for by name. */
static const char *choose(const char *wanted) {
#define TRY(set, test)                                              \
  if ((!*wanted || !strcmp(wanted, #set)) && (test)) {              \
    kernels = &kernels_##set;                                       \
    return #set;                                                    \
  }
#if defined(__x86_64__)
  __builtin_cpu_init();
  TRY(avx512, __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                  __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
  TRY(avx2, __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
#endif
  TRY(baseline, 1)
#undef TRY
  return NULL;
}

static void *bytes_of(napi_env env, napi_value array) {
  void *data = NULL;
  if (napi_get_typedarray_info(env, array, NULL, NULL, &data, NULL, NULL) != napi_ok) return NULL;
  return data;
}

/* select(arguments: Float64Array, memory: Uint8Array, instructionSet: string) → the instruction set taken, or undefined */
static napi_value select_engine(napi_env env, napi_callback_info info) {
  size_t count = 3;
  napi_value argv[3], result = NULL;
  char wanted[16] = "";
  napi_get_cb_info(env, info, &count, argv, NULL, NULL);
  arguments = bytes_of(env, argv[0]);
  memory = bytes_of(env, argv[1]);
  napi_get_value_string_utf8(env, argv[2], wanted, sizeof wanted, NULL);
  const char *chosen = arguments && memory ? choose(wanted) : NULL;
  if (chosen) napi_create_string_utf8(env, chosen, NAPI_AUTO_LENGTH, &result);
  return result;
}

NAPI_MODULE_INIT() {
  napi_value function;
#define ADD(name, body)                                                             \
  napi_create_function(env, #name, NAPI_AUTO_LENGTH, body, NULL, &function);        \
  napi_set_named_property(env, exports, #name, function);
#define ADD_KERNEL(name) ADD(name, call_##name)
  FOR_KERNELS(ADD_KERNEL)
  ADD(select, select_engine)
  return exports;
}
