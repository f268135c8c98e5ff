#pragma once

/// \file
/// What goes to etcd's JSON gateway and what comes back, as text.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <licet/store/store.hpp>

namespace licet::etcd {

/// A moment of etcd's history; where one is asked for, 0 is now.
using Revision = std::uint64_t;

/// The part of an etcd that is one store's.
class Keys {
public:
    explicit Keys(std::string prefix) : prefix_(std::move(prefix)) {}

    std::string to_wire(std::string_view key) const;
    /// The end of a range; of "", the end of all keys of this store.
    std::string end_to_wire(std::string_view key) const;
    /// Fails with `store_reply` where the key is not one of this store.
    result<std::string> from_wire(std::string_view wire) const;

private:
    std::string prefix_;
};

std::string read_request(const Keys& keys, std::span<const std::string> wanted, Revision at);
std::string scan_request(const Keys& keys, std::string_view from, std::string_view to,
                         std::size_t limit);
/// What is answered where an expectation does not hold: the stamps of all of them.
std::string commit_request(const Keys& keys, const Batch& batch);
std::string login_request(std::string_view user, std::string_view password);

struct TxnAnswer {
    Revision at = 0;
    bool succeeded = false;
    std::vector<std::vector<Record>> ranges;  ///< What each range that was asked for holds.
};

// Each fails with `store_reply` where the text is no such answer.
result<TxnAnswer> txn_answer(const Keys& keys, std::string_view text);
result<std::vector<Record>> scan_answer(const Keys& keys, std::string_view text);
result<std::string> login_answer(std::string_view text);

}  // namespace licet::etcd
