#include "engine/pool_scan.hpp"

#include <algorithm>

#include <boost/outcome/try.hpp>

#include "engine/keys.hpp"
#include "formats/tables/seats.hpp"

namespace licet {
namespace {

constexpr std::size_t page_size = 1000;

// What a pager names: nothing of it is sure, it comes from outside.
struct Cursor {
    std::string tenant;
    std::string service_id;
};

std::optional<Cursor> parse_cursor(const std::optional<std::string>& after) {
    if (!after) {
        return std::nullopt;
    }
    const auto slash = after->find('/');
    return slash == std::string::npos ? Cursor{*after, {}}
                                      : Cursor{after->substr(0, slash), after->substr(slash + 1)};
}

result<bool> scan_tenant(Core& core, const TenantId& tenant, const std::string& prefix,
                         const std::optional<Cursor>& after, const UsePools& use) {
    std::string from = prefix;
    if (after && after->tenant == tenant.str()) {
        from = std::max(from, keys::pools(tenant) + after->service_id + '!');
    }
    const std::string end = prefix_end(prefix);
    for (bool more = from < end; more;) {
        BOOST_OUTCOME_TRY(const ScanPage page, core.store().scan(from, end, page_size));
        std::vector<ScannedPool> pools;
        for (const Record& found : page.records) {
            BOOST_OUTCOME_TRY(auto record, formats::decode<Stored<Pool>>(found.text));
            const Timestamp now = core.now_after(record.head.at);
            pools.push_back({settle(std::move(record.value), now, core.policy()), now});
        }
        BOOST_OUTCOME_TRY(const bool goes_on, use(std::move(pools)));
        if (!goes_on) {
            return false;
        }
        more = page.next.has_value();
        from = page.next.value_or("");
    }
    return true;
}

result<void> scan_customers(Core& core, const PublisherId& publisher,
                            const std::optional<Cursor>& after, const UsePools& use) {
    const std::string prefix = keys::relationships(publisher);
    std::string from = after ? prefix + after->tenant : prefix;
    for (bool more = true; more;) {
        BOOST_OUTCOME_TRY(const ScanPage page,
                          core.store().scan(from, prefix_end(prefix), page_size));
        for (const Record& relationship : page.records) {
            BOOST_OUTCOME_TRY(const TenantId tenant, TenantId::parse(keys::last(relationship.key)));
            const std::string pools = keys::pools(tenant) + publisher.str() + '.';
            BOOST_OUTCOME_TRY(const bool goes_on, scan_tenant(core, tenant, pools, after, use));
            if (!goes_on) {
                return boost::outcome_v2::success();
            }
        }
        more = page.next.has_value();
        from = page.next.value_or("");
    }
    return boost::outcome_v2::success();
}

}  // namespace

result<Scope> report_scope(const Caller& caller, const std::optional<PublisherId>& publisher,
                           const std::optional<TenantId>& tenant) {
    if (publisher.has_value() == tenant.has_value()) {
        Findings findings;
        findings.error(Errc::report_scope, Path(), {}, "name a publisher or a tenant, not both");
        return error_of(findings);
    }
    Scope scope{publisher, tenant};
    BOOST_OUTCOME_TRYV(
        authorize(caller.as, publisher ? Action::read_deals : Action::read_seats, scope));
    return scope;
}

result<void> scan_pools(Core& core, const Scope& scope, const std::optional<std::string>& after,
                        const UsePools& use) {
    const std::optional<Cursor> cursor = parse_cursor(after);
    if (scope.publisher) {
        return scan_customers(core, *scope.publisher, cursor, use);
    }
    BOOST_OUTCOME_TRYV(scan_tenant(core, *scope.tenant, keys::pools(*scope.tenant), cursor, use));
    return boost::outcome_v2::success();
}

std::string pool_cursor(const Pool& pool) {
    return pool.tenant.str() + '/' + pool.service_id.str();
}

}  // namespace licet
