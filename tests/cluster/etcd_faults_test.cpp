// What befalls a connection to etcd: every answer is right, or says that it is not known.

#include <licet/store/etcd.hpp>

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "cluster/cluster.hpp"
#include "process/fabrikam.hpp"
#include "support/fault_proxy.hpp"
#include "unit/engine/store_in_hand.hpp"

using namespace licet;
using namespace licet::test;

namespace {

using Patience = std::chrono::milliseconds;

constexpr Patience patient = std::chrono::seconds(10);  // on a busy machine too
constexpr Patience impatient{150};                      // where it is to wait in vain

bool is_silent(Fault fault) {
    return fault == Fault::silence || fault == Fault::silence_for_answers;
}

int first_port(const Cluster& cluster) {
    const std::string config = cluster.config();
    return std::stoi(config.substr(config.find("127.0.0.1:") + 10));
}

/// A part of the cluster for one test alone, with a proxy before it.
class Behind {
public:
    Behind(const Cluster& cluster, Fault fault)
        : proxy(first_port(cluster)),
          fault_(fault),
          port_(first_port(cluster)),
          prefix_("behind-" + std::to_string(++made) + '/'),
          witness_(open(port_, patient)) {}

    /// A store that sees what is there.
    std::unique_ptr<Store> open_witness() const { return open(port_, patient); }

    /// One behind the proxy, with a connection made.
    std::unique_ptr<Store> open_behind() const {
        auto store = open(proxy.port(), is_silent(fault_) ? impatient : patient);
        for (int tries = 0; tries < 100 && !store->read({"a/x/1"}); ++tries) {
        }
        return store;
    }

    std::string seen() const { return get(*witness_); }

    static std::string get(Store& store) {
        const auto values = store.read({"a/x/1"});
        REQUIRE_MESSAGE(values, values.error().message());
        return values.value()[0]->text;
    }

    /// Calls it while the fault befalls one of its requests: false where it has not so many.
    bool befalls(int after, const std::function<void()>& call) {
        proxy.strike(fault_, after);
        std::jthread helper([&] {
            proxy.wait_for_strike();
            CHECK(witness_->read({"a/x/1"}));  // for as long as it is delayed
            proxy.let_go();
        });
        call();
        return proxy.has_struck();
    }

    FaultProxy proxy;

private:
    std::unique_ptr<Store> open(int port, Patience patience) const {
        EtcdOptions options;
        options.timeout = patience;
        options.prefix = prefix_;
        return EtcdStore::open({"http://127.0.0.1:" + std::to_string(port)}, std::move(options))
            .value();
    }

    static inline int made = 0;

    Fault fault_;
    int port_;
    std::string prefix_;
    std::unique_ptr<Store> witness_;
};

}  // namespace

TEST_CASE("a commit to etcd that something befalls is done, or is not, or is unknown") {
    const Cluster cluster("etcd.sh");
    for (const Fault fault : all_faults) {
        CAPTURE(fault);
        Behind behind(cluster, fault);
        const Stamp stamp = behind.open_witness()->commit({{}, {{"a/x/1", "old"}}}).value();
        const auto store = behind.open_behind();
        result<Stamp> written = 0;
        CHECK(behind.befalls(0, [&] {
            written = store->commit({{{"a/x/1", stamp}}, {{"a/x/1", "new"}}});
        }));
        const std::string seen = behind.seen();
        CHECK(Behind::get(*store) == seen);
        if (written) {
            CHECK(seen == "new");
        } else if (written.error().code != Errc::outcome_unknown) {
            CHECK(written.error().code == Errc::store_failed);
            CHECK(seen == "old");
        }
        CHECK((fault != Fault::delay || written));
        const bool was_heard = fault != Fault::cut_before_request && fault != Fault::silence;
        CHECK((!was_heard || seen == "new"));
    }
}

TEST_CASE("a read or a scan of etcd that something befalls is right, or fails cleanly") {
    const Cluster cluster("etcd.sh");
    for (const Fault fault : all_faults) {
        CAPTURE(fault);
        for (const bool scans : {false, true}) {
            CAPTURE(scans);
            Behind behind(cluster, fault);
            REQUIRE(behind.open_witness()->commit({{}, {{"a/x/1", "old"}}}));
            const auto store = behind.open_behind();
            std::string text;
            std::error_code code;
            CHECK(behind.befalls(0, [&] {
                if (scans) {
                    const auto page = store->scan("a/", "a0", 10);
                    text = page ? page.value().records.at(0).text : "";
                    code = page ? code : page.error().code;
                } else {
                    const auto values = store->read({"a/x/1", "b"});
                    text = values ? values.value().at(0)->text : "";
                    code = values ? code : values.error().code;
                }
            }));
            CHECK((text == "old") == !is_silent(fault));
            CHECK((!is_silent(fault) || code == Errc::store_failed));
            CHECK(Behind::get(*store) == "old");
        }
    }
}

namespace {

const UserId& adele() {
    static const UserId user = UserId::parse("adele").value();
    return user;
}

Caller keyed(Caller caller, const std::string& key) {
    caller.idempotency_key = key;
    return caller;
}

/// A change of a market in which one of two seats is taken.
struct Operation {
    std::string_view name;
    std::function<std::error_code(Engine&, const Caller&)> call;
    std::int64_t enabled;
    std::int64_t consumed;
};

const std::vector<Operation>& changes() {
    const auto told = [](const auto& done) { return done ? std::error_code() : done.error().code; };
    static const std::vector<Operation> all{
        {"seats.assign",
         [=](Engine& engine, const Caller& caller) {
             const UserId isaiah = UserId::parse("isaiah").value();
             return told(engine.seats().assign({contoso(), bronze(), {isaiah}, {}, {}}, caller));
         },
         2, 2},
        {"seats.unassign",
         [=](Engine& engine, const Caller& caller) {
             return told(engine.seats().unassign({contoso(), bronze(), {adele()}, {}}, caller));
         },
         2, 0},
        {"groups.assign",
         [=](Engine& engine, const Caller& caller) {
             const GroupId sales = GroupId::parse("sales").value();
             const std::vector<UserId> members{UserId::parse("diego").value()};
             return told(engine.groups().assign({contoso(), sales, {bronze()}, members}, caller));
         },
         2, 2},
    };
    return all;
}

void begin(std::unique_ptr<Store> store, const Behind& behind) {
    sell_bronze(std::move(store), 2);
    const auto engine = open_engine(behind.open_witness());
    REQUIRE(engine->seats().assign({contoso(), bronze(), {adele()}, {}, {}}, customer()));
}

}  // namespace

TEST_CASE(
    "whatever befalls a change on etcd, it is done once or is known not to be, and a retry settles "
    "it") {
    const Cluster cluster("etcd.sh");
    for (const Operation& change : changes()) {
        CAPTURE(change.name);
        for (const Fault fault : all_faults) {
            CAPTURE(fault);
            bool struck = true;
            for (int after = 0; struck; ++after) {
                CAPTURE(after);
                Behind behind(cluster, fault);
                begin(behind.open_witness(), behind);
                const auto engine = open_engine(behind.open_behind());
                const Caller caller = keyed(customer(), "once");
                std::error_code first;
                struck = behind.befalls(after, [&] { first = change.call(*engine, caller); });
                behind.proxy.cut_all();  // or etcd would wait for what is silent
                CHECK((!first || first == Condition::storage));
                std::error_code last = first;
                for (int tries = 0; last && tries < 100; ++tries) {
                    last = change.call(*engine, caller);
                }
                CHECK(!last);
                CHECK((struck || after > 0));

                const auto fresh = open_engine(behind.open_witness());
                const auto pool =
                    fresh->seats().get_pool({contoso(), bronze()}, customer()).value();
                CHECK(pool.pool.capacity.enabled == change.enabled);
                CHECK(pool.pool.consumed == change.consumed);
                const std::string stream = "pool/" + contoso().str() + "/" + bronze().str();
                const auto verified = fresh->history().verify({stream}, customer()).value();
                CHECK(verified.ok);
                CHECK(verified.count == 3);  // the licences, a seat, and this
            }
        }
    }
}

TEST_CASE("a book is imported into etcd wherever it was cut, and is the same book") {
    const auto source = std::make_shared<MemoryStore>();
    sell_bronze(std::make_unique<world::SharedStore>(source), 1000);
    const auto from = open_engine(std::make_unique<world::SharedStore>(source));
    std::vector<UserId> users;
    for (int i = 0; i < 300; ++i) {  // more than etcd takes at once
        users.push_back(UserId::parse("user-" + std::to_string(i)).value());
    }
    REQUIRE(from->seats().assign({contoso(), bronze(), users, {}, {}}, customer()));
    const std::string text = from->archive().export_store({}).value().lines.value();

    const Cluster cluster("etcd.sh");
    bool struck = true;
    for (int after = 0; struck; ++after) {
        CAPTURE(after);
        Behind behind(cluster, Fault::cut_before_answer);
        EngineOptions options;
        options.allow_unfinished = true;
        const auto to = Engine::open(behind.open_behind(), std::move(options)).value();
        result<ImportedStore> told = ImportedStore();
        struck = behind.befalls(after, [&] { told = to->archive().import_store({text}); });
        CHECK((told || told.error().code == Condition::storage));
        for (int tries = 0; !told && tries < 20; ++tries) {
            told = to->archive().import_store({text});
        }
        CHECK(told);
        const auto there = open_engine(behind.open_witness());
        CHECK(there->archive().export_store({}).value().lines == text);
    }
}
