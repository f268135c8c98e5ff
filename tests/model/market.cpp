// Where a story begins: two plans sold to nobody yet, under two deals.

#include "model/step.hpp"

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

std::map<std::string, Timestamp> first_ends() {
    return {{"d-perpetual", Timestamp::latest()}, {"d-short", world::at("2026-05-01T00:00:00Z")}};
}

Market::Market(const Policy& policy) {
    auto faulty = std::make_unique<FaultyStore>(std::make_unique<MemoryStore>(), Faults{});
    store = faulty.get();
    world.emplace(world::Options{policy, Duration(1'000), false},
                  std::make_shared<world::StoreInHand>(std::move(faulty)));
    world->publish();
    world->consent();
    for (const char* id : {"d-short", "d-perpetual"}) {
        (void)world->deals().register_deal({deal_named(id), false}, world::ana()).value();
    }
    other = world->open();
}

}  // namespace licet::model
