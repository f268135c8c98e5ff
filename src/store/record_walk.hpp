#pragma once

/// \file
/// The whole of a store, record by record, with no more than a page of it in memory.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <licet/store/store.hpp>

namespace licet {

/// In the order of their keys. Each page is a view of its own: what changes meanwhile may be seen
/// or not. A page is about 1 MiB of records, or one.
class RecordWalk {
public:
    explicit RecordWalk(Store& store) noexcept : store_(store) {}

    /// The record at hand, until `advance`; null at the end.
    result<const Record*> record();
    void advance() noexcept { ++at_; }

private:
    Store& store_;
    std::vector<Record> page_;
    std::size_t at_ = 0;
    std::size_t page_size_ = 64;
    std::optional<std::string> next_ = "";
};

/// The SHA-256, in hexadecimal, of the hash before (of the first record: nothing), the key, a NUL
/// and the text.
std::string chained_hash(std::string_view previous, std::string_view key, std::string_view text);

/// How many records there were, and the hash of the last of them. Two that are equal are of equal
/// records.
class RecordChain {
public:
    void add(std::string_view key, std::string_view text);

    std::uint64_t count() const noexcept { return count_; }
    const std::string& hash() const noexcept { return hash_; }

    friend bool operator==(const RecordChain&, const RecordChain&) = default;

private:
    std::uint64_t count_ = 0;
    std::string hash_;
};

/// What a walk through a whole store has seen. No stamp is ever used twice for a key: where the
/// stamps of two walks are equal, the store was as both have seen it between the first one's end
/// and the second one's beginning.
struct Collected {
    RecordChain content;
    RecordChain stamps;
};

/// `visit` is given each record with the chain that ends in it, and may stop the walk.
result<Collected> collect(
    Store& store,
    const std::function<result<void>(const Record& record, const RecordChain& content)>& visit);

}  // namespace licet
