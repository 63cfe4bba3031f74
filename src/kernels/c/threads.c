#include "threads.h"
#include "sleep.h"

/* PATIENCE is about 30 µs, longer than the gaps within a window. Who waits longer leaves its core to others. */

struct member {
  /* The number of calls it was asked to take part in: one more is a new one. */
  _Alignas(64) atomic_uint calls;
  /* Those it has looked at. */
  unsigned seen;
  atomic_int asleep;
  struct team *team;
};

/*
 * Who comes first takes the next part, the caller too: a member that the system does not let run is not waited for. The
 * call under way is one number, call · 2³² + parts · 2¹⁶ + next, so that a part is taken of that very call or not at all.
 * Nothing else here changes while a part of it is unfinished.
 */
struct team {
  _Alignas(64) atomic_ullong open;
  _Alignas(64) atomic_uint unfinished;
  /* The caller sleeps until nothing is unfinished. */
  atomic_int caller_asleep;
  work work;
  const void *call;
  atomic_int ends;
  int size;
  struct bed members_bed;
  struct bed caller_bed;
  struct member members[];
};

/* Waits for a call beyond those seen. */
static void await_call(struct member *me) {
  for (int turn = 0; turn < PATIENCE; turn++) {
    if (atomic_load_explicit(&me->calls, memory_order_acquire) != me->seen) return;
    PAUSE();
  }
  atomic_store(&me->asleep, 1);
  sleep_while(&me->team->members_bed, &me->calls, me->seen);
  atomic_store(&me->asleep, 0);
}

/* Does parts of the open call until none is left to take. @returns how many */
static unsigned take_parts(struct team *team) {
  unsigned taken = 0;
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

void team_serve(struct member *me) {
  struct team *team = me->team;
  for (;;) {
    await_call(me);
    me->seen = atomic_load(&me->calls);
    if (atomic_load(&team->ends)) return;
    unsigned taken = take_parts(team);
    if (taken > 0 && atomic_fetch_sub(&team->unfinished, taken) == taken && atomic_load(&team->caller_asleep))
      wake(&team->caller_bed, &team->unfinished);
  }
}

/* Waits until the parts that others took are done. */
static void finish(struct team *team) {
  for (int turn = 0; turn < PATIENCE; turn++) {
    if (atomic_load_explicit(&team->unfinished, memory_order_acquire) == 0) return;
    PAUSE();
  }
  atomic_store(&team->caller_asleep, 1);
  for (unsigned left; (left = atomic_load(&team->unfinished)) > 0;)
    sleep_while(&team->caller_bed, &team->unfinished, left);
  atomic_store(&team->caller_asleep, 0);
}

/* Asks so many members to take part. */
static void announce(struct team *team, int members) {
  for (int m = 0; m < members; m++) {
    struct member *member = &team->members[m];
    atomic_fetch_add(&member->calls, 1);
    if (atomic_load(&member->asleep)) wake(&team->members_bed, &member->calls);
  }
}

size_t team_bytes(int size) {
  return (sizeof(struct team) + (size_t)size * sizeof(struct member) + 63) / 64 * 64;
}

struct team *team_at(void *room, int size) {
  struct team *team = room;
  team->size = size;
  bed_make(&team->members_bed);
  bed_make(&team->caller_bed);
  for (int m = 0; m < size - 1; m++) team->members[m].team = team;
  return team;
}

struct member *team_member(struct team *team, int m) { return &team->members[m]; }

void team_end(struct team *team) {
  atomic_store(&team->ends, 1);
  announce(team, team->size - 1);
}

void team_run(struct team *team, work work, const void *call, int parts) {
  if (parts > team->size) parts = team->size;
  if (parts == 1) {
    work(call, 0, 1);
    return;
  }
  team->work = work;
  team->call = call;
  atomic_store(&team->unfinished, (unsigned)parts);
  unsigned long long number = (atomic_load(&team->open) >> 32) + 1;
  atomic_store_explicit(&team->open, number << 32 | (unsigned long long)parts << 16, memory_order_release);
  announce(team, parts - 1);
  atomic_fetch_sub(&team->unfinished, take_parts(team));
  finish(team);
}
