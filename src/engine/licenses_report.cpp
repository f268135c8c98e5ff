// The licences that were sold, as the portal's dashboard has them.

#include <licet/engine/reports.hpp>

#include <algorithm>
#include <map>

#include <boost/outcome/try.hpp>

#include "deals/countries.hpp"
#include "deals/words.hpp"
#include "engine/core.hpp"
#include "engine/keys.hpp"
#include "engine/offers.hpp"
#include "engine/pool_scan.hpp"
#include "formats/csv.hpp"
#include "formats/tables/deals.hpp"
#include "formats/tables/reports.hpp"

namespace licet {
namespace {

using SomeDeals = std::map<std::string, Deal>;  // by key

std::string deal_key(const Pool& pool, const DealId& deal) {
    return keys::deal(pool.service_id.publisher(), deal);
}

// All deals of which the pools have lines, in one round trip.
result<SomeDeals> deals_of(Core& core, const std::vector<ScannedPool>& pools) {
    std::vector<std::string> wanted;
    for (const ScannedPool& found : pools) {
        for (const Contribution& contribution : found.pool.contributions) {
            wanted.push_back(deal_key(found.pool, contribution.deal));
        }
    }
    std::ranges::sort(wanted);
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    BOOST_OUTCOME_TRY(const auto values, core.store().read(wanted));
    SomeDeals deals;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (values[i]) {
            BOOST_OUTCOME_TRY(auto record, formats::decode<Stored<Deal>>(values[i]->text));
            const Timestamp now = core.now_after(record.head.at);
            deals.emplace(std::move(wanted[i]),
                          settle(std::move(record.value), now, core.policy()));
        }
    }
    return deals;
}

/// Offers as they are read, each once.
class OfferNames {
public:
    explicit OfferNames(Core& core) noexcept : core_(core) {}

    result<void> write(LicenseRow& row) {
        const PublisherId publisher = row.service_id.publisher();
        const std::string key = keys::offer(publisher, row.product_id);
        auto known = offers_.find(key);
        if (known == offers_.end()) {
            BOOST_OUTCOME_TRY(auto record, read_offer(core_, publisher, row.product_id));
            known = offers_.emplace(key, std::move(record.value)).first;
        }
        const Publication& offer = known->second;
        const Offer& shown = offer.live ? *offer.live : offer.draft;
        const Plan* plan = published_plan(offer, row.service_id.plan());
        row.product_display_name = shown.listing.name.empty() ? shown.alias : shown.listing.name;
        row.sku_name = plan ? plan->name : row.service_id.plan().str();
        return boost::outcome_v2::success();
    }

private:
    Core& core_;
    std::map<std::string, Publication> offers_;
};

// Nothing where no line is left.
std::optional<LicenseRow> row_of(const ScannedPool& found, const SomeDeals& deals,
                                 const Policy& policy) {
    const Pool& pool = found.pool;
    const std::vector<PoolLine> lines = lines_of(pool, found.now, policy);
    if (lines.empty()) {
        return std::nullopt;
    }
    LicenseRow row;
    row.tenant = pool.tenant;
    row.service_id = pool.service_id;
    row.product_id = pool.service_id.offer();
    row.licenses_assigned = pool.holders;
    row.license_state = LineState::deleted;
    Timestamp activated = Timestamp::latest();
    for (const PoolLine& line : lines) {
        row.licenses_provisioned += line.quantity;
        row.license_state = std::min(row.license_state, line.state);
        const auto deal = deals.find(deal_key(pool, line.deal));
        const LicenseLine* sold =
            deal == deals.end() ? nullptr : deal->second.find(pool.service_id.plan());
        activated = sold ? std::min(activated, sold->since) : activated;
    }
    row.activation_date = Date::of(activated);
    const auto last = std::ranges::max_element(
        lines, {}, [](const PoolLine& line) { return line.ends.value_or(Timestamp::latest()); });
    if (const auto deal = deals.find(deal_key(pool, last->deal)); deal != deals.end()) {
        const Customer& customer = deal->second.customer;
        row.customer_name = customer.company;
        row.customer_country_code = customer.country ? customer.country->str() : std::string();
        row.customer_country = customer.country ? country_name(*customer.country) : "";
    }
    return row;
}

void append_header(std::string& csv) {
    for (const formats::Field& field : formats::Table<LicenseRow>::fields) {
        csv.append(csv.empty() ? "" : ",").append(field.name);
    }
    csv += '\n';
}

void append_row(std::string& csv, const LicenseRow& row) {
    const std::string provisioned = std::to_string(row.licenses_provisioned);
    const std::string assigned = std::to_string(row.licenses_assigned);
    const std::string activated = row.activation_date.str();
    formats::append_csv_row(
        csv, {row.customer_country, row.customer_country_code, row.customer_name, activated,
              row.product_display_name, row.product_id.str(), provisioned, assigned, row.sku_name,
              row.tenant.str(), word_of(row.license_state), row.service_id.str()});
}

using UseRow = std::function<result<void>(LicenseRow)>;
using EndPage = std::function<result<void>()>;

result<void> for_each_row(Core& core, const Scope& scope, const UseRow& use,
                          const EndPage& end_page) {
    OfferNames names(core);
    return scan_pools(core, scope, {}, [&](const std::vector<ScannedPool>& pools) -> result<bool> {
        BOOST_OUTCOME_TRY(const SomeDeals deals, deals_of(core, pools));
        for (const ScannedPool& found : pools) {
            if (auto row = row_of(found, deals, core.policy())) {
                BOOST_OUTCOME_TRYV(names.write(*row));
                BOOST_OUTCOME_TRYV(use(*std::move(row)));
            }
        }
        BOOST_OUTCOME_TRYV(end_page());
        return true;
    });
}

}  // namespace

result<LicensesReport> Reports::licenses(const ReportLicenses& query, const Caller& caller) {
    BOOST_OUTCOME_TRY(const Scope scope, report_scope(caller, query.publisher, query.tenant));
    LicensesReport report;
    std::vector<LicenseRow>& rows = report.rows.emplace();
    append_header(report.csv.emplace());
    const auto add = [&](LicenseRow row) -> result<void> {
        append_row(*report.csv, row);
        rows.push_back(std::move(row));
        return boost::outcome_v2::success();
    };
    const auto nothing = []() -> result<void> { return boost::outcome_v2::success(); };
    BOOST_OUTCOME_TRYV(for_each_row(core_, scope, add, nothing));
    report.count = rows.size();
    return report;
}

result<LicensesReport> Reports::licenses(const ReportLicenses& query, const Caller& caller,
                                         Stream& stream) {
    BOOST_OUTCOME_TRY(const Scope scope, report_scope(caller, query.publisher, query.tenant));
    LicensesReport report;
    std::string piece;
    append_header(piece);
    const auto add = [&](const LicenseRow& row) -> result<void> {
        append_row(piece, row);
        ++report.count;
        return boost::outcome_v2::success();
    };
    const auto push = [&]() -> result<void> {
        if (!piece.empty()) {
            BOOST_OUTCOME_TRYV(stream.push(piece));
            piece.clear();
        }
        return stream.progress(report.count, 0);
    };
    BOOST_OUTCOME_TRYV(for_each_row(core_, scope, add, push));
    BOOST_OUTCOME_TRYV(push());
    return report;
}

}  // namespace licet
