// replay FOLDER: judges what is in the files of a folder, which must hold some. The file that the
// judge ends the process at is the last one named.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "fuzz/judge.hpp"

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: replay FOLDER\n";
        return 2;
    }
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
        paths.push_back(entry.path());
    }
    std::ranges::sort(paths);
    for (const auto& path : paths) {
        std::cout << path.filename().string() << std::endl;
        std::ifstream file(path, std::ios::binary);
        fuzz::judge(std::string(std::istreambuf_iterator<char>(file), {}));
    }
    return paths.empty() ? 1 : 0;
}
