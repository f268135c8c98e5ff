// What befalls a connection to etcd: every answer is right, or says that it is not known.

#include <licet/store/etcd.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>

#include "cluster/cluster.hpp"
#include "support/faulty_calls.hpp"
#include "support/faulty_moves.hpp"

using namespace licet;
using namespace licet::test;

namespace {

int first_port(const Cluster& cluster) {
    const std::string config = cluster.config();
    return std::stoi(config.substr(config.find("127.0.0.1:") + 10));
}

/// A prefix that no other test has.
Site new_site(const Cluster& cluster) {
    static int made = 0;
    EtcdOptions options;
    options.prefix = "site-" + std::to_string(++made) + '/';
    return {
        first_port(cluster), [options](int port, Patience patience) mutable {
            options.timeout = patience;
            return EtcdStore::open({"http://127.0.0.1:" + std::to_string(port)}, options).value();
        }};
}

std::string text_at_1(Store& store) {
    const auto values = store.read({"a/x/1"});
    REQUIRE_MESSAGE(values, values.error().message());
    return values.value()[0]->text;
}

}  // namespace

TEST_CASE("a commit to etcd that something befalls is done, or is not, or is unknown") {
    const Cluster cluster("etcd.sh");
    for (const Fault fault : all_faults) {
        CAPTURE(fault);
        Behind behind(new_site(cluster));
        const Stamp stamp = behind.witness().commit({{}, {{"a/x/1", "old"}}}).value();
        const auto store = behind.open(patience_for(fault));
        result<Stamp> written = 0;
        CHECK(behind.befalls(fault, 0, [&] {
            written = store->commit({{{"a/x/1", stamp}}, {{"a/x/1", "new"}}});
        }));
        const std::string seen = text_at_1(behind.witness());
        CHECK(text_at_1(*store) == seen);
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
            Behind behind(new_site(cluster));
            REQUIRE(behind.witness().commit({{}, {{"a/x/1", "old"}}}));
            const auto store = behind.open(patience_for(fault));
            std::string text;
            std::error_code code;
            CHECK(behind.befalls(fault, 0, [&] {
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
            CHECK(text_at_1(*store) == "old");
        }
    }
}

TEST_CASE(
    "whatever befalls a request to etcd of whatever operation, it is done once or it says so") {
    const Cluster cluster("etcd.sh");
    check_every_call(12, [&] { return new_site(cluster); });
}

TEST_CASE("a book in a file is imported into etcd wherever it was cut, and comes back") {
    const Cluster cluster("etcd.sh");
    check_imports(200, new_site(cluster));
}

TEST_CASE("an export that etcd breaks off goes on behind the last line that came") {
    const Cluster cluster("etcd.sh");
    check_exports(1'200, new_site(cluster));
}
