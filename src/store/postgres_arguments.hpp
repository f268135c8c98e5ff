#pragma once

/// \file
/// Arguments of a prepared statement in PostgreSQL's binary format: what is long is copied once
/// and never quoted.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace licet::postgres {

/// One without a byte is null.
using Arguments = std::vector<std::string>;

std::string number(std::int64_t value);

/// An array of one dimension, built element by element.
class Array {
public:
    enum class Of : std::uint32_t { numbers = 20, texts = 25 };  // OIDs of pg_type

    explicit Array(Of elements) noexcept : elements_(elements) {}

    void add_text(std::string_view text);
    void add_number(std::int64_t number);

    /// Null where nothing was added.
    std::string take() &&;

private:
    void begin_element(std::size_t size);

    Of elements_;
    std::string bytes_;
    std::uint32_t size_ = 0;
};

}  // namespace licet::postgres
