#include <licet.h>

#include <stdio.h>

int main(void) {
    licet_engine* engine = NULL;
    licet_error* error = NULL;
    int32_t decision = -1;
    const char config[] = "{\"store\":\"memory\"}";
    if (licet_engine_open(config, sizeof config - 1, &engine, &error) != LICET_OK ||
        licet_check(engine, "contoso", LICET_NUL_TERMINATED, "fabrikam.f365.bronze",
                    LICET_NUL_TERMINATED, "adele", LICET_NUL_TERMINATED, &decision,
                    &error) != LICET_OK) {
        fprintf(stderr, "%s\n", licet_error_message(error));
        licet_error_free(error);
    }
    licet_engine_close(engine);
    return decision == LICET_NO_POOL ? 0 : 1;
}
