// How steps, and what they change, are told.

#include "model/step.hpp"
#include "seats/words.hpp"

namespace licet::model {

std::string row_text(const GroupRow& row) {
    const std::string_view state = row.error ? word_of(*row.error) : "active";
    return number_of(row.user) + ' ' + row.service_id.plan().str() + ' ' + std::string(state) +
           '\n';
}

std::string number_of(const UserId& user) {
    for (User number = 0; number < users_end; ++number) {
        if (world::person(number) == user) {
            return std::to_string(number);
        }
    }
    return user.str();
}

std::string text_of(const Step& step) {
    std::string text(operations()[step.operation].name);
    const auto add = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) {
            text.append(" ").append(name).append("=").append(value);
        }
    };
    std::string plans;
    for (const Plan& plan : step.plans) {
        plans += (plans.empty() ? "" : ",") + plan;
    }
    std::string users;
    for (const User user : step.users) {
        users += (users.empty() ? "" : ",") + std::to_string(user);
    }
    add("deal", step.deal);
    add("group", step.group);
    add("plans", plans);
    add("users", users);
    add("number", std::to_string(step.number));
    add("days", std::to_string(step.days));
    add("flag", step.flag ? "true" : "false");
    add("engine", step.by_other ? "2" : "1");
    add("caller", Market::is_by_stranger(step) ? "a stranger" : std::to_string(step.caller + 1));
    return text;
}

}  // namespace licet::model
