// What the entitlement index learns from the store.

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <set>

#include <boost/outcome/try.hpp>

#include <licet/catalog/publication.hpp>

#include "engine/core.hpp"
#include "engine/keys.hpp"
#include "engine/seat_event.hpp"
#include "formats/tables/catalog.hpp"
#include "formats/tables/seats.hpp"

namespace licet {

namespace {

constexpr std::size_t scan_size = 1000;

// The epoch of a seat's record as encode_seat writes it; nothing where it may be another's.
std::optional<std::int64_t> epoch_at_sight(std::string_view seat) noexcept {
    constexpr std::string_view name = R"("epoch":)";
    if (!seat.starts_with(R"({"since":")") || !seat.ends_with('}') ||
        seat.find('\\') != std::string_view::npos) {
        return std::nullopt;
    }
    const std::size_t at = seat.find("epoch");
    if (at == std::string_view::npos) {
        return 1;
    }
    const std::string_view last = seat.substr(at - 1, seat.size() - at);
    std::int64_t epoch = 0;
    const char* const end = last.data() + last.size();
    return last.starts_with(name) &&
                   std::from_chars(last.data() + name.size(), end, epoch).ptr == end && epoch > 0
               ? std::optional(epoch)
               : std::nullopt;
}

result<std::int64_t> epoch_of(std::string_view seat) {
    if (const auto epoch = epoch_at_sight(seat)) {
        return *epoch;
    }
    BOOST_OUTCOME_TRY(const Seat decoded, decode_seat(seat));
    return decoded.epoch;
}

}  // namespace

IndexedPool indexed(const Stored<Pool>& record, const Policy& policy) {
    const Pool& pool = record.value;
    std::vector<PoolSpell> spells = spells_of(pool, policy);
    // What had come when the pool was last changed stays so, though the clock be set back.
    std::erase_if(spells,
                  [&](const PoolSpell& spell) { return !is_before(record.head.at, spell.until); });
    spells.front().from = Timestamp::earliest();
    return {pool.tenant, pool.service_id, pool.number,      record.head.number,
            pool.epoch,  pool.holders,    std::move(spells)};
}

result<std::vector<IndexedPool>> Core::pools(const TenantId& tenant) {
    const std::string prefix = keys::pools(tenant);
    std::vector<IndexedPool> pools;
    std::string from = prefix;
    for (bool more = true; more;) {
        BOOST_OUTCOME_TRY(const ScanPage page, store_->scan(from, prefix_end(prefix), scan_size));
        for (const Record& record : page.records) {
            BOOST_OUTCOME_TRY(const auto pool, formats::decode<Stored<Pool>>(record.text));
            pools.push_back(indexed(pool, policy()));
        }
        more = page.next.has_value();
        from = page.next.value_or("");
    }
    return pools;
}

result<std::optional<IndexedPool>> Core::pool(const TenantId& tenant, const ServiceId& service_id) {
    BOOST_OUTCOME_TRY(const auto record, get<Pool>(keys::pool(tenant, service_id)));
    return record ? std::optional(indexed(*record, policy())) : std::nullopt;
}

result<void> Core::holders(const IndexedPool& pool,
                           const std::function<void(std::string_view user)>& sink) {
    const std::string prefix = keys::seats(pool.tenant, pool.number);
    std::string from = prefix;
    for (bool more = true; more;) {
        BOOST_OUTCOME_TRY(const ScanPage page, store_->scan(from, prefix_end(prefix), scan_size));
        for (const Record& record : page.records) {
            // All that a load needs of a seat, without the rest: there may be millions.
            std::int64_t epoch = 1;
            if (!since_alone(record.text)) {
                BOOST_OUTCOME_TRY(epoch, epoch_of(record.text));
            }
            if (epoch == pool.epoch) {
                sink({record.key.data() + prefix.size(), record.key.size() - prefix.size()});
            }
        }
        more = page.next.has_value();
        from = page.next.value_or("");
    }
    return boost::outcome_v2::success();
}

result<std::optional<std::vector<HolderChange>>> Core::changes(const IndexedPool& pool,
                                                               std::uint64_t after,
                                                               std::uint64_t upto) {
    const std::string stream = keys::pool(pool.tenant, pool.service_id);
    std::vector<std::string> wanted;
    for (std::uint64_t number = after + 1; number <= upto; ++number) {
        wanted.push_back(keys::event(stream, number));
    }
    BOOST_OUTCOME_TRY(const auto values, store_->read(wanted));
    std::vector<HolderChange> changes;
    for (const auto& value : values) {
        if (!value) {
            return std::optional<std::vector<HolderChange>>();
        }
        BOOST_OUTCOME_TRY(const Event event, parse_event(value->text));
        BOOST_OUTCOME_TRY(auto change, holder_change(event.details));
        changes.push_back(std::move(change));
    }
    return std::optional(std::move(changes));
}

result<std::vector<AppPlans>> Core::apps(const std::vector<ServiceId>& service_ids) {
    std::set<std::string> offers;
    for (const ServiceId& service_id : service_ids) {
        offers.insert(keys::offer(service_id.publisher(), service_id.offer()));
    }
    std::map<std::string, AppPlans> apps;  // by the name as it is compared
    for (const std::string& key : offers) {
        BOOST_OUTCOME_TRY(auto record, get<Publication>(key));
        if (!record) {
            continue;
        }
        const Publication publication =
            settle(std::move(record->value), now_after(record->head.at));
        if (!publication.live) {
            continue;
        }
        for (const Plan& plan : publication.live->plans) {
            for (const std::string& app : plan.apps) {
                AppPlans& plans = apps[lowercase(app)];
                plans.app = app;
                plans.service_ids.push_back(plan.service_id);
            }
        }
    }
    std::vector<AppPlans> all;
    for (auto& [name, plans] : apps) {
        all.push_back(std::move(plans));
    }
    return all;
}

}  // namespace licet
