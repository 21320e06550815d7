package dev.parley.retrieval.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.DocumentParser;
import dev.parley.application.port.DocumentParser.Raw;
import dev.parley.application.port.DocumentParser.UnreadableDocument;
import java.time.Duration;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages that are small, and become large when they are read. */
@Timeout(60)
class HostilePagesTest {

    private static final DocumentLimits LIMITS = new DocumentLimits(1_000_000, 8L << 20, Duration.ofSeconds(30), 2);
    private static final DocumentParser PARSER = new TikaDocumentParser(LIMITS);
    private static final String TOO_MANY = "more than 200000 tags";

    @Test
    void aPageThatNestsIsReadOrRefused() {
        assertThat(textOrRefusal("<div>".repeat(50_000) + "x")).isNotBlank();
        assertThat(textOrRefusal("<b><i>".repeat(20_000) + "x")).isNotBlank();
    }

    @Test
    void aPageOfManyTagsIsRefused() {
        assertThat(textOrRefusal("x<br>".repeat(190_000))).startsWith("x\nx").doesNotContain(TOO_MANY);
        assertThat(textOrRefusal("x<br>".repeat(200_001))).contains(TOO_MANY);
        assertThat(textOrRefusal("x<!---->".repeat(200_001))).contains(TOO_MANY);
    }

    /** Twelve that are not closed are repeated in each paragraph. */
    @Test
    void aPageWhoseTagsMultiplyIsRefused() {
        assertThat(textOrRefusal(behindOpenTags("<p>x".repeat(10_000)))).contains("x\n\nx");
        assertThat(textOrRefusal(behindOpenTags("<p>x".repeat(20_000)))).contains(TOO_MANY);
    }

    @Test
    void elementsDoNotKeepWhatIsNotReadOfThem() throws Exception {
        Document page = PageReader.tree(behindOpenTags("<p>x".repeat(100)), new Reading(LIMITS));

        assertThat(page.select("b")).hasSizeGreaterThan(1_000);
        assertThat(page.select("[id]")).isEmpty();
    }

    private static String behindOpenTags(String page) {
        StringBuilder tags = new StringBuilder("<p>");
        for (int tag = 0; tag < 12; tag++) {
            tags.append("<b id=%d>".formatted(tag));
        }
        return tags + page;
    }

    private static String textOrRefusal(String page) {
        try {
            return PARSER.text(
                    new Raw(page.getBytes(UTF_8), Optional.of("text/html; charset=utf-8"), Optional.of("a.html")));
        } catch (UnreadableDocument unreadable) {
            return unreadable.explanation();
        }
    }
}
