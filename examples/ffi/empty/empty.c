/* What a call from a language costs when nothing is done: the yardstick for licet_check, whose
 * parameters it has. */

#include <licet.h>

LICET_API licet_status licet_ffi_empty(licet_engine* engine, const char* tenant, size_t tenant_size,
                                       const char* service_id, size_t service_id_size,
                                       const char* user, size_t user_size, int32_t* decision,
                                       licet_error** error);

licet_status licet_ffi_empty(licet_engine* engine, const char* tenant, size_t tenant_size,
                             const char* service_id, size_t service_id_size, const char* user,
                             size_t user_size, int32_t* decision, licet_error** error) {
    (void)engine, (void)tenant, (void)tenant_size, (void)service_id, (void)service_id_size;
    (void)user, (void)user_size, (void)decision, (void)error;
    return LICET_OK;
}
