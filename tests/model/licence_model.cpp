#include "model/licence_model.hpp"

#include <algorithm>

namespace licet::model {
namespace {

constexpr std::int64_t deleted_after = 120;

}  // namespace

Quantity LicenceModel::Line::just_before(Timestamp moment) const {
    const auto next = later.lower_bound(moment);
    return next == later.begin() ? quantity : std::prev(next)->second;
}

bool LicenceModel::ended(const std::string& deal, Timestamp now, std::int64_t days_ago) const {
    return ends_.contains(deal) && now >= ends_.at(deal) + days(days_ago);
}

std::set<Timestamp> LicenceModel::moments_until(Timestamp now) const {
    std::set<Timestamp> moments{now};
    for (const auto& [deal, end] : ends_) {
        moments.insert(std::min(end + days(deleted_after), now));
    }
    for (const auto& [plan, lines] : plans_) {
        for (const auto& [deal, line] : lines) {
            for (const auto& [moment, quantity] : line.later) {
                moments.insert(std::min(moment, now));
            }
        }
    }
    return moments;
}

std::set<Plan> LicenceModel::pass_until(Timestamp now) {
    std::set<Plan> lapsed;
    for (const Timestamp moment : moments_until(now)) {
        for (auto& [plan, lines] : plans_) {
            bool was_deleted = false;
            for (auto& [deal, line] : lines) {
                for (; !line.later.empty() && line.later.begin()->first <= moment;
                     line.later.erase(line.later.begin())) {
                    line.quantity = line.later.begin()->second;
                    if (line.quantity) {
                        begun_.insert(plan);
                    }
                }
                if (line.quantity && ended(deal, moment, deleted_after)) {
                    line.quantity.reset();
                    was_deleted = true;
                }
            }
            if (was_deleted && is_gone(plan)) {
                lapsed.insert(plan);
            }
        }
    }
    now_ = now;
    return lapsed;
}

std::string LicenceModel::set(const std::string& deal, const std::map<Plan, Quantity>& lines,
                              std::optional<Timestamp> effective) {
    if (effective && ended(deal, *effective, 0)) {
        return "license_change_after_end";
    }
    for (const auto& [plan, quantity] : lines) {
        const Line& line = plans_[plan][deal];
        if (!quantity && !(effective ? line.just_before(*effective) : line.quantity)) {
            return "license_line_missing";
        }
    }
    for (const auto& [plan, quantity] : lines) {
        Line& line = plans_[plan][deal];
        if (!quantity) {
            line.later.erase(line.later.lower_bound(effective.value_or(now_)), line.later.end());
        }
        (effective ? line.later[*effective] : line.quantity) = quantity;
        if (quantity && !effective) {
            begun_.insert(plan);
        }
    }
    return {};
}

std::string LicenceModel::cancel(const std::string& deal, const Plan& plan,
                                 std::optional<Timestamp> effective) {
    Line& line = plans_[plan][deal];
    if (effective ? !line.later.contains(*effective) : line.later.empty()) {
        return "license_change_missing";
    }
    effective ? (void)line.later.erase(*effective) : line.later.clear();
    std::erase_if(line.later, [&, before = line.quantity](const auto& change) mutable {
        const bool removes_nothing = !before && !change.second;
        before = change.second;
        return removes_nothing;
    });
    return {};
}

std::int64_t LicenceModel::count(const Plan& plan, std::int64_t from_days,
                                 std::int64_t to_days) const {
    std::int64_t sum = 0;
    const auto lines = plans_.find(plan);
    if (lines == plans_.end()) {
        return 0;
    }
    for (const auto& [deal, line] : lines->second) {
        const bool begun = from_days < 0 || ended(deal, now_, from_days);
        sum += begun && !ended(deal, now_, to_days) ? line.quantity.value_or(0) : 0;
    }
    return sum;
}

bool LicenceModel::is_gone(const Plan& plan) const {
    return std::ranges::none_of(plans_.at(plan), [](const auto& line) {
        return line.second.quantity || !line.second.later.empty();
    });
}

std::string LicenceModel::pending(const Plan& plan) const {
    std::map<std::pair<Timestamp, std::string>, Quantity> all;
    for (const auto& [deal, line] : plans_.at(plan)) {
        for (const auto& [moment, quantity] : line.later) {
            all[{moment, deal}] = quantity;
        }
    }
    std::string text;
    for (const auto& [when, quantity] : all) {
        text +=
            when.first.str() + ' ' + when.second + ' ' + std::to_string(quantity.value_or(0)) + ' ';
    }
    return text;
}

}  // namespace licet::model
