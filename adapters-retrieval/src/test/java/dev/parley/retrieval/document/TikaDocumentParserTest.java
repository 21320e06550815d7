package dev.parley.retrieval.document;

import static dev.parley.retrieval.document.Samples.SENTENCE;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.DocumentParser;
import dev.parley.application.port.DocumentParser.Raw;
import dev.parley.application.port.DocumentParser.UnreadableDocument;
import dev.parley.application.port.DocumentParserContract;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of documents of each kind. */
class TikaDocumentParserTest extends DocumentParserContract {

    private static final DocumentParser PARSER =
            new TikaDocumentParser(new DocumentLimits(10_000_000, 128L << 20, Duration.ofSeconds(60), 2));

    @Override
    protected DocumentParser parser() {
        return PARSER;
    }

    @Test
    void aPdfIsReadPageByPage() throws Exception {
        assertThat(text(Samples.pdf("First line\nsecond line", SENTENCE), "prices.pdf"))
                .contains("First line\nsecond line")
                .endsWith("\n\n" + SENTENCE);
    }

    @Test
    void aPdfThatOnlyItsOwnerMayChangeIsRead() throws Exception {
        assertThat(text(Samples.encryptedPdf(""), "prices.pdf")).isEqualTo(SENTENCE);
    }

    @Test
    void aWordDocumentHasParagraphsAndTables() throws Exception {
        assertThat(text(Samples.docx(), "prices.docx"))
                .isEqualTo("Price list\n\n" + SENTENCE + "\n\nItem\tPrice\nBicycle\t400\n\nBehind the table");
    }

    @Test
    void aWorkbookHasRowsAndCells() throws Exception {
        assertThat(text(Samples.xlsx(), "prices.xlsx")).contains("Prices").contains("Item\tPrice\nBicycle\t400.5");
        assertThat(text(Samples.xls(), "prices.xls")).contains("Item\tPrice\nBicycle\t400.5");
    }

    @Test
    void aPresentationHasSlides() throws Exception {
        assertThat(text(Samples.pptx(), "prices.pptx")).contains(SENTENCE).contains("The second slide");
    }

    @Test
    void anOpenDocumentIsRead() throws Exception {
        assertThat(text(Samples.odt("<text:h>Prices</text:h><text:p>" + SENTENCE + "</text:p>"), "prices.odt"))
                .isEqualTo("Prices\n\n" + SENTENCE);
    }

    @Test
    void aBookIsRead() throws Exception {
        assertThat(text(Samples.epub(), "book.epub")).isEqualTo(SENTENCE);
    }

    @Test
    void richTextIsRead() throws Exception {
        assertThat(text("{\\rtf1\\ansi Bold \\b word\\b0 .\\par Next.}".getBytes(UTF_8), "a.rtf"))
                .isEqualTo("Bold word.\n\nNext.");
    }

    @Test
    void aPageIsReadWithoutItsMarkupAndScripts() throws Exception {
        String page = """
            <!DOCTYPE html><html><head><title>Shop</title><style>p { color: red }</style></head><body>
            <h1>Prices</h1><script>alert('no')</script>
            <p>The red   bicycle
            costs <b>four</b> hundred.</p><ul><li>one</li><li>two</li></ul>
            <table><tr><th>Item</th><th>Price</th></tr><tr><td>Bicycle</td><td>400</td></tr></table>
            <pre>kept
              as is</pre></body></html>\
            """;

        assertThat(text(page.getBytes(UTF_8), "page.html")).isEqualTo("""
            Prices

            The red bicycle costs four hundred.

            one
            two

            Item\tPrice
            Bicycle\t400

            kept
              as is\
            """);
    }

    @Test
    void markdownStaysAsItIsAlsoWhenItBeginsWithATag() throws Exception {
        String readme = "<p align=\"center\">\n  <img src=\"logo.png\">\n</p>\n\n# Title\n\n- one\n- two\n";

        assertThat(text(readme.getBytes(UTF_8), "README.md")).isEqualTo(readme.strip());
        assertThat(PARSER.text(raw(readme, "text/markdown", "readme"))).isEqualTo(readme.strip());
    }

    @ParameterizedTest
    @CsvSource({
        "data.json, '{\"a\": [1, 2]}'",
        "data.csv, 'item,price\nbicycle,400'",
        "Main.java, 'class Main {\n    int a;\n}'",
        "main.py, 'def f():\n    return 1'",
        "page.php, '<html>\n  <?php echo 1 ?>\n</html>'",
        "config.xml, '<?xml version=\"1.0\"?>\n<a><b>text</b></a>'",
        "config.yaml, 'a:\n  - b'",
        "run.sh, '#!/bin/sh\necho hello'",
        "table.sql, 'SELECT 1;'",
        "style.css, 'p { color: red }'",
        "unknown.zzz, 'just words'"
    })
    void codeAndDataStayAsTheyAre(String name, String content) throws Exception {
        assertThat(text(content.getBytes(UTF_8), name)).isEqualTo(content);
    }

    @Test
    void theContentHasTheLastWord() throws Exception {
        assertThat(PARSER.text(new Raw(Samples.pdf(SENTENCE), Optional.of("text/plain"), Optional.of("note.txt"))))
                .isEqualTo(SENTENCE);
        assertThat(PARSER.text(new Raw(Samples.docx(), Optional.of("application/pdf"), Optional.empty())))
                .contains(SENTENCE);
        assertThat(PARSER.text(new Raw(Samples.docx(), Optional.of("application/zip"), Optional.of("a.zip"))))
                .contains(SENTENCE);
    }

    @ParameterizedTest
    @CsvSource({"windows-1252", "UTF-8", "UTF-16LE", "UTF-16BE", "ISO-8859-15"})
    void charactersAreReadAsTheyWereWritten(String charset) throws Exception {
        String text = "Die Größe des grünen Fahrrads überrascht die Käufer: es paßt für öffentliche Räume.";

        assertThat(PARSER.text(new Raw(
                        text.getBytes(Charset.forName(charset)),
                        Optional.of("text/plain; charset=" + charset),
                        Optional.of("a.txt"))))
                .isEqualTo(text);
    }

    @Test
    void aCharacterSetThatNobodyNamesIsFoundOut() throws Exception {
        String german =
                "Die Größe des grünen Fahrrads überrascht die Käufer: es paßt für öffentliche Räume. ".repeat(5);
        String russian = "Красный велосипед стоит четыреста евро и нравится всем покупателям магазина. ".repeat(5);

        assertThat(text(german.getBytes(Charset.forName("windows-1252")), "a.txt"))
                .isEqualTo(german.strip());
        assertThat(text(russian.getBytes(Charset.forName("windows-1251")), "a.txt"))
                .isEqualTo(russian.strip());
        assertThat(text(german.getBytes(UTF_16LE), "a.txt")).isEqualTo(german.strip());
        assertThat(text(("\uFEFF" + german).getBytes(UTF_16BE), "a.txt")).isEqualTo(german.strip());
        assertThat(text(("\uFEFF" + german).getBytes(UTF_8), "a.txt")).isEqualTo(german.strip());
        assertThat(text(
                        ("<html><head><meta charset='windows-1251'></head><body>" + russian + "</body></html>")
                                .getBytes(Charset.forName("windows-1251")),
                        "a.html"))
                .isEqualTo(russian.strip());
    }

    @Test
    void aDocumentInADocumentIsReadBehindIt() throws Exception {
        assertThat(text(Samples.nestedDocx(2), "nested.docx"))
                .startsWith("Around it")
                .endsWith("At the bottom");
    }

    @Test
    void whatIsNotReadIsNamed() {
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'};

        UnreadableDocument unreadable =
                catchThrowableOfType(UnreadableDocument.class, () -> text(picture, "picture.png"));

        assertThat(unreadable.explanation()).contains("image/png").contains("PDF");
        assertThat(unreadable.isUnsupported()).isTrue();
    }

    private static String text(byte[] content, String name) throws UnreadableDocument {
        return PARSER.text(new Raw(content, Optional.empty(), Optional.of(name)));
    }
}
