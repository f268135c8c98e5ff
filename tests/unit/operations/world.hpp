#pragma once

/// \file
/// A small marketplace in which something of everything has happened already.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <licet/clock.hpp>
#include <licet/operations/operations.hpp>
#include <licet/store/memory.hpp>

namespace world {

/// Fabrikam, on 2026-03-01, has four offers: `f365` is live with the plans bronze, silver and gold
/// and a drafted plan copper; `drafted`, `reviewed` and `previewed` are what they are called. Its
/// deal d-1001 with Contoso, submitted, has 6 licences of bronze, of which adele and alex hold
/// seats, and 3 of silver, two of them used by the group sales, of which dora has not got one
/// though there is one again; d-1002 has no customer yet. One open invite waits for anybody.
class World {
public:
    /// Makes all this happen.
    World();

    /// Another one with the same records at the same time; their stamps differ.
    World again() const;

    licet::Engine& engine() noexcept { return *engine_; }
    licet::ManualClock& clock() noexcept { return *clock_; }

    /// One that succeeds is also written, with its answer, to the file that the environment
    /// names in LICET_RECORDING: what the schemas are held against.
    licet::result<std::string> call(std::string_view operation, std::string_view arguments);
    /// One that has to succeed.
    std::string must(std::string_view operation, std::string_view arguments);

    std::vector<licet::Record> records() const;
    /// Every record: key, stamp and value.
    std::string dump() const;

    /// The open invite's.
    const std::string& token() const noexcept { return token_; }
    const std::string& invite() const noexcept { return invite_; }

private:
    World(const std::vector<licet::Record>& records, licet::Timestamp now, std::uint64_t seed);

    void publish(std::string_view offer, int phases);

    licet::Store* store_ = nullptr;  // the engine's
    std::shared_ptr<licet::ManualClock> clock_;
    std::unique_ptr<licet::Engine> engine_;
    std::string token_;
    std::string invite_;
};

/// What went wrong; nothing where nothing did.
inline std::string why(const licet::result<std::string>& answer) {
    return answer ? std::string() : answer.error().message();
}

/// What stands at a pointer (RFC 6901) in a JSON text: a string's characters, or else JSON.
std::string value_at(std::string_view json, std::string_view pointer);

}  // namespace world
