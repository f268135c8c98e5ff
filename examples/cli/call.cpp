#include <utility>

#include "commands.hpp"
#include "session.hpp"

namespace cli {

int call(const CallOptions& options, Terminal& terminal) {
    auto arguments =
        options.arguments == "-" ? Source::read("-") : Source("<arguments>", options.arguments);
    if (!arguments) {
        print_error(terminal, "standard input cannot be read");
        return could_not_run;
    }
    const auto session = Session::open(options.access, true, terminal);
    if (!session) {
        return could_not_run;
    }
    const auto answer = session->call(options.operation, arguments->text());
    if (!answer) {
        return print_failure(terminal, answer.error(), *arguments);
    }
    terminal.out << answer.value() << "\n";
    return clean;
}

}  // namespace cli
