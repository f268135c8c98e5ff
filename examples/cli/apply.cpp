#include <filesystem>
#include <utility>

#include <boost/json.hpp>

#include "../journey/store_name.hpp"
#include "commands.hpp"
#include "offer_source.hpp"

namespace cli {
namespace {

namespace json = boost::json;

constexpr std::size_t shown_max = 60;  // bytes of a value

std::string text_at(const json::object& object, const char* name) {
    const json::value* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// A value on one line; a long one only as it begins.
std::string brief(const json::value& value) {
    std::string text = json::serialize(value);
    if (text.size() > shown_max) {
        std::size_t end = shown_max;
        while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
            --end;
        }
        text = text.substr(0, end) + "...";
    }
    return text;
}

struct Sign {
    Style style;
    const char* text;
};

Sign sign_of(const std::string& change) {
    return change == "added"     ? Sign{Style::added, "+ "}
           : change == "removed" ? Sign{Style::removed, "- "}
                                 : Sign{Style::changed, "~ "};
}

/// A plan that comes or goes as a whole.
void print_plan(Output& out, Sign sign, const json::object& plan) {
    out << "  ";
    out.paint(sign.style, sign.text + ("plan " + text_at(plan, "id")));
    out << " " << brief(plan.at("name")) << ", " << text_at(plan, "service_id") << "\n";
}

void print_offer(Output& out, Sign sign, const json::object& offer) {
    out << "  ";
    out.paint(sign.style, std::string(sign.text) + "offer");
    out << " " << brief(offer.at("alias")) << "\n";
    for (const json::value& plan : offer.at("plans").as_array()) {
        print_plan(out, sign, plan.as_object());
    }
}

void print_field(Output& out, Sign sign, const json::object& difference) {
    const std::string plan = text_at(difference, "plan");
    out << "  ";
    out.paint(sign.style, sign.text + (plan.empty() ? "" : "plan " + plan + " ") +
                              text_at(difference, "pointer").substr(1));
    const json::value* before = difference.if_contains("before");
    const json::value* after = difference.if_contains("after");
    out << ": " << (before ? brief(*before) : "") << (before && after ? " -> " : "")
        << (after ? brief(*after) : "") << "\n";
}

void print_difference(Output& out, const json::object& difference) {
    const Sign sign = sign_of(text_at(difference, "change"));
    if (!text_at(difference, "pointer").empty()) {
        print_field(out, sign, difference);
        return;
    }
    const json::value* after = difference.if_contains("after");
    const json::object& whole = (after ? *after : difference.at("before")).as_object();
    difference.contains("plan") ? print_plan(out, sign, whole) : print_offer(out, sign, whole);
}

/// What the document differs in from what is stored, and what licet has against it.
struct Comparison {
    json::object answer;
    Count count;
};

licet::result<Comparison> compare(Session& session, const Source& file, const ApplyOptions& options,
                                  Terminal& terminal) {
    const auto arguments = with_offer(file, {{"profile", options.profile}, {"dry_run", true}});
    if (!arguments) {
        return arguments.error();
    }
    const auto answered = session.call("offers.apply", arguments.value());
    if (!answered) {
        return answered.error();
    }
    Comparison comparison{json::parse(answered.value()).as_object(), {}};
    const json::object& offer = comparison.answer.at("offer").as_object();
    const json::array& differences = comparison.answer.at("differences").as_array();
    terminal.out.paint(Style::strong,
                       text_at(offer, "publisher") + "." + text_at(offer, "id") + ":");
    terminal.out << (differences.empty() ? " nothing to do\n" : "\n");
    for (const json::value& difference : differences) {
        print_difference(terminal.out, difference.as_object());
    }
    terminal.out.flush();
    const Report report = in_json(file, findings_of(comparison.answer), "/offer");
    print(terminal.err, report);
    comparison.count = count({&report, 1});
    return comparison;
}

/// A dry run leaves no file behind: where there is none, there is nothing to compare with either.
Access access_of(const ApplyOptions& options) {
    Access access = options.access;
    const std::string file = journey::file_of(access.store);
    std::error_code ignored;
    if (options.dry_run && !file.empty() && !std::filesystem::exists(file, ignored)) {
        access.store = "memory";
    }
    return access;
}

}  // namespace

int apply(const ApplyOptions& options, Terminal& terminal) {
    const auto file = Source::read(options.file);
    if (!file) {
        print_error(terminal, options.file + " cannot be read");
        return could_not_run;
    }
    const auto session = Session::open(access_of(options), true, terminal);
    if (!session) {
        return could_not_run;
    }
    const auto comparison = compare(*session, *file, options, terminal);
    if (!comparison) {
        return print_failure(terminal, comparison.error(), *file, "/offer");
    }
    if (comparison.value().count.errors > 0) {
        terminal.out << "refused; nothing was written\n";
        return refused;
    }
    const json::object& answer = comparison.value().answer;
    if (options.dry_run || answer.at("differences").as_array().empty()) {
        return clean;
    }
    const auto arguments = with_offer(
        *file, {{"profile", options.profile}, {"expected_revision", answer.at("revision")}});
    const auto applied = session->call("offers.apply", arguments.value());
    if (!applied) {
        return print_failure(terminal, applied.error(), *file, "/offer");
    }
    terminal.out << "applied, revision "
                 << json::serialize(json::parse(applied.value()).at("revision")) << "\n";
    return clean;
}

}  // namespace cli
