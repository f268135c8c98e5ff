#pragma once

/// \file
/// What the services share: the store, the policy, the sources of time and chance, the index,
/// and how they read and write.

#include <functional>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <licet/engine/engine.hpp>

#include "engine/index.hpp"
#include "engine/unit.hpp"
#include "engine/write_path.hpp"

namespace licet {

/// How an answer is kept under an idempotency key and given back. A service overloads these for
/// answers that hold a secret or are long.
template <class Command, class Answer>
std::string keep_answer(const Command&, const Written<Answer>& answer) {
    return formats::encode(answer);
}
template <class Command, class Answer>
result<void> restore_answer(const Command&, std::string_view kept, Written<Answer>& answer) {
    auto decoded = formats::decode<Written<Answer>>(kept);
    if (!decoded) {
        return std::move(decoded).error();
    }
    answer = std::move(decoded).value();
    return boost::outcome_v2::success();
}

class Core final : private IndexSource {
public:
    /// What it is to draw at random: the key of the index's hashes, where commands' ids begin.
    struct Seeds {
        std::uint64_t index = 0;
        CommandIds::Seed commands{};
    };

    Core(std::unique_ptr<Store> store, EngineOptions options, const Seeds& seeds);

    /// Writes or checks the version of the layout.
    result<void> check_format();

    Store& store() noexcept { return *store_; }
    Index& index() noexcept { return index_; }
    const Policy& policy() const noexcept { return options_.policy; }
    const Clock& clock() const noexcept { return *options_.clock; }
    const std::shared_ptr<Clock>& shared_clock() const noexcept { return options_.clock; }
    RandomSource& random() noexcept { return *options_.random; }
    IdSource& ids() noexcept { return *options_.ids; }

    /// The time at which a record whose newest event is `at` is looked at.
    Timestamp now_after(Timestamp at) const noexcept { return std::max(clock().now(), at); }

    /// A pool's short number never changes, so it is remembered; 0: not known yet.
    std::int64_t pool_number(const std::string& pool_key) const;
    void learn_pool_number(const std::string& pool_key, std::int64_t number);

    /// The write path: authorize, read, decide, commit, index. `decide` gives the answer, or the
    /// failure, from a unit on which it has called `about`.
    template <class Command, class Decide>
    result<Written<typename Command::Answer>> write(const Command& command, const Caller& caller,
                                                    const Scope& scope, const std::string& home,
                                                    const std::vector<std::string>& keys,
                                                    const Decide& decide);

    /// Fails as `write` would where the store does not take so much at once.
    result<void> check_limits(const Unit& unit) const { return write_path_.check_limits(unit); }

    /// How many writers of a record wait or are on their way.
    std::size_t writers_of(const std::string& home) const { return write_path_.waiting(home); }

    /// A record as it is, outside of any command; nothing where it is absent.
    template <class T>
    result<std::optional<Stored<T>>> get(const std::string& key);

    /// A page of the records whose keys begin with `prefix`, as `show` has them; it leaves out
    /// those for which it gives nothing. `next` of a page is the last segment of a key.
    template <class T>
    result<PageOf<T>> list(const std::string& prefix, const PageRequest& page,
                           const std::function<result<std::optional<T>>(const Record&)>& show);

private:
    result<std::vector<IndexedPool>> pools(const TenantId& tenant) override;
    result<std::optional<IndexedPool>> pool(const TenantId& tenant,
                                            const ServiceId& service_id) override;
    result<void> holders(const IndexedPool& pool,
                         const std::function<void(std::string_view user)>& sink) override;
    result<std::optional<std::vector<HolderChange>>> changes(const IndexedPool& pool,
                                                             std::uint64_t after,
                                                             std::uint64_t upto) override;
    result<std::vector<AppPlans>> apps(const std::vector<ServiceId>& service_ids) override;

    std::unique_ptr<Store> store_;
    EngineOptions options_;
    Index index_;
    WritePath write_path_;
    mutable std::shared_mutex pool_numbers_mutex_;
    std::unordered_map<std::string, std::int64_t> pool_numbers_;
};

/// What the index knows of a pool.
IndexedPool indexed(const Stored<Pool>& record, const Policy& policy);

template <class Command, class Decide>
result<Written<typename Command::Answer>> Core::write(const Command& command, const Caller& caller,
                                                      const Scope& scope, const std::string& home,
                                                      const std::vector<std::string>& keys,
                                                      const Decide& decide) {
    if (auto allowed = authorize(caller.as, Command::action, scope); !allowed) {
        return std::move(allowed).error();
    }
    std::vector<Written<typename Command::Answer>> answers;
    Job job{Command::name, caller, scope, home, keys, {}, {}, {}};
    if constexpr (requires { Command::looks_for_new; }) {
        job.looks_for_new = Command::looks_for_new;
    }
    job.arguments = [&] {
        formats::Writer out(formats::Audience::caller);
        formats::write_known_by(out, {&command, formats::Table<Command>::fields});
        return std::move(out).take();
    };
    job.decide = [&](Unit& unit) -> result<std::size_t> {
        result<Written<typename Command::Answer>> answer = decide(unit);
        if (!answer) {
            return std::move(answer).error();
        }
        answers.push_back(std::move(answer).value());
        return answers.size() - 1;
    };
    job.keep = [&] { return keep_answer(command, answers.back()); };
    auto settled = write_path_.execute(std::move(job));
    if (!settled) {
        return std::move(settled).error();
    }
    if (!settled.value().kept) {
        return std::move(answers[settled.value().decision]);
    }
    Written<typename Command::Answer> answer;
    if (auto restored = restore_answer(command, settled.value().kept->text, answer); !restored) {
        return std::move(restored).error();
    }
    answer.replayed = true;
    return answer;
}

template <class T>
result<std::optional<Stored<T>>> Core::get(const std::string& key) {
    auto values = store_->read({key});
    if (!values) {
        return std::move(values).error();
    }
    if (!values.value()[0]) {
        return std::optional<Stored<T>>();
    }
    auto record = formats::decode<Stored<T>>(values.value()[0]->text);
    if (!record) {
        return Error{record.error().code, key + ", " + record.error().detail, {}};
    }
    return std::optional(std::move(record).value());
}

/// Fails with a finding at /limit where it is not 1 to 1000.
result<void> check_page(const PageRequest& page);

template <class T>
result<PageOf<T>> Core::list(const std::string& prefix, const PageRequest& page,
                             const std::function<result<std::optional<T>>(const Record&)>& show) {
    if (auto checked = check_page(page); !checked) {
        return std::move(checked).error();
    }
    const auto limit = static_cast<std::size_t>(page.limit);
    const std::string end = prefix_end(prefix);
    std::string from = page.after ? prefix + *page.after + '!' : prefix;  // '!' follows no byte
    PageOf<T> answer;
    std::string last_shown;
    for (;;) {
        auto scanned = store_->scan(from, end, std::min<std::size_t>(limit + 1, 1000));
        if (!scanned) {
            return std::move(scanned).error();
        }
        for (const Record& record : scanned.value().records) {
            auto shown = show(record);
            if (!shown) {
                return std::move(shown).error();
            }
            if (!shown.value()) {
                continue;
            }
            if (answer.items.size() == limit) {
                answer.next = last_shown;
                return answer;
            }
            answer.items.push_back(*std::move(shown).value());
            last_shown = record.key.substr(prefix.size());
        }
        if (!scanned.value().next) {
            return answer;
        }
        from = *scanned.value().next;
    }
}

}  // namespace licet
