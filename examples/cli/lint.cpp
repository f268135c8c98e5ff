#include "lint.hpp"

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <utility>

#include <boost/json.hpp>

#include <licet/store/memory.hpp>

#include "commands.hpp"
#include "locate.hpp"

namespace cli {
namespace {

namespace json = boost::json;

using licet::Finding;
using licet::Profile;

constexpr std::string_view definition = "/definition/";
constexpr std::string_view mapping = "/mapping/";

/// "/definition/<line>/<column>" as a place in the file.
Place place_in(std::string_view pointer) {
    Place place;
    const char* const end = pointer.data() + pointer.size();
    const char* const slash = std::from_chars(pointer.data(), end, place.line).ptr;
    if (slash != end) {
        std::from_chars(slash + 1, end, place.column);
    }
    return place;
}

/// The value that begins at `begin` in a line of a CSV file.
Span field_at(const Source& file, std::size_t begin) {
    const std::string_view text = file.text();
    const bool is_quoted = begin < text.size() && text[begin] == '"';
    const std::size_t end = text.find_first_of(is_quoted ? "\"\n" : ",\r\n", begin + 1);
    return {begin, std::min(end, text.size()) + (is_quoted && end < text.size() ? 1 : 0)};
}

/// What an offer goes by in an engine.
struct Name {
    licet::PublisherId publisher;
    licet::OfferId id;
};

licet::Caller owner(const licet::PublisherId& publisher) {
    return {{"licet", publisher, std::nullopt, {licet::Role::account_admin}}, {}, {}};
}

/// Puts an offer into the engine, to compare with; nothing where its form does not allow that.
std::optional<Name> keep(licet::Engine& engine, const Source& offer) {
    boost::system::error_code code;
    const json::value document = json::parse({offer.text().data(), offer.text().size()}, code);
    const auto* object = document.if_object();
    const auto* publisher = object ? object->if_contains("publisher") : nullptr;
    if (!publisher || !publisher->is_string()) {
        return std::nullopt;
    }
    const json::object as{
        {"id", "licet"}, {"publisher", *publisher}, {"roles", json::array{"account_admin"}}};
    const json::object arguments{{"offer", document}, {"profile", "import"}, {"as", as}};
    const auto created = licet::call(engine, "offers.create", json::serialize(arguments));
    if (!created) {
        return std::nullopt;
    }
    const json::value kept = json::parse(created.value()).at("offer");
    return Name{licet::PublisherId::parse(kept.at("publisher").as_string()).value(),
                licet::OfferId::parse(kept.at("id").as_string()).value()};
}

bool is_csv(const Source& file) {
    const std::string_view name = file.name();
    return name.ends_with(".csv") || name.ends_with(".CSV");
}

/// Of the two plan files only the mapping's header names components.
bool is_mapping(const Source& file) {
    std::string header;
    for (const char c : file.line(1)) {
        if (c != ' ' && c != '"') {
            header += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return header.find("component") != std::string::npos;
}

/// Nothing here is secret, and waking libcrypto for chance takes longer than all the rest.
licet::result<std::unique_ptr<licet::Engine>> open_scratch() {
    licet::EngineOptions options;
    options.random = std::make_shared<licet::SeededRandom>(1);
    return licet::Engine::open(std::make_unique<licet::MemoryStore>(), std::move(options));
}

struct Files {
    std::deque<Source> all;  // does not move what reports refer to
    std::vector<const Source*> offers;
    std::vector<const Source*> definitions;
    std::vector<const Source*> mappings;
};

bool read(const std::vector<std::string>& paths, Files& files, Terminal& terminal) {
    for (const std::string& path : paths) {
        auto read = Source::read(path);
        if (!read) {
            print_error(terminal, path + " cannot be read");
            return false;
        }
        const Source& file = files.all.emplace_back(*std::move(read));
        (!is_csv(file)      ? files.offers
         : is_mapping(file) ? files.mappings
                            : files.definitions)
            .push_back(&file);
    }
    if (files.definitions.size() != files.mappings.size()) {
        print_error(terminal, "plan files come in pairs, a definition and a mapping; here are " +
                                  std::to_string(files.definitions.size()) + " and " +
                                  std::to_string(files.mappings.size()));
        return false;
    }
    return true;
}

licet::result<std::vector<Report>> check(licet::Engine& engine, const Files& files, Profile profile,
                                         Terminal& terminal) {
    std::vector<Report> reports;
    Progress progress(terminal, "files", files.all.size());
    for (const Source* offer : files.offers) {
        reports.push_back(check_offer(engine, *offer, profile));
        progress.advance();
    }
    const Source* offer = files.offers.size() == 1 ? files.offers[0] : nullptr;
    for (std::size_t i = 0; i < files.definitions.size(); ++i) {
        auto pair =
            check_plan_files(engine, *files.definitions[i], *files.mappings[i], profile, offer);
        if (!pair) {
            return std::move(pair).error();
        }
        std::ranges::move(pair.value(), std::back_inserter(reports));
        progress.advance(2);
    }
    return reports;
}

}  // namespace

Report check_offer(licet::Engine& engine, const Source& offer, Profile profile) {
    auto checked = engine.catalog().check_offer({{std::string(offer.text())}, profile});
    return in_json(offer, std::move(checked.value().findings));
}

licet::result<std::vector<Report>> check_plan_files(licet::Engine& engine,
                                                    const Source& definition_file,
                                                    const Source& mapping_file, Profile profile,
                                                    const Source* offer) {
    licet::CheckPlanFiles query;
    query.files = {std::string(definition_file.text()), std::string(mapping_file.text())};
    query.profile = profile;
    licet::Caller caller;
    if (const auto kept = offer ? keep(engine, *offer) : std::nullopt) {
        query.publisher = kept->publisher;
        query.offer = kept->id;
        caller = owner(kept->publisher);
    }
    auto checked = engine.catalog().check_plan_files(query, caller);
    if (!checked) {
        return std::move(checked).error();
    }
    std::vector<Report> reports{{definition_file, {}}, {mapping_file, {}}};
    for (Finding& finding : checked.value().findings) {
        const bool is_mapped = finding.pointer.starts_with(mapping);
        Report& report = reports[is_mapped ? 1 : 0];
        const std::size_t names = (is_mapped ? mapping : definition).size();
        const Place place = finding.pointer.size() > names
                                ? place_in(std::string_view(finding.pointer).substr(names))
                                : Place();
        const std::size_t begin = report.source.offset_of(place);
        report.diagnostics.push_back({std::move(finding), field_at(report.source, begin)});
    }
    return reports;
}

int lint(const LintOptions& options, Terminal& terminal) {
    Files files;
    if (!read(options.files, files, terminal)) {
        return could_not_run;
    }
    const auto engine = open_scratch();
    if (!engine) {
        return print_failure(terminal, engine.error());
    }
    const Profile profile = options.profile == "import" ? Profile::import : Profile::create;
    const auto reports = check(*engine.value(), files, profile, terminal);
    if (!reports) {
        return print_failure(terminal, reports.error());
    }
    const auto write = options.format == "json"    ? write_json
                       : options.format == "sarif" ? write_sarif
                                                   : write_text;
    write(terminal.out, reports.value());
    return count(reports.value()).errors > 0 ? refused : clean;
}

}  // namespace cli
