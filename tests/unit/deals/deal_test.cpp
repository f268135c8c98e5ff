#include <licet/deals/deal.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <utility>

#include "unit/deals/samples.hpp"

using namespace licet;
using samples::date;
using samples::deal;
using samples::locked_deal;
using samples::money;
using samples::tenant;
using samples::told;

namespace {

constexpr std::array all_states{
    DealState::draft,      DealState::submitted, DealState::in_progress, DealState::action_required,
    DealState::registered, DealState::rejected,  DealState::closed,
};

result<Deal> revised(const Deal& deal, const Deal& changed) {
    Findings findings;
    return revise_deal(deal, changed, {}, findings);
}

result<Deal> advanced(const Deal& deal, DealState to) {
    Findings findings;
    return advance_deal(deal, to, {}, findings);
}

struct Change {
    const char* pointer;
    std::function<void(Deal&)> make;
};

/// Each field that a publisher writes, but the contact.
const std::array terms{
    Change{"/kind", [](Deal& d) { d.kind = DealKind::azure_ip_cosell; }},
    Change{"/offer", [](Deal& d) { d.offer = OfferId::parse("f366").value(); }},
    Change{"/customer/company", [](Deal& d) { d.customer.company = "Contoso Ltd"; }},
    Change{"/customer/country", [](Deal& d) { d.customer.country.reset(); }},
    Change{"/customer/tenant", [](Deal& d) { d.customer.tenant = tenant("litware"); }},
    Change{"/contract/type", [](Deal& d) { d.contract.type = ContractType::renewal; }},
    Change{"/contract/signed", [](Deal& d) { d.contract.signed_ = date("2026-01-09"); }},
    Change{"/contract/start", [](Deal& d) { d.contract.start = date("2026-02-02"); }},
    Change{"/contract/end", [](Deal& d) { d.contract.end = date("2027-01-30"); }},
    Change{"/contract/total_value", [](Deal& d) { d.contract.total_value = money("12000.01"); }},
    Change{"/contract/solution_value", [](Deal& d) { d.contract.solution_value = money("8999"); }},
    Change{"/consumption_on", [](Deal& d) { d.consumption_on = ConsumptionOn::partner_tenant; }},
};

}  // namespace

TEST_CASE("a deal is registered as submitted or as a draft, without what licet derives") {
    for (const auto& [draft, state] :
         {std::pair(false, DealState::submitted), std::pair(true, DealState::draft)}) {
        Findings findings;
        const auto made = register_deal(locked_deal(), draft, {}, findings);
        REQUIRE(made);
        CHECK(made.value() == deal(state));
    }
}

TEST_CASE("what a draft may lack, a registered deal may not") {
    Deal sold = deal();
    sold.contract.end.reset();
    Findings of_draft;
    CHECK(register_deal(sold, true, {}, of_draft));
    Findings findings;
    const auto made = register_deal(sold, false, {}, findings);
    REQUIRE_FALSE(made);
    CHECK(made.error().code == Errc::contract_end_missing);
    CHECK(told(made.error().findings) == "contract_end_missing /contract/end\n");
}

TEST_CASE("a deal of which something could not be read is not registered") {
    Findings findings;
    findings.error(Errc::unknown_field, Path() / "colour");
    const auto made = register_deal(deal(), true, {}, findings);
    REQUIRE_FALSE(made);
    CHECK(made.error().code == Errc::unknown_field);
}

TEST_CASE("a deal moves as its life allows and in no other way") {
    using enum DealState;
    const std::array<std::pair<DealState, DealState>, 9> allowed{{
        {draft, submitted},
        {submitted, in_progress},
        {submitted, action_required},
        {submitted, rejected},
        {in_progress, registered},
        {in_progress, action_required},
        {in_progress, rejected},
        {action_required, submitted},
        {registered, closed},
    }};
    for (const DealState from : all_states) {
        for (const DealState to : all_states) {
            CAPTURE(static_cast<int>(from));
            CAPTURE(static_cast<int>(to));
            const auto moved = advanced(deal(from), to);
            REQUIRE(moved.has_value() == (std::ranges::count(allowed, std::pair(from, to)) == 1));
            if (moved) {
                CHECK(moved.value() == deal(to));
            } else {
                CHECK(moved.error().code == Errc::deal_state);
                CHECK(moved.error().code == Condition::failed_precondition);
            }
        }
    }
}

TEST_CASE("a draft is submitted only when it is complete") {
    Deal sold = deal(DealState::draft);
    sold.contact.email.clear();
    const auto moved = advanced(sold, DealState::submitted);
    REQUIRE_FALSE(moved);
    CHECK(moved.error().code == Errc::contact_missing);
}

TEST_CASE("a deal with licence lines is not rejected") {
    for (const DealState from : {DealState::submitted, DealState::in_progress}) {
        Deal sold = locked_deal();
        sold.state = from;
        const auto moved = advanced(sold, DealState::rejected);
        REQUIRE_FALSE(moved);
        CHECK(moved.error().code == Errc::deal_has_lines);
        CHECK(advanced(sold, DealState::action_required));
        sold.licenses.clear();
        CHECK(advanced(sold, DealState::rejected));
    }
}

TEST_CASE("licences are manageable in submitted, in_progress and registered") {
    for (const DealState state : all_states) {
        CAPTURE(static_cast<int>(state));
        CHECK(is_manageable(state) ==
              (state == DealState::submitted || state == DealState::in_progress ||
               state == DealState::registered));
    }
}

TEST_CASE("a deal changes until it is rejected or closed") {
    for (const DealState state : all_states) {
        CAPTURE(static_cast<int>(state));
        Deal changed = deal(state);
        changed.customer = {"Litware", std::nullopt, tenant("litware")};
        changed.contact.phone = "+1 425 555 0100";
        const auto next = revised(deal(state), changed);
        const bool over = state == DealState::rejected || state == DealState::closed;
        REQUIRE(next.has_value() == !over);
        if (next) {
            CHECK(next.value() == changed);
        } else {
            CHECK(next.error().code == Errc::deal_state);
        }
    }
}

TEST_CASE("ids and what licet derives are no part of a change") {
    Deal changed = deal(DealState::closed);
    changed.id = DealId::parse("d-1002").value();
    changed.publisher = PublisherId::parse("litware").value();
    const auto next = revised(locked_deal(), changed);
    REQUIRE(next);
    CHECK(next.value() == locked_deal());
}

TEST_CASE("the kind of a deal changes in a draft only") {
    for (const DealState state : all_states) {
        CAPTURE(static_cast<int>(state));
        Deal changed = deal(state);
        changed.kind = DealKind::azure_ip_cosell;
        const auto next = revised(deal(state), changed);
        REQUIRE(next.has_value() == (state == DealState::draft));
        if (!next) {
            CHECK(next.error().code == Errc::deal_state);
        }
    }
}

TEST_CASE("a change must leave a deal that keeps the rules of its state") {
    Deal changed = deal();
    changed.contract.end.reset();
    CHECK(revised(deal(DealState::draft), changed));
    const auto next = revised(deal(DealState::action_required), changed);
    REQUIRE_FALSE(next);
    CHECK(next.error().code == Errc::contract_end_missing);
}

TEST_CASE("every term of a deal changes before the customer is locked, none after") {
    for (const Change& change : terms) {
        CAPTURE(change.pointer);
        Deal draft = deal(DealState::draft);
        change.make(draft);
        CHECK(revised(deal(DealState::draft), draft).value() == draft);

        Deal locked = locked_deal();
        change.make(locked);
        const auto next = revised(locked_deal(), locked);
        REQUIRE_FALSE(next);
        const bool is_tenant = change.pointer == std::string_view("/customer/tenant");
        CHECK(next.error().code == (is_tenant ? Errc::deal_customer_locked : Errc::deal_frozen));
        CHECK(next.error().code == Condition::failed_precondition);
        REQUIRE(next.error().findings.size() == 1);
        CHECK(next.error().findings[0].pointer == change.pointer);
    }
}

TEST_CASE("all frozen terms that a change touches are named at once") {
    Deal changed = locked_deal();
    std::string all;
    for (const Change& change : terms) {
        change.make(changed);
        const bool is_tenant = change.pointer == std::string_view("/customer/tenant");
        all += is_tenant ? "deal_customer_locked " : "deal_frozen ";
        all += change.pointer + std::string("\n");
    }
    CHECK(told(revised(locked_deal(), changed).error().findings) == all);
}

TEST_CASE("the contact of a locked deal changes") {
    Deal changed = locked_deal();
    changed.contact = {"Ben", "Ono", "ben@fabrikam.example", "+1 425 555 0100"};
    CHECK(revised(locked_deal(), changed).value() == changed);
}

TEST_CASE("a locked deal ends later or never, and not the other way round") {
    Deal later = locked_deal();
    later.contract.end = date("2027-02-01");
    CHECK(revised(locked_deal(), later).value() == later);

    Deal perpetual = locked_deal();
    perpetual.contract.end.reset();
    perpetual.contract.perpetual = true;
    CHECK(revised(locked_deal(), perpetual).value() == perpetual);

    CHECK(revised(later, locked_deal()).error().code == Errc::deal_frozen);
    CHECK(told(revised(perpetual, locked_deal()).error().findings) ==
          "deal_frozen /contract/perpetual\n");

    Deal endless = locked_deal();
    endless.contract.end.reset();
    CHECK(told(revised(locked_deal(), endless).error().findings) == "deal_frozen /contract/end\n");

    Deal both = locked_deal();
    both.contract.perpetual = true;
    CHECK(revised(locked_deal(), both).error().code == Errc::contract_end_excluded);
}

TEST_CASE("a rate that has fallen since does not close a deal to changes") {
    Deal sold = locked_deal();
    sold.contract.total_value = money("5000", "EUR");
    sold.contract.solution_value = money("5000", "EUR");
    Deal changed = sold;
    changed.contract.end = date("2028-01-31");
    Policy policy;
    policy.usd_rates["EUR"] = Decimal::parse("0.99").value();
    Findings findings;
    CHECK(revise_deal(sold, changed, policy, findings));

    sold.customer_locked = false;
    changed.contract.total_value = money("5050", "EUR");
    const auto next = revise_deal(sold, changed, policy, findings);
    REQUIRE_FALSE(next);
    CHECK(next.error().code == Errc::contract_total_value);
}

TEST_CASE("a customer is chosen until the first licence, and while the deal lives") {
    for (const DealState state : all_states) {
        CAPTURE(static_cast<int>(state));
        const auto next = set_customer(deal(state), tenant("litware"));
        const bool over = state == DealState::rejected || state == DealState::closed;
        REQUIRE(next.has_value() == !over);
        if (next) {
            CHECK(next.value().customer.tenant == tenant("litware"));
        } else {
            CHECK(next.error().code == Errc::deal_state);
        }
    }
    CHECK(set_customer(locked_deal(), tenant("litware")).error().code ==
          Errc::deal_customer_locked);
    CHECK(set_customer(locked_deal(), tenant("contoso")).value() == locked_deal());
}

TEST_CASE("a contract is over with the last moment of its last day, also on a leap day") {
    const auto ends = [](std::string_view last_day) {
        Deal sold = deal();
        sold.contract.end = date(last_day);
        return contract_end(sold).value().str();
    };
    CHECK(ends("2027-01-31") == "2027-02-01T00:00:00Z");
    CHECK(ends("2028-02-28") == "2028-02-29T00:00:00Z");
    CHECK(ends("2028-02-29") == "2028-03-01T00:00:00Z");
    CHECK(ends("2027-02-28") == "2027-03-01T00:00:00Z");
    Deal perpetual = deal();
    perpetual.contract.end.reset();
    perpetual.contract.perpetual = true;
    CHECK(contract_end(perpetual) == std::nullopt);
}

TEST_CASE("a line passes from active through grace and suspension, to the millisecond") {
    const Timestamp end = samples::at("2028-03-01T00:00:00Z");
    const Duration tick{1};
    struct Case {
        std::int64_t grace_days;
        std::int64_t suspended_days;
        Duration after_end;
        LineState state;
    };
    for (const Case& c : {
             Case{30, 90, -tick, LineState::active},
             Case{30, 90, Duration(0), LineState::warning},
             Case{30, 90, days(30) - tick, LineState::warning},
             Case{30, 90, days(30), LineState::suspended},
             Case{30, 90, days(120) - tick, LineState::suspended},
             Case{30, 90, days(120), LineState::deleted},
             Case{0, 90, -tick, LineState::active},
             Case{0, 90, Duration(0), LineState::suspended},
             Case{0, 90, days(90), LineState::deleted},
             Case{30, 0, days(30) - tick, LineState::warning},
             Case{30, 0, days(30), LineState::deleted},
             Case{0, 0, -tick, LineState::active},
             Case{0, 0, Duration(0), LineState::deleted},
         }) {
        CAPTURE(c.grace_days);
        CAPTURE(c.suspended_days);
        CAPTURE(c.after_end.count());
        Policy policy;
        policy.grace_days = c.grace_days;
        policy.suspended_days = c.suspended_days;
        CHECK(line_state(end, end + c.after_end, policy) == c.state);
    }
}

TEST_CASE("a line of a perpetual contract is active for ever") {
    CHECK(line_state(std::nullopt, Timestamp::latest(), {}) == LineState::active);
}

TEST_CASE("all lines of a deal have the state that follows from its contract") {
    Deal sold = locked_deal();
    sold.licenses.push_back(samples::line("silver", 5));
    Deal expected = sold;
    for (LicenseLine& line : expected.licenses) {
        line.state = LineState::warning;
    }
    CHECK(settle(sold, samples::at("2027-01-31T23:59:59.999Z"), {}) == sold);
    CHECK(settle(sold, samples::at("2027-02-01T00:00:00Z"), {}) == expected);
}

TEST_CASE("a deal finds its line of a plan") {
    const Deal sold = locked_deal();
    REQUIRE(sold.find(samples::plan("bronze")));
    CHECK(sold.find(samples::plan("bronze"))->quantity == 30);
    CHECK_FALSE(sold.find(samples::plan("silver")));
}
