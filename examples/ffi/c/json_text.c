/* The writer. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"

void json_add(json_text* out, const char* data, size_t size) {
    if (!out->failed && out->capacity - out->size < size) {
        const size_t capacity = 2 * out->capacity + size;
        char* grown = capacity > out->capacity ? realloc(out->data, capacity) : NULL;
        out->failed = !grown;
        out->data = grown ? grown : out->data;
        out->capacity = grown ? capacity : out->capacity;
    }
    if (!out->failed && size > 0) {
        memcpy(out->data + out->size, data, size);
        out->size += size;
    }
}

void json_write_string(json_text* out, const char* data, size_t size) {
    json_add(out, "\"", 1);
    for (size_t i = 0; i < size; ++i) {
        const unsigned char c = (unsigned char)data[i];
        char escaped[8];
        if (c < 0x20) {
            json_add(out, escaped, (size_t)snprintf(escaped, sizeof escaped, "\\u%04x", c));
        } else {
            json_add(out, "\\", c == '"' || c == '\\' ? 1 : 0);
            json_add(out, data + i, 1);
        }
    }
    json_add(out, "\"", 1);
}

void json_write_member(json_text* out, const char* key, const json* value) {
    json_add(out, out->size == 0 ? "{" : ",", 1);
    json_write_string(out, key, strlen(key));
    json_add(out, ":", 1);
    json_write(out, value);
}

void json_write(json_text* out, const json* value) {
    static const char* const words[] = {"null", "false", "true"};
    if (value->kind <= JSON_TRUE) {
        json_add(out, words[value->kind], strlen(words[value->kind]));
    } else if (value->kind == JSON_NUMBER) {
        json_add(out, value->text, value->size);
    } else if (value->kind == JSON_STRING) {
        json_write_string(out, value->text, value->size);
    } else {
        const int is_object = value->kind == JSON_OBJECT;
        json_add(out, is_object ? "{" : "[", 1);
        for (const json* member = value->first; member; member = member->next) {
            if (member != value->first) {
                json_add(out, ",", 1);
            }
            if (is_object) {
                json_write_string(out, member->key, strlen(member->key));
                json_add(out, ":", 1);
            }
            json_write(out, member);
        }
        json_add(out, is_object ? "}" : "]", 1);
    }
}
