#include <sstream>

#include "program.hpp"

namespace cli {
namespace {

/// Text as roff takes it: a line must not begin with a control, and a dash is a dash.
std::string escaped(const std::string& text) {
    std::string safe;
    bool begins_line = true;
    for (const char c : text) {
        if (begins_line && (c == '.' || c == '\'')) {
            safe += "\\&";
        }
        safe += c == '\\' ? "\\e" : c == '-' ? "\\-" : std::string(1, c);
        begins_line = c == '\n';
    }
    return safe;
}

/// A sentence over several lines of at most 80 bytes.
std::string filled(const std::string& text) {
    std::istringstream words(text);
    std::string lines;
    std::size_t width = 0;
    for (std::string word; words >> word;) {
        word = escaped(word);
        const bool fits = width + word.size() < 78;
        lines += lines.empty() ? "" : fits ? " " : "\n";
        width = fits ? width + 1 + word.size() : word.size();
        lines += word;
    }
    return lines + ".\n";
}

std::string synopsis(const CLI::App& command) {
    std::string line = "\\fBlicet " + escaped(command.get_name()) + "\\fR";
    for (const CLI::Option* option : positionals_of(command)) {
        const std::string name = "\\fI" + escaped(option->get_name()) + "\\fR" +
                                 (option->get_expected_max() > 1 ? " ..." : "");
        line += option->get_required() ? " " + name : " [" + name + "]";
    }
    return line + " [\\fIoptions\\fR]";
}

void write_option(std::ostream& out, const CLI::Option& option) {
    out << ".TP\n";
    std::string names;
    for (const std::string& name : names_of(option)) {
        names += (names.empty() ? "" : ", ") + ("\\fB" + escaped(name) + "\\fR");
    }
    if (names.empty()) {
        names = "\\fI" + escaped(option.get_name()) + "\\fR";
    }
    out << names;
    if (option.nonpositional() && takes_value(option)) {
        out << " \\fI" << escaped(option.get_type_name()) << "\\fR";
    }
    out << "\n" << filled(option.get_description());
    if (!option.get_default_str().empty()) {
        out << "Default: " << escaped(option.get_default_str()) << ".\n";
    }
    if (!option.get_envname().empty()) {
        out << "Default: what " << option.get_envname() << " says.\n";
    }
}

void write_command(std::ostream& out, const CLI::App& command) {
    out << ".SS " << escaped(command.get_name()) << "\n"
        << synopsis(command) << "\n.PP\n"
        << filled(command.get_description());
    for (const CLI::Option* option : positionals_of(command)) {
        write_option(out, *option);
    }
    for (const CLI::Option* option : options_of(command)) {
        write_option(out, *option);
    }
    std::istringstream footer(command.get_footer());
    std::string title;
    std::getline(footer, title);
    out << ".PP\n" << escaped(title) << "\n.PP\n.nf\n.RS\n";
    for (std::string line; std::getline(footer, line);) {
        out << escaped(line.substr(line.find_first_not_of(' '))) << "\n";
    }
    out << ".RE\n.fi\n";
}

constexpr const char* end_of_page =
    ".SH ENVIRONMENT\n"
    ".TP\n.B LICET_STORE\nThe store where \\fB\\-\\-store\\fR is not given.\n"
    ".TP\n.B LICET_AS\nWho asks where \\fB\\-\\-as\\fR is not given.\n"
    ".TP\n.B NO_COLOR\nWhere set and not empty, nothing is colored.\n"
    ".TP\n.B USER\nThe name under which \\fB\\-\\-as\\fR publisher:ID acts.\n"
    ".SH EXIT STATUS\n"
    ".TP\n.B 0\nDone, and nothing is wrong.\n"
    ".TP\n.B 1\nThere are findings of severity error, or the change was refused.\n"
    ".TP\n.B 2\nIt could not run: a file, the store or the command line.\n";

}  // namespace

std::string manual(const CLI::App& program, const std::string& date) {
    std::ostringstream out;
    out << ".TH LICET 1 \"" << date << "\" \"licet " << LICET_VERSION << "\"\n"
        << ".SH NAME\nlicet \\- " << escaped(program.get_description()) << "\n.SH SYNOPSIS\n";
    const char* separator = "";
    for (const CLI::App* command : commands_of(program)) {
        out << separator << synopsis(*command) << "\n";
        separator = ".br\n";
    }
    out << ".SH DESCRIPTION\n"
           "licet knows the rules by which licensed apps are sold on a marketplace:\n"
           "offers, plans, Service IDs, deals, licenses, seats.\n"
           "Errors read like a compiler's: file, line, column, what is wrong, and the rule.\n"
           ".SH COMMANDS\n";
    for (const CLI::App* command : commands_of(program)) {
        write_command(out, *command);
    }
    out << end_of_page;
    return out.str();
}

}  // namespace cli
