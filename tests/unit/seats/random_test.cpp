// A pool against a model that is too simple to be wrong: it lives through every day, one by one,
// and counts.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>

#include "unit/seats/customer.hpp"

using customer::day;
using customer::pool_of;
using customer::Seats;
using customer::user;
using licet::DealId;
using licet::Mode;
using licet::Outcome;
using licet::Policy;
using licet::Pool;
using licet::Seat;
using licet::SeatChange;
using licet::UserId;

namespace {

constexpr std::uint32_t default_seed = 20260131;

std::uint32_t seed() {
    const char* given = std::getenv("LICET_SEED");
    return given ? static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10)) : default_seed;
}

/// Days are numbers here, and ends no end.
class Naive {
public:
    struct Line {
        std::int64_t quantity;
        std::optional<std::int64_t> end;
        std::map<std::int64_t, std::int64_t> later;  ///< Quantities from a day on.
    };

    explicit Naive(const Policy& policy) : policy_(policy) {}

    void set(const DealId& deal, std::optional<Line> line) {
        lines_.erase(deal);
        if (line) {
            lines_.emplace(deal, *line);
        }
        look();
    }

    void next_day() {
        ++today_;
        look();
    }

    /// After every change, and every day: does what was ordered for it, drops what is deleted and
    /// sees whether it is over.
    void look() {
        for (auto& [deal, line] : lines_) {
            const auto due = line.later.extract(today_);
            line.quantity = due.empty() ? line.quantity : due.mapped();
        }
        std::erase_if(lines_, [](const auto& line) {
            return line.second.quantity == 0 && line.second.later.empty();
        });
        const auto deleted = [&](const auto& line) { return !in_days(line.second, 120); };
        if (!lines_.empty() && std::ranges::all_of(lines_, deleted)) {
            holders.clear();
        }
        std::erase_if(lines_, deleted);
        if (std::ssize(holders) <= enabled() + warning()) {
            over_since_.reset();
        } else if (!over_since_) {
            over_since_ = today_;
        }
    }

    std::int64_t enabled() const { return sum(-1, 0); }
    std::int64_t warning() const { return sum(0, 30); }
    std::int64_t suspended() const { return sum(30, 120); }

    std::int64_t allowed() const {
        if (enabled() + warning() == 0) {
            return 0;
        }
        switch (policy_.overage.kind) {
            case licet::Overage::Kind::none:
                return enabled();
            case licet::Overage::Kind::percent:
                return enabled() + enabled() / 8;
            case licet::Overage::Kind::always:
                return 1'000'000;
        }
        return 0;
    }

    std::int64_t today() const { return today_; }
    std::optional<std::int64_t> over_since() const { return over_since_; }
    const std::map<DealId, Line>& lines() const { return lines_; }

    std::set<UserId> holders;

private:
    /// True on the days before `days` after the line's end.
    bool in_days(const Line& line, std::int64_t days) const {
        return !line.end || today_ < *line.end + days;
    }

    std::int64_t sum(std::int64_t from, std::int64_t to) const {
        std::int64_t all = 0;
        for (const auto& [deal, line] : lines_) {
            const bool begun = from >= 0 && !in_days(line, from);
            all += (from < 0 || begun) && in_days(line, to) ? line.quantity : 0;
        }
        return all;
    }

    Policy policy_;
    std::int64_t today_ = 0;
    std::optional<std::int64_t> over_since_;
    std::map<DealId, Line> lines_;
};

class Walk {
public:
    Walk(std::uint32_t seed, const Policy& policy)
        : random_(seed), policy_(policy), pool_(pool_of({})), naive_(policy) {
        for (int number = 10; number < 50; ++number) {
            everybody_.push_back(user("u" + std::to_string(number)));
        }
    }

    void step() {
        switch (below(8)) {
            case 0:
            case 1:
                return assign();
            case 2:
                return unassign();
            case 3:
                return take();
            case 4:
                return seat_by_group();
            case 5:
                return contribute();
            default:
                return pass_time();
        }
    }

    void check() const {
        const Pool settled = settle(pool_, now(), policy_);
        CHECK(settled.holders == std::ssize(naive_.holders));
        CHECK(std::ranges::count(seats_.all(), settled.epoch, epoch_of) == settled.holders);
        CHECK(settled.contributions.size() == naive_.lines().size());

        const licet::PoolSummary summary = summarize(pool_, now(), policy_);
        const std::int64_t enabled = naive_.enabled();
        const std::int64_t warning = naive_.warning();
        CHECK(summary.capacity == licet::Capacity{enabled, warning, naive_.suspended(), 0});
        CHECK(summary.consumed == settled.holders);
        CHECK(summary.available == std::max<std::int64_t>(0, enabled - summary.consumed));
        CHECK(summary.over_by == std::max<std::int64_t>(0, summary.consumed - enabled - warning));
        CHECK(summary.over_since.has_value() == naive_.over_since().has_value());
        if (naive_.over_since()) {
            CHECK(summary.over_since == day(*naive_.over_since()));
            CHECK(settled.over_since == summary.over_since);
            CHECK(summary.overdue == (naive_.today() >= *naive_.over_since() + 90));
        }
        CHECK(summary == summarize(settled, now(), policy_));
        check_spells(now() + licet::days(looked_ahead_));
    }

    /// The pool's states over time are those it has when the time has come.
    void check_spells(licet::Timestamp then) const {
        const auto spells = spells_of(pool_, policy_);
        CHECK(spells.front().from == licet::Timestamp::earliest());
        CHECK(spells.back().until == licet::Timestamp::latest());
        for (std::size_t i = 1; i < spells.size(); ++i) {
            CHECK(spells[i - 1].until == spells[i].from);
            CHECK(spells[i - 1].state != spells[i].state);
        }
        for (const licet::Timestamp moment : {now(), then}) {
            CHECK(std::ranges::count_if(spells, [&](const licet::PoolSpell& spell) {
                      return spell.holds_at(moment) &&
                             spell.state == state_of(pool_, moment, policy_);
                  }) == 1);
        }
        const licet::PoolState lived = state_of(settle(pool_, now(), policy_), then, policy_);
        const licet::PoolState waited = state_of(pool_, then, policy_);
        CHECK((lived == waited || state_of(pool_, now(), policy_) == licet::PoolState::lapsed));
    }

private:
    static std::int64_t epoch_of(const std::pair<const UserId, Seat>& entry) {
        return entry.second.epoch;
    }

    int below(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }

    licet::Timestamp now() const { return day(naive_.today()); }

    std::vector<UserId> somebody() {
        std::vector<UserId> some;
        const int one_in = 1 + below(20);
        std::ranges::copy_if(everybody_, std::back_inserter(some),
                             [&](const UserId&) { return below(one_in) == 0; });
        return some;
    }

    void keep(const SeatChange& change) {
        CHECK(change.pool.holders - settle(pool_, now(), policy_).holders ==
              std::ssize(change.gained) - std::ssize(change.lost));
        for (const UserId& gained : change.gained) {
            CHECK(naive_.holders.insert(gained).second);
        }
        for (const UserId& lost : change.lost) {
            CHECK(naive_.holders.erase(lost) == 1);
        }
        naive_.look();
        pool_ = change.pool;
        seats_.write(change.writes);
    }

    void assign() {
        const std::vector<UserId> users = somebody();
        const Mode mode = below(2) == 0 ? Mode::atomic : Mode::best_effort;
        const std::int64_t allowed = naive_.allowed();
        const std::int64_t before = std::ssize(naive_.holders);
        const std::int64_t wanted = std::ranges::count_if(
            users, [&](const UserId& one) { return !naive_.holders.contains(one); });
        const std::int64_t given = std::clamp<std::int64_t>(allowed - before, 0, wanted);
        const auto change =
            licet::assign(pool_, users, seats_.seat_of(), mode, std::nullopt, now(), policy_);
        CHECK(change.has_value() ==
              (!users.empty() && (mode == Mode::best_effort || given == wanted)));
        if (change) {
            CHECK(std::ssize(change.value().gained) == given);
            CHECK(std::ranges::count(change.value().outcomes, Outcome::failed,
                                     &licet::SeatOutcome::outcome) == wanted - given);
            keep(change.value());
            CHECK(std::ssize(naive_.holders) <= std::max(before, allowed));
        }
    }

    void unassign() {
        const auto change = licet::unassign(pool_, somebody(), seats_.seat_of(), now(), policy_);
        if (change) {
            keep(change.value());
        }
    }

    void take() {
        std::vector<UserId> users = somebody();
        std::ranges::shuffle(users, random_);
        keep(licet::take(pool_, users, seats_.seat_of(), now(), policy_));
    }

    /// What group assignment does to one member.
    void seat_by_group() {
        const UserId& member = everybody_[static_cast<std::size_t>(below(40))];
        Pool pool = settle(pool_, now(), policy_);
        if (naive_.holders.contains(member) || naive_.allowed() <= pool.holders) {
            return;
        }
        const licet::SeatSource group{licet::GroupId::parse("sales").value()};
        seats_.put({member, pool.service_id, {group}, now(), std::nullopt, pool.epoch});
        ++pool.holders;
        pool_ = settle(pool, now(), policy_);
        naive_.holders.insert(member);
        naive_.look();
    }

    void contribute() {
        const DealId deal = customer::deal("d-" + std::to_string(below(4)));
        if (below(5) == 0) {
            pool_ = with_contribution(pool_, {deal, 0, std::nullopt}, now(), policy_);
            naive_.set(deal, std::nullopt);
            return;
        }
        Naive::Line line{1 + below(12), std::nullopt, {}};
        if (below(20) != 0) {
            line.end = naive_.today() - 130 + below(500);
        }
        for (int changes = below(4); changes > 0; --changes) {
            const std::int64_t from = naive_.today() + 1 + below(200);
            if (from < line.end.value_or(from + 1)) {
                line.later[from] = below(3) == 0 ? 0 : 1 + below(12);
            }
        }
        if (!line.later.empty() && below(4) == 0) {
            line.quantity = 0;
        }
        licet::Contribution contribution{deal, line.quantity, std::nullopt};
        if (line.end) {
            contribution.ends = day(*line.end);
        }
        for (const auto& [from, quantity] : line.later) {
            contribution.later.push_back({day(from), quantity});
        }
        pool_ = with_contribution(pool_, contribution, now(), policy_);
        naive_.set(deal, line);
    }

    void pass_time() {
        looked_ahead_ = below(400);
        for (int days = below(below(4) == 0 ? 150 : 10); days > 0; --days) {
            naive_.next_day();
        }
    }

    std::mt19937 random_;
    Policy policy_;
    Pool pool_;
    Naive naive_;
    std::int64_t looked_ahead_ = 0;
    Seats seats_;
    std::vector<UserId> everybody_;
};

void walk(licet::Overage overage) {
    Policy policy;
    policy.overage = overage;
    Walk walk(seed(), policy);
    for (int step = 0; step < 4000; ++step) {
        CAPTURE(seed());
        CAPTURE(step);
        walk.step();
        walk.check();
    }
}

}  // namespace

TEST_CASE("whatever happens to a pool, what it counts is what there is: no overage") { walk({}); }

TEST_CASE("whatever happens to a pool, what it counts is what there is: overage in percent") {
    walk({licet::Overage::Kind::percent, licet::Decimal::parse("12.5").value()});
}

TEST_CASE("whatever happens to a pool, what it counts is what there is: any overage") {
    walk({licet::Overage::Kind::always, {}});
}
