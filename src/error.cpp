#include <licet/error.hpp>

#include <algorithm>
#include <array>

namespace licet {
namespace {

struct Meaning {
    Condition condition;
    std::string_view name;  // NUL-terminated, as a literal is
    const char* message;
};

constexpr std::array meanings{
    Meaning{Condition::internal, "none", "no error"},
#define LICET_RULE(name, condition, message) Meaning{Condition::condition, #name, message},
#include <licet/rules.inc>
#undef LICET_RULE
};

const Meaning& meaning_of(int code) noexcept {
    const auto index = static_cast<std::size_t>(code);
    return code >= 0 && index < meanings.size() ? meanings[index] : meanings[0];
}

const Meaning& meaning_of(Errc code) noexcept { return meaning_of(static_cast<int>(code)); }

const char* message_of(Condition condition) noexcept {
    switch (condition) {
        case Condition::invalid_argument:
            return "invalid argument";
        case Condition::not_found:
            return "not found";
        case Condition::conflict:
            return "conflict";
        case Condition::permission_denied:
            return "permission denied";
        case Condition::failed_precondition:
            return "failed precondition";
        case Condition::exhausted:
            return "exhausted";
        case Condition::unsupported:
            return "unsupported";
        case Condition::storage:
            return "storage failure";
        case Condition::contention:
            return "contention";
        case Condition::out_of_memory:
            return "out of memory";
        case Condition::internal:
            return "internal error";
    }
    return "unknown condition";
}

class ErrcCategory final : public std::error_category {
    const char* name() const noexcept override { return "licet"; }

    std::string message(int code) const override { return meaning_of(code).message; }

    std::error_condition default_error_condition(int code) const noexcept override {
        return meaning_of(code).condition;
    }
};

class ConditionCategory final : public std::error_category {
    const char* name() const noexcept override { return "licet.condition"; }

    std::string message(int condition) const override {
        return message_of(static_cast<Condition>(condition));
    }
};

}  // namespace

const char* name_of(Errc code) noexcept { return meaning_of(code).name.data(); }

const char* text_of(Errc code) noexcept { return meaning_of(code).message; }

Condition condition_of(Errc code) noexcept { return meaning_of(code).condition; }

std::optional<Errc> errc_from(std::string_view name) noexcept {
    const auto found = std::ranges::find(meanings, name, &Meaning::name);
    if (found == meanings.end() || found == meanings.begin()) {
        return std::nullopt;
    }
    return static_cast<Errc>(found - meanings.begin());
}

const std::error_category& errc_category() noexcept {
    static const ErrcCategory category;
    return category;
}

const std::error_category& condition_category() noexcept {
    static const ConditionCategory category;
    return category;
}

std::error_code make_error_code(Errc code) noexcept {
    return {static_cast<int>(code), errc_category()};
}

std::error_condition make_error_condition(Condition condition) noexcept {
    return {static_cast<int>(condition), condition_category()};
}

std::string Error::message() const {
    return detail.empty() ? code.message() : code.message() + ": " + detail;
}

std::error_code make_error_code(const Error& error) noexcept { return error.code; }

void outcome_throw_as_system_error_with_payload(const Error& error) {
    throw std::system_error(error.code, error.detail);
}

Error error_of(const Findings& findings) {
    const auto& all = findings.all();
    const auto first = std::ranges::find(all, Severity::error, &Finding::severity);
    if (first == all.end()) {
        return {Errc::internal, "no finding is an error", all};
    }
    const std::string place = first->pointer.empty() ? std::string() : "at " + first->pointer;
    return {first->rule, place, all};
}

}  // namespace licet
