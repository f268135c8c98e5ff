#include "formats/ingestion/setup.hpp"

#include "formats/ingestion/words.hpp"

namespace licet::formats::ingestion {
namespace {

constexpr std::string_view kept_hint = "it is kept as it is";

Setup choices_in(const Resource& resource, Reader& reader) {
    Setup setup;
    for (const Choice& choice : choices) {
        const Node* given = resource.find(choice.member);
        if (given && !given->is_null()) {
            Codec<bool>::read(*given, (setup.*choice.value).emplace(), reader,
                              resource.at / choice.member);
        }
    }
    const Node* given = resource.find(call_to_action);
    if (given && !given->is_null()) {
        const auto word = text_in(*given, reader, resource.at / call_to_action);
        setup.call_to_action = meaning_of(calls_to_action, word.value_or(""));
        if (word && !setup.call_to_action) {
            reader.findings().warning(Errc::unknown_word, resource.at / call_to_action,
                                      quoted(*word), kept_hint);
        }
    }
    return setup;
}

// Real documents say something of every choice, also of those that are none beside the others
// (DOMAIN §2).
void drop_excluded(Setup& setup, OfferType type, const Resource& resource, Reader& reader) {
    Offer probe;
    probe.type = type;
    probe.setup = setup;
    Findings excluded;
    check_form(probe, Profile::import, excluded);
    for (const Finding& finding : excluded.all()) {
        const auto drop = [&](std::string_view member, auto& choice) {
            reader.findings().warning(finding.rule, resource.at / member,
                                      text_of(*resource.find(member)), kept_hint);
            choice.reset();
        };
        for (const Choice& choice : choices) {
            if (finding.pointer == choice.pointer) {
                drop(choice.member, setup.*choice.value);
            }
        }
        if (finding.pointer == "/setup/call_to_action") {
            drop(call_to_action, setup.call_to_action);
        }
    }
}

}  // namespace

Setup take_setup(Resource& resource, OfferType type, Reader& reader) {
    Setup setup = choices_in(resource, reader);
    drop_excluded(setup, type, resource, reader);
    for (const Choice& choice : choices) {
        if (setup.*choice.value) {
            resource.take(choice.member);
        }
    }
    if (setup.call_to_action) {
        resource.take(call_to_action);
    }
    return setup;
}

}  // namespace licet::formats::ingestion
