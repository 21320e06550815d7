package dev.parley.rest.agents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.domain.Refusal;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.WireJson;
import io.micronaut.context.ApplicationContext;
import java.util.Optional;
import java.util.function.Function;

/** The way in and the way out, for tests: text that is read, and what is written. */
final class Wire {

    static final WireJson JSON = ApplicationContext.run().getBean(WireJson.class);

    private Wire() {}

    static JsonField in(String json) {
        return JsonField.body(json.getBytes(UTF_8));
    }

    static String out(Object wire) {
        return new String(JSON.bytes(wire), UTF_8);
    }

    /** Expects the text to be refused as invalid in a place, and returns the sentence that says why. */
    static String refusal(Function<JsonField, ?> read, String json, String field) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> read.apply(in(json)));
        assertThat(refusal).as("the refusal of %s", json).isNotNull();
        assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
        assertThat(refusal.field()).isEqualTo(Optional.of(field));
        return refusal.explanation();
    }
}
