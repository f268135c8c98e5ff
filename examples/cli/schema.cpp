#include <algorithm>

#include <licet/operations/operations.hpp>

#include "commands.hpp"
#include "diagnostic.hpp"

namespace cli {

int list_operations(const std::string& format, Terminal& terminal) {
    if (format == "json") {
        terminal.out << licet::operations_document() << "\n";
        return clean;
    }
    const auto all = licet::operations();
    std::size_t width = 0;
    for (const licet::OperationInfo& operation : all) {
        width = std::max(width, operation.name.size());
    }
    for (const licet::OperationInfo& operation : all) {
        terminal.out.paint(Style::strong, operation.name);
        terminal.out << std::string(width - operation.name.size(), ' ');
        for (const std::string_view field : operation.fields) {
            terminal.out << " " << field;
        }
        terminal.out << "\n";
    }
    return clean;
}

int show_schema(const std::string& name, Terminal& terminal) {
    if (name.empty()) {
        for (const auto& document : licet::documents()) {
            terminal.out << document << "\n";
        }
        return clean;
    }
    const auto schema = licet::schema_of(name);
    if (!schema) {
        print_error(terminal, "there is no document " + name + "; licet schema lists them");
        return could_not_run;
    }
    terminal.out << *schema << "\n";
    return clean;
}

}  // namespace cli
