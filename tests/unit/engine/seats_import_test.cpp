// Seats from a table.

#include <doctest/doctest.h>

#include "dice.hpp"
#include "mutations.hpp"
#include "streams.hpp"

using namespace licet;
using namespace licet::world;

namespace {

const std::string header = "User,Service ID\n";
const std::string outcome_header = "Line,User,Service ID,Outcome,Error\n";

std::string row(std::size_t number, std::string_view plan = "bronze") {
    return person(number).str() + ',' + service(plan).str() + '\n';
}
std::string rows(std::size_t first, std::size_t count, std::string_view plan = "bronze") {
    std::string all;
    for (std::size_t n = first; n < first + count; ++n) {
        all += row(n, plan);
    }
    return all;
}

result<Written<ImportedSeats>> import_text(World& world, std::string csv,
                                           const Caller& caller = ben()) {
    return world.seats().import_seats({contoso(), std::move(csv), {}}, caller);
}
result<Written<ImportedSeats>> import_tape(World& world, Tape& tape, const Caller& caller = ben()) {
    return world.seats().import_seats({contoso(), {}, {}}, caller, tape);
}

/// How it went, a letter or a rule a line.
std::string told(const result<Written<ImportedSeats>>& answer) {
    REQUIRE(failure_of(answer) == done);
    const ImportedSeats& imported = answer.value().value;
    CHECK(imported.count == imported.assigned + imported.already + imported.failed);
    CHECK(imported.count == imported.outcomes.value().size());
    std::string text;
    for (const ImportOutcome& outcome : *imported.outcomes) {
        text += outcome.outcome == Outcome::assigned ? "a"
                : outcome.outcome == Outcome::already
                    ? "h"
                    : " " + std::string(name_of(*outcome.error)) + " ";
    }
    return text;
}

std::string exported(World& world) {
    return world.seats().export_seats({contoso()}, ben()).value().csv.value();
}

/// Lets so many commits come through, and none after them.
void fail_after(World& world, std::size_t commits) {
    world.store->on_commit([left = std::make_shared<std::size_t>(commits)](
                               Store& inner, const Batch& batch) -> result<Stamp> {
        if (*left == 0) {
            return Error{Errc::store_failed, {}, {}};
        }
        --*left;
        return inner.commit(batch);
    });
}

}  // namespace

TEST_CASE("an import gives a seat for each line, of whichever plans") {
    World world;
    world.sell_article({line("bronze", 3), line("silver", 2)});
    const auto answer =
        import_text(world, header + row(2) + row(1, "silver") + row(1) + row(2, "silver"));
    CHECK(told(answer) == "aaaa");
    CHECK(answer.value().revision == 0);
    CHECK(answer.value().value.outcomes->at(1) ==
          ImportOutcome{3, person(1).str(), service("silver").str(), Outcome::assigned, {}});
    CHECK(world.holders("bronze") == people(1, 2));
    CHECK(world.holders("silver") == people(1, 2));
    CHECK(world.check("silver", person(2)) == Decision::licensed);
    const auto bronze = world.events(pool_stream("bronze")).back();
    const auto silver = world.events(pool_stream("silver")).back();
    CHECK(bronze.operation == "seats.import");
    CHECK(bronze.command == silver.command);
}

TEST_CASE("a line that is wrong is an outcome with its rule, and the others go on") {
    World world;
    world.sell_article({line("bronze", 3)});
    const auto answer = import_text(world, header + row(1) + "x\n" + row(1, "gold") + "\n" +
                                               "a b,fabrikam.f365.bronze\n" + row(2));
    CHECK(told(answer) == "a seats_file_row_length  pool_not_found  user_id_bad_character a");
    CHECK(answer.value().value.failed == 3);
    const auto& outcomes = answer.value().value.outcomes.value();
    CHECK(outcomes[1].line == 3);
    CHECK(outcomes[2].line == 4);
    CHECK(outcomes[3] == ImportOutcome{6, "a b", "fabrikam.f365.bronze", Outcome::failed,
                                       Errc::user_id_bad_character});
    CHECK(world.holders("bronze") == people(1, 2));
}

TEST_CASE("a Service ID with capitals is read, and a warning says where it stands") {
    World world;
    world.sell_article({line("bronze", 300)});
    const std::string seat = person(1).str() + ",Fabrikam.F365.Bronze\n";
    const std::string csv = header + row(2) + seat + "?\n" + "\"" + person(3).str() + "\"," +
                            "fabrikam.f365.GOLD\n" + person(4).str() + ",Fabrikam\n";
    const auto answer = import_text(world, csv, with_key(ben(), "k"));
    CHECK(told(answer) == "aa seats_file_row_length  pool_not_found  service_id_parts ");
    const std::vector<Finding> warnings{{Errc::id_not_lowercase, Severity::warning, "/csv/3/38",
                                         "\"Fabrikam.F365.Bronze\"", "write it in small letters"},
                                        {Errc::id_not_lowercase, Severity::warning, "/csv/5/40",
                                         "\"fabrikam.f365.GOLD\"", "write it in small letters"}};
    REQUIRE(answer.value().findings.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(answer.value().findings[i].rule == warnings[i].rule);
        CHECK(answer.value().findings[i].severity == warnings[i].severity);
        CHECK(answer.value().findings[i].pointer == warnings[i].pointer);
        CHECK(answer.value().findings[i].hint == warnings[i].hint);
    }
    const auto again = import_text(world, csv, with_key(ben(), "k"));
    CHECK(again.value().replayed);
    CHECK(again.value().findings == answer.value().findings);
    CHECK(import_text(world, header + row(2)).value().findings.empty());
}

TEST_CASE("of an import's warnings a hundred are told, and that there are more") {
    World world;
    world.sell_article({line("bronze", 300)});
    world.store->limit({0, 0, 40});
    std::string csv = header;
    for (std::size_t n = 1; n <= 120; ++n) {
        csv += person(n).str() + ",FABRIKAM.f365.bronze\n";
    }
    Tape tape(csv);
    const auto answer = import_tape(world, tape);
    REQUIRE(failure_of(answer) == done);
    CHECK(answer.value().value.assigned == 120);
    REQUIRE(answer.value().findings.size() == 101);
    CHECK(answer.value().findings.at(99).pointer == "/csv/101/38");
    CHECK(answer.value().findings.at(100).rule == Errc::findings_omitted);
    CHECK(answer.value().findings.at(100).severity == Severity::warning);
}

TEST_CASE("lines are served in their order, and a seat named again is there already") {
    World world;
    world.sell_article({line("bronze", 2)});
    CHECK(told(import_text(world, header + row(9) + row(5) + row(9) + row(1) + row(1))) ==
          "aah no_free_license  no_free_license ");
    CHECK(world.holders("bronze") == std::vector{person(5), person(9)});
    CHECK(told(import_text(world, header + row(5) + row(9))) == "hh");
}

TEST_CASE("what is no seats file, or none at all, changes nothing") {
    World world;
    world.sell_article({line("bronze", 2)});
    const auto before = world.store->dump();
    const auto refused = import_text(world, row(1), with_key(ben(), "k"));
    CHECK(failure_of(refused) == Errc::seats_file_header);
    CHECK(refused.error().findings.at(0).pointer == "/csv/1/1");
    const auto missing = world.seats().import_seats({contoso(), {}, {}}, ben());
    CHECK(failure_of(missing) == Errc::missing_field);
    CHECK(missing.error().findings.at(0).pointer == "/csv");
    CHECK(failure_of(import_text(world, header + row(1), nora())) == Errc::other_tenant);
    CHECK(failure_of(import_text(world, header + row(1), {buyer({Role::billing_admin}), {}, {}})) ==
          Errc::role_missing);
    CHECK(failure_of(import_text(world, header + row(1), expecting(ben(), 1))) ==
          Errc::revision_differs);
    CHECK(world.store->dump() == before);
    CHECK(told(import_text(world, header, expecting(ben(), 0))).empty());
}

TEST_CASE("who may not assign is not even asked for the table") {
    World world;
    world.sell_article({line("bronze", 2)});
    Tape tape(header + row(1));
    CHECK(failure_of(import_tape(world, tape, nora())) == Errc::other_tenant);
    CHECK(tape.told.empty());
    CHECK(tape.pieces.empty());
}

TEST_CASE("policies go for imported seats as for assigned ones") {
    Policy policy = Policy::microsoft365();
    policy.overage = {Overage::Kind::percent, Decimal::parse("50").value()};
    World world({policy, Duration(1'000), false});
    world.sell_article({line("bronze", 2)});
    const auto refused = import_text(world, header + row(1));
    CHECK(failure_of(refused) == Errc::usage_location_missing);
    CHECK(refused.error().findings.at(0).pointer == "/usage_location");
    const Country de = Country::parse("DE").value();
    CHECK(told(world.seats().import_seats({contoso(), header + rows(1, 4), de}, ben())) ==
          "aaa no_free_license ");
    CHECK(world.pool("bronze").over_by == 1);
    CHECK(world.seats()
              .list_seats({contoso(), service("bronze"), {}}, ben())
              .value()
              .items.at(0)
              .usage_location == de);
    const auto to = [&](const char* location) {
        return world.seats().import_seats(
            {contoso(), header + row(1) + row(1), Country::parse(location).value()}, ben());
    };
    CHECK(told(to("FR")) == "ah");  // corrected by the first of the lines
    CHECK(told(to("FR")) == "hh");
    CHECK(failure_of(to("ZZ")) == Errc::country_syntax);
    world.clock->set(contract_over() + days(30));
    CHECK(told(world.seats().import_seats({contoso(), header + rows(3, 2), de}, ben())) ==
          "h pool_suspended ");
}

TEST_CASE("an import comes to the same in parts of any size as line by line") {
    const std::uint64_t seed = 20'261'122;
    for (std::uint64_t n = 0; n < 30; ++n) {
        CAPTURE(seed + n);
        Dice dice(seed + n);
        const std::vector lines{line("bronze", 1 + static_cast<std::int64_t>(dice.below(6))),
                                line("silver", 1 + static_cast<std::int64_t>(dice.below(6)))};
        World wide;
        World narrow;
        World single;
        for (World* world : {&wide, &narrow, &single}) {
            world->sell_article(lines);
        }
        narrow.store->limit({0, 0, 5 + dice.below(20)});
        std::string csv = header;
        std::vector<std::string> all;
        for (std::size_t left = dice.below(30); left > 0; --left) {
            constexpr std::string_view plans[] = {"bronze", "silver", "gold"};
            all.push_back(dice.below(9) == 0 ? "?\n" : row(dice.below(8), plans[dice.below(3)]));
            csv += all.back();
        }
        std::string one_by_one;
        for (const std::string& line : all) {
            one_by_one += told(import_text(single, header + line));
        }
        CHECK(told(import_text(wide, csv)) == one_by_one);
        CHECK(told(import_text(narrow, csv)) == one_by_one);
        CHECK(exported(wide) == exported(single));
        CHECK(exported(narrow) == exported(single));
        for (const char* plan : {"bronze", "silver"}) {
            CHECK(narrow.verify(pool_stream(plan)).ok);
        }
    }
}

TEST_CASE("wherever an import breaks off, the same one under its key goes on") {
    const std::string csv = header + rows(1, 4) + "?\n" + rows(1, 6, "silver") + rows(3, 8);
    const std::string all = std::string(4, 'a') + " seats_file_row_length " + std::string(6, 'a') +
                            "hh" + std::string(3, 'a') +
                            " no_free_license  no_free_license  no_free_license ";
    for (std::size_t commits = 0; commits < 4; ++commits) {
        CAPTURE(commits);
        World world;
        world.sell_article({line("bronze", 7), line("silver", 7)});
        world.store->limit({0, 0, 10});
        fail_after(world, commits);
        CHECK(failure_of(import_text(world, csv, with_key(ben(), "k"))) == Errc::store_failed);
        world.store->on_commit(nullptr);
        if (commits % 2 == 1) {
            world.store->limit({0, 0, 12});  // what is left may go in other parts
        }
        const auto resumed = import_text(world, csv, with_key(ben(), "k"));
        CHECK(told(resumed) == all);
        CHECK_FALSE(resumed.value().replayed);
        const auto content = world.store->dump();
        const auto again = import_text(world, csv, with_key(ben(), "k"));
        CHECK(again.value().replayed);
        CHECK(again.value().value.outcomes == resumed.value().value.outcomes);
        CHECK(world.store->dump() == content);
    }
}

TEST_CASE("a key that an import had is not for a table of other lines, a longer or a shorter one") {
    World world;
    world.sell_article({line("bronze", 20)});
    REQUIRE(import_text(world, header + rows(1, 5), with_key(ben(), "k")));
    const auto before = world.store->dump();
    for (const std::string& other :
         {header, header + rows(1, 4), header + rows(1, 6), header + rows(2, 5),
          header + rows(1, 4) + row(9), header + rows(1, 4) + "?\n"}) {
        CAPTURE(other);
        CHECK(failure_of(import_text(world, other, with_key(ben(), "k"))) ==
              Errc::idempotency_key_reused);
    }
    CHECK(failure_of(world.assign("bronze", people(1, 5), with_key(ben(), "k"))) ==
          Errc::idempotency_key_reused);
    CHECK(world.store->dump() == before);
    std::string with_cr = header + rows(1, 5);
    for (std::size_t at = 0; (at = with_cr.find('\n', at)) != std::string::npos; at += 2) {
        with_cr.insert(at, "\r");
    }
    CHECK(import_text(world, "\n" + with_cr, with_key(ben(), "k")).value().replayed);
}

TEST_CASE("a stream gives the table and takes the outcomes of each part when it is done") {
    World world;
    world.sell_article({line("bronze", 7)});
    world.store->limit({0, 0, 8});
    Tape tape(header + rows(1, 6) + "?\n" + rows(7, 2));
    const auto answer = import_tape(world, tape);
    REQUIRE(failure_of(answer) == done);
    CHECK(answer.value().value.count == 9);
    CHECK(answer.value().value.assigned == 7);
    CHECK(answer.value().value.failed == 2);
    CHECK_FALSE(answer.value().value.outcomes);
    using Told = std::vector<std::pair<std::uint64_t, std::uint64_t>>;
    CHECK(tape.told == Told{{0, 0}, {5, 0}, {9, 9}});
    CHECK(tape.pieces.size() == 2);
    const std::string taken = tape.taken();
    CHECK(taken.starts_with(outcome_header + "2," + person(1).str() + "," +
                            service("bronze").str() + ",assigned,\n"));
    CHECK(taken.ends_with("8,,,failed,seats_file_row_length\n9," + person(7).str() + "," +
                          service("bronze").str() + ",assigned,\n10," + person(8).str() + "," +
                          service("bronze").str() + ",failed,no_free_license\n"));
}

TEST_CASE("a table that is given goes before the stream's") {
    World world;
    world.sell_article({line("bronze", 7)});
    Tape tape("this is not asked for");
    const auto answer = world.seats().import_seats({contoso(), header + row(1), {}}, ben(), tape);
    REQUIRE(failure_of(answer) == done);
    CHECK(tape.taken().starts_with(outcome_header + "2,"));
}

TEST_CASE("an import that is stopped says how much is done, which stays done") {
    for (const bool at_push : {false, true}) {
        CAPTURE(at_push);
        World world;
        world.sell_article({line("bronze", 20)});
        world.store->limit({0, 0, 8});
        Tape tape(header + rows(1, 12));
        (at_push ? tape.pieces_max : tape.stops_at) = at_push ? 1 : 10;
        const auto stopped = import_tape(world, tape, with_key(ben(), "k"));
        CHECK(failure_of(stopped) == Errc::cancelled);
        CHECK(stopped.error().detail == "10 lines are done");
        CHECK(world.holders("bronze") == people(1, 10));
        Tape again(header + rows(1, 12));
        CHECK(import_tape(world, again, with_key(ben(), "k")).value().value.assigned == 12);
        CHECK(world.holders("bronze") == people(1, 12));
    }
}

TEST_CASE("what is exported and imported elsewhere is exported there as it was") {
    const std::uint64_t seed = 20'261'123;
    for (std::uint64_t n = 0; n < 20; ++n) {
        CAPTURE(seed + n);
        Dice dice(seed + n);
        const std::vector lines{line("bronze", 50), line("silver", 50), line("gold", 50)};
        World from;
        World to;
        from.sell_article(lines);
        to.sell_article(lines);
        for (const char* plan : {"bronze", "silver", "gold"}) {
            for (std::size_t left = dice.below(20); left > 0; --left) {
                const std::size_t drawn = dice.below(30);
                REQUIRE(from.assign(
                    plan, {dice.below(4) == 0 ? user("p." + std::to_string(drawn) + "@contoso.com")
                                              : person(drawn)}));
            }
        }
        REQUIRE(from.assign_group({"bronze"}, people(25, 9)));
        const std::string table = exported(from);
        to.store->limit({0, 0, 4 + dice.below(40)});
        REQUIRE(failure_of(import_text(to, table)) == done);
        CHECK(exported(to) == table);
        Tape tape(table);
        CHECK(import_tape(to, tape).value().value.assigned == 0);
    }
}

TEST_CASE("a table of many lines goes in parts of ten thousand") {
    World world;
    world.sell_article({line("bronze", 30'000)});
    Tape tape(header + rows(1, 20'001));
    std::size_t commits = 0;
    world.store->on_commit([&](Store& inner, const Batch& batch) {
        ++commits;
        return inner.commit(batch);
    });
    CHECK(import_tape(world, tape).value().value.assigned == 20'001);
    CHECK(commits == 3);
    CHECK(world.pool("bronze").consumed == 20'001);
}
