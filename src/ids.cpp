#include <licet/ids.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "opaque_id.hpp"

namespace licet {
namespace {

// What a byte may be, as bits. A table and not <cctype>: ids must not depend on the locale.
using Bytes = std::uint8_t;
constexpr Bytes small = 1;
constexpr Bytes capital = 2;
constexpr Bytes digit = 4;
constexpr Bytes dash = 8;  // '-' and '_'
constexpr Bytes dot = 16;
constexpr Bytes at_sign = 32;
constexpr Bytes hex_digit = 64;

constexpr std::array<Bytes, 256> classes = [] {
    std::array<Bytes, 256> table{};
    const auto mark = [&](std::string_view bytes, Bytes as) {
        for (const char c : bytes) {
            table[static_cast<unsigned char>(c)] |= as;
        }
    };
    mark("abcdefghijklmnopqrstuvwxyz", small);
    mark("ABCDEFGHIJKLMNOPQRSTUVWXYZ", capital);
    mark("0123456789", digit);
    mark("-_", dash);
    mark(".", dot);
    mark("@", at_sign);
    mark("0123456789abcdefABCDEF", hex_digit);
    return table;
}();

constexpr bool is(char c, Bytes allowed) noexcept {
    return (classes[static_cast<unsigned char>(c)] & allowed) != 0;
}

constexpr char lower(char c) noexcept {
    return is(c, capital) ? static_cast<char>(c - 'A' + 'a') : c;
}

struct Form {
    std::size_t length_min;
    std::size_t length_max;
    Bytes start;
    Bytes rest;
    Errc length;
    Errc bad_start;
    Errc bad_character;
};

constexpr Bytes lower_word = small | digit | dash;
constexpr Bytes any_word = lower_word | capital | dot;
constexpr Bytes opaque = any_word | at_sign;

constexpr Form publisher_form{1,
                              ids::Publisher::length_max,
                              small | digit,
                              lower_word,
                              Errc::publisher_id_length,
                              Errc::publisher_id_bad_start,
                              Errc::publisher_id_bad_character};
constexpr Form offer_form{ids::Offer::length_min,
                          ids::Offer::length_max,
                          small | digit,
                          lower_word,
                          Errc::offer_id_length,
                          Errc::offer_id_bad_start,
                          Errc::offer_id_bad_character};

// Of an id that may start with any of its bytes.
constexpr Form free_form(std::size_t length_max, Bytes allowed, Errc length,
                         Errc bad_character) noexcept {
    return {1, length_max, allowed, allowed, length, bad_character, bad_character};
}

constexpr Form plan_form =
    free_form(ids::Plan::length_max, lower_word, Errc::plan_id_length, Errc::plan_id_bad_character);
constexpr Form deal_form =
    free_form(ids::Deal::length_max, any_word, Errc::deal_id_length, Errc::deal_id_bad_character);
constexpr Form tenant_form = free_form(ids::Tenant::length_max, opaque, Errc::tenant_id_length,
                                       Errc::tenant_id_bad_character);
constexpr Form user_form =
    free_form(ids::User::length_max, opaque, Errc::user_id_length, Errc::user_id_bad_character);
constexpr Form group_form =
    free_form(ids::Group::length_max, opaque, Errc::group_id_length, Errc::group_id_bad_character);

// The length before the scan: hostile input costs no more than the longest id.
bool has_length(std::string_view text, const Form& form) noexcept {
    return text.size() >= form.length_min && text.size() <= form.length_max;
}

bool has_form(std::string_view text, const Form& form) noexcept {
    return has_length(text, form) && is(text.front(), form.start) &&
           std::ranges::all_of(text, [rest = form.rest](char c) { return is(c, rest); });
}

std::optional<Error> breaks(std::string_view text, const Form& form) {
    if (has_form(text, form)) {
        return std::nullopt;
    }
    if (!has_length(text, form)) {
        return Error{form.length, std::to_string(text.size()) + " characters", {}};
    }
    if (!is(text.front(), form.start)) {
        return Error{form.bad_start, "at index 0", {}};
    }
    const auto bad = std::ranges::find_if_not(text, [&](char c) { return is(c, form.rest); });
    return Error{form.bad_character, "at index " + std::to_string(bad - text.begin()), {}};
}

result<std::string> checked(std::string_view text, const Form& form) {
    if (has_form(text, form)) {
        return std::string(text);
    }
    return *breaks(text, form);
}

bool is_guid(std::string_view text) noexcept {
    constexpr std::string_view pattern = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    return std::ranges::equal(text, pattern, [](char c, char expected) {
        return expected == '-' ? c == '-' : is(c, hex_digit);
    });
}

std::string_view without_braces(std::string_view text) noexcept {
    return text.starts_with('{') && text.ends_with('}') ? text.substr(1, text.size() - 2) : text;
}

result<std::string> guid_or_opaque(std::string_view text, const Form& form) {
    const auto bare = without_braces(text);
    return is_guid(bare) ? lowercase(bare) : checked(text, form);
}

struct Parts {
    std::string_view publisher;
    std::string_view offer;
    std::string_view plan;
};

std::optional<Parts> split(std::string_view text) noexcept {
    if (std::ranges::count(text, '.') != 2) {
        return std::nullopt;
    }
    const auto first = text.find('.');
    const auto last = text.rfind('.');
    return Parts{text.substr(0, first), text.substr(first + 1, last - first - 1),
                 text.substr(last + 1)};
}

// Of a service id that was made valid, or is empty and has empty parts.
template <class Id>
Id part_of(const std::string& service_id, std::string_view Parts::*part) {
    const auto parts = split(service_id);
    return parts ? Id::parse((*parts).*part).value() : Id();
}

}  // namespace

namespace ids {

result<std::string> Publisher::normalize(std::string_view text) {
    return checked(text, publisher_form);
}

result<std::string> Offer::normalize(std::string_view text) { return checked(text, offer_form); }

result<std::string> Plan::normalize(std::string_view text) { return checked(text, plan_form); }

result<std::string> Deal::normalize(std::string_view text) { return checked(text, deal_form); }

result<std::string> Tenant::normalize(std::string_view text) {
    return guid_or_opaque(text, tenant_form);
}

result<std::string> User::normalize(std::string_view text) {
    return guid_or_opaque(text, user_form);
}

result<std::string> Group::normalize(std::string_view text) {
    return guid_or_opaque(text, group_form);
}

}  // namespace ids

std::optional<Error> why_no_opaque_user(std::string_view text) { return breaks(text, user_form); }

bool is_opaque_user(std::string_view text) noexcept { return has_form(text, user_form); }

ServiceId ServiceId::of(const PublisherId& publisher, const OfferId& offer, const PlanId& plan) {
    if (publisher.empty() || offer.empty() || plan.empty()) {
        return {};
    }
    return ServiceId(publisher.str() + '.' + offer.str() + '.' + plan.str());
}

result<ServiceId> ServiceId::parse(std::string_view text) {
    if (text.empty() || text.size() > length_max) {
        return Error{Errc::service_id_length, std::to_string(text.size()) + " characters", {}};
    }
    std::string normal = lowercase(text);
    const auto parts = split(normal);
    if (!parts) {
        return Error{Errc::service_id_parts, {}, {}};
    }
    const std::pair<std::string_view, const Form&> judged[] = {
        {parts->publisher, publisher_form}, {parts->offer, offer_form}, {parts->plan, plan_form}};
    for (const auto& [part, form] : judged) {
        if (auto error = breaks(part, form)) {
            return *std::move(error);
        }
    }
    return ServiceId(std::move(normal));
}

PublisherId ServiceId::publisher() const { return part_of<PublisherId>(text_, &Parts::publisher); }

OfferId ServiceId::offer() const { return part_of<OfferId>(text_, &Parts::offer); }

PlanId ServiceId::plan() const { return part_of<PlanId>(text_, &Parts::plan); }

std::string lowercase(std::string_view text) {
    std::string small_letters(text);
    std::ranges::transform(small_letters, small_letters.begin(), lower);
    return small_letters;
}

bool is_lowercase(std::string_view text) noexcept {
    return std::ranges::none_of(text, [](char c) { return is(c, capital); });
}

bool fits_together(const PublisherId& publisher, const OfferId& offer) noexcept {
    constexpr std::size_t together_max = 40;
    return publisher.str().size() + 1 + offer.str().size() <= together_max;
}

bool is_referencable(const PlanId& plan) noexcept {
    constexpr std::size_t length_min = 3;
    return plan.str().size() >= length_min && !is(plan.str().front(), dash);
}

}  // namespace licet
