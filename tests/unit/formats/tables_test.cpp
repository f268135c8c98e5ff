// Every document, written and read again.

#include <string>
#include <utility>

#include <doctest/doctest.h>

#include "documents.hpp"

using namespace licet;
using namespace licet::documents;
using namespace licet::formats;

namespace {

/// Written and read again it is the same; compared as text too, since not all can be compared.
template <class T>
void check_round_trip(const T& value) {
    const std::string text = encode(value, Audience::store);
    CAPTURE(text);
    auto again = decode<T>(text);
    REQUIRE(again);
    CHECK(encode(again.value(), Audience::store) == text);
    if constexpr (requires { again.value() == value; }) {
        CHECK(again.value() == value);
    }
}

template <class T>
void check_answer(T answer) {
    Written<T> written{std::move(answer), 7, {finding(), finding()}, false};
    check_round_trip(written);
    CHECK(encode(written).find("replayed") == std::string::npos);
    written.replayed = true;
    check_round_trip(written);
    CHECK(decode<Written<T>>(encode(written)).value().replayed);
    CHECK(decode<Written<T>>(encode(written)).value().revision == 7);
}

}  // namespace

TEST_CASE("offers and plans are read as they were written") {
    check_round_trip(full_plan("bronze"));
    check_round_trip(bare_plan("silver"));
    check_round_trip(full_offer());
    Offer bare;
    bare.publisher = full_offer().publisher;
    bare.id = full_offer().id;
    check_round_trip(bare);
    check_round_trip(licet::Publication{full_offer(), std::nullopt, std::nullopt});
    check_round_trip(licet::Publication{bare, full_offer(), at("2026-01-10T13:00:00Z")});
    check_round_trip(licet::ReviewFinding{"100.1", "the logo is missing"});
}

TEST_CASE("deals, invites and relationships are read as they were written") {
    check_round_trip(full_deal());
    licet::Deal bare;
    bare.publisher = licet::PublisherId::parse("fabrikam").value();
    bare.id = licet::DealId::parse("d-1").value();
    check_round_trip(bare);
    check_round_trip(full_invite());
    licet::Invite open = full_invite();
    open.deal.reset();
    open.tenant.reset();
    open.link.reset();
    check_round_trip(open);
    check_round_trip(full_relationship());
    check_round_trip(licet::LineChange{licet::PlanId::parse("bronze").value(), 30, false});
    check_round_trip(licet::LineChange{licet::PlanId::parse("bronze").value(), std::nullopt, true});
}

TEST_CASE("pools and seats are read as they were written") {
    check_round_trip(full_pool());
    licet::Pool without = full_pool();
    without.contributions.clear();
    without.over_since.reset();
    check_round_trip(without);
    check_round_trip(full_summary());
    check_round_trip(full_seat());
    check_round_trip(licet::SeatOutcome{user("adele"), licet::Outcome::assigned, std::nullopt});
    check_round_trip(
        licet::SeatOutcome{user("adele"), licet::Outcome::failed, Errc::no_free_license});
}

TEST_CASE("findings and events are read as they were written") {
    check_round_trip(finding());
    check_round_trip(full_event());
    check_round_trip(
        licet::PageOf<licet::Event>{{full_event(), full_event()}, "00000000000000000002"});
    check_round_trip(licet::PageOf<Offer>{{}, std::nullopt});
    check_round_trip(licet::VerifyAnswer{true, 3, std::nullopt});
    check_round_trip(licet::VerifyAnswer{false, 3, 4});
}

TEST_CASE("the answers of commands are read as they were written") {
    check_answer(licet::OfferAnswer{full_offer()});
    check_answer(licet::PlanAnswer{full_plan("bronze")});
    check_answer(licet::DealAnswer{full_deal()});
    check_answer(licet::InviteAnswer{full_invite()});
    check_answer(licet::RelationshipAnswer{full_relationship()});
    check_answer(licet::RelationshipAnswer{});
    check_answer(licet::LicensesAnswer{full_deal(), {full_effect()}});
    licet::PoolEffect fresh = full_effect();
    fresh.before.reset();
    check_answer(licet::LicensesAnswer{full_deal(), {fresh, full_effect()}});
    check_answer(licet::SeatsAnswer{{{user("adele"), licet::Outcome::already, std::nullopt}},
                                    full_summary()});
}

TEST_CASE("the answer of a check says the decision as a number and as a word") {
    CHECK(encode(licet::CheckAnswer{licet::Decision::in_grace, {bronze()}, std::nullopt}) ==
          R"({"licensed":true,"decision":2,"reason":"in_grace","by":["fabrikam.f365.bronze"],)"
          R"("show":null})");
    CHECK(encode(licet::CheckAnswer{
              licet::Decision::no_seat, {bronze()}, licet::PlanNotice{"Bronze", std::nullopt}}) ==
          R"({"licensed":false,"decision":0,"reason":"no_seat","by":["fabrikam.f365.bronze"],)"
          R"("show":{"display_name":"Bronze","more_info_url":null}})");
}

TEST_CASE("a seat's source is the word direct or a group") {
    const std::string seat =
        R"({"user":"adele","service_id":"fabrikam.f365.bronze","sources":["direct",)"
        R"({"group":"sales"}],"since":"2026-02-02T10:00:00Z","usage_location":null})";
    CHECK(encode(decode<licet::Seat>(seat).value()) == seat);
    for (const char* source : {"\"group\"", "{}", "{\"group\":1}", "null", "7"}) {
        std::string other = seat;
        other.replace(other.find("\"direct\""), 8, source);
        CHECK(decode<licet::Seat>(other).error().code == Errc::record_corrupt);
    }
}
