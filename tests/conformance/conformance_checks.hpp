#pragma once

#include <licet/store/conformance.hpp>

#include <doctest/doctest.h>

/// One check for each case, so that a failure names what the store does not do.
inline void check_conformance(licet::Store& store) {
    const auto report = licet::check_store(store);
    CHECK(report.cases.size() > 30);
    for (const auto& one : report.cases) {
        CHECK_MESSAGE(one.ok, one.name, ": ", one.detail);
        CHECK(one.detail.empty() == one.ok);
    }
    CHECK(report.ok());
}
