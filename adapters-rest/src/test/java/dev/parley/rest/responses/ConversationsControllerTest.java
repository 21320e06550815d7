package dev.parley.rest.responses;

import static dev.parley.application.testing.ModelScript.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.ModelScript;
import dev.parley.application.testing.ScriptedInference;
import dev.parley.domain.message.Message;
import dev.parley.domain.turn.Failure;
import dev.parley.rest.responses.ResponsesOverHttp.Answer;
import dev.parley.rest.testing.Wire;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations and their items over HTTP (responses-api 6.4, 6.5 and 8). */
@Timeout(60)
final class ConversationsControllerTest {

    private static final String PATH = "/v1/conversations";
    private static final String NONE =
            "404 invalid_request_error null conversation: Conversation with id '%s' not found.";

    private static ResponsesOverHttp server;

    @BeforeAll
    static void start() {
        server = new ResponsesOverHttp();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String conversation(String body) {
        return PATH + '/' + server.post(PATH, body).id();
    }

    @Test
    void aConversationIsCreatedReadDescribedAndDeleted() {
        Answer created = server.post(PATH, "{\"metadata\":{\"b\":\"2\",\"a\":\"1\"}}");
        String id = created.id();
        String path = PATH + '/' + id;

        assertThat(id).matches("conv_[0-9a-f]{32}");
        assertThat(created.body())
                .matches("\\{\"id\":\"conv_[0-9a-f]{32}\",\"object\":\"conversation\",\"created_at\":\\d+,"
                        + "\"metadata\":\\{\"a\":\"1\",\"b\":\"2\"}}");
        assertThat(server.get(path).ok()).isEqualTo(created.body());
        assertThat(server.get("/v1/openai" + path).ok()).isEqualTo(created.body());
        assertThat(server.post(path, "{\"metadata\":{\"c\":\"3\"}}").ok())
                .isEqualTo(created.body().replace("{\"a\":\"1\",\"b\":\"2\"}", "{\"c\":\"3\"}"));

        assertThat(server.delete(path).ok())
                .isEqualTo("{\"id\":\"" + id + "\",\"object\":\"conversation.deleted\",\"deleted\":true}");
        assertThat(server.get(path).error()).isEqualTo(NONE.formatted(id));
    }

    @Test
    void aConversationMayBeginWithNothing() {
        assertThat(server.postNothing(PATH).body()).endsWith("\"metadata\":{}}");
        assertThat(server.post(PATH, "").body()).endsWith("\"metadata\":{}}");
        assertThat(server.post(PATH, "{\"metadata\":null,\"items\":null}").body())
                .endsWith("\"metadata\":{}}");
    }

    @Test
    void itemsAreAddedListedReadAndRemoved() {
        String path = conversation("{\"items\":[{\"role\":\"user\",\"content\":\"a\"}]}");

        Answer added = server.post(
                path + "/items",
                "{\"items\":[{\"role\":\"assistant\",\"content\":\"b\"},{\"id\":\"own\",\"role\":\"developer\",\"content\":\"c\"}]}");

        assertThat(added.texts()).containsExactly("b", "c");
        assertThat(added.json().at("last_id").string()).isEqualTo("own");
        assertThat(added.json().at("has_more").bool()).isFalse();
        Answer all = server.get(path + "/items");
        assertThat(all.texts()).containsExactly("c", "b", "a");
        List<String> ids = all.ids();
        assertThat(ids).allMatch(id -> id.equals("own") || id.matches("msg_[0-9a-f]{32}"));
        assertThat(server.get(path + "/items?order=asc&limit=2").texts()).containsExactly("a", "b");
        assertThat(server.get(path + "/items?limit=2").json().at("has_more").bool())
                .isTrue();
        assertThat(server.get(path + "/items?after=own").texts()).containsExactly("b", "a");
        assertThat(server.get(path + "/items?after=" + ids.getLast()).ok())
                .isEqualTo("{\"object\":\"list\",\"data\":[],\"first_id\":null,\"last_id\":null,\"has_more\":false}");
        assertThat(server.get(path + "/items/own").ok())
                .isEqualTo("{\"id\":\"own\",\"type\":\"message\",\"role\":\"developer\",\"status\":\"completed\","
                        + "\"content\":[{\"type\":\"input_text\",\"text\":\"c\"}]}");

        assertThat(server.delete(path + "/items/own").ok())
                .isEqualTo(server.get(path).ok());
        assertThat(server.get(path + "/items").texts()).containsExactly("b", "a");
        assertThat(server.get(path + "/items/own").error())
                .isEqualTo("404 invalid_request_error null item_id: Item with id 'own' not found.");
        assertThat(server.delete(path + "/items/own").error())
                .isEqualTo("404 invalid_request_error null item_id: Item with id 'own' not found.");
    }

    @Test
    void whatElseToShowIsSaidInTheAddress() {
        String image = "data:image/png;base64,aGk=";
        String path = conversation("{}");
        String items =
                "{\"items\":[{\"id\":\"own\",\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"%s\"}]}]}"
                        .formatted(image);
        String include = "?include%5B%5D=message.input_image.image_url";

        assertThat(server.post(path + "/items" + include, items).ok()).contains(image);
        for (String list : List.of("/items", "/items/own")) {
            assertThat(server.get(path + list).ok()).doesNotContain(image);
            assertThat(server.get(path + list + include).ok()).contains(image);
            assertThat(server.get(path + list + "?include=all").error())
                    .startsWith("400 invalid_request_error invalid_value include: ");
        }
        assertThat(server.post(path + "/items?include=all", items.replace("own", "other"))
                        .status())
                .isEqualTo(400);
        assertThat(server.get(path + "/items").ids()).containsExactly("own");
    }

    @Test
    void aResponseInAConversationAddsToIt() {
        server.scripted(says("One"), says("Two"), says("Three"));
        String path = conversation("{\"items\":[{\"role\":\"user\",\"content\":\"before\"}]}");
        String id = path.substring(PATH.length() + 1);

        Answer first = server.ask("\"conversation\":\"" + id + "\"");
        assertThat(first.body()).contains("\"conversation\":{\"id\":\"" + id + "\"}");
        assertThat(server.get(path + "/items").texts()).containsExactly("One", "hi", "before");

        server.ask("\"store\":false,\"conversation\":{\"id\":\"" + id + "\"}").ok();
        assertThat(server.get(path + "/items").texts())
                .as("what is not kept leaves nothing")
                .containsExactly("One", "hi", "before");

        server.ask("\"conversation\":\"" + id + "\"").ok();
        assertThat(server.application().model().lastRequest().messages())
                .containsExactly(
                        Message.User.of("before"),
                        Message.User.of("hi"),
                        Message.Assistant.of("One"),
                        Message.User.of("hi"));
        server.delete(path).ok();
        assertThat(server.get("/v1/responses/" + first.id()).ok()).isEqualTo(first.body());
    }

    @Test
    void aResponseThatFailsLeavesWhatItWasGiven() {
        server.scripted(new ModelScript.Refuses(Failure.Code.INTERNAL));
        String path = conversation("{}");

        assertThat(server.ask("\"conversation\":\"" + path.substring(PATH.length() + 1) + "\"")
                        .status())
                .isEqualTo(500);
        assertThat(server.get(path + "/items").texts()).containsExactly("hi");
    }

    @Test
    void aConversationTakesOneResponseAtATime() throws IOException {
        String id = conversation("{}").substring(PATH.length() + 1);
        ScriptedInference.Gate gate = server.application().model().thenWaitAndSay("Done");
        try (Wire wire =
                new Wire(server.port()).post("/v1/responses", Asked.request("\"conversation\":\"" + id + "\""))) {
            gate.awaitReached();
            Answer busy = server.ask("\"conversation\":\"" + id + "\"");
            assertThat(busy.error())
                    .isEqualTo(
                            "400 invalid_request_error conversation_locked conversation: Another process is currently"
                                    + " operating on this conversation. Please retry in a few seconds.");
            gate.open();
            assertThat(wire.readAnswer()).contains("\"text\":\"Done\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"conv_1", "conv_a%00b"})
    void aConversationThatIsNotThere(String id) {
        String error = NONE.formatted(id.replace("%00", "\uFFFD"));
        String path = PATH + '/' + id;

        assertThat(server.get(path).error()).isEqualTo(error);
        assertThat(server.delete(path).error()).isEqualTo(error);
        assertThat(server.post(path, "{\"metadata\":{}}").error()).isEqualTo(error);
        assertThat(server.get(path + "/items").error()).isEqualTo(error);
        assertThat(server.get(path + "/items?after=x").error()).isEqualTo(error);
        assertThat(server.post(path + "/items", "{\"items\":[{\"role\":\"user\",\"content\":\"a\"}]}")
                        .error())
                .isEqualTo(error);
        assertThat(server.get(path + "/items/x").error()).isEqualTo(error);
        assertThat(server.delete(path + "/items/x").error()).isEqualTo(error);
    }

    @Test
    void aNameThatNoConversationHas() {
        for (String path : List.of(PATH + "/thread_1", PATH + "/thread_1/items", PATH + "/thread_1/items/x")) {
            assertThat(server.get(path).error())
                    .isEqualTo(
                            "400 invalid_request_error invalid_value conversation: Invalid 'conversation': 'thread_1'."
                                    + " Expected an ID that begins with 'conv'.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"metadata\":[]} | invalid_type metadata: Invalid type for 'metadata': expected an object, but got"
                        + " an array instead.",
                "{\"metadata\":{\"a\":1}} | invalid_type metadata.a: Invalid type for 'metadata.a': expected a string,"
                        + " but got an integer instead.",
                "{\"items\":\"hi\"} | invalid_type items: Invalid type for 'items': expected an array, but got a"
                        + " string instead.",
                "{\"items\":[{\"role\":\"user\"}]} | missing_required_parameter items[0].content: Missing required"
                        + " parameter: 'items[0].content'.",
                "{\"items\":[{\"id\":\"x\",\"role\":\"user\",\"content\":\"\"},{\"id\":\"x\",\"role\":\"user\",\"content\":\"\"}]}"
                    + " | null items: Duplicate item found with id x. Remove duplicate items from your input and try"
                    + " again.",
                "{ | null null: We could not parse the JSON body of your request. The body is not complete JSON: it"
                        + " ends in the middle of a value.",
            })
    void aBadConversationIsRefused(String body, String error) {
        assertThat(server.post(PATH, body).error()).isEqualTo("400 invalid_request_error " + error);
    }

    @Test
    void badItemsAreNotAdded() {
        String path = conversation("{\"items\":[{\"id\":\"own\",\"role\":\"user\",\"content\":\"a\"}]}");

        assertThat(server.post(path + "/items", "{}").error())
                .isEqualTo("400 invalid_request_error missing_required_parameter items: Missing required parameter:"
                        + " 'items'.");
        assertThat(server.post(path, "{}").error())
                .isEqualTo("400 invalid_request_error missing_required_parameter metadata: Missing required parameter:"
                        + " 'metadata'.");
        assertThat(server.post(
                                path + "/items",
                                "{\"items\":[{\"role\":\"user\",\"content\":\"b\"},{\"id\":\"own\",\"role\":\"user\",\"content\":\"c\"}]}")
                        .error())
                .startsWith("400 invalid_request_error null items: Duplicate item found with id own.");
        assertThat(server.post(path + "/items", "{\"items\":[{\"type\":\"item_reference\",\"id\":\"msg_x\"}]}")
                        .status())
                .isEqualTo(404);
        assertThat(server.get(path + "/items").ids()).containsExactly("own");
    }

    @Test
    void twentyItemsAreAddedAtATime() {
        String message = "{\"role\":\"user\",\"content\":\"a\"}";
        String path = conversation("{}");

        assertThat(server.post(path + "/items", items(Collections.nCopies(20, message)))
                        .ids())
                .hasSize(20)
                .doesNotHaveDuplicates();
        for (String where : List.of(PATH, path + "/items")) {
            assertThat(server.post(where, items(Collections.nCopies(21, message)))
                            .error())
                    .isEqualTo(
                            "400 invalid_request_error array_above_max_length items: Invalid 'items': array too long."
                                    + " Expected an array with maximum length 20, but got an array with length 21"
                                    + " instead.");
        }
        assertThat(server.get(path + "/items?limit=101").error())
                .startsWith("400 invalid_request_error integer_above_max_value limit: ");
        assertThat(server.get(path + "/items?limit=0").error())
                .startsWith("400 invalid_request_error integer_below_min_value limit: ");
        assertThat(server.get(path + "/items?after=msg_x").error())
                .isEqualTo("404 invalid_request_error null after: Item with id 'msg_x' not found.");
    }

    private static String items(List<String> items) {
        return "{\"items\":[" + String.join(",", items) + "]}";
    }
}
