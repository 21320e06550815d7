package dev.parley.rest.responses;

import static dev.parley.application.testing.ModelScript.calls;
import static dev.parley.application.testing.ModelScript.says;
import static dev.parley.application.testing.ModelScript.tells;
import static dev.parley.domain.tool.ToolFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.ModelScript;
import dev.parley.application.testing.ScriptedInference;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.turn.Failure;
import dev.parley.rest.responses.ResponsesOverHttp.Answer;
import dev.parley.rest.testing.Wire;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses over HTTP (responses-api 0, 1, 6.3, 6.4 and 8). */
@Timeout(60)
final class ResponsesControllerTest {

    private static final String NOWHERE = "resp_0b2e6a522f4b4c1e9d3a5f6b7c8d9e0f";
    private static final String TOOL = "\"tools\":[{\"type\":\"function\",\"name\":\"measure\"}]";

    private static ResponsesOverHttp server;

    @BeforeAll
    static void start() {
        server = new ResponsesOverHttp();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aResponseIsAnsweredWholeReadAndDeleted() {
        server.scripted(says("Hel", "lo"));

        Answer answer = server.ask("\"metadata\":{\"a\":\"b\"},\"temperature\":0.5");
        String id = answer.id();

        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.headers()).containsKey("x-request-id");
        assertThat(answer.body())
                .startsWith("{\"id\":\"" + id + "\",\"object\":\"response\",\"created_at\":")
                .contains(
                        "\"status\":\"completed\"",
                        "\"output\":[{\"id\":\"msg_",
                        "\"content\":[{\"type\":\"output_text\",\"text\":\"Hello\",\"annotations\":[],\"logprobs\":[]}]",
                        "\"temperature\":0.5,",
                        "\"metadata\":{\"a\":\"b\"}");
        assertThat(id).matches("resp_[0-9a-f]{32}");
        assertThat(server.get("/v1/responses/" + id).ok()).isEqualTo(answer.body());
        assertThat(server.get("/v1/openai/v1/responses/" + id).ok()).isEqualTo(answer.body());

        assertThat(server.delete("/v1/responses/" + id).ok())
                .isEqualTo("{\"id\":\"" + id + "\",\"object\":\"response\",\"deleted\":true}");
        assertThat(server.get("/v1/responses/" + id).error()).isEqualTo(notFound(id));
        assertThat(server.delete("/v1/responses/" + id).error()).isEqualTo(notFound(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "text/event-stream"})
    void whatAClientAcceptsSaysNothingOfWhatItWants(String accept) {
        server.scripted(says("Hello"), says("Hello"));

        assertThat(server.post("/v1/responses", Asked.request("\"stream\":true"), "Accept", accept)
                        .names())
                .startsWith("response.created", "response.in_progress", "response.output_item.added")
                .endsWith("response.output_item.done", "response.completed");
        assertThat(server.post("/v1/openai/v1/responses", Asked.request(""), "Accept", accept)
                        .contentType())
                .isEqualTo("application/json");
    }

    @Test
    void lengthsAreHiddenUnlessTheReaderDoesWithoutThat() {
        server.scripted(says("Hello"), says("Hello"));

        assertThat(server.ask("\"stream\":true").body()).contains("\"obfuscation\":\"");
        assertThat(server.ask("\"stream\":true,\"stream_options\":{\"include_obfuscation\":false}")
                        .body())
                .doesNotContain("obfuscation");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | null null: We could not parse the JSON body of your request. The body is empty; it must be a"
                        + " JSON object.",
                "{ | null null: We could not parse the JSON body of your request. The body is not complete JSON: it"
                        + " ends in the middle of a value.",
                "{\"model\":} | null null: We could not parse the JSON body of your request. The body is not valid"
                        + " JSON: see line 1, column 10.",
                "[] | invalid_type null: Invalid type: expected an object, but got an array instead.",
                "{\"input\":\"hi\"} | missing_required_parameter model: Missing required parameter: 'model'.",
                "{\"model\":\"\",\"input\":\"hi\"} | missing_required_parameter model: Missing required parameter:"
                        + " 'model'.",
                "{\"model\":\"m\",\"stream\":true} | missing_required_parameter input: Missing required parameter:"
                        + " 'input'.",
                "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"a\"},{\"type\":\"input_image\",\"image_url\":{\"url\":\"x\"}}]}],\"stream\":true}"
                    + " | invalid_type input[0].content[1].image_url: Invalid type for"
                    + " 'input[0].content[1].image_url': expected a string, but got an object instead.",
                "{\"model\":\"m\",\"input\":\"hi\",\"background\":true,\"store\":false} | invalid_value background:"
                    + " Invalid 'background': a response in the background is read back later, so it requires 'store'"
                    + " to be true.",
                "{\"model\":\"m\",\"input\":\"hi\",\"previous_response_id\":\"resp_x\"} | previous_response_not_found"
                        + " previous_response_id: Previous response with id 'resp_x' not found.",
                "{\"model\":\"m\",\"input\":\"hi\",\"conversation\":\"thread\"} | invalid_value conversation: Invalid"
                        + " 'conversation': 'thread'. Expected an ID that begins with 'conv'.",
                "{\"model\":\"m\",\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"\"}]} |"
                        + " null input: No tool call found for function call output with call_id c.",
                "{\"model\":\"m\",\"input\":[{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{}\"}]}"
                    + " | null input: No tool output found for function call c.",
                "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":\"a\",\"id\":\"m1\"},{\"role\":\"user\",\"content\":\"b\",\"id\":\"m1\"}]}"
                    + " | null input: Duplicate item found with id m1. Remove duplicate items from your input and try"
                    + " again.",
                "{\"model\":\"m\",\"input\":\"hi\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"},{\"type\":\"function\",\"name\":\"f\"}]}"
                    + " | invalid_value tools: Two tools are called 'f'; give each tool its own name",
            })
    void aBadRequestIsRefusedBeforeItBegins(String body, String error) {
        assertThat(server.post("/v1/responses", body).error()).isEqualTo("400 invalid_request_error " + error);
    }

    @Test
    void aModelThatIsNotThereIsAProblemOfTheRequestStreamedOrNot() {
        for (String stream : List.of("false", "true")) {
            server.scripted(new ModelScript.Refuses(Failure.Code.MODEL_NOT_FOUND));
            Answer refused = server.ask("\"stream\":" + stream);

            assertThat(refused.error()).isEqualTo("400 invalid_request_error model_not_found model: The model refused");
            assertThat(refused.headers()).containsEntry("x-should-retry", List.of("false"));
        }
    }

    @ParameterizedTest
    @EnumSource(Failure.Code.class)
    void aModelThatFailsIsAnsweredWithAStatus(Failure.Code code) {
        server.scripted(new ModelScript.Refuses(code));

        String expected = switch (code) {
            case MODEL_NOT_FOUND -> "400 invalid_request_error model_not_found model";
            case CONTEXT_TOO_LONG -> "400 invalid_request_error context_length_exceeded input";
            case FILTERED -> "400 invalid_request_error invalid_prompt input";
            case PROVIDER_REJECTED -> "400 invalid_request_error null null";
            case RATE_LIMITED -> "429 rate_limit_error rate_limit_exceeded null";
            case QUOTA_EXHAUSTED -> "429 insufficient_quota insufficient_quota null";
            case PROVIDER_UNAVAILABLE, ANSWER_OFF_SCHEMA, SHIELD_FAILED, RETRIEVAL_FAILED, TOOLS_UNAVAILABLE ->
                "502 server_error server_error null";
            case PROVIDER_TIMEOUT -> "504 server_error server_error null";
            case INTERRUPTED -> "503 server_error server_error null";
            case INTERNAL -> "500 server_error server_error null";
        };
        assertThat(server.ask("").error()).startsWith(expected + ": ");
    }

    @Test
    void whatWasTooMuchMayBeTriedAgainUnlessSomethingIsLeftOfIt() {
        ModelScript tooMuch = new ModelScript.Refuses(Failure.Code.RATE_LIMITED);
        for (String stream : List.of("false", "true")) {
            server.scripted(tooMuch);
            Answer free = server.ask("\"stream\":" + stream);

            assertThat(free.status()).isEqualTo(429);
            assertThat(free.headers()).doesNotContainKey("x-should-retry").containsEntry("retry-after", List.of("1"));
        }

        String conversation = server.post("/v1/conversations", "{}").id();
        server.scripted(tooMuch);
        Answer kept = server.ask("\"conversation\":\"" + conversation + "\"");

        assertThat(kept.status()).isEqualTo(429);
        assertThat(kept.headers()).containsEntry("x-should-retry", List.of("false"));

        server.scripted(new ModelScript.Refuses(Failure.Code.QUOTA_EXHAUSTED));
        Answer poor = server.ask("");

        assertThat(poor.headers())
                .containsEntry("x-should-retry", List.of("false"))
                .doesNotContainKey("retry-after");
    }

    @Test
    void oneResponseFollowsAnother() {
        server.scripted(says("One"), says("Two"), says("Three"));
        String first = server.ask("\"instructions\":\"Be brief.\"").id();

        Answer second = server.ask("\"previous_response_id\":\"" + first + "\"");

        assertThat(second.json().at("previous_response_id").string()).isEqualTo(first);
        assertThat(server.application().model().lastRequest().messages())
                .containsExactly(Message.User.of("hi"), Message.Assistant.of("One"), Message.User.of("hi"));
        server.delete("/v1/responses/" + first).ok();
        assertThat(server.ask("\"previous_response_id\":\"" + second.id() + "\"")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatIsNotKeptCantBeReadOrFollowed() {
        server.scripted(says("One"));
        Answer answer = server.ask("\"store\":false");
        String id = answer.id();

        assertThat(answer.json().at("store").bool()).isFalse();
        assertThat(server.get("/v1/responses/" + id).error()).isEqualTo(notFound(id));
        assertThat(server.ask("\"previous_response_id\":\"" + id + "\"").error())
                .isEqualTo("400 invalid_request_error previous_response_not_found previous_response_id:"
                        + " Previous response with id '" + id + "' not found.");
    }

    @Test
    void onlyOneWayToSayWhatItComesAfter() {
        assertThat(server.ask("\"previous_response_id\":\"" + NOWHERE + "\",\"conversation\":\"conv_1\"")
                        .error())
                .startsWith("400 invalid_request_error mutually_exclusive_parameters ")
                .contains("'previous_response_id'", "'conversation'");
    }

    @Test
    void aConversationThatIsNotThere() {
        assertThat(server.ask("\"conversation\":\"conv_1\"").error())
                .isEqualTo("404 invalid_request_error null conversation: Conversation with id 'conv_1' not found.");
    }

    @Test
    void anItemIsMeantByItsId() {
        server.scripted(says("One"), says("Two"));
        String message = server.ask("")
                .json()
                .at("output")
                .list(item -> item.at("id").string())
                .getFirst();

        server.post(
                        "/v1/responses",
                        "{\"model\":\"m\",\"input\":[{\"type\":\"item_reference\",\"id\":\"%s\"},{\"role\":\"user\",\"content\":\"go on\"}]}"
                                .formatted(message))
                .ok();

        assertThat(server.application().model().lastRequest().messages())
                .containsExactly(Message.Assistant.of("One"), Message.User.of("go on"));
        assertThat(server.post("/v1/responses", "{\"model\":\"m\",\"input\":[{\"type\":null,\"id\":\"msg_x\"}]}")
                        .error())
                .startsWith("404 invalid_request_error null input: Item with id 'msg_x' not found. Items are not"
                        + " persisted");
    }

    @Test
    void aCallIsAnsweredInTheNextResponse() {
        server.scripted(calls(call("call_1", "measure", "{\"unit\":\"mmHg\"}")), says("Fine"));
        Answer asked = server.ask(TOOL);
        assertThat(asked.body())
                .contains(
                        "\"status\":\"completed\",\"call_id\":\"call_1\",\"name\":\"measure\",\"arguments\":\"{\\\"unit\\\":\\\"mmHg\\\"}\"}]");

        String previous = "\"previous_response_id\":\"" + asked.id() + "\"";
        assertThat(server.ask(previous).error())
                .isEqualTo("400 invalid_request_error null input: No tool output found for function call call_1.");
        assertThat(server.post(
                                "/v1/responses",
                                "{\"model\":\"m\",%s,\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"call_1\",\"output\":\"118/79\"}]}"
                                        .formatted(previous))
                        .body())
                .contains("\"text\":\"Fine\"");
    }

    @Test
    void theLikelyTokensAreShownToWhoeverAskedForThem() {
        JsonText scores = new JsonText(
                "[{\"token\":\"é\",\"logprob\":-0.5,\"bytes\":[],\"top_logprobs\":[{\"token\":\"e\",\"logprob\":-1,\"bytes\":[]}]}]");
        Passage scored = new Passage.Spoken("é", Optional.of(scores));
        String part =
                "\"logprobs\":[{\"token\":\"é\",\"logprob\":-0.5,\"bytes\":[195,169],\"top_logprobs\":[{\"token\":\"e\",\"logprob\":-1,\"bytes\":[101]}]}]";
        String event =
                "\"logprobs\":[{\"token\":\"é\",\"logprob\":-0.5,\"top_logprobs\":[{\"token\":\"e\",\"logprob\":-1}]}]";
        server.scripted(tells(scored), tells(scored), tells(scored));

        Answer whole = server.ask("\"top_logprobs\":1");
        assertThat(whole.body()).contains(part);
        assertThat(server.get("/v1/responses/" + whole.id()).body()).contains(part);
        List<String> events = server.ask("\"top_logprobs\":1,\"stream\":true").events();
        assertThat(events)
                .filteredOn(each -> each.startsWith("event: response.output_text."))
                .hasSize(2)
                .allMatch(each -> each.contains(event));
        assertThat(events)
                .filteredOn(each -> each.contains(part))
                .hasSize(3)
                .last()
                .asString()
                .startsWith("event: response.completed");
        Answer unasked = server.ask("");
        assertThat(unasked.body()).contains("\"logprobs\":[]");
        assertThat(server.get("/v1/responses/" + unasked.id() + "?include%5B%5D=message.output_text.logprobs")
                        .body())
                .contains(part);
    }

    @Test
    void aResponseInTheBackgroundIsQueuedRunAndRead() {
        server.scripted(says("Hello"));

        Answer queued = server.ask("\"background\":true");
        String path = "/v1/responses/" + queued.id();

        assertThat(queued.body())
                .contains("\"status\":\"queued\",\"background\":true,", "\"output\":[],", "\"usage\":null,");
        assertThat(server.get(path).json().at("status").string()).isEqualTo("queued");
        server.runLast();
        assertThat(server.get(path).json().at("status").string()).isEqualTo("completed");
    }

    @Test
    void theEventsOfAResponseInTheBackgroundAreToldFromAnyPlace() {
        server.scripted(says("Hello"));
        String path =
                "/v1/responses/" + server.ask("\"background\":true").id() + "?stream=true&include_obfuscation=false";
        server.runLast();

        List<String> all = server.get(path).events();
        assertThat(server.get(path).names())
                .startsWith("response.created", "response.queued", "response.in_progress")
                .endsWith("response.completed");
        assertThat(server.get(path + "&starting_after=0").events()).isEqualTo(all.subList(1, all.size()));
        assertThat(server.get(path + "&starting_after=4").events()).isEqualTo(all.subList(5, all.size()));
        assertThat(server.get(path + "&starting_after=" + (all.size() - 1)).body())
                .isEqualTo("data: [DONE]\n\n");
        assertThat(server.get(path + "&starting_after=100000").body()).isEqualTo("data: [DONE]\n\n");
        assertThat(server.get(path + "&starting_after=-1").error())
                .startsWith("400 invalid_request_error integer_below_min_value starting_after: ");
        assertThat(server.get(path + "&starting_after=last").error())
                .startsWith("400 invalid_request_error invalid_type starting_after: ");
        assertThat(server.get(path + "&stream=maybe").ok())
                .as("the first one counts")
                .isNotEmpty();
    }

    @Test
    void aResponseThatWasNotInTheBackgroundIsToldAgain() {
        server.scripted(says("Hello"));
        Answer first = server.ask("\"stream\":true,\"stream_options\":{\"include_obfuscation\":false}");
        String id = first.events().getFirst().replaceAll("(?s).*\"id\":\"(resp_[0-9a-f]+)\".*", "$1");

        assertThat(server.get("/v1/responses/" + id + "?stream=true&include_obfuscation=false")
                        .names())
                .isEqualTo(first.names());
    }

    @Test
    void thatAResponseFailedIsAnEventForWhoeverFollowsIt() {
        server.scripted(
                new ModelScript.Refuses(Failure.Code.RATE_LIMITED), new ModelScript.Refuses(Failure.Code.INTERNAL));
        String background = server.ask("\"background\":true").id();
        server.runLast();

        assertThat(server.get("/v1/responses/" + background + "?stream=true").names())
                .containsExactly(
                        "response.created", "response.queued", "response.in_progress", "error", "response.failed");
        assertThat(server.get("/v1/responses/" + background).body())
                .contains(
                        "\"status\":\"failed\"",
                        "\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"The model refused\"}");

        assertThat(server.ask("\"metadata\":{\"a\":\"b\"}").status()).isEqualTo(500);
    }

    @Test
    void aResponseThatBeganAndFailedIsToldAgainWithItsEnd() {
        server.scripted(new ModelScript.BreaksOff(List.of("Hel")));
        Answer streamed = server.ask("\"stream\":true");
        String id = streamed.events().getFirst().replaceAll("(?s).*\"id\":\"(resp_[0-9a-f]+)\".*", "$1");

        assertThat(streamed.names()).endsWith("response.output_text.delta", "error", "response.failed");
        assertThat(server.get("/v1/responses/" + id + "?stream=true").names()).isEqualTo(streamed.names());
    }

    @Test
    void aStreamInTheBackgroundTellsWhatWhoeverRunsItDoes() throws IOException {
        server.scripted(says("Hello"));
        try (Wire wire =
                new Wire(server.port()).post("/v1/responses", Asked.request("\"background\":true,\"stream\":true"))) {
            assertThat(wire.readUntil("response.queued")).contains(" 200 OK", "event: response.created");
            server.runLast();
            assertThat(wire.readUntil("[DONE]")).contains("event: response.completed");
        }
    }

    @Test
    void aResponseInTheBackgroundIsCancelledOnceAndStaysSo() {
        String id = server.ask("\"background\":true").id();
        String path = "/v1/responses/" + id;

        Answer cancelled = server.postNothing(path + "/cancel");

        assertThat(cancelled.json().at("status").string()).isEqualTo("cancelled");
        assertThat(server.postNothing(path + "/cancel").ok()).isEqualTo(cancelled.body());
        assertThat(server.post(path + "/cancel", "").ok()).isEqualTo(cancelled.body());
        assertThat(server.get(path).ok()).isEqualTo(cancelled.body());
        assertThat(server.get(path + "?stream=true").names()).containsExactly("response.created", "response.queued");
    }

    @Test
    void whatHasEndedIsNotCancelledAnyMore() {
        server.scripted(says("Hello"));
        String path = "/v1/responses/" + server.ask("\"background\":true").id();
        server.runLast();

        assertThat(server.postNothing(path + "/cancel").json().at("status").string())
                .isEqualTo("completed");
    }

    @Test
    void aResponseThatSomebodyWaitedForCantBeCancelled() {
        server.scripted(says("Hello"));
        String id = server.ask("").id();

        assertThat(server.postNothing("/v1/responses/" + id + "/cancel").error())
                .isEqualTo("400 invalid_request_error null null: Cannot cancel a synchronous response.");
    }

    @ParameterizedTest
    @ValueSource(strings = {NOWHERE, "resp_x", "x", "a%00b", "conv_1"})
    void aResponseThatIsNotThere(String id) {
        String name = id.replace("%00", "\uFFFD");

        assertThat(server.get("/v1/responses/" + id).error()).isEqualTo(notFound(name));
        assertThat(server.get("/v1/responses/" + id + "?stream=true").error()).isEqualTo(notFound(name));
        assertThat(server.delete("/v1/responses/" + id).error()).isEqualTo(notFound(name));
        assertThat(server.postNothing("/v1/responses/" + id + "/cancel").error())
                .isEqualTo(notFound(name));
        assertThat(server.get("/v1/responses/" + id + "/input_items").error()).isEqualTo(notFound(name));
    }

    private static String notFound(String id) {
        return "404 invalid_request_error null null: Response with id '" + id + "' not found.";
    }

    @Test
    void whatIsStillRunningCantBeDeletedOrFollowed() {
        String id = server.ask("\"background\":true").id();

        assertThat(server.delete("/v1/responses/" + id).error())
                .isEqualTo("409 invalid_request_error null null: Response with id '" + id
                        + "' is still in progress; cancel it, or wait until it ends.");
        assertThat(server.ask("\"previous_response_id\":\"" + id + "\"").error())
                .isEqualTo("400 invalid_request_error null previous_response_id: Previous response with id '" + id
                        + "' is still in progress; wait until it ends.");
    }

    @Test
    void theInputOfAResponseIsListedInParts() {
        server.scripted(says("One"), says("Two"));
        String first = server.ask("").id();
        String path = "/v1/responses/"
                + server.post(
                                "/v1/responses",
                                "{\"model\":\"m\",\"previous_response_id\":\"%s\",\"input\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"}]}"
                                        .formatted(first))
                        .id()
                + "/input_items";

        Answer all = server.get(path);
        List<String> ids = all.ids();
        assertThat(all.body()).startsWith("{\"object\":\"list\",\"data\":[{\"id\":\"msg_");
        assertThat(all.texts()).containsExactly("b", "a", "One", "hi");
        assertThat(all.json().at("first_id").string()).isEqualTo(ids.getFirst());
        assertThat(all.json().at("last_id").string()).isEqualTo(ids.getLast());
        assertThat(all.json().at("has_more").bool()).isFalse();
        assertThat(server.get(path + "?order=asc").texts()).containsExactly("hi", "One", "a", "b");
        assertThat(server.get(path + "?limit=3").json().at("has_more").bool()).isTrue();
        assertThat(server.get(path + "?limit=2&after=" + ids.get(1)).texts()).containsExactly("One", "hi");
        assertThat(server.get(path + "?limit=2&after=" + ids.get(1))
                        .json()
                        .at("has_more")
                        .bool())
                .isFalse();
        assertThat(server.get(path + "?order=asc&limit=1&after=" + ids.get(3)).texts())
                .containsExactly("One");
        assertThat(server.get(path + "?after=" + ids.getLast()).ok())
                .isEqualTo("{\"object\":\"list\",\"data\":[],\"first_id\":null,\"last_id\":null,\"has_more\":false}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0 | 400 invalid_request_error integer_below_min_value limit: Invalid 'limit': integer below"
                        + " minimum value. Expected a value >= 1, but got 0 instead.",
                "limit=101 | 400 invalid_request_error integer_above_max_value limit: Invalid 'limit': integer above"
                        + " maximum value. Expected a value <= 100, but got 101 instead.",
                "limit=many | 400 invalid_request_error invalid_type limit: Invalid type for 'limit': expected an"
                        + " integer, but got a string instead.",
                "order=up | 400 invalid_request_error invalid_value order: Invalid value: 'up'. Supported values are:"
                        + " 'asc' and 'desc'.",
                "after=msg_x | 404 invalid_request_error null after: Item with id 'msg_x' not found.",
                "after=a%00b | 404 invalid_request_error null after: Item with id 'a\uFFFDb' not found.",
            })
    void aListThatCantBe(String query, String error) {
        server.scripted(says("One"));

        assertThat(server.get("/v1/responses/" + server.ask("").id() + "/input_items?" + query)
                        .error())
                .isEqualTo(error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include=message.input_image.image_url",
                "include%5B%5D=message.input_image.image_url",
                "include%5B%5D=reasoning.encrypted_content&include%5B%5D=message.input_image.image_url",
                "include=reasoning.encrypted_content,message.input_image.image_url",
                "include=reasoning.encrypted_content&include=message.input_image.image_url"
            })
    void whatElseToShowIsSaidInThreeWays(String query) {
        server.scripted(says("A cat"));
        String image = "data:image/png;base64,aGk=";
        String path = "/v1/responses/"
                + server.post(
                                "/v1/responses",
                                "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"%s\"}]}]}"
                                        .formatted(image))
                        .id()
                + "/input_items";

        assertThat(server.get(path).ok()).doesNotContain(image);
        assertThat(server.get(path + "?" + query).ok()).contains(image);
    }

    @Test
    void whatCantBeShownIsRefused() {
        server.scripted(says("One"));
        String path = "/v1/responses/" + server.ask("").id();

        for (String query : List.of("?include=everything", "/input_items?include%5B%5D=everything")) {
            assertThat(server.get(path + query).error())
                    .startsWith(
                            "400 invalid_request_error invalid_value include: Invalid value: 'everything'. Supported"
                                    + " values are: 'file_search_call.results', ");
        }
        assertThat(server.ask("\"include\":[\"everything\"]").error())
                .startsWith("400 invalid_request_error invalid_value include[0]: ");
    }

    @Test
    void aTextOfTenMebibytesIsTakenAndOneCharacterMoreIsNot() {
        server.scripted(says("Long"));
        String longest = "x".repeat(10_485_760);

        assertThat(server.post("/v1/responses", "{\"model\":\"m\",\"input\":\"" + longest + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(server.post("/v1/responses", "{\"model\":\"m\",\"input\":\"" + longest + "x\"}")
                        .error())
                .isEqualTo("400 invalid_request_error string_above_max_length input: Invalid 'input': string too long."
                        + " Expected a string with maximum length 10485760, but got a string with length 10485761"
                        + " instead.");
    }

    @Test
    void aBodyOverTheLimitIs413() throws IOException {
        try (Wire wire = new Wire(server.port())
                .post("/v1/responses", Asked.request("\"user\":\"" + "x".repeat(ResponsesOverHttp.MAX_BODY) + "\""))) {
            assertThat(wire.readAnswer())
                    .startsWith("HTTP/1.1 413 ")
                    .containsIgnoringCase("content-type: application/json\r\n")
                    .endsWith("{\"error\":{\"message\":\"The request is too large: a body may have 33554432 bytes, a"
                            + " header and the address a few"
                            + " thousand\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}");
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, /v1/responses, 405", "PUT, /v1/conversations, 405", "GET, /v1/responses/x/y, 404"})
    void whatTheServerItselfRefusesIsSaidInTheSameWords(String method, String path, int status) throws IOException {
        try (Wire wire = new Wire(server.port()).send(method, path, new byte[0])) {
            assertThat(wire.readAnswer())
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("{\"error\":{\"message\":\"")
                    .endsWith(",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}");
        }
    }

    @Test
    void aRequestWithANameBeginsOneResponse() {
        server.scripted(says("Hello"));
        int before = server.asked();
        String first = server.post("/v1/responses", Asked.request(""), "Idempotency-Key", "k1")
                .ok();

        assertThat(server.post("/v1/responses", Asked.request(""), "Idempotency-Key", "k1")
                        .ok())
                .isEqualTo(first);
        assertThat(server.post("/v1/responses", Asked.request("\"stream\":true"), "Idempotency-Key", "k1")
                        .names())
                .endsWith("response.completed");
        assertThat(server.asked()).isEqualTo(before + 1);
        assertThat(server.post("/v1/responses", Asked.request("\"top_p\":1"), "Idempotency-Key", "k1")
                        .status())
                .isEqualTo(200);
        assertThat(server.post("/v1/responses", Asked.request("\"top_p\":0.5"), "Idempotency-Key", "k1")
                        .error())
                .startsWith(
                        "409 invalid_request_error null null: The idempotency key 'k1' was used for another request");
        for (String key : List.of("", " ", "k".repeat(256), "a key")) {
            assertThat(server.post("/v1/responses", Asked.request(""), "Idempotency-Key", key)
                            .error())
                    .startsWith("400 invalid_request_error null Idempotency-Key: ");
        }
    }

    @Test
    void aClientThatLeavesEndsItsResponse() throws IOException {
        ScriptedInference.Gate gate = server.application().model().thenWaitAndSay("never told");
        try (Wire wire = new Wire(server.port())
                .post("/v1/responses", Asked.request("\"metadata\":{\"left\":\"yes\"},\"stream\":true"))) {
            String begun = wire.readUntil("response.in_progress");
            String id = begun.replaceAll("(?s).*\"id\":\"(resp_[0-9a-f]+)\".*", "$1");
            gate.awaitReached();
            wire.reset();

            String status = "in_progress";
            while (status.equals("in_progress")) {
                status = server.get("/v1/responses/" + id).json().at("status").string();
            }
            assertThat(status).isEqualTo("cancelled");
        }
    }
}
