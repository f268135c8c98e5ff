/* licet.h as its callers meet it. Compiled as C99, and as C++ by capi_test_as_cxx.cpp. */
#include "market.h"

static int failures = 0;

#define CHECK(condition)                                                    \
    do {                                                                    \
        if (!(condition)) {                                                 \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
            ++failures;                                                     \
        }                                                                   \
    } while (0)

static licet_engine* engine;

static licet_status call(const char* operation, const char* arguments, licet_error** error) {
    licet_text* answer = NULL;
    const licet_status status = licet_call(engine, operation, LICET_NUL_TERMINATED, arguments,
                                           LICET_NUL_TERMINATED, &answer, error);
    CHECK((answer != NULL) == (status == LICET_OK));
    licet_text_free(answer);
    return status;
}

static void the_version_is_that_of_the_header(void) {
    const uint32_t version = (uint32_t)LICET_VERSION_MAJOR << 16 |
                             (uint32_t)LICET_VERSION_MINOR << 8 | LICET_VERSION_PATCH;
    CHECK(licet_version() == version);
}

static void an_answer_is_a_text_with_a_nul_after_it(void) {
    licet_text* answer = market_must(engine, "pools.get", MARKET_GET_POOL);
    const char* data = licet_text_data(answer);
    CHECK(licet_text_size(answer) == strlen(data));
    CHECK(data[0] == '{');
    CHECK(strstr(data, "\"consumed\":1") != NULL);
    licet_text_free(answer);
}

static void success_sets_the_error_to_null(void) {
    licet_error* error = (licet_error*)&failures;
    CHECK(call("pools.get", MARKET_GET_POOL, &error) == LICET_OK);
    CHECK(error == NULL);
}

static void a_failure_is_explained(void) {
    licet_error* error = NULL;
    CHECK(call("offers.create",
               "{" MARKET_ANA ",\"offer\":{\"publisher\":\"fabrikam\",\"id\":\"F\"}}",
               &error) == LICET_INVALID_ARGUMENT);
    CHECK(licet_error_status(error) == LICET_INVALID_ARGUMENT);
    CHECK(strcmp(licet_error_rule(error), "offer_id_length") == 0);
    CHECK(strstr(licet_error_message(error), "3 to 50") != NULL);
    CHECK(strstr(licet_error_findings(error), "\"pointer\":\"/offer/id\"") != NULL);
    CHECK(strstr(licet_error_findings(error), "\"pointer\":\"/offer/alias\"") != NULL);
    licet_error_free(error);
}

static void a_failure_need_not_be_explained(void) {
    CHECK(call("offers.get", "{" MARKET_ANA ",\"publisher\":\"fabrikam\",\"id\":\"none\"}", NULL) ==
          LICET_NOT_FOUND);
}

static void every_status_that_a_call_can_cause_is_told(void) {
    CHECK(call("offers.create", "[]", NULL) == LICET_INVALID_ARGUMENT);
    CHECK(call("deals.get", "{" MARKET_ANA ",\"publisher\":\"fabrikam\",\"id\":\"x\"}", NULL) ==
          LICET_NOT_FOUND);
    CHECK(call("seats.assign",
               "{" MARKET_BEN "," MARKET_POOL ",\"users\":[\"" MARKET_ADELE
               "\"],\"expected_revision\":999}",
               NULL) == LICET_CONFLICT);
    CHECK(call("seats.assign", "{" MARKET_ANA "," MARKET_POOL ",\"users\":[\"x\"]}", NULL) ==
          LICET_PERMISSION_DENIED);
    CHECK(call("offers.submit", "{" MARKET_ANA "," MARKET_OFFER "}", NULL) ==
          LICET_FAILED_PRECONDITION);
    CHECK(call("seats.assign", "{" MARKET_BEN "," MARKET_POOL ",\"users\":[\"a\",\"b\"]}", NULL) ==
          LICET_EXHAUSTED);
    CHECK(call("seats.sell", "{}", NULL) == LICET_UNSUPPORTED);
}

static void a_size_limits_a_text(void) {
    licet_text* answer = NULL;
    licet_error* error = NULL;
    CHECK(licet_call(engine, "pools.getting", 9, MARKET_GET_POOL "trash",
                     sizeof MARKET_GET_POOL - 1, &answer, NULL) == LICET_OK);
    licet_text_free(answer);
    CHECK(licet_call(engine, "pools.get\0", 10, MARKET_GET_POOL, LICET_NUL_TERMINATED, &answer,
                     &error) == LICET_UNSUPPORTED);
    CHECK(answer == NULL);
    licet_error_free(error);
}

static void no_arguments_are_an_empty_object(void) {
    licet_error* error = NULL;
    CHECK(call("pools.get", NULL, &error) == LICET_INVALID_ARGUMENT);
    CHECK(strstr(licet_error_findings(error), "\"pointer\":\"/tenant\"") != NULL);
    licet_error_free(error);
}

static void a_check_tells_who_may_come_in(void) {
    int32_t decision = -1;
    CHECK(market_check(engine, MARKET_ADELE) == LICET_LICENSED);
    CHECK(market_check(engine, "{" MARKET_ADELE "}") == LICET_LICENSED);
    CHECK(market_check(engine, MARKET_BRUNO) == LICET_NO_SEAT);
    CHECK(licet_check(engine, "other", 5, MARKET_BRONZE, LICET_NUL_TERMINATED, "x", 1, &decision,
                      NULL) == LICET_OK);
    CHECK(decision == LICET_NO_POOL);
    CHECK(licet_check_app(engine, MARKET_TENANT, LICET_NUL_TERMINATED, MARKET_APP,
                          LICET_NUL_TERMINATED, MARKET_ADELE, LICET_NUL_TERMINATED, &decision,
                          NULL) == LICET_OK);
    CHECK(decision == LICET_LICENSED);
    CHECK(licet_check_app(engine, MARKET_TENANT, LICET_NUL_TERMINATED, "crf36_Other",
                          LICET_NUL_TERMINATED, MARKET_ADELE, LICET_NUL_TERMINATED, &decision,
                          NULL) == LICET_OK);
    CHECK(decision == LICET_APP_NOT_MAPPED);
}

static void a_check_that_fails_lets_nobody_in(void) {
    int32_t decision = LICET_LICENSED;
    licet_error* error = NULL;
    CHECK(licet_check(engine, "no tenant", 9, MARKET_BRONZE, LICET_NUL_TERMINATED, "x", 1,
                      &decision, &error) == LICET_INVALID_ARGUMENT);
    CHECK(decision == LICET_NO_SEAT);
    CHECK(strcmp(licet_error_rule(error), "tenant_id_bad_character") == 0);
    licet_error_free(error);
}

static void many_are_checked_as_one_by_one(void) {
    const licet_string users[] = {
        {MARKET_ADELE, LICET_NUL_TERMINATED}, {MARKET_BRUNO "trash", sizeof MARKET_BRUNO - 1},
        {"no user", LICET_NUL_TERMINATED},    {NULL, 0},
        {"{" MARKET_ADELE "}", 38},
    };
    int32_t decisions[5] = {-1, -1, -1, -1, -1};
    licet_error* error = (licet_error*)&failures;
    CHECK(licet_check_many(engine, MARKET_TENANT, LICET_NUL_TERMINATED, MARKET_BRONZE,
                           LICET_NUL_TERMINATED, users, 5, decisions, &error) == LICET_OK);
    CHECK(error == NULL);
    CHECK(decisions[0] == LICET_LICENSED);
    CHECK(decisions[1] == LICET_NO_SEAT);
    CHECK(decisions[2] == LICET_BAD_USER_ID);
    CHECK(decisions[3] == LICET_BAD_USER_ID);
    CHECK(decisions[4] == LICET_LICENSED);
    CHECK(licet_check_many(engine, "other", 5, MARKET_BRONZE, LICET_NUL_TERMINATED, users, 1,
                           decisions, NULL) == LICET_OK);
    CHECK(decisions[0] == LICET_NO_POOL);
    CHECK(decisions[4] == LICET_LICENSED);
    CHECK(licet_check_many(engine, MARKET_TENANT, LICET_NUL_TERMINATED, MARKET_BRONZE,
                           LICET_NUL_TERMINATED, NULL, 0, NULL, NULL) == LICET_OK);
}

static void a_check_of_many_that_fails_lets_nobody_in(void) {
    licet_string users[300];
    int32_t decisions[300];
    licet_error* error = NULL;
    int n;
    for (n = 0; n < 300; ++n) {
        users[n].data = MARKET_ADELE;
        users[n].size = n == 299 ? (size_t)-2 : LICET_NUL_TERMINATED;
        decisions[n] = LICET_LICENSED;
    }
    CHECK(licet_check_many(engine, MARKET_TENANT, LICET_NUL_TERMINATED, MARKET_BRONZE,
                           LICET_NUL_TERMINATED, users, 300, decisions,
                           &error) == LICET_INVALID_ARGUMENT);
    CHECK(strcmp(licet_error_rule(error), "argument_size") == 0);
    licet_error_free(error);
    for (n = 0; n < 300; ++n) {
        CHECK(decisions[n] == LICET_NO_SEAT);
    }
}

static void every_operation_is_described(void) {
    licet_text* text = NULL;
    CHECK(licet_operations(&text, NULL) == LICET_OK);
    CHECK(strstr(licet_text_data(text), "\"seats.assign\"") != NULL);
    CHECK(strstr(licet_text_data(text), "\"$defs\"") != NULL);
    licet_text_free(text);
}

static void an_operation_without_a_long_text_is_not_streamed(void) {
    licet_stream_vtable stream;
    licet_text* answer = NULL;
    licet_error* error = NULL;
    memset(&stream, 0, sizeof stream);
    stream.size = sizeof stream;
    CHECK(licet_call_stream(engine, "pools.get", LICET_NUL_TERMINATED, MARKET_GET_POOL,
                            LICET_NUL_TERMINATED, &stream, NULL, &answer,
                            &error) == LICET_UNSUPPORTED);
    CHECK(strcmp(licet_error_rule(error), "operation_not_streamed") == 0);
    licet_error_free(error);
}

static void a_bad_config_opens_nothing(void) {
    licet_engine* none = engine;
    licet_error* error = NULL;
    CHECK(licet_engine_open("{\"store\":\"memory\",\"colour\":1}", LICET_NUL_TERMINATED, &none,
                            &error) == LICET_INVALID_ARGUMENT);
    CHECK(none == NULL);
    CHECK(strcmp(licet_error_rule(error), "unknown_field") == 0);
    licet_error_free(error);
}

static void two_engines_live_at_different_times(void) {
    licet_engine* other = market_open(MARKET_MEMORY, NULL);
    market_do(other, "clock.advance", "{\"to\":\"2027-04-01T00:00:00Z\"}");
    CHECK(market_check(other, MARKET_ADELE) == LICET_SUSPENDED);
    CHECK(market_check(engine, MARKET_ADELE) == LICET_LICENSED);
    licet_engine_close(other);
}

static void freeing_null_does_nothing(void) {
    licet_error_free(NULL);
    licet_text_free(NULL);
    licet_engine_close(NULL);
    licet_store_free(NULL);
}

static void null_reads_as_an_empty_object(void) {
    CHECK(licet_error_status(NULL) == LICET_OK);
    CHECK(strcmp(licet_error_rule(NULL), "") == 0);
    CHECK(strcmp(licet_error_message(NULL), "") == 0);
    CHECK(strcmp(licet_error_findings(NULL), "[]") == 0);
    CHECK(strcmp(licet_text_data(NULL), "") == 0);
    CHECK(licet_text_size(NULL) == 0);
}

int main(void) {
    engine = market_open(MARKET_MEMORY, NULL);
    the_version_is_that_of_the_header();
    an_answer_is_a_text_with_a_nul_after_it();
    success_sets_the_error_to_null();
    a_failure_is_explained();
    a_failure_need_not_be_explained();
    every_status_that_a_call_can_cause_is_told();
    a_size_limits_a_text();
    no_arguments_are_an_empty_object();
    a_check_tells_who_may_come_in();
    a_check_that_fails_lets_nobody_in();
    many_are_checked_as_one_by_one();
    a_check_of_many_that_fails_lets_nobody_in();
    every_operation_is_described();
    an_operation_without_a_long_text_is_not_streamed();
    a_bad_config_opens_nothing();
    two_engines_live_at_different_times();
    freeing_null_does_nothing();
    null_reads_as_an_empty_object();
    licet_engine_close(engine);
    return failures == 0 ? 0 : 1;
}
