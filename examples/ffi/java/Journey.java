import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import licet.Engine;
import licet.HostStore;
import licet.Json;
import licet.LicetException;

/** Plays a scenario: examples/journey/scenario.hpp says what one is made of. */
final class Journey implements AutoCloseable {
    private final Engine engine;
    private final Map<String, Object> actors;
    private final List<Map<String, Object>> steps = new ArrayList<>();
    private final Map<String, String> kept = new HashMap<>();
    private final List<LicetException> refusals = new ArrayList<>();
    private Map<String, Object> who;

    /** Opens the engine of a scenario, in memory, or on a store where one is given. */
    Journey(String path, HostStore store) throws IOException {
        for (String line : Files.readAllLines(Path.of(path))) {
            if (!line.isEmpty()) {
                steps.add(object(Json.read(line)));
            }
        }
        Map<String, Object> head = steps.remove(0);
        Map<String, Object> config = object(head.get("config"));
        actors = object(head.get("actors"));
        if (store == null) {
            config.put("store", "memory");
            engine = new Engine(config);
        } else {
            engine = new Engine(config, store);
        }
    }

    Engine engine() {
        return engine;
    }

    /** What licet refused, as it should. */
    List<LicetException> refusals() {
        return refusals;
    }

    /** What the last table was about. */
    Map<String, Object> who() {
        return who;
    }

    @Override
    public void close() {
        engine.close();
    }

    /** Plays the steps and gives each table to `show`. */
    void play(Consumer<String> show) {
        for (Map<String, Object> step : steps) {
            if (step.containsKey("call")) {
                call(step);
            } else if (step.containsKey("who")) {
                who = object(step.get("who"));
                show.accept("\n" + step.get("say") + "\n\n" + table());
            }
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    private void call(Map<String, Object> step) {
        Map<String, Object> arguments = object(filledIn(step.getOrDefault("with", Map.of())));
        if (step.containsKey("as")) {
            arguments.put("as", actors.get(step.get("as")));
        }
        if (step.containsKey("key")) {
            arguments.put("idempotency_key", step.get("key"));
        }
        Object expected = step.get("expect");
        Map<String, Object> answer;
        try {
            answer = engine.call((String) step.get("call"), arguments);
        } catch (LicetException refusal) {
            if (!refusal.rule().equals(expected)) {
                throw new IllegalStateException(step.get("say") + ": refused with " + refusal.rule(), refusal);
            }
            refusals.add(refusal);
            return;
        }
        if (expected != null) {
            throw new IllegalStateException(step.get("say") + ": done, and not refused with " + expected);
        }
        object(step.getOrDefault("keep", Map.of()))
                .forEach((name, pointer) -> kept.put(name, (String) at(answer, (String) pointer)));
    }

    /** `value` with what earlier steps kept for "$name"; of a link what follows "token=". */
    private Object filledIn(Object value) {
        if (value instanceof Map<?, ?> members) {
            Map<String, Object> filled = new LinkedHashMap<>();
            members.forEach((name, member) -> filled.put((String) name, filledIn(member)));
            return filled;
        }
        if (value instanceof List<?> elements) {
            List<Object> filled = new ArrayList<>();
            elements.forEach(element -> filled.add(filledIn(element)));
            return filled;
        }
        if (value instanceof String text && text.startsWith("$")) {
            String found = kept.get(text.substring(1));
            int token = found.indexOf("token=");
            return token < 0 ? found : found.substring(token + 6);
        }
        return value;
    }

    /** What a JSON Pointer (RFC 6901) points at. */
    private static Object at(Object document, String pointer) {
        String[] tokens = pointer.split("/");
        for (int i = 1; i < tokens.length; ++i) {
            String token = tokens[i].replace("~1", "/").replace("~0", "~");
            document = document instanceof List<?> elements
                    ? elements.get(Integer.parseInt(token))
                    : object(document).get(token);
        }
        return document;
    }

    private String table() {
        List<?> apps = (List<?>) who.get("apps");
        StringBuilder rows = new StringBuilder(row("", apps));
        object(who.get("users")).forEach((name, user) -> rows.append(row(name, apps.stream()
                .map(app -> Map.of("tenant", who.get("tenant"), "user", user, "app", app))
                .map(asked -> cell(engine.call("check_app", asked)))
                .toList())));
        return rows.toString();
    }

    private static String row(String name, List<?> cells) {
        StringBuilder row = new StringBuilder(String.format("%-12s", name));
        cells.forEach(cell -> row.append(String.format("%-24s", cell)));
        return row.append('\n').toString();
    }

    /** "yes, bronze silver", or "no, no_seat". */
    private static String cell(Map<String, Object> answer) {
        if (!(boolean) answer.get("licensed")) {
            return "no, " + answer.get("reason");
        }
        List<String> words = new ArrayList<>(List.of(answer.get("reason").equals("in_grace") ? "in grace," : "yes,"));
        for (Object serviceId : (List<?>) answer.get("by")) {
            String id = (String) serviceId;
            words.add(id.substring(id.lastIndexOf('.') + 1));
        }
        return String.join(" ", words);
    }
}
