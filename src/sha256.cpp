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

}  // namespace

void Sha256::Free::operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {}

std::string Sha256::hex(std::string_view bytes) {
    std::array<std::byte, 32> digest{};
    // Fails only where there is no memory; a digest that means nothing must never get out.
    if (!context_ || !sha256() || EVP_DigestInit_ex2(context_.get(), sha256(), nullptr) != 1 ||
        EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) != 1 ||
        EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char*>(digest.data()),
                           nullptr) != 1) {
        throw std::bad_alloc();
    }
    return licet::hex(digest);
}

std::string sha256_hex(std::string_view bytes) { return Sha256().hex(bytes); }

bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace licet
