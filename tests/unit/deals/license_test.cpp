#include <licet/deals/license.hpp>

#include <doctest/doctest.h>

#include <string>

#include "unit/deals/lines.hpp"

using namespace licet;
using samples::deal;
using samples::line;
using samples::locked_deal;
using samples::offer;
using samples::plan;
using samples::removed;
using samples::told;
using samples::wanted;

namespace {

const Timestamp now = samples::at("2026-03-01T09:00:00Z");

result<Deal> updated(const Deal& deal, const std::vector<LineChange>& lines) {
    return update_lines(deal, offer(), true, lines, now, {});
}

std::string judged(const std::vector<LineChange>& lines, const Policy& policy = {}) {
    Findings findings;
    check_lines(lines, policy, findings);
    return told(findings.all());
}

LicenseLine made_now(std::string_view id, std::int64_t quantity) {
    LicenseLine made = line(id, quantity);
    made.since = now;
    return made;
}

}  // namespace

TEST_CASE("an update of licences names at least one line") {
    CHECK(judged({}) == "license_lines_missing /lines\n");
    CHECK(judged({wanted("bronze", 1)}) == "");
}

TEST_CASE("a number of licences is 1 to the largest that the policy allows") {
    CHECK(judged({wanted("bronze", 1), wanted("silver", 1'000'000)}) == "");
    for (const std::int64_t quantity :
         {INT64_MIN, std::int64_t{-1}, std::int64_t{0}, std::int64_t{1'000'001}, INT64_MAX}) {
        CAPTURE(quantity);
        CHECK(judged({wanted("bronze", 1), wanted("silver", quantity)}) ==
              "license_quantity /lines/1/quantity\n");
    }
    Policy policy;
    policy.quantity_max = 5;
    CHECK(judged({wanted("bronze", 5)}, policy) == "");
    CHECK(judged({wanted("bronze", 6)}, policy) == "license_quantity /lines/0/quantity\n");
}

TEST_CASE("a line names a quantity or its removal, and not both") {
    CHECK(judged({removed("bronze")}) == "");
    CHECK(judged({{plan("bronze"), std::nullopt, false}}) == "license_line_empty /lines/0\n");
    CHECK(judged({{plan("bronze"), 7, true}}) == "license_line_empty /lines/0\n");
}

TEST_CASE("a plan stands in one line of an update") {
    CHECK(judged(
              {wanted("bronze", 1), wanted("silver", 1), removed("bronze"), wanted("bronze", 2)}) ==
          "license_plan_duplicate /lines/2/plan\n"
          "license_plan_duplicate /lines/3/plan\n");
}

TEST_CASE("everything wrong with the form of an update is found at once") {
    Findings findings;
    check_lines({wanted("bronze", 0), {plan("bronze"), std::nullopt, false}, wanted("gold", -3)},
                {}, findings, Path() / "arguments");
    CHECK(told(findings.all()) ==
          "license_quantity /arguments/lines/0/quantity\n"
          "license_plan_duplicate /arguments/lines/1/plan\n"
          "license_line_empty /arguments/lines/1\n"
          "license_quantity /arguments/lines/2/quantity\n");
}

TEST_CASE("what could not be read of a line is not judged once more") {
    const Path root;
    const Path lines = root / "lines";
    const Path first = lines / 0;
    const Path tenth = lines / 10;
    Findings findings;
    findings.error(Errc::not_an_integer, first / "quantity");
    findings.error(Errc::plan_id_length, tenth / "plan");
    std::vector<LineChange> changes(11);
    changes[1] = {plan("bronze"), std::nullopt, false};
    for (std::size_t n = 2; n < 10; ++n) {
        changes[n].quantity = 1;
    }
    check_lines(changes, {}, findings);
    CHECK(told(findings.all()) ==
          "not_an_integer /lines/0/quantity\n"
          "plan_id_length /lines/10/plan\n"
          "license_line_empty /lines/1\n");

    Findings no_list;
    no_list.error(Errc::wrong_type, lines);
    check_lines({}, {}, no_list);
    CHECK(told(no_list.all()) == "wrong_type /lines\n");
}

TEST_CASE("the first licences make lines in the order of their plans and lock the customer") {
    const auto next = updated(deal(), {wanted("silver", 5), wanted("bronze", 30)});
    REQUIRE(next);
    Deal expected = deal();
    expected.customer_locked = true;
    expected.licenses = {made_now("bronze", 30), made_now("silver", 5)};
    CHECK(next.value() == expected);
}

TEST_CASE("a number of licences is absolute, and its line keeps the day it was made") {
    const auto next = updated(locked_deal(), {wanted("bronze", 40)});
    REQUIRE(next);
    CHECK(next.value().licenses == std::vector{line("bronze", 40)});
}

TEST_CASE("the number that a line has already is no error") {
    CHECK(updated(locked_deal(), {wanted("bronze", 30)}).value() == locked_deal());
}

TEST_CASE("several lines change, come and go at once") {
    Deal sold = locked_deal();
    sold.licenses.push_back(line("silver", 5));
    const auto next = updated(sold, {removed("silver"), wanted("gold", 3), wanted("bronze", 31)});
    REQUIRE(next);
    CHECK(next.value().licenses == std::vector{line("bronze", 31), made_now("gold", 3)});
}

TEST_CASE("the last line may go, and the customer stays locked") {
    const auto next = updated(locked_deal(), {removed("bronze")});
    REQUIRE(next);
    CHECK(next.value().licenses.empty());
    CHECK(next.value().customer_locked);
}

TEST_CASE("a contract that starts later does not delay licences, one that ended shows") {
    const auto state_at = [](std::string_view time) {
        const auto next =
            update_lines(deal(), offer(), true, {wanted("bronze", 1)}, samples::at(time), {});
        return next.value().licenses.at(0).state;
    };
    CHECK(state_at("2026-01-11T00:00:00Z") == LineState::active);
    CHECK(state_at("2027-01-31T23:59:59.999Z") == LineState::active);
    CHECK(state_at("2027-02-01T00:00:00Z") == LineState::warning);
}

TEST_CASE("only isv_connect deals have licences") {
    Deal sold = deal();
    sold.kind = DealKind::azure_ip_cosell;
    const auto next = updated(sold, {wanted("bronze", 1)});
    REQUIRE_FALSE(next);
    CHECK(next.error().code == Errc::deal_kind);
}

TEST_CASE("licences change in a manageable deal only") {
    using enum DealState;
    for (const DealState state :
         {draft, submitted, in_progress, action_required, registered, rejected, closed}) {
        CAPTURE(static_cast<int>(state));
        const auto next = updated(deal(state), {wanted("bronze", 1)});
        REQUIRE(next.has_value() == is_manageable(state));
        if (!next) {
            CHECK(next.error().code == Errc::deal_state);
            CHECK(next.error().code == Condition::failed_precondition);
        }
    }
}

TEST_CASE("licences need a customer, and the customer's consent") {
    const auto without_consent =
        update_lines(deal(), offer(), false, {wanted("bronze", 1)}, now, {});
    REQUIRE_FALSE(without_consent);
    CHECK(without_consent.error().code == Errc::relationship_missing);

    Deal sold = deal();
    sold.customer.tenant.reset();
    const auto without_customer = updated(sold, {wanted("bronze", 1)});
    REQUIRE_FALSE(without_customer);
    CHECK(without_customer.error().code == Errc::deal_customer_missing);
}

TEST_CASE("a refusal names the kind first, then the state, the customer, consent and the lines") {
    Deal sold = deal(DealState::draft);
    sold.kind = DealKind::azure_ip_cosell;
    sold.customer.tenant.reset();
    const auto code = [&sold](bool has_relationship = false) {
        return update_lines(sold, offer(), has_relationship, {wanted("ruby", 1)}, now, {})
            .error()
            .code;
    };
    CHECK(code() == Errc::deal_kind);
    sold.kind = DealKind::isv_connect;
    CHECK(code() == Errc::deal_state);
    sold.state = DealState::submitted;
    CHECK(code() == Errc::deal_customer_missing);
    sold.customer.tenant = samples::tenant("contoso");
    CHECK(code() == Errc::relationship_missing);
    CHECK(code(true) == Errc::license_plan_unknown);
}

TEST_CASE("lines that cannot be are named all at once, each by its own rule") {
    const auto next =
        updated(locked_deal(), {wanted("ruby", 1), wanted("bronze", 31), wanted("platinum", 1),
                                wanted("basic", 1), removed("silver"), removed("ruby2")});
    REQUIRE_FALSE(next);
    CHECK(next.error().code == Errc::license_plan_unknown);
    CHECK(told(next.error().findings) ==
          "license_plan_unknown /lines/0/plan\n"
          "license_plan_unknown /lines/2/plan\n"
          "license_plan_stopped /lines/3/plan\n"
          "license_line_missing /lines/4/plan\n"
          "license_line_missing /lines/5/plan\n");
}

TEST_CASE("a line of bad form changes nothing") {
    CHECK(updated(deal(), {}).error().code == Errc::license_lines_missing);
    CHECK(updated(deal(), {{plan("bronze"), std::nullopt, false}}).error().code ==
          Errc::license_line_empty);
    CHECK(updated(deal(), {wanted("bronze", 1), wanted("bronze", 2)}).error().code ==
          Errc::license_plan_duplicate);
}

TEST_CASE("an offer that was never live gives no licences") {
    Publication unpublished = offer();
    unpublished.live.reset();
    unpublished.draft.status = OfferStatus::draft;
    const auto next = update_lines(deal(), unpublished, true, {wanted("bronze", 1)}, now, {});
    REQUIRE_FALSE(next);
    CHECK(next.error().code == Errc::license_plan_unknown);
}

TEST_CASE("a stopped plan takes no new line, and its lines still change") {
    CHECK(updated(deal(), {wanted("basic", 1)}).error().code == Errc::license_plan_stopped);
    Deal sold = locked_deal();
    sold.licenses.insert(sold.licenses.begin(), line("basic", 2));
    CHECK(updated(sold, {wanted("basic", 3)}).value().find(plan("basic"))->quantity == 3);
    CHECK_FALSE(updated(sold, {removed("basic")}).value().find(plan("basic")));
}

TEST_CASE("an offer takes new lines until it is stopped, and its lines change after that too") {
    Publication stopping = offer();
    stopping.draft.status = OfferStatus::pending_stop_distribution;
    stopping.live->status = OfferStatus::pending_stop_distribution;
    stopping.due = now;
    const auto updated_at = [&stopping](Timestamp moment, const LineChange& line) {
        return update_lines(locked_deal(), stopping, true, {line}, moment, {});
    };
    CHECK(updated_at(now + Duration(-1), wanted("gold", 1)));
    const auto late = updated_at(now, wanted("gold", 1));
    REQUIRE_FALSE(late);
    CHECK(late.error().code == Errc::license_plan_stopped);
    CHECK(updated_at(now, wanted("bronze", 31)));
    CHECK(updated_at(now, removed("bronze")));
}
