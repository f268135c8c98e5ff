#include "holders.hpp"

#include <bit>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include <unistd.h>

#include "huge_pages.hpp"

namespace bench {
namespace {

std::array<char, 36> user_text(std::uint64_t number) {
    licet::KeyStream bytes(number);
    constexpr std::string_view digits = "0123456789abcdef";
    std::array<char, 36> text{};
    std::uint64_t random = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            text[i] = '-';
            continue;
        }
        random = random < 16 ? bytes.next() : random >> 4;
        text[i] = digits[random & 15];
    }
    return text;
}

std::string_view view(const std::array<char, 36>& text) { return {text.data(), text.size()}; }

std::string service_id_text(std::size_t plan) {
    return "fabrikam.f365.plan-" + std::to_string(plan);
}

class Source final : public licet::IndexSource {
public:
    explicit Source(const Holders& holders) : holders_(holders) {}

    licet::result<std::vector<licet::IndexedPool>> pools(const licet::TenantId&) override {
        return std::vector<licet::IndexedPool>{};
    }

    licet::result<std::optional<licet::IndexedPool>> pool(const licet::TenantId& of,
                                                          const licet::ServiceId& id) override {
        licet::IndexedPool pool;
        pool.tenant = of;
        pool.service_id = id;
        // Pools are refreshed while the time is taken, so this must cost the same for each.
        const std::string_view text = id.str();
        const char* const number = text.data() + text.rfind('-') + 1;
        std::from_chars(number, text.data() + text.size(), pool.number);
        pool.spells = {
            {licet::PoolState::active, licet::Timestamp::earliest(), licet::Timestamp::latest()}};
        return std::optional(pool);
    }

    licet::result<void> holders(const licet::IndexedPool& pool,
                                const std::function<void(std::string_view)>& sink) override {
        for (auto n = static_cast<std::size_t>(pool.number); n < holders_.count;
             n += holders_.plans) {
            sink(view(user_text(n)));
        }
        return boost::outcome_v2::success();
    }

    licet::result<std::optional<std::vector<licet::HolderChange>>> changes(
        const licet::IndexedPool&, std::uint64_t, std::uint64_t) override {
        return std::optional<std::vector<licet::HolderChange>>{};
    }

    licet::result<std::vector<licet::AppPlans>> apps(
        const std::vector<licet::ServiceId>&) override {
        return std::vector<licet::AppPlans>{};
    }

private:
    Holders holders_;
};

std::size_t resident_bytes() {
    std::size_t pages_in_all = 0;
    std::size_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages_in_all >> pages;
    return pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

struct World {
    explicit World(const Holders& holders) : source(holders) {
        const std::size_t before = resident_bytes();
        for (std::size_t plan = 0; plan < holders.plans; ++plan) {
            if (!index.check(tenant, service_id_text(plan), view(user_text(plan)))) {
                std::abort();
            }
        }
        grown_by = resident_bytes() - before;
    }

    Source source;
    licet::SystemClock clock;
    licet::Index index{source, clock, {}, 42};
    std::size_t grown_by = 0;
};

BareKey bare_key(std::uint32_t pool, licet::Key128 user) noexcept {
    return {pool, std::bit_cast<std::array<std::uint32_t, 4>>(user)};
}

BareHash bare_hash() {
    licet::KeyStream keys(42);
    return BareHash(licet::KeyHash(keys));
}

std::vector<Query> make_queries(const Holders& holders, Asked asked) {
    licet::KeyStream random(1);
    std::vector<Query> queries(queries_count);
    std::uint64_t plan = 0;
    for (std::size_t i = 0; i < queries.size(); ++i) {
        std::uint64_t n = random.next() % holders.count;
        if (asked == Asked::batches) {
            plan = i % batch == 0 ? n % holders.plans : plan;
            n = n / holders.plans * holders.plans + plan;
        }
        Query& query = queries[i];
        query.pool = static_cast<std::uint32_t>(n % holders.plans);
        const std::string service_id = service_id_text(query.pool);
        service_id.copy(query.service_id_text.data(), query.service_id_text.size());
        query.service_id_size = static_cast<std::uint32_t>(service_id.size());
        query.user_text = user_text(asked == Asked::strangers ? n + holders.count : n);
    }
    return queries;
}

}  // namespace

const std::vector<Query>& queries_of(const Holders& holders, Asked asked) {
    static std::map<std::pair<Holders, Asked>, std::vector<Query>> all;
    auto& queries = all[{holders, asked}];
    if (queries.empty()) {
        queries = make_queries(holders, asked);
    }
    return queries;
}

LoadedIndex index_of(const Holders& holders) {
    static std::map<Holders, World> all;
    World& world = all.try_emplace(holders, holders).first->second;
    return {world.index, world.grown_by};
}

std::size_t BareHash::operator()(const BareKey& key) const noexcept {
    auto user = std::bit_cast<licet::Key128>(key.user);
    user.first ^= key.pool;
    return hash_(user);
}

BareMap::BareMap(const Holders& holders) : map_(holders.count, bare_hash(), &licet::huge_pages()) {
    for (std::size_t n = 0; n < holders.count; ++n) {
        const auto plan = static_cast<std::uint32_t>(n % holders.plans);
        map_.emplace(bare_key(plan, *licet::parse_guid(view(user_text(n)))), plan);
    }
}

bool BareMap::holds(std::uint32_t pool, std::string_view user) const noexcept {
    const auto guid = licet::parse_guid(user);
    return guid && map_.find(bare_key(pool, *guid)) != map_.end();
}

const BareMap& bare_map_of(const Holders& holders) {
    static std::map<Holders, BareMap> all;
    return all.try_emplace(holders, holders).first->second;
}

}  // namespace bench
