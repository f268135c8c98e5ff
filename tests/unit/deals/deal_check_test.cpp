#include <licet/deals/deal.hpp>

#include <doctest/doctest.h>

#include <string>

#include "unit/deals/samples.hpp"

using namespace licet;
using samples::date;
using samples::deal;
using samples::money;
using samples::told;

namespace {

std::string judged(const Deal& deal, const Policy& policy = {}) {
    Findings findings;
    check_deal(deal, policy, findings);
    return told(findings.all());
}

std::string total_of(std::string_view amount, std::string_view currency, const Policy& policy) {
    Deal sold = deal();
    sold.contract.total_value = money(amount, currency);
    sold.contract.solution_value = money("0", currency);
    return judged(sold, policy);
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t n = 0; n < times; ++n) {
        all += text;
    }
    return all;
}

}  // namespace

TEST_CASE("a deal that keeps every rule has no findings") {
    CHECK(judged(deal()) == "");
    CHECK(judged(deal(DealState::draft)) == "");
}

TEST_CASE("a submitted isv_connect deal names its offer; a draft need not") {
    Deal sold = deal();
    sold.offer.reset();
    CHECK(judged(sold) == "deal_offer_missing /offer\n");
    sold.state = DealState::draft;
    CHECK(judged(sold) == "");
}

TEST_CASE("a company is 1 to 200 characters long, whatever their bytes") {
    Deal sold = deal();
    for (const std::string& company : {std::string("C"), repeated("ö", 200)}) {
        sold.customer.company = company;
        CHECK(judged(sold) == "");
    }
    for (const std::string& company : {std::string(), repeated("ö", 201)}) {
        sold.customer.company = company;
        CHECK(judged(sold) == "customer_company_length /customer/company\n");
    }
}

TEST_CASE("the customer's tenant is required when consumption is on it") {
    Deal sold = deal();
    sold.customer.tenant.reset();
    CHECK(judged(sold) == "customer_tenant_missing /customer/tenant\n");
    sold.consumption_on = ConsumptionOn::partner_tenant;
    CHECK(judged(sold) == "");
}

TEST_CASE("a contract starts on the day it is signed or later") {
    Deal sold = deal();
    sold.contract.signed_ = sold.contract.start;
    CHECK(judged(sold) == "");
    sold.contract.signed_ = date("2026-02-02");
    CHECK(judged(sold) == "contract_start_before_signed /contract/start\n");
}

TEST_CASE("a contract ends after the day it starts") {
    Deal sold = deal();
    sold.contract.end = date("2026-02-02");
    CHECK(judged(sold) == "");
    for (const char* day : {"2026-02-01", "2026-01-31"}) {
        sold.contract.end = date(day);
        CHECK(judged(sold) == "contract_end_before_start /contract/end\n");
    }
}

TEST_CASE("a contract has an end or is perpetual, and never both") {
    Deal sold = deal();
    sold.contract.perpetual = true;
    CHECK(judged(sold) == "contract_end_excluded /contract/end\n");
    sold.contract.end.reset();
    CHECK(judged(sold) == "");
    sold.contract.perpetual = false;
    CHECK(judged(sold) == "contract_end_missing /contract/end\n");
}

TEST_CASE("a submitted deal has all days and values of its contract") {
    Deal sold = deal();
    sold.contract = {};
    sold.contract.perpetual = true;
    CHECK(judged(sold) ==
          "contract_missing /contract/signed\n"
          "contract_missing /contract/start\n"
          "contract_missing /contract/total_value\n"
          "contract_missing /contract/solution_value\n");
}

TEST_CASE("the total value is over 5000 US dollars") {
    CHECK(total_of("5000.01", "USD", {}) == "");
    CHECK(total_of("5000.0000000000001", "USD", {}) == "");
    for (const char* amount : {"5000", "5000.00", "4999.99", "0"}) {
        CHECK(total_of(amount, "USD", {}) == "contract_total_value /contract/total_value\n");
    }
}

TEST_CASE("a total value in another currency is judged by the host's rate, exactly") {
    Policy policy;
    policy.usd_rates["EUR"] = Decimal::parse("1.10").value();
    policy.usd_rates["GBP"] = Decimal::parse("1.25").value();
    CHECK(total_of("4545.46", "EUR", policy) == "");
    CHECK(total_of("4545.45", "EUR", policy) == "contract_total_value /contract/total_value\n");
    CHECK(total_of("4000.01", "GBP", policy) == "");
    CHECK(total_of("4000.00", "GBP", policy) == "contract_total_value /contract/total_value\n");
}

TEST_CASE("a total value in a currency without a rate earns a warning") {
    Policy policy;
    policy.usd_rates["EUR"] = Decimal::parse("1.10").value();
    CHECK(total_of("1", "CHF", policy) ==
          "?contract_total_value_unchecked /contract/total_value\n");
    Deal sold = deal();
    sold.contract.total_value = money("1", "CHF");
    sold.contract.solution_value = money("1", "CHF");
    Findings findings;
    CHECK(register_deal(sold, false, policy, findings));
}

TEST_CASE("the solution value is at most the total value, in the same currency") {
    Deal sold = deal();
    sold.contract.solution_value = money("12000");
    CHECK(judged(sold) == "");
    sold.contract.solution_value = money("12000.01");
    CHECK(judged(sold) == "contract_solution_value /contract/solution_value\n");
    sold.contract.solution_value = money("1", "EUR");
    CHECK(judged(sold) == "contract_currency /contract/solution_value/currency\n");
}

TEST_CASE("a partner contact has both names and an email") {
    const auto without = [](std::string Contact::*field) {
        Deal sold = deal();
        (sold.contact.*field).clear();
        return judged(sold);
    };
    CHECK(without(&Contact::first_name) == "contact_missing /contact/first_name\n");
    CHECK(without(&Contact::last_name) == "contact_missing /contact/last_name\n");
    CHECK(without(&Contact::email) == "contact_missing /contact/email\n");
    CHECK(without(&Contact::phone) == "");
}

TEST_CASE("each text of a contact is at most 200 characters long, also in a draft") {
    Deal sold = deal(DealState::draft);
    const std::string longest = repeated("é", 200);
    sold.contact = {longest, longest, longest, longest};
    CHECK(judged(sold) == "");
    const std::string longer = longest + "é";
    sold.contact = {longer, longer, longer, longer};
    CHECK(judged(sold) ==
          "text_length /contact/first_name\n"
          "text_length /contact/last_name\n"
          "text_length /contact/email\n"
          "text_length /contact/phone\n");
}

TEST_CASE("a draft may lack everything and be wrong in its days, but not in its form") {
    Deal sold;
    sold.state = DealState::draft;
    CHECK(judged(sold) == "");
    sold = deal(DealState::draft);
    sold.contract.signed_ = date("2030-01-01");
    sold.contract.start = date("2029-01-01");
    sold.contract.total_value = money("1");
    CHECK(judged(sold) == "");
    sold.contract.perpetual = true;
    sold.customer.company = std::string(201, 'c');
    CHECK(judged(sold) ==
          "customer_company_length /customer/company\n"
          "contract_end_excluded /contract/end\n");
}

TEST_CASE("a co-sell deal keeps the form and the order of its days, and no other rule") {
    Deal sold;
    sold.kind = DealKind::azure_ip_cosell;
    sold.state = DealState::submitted;
    CHECK(judged(sold) == "");
    sold.contract.total_value = money("1");
    sold.contract.solution_value = money("2", "EUR");
    CHECK(judged(sold) == "");
    sold.contract.signed_ = date("2026-01-02");
    sold.contract.start = date("2026-01-01");
    sold.contract.end = date("2026-01-01");
    sold.contact.phone = std::string(201, '1');
    CHECK(judged(sold) ==
          "contract_start_before_signed /contract/start\n"
          "contract_end_before_start /contract/end\n"
          "text_length /contact/phone\n");
}

TEST_CASE("everything wrong with a deal is found at once, each thing at its place") {
    Deal sold = deal();
    sold.offer.reset();
    sold.customer = {std::string(201, 'c'), std::nullopt, std::nullopt};
    sold.contract.signed_ = date("2027-01-01");
    sold.contract.end = date("2026-01-31");
    sold.contract.total_value = money("5000.00");
    sold.contract.solution_value = money("5000.01");
    sold.contact = {"", std::string(201, 'd'), "", ""};
    Findings findings;
    check_deal(sold, {}, findings, Path() / "deal");
    CHECK(told(findings.all()) ==
          "deal_offer_missing /deal/offer\n"
          "customer_company_length /deal/customer/company\n"
          "customer_tenant_missing /deal/customer/tenant\n"
          "contract_start_before_signed /deal/contract/start\n"
          "contract_end_before_start /deal/contract/end\n"
          "contract_solution_value /deal/contract/solution_value\n"
          "contact_missing /deal/contact/first_name\n"
          "text_length /deal/contact/last_name\n"
          "contact_missing /deal/contact/email\n"
          "contract_total_value /deal/contract/total_value\n");
}

TEST_CASE("what could not be read of a deal is not judged once more") {
    Deal sold = deal();
    sold.contract = {};
    sold.contact = {};
    const Path root;
    const Path contract = root / "contract";
    const Path total = contract / "total_value";
    Findings findings;
    findings.error(Errc::date_syntax, contract / "end");
    findings.error(Errc::currency_syntax, total / "currency");
    findings.error(Errc::wrong_type, root / "contact");
    check_deal(sold, {}, findings);
    CHECK(told(findings.all()) ==
          "date_syntax /contract/end\n"
          "currency_syntax /contract/total_value/currency\n"
          "wrong_type /contact\n"
          "contract_missing /contract/signed\n"
          "contract_missing /contract/start\n"
          "contract_missing /contract/solution_value\n");

    sold = deal();
    sold.contract.total_value = Money{};
    Findings half_read;
    half_read.error(Errc::decimal_syntax, total / "amount");
    check_deal(sold, {}, half_read);
    CHECK(told(half_read.all()) == "decimal_syntax /contract/total_value/amount\n");
}
