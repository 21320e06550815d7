package dev.parley.inference.schema;

import dev.parley.application.port.Schemas;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import dev.parley.inference.schema.CompiledSchema.Unusable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Compiles schemas and keeps those that were needed last, as most clients send one again and again. */
public final class JsonSchemas implements Schemas {

    /** Longer than any that a provider takes. */
    private static final int LONGEST = 256 * 1024;

    private static final int MOST_KEPT = 256;

    /** What all that are kept may measure together, in characters of their texts. */
    private static final int LARGEST_KEPT = 2 * 1024 * 1024;

    private final Map<String, CompiledSchema> kept = new LinkedHashMap<>(16, 0.75f, true);
    private int size;

    @Override
    public void requireUsable(JsonText schema, String field) {
        try {
            compiled(schema);
        } catch (Unusable unusable) {
            throw Refusal.invalid(field, "No answer can be held to this schema: " + unusable.reason());
        }
    }

    /** Where the text breaks the schema, as the end of a sentence; empty when it keeps to it. */
    Optional<String> violation(JsonText schema, String text) {
        try {
            return compiled(schema).violation(text);
        } catch (Unusable unusable) {
            return Optional.of("no answer can, as the schema is of no use: " + unusable.reason());
        }
    }

    private CompiledSchema compiled(JsonText schema) throws Unusable {
        String text = schema.text();
        if (text.length() > LONGEST) {
            throw new Unusable("it has %d characters, and may have %d at most".formatted(text.length(), LONGEST));
        }
        synchronized (kept) {
            CompiledSchema known = kept.get(text);
            if (known != null) {
                return known;
            }
        }
        CompiledSchema compiled = CompiledSchema.of(text); // by two at once, perhaps, who then have equal ones
        synchronized (kept) {
            if (kept.put(text, compiled) == null) {
                size += text.length();
            }
            while (size > LARGEST_KEPT || kept.size() > MOST_KEPT) {
                String oldest = kept.keySet().iterator().next();
                kept.remove(oldest);
                size -= oldest.length();
            }
        }
        return compiled;
    }
}
