#include "model/by_events.hpp"

#include <algorithm>

#include "engine/group_news.hpp"
#include "engine/seat_event.hpp"
#include "model/step.hpp"

namespace licet::model {

std::vector<Event> ByEvents::next_events(world::World& world, const std::string& stream) {
    std::vector<Event> events;
    for (bool more = true; more;) {
        const auto last = last_.find(stream);
        const auto from = last == last_.end() ? std::nullopt : std::optional(last->second);
        auto page = world.history().list_events({stream, {1000, from}}, world::ben()).value();
        for (Event& event : page.items) {
            const std::string number = std::to_string(event.number);
            last_[stream] = std::string(20 - number.size(), '0') + number;
            events.push_back(std::move(event));
        }
        more = page.next.has_value();
    }
    return events;
}

void ByEvents::read_pool(world::World& world, const Plan& plan) {
    std::set<UserId>& holders = holders_[plan];
    for (const Event& event : next_events(world, world::pool_stream(plan))) {
        const HolderChange change = holder_change(event.details).value();
        for (const UserId& user : change.lost) {
            holders.erase(user);
        }
        holders.insert(change.gained.begin(), change.gained.end());
    }
}

void ByEvents::read_group(world::World& world, const Source& group) {
    Rows& rows = rows_[group];
    for (const Event& event : next_events(world, world::group_stream(group))) {
        const auto news = formats::decode<GroupNews>(event.details.text).value();
        std::erase_if(rows, [&](const auto& row) {
            const auto& [user, plan] = row.first;
            return std::ranges::count(news.left, user) > 0 ||
                   std::ranges::count(news.after.service_ids, world::service(plan)) == 0;
        });
        for (const GroupRow& row : news.rows) {
            rows[{row.user, row.service_id.plan().str()}] = row_text(row);
        }
    }
}

void ByEvents::forget(const Plan& plan) {
    holders_[plan].clear();
    for (auto& [group, rows] : rows_) {
        for (auto& [key, text] : rows) {
            if (key.second == plan && text.find(" active") != std::string::npos) {
                text = number_of(key.first) + ' ' + plan + " count_violation\n";
            }
        }
    }
}

std::string ByEvents::holders(const Plan& plan) const {
    std::string text;
    if (const auto holders = holders_.find(plan); holders != holders_.end()) {
        for (const UserId& user : holders->second) {
            text += number_of(user) + ' ';
        }
    }
    return text;
}

std::string ByEvents::rows(const Source& group) const {
    std::string text;
    if (const auto rows = rows_.find(group); rows != rows_.end()) {
        for (const auto& [key, row] : rows->second) {
            text += row;
        }
    }
    return text;
}

}  // namespace licet::model
