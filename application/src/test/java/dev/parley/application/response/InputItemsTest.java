package dev.parley.application.response;

import static dev.parley.application.testing.ModelScript.says;
import static dev.parley.application.testing.ResponseFixture.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Conversations.ItemSlice;
import dev.parley.application.port.Page;
import dev.parley.application.testing.ItemFixture;
import dev.parley.application.testing.ResponseFixture;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InputItemsTest {

    private final ScriptedApplication app = new ScriptedApplication();
    private final List<Item> line = new ArrayList<>();

    @Test
    void areThoseOfTheLineThenTheOwnInWholePagesOfAnySize() {
        Turn first = told(response(app).says("1"));
        Turn second =
                told(response(app).given(ItemFixture.said("brought")).says("2").after(first.id()));
        app.model().then(says("A fork"));
        response(app).says("fork").after(second.id()).create();
        Turn third = told(response(app).says("3").after(second.id()));
        app.model().then(says("Four"));
        Turn last = response(app).says("4").says("4 again").after(third.id()).create();
        line.addAll(TurnItems.input(last));

        assertThatPagesAre(last, line);
    }

    @Test
    void ofAForkAreThoseOfItsOwnWayToTheRoot() {
        Turn first = told(response(app).says("1"));
        app.model().then(says("Two"), says("Two in the fork"), says("Three"));
        response(app).says("2").after(first.id()).create();
        Turn fork = response(app).says("2'").after(first.id()).create();
        line.addAll(TurnItems.of(fork));
        Turn last = response(app).says("3'").after(fork.id()).create();
        line.addAll(TurnItems.input(last));

        assertThatPagesAre(last, line);
    }

    /** The model is not shown what a summary stands for; people are. */
    @Test
    void areAlsoThoseThatASummaryStandsFor() {
        Turn first = told(response(app).says("1"));
        Turn summary = told(response(app).says("2").triggersCompaction().after(first.id()));
        app.model().then(says("Three"));
        Turn last = response(app).says("3").after(summary.id()).create();
        line.addAll(TurnItems.input(last));

        assertThat(line).hasSize(6);
        assertThatPagesAre(last, line);
        assertThat(app.model().lastRequest().messages()).hasSize(2);
    }

    @Test
    void ofAConversationAreThoseThatWereThereBefore() {
        ConversationId conversation = conversation();
        line.add(ItemFixture.said("One"));
        line.add(ItemFixture.said("Two"));
        app.store().append(Owner.SOLE, conversation, line);
        told(response(app).says("1").in(conversation));
        app.model().then(says("Two"), says("Three"));
        Turn turn = response(app).says("2").in(conversation).create();
        line.addAll(TurnItems.input(turn));
        response(app).says("3").in(conversation).create();

        assertThatPagesAre(turn, line);
    }

    @Test
    void ofAConversationThatIsGoneAreTheOwn() {
        ConversationId conversation = conversation();
        told(response(app).says("1").in(conversation));
        app.model().then(says("Two"));
        Turn turn = response(app).says("2").in(conversation).create();

        app.store().delete(Owner.SOLE, conversation);

        assertThatPagesAre(turn, TurnItems.input(turn));
    }

    @Test
    void areWithoutThoseOfDeletedTurns() {
        Turn first = told(response(app).says("1"));
        app.model().then(says("Two"), says("Three"));
        Turn second = response(app).says("2").after(first.id()).create();
        Turn last = response(app).says("3").after(second.id()).create();
        line.addAll(TurnItems.input(last));

        app.readResponses().delete(Owner.SOLE, second.id());

        assertThatPagesAre(last, line);
    }

    @Test
    void thatComeBehindAnItemOfAnotherLineAreRefused() {
        Turn first = told(response(app).says("1"));
        app.model().then(says("Two"), says("Other"));
        Turn turn = response(app).says("2").after(first.id()).create();
        Turn other = response(app).says("other").after(first.id()).create();

        for (ItemId unknown : List.of(
                TurnItems.input(other).getFirst().id(),
                TurnItems.output(turn).getFirst().id(),
                ItemFixture.someId())) {
            for (boolean newestFirst : List.of(true, false)) {
                ItemSlice slice = new ItemSlice(Optional.of(unknown), 2, newestFirst);
                Refusal refusal = catchThrowableOfType(
                        Refusal.class, () -> app.readResponses().input(Owner.SOLE, turn.id(), slice));
                assertThat(refusal).hasMessage("Item with id '%s' not found.", unknown);
            }
        }
    }

    @Test
    void areReadNoFurtherThanAPageShows() {
        Turn last = told(response(app).says("0"));
        for (int turn = 1; turn < 30; turn++) {
            last = told(response(app).says(Integer.toString(turn)).after(last.id()));
        }
        int before = app.store().turnsReadByName();

        page(last, Optional.empty(), 4, true);
        page(last, Optional.of(line.get(20).id()), 4, true);
        page(last, Optional.of(line.get(20).id()), 4, false);

        assertThat(app.store().turnsReadByName() - before).isBetween(6, 12);
    }

    private ConversationId conversation() {
        return app.createConversation().create(Owner.SOLE, Map.of(), List.of()).id();
    }

    private Turn told(ResponseFixture what) {
        app.model().then(says("Hello"));
        Turn turn = what.create();
        line.addAll(TurnItems.of(turn));
        return turn;
    }

    private void assertThatPagesAre(Turn turn, List<Item> all) {
        for (int limit = 1; limit <= all.size() + 1; limit++) {
            assertThat(paged(turn, limit, false)).as("pages of %d", limit).isEqualTo(all);
            assertThat(paged(turn, limit, true)).as("pages of %d", limit).isEqualTo(all.reversed());
        }
    }

    private List<Item> paged(Turn turn, int limit, boolean newestFirst) {
        List<Item> read = new ArrayList<>();
        Page<Item> page;
        do {
            Optional<ItemId> after = read.isEmpty()
                    ? Optional.empty()
                    : Optional.of(read.getLast().id());
            page = page(turn, after, limit, newestFirst);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit).isNotEmpty();
            read.addAll(page.items());
        } while (page.hasMore());
        return read;
    }

    private Page<Item> page(Turn turn, Optional<ItemId> after, int limit, boolean newestFirst) {
        return app.readResponses().input(Owner.SOLE, turn.id(), new ItemSlice(after, limit, newestFirst));
    }
}
