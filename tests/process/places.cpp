#include "process/places.hpp"

#include <licet/store/memory.hpp>
#include <licet/store/sqlite.hpp>

#include "support/temporary_folder.hpp"
#include "unit/engine/store_in_hand.hpp"

namespace licet::test {
namespace {

class InMemory final : public Place {
public:
    std::unique_ptr<Store> open() override { return std::make_unique<world::SharedStore>(store_); }

private:
    std::shared_ptr<Store> store_ = std::make_shared<MemoryStore>();
};

class InSqlite final : public Place {
public:
    std::unique_ptr<Store> open() override {
        return SqliteStore::open(folder_.file("licet.db")).value();
    }

private:
    TemporaryFolder folder_;
};

template <class T>
std::unique_ptr<Place> make() {
    return std::make_unique<T>();
}

constexpr PlaceKind kinds[] = {
    {"memory", false, make<InMemory>},
    {"sqlite", true, make<InSqlite>},
};

}  // namespace

std::span<const PlaceKind> place_kinds() { return kinds; }

}  // namespace licet::test
