/* The reader. */

#include "json.h"

#include <stdlib.h>
#include <string.h>

enum { depth_max = 64 };

typedef struct reader {
    const char* at;
    const char* end;
    int depth;
} reader;

static json* read_value(reader* in);

void json_free(json* value) {
    while (value) {
        json* next = value->next;
        json_free(value->first);
        free(value->key);
        free(value->text);
        free(value);
        value = next;
    }
}

static void skip_space(reader* in) {
    while (in->at < in->end && strchr(" \t\r\n", *in->at) && *in->at != '\0') {
        ++in->at;
    }
}

static int take(reader* in, const char* word) {
    const size_t size = strlen(word);
    if ((size_t)(in->end - in->at) < size || memcmp(in->at, word, size) != 0) {
        return 0;
    }
    in->at += size;
    return 1;
}

static int is_digit(const reader* in) {
    return in->at < in->end && *in->at >= '0' && *in->at <= '9';
}

static int take_digits(reader* in) {
    const char* begin = in->at;
    while (is_digit(in)) {
        ++in->at;
    }
    return in->at > begin;
}

static int take_number(reader* in) {
    (void)take(in, "-");
    int ok = take(in, "0") || take_digits(in);
    if (ok && take(in, ".")) {
        ok = take_digits(in);
    }
    if (ok && (take(in, "e") || take(in, "E"))) {
        (void)(take(in, "+") || take(in, "-"));
        ok = take_digits(in);
    }
    return ok;
}

/* Four hexadecimal digits, or -1. */
static long read_hex(reader* in) {
    long number = 0;
    for (int i = 0; i < 4; ++i, ++in->at) {
        static const char digits[] = "0123456789abcdefABCDEF";
        const char* digit = in->at < in->end && *in->at != '\0' ? strchr(digits, *in->at) : NULL;
        if (!digit) {
            return -1;
        }
        const long place = digit - digits;
        number = number * 16 + (place < 16 ? place : place - 6);
    }
    return number;
}

/* The character after "\u", which may be written as two; -1 where there is none. */
static long read_unicode(reader* in) {
    const long first = read_hex(in);
    if (first < 0xD800 || first > 0xDFFF) {
        return first;
    }
    const long second = first < 0xDC00 && take(in, "\\u") ? read_hex(in) : -1;
    return second < 0xDC00 || second > 0xDFFF
               ? -1
               : 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
}

static char* put_utf8(char* out, long c) {
    if (c < 0x80) {
        *out++ = (char)c;
        return out;
    }
    const int tails = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const int heads[] = {0, 0xC0, 0xE0, 0xF0};
    *out++ = (char)(heads[tails] | (int)(c >> (6 * tails)));
    for (int i = tails - 1; i >= 0; --i) {
        *out++ = (char)(0x80 | ((c >> (6 * i)) & 0x3F));
    }
    return out;
}

/* The character that is written after a backslash; -1 where it is none. */
static long read_escape(reader* in) {
    static const char names[] = "\"\\/bfnrt";
    static const char values[] = "\"\\/\b\f\n\r\t";
    if (take(in, "u")) {
        return read_unicode(in);
    }
    const char* name = in->at < in->end && *in->at != '\0' ? strchr(names, *in->at) : NULL;
    if (!name) {
        return -1;
    }
    ++in->at;
    return values[name - names];
}

/* What stands between quotes; no escape is shorter than what it stands for. */
static char* read_string(reader* in, size_t* size) {
    if (!take(in, "\"")) {
        return NULL;
    }
    const char* quote = in->at;
    while (quote < in->end && *quote != '"') {
        quote += *quote == '\\' && in->end - quote > 1 ? 2 : 1;
    }
    char* text = quote < in->end ? malloc((size_t)(quote - in->at) + 1) : NULL;
    char* out = text;
    while (text && in->at < quote) {
        const unsigned char c = (unsigned char)*in->at++;
        const long escaped = c == '\\' ? read_escape(in) : c;
        if (c < 0x20 || escaped < 0) {
            free(text);
            return NULL;
        }
        if (c == '\\') {
            out = put_utf8(out, escaped);
        } else {
            *out++ = (char)c;
        }
    }
    if (text) {
        *out = '\0';
        *size = (size_t)(out - text);
        ++in->at;
    }
    return text;
}

static json* read_member(reader* in, int is_object) {
    size_t size = 0;
    skip_space(in);
    char* key = is_object ? read_string(in, &size) : NULL;
    skip_space(in);
    json* value = !is_object || (key && take(in, ":")) ? read_value(in) : NULL;
    if (!value) {
        free(key);
        return NULL;
    }
    value->key = key;
    skip_space(in);
    return value;
}

/* The members up to the closing bracket. */
static int read_members(reader* in, json* parent, const char* close) {
    json** last = &parent->first;
    skip_space(in);
    if (take(in, close)) {
        return 1;
    }
    do {
        *last = read_member(in, parent->kind == JSON_OBJECT);
        if (!*last) {
            return 0;
        }
        last = &(*last)->next;
    } while (take(in, ","));
    return take(in, close);
}

static int read_scalar(reader* in, json* value) {
    const char* begin = in->at;
    if (take(in, "null") || take(in, "false") || take(in, "true")) {
        value->kind = *begin == 'n' ? JSON_NULL : *begin == 'f' ? JSON_FALSE : JSON_TRUE;
        return 1;
    }
    if (begin < in->end && *begin == '"') {
        value->kind = JSON_STRING;
        value->text = read_string(in, &value->size);
        return value->text != NULL;
    }
    value->kind = JSON_NUMBER;
    if (!take_number(in)) {
        return 0;
    }
    value->size = (size_t)(in->at - begin);
    value->text = calloc(value->size + 1, 1);
    if (value->text) {
        memcpy(value->text, begin, value->size);
    }
    return value->text != NULL;
}

static json* read_value(reader* in) {
    skip_space(in);
    json* value = in->depth < depth_max ? calloc(1, sizeof *value) : NULL;
    if (!value) {
        return NULL;
    }
    int ok;
    ++in->depth;
    if (take(in, "{")) {
        value->kind = JSON_OBJECT;
        ok = read_members(in, value, "}");
    } else if (take(in, "[")) {
        value->kind = JSON_ARRAY;
        ok = read_members(in, value, "]");
    } else {
        ok = read_scalar(in, value);
    }
    --in->depth;
    if (!ok) {
        json_free(value);
        return NULL;
    }
    return value;
}

json* json_parse(const char* text, size_t size) {
    reader in = {text, text + size, 0};
    json* value = read_value(&in);
    skip_space(&in);
    if (value && in.at != in.end) {
        json_free(value);
        return NULL;
    }
    return value;
}

json* json_member(const json* object, const char* key) {
    json* member = object && object->kind == JSON_OBJECT ? object->first : NULL;
    while (member && strcmp(member->key, key) != 0) {
        member = member->next;
    }
    return member;
}

static json* element(const json* array, const char* index) {
    size_t left = strtoul(index, NULL, 10);
    json* found = array->first;
    while (found && left-- > 0) {
        found = found->next;
    }
    return found;
}

json* json_at(json* value, const char* pointer) {
    while (value && *pointer == '/') {
        char name[64];
        size_t size = 0;
        for (++pointer; *pointer != '\0' && *pointer != '/'; ++pointer) {
            if (size + 1 == sizeof name) {
                return NULL;
            }
            const int escaped = *pointer == '~' && (pointer[1] == '0' || pointer[1] == '1');
            name[size++] = escaped ? (*++pointer == '0' ? '~' : '/') : *pointer;
        }
        name[size] = '\0';
        value = value->kind == JSON_ARRAY ? element(value, name) : json_member(value, name);
    }
    return value;
}

const char* json_string(const json* value) {
    return value && value->kind == JSON_STRING ? value->text : "";
}
