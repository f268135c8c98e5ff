#pragma once

/// \file
/// The views of a licet file, for people and their reports. Each looks at one range of keys: '0'
/// is the byte after '/'.

namespace licet::sqlite {

inline constexpr const char* views = R"sql(
CREATE VIEW licet_offers AS
SELECT json_extract(value, '$.value.draft.publisher') AS publisher,
       json_extract(value, '$.value.draft.id') AS offer,
       json_extract(value, '$.value.draft.alias') AS alias,
       json_extract(value, '$.value.draft.type') AS type,
       json_extract(value, '$.value.draft.status') AS status,
       json_extract(value, '$.value.draft.phase') AS phase,
       json_extract(value, '$.value.live.status') AS live_status,
       coalesce(json_extract(value, '$.value.live.live_at'),
                json_extract(value, '$.value.draft.live_at')) AS live_at,
       json_extract(value, '$.revision') AS revision
FROM licet
WHERE key >= 'offer/' AND key < 'offer0';

CREATE VIEW licet_plans AS
SELECT json_extract(licet.value, '$.value.draft.publisher') AS publisher,
       json_extract(licet.value, '$.value.draft.id') AS offer,
       json_extract(plan.value, '$.id') AS plan,
       json_extract(plan.value, '$.name') AS name,
       json_extract(plan.value, '$.visibility') AS visibility,
       json_extract(plan.value, '$.state') AS state,
       json_extract(plan.value, '$.service_id') AS service_id,
       json_extract(plan.value, '$.more_info_url') AS more_info_url
FROM licet, json_each(licet.value, '$.value.draft.plans') AS plan
WHERE licet.key >= 'offer/' AND licet.key < 'offer0';

CREATE VIEW licet_deals AS
SELECT json_extract(value, '$.value.publisher') AS publisher,
       json_extract(value, '$.value.id') AS deal,
       json_extract(value, '$.value.kind') AS kind,
       json_extract(value, '$.value.offer') AS offer,
       json_extract(value, '$.value.customer.company') AS company,
       json_extract(value, '$.value.customer.tenant') AS tenant,
       json_extract(value, '$.value.state') AS state,
       json_extract(value, '$.value.contract.start') AS start,
       json_extract(value, '$.value.contract.end') AS "end",
       json_extract(value, '$.value.contract.total_value.amount') AS total_value,
       json_extract(value, '$.value.contract.total_value.currency') AS currency,
       json_extract(value, '$.revision') AS revision
FROM licet
WHERE key >= 'deal/' AND key < 'deal0';

CREATE VIEW licet_licenses AS
SELECT json_extract(licet.value, '$.value.publisher') AS publisher,
       json_extract(licet.value, '$.value.id') AS deal,
       json_extract(licet.value, '$.value.customer.tenant') AS tenant,
       json_extract(line.value, '$.plan') AS plan,
       json_extract(line.value, '$.service_id') AS service_id,
       json_extract(line.value, '$.quantity') AS quantity,
       json_extract(line.value, '$.since') AS since
FROM licet, json_each(licet.value, '$.value.licenses') AS line
WHERE licet.key >= 'deal/' AND licet.key < 'deal0';

-- A seat's key is that of its pool's seats and then the user; it counts in its pool's epoch only.
-- A direct seat of the first epoch says neither.
CREATE VIEW licet_seats AS
SELECT pool.tenant AS tenant,
       pool.service_id AS service_id,
       substr(seat.key, length(pool.seats) + 2) AS user,
       json_extract(seat.value, '$.since') AS since,
       coalesce(json_extract(seat.value, '$.sources'), '["direct"]') AS sources,
       json_extract(seat.value, '$.usage_location') AS usage_location
FROM (SELECT json_extract(value, '$.value.tenant') AS tenant,
             json_extract(value, '$.value.service_id') AS service_id,
             json_extract(value, '$.value.epoch') AS epoch,
             'seat/' || json_extract(value, '$.value.tenant') || '/' ||
                 json_extract(value, '$.value.number') AS seats
      FROM licet
      WHERE key >= 'pool/' AND key < 'pool0') AS pool
CROSS JOIN licet AS seat
WHERE seat.key >= pool.seats || '/' AND seat.key < pool.seats || '0'
  AND coalesce(json_extract(seat.value, '$.epoch'), 1) = pool.epoch;

CREATE VIEW licet_events AS
SELECT json_extract(value, '$.stream') AS stream,
       json_extract(value, '$.number') AS number,
       json_extract(value, '$.at') AS at,
       json_extract(value, '$.operation') AS operation,
       json_extract(value, '$.by.id') AS "by",
       json_extract(value, '$.command') AS command,
       json_extract(value, '$.details') AS details
FROM licet
WHERE key >= 'event/' AND key < 'event0';
)sql";

}  // namespace licet::sqlite
