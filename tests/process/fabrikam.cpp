#include "process/fabrikam.hpp"

#include "unit/catalog/samples.hpp"
#include "unit/deals/samples.hpp"

namespace licet::test {
namespace {

std::unique_ptr<Engine> open_engine(std::unique_ptr<Store> store, std::shared_ptr<Clock> clock) {
    EngineOptions options;
    options.clock = std::move(clock);
    return Engine::open(std::move(store), options).value();
}

void publish_offer(Engine& engine, ManualClock& clock) {
    const Caller reviewer{{"r1", {}, {}, {Role::reviewer}}, {}, {}};
    const Offer offer = samples::article_offer();
    const OfferCommand which{offer.publisher, offer.id};
    engine.catalog().create_offer({.offer = offer}, publisher()).value();
    engine.catalog().submit({which}, publisher()).value();
    for (int phase = 0; phase < 3; ++phase) {
        engine.catalog().pass_phase({which}, reviewer).value();
    }
    engine.catalog().go_live({which}, publisher()).value();
    clock.advance(Policy().go_live_delay);
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

Caller customer() { return {{"ben", {}, contoso(), {Role::global_admin}}, {}, {}}; }
Caller publisher() {
    return {{"ana", ::samples::deal().publisher, {}, {Role::account_admin}}, {}, {}};
}

Timestamp in_the_contract() { return ::samples::at("2026-03-01T09:00:00Z"); }

std::unique_ptr<Engine> open_engine(std::unique_ptr<Store> store) {
    return open_engine(std::move(store), std::make_shared<ManualClock>(in_the_contract()));
}

void sell_bronze(std::unique_ptr<Store> store, std::int64_t quantity) {
    const auto clock = std::make_shared<ManualClock>(::samples::at("2026-02-01T09:00:00Z"));
    const auto engine = open_engine(std::move(store), clock);
    const Deal deal = ::samples::deal();
    publish_offer(*engine, *clock);
    win_consent(*engine, deal);
    const LineChange line{bronze().plan(), quantity, false};
    engine->deals().update_licenses({deal.publisher, deal.id, {line}}, publisher()).value();
}

}  // namespace licet::test
