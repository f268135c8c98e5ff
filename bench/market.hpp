#pragma once

/// \file
/// An engine with one plan sold to one customer, ready for seats.

#include <cstdint>
#include <memory>
#include <string>

#include <licet/engine/engine.hpp>

namespace bench {

struct Market {
    std::unique_ptr<licet::Engine> engine;
    licet::TenantId tenant;
    licet::ServiceId service_id;
    licet::Caller admin;
};

/// A pool of 1,000,000 licences. Ends the program where that fails.
Market open_market(std::unique_ptr<licet::Store> store);

/// A user's id, a GUID, different for every number.
licet::UserId user(std::uint64_t number);

/// Assigns `count` users from number `first` on, in large calls.
void fill(Market& market, std::uint64_t first, std::uint64_t count);

/// An empty folder of the benchmarks' own on the disk of the working folder, removed at the end.
std::string scratch(const std::string& name);

}  // namespace bench
