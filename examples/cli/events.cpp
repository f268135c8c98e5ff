#include <algorithm>

#include <boost/json.hpp>

#include "commands.hpp"
#include "session.hpp"

namespace cli {
namespace {

namespace json = boost::json;

constexpr std::uint64_t page_max = 1000;

std::string text_of(const json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

void print_event(Output& out, const json::object& event) {
    out << text_of(event.at("number")) << "  " << text_of(event.at("at")) << "  ";
    out.paint(Style::strong, text_of(event.at("operation")));
    out << "  " << text_of(event.at("by").as_object().at("id")) << "\n";
}

/// True where the stream is whole. One without events is none that there is: its name is wrong.
bool print_verdict(Output& out, const json::object& answer) {
    if (!answer.at("ok").as_bool()) {
        out.paint(Style::error, "broken");
        out << " at event " << text_of(answer.at("broken_at")) << "\n";
        return false;
    }
    const std::string count = text_of(answer.at("count"));
    if (count == "0") {
        out.paint(Style::error, "no events");
        out << "\n";
        return false;
    }
    out.paint(Style::added, "ok");
    out << ", " << count << (count == "1" ? " event" : " events") << "\n";
    return true;
}

}  // namespace

int list_events(const EventsOptions& options, Terminal& terminal) {
    const auto session = Session::open(options.access, false, terminal);
    if (!session) {
        return could_not_run;
    }
    Progress progress(terminal, "events");
    std::uint64_t left = options.limit == 0 ? UINT64_MAX : options.limit;
    json::value after;
    do {
        const auto page =
            session->call("events.list", json::object{{"stream", options.stream},
                                                      {"limit", std::min(left, page_max)},
                                                      {"after", after}});
        if (!page) {
            return print_failure(terminal, page.error());
        }
        const json::array& events = page.value().at("items").as_array();
        for (const json::value& event : events) {
            if (options.format == "json") {
                terminal.out << json::serialize(event) << "\n";
            } else {
                print_event(terminal.out, event.as_object());
            }
        }
        progress.advance(events.size());
        left -= events.size();
        after = page.value().at("next");
    } while (left > 0 && !after.is_null());
    return clean;
}

int verify(const VerifyOptions& options, Terminal& terminal) {
    const auto session = Session::open(options.access, false, terminal);
    if (!session) {
        return could_not_run;
    }
    Progress progress(terminal, "streams", options.streams.size());
    int status = clean;
    for (const std::string& stream : options.streams) {
        const auto answer = session->call("events.verify", json::object{{"stream", stream}});
        if (!answer) {
            return print_failure(terminal, answer.error());
        }
        terminal.out << stream << ": ";
        status = print_verdict(terminal.out, answer.value()) ? status : refused;
        progress.advance();
    }
    return status;
}

}  // namespace cli
