/* A small marketplace, made through licet.h alone: Fabrikam's offer f365 is live with one plan,
 * bronze; Contoso has consented and has 2 licences of it; adele holds one. Its clock is manual. */
#ifndef LICET_TESTS_CAPI_MARKET_H
#define LICET_TESTS_CAPI_MARKET_H

#include <licet.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MARKET_TENANT "6f9619ff-8b86-d011-b42d-00c04fc964ff"
#define MARKET_BRONZE "fabrikam.f365.bronze"
#define MARKET_APP "crf36_BronzeApp"
#define MARKET_ADELE "11111111-1111-4111-8111-111111111111"
#define MARKET_BRUNO "22222222-2222-4222-8222-222222222222"

#define MARKET_CLOCK "\"clock\":{\"manual\":\"2026-01-10T09:00:00Z\"}"
#define MARKET_MEMORY "{\"store\":\"memory\"," MARKET_CLOCK "}"
#define MARKET_HOST "{" MARKET_CLOCK "}"

#define MARKET_ANA \
    "\"as\":{\"id\":\"ana\",\"publisher\":\"fabrikam\",\"roles\":[\"account_admin\"]}"
#define MARKET_BEN \
    "\"as\":{\"id\":\"ben\",\"tenant\":\"" MARKET_TENANT "\",\"roles\":[\"global_admin\"]}"
#define MARKET_REX "\"as\":{\"id\":\"rex\",\"roles\":[\"reviewer\"]}"
#define MARKET_OFFER "\"publisher\":\"fabrikam\",\"id\":\"f365\""
#define MARKET_POOL "\"tenant\":\"" MARKET_TENANT "\",\"service_id\":\"" MARKET_BRONZE "\""

#define MARKET_ASSIGN_ADELE "{" MARKET_BEN "," MARKET_POOL ",\"users\":[\"" MARKET_ADELE "\"]}"
#define MARKET_ASSIGN_BRUNO "{" MARKET_BEN "," MARKET_POOL ",\"users\":[\"" MARKET_BRUNO "\"]}"
#define MARKET_GET_POOL "{" MARKET_BEN "," MARKET_POOL "}"

/** Calls, and ends the program where the call fails. The answer is the caller's to free. */
static inline licet_text* market_must(licet_engine* engine, const char* operation,
                                      const char* arguments) {
    licet_text* answer = NULL;
    licet_error* error = NULL;
    if (licet_call(engine, operation, LICET_NUL_TERMINATED, arguments, LICET_NUL_TERMINATED,
                   &answer, &error) != LICET_OK) {
        fprintf(stderr, "%s: %s %s\n", operation, licet_error_message(error),
                licet_error_findings(error));
        abort();
    }
    return answer;
}

static inline void market_do(licet_engine* engine, const char* operation, const char* arguments) {
    licet_text_free(market_must(engine, operation, arguments));
}

static inline void market_accept_invite(licet_engine* engine) {
    char arguments[512];
    licet_text* invite =
        market_must(engine, "invites.create", "{" MARKET_ANA ",\"publisher\":\"fabrikam\"}");
    const char* token = strstr(licet_text_data(invite), "token=") + strlen("token=");
    snprintf(arguments, sizeof arguments, "{" MARKET_BEN ",\"token\":\"%.*s\"}",
             (int)strcspn(token, "\""), token);
    licet_text_free(invite);
    market_do(engine, "invites.accept", arguments);
}

static inline void market_fill(licet_engine* engine) {
    int phase;
    market_do(engine, "offers.create",
              "{" MARKET_ANA ",\"offer\":{" MARKET_OFFER
              ",\"alias\":\"Fabrikam 365\",\"type\":\"dynamics365_dataverse_powerapps\","
              "\"setup\":{\"sell_through_microsoft\":false,\"license_management\":true,"
              "\"require_license_for_install\":true},\"listing\":{\"name\":\"Fabrikam 365\","
              "\"summary\":\"Field work\",\"description\":\"Plans it.\",\"keywords\":[\"field\"]},"
              "\"technical\":{\"base_license_model\":\"user\","
              "\"package_url\":\"https://fabrikam.example/package.zip\"},"
              "\"plans\":[{\"id\":\"bronze\",\"name\":\"Bronze\",\"description\":\"All.\","
              "\"visibility\":\"public\",\"more_info_url\":\"https://fabrikam.example/bronze\","
              "\"apps\":[\"" MARKET_APP "\"]}]}}");
    market_do(engine, "offers.submit", "{" MARKET_ANA "," MARKET_OFFER "}");
    for (phase = 0; phase < 3; ++phase) {
        market_do(engine, "offers.pass_phase", "{" MARKET_REX "," MARKET_OFFER "}");
    }
    market_do(engine, "offers.go_live", "{" MARKET_ANA "," MARKET_OFFER "}");
    market_do(engine, "clock.advance", "{\"to\":\"2026-03-01T09:00:00Z\"}");
    market_accept_invite(engine);
    market_do(engine, "deals.register",
              "{" MARKET_ANA
              ",\"deal\":{\"publisher\":\"fabrikam\",\"id\":\"d-1001\","
              "\"kind\":\"isv_connect\",\"offer\":\"f365\",\"customer\":{\"company\":\"Contoso\","
              "\"country\":\"US\",\"tenant\":\"" MARKET_TENANT
              "\"},\"contract\":{\"type\":\"new\","
              "\"signed\":\"2026-01-10\",\"start\":\"2026-02-01\",\"end\":\"2027-01-31\","
              "\"total_value\":{\"amount\":\"12000.00\",\"currency\":\"USD\"},"
              "\"solution_value\":{\"amount\":\"9000.00\",\"currency\":\"USD\"}},"
              "\"consumption_on\":\"customer_tenant\",\"contact\":{\"first_name\":\"Ana\","
              "\"last_name\":\"Diaz\",\"email\":\"ana@fabrikam.example\",\"phone\":\"\"}}}");
    market_do(engine, "licenses.update",
              "{" MARKET_ANA
              ",\"publisher\":\"fabrikam\",\"deal\":\"d-1001\","
              "\"lines\":[{\"plan\":\"bronze\",\"quantity\":2}]}");
    market_do(engine, "seats.assign", MARKET_ASSIGN_ADELE);
}

/** An engine with all of that, on the store named in `config`, or on `store`. */
static inline licet_engine* market_open(const char* config, licet_store* store) {
    licet_engine* engine = NULL;
    const licet_status status =
        store ? licet_engine_open_with_store(config, LICET_NUL_TERMINATED, store, &engine, NULL)
              : licet_engine_open(config, LICET_NUL_TERMINATED, &engine, NULL);
    if (status != LICET_OK) {
        fprintf(stderr, "no engine: status %d\n", (int)status);
        abort();
    }
    market_fill(engine);
    return engine;
}

/** The decision about a user and bronze; -1 where the check fails. */
static inline int32_t market_check(licet_engine* engine, const char* user) {
    int32_t decision = -1;
    const licet_status status =
        licet_check(engine, MARKET_TENANT, LICET_NUL_TERMINATED, MARKET_BRONZE,
                    LICET_NUL_TERMINATED, user, LICET_NUL_TERMINATED, &decision, NULL);
    return status == LICET_OK ? decision : -1;
}

#endif
