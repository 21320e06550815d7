package dev.parley.application.turn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.DocumentParser;
import dev.parley.application.port.Downloads;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Content;
import dev.parley.domain.turn.Document;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadDocumentsTest {

    private static final GivenDocument NOTE =
            new GivenDocument.AtHand(new Document(Content.of("a note"), "text/plain"));

    private final List<DocumentParser.Raw> parsed = new ArrayList<>();
    private final Downloads web = (url, cancellation) -> {
        if (url.contains("127.0.0.1")) {
            throw new Downloads.DownloadFailed("the address is private");
        }
        return new Downloads.Download(url.getBytes(UTF_8), Optional.of("text/html"), Optional.of("x.pdf"));
    };
    private final DocumentParser parser = document -> {
        parsed.add(document);
        String text = new String(document.content(), UTF_8);
        if (text.contains("broken")) {
            throw new DocumentParser.UnreadableDocument("it is encrypted");
        }
        return "text of " + text;
    };
    private final ReadDocuments read = new ReadDocuments(web, parser);

    @Test
    void documentsAreFetchedAndReadInTheirOrder() {
        assertThat(read.read(
                        List.of(new GivenDocument.ByUrl("https://example.org/x.pdf", "application/pdf"), NOTE),
                        new Cancellation()))
                .containsExactly(
                        new Document(Content.of("text of https://example.org/x.pdf"), "application/pdf"),
                        new Document(Content.of("a note"), "text/plain"));
        assertThat(parsed).singleElement().satisfies(raw -> {
            assertThat(raw.mediaType()).contains("application/pdf");
            assertThat(raw.name()).contains("x.pdf");
        });
    }

    @Test
    void aDocumentThatCanNotBeHadIsNamed() {
        assertThat(refusal("http://127.0.0.1/")).satisfies(refusal -> {
            assertThat(refusal.field()).contains("documents[1].content");
            assertThat(refusal.explanation()).contains("could not be fetched", "private");
        });
        assertThat(refusal("https://example.org/broken")).satisfies(refusal -> {
            assertThat(refusal.field()).contains("documents[1].content");
            assertThat(refusal.explanation()).contains("could not be read", "encrypted");
        });
    }

    @Test
    void thereIsAnEndToWhatATurnBrings() {
        List<GivenDocument> many =
                Collections.nCopies(33, new GivenDocument.ByUrl("https://example.org/x.pdf", "application/pdf"));
        assertThat(catchThrowableOfType(Refusal.class, () -> read.read(many, new Cancellation())))
                .satisfies(refusal -> assertThat(refusal.explanation()).contains("33", "32"));
        assertThat(parsed).isEmpty();

        GivenDocument half = new GivenDocument.AtHand(new Document(Content.of("x".repeat(5_000_000)), "text/plain"));
        assertThat(catchThrowableOfType(Refusal.class, () -> read.read(List.of(half, half, NOTE), new Cancellation())))
                .satisfies(refusal -> assertThat(refusal.field()).contains("documents[2].content"));
    }

    private Refusal refusal(String url) {
        return catchThrowableOfType(
                Refusal.class,
                () -> read.read(List.of(NOTE, new GivenDocument.ByUrl(url, "application/pdf")), new Cancellation()));
    }
}
