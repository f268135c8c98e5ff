#include "process/places.hpp"

#include <cstdlib>
#include <string>
#include <utility>

#include <licet/store/memory.hpp>
#include <licet/store/sqlite.hpp>

#include "support/temporary_folder.hpp"
#include "unit/engine/store_in_hand.hpp"

#ifdef LICET_SERVERS
#include <licet/operations/operations.hpp>

#include "cluster/cluster.hpp"
#include "postgres/server.hpp"
#endif

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

#ifdef LICET_SERVERS
/// What a configuration asks for, on servers that all tests of the program share.
class Configured : public Place {
public:
    std::unique_ptr<Store> open() override { return open_store(config_).value(); }

protected:
    explicit Configured(std::string config) : config_(std::move(config)) {}

private:
    std::string config_;
};

class InPostgres final : public Configured {
public:
    InPostgres()
        : Configured(R"({"store":"postgresql","uri":")" +
                     shared_server().uri(shared_server().new_database()) + R"("})") {}
};

class InEtcd final : public Configured {
public:
    InEtcd()
        : Configured(cluster().config(R"("prefix":"place)" + std::to_string(next()) + "/\"")) {}

private:
    static const Cluster& cluster() {
        static const Cluster shared("etcd.sh");
        return shared;
    }
    static int next() {
        static int places = 0;
        return ++places;
    }
};
#endif

template <class T>
std::unique_ptr<Place> make() {
    return std::make_unique<T>();
}

struct Kind : PlaceKind {
    const char* needs;  // a variable of the environment; null: nothing
};

constexpr Kind kinds[] = {
    {{"memory", false, make<InMemory>}, nullptr},
    {{"sqlite", true, make<InSqlite>}, nullptr},
#ifdef LICET_SERVERS
    {{"postgresql", true, make<InPostgres>}, "LICET_POSTGRES_BIN"},
    {{"etcd", true, make<InEtcd>}, "LICET_ETCD"},
#endif
};

}  // namespace

std::vector<PlaceKind> place_kinds() {
    std::vector<PlaceKind> there;
    for (const Kind& kind : kinds) {
        if (!kind.needs || std::getenv(kind.needs)) {
            there.push_back(kind);
        }
    }
    return there;
}

}  // namespace licet::test
