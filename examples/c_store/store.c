/*
 * A store for licet in C99, written to be copied: an array of records in the order of their keys,
 * and a lock. It passes licet_store_check. A real store does better where this one leaves out:
 *
 *   durability   commit returns before anything is on a disk; all is lost with the process
 *   an index     finding a key is a binary search, but a new one moves all records behind it
 *   concurrency  one lock; readers wait for each other and for the writer
 *   limits       keys, values and batches may be as large as memory (`limits` is NULL)
 *   portability  the lock is POSIX's
 *
 * What a real store must keep: commit judges every expectation, then makes all of its writes or
 * none, and no stamp is ever used twice for a key, also after a delete.
 */
#include "store.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct record {
    uint64_t stamp;
    size_t key_size;
    size_t value_size;
    char bytes[]; /* the key, then the value */
} record;

typedef struct store {
    pthread_mutex_t lock;
    uint64_t stamp; /* of the newest commit: one count for all keys, so that none sees it twice */
    record** records;
    size_t count;
} store;

static record* make_record(licet_string key, licet_string value, uint64_t stamp) {
    record* made = malloc(sizeof *made + key.size + value.size);
    if (made) {
        made->stamp = stamp;
        made->key_size = key.size;
        made->value_size = value.size;
        memcpy(made->bytes, key.data, key.size);
        if (value.size > 0) {
            memcpy(made->bytes + key.size, value.data, value.size);
        }
    }
    return made;
}

static void free_all(record** records, size_t count) {
    for (size_t i = 0; i < count; ++i) {
        free(records[i]);
    }
    free(records);
}

static int compare(const record* left, const char* key, size_t size) {
    const size_t common = left->key_size < size ? left->key_size : size;
    const int order = common > 0 ? memcmp(left->bytes, key, common) : 0;
    return order != 0 ? order : (left->key_size > size) - (left->key_size < size);
}

/* Where the first record is whose key is not before this one. */
static size_t lower_bound(const store* self, const char* key, size_t size) {
    size_t first = 0;
    size_t end = self->count;
    while (first < end) {
        const size_t middle = first + (end - first) / 2;
        if (compare(self->records[middle], key, size) < 0) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    return first;
}

static int is_at(const store* self, size_t place, licet_string key) {
    return place < self->count && compare(self->records[place], key.data, key.size) == 0;
}

static void answer(licet_reply* reply, size_t index, const record* found) {
    licet_reply_record(reply, index, found->bytes, found->key_size, found->bytes + found->key_size,
                       found->value_size, found->stamp);
}

static int32_t store_read(void* context, const licet_string* keys, size_t count,
                          licet_reply* reply) {
    store* self = context;
    pthread_mutex_lock(&self->lock);
    for (size_t i = 0; i < count; ++i) {
        const size_t place = lower_bound(self, keys[i].data, keys[i].size);
        if (is_at(self, place, keys[i])) {
            answer(reply, i, self->records[place]);
        }
    }
    pthread_mutex_unlock(&self->lock);
    return LICET_STORE_OK;
}

static int32_t store_scan(void* context, const char* from, size_t from_size, const char* to,
                          size_t to_size, size_t limit, licet_reply* reply) {
    store* self = context;
    pthread_mutex_lock(&self->lock);
    const size_t first = lower_bound(self, from, from_size);
    const size_t end = to_size == 0 ? self->count : lower_bound(self, to, to_size);
    for (size_t i = first; i < end && i - first < limit; ++i) {
        answer(reply, i - first, self->records[i]);
    }
    pthread_mutex_unlock(&self->lock);
    return LICET_STORE_OK;
}

static int expectations_hold(const store* self, const licet_expectation* expectations, size_t count,
                             licet_reply* reply) {
    for (size_t i = 0; i < count; ++i) {
        const licet_string key = expectations[i].key;
        const size_t place = lower_bound(self, key.data, key.size);
        const uint64_t stamp = is_at(self, place, key) ? self->records[place]->stamp : 0;
        if (stamp != expectations[i].stamp) {
            licet_reply_conflict(reply, key.data, key.size);
            return 0;
        }
    }
    return 1;
}

/* The records of the writes (NULL: a delete) and room for them, so that apply cannot fail. */
static record** prepare(store* self, const licet_write* writes, size_t count) {
    record** made = calloc(count + 1, sizeof *made);
    record** grown = realloc(self->records, (self->count + count + 1) * sizeof *grown);
    int complete = made && grown;
    self->records = grown ? grown : self->records;
    for (size_t i = 0; i < count && complete; ++i) {
        if (!writes[i].is_delete) {
            made[i] = make_record(writes[i].key, writes[i].value, self->stamp + 1);
            complete = made[i] != NULL;
        }
    }
    if (!complete && made) {
        free_all(made, count);
    }
    return complete ? made : NULL;
}

/* Puts the record (NULL: none) where that of the key stands or would stand. */
static void apply(store* self, licet_string key, record* made) {
    const size_t place = lower_bound(self, key.data, key.size);
    record** at = self->records + place;
    const size_t there = is_at(self, place, key) ? 1 : 0;
    const size_t wanted = made ? 1 : 0;
    if (there) {
        free(*at);
    }
    memmove(at + wanted, at + there, (self->count - place - there) * sizeof *at);
    self->count = self->count - there + wanted;
    if (made) {
        *at = made;
    }
}

static int32_t store_commit(void* context, const licet_expectation* expectations,
                            size_t expectation_count, const licet_write* writes, size_t write_count,
                            licet_reply* reply) {
    store* self = context;
    int32_t outcome = LICET_STORE_CONFLICT;
    pthread_mutex_lock(&self->lock);
    if (expectations_hold(self, expectations, expectation_count, reply)) {
        record** made = prepare(self, writes, write_count);
        outcome = made ? LICET_STORE_OK : LICET_STORE_FAILED;
        for (size_t i = 0; made && i < write_count; ++i) {
            apply(self, writes[i].key, made[i]);
        }
        if (made) {
            licet_reply_stamp(reply, ++self->stamp);
        }
        free(made);
    }
    pthread_mutex_unlock(&self->lock);
    return outcome;
}

static void store_destroy(void* context) {
    store* self = context;
    free_all(self->records, self->count);
    pthread_mutex_destroy(&self->lock);
    free(self);
}

const licet_store_vtable demo_store_vtable = {
    sizeof(licet_store_vtable), store_read, store_scan, store_commit, NULL, store_destroy};

void* demo_store_create(void) {
    store* made = calloc(1, sizeof *made);
    if (made && pthread_mutex_init(&made->lock, NULL) != 0) {
        free(made);
        made = NULL;
    }
    return made;
}
