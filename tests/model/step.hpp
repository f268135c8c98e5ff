#pragma once

/// \file
/// What happens in a story, one command at a time, at the engine and in the model.
///
/// A step is plain data that means something in any state, so that steps may be left out of a
/// story that fails. To add an operation: a row of the table in step.cpp.

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <licet/store/faulty.hpp>

#include "model/naive_model.hpp"
#include "unit/engine/dice.hpp"
#include "unit/engine/world.hpp"

namespace licet::model {

inline const std::vector<Plan> all_plans{"bronze", "gold", "silver"};
inline const std::vector<Source> all_groups{"finance", "sales"};
inline constexpr User users_end = 6;

struct Step {
    std::size_t operation = 0;  ///< A row of the table.
    bool by_other = false;      ///< Whether the second engine is asked.
    std::size_t caller = 0;     ///< Two may do it, and one is of another company.
    std::vector<Plan> plans;    ///< What these mean is the operation's.
    std::vector<User> users;
    Source group;
    std::string deal;
    std::int64_t number = 0;
    std::int64_t days = 0;  ///< In so many days, at midnight; 0: now.
    bool flag = false;
};

/// The market in which a story happens: two engines on one store, which fails when it is told to.
struct Market {
    explicit Market(const Policy& policy);

    static bool is_by_stranger(const Step& step) { return step.caller == 2; }

    Engine& engine(const Step& step) { return step.by_other ? *other : world->engine(); }

    /// The same command under one key until it is known how it ended.
    template <class Call>
    auto insist(const Caller& as, const Call& call) {
        const Caller caller = world::with_key(as, std::to_string(++commands));
        for (;;) {
            auto told = call(caller);
            if (told || told.error().code != Condition::storage) {
                return told;
            }
        }
    }

    FaultyStore* store = nullptr;
    std::optional<world::World> world;
    std::unique_ptr<Engine> other;
    std::uint64_t commands = 0;
};

/// Of the deals, at first.
std::map<std::string, Timestamp> first_ends();

struct Operation {
    std::string_view name;
    std::size_t weight;  ///< How often it is drawn, among all.
    void (*draw)(world::Dice&, Step&);
    std::string (*at_engine)(Market&, const Step&);
    std::string (*in_model)(NaiveModel&, const Step&);
    std::string_view stranger_told;  ///< The rule; "" where nobody is asked who they are.
};

std::span<const Operation> operations();

Step draw_step(world::Dice& dice);
std::string text_of(const Step& step);

// As the model tells them.
std::string number_of(const UserId& user);
std::string row_text(const GroupRow& row);

}  // namespace licet::model
