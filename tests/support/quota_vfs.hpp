#pragma once

/// \file
/// A disk for SQLite that has as much room as a test says.

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>

#include <sqlite3.h>

/// While it lives, the files of SQLite together grow by no more than the room that is left; what is
/// cut off or deleted is room again. A write that goes beyond is done as far as there is room, as a
/// disk does it. One at a time.
class QuotaVfs {
public:
    explicit QuotaVfs(std::int64_t room) : real_(sqlite3_vfs_find(nullptr)), own_(*real_) {
        room_ = room;
        real_vfs_ = real_;
        own_.zName = "quota";
        own_.pNext = nullptr;
        own_.xOpen = open;
        own_.xDelete = remove;
        sqlite3_vfs_register(&own_, 1);
    }
    ~QuotaVfs() {
        sqlite3_vfs_unregister(&own_);
        sqlite3_vfs_register(real_, 1);
    }

    QuotaVfs(const QuotaVfs&) = delete;
    QuotaVfs& operator=(const QuotaVfs&) = delete;

    void set_room(std::int64_t room) { room_ = room; }
    std::int64_t room() const { return room_; }

private:
    // SQLite's own functions for a kind of file, and these with three of ours among them.
    struct Methods {
        const sqlite3_io_methods* real;
        sqlite3_io_methods own;
    };

    static const sqlite3_io_methods* own_methods(const sqlite3_io_methods* real) {
        auto* const found = std::ranges::find_if(
            methods_, [&](const Methods& one) { return one.real == real || one.real == nullptr; });
        found->real = real;
        found->own = *real;
        found->own.xWrite = write;
        found->own.xTruncate = truncate;
        found->own.xShmMap = map_shared;
        return &found->own;
    }

    static const sqlite3_io_methods& real_methods(const sqlite3_file* file) {
        return *std::ranges::find(methods_, file->pMethods, [](const Methods& one) {
                    return &one.own;
                })->real;
    }

    static int open(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags,
                    int* out_flags) {
        const int code = real_vfs_->xOpen(real_vfs_, name, file, flags, out_flags);
        if (file->pMethods) {
            file->pMethods = own_methods(file->pMethods);
        }
        return code;
    }

    static int remove(sqlite3_vfs* /*vfs*/, const char* name, int sync) {
        std::error_code missing;
        const auto size = std::filesystem::file_size(name, missing);
        room_ += missing ? 0 : static_cast<std::int64_t>(size);
        return real_vfs_->xDelete(real_vfs_, name, sync);
    }

    static int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 at) {
        sqlite3_int64 end = 0;
        if (const int code = real_methods(file).xFileSize(file, &end); code != SQLITE_OK) {
            return code;
        }
        const std::int64_t growth = std::max<std::int64_t>(0, at + size - end);
        const std::int64_t granted =
            std::min<std::int64_t>(growth, std::max<std::int64_t>(0, room_));
        room_ -= granted;
        const auto fits = static_cast<int>(std::max<std::int64_t>(0, size - (growth - granted)));
        const int code = fits > 0 ? real_methods(file).xWrite(file, data, fits, at) : SQLITE_OK;
        return code == SQLITE_OK && fits < size ? SQLITE_FULL : code;
    }

    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        sqlite3_int64 before = 0;
        if (real_methods(file).xFileSize(file, &before) == SQLITE_OK) {
            room_ += std::max<std::int64_t>(0, before - size);
        }
        return real_methods(file).xTruncate(file, size);
    }

    static int map_shared(sqlite3_file* file, int region, int size, int extend,
                          void volatile** memory) {
        const int code = real_methods(file).xShmMap(file, region, size, 0, memory);
        if (code != SQLITE_OK || *memory || !extend) {
            return code;
        }
        if (room_ < size) {
            return SQLITE_IOERR_SHMSIZE;
        }
        room_ -= size;
        return real_methods(file).xShmMap(file, region, size, extend, memory);
    }

    static inline std::atomic<std::int64_t> room_;
    static inline sqlite3_vfs* real_vfs_;
    static inline std::array<Methods, 8> methods_{};

    sqlite3_vfs* real_;
    sqlite3_vfs own_;
};
