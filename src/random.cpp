#include <licet/random.hpp>

#include <algorithm>
#include <array>

#include <openssl/rand.h>
#include <boost/outcome/try.hpp>

#include "hex.hpp"

namespace licet {
namespace {

std::uint64_t split_mix_64(std::uint64_t& state) noexcept {
    std::uint64_t z = state += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
}

std::string joined(std::string_view kind, std::string_view rest) {
    std::string id(kind);
    return id.append("-").append(rest);
}

}  // namespace

result<void> SystemRandom::fill(std::span<std::byte> bytes) {
    constexpr std::size_t piece_max = 1 << 20;  // libcrypto counts in int
    while (!bytes.empty()) {
        const auto piece = bytes.first(std::min(bytes.size(), piece_max));
        if (RAND_bytes(reinterpret_cast<unsigned char*>(piece.data()),
                       static_cast<int>(piece.size())) != 1) {
            return Error{Errc::internal, "libcrypto has no randomness", {}};
        }
        bytes = bytes.subspan(piece.size());
    }
    return boost::outcome_v2::success();
}

result<void> SeededRandom::fill(std::span<std::byte> bytes) {
    const std::lock_guard lock(mutex_);
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        word = i % sizeof word == 0 ? split_mix_64(state_) : word >> 8;
        bytes[i] = static_cast<std::byte>(word & 0xFF);
    }
    return boost::outcome_v2::success();
}

result<std::string> RandomIds::next(std::string_view kind) {
    std::array<std::byte, 16> bytes{};
    BOOST_OUTCOME_TRY(random_.fill(bytes));
    return joined(kind, hex(bytes));
}

result<std::string> SequentialIds::next(std::string_view kind) {
    return joined(kind, std::to_string(next_.fetch_add(1)));
}

}  // namespace licet
