#pragma once

/// \file
/// A moment as text, for those who write many and keep none of them.

#include <array>
#include <cstddef>
#include <string_view>

#include <licet/time.hpp>

namespace licet {

/// What `Timestamp::str` gives.
class TimestampText {
public:
    explicit TimestampText(Timestamp moment) noexcept;

    std::string_view str() const noexcept { return {text_.data(), size_}; }

private:
    std::array<char, 24> text_;
    std::size_t size_;
};

}  // namespace licet
