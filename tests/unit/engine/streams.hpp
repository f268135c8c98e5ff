#pragma once

/// \file
/// Streams that a test holds in its hand.

#include <string>
#include <utility>
#include <vector>

#include <licet/stream.hpp>

namespace licet::world {

/// Gives a text, takes another, and stops the work when it is told to.
class Tape final : public Stream {
public:
    explicit Tape(std::string text = {}) : text_(std::move(text)) {}

    result<std::size_t> pull(std::span<char> buffer) override {
        const std::size_t size = text_.copy(buffer.data(), buffer.size(), given_);
        given_ += size;
        return size;
    }
    result<void> push(std::string_view piece) override {
        pieces.emplace_back(piece);
        return stop(pieces.size() > pieces_max);
    }
    result<void> progress(std::uint64_t so_far, std::uint64_t total) override {
        told.emplace_back(so_far, total);
        return stop(so_far >= stops_at);
    }

    std::string taken() const {
        std::string all;
        for (const std::string& piece : pieces) {
            all += piece;
        }
        return all;
    }

    std::size_t pieces_max = SIZE_MAX;
    std::uint64_t stops_at = UINT64_MAX;
    std::vector<std::string> pieces;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> told;  ///< Progress: done and total.

private:
    static result<void> stop(bool now) {
        if (now) {
            return Error{Errc::cancelled, {}, {}};
        }
        return boost::outcome_v2::success();
    }

    std::string text_;
    std::size_t given_ = 0;
};

}  // namespace licet::world
