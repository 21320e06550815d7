package dev.parley.rest.stores;

import static dev.parley.rest.stores.StoresOverHttp.FILES;
import static dev.parley.rest.stores.StoresOverHttp.THEN;
import static dev.parley.rest.stores.StoresOverHttp.id;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.ReadingRoom;
import dev.parley.rest.stores.StoresOverHttp.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploaded files, over HTTP. */
@Timeout(60)
final class FilesControllerTest {

    private static final String FIRST = id("file-", 1);
    private static final String SHOWN = ("{\"id\":\"%s\",\"object\":\"file\",\"bytes\":5,\"created_at\":%d,"
                    + "\"expires_at\":null,\"filename\":\"a.txt\",\"purpose\":\"assistants\",\"status\":\"processed\"}")
            .formatted(FIRST, THEN);

    private final StoresOverHttp server = new StoresOverHttp();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {FILES, "/v1/openai" + FILES})
    void aFileIsUploadedReadListedAndDeleted(String files) {
        assertThat(server.post(files, Form.of("a.txt", "hello")).ok()).isEqualTo(SHOWN);

        assertThat(server.get(files + '/' + FIRST).ok()).isEqualTo(SHOWN);
        assertThat(server.get(files).ok())
                .isEqualTo(
                        "{\"object\":\"list\",\"data\":[%s],\"first_id\":\"%s\",\"last_id\":\"%s\",\"has_more\":false}"
                                .formatted(SHOWN, FIRST, FIRST));
        assertThat(server.get("%s/%s/content".formatted(files, FIRST)).ok()).isEqualTo("hello");
        assertThat(server.delete(files + '/' + FIRST).ok())
                .isEqualTo("{\"id\":\"%s\",\"object\":\"file\",\"deleted\":true}".formatted(FIRST));
        assertThat(server.get(files + '/' + FIRST).status()).isEqualTo(404);
        assertThat(server.get(files).ok())
                .isEqualTo("{\"object\":\"list\",\"data\":[],\"first_id\":null,\"last_id\":null,\"has_more\":false}");
    }

    @Test
    void whatIsInAFileComesBackByteForByteAndIsNeverRun() {
        byte[] bytes = {'<', 0, (byte) 0xff, '\r', '\n', '-', '-', 'c', 'u', '\r', '\n'};
        String id = server.post(FILES, new Form().file("page.html", bytes).field("purpose", "user_data"))
                .id();

        Answer answer = server.get("%s/%s/content".formatted(FILES, id));

        assertThat(answer.bytes()).isEqualTo(bytes);
        assertThat(answer.header("content-type")).isEqualTo("application/octet-stream");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("content-disposition")).isEqualTo("attachment");
    }

    @Test
    void aListIsReadInParts() {
        List<String> ids = new ArrayList<>();
        for (String purpose : List.of("assistants", "vision", "assistants", "batch", "assistants")) {
            ids.add(server.post(
                            FILES, new Form().file("a.txt", "a".getBytes(UTF_8)).field("purpose", purpose))
                    .id());
            server.room().wait(Duration.ofSeconds(1));
        }

        assertThat(server.get(FILES).ids()).isEqualTo(ids.reversed());
        assertThat(server.get(FILES + "?order=asc&limit=&after=").ids()).isEqualTo(ids);
        Answer part = server.get(FILES + "?limit=2");
        assertThat(part.ids()).containsExactly(ids.get(4), ids.get(3));
        assertThat(part.body())
                .endsWith(
                        ",\"first_id\":\"%s\",\"last_id\":\"%s\",\"has_more\":true}".formatted(ids.get(4), ids.get(3)));
        assertThat(server.get(FILES + "?limit=2&after=" + ids.get(3)).ids()).containsExactly(ids.get(2), ids.get(1));
        assertThat(server.get(FILES + "?limit=10000&after=" + ids.get(1)).body())
                .endsWith(",\"has_more\":false}");
        assertThat(server.get(FILES + "?purpose=assistants&order=asc").ids())
                .containsExactly(ids.get(0), ids.get(2), ids.get(4));
        assertThat(server.get(FILES + "?purpose=evals").ids()).isEmpty();
    }

    @Test
    void aFileExpiresWhenItsClientSaysSo() {
        Answer uploaded = server.post(
                FILES,
                Form.of("a.txt", "hello")
                        .field("expires_after[anchor]", "created_at")
                        .field("expires_after[seconds]", "3600"));
        assertThat(uploaded.ok()).contains("\"expires_at\":%d,".formatted(THEN + 3600));

        server.room().wait(Duration.ofMinutes(59));
        assertThat(server.get(FILES + '/' + FIRST).status()).isEqualTo(200);
        server.room().wait(Duration.ofMinutes(1));
        assertThat(server.get(FILES + '/' + FIRST).status()).isEqualTo(404);
        assertThat(server.get("%s/%s/content".formatted(FILES, FIRST)).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"assistants", "batch", "fine-tune", "vision", "user_data", "evals"})
    void aFileIsForOneOfManyPurposes(String purpose) {
        assertThat(server.post(FILES, new Form().field("purpose", purpose).file("a.txt", "a".getBytes(UTF_8)))
                        .ok())
                .contains("\"purpose\":\"%s\"".formatted(purpose));
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, passwd",
        "/a/b.txt, b.txt",
        "ä € 🍏.txt, ä € 🍏.txt",
        "'Smith, J.: a=b; c.txt', 'Smith, J.: a=b; c.txt'",
        "C:\\me\\c.txt, c.txt",
        "a\u0000b.txt, a\uFFFDb.txt"
    })
    void aNameHasNoFoldersAndNothingThatCantBeKept(String given, String kept) {
        assertThat(server.post(FILES, Form.of(given, "hello"))
                        .json()
                        .at("filename")
                        .string())
                .isEqualTo(kept);
    }

    @Test
    void aLargeFileIsRefusedByItsSize() {
        Form fits = Form.of("a.txt", "a".repeat((int) ReadingRoom.LARGEST_FILE));
        Form tooLarge = Form.of("a.txt", "a".repeat((int) ReadingRoom.LARGEST_FILE + 1));
        Form farTooLarge = Form.of("a.txt", "a".repeat(StoresOverHttp.MAX_BODY));

        assertThat(server.post(FILES, fits).status()).isEqualTo(200);
        assertThat(refusal(server.post(FILES, tooLarge), 413))
                .isEqualTo("file: The file is larger than the 1000 bytes that this server keeps"
                        + " (parley.retrieval.max-file-size); split it");
        assertThat(refusal(server.post(FILES, farTooLarge), 413))
                .startsWith("null: The request is too large: a body may have 8192 bytes");
        assertThat(server.get(FILES).ids()).hasSize(1);
    }

    @Test
    void whatIsNoFormIsRefused() {
        byte[] form = Form.of("a.txt", "hello").bytes();

        assertThat(refusal(server.post(FILES, "{\"purpose\":\"assistants\"}"), 415))
                .isEqualTo("null: The body must be a form: send the header Content-Type: multipart/form-data with its"
                        + " boundary");
        assertThat(refusal(server.send("POST", FILES, "text/plain", form), 415)).contains("multipart/form-data");
        assertThat(refusal(server.send("POST", FILES, "", form), 400)).contains("multipart/form-data");
        assertThat(server.send("POST", FILES, "multipart/form-data", form).status())
                .isEqualTo(400);
        assertThat(server.send("POST", FILES, "multipart/form-data; boundary=other", form)
                        .status())
                .isEqualTo(400);
        assertThat(server.send("POST", FILES, Form.TYPE, new byte[0]).status()).isEqualTo(400);
        byte[] cutOff = Arrays.copyOf(form, form.length - 5);
        assertThat(refusal(server.send("POST", FILES, Form.TYPE, cutOff), 400))
                .startsWith("null: The form is malformed or not complete; ");
        assertThat(server.get(FILES).ids()).isEmpty();
    }

    @Test
    void aFormThatLacksSomethingIsRefused() {
        byte[] content = "hello".getBytes(UTF_8);
        Form whole = Form.of("a.txt", "hello");

        assertThat(refusal(server.post(FILES, new Form().field("purpose", "assistants")), 400))
                .isEqualTo("file: The form has no part 'file'; send file and purpose as multipart/form-data");
        assertThat(refusal(server.post(FILES, new Form().file("a.txt", content)), 400))
                .startsWith("purpose: The form has no part 'purpose'");
        assertThat(refusal(server.post(FILES, new Form().field("file", "hello").field("purpose", "batch")), 400))
                .isEqualTo("file: The part 'file' must be a file: send it with a filename");
        assertThat(refusal(server.post(FILES, new Form().file("a.txt", content).field("purpose", "fun")), 400))
                .startsWith("purpose: 'fun' is no purpose of files; it must be one of assistants, batch,");
        assertThat(refusal(server.post(FILES, Form.of("a.txt", "")), 400)).startsWith("file: The file is empty");
        for (String name : List.of("", "a/", " ", "a".repeat(256))) {
            assertThat(refusal(server.post(FILES, Form.of(name, "hello")), 400))
                    .as(name)
                    .startsWith("file: ");
        }
        assertThat(refusal(server.post(FILES, whole.field("expires_after[anchor]", "created_at")), 400))
                .startsWith("expires_after.seconds: ");
        assertThat(server.get(FILES).ids()).isEmpty();
    }

    /** What is to blame, and what is said of it, in the four members that clients read. */
    private static String refusal(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body())
                .startsWith("{\"error\":{\"message\":\"")
                .contains("\"type\":\"invalid_request_error\"");
        var error = answer.error();
        String param = error.at("param").optional(place -> place.string()).orElse("null");
        return param + ": " + error.at("message").string();
    }
}
