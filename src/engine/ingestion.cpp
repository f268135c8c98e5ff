#include <boost/outcome/try.hpp>

#include <licet/engine/catalog.hpp>

#include "formats/ingestion.hpp"
#include "formats/parse.hpp"

namespace licet {

result<OffersAnswer> Catalog::read_ingestion(const ReadIngestion& query) {
    const Path root;
    Findings findings;
    formats::Parsed document;
    std::vector<Offer> offers;
    if (document.parse(query.document.text, findings, root / "document")) {
        offers =
            formats::read_ingestion(document.root(), query.publisher, findings, root / "document");
    }
    if (!query.publisher) {
        findings.warning(Errc::missing_field, root / "publisher", "publisher",
                         "say whose offers they are");
    }
    if (findings.has_errors()) {
        return error_of(findings);
    }
    return OffersAnswer{std::move(offers), std::move(findings).take()};
}

result<IngestionDocument> Catalog::write_ingestion(const WriteIngestion& query,
                                                   const Caller& caller) {
    BOOST_OUTCOME_TRY(const OfferView view, get_offer({query.publisher, query.offer}, caller));
    return IngestionDocument{{formats::write_ingestion(view.offer)}};
}

}  // namespace licet
