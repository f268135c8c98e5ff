#pragma once

#include <string>

#include <sqlite3.h>

#include <doctest/doctest.h>

/// A file as another program would open it.
class RawSqlite {
public:
    explicit RawSqlite(const std::string& path) {
        REQUIRE(sqlite3_open(path.c_str(), &db_) == SQLITE_OK);
    }
    ~RawSqlite() { sqlite3_close(db_); }

    RawSqlite(const RawSqlite&) = delete;
    RawSqlite& operator=(const RawSqlite&) = delete;

    void run(const std::string& sql) const {
        const int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
        REQUIRE_MESSAGE(code == SQLITE_OK, sql, ": ", sqlite3_errmsg(db_));
    }

    /// The first column of the first row.
    std::string ask(const std::string& sql) const {
        std::string answer;
        const auto keep = [](void* to, int, char** columns, char**) {
            *static_cast<std::string*>(to) = columns[0] ? columns[0] : "";
            return 1;
        };
        sqlite3_exec(db_, sql.c_str(), keep, &answer, nullptr);
        return answer;
    }

private:
    sqlite3* db_ = nullptr;
};
