#pragma once

/// \file
/// Long calls that go in parts: each part is a command of its own, with its answer under a key of
/// its own, so that a call that is repeated finds what is done already.

#include <cstddef>
#include <string>
#include <string_view>

#include <licet/page.hpp>
#include <licet/store/store.hpp>
#include <licet/stream.hpp>

namespace licet {

/// A part is never about more users or lines than this.
inline constexpr std::size_t part_max = 10'000;

/// How far a call is.
class Parts {
public:
    /// `what` is counted: "users". `total` is 0 where it is not known. The others outlive it.
    Parts(const Caller& caller, Stream& stream, std::string_view what, std::uint64_t total) noexcept
        : caller_(caller), stream_(stream), what_(what), total_(total) {}

    std::size_t done() const noexcept { return done_; }

    /// Asks whether to go on.
    result<void> begin();
    void advance(std::size_t count) noexcept { done_ += count; }
    /// Tells that all is done.
    void end();

    /// The caller as far as the next part is concerned. The first one has the caller's own key and
    /// is alone in being compared with `expected_revision`.
    const Caller& caller();

    /// Why the call ends here, and how much of it is done.
    Error stopped(Error why) const;

private:
    const Caller& caller_;
    Stream& stream_;
    std::string_view what_;
    std::uint64_t total_;
    std::size_t done_ = 0;
    Caller next_{};
};

/// How many users a part may be about that this store takes, if each has a seat in so many pools,
/// the same for all: at least 1, at most `part_max`.
std::size_t part_size(const Limits& limits, std::size_t pools = 1) noexcept;

/// True where a part that failed so may be tried again with half its `size`, which it then has.
bool is_halved(const Error& error, std::size_t& size) noexcept;

}  // namespace licet
