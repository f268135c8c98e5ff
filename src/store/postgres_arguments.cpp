#include "store/postgres_arguments.hpp"

#include <utility>

namespace licet::postgres {
namespace {

constexpr std::size_t count_at = 12;  // after the dimensions, whether there are nulls, the type

template <class Number>
void put(std::string& out, std::size_t at, Number number) {
    for (std::size_t i = 0; i < sizeof number; ++i) {
        out[at + i] = static_cast<char>(number >> (8 * (sizeof number - 1 - i)));
    }
}

template <class Number>
void append(std::string& out, Number number) {
    out.resize(out.size() + sizeof number);
    put(out, out.size() - sizeof number, number);
}

}  // namespace

std::string number(std::int64_t value) {
    std::string bytes;
    append(bytes, static_cast<std::uint64_t>(value));
    return bytes;
}

void Array::begin_element(std::size_t size) {
    if (size_++ == 0) {
        constexpr std::uint32_t dimensions = 1;
        constexpr std::uint32_t nulls = 0;
        constexpr std::uint32_t first_index = 1;
        for (const std::uint32_t word :
             {dimensions, nulls, static_cast<std::uint32_t>(elements_), size_, first_index}) {
            append(bytes_, word);
        }
    }
    append(bytes_, static_cast<std::uint32_t>(size));
}

void Array::add_text(std::string_view text) {
    begin_element(text.size());
    bytes_ += text;
}

void Array::add_number(std::int64_t number) {
    begin_element(sizeof number);
    append(bytes_, static_cast<std::uint64_t>(number));
}

std::string Array::take() && {
    if (size_ > 0) {
        put(bytes_, count_at, size_);
    }
    return std::move(bytes_);
}

}  // namespace licet::postgres
