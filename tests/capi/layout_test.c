/* Where every released member of every struct stands, on a 64-bit machine. A line here is never
 * changed: members are only ever added behind. */
#include <licet.h>

#define STANDS(type, member, at) \
    typedef char type##_##member##_has_moved[offsetof(type, member) == (at) ? 1 : -1]
#define IS_AT_LEAST(type, size) typedef char type##_has_shrunk[sizeof(type) >= (size) ? 1 : -1]
#define IS_EXACTLY(type, size) typedef char type##_is_another[sizeof(type) == (size) ? 1 : -1]

/* These cross in arrays, so that not even their size may change. */
STANDS(licet_string, data, 0);
STANDS(licet_string, size, 8);
IS_EXACTLY(licet_string, 16);

STANDS(licet_expectation, key, 0);
STANDS(licet_expectation, stamp, 16);
IS_EXACTLY(licet_expectation, 24);

STANDS(licet_write, key, 0);
STANDS(licet_write, value, 16);
STANDS(licet_write, is_delete, 32);
IS_EXACTLY(licet_write, 40);

STANDS(licet_store_vtable, size, 0);
STANDS(licet_store_vtable, read, 8);
STANDS(licet_store_vtable, scan, 16);
STANDS(licet_store_vtable, commit, 24);
STANDS(licet_store_vtable, limits, 32);
STANDS(licet_store_vtable, destroy, 40);
IS_AT_LEAST(licet_store_vtable, 48);

STANDS(licet_stream_vtable, size, 0);
STANDS(licet_stream_vtable, pull, 8);
STANDS(licet_stream_vtable, push, 16);
STANDS(licet_stream_vtable, progress, 24);
IS_AT_LEAST(licet_stream_vtable, 32);

/* Numbers that other languages have copied. */
#define IS(name, value) typedef char name##_has_changed[(name) == (value) ? 1 : -1]
IS(LICET_OK, 0);
IS(LICET_INVALID_ARGUMENT, 1);
IS(LICET_NOT_FOUND, 2);
IS(LICET_CONFLICT, 3);
IS(LICET_PERMISSION_DENIED, 4);
IS(LICET_FAILED_PRECONDITION, 5);
IS(LICET_EXHAUSTED, 6);
IS(LICET_UNSUPPORTED, 7);
IS(LICET_STORAGE, 8);
IS(LICET_CONTENTION, 9);
IS(LICET_OUT_OF_MEMORY, 10);
IS(LICET_INTERNAL, 11);
IS(LICET_NO_SEAT, 0);
IS(LICET_LICENSED, 1);
IS(LICET_IN_GRACE, 2);
IS(LICET_SUSPENDED, 3);
IS(LICET_NO_POOL, 4);
IS(LICET_APP_NOT_MAPPED, 5);
IS(LICET_BAD_USER_ID, 6);
IS(LICET_STORE_OK, 0);
IS(LICET_STORE_CONFLICT, 1);
IS(LICET_STORE_FAILED, 2);
IS(LICET_STORE_UNKNOWN, 3);

int main(void) { return sizeof(void*) == 8 ? 0 : 77; }
