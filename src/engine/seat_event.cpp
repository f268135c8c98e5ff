#include "engine/seat_event.hpp"

#include <algorithm>
#include <any>
#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "engine/core.hpp"
#include "engine/keys.hpp"
#include "engine/record.hpp"
#include "formats/tables/seats.hpp"
#include "seats/pool_steps.hpp"
#include "time_text.hpp"

namespace licet {
namespace {

/// What else the details of a pool's event say.
struct Rest {
    Nothing before;
    Nothing after;
    Nothing given;
    Nothing taken;
    Nothing source;
};

}  // namespace

namespace formats {

template <>
struct Table<HolderChange> {
    static constexpr Field fields[] = {
        field<HolderChange, &HolderChange::gained>("gained", Need::optional),
        field<HolderChange, &HolderChange::lost>("lost", Need::optional),
    };
};
template <>
struct Table<Rest> {
    static constexpr Field fields[] = {
        field<Rest, &Rest::before>("before", Need::optional),
        field<Rest, &Rest::after>("after", Need::optional),
        field<Rest, &Rest::given>("given", Need::optional),
        field<Rest, &Rest::taken>("taken", Need::optional),
        field<Rest, &Rest::source>("source", Need::optional),
    };
};

}  // namespace formats

namespace {

constexpr formats::Field contributions[] = {
    formats::field<Pool, &Pool::contributions>("contributions")};

constexpr std::size_t size_of_user = 40;

template <auto Member>
bool differ(const PoolSummary& before, const PoolSummary& after) {
    return before.*Member != after.*Member;
}

// The fields in which two summaries differ, which are few. Most need not be written to see that
// they do not.
class SummaryFields {
public:
    SummaryFields(const PoolSummary& before, const PoolSummary& after) {
        for (std::size_t i = 0; i < std::size(all); ++i) {
            if (judges[i](before, after)) {
                fields_[count_++] = all[i];
            }
        }
    }

    std::span<const formats::Field> get() const { return {fields_.data(), count_}; }

private:
    static constexpr auto& all = formats::Table<PoolSummary>::fields;
    static constexpr bool (*judges[])(const PoolSummary&, const PoolSummary&) = {
        differ<&PoolSummary::tenant>,     differ<&PoolSummary::service_id>,
        differ<&PoolSummary::capacity>,   differ<&PoolSummary::consumed>,
        differ<&PoolSummary::available>,  differ<&PoolSummary::over_by>,
        differ<&PoolSummary::over_since>, differ<&PoolSummary::overdue>,
        differ<&PoolSummary::pending>,
    };
    static_assert(std::size(judges) == std::size(all));

    std::array<formats::Field, std::size(all)> fields_;
    std::size_t count_ = 0;
};

// What callers see of a pool, and where it comes from: all of a new one, else what has changed.
void write_sides(formats::Writer& out, const Pool* before, const Pool& after, Timestamp now,
                 const Policy& policy) {
    const auto& shown = formats::Table<PoolSummary>::fields;
    out.raw("\"before\":");
    if (!before) {
        const PoolSummary summary = summarize(after, now, policy);
        out.raw("null,\"after\":");
        formats::write_object(out, {{&summary, shown}, {&after, contributions}});
        return;
    }
    // Tenant and Service ID never differ.
    const PoolSummary old_summary = summarize_unnamed(*before, now, policy);
    const PoolSummary summary = summarize_unnamed(after, now, policy);
    const SummaryFields differing(old_summary, summary);
    const bool same_lines = before->contributions == after.contributions;
    const std::span<const formats::Field> lines(contributions, same_lines ? 0 : 1);
    formats::Writer new_side(out.audience());
    formats::write_differing(out, new_side,
                             {{&old_summary, &summary, differing.get()}, {before, &after, lines}});
    out.raw(",\"after\":");
    out.raw(new_side.written());
}

// A list of users, as an event names it.
struct Named {
    std::string_view name;
    std::span<const UserId> users;
};
using Lists = std::array<Named, 4>;

Lists lists_of(const HolderChange& change, const SourceChange* by) {
    Lists lists{{{"gained", change.gained}, {"lost", change.lost}, {"given", {}}, {"taken", {}}}};
    if (by) {
        lists[2].users = by->given;
        lists[3].users = by->taken;
    }
    return lists;
}

std::size_t count_of(const Lists& lists) {
    std::size_t count = 0;
    for (const Named& list : lists) {
        count += list.users.size();
    }
    return count;
}

// Takes away as many users as one event bears, and gives them.
Lists take_next(Lists& lists) {
    Lists taken = lists;
    std::size_t room = users_per_event;
    for (std::size_t i = 0; i < lists.size(); ++i) {
        const std::size_t count = std::min(room, lists[i].users.size());
        taken[i].users = lists[i].users.first(count);
        lists[i].users = lists[i].users.subspan(count);
        room -= count;
    }
    return taken;
}

void write_users(formats::Writer& out, const Named& list) {
    if (list.users.empty()) {
        return;
    }
    out.raw(",\"");
    out.raw(list.name);
    out.raw("\":");
    char separator = '[';
    for (const UserId& user : list.users) {
        out.raw(separator);
        formats::Codec<UserId>::write(out, user);
        separator = ',';
    }
    out.raw(']');
}

// The pool before and after, who gained or lost a unit, and, where seats were given or taken, by
// which source, and who was given or lost that and holds a unit as before.
std::string pool_details(const Pool* before, const Pool& after, const Lists& lists,
                         const SourceChange* by, Timestamp now, const Policy& policy) {
    formats::Writer out(formats::Audience::caller, 480 + size_of_user * count_of(lists));
    out.raw('{');
    write_sides(out, before, after, now, policy);
    for (const Named& list : lists) {
        write_users(out, list);
    }
    if (by) {
        out.raw(",\"source\":");
        formats::Codec<SeatSource>::write(out, by->source);
    }
    out.raw('}');
    return std::move(out).take();
}

}  // namespace

// By hand, and without what goes without saying: this is written once for every seat of a large
// call. decode_seat reads it by its table, but where `since` is all there is.
std::string encode_seat(const Seat& seat) {
    std::string text;
    text.reserve(40);
    text.append("{\"since\":\"").append(TimestampText(seat.since).str()).append("\"");
    if (seat.sources.size() != 1 || !seat.is_direct()) {
        text.append(",\"sources\":").append(formats::encode(seat.sources));
    }
    if (seat.usage_location) {
        text.append(",\"usage_location\":\"").append(seat.usage_location->str()).append("\"");
    }
    if (seat.epoch != 1) {
        text.append(",\"epoch\":").append(std::to_string(seat.epoch));
    }
    text += '}';
    return text;
}

result<Seat> decode_seat(std::string_view text) {
    Seat seat;
    seat.sources = {{}};  // directly, unless it says otherwise
    if (const auto alone = since_alone(text)) {
        if (const auto since = Timestamp::parse(*alone)) {
            seat.since = since.value();
            return seat;
        }
    }
    Findings findings;
    formats::Parsed document;
    if (document.parse(text, findings)) {
        formats::Reader reader(findings, formats::Origin::store);
        formats::read_object(document.root(), {{&seat, formats::seat_record_fields}}, reader,
                             Path());
    }
    if (findings.has_errors()) {
        return Error{Errc::record_corrupt, "a seat, " + error_of(findings).message(), {}};
    }
    return seat;
}

result<HolderChange> holder_change(const Json& details) {
    Findings findings;
    formats::Parsed document;
    HolderChange change;
    if (document.parse(details.text, findings) && document.root().is_object()) {
        formats::Reader reader(findings, formats::Origin::store);
        Rest rest;
        formats::read_object(document.root(),
                             {{&change, formats::Table<HolderChange>::fields},
                              {&rest, formats::Table<Rest>::fields}},
                             reader, Path());
    }
    if (findings.has_errors()) {
        return Error{Errc::record_corrupt, "an event, " + error_of(findings).message(), {}};
    }
    return change;
}

std::uint64_t save_pool(Unit& unit, Stored<Pool> record, const Pool* before, Pool after,
                        HolderChange change, const SourceChange* by, const Policy& policy) {
    const std::string key = keys::pool(after.tenant, after.service_id);
    const std::uint64_t head_before = record.head.number;
    record.value = std::move(after);
    Lists left = lists_of(change, by);
    do {
        unit.add_event(record.head, key,
                       pool_details(before, record.value, take_next(left), by, unit.now(), policy));
        before = &record.value;
    } while (count_of(left) > 0);
    const std::uint64_t revision = ++record.revision;
    unit.tell({indexed(record, policy), head_before, std::move(change)});
    std::string text = formats::encode(record, formats::Audience::store);
    // Every seat given or taken reads and writes its pool.
    unit.put(key, std::move(text), std::make_shared<const std::any>(std::move(record)));
    return revision;
}

}  // namespace licet
