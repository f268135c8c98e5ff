// A whole store: copied, written as text, filled from it.

#include <doctest/doctest.h>

#include "program.hpp"

using licet::test::Desk;
using licet::test::fabrikam_offer;
using licet::test::Ran;
using licet::test::with;

namespace {

struct Shelf : Desk {
    /// All that is in a store, as another program reads it.
    std::string content_of(const std::string& file) const {
        const Ran ran = run({"sqlite3", file, "select key, value from licet order by key"});
        REQUIRE(ran.status == 0);
        return ran.out;
    }
};

/// With Fabrikam's offer in store.db.
struct Stocked : Shelf {
    Stocked() {
        put("offer.json", fabrikam_offer());
        REQUIRE(licet({"apply", "offer.json", "--store", "store.db", "--as", "publisher:fabrikam"})
                    .status == 0);
    }
};

}  // namespace

TEST_CASE("a store is copied into an empty one, and again there is nothing to do") {
    const Stocked desk;
    const Ran first = desk.licet({"store", "copy", "store.db", "other.db"});
    CHECK(first.status == 0);
    CHECK(first.err.empty());
    CHECK(first.out.starts_with("3 records, 3 written, hash "));
    CHECK(desk.content_of("other.db") == desk.content_of("store.db"));
    const Ran again =
        desk.licet({"store", "copy", R"({"store":"sqlite","path":"store.db"})", "sqlite:other.db"});
    CHECK(again.status == 0);
    CHECK(again.out == with(first.out, "3 written", "0 written"));
    CHECK(desk.licet({"verify", "offer/fabrikam/f365", "--store", "other.db", "--as",
                      "publisher:fabrikam"})
              .status == 0);
}

TEST_CASE("a copy into a store that holds something else is refused, from none it cannot run") {
    const Stocked desk;
    REQUIRE(desk.licet({"run", LICET_SCENARIO, "--store", "played.db"}).status == 0);
    const std::string before = desk.content_of("played.db");
    const Ran ran = desk.licet({"store", "copy", "store.db", "played.db"});
    CHECK(ran.status == 1);
    CHECK(ran.out.empty());
    CHECK(ran.err.find("[store_not_empty]") != std::string::npos);
    CHECK(desk.content_of("played.db") == before);
    CHECK(desk.licet({"store", "copy", "none.db", "other.db"}).status == 2);
    CHECK(desk.licet({"store", "export", "none.db"}).status == 2);
    CHECK_FALSE(desk.has("none.db"));
    CHECK_FALSE(desk.has("other.db"));
}

TEST_CASE("a store that a configuration names must be there already to be copied") {
    const Desk desk;
    const std::string none = R"({"store":"sqlite","path":"none.db"})";
    for (const Ran& ran :
         {desk.licet({"store", "copy", none, "other.db"}), desk.licet({"store", "export", none})}) {
        CHECK(ran.status == 2);
        CHECK(ran.out.empty());
        CHECK(ran.err == "licet: error: there is no store none.db\n");
    }
    CHECK_FALSE(desk.has("none.db"));
    CHECK_FALSE(desk.has("other.db"));
}

TEST_CASE("a store is not copied onto itself, by whatever name") {
    const Shelf desk;
    REQUIRE(desk.licet({"call", "offers.create", "{}", "--store", "e.db"}).status == 1);
    REQUIRE(desk.run({"ln", "-s", "e.db", "link.db"}).status == 0);
    const std::string before = desk.content_of("e.db");
    for (const char* name : {"e.db", "./e.db", "sqlite:e.db", "link.db",
                             R"({"store":"sqlite","path":"e.db","timeout_ms":5})"}) {
        CAPTURE(name);
        const Ran ran = desk.licet({"store", "copy", "e.db", name});
        CHECK(ran.status == 2);
        CHECK(ran.err == "licet: error: a store is not copied onto itself\n");
        CHECK(desk.content_of("e.db") == before);
    }
    const char* const server = "postgresql://ada:s3cret@127.0.0.1:1/none";
    CHECK(desk.licet({"store", "copy", server, server}).err ==
          "licet: error: a store is not copied onto itself\n");
    CHECK(desk.licet({"call", "offers.list", R"({"publisher":"fabrikam"})", "--store", "e.db",
                      "--as", "publisher:fabrikam"})
              .status == 0);
}

TEST_CASE("a store that cannot be written out has not been exported") {
    const Stocked desk;
    const Ran ran = desk.licet_unheard({"store", "export", "store.db"});
    CHECK(ran.status == 2);
    CHECK(ran.err == "licet: error: standard output cannot be written\n");
    REQUIRE(desk.licet({"run", LICET_SCENARIO, "--store", "played.db"}).status == 0);
    const Ran longer = desk.licet_unheard({"store", "export", "played.db"});
    CHECK(longer.status == 2);
    CHECK(longer.err == "licet: error: standard output cannot be written\n");
}

TEST_CASE("a store is written as text and filled from it, and a text that was cut goes on") {
    const Stocked desk;
    const Ran text = desk.licet({"store", "export", "store.db"});
    CHECK(text.status == 0);
    CHECK(text.out.starts_with("{\"licet\":\"store\",\"format\":1}\n"));
    const std::string half = text.out.substr(0, text.out.size() / 2);
    const Ran cut = desk.licet({"store", "import", "other.db"}, half);
    CHECK(cut.status == 1);
    CHECK(cut.err.find("/lines/") != std::string::npos);
    CHECK(desk.licet({"store", "export", "other.db"}).err.find("[store_unfinished]") !=
          std::string::npos);
    const Ran whole = desk.licet({"store", "import", "other.db"}, text.out);
    CHECK(whole.status == 0);
    CHECK(whole.out.empty());
    CHECK(whole.err.starts_with("{\"count\":3,"));
    CHECK(desk.content_of("other.db") == desk.content_of("store.db"));
}

TEST_CASE("a text goes into an empty store only") {
    const Stocked desk;
    const Ran text = desk.licet({"store", "export", "store.db"});
    REQUIRE(desk.licet({"run", LICET_SCENARIO, "--store", "played.db"}).status == 0);
    const std::string before = desk.content_of("played.db");
    const Ran ran = desk.licet({"store", "import", "played.db"}, text.out);
    CHECK(ran.status == 1);
    CHECK(ran.err.find("[store_not_empty]") != std::string::npos);
    CHECK(desk.content_of("played.db") == before);
    CHECK(desk.licet({"store", "import", "new.db"}, "User,Service ID\n").status == 1);
    CHECK(
        desk.licet({"store", "import", R"({"store":"sqlite","path":"new.db"})"}, text.out).status ==
        0);
    CHECK(desk.content_of("new.db") == desk.content_of("store.db"));
}
