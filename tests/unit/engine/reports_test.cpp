#include <doctest/doctest.h>

#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

const std::string header =
    "Customer Country,Customer Country Code,Customer Name,Activation Date,Product Display Name,"
    "Product ID,Licenses Provisioned,Licenses Assigned,SKU Name,Tenant ID,License State,"
    "Service ID\n";

std::string csv_of(World& world, bool of_tenant = false) {
    const auto report = of_tenant ? world.engine().reports().licenses({{}, contoso()}, ben())
                                  : world.engine().reports().licenses({publisher(), {}}, ana());
    REQUIRE(failure_of(report) == done);
    CHECK(report.value().count == report.value().rows->size());
    return *report.value().csv;
}

Deal deal_of(std::string_view id, const TenantId& tenant, const char* company,
             const char* country) {
    Deal deal = article_deal(id);
    deal.customer = {company, Country::parse(country).value(), tenant};
    return deal;
}

/// Contoso with bronze and gold, and Northwind with bronze, over by one each.
void two_customers(World& world) {
    mutations::seated(world);
    world.consent(nora());
    world.sell({line("bronze", 5)}, deal_of("d-2", northwind(), "Northwind, \"Inc\"", "DE"));
    REQUIRE(world.seats().assign({northwind(), service("bronze"), people(1, 4), Mode::atomic, {}},
                                 nora()));
    REQUIRE(world.change_lines({line("bronze", 1)}));
    REQUIRE(world.change_lines({line("bronze", 3)}, deal_id("d-2")));
}

class Pieces final : public Stream {
public:
    result<std::size_t> pull(std::span<char>) override { return std::size_t{0}; }
    result<void> push(std::string_view piece) override {
        text += piece;
        return boost::outcome_v2::success();
    }
    result<void> progress(std::uint64_t done, std::uint64_t) override {
        reported = done;
        return boost::outcome_v2::success();
    }
    std::string text;
    std::uint64_t reported = 0;
};

std::vector<std::string> over(World& world, const ReportOverCapacity& query, const Caller& as) {
    ReportOverCapacity next = query;
    std::vector<std::string> all;
    do {
        const auto page = world.engine().reports().over_capacity(next, as);
        REQUIRE(failure_of(page) == done);
        for (const PoolSummary& pool : page.value().items) {
            all.push_back(pool.tenant.str() + ' ' + pool.service_id.plan().str() + ' ' +
                          std::to_string(pool.over_by));
        }
        next.page.after = page.value().next;
    } while (next.page.after);
    return all;
}

}  // namespace

TEST_CASE("the licence report has the portal's twelve columns, a row for each pool with lines") {
    World world;
    two_customers(world);
    CHECK(csv_of(world) ==
          header + "United States,US,Contoso,2026-01-10,Fabrikam 365,f365,1,2,Fabrikam bronze," +
              contoso().str() + ",active,fabrikam.f365.bronze\n" +
              "United States,US,Contoso,2026-01-10,Fabrikam 365,f365,2,0,Fabrikam gold," +
              contoso().str() + ",active,fabrikam.f365.gold\n" +
              "Germany,DE,\"Northwind, \"\"Inc\"\"\",2026-01-10,Fabrikam 365,f365,3,4,"
              "Fabrikam bronze,northwind,active,fabrikam.f365.bronze\n");
}

TEST_CASE("a tenant's licence report is of its own pools") {
    World world;
    two_customers(world);
    const std::string csv = csv_of(world, true);
    CHECK(csv.find("Contoso") != std::string::npos);
    CHECK(csv.find("Northwind") == std::string::npos);
}

TEST_CASE("a report of nobody's licences has its header") {
    World world;
    CHECK(csv_of(world) == header);
    CHECK(csv_of(world, true) == header);
}

TEST_CASE("the lines of several deals are one row: all licences, the best state, the last deal") {
    World world;
    mutations::sold(world);
    world.pass_time(days(1));
    Deal renewal = deal_of("d-0", contoso(), "Contoso Ltd", "GB");
    renewal.contract.end = day("2028-01-31");
    world.sell({line("bronze", 10)}, renewal);
    const auto row = [&]() {
        return *world.engine().reports().licenses({publisher(), {}}, ana()).value().rows;
    };
    world.clock->set(contract_over());
    CHECK(row().at(0).licenses_provisioned == 13);
    CHECK(row().at(0).license_state == LineState::active);
    CHECK(row().at(0).customer_name == "Contoso Ltd");
    CHECK(row().at(0).customer_country == "United Kingdom");
    CHECK(row().at(0).activation_date == day("2026-01-10"));
    CHECK(row().at(1).license_state == LineState::warning);  // gold, of the first deal alone
    world.clock->set(contract_over() + days(120));
    CHECK(row().size() == 1);  // gold is deleted
    CHECK(row().at(0).licenses_provisioned == 10);
    CHECK(row().at(0).activation_date == day("2026-01-11"));
}

TEST_CASE(
    "what is pending is in the licence report from its moment on, and then what is removed not") {
    World world;
    mutations::seated(world);
    const Timestamp june = at("2026-06-01T00:00:00Z");
    REQUIRE(world.deals().update_licenses(
        {publisher(), deal_id("d-1"), {line("silver", 4), no_line("bronze")}, june}, ana()));
    const auto plans = [&] {
        std::string names;
        const auto report = world.engine().reports().licenses({publisher(), {}}, ana());
        for (const LicenseRow& row : *report.value().rows) {
            names += row.service_id.plan().str() + ' ';
        }
        return names;
    };
    world.clock->set(june + Duration(-1));
    CHECK(plans() == "bronze gold ");
    world.clock->set(june);
    CHECK(plans() == "gold silver ");
}

TEST_CASE("a licence report to a stream is the same text by pieces, and has no rows") {
    World world;
    two_customers(world);
    Pieces stream;
    const auto report = world.engine().reports().licenses({publisher(), {}}, ana(), stream);
    REQUIRE(report);
    CHECK(report.value().count == 3);
    CHECK(stream.reported == 3);
    CHECK_FALSE(report.value().rows);
    CHECK_FALSE(report.value().csv);
    CHECK(stream.text == csv_of(world));
}

TEST_CASE("the pools over capacity are told to whom they concern, in pages of any size") {
    World world;
    two_customers(world);
    const std::vector<std::string> all{contoso().str() + " bronze 1", "northwind bronze 1"};
    for (const std::int64_t limit : {1, 2, 1000}) {
        CHECK(over(world, {publisher(), {}, {limit, {}}}, ana()) == all);
        CHECK(over(world, {{}, contoso(), {limit, {}}}, ben()) == std::vector{all[0]});
        CHECK(over(world, {{}, northwind(), {limit, {}}}, nora()) == std::vector{all[1]});
    }
    REQUIRE(world.unassign("bronze", {person(1)}));
    CHECK(over(world, {publisher(), {}, {}}, ana()) == std::vector{all[1]});
    world.clock->set(contract_over() + days(30));  // the grace is over
    CHECK(over(world, {publisher(), {}, {}}, ana()) ==
          std::vector<std::string>{contoso().str() + " bronze 1", "northwind bronze 4"});
}

TEST_CASE("a page of pools over capacity may begin behind anything") {
    World world;
    two_customers(world);
    const auto behind = [&](const std::string& after) {
        return over(world, {publisher(), {}, {10, after}}, ana()).size();
    };
    CHECK(behind("") == 2);
    CHECK(behind("/") == 2);
    CHECK(behind(contoso().str()) == 2);
    CHECK(behind(contoso().str() + "/fabrikam.f365.bronze") == 1);
    CHECK(behind("northwind/fabrikam.f365.bronze") == 0);
    CHECK(behind("zzz/~~~") == 0);
}

TEST_CASE("a report is of a publisher or a tenant, and for those who may read their records") {
    World world;
    two_customers(world);
    Reports& reports = world.engine().reports();
    CHECK(failure_of(reports.licenses({{}, {}}, ana())) == Errc::report_scope);
    CHECK(failure_of(reports.licenses({publisher(), contoso()}, ana())) == Errc::report_scope);
    CHECK(failure_of(reports.over_capacity({{}, {}, {}}, ana())) == Errc::report_scope);
    const auto licenses = [&](std::optional<PublisherId> of, std::optional<TenantId> at,
                              const Actor& as) {
        const Caller caller{as, {}, {}};
        const auto report = failure_of(reports.licenses({of, at}, caller));
        CHECK(failure_of(reports.over_capacity({of, at, {}}, caller)) == report);
        return report;
    };
    CHECK(licenses(publisher(), {}, seller({Role::referral_admin})) == done);
    CHECK(licenses(publisher(), {}, seller({Role::developer})) == Errc::role_missing);
    CHECK(licenses(publisher("litware"), {}, seller({Role::global_admin})) ==
          Errc::other_publisher);
    CHECK(licenses({}, contoso(), buyer({Role::billing_admin})) == done);
    CHECK(licenses({}, contoso(), buyer({Role::developer})) == Errc::role_missing);
    CHECK(licenses({}, northwind(), buyer({Role::global_admin})) == Errc::other_tenant);
    CHECK(licenses({}, contoso(), seller({Role::global_admin})) == Errc::other_tenant);
}
