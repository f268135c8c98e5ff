#include "helper.h"

#include <string.h>

licet_status call_json(licet_engine* engine, const char* operation, const char* arguments,
                       size_t arguments_size, json** answer, licet_error** error) {
    licet_text* text = NULL;
    licet_status status = licet_call(engine, operation, LICET_NUL_TERMINATED, arguments,
                                     arguments_size, &text, error);
    *answer = status == LICET_OK ? json_parse(licet_text_data(text), licet_text_size(text)) : NULL;
    if (status == LICET_OK && !*answer) {
        status = LICET_OUT_OF_MEMORY;
    }
    licet_text_free(text);
    return status;
}

const char* status_name(licet_status status) {
    static const char* const names[] = {"OK",         "INVALID_ARGUMENT",  "NOT_FOUND",
                                        "CONFLICT",   "PERMISSION_DENIED", "FAILED_PRECONDITION",
                                        "EXHAUSTED",  "UNSUPPORTED",       "STORAGE",
                                        "CONTENTION", "OUT_OF_MEMORY",     "INTERNAL"};
    const licet_status count = (licet_status)(sizeof names / sizeof *names);
    return names[status >= 0 && status < count ? status : LICET_INTERNAL];
}

void print_error(FILE* out, const licet_error* error) {
    if (!error) {
        return;
    }
    const licet_status status = licet_error_status(error);
    fprintf(out, "%d %s %s: %s\n", (int)status, status_name(status), licet_error_rule(error),
            licet_error_message(error));
    const char* text = licet_error_findings(error);
    json* findings = json_parse(text, strlen(text));
    for (const json* finding = findings ? findings->first : NULL; finding;
         finding = finding->next) {
        fprintf(out, "    %s %s %s: %s\n", json_string(json_member(finding, "severity")),
                json_string(json_member(finding, "rule")),
                json_string(json_member(finding, "pointer")),
                json_string(json_member(finding, "message")));
    }
    json_free(findings);
}
