// Arguments damaged at random: whatever comes out of it, never harm.

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>
#include <string>

#include "formats/tables/common.hpp"
#include "unit/operations/trial.hpp"

using licet::Condition;
using licet::formats::encode;
using world::good_calls;
using world::GoodCall;
using world::Trial;
using world::World;

namespace json = boost::json;

namespace {

constexpr std::uint32_t default_seed = 20260301;

std::uint32_t seed() {
    const char* given = std::getenv("LICET_SEED");
    return given ? static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10)) : default_seed;
}

/// Damages texts at random, a little at a time.
class Damage {
public:
    explicit Damage(std::uint32_t seed) : random_(seed) {}

    std::size_t below(std::size_t bound) { return random_() % bound; }

    void apply(std::string& text) {
        static constexpr std::string_view palette("{}[]\":,\\-+.eE0179ntfu/~ \x00\x7F\x80\xFF", 28);
        const std::size_t at = below(text.size());
        switch (below(5)) {
            case 0:
                text[at] =
                    static_cast<char>(static_cast<unsigned char>(text[at]) ^ (1U << below(8)));
                break;
            case 1:
                text[at] = palette[below(palette.size())];
                break;
            case 2:
                text.insert(at, 1, palette[below(palette.size())]);
                break;
            case 3:
                text.erase(at, 1 + below(8));
                break;
            default:
                text.insert(at, text.substr(below(text.size()), 1 + below(40)));
        }
    }

private:
    std::mt19937 random_;
};

}  // namespace

TEST_CASE("arguments damaged at random never do harm") {
    constexpr int rounds = 6000;
    CAPTURE(seed());
    Damage damage(seed());
    const World made;
    World first = made.again();
    Trial trial(made);
    const auto calls = good_calls(first);
    for (int round = 0; round < rounds; ++round) {
        const GoodCall& call = calls[damage.below(calls.size())];
        std::string arguments = call.arguments;
        for (std::size_t i = 0; i <= damage.below(3) && !arguments.empty(); ++i) {
            damage.apply(arguments);
        }
        CAPTURE(call.operation);
        CAPTURE(arguments);
        const auto answer = trial.call(call.operation, arguments);
        if (answer) {
            CHECK(json::parse(answer.value()).is_object());
        } else {
            CHECK(answer.error().code != Condition::internal);
            CHECK(answer.error().code != Condition::storage);
            CHECK(answer.error().code != Condition::contention);
            // What is told can be told in JSON: it is UTF-8, however the arguments were cut.
            CHECK_NOTHROW(json::parse(encode(answer.error().findings)));
            CHECK_NOTHROW(json::parse(encode(answer.error().message())));
        }
    }
}
