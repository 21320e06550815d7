package dev.parley.rest.stores;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.Refusal;
import dev.parley.rest.stores.UploadForm.Part;
import io.micronaut.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How forms are taken apart, whoever has written them. */
final class UploadFormTest {

    @Test
    void aPartIsReadByteForByte() {
        byte[] content = {'\r', '\n', '-', '-', 'c', 'u', 0, (byte) 0xff, '\r', '\n'};
        Form form = new Form().field("purpose", "batch").file("a.txt", content).field("empty", "");

        UploadForm read = read(Form.TYPE, form.bytes());

        Part file = read.part("file").orElseThrow();
        assertThat(file.content()).isEqualTo(content);
        assertThat(file.filename()).contains("a.txt");
        assertThat(file.mediaType()).contains("text/plain");
        assertThat(read.part("purpose").orElseThrow().text()).isEqualTo("batch");
        assertThat(read.part("purpose").orElseThrow().filename()).isEmpty();
        assertThat(read.part("empty").orElseThrow().text()).isEmpty();
        assertThat(read.part("other")).isEmpty();
    }

    @Test
    void ofPartsOfOneNameTheFirstCounts() {
        assertThat(read(Form.TYPE, new Form().field("a", "1").field("a", "2").bytes())
                        .part("a")
                        .orElseThrow()
                        .text())
                .isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--cut\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--cut--",
                "before\r\n--cut\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--cut--\r\nbehind",
                "--cut \r\ncontent-type:text/plain\r\nCONTENT-DISPOSITION:form-data;name=a\r\n\r\nx\r\n--cut--\r\n",
                "--cut\r\nContent-Disposition: form-data; filename*=x; name=\"a\"; size=1\r\n\r\nx\r\n--cut--\r\n"
            })
    void aFormIsReadAsItMayBeWritten(String form) {
        assertThat(read(Form.TYPE, form.getBytes(UTF_8)).part("a").orElseThrow().text())
                .isEqualTo("x");
        assertThat(read("multipart/form-data; boundary=\"cut\"", form.getBytes(UTF_8))
                        .part("a"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "--cut",
                "--other\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--other--",
                "--cut\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
                "--cut\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--cut",
                "--cut\r\nContent-Disposition: form-data; name=\"a\"\r\nx\r\n--cut--",
                "--cut\r\nContent-Disposition: form-data\r\n\r\nx\r\n--cut--",
                "--cut\r\n\r\nx\r\n--cut--",
                "--cut\nContent-Disposition: form-data; name=\"a\"\n\nx\n--cut--"
            })
    void whatIsNoFormIsRefused(String body) {
        assertThatThrownBy(() -> read(Form.TYPE, body.getBytes(UTF_8)))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("The form is malformed or not complete");
    }

    @Test
    void aHeadHasItsLimits() {
        String head = "Content-Disposition: form-data; name=\"a\"\r\nX: " + "y".repeat(9_000);

        assertThatThrownBy(() -> read(
                        Form.TYPE,
                        "--cut\r\n%s\r\n\r\nx\r\n--cut--".formatted(head).getBytes(UTF_8)))
                .isInstanceOf(Refusal.class);
        for (String type : new String[] {
            "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "b".repeat(71)
        }) {
            assertThatThrownBy(() -> read(type, Form.of("a", "x").bytes())).isInstanceOf(Refusal.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "form-data; name=\"f\"; filename=\"a.txt\" | a.txt",
                "form-data; name=f; filename=a.txt | a.txt",
                "form-data; name=\"f\"; filename=\"a, b; c=d: e.txt\" | a, b; c=d: e.txt",
                "form-data; name=\"f\"; filename=\"say \\\"hi\\\".txt\" | say \"hi\".txt",
                "form-data; name=\"f\"; filename=\"say %22hi%22 100%.txt\" | say \"hi\" 100%.txt",
                "form-data; name=\"f\"; filename=\"C:\\me\\a.txt\" | C:\\me\\a.txt",
                "form-data; name=\"f\"; filename=\"a\\\\b.txt\" | a\\b.txt",
                "form-data; name=\"f\"; filename=\"\u00e4 \uD83C\uDF4F.txt\" | \u00e4 \uD83C\uDF4F.txt",
                "form-data; name=\"f\"; filename=\"x\"; filename*=UTF-8''%c3%a4%20b%2.txt | \u00e4 b%2.txt",
                "form-data; name=\"f\"; filename=\"x\"; filename*=latin1''%e4.txt | x",
                "form-data; filename=\"a; name=b.txt\"; name=\"f\" | a; name=b.txt",
                "FORM-DATA; NAME=\"f\"; FILENAME=\"a.txt\" | a.txt"
            })
    void aFileIsCalledAsItsClientCallsIt(String disposition, String filename) {
        DispositionParams params = DispositionParams.of(disposition);

        assertThat(params.get("name")).contains("f");
        assertThat(params.filename()).contains(filename);
    }

    @Test
    void whatIsNoFileHasNoFilename() {
        assertThat(DispositionParams.of("form-data; name=\"f\"").filename()).isEmpty();
        assertThat(DispositionParams.of("form-data; name=\"f\"; filename=\"\"").filename())
                .contains("");
        assertThat(DispositionParams.of("form-data; name=\"unfinished").get("name"))
                .isEmpty();
    }

    private static UploadForm read(String contentType, byte[] body) {
        return UploadForm.of(HttpRequest.POST("/", body).header("Content-Type", contentType));
    }
}
