#pragma once

/// \file
/// The views of a licet database, for people and their reports: the same as those of an SQLite
/// file. Each looks at one range of keys: '0' is the byte after '/'. What is not in it is never
/// taken for JSON.

namespace licet::postgres {

inline constexpr const char* views = R"sql(
CREATE VIEW licet_offers AS
SELECT r.j #>> '{value,draft,publisher}' AS publisher,
       r.j #>> '{value,draft,id}' AS offer,
       r.j #>> '{value,draft,alias}' AS alias,
       r.j #>> '{value,draft,type}' AS type,
       r.j #>> '{value,draft,status}' AS status,
       r.j #>> '{value,draft,phase}' AS phase,
       r.j #>> '{value,live,status}' AS live_status,
       coalesce(r.j #>> '{value,live,live_at}', r.j #>> '{value,draft,live_at}') AS live_at,
       (r.j ->> 'revision')::bigint AS revision
FROM (SELECT value::json AS j FROM licet WHERE key >= 'offer/' AND key < 'offer0' OFFSET 0) AS r;

CREATE VIEW licet_plans AS
SELECT r.j #>> '{value,draft,publisher}' AS publisher,
       r.j #>> '{value,draft,id}' AS offer,
       plan ->> 'id' AS plan,
       plan ->> 'name' AS name,
       plan ->> 'visibility' AS visibility,
       plan ->> 'state' AS state,
       plan ->> 'service_id' AS service_id,
       plan ->> 'more_info_url' AS more_info_url
FROM (SELECT value::json AS j FROM licet WHERE key >= 'offer/' AND key < 'offer0' OFFSET 0) AS r,
     json_array_elements(r.j #> '{value,draft,plans}') AS plan;

CREATE VIEW licet_deals AS
SELECT r.j #>> '{value,publisher}' AS publisher,
       r.j #>> '{value,id}' AS deal,
       r.j #>> '{value,kind}' AS kind,
       r.j #>> '{value,offer}' AS offer,
       r.j #>> '{value,customer,company}' AS company,
       r.j #>> '{value,customer,tenant}' AS tenant,
       r.j #>> '{value,state}' AS state,
       r.j #>> '{value,contract,start}' AS start,
       r.j #>> '{value,contract,end}' AS "end",
       r.j #>> '{value,contract,total_value,amount}' AS total_value,
       r.j #>> '{value,contract,total_value,currency}' AS currency,
       (r.j ->> 'revision')::bigint AS revision
FROM (SELECT value::json AS j FROM licet WHERE key >= 'deal/' AND key < 'deal0' OFFSET 0) AS r;

CREATE VIEW licet_licenses AS
SELECT r.j #>> '{value,publisher}' AS publisher,
       r.j #>> '{value,id}' AS deal,
       r.j #>> '{value,customer,tenant}' AS tenant,
       line ->> 'plan' AS plan,
       line ->> 'service_id' AS service_id,
       (line ->> 'quantity')::bigint AS quantity,
       line ->> 'since' AS since
FROM (SELECT value::json AS j FROM licet WHERE key >= 'deal/' AND key < 'deal0' OFFSET 0) AS r,
     json_array_elements(r.j #> '{value,licenses}') AS line;

-- A seat's key is that of its pool's seats and then the user; it counts in its pool's epoch only.
-- A direct seat of the first epoch says neither.
CREATE VIEW licet_seats AS
SELECT pool.j #>> '{value,tenant}' AS tenant,
       pool.j #>> '{value,service_id}' AS service_id,
       substr(seat.key, length(pool.seats) + 2) AS "user",
       seat.j ->> 'since' AS since,
       coalesce(seat.j -> 'sources', '["direct"]') AS sources,
       seat.j ->> 'usage_location' AS usage_location
FROM (SELECT p.j, 'seat/' || (p.j #>> '{value,tenant}') || '/' || (p.j #>> '{value,number}') AS seats
      FROM (SELECT value::json AS j FROM licet WHERE key >= 'pool/' AND key < 'pool0' OFFSET 0) AS p
     ) AS pool
CROSS JOIN LATERAL (
    SELECT key, value::json AS j FROM licet
    WHERE key >= pool.seats || '/' AND key < pool.seats || '0' OFFSET 0) AS seat
WHERE coalesce(seat.j ->> 'epoch', '1') = pool.j #>> '{value,epoch}';

CREATE VIEW licet_events AS
SELECT r.j ->> 'stream' AS stream,
       (r.j ->> 'number')::bigint AS number,
       r.j ->> 'at' AS at,
       r.j ->> 'operation' AS operation,
       r.j #>> '{by,id}' AS "by",
       r.j ->> 'command' AS command,
       r.j -> 'details' AS details
FROM (SELECT value::json AS j FROM licet WHERE key >= 'event/' AND key < 'event0' OFFSET 0) AS r;
)sql";

}  // namespace licet::postgres
