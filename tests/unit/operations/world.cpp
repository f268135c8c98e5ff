#include "unit/operations/world.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <utility>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "unit/operations/documents.hpp"

namespace world {
namespace {

constexpr std::uint64_t first_seed = 20260301;

}  // namespace

std::string value_at(std::string_view json, std::string_view pointer) {
    const auto document = boost::json::parse({json.data(), json.size()});
    const auto& value = document.at_pointer({pointer.data(), pointer.size()});
    return value.is_string() ? std::string(value.get_string()) : boost::json::serialize(value);
}

World::World(const std::vector<licet::Record>& records, licet::Timestamp now, std::uint64_t seed)
    : clock_(std::make_shared<licet::ManualClock>(now)) {
    auto store = std::make_unique<licet::MemoryStore>();
    store_ = store.get();
    licet::Batch batch;
    for (const licet::Record& record : records) {
        batch.writes.push_back({record.key, record.text});
    }
    REQUIRE(store_->commit(batch));
    licet::EngineOptions options;
    options.clock = clock_;
    options.random = std::make_shared<licet::SeededRandom>(seed);
    options.ids = std::make_shared<licet::SequentialIds>();
    engine_ = licet::Engine::open(std::move(store), std::move(options)).value();
}

World::World() : World({}, licet::Timestamp::parse("2026-01-10T09:00:00Z").value(), first_seed) {
    for (const char* id : {"f365", "drafted", "reviewed", "previewed"}) {
        must("offers.create", with_actor(R"("offer":)" + licensed_offer(id), ana));
    }
    publish("reviewed", 1);
    publish("previewed", 3);
    publish("f365", 3);
    must("offers.go_live", with_actor(of("f365"), ana));
    clock_->set(licet::Timestamp::parse("2026-03-01T09:00:00Z").value());
    must("plans.create",
         with_actor(R"("publisher":"fabrikam","offer":"f365","plan":)" + plan("copper"), ana));

    must("deals.register", with_actor(R"("idempotency_key":"d-1001","deal":)" +
                                          deal("d-1001", quote(contoso), "customer_tenant"),
                                      ana));
    must("deals.register",
         with_actor(R"("deal":)" + deal("d-1002", "null", "partner_tenant"), ana));
    const std::string named =
        must("invites.create", with_actor(R"("publisher":"fabrikam","deal":"d-1001")", ana));
    const std::string link = value_at(named, "/invite/link");
    must("invites.accept",
         with_actor(R"("token":)" + quote(link.substr(link.find("token=") + 6)), ben));
    const std::string open = must("invites.create", with_actor(R"("publisher":"fabrikam")", ana));
    const std::string open_link = value_at(open, "/invite/link");
    token_ = open_link.substr(open_link.find("token=") + 6);
    invite_ = value_at(open, "/invite/id");
    must("licenses.update",
         with_actor(R"("publisher":"fabrikam","deal":"d-1001","lines":[{"plan":"bronze",)"
                    R"("quantity":6},{"plan":"silver","quantity":3}])",
                    ana));
    must("licenses.update",
         with_actor(R"("publisher":"fabrikam","deal":"d-1001","lines":[{"plan":"gold",)"
                    R"("quantity":4}],"effective":"2027-01-01T00:00:00Z")",
                    ana));
    must("seats.assign", with_actor(tenant() + R"(,"service_id":"fabrikam.f365.bronze")" +
                                        R"(,"users":["adele","alex"],"idempotency_key":"two")",
                                    liv));
    const std::string fay = tenant() + R"(,"service_id":"fabrikam.f365.silver","users":["fay"])";
    must("seats.assign", with_actor(fay, liv));
    must("groups.assign", with_actor(tenant() + R"(,"group":"sales","service_ids":)"
                                                R"(["fabrikam.f365.silver"],)"
                                                R"("members":["adele","cleo","dora"])",
                                     liv));
    must("seats.unassign", with_actor(fay, liv));
}

World World::again() const {
    World other(records(), clock_->now(), first_seed + 1);
    other.token_ = token_;
    other.invite_ = invite_;
    return other;
}

void World::publish(std::string_view offer, int phases) {
    must("offers.submit", with_actor(of(offer), ana));
    for (int passed = 0; passed < phases; ++passed) {
        must("offers.pass_phase", with_actor(of(offer), rex));
    }
}

licet::result<std::string> World::call(std::string_view operation, std::string_view arguments) {
    auto answer = licet::call(*engine_, operation, arguments);
    if (const char* file = std::getenv("LICET_RECORDING"); answer && file) {
        std::ofstream(file, std::ios::app)
            << R"({"operation":)" << quote(operation) << R"(,"arguments":)" << arguments
            << R"(,"answer":)" << answer.value() << "}\n";
    }
    return answer;
}

std::string World::must(std::string_view operation, std::string_view arguments) {
    auto answer = call(operation, arguments);
    REQUIRE_MESSAGE(answer, operation, " ", arguments, ": ", why(answer));
    return std::move(answer).value();
}

std::vector<licet::Record> World::records() const {
    std::vector<licet::Record> all;
    std::string from = "!";
    for (bool more = true; more;) {
        auto page = store_->scan(from, "", 1000).value();
        all.insert(all.end(), std::make_move_iterator(page.records.begin()),
                   std::make_move_iterator(page.records.end()));
        more = page.next.has_value();
        from = page.next.value_or("");
    }
    return all;
}

std::string World::dump() const {
    std::string text;
    for (const licet::Record& record : records()) {
        text += record.key + ' ' + std::to_string(record.stamp) + ' ' + record.text + '\n';
    }
    return text;
}

}  // namespace world
