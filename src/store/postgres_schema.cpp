#include "store/postgres_schema.hpp"

#include <iterator>
#include <span>
#include <string>

#include <boost/outcome/try.hpp>

#include "store/postgres_views.hpp"

namespace licet::postgres {
namespace {

// The shard is there for who distributes the table: all of a customer's records have the same.
//
// A batch takes its turn at its shards before it looks at anything, since no lock on rows holds
// what is absent: FOR UPDATE where it writes, FOR SHARE where it only relies on what is there,
// one after the other in their order, so that no two batches wait for each other. A stamp is
// drawn within the turn. So of all that write a key each sees what those before it wrote, draws a
// greater stamp, and is done with it, durably, before the next looks.
//
// A conflict has written nothing but the locks, and need not wait for a disk.
constexpr const char* tables = R"sql(
CREATE TABLE licet_format (version bigint NOT NULL);
INSERT INTO licet_format VALUES (1);

CREATE TABLE licet (
    key text COLLATE "C" PRIMARY KEY,
    shard text COLLATE "C" NOT NULL GENERATED ALWAYS AS (split_part(key, '/', 2)) STORED,
    stamp bigint NOT NULL,
    value text NOT NULL
);
-- What is long is mostly ids, which shrink little for the time that it takes.
ALTER TABLE licet ALTER COLUMN value SET STORAGE EXTERNAL;
CREATE TABLE licet_shard (shard text COLLATE "C" PRIMARY KEY);
CREATE SEQUENCE licet_stamp AS bigint;

CREATE FUNCTION licet_commit(
    shards text[], written boolean[],            -- in order, and whether each is written to
    keys text[], stamps bigint[], texts text[],  -- no stamp: none is expected; no text: none given
    removed text[],                              -- of the keys
    OUT new_stamp bigint,                        -- null where there is a conflict:
    OUT conflict_at bigint                       -- the first of the keys that has another stamp
) LANGUAGE plpgsql AS $$
DECLARE
    turn record;
BEGIN
    FOR turn IN SELECT * FROM unnest(shards, written) AS t(shard, is_written) LOOP
        LOOP
            IF turn.is_written THEN
                PERFORM FROM licet_shard s WHERE s.shard = turn.shard FOR UPDATE;
            ELSE
                PERFORM FROM licet_shard s WHERE s.shard = turn.shard FOR SHARE;
            END IF;
            EXIT WHEN FOUND;
            INSERT INTO licet_shard VALUES (turn.shard) ON CONFLICT DO NOTHING;
        END LOOP;
    END LOOP;

    -- What is new is judged by the write itself: one look at the table and not two.
    PERFORM FROM (SELECT unnest(keys) AS key, unnest(stamps) AS stamp, unnest(texts) AS text) AS e
    LEFT JOIN licet l ON l.key = e.key
    WHERE NOT (e.stamp = 0 AND e.text IS NOT NULL) AND coalesce(l.stamp, 0) <> e.stamp;
    IF NOT FOUND THEN
        BEGIN
            new_stamp := nextval('licet_stamp');
            INSERT INTO licet (key, stamp, value)
            SELECT n.key, new_stamp, n.text
            FROM (SELECT unnest(keys) AS key, unnest(stamps) AS stamp, unnest(texts) AS text) AS n
            WHERE n.stamp = 0 AND n.text IS NOT NULL;
            INSERT INTO licet (key, stamp, value)
            SELECT p.key, new_stamp, p.text
            FROM (SELECT unnest(keys) AS key, unnest(stamps) AS stamp, unnest(texts) AS text) AS p
            WHERE p.stamp IS DISTINCT FROM 0 AND p.text IS NOT NULL
            ON CONFLICT (key) DO UPDATE SET stamp = excluded.stamp, value = excluded.value;
            DELETE FROM licet l USING unnest(removed) AS r(key) WHERE l.key = r.key;
            RETURN;
        EXCEPTION WHEN unique_violation THEN
            new_stamp := NULL;
        END;
    END IF;

    PERFORM set_config('synchronous_commit', 'off', true);
    SELECT min(e.place) INTO conflict_at
    FROM unnest(keys, stamps) WITH ORDINALITY AS e(key, stamp, place)
    LEFT JOIN licet l ON l.key = e.key
    WHERE coalesce(l.stamp, 0) <> e.stamp;
END
$$;
)sql";

constexpr const char* version_1[] = {tables, views};

/// What makes version n + 1 of version n, at n.
constexpr std::span<const char* const> migrations[] = {version_1};
constexpr std::int64_t format = std::size(migrations);

// Whatever else the database is used for, statements of the store look rows up by their keys: a
// plan made while the table was small must not walk through it when it is large. Reads committed
// is what lets a batch see, after its turn has come, what those before it did.
constexpr const char* session = R"sql(
SET default_transaction_isolation = 'read committed';
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET plan_cache_mode = force_generic_plan;
SET jit = off;
SET lock_timeout = 0;
)sql";

constexpr const char* statements = R"sql(
PREPARE licet_read(text[]) AS
SELECT k.place, l.stamp, l.value
FROM unnest($1) WITH ORDINALITY AS k(key, place) JOIN licet l ON l.key = k.key;
PREPARE licet_scan(text, text, bigint) AS
SELECT key, stamp, value FROM licet WHERE key >= $1 AND key < $2 ORDER BY key LIMIT $3;
PREPARE licet_commit(text[], boolean[], text[], bigint[], text[], text[]) AS
SELECT new_stamp, conflict_at FROM licet_commit($1, $2, $3, $4, $5, $6);
)sql";

constexpr std::int64_t oldest_server = 120000;

/// The format of the database; 0 where nothing of licet's is there.
result<std::int64_t> look_at(Connection& connection, Deadline deadline) {
    // One look at the catalog: while another makes the tables there are all of them or none.
    BOOST_OUTCOME_TRY(const Rows there, connection.execute(R"sql(
        SELECT count(*), count(*) FILTER (WHERE relname = 'licet_format') FROM pg_class
        WHERE relname IN ('licet', 'licet_format', 'licet_shard', 'licet_stamp')
          AND pg_table_is_visible(oid))sql",
                                                           deadline));
    if (there.number(0, 0) == 0) {
        return 0;
    }
    if (there.number(0, 0) == 4 && there.number(0, 1) == 1) {
        BOOST_OUTCOME_TRY(const Rows marks,
                          connection.execute("SELECT version FROM licet_format", deadline));
        if (marks.size() == 1 && marks.number(0, 0) > format) {
            return Error{Errc::store_format_newer, "format " + std::string(marks.text(0, 0)), {}};
        }
        if (marks.size() == 1 && marks.number(0, 0) > 0) {
            return marks.number(0, 0);
        }
    }
    return Error{Errc::store_corrupt, "a table of that name is not licet's", {}};
}

}  // namespace

result<void> begin_session(Connection& connection, std::chrono::milliseconds statement_timeout,
                           Deadline deadline) {
    const std::string timeout =
        "SET statement_timeout = " + std::to_string(statement_timeout.count()) + ";";
    BOOST_OUTCOME_TRY(
        const Rows about,
        connection.execute("SELECT current_setting('server_version_num'),"
                           " current_setting('server_encoding'), current_setting('server_version')",
                           deadline));
    if (about.number(0, 0) < oldest_server) {
        return Error{
            Errc::store_failed, "PostgreSQL " + std::string(about.text(0, 2)) + " is too old", {}};
    }
    if (about.text(0, 1) != "UTF8") {
        return Error{Errc::store_failed, "the database is not in UTF-8", {}};
    }
    BOOST_OUTCOME_TRY(connection.execute(session + timeout, deadline));
    return boost::outcome_v2::success();
}

result<void> check_server_is_durable(Connection& connection, Deadline deadline) {
    BOOST_OUTCOME_TRY(const Rows off, connection.execute(R"sql(
        SELECT name FROM unnest(ARRAY['fsync', 'synchronous_commit']) AS name
        WHERE current_setting(name) = 'off')sql",
                                                         deadline));
    if (off.size() > 0) {
        return Error{Errc::store_not_durable, std::string(off.text(0, 0)) + " is off", {}};
    }
    return boost::outcome_v2::success();
}

// Of a walsender a common user sees no more than that it is there. A slot without one is that of
// a standby that is away.
result<void> check_cluster_is_durable(Connection& connection, Deadline deadline) {
    BOOST_OUTCOME_TRY(const Rows seen, connection.execute(R"sql(
        SELECT (SELECT count(*) FROM pg_stat_replication r
                LEFT JOIN pg_replication_slots s ON s.active_pid = r.pid
                WHERE s.slot_type IS DISTINCT FROM 'logical'
                  AND r.state IS DISTINCT FROM 'backup')
             + (SELECT count(*) FROM pg_replication_slots
                WHERE slot_type = 'physical' AND NOT active),
               current_setting('synchronous_standby_names') = ''
                   OR current_setting('synchronous_commit') IN ('local', 'off'))sql",
                                                          deadline));
    if (seen.number(0, 0) > 0 && seen.text(0, 1) == "t") {
        return Error{Errc::store_not_durable, "the cluster replicates asynchronously", {}};
    }
    return boost::outcome_v2::success();
}

result<void> prepare_schema(Connection& connection, Deadline deadline) {
    BOOST_OUTCOME_TRY(std::int64_t there, look_at(connection, deadline));
    if (there == format) {
        return boost::outcome_v2::success();
    }
    // Who fails in here is not asked for more: the end of the connection rolls back.
    BOOST_OUTCOME_TRY(
        connection.execute("BEGIN; SELECT pg_advisory_xact_lock(x'6c69636574'::bigint)", deadline));
    BOOST_OUTCOME_TRY(there, look_at(connection, deadline));
    for (; there < format; ++there) {
        for (const char* script : migrations[there]) {
            BOOST_OUTCOME_TRY(connection.execute(script, deadline));
        }
    }
    BOOST_OUTCOME_TRY(connection.execute(
        "UPDATE licet_format SET version = " + std::to_string(format) + "; COMMIT", deadline));
    return boost::outcome_v2::success();
}

result<void> prepare_statements(Connection& connection, Deadline deadline) {
    BOOST_OUTCOME_TRY(connection.execute(statements, deadline));
    return boost::outcome_v2::success();
}

}  // namespace licet::postgres
