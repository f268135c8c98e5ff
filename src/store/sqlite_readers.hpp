#pragma once

/// \file
/// The connections of a store that read: opened when they are first needed, a few at most.

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <licet/store/store.hpp>

#include "store/sqlite_connection.hpp"

namespace licet::sqlite {

/// The statements that read, on a connection of their own or on another's. One thread at a time.
class Reader {
public:
    static result<std::unique_ptr<Reader>> open(const std::string& path,
                                                std::chrono::milliseconds timeout);
    /// The connection must outlive it, and is used by the same one thread.
    static result<std::unique_ptr<Reader>> on(const Connection& connection);

    result<std::vector<std::optional<Value>>> read(const std::vector<std::string>& keys);
    result<ScanPage> scan(std::string_view from, std::string_view to, std::size_t limit);

private:
    struct Statements {
        Statement view;
        Statement get;
        Statement range;
    };
    explicit Reader(Statements statements) noexcept;

    std::optional<Connection> own_connection_;  // outlives the statements on it
    Statements statements_;
};

/// Lends readers out; whoever comes when all are lent waits for one.
class Readers {
public:
    Readers(std::string path, std::chrono::milliseconds timeout);

    Readers(const Readers&) = delete;
    Readers& operator=(const Readers&) = delete;

    struct GiveBack {
        Readers* owner = nullptr;
        void operator()(Reader* reader) const noexcept { owner->give_back(reader); }
    };
    using Loan = std::unique_ptr<Reader, GiveBack>;

    result<Loan> borrow();

private:
    void give_back(Reader* reader) noexcept;

    std::string path_;
    std::chrono::milliseconds timeout_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Reader>> idle_;
    std::size_t lent_ = 0;
};

}  // namespace licet::sqlite
