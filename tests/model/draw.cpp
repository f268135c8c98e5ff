#include "model/draw.hpp"

namespace licet::model {
namespace {

template <class T>
const T& one_of(const std::vector<T>& all, world::Dice& dice) {
    return all[dice.below(all.size())];
}

void draw_users(world::Dice& dice, Step& step) {
    for (std::size_t count = dice.below(5); count > 0; --count) {
        step.users.push_back(dice.below(users_end));
    }
}

// Tens of days among others, so that what is due on one day meets what is done on another.
std::int64_t draw_days(world::Dice& dice, std::size_t tens) {
    const bool is_round = dice.below(2) == 0;
    return static_cast<std::int64_t>(is_round ? 10 * (1 + dice.below(tens))
                                              : 1 + dice.below(10 * tens));
}

}  // namespace

void draw_seats(world::Dice& dice, Step& step) {
    step.plans = {one_of(all_plans, dice), one_of(all_plans, dice)};
    step.flag = dice.below(2) == 0;
    step.number = static_cast<std::int64_t>(4 + dice.below(6));
    draw_users(dice, step);
}

void draw_change(world::Dice& dice, Step& step) {
    step.plans = {one_of(all_plans, dice)};
    step.deal = dice.below(2) == 0 ? "d-short" : "d-perpetual";
    step.days = dice.below(2) == 0 ? draw_days(dice, 6) : 0;
}

void draw_end(world::Dice& dice, Step& step) {
    step.deal = "d-short";
    step.days = draw_days(dice, 6);
}

void draw_lines(world::Dice& dice, Step& step) {
    draw_change(dice, step);
    step.plans.resize(1 + dice.below(2), one_of(all_plans, dice));
    step.number = static_cast<std::int64_t>(dice.below(5));
}

void draw_group(world::Dice& dice, Step& step) {
    step.group = one_of(all_groups, dice);
    for (std::size_t count = dice.below(3); count > 0; --count) {
        step.plans.push_back(one_of(all_plans, dice));
    }
    step.flag = dice.below(2) == 0;
    draw_users(dice, step);
}

void draw_time(world::Dice& dice, Step& step) {
    constexpr std::int64_t after_end[] = {0, 30, 120};
    step.deal = dice.below(4) == 0 ? "d-short" : "";
    step.number = after_end[dice.below(3)];
    step.days = draw_days(dice, 4);
    step.flag = dice.below(2) == 0;
}

}  // namespace licet::model
