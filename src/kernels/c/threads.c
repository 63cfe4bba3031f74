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
};

/*
 * Who comes first takes the next part, the caller too: a member that the system does not let run is not waited for. The
 * call under way is one number, call · 2³² + parts · 2¹⁶ + next, so that a part is taken of that very call or not at all.
 * Nothing else here changes while a part of it is unfinished.
 */
struct team {
  _Alignas(64) atomic_ullong open;
  _Alignas(64) atomic_int unfinished;
  /* The caller sleeps until nothing is unfinished. */
  atomic_int caller_asleep;
  work work;
  const void *call;
  atomic_int ends;
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

/* Does parts of the open call until none is left to take. @returns how many */
static int take_parts(struct team *team) {
  int taken = 0;
  unsigned long long open = atomic_load_explicit(&team->open, memory_order_acquire);
  for (;;) {
    int parts = (int)(open >> 16 & 0xffff), next = (int)(open & 0xffff);
    if (next >= parts) return taken;
    if (!atomic_compare_exchange_weak_explicit(&team->open, &open, open + 1, memory_order_acquire, memory_order_acquire))
      continue;
    team->work(team->call, next, parts);
    taken++;
    open = atomic_load_explicit(&team->open, memory_order_acquire);
  }
}

static void *serve(void *argument) {
  struct member *me = argument;
  struct team *team = me->team;
  flush_denormals();
  unsigned seen = 0;
  for (;;) {
    seen = next_call(me, seen);
    if (atomic_load(&team->ends)) return NULL;
    int taken = take_parts(team);
    if (taken > 0 && atomic_fetch_sub(&team->unfinished, taken) == taken && atomic_load(&team->caller_asleep)) {
      pthread_mutex_lock(&team->mutex);
      pthread_cond_signal(&team->done);
      pthread_mutex_unlock(&team->mutex);
    }
  }
}

/* Waits until the parts that others took are done. */
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

/* Asks so many members to take part. */
static void announce(struct team *team, int members) {
  int sleepers = 0;
  for (int m = 0; m < members; m++) {
    atomic_fetch_add(&team->members[m].calls, 1);
    sleepers |= atomic_load(&team->members[m].asleep);
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
  for (team->size = 1; team->size < size; team->size++) {
    struct member *member = &team->members[team->size - 1];
    member->team = team;
    if (pthread_create(&member->thread, NULL, serve, member)) break;
  }
  return team;
}

void team_close(struct team *team) {
  atomic_store(&team->ends, 1);
  announce(team, team->size - 1);
  for (int m = 0; m < team->size - 1; m++) pthread_join(team->members[m].thread, NULL);
  pthread_cond_destroy(&team->wake);
  pthread_cond_destroy(&team->done);
  pthread_mutex_destroy(&team->mutex);
  free(team);
}

void team_run(struct team *team, work work, const void *call, int parts) {
  if (parts > team->size) parts = team->size;
  if (parts == 1) {
    work(call, 0, 1);
    return;
  }
  team->work = work;
  team->call = call;
  atomic_store(&team->unfinished, parts);
  unsigned long long number = (atomic_load(&team->open) >> 32) + 1;
  atomic_store_explicit(&team->open, number << 32 | (unsigned long long)parts << 16, memory_order_release);
  announce(team, parts - 1);
  atomic_fetch_sub(&team->unfinished, take_parts(team));
  finish(team);
}
