#pragma once

/// \file
/// What any bytes may do to licet: a target per reader says what must hold of every input.

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <licet/engine/engine.hpp>

#include "formats/node.hpp"

namespace fuzz {

/// Defined once by each target. Ends the process where something does not hold.
void judge(std::string_view input);

/// Says what does not hold, about which value, and ends the process.
void expect(bool holds, std::string_view what, std::string_view about = {});

bool has_errors(std::span<const licet::Finding> findings);

/// "rule pointer" of each error, of those whose pointers begin with `prefix`, which is left out.
/// By name and not in the document's order: an offer that was kept has members that it lacked.
std::string errors_of(std::span<const licet::Finding> findings, std::string_view prefix = {});

/// Whatever the input was, each finding is one line of UTF-8 at a JSON Pointer.
void expect_readable(std::span<const licet::Finding> findings);

/// The pointers lead to what is in the document, or from an object in it to fields that it lacks.
/// `prefix` is what stands before them.
void expect_placed(std::span<const licet::Finding> findings, const licet::formats::Node& document,
                   std::string_view prefix = {});

/// An engine over an empty store, at a moment that stands still.
class Market {
public:
    Market();

    licet::Engine& engine() noexcept { return *engine_; }

    /// Every record.
    std::string dump() const;

private:
    licet::Store* store_ = nullptr;  // the engine's
    std::unique_ptr<licet::Engine> engine_;
};

/// Who may do everything for a publisher.
licet::Caller owner(const licet::PublisherId& publisher);

}  // namespace fuzz
