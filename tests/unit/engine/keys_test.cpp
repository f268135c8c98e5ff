#include "engine/keys.hpp"

#include <doctest/doctest.h>

#include <licet/store/store.hpp>

#include "people.hpp"

using namespace licet;
using namespace licet::world;

TEST_CASE("a record's key says its kind, whose it is and which") {
    const std::string tenant = contoso().str();
    CHECK(keys::offer(publisher(), offer_id()) == "offer/fabrikam/f365");
    CHECK(keys::deal(publisher(), deal_id("d-1001")) == "deal/fabrikam/d-1001");
    CHECK(keys::relationship(publisher(), contoso()) == "relationship/fabrikam/" + tenant);
    CHECK(keys::invite(publisher(), "0a1b") == "invite/fabrikam/0a1b");
    CHECK(keys::open_invites(publisher()) == "invites/fabrikam");
    CHECK(keys::pool(contoso(), service("bronze")) == "pool/" + tenant + "/fabrikam.f365.bronze");
    CHECK(keys::pool_count(contoso()) == "pools/" + tenant);
    CHECK(keys::seat(contoso(), 7, "adele@contoso.com") ==
          "seat/" + tenant + "/7/adele@contoso.com");
    CHECK(keys::format == "meta/format");
}

TEST_CASE("an event's key has the shard first and the number in twenty digits") {
    CHECK(keys::event("offer/fabrikam/f365", 1) ==
          "event/fabrikam/offer/f365/00000000000000000001");
    CHECK(keys::event("invites/fabrikam", 42) == "event/fabrikam/invites/00000000000000000042");
    CHECK(keys::event("pool/contoso/fabrikam.f365.bronze", UINT64_MAX) ==
          "event/contoso/pool/fabrikam.f365.bronze/18446744073709551615");
    CHECK(keys::event("offer/fabrikam/f365", 9) < keys::event("offer/fabrikam/f365", 10));
    CHECK(keys::event("offer/fabrikam/f365", 7).starts_with(keys::events("offer/fabrikam/f365")));
}

TEST_CASE("an idempotency key is kept as a digest, apart for each party") {
    const Scope fabrikam{publisher(), {}};
    const std::string key = keys::idempotent(fabrikam, "secret");
    CHECK(key.starts_with("idem/fabrikam/"));
    CHECK(key.size() == std::string("idem/fabrikam/").size() + 64);
    CHECK(keys::last(key).find("secret") == std::string_view::npos);
    CHECK(key == keys::idempotent(fabrikam, "secret"));
    CHECK(key != keys::idempotent(fabrikam, "Secret"));
    CHECK(key != keys::idempotent({publisher("proseware"), {}}, "secret"));
    const TenantId of_that_name = TenantId::parse("fabrikam").value();
    CHECK(key != keys::idempotent({{}, of_that_name}, "secret"));
}

TEST_CASE("the last segment of a key is what follows the last slash") {
    CHECK(keys::last("seat/contoso/7/adele") == "adele");
    CHECK(keys::last("seat/contoso/7/") == "");
    CHECK(keys::last("adele") == "adele");
}

TEST_CASE("what begins with one id is not taken for what begins with a longer one") {
    const std::string prefix = keys::offers(publisher("fab"));
    CHECK(keys::offer(publisher("fab"), offer_id()).starts_with(prefix));
    CHECK_FALSE(keys::offer(publisher("fab-rikam"), offer_id()).starts_with(prefix));
    CHECK_FALSE(keys::seat(contoso(), 10, "u").starts_with(keys::seats(contoso(), 1)));
}

TEST_CASE("the longest key there can be is one that a store takes") {
    const TenantId tenant = TenantId::parse(std::string(64, 't')).value();
    const PlanId plan = plan_id(std::string(50, 'p'));
    const ServiceId longest = ServiceId::of(publisher(std::string(50, 'a')),
                                            OfferId::parse(std::string(50, 'o')).value(), plan);
    const std::string key = keys::event(keys::pool(tenant, longest), UINT64_MAX);
    CHECK(key.size() <= key_size_max);
    CHECK(check_batch({{{key, 0}}, {{key, "{}"}}}).has_value());
}
