// Any text as an offer: judged in both profiles, and where it can be kept, kept as it is.

#include <algorithm>
#include <string>
#include <vector>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <licet/operations/operations.hpp>

#include "formats/node_text.hpp"
#include "formats/parse.hpp"
#include "fuzz/judge.hpp"

namespace fuzz {
namespace {

namespace json = boost::json;

using licet::Finding;
using licet::Profile;
using licet::formats::Node;

std::vector<Finding> check(Market& market, std::string_view offer, Profile profile) {
    auto checked = market.engine().catalog().check_offer({{std::string(offer)}, profile});
    expect(checked.has_value(), "an offer can always be checked");
    return std::move(checked).value().findings;
}

/// Operations in the name of the publisher that an offer names.
class Publisher {
public:
    Publisher(Market& market, const std::string& publisher)
        : market_(market),
          as_(R"("as":{"id":"ana","roles":["account_admin"],"publisher":)" + publisher + "}") {}

    licet::result<std::string> call(std::string_view operation, const std::string& own) {
        return licet::call(market_.engine(), operation, "{" + as_ + "," + own + "}");
    }

private:
    Market& market_;
    std::string as_;
};

std::string with_offer(std::string_view offer, Profile profile) {
    return (profile == Profile::create ? R"("profile":"create","offer":)"
                                       : R"("profile":"import","offer":)") +
           std::string(offer);
}

/// What is wrong with a draft is what keeps it from being submitted.
void expect_submitted(Market& market, Publisher& publisher, const json::object& draft) {
    const auto found = check(market, json::serialize(draft), Profile::create);
    const auto submitted =
        publisher.call("offers.submit", R"("publisher":)" + json::serialize(draft.at("publisher")) +
                                            R"(,"id":)" + json::serialize(draft.at("id")));
    const std::string refused = submitted ? "" : errors_of(submitted.error().findings);
    expect(errors_of(found) == refused, "submit refuses what check calls an error", refused);
    expect(submitted.has_value() == !has_errors(found), "submit refuses nothing else");
}

void expect_kept(Market& market, const std::string& answer, const std::vector<Finding>& found,
                 Profile profile) {
    const json::object draft = json::parse(answer).at("offer").as_object();
    const std::string text = json::serialize(draft);
    Publisher publisher(
        market, json::serialize(
                    draft.at("publisher")));  // in small letters, which the document need not be
    expect(errors_of(check(market, text, profile)) == errors_of(found),
           "an offer that was kept is judged as it was before", text);
    const auto applied =
        publisher.call("offers.apply", R"("dry_run":true,)" + with_offer(text, profile));
    expect(applied.has_value(), "an offer that was kept can be applied", text);
    expect(json::parse(applied.value()).at("differences").as_array().empty(),
           "an offer that was kept does not differ from itself", applied.value());
    expect_submitted(market, publisher, draft);
}

void expect_created_or_refused(std::string_view offer, const Node& document,
                               const std::vector<Finding>& found, Profile profile) {
    Market market;
    const std::string before = market.dump();
    const Node* named = document.find("publisher");
    Publisher publisher(market, named ? licet::formats::text_of(*named) : "\"fabrikam\"");
    const auto created = publisher.call("offers.create", with_offer(offer, profile));
    if (created) {
        return expect_kept(market, created.value(), found, profile);
    }
    expect(market.dump() == before, "what is refused changes nothing");
    expect_readable(created.error().findings);
    for (const Finding& finding : created.error().findings) {
        const std::string error = errors_of({&finding, 1}, "/offer");
        expect(errors_of(found).find(error) != std::string::npos,
               "create refuses only what check calls an error", error);
    }
}

}  // namespace

void judge(std::string_view offer) {
    Market market;
    const auto strict = check(market, offer, Profile::create);
    const auto lenient = check(market, offer, Profile::import);
    expect(has_errors(strict) || !has_errors(lenient), "an offer out there is judged more mildly");
    licet::Findings unread;
    licet::formats::Parsed document;
    document.parse(offer, unread);
    for (const auto& findings : {strict, lenient}) {
        expect_readable(findings);
        expect_placed(findings, document.root());
    }
    if (!document.root().is_null()) {
        expect_created_or_refused(offer, document.root(), strict, Profile::create);
        expect_created_or_refused(offer, document.root(), lenient, Profile::import);
    }
}

}  // namespace fuzz
