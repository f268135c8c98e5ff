/* JSON (RFC 8259) as a small tree, for programs that call licet from C. */
#ifndef JSON_H
#define JSON_H

#include <stddef.h>

typedef enum json_kind {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
} json_kind;

/** A value; what is in an array or an object is a list, `first` and then each one's `next`. */
typedef struct json {
    json_kind kind;
    char* key;  /**< The name of a member of an object; else NULL. */
    char* text; /**< Of a string what it says, of a number how it was written; ends in NUL. */
    size_t size;
    struct json* first;
    struct json* next;
} json;

/** NULL where the text is not JSON, is nested deeper than 64, or there is no memory. UTF-8 is taken
 *  as it comes. */
json* json_parse(const char* text, size_t size);
void json_free(json* value);

/** The member of this name; NULL where there is none, or `object` is none. */
json* json_member(const json* object, const char* key);
/** What a JSON Pointer (RFC 6901) points at, or NULL. A name may have at most 63 bytes. */
json* json_at(json* value, const char* pointer);
/** What a string says; "" for all else. */
const char* json_string(const json* value);

/** A text that grows. Once there is no memory it takes no more and says `failed`. */
typedef struct json_text {
    char* data;
    size_t size;
    size_t capacity;
    int failed;
} json_text;

void json_add(json_text* out, const char* data, size_t size);
void json_write_string(json_text* out, const char* data, size_t size);
void json_write(json_text* out, const json* value);
/** Begins the object where `out` is at its begin, and puts a comma where it is not. */
void json_write_member(json_text* out, const char* key, const json* value);

#endif
