package dev.parley.retrieval.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.DocumentParser;
import dev.parley.application.port.DocumentParser.Raw;
import dev.parley.application.port.DocumentParser.UnreadableDocument;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
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
    void attributesThatMultiplyCountToo() {
        String many = IntStream.range(0, 160).mapToObj(" a%d"::formatted).collect(Collectors.joining());

        assertThat(textOrRefusal("<p><b%s><p>x".formatted(many) + "<p>x".repeat(5_000)))
                .contains("x\n\nx");
        assertThat(textOrRefusal("<p><b%s><p>x".formatted(many) + "<p>x".repeat(10_000)))
                .contains(TOO_MANY);
    }

    /** There, it is not read by ourselves. */
    @Test
    void aPageInAMailIsMeasuredToo() throws Exception {
        assertThat(textOrRefusal(mail("<p>The red <b>bicycle</b></p>"), "a.msg"))
                .isEqualTo("The red bicycle");
        assertThat(textOrRefusal(mail(behindOpenTags("<p>x".repeat(20_000))), "a.msg"))
                .contains(TOO_MANY);
    }

    private static byte[] mail(String page) throws IOException {
        try (POIFSFileSystem container = new POIFSFileSystem()) {
            container.createDocument(new ByteArrayInputStream(new byte[32]), "__properties_version1.0");
            container.createDocument(new ByteArrayInputStream(page.getBytes(UTF_8)), "__substg1.0_10130102");
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            container.writeFilesystem(bytes);
            return bytes.toByteArray();
        }
    }

    private static String behindOpenTags(String page) {
        StringBuilder tags = new StringBuilder("<p>");
        for (int tag = 0; tag < 12; tag++) {
            tags.append("<b id=%d>".formatted(tag));
        }
        return tags + page;
    }

    private static String textOrRefusal(String page) {
        return textOrRefusal(page.getBytes(UTF_8), "a.html");
    }

    private static String textOrRefusal(byte[] content, String name) {
        try {
            return PARSER.text(new Raw(content, Optional.empty(), Optional.of(name)));
        } catch (UnreadableDocument unreadable) {
            return unreadable.explanation();
        }
    }
}
