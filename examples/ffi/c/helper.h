/*
 * A little on top of licet.h for programs in C. What a function here or there makes is NULL at
 * first and freed at `done:`, whatever happened between:
 *
 *     licet_engine* engine = NULL;
 *     licet_error* error = NULL;
 *     json* answer = NULL;
 *     if (licet_engine_open(config, LICET_NUL_TERMINATED, &engine, &error) != LICET_OK) goto done;
 *     if (call_json(engine, "offers.get", arguments, size, &answer, &error) != LICET_OK) goto done;
 *     puts(json_string(json_at(answer, "/offer/status")));
 * done:
 *     print_error(stderr, error);
 *     json_free(answer);
 *     licet_error_free(error);
 *     licet_engine_close(engine);
 */
#ifndef HELPER_H
#define HELPER_H

#include <licet.h>
#include <stdio.h>

#include "json.h"

/** licet_call with an answer that is read; without memory for that LICET_OUT_OF_MEMORY, and no
 *  error. */
licet_status call_json(licet_engine* engine, const char* operation, const char* arguments,
                       size_t arguments_size, json** answer, licet_error** error);

/** "INVALID_ARGUMENT"; "INTERNAL" for one that a later library has added. */
const char* status_name(licet_status status);

/** "1 INVALID_ARGUMENT rule: message" and a line for each finding; nothing for NULL. */
void print_error(FILE* out, const licet_error* error);

#endif
