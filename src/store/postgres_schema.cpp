#include "store/postgres_schema.hpp"

#include <iterator>
#include <span>
#include <string>

#include <boost/outcome/try.hpp>

#include "store/postgres_views.hpp"

namespace licet::postgres {
namespace {

// The shard is there for who distributes the table: all of a customer's records have the same.
// Not a generated column, whose rule each statement would read anew.
//
// A batch takes its turns before it looks at anything, since no lock on rows holds what is absent:
// alone where it writes, with others where it only relies on what is there, one after the other in
// their order, so that no two batches wait for each other. A stamp is drawn within the turn. So of
// all that write a key each sees what those before it wrote, since each statement in here looks
// anew, draws a greater stamp, and is done with it, durably, before the next looks: a turn ends
// with the transaction, on whatever server. Turns are in nobody's way but those who take locks
// of the class 'lice' themselves, and are written nowhere.
//
// A conflict is found before anything is written, and told as null; or else by the writing, and
// then it is an error, which takes back what was written. Neither waits for a disk. Which key it
// was is asked for afterwards.
constexpr const char* tables = R"sql(
CREATE TABLE licet_format (version bigint NOT NULL);
INSERT INTO licet_format VALUES (1);

CREATE TABLE licet (
    key text COLLATE "C" PRIMARY KEY,
    shard text COLLATE "C" NOT NULL,
    stamp bigint NOT NULL,
    value text NOT NULL
);
-- What is long is mostly ids, which shrink little for the time that it takes.
ALTER TABLE licet ALTER COLUMN value SET STORAGE EXTERNAL;
CREATE SEQUENCE licet_stamp AS bigint;

CREATE FUNCTION licet_commit(
    turns bigint[],                                          -- in order; less than 0: with others
    relied text[], relied_stamps bigint[],                   -- not given a value; 0: absent
    changed text[], changed_stamps bigint[], changed_texts text[],
    made text[], made_texts text[],                          -- absent until now
    given text[], given_texts text[],                        -- whatever is there
    removed text[]                                           -- null is none of each
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    turn bigint;
    new_stamp bigint;
    hits bigint;
    is_conflict boolean := false;
BEGIN
    FOREACH turn IN ARRAY coalesce(turns, '{}') LOOP
        -- Expressions: a statement for each would cost more than what it does.
        IF turn > 0 THEN
            CONTINUE WHEN pg_advisory_xact_lock(x'6c696365'::int, turn::int) IS NULL;
        ELSE
            CONTINUE WHEN pg_advisory_xact_lock_shared(x'6c696365'::int, -turn::int) IS NULL;
        END IF;
    END LOOP;

    IF relied IS NOT NULL THEN
        PERFORM FROM (SELECT unnest(relied) AS key, unnest(relied_stamps) AS stamp) AS r
        LEFT JOIN licet l ON l.key = r.key
        WHERE coalesce(l.stamp, 0) <> r.stamp;
        is_conflict := FOUND;
    END IF;
    IF NOT is_conflict THEN
        new_stamp := nextval('licet_stamp');
        IF changed IS NOT NULL THEN
            IF cardinality(changed) = 1 THEN
                UPDATE licet SET stamp = new_stamp, value = changed_texts[1]
                WHERE key = changed[1] AND stamp = changed_stamps[1];
            ELSE
                UPDATE licet l SET stamp = new_stamp, value = c.text
                FROM (SELECT unnest(changed) AS key, unnest(changed_stamps) AS stamp,
                             unnest(changed_texts) AS text) AS c
                WHERE l.key = c.key AND l.stamp = c.stamp;
            END IF;
            GET DIAGNOSTICS hits = ROW_COUNT;
            is_conflict := hits = 0;
            IF hits <> cardinality(changed) AND NOT is_conflict THEN
                RAISE SQLSTATE 'LI001' USING MESSAGE = 'licet: another was first';
            END IF;
        END IF;
    END IF;
    IF is_conflict THEN
        PERFORM set_config('synchronous_commit', 'off', true);
        RETURN NULL;
    END IF;

    IF made IS NOT NULL THEN
        INSERT INTO licet (key, shard, stamp, value)
        SELECT m.key, split_part(m.key, '/', 2), new_stamp, m.text
        FROM (SELECT unnest(made) AS key, unnest(made_texts) AS text) AS m;
    END IF;
    IF given IS NOT NULL THEN
        INSERT INTO licet (key, shard, stamp, value)
        SELECT g.key, split_part(g.key, '/', 2), new_stamp, g.text
        FROM (SELECT unnest(given) AS key, unnest(given_texts) AS text) AS g
        ON CONFLICT (key) DO UPDATE SET stamp = excluded.stamp, value = excluded.value;
    END IF;
    IF removed IS NOT NULL THEN
        DELETE FROM licet l USING unnest(removed) AS r(key) WHERE l.key = r.key;
    END IF;
    RETURN new_stamp;
END
$$;
)sql";

constexpr const char* version_1[] = {tables, views};

/// What makes version n + 1 of version n, at n.
constexpr std::span<const char* const> migrations[] = {version_1};
constexpr std::int64_t format = std::size(migrations);

// Whatever else the database is used for, statements of the store look rows up by their keys: a
// plan made while the table was small must not walk through it when it is large. Reads committed
// is what lets a batch see, after its turn has come, what those before it did. Only a warning
// tells of a commit that no standby has.
constexpr const char* session = R"sql(
SET default_transaction_isolation = 'read committed';
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET plan_cache_mode = force_generic_plan;
SET jit = off;
SET lock_timeout = 0;
SET client_min_messages = warning;
)sql";

constexpr const char* statements = R"sql(
PREPARE licet_read(text[]) AS
SELECT k.place, l.stamp, l.value
FROM unnest($1) WITH ORDINALITY AS k(key, place) JOIN licet l ON l.key = k.key;
PREPARE licet_scan(text, text, bigint) AS
SELECT key, stamp, value FROM licet WHERE key >= $1 AND key < $2 ORDER BY key LIMIT $3;
PREPARE licet_commit(bigint[], text[], bigint[], text[], bigint[], text[], text[], text[], text[],
                     text[], text[]) AS
SELECT licet_commit($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);
PREPARE licet_differing(text[], bigint[]) AS
SELECT min(e.place)
FROM unnest($1, $2) WITH ORDINALITY AS e(key, stamp, place) LEFT JOIN licet l ON l.key = e.key
WHERE coalesce(l.stamp, 0) <> e.stamp;
)sql";

constexpr std::int64_t oldest_server = 120000;

/// The format of the database; 0 where nothing of licet's is there.
result<std::int64_t> look_at(Connection& connection, Deadline deadline) {
    // One look at the catalog: while another makes the tables there are all of them or none.
    BOOST_OUTCOME_TRY(const Rows there, connection.execute(R"sql(
        SELECT count(*), count(*) FILTER (WHERE relname = 'licet_format') FROM pg_class
        WHERE relname IN ('licet', 'licet_format', 'licet_stamp')
          AND pg_table_is_visible(oid))sql",
                                                           deadline));
    if (there.number(0, 0) == 0) {
        return 0;
    }
    if (there.number(0, 0) == 3 && there.number(0, 1) == 1) {
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
