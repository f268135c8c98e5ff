// Any text as an ingestion document: read, and where it can be kept, written and read again.

#include <string>
#include <vector>

#include "formats/parse.hpp"
#include "fuzz/judge.hpp"

namespace fuzz {
namespace {

using licet::Finding;
using licet::Offer;
using licet::OffersAnswer;
using licet::PublisherId;

PublisherId fabrikam() { return PublisherId::parse("fabrikam").value(); }

licet::result<OffersAnswer> read(Market& market, std::string_view document,
                                 std::optional<PublisherId> publisher) {
    const std::string before = market.dump();
    auto answer =
        market.engine().catalog().read_ingestion({{std::string(document)}, std::move(publisher)});
    expect(market.dump() == before, "reading changes nothing");
    return answer;
}

void expect_kept(Market& market, const Offer& offer) {
    const auto created =
        market.engine().catalog().create_offer({offer, licet::Profile::import}, owner(fabrikam()));
    if (!created) {
        expect(created.error().code == licet::Condition::invalid_argument,
               "an offer is refused for what is wrong with it", created.error().message());
        return;
    }
    const auto written =
        market.engine().catalog().write_ingestion({fabrikam(), offer.id}, owner(fabrikam()));
    const std::string& document = written.value().document.text;
    const auto again = read(market, document, fabrikam());
    expect(again.has_value(), "what was written can be read", document);
    expect(again.value().offers == std::vector<Offer>{offer}, "what was written is what was read",
           document);
}

}  // namespace

void judge(std::string_view document) {
    Market market;
    const auto anonymous = read(market, document, std::nullopt);
    const auto read_offers = read(market, document, fabrikam());
    expect(anonymous.has_value() == read_offers.has_value(), "a publisher makes nothing wrong");
    const std::vector<Finding>& findings =
        read_offers ? read_offers.value().findings : read_offers.error().findings;
    expect_readable(findings);
    licet::Findings unread;
    licet::formats::Parsed parsed;
    parsed.parse(document, unread);
    expect_placed(findings, parsed.root(), "/document");
    if (read_offers) {
        for (const Offer& offer : read_offers.value().offers) {
            expect_kept(market, offer);
        }
    }
}

}  // namespace fuzz
