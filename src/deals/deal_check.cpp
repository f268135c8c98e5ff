#include "deals/deal_check.hpp"

#include <array>
#include <string>

#include "text.hpp"

namespace licet {
namespace {

constexpr std::size_t text_max = 200;
constexpr Decimal total_value_floor = Decimal::of(5000);  // US dollars

/// A draft may lack anything, and a co-sell deal is registered as it is.
bool must_be_complete(const Deal& deal) noexcept {
    return deal.kind == DealKind::isv_connect && deal.state != DealState::draft;
}

std::string count_of(std::size_t characters) { return std::to_string(characters) + " characters"; }

std::string sum_of(const Money& money) { return money.amount.str() + " " + money.currency.str(); }

bool was_read(const Findings& findings, const Path& money) {
    return !findings.broken(money / "amount") && !findings.broken(money / "currency");
}

void check_customer(const Deal& deal, Findings& findings, const Path& at) {
    const bool complete = must_be_complete(deal);
    const std::size_t length = text::characters(deal.customer.company);
    if (length > text_max || (complete && length == 0)) {
        report_field(findings, Errc::customer_company_length, at, "company", count_of(length));
    }
    if (complete && deal.consumption_on == ConsumptionOn::customer_tenant &&
        !deal.customer.tenant) {
        report_field(findings, Errc::customer_tenant_missing, at, "tenant", {},
                     "name the customer's tenant, or put consumption on partner_tenant");
    }
}

void check_order(const Contract& contract, Findings& findings, const Path& at) {
    const auto& start = contract.start;
    if (contract.signed_ && start && *start < *contract.signed_) {
        report_field(findings, Errc::contract_start_before_signed, at, "start",
                     start->str() + " is before " + contract.signed_->str());
    }
    if (start && contract.end && *contract.end <= *start) {
        report_field(findings, Errc::contract_end_before_start, at, "end",
                     contract.end->str() + " is not after " + start->str());
    }
}

void check_solution_value(const Contract& contract, Findings& findings, const Path& at) {
    if (!contract.total_value || !contract.solution_value ||
        !was_read(findings, at / "total_value") || !was_read(findings, at / "solution_value")) {
        return;
    }
    const Money& total = *contract.total_value;
    const Money& solution = *contract.solution_value;
    if (solution.currency != total.currency) {
        const Path value = at / "solution_value";
        report_field(findings, Errc::contract_currency, value, "currency",
                     solution.currency.str() + " and " + total.currency.str(),
                     "give both values in one currency");
    } else if (solution.amount > total.amount) {
        report_field(findings, Errc::contract_solution_value, at, "solution_value",
                     sum_of(solution) + " is more than " + sum_of(total));
    }
}

void check_there(const Contract& contract, Findings& findings, const Path& at) {
    const auto require = [&](bool there, std::string_view field, std::string_view hint) {
        if (!there) {
            report_field(findings, Errc::contract_missing, at, field, {}, hint);
        }
    };
    require(contract.signed_.has_value(), "signed", "give the day it was signed");
    require(contract.start.has_value(), "start", "give its first day");
    if (!contract.end && !contract.perpetual) {
        report_field(findings, Errc::contract_end_missing, at, "end", {},
                     "give its last day, or make it perpetual");
    }
    require(contract.total_value || !was_read(findings, at / "total_value"), "total_value",
            "give the value of the whole contract");
    require(contract.solution_value || !was_read(findings, at / "solution_value"), "solution_value",
            "give the solution's part of the value");
}

void check_contract(const Deal& deal, Findings& findings, const Path& at) {
    const Contract& contract = deal.contract;
    if (contract.perpetual && contract.end) {
        report_field(findings, Errc::contract_end_excluded, at, "end", contract.end->str(),
                     "leave out the end, or make it not perpetual");
    }
    if (deal.state != DealState::draft) {
        check_order(contract, findings, at);
    }
    if (must_be_complete(deal)) {
        check_there(contract, findings, at);
        check_solution_value(contract, findings, at);
    }
}

void check_contact(const Deal& deal, Findings& findings, const Path& at) {
    struct Field {
        std::string_view name;
        const std::string& text;
        bool required;
    };
    const Contact& contact = deal.contact;
    const bool complete = must_be_complete(deal);
    const std::array fields{
        Field{"first_name", contact.first_name, complete},
        Field{"last_name", contact.last_name, complete},
        Field{"email", contact.email, complete},
        Field{"phone", contact.phone, false},
    };
    for (const Field& field : fields) {
        const std::size_t length = text::characters(field.text);
        if (length > text_max) {
            report_field(findings, Errc::text_length, at, field.name, count_of(length),
                         "at most " + std::to_string(text_max));
        } else if (length == 0 && field.required) {
            report_field(findings, Errc::contact_missing, at, field.name, {},
                         "give first name, last name and email");
        }
    }
}

std::optional<Decimal> usd_rate(const Currency& currency, const Policy& policy) {
    if (currency.str() == "USD") {
        return Decimal::of(1);
    }
    const auto rate = policy.usd_rates.find(currency.str());
    return rate == policy.usd_rates.end() ? std::nullopt : std::optional(rate->second);
}

bool ends_no_sooner(const Contract& after, const Contract& before) noexcept {
    if (after.perpetual || before.perpetual) {
        return after.perpetual;
    }
    return after.end >= before.end;
}

}  // namespace

void report_field(Findings& findings, Errc rule, const Path& section, std::string_view field,
                  std::string_view detail, std::string_view hint) {
    const Path at = section / field;
    if (!findings.broken(section) && !findings.broken(at)) {
        findings.error(rule, at, detail, hint);
    }
}

void check_terms(const Deal& deal, Findings& findings, const Path& at) {
    if (must_be_complete(deal) && !deal.offer) {
        report_field(findings, Errc::deal_offer_missing, at, "offer", {},
                     "name the offer that is sold");
    }
    check_customer(deal, findings, at / "customer");
    check_contract(deal, findings, at / "contract");
    check_contact(deal, findings, at / "contact");
}

void check_total_value(const Deal& deal, const Policy& policy, Findings& findings, const Path& at) {
    const auto& total = deal.contract.total_value;
    const Path contract = at / "contract";
    if (!must_be_complete(deal) || !total || !was_read(findings, contract / "total_value")) {
        return;
    }
    const auto rate = usd_rate(total->currency, policy);
    if (!rate) {
        findings.warning(Errc::contract_total_value_unchecked, contract / "total_value",
                         sum_of(*total), "give the policy a rate for this currency");
    } else if (Decimal::compare_product(total->amount, *rate, total_value_floor) <= 0) {
        report_field(findings, Errc::contract_total_value, contract, "total_value", sum_of(*total));
    }
}

void check_frozen(const Deal& deal, const Deal& changed, Findings& findings) {
    const Path root;
    const Path customer = root / "customer";
    const Path contract = root / "contract";
    const auto keep = [&](bool kept, const Path& section, std::string_view field,
                          Errc rule = Errc::deal_frozen) {
        if (!kept) {
            report_field(findings, rule, section, field);
        }
    };
    const Contract& was = deal.contract;
    const Contract& is = changed.contract;
    keep(changed.kind == deal.kind, root, "kind");
    keep(changed.offer == deal.offer, root, "offer");
    keep(changed.customer.company == deal.customer.company, customer, "company");
    keep(changed.customer.country == deal.customer.country, customer, "country");
    keep(changed.customer.tenant == deal.customer.tenant, customer, "tenant",
         Errc::deal_customer_locked);
    keep(is.type == was.type, contract, "type");
    keep(is.signed_ == was.signed_, contract, "signed");
    keep(is.start == was.start, contract, "start");
    keep(ends_no_sooner(is, was), contract, was.perpetual ? "perpetual" : "end");
    keep(is.total_value == was.total_value, contract, "total_value");
    keep(is.solution_value == was.solution_value, contract, "solution_value");
    keep(changed.consumption_on == deal.consumption_on, root, "consumption_on");
}

void check_deal(const Deal& deal, const Policy& policy, Findings& findings, const Path& at) {
    check_terms(deal, findings, at);
    check_total_value(deal, policy, findings, at);
}

}  // namespace licet
