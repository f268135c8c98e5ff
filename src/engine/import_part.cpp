#include "engine/import_part.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>

#include <boost/outcome/try.hpp>

#include "engine/core.hpp"
#include "engine/kept_outcomes.hpp"
#include "engine/keys.hpp"
#include "engine/seat_records.hpp"
#include "formats/tables/seats.hpp"
#include "sha256.hpp"

namespace licet {
namespace {

// What the answer about a part is kept as.
struct KeptImport {
    std::uint64_t lines = 0;
    std::string digest;  // of those lines
    bool is_end = false;
    std::string outcomes;
};

using Rows = std::span<const formats::SeatsFileRow>;

std::string digest_of(Rows rows) {
    std::string text;
    for (const formats::SeatsFileRow& row : rows) {
        text.append(row.text).append("\n");
    }
    return sha256_hex(text);
}

}  // namespace

namespace formats {

template <>
struct Table<ImportPart> {
    static constexpr Field fields[] = {
        field<ImportPart, &ImportPart::tenant>("tenant"),
        field<ImportPart, &ImportPart::usage_location>("usage_location", Need::nullable),
    };
};
template <>
struct Table<KeptImport> {
    static constexpr Field fields[] = {
        field<KeptImport, &KeptImport::lines>("lines"),
        field<KeptImport, &KeptImport::digest>("digest"),
        field<KeptImport, &KeptImport::is_end>("is_end"),
        field<KeptImport, &KeptImport::outcomes>("outcomes"),
    };
};

}  // namespace formats

static std::string keep_answer(const ImportPart& part, const Written<ImportPart::Answer>& answer) {
    const std::size_t lines = answer.value.lines;
    return formats::encode(KeptImport{lines, digest_of(part.rest.first(lines)),
                                      part.is_end && lines == part.rest.size(),
                                      letters_of(answer.value.outcomes)});
}

static result<void> restore_answer(const ImportPart& part, std::string_view text,
                                   Written<ImportPart::Answer>& answer) {
    BOOST_OUTCOME_TRY(const KeptImport kept, formats::decode<KeptImport>(text));
    const bool has_lines = kept.lines <= part.rest.size();
    const bool is_end = has_lines && part.is_end && kept.lines == part.rest.size();
    const bool is_empty = kept.lines == 0 && !part.rest.empty();
    if (!has_lines || is_empty || (kept.is_end && !is_end) ||
        kept.digest != digest_of(part.rest.first(kept.lines))) {
        return Error{Errc::idempotency_key_reused, "by an import of other lines", {}};
    }
    std::vector<UserId> users;
    for (const formats::SeatsFileRow& row : part.rest.first(kept.lines)) {
        if (row.names_seat()) {
            users.push_back(row.user);
        }
    }
    BOOST_OUTCOME_TRY(answer.value.outcomes, outcomes_of(users, kept.outcomes));
    answer.value.lines = kept.lines;
    return boost::outcome_v2::success();
}

namespace {

// The lines about one pool.
class Share {
public:
    // `place` is where the line's outcome will stand.
    void add(const UserId& user, std::size_t place) { wants_.push_back({user, place}); }

    // When all are added.
    void sort(const TenantId& tenant, const ServiceId& service_id) {
        pool_key_ = keys::pool(tenant, service_id);
        for (const Want& want : wants_) {
            sorted_.push_back(want.user);
        }
        sort_distinct(sorted_);
    }

    const std::string& pool_key() const noexcept { return pool_key_; }
    const std::vector<UserId>& sorted_users() const noexcept { return sorted_; }

    // In the order of their lines.
    std::vector<UserId> users() const {
        std::vector<bool> met(sorted_.size());
        std::vector<UserId> users;
        users.reserve(sorted_.size());
        for (const Want& want : wants_) {
            if (!met[index_of(want.user)]) {
                met[index_of(want.user)] = true;
                users.push_back(want.user);
            }
        }
        return users;
    }

    // Who is named again has by then what the first line brought.
    void tell(const std::vector<SeatOutcome>& of_users, std::vector<SeatOutcome>& outcomes) const {
        std::vector<SeatOutcome> left(sorted_.size());
        for (const SeatOutcome& outcome : of_users) {
            left[index_of(outcome.user)] = outcome;
        }
        for (const Want& want : wants_) {
            SeatOutcome& outcome = left[index_of(want.user)];
            outcomes[want.place] = outcome;
            if (outcome.outcome == Outcome::assigned) {
                outcome.outcome = Outcome::already;
            }
        }
    }

private:
    struct Want {
        UserId user;
        std::size_t place;
    };

    std::size_t index_of(const UserId& user) const {
        return static_cast<std::size_t>(std::ranges::lower_bound(sorted_, user) - sorted_.begin());
    }

    std::string pool_key_;
    std::vector<Want> wants_;  // in the order of the lines
    std::vector<UserId> sorted_;
};

using Shares = std::map<ServiceId, Share>;

Shares shares_of(const TenantId& tenant, Rows rows) {
    Shares shares;
    std::size_t place = 0;
    for (const formats::SeatsFileRow& row : rows) {
        if (row.names_seat()) {
            shares[row.service_id].add(row.user, place++);
        }
    }
    for (auto& [service_id, share] : shares) {
        share.sort(tenant, service_id);
    }
    return shares;
}

// The pools, and the seats of those whose numbers are known.
std::vector<std::string> first_keys(const Core& core, const TenantId& tenant,
                                    const Shares& shares) {
    std::vector<std::string> keys;
    for (const auto& [service_id, share] : shares) {
        keys.push_back(share.pool_key());
        if (const std::int64_t number = core.pool_number(share.pool_key()); number != 0) {
            add_seat_keys(keys, tenant, number, share.sorted_users());
        }
    }
    return keys;
}

// A share whose pool is there.
struct Found {
    const Share* share;
    Stored<Pool> record;
    std::vector<std::string> keys;  // of the seats
    SeatsRead seats;
};

// All that the shares need, and the outcomes of those whose pool is not there.
result<std::vector<Found>> read_shares(Core& core, Unit& unit, const TenantId& tenant,
                                       const Shares& shares, std::vector<SeatOutcome>& outcomes) {
    std::vector<Found> found;
    std::vector<std::string> keys;
    for (const auto& [service_id, share] : shares) {
        BOOST_OUTCOME_TRY(auto record, unit.record<Pool>(share.pool_key()));
        if (!record) {
            std::vector<SeatOutcome> missing;
            for (const UserId& user : share.sorted_users()) {
                missing.push_back({user, Outcome::failed, Errc::pool_not_found});
            }
            share.tell(missing, outcomes);
            continue;
        }
        core.learn_pool_number(share.pool_key(), record->value.number);
        auto own = seat_keys(tenant, record->value.number, share.sorted_users());
        keys.insert(keys.end(), own.begin(), own.end());
        found.push_back(
            {&share, *std::move(record), std::move(own), SeatsRead(share.sorted_users())});
    }
    BOOST_OUTCOME_TRYV(unit.fetch(keys));
    for (Found& one : found) {
        BOOST_OUTCOME_TRYV(one.seats.decode(unit, one.keys));
    }
    return found;
}

}  // namespace

result<Written<ImportPart::Answer>> import_part(Core& core, const ImportPart& part,
                                                std::size_t size, const Caller& caller) {
    const Rows rows = part.rest.first(std::min(size, part.rest.size()));
    const Shares shares = shares_of(part.tenant, rows);
    const Policy& policy = core.policy();
    const std::string home =
        shares.empty() ? keys::pools(part.tenant) : shares.begin()->second.pool_key();
    return core.write<ImportPart>(
        part, caller, {{}, part.tenant}, home, first_keys(core, part.tenant, shares),
        [&](Unit& unit) -> result<Written<ImportPart::Answer>> {
            BOOST_OUTCOME_TRYV(unit.about(0));
            Written<ImportPart::Answer> answer;
            answer.value.lines = rows.size();
            auto& outcomes = answer.value.outcomes;
            outcomes.resize(static_cast<std::size_t>(
                std::ranges::count_if(rows, &formats::SeatsFileRow::names_seat)));
            BOOST_OUTCOME_TRY(auto found, read_shares(core, unit, part.tenant, shares, outcomes));
            const Timestamp now = unit.now();
            for (Found& one : found) {
                const Pool before = settle(one.record.value, now, policy);
                BOOST_OUTCOME_TRY(SeatChange made,
                                  assign(before, one.share->users(), one.seats.seat_of(),
                                         Mode::best_effort, part.usage_location, now, policy));
                one.share->tell(made.outcomes, outcomes);
                if (!made.writes.empty()) {
                    save_seats(unit, std::move(one.record), before, std::move(made), SeatSource(),
                               policy);
                }
            }
            return answer;
        });
}

}  // namespace licet
