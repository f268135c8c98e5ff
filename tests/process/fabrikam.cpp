#include "process/fabrikam.hpp"

#include "unit/catalog/samples.hpp"
#include "unit/deals/samples.hpp"

namespace licet::test {
namespace {

std::unique_ptr<Engine> open_engine(std::unique_ptr<Store> store, Timestamp now, Policy policy) {
    EngineOptions options;
    options.clock = std::make_shared<ManualClock>(now);
    options.policy = std::move(policy);
    return Engine::open(std::move(store), options).value();
}

void publish_offer(Engine& engine) {
    const Caller reviewer{{"r1", {}, {}, {Role::reviewer}}, {}, {}};
    const Offer offer = samples::article_offer();
    const OfferCommand which{offer.publisher, offer.id};
    engine.catalog().create_offer({.offer = offer}, publisher()).value();
    engine.catalog().submit({which}, publisher()).value();
    for (int phase = 0; phase < 3; ++phase) {
        engine.catalog().pass_phase({which}, reviewer).value();
    }
    engine.catalog().go_live({which}, publisher()).value();
}

void win_consent(Engine& engine, const Deal& deal) {
    engine.deals().register_deal({.deal = deal}, publisher()).value();
    const auto invited = engine.deals().create_invite({deal.publisher, deal.id}, publisher());
    const std::string link = invited.value().value.invite.link.value();
    engine.deals().accept({link.substr(link.rfind('=') + 1)}, customer()).value();
}

}  // namespace

TenantId contoso() { return *::samples::deal().customer.tenant; }
ServiceId bronze() { return ServiceId::parse("fabrikam.f365.bronze").value(); }
ServiceId silver() { return ServiceId::parse("fabrikam.f365.silver").value(); }

Caller customer() { return {{"ben", {}, contoso(), {Role::global_admin}}, {}, {}}; }
Caller publisher() {
    return {{"ana", ::samples::deal().publisher, {}, {Role::account_admin}}, {}, {}};
}

Timestamp in_the_contract() { return ::samples::at("2026-03-01T09:00:00Z"); }

std::unique_ptr<Engine> open_engine(std::unique_ptr<Store> store) {
    return open_engine(std::move(store), in_the_contract(), {});
}

void sell(Engine& engine, const std::vector<LineChange>& lines) {
    const Deal deal = ::samples::deal();
    publish_offer(engine);
    win_consent(engine, deal);
    engine.deals().update_licenses({deal.publisher, deal.id, lines}, publisher()).value();
}

void sell_bronze(std::unique_ptr<Store> store, std::int64_t quantity) {
    Policy at_once;
    at_once.go_live_delay = Duration{0};
    const auto engine =
        open_engine(std::move(store), ::samples::at("2026-02-01T09:00:00Z"), at_once);
    sell(*engine, {{bronze().plan(), quantity, false}});
}

}  // namespace licet::test
