// Seats given and taken over a store on which little can be relied, by callers who try again
// until they know.

#include <set>

#include <doctest/doctest.h>

#include <licet/store/faulty.hpp>

#include "dice.hpp"
#include "world.hpp"

using namespace licet;
using namespace licet::world;

namespace {

/// A world on a store that works until it is told to fail.
struct FaultyWorld {
    FaultyWorld() {
        auto faulty = std::make_unique<FaultyStore>(std::make_unique<MemoryStore>(), Faults{});
        faults = faulty.get();
        world.emplace(Options{}, std::make_shared<StoreInHand>(std::move(faulty)));
    }

    FaultyStore* faults = nullptr;
    std::optional<World> world;
};

/// The same command under its key until it is known how it ended.
result<Written<SeatsAnswer>> settle(World& world, bool assigns, const std::vector<UserId>& users,
                                    const Caller& caller, std::size_t& tries) {
    for (;;) {
        ++tries;
        auto told = assigns ? world.assign("bronze", users, caller)
                            : world.unassign("bronze", users, caller);
        if (told || told.error().code != Condition::storage) {
            return told;
        }
    }
}

}  // namespace

TEST_CASE("over a store that fails at every turn no seat is lost and none is given twice") {
    constexpr std::size_t capacity = 10;
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
        CAPTURE(seed);
        FaultyWorld faulty;
        World& world = *faulty.world;
        world.sell_article({line("bronze", capacity)});
        faulty.faults->set({seed, 100, 100, 150, 150, 150});

        Dice dice(seed);
        std::set<UserId> holders;
        std::size_t events = 1;
        std::size_t tries = 0;
        for (int step = 0; step < 300; ++step) {
            CAPTURE(step);
            const bool assigns = dice.below(3) != 0;
            const std::vector<UserId> users = people(dice.below(15), 1 + dice.below(3));
            const Caller caller = with_key(ben(), std::to_string(step));
            const auto told = settle(world, assigns, users, caller, tries);

            std::set<UserId> after = holders;
            for (const UserId& one : users) {
                assigns ? (void)after.insert(one) : (void)after.erase(one);
            }
            if (after.size() > capacity) {
                CHECK(failure_of(told) == Errc::no_free_license);
                continue;
            }
            REQUIRE(failure_of(told) == done);
            for (const SeatOutcome& outcome : told.value().value.outcomes) {
                const bool held = holders.contains(outcome.user);
                CHECK(outcome.outcome == (assigns ? (held ? Outcome::already : Outcome::assigned)
                                                  : (held ? Outcome::released : Outcome::absent)));
            }
            CHECK(told.value().value.pool.consumed == std::ssize(after));
            events += after == holders ? 0U : 1U;
            holders = std::move(after);
        }
        CHECK(tries > 300);  // the store did fail

        faulty.faults->set({});
        CHECK(world.holders("bronze") == std::vector(holders.begin(), holders.end()));
        CHECK(world.pool("bronze").consumed == std::ssize(holders));
        const VerifyAnswer verified = world.verify(pool_stream("bronze"));
        CHECK(verified.ok);
        CHECK(verified.count == events);
        for (const UserId& one : people(0, 20)) {
            CHECK(world.check("bronze", one) ==
                  (holders.contains(one) ? Decision::licensed : Decision::no_seat));
        }
    }
}

TEST_CASE("over a store that fails at every turn the whole sale is done once") {
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
        CAPTURE(seed);
        FaultyWorld faulty;
        World& world = *faulty.world;
        int keys = 0;
        const auto insist = [&](const Caller& as, const auto& call) {
            const Caller caller = with_key(as, std::to_string(++keys));
            for (;;) {
                auto told = call(caller);
                if (told || told.error().code != Condition::storage) {
                    REQUIRE(failure_of(told) == done);
                    return std::move(told).value();
                }
            }
        };
        faulty.faults->set({seed, 100, 100, 150, 150, 150});
        const OfferCommand offer{publisher(), offer_id()};
        insist(ana(), [&](const Caller& as) {
            return world.catalog().create_offer({article_offer(), Profile::create}, as);
        });
        insist(ana(), [&](const Caller& as) { return world.catalog().submit({offer}, as); });
        for (int phase = 0; phase < 3; ++phase) {
            insist(rex(),
                   [&](const Caller& as) { return world.catalog().pass_phase({offer}, as); });
        }
        insist(ana(), [&](const Caller& as) { return world.catalog().go_live({offer}, as); });
        world.pass_time(days(1));
        const Deal deal = insist(ana(), [&](const Caller& as) {
                              return world.deals().register_deal({article_deal(""), false}, as);
                          }).value.deal;
        // Its link is seen once: where a replay has none, another invite is made.
        std::optional<std::string> link;
        while (!link) {
            link = insist(ana(), [&](const Caller& as) {
                       return world.deals().create_invite({publisher(), deal.id}, as);
                   }).value.invite.link;
        }
        const std::string token = link->substr(link->find("token=") + 6);
        insist(ben(), [&](const Caller& as) { return world.deals().accept({token}, as); });
        insist(ana(), [&](const Caller& as) {
            return world.change_lines({line("bronze", 5), line("gold", 1)}, deal.id, as);
        });
        insist(ana(), [&](const Caller& as) {
            return world.deals().update_deal(
                {publisher(), deal.id, {R"({"contract":{"end":"2028-01-31"}})"}}, as);
        });

        faulty.faults->set({});
        CHECK(world.verify(offer_stream).count == 6);
        CHECK(world.deals().list_deals({publisher(), {}, {}, {}, {}, {}}, ana()).value().items ==
              std::vector{world.deal(deal.id.str())});
        CHECK(world.deals().list_relationships({publisher(), {}}, ana()).value().items.size() == 1);
        CHECK(world.pool("bronze").capacity.enabled == 5);
        for (const std::string& stream : world.streams()) {
            CAPTURE(stream);
            CHECK(world.verify(stream).ok);
        }
        CHECK(world.events(pool_stream("gold")).size() == 2);
    }
}
