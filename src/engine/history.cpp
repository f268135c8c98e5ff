#include <licet/engine/history.hpp>

#include <charconv>

#include <boost/outcome/try.hpp>

#include "engine/core.hpp"
#include "engine/keys.hpp"
#include "formats/tables/catalog.hpp"
#include "formats/tables/deals.hpp"
#include "formats/tables/history.hpp"
#include "quoted.hpp"

namespace licet {
namespace {

constexpr std::size_t scan_size = 1000;
constexpr std::size_t prune_batch = 100;

// A stream's name: `<kind>/<shard>` and, but for open invites, one more segment.
struct StreamName {
    Action action;
    Scope scope;
};

result<StreamName> parse_stream(std::string_view stream) {
    const Error unknown{Errc::stream_unknown, quoted(stream), {}};
    const auto kind_end = stream.find('/');
    if (kind_end == std::string_view::npos) {
        return unknown;
    }
    const std::string_view kind = stream.substr(0, kind_end);
    const std::string_view rest = stream.substr(kind_end + 1);
    const std::string_view shard = rest.substr(0, rest.find('/'));
    const bool has_more = shard.size() + 1 < rest.size() &&
                          rest.find('/', shard.size() + 1) == std::string_view::npos;
    const bool is_alone = shard.size() == rest.size();
    if (kind == "pool" || kind == "group") {
        auto tenant = TenantId::parse(shard);
        if (!tenant || tenant.value().str() != shard || !has_more) {
            return unknown;
        }
        return StreamName{Action::read_seats, {{}, std::move(tenant).value()}};
    }
    auto publisher = PublisherId::parse(shard);
    const bool is_known = kind == "invites" ? is_alone
                                            : has_more && (kind == "offer" || kind == "deal" ||
                                                           kind == "relationship");
    if (!publisher || !is_known) {
        return unknown;
    }
    const Action action = kind == "offer" ? Action::read_offers : Action::read_deals;
    return StreamName{action, {std::move(publisher).value(), {}}};
}

// The head that the record itself names; nothing where there is no record.
struct AnyValue {};

}  // namespace

namespace formats {

template <>
struct Codec<AnyValue> {
    static void read(const Node& /*in*/, AnyValue& /*out*/, Reader& /*reader*/,
                     const Path& /*at*/) {}
    static void write(Writer& out, const AnyValue& /*value*/) { out.raw("null"); }
    static std::string schema(const Schema& /*in*/, const Bounds& /*bounds*/) { return "{}"; }
};

}  // namespace formats

result<PageOf<Event>> History::list_events(const ListEvents& query, const Caller& caller) {
    BOOST_OUTCOME_TRY(const StreamName name, parse_stream(query.stream));
    BOOST_OUTCOME_TRYV(authorize(caller.as, name.action, name.scope));
    return core_.list<Event>(keys::events(query.stream), query.page,
                             [](const Record& found) -> result<std::optional<Event>> {
                                 BOOST_OUTCOME_TRY(Event event, parse_event(found.text));
                                 return std::optional(std::move(event));
                             });
}

result<VerifyAnswer> History::verify(const VerifyEvents& query, const Caller& caller) {
    BOOST_OUTCOME_TRY(const StreamName name, parse_stream(query.stream));
    BOOST_OUTCOME_TRYV(authorize(caller.as, name.action, name.scope));
    // First the head, then the events: what comes in between is there beyond the head.
    BOOST_OUTCOME_TRY(const auto record, core_.get<AnyValue>(query.stream));
    const Head expected = record ? record->head : Head();

    const std::string prefix = keys::events(query.stream);
    Head head{0, Timestamp::from_ms(INT64_MIN), {}};
    bool agrees = expected.number == 0;
    std::string from = prefix;
    for (bool more = true; more;) {
        BOOST_OUTCOME_TRY(const ScanPage page,
                          core_.store().scan(from, prefix_end(prefix), scan_size));
        for (const Record& found : page.records) {
            const std::uint64_t wanted = head.number + 1;
            if (found.key != keys::event(query.stream, wanted) ||
                !follows(head, query.stream, found.text)) {
                return VerifyAnswer{false, head.number, wanted};
            }
            agrees = agrees || (head.number == expected.number && head.hash == expected.hash);
        }
        more = page.next.has_value();
        from = page.next.value_or("");
    }
    if (!agrees) {
        return VerifyAnswer{false, head.number, std::min(head.number + 1, expected.number)};
    }
    if (head.number > expected.number) {
        // Written since, together with the record; or else by someone else.
        BOOST_OUTCOME_TRY(const auto later, core_.get<AnyValue>(query.stream));
        if (!later || later->head.number < head.number) {
            return VerifyAnswer{false, expected.number, expected.number + 1};
        }
    }
    return VerifyAnswer{true, head.number, std::nullopt};
}

result<ClockAnswer> History::advance_clock(const AdvanceClock& command) {
    const auto clock = std::dynamic_pointer_cast<ManualClock>(core_.shared_clock());
    if (!clock) {
        return Error{Errc::clock_not_manual, {}, {}};
    }
    Findings findings;
    if (command.by_ms.has_value() == command.to.has_value()) {
        findings.error(Errc::missing_field, Path() / "by_ms", {}, "give by_ms or to, not both");
    }
    const Duration by =
        command.by_ms ? Duration(*command.by_ms) : command.to.value_or(clock->now()) - clock->now();
    if (by.count() < 0) {
        findings.error(Errc::clock_backwards, Path() / (command.by_ms ? "by_ms" : "to"));
    }
    if (findings.has_errors()) {
        return error_of(findings);
    }
    clock->advance(by);
    return ClockAnswer{clock->now()};
}

result<PruneAnswer> History::prune(const PruneStore& command) {
    constexpr std::string_view prefix = "idem/";
    PruneAnswer answer;
    std::string from(prefix);
    for (bool more = true; more;) {
        BOOST_OUTCOME_TRY(const ScanPage page,
                          core_.store().scan(from, prefix_end(prefix), prune_batch));
        Batch batch;
        for (const Record& found : page.records) {
            BOOST_OUTCOME_TRY(const auto kept, formats::decode<KeptAnswer>(found.text));
            if (kept.at < command.idempotency_before) {
                batch.writes.push_back({found.key, std::nullopt});
            }
        }
        if (!batch.writes.empty()) {
            BOOST_OUTCOME_TRYV(core_.store().commit(batch));
        }
        answer.idempotency += static_cast<std::int64_t>(batch.writes.size());
        more = page.next.has_value();
        from = page.next.value_or("");
    }
    return answer;
}

}  // namespace licet
