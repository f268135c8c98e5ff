// Engines over PostgreSQL: what a call costs in round trips, and what becomes of every operation
// when something befalls one of its requests.

#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <licet/engine/engine.hpp>

#include "postgres/opened.hpp"
#include "support/fault_proxy.hpp"
#include "unit/engine/store_in_hand.hpp"
#include "unit/operations/documents.hpp"
#include "unit/operations/good_calls.hpp"

using namespace licet;
using namespace licet::test;
using licet::world::SharedStore;
using ::world::good_calls;
using ::world::GoodCall;
using ::world::World;

namespace {

using Counts = std::map<std::string, int>;

/// How many records of each kind.
Counts counts_of(const std::vector<Record>& records) {
    Counts counts;
    for (const Record& record : records) {
        ++counts[record.key.substr(0, record.key.find('/'))];
    }
    return counts;
}

std::vector<Record> all_of(Store& store) { return store.scan("!", "", 100'000).value().records; }

/// Makes the store hold these records and no others.
void fill(Store& store, const std::vector<Record>& records) {
    std::map<std::string, std::optional<std::string>> texts;
    for (const Record& record : records) {
        texts[record.key] = record.text;
    }
    for (const Record& there : all_of(store)) {
        const auto wanted = texts.emplace(there.key, std::nullopt).first;
        if (wanted->second == there.text) {
            texts.erase(wanted);
        }
    }
    Batch batch;
    for (auto& [key, text] : texts) {
        batch.writes.push_back({key, std::move(text)});
    }
    REQUIRE(store.commit(batch));
}

std::unique_ptr<Engine> engine_on(std::unique_ptr<Store> store, World& like) {
    EngineOptions options;
    options.clock = std::make_shared<ManualClock>(like.clock().now());
    options.exclusive = true;
    return Engine::open(std::move(store), std::move(options)).value();
}

/// On a store that may not wait long enough on a busy machine.
std::unique_ptr<Engine> engine_at_last(const std::shared_ptr<Store>& store, World& like) {
    for (int tries = 0; tries < 100 && !store->read({"meta/format"}); ++tries) {
    }
    return engine_on(std::make_unique<SharedStore>(store), like);
}

bool is_silent(Fault fault) {
    return fault == Fault::silence || fault == Fault::silence_for_answers;
}

/// The records of a world in a database of the shared server, and a store behind a proxy.
struct Behind {
    std::shared_ptr<Store> store(std::chrono::milliseconds timeout = std::chrono::seconds(10)) {
        return open(shared_server().uri(database, proxy.port()), {.timeout = timeout});
    }

    std::string database = shared_server().new_database();
    FaultProxy proxy{shared_server().port()};
    std::unique_ptr<Store> witness = open(shared_server().uri(database));
};

/// Calls it once while this befalls a request of it, and then until it is done. False where it
/// has not so many requests.
bool befalls(Behind& behind, const std::shared_ptr<Store>& store, World& made, const GoodCall& good,
             Fault fault, int after) {
    fill(*behind.witness, made.records());
    const auto engine = engine_at_last(store, made);
    behind.proxy.strike(fault, after);
    std::jthread helper([&] {
        behind.proxy.wait_for_strike();
        all_of(*behind.witness);  // for as long as it is delayed
        behind.proxy.let_go();
    });
    const auto first = licet::call(*engine, good.operation, good.arguments);
    const bool struck = behind.proxy.has_struck();
    helper.join();
    behind.proxy.cut_all();  // or the server would keep what it is silent about
    CHECK_MESSAGE((first || first.error().code == Condition::storage), ::world::why(first));
    auto last = first;
    for (int again = 0; !last && again < 20; ++again) {
        last = licet::call(*engine, good.operation, good.arguments);
    }
    CHECK_MESSAGE(last, ::world::why(last));
    return struck;
}

/// Some of the operations, each with every fault of every request of it. Made by the test's own
/// thread, run by another.
class Share {
public:
    void run(std::size_t first, std::size_t step) {
        for (std::size_t i = first; i < calls_.size(); i += step) {
            run(calls_[i]);
        }
    }

private:
    void run(const GoodCall& good) {
        CAPTURE(good.operation);
        World undisturbed = made_.again();
        undisturbed.must(good.operation, good.arguments);
        const Counts wanted = counts_of(undisturbed.records());
        for (const Fault fault : all_faults) {
            CAPTURE(fault);
            const auto& store = is_silent(fault) ? impatient_ : patient_;
            for (int after = 0; befalls(behind_, store, made_, good, fault, after); ++after) {
                CAPTURE(after);
                CHECK(counts_of(all_of(*behind_.witness)) == wanted);
            }
        }
    }

    World made_;
    std::vector<GoodCall> calls_ = good_calls(made_);
    Behind behind_;
    std::shared_ptr<Store> patient_ = behind_.store();
    std::shared_ptr<Store> impatient_ = behind_.store(std::chrono::milliseconds(100));
};

}  // namespace

TEST_CASE("an assign costs a round trip, two after one that found seats there, and a check none") {
    World made;
    Behind behind;
    fill(*behind.witness, made.records());
    const auto engine = engine_on(std::make_unique<SharedStore>(behind.store()), made);
    const auto trips_of = [&](std::string_view operation, const std::string& arguments) {
        const int before = behind.proxy.round_trips();
        const auto answer = licet::call(*engine, operation, arguments);
        CHECK_MESSAGE(answer, ::world::why(answer));
        return behind.proxy.round_trips() - before;
    };
    const auto assign = [](const std::string& user) {
        return ::world::with_actor(::world::tenant() +
                                       R"(,"service_id":"fabrikam.f365.bronze",)"
                                       R"("users":[")" +
                                       user + R"("])",
                                   ::world::liv);
    };
    const std::string check =
        "{" + ::world::tenant() + R"(,"service_id":"fabrikam.f365.bronze","user":"adele"})";
    trips_of("seats.assign", assign("first"));  // which also learns the pool's number
    trips_of("check", check);
    CHECK(trips_of("seats.assign", assign("second")) == 1);
    // A commit in vain, the question which key it was, and a read.
    CHECK(trips_of("seats.assign", assign("second")) == 3);
    CHECK(trips_of("seats.assign", assign("third")) == 2);
    CHECK(trips_of("seats.assign", assign("fourth")) == 1);
    CHECK(trips_of("check", check) == 0);
}

TEST_CASE("whatever befalls a request of whatever operation, it is done once or it says so") {
    std::list<Share> shares(4);
    std::vector<std::future<void>> done;
    for (Share& share : shares) {
        done.push_back(std::async(std::launch::async, [&share, first = done.size(), &shares] {
            share.run(first, shares.size());
        }));
    }
    for (auto& one : done) {
        one.get();  // which throws what it threw
    }
}

TEST_CASE("a book is imported from a text wherever it was cut, and is the same book") {
    World made;
    const auto source = std::make_shared<MemoryStore>();
    fill(*source, made.records());
    const auto from = engine_on(std::make_unique<SharedStore>(source), made);
    const std::string text = from->archive().export_store({}).value().lines.value();
    bool struck = true;
    for (int after = 0; struck; ++after) {
        CAPTURE(after);
        Behind behind;
        EngineOptions options;
        options.allow_unfinished = true;
        const auto to =
            Engine::open(std::make_unique<SharedStore>(behind.store()), std::move(options)).value();
        behind.proxy.strike(Fault::cut_before_answer, after);
        auto told = to->archive().import_store({text});
        struck = behind.proxy.has_struck();
        CHECK((told || told.error().code == Condition::storage));
        for (int tries = 0; !told && tries < 20; ++tries) {
            told = to->archive().import_store({text});
        }
        CHECK(told);
        const auto there = engine_on(open(shared_server().uri(behind.database)), made);
        CHECK(there->archive().export_store({}).value().lines == text);
    }
}

TEST_CASE("two engines on one database that give seats at once give as many as there are") {
    constexpr int free = 4;  // of Contoso's six of bronze
    World made;
    const std::string database = shared_server().new_database();
    fill(*open(shared_server().uri(database)), made.records());
    std::atomic<int> given = 0;
    std::atomic<int> refused = 0;
    {
        std::vector<std::unique_ptr<Engine>> engines;
        std::vector<std::jthread> threads;
        for (int side = 0; side < 2; ++side) {
            engines.push_back(engine_on(open(shared_server().uri(database)), made));
        }
        for (int claim = 0; claim < 2 * free; ++claim) {
            threads.emplace_back([&, claim] {
                const auto answer =
                    licet::call(*engines[static_cast<std::size_t>(claim % 2)], "seats.assign",
                                ::world::with_actor(::world::tenant() +
                                                        R"(,"service_id":"fabrikam.f365.bronze",)"
                                                        R"("users":["claim-)" +
                                                        std::to_string(claim) + R"("])",
                                                    ::world::liv));
                given += answer ? 1 : 0;
                refused += !answer && answer.error().code == Errc::no_free_license ? 1 : 0;
            });
        }
    }
    CHECK(given == free);
    CHECK(refused == free);
}
