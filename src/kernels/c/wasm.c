/*
 * The kernels as exports of a WebAssembly module, each without arguments (calls.c). A memory is one engine's; where it has
 * several threads, each runs an instance of the module over that memory, with a stack of its own.
 */
#include "calls.c"

#define WASM_EXPORT(name) __attribute__((export_name(#name)))

#define WASM_CALL(name) \
  WASM_EXPORT(name) void wasm_##name(void) { call_##name(); }
FOR_KERNELS(WASM_CALL)
#define WASM_CALL_64(name) \
  WASM_EXPORT(name##_64) void wasm64_##name(void) { call64_##name(); }
FOR_KERNELS(WASM_CALL_64)

extern const struct kernels kernels_wasm;
extern const struct kernels64 kernels64_wasm;

WASM_EXPORT(bytes_of_team) int bytes_of_team(int threads) { return (int)team_bytes(threads); }

/* `room`: bytes_of_team zeros; 0 for one thread. */
WASM_EXPORT(select) void select_engine(double *arguments, void *room, int threads, double grain) {
  engine = (struct engine){arguments, 0, &kernels_wasm, &kernels64_wasm, room ? team_at(room, threads) : NULL, threads, grain};
}

/* For member `m` of the team, in an instance of its own: returns when the team ends. */
WASM_EXPORT(serve) void serve(struct team *team, int m) { team_serve(team_member(team, m)); }
WASM_EXPORT(end_team) void end_team(struct team *team) { team_end(team); }
