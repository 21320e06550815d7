package dev.parley.application.port;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.DocumentParser.Raw;
import dev.parley.application.port.DocumentParser.UnreadableDocument;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every reader of documents does. */
public abstract class DocumentParserContract {

    protected abstract DocumentParser parser();

    @Test
    void aTextIsItsText() throws UnreadableDocument {
        assertThat(parser().text(raw("Grüße aus Köln.\n\nUnd von \uD83D\uDE00.", "text/plain", "note.txt")))
                .isEqualTo("Grüße aus Köln.\n\nUnd von \uD83D\uDE00.");
    }

    @Test
    void namesAndTypesMayBeMissing() throws UnreadableDocument {
        assertThat(parser().text(new Raw("Hello".getBytes(UTF_8), Optional.empty(), Optional.empty())))
                .isEqualTo("Hello");
    }

    @Test
    void whatHasNoTextIsUnreadable() {
        assertThat(failure(new byte[0])).contains("no text");
    }

    @Test
    void whatIsNoDocumentIsUnreadableWhateverItIsCalled() {
        byte[] noise = new byte[4000];
        new Random(7).nextBytes(noise);

        assertThat(failure(noise)).isNotBlank().doesNotContain("Exception").doesNotContain("dev.parley");
    }

    private String failure(byte[] content) {
        return catchThrowableOfType(
                        UnreadableDocument.class,
                        () -> parser().text(new Raw(content, Optional.of("text/plain"), Optional.of("note.txt"))))
                .explanation();
    }

    protected static Raw raw(String content, String mediaType, String name) {
        return new Raw(content.getBytes(UTF_8), Optional.of(mediaType), Optional.of(name));
    }
}
