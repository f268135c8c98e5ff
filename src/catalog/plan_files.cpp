#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "catalog/plan_rows.hpp"
#include "catalog/report.hpp"
#include "quoted.hpp"

namespace licet {
namespace {

constexpr std::size_t display_name_max = 300;

/// "publisher.offer"
std::string offer_part(const ServiceId& id) { return id.str().substr(0, id.str().rfind('.')); }

std::string offer_part(const Offer& offer) { return offer.publisher.str() + '.' + offer.id.str(); }

/// Service ids in a column, which often repeat the one above.
class ServiceIds {
public:
    explicit ServiceIds(FileReport& report) : report_(report) {}

    /// Empty, with an error, where the text is none.
    const ServiceId& read(const Cell& cell) {
        if (!last_.empty() && cell.text == last_.str()) {
            return last_;
        }
        auto parsed = ServiceId::parse(cell.text);
        if (!parsed) {
            report_.error(static_cast<Errc>(parsed.error().code.value()), cell, quoted(cell.text),
                          "write publisher.offer.plan");
            return last_ = {};
        }
        if (!is_lowercase(cell.text)) {
            report_.warning(Errc::id_not_lowercase, cell, quoted(cell.text),
                            "write it in small letters");
        }
        return last_ = std::move(parsed).value();
    }

private:
    FileReport& report_;
    ServiceId last_;
};

constexpr unsigned char folded(char c) noexcept {
    return static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/// FNV-1a of the text in small letters.
std::uint64_t folded_hash(std::string_view text) noexcept {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : text) {
        hash = (hash ^ folded(c)) * 0x100000001b3;
    }
    return hash;
}

/// A pair of the mapping whose plan is defined. Equal ones sort together, whatever their order is;
/// texts are compared only where their hashes are equal.
struct Pair {
    std::size_t plan;  // among the defined ones, by order of definition
    const Cell* component;
    std::uint64_t hash;

    friend bool operator<(const Pair& a, const Pair& b) noexcept {
        if (a.plan != b.plan || a.hash != b.hash) {
            return a.plan != b.plan ? a.plan < b.plan : a.hash < b.hash;
        }
        return std::ranges::lexicographical_compare(a.component->text, b.component->text, {},
                                                    folded, folded);
    }
};

using Pairs = std::vector<Pair>;

/// The two files while they are looked at. Sorted containers throughout: whatever ids a file
/// has, it costs no more than sorting them.
class Check {
public:
    Check(const PlanRows& rows, Profile profile, const Offer* offer, PlanReports& reports)
        : rows_(rows),
          profile_(profile),
          offer_(offer),
          definition_(reports.definition),
          mapping_(reports.mapping),
          definition_ids_(definition_),
          mapping_ids_(mapping_),
          expected_(offer ? offer_part(*offer) : std::string()) {}

    void run() {
        for (const DefinitionRow& row : rows_.definitions) {
            check_definition(row);
        }
        for (const MappingRow& row : rows_.mappings) {
            check_mapping(row);
        }
        check_pairs();
        if (rows_.mappings_whole) {
            check_unmapped();
        }
        if (offer_) {
            compare_with_offer();
        }
    }

private:
    struct Plan {
        std::size_t number;
        const Cell* cell;
    };
    struct OfferSeen {
        std::size_t plans = 0;
        std::set<std::string_view> names;
    };

    /// An error in the create profile, a warning in the import profile.
    void strict(Errc rule, const Cell& at, std::string_view detail, std::string_view hint) {
        const bool lenient = profile_ == Profile::import;
        definition_.add(rule, lenient ? Severity::warning : Severity::error, at, detail, hint);
    }

    void check_definition(const DefinitionRow& row) {
        check_name(row.display_name);
        check_url(row.more_info_url);
        const ServiceId& id = definition_ids_.read(row.service_id);
        if (id.empty()) {
            return;
        }
        const auto [plan, is_new] =
            plans_.try_emplace(id.str(), Plan{plans_.size(), &row.service_id});
        if (!is_new) {
            definition_.error(Errc::plan_file_plan_duplicate, row.service_id, quoted(id.str()),
                              "define each plan once");
            return;
        }
        check_plan(id, row.service_id);
        OfferSeen& seen = check_offer(id, row.service_id);
        if (!row.display_name.text.empty() && !seen.names.insert(row.display_name.text).second) {
            definition_.error(Errc::plan_name_duplicate, row.display_name,
                              quoted(row.display_name.text), "choose another name");
        }
    }

    void check_name(const Cell& name) {
        const std::size_t length = text::characters(name.text);
        if (length < 1 || length > display_name_max) {
            definition_.error(Errc::plan_file_name_length, name,
                              std::to_string(length) + " characters", "use 1 to 300 characters");
        }
    }

    void check_url(const Cell& url) {
        if (url.text.size() > url_size_max) {
            definition_.error(Errc::text_length, url, std::to_string(url.text.size()) + " bytes",
                              "use at most 2048");
        } else if (!url.text.empty() && !text::web_scheme(url.text)) {
            definition_.error(Errc::url_syntax, url, quoted(url.text),
                              "use an http or https address");
        }
    }

    void check_plan(const ServiceId& id, const Cell& at) {
        if (!is_referencable(id.plan())) {
            definition_.warning(Errc::plan_id_not_referencable, at, quoted(id.plan().str()),
                                "use 3 characters or more, starting with a letter or a digit");
        }
        if (offer_ && offer_part(id) == expected_ && !offer_->find(id.plan())) {
            definition_.error(Errc::plan_file_plan_unknown, at, quoted(id.str()),
                              "remove it, or create the plan");
        }
    }

    OfferSeen& check_offer(const ServiceId& id, const Cell& at) {
        const std::string part = offer_part(id);
        if (expected_.empty()) {
            expected_ = part;
        }
        if (part != expected_) {
            strict(Errc::plan_file_other_offer, at, quoted(id.str()),
                   "keep to plans of " + expected_);
        }
        const auto [found, is_new] = offers_.try_emplace(part);
        if (is_new && !fits_together(id.publisher(), id.offer())) {
            strict(Errc::publisher_offer_length, at, std::to_string(part.size()) + " characters",
                   "choose a shorter offer id");
        }
        if (++found->second.plans == plans_max + 1) {
            definition_.error(Errc::plans_count, at, quoted(id.str()), "keep at most 100");
        }
        return found->second;
    }

    void check_mapping(const MappingRow& row) {
        const std::string_view app = row.component.text;
        if (app.empty()) {
            mapping_.error(Errc::app_name_empty, row.component, {}, "name the app");
        } else if (!text::has_customization_prefix(app)) {
            mapping_.warning(Errc::app_name_display, row.component, quoted(app),
                             "use the app's unique name, like crf36_BronzeApp");
        }
        const ServiceId& id = mapping_ids_.read(row.service_id);
        if (id.empty()) {
            return;
        }
        if (mapped_ == plans_.end() || mapped_->first != id.str()) {
            mapped_ = plans_.find(id.str());
        }
        if (mapped_ != plans_.end()) {
            pairs_.push_back({mapped_->second.number, &row.component, folded_hash(app)});
        } else if (rows_.definitions_whole) {
            mapping_.error(Errc::plan_file_plan_undefined, row.service_id, quoted(id.str()),
                           "add it to the definition, or correct it");
        }
    }

    void check_pairs() {
        std::ranges::stable_sort(pairs_, std::less<>());
        for (std::size_t i = 1; i < pairs_.size(); ++i) {
            const Cell& app = *pairs_[i].component;
            if (!(pairs_[i - 1] < pairs_[i]) && !app.text.empty()) {
                mapping_.error(Errc::plan_file_app_duplicate, app, quoted(app.text),
                               "map each app once");
            }
        }
    }

    void check_unmapped() {
        for (const auto& [id, plan] : plans_) {
            if (pairs_of(plan).empty()) {
                strict(Errc::plan_file_plan_unmapped, *plan.cell, quoted(id),
                       "map the apps that it opens");
            }
        }
    }

    std::span<const Pair> pairs_of(const Plan& plan) const {
        const auto numbered = [](const auto& a, const auto& b) { return a.plan < b.plan; };
        const auto [begin, end] =
            std::equal_range(pairs_.begin(), pairs_.end(), Pair{plan.number, nullptr, 0}, numbered);
        return {begin, end};
    }

    void compare_with_offer() {
        for (const licet::Plan& plan : offer_->plans) {
            const auto defined = plans_.find(plan.service_id.str());
            if (defined != plans_.end()) {
                compare_apps(plan, defined->second);
            } else if (offer_->setup.manages_licenses() && rows_.definitions_whole) {
                definition_.error(Errc::plan_file_plan_missing, Cell(),
                                  quoted(plan.service_id.str()), "define every plan of the offer");
            }
        }
    }

    void compare_apps(const licet::Plan& plan, const Plan& defined) {
        std::set<std::string> of_offer;
        std::ranges::transform(plan.apps, std::inserter(of_offer, of_offer.end()), lowercase);
        std::set<std::string> of_files;
        for (const Pair& pair : pairs_of(defined)) {
            of_files.insert(lowercase(pair.component->text));
        }
        std::vector<std::string> differing;
        std::ranges::set_symmetric_difference(of_offer, of_files, std::back_inserter(differing));
        if (!differing.empty() && rows_.mappings_whole) {
            const bool is_extra = of_files.contains(differing.front());
            definition_.warning(
                Errc::plan_file_apps_differ, *defined.cell,
                quoted(differing.front()) + (is_extra ? " is only in the files" : " is not mapped"),
                "write the files again, or change the plan");
        }
    }

    const PlanRows& rows_;
    Profile profile_;
    const Offer* offer_;
    FileReport& definition_;
    FileReport& mapping_;
    ServiceIds definition_ids_;
    ServiceIds mapping_ids_;
    std::string expected_;  // the offer that all plans are to be of
    std::map<std::string, OfferSeen> offers_;
    std::map<std::string, Plan> plans_;                                  // defined
    std::map<std::string, Plan>::const_iterator mapped_ = plans_.end();  // by the row before
    Pairs pairs_;
};

}  // namespace

void check_plan_rows(const PlanRows& rows, Profile profile, const Offer* offer,
                     PlanReports& reports) {
    Check(rows, profile, offer, reports).run();
}

}  // namespace licet
