#include "engine/kept_outcomes.hpp"

#include <algorithm>
#include <utility>

namespace licet {
namespace {

using Meaning = std::pair<Outcome, Errc>;

constexpr std::pair<char, Meaning> letters[] = {
    {'a', {Outcome::assigned, Errc::none}},          {'h', {Outcome::already, Errc::none}},
    {'r', {Outcome::released, Errc::none}},          {'n', {Outcome::absent, Errc::none}},
    {'x', {Outcome::failed, Errc::no_free_license}}, {'s', {Outcome::failed, Errc::pool_suspended}},
    {'p', {Outcome::failed, Errc::pool_not_found}},
};

char letter_of(const SeatOutcome& outcome) {
    const Meaning wanted(outcome.outcome, outcome.error.value_or(Errc::none));
    for (const auto& [letter, meaning] : letters) {
        if (meaning == wanted) {
            return letter;
        }
    }
    return 'x';
}

}  // namespace

std::string letters_of(const std::vector<SeatOutcome>& outcomes) {
    std::string text;
    text.reserve(outcomes.size());
    for (const SeatOutcome& outcome : outcomes) {
        text += letter_of(outcome);
    }
    return text;
}

result<std::vector<SeatOutcome>> outcomes_of(std::span<const UserId> users, std::string_view text) {
    const Error corrupt{Errc::record_corrupt, "a kept answer", {}};
    if (text.size() != users.size()) {
        return corrupt;
    }
    std::vector<SeatOutcome> outcomes;
    outcomes.reserve(users.size());
    for (std::size_t i = 0; i < users.size(); ++i) {
        const auto* const found =
            std::ranges::find(letters, text[i], &std::pair<char, Meaning>::first);
        if (found == std::end(letters)) {
            return corrupt;
        }
        const auto& [outcome, error] = found->second;
        outcomes.push_back(
            {users[i], outcome, error == Errc::none ? std::nullopt : std::optional(error)});
    }
    return outcomes;
}

}  // namespace licet
