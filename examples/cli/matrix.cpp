#include <algorithm>
#include <set>
#include <vector>

#include <boost/json.hpp>

#include "commands.hpp"
#include "offer_source.hpp"

namespace cli {
namespace {

namespace json = boost::json;

std::string lowercase(std::string text) {
    for (char& c : text) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return text;
}

std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string padded(const std::string& text, std::size_t width) {
    const std::size_t own = width_of(text);
    return text + std::string(own < width ? width - own : 0, ' ');
}

/// Plans by apps. Apps are one whatever their case, as check_app sees them, and in the order in
/// which the offer names them.
struct Matrix {
    struct Row {
        std::string plan;
        std::set<std::string> opens;
    };
    std::vector<std::string> apps;
    std::vector<Row> rows;
};

Matrix matrix_of(const json::object& offer) {
    Matrix matrix;
    std::set<std::string> known;
    for (const json::value& plan : offer.at("plans").as_array()) {
        Matrix::Row row{std::string(plan.at("id").as_string()), {}};
        for (const json::value& app : plan.at("apps").as_array()) {
            const std::string name(app.as_string());
            if (known.insert(lowercase(name)).second) {
                matrix.apps.push_back(name);
            }
            row.opens.insert(lowercase(name));
        }
        matrix.rows.push_back(std::move(row));
    }
    return matrix;
}

void write_text(Output& out, const Matrix& matrix) {
    std::size_t first = 0;
    for (const Matrix::Row& row : matrix.rows) {
        first = std::max(first, row.plan.size());
    }
    std::string head(first, ' ');
    for (const std::string& app : matrix.apps) {
        head += "  " + app;
    }
    out.paint(Style::strong, head);
    out << "\n";
    for (const Matrix::Row& row : matrix.rows) {
        std::string line = padded(row.plan, first);
        for (const std::string& app : matrix.apps) {
            const bool opens = row.opens.contains(lowercase(app));
            line += "  " + padded(opens ? "yes" : "-", width_of(app));
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out << line << "\n";
    }
}

void write_json(Output& out, const Matrix& matrix) {
    json::array plans;
    for (const Matrix::Row& row : matrix.rows) {
        json::array opens;
        for (const std::string& app : matrix.apps) {
            opens.push_back(row.opens.contains(lowercase(app)));
        }
        plans.push_back(json::object{{"id", row.plan}, {"opens", std::move(opens)}});
    }
    const json::array apps(matrix.apps.begin(), matrix.apps.end());
    out << json::serialize(json::object{{"apps", apps}, {"plans", std::move(plans)}}) << "\n";
}

}  // namespace

int show_matrix(const MatrixOptions& options, Terminal& terminal) {
    const bool is_stored = !options.access.store.empty() && options.access.store != "memory";
    const Offer offer = is_stored ? offer_in_store(options.offer, options.access, terminal)
                                  : offer_in_file(options.offer, terminal);
    if (!offer.session) {
        return offer.status;
    }
    const Matrix matrix = matrix_of(offer.document);
    (options.format == "json" ? write_json : write_text)(terminal.out, matrix);
    return clean;
}

}  // namespace cli
