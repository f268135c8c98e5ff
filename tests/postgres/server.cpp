#include "postgres/server.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <system_error>
#include <utility>

extern "C" char** environ;

namespace licet::test {
namespace {

std::string bin(const char* program) {
    const char* folder = std::getenv("LICET_POSTGRES_BIN");
    if (!folder) {
        throw std::runtime_error("LICET_POSTGRES_BIN is not set: run tests/postgres/run.sh");
    }
    return std::string(folder) + "/" + program;
}

const passwd& server_user() {
    const passwd* user = getpwnam("postgres");
    user = user ? user : getpwnam("nobody");
    if (!user) {
        throw std::runtime_error("neither a user postgres nor nobody");
    }
    return *user;
}

/// The command as a user who is not root, to be ended with the tests whatever ends them.
std::vector<std::string> as_common_user(std::vector<std::string> command) {
    std::vector<std::string> whole{"setpriv", "--pdeathsig", "QUIT"};
    if (geteuid() == 0) {
        const passwd& user = server_user();
        whole.insert(whole.end(), {"--reuid", std::to_string(user.pw_uid), "--regid",
                                   std::to_string(user.pw_gid), "--clear-groups"});
    }
    whole.insert(whole.end(), command.begin(), command.end());
    return whole;
}

/// Its output goes to the end of the file.
pid_t spawn(const std::vector<std::string>& command, const std::string& log) {
    std::vector<char*> arguments;
    for (const std::string& argument : command) {
        arguments.push_back(const_cast<char*>(argument.c_str()));  // posix_spawn changes nothing
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(),
                                     O_WRONLY | O_CREAT | O_APPEND, 0644);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    pid_t pid = -1;
    const int failed =
        posix_spawnp(&pid, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        throw std::system_error(failed, std::generic_category(), command[0]);
    }
    return pid;
}

int wait_for(pid_t pid) {
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

std::string text_of(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

int free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool done = bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                      getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    close(socket);
    if (!done) {
        throw std::system_error(errno, std::generic_category(), "a free port");
    }
    return ntohs(address.sin_port);
}

void give_to_server_user(const TemporaryFolder& folder) {
    const std::string path = folder.file("");
    if (geteuid() == 0 && chown(path.c_str(), server_user().pw_uid, server_user().pw_gid) != 0) {
        throw std::system_error(errno, std::generic_category(), path);
    }
}

void run(const std::vector<std::string>& command, const TemporaryFolder& folder) {
    const std::string log = folder.file("log");
    if (wait_for(spawn(command, log)) != 0) {
        throw std::runtime_error(command.back() + ": " + text_of(log));
    }
}

constexpr const char* who_may_connect =
    "local all all trust\n"
    "host all,replication postgres 127.0.0.1/32 trust\n"
    "host all all 127.0.0.1/32 scram-sha-256\n";

/// What every server begins with a copy of. Its collation is not that of bytes.
void make_cluster(const TemporaryFolder& folder) {
    give_to_server_user(folder);
    const std::string data = folder.file("data");
    run(as_common_user({bin("initdb"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync",
                        "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US", "-D",
                        data}),
        folder);
    std::ofstream(data + "/pg_hba.conf") << who_may_connect;
}

}  // namespace

Session::Session(const std::string& uri) : connection_(PQconnectdb(uri.c_str()), PQfinish) {
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr);
}

std::string Session::ask(const std::string& sql) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> rows(PQexec(connection_.get(), sql.c_str()),
                                                             PQclear);
    const ExecStatusType status = PQresultStatus(rows.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        throw std::runtime_error(sql + ": " + PQerrorMessage(connection_.get()));
    }
    const bool has_text = PQntuples(rows.get()) > 0 && PQnfields(rows.get()) > 0;
    return has_text ? PQgetvalue(rows.get(), 0, 0) : "";
}

Server::Server(std::vector<std::string> settings) : settings_(std::move(settings)) {
    static const TemporaryFolder cluster;
    static const bool made = (make_cluster(cluster), true);
    (void)made;
    give_to_server_user(folder_);
    run(as_common_user({"cp", "-R", cluster.file("data"), folder_.file("data")}), folder_);
    port_ = free_port();
    start();
}

Server::~Server() {
    if (pid_ > 0) {
        end(SIGQUIT);
    }
}

std::string Server::uri(const std::string& database) const { return uri(database, port_); }

std::string Server::uri(const std::string& database, int port) const {
    return "postgresql://postgres@127.0.0.1:" + std::to_string(port) + "/" + database;
}

std::string Server::new_database() {
    std::string name = "test_" + std::to_string(++databases_);
    ask("postgres", "CREATE DATABASE " + name);
    return name;
}

std::string Server::ask(const std::string& database, const std::string& sql) const {
    return Session(uri(database)).ask(sql);
}

void Server::start() {
    std::vector<std::string> command{bin("postgres"),
                                     "-D",
                                     folder_.file("data"),
                                     "-p",
                                     std::to_string(port_),
                                     "-c",
                                     "listen_addresses=127.0.0.1",
                                     "-c",
                                     "unix_socket_directories=" + folder_.file("")};
    for (const std::string& setting : settings_) {
        command.insert(command.end(), {"-c", setting});
    }
    pid_ = spawn(as_common_user(command), folder_.file("log"));
    const std::string uri = this->uri("postgres");
    while (PQping(uri.c_str()) != PQPING_OK) {
        if (waitpid(pid_, nullptr, WNOHANG) == pid_) {
            pid_ = -1;
            throw std::runtime_error("the server ended: " + text_of(folder_.file("log")));
        }
        poll(nullptr, 0, 10);
    }
}

void Server::stop() { end(SIGINT); }

void Server::crash() { end(SIGQUIT); }

void Server::end(int signal) {
    kill(pid_, signal);
    wait_for(std::exchange(pid_, -1));
}

Server& shared_server() {
    static Server server({"deadlock_timeout=20ms"});
    return server;
}

}  // namespace licet::test
