package dev.parley.retrieval.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFTable;

/** Documents as programs write them, and as nobody should. */
final class Samples {

    static final String SENTENCE = "The red bicycle costs four hundred euros.";

    private Samples() {}

    static byte[] pdf(String... pages) throws IOException {
        try (PDDocument document = new PDDocument()) {
            for (String page : pages) {
                write(document, page);
            }
            return bytes(document);
        }
    }

    private static void write(PDDocument document, String text) throws IOException {
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            content.beginText();
            content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
            content.setLeading(15);
            content.newLineAtOffset(50, 700);
            for (String line : text.lines().toList()) {
                content.showText(line);
                content.newLine();
            }
            content.endText();
        }
    }

    static byte[] encryptedPdf(String userPassword) throws IOException {
        try (PDDocument document = new PDDocument()) {
            write(document, SENTENCE);
            StandardProtectionPolicy policy =
                    new StandardProtectionPolicy("owner", userPassword, new AccessPermission());
            policy.setEncryptionKeyLength(128);
            document.protect(policy);
            return bytes(document);
        }
    }

    /** A page whose drawing is nothing but spaces, packed several times over. */
    static byte[] pdfBomb(long size, COSName... filters) throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            PDStream content = new PDStream(document);
            COSArray names = new COSArray();
            for (COSName filter : filters) {
                names.add(filter);
            }
            try (OutputStream out = content.getCOSObject().createOutputStream(names)) {
                byte[] spaces = " ".repeat(1 << 20).getBytes(UTF_8);
                for (long written = 0; written < size; written += spaces.length) {
                    out.write(spaces);
                }
            }
            page.setContents(content);
            return bytes(document);
        }
    }

    /** A page whose drawing is to be unpacked by rows of so many bytes, of which none is there. */
    static byte[] pdfWithRowsOf(int columns) throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            PDStream content = new PDStream(document);
            try (OutputStream out = content.getCOSObject().createOutputStream(COSName.FLATE_DECODE)) {
                out.write("BT ET".getBytes(UTF_8));
            }
            COSDictionary parameters = new COSDictionary();
            parameters.setInt(COSName.PREDICTOR, 12);
            parameters.setInt(COSName.COLUMNS, columns);
            content.getCOSObject().setItem(COSName.DECODE_PARMS, parameters);
            page.setContents(content);
            return bytes(document);
        }
    }

    private static byte[] bytes(PDDocument document) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        document.save(bytes);
        return bytes.toByteArray();
    }

    static byte[] docx() throws IOException {
        try (XWPFDocument document = new XWPFDocument()) {
            document.createParagraph().createRun().setText("Price list");
            document.createParagraph().createRun().setText(SENTENCE);
            XWPFTable table = document.createTable(2, 2);
            table.getRow(0).getCell(0).setText("Item");
            table.getRow(0).getCell(1).setText("Price");
            table.getRow(1).getCell(0).setText("Bicycle");
            table.getRow(1).getCell(1).setText("400");
            document.createParagraph().createRun().setText("Behind the table");
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.write(bytes);
            return bytes.toByteArray();
        }
    }

    static byte[] encryptedDocx(String password) throws Exception {
        try (POIFSFileSystem container = new POIFSFileSystem()) {
            Encryptor encryptor = new EncryptionInfo(EncryptionMode.agile).getEncryptor();
            encryptor.confirmPassword(password);
            try (OutputStream out = encryptor.getDataStream(container)) {
                out.write(docx());
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            container.writeFilesystem(bytes);
            return bytes.toByteArray();
        }
    }

    static byte[] xlsx() throws IOException {
        return bytes(new XSSFWorkbook());
    }

    static byte[] xls() throws IOException {
        return bytes(new HSSFWorkbook());
    }

    private static byte[] bytes(Workbook empty) throws IOException {
        try (Workbook workbook = empty) {
            Sheet sheet = workbook.createSheet("Prices");
            Row head = sheet.createRow(0);
            head.createCell(0).setCellValue("Item");
            head.createCell(1).setCellValue("Price");
            Row row = sheet.createRow(1);
            row.createCell(0).setCellValue("Bicycle");
            row.createCell(1).setCellValue(400.5);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            workbook.write(bytes);
            return bytes.toByteArray();
        }
    }

    static byte[] pptx() throws IOException {
        try (XMLSlideShow show = new XMLSlideShow()) {
            show.createSlide().createTextBox().setText(SENTENCE);
            show.createSlide().createTextBox().setText("The second slide");
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            show.write(bytes);
            return bytes.toByteArray();
        }
    }

    static byte[] odt(String body) throws IOException {
        return odt(body, "");
    }

    static byte[] odt(String body, String doctype) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("mimetype", "application/vnd.oasis.opendocument.text".getBytes(UTF_8));
        files.put("content.xml", """
            <?xml version="1.0" encoding="UTF-8"?>%s
            <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
                xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
              <office:body><office:text>%s</office:text></office:body>
            </office:document-content>\
            """.formatted(doctype, body).getBytes(UTF_8));
        files.put("META-INF/manifest.xml", """
            <?xml version="1.0" encoding="UTF-8"?>
            <manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
            <manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>
            <manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
            </manifest:manifest>\
            """.getBytes(UTF_8));
        return zip(files);
    }

    static byte[] epub() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("mimetype", "application/epub+zip".getBytes(UTF_8));
        files.put("META-INF/container.xml", """
            <?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
            <rootfiles><rootfile full-path="content.opf" media-type="application/oebps-package+xml"/></rootfiles>
            </container>\
            """.getBytes(UTF_8));
        files.put("content.opf", """
            <?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="2.0">
            <manifest><item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>
            <spine><itemref idref="one"/></spine></package>\
            """.getBytes(UTF_8));
        files.put(
                "one.xhtml",
                ("<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>" + SENTENCE + "</p></body></html>")
                        .getBytes(UTF_8));
        return zip(files);
    }

    /** A docx with a document of our own words, and further files. */
    static byte[] docxOf(String documentXml, Map<String, byte[]> more) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("[Content_Types].xml", """
            <?xml version="1.0" encoding="UTF-8"?>
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Default Extension="xml" ContentType="application/xml"/>
            <Default Extension="docx" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document"/>
            <Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
            </Types>\
            """.getBytes(UTF_8));
        files.put("_rels/.rels", """
            <?xml version="1.0" encoding="UTF-8"?>
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
            </Relationships>\
            """.getBytes(UTF_8));
        files.put("word/document.xml", documentXml.getBytes(UTF_8));
        files.putAll(more);
        return zip(files);
    }

    static String wordXml(String doctype, String text) {
        return """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>%s
            <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
              xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
            <w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>\
            """.formatted(doctype, text);
    }

    /** Word documents, each in the next one. */
    static byte[] nestedDocx(int depth) throws IOException {
        byte[] inner = docxOf(wordXml("", "At the bottom"), Map.of());
        for (int level = 0; level < depth; level++) {
            inner = docxOf(
                    """
                    <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
                    <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
                      xmlns:o="urn:schemas-microsoft-com:office:office"
                      xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
                    <w:body><w:p><w:r><w:t>Around it</w:t></w:r></w:p>
                    <w:p><w:r><w:object><o:OLEObject Type="Embed" ProgID="Word.Document.12" r:id="rId5"/></w:object></w:r></w:p>
                    </w:body></w:document>\
                    """,
                    Map.of("word/embeddings/inner.docx", inner, "word/_rels/document.xml.rels", """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
                        <Relationship Id="rId5" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/package" Target="embeddings/inner.docx"/>
                        </Relationships>\
                        """.getBytes(UTF_8)));
        }
        return inner;
    }

    static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                if (file.getKey().equals("mimetype")) {
                    ZipEntry entry = new ZipEntry(file.getKey());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(file.getValue().length);
                    CRC32 sum = new CRC32();
                    sum.update(file.getValue());
                    entry.setCrc(sum.getValue());
                    zip.putNextEntry(entry);
                } else {
                    zip.putNextEntry(new ZipEntry(file.getKey()));
                }
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
