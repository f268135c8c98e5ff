#pragma once

/// \file
/// The seam between licet and a database: three verbs over an ordered map from keys to values.
///
/// A key is 1 to 400 bytes of printable ASCII (0x21 to 0x7e). A value is UTF-8 without NUL. Each
/// record has a stamp: a number greater than 0 that grows with every write of that key and is
/// never used for it again, also after a delete. Stamps are the store's own and mean nothing
/// outside it.
///
/// A store is called from several threads at once and synchronizes itself. It keeps nothing
/// open between calls and never calls back.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <licet/error.hpp>

namespace licet {

using Stamp = std::uint64_t;

inline constexpr std::size_t key_size_max = 400;

/// What a store holds under a key.
struct Value {
    std::string text;
    Stamp stamp = 0;
};

struct Record {
    std::string key;
    std::string text;
    Stamp stamp = 0;
};

struct ScanPage {
    std::vector<Record> records;      ///< In byte order of their keys.
    std::optional<std::string> next;  ///< Where to go on; absent at the end.
};

/// What a batch relies on: the stamp of a key, 0 where it must be absent.
struct Expectation {
    std::string key;
    Stamp stamp = 0;
};

/// A value, or (no text) the end of one. Deleting what is absent is no error.
struct Write {
    std::string key;
    std::optional<std::string> text;
};

/// All of it happens or nothing. No key is written twice.
struct Batch {
    std::vector<Expectation> expectations;
    std::vector<Write> writes;
};

/// What a store can take; 0: no limit of its own.
struct Limits {
    std::size_t key_bytes = key_size_max;
    std::size_t value_bytes = 0;
    std::size_t writes_per_batch = 0;  ///< Expectations count as writes unless on a written key.
};

class Store {
public:
    virtual ~Store() = default;

    /// For each key, in the order given, what is there or nothing; all in one consistent view.
    virtual result<std::vector<std::optional<Value>>> read(
        const std::vector<std::string>& keys) = 0;

    /// At most `limit` (at least 1) records with `from <= key < to`; an empty `to` is the end of
    /// all keys. One call is one consistent view, two calls are two.
    virtual result<ScanPage> scan(std::string_view from, std::string_view to,
                                  std::size_t limit) = 0;

    /// The stamp that everything was written under, once it is durable. Fails with
    /// `store_conflict`, the first key that differs (in the order of the expectations) as
    /// detail, and nothing written; with `outcome_unknown` where it may or may not have happened;
    /// with another code where it has not.
    virtual result<Stamp> commit(const Batch& batch) = 0;

    virtual Limits limits() const noexcept { return {}; }

    Store() = default;
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
};

/// `store_key` or `store_value` where a batch holds what no store takes (see above), or a key
/// is written twice. Every store calls this first.
result<void> check_batch(const Batch& batch);

/// The end of the range of keys that begin with `prefix`.
std::string prefix_end(std::string_view prefix);

}  // namespace licet
