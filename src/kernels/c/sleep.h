/* How a thread that has nothing to do sleeps until a word changes. */
#pragma once

#include <stdatomic.h>

#ifdef __wasm__

/* Turns of waiting on the spot, see threads.c. */
#define PATIENCE 30000
#define PAUSE() (void)0

struct bed {
  char none;
};
static inline void bed_make(struct bed *bed) { (void)bed; }
static inline void sleep_while(struct bed *bed, atomic_uint *word, unsigned value) {
  (void)bed;
  while (atomic_load(word) == value) __builtin_wasm_memory_atomic_wait32((int *)word, (int)value, -1);
}
static inline void wake(struct bed *bed, atomic_uint *word) {
  (void)bed;
  __builtin_wasm_memory_atomic_notify((int *)word, ~0u);
}

#else

#include <pthread.h>

#define PATIENCE 2000
#if defined(__x86_64__)
#define PAUSE() __builtin_ia32_pause()
#elif defined(__aarch64__)
#define PAUSE() __asm__ volatile("yield")
#else
#define PAUSE() (void)0
#endif

struct bed {
  pthread_mutex_t mutex;
  pthread_cond_t woken;
};
static inline void bed_make(struct bed *bed) {
  pthread_mutex_init(&bed->mutex, NULL);
  pthread_cond_init(&bed->woken, NULL);
}
/* Whoever changes the word wakes the bed afterwards; in between the sleeper holds the mutex, or sleeps already. */
static inline void sleep_while(struct bed *bed, atomic_uint *word, unsigned value) {
  pthread_mutex_lock(&bed->mutex);
  while (atomic_load(word) == value) pthread_cond_wait(&bed->woken, &bed->mutex);
  pthread_mutex_unlock(&bed->mutex);
}
static inline void wake(struct bed *bed, atomic_uint *word) {
  (void)word;
  pthread_mutex_lock(&bed->mutex);
  pthread_cond_broadcast(&bed->woken);
  pthread_mutex_unlock(&bed->mutex);
}

#endif
