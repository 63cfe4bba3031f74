/*
 * A small team of threads that does parts of one call. A thread that waits turns on the spot for a while, since the
 * next call is a microsecond away in the midst of a window, and then sleeps. Parts go to whoever comes first, so that on a
 * busy machine a thread that is kept waiting for its core does not keep the others waiting.
 */
#pragma once

#include <stddef.h>

/* Does part `part` of `parts`. */
typedef void (*work)(const void *call, int part, int parts);

struct team;
struct member;

/* A team of `size` threads, the caller among them, takes so many bytes: a multiple of 64. */
size_t team_bytes(int size);
/* The team in `room`: zeros, at a multiple of 64. Whoever starts the threads has each serve as one of its members. */
struct team *team_at(void *room, int size);
/* Member `m` of the size − 1 that are not the caller. */
struct member *team_member(struct team *team, int m);
/* Takes part in every call until the team ends. A member that has yet to come, or never does, is not waited for. */
void team_serve(struct member *member);
void team_end(struct team *team);
/* Returns when every part is done. */
void team_run(struct team *team, work work, const void *call, int parts);
