/// \file
/// A check of text ids in 1 M holders, against the least it could be: the same parse of the same
/// user, then one look-up of (pool number, 16 bytes) in a flat hash map with the same hash.

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include <boost/unordered/unordered_flat_map.hpp>

#include "engine/guid.hpp"
#include "engine/index.hpp"

namespace {

using licet::Key128;

constexpr std::size_t holders_count = 1'000'000;
constexpr std::size_t queries_count = std::size_t{1} << 18;
constexpr std::string_view tenant = "6f9619ff-8b86-d011-b42d-00c04fc964ff";

using UserText = std::array<char, 36>;

UserText user_text(std::uint64_t number) {
    licet::KeyStream bytes(number);
    constexpr std::string_view digits = "0123456789abcdef";
    UserText text{};
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

std::string_view view(const UserText& text) { return {text.data(), text.size()}; }

std::string service_id_text(std::size_t plan) {
    return "fabrikam.f365.plan-" + std::to_string(plan);
}

/// Holder number n has a seat of plan n modulo the number of plans.
class Source final : public licet::IndexSource {
public:
    explicit Source(std::size_t plans_count) : plans_count_(plans_count) {}

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
        for (auto n = static_cast<std::size_t>(pool.number); n < holders_count; n += plans_count_) {
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
    std::size_t plans_count_;
};

/// With its own texts, as each request comes with its own: what those of 1,000 plans take of the
/// caches is the caller's affair.
struct Query {
    std::array<char, 24> service_id_text;
    std::uint32_t service_id_size;
    std::uint32_t pool;
    UserText user;

    std::string_view service_id() const { return {service_id_text.data(), service_id_size}; }
};

/// Of random holders, or of users who hold nothing.
std::vector<Query> queries_of(std::size_t plans_count, bool holders) {
    licet::KeyStream random(1);
    std::vector<Query> queries(queries_count);
    for (Query& query : queries) {
        const std::uint64_t n = random.next() % holders_count;
        const auto plan = static_cast<std::uint32_t>(n % plans_count);
        const std::string service_id = service_id_text(plan);
        service_id.copy(query.service_id_text.data(), query.service_id_text.size());
        query.service_id_size = static_cast<std::uint32_t>(service_id.size());
        query.pool = plan;
        query.user = user_text(holders ? n : n + holders_count);
    }
    return queries;
}

void check(benchmark::State& state, std::size_t plans_count, bool holders) {
    const std::vector<Query> queries = queries_of(plans_count, holders);
    Source source(plans_count);
    const licet::SystemClock clock;
    licet::Index index(source, clock, {}, 42);
    const auto wanted = holders ? licet::Decision::licensed : licet::Decision::no_seat;
    for (const Query& query : queries) {
        if (index.check(tenant, query.service_id(), view(query.user)).value() != wanted) {
            state.SkipWithError("wrong decision");
            return;
        }
    }
    std::size_t at = 0;
    for (auto _ : state) {
        const Query& query = queries[at++ % queries_count];
        auto decision = index.check(tenant, query.service_id(), view(query.user));
        benchmark::DoNotOptimize(decision);
    }
    state.counters["bytes_per_holder"] = static_cast<double>(index.holder_bytes()) / holders_count;
}

struct BareKey {
    std::uint32_t pool;
    std::array<std::uint32_t, 4> user;

    friend bool operator==(const BareKey&, const BareKey&) = default;
};

struct BareHash {
    using is_avalanching = void;

    std::size_t operator()(const BareKey& key) const noexcept {
        auto user = std::bit_cast<Key128>(key.user);
        user.first ^= key.pool;
        return hash(user);
    }

    licet::KeyHash hash;
};

std::optional<BareKey> bare_key(std::uint32_t pool, std::string_view user) noexcept {
    const auto guid = licet::parse_guid(user);
    if (!guid) {
        return std::nullopt;
    }
    return BareKey{pool, std::bit_cast<std::array<std::uint32_t, 4>>(*guid)};
}

void look_up(benchmark::State& state, std::size_t plans_count, bool holders) {
    const std::vector<Query> queries = queries_of(plans_count, holders);
    licet::KeyStream keys(42);
    boost::unordered_flat_map<BareKey, std::uint32_t, BareHash> map(holders_count,
                                                                    BareHash{licet::KeyHash(keys)});
    for (std::size_t n = 0; n < holders_count; ++n) {
        const auto plan = static_cast<std::uint32_t>(n % plans_count);
        map.emplace(*bare_key(plan, view(user_text(n))), plan);
    }
    std::size_t at = 0;
    for (auto _ : state) {
        const Query& query = queries[at++ % queries_count];
        const auto key = bare_key(query.pool, view(query.user));
        bool found = key && map.find(*key) != map.end();
        benchmark::DoNotOptimize(found);
    }
}

BENCHMARK_CAPTURE(check, one_plan, 1, true)->Name("check/1M_holders/1_plan");
BENCHMARK_CAPTURE(check, many_plans, 1'000, true)->Name("check/1M_holders/1000_plans");
BENCHMARK_CAPTURE(look_up, hit, 1, true)->Name("baseline/check/1M_holders");
BENCHMARK_CAPTURE(check, miss, 1, false)->Name("check/1M_holders/1_plan/miss");
BENCHMARK_CAPTURE(look_up, miss, 1, false)->Name("baseline/check/1M_holders/miss");

}  // namespace
