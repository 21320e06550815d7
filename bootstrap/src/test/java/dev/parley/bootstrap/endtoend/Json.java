package dev.parley.bootstrap.endtoend;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A JSON value as a test looks into it: what it asks for has to be there. */
record Json(JsonNode node) {

    private static final JsonMapper MAPPER = JsonMapper.createDefault();

    static Json parse(String text) {
        try {
            return new Json(MAPPER.readValue(text, Argument.of(JsonNode.class)));
        } catch (IOException e) {
            throw new UncheckedIOException("This is not JSON: " + text, e);
        }
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws AssertionError when a member of the path is missing */
    Json at(String... path) {
        JsonNode found = node;
        for (String name : path) {
            JsonNode member = found.get(name);
            if (member == null) {
                throw new AssertionError("There is no %s in %s".formatted(String.join(".", path), this));
            }
            found = member;
        }
        return new Json(found);
    }

    String text(String... path) {
        return at(path).node.getStringValue();
    }

    long number(String... path) {
        return at(path).node.getLongValue();
    }

    boolean isNull(String... path) {
        return at(path).node.isNull();
    }

    List<Json> items(String... path) {
        List<Json> items = new ArrayList<>();
        at(path).node.values().forEach(item -> items.add(new Json(item)));
        return items;
    }

    @Override
    public String toString() {
        return write(node);
    }
}
