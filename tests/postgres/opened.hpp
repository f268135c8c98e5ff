#pragma once

/// \file
/// Stores on databases of the server that all tests share.

#include <memory>
#include <optional>
#include <string>

#include <doctest/doctest.h>

#include <licet/store/postgres.hpp>

#include "postgres/server.hpp"

namespace licet::test {

/// Of a new and empty database.
inline std::string fresh_uri() { return shared_server().uri(shared_server().new_database()); }

inline std::unique_ptr<PostgresStore> open(const std::string& uri, PostgresOptions options = {}) {
    auto store = PostgresStore::open(uri, options);
    REQUIRE_MESSAGE(store, store.error().message());
    return std::move(store).value();
}

inline void check_refused(const std::string& uri, Errc code, PostgresOptions options = {}) {
    const auto store = PostgresStore::open(uri, options);
    REQUIRE_FALSE(store);
    CHECK_MESSAGE(store.error().code == code, store.error().message());
}

inline std::optional<Value> get(Store& store, const std::string& key) {
    const auto values = store.read({key});
    REQUIRE_MESSAGE(values, values.error().message());
    return values.value().at(0);
}

}  // namespace licet::test
