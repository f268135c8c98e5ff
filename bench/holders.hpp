#pragma once

/// \file
/// Entitlement indexes with many holders, without a store behind them: what a check costs does not
/// depend on where its holders came from. Beside each the least it could be, a flat hash map.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory_resource>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "engine/guid.hpp"
#include "engine/index.hpp"

namespace bench {

inline constexpr std::string_view tenant = "6f9619ff-8b86-d011-b42d-00c04fc964ff";

/// Holder number n has a seat of plan n modulo the number of plans, each of which is a pool.
struct Holders {
    std::size_t count;
    std::size_t plans;

    friend auto operator<=>(const Holders&, const Holders&) = default;
};

/// With its own texts, as each request comes with its own: what those of 1,000 plans take of the
/// caches is the caller's affair.
struct Query {
    std::array<char, 24> service_id_text;
    std::uint32_t service_id_size;
    std::uint32_t pool;
    std::array<char, 36> user_text;

    std::string_view service_id() const { return {service_id_text.data(), service_id_size}; }
    std::string_view user() const { return {user_text.data(), user_text.size()}; }
};

inline constexpr std::size_t queries_count = std::size_t{1} << 18;
inline constexpr std::size_t batch = 32;

/// Random holders; random users who hold nothing; random holders, of whom `batch` after another
/// are of one plan.
enum class Asked { holders, strangers, batches };

/// Made once and kept, as all that follows.
const std::vector<Query>& queries_of(const Holders& holders, Asked asked);

struct LoadedIndex {
    licet::Index& index;
    std::size_t resident_bytes;  ///< By how much the process grew while the index was loaded.
};

LoadedIndex index_of(const Holders& holders);

struct BareKey {
    std::uint32_t pool;
    std::array<std::uint32_t, 4> user;

    friend bool operator==(const BareKey&, const BareKey&) = default;
};

/// The same hash as the index's.
class BareHash {
public:
    using is_avalanching = void;

    explicit BareHash(licet::KeyHash hash) noexcept : hash_(hash) {}

    std::size_t operator()(const BareKey& key) const noexcept;

private:
    licet::KeyHash hash_;
};

/// On huge pages, as the index: with small ones a look-up among millions mostly waits for the page
/// to be found, and what is measured is that.
class BareMap {
public:
    explicit BareMap(const Holders& holders);

    /// Parses the user's GUID and looks it up with the pool's number.
    bool holds(std::uint32_t pool, std::string_view user) const noexcept;

private:
    using Allocator = std::pmr::polymorphic_allocator<std::pair<const BareKey, std::uint32_t>>;
    boost::unordered_flat_map<BareKey, std::uint32_t, BareHash, std::equal_to<>, Allocator> map_;
};

const BareMap& bare_map_of(const Holders& holders);

}  // namespace bench
