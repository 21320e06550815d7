package dev.parley.inference.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Set;

/**
 * Writes the fields that a request can do without.
 *
 * @param body notes those that are written
 * @param without the omissions that the provider is known to need for the model
 */
record OptionalFields(JsonGenerator out, RequestBody body, Set<String> without) {

    /** Begins a field, unless the provider does not take it. */
    boolean begin(String field) throws IOException {
        return begin(field, field);
    }

    void number(String field, double value) throws IOException {
        if (begin(field)) {
            if (value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE) {
                out.writeNumber((int) value); // some engines do not take 40.0 for a count
            } else {
                out.writeNumber(value);
            }
        }
    }

    void text(String field, String value) throws IOException {
        if (begin(field)) {
            out.writeString(value);
        }
    }

    /** A field whose value is one of a few words: a provider that does not take one of them may take the others. */
    void word(String field, String value) throws IOException {
        if (begin(field, field + "=" + value)) {
            out.writeString(value);
        }
    }

    void flag(String field, boolean value) throws IOException {
        if (begin(field)) {
            out.writeBoolean(value);
        }
    }

    /** Notes a field that is written otherwise. */
    void note(String field) {
        body.noteOptional(field, field);
    }

    private boolean begin(String field, String omission) throws IOException {
        if (without.contains(omission)) {
            return false;
        }
        body.noteOptional(field, omission);
        out.writeFieldName(field);
        return true;
    }
}
