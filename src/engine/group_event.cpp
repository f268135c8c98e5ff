#include "engine/group_event.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <tuple>

#include "engine/group_news.hpp"
#include "engine/keys.hpp"

namespace licet {
namespace {

constexpr std::size_t entries_per_event = 1000;

GroupSide side_of(const Group& group) {
    GroupSide side{{}, std::ssize(group.members)};
    for (const GroupProduct& product : group.products) {
        side.service_ids.push_back(product.service_id);
    }
    return side;
}

std::vector<UserId> users_in(const Group& group) {
    std::vector<UserId> users;
    for (const GroupMember& member : group.members) {
        users.push_back(member.user);
    }
    return users;
}

GroupNews news_of(const Group* before, const Group& after) {
    GroupNews news;
    if (before) {
        news.before = side_of(*before);
    }
    news.after = side_of(after);
    const std::vector<UserId> then = before ? users_in(*before) : std::vector<UserId>();
    const std::vector<UserId> now = users_in(after);
    std::ranges::set_difference(now, then, std::back_inserter(news.joined));
    std::ranges::set_difference(then, now, std::back_inserter(news.left));
    const auto order = [](const GroupRow& a, const GroupRow& b) {
        return std::tie(a.user, a.service_id, a.error) < std::tie(b.user, b.service_id, b.error);
    };
    std::ranges::set_difference(rows_of(after), before ? rows_of(*before) : std::vector<GroupRow>(),
                                std::back_inserter(news.rows), order);
    return news;
}

// The next of those that are left, as many as there is room for.
template <class T>
std::vector<T> next_of(std::span<const T>& left, std::size_t& room) {
    const std::span<const T> some = left.first(std::min(room, left.size()));
    left = left.subspan(some.size());
    room -= some.size();
    return {some.begin(), some.end()};
}

}  // namespace

void save_group(Unit& unit, Stored<Group>& record, const Group* before, Group after) {
    const std::string key = keys::group(after.tenant, after.id);
    const GroupNews news = news_of(before, after);
    std::span<const UserId> joined(news.joined);
    std::span<const UserId> left(news.left);
    std::span<const GroupRow> rows(news.rows);
    GroupNews part{news.before, news.after, {}, {}, {}};
    record.value = std::move(after);
    for (;;) {
        std::size_t room = entries_per_event;
        part.joined = next_of(joined, room);
        part.left = next_of(left, room);
        part.rows = next_of(rows, room);
        const std::string details = formats::encode(part);
        if (joined.empty() && left.empty() && rows.empty()) {
            unit.save(key, record, key, details);
            return;
        }
        unit.add_event(record.head, key, details);
        part.before = part.after;
    }
}

}  // namespace licet
