#pragma once

/// \file
/// A whole book as text, and back: for a move that no network spans, for a backup, for a diff.
///
/// The text is lines of JSON, the records in the order of their keys:
///
///     {"licet":"store","format":1}
///     {"key":"meta/format","value":"{\"format\":1}","hash":"…"}
///     …
///     {"count":1,"hash":"…"}
///
/// `hash` is the SHA-256, in lowercase hexadecimal, of the hash of the line before (of the first
/// record: nothing), the key, a NUL and the value; the last line repeats it. So a line that was
/// changed, lost or moved shows, and where.

#include <cstdint>
#include <optional>
#include <string>

#include <licet/access.hpp>

namespace licet {

/// A line that has arrived.
struct StoreTextPlace {
    std::string key;
    std::string hash;
};

/// The whole store, as it was at one moment: `source_changed` where it was written to meanwhile,
/// and then the last line is missing.
struct ExportStore {
    static constexpr std::string_view name = "store.export";
    static constexpr Action action = Action::host;
    /// Only what comes after this line, to go on with a text that was cut: the last whole line of
    /// it. Fails with `store_text_line` where the store is not as it was up to there.
    std::optional<StoreTextPlace> after;
};
struct ExportedStore {
    std::uint64_t count = 0;  ///< Records in the store.
    std::string hash;
    std::optional<std::string> lines;  ///< Absent where they went to a stream.
};

/// Fills an empty store. Until it is done the store bears a mark, and an engine opens it only with
/// `allow_unfinished`; the same text once more goes on where an import was cut. Nobody else may
/// use the store meanwhile. What holds something else is refused (`store_not_empty`), as is text of
/// a newer layout. Damage is told by findings at `/lines/<number of the line>`, up to 100; nothing
/// from the first damaged line on is written. [D]
struct ImportStore {
    static constexpr std::string_view name = "store.import";
    static constexpr Action action = Action::host;
    std::optional<std::string> lines;  ///< Absent where they come from a stream.
};
struct ImportedStore {
    std::uint64_t count = 0;
    std::string hash;
    std::uint64_t written = 0;  ///< Records that were not there already.
};

}  // namespace licet
