#include <sstream>

#include "program.hpp"

namespace cli {
namespace {

std::string joined(const std::vector<std::string>& words, const char* between = " ") {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : between) + word;
    }
    return text;
}

std::string command_names(const CLI::App& program) {
    std::vector<std::string> names;
    for (const CLI::App* command : commands_of(program)) {
        names.push_back(command->get_name());
    }
    return joined(names);
}

std::string option_names(const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::Option* option : options_of(command)) {
        names.push_back(joined(names_of(*option)));
    }
    return joined(names);
}

/// The words that the first positional takes.
std::string first_words(const CLI::App& command) {
    const auto positionals = positionals_of(command);
    return positionals.empty() ? "" : joined(words_of(*positionals.front()));
}

/// Within single quotes, in each of the three shells.
std::string quoted(const std::string& text, const char* quote) {
    std::string safe;
    for (const char c : text) {
        safe += c == '\'' ? std::string(quote) : std::string(1, c);
    }
    return "'" + safe + "'";
}

std::string bash(const CLI::App& program) {
    std::ostringstream out;
    out << "_licet() {\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=\n"
           "    COMPREPLY=()\n"
           "    if ((COMP_CWORD == 1)); then\n"
           "        words='"
        << command_names(program)
        << " --help --version'\n"
           "    else\n"
           "        case ${COMP_WORDS[1]}:$before in\n";
    for (const CLI::App* command : commands_of(program)) {
        const std::string& name = command->get_name();
        for (const CLI::Option* option : options_of(*command)) {
            if (const auto words = words_of(*option); !words.empty()) {
                out << "            " << name << ":" << names_of(*option).back() << ") words='"
                    << joined(words) << "' ;;\n";
            }
        }
        if (const std::string words = first_words(*command); !words.empty()) {
            out << "            " << name << ":" << name << ") words='" << words << "' ;;\n";
        }
    }
    out << "        esac\n"
           "        if [[ $word == -* ]]; then\n"
           "            case ${COMP_WORDS[1]} in\n";
    for (const CLI::App* command : commands_of(program)) {
        out << "                " << command->get_name() << ") words='" << option_names(*command)
            << "' ;;\n";
    }
    out << "            esac\n"
           "        fi\n"
           "    fi\n"
           "    if [[ -n $words ]]; then\n"
           "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
           "    else\n"
           "        mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
           "    fi\n"
           "}\n"
           "complete -o filenames -F _licet licet\n";
    return out.str();
}

std::string zsh_action(const CLI::Option& option) {
    const auto words = words_of(option);
    return words.empty() ? "_files" : "(" + joined(words) + ")";
}

/// For _arguments, where brackets and colons mean something.
std::string zsh_text(std::string text) {
    for (const char special : {'[', ']', ':'}) {
        std::string safe;
        for (const char c : text) {
            safe += c == special ? std::string("\\") + c : std::string(1, c);
        }
        text = safe;
    }
    return text;
}

std::string zsh_option(const CLI::Option& option, const std::string& name) {
    std::string spec = name + "[" + zsh_text(option.get_description()) + "]";
    if (takes_value(option)) {
        spec += ":" + zsh_text(option.get_type_name()) + ":" + zsh_action(option);
    }
    return quoted(spec, "'\\''");
}

std::string zsh_positional(const CLI::Option& option) {
    const bool is_list = option.get_expected_max() > 1;
    return quoted(std::string(is_list ? "*" : "") + ":" + zsh_text(option.get_description()) + ":" +
                      zsh_action(option),
                  "'\\''");
}

std::string zsh(const CLI::App& program) {
    std::ostringstream out;
    out << "#compdef licet\n\n_licet() {\n    local -a commands=(\n";
    for (const CLI::App* command : commands_of(program)) {
        out << "        "
            << quoted(command->get_name() + ":" + zsh_text(command->get_description()), "'\\''")
            << "\n";
    }
    out << "    )\n"
           "    if ((CURRENT == 2)); then\n"
           "        _describe command commands\n"
           "        return\n"
           "    fi\n"
           "    local command=${words[2]}\n"
           "    shift words\n"
           "    ((CURRENT--))\n"
           "    case $command in\n";
    for (const CLI::App* command : commands_of(program)) {
        out << "        " << command->get_name() << ")\n            _arguments";
        for (const CLI::Option* option : options_of(*command)) {
            for (const std::string& name : names_of(*option)) {
                out << " \\\n                " << zsh_option(*option, name);
            }
        }
        for (const CLI::Option* option : positionals_of(*command)) {
            out << " \\\n                " << zsh_positional(*option);
        }
        out << "\n            ;;\n";
    }
    out << "    esac\n}\n\nif [[ $funcstack[1] == _licet ]]; then\n    _licet \"$@\"\nelse\n"
           "    compdef _licet licet\nfi\n";
    return out.str();
}

std::string fish_option(const CLI::App& command, const CLI::Option& option) {
    std::string line =
        "complete -c licet -n '__fish_seen_subcommand_from " + command.get_name() + "'";
    for (const std::string& name : option.get_snames()) {
        line += " -s " + name;
    }
    for (const std::string& name : option.get_lnames()) {
        line += " -l " + name;
    }
    if (takes_value(option)) {
        const auto words = words_of(option);
        line += words.empty() ? " -r" : " -x -a '" + joined(words) + "'";
    }
    return line + " -d " + quoted(option.get_description(), "\\'") + "\n";
}

std::string fish(const CLI::App& program) {
    std::string out;
    for (const CLI::App* command : commands_of(program)) {
        out += "complete -c licet -n __fish_use_subcommand -f -a " + command->get_name() + " -d " +
               quoted(command->get_description(), "\\'") + "\n";
        for (const CLI::Option* option : options_of(*command)) {
            out += fish_option(*command, *option);
        }
        if (const std::string words = first_words(*command); !words.empty()) {
            out += "complete -c licet -n '__fish_seen_subcommand_from " + command->get_name() +
                   "' -f -a '" + words + "'\n";
        }
    }
    return out;
}

}  // namespace

std::string completion(const CLI::App& program, const std::string& shell) {
    return shell == "zsh" ? zsh(program) : shell == "fish" ? fish(program) : bash(program);
}

}  // namespace cli
