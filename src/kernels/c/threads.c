#include "threads.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include "denormals.h"

/* Turns on the spot: about 30 µs, longer than the gaps within a window. Who waits longer leaves its core to others. */
#define PATIENCE 2000

#if defined(__x86_64__)
#define PAUSE() __builtin_ia32_pause()
#elif defined(__aarch64__)
#define PAUSE() __asm__ volatile("yield")
#else
#define PAUSE() (void)0
#endif

struct member {
  /* The number of calls it was asked to take part in: one more is a new one. */
  _Alignas(64) atomic_uint calls;
  atomic_int asleep;
  struct team *team;
  pthread_t thread;
  int part;
};

struct team {
  _Alignas(64) atomic_int unfinished;
  /* The caller sleeps until nothing is unfinished. */
  atomic_int caller_asleep;
  work work;
  const void *call;
  int parts;
  int ends;
  int size;
  pthread_mutex_t mutex;
  pthread_cond_t wake;
  pthread_cond_t done;
  struct member members[];
};

/* Waits for a call beyond number `seen`. */
static unsigned next_call(struct member *me, unsigned seen) {
  struct team *team = me->team;
  unsigned number;
  for (int turn = 0; turn < PATIENCE; turn++) {
    number = atomic_load_explicit(&me->calls, memory_order_acquire);
    if (number != seen) return number;
    PAUSE();
  }
  pthread_mutex_lock(&team->mutex);
  atomic_store(&me->asleep, 1);
  while ((number = atomic_load(&me->calls)) == seen) pthread_cond_wait(&team->wake, &team->mutex);
  atomic_store(&me->asleep, 0);
  pthread_mutex_unlock(&team->mutex);
  return number;
}

static void *serve(void *argument) {
  struct member *me = argument;
  struct team *team = me->team;
  flush_denormals();
  unsigned seen = 0;
  for (;;) {
    seen = next_call(me, seen);
    if (team->ends) return NULL;
    team->work(team->call, me->part, team->parts);
    if (atomic_fetch_sub(&team->unfinished, 1) == 1 && atomic_load(&team->caller_asleep)) {
      pthread_mutex_lock(&team->mutex);
      pthread_cond_signal(&team->done);
      pthread_mutex_unlock(&team->mutex);
    }
  }
}

/* Waits until every other part is done. */
static void finish(struct team *team) {
  for (int turn = 0; turn < PATIENCE; turn++) {
    if (atomic_load_explicit(&team->unfinished, memory_order_acquire) == 0) return;
    PAUSE();
  }
  pthread_mutex_lock(&team->mutex);
  atomic_store(&team->caller_asleep, 1);
  while (atomic_load(&team->unfinished) > 0) pthread_cond_wait(&team->done, &team->mutex);
  atomic_store(&team->caller_asleep, 0);
  pthread_mutex_unlock(&team->mutex);
}

/* Asks members 1 … parts − 1 to take part. */
static void announce(struct team *team, int parts) {
  int sleepers = 0;
  for (int part = 1; part < parts; part++) {
    atomic_fetch_add(&team->members[part].calls, 1);
    sleepers |= atomic_load(&team->members[part].asleep);
  }
  if (sleepers) {
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
  pthread_cond_init(&team->done, NULL);
  team->size = 1;
  for (int part = 1; part < size; part++) {
    struct member *member = &team->members[part];
    member->team = team;
    member->part = part;
    if (pthread_create(&member->thread, NULL, serve, member)) break;
    team->size++;
  }
  return team;
}

void team_close(struct team *team) {
  team->ends = 1;
  announce(team, team->size);
  for (int part = 1; part < team->size; part++) pthread_join(team->members[part].thread, NULL);
  pthread_cond_destroy(&team->wake);
  pthread_cond_destroy(&team->done);
  pthread_mutex_destroy(&team->mutex);
  free(team);
}

void team_run(struct team *team, work work, const void *call, int parts) {
  if (parts > team->size) parts = team->size;
  if (parts > 1) {
    team->work = work;
    team->call = call;
    team->parts = parts;
    atomic_store(&team->unfinished, parts - 1);
    announce(team, parts);
  }
  work(call, 0, parts);
  if (parts > 1) finish(team);
}
