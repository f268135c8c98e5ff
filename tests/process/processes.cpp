#include "process/processes.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

extern "C" char** environ;

namespace licet::test {
namespace {

struct Pipe {
    int read_end = -1;
    int write_end = -1;
};

void require(bool done, int code, const char* what) {
    if (!done) {
        throw std::system_error(code, std::generic_category(), what);
    }
}

Pipe make_pipe() {
    std::array<int, 2> ends{};
    require(::pipe2(ends.data(), O_CLOEXEC) == 0, errno, "pipe2");
    return {ends[0], ends[1]};
}

/// Bytes read, 0 at the end.
std::size_t read_some(int from, char* to, std::size_t size) {
    for (;;) {
        const ssize_t got = ::read(from, to, size);
        if (got >= 0) {
            return static_cast<std::size_t>(got);
        }
        require(errno == EINTR, errno, "read");
    }
}

int wait_for(pid_t pid) {
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0) {
        require(errno == EINTR, errno, "waitpid");
    }
    return status;
}

bool ended_well(int status) { return WIFEXITED(status) && WEXITSTATUS(status) == 0; }

[[noreturn]] void work_and_exit(const std::function<std::int64_t()>& work, Pipe gate, int answers) {
    try {
        ::close(gate.write_end);
        char nothing = 0;
        read_some(gate.read_end, &nothing, 1);
        const std::int64_t answer = work();
        const bool told = ::write(answers, &answer, sizeof answer) == sizeof answer;
        ::_exit(told ? 0 : 1);
    } catch (...) {
        ::_exit(1);
    }
}

struct Worker {
    pid_t pid = -1;
    int answers = -1;
};

Worker start(const std::function<std::int64_t()>& work, Pipe gate) {
    const Pipe answer = make_pipe();
    const pid_t pid = ::fork();
    require(pid >= 0, errno, "fork");
    if (pid == 0) {
        work_and_exit(work, gate, answer.write_end);
    }
    ::close(answer.write_end);
    return {pid, answer.read_end};
}

std::optional<std::int64_t> finish(Worker worker) {
    std::int64_t answer = 0;
    const bool told =
        read_some(worker.answers, reinterpret_cast<char*>(&answer), sizeof answer) == sizeof answer;
    ::close(worker.answers);
    const bool well = ended_well(wait_for(worker.pid));
    return told && well ? std::optional(answer) : std::nullopt;
}

}  // namespace

std::vector<std::optional<std::int64_t>> at_once(
    const std::vector<std::function<std::int64_t()>>& works) {
    const Pipe gate = make_pipe();
    std::vector<Worker> workers;
    for (const auto& work : works) {
        workers.push_back(start(work, gate));
    }
    ::close(gate.write_end);  // each worker's read of the gate ends now
    std::vector<std::optional<std::int64_t>> answers;
    for (const Worker worker : workers) {
        answers.push_back(finish(worker));
    }
    ::close(gate.read_end);
    return answers;
}

Signal::Signal() {
    const Pipe made = make_pipe();
    read_end_ = made.read_end;
    write_end_ = made.write_end;
}

Signal::~Signal() {
    ::close(read_end_);
    ::close(write_end_);
}

void Signal::give() const {
    const char sign = '+';
    require(::write(write_end_, &sign, 1) == 1, errno, "write");
}

bool Signal::wait() const {
    constexpr int minute = 60'000;
    pollfd waited{read_end_, POLLIN, 0};
    char sign = 0;
    return ::poll(&waited, 1, minute) == 1 && read_some(read_end_, &sign, 1) == 1;
}

Program::Program(const std::vector<std::string>& command) {
    std::vector<char*> arguments;
    for (const std::string& argument : command) {
        arguments.push_back(const_cast<char*>(argument.c_str()));  // posix_spawn changes nothing
    }
    arguments.push_back(nullptr);

    const Pipe input = make_pipe();
    const Pipe output = make_pipe();
    posix_spawn_file_actions_t actions{};
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, input.read_end, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output.write_end, STDOUT_FILENO);
    const int failed =
        ::posix_spawn(&pid_, arguments[0], &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(input.read_end);
    ::close(output.write_end);
    input_ = input.write_end;
    output_ = output.read_end;
    if (failed != 0) {
        ::close(input_);
        ::close(output_);
        throw std::system_error(failed, std::generic_category(), command[0]);
    }
}

Program::~Program() {
    kill();
    end_input();
    ::close(output_);
}

void Program::end_input() {
    if (input_ >= 0) {
        ::close(std::exchange(input_, -1));
    }
}

void Program::tell(const std::string& line) {
    const std::string text = line + '\n';
    const auto written = ::write(input_, text.data(), text.size());
    require(written == static_cast<ssize_t>(text.size()), errno, "write");
}

std::optional<std::string> Program::line() {
    std::array<char, 4096> piece{};
    std::size_t end = unread_.find('\n');
    while (end == std::string::npos) {
        const std::size_t got = read_some(output_, piece.data(), piece.size());
        if (got == 0) {
            return std::nullopt;
        }
        unread_.append(piece.data(), got);
        end = unread_.find('\n');
    }
    std::string line = unread_.substr(0, end);
    unread_.erase(0, end + 1);
    return line;
}

bool Program::kill() {
    if (pid_ < 0) {
        return false;
    }
    ::kill(pid_, SIGKILL);
    const int status = wait_for(std::exchange(pid_, -1));
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

bool Program::succeeded() {
    end_input();
    return pid_ > 0 && ended_well(wait_for(std::exchange(pid_, -1)));
}

}  // namespace licet::test
