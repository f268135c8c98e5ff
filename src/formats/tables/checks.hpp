#pragma once

/// \file
/// Tables of checks and of what they answer.

#include <licet/seats/commands.hpp>

#include "formats/tables/seats.hpp"

namespace licet::formats {

template <>
struct Table<PlanNotice> {
    static constexpr std::string_view name = "PlanNotice";
    static constexpr Field fields[] = {
        field<PlanNotice, &PlanNotice::display_name>("display_name"),
        field<PlanNotice, &PlanNotice::more_info_url>("more_info_url", Need::nullable),
    };
};

template <>
struct Table<Provenance> {
    static constexpr std::string_view name = "Provenance";
    static constexpr Field fields[] = {
        field<Provenance, &Provenance::service_id>("service_id"),
        field<Provenance, &Provenance::sources>("sources"),
        field<Provenance, &Provenance::deals>("deals"),
    };
};

/// The answer of a check as it is written: the decision as the number of the C ABI and as a word.
struct CheckReport {
    bool licensed;
    std::int64_t decision;
    Decision reason;
    std::vector<ServiceId> by;
    std::optional<PlanNotice> show;
    std::vector<Provenance> why;
};
template <>
struct Table<CheckReport> {
    static constexpr Field fields[] = {
        field<CheckReport, &CheckReport::licensed>("licensed"),
        field<CheckReport, &CheckReport::decision>("decision", Need::required, Set::by_caller,
                                                   {0, 5}),
        field<CheckReport, &CheckReport::reason>("reason"),
        field<CheckReport, &CheckReport::by>("by"),
        field<CheckReport, &CheckReport::show>("show", Need::nullable),
        field<CheckReport, &CheckReport::why>("why", Need::optional),
    };
};
template <>
struct Codec<CheckAnswer> {
    static void write(Writer& out, const CheckAnswer& answer) {
        Codec<CheckReport>::write(
            out, {is_licensed(answer.decision), static_cast<std::int64_t>(answer.decision),
                  answer.decision, answer.by, answer.show, answer.why});
    }
    static std::string schema(const Schema& in, const Bounds& bounds) {
        return Codec<CheckReport>::schema(in, bounds);
    }
};

/// One of many decisions, told as that of a check.
struct DecisionReport {
    bool licensed;
    std::int64_t decision;
    Decision reason;
};
template <>
struct Table<DecisionReport> {
    static constexpr Field fields[] = {
        field<DecisionReport, &DecisionReport::licensed>("licensed"),
        field<DecisionReport, &DecisionReport::decision>("decision", Need::required, Set::by_caller,
                                                         {0, 6}),
        field<DecisionReport, &DecisionReport::reason>("reason"),
    };
};
struct UserReport {
    std::string user;
    std::optional<Errc> error;
    std::vector<DecisionReport> decisions;
};
template <>
struct Table<UserReport> {
    static constexpr Field fields[] = {
        field<UserReport, &UserReport::user>("user"),
        field<UserReport, &UserReport::error>("error", Need::optional),
        field<UserReport, &UserReport::decisions>("decisions"),
    };
};
struct CheckManyReport {
    std::vector<UserReport> users;
};
template <>
struct Table<CheckManyReport> {
    static constexpr Field fields[] = {field<CheckManyReport, &CheckManyReport::users>("users")};
};
template <>
struct Codec<CheckManyAnswer> {
    static void write(Writer& out, const CheckManyAnswer& answer) {
        CheckManyReport report;
        for (const UserDecisions& user : answer.users) {
            auto& decisions =
                report.users.emplace_back(UserReport{user.user, user.error, {}}).decisions;
            for (const Decision one : user.decisions) {
                decisions.push_back({is_licensed(one), static_cast<std::int64_t>(one), one});
            }
        }
        Codec<CheckManyReport>::write(out, report);
    }
    static std::string schema(const Schema& in, const Bounds& bounds) {
        return Codec<CheckManyReport>::schema(in, bounds);
    }
};

template <>
struct Table<Check> {
    static constexpr Field fields[] = {
        field<Check, &Check::tenant>("tenant"),
        field<Check, &Check::user>("user"),
        field<Check, &Check::service_id>("service_id"),
        field<Check, &Check::why>("why", Need::defaulted),
    };
};
template <>
struct Table<CheckApp> {
    static constexpr Field fields[] = {
        field<CheckApp, &CheckApp::tenant>("tenant"),
        field<CheckApp, &CheckApp::user>("user"),
        field<CheckApp, &CheckApp::app>("app", Need::required, Set::by_caller, {1, 300}),
        field<CheckApp, &CheckApp::why>("why", Need::defaulted),
    };
};
template <>
struct Table<CheckMany> {
    static constexpr Field fields[] = {
        field<CheckMany, &CheckMany::tenant>("tenant"),
        field<CheckMany, &CheckMany::users>("users", Need::required, Set::by_caller, {0, 1000}),
        field<CheckMany, &CheckMany::service_ids>("service_ids", Need::optional, Set::by_caller,
                                                  {1, 20}),
        field<CheckMany, &CheckMany::apps>("apps", Need::optional, Set::by_caller, {1, 20}),
    };
};

}  // namespace licet::formats
