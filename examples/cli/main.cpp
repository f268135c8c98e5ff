#include <exception>
#include <string_view>

#include "diagnostic.hpp"
#include "program.hpp"

namespace {

/// What could not be written is no success, whatever else came of the command.
int ended(int status, cli::Terminal& terminal) {
    if (terminal.out.flush()) {
        return status;
    }
    cli::print_error(terminal, "standard output cannot be written");
    return cli::could_not_run;
}

}  // namespace

int main(int argc, char** argv) {
    cli::Terminal terminal = cli::Terminal::of_process();
    cli::Line line;
    try {
        const std::string_view first_word = argc > 1 ? argv[1] : "";
        const auto program = cli::describe(line, first_word);
        try {
            program->parse(argc, argv);
        } catch (const CLI::Success& help) {
            return ended(program->exit(help), terminal);
        } catch (const CLI::ParseError& error) {
            cli::print_error(terminal, cli::complaint(*program, error, first_word));
            return cli::could_not_run;
        }
        return ended(line.command(terminal), terminal);
    } catch (const std::exception& exception) {
        cli::print_error(terminal, exception.what());
        return cli::could_not_run;
    }
}
