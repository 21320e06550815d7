package dev.parley.application.response;

import static dev.parley.application.testing.ModelScript.calls;
import static dev.parley.application.testing.ModelScript.says;
import static dev.parley.application.testing.ResponseFixture.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.InferenceRequest;
import dev.parley.application.port.Tools;
import dev.parley.application.testing.RecordingSink;
import dev.parley.application.testing.ResponseFixture;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.message.Citation;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.Approval;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.Source;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.domain.tool.ToolFilter;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnItems;
import dev.parley.domain.turn.TurnState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tools that this server runs for clients of the Responses API (responses-api 4.2). */
class HostedToolsTest {

    private static final ToolCall FIND = call("call_1", "docs__find");
    private static final ToolCall ERASE = call("call_2", "docs__erase");
    private static final ToolCall WEATHER = call("call_3", "weather");

    private final ScriptedApplication app = new ScriptedApplication();

    @Test
    void aServersToolsAreListedOncePerChain() {
        app.tools().tool("docs", "find", "found");
        app.model().then(says("One"), says("Two"));
        Turn first = docs(new Approval.Never()).says("1").create();

        Turn second = docs(new Approval.Never()).says("2").after(first.id()).create();

        assertThat(app.tools().listings()).hasSize(1);
        assertThat(TurnItems.output(first)).hasExactlyElementsOfTypes(Item.Listed.class, Item.Said.class);
        assertThat(TurnItems.output(second)).hasExactlyElementsOfTypes(Item.Said.class);
        assertThat(app.model().requests())
                .allSatisfy(request -> assertThat(request.tools())
                        .extracting(ToolDefinition::name)
                        .containsExactly("docs__find"));
    }

    @Test
    void aServerThatCantSayFailsAResponseWithoutOtherTools() {
        app.tools().brokenServer("docs", "it is down");

        Turn turn = docs(new Approval.Never()).says("Hi").create();

        assertThat(turn.state()).isInstanceOfSatisfying(TurnState.Failed.class, failed -> {
            assertThat(failed.failure().code()).isEqualTo(Failure.Code.TOOLS_UNAVAILABLE);
            assertThat(failed.failure().message()).contains("docs", "it is down");
        });
        assertThat(TurnItems.output(turn))
                .singleElement()
                .isInstanceOfSatisfying(
                        Item.Listed.class, list -> assertThat(list.error()).contains("it is down"));
        assertThat(app.model().requests()).isEmpty();
    }

    @Test
    void aServerThatCantSayIsDoneWithoutWhereThereAreOtherTools() {
        app.tools().brokenServer("docs", "it is down");
        app.model().then(says("Hello"), says("Again"));

        Turn turn = docs(new Approval.Never()).clientTool("weather").says("Hi").create();
        docs(new Approval.Never())
                .clientTool("weather")
                .says("Hi")
                .after(turn.id())
                .create();

        assertThat(turn.state()).isInstanceOf(TurnState.Completed.class);
        assertThat(app.tools().listings())
                .as("a list that failed is asked for again")
                .hasSize(2);
    }

    @Test
    void aCallThatNobodyIsAskedAboutIsRunInTheTurn() {
        app.tools().tool("docs", "find", "found");
        app.model().then(calls(FIND), says("Done"));

        Turn turn = docs(new Approval.Never()).says("Find").create();

        assertThat(TurnItems.output(turn))
                .hasExactlyElementsOfTypes(Item.Listed.class, Item.Hosted.class, Item.Said.class);
        assertThat(app.tools().hostedCalls()).singleElement().satisfies(call -> {
            assertThat(call.form().name()).isEqualTo("find");
            assertThat(call.call()).isEqualTo(FIND);
        });
    }

    @Test
    void aCallThatIsAgreedToIsRunBeforeTheModelIsAsked() {
        app.tools().tool("docs", "find", "found");
        app.model().then(calls(FIND), says("Done"));
        Turn asking = docs(new Approval.Always()).says("Find").create();
        assertThat(asking.state()).isInstanceOf(TurnState.Completed.class);
        assertThat(app.tools().calls()).isEmpty();
        ItemId request = asked(asking);

        Turn agreed = docs(new Approval.Always())
                .decides(request, true)
                .after(asking.id())
                .create();

        assertThat(TurnItems.output(agreed)).hasExactlyElementsOfTypes(Item.Hosted.class, Item.Said.class);
        assertThat(TurnItems.output(agreed).getFirst())
                .isInstanceOfSatisfying(
                        Item.Hosted.class, ran -> assertThat(ran.approvedBy()).contains(request));
        assertThat(app.model().lastRequest().messages())
                .extracting(HostedToolsTest::told)
                .containsExactly("Find", "[call_1]", "call_1: found");
    }

    @Test
    void aCallThatIsNotAgreedToIsToldToTheModelWithTheReason() {
        app.tools().tool("docs", "find", "found");
        app.model().then(calls(FIND), says("Pity"));
        Turn asking = docs(new Approval.Always()).says("Find").create();

        Turn refused = docs(new Approval.Always())
                .decides(asked(asking), false)
                .after(asking.id())
                .create();

        assertThat(TurnItems.output(refused)).hasExactlyElementsOfTypes(Item.Said.class);
        assertThat(app.tools().calls()).isEmpty();
        assertThat(app.model().lastRequest().messages())
                .extracting(HostedToolsTest::told)
                .containsExactly("Find", "[call_1]", "call_1: The user does not allow this call: Not now.");
    }

    @Test
    void theSameHoldsInAConversation() {
        app.tools().tool("docs", "find", "found").tool("docs", "erase", "erased");
        ConversationId conversation =
                app.createConversation().create(Owner.SOLE, Map.of(), List.of()).id();
        app.model().then(calls(FIND, ERASE), says("Done"), says("Bye"));
        Turn asking = docs(new Approval.Always()).says("Find").in(conversation).create();
        List<ItemId> requests = TurnItems.output(asking).stream()
                .filter(Item.Asked.class::isInstance)
                .map(Item::id)
                .toList();

        docs(new Approval.Always())
                .decides(requests.get(0), true)
                .decides(requests.get(1), false)
                .in(conversation)
                .create();
        docs(new Approval.Always()).says("Thanks").in(conversation).create();

        assertThat(app.tools().listings()).hasSize(1);
        assertThat(app.tools().calls()).containsExactly(FIND);
        assertThat(app.model().lastRequest().messages())
                .extracting(HostedToolsTest::told)
                .containsExactly(
                        "Find",
                        "[call_1, call_2]",
                        "call_1: found",
                        "call_2: The user does not allow this call: Not now.",
                        "Done[]",
                        "Thanks");
    }

    @Test
    void whatWasRunIsNotRunAgainWhenTheApprovalComesBack() {
        app.tools().tool("docs", "find", "found");
        app.model().then(calls(FIND), says("Done"), says("Again"));
        Turn asking = docs(new Approval.Always()).says("Find").create();
        Turn agreed = docs(new Approval.Always())
                .decides(asked(asking), true)
                .after(asking.id())
                .create();

        docs(new Approval.Always())
                .decides(asked(asking), true)
                .says("And?")
                .after(agreed.id())
                .create();

        assertThat(app.tools().calls()).hasSize(1);
    }

    @Test
    void anApprovalOfWhatWasNotAskedIsRefused() {
        Refusal unknown = refusal(docs(new Approval.Always()).decides(new ItemId("mcpr_unknown"), true));

        assertThat(unknown.code()).isEqualTo(Refusal.Code.INVALID);
        assertThat(unknown.field()).contains("input");
        assertThat(unknown.explanation()).contains("mcpr_unknown");
    }

    @Test
    void whatIsAgreedToNeedsItsServerDeclaredAgain() {
        app.tools().tool("docs", "find", "found");
        app.model().then(calls(FIND));
        Turn asking = docs(new Approval.Always()).says("Find").create();

        Refusal refusal = refusal(response(app).decides(asked(asking), true).after(asking.id()));

        assertThat(refusal.field()).contains("tools");
        assertThat(refusal.explanation()).contains("docs");
    }

    @Test
    void someCallsAreAskedAboutAndOthersAreRun() {
        app.tools().tool("docs", "find", "found").tool("docs", "erase", "erased");
        app.model().then(calls(FIND, ERASE));

        Turn turn = docs(new Approval.Some(Optional.empty(), Optional.of(ToolFilter.of(List.of("find")))))
                .says("Go")
                .create();

        assertThat(app.tools().calls()).containsExactly(FIND);
        assertThat(TurnItems.output(turn))
                .hasExactlyElementsOfTypes(Item.Listed.class, Item.Asked.class, Item.Hosted.class);
    }

    @Test
    void callsForTheClientEndAResponseInWhichOthersWereRun() {
        app.tools().tool("docs", "find", "found");
        app.model().then(calls(FIND, WEATHER), says("Sunny"));
        Turn mixed = docs(new Approval.Never())
                .clientTool("weather")
                .says("Find and tell")
                .create();
        assertThat(TurnItems.output(mixed))
                .hasExactlyElementsOfTypes(Item.Listed.class, Item.Called.class, Item.Hosted.class);

        docs(new Approval.Never())
                .clientTool("weather")
                .answers("call_3", "21")
                .after(mixed.id())
                .create();

        assertThat(app.model().lastRequest().messages())
                .extracting(HostedToolsTest::told)
                .containsExactly("Find and tell", "[call_1, call_3]", "call_1: found", "call_3: 21");
    }

    @Test
    void aToolThatFailsHasAFailedItemAndTheModelIsToldWhy() {
        app.tools().tool("docs", "find", (_, _) -> {
            throw new Tools.ToolFailed("no such page", new JsonText("{\"error\":{}}"));
        });
        app.model().then(calls(FIND), says("Pity"));

        Turn turn = docs(new Approval.Never()).says("Find").create();

        assertThat(TurnItems.output(turn).get(1)).isInstanceOfSatisfying(Item.Hosted.class, failed -> {
            assertThat(failed.status()).isEqualTo(ItemStatus.FAILED);
            assertThat(failed.response().orElseThrow().metadata()).contains(new JsonText("{\"error\":{}}"));
        });
        assertThat(told(app.model().lastRequest().messages().getLast())).contains("no such page");
    }

    @Test
    void theToolIsGivenTheKeysThatOnlyThisServerCanRead() {
        app.tools().tool("docs", "find", "found");
        app.model().then(calls(FIND), says("Done"));
        String keys = "{\"authorization\":\"a secret\"}";

        Turn turn = response(app)
                .server("docs", new Approval.Never(), Optional.of(ScriptedApplication.SEAL.seal(Seal.KEYS, keys)))
                .says("Find")
                .create();

        assertThat(app.tools().listings())
                .singleElement()
                .satisfies(access -> assertThat(access.keys()).contains(new JsonText(keys)));
        assertThat(app.tools().hostedCalls())
                .singleElement()
                .satisfies(call -> assertThat(call.access().keys()).contains(new JsonText(keys)));
        assertThat(turn.toString() + app.tools().hostedCalls()).doesNotContain("a secret");
    }

    @Test
    void anAnswerCitesWhatToolsHaveFound() {
        app.tools()
                .tool(
                        "web_search",
                        "search",
                        "",
                        JsonText.EMPTY_OBJECT,
                        new Source.Page("https://example.org/1", "One", "It is 60."),
                        new Source.Page("https://example.org/2", "Two", "It is 70."));
        app.model().then(calls(call("call_1", "search")), says("It is 60【1】, or 70 【2】."), says("Bye"));
        RecordingSink sink = new RecordingSink();

        Turn turn = response(app)
                .hostedTool(HostedKind.WEB_SEARCH, "web_search")
                .says("Pulse?")
                .create(sink);

        assertThat(told(app.model().lastRequest().messages().getLast()))
                .contains("【1】 One (https://example.org/1)\nIt is 60.", "【2】 Two (https://example.org/2)");
        List<Citation> citations = List.of(
                new Citation.Page("https://example.org/1", "One", 0, 8),
                new Citation.Page("https://example.org/2", "Two", 10, 15));
        assertThat(TurnItems.output(turn).getLast())
                .isInstanceOfSatisfying(
                        Item.Said.class,
                        said -> assertThat(said.parts())
                                .containsExactly(
                                        new ItemPart.OutputText("It is 60, or 70.", citations, new JsonText("[]"))));
        assertThat(sink.lines())
                .containsSubsequence(
                        "3 text: It is 60, or 70.",
                        "3 cited: " + citations.get(0),
                        "3 cited: " + citations.get(1),
                        "3 completed: INFERENCE It is 60, or 70.[]");

        response(app).says("Bye").after(turn.id()).create();
        assertThat(app.model().lastRequest().messages())
                .extracting(HostedToolsTest::told)
                .noneMatch(text -> text.contains("【"));
    }

    @Test
    void anImageIsShownWhileItIsMadeAndTheModelHearsOfItInWords() {
        JsonText made = new JsonText("{\"result\":\"YWJj\"}");
        app.tools()
                .drawing(
                        "image_generation",
                        "draw",
                        "A heart was drawn.",
                        made,
                        new Delta.PartialImage("YQ==", JsonText.EMPTY_OBJECT),
                        new Delta.PartialImage("YWI=", JsonText.EMPTY_OBJECT));
        app.model().then(calls(call("call_1", "draw")), says("Here."), says("Again."));
        RecordingSink sink = new RecordingSink();

        Turn turn = response(app)
                .hostedTool(HostedKind.IMAGE_GENERATION, "image_generation")
                .says("Draw")
                .create(sink);
        response(app).says("More").after(turn.id()).create();

        assertThat(sink.lines())
                .containsSubsequence("2 call call_1 running: draw", "2 image: YQ== {}", "2 image: YWI= {}");
        assertThat(TurnItems.output(turn).getFirst())
                .isInstanceOfSatisfying(
                        Item.Hosted.class,
                        drawn -> assertThat(drawn.response().orElseThrow().metadata())
                                .contains(made));
        assertThat(app.model().requests())
                .flatExtracting(InferenceRequest::messages)
                .extracting(HostedToolsTest::told)
                .contains("call_1: A heart was drawn.")
                .noneMatch(text -> text.contains("YW"));
    }

    private ResponseFixture docs(Approval approval) {
        return response(app).server("docs", approval);
    }

    private static ItemId asked(Turn turn) {
        return TurnItems.output(turn).stream()
                .filter(Item.Asked.class::isInstance)
                .map(Item::id)
                .findFirst()
                .orElseThrow();
    }

    private static Refusal refusal(ResponseFixture response) {
        return catchThrowableOfType(Refusal.class, response::create);
    }

    private static ToolCall call(String callId, String name) {
        return new ToolCall(callId, name, new ToolArguments.Json("{}"));
    }

    private static String told(Message message) {
        return switch (message) {
            case Message.System(String text) -> text;
            case Message.User user -> user.content().text();
            case Message.Tool tool -> tool.callId() + ": " + tool.content().text();
            case Message.Assistant assistant ->
                assistant.text()
                        + assistant.toolCalls().stream().map(ToolCall::callId).toList();
        };
    }
}
