#include "locate.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <boost/json/parse.hpp>
#include <boost/json/parser.hpp>

namespace cli {
namespace {

namespace json = boost::json;

constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view ends_of_word = " \t\r\n,:]}[{\"";
constexpr std::size_t depth_max = 31;  // licet takes 32, and the arguments around it are one

/// What is looked for, as a tree: the targets' pointers, name by name.
struct Node {
    std::map<std::string, Node, std::less<>> children;
    std::optional<Span> key;
    std::optional<Span> value;
};

std::string unescaped(std::string_view token) {
    std::string name;
    for (std::size_t i = 0; i < token.size(); ++i) {
        const bool escapes = token[i] == '~' && i + 1 < token.size();
        name += !escapes ? token[i] : token[++i] == '1' ? '/' : '~';
    }
    return name;
}

/// Calls `visit` with each name of a pointer, while that gives true.
template <class Visit>
void walk(std::string_view pointer, Visit visit) {
    while (pointer.starts_with('/')) {
        const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
        if (!visit(unescaped(pointer.substr(1, end - 1)))) {
            return;
        }
        pointer.remove_prefix(end);
    }
}

/// Goes into what is looked for and leaps over everything else. Where the text is no JSON the
/// scanner stops, and everything below gives up.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    void value(Node* wanted) {
        skip_blanks();
        const std::size_t begin = at_;
        const char first = peek();
        if (wanted && !wanted->children.empty() && (first == '{' || first == '[')) {
            wanted->value = Span{begin, begin + 1};
            first == '{' ? object(*wanted) : array(*wanted);
            return;
        }
        leap();
        if (wanted) {
            wanted->value = Span{begin, first == '{' || first == '[' ? begin + 1 : at_};
        }
    }

private:
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void skip_blanks() { at_ = std::min(text_.find_first_not_of(blanks, at_), text_.size()); }
    void stop() { at_ = text_.size(); }

    /// Past the character, if it comes next.
    bool accept(char c) {
        skip_blanks();
        const bool is_next = peek() == c;
        at_ += is_next ? 1 : 0;
        return is_next;
    }

    void object(Node& wanted) {
        accept('{');
        do {
            skip_blanks();
            const Span name = string();
            if (name.end == name.begin || !accept(':')) {
                return accept('}') ? void() : stop();
            }
            const auto child = wanted.children.find(decoded(name));
            Node* node = child == wanted.children.end() ? nullptr : &child->second;
            if (node) {
                node->key = name;
            }
            value(node);
        } while (accept(','));
        if (!accept('}')) {
            stop();
        }
    }

    void array(Node& wanted) {
        accept('[');
        if (accept(']')) {
            return;
        }
        std::size_t index = 0;
        do {
            const auto child = wanted.children.find(std::to_string(index++));
            value(child == wanted.children.end() ? nullptr : &child->second);
        } while (accept(','));
        if (!accept(']')) {
            stop();
        }
    }

    /// Past one value, however deep, without going into it.
    void leap() {
        std::size_t depth = 0;
        do {
            skip_blanks();
            const char c = peek();
            if (c == '"') {
                string();
            } else if (c == '{' || c == '[') {
                ++depth;
                ++at_;
            } else if (c == '}' || c == ']') {
                depth -= depth > 0 ? 1 : 0;
                ++at_;
            } else if (c == ',' || c == ':') {
                ++at_;
            } else {
                at_ = std::min(text_.find_first_of(ends_of_word, at_), text_.size());
            }
        } while (depth > 0 && at_ < text_.size());
    }

    /// Past a text in quotes; an empty span where there is none.
    Span string() {
        const std::size_t begin = at_;
        if (peek() != '"') {
            return {begin, begin};
        }
        ++at_;
        while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\n') {
            at_ += text_[at_] == '\\' ? 2U : 1U;
        }
        at_ = std::min(at_ + 1, text_.size());
        return {begin, at_};
    }

    std::string decoded(Span name) const {
        const std::string_view quoted = text_.substr(name.begin, name.end - name.begin);
        if (quoted.find('\\') == std::string_view::npos) {
            return std::string(quoted.substr(1, std::max<std::size_t>(quoted.size(), 2) - 2));
        }
        boost::system::error_code code;
        const json::value value = json::parse({quoted.data(), quoted.size()}, code);
        return value.is_string() ? std::string(value.get_string()) : std::string();
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<Span> locate(std::string_view text, const std::vector<Target>& targets) {
    Node root;
    for (const Target& target : targets) {
        Node* node = &root;
        walk(target.pointer, [&](const std::string& name) {
            node = &node->children[name];
            return true;
        });
    }
    Scanner(text).value(&root);
    std::vector<Span> spans;
    for (const Target& target : targets) {
        const Node* node = &root;
        bool is_there = true;
        walk(target.pointer, [&](const std::string& name) {
            const Node& child = node->children.find(name)->second;
            is_there = child.value.has_value();
            node = is_there ? &child : node;
            return is_there;
        });
        const bool shows_key = target.is_key && is_there && node->key;
        spans.push_back(shows_key ? *node->key : node->value.value_or(Span()));
    }
    return spans;
}

std::optional<SyntaxError> syntax_error(std::string_view text) {
    json::parse_options options;
    options.max_depth = depth_max;
    json::parser parser(json::storage_ptr(), options);
    boost::system::error_code code;
    std::size_t end = parser.write_some(text.data(), text.size(), code);
    if (!code) {
        end = std::min(text.find_first_not_of(blanks, end), text.size());
        if (end == text.size()) {
            return std::nullopt;
        }
    }
    return SyntaxError{end, code == json::error::too_deep};
}

}  // namespace cli
