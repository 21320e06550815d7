package dev.parley.bootstrap.endtoend;

import static dev.parley.bootstrap.endtoend.OpenAiJavaClient.MODEL_ID;
import static dev.parley.bootstrap.endtoend.OpenAiJavaClient.about;
import static dev.parley.bootstrap.endtoend.OpenAiJavaClient.boilingPoint;
import static dev.parley.bootstrap.endtoend.OpenAiJavaClient.withTool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.RequestOptions;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.SseException;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponseFormatJsonObject;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.conversations.Conversation;
import com.openai.models.conversations.ConversationCreateParams;
import com.openai.models.conversations.ConversationUpdateParams;
import com.openai.models.conversations.items.ConversationItem;
import com.openai.models.conversations.items.ItemCreateParams;
import com.openai.models.conversations.items.ItemDeleteParams;
import com.openai.models.conversations.items.ItemListParams;
import com.openai.models.conversations.items.ItemRetrieveParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import com.openai.models.responses.CompactedResponse;
import com.openai.models.responses.CustomTool;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCompactParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseRetrieveParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseTextConfig;
import com.openai.models.responses.inputitems.InputItemListParams;
import com.openai.models.responses.inputtokens.InputTokenCountParams;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The official Java client drives every route of the Responses API of the packaged jar, and holds whatever it is given to
 * its schema: it is made to validate, and then throws at what is missing or unknown.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class OpenAiJavaClientIT {

    private static final OpenAiJavaClient SERVER = OpenAiJavaClient.ofThePackagedJar();
    private static final OpenAIClient CLIENT = SERVER.client();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of("a text", about("hello").instructions("Be kind.").temperature(0.5)),
                Arguments.of("reasoning", about("#think=reasoning hello")),
                Arguments.of(
                        "a summary of reasoning",
                        about("#think=reasoning_content hello")
                                .reasoning(Reasoning.builder()
                                        .effort(ReasoningEffort.LOW)
                                        .summary(Reasoning.Summary.AUTO)
                                        .build())),
                Arguments.of(
                        "sealed reasoning",
                        about("#think=reasoning hello")
                                .store(false)
                                .addInclude(ResponseIncludable.REASONING_ENCRYPTED_CONTENT)),
                Arguments.of("a call", withTool("#tool")),
                Arguments.of("two calls at index zero", withTool("#tools-at-index-zero")),
                Arguments.of("two calls of one id", withTool("#tools-of-one-id")),
                Arguments.of("a text, then a call", withTool("#text-and-tool")),
                Arguments.of("a call that is cut off", withTool("#cut-tool")),
                Arguments.of(
                        "a call of a custom tool",
                        about("#call=run_sql {\"input\":\"select 1\"}")
                                .addTool(CustomTool.builder().name("run_sql").build())),
                Arguments.of("a refusal", about("#refuse")),
                Arguments.of(
                        "probabilities of tokens",
                        about("#logprobs").topLogprobs(1L).addInclude(ResponseIncludable.MESSAGE_OUTPUT_TEXT_LOGPROBS)),
                Arguments.of("an answer that is cut off", about("#short")),
                Arguments.of("an answer that is filtered", about("#filter")),
                Arguments.of(
                        "an answer in JSON",
                        about("#json")
                                .text(ResponseTextConfig.builder()
                                        .format(ResponseFormatJsonObject.builder()
                                                .build())
                                        .build())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void tellsTheSameStreamedAndNot(String name, ResponseCreateParams.Builder answer) {
        Response whole = SERVER.create(answer);
        Told told = SERVER.tell(answer);

        assertThat(told.numbers())
                .as(name)
                .isEqualTo(IntStream.range(0, told.events().size()).boxed().toList());
        assertThat(Told.alike(told.ended())).as(name).isEqualTo(Told.alike(whole));
        assertThat(Told.alike(told.accumulated())).as(name).isEqualTo(Told.alike(whole));
    }

    @Test
    void followsAChainAndReadsItsInput() {
        Response first = SERVER.create(about("#think=reasoning #tool").addTool(boilingPoint()));
        String callId = first.output().stream()
                .flatMap(item -> item.functionCall().stream())
                .findFirst()
                .orElseThrow()
                .callId();
        Response second = SERVER.create(about("")
                .inputOfResponse(
                        List.of(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                                .callId(callId)
                                .output("100")
                                .build())))
                .previousResponseId(first.id())
                .addTool(boilingPoint()));

        assertThat(textOf(second)).isEqualTo("The tool says: 100");
        var items = CLIENT.responses()
                .inputItems()
                .list(InputItemListParams.builder()
                        .responseId(second.id())
                        .limit(2)
                        .build())
                .autoPager();
        assertThat(items.stream().map(item -> item.validate()).toList()).hasSize(4);
        assertThat(CLIENT.responses().retrieve(second.id())).isEqualTo(second);
        CLIENT.responses().delete(second.id());
        assertThatThrownBy(() -> CLIENT.responses().retrieve(second.id())).isInstanceOf(NotFoundException.class);
    }

    @Test
    void followsAResponseInTheBackgroundAndCallsItOff() {
        Told told = SERVER.tell(about("hello").background(true));
        ResponseRetrieveParams again = ResponseRetrieveParams.builder()
                .responseId(told.ended().id())
                .startingAfter(2L)
                .build();

        try (var stream = CLIENT.responses().retrieveStreaming(again)) {
            assertThat(Told.alike(stream.stream().toList()))
                    .isEqualTo(Told.alike(told.events().subList(3, told.events().size())));
        }
        Response begun = SERVER.create(about("#pause=never").background(true));
        assertThat(begun.status()).contains(ResponseStatus.QUEUED);
        SERVER.model().awaitReached("never");
        assertThat(CLIENT.responses().cancel(begun.id()).validate().status()).contains(ResponseStatus.CANCELLED);
    }

    @Test
    void keepsAConversation() {
        Conversation made = CLIENT.conversations()
                .create(ConversationCreateParams.builder()
                        .addItem(said("hello"))
                        .build())
                .validate();
        var added = CLIENT.conversations()
                .items()
                .create(ItemCreateParams.builder()
                        .conversationId(made.id())
                        .addItem(said("hello again"))
                        .build())
                .validate();
        SERVER.create(about("and?").conversation(made.id()));

        List<ConversationItem> items = CLIENT
                .conversations()
                .items()
                .list(ItemListParams.builder()
                        .conversationId(made.id())
                        .limit(3)
                        .build())
                .autoPager()
                .stream()
                .map(ConversationItem::validate)
                .toList();
        assertThat(items).hasSize(4);
        String id = added.data().getFirst().message().orElseThrow().id();
        assertThat(CLIENT.conversations()
                        .items()
                        .retrieve(ItemRetrieveParams.builder()
                                .conversationId(made.id())
                                .itemId(id)
                                .build())
                        .validate())
                .isEqualTo(added.data().getFirst());
        CLIENT.conversations()
                .items()
                .delete(ItemDeleteParams.builder()
                        .conversationId(made.id())
                        .itemId(id)
                        .build())
                .validate();
        Conversation changed = CLIENT.conversations()
                .update(ConversationUpdateParams.builder()
                        .conversationId(made.id())
                        .metadata(ConversationUpdateParams.Metadata.builder()
                                .putAdditionalProperty("topic", JsonValue.from("x"))
                                .build())
                        .build())
                .validate();
        assertThat(CLIENT.conversations().retrieve(made.id()).validate()).isEqualTo(changed);
        assertThat(CLIENT.conversations().delete(made.id()).validate().deleted())
                .isTrue();
    }

    @Test
    void countsAndCompacts() {
        assertThat(CLIENT.responses()
                        .inputTokens()
                        .count(InputTokenCountParams.builder()
                                .model(MODEL_ID)
                                .input("hello")
                                .build())
                        .validate()
                        .inputTokens())
                .isPositive();
        Response first = SERVER.create(about("hello"));
        // the client takes every message of an answer for the model's, and what is kept are the user's
        CompactedResponse compacted = CLIENT.responses()
                .compact(
                        ResponseCompactParams.builder()
                                .model(MODEL_ID)
                                .previousResponseId(first.id())
                                .build(),
                        RequestOptions.builder().responseValidation(false).build());

        assertThat(compacted.id()).startsWith("resp_");
        assertThat(compacted.usage().validate().totalTokens()).isPositive();
        assertThat(compacted.output()).hasSize(2);
        assertThat(compacted.output().getFirst().toString()).contains("user", "input_text", "hello");
        assertThat(compacted.output().getLast().asCompaction().validate().encryptedContent())
                .startsWith("s1.");
    }

    @Test
    void findsModelsChatsAndEmbeddings() {
        List<Model> models =
                CLIENT.models().list().autoPager().stream().map(Model::validate).toList();
        assertThat(models)
                .anySatisfy(model ->
                        assertThat(CLIENT.models().retrieve(model.id())).isEqualTo(model));
        var chat = CLIENT.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model(MODEL_ID)
                        .addUserMessage("hello")
                        .build())
                .validate();
        assertThat(chat.choices().getFirst().message().content()).contains("You said: hello");
        var embeddings = CLIENT.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model(MODEL_ID)
                        .inputOfArrayOfStrings(List.of("a", "b"))
                        .build())
                .validate();
        assertThat(embeddings.data()).hasSize(2);
    }

    @Test
    void tellsErrorsInTheClientsWords() {
        assertThatThrownBy(() -> SERVER.create(about("hello").previousResponseId("resp_" + "0".repeat(32))))
                .isInstanceOfSatisfying(BadRequestException.class, error -> {
                    assertThat(error.code()).contains("previous_response_not_found");
                    assertThat(error.param()).contains("previous_response_id");
                    assertThat(error.type()).contains("invalid_request_error");
                });
        assertThatThrownBy(() -> SERVER.tell(about("#cut"))).isInstanceOf(SseException.class);
    }

    private static EasyInputMessage said(String text) {
        return EasyInputMessage.builder()
                .role(EasyInputMessage.Role.USER)
                .content(text)
                .build();
    }

    private static String textOf(Response response) {
        return response.output()
                .getLast()
                .message()
                .orElseThrow()
                .content()
                .getFirst()
                .asOutputText()
                .text();
    }
}
