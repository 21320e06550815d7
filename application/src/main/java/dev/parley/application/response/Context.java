package dev.parley.application.response;

import dev.parley.application.port.Conversations;
import dev.parley.application.port.Turns;
import dev.parley.application.turn.History;
import dev.parley.application.turn.TurnSettings;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.Item;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnItems;
import dev.parley.domain.turn.TurnState;
import java.util.List;
import java.util.Optional;

/** Finds what came before a response. */
public final class Context {

    private static final int MOST_ITEMS = 20_000;

    private final Turns turns;
    private final Conversations conversations;
    private final TurnSettings settings;

    public Context(Turns turns, Conversations conversations, TurnSettings settings) {
        this.turns = turns;
        this.conversations = conversations;
        this.settings = settings;
    }

    /**
     * What came before a turn.
     *
     * @param origin where the turn is to begin
     * @param items all that came before and still counts, oldest first
     * @param history the same, for whoever drives the turn
     */
    record Before(Origin origin, List<Item> items, History history) {}

    /**
     * What a new turn is to begin after. Blocks on the store.
     *
     * @throws Refusal when that does not exist, or is not at rest
     */
    Before of(Owner owner, Origin wanted) {
        return switch (wanted) {
            case Origin.InSession _ ->
                throw new IllegalArgumentException("a response goes on in a session after the last of its turns");
            case Origin.AfterTurn(Optional<TurnId> previous) ->
                previous.map(id -> after(owner, id)).orElseGet(() -> ofTurns(wanted, List.of()));
            case Origin.InConversation(ConversationId conversation) -> {
                if (conversations.find(owner, conversation).isEmpty()) {
                    throw noConversation(conversation);
                }
                List<Item> items = conversations.window(owner, conversation, MOST_ITEMS);
                yield new Before(wanted, items, History.ofItems(() -> items));
            }
        };
    }

    /**
     * The same for a client who stays connected: what it is remembered to have been told need not be stored.
     *
     * @throws Refusal when what it names does not exist, or is not at rest
     */
    Before of(Owner owner, Origin wanted, RecentResponses recent) {
        return remembered(wanted, recent)
                .map(items -> new Before(wanted, items, History.ofItems(() -> items)))
                .orElseGet(() -> of(owner, wanted));
    }

    /** All that came before, where the client is remembered to have been told it. */
    static Optional<List<Item>> remembered(Origin wanted, RecentResponses recent) {
        return wanted instanceof Origin.AfterTurn(Optional<TurnId> previous)
                ? previous.flatMap(recent::upTo)
                : Optional.empty();
    }

    /** What came before a turn that has begun, for whoever drives it; the store is not asked before something is to see it. */
    History historyOf(Owner owner, Turn turn) {
        return switch (turn.origin()) {
            case Origin.InConversation(ConversationId conversation) ->
                History.ofItems(() -> conversations.windowBefore(owner, conversation, turn.id(), MOST_ITEMS));
            case Origin.InSession _, Origin.AfterTurn _ -> History.ofTurns(() -> turnsBefore(owner, turn));
        };
    }

    private List<Turn> turnsBefore(Owner owner, Turn turn) {
        List<Turn> line = turns.lineage(owner, turn.id(), settings.historyTurns() + 1);
        return line.isEmpty() ? line : line.subList(0, line.size() - 1);
    }

    private Before after(Owner owner, TurnId previous) {
        List<Turn> line = turns.lineage(owner, previous, settings.historyTurns());
        if (line.isEmpty()) {
            throw noPrevious(previous);
        }
        Turn last = line.getLast();
        if (!last.isAtRest()) {
            throw Refusal.invalid(
                    "previous_response_id",
                    "Previous response with id '%s' is still in progress; wait until it ends."
                            .formatted(ResponseId.of(previous)));
        }
        return ofTurns(origin(owner, last), line);
    }

    /** What follows the last turn of a session is the session's next turn, so that both interfaces see one history. */
    private Origin origin(Owner owner, Turn previous) {
        return previous.origin() instanceof Origin.InSession(SessionId session)
                        && !(previous.state() instanceof TurnState.AwaitingInput)
                        && turns.isLast(owner, session, previous.id())
                ? new Origin.InSession(session)
                : new Origin.AfterTurn(Optional.of(previous.id()));
    }

    private static Before ofTurns(Origin origin, List<Turn> line) {
        return new Before(origin, itemsOf(line), History.ofTurns(() -> line));
    }

    private static List<Item> itemsOf(List<Turn> line) {
        return line.stream().flatMap(turn -> TurnItems.of(turn).stream()).toList();
    }

    static Refusal noPrevious(TurnId previous) {
        return Refusal.invalid(
                        "previous_response_id",
                        "Previous response with id '%s' not found.".formatted(ResponseId.of(previous)))
                .because(Refusal.Reason.PREVIOUS_RESPONSE_NOT_FOUND);
    }

    static Refusal noConversation(ConversationId conversation) {
        return Refusal.of(
                Refusal.Code.NOT_FOUND, "Conversation with id '%s' not found.".formatted(conversation), "conversation");
    }
}
