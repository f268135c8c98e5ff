#pragma once

/// \file
/// The receiving side of a copy.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include <licet/store/store.hpp>

#include "store/record_walk.hpp"

namespace licet {

/// A store that has a record here is a copy that was begun and not finished.
inline constexpr std::string_view unfinished_key = "meta/unfinished";

/// Makes a store hold the records that it is given, in the order of their keys, and no other.
///
/// A store that is empty but for records under `meta/` is marked as unfinished and written; so is
/// one that bears the mark, where what is equal already stays and what is not is replaced. Any
/// other store is only compared: the first difference is `store_not_empty`.
///
/// The mark belongs to the mirror that began last, and every write relies on it: an earlier one
/// that still runs fails with `store_conflict`, also where the later one has finished. So a store
/// must take two writes at once.
class Mirror {
public:
    static result<Mirror> begin(Store& store);

    /// Before any record: takes the mark away again where `begin` put it. A store that bore one
    /// before keeps it.
    result<void> withdraw();

    /// Fails with `store_not_empty`, the key as detail; with `batch_too_large` where the store's
    /// limits do not let it hold the record; with `store_conflict` where somebody else writes or
    /// has begun anew.
    result<void> add(const Record& given);

    /// After the last record: reads back what is there and takes the mark away. Fails with
    /// `copy_differs`, and the mark stays. `verified` is told how many have been read.
    result<void> finish(const RecordChain& given,
                        const std::function<result<void>(std::uint64_t count)>& verified);

    /// Records written or deleted.
    std::uint64_t written() const noexcept { return written_; }

private:
    Mirror(Store& store, Stamp mark, bool is_new);

    result<void> put(const Record& given, Stamp stamp);
    result<void> write(const std::string& key, Stamp stamp, const std::string* text);
    result<void> remove_the_rest();
    result<void> flush();
    result<void> remove_mark();

    Store& store_;
    Limits limits_;
    std::size_t writes_max_;
    Stamp mark_;  // 0: it is only compared
    bool is_new_;
    RecordWalk walk_;
    Batch batch_;
    std::size_t batch_bytes_ = 0;
    std::uint64_t written_ = 0;
};

/// `batch_too_large` where the store cannot hold such a record.
result<void> check_fits(const Record& record, const Limits& limits);

}  // namespace licet
