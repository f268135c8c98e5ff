// Seats as a table.

#include <doctest/doctest.h>

#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

/// Takes pieces, as many as it is told to, and then stops the work.
class Taker final : public Stream {
public:
    explicit Taker(std::size_t pieces_max = SIZE_MAX) : pieces_max_(pieces_max) {}

    result<std::size_t> pull(std::span<char> /*buffer*/) override { return std::size_t{0}; }
    result<void> push(std::string_view piece) override {
        if (pieces.size() == pieces_max_) {
            return Error{Errc::cancelled, {}, {}};
        }
        pieces.emplace_back(piece);
        return boost::outcome_v2::success();
    }
    result<void> progress(std::uint64_t done, std::uint64_t /*total*/) override {
        told = done;
        return boost::outcome_v2::success();
    }

    std::vector<std::string> pieces;
    std::uint64_t told = 0;

private:
    std::size_t pieces_max_;
};

std::string csv_of(World& world) {
    const auto exported = world.seats().export_seats({contoso()}, ben());
    REQUIRE(failure_of(exported) == done);
    return exported.value().csv.value();
}

}  // namespace

TEST_CASE("a tenant without seats exports a header") {
    World world;
    world.sell_article({line("bronze", 3)});
    CHECK(csv_of(world) == "User,Service ID\n");
}

TEST_CASE("direct seats are exported pool by pool and user by user, inherited ones are not") {
    World world;
    world.sell_article({line("silver", 3), line("bronze", 3)});
    REQUIRE(failure_of(world.assign("silver", {person(1)})) == done);
    REQUIRE(failure_of(world.assign("bronze", {person(2), person(1)})) == done);
    REQUIRE(failure_of(world.groups().assign(
                {contoso(), group("sales"), {service("silver")}, {{person(2), person(1)}}},
                ben())) == done);
    const std::string one = person(1).str();
    const std::string two = person(2).str();
    const std::string bronze = service("bronze").str();
    const std::string silver = service("silver").str();
    CHECK(csv_of(world) == "User,Service ID\n" + one + "," + bronze + "\n" + two + "," + bronze +
                               "\n" + one + "," + silver + "\n");
}

TEST_CASE("seats go to a stream in pages, and it is told how many have gone") {
    constexpr std::size_t count = 2001;
    World world;
    world.sell_article({line("bronze", count)});
    REQUIRE(failure_of(world.assign("bronze", people(1, 1000))) == done);
    REQUIRE(failure_of(world.assign("bronze", people(1001, 1001))) == done);
    Taker taker;
    const auto exported = world.seats().export_seats({contoso()}, ben(), taker);
    REQUIRE(failure_of(exported) == done);
    CHECK(exported.value().count == count);
    CHECK_FALSE(exported.value().csv);
    CHECK(taker.told == count);
    CHECK(taker.pieces.size() == 4);  // the header and three pages
    std::string all;
    for (const std::string& piece : taker.pieces) {
        all += piece;
    }
    CHECK(all == csv_of(world));
}

TEST_CASE("an export that is stopped fails with what stopped it") {
    World world;
    world.sell_article({line("bronze", 3)});
    REQUIRE(failure_of(world.assign("bronze", {person(1)})) == done);
    for (const std::size_t pieces : {std::size_t{0}, std::size_t{1}}) {
        Taker taker(pieces);
        CHECK(failure_of(world.seats().export_seats({contoso()}, ben(), taker)) == Errc::cancelled);
    }
}

TEST_CASE("who may not read a tenant's seats gets none of them") {
    World world;
    world.sell_article({line("bronze", 3)});
    Taker taker;
    CHECK(failure_of(world.seats().export_seats({contoso()}, nora(), taker)) == Errc::other_tenant);
    CHECK(taker.pieces.empty());
}
