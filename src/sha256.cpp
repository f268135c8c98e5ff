#include "sha256.hpp"

#include <array>
#include <cstddef>
#include <new>

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include "hex.hpp"

namespace licet {

std::string sha256_hex(std::string_view bytes) {
    std::array<std::byte, SHA256_DIGEST_LENGTH> digest{};
    // Fails only where there is no memory; a digest that means nothing must never get out.
    if (!SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                reinterpret_cast<unsigned char*>(digest.data()))) {
        throw std::bad_alloc();
    }
    return hex(digest);
}

bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace licet
