// A book carried from every kind of store to every other.

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>

#include <licet/engine/copy.hpp>
#include <licet/store/memory.hpp>

#include "process/fabrikam.hpp"
#include "process/places.hpp"
#include "unit/engine/any_content.hpp"
#include "unit/engine/store_in_hand.hpp"

using namespace licet;
using namespace licet::test;

namespace {

const UserId adele = UserId::parse("adele").value();

/// With a seat of Adele's, and besides whatever a store can hold.
std::shared_ptr<Store> write_book(world::Dice& dice) {
    auto book = std::make_shared<MemoryStore>();
    world::fill_at_random(*book, dice);
    sell_bronze(std::make_unique<world::SharedStore>(book), 1);
    const auto engine = open_engine(std::make_unique<world::SharedStore>(book));
    REQUIRE(engine->seats().assign({contoso(), bronze(), {adele}, Mode::atomic, {}}, customer()));
    return book;
}

std::string copy(Store& from, Store& to) {
    const auto copied = copy_store(from, to);
    REQUIRE_MESSAGE(copied, copied.error().message());
    CHECK(copied.value().written == copied.value().count);
    return copied.value().hash;
}

void check_in_use(Place& place) {
    const auto engine = open_engine(place.open());
    CHECK(is_licensed(engine->seats().check(contoso().str(), bronze().str(), adele.str()).value()));
    CHECK(engine->history()
              .verify({"pool/" + contoso().str() + "/" + bronze().str()}, customer())
              .value()
              .ok);
    CHECK(engine->seats().unassign({contoso(), bronze(), {adele}, Mode::atomic}, customer()));
}

}  // namespace

TEST_CASE(
    "a book is the same, byte for byte, whatever store it was carried to from whatever other") {
    const char* const given = std::getenv("LICET_SEED");
    const std::uint64_t seed = given ? std::strtoull(given, nullptr, 10) : std::random_device()();
    CAPTURE(seed);
    world::Dice dice(seed);
    const auto book = write_book(dice);
    const auto content = world::content_of(*book);
    for (const PlaceKind& one : place_kinds()) {
        const auto first = one.make();
        const std::string hash = copy(*book, *first->open());
        for (const PlaceKind& other : place_kinds()) {
            const char* const from_kind = one.name;
            const char* const to_kind = other.name;
            CAPTURE(from_kind);
            CAPTURE(to_kind);
            const auto second = other.make();
            CHECK(copy(*first->open(), *second->open()) == hash);
            CHECK(world::content_of(*second->open()) == content);
            check_in_use(*second);
        }
    }
}
