/* A store of the host's own that breaks a promise is caught by licet_store_check, by name. The
 * broken ones are the demo store with one function replaced. */

#include <stdio.h>

#include "../../examples/c_store/store.c"

static int32_t forget_expectations(void* self, const licet_expectation* expectations,
                                   size_t expectation_count, const licet_write* writes,
                                   size_t write_count, licet_reply* reply) {
    (void)expectation_count;
    return store_commit(self, expectations, 0, writes, write_count, reply);
}

static int32_t lose_deletes(void* self, const licet_expectation* expectations,
                            size_t expectation_count, const licet_write* writes, size_t write_count,
                            licet_reply* reply) {
    licet_write* kept = calloc(write_count + 1, sizeof *kept);
    size_t count = 0;
    if (!kept) {
        return LICET_STORE_FAILED;
    }
    for (size_t i = 0; i < write_count; ++i) {
        if (!writes[i].is_delete) {
            kept[count++] = writes[i];
        }
    }
    const int32_t outcome = store_commit(self, expectations, expectation_count, kept, count, reply);
    free(kept);
    return outcome;
}

static int32_t scan_backwards(void* context, const char* from, size_t from_size, const char* to,
                              size_t to_size, size_t limit, licet_reply* reply) {
    store* self = context;
    pthread_mutex_lock(&self->lock);
    const size_t first = lower_bound(self, from, from_size);
    const size_t end = to_size == 0 ? self->count : lower_bound(self, to, to_size);
    for (size_t i = 0; i < limit && first + i < end; ++i) {
        answer(reply, i, self->records[end - 1 - i]);
    }
    pthread_mutex_unlock(&self->lock);
    return LICET_STORE_OK;
}

static int32_t reuse_stamps(void* context, const licet_expectation* expectations,
                            size_t expectation_count, const licet_write* writes, size_t write_count,
                            licet_reply* reply) {
    store* self = context;
    const int32_t outcome =
        store_commit(self, expectations, expectation_count, writes, write_count, reply);
    if (outcome == LICET_STORE_OK && write_count > 0 && writes[0].is_delete && self->stamp > 2) {
        self->stamp -= 2; /* as if neither the record nor its delete had ever been */
    }
    return outcome;
}

/* What licet_store_check says of the store; NULL where it could not be asked. */
static licet_text* report_on(const licet_store_vtable* vtable) {
    void* self = demo_store_create();
    licet_store* broken = NULL;
    licet_text* report = NULL;
    if (self && licet_store_new(vtable, self, &broken, NULL) != LICET_OK) {
        vtable->destroy(self);
    }
    if (broken) {
        licet_store_check(broken, &report, NULL);
    }
    licet_store_free(broken);
    return report;
}

/* 0 where the case, or with NULL the whole report, is as it should be. */
static int judge(const char* what, const licet_store_vtable* vtable, const char* failing_case) {
    licet_text* report = report_on(vtable);
    char wanted[200];
    if (failing_case) {
        snprintf(wanted, sizeof wanted, "{\"name\":\"%s\",\"ok\":false,", failing_case);
    } else {
        snprintf(wanted, sizeof wanted, "{\"ok\":true,\"cases\":[{\"name\":");
    }
    const int found = report && strstr(licet_text_data(report), wanted) != NULL;
    printf("%s: %s\n", what, found ? "as expected" : licet_text_data(report));
    licet_text_free(report);
    return found ? 0 : 1;
}

int main(void) {
    int wrong = judge("the demo store passes", &demo_store_vtable, NULL);

    licet_store_vtable broken = demo_store_vtable;
    broken.commit = forget_expectations;
    wrong += judge("a store that forgets expectations is caught", &broken,
                   "a batch with an expectation that does not hold writes nothing");

    broken = demo_store_vtable;
    broken.commit = lose_deletes;
    wrong += judge("a store that loses a delete is caught", &broken,
                   "a record that was deleted is absent");

    broken = demo_store_vtable;
    broken.scan = scan_backwards;
    wrong += judge("a store that scans unordered is caught", &broken,
                   "pages of any size together give every record once");

    broken = demo_store_vtable;
    broken.commit = reuse_stamps;
    wrong += judge("a store that uses a stamp again is caught", &broken,
                   "a stamp is never used again for a key, also after a delete");
    return wrong;
}
