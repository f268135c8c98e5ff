// Versions, errors, texts.

#include <exception>
#include <new>
#include <string>

#include <licet/operations/operations.hpp>

#include "boundary.hpp"
#include "text.hpp"

struct licet_error {
    licet_status status;
    const char* rule;
    std::string message;
    std::string findings;
};

namespace licet::capi {
namespace {

static_assert(LICET_INVALID_ARGUMENT == static_cast<int>(Condition::invalid_argument));
static_assert(LICET_NOT_FOUND == static_cast<int>(Condition::not_found));
static_assert(LICET_CONFLICT == static_cast<int>(Condition::conflict));
static_assert(LICET_PERMISSION_DENIED == static_cast<int>(Condition::permission_denied));
static_assert(LICET_FAILED_PRECONDITION == static_cast<int>(Condition::failed_precondition));
static_assert(LICET_EXHAUSTED == static_cast<int>(Condition::exhausted));
static_assert(LICET_UNSUPPORTED == static_cast<int>(Condition::unsupported));
static_assert(LICET_STORAGE == static_cast<int>(Condition::storage));
static_assert(LICET_CONTENTION == static_cast<int>(Condition::contention));
static_assert(LICET_OUT_OF_MEMORY == static_cast<int>(Condition::out_of_memory));
static_assert(LICET_INTERNAL == static_cast<int>(Condition::internal));

static_assert(LICET_VERSION_MAJOR == LICET_PROJECT_VERSION_MAJOR &&
                  LICET_VERSION_MINOR == LICET_PROJECT_VERSION_MINOR &&
                  LICET_VERSION_PATCH == LICET_PROJECT_VERSION_PATCH,
              "licet.h and CMakeLists.txt name different versions");

// Given out, and never freed, where there is no memory for another error. All its texts are short
// enough to need no memory.
licet_error& out_of_memory() noexcept {
    static licet_error error{LICET_OUT_OF_MEMORY, name_of(Errc::out_of_memory), "out of memory",
                             "[]"};
    return error;
}

licet_status fail_out_of_memory(licet_error** out) noexcept {
    if (out) {
        *out = &out_of_memory();
    }
    return LICET_OUT_OF_MEMORY;
}

// A store may fail with a code of its own domain.
licet_status status_of(const std::error_code& code) noexcept {
    const std::error_condition condition = code.default_error_condition();
    return condition.category() == condition_category() ? condition.value() : LICET_STORAGE;
}

const char* rule_of(const std::error_code& code) noexcept {
    return code.category() == errc_category() ? name_of(static_cast<Errc>(code.value())) : "";
}

}  // namespace

licet_status fail(licet_error** out, const Error& error) noexcept {
    const licet_status status = status_of(error.code);
    if (status == LICET_OUT_OF_MEMORY) {
        return fail_out_of_memory(out);
    }
    if (!out) {
        return status;
    }
    try {
        *out = new licet_error{status, rule_of(error.code), error.message(),
                               findings_json(error.findings)};
        return status;
    } catch (...) {
        return fail_out_of_memory(out);
    }
}

licet_status fail_with_current_exception(licet_error** out) noexcept {
    try {
        throw;
    } catch (const std::bad_alloc&) {
        return fail_out_of_memory(out);
    } catch (const std::exception& exception) {
        try {
            return fail(out, {Errc::internal, exception.what(), {}});
        } catch (...) {
            return fail_out_of_memory(out);
        }
    } catch (...) {
        return fail(out, {Errc::internal, {}, {}});
    }
}

}  // namespace licet::capi

uint32_t licet_version(void) {
    return LICET_VERSION_MAJOR << 16 | LICET_VERSION_MINOR << 8 | LICET_VERSION_PATCH;
}

licet_status licet_error_status(const licet_error* error) {
    return error ? error->status : LICET_OK;
}

const char* licet_error_rule(const licet_error* error) { return error ? error->rule : ""; }

const char* licet_error_message(const licet_error* error) {
    return error ? error->message.c_str() : "";
}

const char* licet_error_findings(const licet_error* error) {
    return error ? error->findings.c_str() : "[]";
}

void licet_error_free(licet_error* error) {
    if (error != &licet::capi::out_of_memory()) {
        delete error;
    }
}

const char* licet_text_data(const licet_text* text) { return text ? text->text.c_str() : ""; }

size_t licet_text_size(const licet_text* text) { return text ? text->text.size() : 0; }

void licet_text_free(licet_text* text) { delete text; }
