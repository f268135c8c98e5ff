package licet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON, no more than licet's documents need. An object is a Map, read in the order it was written;
 * an array a List; a number a Long, or a Double if it is not whole; the rest is String, Boolean and
 * null.
 */
public final class Json {
    private static final int DEPTH_MAX = 512;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** The value of a text; IllegalArgumentException where it is not JSON. */
    public static Object read(String text) {
        Json reader = new Json(text);
        Object value = reader.value(0);
        reader.skipSpace();
        if (reader.at < text.length()) {
            throw reader.unexpected();
        }
        return value;
    }

    /** The text of a value; IllegalArgumentException where JSON has no such value. */
    public static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(out, value);
        return out.toString();
    }

    private static void write(StringBuilder out, Object value) {
        if (value instanceof String string) {
            writeString(out, string);
        } else if (value instanceof Map<?, ?> members) {
            String separator = "{";
            for (Map.Entry<?, ?> member : members.entrySet()) {
                out.append(separator);
                writeString(out, (String) member.getKey());
                write(out.append(':'), member.getValue());
                separator = ",";
            }
            out.append(members.isEmpty() ? "{}" : "}");
        } else if (value instanceof Iterable<?> elements) {
            out.append('[');
            String separator = "";
            for (Object element : elements) {
                write(out.append(separator), element);
                separator = ",";
            }
            out.append(']');
        } else if (value == null || value instanceof Boolean || value instanceof Integer
                || value instanceof Long || value instanceof Double number && Double.isFinite(number)) {
            out.append(value);
        } else {
            throw new IllegalArgumentException("JSON has no " + value + ", a " + value.getClass());
        }
    }

    private static void writeString(StringBuilder out, String string) {
        out.append('"');
        for (int i = 0; i < string.length(); ++i) {
            char character = string.charAt(i);
            if (character == '"' || character == '\\') {
                out.append('\\').append(character);
            } else if (character < ' ') {
                out.append(String.format("\\u%04x", (int) character));
            } else {
                out.append(character);
            }
        }
        out.append('"');
    }

    private Object value(int depth) {
        skipSpace();
        if (depth > DEPTH_MAX) {
            throw unexpected();
        }
        return switch (peek()) {
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (boolean first = true; more('{', '}', first); first = false) {
            skipSpace();
            String key = string();
            skipSpace();
            take(':');
            members.put(key, value(depth));
        }
        return members;
    }

    private List<Object> array(int depth) {
        List<Object> elements = new ArrayList<>();
        for (boolean first = true; more('[', ']', first); first = false) {
            elements.add(value(depth));
        }
        return elements;
    }

    /** Takes what stands before an element, or the closing bracket. */
    private boolean more(char opening, char closing, boolean first) {
        if (first) {
            take(opening);
        }
        skipSpace();
        if (takeIf(closing)) {
            return false;
        }
        if (!first) {
            take(',');
        }
        return true;
    }

    private String string() {
        take('"');
        StringBuilder value = new StringBuilder();
        while (!takeIf('"')) {
            if (peek() < ' ') {
                throw unexpected();
            }
            value.append(takeIf('\\') ? escape() : text.charAt(at++));
        }
        return value.toString();
    }

    private char escape() {
        int plain = "\"\\/bfnrt".indexOf(peek());
        if (plain >= 0) {
            ++at;
            return "\"\\/\b\f\n\r\t".charAt(plain);
        }
        take('u');
        int code = 0;
        for (int i = 0; i < 4; ++i) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0 || peek() > 'f') {
                throw unexpected();
            }
            code = code * 16 + digit;
            ++at;
        }
        return (char) code;
    }

    private Number number() {
        int start = at;
        takeIf('-');
        if (!takeIf('0')) {
            digits();
        }
        boolean isWhole = true;
        if (takeIf('.')) {
            digits();
            isWhole = false;
        }
        if (takeIf('e') || takeIf('E')) {
            if (!takeIf('+')) {
                takeIf('-');
            }
            digits();
            isWhole = false;
        }
        String number = text.substring(start, at);
        if (isWhole) {
            try {
                return Long.valueOf(number);
            } catch (NumberFormatException tooLong) {
                return Double.valueOf(number);
            }
        }
        return Double.valueOf(number);
    }

    private void digits() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            ++at;
        }
        if (at == start) {
            throw unexpected();
        }
    }

    private Object word(String word, Object value) {
        for (int i = 0; i < word.length(); ++i) {
            take(word.charAt(i));
        }
        return value;
    }

    private void skipSpace() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n') {
            ++at;
        }
    }

    /** NUL at the end: no text of JSON has one. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean takeIf(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        ++at;
        return true;
    }

    private void take(char wanted) {
        if (!takeIf(wanted)) {
            throw unexpected();
        }
    }

    private IllegalArgumentException unexpected() {
        String what = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
        return new IllegalArgumentException("JSON: unexpected " + what + " at index " + at);
    }
}
