// Changes of licences that take effect later.

#include <licet/deals/license.hpp>

#include <doctest/doctest.h>

#include "unit/deals/lines.hpp"

using namespace licet;
using samples::at;
using samples::deal;
using samples::line;
using samples::locked_deal;
using samples::offer;
using samples::plan;
using samples::removed;
using samples::told;
using samples::wanted;

namespace {

const Timestamp now = at("2026-03-01T09:00:00Z");
const Timestamp may = at("2026-05-01T00:00:00Z");
const Timestamp june = at("2026-06-01T00:00:00Z");
const Timestamp july = at("2026-07-01T00:00:00Z");

result<Deal> ordered(const Deal& deal, const std::vector<LineChange>& lines,
                     std::optional<Timestamp> effective) {
    return update_lines(deal, offer(), true, lines, now, {}, effective);
}

std::string refused(const result<Deal>& next) {
    REQUIRE_FALSE(next);
    return next.error().findings.empty() ? name_of(static_cast<Errc>(next.error().code.value()))
                                         : told(next.error().findings);
}

/// "<plan> <quantity>" for each line, and of each pending change its month before it; '-' for none.
std::string lines_of(const Deal& deal) {
    std::string text;
    for (const LicenseLine& one : deal.licenses) {
        text += one.plan.str() + ' ' + std::to_string(one.quantity) + '\n';
    }
    for (const PendingLine& one : deal.pending) {
        text += one.effective.str().substr(5, 2) + ": " + one.plan.str() + ' ' +
                (one.quantity ? std::to_string(*one.quantity) : "-") + '\n';
    }
    return text;
}

std::string lines_at(const Deal& deal, Timestamp then) { return lines_of(settle(deal, then, {})); }

}  // namespace

TEST_CASE("a change for later leaves the lines as they are until its first moment") {
    const auto next = ordered(locked_deal(), {wanted("bronze", 40)}, may);
    REQUIRE(next);
    CHECK(lines_of(next.value()) == "bronze 30\n05: bronze 40\n");
    CHECK(lines_at(next.value(), may + Duration(-1)) == "bronze 30\n05: bronze 40\n");
    CHECK(lines_at(next.value(), may) == "bronze 40\n");
    CHECK(settle(next.value(), july, {}).find(plan("bronze"))->since ==
          locked_deal().licenses[0].since);
}

TEST_CASE("a line that comes later is there since its moment, and one that goes is gone from it") {
    const auto next = ordered(locked_deal(), {wanted("gold", 5), removed("bronze")}, may);
    REQUIRE(next);
    CHECK(lines_of(next.value()) == "bronze 30\n05: bronze -\n05: gold 5\n");
    const Deal then = settle(next.value(), july, {});
    CHECK(lines_of(then) == "gold 5\n");
    CHECK(then.licenses[0].since == may);
    CHECK(then.licenses[0].service_id == ServiceId::parse("fabrikam.f365.gold").value());
}

TEST_CASE("the first licences of a deal may be for later, and lock its customer") {
    const auto next = ordered(deal(), {wanted("bronze", 3)}, may);
    REQUIRE(next);
    CHECK(next.value().customer_locked);
    CHECK(next.value().licenses.empty());
    CHECK(lines_at(next.value(), may) == "bronze 3\n");
}

TEST_CASE("a change for later is for a moment after now and before the contract ends") {
    const Timestamp end = at("2027-02-01T00:00:00Z");
    const auto for_moment = [](const Deal& one, Timestamp then) {
        return ordered(one, {wanted("bronze", 1)}, then);
    };
    CHECK(for_moment(deal(), now + Duration(1)));
    CHECK(refused(for_moment(deal(), now)) == "license_change_not_later /effective\n");
    CHECK(refused(for_moment(deal(), at("2026-01-01T00:00:00Z"))) ==
          "license_change_not_later /effective\n");
    CHECK(for_moment(deal(), end + Duration(-1)));
    CHECK(refused(for_moment(deal(), end)) == "license_change_after_end /effective\n");
    Deal perpetual = deal();
    perpetual.contract.end.reset();
    perpetual.contract.perpetual = true;
    CHECK(for_moment(perpetual, end));
}

TEST_CASE("form and moment of a change for later are judged together") {
    CHECK(refused(ordered(deal(), {wanted("bronze", 0)}, now)) ==
          "license_quantity /lines/0/quantity\n"
          "license_change_not_later /effective\n");
}

TEST_CASE("a line may have several changes pending, and of each moment the last one ordered") {
    Deal sold = ordered(locked_deal(), {wanted("bronze", 60)}, june).value();
    sold = ordered(sold, {wanted("bronze", 50)}, may).value();
    CHECK(lines_of(sold) == "bronze 30\n05: bronze 50\n06: bronze 60\n");
    sold = ordered(sold, {wanted("bronze", 55)}, may).value();
    CHECK(lines_of(sold) == "bronze 30\n05: bronze 55\n06: bronze 60\n");
    CHECK(lines_at(sold, may) == "bronze 55\n06: bronze 60\n");
    CHECK(lines_at(sold, june) == "bronze 60\n");
}

TEST_CASE("a hundred changes of one line may be pending, and no more") {
    Deal sold = locked_deal();
    for (std::size_t n = 0; n < pending_max; ++n) {
        sold = ordered(sold, {wanted("bronze", 1)}, may + Duration(n)).value();
    }
    CHECK(refused(ordered(sold, {wanted("silver", 1), wanted("bronze", 2)}, june)) ==
          "license_changes_count /lines/1/plan\n");
    CHECK(ordered(sold, {wanted("bronze", 2)}, may));
    CHECK(ordered(sold, {wanted("silver", 1)}, june));
}

TEST_CASE("a change of now leaves what is pending") {
    const Deal sold = ordered(locked_deal(), {wanted("bronze", 50)}, may).value();
    const Deal next = ordered(sold, {wanted("bronze", 10), wanted("gold", 1)}, {}).value();
    CHECK(lines_of(next) == "bronze 10\ngold 1\n05: bronze 50\n");
    CHECK(lines_at(next, may) == "bronze 50\ngold 1\n");
}

TEST_CASE("a removal takes with it what is pending of its line after it") {
    Deal sold = ordered(locked_deal(), {wanted("bronze", 50)}, may).value();
    sold = ordered(sold, {wanted("bronze", 70)}, july).value();
    sold = ordered(sold, {wanted("gold", 1)}, july).value();
    CHECK(lines_of(ordered(sold, {removed("bronze")}, june).value()) ==
          "bronze 30\n05: bronze 50\n06: bronze -\n07: gold 1\n");
    CHECK(lines_of(ordered(sold, {removed("bronze")}, {}).value()) == "07: gold 1\n");
}

TEST_CASE("a plan may be given again after its removal") {
    Deal sold = ordered(locked_deal(), {removed("bronze")}, may).value();
    sold = ordered(sold, {wanted("bronze", 5)}, june).value();
    CHECK(lines_at(sold, may) == "06: bronze 5\n");
    CHECK(lines_at(sold, june) == "bronze 5\n");
}

TEST_CASE("what can be removed is what the deal has just before that moment") {
    CHECK(refused(ordered(locked_deal(), {removed("gold")}, may)) ==
          "license_line_missing /lines/0/plan\n");
    const Deal sold = ordered(locked_deal(), {wanted("gold", 1)}, june).value();
    CHECK(refused(ordered(sold, {removed("gold")}, may)) == "license_line_missing /lines/0/plan\n");
    CHECK(refused(ordered(sold, {removed("gold")}, june)) ==
          "license_line_missing /lines/0/plan\n");
    CHECK(ordered(sold, {removed("gold")}, june + Duration(1)));
}

TEST_CASE("whether a plan is on sale is judged when its line is ordered") {
    CHECK(refused(ordered(locked_deal(), {wanted("basic", 1)}, may)) ==
          "license_plan_stopped /lines/0/plan\n");
    Deal sold = locked_deal();
    sold.pending = {{may, plan("basic"), ServiceId::parse("fabrikam.f365.basic").value(), 3}};
    CHECK(lines_at(sold, may) == "basic 3\nbronze 30\n");
    CHECK(ordered(sold, {wanted("basic", 4)}, june));  // it has a line by then
    CHECK(refused(ordered(sold, {wanted("basic", 4)}, {})) ==
          "license_plan_stopped /lines/0/plan\n");
}

TEST_CASE("a pending change is cancelled by its moment, or with all others of its line") {
    Deal sold = ordered(locked_deal(), {wanted("bronze", 50), wanted("gold", 1)}, may).value();
    sold = ordered(sold, {wanted("bronze", 60)}, june).value();
    const auto cancelled = [&](std::string_view of, std::optional<Timestamp> then) {
        return cancel_pending(sold, plan(of), then, now, {});
    };
    CHECK(lines_of(cancelled("bronze", may).value()) == "bronze 30\n05: gold 1\n06: bronze 60\n");
    CHECK(lines_of(cancelled("bronze", {}).value()) == "bronze 30\n05: gold 1\n");
    CHECK(refused(cancelled("bronze", july)) == "license_change_missing");
    CHECK(refused(cancelled("silver", {})) == "license_change_missing");
}

TEST_CASE("a change can be cancelled up to the last millisecond before it takes effect") {
    const Deal sold = ordered(locked_deal(), {wanted("bronze", 50)}, may).value();
    const auto cancelled_at = [&](Timestamp moment) {
        return cancel_pending(sold, plan("bronze"), may, moment, {});
    };
    CHECK(lines_of(cancelled_at(may + Duration(-1)).value()) == "bronze 30\n");
    CHECK(refused(cancelled_at(may)) == "license_change_missing");
}

TEST_CASE("cancelling a line that was to come cancels its removal too") {
    Deal sold = ordered(locked_deal(), {wanted("gold", 1)}, may).value();
    sold = ordered(sold, {removed("gold"), removed("bronze")}, june).value();
    const Deal next = cancel_pending(sold, plan("gold"), may, now, {}).value();
    CHECK(lines_of(next) == "bronze 30\n06: bronze -\n");
}

TEST_CASE("what is pending is cancelled where licences may be updated, and in a closed deal") {
    using enum DealState;
    for (const DealState state : {submitted, in_progress, action_required, registered, closed}) {
        CAPTURE(static_cast<int>(state));
        Deal sold = ordered(locked_deal(), {wanted("bronze", 50)}, may).value();
        sold.state = state;
        const auto next = cancel_pending(sold, plan("bronze"), {}, now, {});
        CHECK(next.has_value() == (is_manageable(state) || state == closed));
        if (!next) {
            CHECK(next.error().code == Errc::deal_state);
        }
        CHECK(lines_at(sold, may) == "bronze 50\n");  // what was ordered counts
    }
}

TEST_CASE("a deal that will have lines cannot be rejected") {
    Findings findings;
    const Deal sold = ordered(deal(), {wanted("bronze", 1)}, may).value();
    CHECK(advance_deal(sold, DealState::rejected, {}, findings).error().code ==
          Errc::deal_has_lines);
    const Deal freed = cancel_pending(sold, plan("bronze"), {}, now, {}).value();
    CHECK(advance_deal(freed, DealState::rejected, {}, findings));
}

TEST_CASE("a later end of the contract leaves what is pending, and nobody else writes it") {
    Findings findings;
    const Deal sold = ordered(locked_deal(), {wanted("bronze", 50)}, may).value();
    Deal longer = sold;
    longer.contract.end = samples::date("2028-01-31");
    longer.pending.clear();
    CHECK(revise_deal(sold, longer, {}, findings).value().pending == sold.pending);
    CHECK(register_deal(sold, false, {}, findings).value().pending.empty());
}
