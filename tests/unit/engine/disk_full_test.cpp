// A disk that is full under a book in use.

#include <doctest/doctest.h>

#include <licet/store/sqlite.hpp>

#include "support/quota_vfs.hpp"
#include "support/raw_sqlite.hpp"
#include "support/temporary_folder.hpp"
#include "world.hpp"

using namespace licet;
using namespace licet::world;

namespace {

constexpr std::int64_t plenty = std::int64_t{1} << 40U;

std::shared_ptr<StoreInHand> open(const std::string& path) {
    return std::make_shared<StoreInHand>(SqliteStore::open(path).value());
}

/// Does it with ever more room, from none on, until it succeeds. Before that it fails with
/// `store_full` and has written nothing.
int tries_until_done(World& world, QuotaVfs& disk, std::int64_t step,
                     const std::function<std::error_code()>& act) {
    const auto before = world.store->dump();
    for (int tries = 0; tries < 1000; ++tries) {
        CAPTURE(tries);
        disk.set_room(step * tries);
        const std::error_code failure = act();
        disk.set_room(plenty);
        if (!failure) {
            return tries;
        }
        REQUIRE(failure == Errc::store_full);
        REQUIRE(world.store->dump() == before);
    }
    return -1;
}

void check_whole(World& world, const std::string& path) {
    for (const std::string& stream : world.streams()) {
        CAPTURE(stream);
        CHECK(world.verify(stream).ok);
    }
    CHECK(RawSqlite(path).ask("PRAGMA integrity_check") == "ok");
}

}  // namespace

TEST_CASE("a seat for which the disk has no room is not given, and is when there is room") {
    const TemporaryFolder folder;
    const std::string path = folder.file("licet.db");
    QuotaVfs disk(plenty);
    World world({}, open(path));
    world.sell_article({line("bronze", 10)});
    const int tries = tries_until_done(world, disk, 1024, [&] {
        return failure_of(world.assign("bronze", {person(1)}, with_key(ben(), "k")));
    });
    CHECK(tries > 1);
    CHECK(world.holders("bronze") == std::vector{person(1)});
    CHECK(world.check("bronze", person(1)) == Decision::licensed);
    check_whole(world, path);
}

TEST_CASE("of a thousand seats for which the disk has no room none is given") {
    const TemporaryFolder folder;
    const std::string path = folder.file("licet.db");
    QuotaVfs disk(plenty);
    World world({}, open(path));
    world.sell_article({line("bronze", 1000)});
    const int tries = tries_until_done(world, disk, 40'000, [&] {
        const auto failure = failure_of(world.assign("bronze", people(0, 1000)));
        CHECK((!failure || world.check("bronze", person(1)) == Decision::no_seat));
        return failure;
    });
    CHECK(tries > 1);
    CHECK(world.pool("bronze").consumed == 1000);
    CHECK(world.check("bronze", person(1)) == Decision::licensed);
    check_whole(world, path);
}

TEST_CASE("a full disk keeps nobody from reading, from a check, or from giving a seat back later") {
    const TemporaryFolder folder;
    QuotaVfs disk(plenty);
    World world({}, open(folder.file("licet.db")));
    world.sell_article({line("bronze", 10)});
    REQUIRE(failure_of(world.assign("bronze", {person(1)})) == done);
    disk.set_room(0);
    CHECK(world.check("bronze", person(1)) == Decision::licensed);
    CHECK(world.pool("bronze").consumed == 1);
    CHECK(failure_of(world.unassign("bronze", {person(1)})) == Errc::store_full);
    CHECK(world.check("bronze", person(1)) == Decision::licensed);
    disk.set_room(plenty);
    CHECK(failure_of(world.unassign("bronze", {person(1)})) == done);
    CHECK(world.check("bronze", person(1)) == Decision::no_seat);
}

TEST_CASE("a book that cannot be opened for want of room is opened when there is some") {
    const TemporaryFolder folder;
    const std::string path = folder.file("licet.db");
    QuotaVfs disk(plenty);
    const auto tries_to_open = [&] {
        for (int tries = 0; tries < 1000; ++tries) {
            disk.set_room(std::int64_t{1024} * tries);
            auto store = SqliteStore::open(path);
            const auto failure =
                store ? failure_of(Engine::open(std::move(store).value())) : failure_of(store);
            if (!failure) {
                return tries;
            }
            REQUIRE(failure == Errc::store_full);
        }
        return -1;
    };
    CHECK(tries_to_open() > 1);  // it is made
    disk.set_room(plenty);
    {
        World world({}, open(path));
        world.sell_article({line("bronze", 10)});
    }
    CHECK(tries_to_open() > 1);  // and opened again
    disk.set_room(plenty);
    World world({}, open(path));
    CHECK(world.pool("bronze").capacity.enabled == 10);
    check_whole(world, path);
}
