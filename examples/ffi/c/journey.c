#include "journey.h"

#include <stdlib.h>
#include <string.h>

#include "helper.h"

static void end_object(json_text* out) {
    json_add(out, "{", out->size == 0 ? 1 : 0);
    json_add(out, "}", 1);
}

static int open_engine(journey* self, licet_store* store) {
    json_text config = {0};
    json memory = {.kind = JSON_STRING, .text = "memory", .size = 6};
    licet_error* error = NULL;
    const json* configured = json_member(self->lines, "config");
    for (const json* member = configured ? configured->first : NULL; member;
         member = member->next) {
        json_write_member(&config, member->key, member);
    }
    if (!store) {
        json_write_member(&config, "store", &memory);
    }
    end_object(&config);
    int wrong = config.failed;
    if (!wrong && store) {
        wrong = licet_engine_open_with_store(config.data, config.size, store, &self->engine,
                                             &error) != LICET_OK;
    } else if (!wrong) {
        wrong = licet_engine_open(config.data, config.size, &self->engine, &error) != LICET_OK;
    }
    print_error(stderr, error);
    licet_error_free(error);
    free(config.data);
    return wrong;
}

/* "$name" becomes what was kept under it, of a link what follows "token=". */
static int fill_in(const journey* self, json* value) {
    for (json* member = value->first; member; member = member->next) {
        if (fill_in(self, member) != 0) {
            return 1;
        }
    }
    if (value->kind != JSON_STRING || value->text[0] != '$') {
        return 0;
    }
    const json* kept = self->kept;
    while (kept && strcmp(kept->key, value->text + 1) != 0) {
        kept = kept->next;
    }
    const char* text = json_string(kept);
    const char* token = strstr(text, "token=");
    text = token ? token + strlen("token=") : text;
    char* copy = malloc(strlen(text) + 1);
    if (!kept || !copy) {
        free(copy);
        return 1;
    }
    free(value->text);
    value->text = strcpy(copy, text);
    value->size = strlen(text);
    return 0;
}

static int keep(journey* self, const char* name, json* found) {
    json* kept = calloc(1, sizeof *kept);
    char* key = malloc(strlen(name) + 1);
    if (!kept || !key || !found || found->kind != JSON_STRING) {
        free(kept);
        free(key);
        return 1;
    }
    *kept = (json){.kind = JSON_STRING, .text = found->text, .size = found->size};
    kept->key = strcpy(key, name);
    kept->next = self->kept;
    self->kept = kept;
    found->text = NULL;
    found->kind = JSON_NULL;
    return 0;
}

static void write_arguments(const journey* self, const json* step, json_text* out) {
    const json* with = json_member(step, "with");
    const json* actor =
        json_member(json_member(self->lines, "actors"), json_string(json_member(step, "as")));
    const json* key = json_member(step, "key");
    for (const json* member = with ? with->first : NULL; member; member = member->next) {
        json_write_member(out, member->key, member);
    }
    if (actor) {
        json_write_member(out, "as", actor);
    }
    if (key) {
        json_write_member(out, "idempotency_key", key);
    }
    end_object(out);
}

/* Takes the error: the first of its status is kept. */
static int refused(journey* self, licet_error* error, const char* expected) {
    const licet_status status = licet_error_status(error);
    const int as_expected = strcmp(licet_error_rule(error), expected) == 0;
    if (!as_expected) {
        print_error(stderr, error);
    }
    if (status < 1 || status > LICET_INTERNAL || self->refusals[status]) {
        licet_error_free(error);
    } else {
        self->refusals[status] = error;
    }
    return as_expected ? 0 : 1;
}

static int call(journey* self, json* step) {
    json_text arguments = {0};
    json* answer = NULL;
    licet_error* error = NULL;
    json* with = json_member(step, "with");
    const char* expected = json_string(json_member(step, "expect"));
    int wrong = with ? fill_in(self, with) : 0;
    write_arguments(self, step, &arguments);
    if (wrong || arguments.failed) {
        free(arguments.data);
        return 1;
    }
    const licet_status status = call_json(self->engine, json_string(json_member(step, "call")),
                                          arguments.data, arguments.size, &answer, &error);
    if (error) {
        wrong = refused(self, error, expected);
    } else {
        wrong = status != LICET_OK || expected[0] != '\0';
    }
    const json* wanted = answer ? json_member(step, "keep") : NULL;
    for (const json* member = wanted ? wanted->first : NULL; member && !wrong;
         member = member->next) {
        wrong = keep(self, member->key, json_at(answer, json_string(member)));
    }
    json_free(answer);
    free(arguments.data);
    return wrong;
}

/* "yes, bronze silver", or "no, no_seat". */
static void write_cell(json_text* out, const json* answer) {
    const char* reason = json_string(json_member(answer, "reason"));
    const json* licensed = json_member(answer, "licensed");
    if (!licensed || licensed->kind != JSON_TRUE) {
        json_add(out, "no, ", 4);
        json_add(out, reason, strlen(reason));
        return;
    }
    const char* yes = strcmp(reason, "in_grace") == 0 ? "in grace," : "yes,";
    json_add(out, yes, strlen(yes));
    const json* by = json_member(answer, "by");
    for (const json* id = by ? by->first : NULL; id; id = id->next) {
        const char* dot = strrchr(json_string(id), '.');
        const char* plan = dot ? dot + 1 : json_string(id);
        json_add(out, " ", 1);
        json_add(out, plan, strlen(plan));
    }
}

static int print_cell(const journey* self, const json* user, const json* app, FILE* out) {
    json_text arguments = {0};
    json_text cell = {0};
    json* answer = NULL;
    licet_error* error = NULL;
    json_write_member(&arguments, "tenant", json_member(self->who, "tenant"));
    json_write_member(&arguments, "user", user);
    json_write_member(&arguments, "app", app);
    end_object(&arguments);
    int wrong = arguments.failed || call_json(self->engine, "check_app", arguments.data,
                                              arguments.size, &answer, &error) != LICET_OK;
    if (!wrong) {
        write_cell(&cell, answer);
        json_add(&cell, "", 1); /* its NUL */
        wrong = cell.failed;
    }
    if (!wrong) {
        fprintf(out, "%-24s", cell.data);
    }
    print_error(stderr, error);
    licet_error_free(error);
    json_free(answer);
    free(cell.data);
    free(arguments.data);
    return wrong;
}

static int print_table(const journey* self, const char* say, FILE* out) {
    const json* apps = json_member(self->who, "apps");
    const json* users = json_member(self->who, "users");
    if (!json_member(self->who, "tenant") || !apps || !users) {
        return 1;
    }
    fprintf(out, "\n%s\n\n%-12s", say, "");
    for (const json* app = apps->first; app; app = app->next) {
        fprintf(out, "%-24s", json_string(app));
    }
    fputs("\n", out);
    for (const json* user = users->first; user; user = user->next) {
        fprintf(out, "%-12s", user->key);
        for (const json* app = apps->first; app; app = app->next) {
            if (print_cell(self, user, app, out) != 0) {
                return 1;
            }
        }
        fputs("\n", out);
    }
    return 0;
}

static int tell(journey* self, json* step, FILE* out) {
    json* who = json_member(step, "who");
    if (json_member(step, "call")) {
        return call(self, step);
    }
    if (who) {
        self->who = who;
        return print_table(self, json_string(json_member(step, "say")), out);
    }
    return 0;
}

static int read_file(const char* path, json_text* out) {
    char piece[4096];
    size_t size = 0;
    FILE* file = fopen(path, "rb");
    if (!file) {
        return 1;
    }
    while ((size = fread(piece, 1, sizeof piece, file)) > 0) {
        json_add(out, piece, size);
    }
    const int failed = ferror(file) || out->failed;
    fclose(file);
    return failed;
}

/* Each line that is not empty, in a list. */
static int read_lines(const json_text* text, json** list) {
    const char* line = text->data;
    const char* end = text->data + text->size;
    while (line < end) {
        const char* found = memchr(line, '\n', (size_t)(end - line));
        const char* line_end = found ? found : end;
        if (line_end > line) {
            *list = json_parse(line, (size_t)(line_end - line));
            if (!*list) {
                return 1;
            }
            list = &(*list)->next;
        }
        line = line_end + 1;
    }
    return 0;
}

int journey_play(journey* self, const char* path, licet_store* store, FILE* out) {
    json_text text = {0};
    int wrong = read_file(path, &text) || read_lines(&text, &self->lines) || !self->lines;
    free(text.data);
    if (wrong) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return 1;
    }
    if (open_engine(self, store) != 0) {
        return 1;
    }
    for (json* step = self->lines->next; step && !wrong; step = step->next) {
        wrong = tell(self, step, out);
        if (wrong) {
            fprintf(stderr, "%s: not as the scenario says: %s\n", path,
                    json_string(json_member(step, "say")));
        }
    }
    return wrong;
}

void journey_close(journey* self) {
    for (size_t i = 0; i < sizeof self->refusals / sizeof *self->refusals; ++i) {
        licet_error_free(self->refusals[i]);
    }
    json_free(self->kept);
    json_free(self->lines);
    licet_engine_close(self->engine);
}
