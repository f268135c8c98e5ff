#include "program.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace licet::test {
namespace {

void redirect(const std::string& path, int flags, int descriptor) {
    const int file = ::open(path.c_str(), flags, 0600);
    ::dup2(file, descriptor);
    ::close(file);
}

[[noreturn]] void become(const std::vector<std::string>& command,
                         const std::vector<std::string>& environment) {
    for (const char* name : {"LICET_STORE", "LICET_AS", "NO_COLOR"}) {
        ::unsetenv(name);
    }
    ::setenv("USER", "ana", 1);
    ::setenv("TERM", "xterm", 1);
    std::vector<std::string> added = environment;
    for (std::string& variable : added) {
        ::putenv(variable.data());
    }
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
}

}  // namespace

void Desk::put(const std::string& name, const std::string& text) const {
    std::ofstream(folder_.file(name), std::ios::binary) << text;
}

std::string Desk::text_of(const std::string& name) const {
    std::ifstream file(folder_.file(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

bool Desk::has(const std::string& name) const {
    return std::filesystem::exists(folder_.file(name));
}

Ran Desk::licet(const std::vector<std::string>& arguments, const std::string& input) const {
    std::vector<std::string> command = arguments;
    command.insert(command.begin(), LICET_PROGRAM);
    return run(command, input);
}

Ran Desk::licet_unheard(const std::vector<std::string>& arguments, const std::string& input) const {
    std::vector<std::string> command{"sh", "-c", R"(exec "$0" "$@" > /dev/full)", LICET_PROGRAM};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return run(command, input);
}

Ran Desk::run(const std::vector<std::string>& command, const std::string& input,
              const std::vector<std::string>& environment) const {
    put(".in", input);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        redirect(folder_.file(".in"), O_RDONLY, STDIN_FILENO);
        redirect(folder_.file(".out"), O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
        redirect(folder_.file(".err"), O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
        if (::chdir(folder_.file("").c_str()) == 0) {
            become(command, environment);
        }
        ::_exit(127);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of(".out"), text_of(".err")};
}

std::string fabrikam_offer() {
    return R"({
  "publisher": "fabrikam",
  "id": "f365",
  "alias": "Fabrikam 365",
  "setup": {
    "sell_through_microsoft": false,
    "license_management": true,
    "require_license_for_install": true
  },
  "listing": {"name": "Fabrikam 365"},
  "technical": {
    "base_license_model": "user",
    "package_url": "https://fabrikam.example/package.zip"
  },
  "plans": [
    {"id": "bronze", "name": "Bronze", "apps": ["crf36_BronzeApp"]},
    {"id": "silver", "name": "Silver", "apps": ["crf36_bronzeapp", "crf36_SilverApp"]}
  ]
}
)";
}

std::string with(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace licet::test
