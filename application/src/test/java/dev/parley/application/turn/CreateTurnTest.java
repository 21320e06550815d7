package dev.parley.application.turn;

import static dev.parley.application.testing.AgentFixture.choosing;
import static dev.parley.application.testing.AgentFixture.config;
import static dev.parley.application.testing.AgentFixture.formatted;
import static dev.parley.application.testing.AgentFixture.tool;
import static dev.parley.application.testing.ModelScript.calls;
import static dev.parley.application.testing.ModelScript.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.InferenceRequest;
import dev.parley.application.testing.Chat;
import dev.parley.application.testing.CountingIds;
import dev.parley.application.testing.RecordingSink;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.agent.AgentConfig;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Part;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.turn.Document;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CreateTurnTest {

    private static final ToolCall SEARCH = new ToolCall("call_s", "search", new ToolArguments.Json("{}"));

    private final ScriptedApplication app = new ScriptedApplication();
    private final RecordingSink sink = new RecordingSink();

    CreateTurnTest() {
        app.tools()
                .tool("web", "search", "found")
                .tool("web", "fetch", "fetched")
                .tool("math", "add", "4");
        app.shields().shield("guard", _ -> Optional.empty());
    }

    // ---- what the model is asked

    @Test
    void theModelIsAskedWithTheAgentsInstructionsToolsAndSettings() {
        AgentConfig config = config(List.of(tool("measure")), List.of(group("web")), List.of());
        app.model().then(says("Hello"));

        app.chat(config).say("Hi");

        InferenceRequest request = app.model().lastRequest();
        assertThat(request.model()).isEqualTo("a-model");
        assertThat(request.messages()).containsExactly(new Message.System("Be brief."), Message.User.of("Hi"));
        assertThat(request.tools()).extracting(ToolDefinition::name).containsExactly("measure", "search", "fetch");
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Auto());
        assertThat(request.sampling()).isEqualTo(config.sampling());
        assertThat(request.responseFormat()).isEmpty();
    }

    @Test
    void theFormOfTheAnswerIsTheAgents() {
        ResponseFormat format = ResponseFormat.JsonSchema.of(new JsonText("{\"type\":\"object\"}"));
        app.model().then(says("{}"));

        app.chat(formatted(config(), format)).say("Hi");

        assertThat(app.model().lastRequest().responseFormat()).contains(format);
    }

    @Test
    void theTurnsOwnGroupsTakeThePlaceOfTheAgents() {
        Chat chat = app.chat(config(List.of(tool("measure")), List.of(group("web")), List.of()));
        app.model().then(says("Hello"));

        chat.create(command(chat, List.of(group("math")), Optional.empty()), sink);

        assertThat(app.model().lastRequest().tools())
                .extracting(ToolDefinition::name)
                .containsExactly("measure", "add");
    }

    @Test
    void theTurnsOwnChoiceTakesThePlaceOfTheAgents() {
        Chat chat = app.chat(choosing(config(List.of(), List.of(group("web")), List.of()), new ToolChoice.Required()));
        app.model().then(says("Hello"));

        chat.create(command(chat, List.of(), Optional.of(new ToolChoice.None())), sink);

        assertThat(app.model().lastRequest().toolChoice()).isEqualTo(new ToolChoice.None());
        assertThat(app.model().lastRequest().tools()).isEmpty();
    }

    @Test
    void aForcedChoiceHoldsUntilToolsHaveRun() {
        Chat chat = app.chat(choosing(config(List.of(), List.of(group("web")), List.of()), new ToolChoice.Required()));
        app.model().then(calls(SEARCH), says("Done"));

        chat.say("Hi");

        assertThat(app.model().requests())
                .extracting(InferenceRequest::toolChoice)
                .containsExactly(new ToolChoice.Required(), new ToolChoice.Auto());
    }

    @Test
    void documentsAreReadBehindTheLastWordsAndKeptApartFromThem() {
        Chat chat = app.chat(config());
        app.model().then(says("Hello"));
        Document letter = new Document(Content.of("A letter."), "text/plain");

        Turn turn = chat.create(
                new CreateTurn.Command(
                        chat.agent(),
                        chat.session(),
                        List.of(Message.User.of("Read this")),
                        List.of(new GivenDocument.AtHand(letter)),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                sink);

        assertThat(turn.input().messages()).containsExactly(Message.User.of("Read this"));
        assertThat(turn.input().documents()).containsExactly(letter);
        assertThat(app.model().lastRequest().messages().getLast())
                .isEqualTo(new Message.User(
                        new Content.Parts(List.of(new Part.Text("Read this"), new Part.Text("A letter."))),
                        Optional.empty()));
    }

    @Test
    void earlierTurnsAreShownOldestFirst() {
        Chat chat = app.chat(config());
        app.model().then(says("one"), says("two"), says("three"));
        chat.say("1");
        chat.say("2");

        chat.say("3");

        assertThat(app.model().lastRequest().messages())
                .containsExactly(
                        new Message.System("Be brief."),
                        Message.User.of("1"),
                        Message.Assistant.of("one"),
                        Message.User.of("2"),
                        Message.Assistant.of("two"),
                        Message.User.of("3"));
    }

    @Test
    void onlySoManyEarlierTurnsAreShown() {
        ScriptedApplication forgetful = new ScriptedApplication(new TurnSettings(Duration.ofSeconds(5), 1));
        Chat chat = forgetful.chat(config());
        forgetful.model().then(says("one"), says("two"), says("three"));
        chat.say("1");
        chat.say("2");

        chat.say("3");

        assertThat(forgetful.model().lastRequest().messages())
                .containsExactly(
                        new Message.System("Be brief."),
                        Message.User.of("2"),
                        Message.Assistant.of("two"),
                        Message.User.of("3"));
    }

    @Test
    void aTurnThatAwaitsInputIsNotInTheWayOfTheNextOne() {
        Chat chat = app.chat(config(List.of(tool("measure")), List.of(), List.of()));
        ToolCall measure = new ToolCall("call_m", "measure", new ToolArguments.Json("{}"));
        app.model().then(calls(measure), says("Hello"));
        Turn abandoned = chat.say("1");

        Turn next = chat.say("2");

        assertThat(abandoned.state()).isInstanceOf(TurnState.AwaitingInput.class);
        assertThat(next.state()).isInstanceOf(TurnState.Completed.class);
        assertThat(app.model().lastRequest().messages())
                .filteredOn(Message.Tool.class::isInstance)
                .extracting(message -> ((Message.Tool) message).callId())
                .containsExactly("call_m");
    }

    // ---- what is refused, before anything is begun

    @Test
    void anUnknownAgentIsNotFound() {
        Chat chat = app.chat(config());
        Chat unknown = new Chat(app, chat.owner(), new AgentId("no such agent"), chat.session());

        assertRefused(unknown, unknown.saying("Hi"), Refusal.Code.NOT_FOUND, "Agent no such agent not found");
    }

    @Test
    void anUnknownSessionIsNotFound() {
        Chat chat = app.chat(config());
        Chat unknown = new Chat(app, chat.owner(), chat.agent(), new SessionId("no such session"));

        assertRefused(unknown, unknown.saying("Hi"), Refusal.Code.NOT_FOUND, "Session no such session not found");
    }

    @Test
    void theSessionOfAnotherAgentIsNotFound() {
        Chat chat = app.chat(config());
        Chat mixed = new Chat(app, chat.owner(), app.chat(config()).agent(), chat.session());

        assertRefused(mixed, mixed.saying("Hi"), Refusal.Code.NOT_FOUND, "Session");
    }

    @Test
    void anotherOwnersAgentIsNotFound() {
        Chat chat = app.chat(config());
        Chat stranger = new Chat(app, new Owner("a stranger"), chat.agent(), chat.session());

        assertRefused(stranger, stranger.saying("Hi"), Refusal.Code.NOT_FOUND, "Agent");
    }

    @Test
    void aSessionThatIsDeletedMeanwhileIsNotFound() {
        Chat chat = app.chat(config());
        app.journal().beforeBegin(() -> app.deleteSession().delete(chat.owner(), chat.agent(), chat.session()));

        assertRefused(chat, chat.saying("Hi"), Refusal.Code.NOT_FOUND, "Session");
    }

    @Test
    void aTurnNeedsAMessage() {
        Refusal refusal = catchThrowableOfType(
                Refusal.class,
                () -> new CreateTurn.Command(
                        new AgentId("a"),
                        new SessionId("s"),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
        assertThat(refusal.field()).contains("messages");
    }

    @Test
    void twoToolsOfOneNameAreRefused() {
        Chat chat = app.chat(config(List.of(tool("search")), List.of(group("web")), List.of()));

        assertRefused(chat, chat.saying("Hi"), Refusal.Code.INVALID, "'search'");
    }

    @Test
    void aChoiceOfAToolThatIsNotOfferedIsRefused() {
        Chat chat = app.chat(config(List.of(), List.of(group("web")), List.of()));

        assertRefused(
                chat,
                command(chat, List.of(), Optional.of(new ToolChoice.Named("dance"))),
                Refusal.Code.INVALID,
                "'dance'");
    }

    @Test
    void anUnknownToolGroupIsRefused() {
        Chat chat = app.chat(config());

        assertRefused(
                chat, command(chat, List.of(group("nowhere")), Optional.empty()), Refusal.Code.INVALID, "nowhere");
    }

    @Test
    void anUnknownShieldIsRefused() {
        Chat chat = app.chat(config(List.of(), List.of(), List.of("guard", "no-such-shield")));

        assertRefused(chat, chat.saying("Hi"), Refusal.Code.INVALID, "no-such-shield");
    }

    @Test
    void aGrammarIsUnsupported() {
        Chat chat = app.chat(formatted(config(), new ResponseFormat.Grammar(JsonText.EMPTY_OBJECT)));

        assertRefused(chat, chat.saying("Hi"), Refusal.Code.UNSUPPORTED, "grammar");
    }

    @Test
    void aProcessThatIsAboutToEndTakesNoTurns() {
        Chat chat = app.chat(config());
        app.running().drain(Duration.ZERO);

        assertRefused(chat, chat.saying("Hi"), Refusal.Code.UNAVAILABLE, "stopping");
    }

    // ---- what is returned

    @Test
    void theTurnHasAnIdThatWasGivenOutForIt() {
        app.model().then(says("Hello"));

        Turn turn = app.chat(config()).say("Hi", sink);

        // the agent and the session have the two before
        assertThat(turn.id()).isEqualTo(new TurnId(CountingIds.id(3).toString()));
        assertThat(sink.rested()).isEqualTo(turn);
        assertThat(app.running().ids()).isEmpty();
    }

    @Test
    void timesGoStrictlyUp() {
        app.model().then(calls(SEARCH), says("Done"));

        Turn turn = app.chat(config(List.of(), List.of(group("web")), List.of("guard")))
                .say("Hi");

        Instant last = turn.startedAt();
        for (var step : turn.steps()) {
            assertThat(step.period().start()).isAfter(last);
            assertThat(step.period().end()).isAfter(step.period().start());
            last = step.period().end();
        }
        assertThat(turn.restedAt().orElseThrow()).isAfter(last);
    }

    private void assertRefused(Chat chat, CreateTurn.Command command, Refusal.Code code, String why) {
        List<Turn> before = chat.stored();

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> chat.create(command, sink));

        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.explanation()).contains(why);
        assertThat(sink.events()).isEmpty();
        assertThat(app.model().requests()).isEmpty();
        assertThat(app.running().ids()).isEmpty();
        assertThat(chat.stored()).isSubsetOf(before);
    }

    private static CreateTurn.Command command(Chat chat, List<ToolGroup> groups, Optional<ToolChoice> choice) {
        return new CreateTurn.Command(
                chat.agent(),
                chat.session(),
                List.of(Message.User.of("Hi")),
                List.of(),
                groups,
                choice,
                Optional.empty());
    }

    private static ToolGroup group(String name) {
        return new ToolGroup(name, Optional.empty());
    }
}
