#pragma once

/// \file
/// A store in a PostgreSQL database, of version 12 or newer and in UTF-8: one server, or a cluster
/// behind a URI with several hosts. Any number of stores, in any number of processes, may be open
/// on one database.
///
/// It is there where licet was built with LICET_POSTGRES, and then so is the target
/// licet::postgres.
///
/// One `read` is one round trip and one statement, and so is one `commit`; which key it was that
/// a conflict was about is asked for with one more. The first store that is opened makes what it
/// needs in the schema that new tables go to: a table of records, a sequence of stamps, a function
/// that commits, and views for people: licet_offers, licet_plans, licet_deals, licet_licenses,
/// licet_seats, licet_events.
///
/// Batches take their turns by advisory locks of the transaction, of the class x'6c696365', so the
/// database is PostgreSQL itself: what speaks its protocol and has no such locks, or has them on
/// each of its nodes, keeps no promise of a store.

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include <licet/store/store.hpp>

namespace licet {

struct PostgresOptions {
    /// How long the server works at a call before it gives up (`store_busy`), 1 ms to 1 h. A call
    /// that gets no answer ends after twice as long, and a commit is then `outcome_unknown`. Where
    /// a connection has to be made first, a call waits for that as well. An atomic change of
    /// hundreds of thousands of seats may need more than 10 s; in parts (best effort) it does not.
    std::chrono::milliseconds timeout{10'000};
    /// At most so many connections; a call that finds all of them in use waits for one.
    std::size_t connections_max = 8;
    /// Takes a database that may lose what it has acknowledged, in a crash or a failover.
    bool allow_async = false;
};

/// A commit that has returned is on the server's disk, and where the server replicates
/// synchronously also on a standby: on its disk, or, where `synchronous_commit` is `remote_write`,
/// with its system.
///
/// A call that fails has left nothing behind, nor will it; `outcome_unknown` is answered only where
/// a whole commit may have been sent and no whole answer came. A connection that broke is replaced
/// by the next call. What has certainly not happened, and every read, is tried once more by the
/// call itself.
class PostgresStore final : public Store {
public:
    /// Connects by libpq. The URI begins with postgresql:// or postgres:// and may name several
    /// hosts; `target_session_attrs` is read-write where it does not say otherwise. TLS, passwords
    /// and the rest are libpq's: parameters, PGPASSFILE, PGSERVICE and so on. An '@' in a user's
    /// name or a password is written %40. No password is ever in an error.
    ///
    /// Fails with `url_syntax`; with `store_failed`; with `store_corrupt` where a table has the
    /// name of licet's; with `store_format_newer`; and, unless `allow_async`, with
    /// `store_not_durable` where
    /// - `fsync` or `synchronous_commit` is off (judged again at each connection),
    /// - other servers take what this one writes, or have a slot to take it from, and it waits for
    ///   none of them: `synchronous_standby_names` is empty, or `synchronous_commit` is `local`.
    ///   Judged once: in a failover the new primary is alone for a moment. Logical replication does
    ///   not count.
    static result<std::unique_ptr<PostgresStore>> open(const std::string& uri,
                                                       PostgresOptions options = {});
    ~PostgresStore() override;

    result<std::vector<std::optional<Value>>> read(const std::vector<std::string>& keys) override;
    result<ScanPage> scan(std::string_view from, std::string_view to, std::size_t limit) override;
    result<Stamp> commit(const Batch& batch) override;
    Limits limits() const noexcept override;

private:
    struct State;
    explicit PostgresStore(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace licet
