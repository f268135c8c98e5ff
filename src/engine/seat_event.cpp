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

// Those of a change whom one event tells of.
struct Part {
    std::span<const UserId> gained;
    std::span<const UserId> lost;
};

// The next part of a change, of at most as many users as one event bears.
Part next_part(const HolderChange& change, std::size_t& done) {
    const std::size_t begin = done;
    done = std::min(done + users_per_event, change.gained.size() + change.lost.size());
    const auto slice = [&](const std::vector<UserId>& users, std::size_t before) {
        const std::size_t from = std::clamp(begin, before, before + users.size()) - before;
        const std::size_t to = std::clamp(done, before, before + users.size()) - before;
        return std::span(users).subspan(from, to - from);
    };
    return {slice(change.gained, 0), slice(change.lost, change.gained.size())};
}

void write_users(formats::Writer& out, std::string_view name, std::span<const UserId> users) {
    if (users.empty()) {
        return;
    }
    out.raw(name);
    char separator = '[';
    for (const UserId& user : users) {
        out.raw(separator);
        formats::Codec<UserId>::write(out, user);
        separator = ',';
    }
    out.raw(']');
}

// The pool before and after, who gained or lost a unit, and, where seats were given or taken, by
// which source.
std::string pool_details(const Pool* before, const Pool& after, const Part& part,
                         const SeatSource* source, Timestamp now, const Policy& policy) {
    const std::size_t users = part.gained.size() + part.lost.size();
    formats::Writer out(formats::Audience::caller, 480 + size_of_user * users);
    out.raw('{');
    write_sides(out, before, after, now, policy);
    write_users(out, R"(,"gained":)", part.gained);
    write_users(out, R"(,"lost":)", part.lost);
    if (source) {
        out.raw(",\"source\":");
        formats::Codec<SeatSource>::write(out, *source);
    }
    out.raw('}');
    return std::move(out).take();
}

std::optional<Timestamp> only_since(std::string_view seat) {
    constexpr std::string_view before = R"({"since":")";
    constexpr std::string_view after = R"("})";
    if (seat.size() < before.size() + after.size() || !seat.starts_with(before) ||
        !seat.ends_with(after)) {
        return std::nullopt;
    }
    const auto since =
        Timestamp::parse(seat.substr(before.size(), seat.size() - before.size() - after.size()));
    return since ? std::optional(since.value()) : std::nullopt;
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
    if (const auto since = only_since(text)) {
        seat.since = *since;
        return seat;
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
                        HolderChange change, const SeatSource* source, const Policy& policy) {
    const std::string key = keys::pool(after.tenant, after.service_id);
    const std::uint64_t head_before = record.head.number;
    const std::size_t users = change.gained.size() + change.lost.size();
    record.value = std::move(after);
    std::size_t done = 0;
    std::string details =
        pool_details(before, record.value, next_part(change, done), source, unit.now(), policy);
    while (done < users) {
        unit.add_event(record.head, key, details);
        details = pool_details(&record.value, record.value, next_part(change, done), source,
                               unit.now(), policy);
    }
    unit.add_event(record.head, key, details);
    const std::uint64_t revision = ++record.revision;
    unit.tell({indexed(record, policy), head_before, std::move(change)});
    std::string text = formats::encode(record, formats::Audience::store);
    // Every seat given or taken reads and writes its pool.
    unit.put(key, std::move(text), std::make_shared<const std::any>(std::move(record)));
    return revision;
}

}  // namespace licet
