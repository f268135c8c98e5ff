#pragma once

/// \file
/// What someone would write in SQLite who needs no more than seats that cannot be oversold, or,
/// besides, a record of who gave and took them.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>

#include <licet/ids.hpp>

namespace bench {

/// What an event says: who did what to whom, and when.
std::string what_happened(std::string_view operation, std::span<const licet::UserId> users);

/// `events`: also a row for each call, which has what happened and a hash over it and the row
/// before, as licet's events have.
enum class Keeps { seats, events };

/// Ends the program where SQLite fails or a seat is not there to be given. One thread at a time.
class ByHand {
public:
    /// A pool of 1,000,000 licences in that file, or in ":memory:".
    explicit ByHand(const std::string& path, Keeps keeps = Keeps::seats);
    ~ByHand();
    ByHand(const ByHand&) = delete;
    ByHand& operator=(const ByHand&) = delete;

    /// In one transaction.
    void assign(const std::vector<licet::UserId>& users);
    void unassign(const std::vector<licet::UserId>& users);

    /// Parts of a transaction that several share.
    void begin();
    void assign_one(const licet::UserId& user);
    void commit();

private:
    void execute(const char* sql);
    sqlite3_stmt* prepare(const char* sql);
    void count(std::int64_t more);
    void note(std::string_view operation, std::span<const licet::UserId> users);

    Keeps keeps_;
    std::int64_t number_ = 0;
    std::string head_;
    sqlite3* database_ = nullptr;
    sqlite3_stmt* begin_ = nullptr;
    sqlite3_stmt* count_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
    sqlite3_stmt* remove_ = nullptr;
    sqlite3_stmt* note_ = nullptr;
    sqlite3_stmt* head_of_pool_ = nullptr;
    sqlite3_stmt* commit_ = nullptr;
};

/// Bytes of a file with nothing else in it than these rows, (pool, user, since) with the ids as
/// text.
std::int64_t size_by_hand(const std::string& path, const std::string& pool,
                          const std::vector<licet::UserId>& users);

/// Bytes of licet's file once its events are taken out.
std::int64_t size_without_events(const std::string& path);

}  // namespace bench
