#include "program.hpp"

#include <algorithm>
#include <utility>

#include <licet/operations/operations.hpp>

namespace cli {
namespace {

/// One of a few words; these stand in the option's type, where words_of finds them again.
void choose(CLI::Option* option, const std::vector<std::string>& words) {
    std::string type;
    for (const std::string& word : words) {
        type += (type.empty() ? "" : "|") + word;
    }
    option->type_name(type)->check(CLI::IsMember(words).description(""));
}

CLI::App* command(CLI::App& program, const std::string& name, const std::string& description,
                  const std::string& example) {
    CLI::App* made = program.add_subcommand(name, description);
    made->group("Commands");
    made->footer("Example:\n  " + example);
    return made;
}

void add_profile(CLI::App& app, std::string& profile) {
    choose(app.add_option("--profile", profile,
                          "Judge as a new offer, or as one that exists out there")
               ->capture_default_str(),
           {"create", "import"});
}

void add_format(CLI::App& app, std::string& format, const std::vector<std::string>& formats) {
    choose(app.add_option("--format", format, "How to write it")->capture_default_str(), formats);
}

CLI::Option* add_store(CLI::App& app, std::string& store) {
    return app
        .add_option("--store", store,
                    "memory, a path of an SQLite file, sqlite:PATH, postgresql://..., or a "
                    "configuration in JSON")
        ->envname("LICET_STORE")
        ->type_name("STORE");
}

void add_actor(CLI::App& app, std::string& as) {
    app.add_option("--as", as,
                   "Who asks: publisher:ID, tenant:ID or reviewer, with all roles of that side, "
                   "or an actor in JSON")
        ->envname("LICET_AS")
        ->type_name("ACTOR");
}

void add_lint(CLI::App& program, Line& line) {
    CLI::App* app = command(program, "lint", "Say all that is wrong with an offer or plan files",
                            "licet lint offer.json\n  licet lint offer.json "
                            "plan_definition.csv plan_mapping.csv --format sarif");
    app->add_option("file", line.lint.files,
                    "Offers in JSON, and plan files (.csv) in pairs; - is standard input")
        ->required()
        ->type_name("FILE");
    add_profile(*app, line.lint.profile);
    add_format(*app, line.lint.format, {"text", "json", "sarif"});
    app->callback([&] { line.command = [&](Terminal& to) { return lint(line.lint, to); }; });
}

void add_apply(CLI::App& program, Line& line) {
    CLI::App* app = command(program, "apply", "Make the stored draft equal to an offer's document",
                            "licet apply offer.json --store fabrikam.db --as publisher:fabrikam "
                            "--dry-run");
    app->add_option("file", line.apply.file, "The offer in JSON")->required()->type_name("FILE");
    add_store(*app, line.apply.access.store)->required();
    add_actor(*app, line.apply.access.as);
    add_profile(*app, line.apply.profile);
    app->add_flag("--dry-run", line.apply.dry_run, "Only show the differences; write nothing");
    app->callback([&] { line.command = [&](Terminal& to) { return apply(line.apply, to); }; });
}

void add_plan_files(CLI::App& program, Line& line) {
    CLI::App* app = command(program, "plan-files",
                            "Write the two CSV files that bring Service IDs into a solution",
                            "licet plan-files offer.json -o solution");
    app->add_option("file", line.plan_files.file, "The offer in JSON")
        ->required()
        ->type_name("FILE");
    app->add_option("-o,--output", line.plan_files.folder,
                    "Where plan_definition.csv and plan_mapping.csv are to be")
        ->capture_default_str()
        ->type_name("FOLDER");
    app->callback([&] {
        line.command = [&](Terminal& to) { return write_plan_files(line.plan_files, to); };
    });
}

void add_matrix(CLI::App& program, Line& line) {
    CLI::App* app = command(program, "matrix", "Show which plan opens which app",
                            "licet matrix offer.json\n  licet matrix fabrikam.f365 --store "
                            "fabrikam.db");
    app->add_option("offer", line.matrix.offer,
                    "The offer in JSON, or with --store its name, PUBLISHER.OFFER")
        ->required()
        ->type_name("OFFER");
    add_store(*app, line.matrix.access.store);
    add_actor(*app, line.matrix.access.as);
    add_format(*app, line.matrix.format, {"text", "json"});
    app->callback(
        [&] { line.command = [&](Terminal& to) { return show_matrix(line.matrix, to); }; });
}

void add_call(CLI::App& program, Line& line) {
    CLI::App* app =
        command(program, "call", "Run an operation by its name",
                "licet call offers.get '{\"publisher\":\"fabrikam\",\"id\":\"f365\"}' --store "
                "fabrikam.db --as publisher:fabrikam\n  licet call seats.import "
                "'{\"tenant\":\"<guid>\"}' --input seats.csv --output outcomes.csv --store "
                "fabrikam.db --as tenant:<guid>");
    CLI::Option* operation =
        app->add_option("operation", line.call.operation, "What licet operations lists");
    operation->required()->type_name("OPERATION");
    app->add_option("arguments", line.call.arguments,
                    "A JSON object; - is what comes on standard input")
        ->capture_default_str()
        ->type_name("ARGUMENTS");
    app->add_option("--input", line.call.input,
                    "Where the operation's long text comes from; - is standard input")
        ->type_name("FILE");
    app->add_option("--output", line.call.output,
                    "Where its long text goes; - is standard output, with the answer on standard "
                    "error")
        ->type_name("FILE");
    line.call.access.store = "memory";
    add_store(*app, line.call.access.store)->capture_default_str();
    add_actor(*app, line.call.access.as);
    app->callback([&] { line.command = [&](Terminal& to) { return call(line.call, to); }; });
}

void add_run(CLI::App& program, Line& line) {
    CLI::App* app = command(program, "run", "Play a scenario, a file of calls told as a story",
                            "licet run examples/journey/fabrikam.jsonl --store fabrikam.db");
    app->add_option("scenario", line.run.scenario, "JSON, one object a line")
        ->required()
        ->type_name("FILE");
    line.run.store = "memory";
    add_store(*app, line.run.store)->capture_default_str();
    app->callback([&] { line.command = [&](Terminal& to) { return run(line.run, to); }; });
}

void add_events(CLI::App& program, Line& line) {
    CLI::App* app = command(program, "events", "List what happened to an offer, a deal, a pool",
                            "licet events offer/fabrikam/f365 --store fabrikam.db --as "
                            "publisher:fabrikam");
    app->add_option("stream", line.events.stream, "Such as offer/fabrikam/f365")
        ->required()
        ->type_name("STREAM");
    app->add_option("--limit", line.events.limit, "No more than this many; 0 is all")
        ->capture_default_str()
        ->type_name("NUMBER")
        ->check(CLI::NonNegativeNumber.description(""));
    add_store(*app, line.events.access.store)->required();
    add_actor(*app, line.events.access.as);
    add_format(*app, line.events.format, {"text", "json"});
    app->callback(
        [&] { line.command = [&](Terminal& to) { return list_events(line.events, to); }; });
}

void add_verify(CLI::App& program, Line& line) {
    CLI::App* app = command(program, "verify", "Say whether a history is whole and unedited",
                            "licet verify offer/fabrikam/f365 --store fabrikam.db --as "
                            "publisher:fabrikam");
    app->add_option("stream", line.verify.streams, "Such as offer/fabrikam/f365")
        ->required()
        ->type_name("STREAM");
    add_store(*app, line.verify.access.store)->required();
    add_actor(*app, line.verify.access.as);
    app->callback([&] { line.command = [&](Terminal& to) { return verify(line.verify, to); }; });
}

void add_store_command(CLI::App& program, Line& line) {
    CLI::App* app = command(program, "store", "Move a whole store: into another one, or as text",
                            "licet store copy fabrikam.db postgresql://localhost/licet\n"
                            "  licet store export fabrikam.db | gzip > fabrikam.jsonl.gz\n"
                            "  zcat fabrikam.jsonl.gz | licet store import fabrikam.db");
    choose(app->add_option("action", line.store.action,
                           "Copy from the first store to the second, write one to standard "
                           "output, or fill one from standard input; what was cut goes on")
               ->required(),
           {"copy", "export", "import"});
    app->add_option("stores", line.store.stores,
                    "A path of an SQLite file, sqlite:PATH, postgresql://..., or a configuration "
                    "in JSON; copy takes two")
        ->required()
        ->expected(1, 2)
        ->type_name("STORE");
    app->callback(
        [&] { line.command = [&](Terminal& to) { return manage_store(line.store, to); }; });
}

void add_operations(CLI::App& program, Line& line) {
    CLI::App* operations = command(program, "operations", "List the operations and what they take",
                                   "licet operations --format json");
    add_format(*operations, line.operations_format, {"text", "json"});
    operations->callback([&] {
        line.command = [&](Terminal& to) { return list_operations(line.operations_format, to); };
    });
}

void add_schema(CLI::App& program, Line& line) {
    CLI::App* schema = command(program, "schema", "Print the JSON Schema of a document",
                               "licet schema offer > offer.schema.json");
    schema->add_option("document", line.schema, "Which document; without one, the names of all")
        ->type_name("DOCUMENT");
    schema->callback(
        [&] { line.command = [&](Terminal& to) { return show_schema(line.schema, to); }; });
}

void add_completion(CLI::App& program, Line& line) {
    CLI::App* shell = command(program, "completion", "Print a script that completes command lines",
                              "source <(licet completion bash)");
    choose(shell->add_option("shell", line.shell, "For which shell")->required(),
           {"bash", "zsh", "fish"});
    shell->callback([&] {
        line.command = [&](Terminal& to) {
            to.out << completion(program, line.shell);
            return 0;
        };
    });
}

void add_man(CLI::App& program, Line& line) {
    CLI::App* page =
        command(program, "man", "Print the manual page", "licet man > licet.1 && man ./licet.1");
    page->add_option("--date", line.date, "The date of the page")->type_name("YYYY-MM-DD");
    page->callback([&] {
        line.command = [&](Terminal& to) {
            to.out << manual(program, line.date);
            return 0;
        };
    });
}

struct Command {
    std::string_view name;
    void (*add)(CLI::App& program, Line& line);
    bool describes_all = false;
};

constexpr Command commands[] = {
    {"lint", add_lint},
    {"apply", add_apply},
    {"plan-files", add_plan_files},
    {"matrix", add_matrix},
    {"call", add_call},
    {"run", add_run},
    {"events", add_events},
    {"verify", add_verify},
    {"store", add_store_command},
    {"operations", add_operations},
    {"schema", add_schema},
    {"completion", add_completion, true},
    {"man", add_man, true},
};

}  // namespace

std::unique_ptr<CLI::App> describe(Line& line, std::string_view first_word) {
    auto program = std::make_unique<CLI::App>(
        "Check, keep and rehearse the licensing of marketplace offers", "licet");
    program->set_version_flag("--version", std::string("licet ") + LICET_VERSION);
    program->require_subcommand(1);
    program->footer("licet COMMAND --help tells more, with an example.");
    program->get_formatter()->label("SUBCOMMAND", "COMMAND");
    program->get_formatter()->label("Positionals", "Arguments");
    const auto* const named = std::ranges::find(commands, first_word, &Command::name);
    if (named != std::end(commands) && !named->describes_all) {
        named->add(*program, line);
        return program;
    }
    for (const Command& one : commands) {
        one.add(*program, line);
    }
    return program;
}

std::string complaint(const CLI::App& program, const CLI::ParseError& error,
                      std::string_view first_word) {
    const auto given = program.get_subcommands();
    if (!given.empty()) {
        return std::string(error.what()) + "; licet " + given.front()->get_name() +
               " --help tells more";
    }
    const char* const kind = first_word.starts_with('-') ? "no such option: " : "no such command: ";
    const std::string fault =
        first_word.empty() ? "no command is given" : kind + std::string(first_word);
    return fault + "; licet --help lists them";
}

std::vector<const CLI::App*> commands_of(const CLI::App& program) {
    return program.get_subcommands([](const CLI::App*) { return true; });
}

std::vector<const CLI::Option*> options_of(const CLI::App& command) {
    return command.get_options([](const CLI::Option* option) { return option->nonpositional(); });
}

std::vector<const CLI::Option*> positionals_of(const CLI::App& command) {
    return command.get_options([](const CLI::Option* option) { return option->get_positional(); });
}

std::vector<std::string> words_of(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    if (type == "OPERATION") {
        std::vector<std::string> names;
        for (const auto& operation : licet::operations()) {
            names.emplace_back(operation.name);
        }
        return names;
    }
    if (type == "DOCUMENT") {
        const auto names = licet::documents();
        return {names.begin(), names.end()};
    }
    return type.find('|') == std::string::npos ? std::vector<std::string>()
                                               : CLI::detail::split(type, '|');
}

std::vector<std::string> names_of(const CLI::Option& option) {
    std::vector<std::string> names;
    for (const std::string& name : option.get_snames()) {
        names.push_back("-" + name);
    }
    for (const std::string& name : option.get_lnames()) {
        names.push_back("--" + name);
    }
    return names;
}

bool takes_value(const CLI::Option& option) { return option.get_expected_max() > 0; }

}  // namespace cli
