/* Runs licet's suite on the demo store, then an engine. */

#include <stdio.h>
#include <string.h>

#include "store.h"

static const char create[] =
    "{\"as\":{\"id\":\"ana\",\"publisher\":\"fabrikam\",\"roles\":[\"account_admin\"]},"
    "\"offer\":{\"publisher\":\"fabrikam\",\"id\":\"f365\",\"alias\":\"Fabrikam 365\","
    "\"type\":\"dynamics365_dataverse_powerapps\"}}";

int main(void) {
    licet_error* error = NULL;
    licet_store* store = NULL;
    licet_engine* engine = NULL;
    licet_text* report = NULL;
    licet_text* answer = NULL;
    int passed = 0;

    void* demo = demo_store_create();
    if (!demo) {
        fputs("out of memory\n", stderr);
        return 1;
    }
    if (licet_store_new(&demo_store_vtable, demo, &store, &error) != LICET_OK) {
        demo_store_vtable.destroy(demo);
        goto done;
    }
    if (licet_store_check(store, &report, &error) != LICET_OK) {
        goto done;
    }
    puts(licet_text_data(report));
    passed = strncmp(licet_text_data(report), "{\"ok\":true", 10) == 0;
    if (licet_engine_open_with_store("{}", 2, store, &engine, &error) != LICET_OK ||
        licet_call(engine, "offers.create", LICET_NUL_TERMINATED, create, sizeof create - 1,
                   &answer, &error) != LICET_OK) {
        goto done;
    }
    puts(licet_text_data(answer));
done:
    if (error) {
        fprintf(stderr, "%s: %s\n", licet_error_rule(error), licet_error_message(error));
    }
    const int status = error || !passed;
    licet_error_free(error);
    licet_text_free(answer);
    licet_text_free(report);
    licet_engine_close(engine);
    licet_store_free(store);
    return status;
}
