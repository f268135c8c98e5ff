/// \file
/// Prints the table of the rules of `offers.check` and `plan_files.check`, by running an example
/// of each.
///
///     rules                          the table, which is RULES.md
///     rules --check RULES.md rules.inc   whether it is, and names every rule that it must

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include <licet/operations/operations.hpp>

#include "examples.hpp"

namespace {

namespace json = boost::json;

using licet::Profile;
using rules::Example;
using rules::Kind;

const std::string definition_header = "ServiceID,Display name,More info URL\n";
const std::string mapping_header = "Service ID,Component name\n";

// RFC 7396.
void merge(json::value& target, const json::value& patch) {
    if (!patch.is_object()) {
        target = patch;
        return;
    }
    json::object& object = target.is_object() ? target.get_object() : target.emplace_object();
    for (const auto& [key, value] : patch.get_object()) {
        if (value.is_null()) {
            object.erase(key);
        } else {
            merge(object[key], value);
        }
    }
}

/// The licet that examples are run through, with the good offer stored.
class Checker {
public:
    Checker() : engine_(licet::open_engine(R"({"store":"memory"})").value()) {
        const std::string arguments =
            R"({"as":{"id":"ana","publisher":"fabrikam","roles":["account_admin"]},"offer":)" +
            std::string(rules::good_offer) + "}";
        licet::call(*engine_, "offers.create", arguments).value();
    }

    std::vector<licet::Finding> run(const Example& example, Profile profile) {
        if (example.kind == Kind::patch || example.kind == Kind::text) {
            return engine_->catalog().check_offer({{offer_of(example)}, profile}).value().findings;
        }
        licet::CheckPlanFiles query;
        query.profile = profile;
        query.files.definition = example.kind == Kind::file ? "" : definition_header;
        query.files.definition += rules::expanded(example.text);
        query.files.mapping =
            mapping_header +
            rules::expanded(example.mapping.empty() ? rules::good_mapping : example.mapping);
        licet::Caller ana;
        if (example.kind == Kind::of_offer) {
            query.publisher = licet::PublisherId::parse("fabrikam").value();
            query.offer = licet::OfferId::parse("f365").value();
            ana.as = {"ana", query.publisher, {}, {licet::Role::account_admin}};
        }
        return engine_->catalog().check_plan_files(query, ana).value().findings;
    }

private:
    static std::string offer_of(const Example& example) {
        const std::string text = rules::expanded(example.text);
        if (example.kind == Kind::text) {
            return text;
        }
        json::value offer = json::parse({rules::good_offer.data(), rules::good_offer.size()});
        merge(offer, json::parse(text));
        return json::serialize(offer);
    }

    std::unique_ptr<licet::Engine> engine_;
};

std::optional<licet::Severity> given(const std::vector<licet::Finding>& findings,
                                     std::string_view rule) {
    const auto found = std::ranges::find_if(findings, [&](const licet::Finding& finding) {
        return licet::name_of(finding.rule) == rule;
    });
    return found == findings.end() ? std::nullopt : std::optional(found->severity);
}

std::string word(std::optional<licet::Severity> severity) {
    if (!severity) {
        return "";
    }
    return severity == licet::Severity::error ? "error" : "warning";
}

/// On one line, in a cell of a table.
std::string shown(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (byte < 0x20 || byte > 0x7E) {
            out += {'\\', 'x', digits[byte >> 4U], digits[byte & 15U]};
        } else {
            out += c;
        }
    }
    return '`' + out + '`';
}

std::string example_of(const Example& example) {
    std::string text = shown(example.text);
    if (!example.mapping.empty()) {
        text += " mapping " + shown(example.mapping);
    }
    return text;
}

/// The table; nothing where an example does not give its rule.
std::optional<std::string> table() {
    Checker checker;
    std::string out =
        "# The rules of offers.check and plan_files.check\n\n"
        "Printed by `examples/rules`, which runs each example; a test sees that it is so.\n\n"
        "What a rule is in the profiles `create` and `import`; where it comes from: [S] the\n"
        "article on managing licenses in marketplace offers, [P] another of Microsoft's pages,\n"
        "[O] real data, [D] a decision of licet; and what breaks it: a JSON Merge Patch on the\n"
        "offer below, an offer's text, a definition file or its rows, with rows of the mapping\n"
        "file where they matter. `<3 x>` stands for `xxx`, `<2 \"p#\">` for `\"p1\",\"p2\"`.\n\n"
        "```json\n" +
        std::string(rules::good_offer) +
        "\n```\n\n"
        "| rule | what is wrong | create | import | source | example |\n"
        "|---|---|---|---|---|---|\n";
    for (const Example& example : rules::all()) {
        const auto create = given(checker.run(example, Profile::create), example.rule);
        const auto import = given(checker.run(example, Profile::import), example.rule);
        const auto rule = licet::errc_from(example.rule);
        if (!rule || (!create && !import)) {
            std::cerr << "the example of " << example.rule << " does not give it\n";
            return std::nullopt;
        }
        out += "| " + std::string(example.rule) + " | " + licet::text_of(*rule) + " | " +
               word(create) + " | " + word(import) + " | " + std::string(example.source) + " | " +
               example_of(example) + " |\n";
    }
    return out;
}

std::string content_of(const char* path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The rules in those sections of rules.inc that have neither example nor excuse.
std::vector<std::string> left_out(const std::string& rules_inc) {
    std::vector<std::string> names;
    std::istringstream lines(rules_inc);
    bool in_section = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("// ")) {
            in_section =
                std::ranges::find(rules::sections, line.substr(3)) != rules::sections.end();
        } else if (in_section && line.starts_with("LICET_RULE(")) {
            const std::string name = line.substr(11, line.find(',') - 11);
            const bool is_told =
                std::ranges::find(rules::of_operations, name) != rules::of_operations.end();
            const auto shows = std::ranges::count(rules::all(), name, &Example::rule);
            if (shows + (is_told ? 1 : 0) != 1) {
                names.push_back(name);
            }
        }
    }
    return names;
}

int check(const std::string& printed, const char* rules_md, const char* rules_inc) {
    int status = 0;
    if (content_of(rules_md) != printed) {
        std::cerr << rules_md << " is not what is printed; print it again\n";
        status = 1;
    }
    const std::string all = content_of(rules_inc);
    for (const std::string& name : left_out(all)) {
        std::cerr << name << " must have one example, or be a rule of other operations\n";
        status = 1;
    }
    for (const std::string_view section : rules::sections) {
        if (all.find("\n// " + std::string(section) + "\n") == std::string::npos) {
            std::cerr << "no section " << section << '\n';
            status = 1;
        }
    }
    return status;
}

}  // namespace

int main(int argc, char** argv) {
    const bool checks = argc == 4 && std::string_view(argv[1]) == "--check";
    if (argc != 1 && !checks) {
        std::cerr << "usage: rules [--check RULES.md rules.inc]\n";
        return 2;
    }
    const auto printed = table();
    if (!printed) {
        return 1;
    }
    if (checks) {
        return check(*printed, argv[2], argv[3]);
    }
    std::cout << *printed;
    return 0;
}
