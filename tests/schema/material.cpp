// What the check of the schemas works on, one JSON object a line: the document of all operations,
// the schema of every other document, and every call that the given scenarios make.

#include <iostream>
#include <sstream>

#include <licet/operations/operations.hpp>

#include "journey/scenario.hpp"

int main(int argc, char** argv) {
    std::cout << licet::operations_document() << "\n";
    for (const std::string_view document : licet::documents()) {
        std::cout << R"({"document":")" << document << R"(","schema":)"
                  << licet::schema_of(document).value_or("null") << "}\n";
    }
    std::ostringstream story;
    for (int i = 1; i < argc; ++i) {
        if (const int status = journey::run(argv[i], "memory", story, std::cerr, &std::cout)) {
            return status;
        }
    }
    return 0;
}
