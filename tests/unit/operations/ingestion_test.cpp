// Ingestion documents through the operations: read, stored, changed and written.

#include <doctest/doctest.h>

#include <string>

#include "unit/operations/documents.hpp"
#include "unit/operations/trial.hpp"

using licet::Errc;
using world::ana;
using world::value_at;
using world::with_actor;
using world::World;

namespace {

std::string written(World& world, std::string_view offer) {
    return world.must("ingestion.write",
                      with_actor(R"("publisher":"fabrikam","offer":)" + world::quote(offer), ana));
}

std::string read(World& world, const std::string& document) {
    return world.must("ingestion.read", R"({"publisher":"fabrikam","document":)" + document + "}");
}

/// A document's offer, kept in the world.
void import(World& world, const std::string& document) {
    world.must("offers.create", with_actor(R"("profile":"import","offer":)" +
                                               value_at(read(world, document), "/offers/0"),
                                           ana));
}

}  // namespace

TEST_CASE("an imported document is written with all that it had") {
    World world;
    import(world, world::ingestion_document("imported"));
    const std::string document = value_at(written(world, "imported"), "/document");
    CHECK(value_at(document, "/resources/0/resourceName") == "mine");
    CHECK(value_at(document, "/resources/1/requireLicenseForInstall") == "true");
    CHECK(value_at(document, "/resources/2/id") == "plan/1/2");
    CHECK(value_at(document, "/resources/3/target/targetType") == "preview");
    CHECK(value_at(read(world, document), "/offers/0") ==
          value_at(read(world, world::ingestion_document("imported")), "/offers/0"));
}

TEST_CASE("a changed offer is written as it is now, with what was kept") {
    World world;
    import(world, world::ingestion_document("imported"));
    world.must("offers.update",
               with_actor(world::of("imported") +
                              R"(,"changes":{"setup":{"require_license_for_install":false}})",
                          ana));
    const std::string of_it = R"("publisher":"fabrikam","offer":"imported",)";
    world.must("plans.update",
               with_actor(of_it + R"("id":"bronze","changes":{"name":"Copper"})", ana));
    const std::string changed = value_at(written(world, "imported"), "/document");
    CHECK(value_at(changed, "/resources/1/requireLicenseForInstall") == "false");
    CHECK(value_at(changed, "/resources/2/alias") == "Copper");
    CHECK(value_at(changed, "/resources/2/id") == "plan/1/2");

    world.must("plans.delete", with_actor(of_it + R"("id":"bronze")", ana));
    world.must("plans.create",
               with_actor(of_it + R"("plan":{"id":"bronze","name":"Another"})", ana));
    const std::string another = value_at(written(world, "imported"), "/document");
    CHECK(value_at(another, "/resources/2/alias") == "Another");
    CHECK(another.find("plan/1/2") == std::string::npos);
}

TEST_CASE("what an offer keeps of a document cannot be named in changes") {
    World world;
    import(world, world::ingestion_document("imported"));
    const auto answer = world.call(
        "offers.update", with_actor(world::of("imported") + R"(,"changes":{"ingestion":[]})", ana));
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == Errc::field_not_changeable);
}

TEST_CASE("a live offer is written as it is drafted") {
    World world;
    world.must("plans.update", with_actor(R"("publisher":"fabrikam","offer":"f365","id":"bronze",)"
                                          R"("changes":{"name":"Drafted"})",
                                          ana));
    CHECK(value_at(written(world, "f365"), "/document/resources/2/alias") == "Drafted");
}

TEST_CASE("a document does not say whose offers it has, which is told where nobody does") {
    World world;
    const std::string answer = world.must(
        "ingestion.read", R"({"document":)" + world::ingestion_document("imported") + "}");
    CHECK(answer.find(R"("publisher":)") == std::string::npos);
    CHECK(value_at(answer, "/findings/0/rule") == "missing_field");
    CHECK(value_at(answer, "/findings/0/severity") == "warning");
    CHECK(value_at(answer, "/findings/0/pointer") == "/publisher");
    CHECK(answer.find("service_id") == std::string::npos);
}

TEST_CASE("what is wrong with an ingestion document is told where it stands in the arguments") {
    World world;
    const auto answer = world.call(
        "ingestion.read",
        R"({"document":[{"$schema":"https://schema.mp.microsoft.com.evil.example/schema/plan/1"},)"
        R"({"alias":1}]})");
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == Errc::schema_unknown);
    CHECK(world::has_error_about(answer.error().findings, "/document/0/$schema"));
    CHECK(world::has_error_about(answer.error().findings, "/document/1/$schema"));
}

TEST_CASE("an offer that is not there has no document to write") {
    World world;
    const auto answer = world.call("ingestion.write",
                                   with_actor(R"("publisher":"fabrikam","offer":"nowhere")", ana));
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == Errc::offer_not_found);
}
