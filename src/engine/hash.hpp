#pragma once

/// \file
/// Keyed hashes for the index's tables: quick, and nobody who does not know the key can choose
/// what collides. The form is wyhash's: multiply to 128 bits, fold.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace licet {

/// Sixteen bytes that stand for an id.
struct Key128 {
    std::uint64_t first = 0;
    std::uint64_t second = 0;

    bool is_zero() const noexcept { return (first | second) == 0; }

    friend bool operator==(const Key128&, const Key128&) = default;
};

__extension__ using Uint128 = unsigned __int128;

inline std::uint64_t multiply_high(std::uint64_t a, std::uint64_t b) noexcept {
    return static_cast<std::uint64_t>(Uint128{a} * b >> 64);
}

inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) noexcept {
    return multiply_high(a, b) ^ (a * b);
}

/// What the keys of all hashes are drawn from. (SplitMix64)
class KeyStream {
public:
    explicit KeyStream(std::uint64_t seed) noexcept : state_(seed) {}

    std::uint64_t next() noexcept {
        state_ += 0x9e37'79b9'7f4a'7c15;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58'476d'1ce4'e5b9;
        z = (z ^ (z >> 27)) * 0x94d0'49bb'1331'11eb;
        return z ^ (z >> 31);
    }

private:
    std::uint64_t state_;
};

/// A number's bytes as the machine has them.
template <class Number>
Number load(const char* from) noexcept {
    Number number;
    std::memcpy(&number, from, sizeof number);
    return number;
}

class KeyHash {
public:
    explicit KeyHash(KeyStream& keys) noexcept : first_(keys.next()), second_(keys.next()) {}

    std::uint64_t operator()(Key128 key) const noexcept {
        const std::uint64_t a = key.first ^ first_;
        const std::uint64_t b = key.second ^ second_;
        return mix((a * b) ^ first_, multiply_high(a, b) ^ second_);
    }

private:
    std::uint64_t first_;
    std::uint64_t second_;
};

class TextHash {
public:
    explicit TextHash(KeyStream& keys) noexcept : first_(keys.next()), second_(keys.next()) {}

    std::uint64_t operator()(std::string_view text) const noexcept {
        const char* at = text.data();
        const std::size_t size = text.size();
        std::uint64_t sum = second_;
        for (std::size_t left = size; left > 16; left -= 16, at += 16) {
            sum = mix(load<std::uint64_t>(at) ^ first_, load<std::uint64_t>(at + 8) ^ sum);
        }
        const Key128 last = size > 16 ? Key128{load<std::uint64_t>(text.data() + size - 16),
                                               load<std::uint64_t>(text.data() + size - 8)}
                                      : all_of(text);
        return mix(first_ ^ size, mix(last.first ^ first_, last.second ^ sum));
    }

private:
    // Up to 16 bytes, each of them somewhere in the key.
    static Key128 all_of(std::string_view text) noexcept {
        const char* at = text.data();
        const std::size_t size = text.size();
        if (size >= 8) {
            return {load<std::uint64_t>(at), load<std::uint64_t>(at + size - 8)};
        }
        if (size >= 4) {
            return {load<std::uint32_t>(at), load<std::uint32_t>(at + size - 4)};
        }
        Key128 key;
        for (const char c : text) {
            key.first = key.first << 8 | static_cast<unsigned char>(c);
        }
        return key;
    }

    std::uint64_t first_;
    std::uint64_t second_;
};

}  // namespace licet
