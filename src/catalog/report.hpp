#pragma once

/// \file
/// How the rules of the catalog say what is wrong.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include <boost/unordered/unordered_flat_set.hpp>

#include <licet/catalog/offer.hpp>
#include <licet/finding.hpp>

#include "text.hpp"

namespace licet {

/// Which rules speak: those of form, those of completeness, or both.
enum class Extent { form, completeness, both };

/// Adds findings, but none in places that were broken before: what could not even be read is not
/// judged once more, nor is what stands inside it.
class Report {
public:
    Report(Findings& findings, Extent extent);

    void error(Errc rule, const Path& at, std::string_view detail, std::string_view hint);
    void warning(Errc rule, const Path& at, std::string_view detail, std::string_view hint);
    /// An error in the create profile, a warning in the import profile.
    void strict(Profile profile, Errc rule, const Path& at, std::string_view detail,
                std::string_view hint);
    /// What a draft may lack.
    void incomplete(Errc rule, const Path& at, std::string_view detail, std::string_view hint,
                    Severity severity = Severity::error);

    /// The text must be of `min` to `max` characters.
    void length(Errc rule, std::string_view text, std::size_t min, std::size_t max, const Path& at,
                std::string_view hint);
    /// The scheme of the URL, where it is one that is allowed.
    std::optional<text::Scheme> url(std::string_view url, const Path& at, std::string_view hint);

private:
    void add(Extent of, Severity severity, Errc rule, const Path& at, std::string_view detail,
             std::string_view hint);
    bool was_broken(std::string_view pointer) const;

    Findings& findings_;
    Extent extent_;
    std::unordered_set<std::string> broken_;  // a set: a document may have been broken anywhere
};

/// What the plans of an offer that were met already are called. They must outlive this.
struct Siblings {
    // The standard library's hash takes half as long as Boost's.
    using Names = boost::unordered_flat_set<std::string_view, std::hash<std::string_view>>;

    Names ids;
    Names names;
};

constexpr std::size_t url_size_max = 2048;
constexpr std::size_t plans_max = 100;
constexpr std::size_t plan_name_max = 200;
constexpr std::size_t private_plans_max = 45;

/// The rules of a plan of the offer among its siblings, which it joins.
void check_plan(const Plan& plan, const Offer& offer, Siblings& siblings, Report& report,
                const Path& at);

/// A service id that came with the plan must be the one that follows from where the plan stands.
void check_service_id(const Plan& plan, const Offer& offer, Report& report, const Path& at);

/// The rules of what an offer keeps of ingestion documents.
void check_kept(const Offer& offer, Report& report, const Path& at);

/// The order that the offer declares names its plans, each once, and a plan opens all that the one
/// before it opens.
void check_plan_order(const Offer& offer, Report& report, const Path& at);

}  // namespace licet
