#pragma once

/// \file
/// Fabrikam, which sells the plan bronze, and Contoso, which has licences of it.

#include <memory>
#include <string>
#include <vector>

#include <licet/engine/engine.hpp>

namespace licet::test {

/// An engine over an SQLite file, at a moment when Contoso's contract runs.
std::unique_ptr<Engine> open_engine(const std::string& path);

/// Sells Contoso so many licences of bronze: the whole way from the offer to the licence line.
void sell_bronze(const std::string& path, std::int64_t quantity);

/// The same of several plans, with an engine by whose policy an offer is live at once.
void sell(Engine& engine, const std::vector<LineChange>& lines);

TenantId contoso();
ServiceId bronze();
ServiceId silver();
/// An admin of Contoso, and one of Fabrikam.
Caller customer();
Caller publisher();

}  // namespace licet::test
