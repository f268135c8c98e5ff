#pragma once

/// \file
/// What the texts of values look like, as regular expressions (ECMA-262): those that a reader of
/// some profile takes, and those that are written. No backslash in them, which JSON would double.

#include <string_view>

#include <licet/ids.hpp>
#include <licet/money.hpp>
#include <licet/time.hpp>

namespace licet::formats {

template <class T>
struct Pattern;

template <>
struct Pattern<PublisherId> {
    static constexpr std::string_view given = "^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$";
    static constexpr std::string_view answered = "^[a-z0-9][a-z0-9_-]{0,49}$";
};
template <>
struct Pattern<OfferId> {
    static constexpr std::string_view given = "^[A-Za-z0-9][A-Za-z0-9_-]{2,49}$";
    static constexpr std::string_view answered = "^[a-z0-9][a-z0-9_-]{2,49}$";
};
template <>
struct Pattern<PlanId> {
    static constexpr std::string_view given = "^[A-Za-z0-9_-]{1,50}$";
    static constexpr std::string_view answered = "^[a-z0-9_-]{1,50}$";
};
template <>
struct Pattern<ServiceId> {
    static constexpr std::string_view given =
        "^[A-Za-z0-9][A-Za-z0-9_-]{0,49}[.][A-Za-z0-9][A-Za-z0-9_-]{2,49}[.][A-Za-z0-9_-]{1,50}$";
    static constexpr std::string_view answered =
        "^[a-z0-9][a-z0-9_-]{0,49}[.][a-z0-9][a-z0-9_-]{2,49}[.][a-z0-9_-]{1,50}$";
};

/// An opaque id is all that a GUID without braces is.
struct GuidOrOpaque {
    static constexpr std::string_view given =
        "^([A-Za-z0-9._@-]{1,64}|[{][0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}[}])$";
    static constexpr std::string_view answered = "^[A-Za-z0-9._@-]{1,64}$";
};
template <>
struct Pattern<TenantId> : GuidOrOpaque {};
template <>
struct Pattern<UserId> : GuidOrOpaque {};
template <>
struct Pattern<GroupId> : GuidOrOpaque {};

template <>
struct Pattern<DealId> {
    static constexpr std::string_view given = "^[A-Za-z0-9._-]{1,64}$";
    static constexpr std::string_view answered = given;
};

template <>
struct Pattern<Timestamp> {
    static constexpr std::string_view given =
        "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
        "[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)([.][0-9]{1,9})?"
        "([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$";
    static constexpr std::string_view answered =
        "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
        "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{3})?Z$";
};

template <>
struct Pattern<Date> {
    static constexpr std::string_view given = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
    static constexpr std::string_view answered = given;
};

/// At most 18 digits in all: what is left over is for the reader.
template <>
struct Pattern<Decimal> {
    static constexpr std::string_view given = "^(0|[1-9][0-9]{0,17})([.][0-9]{1,17})?$";
    static constexpr std::string_view answered = given;
};

template <>
struct Pattern<Currency> {
    static constexpr std::string_view given = "^[A-Z]{3}$";
    static constexpr std::string_view answered = given;
};

template <>
struct Pattern<Country> {
    static constexpr std::string_view given = "^[A-Z]{2}$";
    static constexpr std::string_view answered = given;
};

}  // namespace licet::formats
