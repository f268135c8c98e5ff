#pragma once

/// \file
/// JSON Schemas (draft 2020-12) of documents, by the same tables that read and write them.
///
/// What cannot be said in a schema is left to the reader: a schema takes all that the reader
/// takes. The one exception are derived fields, which the reader ignores whatever they are, and a
/// schema wants as they were answered. The reader counts a text in bytes and a schema in
/// characters, of which there are never more.

#include <cstdint>
#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "formats/document.hpp"

namespace licet::formats {

/// In which of its forms a document is described.
enum class Form {
    answered,  ///< As licet writes it.
    given,     ///< As a caller may write it.
    patch,     ///< As the merge patch that changes it.
};

/// Schemas by name: what stands under `$defs`.
using Definitions = std::map<std::string, std::string, std::less<>>;

/// What every Codec describes its type to:
///     static std::string schema(const Schema& in, const Bounds& bounds);
class Schema {
public:
    /// The definitions must outlive it; those that are met are added to them.
    Schema(Form form, Definitions& definitions) noexcept
        : form_(form), definitions_(&definitions) {}

    Form form() const noexcept { return form_; }

    Schema as(Form form) const noexcept { return {form, *definitions_}; }

    /// The same for the elements of a list: a patch replaces them whole.
    Schema elements() const noexcept { return as(form_ == Form::patch ? Form::given : form_); }

    /// A reference to a definition of this name, which stands for one schema only.
    std::string definition(const std::string& name, const std::string& schema) const;

    /// A reference to the definition of a document. Where it is another than that of the document
    /// as answered, its name ends in `Input` or `Patch`.
    std::string document(std::string_view name, std::span<const Field> fields) const;

private:
    Form form_;
    Definitions* definitions_;
};

/// `{"type":"object",…}` of all fields together, and no other.
std::string object_schema(std::initializer_list<std::span<const Field>> parts, const Schema& in);

std::string text_schema(const Bounds& length);
std::string pattern_schema(std::string_view pattern);
std::string words_schema(std::span<const std::string_view> words);
std::string integer_schema(std::int64_t min, std::uint64_t max);
std::string list_schema(const std::string& elements, const Bounds& length);
std::string map_schema(const std::string& values, const Bounds& size);
std::string any_of(std::initializer_list<std::string_view> schemas);

}  // namespace licet::formats
