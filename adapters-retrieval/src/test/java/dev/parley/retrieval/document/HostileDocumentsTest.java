package dev.parley.retrieval.document;

import static dev.parley.retrieval.document.Samples.SENTENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.DocumentParser;
import dev.parley.application.port.DocumentParser.Raw;
import dev.parley.application.port.DocumentParser.UnreadableDocument;
import dev.parley.domain.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.cos.COSName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that are broken, or made to break whoever reads them. */
@Timeout(60)
class HostileDocumentsTest {

    private static final DocumentLimits LIMITS = new DocumentLimits(100_000, 8L << 20, Duration.ofSeconds(30), 2);
    private static final DocumentParser PARSER = new TikaDocumentParser(LIMITS);

    private Set<Path> before = Set.of();

    @BeforeEach
    void look() throws Exception {
        // what Tika and the JVM make once is there already
        PARSER.text(raw("warm".getBytes(UTF_8), "a.txt"));
        before = temporaryFiles();
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        assertThat(temporaryFiles()).isSubsetOf(before);
        assertThat(Path.of(System.getProperty("user.home"), ".pdfbox.cache")).doesNotExist();
    }

    @Test
    void aPdfWithAPasswordIsEncrypted() throws Exception {
        assertThat(refusal(Samples.encryptedPdf("secret"), "a.pdf"))
                .contains("encrypted")
                .contains("password");
    }

    @Test
    void aWordDocumentWithAPasswordIsEncrypted() throws Exception {
        assertThat(refusal(Samples.encryptedDocx("secret"), "a.docx"))
                .contains("encrypted")
                .contains("password");
    }

    @Test
    void aPdfThatIsCutOffIsBroken() throws Exception {
        byte[] whole = Samples.pdf(SENTENCE);

        assertThat(refusal(Arrays.copyOf(whole, 200), "a.pdf")).contains("broken");
        assertThat(refusal("%PDF-1.7\nnothing more".getBytes(UTF_8), "a.pdf")).contains("broken");
    }

    @Test
    void aWordDocumentThatIsCutOffIsBroken() throws Exception {
        byte[] whole = Samples.docx();

        assertThat(refusal(Arrays.copyOf(whole, whole.length / 2), "a.docx")).isNotBlank();
    }

    @Test
    void aPdfThatUnpacksToMuchIsRefused() throws Exception {
        byte[] bomb = Samples.pdfBomb(64L << 20, COSName.FLATE_DECODE);

        assertThat(bomb.length).isLessThan(200_000);
        assertThat(refusal(bomb, "a.pdf")).contains("unpacks to more than 8 MB");
    }

    @Test
    void aPdfThatIsPackedTwiceIsRefused() throws Exception {
        byte[] bomb = Samples.pdfBomb(12L << 20, COSName.FLATE_DECODE, COSName.RUN_LENGTH_DECODE);

        assertThat(bomb.length).isLessThan(20_000);
        assertThat(refusal(bomb, "a.pdf")).contains("unpacks to more than 8 MB");
    }

    @Test
    void aPdfThatIsPackedInAnotherWayIsRefused() throws Exception {
        assertThat(refusal(Samples.pdfBomb(12L << 20, COSName.RUN_LENGTH_DECODE), "a.pdf"))
                .contains("unpacks to more than 8 MB");
    }

    @Test
    void aPdfWithRowsOfTwoGigabytesIsNotUnpacked() throws Exception {
        assertThat(refusal(Samples.pdfWithRowsOf(2_000_000_000), "a.pdf")).isNotBlank();
    }

    @Test
    void aPdfThatNestsItsObjectsIsRefused() throws Exception {
        String deep = "%PDF-1.4\n1 0 obj\n" + "[".repeat(1_000_000) + "]".repeat(1_000_000)
                + "\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF";

        assertThat(refusal(deep.getBytes(UTF_8), "a.pdf")).isNotBlank();
    }

    @Test
    void aZipThatUnpacksToMuchIsRefused() throws Exception {
        byte[] zeros = new byte[16 << 20];

        assertThat(refusal(Samples.docxOf(Samples.wordXml("", "x"), Map.of("word/media/a.bin", zeros)), "a.docx"))
                .contains("unpacks to more than 8 MB");
        assertThat(refusal(Samples.odt("<text:p>" + " ".repeat(16 << 20) + "</text:p>"), "a.odt"))
                .contains("unpacks to more than 8 MB");
    }

    /** What stands before a zip file must not keep it from being measured; nobody writes documents like that. */
    @ParameterizedTest
    @ValueSource(strings = {"\0\1\2\3", "PK\7\b", "PK\5\6", "PK00"})
    void aZipBehindOtherBytesIsNotOpened(String before) throws Exception {
        byte[] odt = Samples.odt("<text:p>inside</text:p>");
        byte[] docx = Samples.docxOf(Samples.wordXml("", "inside"), Map.of());

        for (String name : List.of("a.odt", "a.docx", "a.epub", "a.zip", "a")) {
            assertThat(anyRefusal(behind(before, odt), name)).doesNotContain("inside");
            assertThat(anyRefusal(behind(before, docx), name)).doesNotContain("inside");
            assertThat(anyRefusal(behind(before, Samples.epub()), name)).doesNotContain(SENTENCE);
        }
        assertThat(refusal(behind(before, odt), "a.odt")).contains("broken, or not what it seems to be");
        // nobody looked into it to find out what it is
        assertThat(anyRefusal(behind(before, odt), "a")).doesNotContain("broken");
    }

    @Test
    void aZipOfManyFilesIsRefused() throws Exception {
        Map<String, byte[]> many = new HashMap<>();
        for (int file = 0; file < 20_000; file++) {
            many.put("word/media/%d.bin".formatted(file), new byte[0]);
        }

        assertThat(refusal(Samples.docxOf(Samples.wordXml("", "x"), many), "a.docx"))
                .contains("10000 parts");
    }

    @Test
    void documentsInDocumentsAreRefusedWhenTheyAreTooDeep() throws Exception {
        assertThat(PARSER.text(raw(Samples.nestedDocx(3), "a.docx"))).contains("At the bottom");
        assertThat(refusal(Samples.nestedDocx(4), "a.docx")).contains("3 deep");
    }

    @Test
    void entitiesThatMultiplyAreNotExpanded() throws Exception {
        StringBuilder doctype = new StringBuilder("<!DOCTYPE w [<!ENTITY e0 \"lol\">");
        for (int level = 1; level < 20; level++) {
            doctype.append("<!ENTITY e%d \"%s\">"
                    .formatted(level, "&e%d;".formatted(level - 1).repeat(10)));
        }
        doctype.append("]>");

        byte[] bomb = Samples.docxOf(Samples.wordXml(doctype.toString(), "&e19;"), Map.of());

        assertThat(textOrRefusal(bomb, "a.docx")).doesNotContain("lol");
        assertThat(textOrRefusal(Samples.odt("<text:p>&e19;</text:p>", doctype.toString()), "a.odt"))
                .doesNotContain("lol");
    }

    @Test
    void entitiesDoNotReadFiles(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "SECRET");
        String doctype = "<!DOCTYPE w [<!ENTITY x SYSTEM \"%s\">]>".formatted(secret.toUri());

        assertThat(textOrRefusal(Samples.docxOf(Samples.wordXml(doctype, "before &x; after"), Map.of()), "a.docx"))
                .doesNotContain("SECRET");
        assertThat(textOrRefusal(Samples.odt("<text:p>before &x; after</text:p>", doctype), "a.odt"))
                .doesNotContain("SECRET");
        assertThat(textOrRefusal((doctype + "<w>&x;</w>").getBytes(UTF_8), "a.xml"))
                .doesNotContain("SECRET");
        assertThat(textOrRefusal(
                        "<!DOCTYPE html [<!ENTITY x SYSTEM \"%s\">]><html><body>&x; b</body></html>"
                                .formatted(secret.toUri())
                                .getBytes(UTF_8),
                        "a.html"))
                .doesNotContain("SECRET");
    }

    @Test
    void aTextThatIsTooLongIsRefused() {
        assertThat(refusal("word ".repeat(30_000).getBytes(UTF_8), "a.txt")).contains("100000 characters");
        assertThat(refusal("<p>word</p>".repeat(30_000).getBytes(UTF_8), "a.html"))
                .contains("100000 characters");
    }

    @Test
    void aDocumentThatTakesTooLongIsGivenUp() throws Exception {
        DocumentParser hasty =
                new TikaDocumentParser(new DocumentLimits(100_000_000, 1L << 40, Duration.ofMillis(300), 1));
        byte[] lengthy = Samples.pdfBomb(128L << 20, COSName.FLATE_DECODE);

        UnreadableDocument slow =
                catchThrowableOfType(UnreadableDocument.class, () -> hasty.text(raw(lengthy, "a.pdf")));

        assertThat(slow.explanation()).contains("longer than 300 ms");
        // its thread has noticed: the only place is free again
        assertThat(textWhenThereIsAPlace(hasty)).isEqualTo("next");
    }

    @Test
    void aDocumentOfPicturesHasNoText() throws Exception {
        assertThat(refusal(Samples.pdf(""), "a.pdf")).contains("no text").contains("pictures");
    }

    private static byte[] behind(String before, byte[] document) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(before.getBytes(UTF_8));
        bytes.writeBytes(document);
        return bytes.toByteArray();
    }

    private static String refusal(byte[] content, String name) {
        UnreadableDocument unreadable =
                catchThrowableOfType(UnreadableDocument.class, () -> PARSER.text(raw(content, name)));
        assertThat(unreadable).as("the refusal of %s", name).isNotNull();
        assertThat(unreadable.explanation()).doesNotContain("Exception").doesNotContain("org.apache");
        assertThat(unreadable.isUnsupported()).as("it is a kind that is read").isFalse();
        return unreadable.explanation();
    }

    private static String anyRefusal(byte[] content, String name) {
        UnreadableDocument unreadable =
                catchThrowableOfType(UnreadableDocument.class, () -> PARSER.text(raw(content, name)));
        assertThat(unreadable).as("the refusal of %s", name).isNotNull();
        return unreadable.explanation();
    }

    private static String textOrRefusal(byte[] content, String name) {
        try {
            return PARSER.text(raw(content, name));
        } catch (UnreadableDocument unreadable) {
            return unreadable.explanation();
        }
    }

    private static String textWhenThereIsAPlace(DocumentParser parser) {
        while (true) { // as long as the test may take
            try {
                return parser.text(raw("next".getBytes(UTF_8), "a.txt"));
            } catch (Refusal busy) {
                assertThat(busy.explanation()).contains("busy");
            } catch (UnreadableDocument slow) {
                assertThat(slow.explanation()).contains("longer than");
            }
        }
    }

    private static Raw raw(byte[] content, String name) {
        return new Raw(content, Optional.empty(), Optional.of(name));
    }

    private static Set<Path> temporaryFiles() throws IOException {
        Set<Path> found = new HashSet<>();
        for (String name : List.of("apache-tika*", "poi*", "*pdfbox*")) {
            try (DirectoryStream<Path> there =
                    Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), name)) {
                for (Path one : there) {
                    try (var files = Files.walk(one)) {
                        files.filter(Files::isRegularFile).forEach(found::add);
                    }
                }
            }
        }
        return found;
    }
}
