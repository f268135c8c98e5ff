#include "boundary.hpp"

#include <new>
#include <stdexcept>
#include <string>

#include <doctest/doctest.h>

namespace capi = licet::capi;
using licet::result;

TEST_CASE("an exception stops at the boundary") {
    licet_error* error = nullptr;
    const licet_status status = capi::guard(
        &error, {}, {}, []() -> result<void> { throw std::runtime_error("disk on fire"); });
    CHECK(status == LICET_INTERNAL);
    REQUIRE(error);
    CHECK(licet_error_rule(error) == std::string("internal"));
    CHECK(std::string(licet_error_message(error)).find("disk on fire") != std::string::npos);
    licet_error_free(error);
}

TEST_CASE("an exception that is none of std's stops too") {
    licet_error* error = nullptr;
    CHECK(capi::guard(&error, {}, {}, []() -> result<void> { throw 7; }) == LICET_INTERNAL);
    REQUIRE(error);
    licet_error_free(error);
}

TEST_CASE("running out of memory is a status of its own") {
    licet_error* error = nullptr;
    CHECK(capi::guard(&error, {}, {}, []() -> result<void> { throw std::bad_alloc(); }) ==
          LICET_OUT_OF_MEMORY);
    REQUIRE(error);
    CHECK(licet_error_status(error) == LICET_OUT_OF_MEMORY);
    CHECK(licet_error_rule(error) == std::string("out_of_memory"));
    CHECK(licet_error_findings(error) == std::string("[]"));
    licet_error_free(error);  // there is one of it, and it stays
    CHECK(licet_error_message(error) == std::string("out of memory"));
}

TEST_CASE("a failure of a store's own domain is one of storage") {
    const licet::Error failure{std::make_error_code(std::errc::no_space_on_device), "disk", {}};
    licet_error* error = nullptr;
    CHECK(capi::fail(&error, failure) == LICET_STORAGE);
    CHECK(licet_error_rule(error) == std::string());
    licet_error_free(error);
}

TEST_CASE("the longest text that can be is taken, and one byte more is not") {
    CHECK(capi::is_possible({"", PTRDIFF_MAX}));
    CHECK_FALSE(capi::is_possible({"", static_cast<std::size_t>(PTRDIFF_MAX) + 1}));
    CHECK_FALSE(capi::is_possible({"", LICET_NUL_TERMINATED - 1}));
    CHECK(capi::is_possible({"", LICET_NUL_TERMINATED}));
}

TEST_CASE("NULL is the empty string, whatever its size") {
    CHECK(capi::view({nullptr, 0}).empty());
    CHECK(capi::view({nullptr, 7}).empty());
    CHECK(capi::view({nullptr, LICET_NUL_TERMINATED}).empty());
}
