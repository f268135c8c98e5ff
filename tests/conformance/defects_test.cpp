// The suite itself: each defect that a store may have is seen by the case that is about it.

#include <licet/store/faulty.hpp>
#include <licet/store/memory.hpp>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/conformance_checks.hpp"

using namespace licet;

namespace {

/// Hands on to a store that is right; each defect overrides what it breaks.
class Wrapper : public Store {
public:
    result<std::vector<std::optional<Value>>> read(const std::vector<std::string>& keys) override {
        return inner_.read(keys);
    }
    result<ScanPage> scan(std::string_view from, std::string_view to, std::size_t limit) override {
        return inner_.scan(from, to, limit);
    }
    result<Stamp> commit(const Batch& batch) override { return inner_.commit(batch); }

protected:
    MemoryStore inner_;
};

class ForgetsExpectations final : public Wrapper {
    result<Stamp> commit(const Batch& batch) override { return inner_.commit({{}, batch.writes}); }
};

class LooksOnlyAtWhatIsWritten final : public Wrapper {
    result<Stamp> commit(const Batch& batch) override {
        Batch kept{{}, batch.writes};
        for (const Expectation& expectation : batch.expectations) {
            if (std::ranges::count(batch.writes, expectation.key, &Write::key) != 0) {
                kept.expectations.push_back(expectation);
            }
        }
        return inner_.commit(kept);
    }
};

class NamesTheLastConflict final : public Wrapper {
    result<Stamp> commit(const Batch& batch) override {
        Batch backwards = batch;
        std::ranges::reverse(backwards.expectations);
        return inner_.commit(backwards);
    }
};

class WritesBeforeItLooks final : public Wrapper {
    result<Stamp> commit(const Batch& batch) override {
        auto stamp = inner_.commit(batch);
        if (!stamp && stamp.error().code == Errc::store_conflict && !batch.writes.empty()) {
            const auto written = inner_.commit({{}, {batch.writes.front()}});
            CHECK(written);
        }
        return stamp;
    }
};

class LosesDeletes final : public Wrapper {
    result<Stamp> commit(const Batch& batch) override {
        Batch kept = batch;
        std::erase_if(kept.writes, [](const Write& write) { return !write.text; });
        return inner_.commit(kept);
    }
};

class TakesEmptyForAbsent final : public Wrapper {
    result<Stamp> commit(const Batch& batch) override {
        Batch kept = batch;
        for (Write& write : kept.writes) {
            if (write.text && write.text->empty()) {
                write.text.reset();
            }
        }
        return inner_.commit(kept);
    }
};

class CutsValues final : public Wrapper {
    result<Stamp> commit(const Batch& batch) override {
        Batch kept = batch;
        for (Write& write : kept.writes) {
            if (write.text && write.text->size() > 0xFFFF) {
                write.text->resize(0xFFFF);
            }
        }
        return inner_.commit(kept);
    }
};

class TakesAnything final : public Wrapper {
    result<Stamp> commit(const Batch& batch) override {
        return check_batch(batch) ? inner_.commit(batch) : result<Stamp>(Stamp{1});
    }
};

class HasLimitsOnPaper final : public Wrapper {
    Limits limits() const noexcept override { return {key_size_max, 1000, 100}; }
};

/// A key that was deleted and made again has the stamp that it had before.
class ReusesStamps final : public Wrapper {
    result<Stamp> commit(const Batch& batch) override {
        const std::lock_guard lock(mutex_);
        Batch kept = batch;
        for (Expectation& expectation : kept.expectations) {
            if (expectation.stamp != 0 && expectation.stamp == shown_[expectation.key]) {
                expectation.stamp = real_[expectation.key];
            }
        }
        auto stamp = inner_.commit(kept);
        if (stamp) {
            for (const Write& write : batch.writes) {
                note(write, stamp.value());
            }
        }
        return stamp;
    }

    result<std::vector<std::optional<Value>>> read(const std::vector<std::string>& keys) override {
        const std::lock_guard lock(mutex_);
        auto values = inner_.read(keys);
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (auto& value = values.value()[i]; value && value->stamp == real_[keys[i]]) {
                value->stamp = shown_[keys[i]];
            }
        }
        return values;
    }

    void note(const Write& write, Stamp stamp) {
        const bool made_again = real_.contains(write.key) && real_[write.key] == 0;
        real_[write.key] = write.text ? stamp : 0;
        if (write.text && !made_again) {
            shown_[write.key] = stamp;
        }
    }

    std::mutex mutex_;
    std::map<std::string, Stamp> real_;  // 0: deleted
    std::map<std::string, Stamp> shown_;
};

class AnswersEachKeyOnce final : public Wrapper {
    result<std::vector<std::optional<Value>>> read(const std::vector<std::string>& keys) override {
        const std::set<std::string> distinct(keys.begin(), keys.end());
        return inner_.read({distinct.begin(), distinct.end()});
    }
};

/// Of several keys the last is read as it was before its last write.
class ReadsInTwoViews final : public Wrapper {
    result<Stamp> commit(const Batch& batch) override {
        const std::lock_guard lock(mutex_);
        for (const Write& write : batch.writes) {
            if (const auto before = inner_.read({write.key}); before && before.value()[0]) {
                before_[write.key] = *before.value()[0];
            }
        }
        return inner_.commit(batch);
    }

    result<std::vector<std::optional<Value>>> read(const std::vector<std::string>& keys) override {
        const std::lock_guard lock(mutex_);
        auto values = inner_.read(keys);
        if (keys.size() > 1 && before_.contains(keys.back())) {
            values.value().back() = before_[keys.back()];
        }
        return values;
    }

    std::mutex mutex_;
    std::map<std::string, Value> before_;
};

class IgnoresCase final : public Wrapper {
    static std::string lower(std::string key) {
        for (char& c : key) {
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        return key;
    }

    result<Stamp> commit(const Batch& batch) override {
        Batch kept = batch;
        for (Write& write : kept.writes) {
            write.key = lower(write.key);
        }
        for (Expectation& expectation : kept.expectations) {
            expectation.key = lower(expectation.key);
        }
        return inner_.commit(kept);
    }

    result<std::vector<std::optional<Value>>> read(const std::vector<std::string>& keys) override {
        std::vector<std::string> lowered;
        for (const std::string& key : keys) {
            lowered.push_back(lower(key));
        }
        return inner_.read(lowered);
    }
};

class ScansUnordered final : public Wrapper {
    result<ScanPage> scan(std::string_view from, std::string_view to, std::size_t limit) override {
        auto page = inner_.scan(from, to, limit);
        std::ranges::reverse(page.value().records);
        return page;
    }
};

class ScansItsEndToo final : public Wrapper {
    result<ScanPage> scan(std::string_view from, std::string_view to, std::size_t limit) override {
        return inner_.scan(from, to.empty() ? std::string() : std::string(to) + '!', limit);
    }
};

class ScansPastItsEnd final : public Wrapper {
    result<ScanPage> scan(std::string_view from, std::string_view /*to*/,
                          std::size_t limit) override {
        return inner_.scan(from, "", limit);
    }
};

class NeverGoesOn final : public Wrapper {
    result<ScanPage> scan(std::string_view from, std::string_view to, std::size_t limit) override {
        auto page = inner_.scan(from, to, limit);
        page.value().next.reset();
        return page;
    }
};

class NeverComesToAnEnd final : public Wrapper {
    result<ScanPage> scan(std::string_view from, std::string_view to, std::size_t limit) override {
        auto page = inner_.scan(from, to, limit);
        page.value().next = std::string(from);
        return page;
    }
};

template <class Defect>
void caught_by(std::initializer_list<std::string_view> names) {
    Defect store;
    const auto report = check_store(store);
    CHECK_FALSE(report.ok());
    for (const std::string_view name : names) {
        CAPTURE(name);
        const auto found = std::ranges::find(report.cases, name, &ConformanceCase::name);
        REQUIRE(found != report.cases.end());
        CHECK_FALSE(found->ok);
        CHECK_FALSE(found->detail.empty());
    }
}

}  // namespace

TEST_CASE("a store that does not judge expectations is caught") {
    caught_by<ForgetsExpectations>(
        {"a batch with an expectation that does not hold writes nothing",
         "an expectation of 0 holds where the key is absent, and only there",
         "an expectation of a stamp holds at that stamp, and only there",
         "a batch of expectations alone is judged",
         "of 8 threads that claim one key exactly one wins"});
    caught_by<LooksOnlyAtWhatIsWritten>({"an expectation may be on a key that is not written",
                                         "a batch of expectations alone is judged"});
    caught_by<NamesTheLastConflict>(
        {"a conflict names the first key that differs, in the order of the expectations"});
}

TEST_CASE("a store that writes something else than it was told is caught") {
    caught_by<WritesBeforeItLooks>({"a batch with an expectation that does not hold writes nothing",
                                    "a batch that failed leaves stamps as they were"});
    caught_by<LosesDeletes>({"a record that was deleted is absent",
                             "a batch may make, change and delete records at once",
                             "what is deleted page by page is gone"});
    caught_by<TakesEmptyForAbsent>({"a value may be empty, which is not absent"});
    caught_by<CutsValues>({"a value of 1 MiB, or as long as the store says, is kept"});
    caught_by<TakesAnything>({"a key that is not 1 to 400 bytes of printable ASCII is refused",
                              "a value that is not UTF-8 without NUL is refused",
                              "a key written twice in a batch is refused"});
    caught_by<HasLimitsOnPaper>({"what goes past the store's limits is refused"});
}

TEST_CASE("a store that uses a stamp again after a delete is caught") {
    caught_by<ReusesStamps>({"a stamp is never used again for a key, also after a delete"});
}

TEST_CASE("a store that reads something else than it was asked is caught") {
    caught_by<AnswersEachKeyOnce>(
        {"a read answers in the order of its keys, each as often as it is asked"});
    caught_by<ReadsInTwoViews>({"records written together are never seen one without the other"});
    caught_by<IgnoresCase>(
        {"a key may hold every printable character, and a scan goes in byte order"});
}

TEST_CASE("a store that scans something else than it was asked is caught") {
    caught_by<ScansUnordered>(
        {"a key may hold every printable character, and a scan goes in byte order",
         "pages of any size together give every record once"});
    caught_by<ScansItsEndToo>({"a scan begins at its start and ends before its end",
                               "a scan of an empty range gives nothing"});
    caught_by<ScansPastItsEnd>({"a scan begins at its start and ends before its end"});
    caught_by<NeverGoesOn>({"a scan gives at most as many as asked and says where to go on",
                            "pages of any size together give every record once"});
    caught_by<NeverComesToAnEnd>({"pages of any size together give every record once"});
}

TEST_CASE("a store that can do nothing fails nearly every case, and the suite comes to its end") {
    FaultyStore store(std::make_unique<MemoryStore>(), {.read_fails = 1000, .commit_fails = 1000});
    const auto report = check_store(store);
    const auto passed = std::ranges::count(report.cases, true, &ConformanceCase::ok);
    CHECK(passed <= 4);  // refusals alone are as they must be
}

TEST_CASE("the suite deletes nothing of others, whatever a broken scan gives it") {
    ScansPastItsEnd store;
    Store& others = store;
    REQUIRE(others.commit({{}, {{"zebra", "1"}}}));
    CHECK_FALSE(check_store(store).ok());
    const auto zebra = others.read({"zebra"});
    REQUIRE(zebra);
    CHECK(zebra.value()[0]);
}
