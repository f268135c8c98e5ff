#pragma once

/// \file
/// SHA-256 by libcrypto, as lowercase hexadecimal.

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;  // libcrypto's

namespace licet {

std::string sha256_hex(std::string_view bytes);

/// For several texts one after the other. One thread.
class Sha256 {
public:
    Sha256();

    std::string hex(std::string_view bytes);

private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const noexcept;
    };

    std::unique_ptr<evp_md_ctx_st, Free> context_;
};

/// True where both are the same, in a time that depends on their sizes only.
bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept;

}  // namespace licet
