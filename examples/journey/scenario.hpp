#pragma once

/// \file
/// A scenario: calls of licet, told as a story. A file of JSON, one object a line:
///
///     {"title":"…","config":{…},"actors":{"ana":{…}}}            the first line
///     {"say":"Ana registers the deal","as":"ana","call":"deals.register","with":{…},
///      "key":"deal-1","keep":{"deal":"/deal/id"},"show":["/deal/state"],"expect":"role_missing"}
///     {"say":"…","who":{"tenant":"…","users":{"Adele":"<guid>"},"apps":["crf36_BronzeApp"]}}
///
/// `as` names an actor, `key` is the idempotency key. In `with`, a text "$name" stands for what
/// an earlier step kept; `keep` and `show` take JSON Pointers into the answer. What a step that is
/// repeated no longer answers (a secret) is kept as the text "replayed". `expect` is the rule that
/// the call must fail with. `who` prints who may open which app, and why.

#include <iosfwd>
#include <string>

namespace journey {

/// Runs a scenario on a store, named as store_name.hpp has it. Writes what happens to `out` and
/// what goes wrong to `err`; 0 where every step did what the scenario says, 1 where one did not, 2
/// where it could not begin. Calls that were done go to `record` as well, where there is one:
/// {"operation","arguments","answer"}, one a line.
int run(const std::string& scenario, const std::string& store, std::ostream& out, std::ostream& err,
        std::ostream* record = nullptr);

}  // namespace journey
