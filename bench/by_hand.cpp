#include "by_hand.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "sha256.hpp"

namespace bench {
namespace {

void check(bool fine) {
    if (!fine) {
        std::abort();
    }
}

void execute(sqlite3* database, const char* sql) {
    check(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
}

void step(sqlite3_stmt* statement) {
    check(sqlite3_step(statement) == SQLITE_DONE);
    sqlite3_reset(statement);
}

void bind_text(sqlite3_stmt* statement, int index, std::string_view text) {
    sqlite3_bind_text(statement, index, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

std::int64_t vacuumed_size(sqlite3* database, const std::string& path) {
    execute(database, "VACUUM");
    check(sqlite3_close(database) == SQLITE_OK);
    return static_cast<std::int64_t>(std::filesystem::file_size(path));
}

}  // namespace

std::string what_happened(std::string_view operation, std::span<const licet::UserId> users) {
    static std::uint64_t command = 0;
    std::string text =
        R"({"stream":"pool/6f9619ff-8b86-d011-b42d-00c04fc964ff/fabrikam.f365.bronze","at":)";
    text += std::to_string(std::chrono::system_clock::now().time_since_epoch().count());
    text += R"(,"command":)";
    text += std::to_string(++command);
    text += R"(,"operation":")";
    text += operation;
    text += R"(","by":{"id":"liv","tenant":"6f9619ff-8b86-d011-b42d-00c04fc964ff",)";
    text += R"("roles":["global_admin"]},"users":[)";
    for (const licet::UserId& user : users) {
        text += text.back() == '[' ? "\"" : ",\"";
        text += user.str();
        text += '"';
    }
    text += "]}";
    return text;
}

ByHand::ByHand(const std::string& path, Keeps keeps) : keeps_(keeps) {
    check(sqlite3_open(path.c_str(), &database_) == SQLITE_OK);
    execute("PRAGMA journal_mode=WAL");
    execute("PRAGMA synchronous=FULL");
    execute(
        "CREATE TABLE pool(id INTEGER PRIMARY KEY, enabled INTEGER, consumed INTEGER, head TEXT)");
    execute(
        "CREATE TABLE seat(pool INTEGER, user TEXT, since INTEGER,"
        " PRIMARY KEY(pool, user)) WITHOUT ROWID");
    execute(
        "CREATE TABLE event(pool INTEGER, number INTEGER, said TEXT, hash TEXT,"
        " PRIMARY KEY(pool, number)) WITHOUT ROWID");
    execute("INSERT INTO pool VALUES(1, 1000000, 0, '')");
    begin_ = prepare("BEGIN IMMEDIATE");
    count_ = prepare(
        "UPDATE pool SET consumed = consumed + ?1 WHERE id = 1 AND consumed + ?1 <= enabled");
    insert_ = prepare("INSERT INTO seat VALUES(1, ?1, 1767225600000)");
    remove_ = prepare("DELETE FROM seat WHERE pool = 1 AND user = ?1");
    note_ = prepare("INSERT INTO event VALUES(1, ?1, ?2, ?3)");
    head_of_pool_ = prepare("UPDATE pool SET head = ?1 WHERE id = 1");
    commit_ = prepare("COMMIT");
}

ByHand::~ByHand() {
    for (sqlite3_stmt* statement :
         {begin_, count_, insert_, remove_, note_, head_of_pool_, commit_}) {
        sqlite3_finalize(statement);
    }
    sqlite3_close(database_);
}

void ByHand::assign(const std::vector<licet::UserId>& users) {
    begin();
    count(static_cast<std::int64_t>(users.size()));
    for (const licet::UserId& user : users) {
        bind_text(insert_, 1, user.str());
        step(insert_);
    }
    note("seats.assign", users);
    commit();
}

void ByHand::unassign(const std::vector<licet::UserId>& users) {
    begin();
    count(-static_cast<std::int64_t>(users.size()));
    for (const licet::UserId& user : users) {
        bind_text(remove_, 1, user.str());
        step(remove_);
    }
    note("seats.unassign", users);
    commit();
}

void ByHand::begin() { step(begin_); }

void ByHand::assign_one(const licet::UserId& user) {
    count(1);
    bind_text(insert_, 1, user.str());
    step(insert_);
    note("seats.assign", {&user, 1});
}

void ByHand::commit() { step(commit_); }

void ByHand::count(std::int64_t more) {
    sqlite3_bind_int64(count_, 1, more);
    step(count_);
    check(sqlite3_changes(database_) == 1);
}

void ByHand::note(std::string_view operation, std::span<const licet::UserId> users) {
    if (keeps_ == Keeps::seats) {
        return;
    }
    const std::string said = what_happened(operation, users);
    head_ = licet::sha256_hex(head_ + said);
    sqlite3_bind_int64(note_, 1, ++number_);
    bind_text(note_, 2, said);
    bind_text(note_, 3, head_);
    step(note_);
    bind_text(head_of_pool_, 1, head_);
    step(head_of_pool_);
}

void ByHand::execute(const char* sql) { bench::execute(database_, sql); }

sqlite3_stmt* ByHand::prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr) == SQLITE_OK);
    return statement;
}

std::int64_t size_by_hand(const std::string& path, const std::string& pool,
                          const std::vector<licet::UserId>& users) {
    sqlite3* database = nullptr;
    check(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    execute(database,
            "CREATE TABLE seat(pool TEXT, user TEXT, since INTEGER,"
            " PRIMARY KEY(pool, user)) WITHOUT ROWID; BEGIN");
    sqlite3_stmt* insert = nullptr;
    check(sqlite3_prepare_v2(database, "INSERT INTO seat VALUES(?1, ?2, 1767225600000)", -1,
                             &insert, nullptr) == SQLITE_OK);
    bind_text(insert, 1, pool);
    for (const licet::UserId& user : users) {
        bind_text(insert, 2, user.str());
        step(insert);
    }
    sqlite3_finalize(insert);
    execute(database, "COMMIT");
    return vacuumed_size(database, path);
}

std::int64_t size_without_events(const std::string& path) {
    sqlite3* database = nullptr;
    check(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    execute(database, "DELETE FROM licet WHERE key >= 'event/' AND key < 'event0'");
    return vacuumed_size(database, path);
}

}  // namespace bench
