package dev.parley.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.poi.xwpf.usermodel.XWPFDocument;

/** Documents as people send them, and some that can't be read. */
final class DocumentWriter {

    /** A kind of document. */
    enum Format {
        TXT,
        MD,
        HTML,
        PDF,
        DOCX;

        /** Title and text as a document of this kind. */
        byte[] write(String title, String text) {
            return switch (this) {
                case TXT -> "%s%n%n%s%n".formatted(title, text).getBytes(UTF_8);
                case MD -> "# %s%n%n%s%n".formatted(title, text).getBytes(UTF_8);
                case HTML ->
                    ("<!DOCTYPE"
                        + " html><html><head><title>%1$s</title></head><body><h1>%1$s</h1><p>%2$s</p></body></html>")
                            .formatted(title, text)
                            .getBytes(UTF_8);
                case PDF -> pdf(title + '\n' + wrapped(text));
                case DOCX -> docx(title, text);
            };
        }

        String extension() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private DocumentWriter() {}

    private static byte[] pdf(String lines) {
        try (PDDocument document = document(lines)) {
            return bytes(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] pdfWithPassword(String text) {
        try (PDDocument document = document(text)) {
            StandardProtectionPolicy policy = new StandardProtectionPolicy("owner", "reader", new AccessPermission());
            policy.setEncryptionKeyLength(128);
            document.protect(policy);
            return bytes(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] brokenPdf(String text) {
        return Arrays.copyOf(pdf(text), 200);
    }

    /** A Word document with a part of nothing but zeros beside its text. */
    static byte[] docxThatUnpacksTo(long size) {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bomb);
                ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(docx("Bomb", "A text")))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                in.transferTo(out);
                out.closeEntry();
            }
            out.putNextEntry(new ZipEntry("word/media/zeros.bin"));
            write(out, size);
            out.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bomb.toByteArray();
    }

    private static void write(OutputStream out, long size) throws IOException {
        byte[] zeros = new byte[1 << 20];
        for (long written = 0; written < size; written += zeros.length) {
            out.write(zeros);
        }
    }

    private static PDDocument document(String lines) throws IOException {
        PDDocument document = new PDDocument();
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            content.beginText();
            content.setFont(font(document), 11);
            content.setLeading(14);
            content.newLineAtOffset(50, 720);
            for (String line : lines.lines().toList()) {
                content.showText(line);
                content.newLine();
            }
            content.endText();
        }
        return document;
    }

    /** The letters are in the document itself. For those that are not, PDFBox looks through all fonts of the machine. */
    private static PDFont font(PDDocument document) throws IOException {
        try (InputStream font = PDDocument.class.getResourceAsStream(FONT)) {
            return PDType0Font.load(document, Objects.requireNonNull(font, FONT));
        }
    }

    private static byte[] bytes(PDDocument document) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        document.save(bytes);
        return bytes.toByteArray();
    }

    private static byte[] docx(String title, String text) {
        try (XWPFDocument document = new XWPFDocument()) {
            document.createParagraph().createRun().setText(title);
            document.createParagraph().createRun().setText(text);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.write(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In lines that fit on a page. */
    private static String wrapped(String text) {
        StringBuilder lines = new StringBuilder();
        int length = 0;
        for (String word : text.split(" ", -1)) {
            if (length + word.length() > 80) {
                lines.append('\n');
                length = 0;
            } else if (length > 0) {
                lines.append(' ');
            }
            lines.append(word);
            length += word.length() + 1;
        }
        return lines.toString();
    }
}
