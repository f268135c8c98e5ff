#include "session.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include <boost/json.hpp>

#include "../journey/store_name.hpp"
#include "locate.hpp"

namespace cli {
namespace {

namespace json = boost::json;

/// Who a shorthand stands for: an administrator of that side, under the name of the user.
json::object actor(std::string_view side, std::string_view id) {
    const char* user = std::getenv("USER");
    json::object actor{{"id", user && *user ? user : "licet"}};
    if (side == "publisher") {
        actor["publisher"] = id;
        actor["roles"] =
            json::array{"global_admin", "account_admin", "referral_admin", "developer"};
    } else if (side == "tenant") {
        actor["tenant"] = id;
        actor["roles"] =
            json::array{"global_admin", "billing_admin", "license_admin", "user_admin"};
    } else {
        actor["roles"] = json::array{"reviewer"};
    }
    return actor;
}

/// Nothing where it is no actor.
std::string actor_of(const std::string& as) {
    if (as.starts_with('{')) {
        return syntax_error(as) ? "" : as;
    }
    const std::size_t colon = as.find(':');
    const std::string side = as.substr(0, colon);
    const bool names_one = colon != std::string::npos && colon + 1 < as.size();
    const bool is_known = names_one ? side == "publisher" || side == "tenant" : as == "reviewer";
    return is_known ? json::serialize(actor(side, names_one ? as.substr(colon + 1) : "")) : "";
}

bool wants_actor(std::string_view operation) {
    const auto all = licet::operations();
    const auto found = std::ranges::find(all, operation, &licet::OperationInfo::name);
    return found != all.end() && found->needs_actor;
}

/// Of a URI that no store has: "postgressql://".
std::string unknown_scheme(const std::string& store) {
    if (store.starts_with('{')) {
        return "";
    }
    boost::system::error_code failed;
    const json::value config = json::parse(journey::config_of(store), failed);
    const std::string kind(failed ? json::string() : config.at("store").as_string());
    return kind.ends_with("://") ? kind : "";
}

/// Without what may be a user's password, where a URI was mistyped so that it is none.
std::string shown(const std::string& file) {
    const std::size_t at = file.rfind('@');
    return at != std::string::npos && file.find(':') < at ? "..." + file.substr(at) : file;
}

}  // namespace

bool check_store_name(const std::string& store, bool may_create, Terminal& terminal) {
    if (const std::string scheme = unknown_scheme(store); !scheme.empty()) {
        print_error(terminal, "no store is named " + scheme +
                                  "...; it is memory, a path, sqlite:PATH, postgresql://... or a "
                                  "configuration in JSON");
        return false;
    }
    const std::string file = journey::file_of(store);
    std::error_code ignored;
    if (!may_create && !file.empty() && !std::filesystem::exists(file, ignored)) {
        print_error(terminal, "there is no store " + shown(file));
        return false;
    }
    return true;
}

std::unique_ptr<Session> Session::open(const Access& access, bool may_create, Terminal& terminal) {
    if (!check_store_name(access.store, may_create, terminal)) {
        return nullptr;
    }
    auto session = std::make_unique<Session>();
    session->as_ = actor_of(access.as);
    if (session->as_.empty() && !access.as.empty()) {
        print_error(
            terminal,
            "--as is publisher:ID, tenant:ID, reviewer or an actor in JSON, not " + access.as);
        return nullptr;
    }
    auto engine = licet::open_engine(journey::config_of(access.store));
    if (!engine) {
        print_failure(terminal, engine.error());
        return nullptr;
    }
    session->engine_ = std::move(engine).value();
    return session;
}

std::unique_ptr<Session> Session::in_memory(std::string_view publisher, Terminal& terminal) {
    return open({"memory", "publisher:" + std::string(publisher)}, true, terminal);
}

licet::result<std::string> Session::call(std::string_view operation, std::string_view arguments) {
    auto whole = with_actor(operation, arguments);
    return whole ? licet::call(*engine_, operation, whole.value()) : std::move(whole);
}

licet::result<std::string> Session::call_stream(std::string_view operation,
                                                std::string_view arguments, licet::Stream& stream) {
    auto whole = with_actor(operation, arguments);
    return whole ? licet::call_stream(*engine_, operation, whole.value(), stream)
                 : std::move(whole);
}

licet::result<std::string> Session::with_actor(std::string_view operation,
                                               std::string_view arguments) const {
    boost::system::error_code code;
    const json::value given = json::parse({arguments.data(), arguments.size()}, code);
    const json::object* object = code ? nullptr : given.if_object();
    if (!object || object->contains("as") || !wants_actor(operation)) {
        return std::string(arguments);
    }
    if (as_.empty()) {
        return licet::Error{licet::Errc::actor_missing, "say who asks with --as or LICET_AS", {}};
    }
    const std::size_t brace = arguments.find('{');
    std::string whole = "{\"as\":" + as_ + (object->empty() ? "" : ",");
    whole += arguments.substr(brace + 1);
    return whole;
}

licet::result<json::object> Session::call(std::string_view operation,
                                          const json::object& arguments) {
    auto answer = call(operation, json::serialize(arguments));
    if (!answer) {
        return std::move(answer).error();
    }
    return json::parse(answer.value()).as_object();
}

}  // namespace cli
