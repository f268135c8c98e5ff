// The views, asked as a person would ask them: with the sqlite3 program.

#include <licet/store/sqlite.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <iterator>
#include <memory>
#include <string>

#include "support/temporary_folder.hpp"
#include "support/view_cases.hpp"

using namespace licet;
using namespace licet::test;

namespace {

/// Rows as lines, columns joined by '|', NULL as nothing.
std::string ask(const std::string& path, const std::string& sql) {
    const std::string command = "sqlite3 -batch '" + path + "' \"" + sql + "\" 2>&1";
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe);
    std::string answer;
    std::array<char, 4096> piece{};
    while (const std::size_t size = fread(piece.data(), 1, piece.size(), pipe)) {
        answer.append(piece.data(), size);
    }
    CHECK(pclose(pipe) == 0);
    return answer;
}

/// A store in a file, with these records and those of no view.
class Records {
public:
    explicit Records(std::vector<Write> writes) : path_(folder_.file("licet.db")) {
        std::ranges::move(records_of_no_view(), std::back_inserter(writes));
        auto store = SqliteStore::open(path_);
        REQUIRE(store);
        store_ = std::move(store).value();
        REQUIRE(store_->commit({{}, std::move(writes)}));
    }

    std::string ask(const std::string& sql) const { return ::ask(path_, sql); }

private:
    TemporaryFolder folder_;
    std::string path_;
    std::unique_ptr<SqliteStore> store_;
};

}  // namespace

TEST_CASE("every view of an SQLite file shows the records as they are") {
    for (const ViewCase& one : view_cases()) {
        CAPTURE(one.name);
        const Records records(one.records);
        CHECK(sorted_lines(records.ask("SELECT * FROM " + std::string(one.view))) == one.rows);
    }
}

TEST_CASE("every view of a store without such records is empty, whatever else is in it") {
    const Records records({});
    for (const char* view : all_views) {
        CAPTURE(view);
        CHECK(records.ask("SELECT * FROM " + std::string(view)).empty());
    }
}

TEST_CASE("no view walks through records of another kind") {
    const Records records({});
    for (const char* view : all_views) {
        CAPTURE(view);
        const std::string plan =
            records.ask("EXPLAIN QUERY PLAN SELECT * FROM " + std::string(view));
        CHECK(plan.find("SEARCH") != std::string::npos);
        CHECK(plan.find("SCAN licet") == std::string::npos);
        CHECK(plan.find("SCAN seat") == std::string::npos);
    }
}
