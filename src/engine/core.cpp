#include "engine/core.hpp"

#include <algorithm>
#include <thread>
#include <unordered_set>

#include <boost/outcome/try.hpp>

#include "engine/keys.hpp"
#include "formats/tables/common.hpp"
#include "sha256.hpp"

namespace licet {
namespace {

constexpr std::size_t attempts_max = 64;
constexpr std::size_t alone_every = 8;
constexpr std::int64_t format_version = 1;

struct Format {
    std::int64_t version = format_version;
};

}  // namespace

namespace formats {

template <>
struct Table<Format> {
    static constexpr Field fields[] = {field<Format, &Format::version>("format")};
};

}  // namespace formats

Core::Core(std::unique_ptr<Store> store, EngineOptions options, std::uint64_t index_seed)
    : store_(std::move(store)),
      options_(std::move(options)),
      index_(*this, *options_.clock, {options_.staleness_max, options_.exclusive}, index_seed) {}

result<void> Core::check_format() {
    const std::string key(keys::format);
    for (std::size_t attempt = 0; attempt < attempts_max; ++attempt) {
        BOOST_OUTCOME_TRY(const auto values, store_->read({key}));
        if (values[0]) {
            BOOST_OUTCOME_TRY(const auto format, formats::decode<Format>(values[0]->text));
            if (format.version > format_version) {
                return Error{Errc::store_format_newer,
                             "layout " + std::to_string(format.version) + ", this licet knows " +
                                 std::to_string(format_version),
                             {}};
            }
            return boost::outcome_v2::success();
        }
        const auto written = store_->commit({{{key, 0}}, {{key, formats::encode(Format())}}});
        if (!written && written.error().code != Errc::store_conflict &&
            written.error().code != Errc::outcome_unknown) {
            return written.error();
        }
    }
    return Error{Errc::contended, key, {}};
}

result<std::string> Core::random_id() {
    static constexpr char digits[] = "0123456789abcdef";
    std::array<std::byte, 16> bytes;
    BOOST_OUTCOME_TRYV(random().fill(bytes));
    std::string id;
    for (const std::byte byte : bytes) {
        id += digits[std::to_integer<unsigned>(byte) >> 4U];
        id += digits[std::to_integer<unsigned>(byte) & 15U];
    }
    return id;
}

std::int64_t Core::pool_number(const std::string& pool_key) const {
    const std::shared_lock lock(pool_numbers_mutex_);
    const auto found = pool_numbers_.find(pool_key);
    return found == pool_numbers_.end() ? 0 : found->second;
}

void Core::learn_pool_number(const std::string& pool_key, std::int64_t number) {
    const std::scoped_lock lock(pool_numbers_mutex_);
    pool_numbers_.emplace(pool_key, number);
}

result<Settled> Core::execute(Job job) {
    if (const auto& key = job.caller.idempotency_key) {
        if (key->empty() || key->size() > 128) {
            return Error{Errc::idempotency_key_length, std::to_string(key->size()), {}};
        }
        job.idempotent_key = keys::idempotent(job.scope, *key);
        job.arguments_digest = sha256_hex(std::string(job.operation) + '\n' + job.arguments());
        job.keys.push_back(job.idempotent_key);
    }
    const std::scoped_lock lane(lanes_[std::hash<std::string>()(job.home) % lanes_.size()]);
    std::vector<Attempt> attempts;
    for (std::size_t count = 0; count < attempts_max; ++count) {
        if (count != 0) {
            wait_a_little(count);
        }
        auto settled = attempt_in_turn(job, count, attempts);
        if (!settled) {
            return conclude(std::move(settled).error(), attempts);
        }
        if (settled.value()) {
            return conclude(*std::move(settled).value(), attempts);
        }
    }
    return conclude(Error{Errc::contended, job.home, {}}, attempts);
}

// Who has lost often goes alone, so that nobody in this process is kept out by the others.
result<std::optional<Settled>> Core::attempt_in_turn(const Job& job, std::size_t count,
                                                     std::vector<Attempt>& attempts) {
    if (count % alone_every == alone_every - 1) {
        const auto alone = turnstile_.enter_alone();
        return attempt(job, attempts);
    }
    const auto among_others = turnstile_.enter();
    return attempt(job, attempts);
}

// Nothing where it is to be tried again.
result<std::optional<Settled>> Core::attempt(const Job& job, std::vector<Attempt>& attempts) {
    BOOST_OUTCOME_TRY(std::string id, random_id());
    Unit unit(*store_, std::move(id), job.operation, job.caller, clock().now());
    const auto verdict = decide(job, unit);
    // Several reads are not one view: a failure counts only where all of them still hold.
    if (!verdict && unit.reads() > 1) {
        BOOST_OUTCOME_TRY(const bool holds, unit.still_holds());
        if (!holds) {
            return std::nullopt;
        }
    }
    // Asked when all is read: what lands later than this makes the commit fail.
    BOOST_OUTCOME_TRY(const Attempt* early, landed(attempts));
    if (early) {
        const Settled done = finish(*early);
        attempts.clear();
        return done;
    }
    if (!verdict) {
        return verdict.error();
    }
    if (verdict.value().settled) {
        return verdict.value().settled;
    }
    auto settled = commit(unit, verdict.value().decision, attempts);
    if (!settled && (settled.error().code == Errc::store_conflict ||
                     settled.error().code == Errc::outcome_unknown)) {
        return std::nullopt;
    }
    BOOST_OUTCOME_TRY(Settled done, std::move(settled));
    attempts.clear();  // they expected what is no more
    return done;
}

result<Core::Verdict> Core::decide(const Job& job, Unit& unit) {
    BOOST_OUTCOME_TRYV(unit.fetch(job.keys));
    if (!job.idempotent_key.empty()) {
        BOOST_OUTCOME_TRY(auto kept, unit.find<KeptAnswer>(job.idempotent_key));
        if (kept && kept->arguments != job.arguments_digest) {
            return Error{Errc::idempotency_key_reused, "by " + kept->operation, {}};
        }
        if (kept) {
            return Verdict{Settled{0, std::move(kept->answer)}, 0};
        }
    }
    BOOST_OUTCOME_TRY(const std::size_t decision, job.decide(unit));
    if (!unit.is_about_something()) {
        return Error{Errc::internal, std::string(job.operation) + " is about no record", {}};
    }
    if (!job.idempotent_key.empty()) {
        unit.put(job.idempotent_key,
                 formats::encode(KeptAnswer{
                     std::string(job.operation), job.arguments_digest, unit.now(), {job.keep()}}));
    }
    if (unit.writes_nothing()) {
        return Verdict{Settled{decision, std::nullopt}, decision};
    }
    return Verdict{std::nullopt, decision};
}

// An attempt stays in `attempts` while its outcome is not known.
result<Settled> Core::commit(Unit& unit, std::size_t decision, std::vector<Attempt>& attempts) {
    Attempt made{decision, unit.command(),   unit.first_event(),
                 {},       unit.take_news(), unit.forgets_apps()};
    Batch batch = std::move(unit).batch();
    BOOST_OUTCOME_TRYV(check_limits(batch));
    auto written = store_->commit(batch);
    if (written) {
        return finish(made);
    }
    if (written.error().code == Errc::outcome_unknown) {
        made.expectations = std::move(batch.expectations);
        attempts.push_back(std::move(made));
    }
    return std::move(written).error();
}

// What may be said while the outcome of `attempts` is not known: the verdict, if none of them has
// landed and none can any more.
result<Settled> Core::conclude(result<Settled> verdict, const std::vector<Attempt>& attempts) {
    if (attempts.empty()) {
        return verdict;
    }
    const auto open = may_still_land(attempts);
    if (open && !open.value()) {
        const auto late = landed(attempts);
        if (late && late.value()) {
            return finish(*late.value());
        }
        // Of one that only keeps an answer nothing but the answer shows that it has landed.
        const bool shows = std::ranges::none_of(
            attempts, [](const Attempt& made) { return made.first_event.empty(); });
        if (late && (verdict || shows)) {
            return verdict;
        }
    }
    return Error{Errc::outcome_unknown, verdict ? std::string() : verdict.error().message(), {}};
}

// The attempt whose event stands in the store, if one does.
result<const Core::Attempt*> Core::landed(const std::vector<Attempt>& attempts) {
    std::vector<std::string> events;
    for (const Attempt& made : attempts) {
        if (!made.first_event.empty()) {  // one that only keeps an answer may simply be repeated
            events.push_back(made.first_event);
        }
    }
    if (events.empty()) {
        return nullptr;
    }
    BOOST_OUTCOME_TRY(const auto found, store_->read(events));
    for (const auto& value : found) {
        if (!value) {
            continue;
        }
        BOOST_OUTCOME_TRY(const Event event, parse_event(value->text));
        const auto made = std::ranges::find(attempts, event.command, &Attempt::command);
        if (made != attempts.end()) {
            return &*made;
        }
    }
    return nullptr;
}

// True where what one of them expects still holds, so that it could yet be written.
result<bool> Core::may_still_land(const std::vector<Attempt>& attempts) {
    for (const Attempt& made : attempts) {
        std::vector<std::string> keys;
        for (const Expectation& expectation : made.expectations) {
            keys.push_back(expectation.key);
        }
        BOOST_OUTCOME_TRY(const auto values, store_->read(keys));
        bool holds = true;
        for (std::size_t i = 0; i < values.size(); ++i) {
            holds = holds && (values[i] ? values[i]->stamp : 0) == made.expectations[i].stamp;
        }
        if (holds) {
            return true;
        }
    }
    return false;
}

Settled Core::finish(const Attempt& attempt) noexcept {
    for (const PoolNews& news : attempt.news) {
        index_.apply(news);
    }
    if (attempt.forget_apps) {
        index_.forget_apps();
    }
    return {attempt.decision, std::nullopt};
}

result<void> Core::check_limits(const Batch& batch) const {
    const Limits limits = store_->limits();
    const auto too_large = [](std::size_t size, std::size_t limit) {
        return limit != 0 && size > limit;
    };
    if (limits.writes_per_batch != 0) {
        std::unordered_set<std::string_view> touched;
        for (const Expectation& expectation : batch.expectations) {
            touched.insert(expectation.key);
        }
        for (const Write& write : batch.writes) {
            touched.insert(write.key);
        }
        if (touched.size() > limits.writes_per_batch) {
            return Error{Errc::batch_too_large,
                         std::to_string(touched.size()) + " records, at most " +
                             std::to_string(limits.writes_per_batch),
                         {}};
        }
    }
    for (const Write& write : batch.writes) {
        if (too_large(write.key.size(), limits.key_bytes) ||
            (write.text && too_large(write.text->size(), limits.value_bytes))) {
            return Error{Errc::batch_too_large, write.key, {}};
        }
    }
    return boost::outcome_v2::success();
}

void Core::wait_a_little(std::size_t attempt) {
    std::array<std::byte, 2> bytes{};
    if (!random().fill(bytes)) {
        return;
    }
    const auto chance =
        std::to_integer<std::uint64_t>(bytes[0]) * 256 + std::to_integer<std::uint64_t>(bytes[1]);
    const std::uint64_t longest_us = std::uint64_t{200} << std::min<std::size_t>(attempt, 7);
    std::this_thread::sleep_for(std::chrono::microseconds(longest_us * chance / 65'536));
}

result<void> check_page(const PageRequest& page) {
    if (page.limit < 1 || page.limit > 1000) {
        Findings findings;
        findings.error(Errc::number_out_of_range, Path() / "limit", std::to_string(page.limit),
                       "from 1 to 1000");
        return error_of(findings);
    }
    return boost::outcome_v2::success();
}

}  // namespace licet
