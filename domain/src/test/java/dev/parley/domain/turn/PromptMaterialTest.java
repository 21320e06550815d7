package dev.parley.domain.turn;

import static dev.parley.domain.message.MessageFixture.calls;
import static dev.parley.domain.message.MessageFixture.image;
import static dev.parley.domain.message.MessageFixture.user;
import static dev.parley.domain.turn.PromptFixture.answer;
import static dev.parley.domain.turn.PromptFixture.asking;
import static dev.parley.domain.turn.PromptFixture.inWords;
import static dev.parley.domain.turn.PromptFixture.parts;
import static dev.parley.domain.turn.PromptFixture.play;
import static dev.parley.domain.turn.PromptFixture.posted;
import static dev.parley.domain.turn.PromptFixture.text;
import static dev.parley.domain.turn.SampleTools.MEASURE;
import static dev.parley.domain.turn.SampleTools.withTools;
import static dev.parley.domain.turn.TurnFixture.TURN;
import static dev.parley.domain.turn.TurnFixture.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.Content;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Part;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands beside the user's words: context, documents, what was looked up, pictures. */
class PromptMaterialTest {

    private static final Part PICTURE = image("https://example.org/a.png");
    private static final Document LETTER = new Document(Content.of("A letter."), "text/plain");

    @Test
    void contextIsForItsTurnOnly() {
        Turn turn = asking(user("Hi", "The user is 40."));

        assertThat(Prompt.of(List.of(), turn)).containsExactly(parts(text("Hi"), text("The user is 40.")));
        assertThat(Prompt.of(List.of(turn), asking("And now?")))
                .containsExactly(Message.User.of("Hi"), Message.User.of("And now?"));
    }

    @Test
    void documentsStandBesideTheLastUserMessageForGood() {
        Turn turn = asking(
                List.of(Message.User.of("One"), Message.User.of("Two"), posted("x", "y")),
                List.of(LETTER, new Document(Content.of("Another."), "text/plain")));
        List<Message> shown = List.of(
                Message.User.of("One"), parts(text("Two"), text("A letter."), text("Another.")), inWords("x", "y"));

        assertThat(Prompt.of(List.of(), turn)).isEqualTo(shown);
        assertThat(Prompt.of(List.of(turn), asking("And?")))
                .startsWith(shown.toArray(Message[]::new))
                .endsWith(Message.User.of("And?"));
    }

    @Test
    void whatWasLookedUpFollowsContextAndDocuments() {
        TurnSpec spec = withTools().retrieveFrom("handbook").build();
        Turn turn = TurnPlay.of(turn(TURN, spec, List.of(user("Hi", "The user is 40.")), List.of(LETTER)))
                .retrieves("Normal is 120/80.")
                .turn();

        assertThat(Prompt.of(List.of(), turn))
                .containsExactly(
                        parts(text("Hi"), text("The user is 40."), text("A letter."), text("Normal is 120/80.")));
    }

    @Test
    void withoutAUserMessageTheMaterialIsOne() {
        Turn before = play("How am I?").calls(MEASURE).turn();
        Turn turn = asking(List.of(posted(MEASURE.callId(), "118/79")), List.of(LETTER));

        assertThat(Prompt.of(List.of(before), turn))
                .containsExactly(
                        Message.User.of("How am I?"),
                        calls(MEASURE),
                        answer(MEASURE, "118/79"),
                        parts(text("A letter.")));
    }

    @Test
    void imagesStayWhereTheyWere() {
        Content drawn = new Content.Parts(List.of(text("What is"), PICTURE, text("this?")));
        Turn turn = asking(
                List.of(new Message.User(drawn, Optional.empty())),
                List.of(new Document(new Content.Single(PICTURE), "image/png")));

        assertThat(Prompt.of(List.of(), turn)).containsExactly(parts(text("What is"), PICTURE, text("this?"), PICTURE));
    }

    static Stream<Content> shapes() {
        return Stream.of(
                Content.of("Hi"),
                Content.EMPTY,
                new Content.Single(text("Hi")),
                new Content.Parts(List.of(text("Hi"))),
                new Content.Parts(List.of()));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void contentKeepsItsShapeWhenNothingIsAdded(Content content) {
        Message.User message = new Message.User(content, Optional.empty());

        assertThat(Prompt.of(List.of(), asking(message))).containsExactly(message);
    }
}
