#pragma once

/// \file
/// Calls that are not as they should be, and what is looked at afterwards.

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "unit/operations/good_calls.hpp"

namespace world {

/// True where the pointer stands at the place, inside it, or above it but not at the very top.
inline bool is_about(std::string_view pointer, std::string_view place) {
    const auto is_inside = [](std::string_view inner, std::string_view outer) {
        return inner.starts_with(outer) && inner[outer.size()] == '/';
    };
    return pointer == place || (pointer.size() > place.size() && is_inside(pointer, place)) ||
           (!pointer.empty() && place.size() > pointer.size() && is_inside(place, pointer));
}

inline bool has_error_about(const std::vector<licet::Finding>& findings, std::string_view place) {
    return std::ranges::any_of(findings, [&](const licet::Finding& finding) {
        return finding.severity == licet::Severity::error && is_about(finding.pointer, place);
    });
}

inline bool writes(std::string_view operation) {
    const auto all = licet::operations();
    const auto found = std::ranges::find(all, operation, &licet::OperationInfo::name);
    return found->is_mutation || operation == "seats.touch" || operation == "store.prune";
}

/// A world that is made anew after every success. What fails, and every query, changes nothing.
class Trial {
public:
    explicit Trial(const World& made) : made_(made), world_(made.again()), before_(world_.dump()) {}

    licet::result<std::string> call(std::string_view operation, std::string_view arguments) {
        auto answer = world_.call(operation, arguments);
        if (!answer || !writes(operation)) {
            CHECK_MESSAGE(world_.dump() == before_, operation, " has changed something");
        }
        if (answer) {
            world_ = made_.again();
            before_ = world_.dump();
        }
        return answer;
    }

private:
    const World& made_;
    World world_;
    std::string before_;
};

/// The arguments of an operation's first good call, with something else at a pointer.
class Good {
public:
    explicit Good(World& world) : calls_(good_calls(world)) {}

    std::string with(std::string_view operation, std::string_view pointer,
                     const std::string& value) const {
        const auto call = std::ranges::find(calls_, operation, &GoodCall::operation);
        REQUIRE(call != calls_.end());
        return replaced(call->arguments, pointer, value);
    }

    static std::string replaced(const std::string& arguments, std::string_view pointer,
                                const std::string& value) {
        boost::json::value document = boost::json::parse(arguments);
        const auto last = pointer.rfind('/');
        boost::json::value& parent = document.at_pointer({pointer.data(), last});
        const std::string name(pointer.substr(last + 1));
        boost::json::value& place =
            parent.is_array() ? parent.get_array().at(std::stoul(name)) : parent.get_object()[name];
        place = boost::json::parse(value);
        return boost::json::serialize(document);
    }

private:
    std::vector<GoodCall> calls_;
};

}  // namespace world
