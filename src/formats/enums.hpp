#pragma once

/// \file
/// Every enumeration in JSON.

#include "catalog/words.hpp"
#include "deals/words.hpp"
#include "formats/codecs.hpp"
#include "seats/words.hpp"

namespace licet::formats {

/// A rule goes by its name.
template <>
struct Codec<Errc> {
    static void read(const Node& in, Errc& out, Reader& reader, const Path& at) {
        const auto text = text_in(in, reader, at);
        if (const auto rule = text ? errc_from(*text) : std::nullopt) {
            out = *rule;
        } else if (text) {
            reader.findings().error(Errc::unknown_word, at, quoted(*text));
        }
    }
    static void write(Writer& out, Errc value) { out.word(name_of(value)); }
    static std::string schema(const Schema& in, const Bounds&) {
        static constexpr std::string_view rules[] = {
#define LICET_RULE(name, condition, message) #name,
#include <licet/rules.inc>
#undef LICET_RULE
        };
        return in.definition("Rule", words_schema(rules));
    }
};

}  // namespace licet::formats
