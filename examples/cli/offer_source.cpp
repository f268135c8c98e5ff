#include "offer_source.hpp"

#include <utility>

#include <boost/json.hpp>

#include "locate.hpp"

namespace cli {
namespace {

namespace json = boost::json;

Offer none(int status) { return {nullptr, status, {}, {}, {}}; }

Offer with(std::unique_ptr<Session> session, const json::value& document) {
    const json::object& offer = document.as_object();
    return {std::move(session), clean, std::string(offer.at("publisher").as_string()),
            std::string(offer.at("id").as_string()), offer};
}

/// The publisher that a document names, as far as it can be read.
std::string publisher_of(std::string_view text) {
    boost::system::error_code code;
    const json::value document = json::parse({text.data(), text.size()}, code);
    const json::object* offer = document.if_object();
    const json::value* publisher = offer ? offer->if_contains("publisher") : nullptr;
    return publisher && publisher->is_string() ? std::string(publisher->get_string()) : "";
}

}  // namespace

licet::result<std::string> with_offer(const Source& file, const json::object& others) {
    if (const auto error = syntax_error(file.text())) {
        licet::Findings findings;
        findings.error(error->is_too_deep ? licet::Errc::json_too_deep : licet::Errc::json_syntax,
                       licet::Path());
        return licet::error_of(findings);
    }
    std::string arguments = "{\"offer\":";
    arguments.append(file.text());
    for (const auto& other : others) {
        arguments += "," + json::serialize(other.key()) + ":" + json::serialize(other.value());
    }
    return arguments + "}";
}

Offer offer_in_file(const std::string& path, Terminal& terminal) {
    const auto file = Source::read(path);
    if (!file) {
        print_error(terminal, path + " cannot be read");
        return none(could_not_run);
    }
    auto session = Session::in_memory(publisher_of(file->text()), terminal);
    if (!session) {
        return none(could_not_run);
    }
    const auto arguments = with_offer(*file, {{"profile", "import"}});
    const auto created = arguments ? session->call("offers.create", arguments.value())
                                   : licet::result<std::string>(arguments.error());
    if (!created) {
        return none(print_failure(terminal, created.error(), *file, "/offer"));
    }
    return with(std::move(session), json::parse(created.value()).at("offer"));
}

Offer offer_in_store(const std::string& name, const Access& access, Terminal& terminal) {
    const std::size_t dot = name.find('.');
    if (dot == std::string::npos) {
        print_error(terminal, "an offer in a store is named PUBLISHER.OFFER, not " + name);
        return none(could_not_run);
    }
    const std::string publisher = name.substr(0, dot);
    Access asking = access;
    asking.as = access.as.empty() ? "publisher:" + publisher : access.as;
    auto session = Session::open(asking, false, terminal);
    if (!session) {
        return none(could_not_run);
    }
    const auto found = session->call(
        "offers.get", json::object{{"publisher", publisher}, {"id", name.substr(dot + 1)}});
    if (!found) {
        return none(print_failure(terminal, found.error()));
    }
    return with(std::move(session), found.value().at("offer"));
}

}  // namespace cli
