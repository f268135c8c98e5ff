#pragma once

/// \file
/// Fabrikam, which sells the plan bronze, and Contoso, which has licences of it.

#include <memory>
#include <string>

#include <licet/engine/engine.hpp>

namespace licet::test {

/// An engine over an SQLite file, at a moment when Contoso's contract runs.
std::unique_ptr<Engine> open_engine(const std::string& path);

/// Sells Contoso so many licences of bronze: the whole way from the offer to the licence line.
void sell_bronze(const std::string& path, std::int64_t quantity);

TenantId contoso();
ServiceId bronze();
/// An admin of Contoso, and one of Fabrikam.
Caller customer();
Caller publisher();

}  // namespace licet::test
