#include "support/faulty_calls.hpp"

#include <algorithm>
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
    Undisturbed(const World& made, GoodCall good)
        : call(std::move(good)), before(masked_lines(made.records())) {
        World world = made.again();
        answer = masked(world.must(call.operation, call.arguments));
        after = masked_lines(world.records());
    }

    /// Enough to know it by.
    std::string name() const {
        return std::string(call.operation) + (may_be_repeated ? " " : " without a key ") +
               call.arguments.substr(0, 120);
    }

    bool changes() const { return before != after; }

    GoodCall call;
    Lines before;
    Lines after;
    std::string answer;
    bool may_be_repeated = true;
    int requests = 0;
};

/// The same call without an idempotency key and whatever revision it finds, so that it is done
/// twice where it is made twice; nothing where it has none.
std::optional<GoodCall> without_key(GoodCall good) {
    constexpr std::string_view key = R"(,"idempotency_key":"key-1","expected_revision":)";
    const auto at = good.arguments.find(key);
    if (at == std::string::npos) {
        return std::nullopt;
    }
    const auto end = good.arguments.find_first_not_of("0123456789", at + key.size());
    good.arguments.erase(at, end - at);
    return good;
}

std::vector<Undisturbed> undisturbed(World& made) {
    std::vector<Undisturbed> calls;
    for (GoodCall& good : good_calls(made)) {
        if (auto bare = without_key(good)) {
            calls.emplace_back(made, *std::move(bare)).may_be_repeated = false;
        }
        calls.emplace_back(made, std::move(good));
    }
    return calls;
}

/// Whether what was done may not be told, on a busy machine also of who waits too short.
bool may_lose_answer(Fault fault) {
    return fault != Fault::cut_before_request && fault != Fault::delay;
}

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

std::vector<Record> changed_since(const std::vector<Record>& before,
                                  const std::vector<Record>& now) {
    std::vector<Record> changed;
    for (const Record& record : now) {
        const auto old = std::ranges::lower_bound(before, record.key, {}, &Record::key);
        if (old == before.end() || old->key != record.key || old->text != record.text) {
            changed.push_back(record);
        }
    }
    return changed;
}

/// That each of these records that is about a stream has as many events as it says, in a chain.
void check_chains(const std::vector<Record>& records, const std::vector<Record>& all, World& made) {
    auto store = std::make_unique<MemoryStore>();
    change(*store, {}, all);
    const auto engine = engine_on(std::move(store), made);
    for (const Record& record : records) {
        const std::string kind = record.key.substr(0, record.key.find('/'));
        const bool is_customers = kind == "pool" || kind == "group";
        if (is_customers || kind == "offer" || kind == "deal" || kind == "relationship") {
            CAPTURE(record.key);
            const auto verified =
                licet::call(*engine, "events.verify",
                            ::world::with_actor(R"("stream":)" + ::world::quote(record.key),
                                                is_customers ? ::world::liv : ::world::ana));
            REQUIRE_MESSAGE(verified, ::world::why(verified));
            CHECK(::world::value_at(verified.value(), "/ok") == "true");
        }
    }
}

/// One of those who try the calls at once, each on a site of its own.
class Trier {
public:
    Trier(Site site, World& made) : behind_(std::move(site)), made_(made) {}

    /// Where nothing befalls it.
    void count_requests(Undisturbed& wanted) {
        const std::string call_made = wanted.name();
        CAPTURE(call_made);
        const auto engine = open(patient_);
        const int before = behind_.proxy.round_trips();
        const auto answer = call(*engine, wanted);
        wanted.requests = behind_.proxy.round_trips() - before;
        CHECK((wanted.requests > 0 || !wanted.changes()));
        check_done(wanted, answer);
        CHECK(masked(answer ? answer.value() : "") == wanted.answer);
    }

    /// Where this befalls the request after so many.
    void check(const Undisturbed& wanted, Fault fault, int after) {
        const std::string call_made = wanted.name();
        CAPTURE(call_made);
        CAPTURE(fault);
        CAPTURE(after);
        bool struck = false;
        for (int tries = 0; !struck && tries < tries_max; ++tries) {
            struck = check_once(wanted, fault, after);
            CHECK((struck || is_silent(fault)));
        }
        CHECK(struck);
    }

private:
    /// On the records of the world. Who is impatient may have to try it more than once on a busy
    /// machine.
    std::unique_ptr<Engine> open(const std::shared_ptr<Store>& store) {
        change(behind_.witness(), there_, records_);
        for (int tries = 1;; ++tries) {
            auto engine = open_engine_on(std::make_unique<world::SharedStore>(store), made_);
            if (engine || tries == tries_max) {
                return std::move(engine).value();
            }
        }
    }

    /// False where so many requests were not sent: an impatient one gave up before.
    bool check_once(const Undisturbed& wanted, Fault fault, int after) {
        const auto engine = open(is_silent(fault) ? impatient_ : patient_);
        result<std::string> first = "";
        const bool struck = behind_.befalls(fault, after, [&] { first = call(*engine, wanted); });
        if (is_silent(fault)) {
            behind_.proxy.cut_all();  // or the server would keep what it is silent about
        }
        if (!first) {
            check_told(wanted, fault, first.error());
        }
        if (!first && !wanted.may_be_repeated) {
            return struck;
        }
        auto last = first;
        for (int again = 0; !last && again < tries_max; ++again) {
            last = call(*engine, wanted);
        }
        check_done(wanted, last);
        if (last && !(may_lose_answer(fault) && tells_how_many_were_left(wanted))) {
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
        } else if (!wanted.may_be_repeated) {
            there_ = all_of(behind_.witness());
            const Lines lines = masked_lines(there_);
            CHECK((lines == wanted.before || lines == wanted.after));
            write_all_anew();  // else it could yet be done, in another case
        }
    }

    void write_all_anew() {
        for (Record& record : there_) {
            record.text += '?';
        }
    }

    void check_done(const Undisturbed& wanted, const result<std::string>& answer) {
        CHECK_MESSAGE(answer, ::world::why(answer));
        check_records(wanted.after);
        if (wanted.changes()) {
            check_chains(changed_since(records_, there_), there_, made_);
        }
    }

    void check_records(const Lines& wanted) {
        there_ = all_of(behind_.witness());
        CHECK(difference(masked_lines(there_), wanted) == "");
    }

    static result<std::string> call(Engine& engine, const Undisturbed& wanted) {
        return licet::call(engine, wanted.call.operation, wanted.call.arguments);
    }

    static constexpr int tries_max = 100;

    Behind behind_;
    World& made_;
    const std::vector<Record> records_ = made_.records();
    std::vector<Record> there_;
    std::shared_ptr<Store> patient_ = behind_.open(patient);
    std::shared_ptr<Store> impatient_ = behind_.open(impatient);
};

/// Whoever is free takes the next.
void share(std::list<Trier>& triers, std::size_t count,
           const std::function<void(Trier&, std::size_t)>& take) {
    std::atomic<std::size_t> next = 0;
    std::vector<std::future<void>> done;
    for (Trier& trier : triers) {
        done.push_back(std::async(std::launch::async, [&] {
            for (std::size_t i = next++; i < count; i = next++) {
                take(trier, i);
            }
        }));
    }
    for (auto& one : done) {
        one.wait();  // for all, before one throws
    }
    for (auto& one : done) {
        one.get();
    }
}

}  // namespace

void fill(Store& store, const std::vector<Record>& records) {
    change(store, all_of(store), records);
}

std::unique_ptr<Engine> engine_on(std::unique_ptr<Store> store, World& like) {
    return open_engine_on(std::move(store), like).value();
}

void check_every_call(std::size_t threads, const std::function<Site()>& make) {
    World made;
    std::vector<Undisturbed> calls = undisturbed(made);
    std::list<Trier> triers;
    for (std::size_t i = 0; i < threads; ++i) {
        triers.emplace_back(make(), made);
    }
    share(triers, calls.size(),
          [&](Trier& trier, std::size_t i) { trier.count_requests(calls[i]); });

    struct Case {
        const Undisturbed& wanted;
        Fault fault;
        int after;
    };
    std::vector<Case> cases;
    for (const Undisturbed& wanted : calls) {
        for (const Fault fault : all_faults) {
            for (int after = 0; after < wanted.requests; ++after) {
                cases.push_back({wanted, fault, after});
            }
        }
    }
    share(triers, cases.size(), [&](Trier& trier, std::size_t i) {
        trier.check(cases[i].wanted, cases[i].fault, cases[i].after);
    });
}

}  // namespace licet::test
