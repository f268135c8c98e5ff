#include "engine/chain.hpp"

#include "formats/tables/history.hpp"
#include "sha256.hpp"
#include "time_text.hpp"

namespace licet {
namespace {

constexpr std::string_view hash_mark = R"(,"hash":")";
constexpr std::string_view details_mark = R"(","details":)";
constexpr std::size_t hash_size = 64;
constexpr std::size_t size_without_details = 700;

// The parts of a stored event: `{hashed,"hash":"…","details":details}`. A quote inside a JSON
// string is always escaped, so the mark cannot stand in one.
struct Parts {
    std::string_view hashed;
    std::string_view hash;
    std::string_view details;
};

std::optional<Parts> split(std::string_view text) {
    const auto mark = text.find(hash_mark);
    if (mark == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view rest = text.substr(mark + hash_mark.size());
    if (rest.size() < hash_size + details_mark.size() + 1 ||
        rest.substr(hash_size, details_mark.size()) != details_mark || rest.back() != '}') {
        return std::nullopt;
    }
    std::string_view details = rest.substr(hash_size + details_mark.size());
    details.remove_suffix(1);
    return Parts{text.substr(0, mark), rest.substr(0, hash_size), details};
}

// What is kept of an event but not part of its document.
struct StoredEvent : Event {
    std::string digest;
};

}  // namespace

namespace formats {

template <>
struct Codec<StoredEvent> {
    static void read(const Node& in, StoredEvent& out, Reader& reader, const Path& at) {
        static constexpr Field digest[] = {field<StoredEvent, &StoredEvent::digest>("digest")};
        read_object(in, {{static_cast<Event*>(&out), Table<Event>::fields}, {&out, digest}}, reader,
                    at);
    }
};

}  // namespace formats

std::string chain(Head& head, std::string_view stream, Timestamp at, const Cause& cause,
                  std::string_view details) {
    formats::Writer out(formats::Audience::store, size_without_details + details.size());
    out.raw("{\"stream\":");
    out.text(stream);
    out.raw(",\"number\":");
    out.number(head.number + 1);
    out.raw(",\"at\":");
    out.word(TimestampText(at).str());
    out.raw(",\"command\":");
    out.word(cause.command);
    out.raw(",\"operation\":");
    out.word(cause.operation);
    out.raw(",\"by\":");
    formats::Codec<Actor>::write(out, cause.by);
    out.raw(",\"previous\":");
    out.text(head.hash);
    out.raw(",\"digest\":");
    out.word(sha256_hex(details));
    head = {head.number + 1, at, sha256_hex(out.written())};
    out.raw(hash_mark);
    out.raw(head.hash);
    out.raw(details_mark);
    out.raw(details);
    out.raw('}');
    return std::move(out).take();
}

result<Event> parse_event(std::string_view text) {
    auto stored = formats::decode<StoredEvent>(text);
    if (!stored) {
        return std::move(stored).error();
    }
    const auto parts = split(text);
    if (!parts) {
        return Error{Errc::record_corrupt, "an event without hash or details", {}};
    }
    stored.value().details.text = parts->details;
    return Event(std::move(stored).value());
}

bool follows(Head& head, std::string_view stream, std::string_view text) {
    const auto parts = split(text);
    const auto stored = formats::decode<StoredEvent>(text);
    if (!parts || !stored) {
        return false;
    }
    const StoredEvent& event = stored.value();
    if (event.stream != stream || event.number != head.number + 1 || event.previous != head.hash ||
        event.at < head.at || event.digest != sha256_hex(parts->details) ||
        parts->hash != sha256_hex(parts->hashed)) {
        return false;
    }
    head = {event.number, event.at, std::string(parts->hash)};
    return true;
}

}  // namespace licet
