#pragma once

/// \file
/// The names of things. Each id is a type of its own, made by `parse` alone, so that code which
/// holds one never checks it again. A default-made id is empty and names nothing; readers of
/// documents use it where no valid id was found.
///
/// Immutable, hence safe to read from many threads.

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include <licet/error.hpp>

namespace licet {

/// How strictly a document is judged (DOMAIN §1): `create` for what is to be made, `import` for
/// what exists out there already and breaks rules that real data is known to break.
enum class Profile { create, import };

/// What every id has in common. `Rules` has the id's own part:
/// `static result<std::string> normalize(std::string_view)`.
template <class Rules>
class BasicId {
public:
    BasicId() noexcept = default;

    static constexpr std::size_t length_max = Rules::length_max;

    /// Fails with `<kind>_length`, `<kind>_bad_start` or `<kind>_bad_character`: the first rule
    /// broken, in that order. Costs no more than the longest id, whatever is given.
    static result<BasicId> parse(std::string_view text) {
        auto normal = Rules::normalize(text);
        if (!normal) {
            return std::move(normal).error();
        }
        return BasicId(std::move(normal).value());
    }

    const std::string& str() const noexcept { return text_; }
    bool empty() const noexcept { return text_.empty(); }

    friend auto operator<=>(const BasicId&, const BasicId&) = default;
    friend bool operator==(const BasicId&, const BasicId&) = default;

private:
    explicit BasicId(std::string&& text) noexcept : text_(std::move(text)) {}

    std::string text_;
};

namespace ids {

struct Publisher {
    static constexpr std::size_t length_max = 50;
    static result<std::string> normalize(std::string_view text);
};
struct Offer {
    static constexpr std::size_t length_min = 3;
    static constexpr std::size_t length_max = 50;
    static result<std::string> normalize(std::string_view text);
};
struct Plan {
    static constexpr std::size_t length_max = 50;
    static result<std::string> normalize(std::string_view text);
};
struct Deal {
    static constexpr std::size_t length_max = 64;
    static result<std::string> normalize(std::string_view text);
};
struct Tenant {
    static constexpr std::size_t length_max = 64;
    static result<std::string> normalize(std::string_view text);
};
struct User {
    static constexpr std::size_t length_max = 64;
    static result<std::string> normalize(std::string_view text);
};
struct Group {
    static constexpr std::size_t length_max = 64;
    static result<std::string> normalize(std::string_view text);
};

}  // namespace ids

/// `[a-z0-9][a-z0-9_-]*`, 1 to 50; immutable. [D], charset [O]
using PublisherId = BasicId<ids::Publisher>;
/// `[a-z0-9][a-z0-9_-]{2,49}`; unique in its publisher, fixed once created. [S][P]
using OfferId = BasicId<ids::Offer>;
/// `[a-z0-9_-]{1,50}`; unique in its offer, fixed once created. [P]
using PlanId = BasicId<ids::Plan>;
/// `[A-Za-z0-9._-]{1,64}`. [D]
using DealId = BasicId<ids::Deal>;
/// A GUID, kept in lowercase without braces whatever its case and braces were; or an opaque id
/// of 1 to 64 bytes of `[A-Za-z0-9._@-]`, case kept. [P], opaque form [D]
using TenantId = BasicId<ids::Tenant>;
/// As TenantId.
using UserId = BasicId<ids::User>;
/// As TenantId.
using GroupId = BasicId<ids::Group>;

/// `publisher.offer.plan`: what a solution package names a plan by. Derived from its three
/// parts, compared ignoring case, kept in lowercase. [P][O]
class ServiceId {
public:
    ServiceId() noexcept = default;

    static constexpr std::size_t length_max = 300;

    static ServiceId of(const PublisherId& publisher, const OfferId& offer, const PlanId& plan);

    /// Splits at exactly two dots. Capitals are taken as their small letters. Fails with
    /// `service_id_length`, `service_id_parts` or the rule that a part breaks.
    static result<ServiceId> parse(std::string_view text);

    const std::string& str() const noexcept { return text_; }
    bool empty() const noexcept { return text_.empty(); }

    PublisherId publisher() const;
    OfferId offer() const;
    PlanId plan() const;

    friend auto operator<=>(const ServiceId&, const ServiceId&) = default;
    friend bool operator==(const ServiceId&, const ServiceId&) = default;

private:
    explicit ServiceId(std::string text) noexcept : text_(std::move(text)) {}

    std::string text_;
};

/// The text with A-Z made a-z, and nothing else changed.
std::string lowercase(std::string_view text);
bool is_lowercase(std::string_view text) noexcept;

/// True where publisher, dot and offer are at most 40 characters together. [S][P]
bool fits_together(const PublisherId& publisher, const OfferId& offer) noexcept;

/// True where the plan can be named from outside: 3 or more characters, the first neither '-'
/// nor '_'. [P]
bool is_referencable(const PlanId& plan) noexcept;

}  // namespace licet

template <class Rules>
struct std::hash<licet::BasicId<Rules>> {
    std::size_t operator()(const licet::BasicId<Rules>& id) const noexcept {
        return std::hash<std::string>()(id.str());
    }
};
template <>
struct std::hash<licet::ServiceId> {
    std::size_t operator()(const licet::ServiceId& id) const noexcept {
        return std::hash<std::string>()(id.str());
    }
};
