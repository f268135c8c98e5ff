#pragma once

/// \file
/// Fabrikam, which sells the plan bronze, and Contoso, which has licences of it.

#include <memory>
#include <vector>

#include <licet/engine/engine.hpp>

namespace licet::test {

/// A moment when Contoso's contract runs.
Timestamp in_the_contract();

/// An engine at that moment.
std::unique_ptr<Engine> open_engine(std::unique_ptr<Store> store);

/// Sells Contoso so many licences of bronze: the whole way from the offer to the licence line.
void sell_bronze(std::unique_ptr<Store> store, std::int64_t quantity);

/// The same of several plans, with an engine by whose policy an offer is live at once.
void sell(Engine& engine, const std::vector<LineChange>& lines);

TenantId contoso();
ServiceId bronze();
ServiceId silver();
/// An admin of Contoso, and one of Fabrikam.
Caller customer();
Caller publisher();

}  // namespace licet::test
