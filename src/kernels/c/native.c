/* The kernels as a Node-API addon: each call is a function without arguments, `select` sets an engine up (calls.c). */
#include <node_api.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include "calls.c"
#include "denormals.h"
#include "room.h"

#if defined(__x86_64__)
extern const struct kernels kernels_avx512, kernels_avx2;
extern const struct kernels64 kernels64_avx512, kernels64_avx2;
#endif
extern const struct kernels kernels_baseline;
extern const struct kernels64 kernels64_baseline;

_Thread_local char room_for_tiles[sizeof room_for_tiles] __attribute__((aligned(64)));
_Thread_local char room_for_slices[sizeof room_for_slices] __attribute__((aligned(64)));

#define NODE_FUNCTION(name, call)                                            \
  static napi_value name(napi_env env, napi_callback_info info) {            \
    (void)env, (void)info;                                                   \
    float_mode mode = flush_denormals();                                     \
    call();                                                                  \
    restore_mode(mode);                                                      \
    return NULL;                                                             \
  }
#define NODE_CALL(name) NODE_FUNCTION(node_##name, call_##name)
#define NODE_CALL_64(name) NODE_FUNCTION(node64_##name, call64_##name)
FOR_KERNELS(NODE_CALL)
FOR_KERNELS(NODE_CALL_64)

/* -- threads ------------------------------------------------------------------------------------------------- */

/* The team of this thread of JavaScript, opened when an engine first wants one. */
static _Thread_local struct team *team;
static _Thread_local pthread_t *threads;
/* How many the team has, the caller among them. */
static _Thread_local int team_size;

static void *serve(void *member) {
  flush_denormals();
  team_serve(member);
  return NULL;
}

static void close_team(void *unused) {
  (void)unused;
  if (!team) return;
  team_end(team);
  for (int m = 0; m < team_size - 1; m++) pthread_join(threads[m], NULL);
  free(threads);
  free(team);
  team = NULL;
  team_size = 0;
}

/* A team of at least so many, or of as many as the system grants; the one there is gives way to a larger one. */
static void want_team(napi_env env, int size) {
  if (size <= team_size) return;
  close_team(NULL);
  size_t bytes = team_bytes(size);
  void *room = aligned_alloc(64, bytes);
  threads = calloc((size_t)size, sizeof *threads);
  if (!room || !threads) {
    free(room);
    free(threads);
    return;
  }
  memset(room, 0, bytes);
  team = team_at(room, size);
  for (team_size = 1; team_size < size; team_size++)
    if (pthread_create(&threads[team_size - 1], NULL, serve, team_member(team, team_size - 1))) break;
  static _Thread_local int is_hooked;
  if (!is_hooked) napi_add_env_cleanup_hook(env, close_team, NULL);
  is_hooked = 1;
}

/* -- setting up ---------------------------------------------------------------------------------------------- */

/* The widest the machine has, or the one that is asked for by name. */
static const char *choose(const char *wanted) {
#define TRY(set, test)                                \
  if ((!*wanted || !strcmp(wanted, #set)) && (test)) { \
    engine.kernels = &kernels_##set;                  \
    engine.kernels64 = &kernels64_##set;              \
    return #set;                                      \
  }
#if defined(__x86_64__)
  __builtin_cpu_init();
  TRY(avx512, __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                  __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                  __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma"))
  TRY(avx2, __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2"))
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

/*
 * select(arguments: Float64Array, memory: Uint8Array, set: string, threads: number, grain: number)
 * → the set taken, or undefined
 */
static napi_value select_engine(napi_env env, napi_callback_info info) {
  size_t count = 5;
  napi_value argv[5], result = NULL;
  char wanted[16] = "";
  int32_t threads = 1;
  napi_get_cb_info(env, info, &count, argv, NULL, NULL);
  engine.arguments = bytes_of(env, argv[0]);
  engine.memory = (uintptr_t)bytes_of(env, argv[1]);
  napi_get_value_string_utf8(env, argv[2], wanted, sizeof wanted, NULL);
  napi_get_value_int32(env, argv[3], &threads);
  napi_get_value_double(env, argv[4], &engine.grain);
  if (threads > 1) want_team(env, threads);
  engine.team = threads > 1 ? team : NULL;
  engine.threads = engine.team ? threads : 1;
  const char *chosen = engine.arguments && engine.memory ? choose(wanted) : NULL;
  if (chosen) napi_create_string_utf8(env, chosen, NAPI_AUTO_LENGTH, &result);
  return result;
}

NAPI_MODULE_INIT() {
  napi_value function;
#define ADD(name, body)                                                      \
  napi_create_function(env, #name, NAPI_AUTO_LENGTH, body, NULL, &function); \
  napi_set_named_property(env, exports, #name, function);
#define ADD_KERNEL(name) ADD(name, node_##name)
  FOR_KERNELS(ADD_KERNEL)
#define ADD_KERNEL_64(name) ADD(name##_64, node64_##name)
  FOR_KERNELS(ADD_KERNEL_64)
  ADD(select, select_engine)
  return exports;
}
