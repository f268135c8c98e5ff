/* Plays a scenario: examples/journey/scenario.hpp says what one is made of. */
#ifndef JOURNEY_H
#define JOURNEY_H

#include <licet.h>
#include <stdio.h>

#include "json.h"

/** All zero at first. */
typedef struct journey {
    licet_engine* engine;
    json* lines;                               /**< The head and the steps: a list. */
    json* kept;                                /**< What steps kept, by name: a list. */
    json* who;                                 /**< Of the last table. */
    licet_error* refusals[LICET_INTERNAL + 1]; /**< The first of each status. */
} journey;

/** Plays a scenario on the store (NULL: in memory) and writes its tables to `out`. 0, or a line on
 *  stderr where a step does something else than the scenario says. */
int journey_play(journey* self, const char* path, licet_store* store, FILE* out);

void journey_close(journey* self);

#endif
