#include <licet/engine/catalog.hpp>

#include "formats/document_order.hpp"
#include "formats/tables/catalog.hpp"

namespace licet {

result<FindingsAnswer> Catalog::check_offer(const CheckOffer& query) {
    Findings findings;
    formats::Parsed document;
    if (document.parse(query.offer.text, findings)) {
        formats::Reader reader(findings, formats::Origin::caller, query.profile);
        Offer offer;
        formats::Codec<Offer>::read(document.root(), offer, reader, Path());
        check_publishable(offer, query.profile, findings);
    }
    return FindingsAnswer{formats::in_document_order(std::move(findings).take(), document.root())};
}

}  // namespace licet
