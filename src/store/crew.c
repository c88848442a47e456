/* SPDX-License-Identifier: MIT */
/* Threads that do jobs in a ring: taken from one end, given at the other. */
#include "store/crew.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

#define THREADS_MAX 16
#define JOBS_EACH 4

struct crew {
    void (*work)(void *job);
    pthread_mutex_t mutex;
    pthread_cond_t given_one, done_one;
    void *job[THREADS_MAX * JOBS_EACH];
    bool done[THREADS_MAX * JOBS_EACH];
    size_t given, begun, taken; /* counted from the start; their places in the ring modulo it */
    bool ending;
    pthread_t thread[THREADS_MAX];
    size_t threads;
};

static size_t cores(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);

    return count < 1 ? 1 : count > THREADS_MAX ? THREADS_MAX : (size_t)count;
}

size_t crew_room(void)
{
    return cores() * JOBS_EACH;
}

size_t crew_hands(void)
{
    return cores() + 1; /* whoever takes lends one */
}

/* Does the next job. The mutex is held before and after. */
static void do_next(struct crew *crew)
{
    size_t at = crew->begun++ % COUNT(crew->job);

    pthread_mutex_unlock(&crew->mutex);
    crew->work(crew->job[at]);
    pthread_mutex_lock(&crew->mutex);
    crew->done[at] = true;
    pthread_cond_signal(&crew->done_one);
}

static void *labour(void *data)
{
    struct crew *crew = data;

    pthread_mutex_lock(&crew->mutex);
    while (!crew->ending) {
        if (crew->begun == crew->given)
            pthread_cond_wait(&crew->given_one, &crew->mutex);
        else
            do_next(crew);
    }
    pthread_mutex_unlock(&crew->mutex);
    return NULL;
}

struct crew *crew_new(void (*work)(void *job))
{
    struct crew *crew = xcalloc(1, sizeof(*crew));

    crew->work = work;
    pthread_mutex_init(&crew->mutex, NULL);
    pthread_cond_init(&crew->given_one, NULL);
    pthread_cond_init(&crew->done_one, NULL);
    while (crew->threads < cores() &&
           pthread_create(&crew->thread[crew->threads], NULL, labour, crew) == 0)
        crew->threads++;
    return crew;
}

void crew_give(struct crew *crew, void *job)
{
    pthread_mutex_lock(&crew->mutex);
    crew->job[crew->given % COUNT(crew->job)] = job;
    crew->done[crew->given++ % COUNT(crew->job)] = false;
    pthread_cond_signal(&crew->given_one);
    pthread_mutex_unlock(&crew->mutex);
}

/* Whoever waits lends a hand: there may be no thread, and there is nothing better to do. */
void *crew_take(struct crew *crew)
{
    void *job = NULL;

    pthread_mutex_lock(&crew->mutex);
    while (crew->taken < crew->given && !crew->done[crew->taken % COUNT(crew->job)]) {
        if (crew->begun < crew->given)
            do_next(crew);
        else
            pthread_cond_wait(&crew->done_one, &crew->mutex);
    }
    if (crew->taken < crew->given)
        job = crew->job[crew->taken++ % COUNT(crew->job)];
    pthread_mutex_unlock(&crew->mutex);
    return job;
}

void crew_free(struct crew *crew)
{
    if (!crew)
        return;
    pthread_mutex_lock(&crew->mutex);
    crew->ending = true;
    pthread_cond_broadcast(&crew->given_one);
    pthread_mutex_unlock(&crew->mutex);
    for (size_t i = 0; i < crew->threads; i++)
        pthread_join(crew->thread[i], NULL);
    pthread_cond_destroy(&crew->given_one);
    pthread_cond_destroy(&crew->done_one);
    pthread_mutex_destroy(&crew->mutex);
    free(crew);
}
