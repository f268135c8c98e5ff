// Where a story begins: two plans sold to nobody yet, under two deals.

#include "model/step.hpp"

#include <array>

namespace licet::model {
namespace {

Deal deal_named(const std::string& id) {
    Deal deal = world::article_deal(id);
    deal.contract.perpetual = id == "d-perpetual";
    deal.contract.end =
        deal.contract.perpetual ? std::nullopt : std::optional(world::day("2026-04-30"));
    return deal;
}

}  // namespace

Timestamp first_end() { return world::at("2026-05-01T00:00:00Z"); }

Market::Market(const Policy& policy) {
    auto faulty = std::make_unique<FaultyStore>(std::make_unique<MemoryStore>(), Faults{});
    store = faulty.get();
    world.emplace(world::Options{policy, Duration(1'000), false},
                  std::make_shared<world::StoreInHand>(std::move(faulty)));
    world->publish();
    world->consent();
    for (const char* id : {ending_deal.c_str(), "d-perpetual"}) {
        (void)world->deals().register_deal({deal_named(id), false}, world::ana()).value();
    }
    other = world->open();
}

std::string Market::pass_time(const Step& step) {
    const auto deal = insist(world::ana(), [&](const Caller& as) {
        return world->deals().get_deal({world::publisher(), world::deal_id(ending_deal)}, as);
    });
    const Timestamp end = contract_end(deal.value().deal).value();
    const Timestamp now = world->clock->now();
    const Timestamp midnight = Date::of(now).end();
    const std::array moments{end, end + days(30), end + days(120), midnight};
    const auto which = static_cast<std::size_t>(step.days - 1);
    const Timestamp then =
        which < moments.size() ? moments[which] + Duration(step.flag ? -1 : 0) : now;
    if (then > now) {
        world->clock->set(then);
    } else {
        world->pass_time(days(step.number));
    }
    return {};
}

}  // namespace licet::model
