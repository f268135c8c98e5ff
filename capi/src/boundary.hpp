#pragma once

/// \file
/// Where C meets C++: strings come in, failures go out, exceptions stop.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include <licet.h>
#include <licet/error.hpp>

namespace licet::capi {

/// A string as C gives it.
struct Text {
    const char* data;
    std::size_t size;
};

/// Whether a text can be that long at all: a size of -1 that went through unsigned is caught here.
constexpr bool is_possible(Text text) noexcept {
    return text.size <= PTRDIFF_MAX || text.size == LICET_NUL_TERMINATED;
}

/// The string that the caller meant by (data, size).
inline std::string_view view(Text text) noexcept {
    if (!text.data) {
        return {};
    }
    return text.size == LICET_NUL_TERMINATED ? std::string_view(text.data)
                                             : std::string_view(text.data, text.size);
}

/// What must not be NULL, and its name in licet.h.
struct Needed {
    const void* pointer;
    const char* name;
};

// Each sets *out, unless `out` is null, and returns the status to return.
licet_status fail(licet_error** out, const Error& error) noexcept;
licet_status fail_with_current_exception(licet_error** out) noexcept;

/// The body of every function that can fail: first what all of them check of their parameters,
/// then `body`, which returns `result<void>`. Its failure, or the exception it throws, becomes a
/// status and a licet_error.
template <class Body>
licet_status guard(licet_error** out, std::initializer_list<Needed> needed,
                   std::initializer_list<Text> texts, Body&& body) noexcept {
    try {
        for (const Needed& one : needed) {
            if (!one.pointer) {
                return fail(out, {Errc::null_argument, one.name, {}});
            }
        }
        for (const Text text : texts) {
            if (!is_possible(text)) {
                return fail(out, {Errc::argument_size, std::to_string(text.size), {}});
            }
        }
        if (const result<void> done = body(); !done) {
            return fail(out, done.error());
        }
    } catch (...) {
        return fail_with_current_exception(out);
    }
    if (out) {
        *out = nullptr;
    }
    return LICET_OK;
}

/// Sets an output to what it is where nothing comes of the call.
template <class T>
void clear(T** out) noexcept {
    if (out) {
        *out = nullptr;
    }
}

}  // namespace licet::capi
