package dev.parley.application.turn;

import static dev.parley.application.testing.AgentFixture.config;
import static dev.parley.application.testing.ModelScript.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.testing.Chat;
import dev.parley.application.testing.RecordingSink;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.application.testing.StoreScene;
import dev.parley.application.testing.TurnFixture;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Part;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.turn.ClientToolPolicy;
import dev.parley.domain.turn.Document;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnInput;
import dev.parley.domain.turn.TurnSpec;
import dev.parley.domain.turn.TurnState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Turns that look material up before their model is asked. */
class RetrievalTest {

    private final ScriptedApplication app = new ScriptedApplication();
    private final Chat chat = app.chat(config());
    private final RecordingSink sink = new RecordingSink();

    @Test
    void materialIsLookedUpOnceAndReadBehindTheLastWords() {
        app.retrieval().store("handbook", "pressure", "Normal is 120/80.");
        app.model().then(says("You are well."));

        drive("handbook", "How is my pressure?");

        assertThat(sink.lines())
                .containsExactly(
                        "1 started: MEMORY_RETRIEVAL",
                        "1 completed: MEMORY_RETRIEVAL Normal is 120/80.",
                        "2 started: INFERENCE",
                        "2 text: You are well.",
                        "2 completed: INFERENCE You are well.[]",
                        "turn completed: END_OF_TURN You are well.[]");
        assertThat(app.model().lastRequest().messages())
                .containsExactly(new Message.User(
                        new Content.Parts(List.of(
                                new Part.Text("How is my pressure?"),
                                new Part.Text("A letter."),
                                new Part.Text("Normal is 120/80."))),
                        Optional.empty()));
    }

    /** A contract of a hundred pages would ask for what fits its beginning. */
    @Test
    void whatIsLookedUpIsWhatWasAskedAndNotWhatWasHandedOver() {
        app.retrieval().store("handbook", "letter", "Normal is 120/80.");
        app.model().then(says("You are well."));

        drive("handbook", "How is my pressure?");

        assertThat(sink.lines()).contains("1 completed: MEMORY_RETRIEVAL ");
    }

    @Test
    void aStoreThatDoesNotExistFailsTheTurn() {
        Turn turn = drive("nowhere", "How is my pressure?");

        assertThat(turn.state())
                .isEqualTo(
                        new TurnState.Failed(Failure.of(Failure.Code.RETRIEVAL_FAILED, "There is no store 'nowhere'")));
        assertThat(sink.lines()).containsExactly("1 started: MEMORY_RETRIEVAL", "turn failed: RETRIEVAL_FAILED");
        assertThat(app.model().requests()).isEmpty();
    }

    @Test
    void anAgentHasItsStoresLookedIntoWhenItsGroupSaysSo() {
        app.tools().tool("builtin::rag", "knowledge_search", "nothing");
        app.retrieval().store("handbook", "pressure", "Normal is 120/80.");
        app.model().then(says("You are well."));
        ToolGroup group = new ToolGroup(
                "builtin::rag",
                Optional.of(new JsonText("{\"vector_db_ids\":[\"handbook\"],\"insert_context\":true}")));

        Turn turn = app.chat(config(List.of(), List.of(group), List.of())).say("How is my pressure?");

        assertThat(turn.steps()).first().isInstanceOfSatisfying(Step.MemoryRetrieval.class, step -> {
            assertThat(step.stores()).containsExactly("handbook");
            assertThat(step.insertedContext().text()).isEqualTo("Normal is 120/80.");
        });
        assertThat(app.model().lastRequest().tools()).hasSize(1);
    }

    private Turn drive(String store, String question) {
        TurnSpec plain = TurnFixture.turn(chat.session()).spec();
        TurnSpec spec = new TurnSpec(
                plain.model(),
                "",
                plain.sampling(),
                plain.responseFormat(),
                List.of(),
                plain.toolChoice(),
                List.of(),
                List.of(),
                List.of(store),
                10,
                ClientToolPolicy.PAUSE);
        Turn turn = Turn.begin(
                TurnFixture.turn(chat.session()).id(),
                new Origin.InSession(chat.session()),
                spec,
                new TurnInput.Messages(
                        List.of(Message.User.of(question)),
                        List.of(new Document(Content.of("A letter."), "text/plain"))),
                StoreScene.LONG_AGO);
        app.store().begin(chat.owner(), turn, Optional.empty());
        return app.engine()
                .drive(Caller.of(chat.owner()), turn, app.store(), History.ofTurns(List::of), sink, new Cancellation());
    }
}
