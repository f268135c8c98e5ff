#pragma once

/// \file
/// What a licet database is to PostgreSQL, and what each connection to one begins with.

#include <chrono>

#include "store/postgres_connection.hpp"

namespace licet::postgres {

/// Makes the session what the store relies on. Fails where the server cannot hold a store.
result<void> begin_session(Connection& connection, std::chrono::milliseconds statement_timeout,
                           Deadline deadline);

/// Fails with `store_not_durable` where this server may lose in a crash what it has acknowledged.
result<void> check_server_is_durable(Connection& connection, Deadline deadline);

/// Fails with `store_not_durable` where others take what this server writes and it waits for none.
result<void> check_cluster_is_durable(Connection& connection, Deadline deadline);

/// Makes what is not there and brings what is older up to date. Several may do this to one
/// database at once. Fails with `store_corrupt` where a table has the name of licet's and is not;
/// with `store_format_newer`.
result<void> prepare_schema(Connection& connection, Deadline deadline);

/// The statements of a store, by name. The schema is there.
result<void> prepare_statements(Connection& connection, Deadline deadline);

// What each takes and answers:
inline constexpr const char* read_statement = "licet_read";  // keys; place from 1, stamp, value
inline constexpr const char* scan_statement = "licet_scan";  // from, to, limit; key, stamp, value
inline constexpr const char* commit_statement = "licet_commit";  // see there; stamp, or null
inline constexpr const char* differing_statement =
    "licet_differing";  // keys, stamps; place or null

}  // namespace licet::postgres
