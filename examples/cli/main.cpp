#include <exception>

#include "diagnostic.hpp"
#include "program.hpp"

int main(int argc, char** argv) {
    cli::Terminal terminal = cli::Terminal::of_process();
    cli::Line line;
    try {
        const auto program = cli::describe(line);
        try {
            program->parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            return program->exit(error) == 0 ? cli::clean : cli::could_not_run;
        }
        return line.command(terminal);
    } catch (const std::exception& exception) {
        cli::print_error(terminal, exception.what());
        return cli::could_not_run;
    }
}
