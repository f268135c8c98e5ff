#include "cluster/load.hpp"

#include <algorithm>
#include <utility>

#include "process/fabrikam.hpp"

namespace licet::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr std::size_t thread_count = 8;
constexpr auto patience = 180s;

std::set<std::string> seats_of(Engine& engine, const ServiceId& service_id) {
    std::set<std::string> users;
    PageRequest page{.limit = 1000, .after = {}};
    do {
        const auto seats =
            engine.seats().list_seats({contoso(), service_id, page}, customer()).value();
        for (const Seat& seat : seats.items) {
            users.insert(seat.user.str());
        }
        page.after = seats.next;
    } while (page.after);
    return users;
}

std::size_t count_if(const std::set<std::string>& users, const auto& fits) {
    return static_cast<std::size_t>(std::ranges::count_if(users, fits));
}

}  // namespace

struct Load::Step {
    bool assigns = true;
    ServiceId pool;
    UserId user;

    Caller caller() const {
        Caller made = customer();
        made.idempotency_key = (assigns ? "assign-" : "unassign-") + pool.str() + user.str();
        return made;
    }
};

Load::Load(Engine& engine, std::vector<ServiceId> pools)
    : engine_(engine), pools_(std::move(pools)), last_acknowledged_(steady_clock::now()) {
    for (std::size_t self = 0; self < thread_count; ++self) {
        threads_.emplace_back([this, self](const std::stop_token& stop) { run(stop, self); });
    }
}

bool Load::await_acknowledged(std::size_t count) {
    std::unique_lock lock(mutex_);
    const std::size_t wanted = ledger_.acknowledged + count;
    return changed_.wait_for(lock, patience, [&] { return ledger_.acknowledged >= wanted; });
}

Ledger Load::stop() {
    for (std::jthread& thread : threads_) {
        thread.request_stop();
    }
    threads_.clear();
    return ledger_;
}

// Two new users get a seat, the elder one loses it.
void Load::run(const std::stop_token& stop, std::size_t self) {
    const auto user = [&](std::size_t number) {
        return UserId::parse("t" + std::to_string(self) + "-" + std::to_string(number)).value();
    };
    for (std::size_t turn = 0; !stop.stop_requested(); ++turn) {
        const ServiceId& pool = pools_[(self + turn) % pools_.size()];
        const bool has_seat = take({true, pool, user(2 * turn)});
        take({true, pool, user(2 * turn + 1)});
        if (has_seat) {
            take({false, pool, user(2 * turn)});
        }
    }
}

// Whether it was acknowledged.
bool Load::take(const Step& step) {
    const auto end = steady_clock::now() + patience;
    for (bool was_unknown = false;;) {
        const auto answer = call(step);
        const bool is_unknown = !answer && answer.error().code == Errc::outcome_unknown;
        was_unknown = was_unknown || is_unknown;
        const bool is_open = was_unknown && !answer && answer.error().code == Condition::storage;
        if (!is_open || steady_clock::now() >= end) {
            note(step, answer, was_unknown);
            return answer.has_value();
        }
        pause();
    }
}

result<PoolSummary> Load::call(const Step& step) {
    auto& seats = engine_.seats();
    auto answer =
        step.assigns
            ? seats.assign({contoso(), step.pool, {step.user}, Mode::atomic, {}}, step.caller())
            : seats.unassign({contoso(), step.pool, {step.user}, Mode::atomic}, step.caller());
    if (!answer) {
        return std::move(answer).error();
    }
    return std::move(answer).value().value.pool;
}

void Load::note(const Step& step, const result<PoolSummary>& answer, bool was_unknown) {
    std::unique_lock lock(mutex_);
    ledger_.unknown += was_unknown ? 1U : 0U;
    if (answer) {
        const auto now = steady_clock::now();
        const auto gap = std::chrono::duration_cast<std::chrono::milliseconds>(
            now - std::exchange(last_acknowledged_, now));
        ledger_.longest_gap = std::max(ledger_.longest_gap, gap);
        ++ledger_.acknowledged;
        auto& pool = ledger_.pools[step.pool];
        ++pool.changes;
        step.assigns ? (void)pool.seats.insert(step.user.str())
                     : (void)pool.seats.erase(step.user.str());
        if (answer.value().consumed > answer.value().capacity.enabled) {
            ledger_.wrong.push_back("more seats than licences in " + step.pool.str());
        }
        changed_.notify_all();
        return;
    }
    const Error& error = answer.error();
    if (was_unknown) {
        ledger_.unsettled.insert(step.user.str());
    }
    if (error.code == Errc::no_free_license) {
        return;
    }
    if (error.code != Condition::storage && error.code != Condition::contention) {
        ledger_.wrong.push_back(step.user.str() + ": " + error.message());
    }
    ++ledger_.failed;
    lock.unlock();
    pause();
}

// As a client does that has failed.
void Load::pause() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, 20ms);
}

Differences differences(Engine& engine, const Ledger& ledger) {
    Differences found;
    for (const auto& [service_id, pool] : ledger.pools) {
        const auto seats = seats_of(engine, service_id);
        const auto missing_from = [&](const std::set<std::string>& all) {
            return [&](const std::string& user) {
                return !all.contains(user) && !ledger.unsettled.contains(user);
            };
        };
        found.lost_seats += count_if(pool.seats, missing_from(seats));
        found.extra_seats += count_if(seats, missing_from(pool.seats));
        const auto view = engine.seats().get_pool({contoso(), service_id}, customer()).value().pool;
        found.miscounted += view.consumed == static_cast<std::int64_t>(seats.size()) ? 0U : 1U;
        found.over_capacity += view.consumed > view.capacity.enabled ? 1U : 0U;
        const auto verified =
            engine.history()
                .verify({"pool/" + contoso().str() + "/" + service_id.str()}, customer())
                .value();
        found.broken_streams += verified.ok ? 0U : 1U;
        const std::uint64_t least = pool.changes + 1;  // the licences came first
        found.events += verified.count < least ? least - verified.count : 0;
        const std::uint64_t most = least + ledger.unsettled.size();
        found.events += verified.count > most ? verified.count - most : 0;
    }
    return found;
}

}  // namespace licet::test
