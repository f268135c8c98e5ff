#include <licet/engine/archive.hpp>

#include <algorithm>
#include <utility>

#include <boost/outcome/try.hpp>

#include "engine/core.hpp"
#include "engine/keys.hpp"
#include "engine/layout.hpp"
#include "engine/store_text.hpp"
#include "store/mirror.hpp"

namespace licet {
namespace {

constexpr std::size_t piece_size = std::size_t{1} << 16U;
constexpr std::uint64_t told_every = 1000;

result<void> tell(Stream& stream, std::uint64_t done, std::uint64_t total) {
    return done % told_every == 0 || done == total ? stream.progress(done, total)
                                                   : boost::outcome_v2::success();
}

/// A text in memory at either end.
class TextStream final : public Stream {
public:
    TextStream() = default;
    explicit TextStream(std::string_view input) : unread_(input) {}

    result<std::size_t> pull(std::span<char> buffer) override {
        const std::size_t size = unread_.copy(buffer.data(), buffer.size());
        unread_.remove_prefix(size);
        return size;
    }
    result<void> push(std::string_view piece) override {
        output_ += piece;
        return boost::outcome_v2::success();
    }
    result<void> progress(std::uint64_t /*done*/, std::uint64_t /*total*/) override {
        return boost::outcome_v2::success();
    }
    std::string take() && { return std::move(output_); }

private:
    std::string_view unread_;
    std::string output_;
};

/// Gives lines to a stream, many at a time.
class Pieces {
public:
    explicit Pieces(Stream& stream) : stream_(stream) {}

    result<void> add(std::string_view line) {
        piece_ += line;
        return piece_.size() < piece_size ? boost::outcome_v2::success() : flush();
    }
    result<void> flush() {
        const std::string piece = std::exchange(piece_, {});
        return piece.empty() ? boost::outcome_v2::success() : stream_.push(piece);
    }

private:
    Stream& stream_;
    std::string piece_;
};

}  // namespace

result<ExportedStore> Archive::export_store(const ExportStore& query, Stream& stream) {
    Store& store = core_.store();
    const auto is_after = [&](const Record& record, const RecordChain& seen) {
        return query.after && record.key == query.after->key && seen.hash() == query.after->hash;
    };
    bool is_known = !query.after;
    BOOST_OUTCOME_TRY(const Collected before,
                      collect(store, [&](const Record& record, const RecordChain& seen) {
                          is_known = is_known || is_after(record, seen);
                          return tell(stream, seen.count(), 0);
                      }));
    if (!is_known) {
        Findings findings;
        findings.error(Errc::store_text_line, Path() / "after", "this store has no such line");
        return error_of(findings);
    }
    const std::uint64_t total = before.content.count();
    Pieces pieces(stream);
    bool is_wanted = !query.after;
    if (is_wanted) {
        BOOST_OUTCOME_TRYV(pieces.add(store_text::first_line()));
    }
    const auto give = [&](const Record& record, const RecordChain& seen) -> result<void> {
        if (is_wanted) {
            BOOST_OUTCOME_TRYV(pieces.add(store_text::line(record, seen.hash())));
        }
        is_wanted = is_wanted || is_after(record, seen);
        return tell(stream, seen.count(), total);
    };
    BOOST_OUTCOME_TRY(const Collected after, collect(store, give));
    if (before.stamps != after.stamps) {
        return Error{Errc::source_changed, {}, {}};
    }
    BOOST_OUTCOME_TRYV(pieces.add(store_text::last_line(after.content)));
    BOOST_OUTCOME_TRYV(pieces.flush());
    return ExportedStore{total, after.content.hash(), {}};
}

result<ExportedStore> Archive::export_store(const ExportStore& query) {
    TextStream lines;
    BOOST_OUTCOME_TRY(ExportedStore answer, export_store(query, lines));
    answer.lines = std::move(lines).take();
    return answer;
}

result<ImportedStore> Archive::import_store(const ImportStore& command, Stream& stream) {
    if (command.lines) {
        Findings findings;
        findings.error(Errc::unknown_field, Path() / "lines", {}, "they come from the stream");
        return error_of(findings);
    }
    store_text::Reader reader(stream);
    BOOST_OUTCOME_TRYV(reader.begin());
    BOOST_OUTCOME_TRY(Mirror mirror, Mirror::begin(core_.store()));
    for (;;) {
        BOOST_OUTCOME_TRY(const auto record, reader.next());
        if (!record) {
            break;
        }
        if (record->key == keys::format) {
            BOOST_OUTCOME_TRYV(check_layout(record->text));
        }
        BOOST_OUTCOME_TRYV(mirror.add(*record));
        BOOST_OUTCOME_TRYV(tell(stream, reader.chain().count(), 0));
    }
    const std::uint64_t total = reader.chain().count();
    BOOST_OUTCOME_TRYV(mirror.finish(
        reader.chain(), [&](std::uint64_t count) { return tell(stream, count, total); }));
    core_.index().forget_apps();
    return ImportedStore{total, reader.chain().hash(), mirror.written()};
}

result<ImportedStore> Archive::import_store(const ImportStore& command) {
    if (!command.lines) {
        Findings findings;
        findings.error(Errc::missing_field, Path() / "lines", "lines");
        return error_of(findings);
    }
    TextStream lines(*command.lines);
    return import_store(ImportStore(), lines);
}

}  // namespace licet
