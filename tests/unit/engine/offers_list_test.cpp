// Lists of offers, in pages.

#include <doctest/doctest.h>

#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

/// Offers with no more than their names.
void create_offers(World& world, const std::vector<std::string>& ids) {
    for (const std::string& id : ids) {
        Offer offer;
        offer.publisher = publisher();
        offer.id = offer_id(id);
        offer.alias = id;
        REQUIRE(world.catalog().create_offer({offer, Profile::create}, ana()));
    }
}

std::vector<std::string> ids_of(const PageOf<Offer>& page) {
    std::vector<std::string> ids;
    for (const Offer& offer : page.items) {
        ids.push_back(offer.id.str());
    }
    return ids;
}

PageOf<Offer> list(World& world, PageRequest page, std::optional<OfferStatus> status = {}) {
    auto listed = world.catalog().list_offers({publisher(), status, std::move(page)}, ana());
    REQUIRE(listed);
    return std::move(listed).value();
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("offers are listed by id and status, the draft of each") {
    World world;
    create_offers(world, {"zeta", "alpha", "beta"});
    world.publish();
    CHECK(ids_of(list(world, {})) == Ids{"alpha", "beta", "f365", "zeta"});
    CHECK(ids_of(list(world, {}, OfferStatus::live)) == Ids{"f365"});
    CHECK(ids_of(list(world, {}, OfferStatus::draft)) == Ids{"alpha", "beta", "zeta"});
    CHECK(list(world, {}, OfferStatus::preview).items.empty());
    REQUIRE(world.catalog().stop_distribution({OfferCommand{publisher(), offer_id()}}, ana()));
    world.pass_time(Policy().go_live_delay);
    CHECK(ids_of(list(world, {}, OfferStatus::not_available)) == Ids{"f365"});
}

TEST_CASE("a list comes in pages of any size, the last without a next") {
    World world;
    create_offers(world, {"aaa", "bbb", "ccc", "ddd"});
    for (const std::int64_t limit : {1, 2, 3, 4, 5, 1000}) {
        CAPTURE(limit);
        Ids all;
        PageRequest page{limit, {}};
        do {
            const auto some = list(world, page);
            CHECK(std::ssize(some.items) <= limit);
            for (const std::string& id : ids_of(some)) {
                all.push_back(id);
            }
            page.after = some.next;
        } while (page.after);
        CHECK(all == Ids{"aaa", "bbb", "ccc", "ddd"});
    }
    CHECK_FALSE(list(world, {4, {}}).next);
    CHECK(list(world, {3, {}}).next);
}

TEST_CASE("a list with a filter says whether more will come, and looks through all") {
    World world;
    std::vector<std::string> ids;
    for (int n = 100; n < 140; ++n) {
        ids.push_back("offer-" + std::to_string(n));
    }
    create_offers(world, ids);
    world.publish();  // "f365" is before them all
    const auto only = list(world, {1, {}}, OfferStatus::live);
    CHECK(ids_of(only) == Ids{"f365"});
    CHECK_FALSE(only.next);
    const auto drafts = list(world, {1, {}}, OfferStatus::draft);
    CHECK(ids_of(drafts) == Ids{"offer-100"});
    CHECK(drafts.next);
}

TEST_CASE("pages stay right while offers are added between them") {
    World world;
    create_offers(world, {"bbb", "ddd", "fff"});
    const auto first = list(world, {2, {}});
    create_offers(world, {"aaa", "ccc", "eee"});
    CHECK(ids_of(first) == Ids{"bbb", "ddd"});
    CHECK(ids_of(list(world, {2, first.next})) == Ids{"eee", "fff"});
}

TEST_CASE("a page begins after its place, also where nothing is there any more") {
    World world;
    create_offers(world, {"abc", "abc-d", "abc0", "abcd"});
    CHECK(ids_of(list(world, {100, "abc"})) == Ids{"abc-d", "abc0", "abcd"});
    CHECK(ids_of(list(world, {100, "abc-d"})) == Ids{"abc0", "abcd"});
    CHECK(ids_of(list(world, {100, "abc-"})) == Ids{"abc-d", "abc0", "abcd"});
    CHECK(list(world, {100, "zzz"}).items.empty());
}
