/*
 * A small team of threads that does parts of one call. A thread that waits turns on the spot for a while, since the
 * next call is a microsecond away in the midst of a window, and then sleeps. Parts go to whoever comes first, so that on a
 * busy machine a thread that is kept waiting for its core does not keep the others waiting.
 */
#pragma once

/* Does part `part` of `parts`. */
typedef void (*work)(const void *call, int part, int parts);

struct team;

/* `size` threads in all, the caller among them; NULL where the system grants none. */
struct team *team_open(int size);
void team_close(struct team *team);
/* Returns when every part is done. */
void team_run(struct team *team, work work, const void *call, int parts);
