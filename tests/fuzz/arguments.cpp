// Calls, one a line: an operation, a space and any text as its arguments. They are made one after
// the other in a world in which something of everything has happened already.

#include <algorithm>
#include <string>

#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <boost/json/parse.hpp>

#include "fuzz/judge.hpp"
#include "unit/operations/world.hpp"

namespace fuzz {
namespace {

namespace json = boost::json;

using licet::Condition;
using world::World;

constexpr std::size_t calls_max = 16;

const World& made_world() {
    static doctest::Context outside_of_tests;
    outside_of_tests.setAsDefaultForAssertsOutOfTestCases();
    static const World made;
    return made;
}

bool writes(std::string_view operation) {
    const auto all = licet::operations();
    const auto found = std::ranges::find(all, operation, &licet::OperationInfo::name);
    return found != all.end() && (found->is_mutation || operation == "store.prune");
}

void expect_failed_well(const licet::Error& error) {
    expect(error.code != Condition::internal && error.code != Condition::storage &&
               error.code != Condition::contention,
           "bad arguments are the caller's fault", error.message());
    expect_readable(error.findings);
}

/// The same command under the same key is answered again, and does nothing.
void expect_replayed(World& world, std::string_view operation, std::string_view arguments) {
    const json::object given = json::parse({arguments.data(), arguments.size()}).as_object();
    const json::value* key = given.if_contains("idempotency_key");
    if (!key || key->is_null()) {
        return;
    }
    const std::string before = world.dump();
    const auto again = world.call(operation, arguments);
    expect(again.has_value(), "a command is answered again", world::why(again));
    expect(json::parse(again.value()).at("replayed").as_bool(), "a command runs once");
    expect(world.dump() == before, "a command that is replayed changes nothing");
}

void judge_call(World& world, std::string_view operation, std::string_view arguments) {
    const std::string before = world.dump();
    const auto answer = world.call(operation, arguments);
    if (!answer || !writes(operation)) {
        expect(world.dump() == before, "a query or a failure changes nothing", operation);
    }
    if (!answer) {
        return expect_failed_well(answer.error());
    }
    expect(json::parse(answer.value()).is_object(), "an answer is an object", answer.value());
    if (writes(operation)) {
        expect_replayed(world, operation, arguments);
    }
}

}  // namespace

void judge(std::string_view calls) {
    World world = made_world().again();
    for (std::size_t i = 0; i < calls_max && !calls.empty(); ++i) {
        const std::string_view line = calls.substr(0, calls.find('\n'));
        calls.remove_prefix(std::min(calls.size(), line.size() + 1));
        const std::size_t space = std::min(line.find(' '), line.size());
        judge_call(world, line.substr(0, space), line.substr(std::min(space + 1, line.size())));
    }
}

}  // namespace fuzz
