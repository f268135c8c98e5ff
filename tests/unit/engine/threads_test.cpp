// Many threads at one engine, and at several over one store.

#include <atomic>
#include <set>
#include <thread>

#include <doctest/doctest.h>

#include "world.hpp"

using namespace licet;
using namespace licet::world;

namespace {

constexpr std::size_t thread_count = 8;

/// Runs `act` in as many threads at once, each with its number, and waits for all.
void at_once(const std::function<void(std::size_t thread)>& act) {
    std::vector<std::thread> threads;
    for (std::size_t n = 0; n < thread_count; ++n) {
        threads.emplace_back(act, n);
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
}

result<Written<SeatsAnswer>> assign_one(Engine& engine, std::string_view plan, const UserId& who) {
    return engine.seats().assign({contoso(), service(plan), {who}, Mode::atomic, {}}, ben());
}

void verify_all(World& world) {
    for (const std::string& stream : world.streams()) {
        CAPTURE(stream);
        CHECK(world.verify(stream).ok);
    }
}

}  // namespace

TEST_CASE("eight threads that want two hundred seats of a pool of a hundred get a hundred") {
    World world;
    world.sell_article({line("bronze", 100)});
    std::atomic<int> given{0};
    std::atomic<int> refused{0};
    std::atomic<int> other{0};
    at_once([&](std::size_t thread) {
        for (std::size_t n = thread; n < 200; n += thread_count) {
            const auto told = assign_one(world.engine(), "bronze", person(n));
            const bool full = failure_of(told) == Errc::no_free_license;
            ++(told ? given : full ? refused : other);
        }
    });
    CHECK(given == 100);
    CHECK(refused == 100);
    CHECK(other == 0);  // nobody was told of contention
    CHECK(world.holders("bronze").size() == 100);
    CHECK(world.pool("bronze").consumed == 100);
    CHECK(world.verify(pool_stream("bronze")).count == 101);
}

TEST_CASE("threads of two engines that empty one pool give each seat once") {
    World world;
    world.sell_article({line("bronze", 100)});
    const auto other = world.open();
    std::atomic<int> given{0};
    at_once([&](std::size_t thread) {
        Engine& engine = thread % 2 == 0 ? world.engine() : *other;
        for (std::size_t n = thread; n < 200; n += thread_count) {
            auto told = assign_one(engine, "bronze", person(n));
            while (failure_of(told) == Errc::contended) {
                told = assign_one(engine, "bronze", person(n));
            }
            given += told ? 1 : 0;
        }
    });
    CHECK(given == 100);
    CHECK(world.holders("bronze").size() == 100);
    CHECK(world.verify(pool_stream("bronze")).count == 101);
}

TEST_CASE("one command under one key from eight threads is done once") {
    World world;
    world.sell_article({line("bronze", 100)});
    std::atomic<int> replayed{0};
    std::atomic<int> failed{0};
    at_once([&](std::size_t) {
        for (int n = 0; n < 20; ++n) {
            const auto told = world.deals().register_deal({article_deal(""), false},
                                                          with_key(ana(), std::to_string(n)));
            failed += told ? 0 : 1;
            replayed += told && told.value().replayed ? 1 : 0;
        }
    });
    CHECK(failed == 0);
    CHECK(replayed == 20 * (int{thread_count} - 1));
    const auto deals = world.deals().list_deals({publisher(), {}, {}, {}, {}, {}}, ana()).value();
    CHECK(deals.items.size() == 21);
}

TEST_CASE("offers, deals, licences, seats and checks at once end as they would one by one") {
    World world;
    world.sell_article({line("bronze", 50), line("gold", 50)});
    std::atomic<int> failed{0};
    const auto count_failure = [&](bool fine) { failed += fine ? 0 : 1; };
    constexpr int rounds = 40;
    at_once([&](std::size_t thread) {
        for (int n = 0; n < rounds; ++n) {
            const UserId who = person(thread * 100 + static_cast<std::size_t>(n) % 10);
            switch (thread) {
                case 0:
                    count_failure(world.catalog()
                                      .update_offer({publisher(),
                                                     offer_id(),
                                                     {R"({"listing":{"summary":")" +
                                                      std::to_string(n) + R"("}})"}},
                                                    ana())
                                      .has_value());
                    break;
                case 1:
                    count_failure(world.change_lines({line("bronze", 50 + n)}).has_value());
                    break;
                case 2:
                    count_failure(world.deals()
                                      .update_deal({publisher(),
                                                    deal_id("d-1"),
                                                    {R"({"contact":{"phone":")" +
                                                     std::to_string(n) + R"("}})"}},
                                                   ana())
                                      .has_value());
                    break;
                case 3:
                    count_failure(world.seats()
                                      .check(contoso().str(), service("gold").str(), who.str())
                                      .has_value());
                    count_failure(world.seats()
                                      .check_app(contoso().str(), "crf36_goldapp", who.str())
                                      .has_value());
                    break;
                default:
                    count_failure(
                        assign_one(world.engine(), thread % 2 == 0 ? "bronze" : "gold", who)
                            .has_value());
                    if (n % 10 == 9 && n + 1 < rounds) {
                        count_failure(
                            world.unassign(thread % 2 == 0 ? "bronze" : "gold", {who}).has_value());
                    }
            }
        }
    });
    CHECK(failed == 0);
    CHECK(world.pool("bronze").consumed == 20);
    CHECK(world.pool("gold").consumed == 20);
    CHECK(world.pool("bronze").capacity.enabled == 50 + rounds - 1);
    CHECK(world.deal().contact.phone == std::to_string(rounds - 1));
    CHECK(world.verify(deal_stream).count == 2 + 2 * rounds);
    CHECK(world.verify(offer_stream).count == 6 + rounds);
    verify_all(world);
    for (const UserId& who : world.holders("gold")) {
        CHECK(world.check("gold", who) == Decision::licensed);
    }
}

TEST_CASE("nobody is kept from a pool by those who hurry through it") {
    World world;
    world.sell_article({line("bronze", 50)});
    std::atomic<bool> over{false};
    std::atomic<int> contended{0};
    at_once([&](std::size_t thread) {
        if (thread == 0) {
            for (int n = 0; n < 30; ++n) {
                contended += world.change_lines({line("bronze", 50 + n)}) ? 0 : 1;
            }
            over = true;
            return;
        }
        while (!over) {
            (void)assign_one(world.engine(), "bronze", person(thread));
            (void)world.unassign("bronze", {person(thread)});
        }
    });
    CHECK(contended == 0);
    CHECK(world.pool("bronze").capacity.enabled == 79);
    verify_all(world);
}
