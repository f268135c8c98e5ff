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

// To look for an algorithm takes libcrypto longer than to digest a short text.
const EVP_MD* sha256() noexcept {
    constexpr auto free = [](EVP_MD* algorithm) { EVP_MD_free(algorithm); };
    static const std::unique_ptr<EVP_MD, decltype(free)> algorithm(
        EVP_MD_fetch(nullptr, "SHA2-256", nullptr));
    return algorithm.get();
}

// One for each thread: to make one takes several allocations.
EVP_MD_CTX* context() noexcept {
    constexpr auto free = [](EVP_MD_CTX* made) { EVP_MD_CTX_free(made); };
    thread_local const std::unique_ptr<EVP_MD_CTX, decltype(free)> own(EVP_MD_CTX_new());
    return own.get();
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
    std::array<std::byte, 32> digest{};
    EVP_MD_CTX* const own = context();
    // Fails only where there is no memory; a digest that means nothing must never get out.
    if (!own || !sha256() || EVP_DigestInit_ex2(own, sha256(), nullptr) != 1 ||
        EVP_DigestUpdate(own, bytes.data(), bytes.size()) != 1 ||
        EVP_DigestFinal_ex(own, reinterpret_cast<unsigned char*>(digest.data()), nullptr) != 1) {
        throw std::bad_alloc();
    }
    return hex(digest);
}

bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace licet
