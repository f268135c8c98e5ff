#pragma once

/// \file
/// What someone would write in SQLite who needs no more than seats that cannot be oversold.

#include <cstdint>
#include <string>
#include <vector>

#include <sqlite3.h>

#include <licet/ids.hpp>

namespace bench {

/// Ends the program where SQLite fails or a seat is not there to be given. One thread at a time.
class ByHand {
public:
    /// A pool of 1,000,000 licences in that file, or in ":memory:".
    explicit ByHand(const std::string& path);
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

    sqlite3* database_ = nullptr;
    sqlite3_stmt* begin_ = nullptr;
    sqlite3_stmt* count_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
    sqlite3_stmt* remove_ = nullptr;
    sqlite3_stmt* commit_ = nullptr;
};

/// Bytes of a file with nothing else in it than these rows, (pool, user, since) with the ids as
/// text.
std::int64_t size_by_hand(const std::string& path, const std::string& pool,
                          const std::vector<licet::UserId>& users);

/// Bytes of licet's file once its events are taken out.
std::int64_t size_without_events(const std::string& path);

}  // namespace bench
