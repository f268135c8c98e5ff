#include "support/faulty_calls.hpp"

#include <future>
#include <list>
#include <map>
#include <string>

#include "unit/engine/store_in_hand.hpp"
#include "unit/operations/good_calls.hpp"

namespace licet::test {
namespace {

using ::world::good_calls;
using ::world::GoodCall;
using ::world::World;

using Counts = std::map<std::string, int>;

/// How many records of each kind.
Counts counts_of(const std::vector<Record>& records) {
    Counts counts;
    for (const Record& record : records) {
        ++counts[record.key.substr(0, record.key.find('/'))];
    }
    return counts;
}

/// Calls it once while this befalls a request of it, and then until it is done. False where it
/// has not so many requests.
bool befalls(Behind& behind, const std::shared_ptr<Store>& store, World& made, const GoodCall& good,
             Fault fault, int after) {
    fill(behind.witness(), made.records());
    for (int tries = 0; tries < 100 && !store->read({"meta/format"}); ++tries) {
    }
    const auto engine = engine_on(std::make_unique<world::SharedStore>(store), made);
    result<std::string> first = "";
    const bool struck = behind.befalls(
        fault, after, [&] { first = licet::call(*engine, good.operation, good.arguments); });
    behind.proxy.cut_all();  // or the server would keep what it is silent about
    CHECK_MESSAGE((first || first.error().code == Condition::storage), ::world::why(first));
    auto last = first;
    for (int again = 0; !last && again < 20; ++again) {
        last = licet::call(*engine, good.operation, good.arguments);
    }
    CHECK_MESSAGE(last, ::world::why(last));
    return struck;
}

/// Some of the operations. Made by the test's own thread, run by another.
class Share {
public:
    explicit Share(Site site) : behind_(std::move(site)) {}

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
                CHECK(counts_of(all_of(behind_.witness())) == wanted);
            }
        }
    }

    World made_;
    std::vector<GoodCall> calls_ = good_calls(made_);
    Behind behind_;
    std::shared_ptr<Store> patient_ = behind_.open(patient);
    std::shared_ptr<Store> impatient_ = behind_.open(impatient);
};

}  // namespace

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
    const std::size_t most = store.limits().writes_per_batch;
    Batch batch;
    while (!texts.empty()) {
        auto write = texts.extract(texts.begin());
        batch.writes.push_back({write.key(), std::move(write.mapped())});
        if (texts.empty() || batch.writes.size() == most) {
            REQUIRE(store.commit(batch));
            batch = {};
        }
    }
}

std::unique_ptr<Engine> engine_on(std::unique_ptr<Store> store, World& like) {
    EngineOptions options;
    options.clock = std::make_shared<ManualClock>(like.clock().now());
    options.exclusive = true;
    return Engine::open(std::move(store), std::move(options)).value();
}

void check_every_call(std::size_t threads, const std::function<Site()>& make) {
    std::list<Share> shares;
    for (std::size_t i = 0; i < threads; ++i) {
        shares.emplace_back(make());
    }
    std::vector<std::future<void>> done;
    for (Share& share : shares) {
        done.push_back(std::async(std::launch::async, [&share, first = done.size(), threads] {
            share.run(first, threads);
        }));
    }
    for (auto& one : done) {
        one.get();  // which throws what it threw
    }
}

}  // namespace licet::test
