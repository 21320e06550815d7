package dev.parley.bootstrap.golden;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON value as a test looks into it: what it asks for has to be there. */
record Json(JsonNode node) {

    private static final JsonMapper MAPPER = JsonMapper.createDefault();

    static Json parse(String text) {
        try {
            return new Json(MAPPER.readValue(text, Argument.of(JsonNode.class)));
        } catch (IOException broken) {
            throw new UncheckedIOException("This is not JSON: " + text, broken);
        }
    }

    boolean has(String name) {
        JsonNode member = node.get(name);
        return member != null && !member.isNull();
    }

    Json at(String name) {
        @Nullable JsonNode member = node.get(name);
        if (member == null) {
            throw new AssertionError("There is no %s in %s".formatted(name, this));
        }
        return new Json(member);
    }

    String text(String name) {
        return at(name).node.getStringValue();
    }

    List<Json> items(String name) {
        List<Json> items = new ArrayList<>();
        at(name).node.values().forEach(item -> items.add(new Json(item)));
        return items;
    }

    @Override
    public String toString() {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
