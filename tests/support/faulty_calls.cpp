#include "support/faulty_calls.hpp"

#include <atomic>
#include <future>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "support/masked.hpp"
#include "unit/engine/store_in_hand.hpp"
#include "unit/operations/documents.hpp"
#include "unit/operations/good_calls.hpp"

namespace licet::test {
namespace {

using ::world::good_calls;
using ::world::GoodCall;
using ::world::World;

/// A call, and what becomes of it and of the records where nothing befalls it.
struct Undisturbed {
    Undisturbed(World& made, const GoodCall& good)
        : call(good), before(masked_lines(made.records())) {
        World world = made.again();
        answer = masked(world.must(good.operation, good.arguments));
        after = masked_lines(world.records());
    }

    /// Enough to know it by.
    std::string name() const {
        return std::string(call.operation) + ' ' + call.arguments.substr(0, 120);
    }

    const GoodCall& call;
    Lines before;
    Lines after;
    std::string answer;
};

/// How many there were to change: where an answer was lost and the change was made, none are left.
bool tells_how_many_were_left(const Undisturbed& wanted) {
    return wanted.call.operation == "store.prune" || wanted.call.operation == "seats.touch";
}

result<std::unique_ptr<Engine>> open_engine_on(std::unique_ptr<Store> store, World& like) {
    EngineOptions options;
    options.clock = std::make_shared<ManualClock>(like.clock().now());
    options.exclusive = true;
    return Engine::open(std::move(store), std::move(options));
}

/// Makes the store hold these records and no others, where it has those that are there.
void change(Store& store, const std::vector<Record>& there, const std::vector<Record>& records) {
    std::map<std::string, Expectation> stamps;
    std::map<std::string, std::optional<std::string>> texts;
    for (const Record& record : records) {
        texts[record.key] = record.text;
    }
    for (const Record& record : there) {
        stamps[record.key] = {record.key, record.stamp};
        const auto wanted = texts.emplace(record.key, std::nullopt).first;
        if (wanted->second == record.text) {
            texts.erase(wanted);
        }
    }
    const std::size_t most = store.limits().writes_per_batch;
    Batch batch;
    while (!texts.empty()) {
        auto write = texts.extract(texts.begin());
        batch.expectations.push_back(
            stamps.try_emplace(write.key(), Expectation{write.key(), 0}).first->second);
        batch.writes.push_back({write.key(), std::move(write.mapped())});
        if (texts.empty() || batch.writes.size() == most) {
            const auto changed = store.commit(batch);
            REQUIRE_MESSAGE(changed, changed.error().message());
            batch = {};
        }
    }
}

/// One of those who try the calls, each on a site of its own. Made by the test's own thread, run by
/// another.
class Trier {
public:
    explicit Trier(Site site) : behind_(std::move(site)) {}

    /// Tries those that nobody else tries.
    void run(std::atomic<std::size_t>& next) {
        for (std::size_t i = next++; i < calls_.size(); i = next++) {
            run(Undisturbed(made_, calls_[i]));
        }
    }

private:
    void run(const Undisturbed& wanted) {
        const std::string call = wanted.name();
        CAPTURE(call);
        const int requests = count_requests(wanted);
        for (const Fault fault : all_faults) {
            CAPTURE(fault);
            for (int after = 0; after < requests; ++after) {
                CAPTURE(after);
                check(wanted, fault, after);
            }
        }
    }

    /// On the records of the world. Who is impatient may have to try it more than once on a busy
    /// machine.
    std::unique_ptr<Engine> open(const std::shared_ptr<Store>& store) {
        change(behind_.witness(), there_, made_.records());
        for (int tries = 1;; ++tries) {
            auto engine = open_engine_on(std::make_unique<world::SharedStore>(store), made_);
            if (engine || tries == tries_max) {
                return std::move(engine).value();
            }
        }
    }

    /// Of the call, where nothing befalls it.
    int count_requests(const Undisturbed& wanted) {
        const auto engine = open(patient_);
        const int before = behind_.proxy.round_trips();
        const auto answer = call(*engine, wanted);
        const int requests = behind_.proxy.round_trips() - before;
        check_done(wanted, answer);
        CHECK(masked(answer ? answer.value() : "") == wanted.answer);
        return requests;
    }

    void check(const Undisturbed& wanted, Fault fault, int after) {
        bool struck = false;
        for (int tries = 0; !struck && tries < tries_max; ++tries) {
            struck = check_once(wanted, fault, after);
            CHECK((struck || is_silent(fault)));
        }
        CHECK(struck);
    }

    /// False where so many requests were not sent: an impatient one gave up before.
    bool check_once(const Undisturbed& wanted, Fault fault, int after) {
        const auto engine = open(is_silent(fault) ? impatient_ : patient_);
        result<std::string> first = "";
        const bool struck = behind_.befalls(fault, after, [&] { first = call(*engine, wanted); });
        behind_.proxy.cut_all();  // or the server would keep what it is silent about
        if (!first) {
            check_told(wanted, fault, first.error());
        }
        auto last = first;
        for (int again = 0; !last && again < tries_max; ++again) {
            last = call(*engine, wanted);
        }
        check_done(wanted, last);
        if (last && !tells_how_many_were_left(wanted)) {
            CHECK(masked(last.value()) == wanted.answer);
        }
        return struck;
    }

    /// Of a call that failed.
    void check_told(const Undisturbed& wanted, Fault fault, const Error& error) {
        CAPTURE(error.message());
        CHECK(fault != Fault::delay);
        CHECK(error.code == Condition::storage);
        if (error.code != Errc::outcome_unknown) {
            check_records(wanted.before);
        }
    }

    void check_done(const Undisturbed& wanted, const result<std::string>& answer) {
        CHECK_MESSAGE(answer, ::world::why(answer));
        check_records(wanted.after);
    }

    void check_records(const Lines& wanted) {
        there_ = all_of(behind_.witness());
        CHECK(difference(masked_lines(there_), wanted) == "");
    }

    static result<std::string> call(Engine& engine, const Undisturbed& wanted) {
        return licet::call(engine, wanted.call.operation, wanted.call.arguments);
    }

    static constexpr int tries_max = 100;

    World made_;
    std::vector<GoodCall> calls_ = good_calls(made_);
    Behind behind_;
    std::vector<Record> there_;
    std::shared_ptr<Store> patient_ = behind_.open(patient);
    std::shared_ptr<Store> impatient_ = behind_.open(impatient);
};

}  // namespace

void fill(Store& store, const std::vector<Record>& records) {
    change(store, all_of(store), records);
}

std::unique_ptr<Engine> engine_on(std::unique_ptr<Store> store, World& like) {
    return open_engine_on(std::move(store), like).value();
}

void check_every_call(std::size_t threads, const std::function<Site()>& make) {
    std::list<Trier> triers;
    for (std::size_t i = 0; i < threads; ++i) {
        triers.emplace_back(make());
    }
    std::atomic<std::size_t> next = 0;
    std::vector<std::future<void>> done;
    for (Trier& trier : triers) {
        done.push_back(std::async(std::launch::async, [&] { trier.run(next); }));
    }
    for (auto& one : done) {
        one.get();  // which throws what it threw
    }
}

}  // namespace licet::test
