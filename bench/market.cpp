#include "market.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace bench {
namespace {

template <class T>
T must(licet::result<T> outcome) {
    if (!outcome) {
        std::fprintf(stderr, "%s\n", outcome.error().message().c_str());
        std::exit(1);
    }
    return std::move(outcome).value();
}

licet::Offer offer_of(const licet::PublisherId& publisher) {
    licet::Offer offer;
    offer.publisher = publisher;
    offer.id = must(licet::OfferId::parse("f365"));
    offer.alias = "Fabrikam 365";
    offer.setup.license_management = true;
    offer.setup.require_license_for_install = true;
    offer.setup.sell_through_microsoft = false;
    offer.listing.name = "Fabrikam 365";
    offer.technical = {licet::LicenseModel::user, "https://fabrikam.example/package.zip"};
    licet::Plan plan;
    plan.id = must(licet::PlanId::parse("bronze"));
    plan.name = "Bronze";
    plan.apps = {"crf36_BronzeApp"};
    offer.plans = {plan};
    return offer;
}

licet::Deal deal_of(const licet::Offer& offer, const licet::TenantId& tenant) {
    licet::Deal deal;
    deal.publisher = offer.publisher;
    deal.id = must(licet::DealId::parse("d-1"));
    deal.offer = offer.id;
    deal.customer = {"Contoso", {}, tenant};
    const auto usd = must(licet::Currency::parse("USD"));
    deal.contract.signed_ = must(licet::Date::parse("2026-01-10"));
    deal.contract.start = deal.contract.signed_;
    deal.contract.perpetual = true;
    deal.contract.total_value = {must(licet::Decimal::parse("12000")), usd};
    deal.contract.solution_value = {must(licet::Decimal::parse("9000")), usd};
    deal.contact = {"Ana", "Diaz", "ana@fabrikam.example", ""};
    return deal;
}

}  // namespace

Market open_market(std::unique_ptr<licet::Store> store) {
    licet::EngineOptions options;
    options.policy.go_live_delay = licet::Duration(0);
    Market market;
    market.engine = must(licet::Engine::open(std::move(store), std::move(options)));
    const auto publisher = must(licet::PublisherId::parse("fabrikam"));
    market.tenant = must(licet::TenantId::parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"));
    market.admin.as = {"liv", {}, market.tenant, {licet::Role::global_admin}};
    const licet::Caller ana{{"ana", publisher, {}, {licet::Role::account_admin}}, {}, {}};
    const licet::Caller reviewer{{"rex", {}, {}, {licet::Role::reviewer}}, {}, {}};

    const licet::Offer offer = offer_of(publisher);
    market.service_id = licet::ServiceId::of(publisher, offer.id, offer.plans[0].id);
    auto& catalog = market.engine->catalog();
    must(catalog.create_offer({offer}, ana));
    must(catalog.submit({{publisher, offer.id}}, ana));
    for (int phase = 0; phase < 3; ++phase) {
        must(catalog.pass_phase({{publisher, offer.id}}, reviewer));
    }
    must(catalog.go_live({{publisher, offer.id}}, ana));
    auto& deals = market.engine->deals();
    const licet::Deal deal = deal_of(offer, market.tenant);
    must(deals.register_deal({deal}, ana));
    const auto invite = must(deals.create_invite({publisher, deal.id}, ana));
    const std::string link = invite.value.invite.link.value();
    must(deals.accept({link.substr(link.find("token=") + 6)}, market.admin));
    must(deals.update_licenses({publisher, deal.id, {{offer.plans[0].id, 1'000'000}}}, ana));
    return market;
}

licet::UserId user(std::uint64_t number) {
    char text[40];
    // Ids of people are random; a multiplication by an odd number spreads them alike.
    const std::uint64_t spread = number * 0x9e3779b97f4a7c15U;
    std::snprintf(text, sizeof text, "%08x-%04x-4%03x-8000-%012llx",
                  static_cast<unsigned>(spread >> 32U),
                  static_cast<unsigned>((spread >> 16U) & 0xffffU),
                  static_cast<unsigned>(spread & 0xfffU), static_cast<unsigned long long>(number));
    return must(licet::UserId::parse(text));
}

void fill(Market& market, std::uint64_t first, std::uint64_t count) {
    for (std::uint64_t done = 0; done < count;) {
        licet::AssignSeats command{market.tenant, market.service_id, {}, {}, {}};
        for (; done < count && command.users.size() < 50'000; ++done) {
            command.users.push_back(user(first + done));
        }
        must(market.engine->seats().assign(command, market.admin));
    }
}

std::string scratch(const std::string& name) {
    struct Folder {
        std::filesystem::path path;
        ~Folder() {
            std::error_code ignored;
            std::filesystem::remove_all(path, ignored);
        }
    };
    static const Folder folder{[] {
        std::string path = (std::filesystem::current_path() / "licet_bench.XXXXXX").string();
        if (!mkdtemp(path.data())) {
            std::perror(path.c_str());
            std::exit(1);
        }
        return path;
    }()};
    const auto path = folder.path / name;
    std::filesystem::create_directories(path);
    return path.string();
}

}  // namespace bench
