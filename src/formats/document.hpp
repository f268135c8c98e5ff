#pragma once

/// \file
/// JSON documents as tables of fields. A document type has one table; reading, writing,
/// patching it and describing it all go by that table and nothing else. Without a name it is
/// described where it stands.
///
///     template <> struct Table<Term> {
///         static constexpr std::string_view name = "Term";  // of its definition in schemas
///         static constexpr Field fields[] = {
///             field<Term, &Term::unit>("unit"),
///             field<Term, &Term::count>("count"),
///         };
///     };

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <licet/finding.hpp>
#include <licet/ids.hpp>

#include "formats/node.hpp"

namespace licet::formats {

/// Specialised for every type that has a place in a document:
///     static void read(const Node&, T&, Reader&, const Path&);
///     static void write(Writer&, const T&);
///     static std::string schema(const Schema&, const Bounds&);
/// and, where a value may have nothing to show, `static bool present(const T&)`.
template <class T>
struct Codec;

class Schema;

/// Who wrote what is being read.
enum class Origin {
    caller,  ///< Someone outside: derived fields are not taken.
    store,   ///< licet itself, into the store.
    patch,   ///< licet itself, changed by a caller's merge patch.
};

class Reader {
public:
    Reader(Findings& findings, Origin origin, Profile profile = Profile::create) noexcept
        : findings_(findings), origin_(origin), profile_(profile) {}

    Findings& findings() noexcept { return findings_; }
    Origin origin() const noexcept { return origin_; }
    Profile profile() const noexcept { return profile_; }

    /// Says that the value is of another type than `expected` ("a string").
    void wrong_type(const Node& value, const Path& at, std::string_view expected);

private:
    Findings& findings_;
    Origin origin_;
    Profile profile_;
};

/// Who will read what is being written.
enum class Audience { caller, store };

class Writer {
public:
    /// With room for a text of about that size.
    explicit Writer(Audience audience, std::size_t size = 480)
        : audience_(audience), text_(size, '\0') {}

    Audience audience() const noexcept { return audience_; }
    std::string_view written() const noexcept { return {text_.data(), size_}; }
    std::string take() && {
        text_.resize(size_);
        return std::move(text_);
    }
    /// Takes back what was written after the first `size` bytes.
    void cut(std::size_t size) noexcept { size_ = size; }

    void raw(std::string_view json);
    void raw(char c) { *room(1) = c; }
    void text(std::string_view utf8);
    /// A text that needs no escapes.
    void word(std::string_view plain);
    /// The name of a member that needs none, after `separator`.
    void name(char separator, std::string_view plain);
    void number(std::int64_t value);
    void number(std::uint64_t value);

private:
    /// So many bytes more, to be filled.
    char* room(std::size_t size) {
        if (text_.size() - size_ < size) {
            grow(size);
        }
        size_ += size;
        return text_.data() + (size_ - size);
    }
    void grow(std::size_t size);

    Audience audience_;
    std::string text_;      // and room behind it, as appending to a string is slow
    std::size_t size_ = 0;  // of what is written
};

/// How a field comes and goes.
enum class Need {
    required,   ///< Must be there.
    known,      ///< Must be there; written only where there is something to show.
    defaulted,  ///< May be missing in what is read; always written.
    optional,   ///< May be missing; written only where there is something to show.
    nullable,   ///< May be missing or null; written as null where there is nothing to show.
};

/// Who sets a field.
enum class Set {
    by_caller,
    once,      ///< By the caller, when the thing is made: no patch can name it.
    by_licet,  ///< Derived: written, and not taken from callers.
    echoed,    ///< Derived too, but taken from callers, so that a wrong one is found.
    in_store,  ///< licet's own, seen in the store only.
    secret,    ///< By the caller, and left out of what a command is known by.
};

/// The range of a number, the length of a text or of a list.
struct Bounds {
    std::int64_t min = INT64_MIN;
    std::int64_t max = INT64_MAX;

    /// "from 1 to 100", or "at least 1".
    std::string words() const;
};

struct Field {
    std::string_view name;
    Need need;
    Set set;
    Bounds bounds;
    void (*read)(const Node&, void* owner, Reader&, const Path&, const Bounds&);
    void (*write)(Writer&, const void* owner);
    bool (*present)(const void* owner);
    std::string (*schema)(const Schema&, const Bounds&);
};

template <class T>
struct Table;

template <class T>
concept Document = requires {
    Table<T>::fields;
};

/// One owner's share of an object: several may share one, as a command and its caller do.
struct Part {
    void* owner;
    std::span<const Field> fields;
};
struct ConstPart {
    const void* owner;
    std::span<const Field> fields;
};

/// Reads an object into its parts, with a finding for every field that is unknown, missing or
/// not what its table says.
void read_object(const Node& in, std::initializer_list<Part> parts, Reader& reader, const Path& at);

void write_object(Writer& out, std::initializer_list<ConstPart> parts);

/// Two owners of the same fields.
struct ConstPair {
    const void* before;
    const void* after;
    std::span<const Field> fields;
};

/// Two objects of the members in which pairs differ.
void write_differing(Writer& before, Writer& after, std::initializer_list<ConstPair> pairs);

/// The object without the secrets and what is derived: what two equal commands have in common.
void write_known_by(Writer& out, ConstPart part);

/// The text of `base` changed by a merge patch (RFC 7396). A patch that is no object, or names a
/// field that is not `by_caller` or that there is none, is a finding at `at`.
std::string patched(const Node& base, const Node& patch, std::span<const Field> fields,
                    Findings& findings, const Path& at);

/// The members in which two objects differ, and of objects inside them the same, as
/// `{"before":{…},"after":{…}}`; a member that is missing on one side is missing there too.
std::string difference(std::string_view before, std::string_view after);

}  // namespace licet::formats
