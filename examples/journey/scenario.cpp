#include "scenario.hpp"

#include <algorithm>
#include <fstream>
#include <iomanip>
#include <map>
#include <ostream>
#include <vector>

#include <boost/json.hpp>

#include <licet/operations/operations.hpp>

#include "store_name.hpp"

namespace journey {
namespace {

namespace json = boost::json;

constexpr int went_wrong = 1;
constexpr int could_not_run = 2;

std::string text_of(const json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

std::string string_at(const json::object& object, const char* name) {
    const json::value* found = object.if_contains(name);
    return found ? text_of(*found) : std::string();
}

class Story {
public:
    Story(std::ostream& out, std::ostream* record) : out_(out), record_(record) {}

    licet::result<void> open(const json::object& head, const std::string& store) {
        json::object config = head.at("config").as_object();
        const json::value members = json::parse(config_of(store));
        config.insert(members.as_object().begin(), members.as_object().end());
        actors_ = head.at("actors").as_object();
        out_ << string_at(head, "title") << "\n\n";
        auto engine = licet::open_engine(json::serialize(config));
        if (!engine) {
            return std::move(engine).error();
        }
        engine_ = std::move(engine).value();
        return boost::outcome_v2::success();
    }

    /// What went wrong; empty where the step did what it says.
    std::string tell(const json::object& step) {
        if (step.contains("call")) {
            return call(step);
        }
        if (step.contains("who")) {
            return table(string_at(step, "say"), step.at("who").as_object());
        }
        out_ << "\n" << string_at(step, "say") << "\n";
        return {};
    }

    void close() {
        out_ << "\n" << steps_ << " calls, " << refused_ << " refused as they should be.";
        if (changes_ > 0 && replayed_ == changes_) {
            out_ << " All " << replayed_ << " changes were made before and replayed:"
                 << " nothing has changed.";
        } else if (replayed_ > 0) {
            out_ << " " << replayed_ << " of " << changes_ << " changes were replayed.";
        }
        out_ << "\n";
    }

private:
    licet::result<std::string> carry_out(const json::object& step, bool with_key) {
        json::object arguments;
        if (const json::value* with = step.if_contains("with")) {
            arguments = with->as_object();
        }
        for (auto& member : arguments) {
            substitute(member.value());
        }
        if (const json::value* actor = step.if_contains("as")) {
            arguments["as"] = actors_.at(actor->as_string());
        }
        if (const json::value* key = step.if_contains("key"); key && with_key) {
            arguments["idempotency_key"] = *key;
        }
        return call(string_at(step, "call"), json::serialize(arguments));
    }

    licet::result<std::string> call(const std::string& operation, const std::string& arguments) {
        auto answer = licet::call(*engine_, operation, arguments);
        if (answer && record_) {
            *record_ << R"({"operation":")" << operation << R"(","arguments":)" << arguments
                     << R"(,"answer":)" << answer.value() << "}\n";
        }
        return answer;
    }

    // A run that was killed may have taken with it a secret that a step answered and a later one
    // needs. The first is done once more then, as a person would who has lost a link.
    bool find_again(const json::object& step) {
        bool found = false;
        for (const auto& [name, source] : lost_) {
            const std::string use = "\"$" + name + "\"";
            if (json::serialize(step).find(use) != std::string::npos) {
                if (const auto answer = carry_out(source, false)) {
                    keep(source, json::parse(answer.value()));
                    found = true;
                }
            }
        }
        return found;
    }

    std::string call(const json::object& step) {
        auto answer = carry_out(step, true);
        if (!answer && !step.contains("expect") && find_again(step)) {
            answer = carry_out(step, true);
        }
        ++steps_;
        out_ << std::setw(4) << steps_ << "  " << string_at(step, "say");
        const std::string expected = string_at(step, "expect");
        std::string wrong;
        if (answer) {
            wrong = done(step, json::parse(answer.value()).as_object());
            wrong = expected.empty() ? wrong : "done, and not refused with " + expected;
        } else {
            wrong = refused(answer.error(), expected);
        }
        out_.flush();
        return wrong;
    }

    std::string done(const json::object& step, const json::object& answer) {
        const bool replayed = answer.contains("replayed");
        changes_ += answer.contains("revision") && step.contains("key") ? 1 : 0;
        replayed_ += replayed ? 1 : 0;
        out_ << (replayed ? ": replayed\n" : ": done\n");
        const json::value root(answer);
        if (const json::value* show = step.if_contains("show")) {
            for (const json::value& pointer : show->as_array()) {
                print(pointer.as_string(), root);
            }
        }
        if (const json::value* findings = answer.if_contains("findings")) {
            for (const json::value& finding : findings->as_array()) {
                print_finding(finding.as_object());
            }
        }
        keep(step, root);
        return {};
    }

    void keep(const json::object& step, const json::value& answer) {
        const json::value* wanted = step.if_contains("keep");
        if (!wanted) {
            return;
        }
        for (const auto& member : wanted->as_object()) {
            boost::system::error_code code;
            const json::value* found = answer.find_pointer(member.value().as_string(), code);
            const bool is_lost = !found || found->is_null();
            kept_[member.key()] = is_lost ? "replayed" : text_of(*found);
            if (is_lost) {
                lost_[member.key()] = step;
            }
        }
    }

    std::string refused(const licet::Error& error, const std::string& expected) {
        const std::string rule = error.code.category() == licet::errc_category()
                                     ? licet::name_of(static_cast<licet::Errc>(error.code.value()))
                                     : "";
        out_ << ": refused, " << rule << "\n        " << error.message() << "\n";
        for (const licet::Finding& finding : error.findings) {
            out_ << "        " << (finding.severity == licet::Severity::error ? "error" : "warning")
                 << " " << finding.pointer << ": " << finding.message
                 << (finding.hint.empty() ? "" : " (" + finding.hint + ")") << "\n";
        }
        refused_ += rule == expected ? 1 : 0;
        return rule == expected ? ""
                                : "refused with " + rule + ", expected " +
                                      (expected.empty() ? "success" : expected);
    }

    void print(json::string_view pointer, const json::value& root) {
        boost::system::error_code code;
        const json::value* found = root.find_pointer(pointer, code);
        const auto name = pointer.substr(pointer.rfind('/') + 1);
        out_ << "        " << name << ": " << (found ? text_of(*found) : "nothing") << "\n";
    }

    void print_finding(const json::object& finding) {
        const std::string hint = string_at(finding, "hint");
        out_ << "        " << string_at(finding, "severity") << " " << string_at(finding, "pointer")
             << ": " << string_at(finding, "message") << (hint.empty() ? "" : " (" + hint + ")")
             << "\n";
    }

    // "$name", and "$name" after "token=" of a link, as an invite's link ends.
    void substitute(json::value& value) {
        if (json::object* object = value.if_object()) {
            for (auto& member : *object) {
                substitute(member.value());
            }
        } else if (json::array* array = value.if_array()) {
            for (json::value& element : *array) {
                substitute(element);
            }
        } else if (json::string* text = value.if_string(); text && text->starts_with('$')) {
            std::string kept = kept_[std::string(text->subview(1))];
            const auto token = kept.find("token=");
            value = token == std::string::npos ? kept : kept.substr(token + 6);
        }
    }

    std::string table(const std::string& say, const json::object& who) {
        const json::array& apps = who.at("apps").as_array();
        out_ << "\n" << say << "\n\n" << std::left << std::setw(12) << "";
        for (const json::value& app : apps) {
            out_ << std::setw(24) << text_of(app);
        }
        out_ << "\n";
        for (const auto& user : who.at("users").as_object()) {
            out_ << std::setw(12) << std::string(user.key());
            for (const json::value& app : apps) {
                const json::object arguments{
                    {"tenant", who.at("tenant")}, {"user", user.value()}, {"app", app}};
                const auto answer = call("check_app", json::serialize(arguments));
                if (!answer) {
                    return answer.error().message();
                }
                out_ << std::setw(24) << cell(json::parse(answer.value()).as_object());
            }
            out_ << "\n";
        }
        out_ << std::right;
        return {};
    }

    // "yes, bronze silver", or "no, no_seat".
    static std::string cell(const json::object& answer) {
        if (!answer.at("licensed").as_bool()) {
            return "no, " + string_at(answer, "reason");
        }
        std::string text = string_at(answer, "reason") == "in_grace" ? "in grace," : "yes,";
        for (const json::value& service_id : answer.at("by").as_array()) {
            const std::string id = text_of(service_id);
            text += " " + id.substr(id.rfind('.') + 1);
        }
        return text;
    }

    std::ostream& out_;
    std::ostream* record_;
    std::unique_ptr<licet::Engine> engine_;
    json::object actors_;
    std::map<std::string, std::string, std::less<>> kept_;
    std::map<std::string, json::object, std::less<>> lost_;  // and the steps that made it
    int steps_ = 0;
    int changes_ = 0;
    int replayed_ = 0;
    int refused_ = 0;
};

}  // namespace

int run(const std::string& scenario, const std::string& store, std::ostream& out, std::ostream& err,
        std::ostream* record) {
    std::ifstream file(scenario);
    if (!file) {
        err << scenario << ": cannot be read\n";
        return could_not_run;
    }
    Story story(out, record);
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        if (line.empty()) {
            continue;
        }
        std::string wrong;
        try {
            const json::value step = json::parse(line);
            if (number > 1) {
                wrong = story.tell(step.as_object());
            } else if (const auto opened = story.open(step.as_object(), store); !opened) {
                wrong = opened.error().message();
            }
        } catch (const std::exception& exception) {
            wrong = exception.what();
        }
        if (!wrong.empty()) {
            err << scenario << ":" << number << ": " << wrong << "\n";
            return number == 1 ? could_not_run : went_wrong;
        }
    }
    story.close();
    return 0;
}

}  // namespace journey
