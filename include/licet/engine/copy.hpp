#pragma once

/// \file
/// A whole book from one store into another, of whatever kind the two are.
///
///     auto from = licet::SqliteStore::open("fabrikam.db");
///     licet::MemoryStore to;
///     auto copied = licet::copy_store(*from.value(), to);

#include <cstdint>
#include <functional>
#include <string>

#include <licet/store/store.hpp>

namespace licet {

/// What is done one after the other: `from` is counted, its records are written, and what was
/// written is read back.
enum class CopyPhase { counting, copying, verifying };

/// Told now and then how many records a phase is through with, of how many (0: not known yet), and
/// at its end. Stops the copy by failing.
using CopyProgress =
    std::function<result<void>(CopyPhase phase, std::uint64_t done, std::uint64_t total)>;

struct Copied {
    std::uint64_t count = 0;    ///< Records in `from`, and now in `to`.
    std::uint64_t written = 0;  ///< Of these, what was not there already; and what was taken away.
    std::string hash;           ///< The chained hash of them all, see store.export.
};

/// Makes `to` hold the records of `from`, key by key and byte for byte, and nothing else. Stamps
/// are each store's own. No more than a page of either is ever in memory. Nobody else may write to
/// `to` meanwhile.
///
/// `to` must be empty. Until the copy is finished it bears a mark, and no engine opens it
/// (`store_unfinished`). A copy that was cut is begun again in the same way: what is there already
/// is compared and not written again, what differs is replaced, and an earlier one that still runs
/// fails with `store_conflict` before it writes any more. A store without the mark that is
/// not empty is never written: the copy has nothing to do where it holds the same, and fails with
/// `store_not_empty` otherwise.
///
/// What is copied is `from` as it was at one moment; with `source_changed` it fails where it was
/// written to before such a moment could be had: the copy that is begun again brings the
/// differences. Before anything is written, with `store_format_newer` where either has
/// a newer layout, `store_unfinished` where `from` bears the mark, and `batch_too_large` where a
/// record is beyond the limits of `to`. With `copy_differs` where what can be read from `to` in
/// the end is not what was written.
result<Copied> copy_store(Store& from, Store& to, const CopyProgress& progress = {});

}  // namespace licet
