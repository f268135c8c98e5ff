#include <filesystem>
#include <fstream>
#include <utility>

#include <boost/json.hpp>

#include "commands.hpp"
#include "offer_source.hpp"

namespace cli {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

/// Written whole beside its place first: a file is there as it should be, or as it was.
bool write(const fs::path& path, const json::string& text) {
    std::ofstream file(path, std::ios::binary);
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    file.close();
    return file.good();
}

/// Both files, or neither of them new.
bool write_both(const fs::path& definition, const fs::path& mapping, const json::object& answer) {
    const fs::path new_definition = definition.string() + ".new";
    const fs::path new_mapping = mapping.string() + ".new";
    std::error_code failed;
    const bool are_written = write(new_definition, answer.at("definition").as_string()) &&
                             write(new_mapping, answer.at("mapping").as_string());
    if (are_written) {
        fs::rename(new_definition, definition, failed);
    }
    if (are_written && !failed) {
        fs::rename(new_mapping, mapping, failed);
    }
    std::error_code ignored;
    fs::remove(new_definition, ignored);
    fs::remove(new_mapping, ignored);
    return are_written && !failed;
}

}  // namespace

int write_plan_files(const PlanFilesOptions& options, Terminal& terminal) {
    const Offer offer = offer_in_file(options.file, terminal);
    if (!offer.session) {
        return offer.status;
    }
    const auto answer = offer.session->call(
        "plan_files.write", json::object{{"publisher", offer.publisher}, {"offer", offer.id}});
    if (!answer) {
        return print_failure(terminal, answer.error());
    }
    const fs::path folder = options.folder;
    const fs::path definition = folder / "plan_definition.csv";
    const fs::path mapping = folder / "plan_mapping.csv";
    std::error_code ignored;
    fs::create_directories(folder, ignored);
    if (!write_both(definition, mapping, answer.value())) {
        print_error(terminal, "cannot write into " + folder.string());
        return could_not_run;
    }
    terminal.out << definition.string() << "\n" << mapping.string() << "\n";
    return clean;
}

}  // namespace cli
