// The commands that ask a store, and how one is named.

#include <doctest/doctest.h>

#include "program.hpp"

using licet::test::Desk;
using licet::test::fabrikam_offer;
using licet::test::Ran;
using licet::test::with;

namespace {

const std::string the_offer = R"({"publisher":"fabrikam","id":"f365"})";

/// With Fabrikam's offer in store.db.
struct Stocked : Desk {
    Stocked() {
        put("offer.json", fabrikam_offer());
        REQUIRE(licet({"apply", "offer.json", "--store", "store.db", "--as", "publisher:fabrikam"})
                    .status == 0);
    }
};

}  // namespace

TEST_CASE("a store is a path, a URI or a configuration, and LICET_STORE and LICET_AS stand in") {
    const Stocked desk;
    for (const char* store :
         {"store.db", "sqlite:store.db", R"({"store":"sqlite","path":"store.db"})"}) {
        CAPTURE(store);
        CHECK(desk.licet({"call", "offers.get", the_offer, "--store", store, "--as",
                          "publisher:fabrikam"})
                  .status == 0);
    }
    const Ran ran = desk.run({LICET_PROGRAM, "call", "offers.get", the_offer}, "",
                             {"LICET_STORE=store.db", "LICET_AS=publisher:fabrikam"});
    CHECK(ran.status == 0);
    CHECK(ran.out.find("\"alias\":\"Fabrikam 365\"") != std::string::npos);
}

TEST_CASE("a URI of an unknown scheme is no path, and nothing behind its scheme is shown") {
    const Stocked desk;
    const auto commands = [](const std::string& store) {
        return std::vector<std::vector<std::string>>{
            {"store", "export", store},
            {"store", "import", store},
            {"store", "copy", store, "other.db"},
            {"store", "copy", "store.db", store},
            {"apply", "offer.json", "--dry-run", "--store", store},
            {"matrix", "fabrikam.f365", "--store", store},
            {"call", "check", "--store", store},
            {"run", LICET_SCENARIO, "--store", store},
            {"events", "offer/fabrikam/f365", "--store", store},
            {"verify", "offer/fabrikam/f365", "--store", store},
        };
    };
    struct Name {
        std::string store;
        std::string shown;
    };
    const std::string secret = "ada:s3cret@host/db";
    for (const Name& name :
         {Name{"postgressql://" + secret, "postgressql://"}, Name{"etcd://" + secret, "etcd://"},
          Name{"Postgres+SSL://" + secret, "postgres+ssl://"},
          Name{"postgresql:/" + secret, "postgresql://"}, Name{"memory://" + secret, "memory://"},
          Name{" postgresql://" + secret, "://"}, Name{secret.substr(0, 10) + "://", "://"},
          Name{"host=db user=ada password=s3cret", "libpq://"}, Name{"service=book", "libpq://"},
          Name{"password = s3cret", "libpq://"}}) {
        for (const auto& command : commands(name.store)) {
            CAPTURE(command[0]);
            CAPTURE(name.shown);
            const Ran ran = desk.licet(command);
            CHECK(ran.status == 2);
            CHECK(ran.out.empty());
            CHECK(ran.err == "licet: error: no store is named " + name.shown +
                                 "...; it is memory, a path, sqlite:PATH, postgresql://... or a "
                                 "configuration in JSON\n");
        }
    }
    CHECK_FALSE(desk.has("other.db"));
    CHECK(desk.run({"ls"}).out.find('=') == std::string::npos);
    const Ran forgotten = desk.licet({"store", "export", "postgresql//ada:s3cret@host/db"});
    CHECK(forgotten.status == 2);
    CHECK(forgotten.err == "licet: error: there is no store ...@host/db\n");
}

TEST_CASE("a scheme may be in any case, and a path may look like a URI that begins with ./") {
    const Desk desk;
    const std::string lower = desk.licet({"store", "export", "postgresql://127.0.0.1:1/none"}).err;
    CHECK(desk.licet({"store", "export", "PostgreSQL://127.0.0.1:1/none"}).err == lower);
    CHECK(lower.find("no store") == std::string::npos);
    CHECK(desk.licet({"run", LICET_SCENARIO, "--store", "SQLite:played.db"}).status == 0);
    CHECK(desk.has("played.db"));
    REQUIRE(desk.run({"mkdir", "a:"}).status == 0);
    CHECK(desk.licet({"run", LICET_SCENARIO, "--store", "./a://played.db"}).status == 0);
    CHECK(desk.has("a:/played.db"));
    for (const char* name : {"./host=db.db", "sqlite:user=ada.db", "hosts=2.db", "host.db"}) {
        CHECK(desk.licet({"run", LICET_SCENARIO, "--store", name}).status == 0);
    }
    CHECK(desk.has("host=db.db"));
    CHECK(desk.has("user=ada.db"));
    CHECK(desk.has("hosts=2.db"));
}

TEST_CASE("an operation that only reads begins no store") {
    const Desk desk;
    const std::string offers = R"({"publisher":"fabrikam"})";
    for (const char* operation : {"offers.list", "store.export", "offers.no"}) {
        const Ran ran = desk.licet({"call", operation, offers, "--store", "typo.db"});
        CHECK(ran.status == 2);
        CHECK(ran.out.empty());
        CHECK(ran.err == "licet: error: there is no store typo.db\n");
        CHECK_FALSE(desk.has("typo.db"));
    }
    CHECK(desk.licet({"call", "offers.create", "{}", "--store", "new.db"}).status == 1);
    CHECK(desk.has("new.db"));
    CHECK(desk.licet({"call", "offers.list", offers, "--store", "new.db", "--as",
                      "publisher:fabrikam"})
              .out == "{\"items\":[],\"next\":null}\n");
}

TEST_CASE("what cannot be written to standard output is no success of any command") {
    const Stocked desk;
    const std::vector<std::string> access{"--store", "store.db", "--as", "publisher:fabrikam"};
    std::vector<std::vector<std::string>> commands{
        {"--help"},
        {"--version"},
        {"lint", "--help"},
        {"lint", "offer.json", "--format", "json"},
        {"lint", "offer.json", "--format", "sarif"},
        {"plan-files", "offer.json"},
        {"matrix", "offer.json"},
        {"run", LICET_SCENARIO},
        {"store", "copy", "store.db", "other.db"},
        {"store", "export", "store.db"},
        {"operations"},
        {"operations", "--format", "json"},
        {"schema"},
        {"schema", "offer"},
        {"completion", "bash"},
        {"man"},
    };
    for (std::vector<std::string> command :
         std::vector<std::vector<std::string>>{{"apply", "offer.json"},
                                               {"call", "offers.get", the_offer},
                                               {"call", "store.export", "{}", "--output", "-"},
                                               {"events", "offer/fabrikam/f365"},
                                               {"verify", "offer/fabrikam/f365"}}) {
        command.insert(command.end(), access.begin(), access.end());
        commands.push_back(command);
    }
    for (const auto& command : commands) {
        CAPTURE(command);
        REQUIRE(desk.licet(command).status == 0);
        const Ran ran = desk.licet_unheard(command);
        CHECK(ran.status == 2);
        CHECK(ran.err.find("licet: error: standard output cannot be written\n") !=
              std::string::npos);
    }
}

TEST_CASE("an actor in full and one in short are the same") {
    const Stocked desk;
    const std::string ana = R"({"id":"ana","publisher":"fabrikam","roles":["developer"]})";
    CHECK(
        desk.licet({"call", "offers.get", the_offer, "--store", "store.db", "--as", ana}).status ==
        0);
    CHECK(desk.licet({"call", "offers.get", with(the_offer, "{", "{\"as\":" + ana + ","), "--store",
                      "store.db"})
              .status == 0);
    const Ran other = desk.licet({"call", "offers.get", the_offer, "--store", "store.db", "--as",
                                  "tenant:6f9619ff-8b86-d011-b42d-00c04fc964ff"});
    CHECK(other.status == 1);
    CHECK(other.err.find("[other_publisher]") != std::string::npos);
    for (const char* nobody : {"publisher:", "ana", "publisher", "reviewer:x", "{\"id\":"}) {
        CAPTURE(nobody);
        CHECK(desk.licet({"call", "offers.get", the_offer, "--as", nobody}).status == 2);
    }
}

TEST_CASE("who asks must be said where an operation wants to know") {
    const Stocked desk;
    const Ran ran = desk.licet({"call", "offers.get", the_offer, "--store", "store.db"});
    CHECK(ran.status == 1);
    CHECK(ran.err ==
          "licet: error: no caller is named: say who asks with --as or LICET_AS "
          "[actor_missing]\n");
    CHECK(
        desk.licet({"call", "check", R"({"tenant":"a","user":"b","service_id":"a.bcd.e"})"}).out ==
        "{\"licensed\":false,\"decision\":4,\"reason\":\"no_pool\",\"by\":[\"a.bcd.e\"],\"show\":"
        "null}\n");
}

TEST_CASE("arguments come from the command line or from standard input, with their places") {
    const Desk desk;
    const std::string wrong = "{\n  \"offer\": {},\n  \"profil\": \"create\"\n}";
    const Ran given = desk.licet({"call", "offers.check", wrong});
    CHECK(given.status == 1);
    CHECK(given.err.find("<arguments>:3:3: error: field is not known: \"profil\"") == 0);
    const Ran piped = desk.licet({"call", "offers.check", "-"}, wrong);
    CHECK(piped.status == 1);
    CHECK(piped.err.find("<stdin>:3:3: error: field is not known: \"profil\"") == 0);
    CHECK(desk.licet({"call", "offers.check", "{"}).err.find("<arguments>:1:2: error: not JSON") ==
          0);
}

TEST_CASE("an operation that is not there, a store that cannot be had: it could not run") {
    const Desk desk;
    CHECK(desk.licet({"call", "offers.no"}).status == 2);
    CHECK(desk.licet({"call", "offers.no"}).err.find("[operation_unknown]") != std::string::npos);
    CHECK(desk.licet({"call", "check", "--store", R"({"store":"tape"})"}).status != 0);
    CHECK(desk.licet({"call", "check", "--store", "no/such/folder/store.db"}).status == 2);
    CHECK(desk.licet({"events", "offer/a/b", "--store", "none.db"}).status == 2);
    CHECK_FALSE(desk.has("none.db"));
}

TEST_CASE("events are listed in order, all or as many as asked for") {
    const Stocked desk;
    const std::vector<std::string> access{"--store", "store.db", "--as", "publisher:fabrikam"};
    const auto with_access = [&](std::vector<std::string> command) {
        command.insert(command.end(), access.begin(), access.end());
        return desk.licet(command);
    };
    REQUIRE(with_access({"call", "offers.submit", the_offer}).status == 0);
    REQUIRE(with_access({"call", "offers.cancel", the_offer}).status == 0);
    const Ran all = with_access({"events", "offer/fabrikam/f365"});
    CHECK(all.status == 0);
    const std::size_t second = all.out.find("\n2  ");
    CHECK(all.out.starts_with("1  "));
    CHECK(all.out.find("  offers.apply  ana\n") != std::string::npos);
    CHECK(all.out.find("  offers.submit  ana\n", second) != std::string::npos);
    CHECK(all.out.find("\n3  ", second) != std::string::npos);
    const Ran one = with_access({"events", "offer/fabrikam/f365", "--limit", "1"});
    CHECK(one.out == all.out.substr(0, all.out.find('\n') + 1));
    const Ran lines = with_access({"events", "offer/fabrikam/f365", "--format", "json"});
    CHECK(lines.out.starts_with("{\"stream\":\"offer/fabrikam/f365\",\"number\":1,"));

    const Ran good = with_access({"verify", "offer/fabrikam/f365"});
    CHECK(good.status == 0);
    CHECK(good.out == "offer/fabrikam/f365: ok, 3 events\n");
    const Ran none = with_access({"verify", "offer/fabrikam/f356"});
    CHECK(none.status == 1);
    CHECK(none.out == "offer/fabrikam/f356: no events\n");
    REQUIRE(desk.run({"sqlite3", "store.db",
                      "update licet set value = replace(value, 'ana', 'bob') where key "
                      "like 'event/fabrikam/offer/f365/%2'"})
                .status == 0);
    const Ran broken = with_access({"verify", "offer/fabrikam/f365"});
    CHECK(broken.status == 1);
    CHECK(broken.out == "offer/fabrikam/f365: broken at event 2\n");
}

TEST_CASE("the matrix shows plans by apps, whatever the case in which an app is written") {
    const Stocked desk;
    const std::string shown =
        "        crf36_BronzeApp  crf36_SilverApp\n"
        "bronze  yes              -\n"
        "silver  yes              yes\n";
    CHECK(desk.licet({"matrix", "offer.json"}).out == shown);
    CHECK(desk.licet({"matrix", "fabrikam.f365", "--store", "store.db"}).out == shown);
    CHECK(
        desk.licet({"matrix", "offer.json", "--format", "json"}).out ==
        "{\"apps\":[\"crf36_BronzeApp\",\"crf36_SilverApp\"],\"plans\":["
        "{\"id\":\"bronze\",\"opens\":[true,false]},{\"id\":\"silver\",\"opens\":[true,true]}]}\n");
    CHECK(desk.licet({"matrix", "fabrikam.none", "--store", "store.db"}).status == 1);
    CHECK(desk.licet({"matrix", "none.json"}).status == 2);
}

TEST_CASE("a scenario plays on any store that other commands open, and on no other") {
    const Desk desk;
    const Ran first = desk.licet({"run", LICET_SCENARIO, "--store", "played.db"});
    CHECK(first.status == 0);
    CHECK(first.out.find("Adele       yes, gold") != std::string::npos);
    for (const char* again : {"sqlite:played.db", R"({"store":"sqlite","path":"played.db"})"}) {
        CHECK(desk.licet({"run", LICET_SCENARIO, "--store", again}).out.find("replayed") !=
              std::string::npos);
    }
    CHECK(desk.licet({"run", LICET_SCENARIO}).status == 0);
    for (const char* none :
         {"postgresql://127.0.0.1:1/none", "no/such/folder/store.db", R"({"store":"tape"})", "{",
          R"({"store":"etcd","endpoints":["http://127.0.0.1:1"],"timeout_ms":10})"}) {
        CAPTURE(none);
        CHECK(desk.licet({"run", LICET_SCENARIO, "--store", none}).status == 2);
    }
    CHECK(desk.licet({"run", "none.jsonl"}).status == 2);
}
