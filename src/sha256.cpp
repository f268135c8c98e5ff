#include "sha256.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <new>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "hex.hpp"

namespace licet {
namespace {

struct Free {
    void operator()(EVP_MD* algorithm) const noexcept { EVP_MD_free(algorithm); }
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

// To look for an algorithm takes libcrypto longer than to digest a short text.
const EVP_MD* sha256() noexcept {
    static const std::unique_ptr<EVP_MD, Free> algorithm(
        EVP_MD_fetch(nullptr, "SHA2-256", nullptr));
    return algorithm.get();
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
    std::array<std::byte, 32> digest{};
    const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
    // Fails only where there is no memory; a digest that means nothing must never get out.
    if (!context || !sha256() || EVP_DigestInit_ex2(context.get(), sha256(), nullptr) != 1 ||
        EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) != 1 ||
        EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(digest.data()),
                           nullptr) != 1) {
        throw std::bad_alloc();
    }
    return hex(digest);
}

bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace licet
