package dev.parley.application.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import org.junit.jupiter.api.Test;

/** What everybody who knows schemas does. */
public abstract class SchemasContract {

    protected abstract Schemas schemas();

    @Test
    void aSchemaIsTaken() {
        JsonText person = new JsonText("{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}}}");

        assertThatCode(() -> schemas().requireUsable(person, "text.format.schema"))
                .doesNotThrowAnyException();
    }

    @Test
    void whatIsNoSchemaIsRefusedWithItsField() {
        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> schemas().requireUsable(new JsonText("[]"), "text.format.schema"));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
        assertThat(refusal.field()).contains("text.format.schema");
        assertThat(refusal.explanation()).isNotBlank();
    }
}
