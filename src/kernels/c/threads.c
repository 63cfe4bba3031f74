#include "threads.h"
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include "denormals.h"

/* Turns on the spot: about 100 µs, longer than any gap within a window. */
#define PATIENCE 20000

#if defined(__x86_64__)
#define PAUSE() __builtin_ia32_pause()
#elif defined(__aarch64__)
#define PAUSE() __asm__ volatile("yield")
#else
#define PAUSE() (void)0
#endif

struct member {
  struct team *team;
  pthread_t thread;
  int part;
};

struct team {
  /* The number of the call at hand; each member does its part of every call once. */
  _Alignas(64) atomic_uint call_number;
  _Alignas(64) atomic_int unfinished;
  _Alignas(64) atomic_int asleep;
  work work;
  const void *call;
  int parts;
  int ends;
  int size;
  pthread_mutex_t mutex;
  pthread_cond_t wake;
  struct member members[];
};

/* Waits for a call beyond number `seen`. */
static unsigned next_call(struct team *team, unsigned seen) {
  unsigned number;
  for (int turn = 0; turn < PATIENCE; turn++) {
    number = atomic_load_explicit(&team->call_number, memory_order_acquire);
    if (number != seen) return number;
    PAUSE();
  }
  pthread_mutex_lock(&team->mutex);
  atomic_fetch_add(&team->asleep, 1);
  while ((number = atomic_load(&team->call_number)) == seen) pthread_cond_wait(&team->wake, &team->mutex);
  atomic_fetch_sub(&team->asleep, 1);
  pthread_mutex_unlock(&team->mutex);
  return number;
}

static void *serve(void *argument) {
  struct member *me = argument;
  struct team *team = me->team;
  flush_denormals();
  unsigned seen = 0;
  for (;;) {
    seen = next_call(team, seen);
    if (team->ends) return NULL;
    if (me->part < team->parts) team->work(team->call, me->part, team->parts);
    atomic_fetch_sub_explicit(&team->unfinished, 1, memory_order_release);
  }
}

static void announce(struct team *team) {
  atomic_fetch_add(&team->call_number, 1);
  if (atomic_load(&team->asleep) > 0) {
    pthread_mutex_lock(&team->mutex);
    pthread_cond_broadcast(&team->wake);
    pthread_mutex_unlock(&team->mutex);
  }
}

struct team *team_open(int size) {
  size_t bytes = (sizeof(struct team) + (size_t)size * sizeof(struct member) + 63) / 64 * 64;
  struct team *team = aligned_alloc(64, bytes);
  if (!team) return NULL;
  memset(team, 0, bytes);
  pthread_mutex_init(&team->mutex, NULL);
  pthread_cond_init(&team->wake, NULL);
  team->size = 1;
  for (int part = 1; part < size; part++) {
    struct member *member = &team->members[part];
    *member = (struct member){.team = team, .part = part};
    if (pthread_create(&member->thread, NULL, serve, member)) break;
    team->size++;
  }
  return team;
}

void team_close(struct team *team) {
  team->ends = 1;
  announce(team);
  for (int part = 1; part < team->size; part++) pthread_join(team->members[part].thread, NULL);
  pthread_cond_destroy(&team->wake);
  pthread_mutex_destroy(&team->mutex);
  free(team);
}

void team_run(struct team *team, work work, const void *call, int parts) {
  if (parts > team->size) parts = team->size;
  if (parts > 1) {
    team->work = work;
    team->call = call;
    team->parts = parts;
    atomic_store(&team->unfinished, team->size - 1);
    announce(team);
  }
  work(call, 0, parts);
  if (parts == 1) return;
  for (int turn = 1; atomic_load_explicit(&team->unfinished, memory_order_acquire) > 0; turn++) {
    /* Others may need this core to finish. */
    if (turn % 1000 == 0) sched_yield();
    else PAUSE();
  }
}
