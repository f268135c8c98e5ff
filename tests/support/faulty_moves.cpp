#include "support/faulty_moves.hpp"

#include <algorithm>
#include <string>

#include <licet/engine/engine.hpp>
#include <licet/store/sqlite.hpp>

#include "process/fabrikam.hpp"
#include "store/mirror.hpp"
#include "support/faulty_calls.hpp"
#include "support/temporary_folder.hpp"
#include "unit/operations/world.hpp"

namespace licet::test {
namespace {

/// An engine that is not closed to a store that was cut.
std::unique_ptr<Engine> open_anyway(std::unique_ptr<Store> store) {
    EngineOptions options;
    options.allow_unfinished = true;
    return Engine::open(std::move(store), std::move(options)).value();
}

std::string text_of(std::unique_ptr<Store> store) {
    auto told = test::open_engine(std::move(store))->archive().export_store({});
    REQUIRE_MESSAGE(told, told.error().message());
    return *std::move(told.value().lines);
}

/// The text of a file with so many seats in it.
std::string book_of(std::size_t seats) {
    const TemporaryFolder folder;
    const auto file = [&] { return SqliteStore::open(folder.file("book.db")).value(); };
    sell_bronze(file(), static_cast<std::int64_t>(seats));
    std::vector<UserId> users;
    for (std::size_t i = 0; i < seats; ++i) {
        users.push_back(UserId::parse("user-" + std::to_string(i)).value());
    }
    REQUIRE(test::open_engine(file())->seats().assign({contoso(), bronze(), users, {}, {}},
                                                      customer()));
    return text_of(file());
}

std::size_t moved(Store& store) {
    const auto records = all_of(store);
    return records.size() - static_cast<std::size_t>(std::ranges::count(
                                records, std::string(unfinished_key), &Record::key));
}

class Text final : public Stream {
public:
    result<void> push(std::string_view piece) override {
        whole += piece;
        return boost::outcome_v2::success();
    }

    std::string whole;
};

std::optional<StoreTextPlace> last_place(std::string& text) {
    text.resize(text.rfind('\n') + 1);
    const std::string line = text.substr(text.rfind('\n', text.size() - 2) + 1);
    return StoreTextPlace{::world::value_at(line, "/key"), ::world::value_at(line, "/hash")};
}

/// Goes on behind the last line that came, until all has. True where there was one.
bool export_the_rest(Engine& from, Text& given) {
    bool goes_on = false;
    result<ExportedStore> told = Error{Errc::store_failed, {}, {}};
    for (int tries = 0; !told && tries < 100; ++tries) {
        ExportStore rest;
        if (!given.whole.empty()) {
            rest.after = last_place(given.whole);
            goes_on = true;
        }
        told = from.archive().export_store(rest, given);
        CHECK((told || told.error().code == Errc::store_failed));
    }
    CHECK(told);
    return goes_on;
}

/// Imports what an import that was cut has left out. True where it had begun and not ended.
bool import_the_rest(Engine& to, Store& witness, const std::string& text) {
    const std::size_t there = moved(witness);
    const auto told = to.archive().import_store({text});
    REQUIRE_MESSAGE(told, told.error().message());
    CHECK(told.value().written == told.value().count - there);
    return there > 1 && told.value().written > 0;
}

}  // namespace

void check_imports(std::size_t seats, const Site& site) {
    const std::string text = book_of(seats);
    Behind behind(site);
    std::string back;
    bool goes_on = false;
    bool struck = true;
    for (int after = 0; struck; ++after) {
        CAPTURE(after);
        fill(behind.witness(), {});
        const auto to = open_anyway(behind.open(patient));
        result<ImportedStore> told = ImportedStore();
        struck = behind.befalls(Fault::cut_before_answer, after,
                                [&] { told = to->archive().import_store({text}); });
        if (!told) {
            CHECK(told.error().code == Condition::storage);
            goes_on = import_the_rest(*to, behind.witness(), text) || goes_on;
        }
        back = text_of(behind.open_witness());
        CHECK(back == text);
    }
    CHECK(goes_on);

    const TemporaryFolder folder;
    const auto file = [&] { return SqliteStore::open(folder.file("back.db")).value(); };
    REQUIRE(open_anyway(file())->archive().import_store({back}));
    CHECK(text_of(file()) == text);
}

void check_exports(std::size_t seats, const Site& site) {
    const std::string text = book_of(seats);
    Behind behind(site);
    REQUIRE(open_anyway(behind.open_witness())->archive().import_store({text}));
    const auto from = open_anyway(behind.open(impatient));
    bool goes_on = false;
    bool ends = false;
    for (int after = 0; !ends; ++after) {
        CAPTURE(after);
        Text given;
        result<ExportedStore> told = ExportedStore();
        const bool struck = behind.befalls(Fault::silence, after,
                                           [&] { told = from->archive().export_store({}, given); });
        behind.proxy.cut_all();
        CHECK((told || told.error().code == Errc::store_failed));
        if (!told) {
            goes_on = export_the_rest(*from, given) || goes_on;
        }
        CHECK(given.whole == text);
        ends = !struck && told;  // who fails though nothing struck was too impatient
    }
    CHECK(goes_on);
}

}  // namespace licet::test
