#pragma once

/// \file
/// Tables of reports.

#include <licet/reports.hpp>

#include "formats/tables/seats.hpp"

namespace licet::formats {

template <>
struct Table<LicenseRow> {
    static constexpr std::string_view name = "LicenseRow";
    static constexpr Field fields[] = {
        field<LicenseRow, &LicenseRow::customer_country>("Customer Country"),
        field<LicenseRow, &LicenseRow::customer_country_code>("Customer Country Code"),
        field<LicenseRow, &LicenseRow::customer_name>("Customer Name"),
        field<LicenseRow, &LicenseRow::activation_date>("Activation Date"),
        field<LicenseRow, &LicenseRow::product_display_name>("Product Display Name"),
        field<LicenseRow, &LicenseRow::product_id>("Product ID"),
        field<LicenseRow, &LicenseRow::licenses_provisioned>("Licenses Provisioned"),
        field<LicenseRow, &LicenseRow::licenses_assigned>("Licenses Assigned"),
        field<LicenseRow, &LicenseRow::sku_name>("SKU Name"),
        field<LicenseRow, &LicenseRow::tenant>("Tenant ID"),
        field<LicenseRow, &LicenseRow::license_state>("License State"),
        field<LicenseRow, &LicenseRow::service_id>("Service ID"),
    };
};
template <>
struct Table<ReportLicenses> {
    static constexpr Field fields[] = {
        field<ReportLicenses, &ReportLicenses::publisher>("publisher", Need::optional),
        field<ReportLicenses, &ReportLicenses::tenant>("tenant", Need::optional),
    };
};
template <>
struct Table<LicensesReport> {
    static constexpr Field fields[] = {
        field<LicensesReport, &LicensesReport::count>("count"),
        field<LicensesReport, &LicensesReport::rows>("rows", Need::optional),
        field<LicensesReport, &LicensesReport::csv>("csv", Need::optional),
    };
};

template <>
struct Table<ReportOverCapacity> {
    static constexpr Field fields[] = {
        field<ReportOverCapacity, &ReportOverCapacity::publisher>("publisher", Need::optional),
        field<ReportOverCapacity, &ReportOverCapacity::tenant>("tenant", Need::optional),
        limit_field<ReportOverCapacity>,
        after_field<ReportOverCapacity>,
    };
};

template <>
struct Table<UnusedSeat> {
    static constexpr std::string_view name = "UnusedSeat";
    static constexpr Field fields[] = {
        field<UnusedSeat, &UnusedSeat::user>("user"),
        field<UnusedSeat, &UnusedSeat::since>("since"),
        field<UnusedSeat, &UnusedSeat::last_used>("last_used", Need::nullable),
    };
};
template <>
struct Table<ReportUnusedSeats> {
    static constexpr Field fields[] = {
        field<ReportUnusedSeats, &ReportUnusedSeats::tenant>("tenant"),
        field<ReportUnusedSeats, &ReportUnusedSeats::service_id>("service_id"),
        field<ReportUnusedSeats, &ReportUnusedSeats::not_used_since>("not_used_since"),
        limit_field<ReportUnusedSeats>,
        after_field<ReportUnusedSeats>,
    };
};

}  // namespace licet::formats
