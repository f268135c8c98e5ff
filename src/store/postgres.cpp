#include <licet/store/postgres.hpp>

#include <algorithm>
#include <cassert>
#include <limits>
#include <string_view>
#include <utility>

#include <boost/outcome/try.hpp>

#include "store/postgres_batch.hpp"
#include "store/postgres_pool.hpp"
#include "store/postgres_schema.hpp"
#include "store/postgres_uri.hpp"

namespace licet {
namespace {

using namespace std::chrono_literals;
using postgres::Arguments;
using postgres::Array;
using postgres::Connection;
using postgres::Deadline;
using postgres::Rows;

// PostgreSQL takes at most 1 GiB of anything: a value, and all the values of a statement.
constexpr std::size_t value_bytes_max = std::size_t{256} << 20U;
constexpr std::size_t batch_bytes_max = std::size_t{512} << 20U;

constexpr std::string_view before_all_keys = "!";
constexpr std::string_view after_all_keys = "\x7f";

Stamp stamp_in(const Rows& rows, int row, int column) {
    return static_cast<Stamp>(rows.number(row, column));
}

result<void> check_size(const Batch& batch) {
    std::size_t all = 0;
    for (const Write& write : batch.writes) {
        const std::size_t size = write.text ? write.text->size() : 0;
        all += write.key.size() + size;
        if (size > value_bytes_max || all > batch_bytes_max) {
            return Error{Errc::store_value, write.key + ", too long", {}};
        }
    }
    return boost::outcome_v2::success();
}

/// What a statement may have done, where its answer is missing.
enum class Effect { none, unknown };

}  // namespace

struct PostgresStore::State {
    State(std::string to, std::size_t hosts, PostgresOptions with)
        : uri(std::move(to)),
          options(with),
          connect_timeout(std::chrono::ceil<std::chrono::seconds>(options.timeout) /
                              static_cast<std::int64_t>(hosts) +
                          1s),
          pool([this] { return connect(); }, std::max<std::size_t>(options.connections_max, 1)) {}

    /// The server gives up first, so that what became of a statement is known.
    Deadline deadline() const { return std::chrono::steady_clock::now() + 2 * options.timeout; }

    result<Connection> begin() const {
        BOOST_OUTCOME_TRY(auto connection, Connection::open(uri, connect_timeout));
        BOOST_OUTCOME_TRY(postgres::begin_session(connection, options.timeout, deadline()));
        if (!options.allow_async) {
            BOOST_OUTCOME_TRY(postgres::check_server_is_durable(connection, deadline()));
        }
        return connection;
    }

    result<Connection> connect() const {
        BOOST_OUTCOME_TRY(auto connection, begin());
        BOOST_OUTCOME_TRY(postgres::prepare_statements(connection, deadline()));
        return connection;
    }

    result<Rows> run(const char* statement, const Arguments& arguments, Effect effect);
    /// What to tell of a batch that was refused for what is there.
    Error conflict(const std::vector<Expectation>& expectations);

    std::string uri;
    PostgresOptions options;
    std::chrono::seconds connect_timeout;
    postgres::Pool pool;
};

result<Rows> PostgresStore::State::run(const char* statement, const Arguments& arguments,
                                       Effect effect) {
    constexpr int contended_max = 8;
    const Deadline until = deadline();
    int contended = 0;
    for (bool is_first_connection = true;;) {
        BOOST_OUTCOME_TRY(const auto loan, pool.borrow(until));
        Connection& connection = **loan;
        auto rows = connection.run(statement, arguments, until);
        if (rows) {
            if (effect == Effect::unknown && !options.allow_async && connection.was_warned()) {
                return Error{Errc::outcome_unknown, "standbys were not waited for", {}};
            }
            return rows;
        }
        Error error = std::move(rows).error();
        if (error.code == Errc::outcome_unknown && effect == Effect::none) {
            error.code = Errc::store_failed;
        }
        const bool is_contended = error.code == Errc::contended;
        const bool is_lost = connection.has_ended() && error.code != Errc::outcome_unknown;
        const bool may_go_better = is_contended
                                       ? ++contended < contended_max
                                       : is_lost && std::chrono::steady_clock::now() < until &&
                                             std::exchange(is_first_connection, false);
        if (!may_go_better) {
            error.code = is_contended ? Errc::store_busy : error.code;
            return error;
        }
    }
}

Error PostgresStore::State::conflict(const std::vector<Expectation>& expectations) {
    auto rows =
        run(postgres::differing_statement, postgres::arguments_of(expectations), Effect::none);
    if (!rows) {
        return std::move(rows).error();
    }
    const auto place = static_cast<std::size_t>(rows.value().number(0, 0));
    if (place > 0) {
        return {Errc::store_conflict, expectations[place - 1].key, {}};
    }
    // It is gone again, as only what was to be absent can be.
    const auto gone = std::ranges::find(expectations, Stamp{0}, &Expectation::stamp);
    return {Errc::store_conflict, gone == expectations.end() ? "" : gone->key, {}};
}

result<std::unique_ptr<PostgresStore>> PostgresStore::open(const std::string& uri,
                                                           PostgresOptions options) {
    BOOST_OUTCOME_TRY(const std::size_t hosts, postgres::check_uri(uri));
    options.timeout = std::clamp<std::chrono::milliseconds>(options.timeout, 1ms, 1h);
    auto state = std::make_unique<State>(uri, hosts, options);
    BOOST_OUTCOME_TRY(auto connection, state->begin());
    if (!options.allow_async) {
        BOOST_OUTCOME_TRY(postgres::check_cluster_is_durable(connection, state->deadline()));
    }
    BOOST_OUTCOME_TRY(postgres::prepare_schema(connection, state->deadline()));
    return std::unique_ptr<PostgresStore>(new PostgresStore(std::move(state)));
}

PostgresStore::PostgresStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
PostgresStore::~PostgresStore() = default;

result<std::vector<std::optional<Value>>> PostgresStore::read(
    const std::vector<std::string>& keys) {
    std::vector<std::optional<Value>> values(keys.size());
    if (keys.empty()) {
        return values;
    }
    Array wanted(Array::Of::texts);
    for (const std::string& key : keys) {
        wanted.add_text(key);
    }
    BOOST_OUTCOME_TRY(const Rows rows, state_->run(postgres::read_statement,
                                                   {std::move(wanted).take()}, Effect::none));
    for (int row = 0; row < rows.size(); ++row) {
        const auto place = static_cast<std::size_t>(rows.number(row, 0)) - 1;
        values[place] = Value{std::string(rows.text(row, 2)), stamp_in(rows, row, 1)};
    }
    return values;
}

result<ScanPage> PostgresStore::scan(std::string_view from, std::string_view to,
                                     std::size_t limit) {
    assert(limit > 0);
    constexpr std::size_t limit_max = std::numeric_limits<std::int64_t>::max() - 1;
    const std::size_t wanted = std::min(limit, limit_max) + 1;  // the last one says where to go on
    const Arguments arguments{std::string(from.empty() ? before_all_keys : from),
                              std::string(to.empty() ? after_all_keys : to),
                              postgres::number(static_cast<std::int64_t>(wanted))};
    BOOST_OUTCOME_TRY(const Rows rows,
                      state_->run(postgres::scan_statement, arguments, Effect::none));
    ScanPage page;
    for (int row = 0; row < rows.size(); ++row) {
        std::string key(rows.text(row, 0));
        if (page.records.size() == limit) {
            page.next = std::move(key);
            break;
        }
        page.records.push_back(
            {std::move(key), std::string(rows.text(row, 2)), stamp_in(rows, row, 1)});
    }
    return page;
}

result<Stamp> PostgresStore::commit(const Batch& batch) {
    BOOST_OUTCOME_TRY(check_batch(batch));
    BOOST_OUTCOME_TRY(check_size(batch));
    auto rows =
        state_->run(postgres::commit_statement, postgres::arguments_of(batch), Effect::unknown);
    if (rows && !rows.value().is_null(0, 0)) {
        return stamp_in(rows.value(), 0, 0);
    }
    if (rows || rows.error().code == Errc::store_conflict) {
        return state_->conflict(batch.expectations);
    }
    return std::move(rows).error();
}

Limits PostgresStore::limits() const noexcept {
    Limits limits;
    limits.value_bytes = value_bytes_max;
    return limits;
}

}  // namespace licet
