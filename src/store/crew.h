/* SPDX-License-Identifier: MIT */
/*
 * A crew: threads that do jobs which are given one after the other, as many at a time as there
 * are cores, and handed back in the order in which they were given. What a job is, they do not
 * know; it must touch nothing that another one or the giver touches meanwhile.
 */
#ifndef DISCERN_STORE_CREW_H
#define DISCERN_STORE_CREW_H

#include <stddef.h>

struct crew;

/* How many jobs may be under way, so that nobody waits; and how many of them are worked on at
 * once, at most. */
size_t crew_room(void);
size_t crew_hands(void);

/* Never NULL: with no thread to be had, jobs are done when they are taken. */
struct crew *crew_new(void (*work)(void *job));

/* At most crew_room() jobs may be given and not taken. */
void crew_give(struct crew *crew, void *job);

/* Waits for the job that was given first, which is done; NULL if none is left. */
void *crew_take(struct crew *crew);

/* Jobs that were not taken are done, or not, and forgotten. NULL is fine. */
void crew_free(struct crew *crew);

#endif
