package dev.parley.application.response;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.BackgroundRuns;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Ids;
import dev.parley.application.port.RequestKey;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.TurnJournal.Beginning;
import dev.parley.application.port.TurnSink;
import dev.parley.application.turn.History;
import dev.parley.application.turn.RunningTurns;
import dev.parley.application.turn.TurnRunner;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.Item;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.turn.Approvals;
import dev.parley.domain.turn.ItemRules;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnInput;
import dev.parley.domain.turn.TurnSpec;
import dev.parley.domain.turn.TurnState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins a response and drives it until it rests, or has it driven in the background (responses-api 1 and 6.3). */
public final class CreateResponse {

    private static final Logger LOG = LoggerFactory.getLogger(CreateResponse.class);

    /**
     * @param id what the turn is to be called, from {@link CreateResponse#newId}: the ids of its items follow from it
     * @param spec with the client's own tools and terms
     * @param hosted the tools that this server is to run, as the client declared them
     * @param origin what it is to begin after
     * @param metadata the client's own
     * @param request the client's own name for this request
     */
    public record Command(
            TurnId id,
            TurnSpec spec,
            List<HostedTool> hosted,
            Origin origin,
            List<InputItem> input,
            Map<String, String> metadata,
            Optional<RequestKey> request) {
        public Command {
            requireNonNull(id, "id");
            requireNonNull(spec, "spec");
            hosted = List.copyOf(hosted);
            requireNonNull(origin, "origin");
            input = List.copyOf(input);
            metadata = Map.copyOf(metadata);
            requireNonNull(request, "request");
        }

        ResponseTerms terms() {
            return spec.terms().orElseThrow();
        }
    }

    private final Context context;
    private final References references;
    private final ResponseSpecs specs;
    private final TurnJournal journal;
    private final TurnRunner runner;
    private final BackgroundRuns runs;
    private final Ids ids;
    private final InstantSource clock;

    public CreateResponse(
            Context context,
            References references,
            ResponseSpecs specs,
            TurnJournal journal,
            TurnRunner runner,
            BackgroundRuns runs,
            Ids ids,
            InstantSource clock) {
        this.context = context;
        this.references = references;
        this.specs = specs;
        this.journal = journal;
        this.runner = runner;
        this.runs = runs;
        this.ids = ids;
        this.clock = clock;
    }

    /** An id for a turn that is to begin. */
    public TurnId newId() {
        return new TurnId(ids.next().toString());
    }

    /**
     * Blocks until the turn rests; of one in the background only until it is queued. A request that was made before under
     * the same name gives the turn that it began then.
     *
     * @return the turn at rest, or queued
     * @throws Refusal when what the command names does not exist, its items do not fit together, the conversation is busy,
     *     or the request's name was used for another request; nothing was begun then
     */
    public Turn create(Owner owner, Command command, TurnSink sink, Cancellation cancellation) {
        return create(owner, command, RecentResponses.none(), sink, cancellation);
    }

    /**
     * The same for a client who stays connected, who can go on after what it was told although it is not stored. One that is to
     * be stored then begins anew with all that came before, because it could not name what is not there.
     *
     * @param recent gets to know a response that is not stored
     */
    public Turn create(Owner owner, Command command, RecentResponses recent, TurnSink sink, Cancellation cancellation) {
        TurnJournal where = command.terms().stored() ? journal : TurnJournal.DROPPING;
        // before all else: what such a request has changed since may keep its repetition from being a request that fits
        Optional<Turn> known = command.request()
                .flatMap(request -> where.begunBefore(owner, command.origin(), request))
                .map(begun -> sameRequest(command, begun));
        return known.map(first -> again(owner, command, first, sink, cancellation))
                .orElseGet(() -> createNew(owner, command, recent, where, sink, cancellation));
    }

    private Turn createNew(
            Owner owner,
            Command command,
            RecentResponses recent,
            TurnJournal where,
            TurnSink sink,
            Cancellation cancellation) {
        Asked asked = ask(owner, command, recent);
        if (command.terms().background()) {
            Turn queued = Turn.queue(command.id(), asked.origin(), asked.spec(), asked.input(), clock.instant());
            return begin(owner, command, queued, where).orElseGet(() -> {
                schedule(owner, queued);
                return queued;
            });
        }
        try (RunningTurns.Run _ = runner.enter(command.id(), cancellation)) {
            Turn turn = Turn.begin(command.id(), asked.origin(), asked.spec(), asked.input(), clock.instant());
            Optional<Turn> first = begin(owner, command, turn, where);
            if (first.isPresent()) {
                return runner.tellAgain(owner, first.get().id(), sink, cancellation);
            }
            sink.emit(new TurnEvent.TurnStarted(turn));
            Turn rested = runner.drive(owner, turn, where, asked.history(), sink, cancellation);
            if (!command.terms().stored() && rested.state() instanceof TurnState.Completed) {
                recent.remember(rested, previous(command), asked.before());
            }
            return rested;
        }
    }

    /** The turn is stored by now, so it will be run, if late. */
    private void schedule(Owner owner, Turn queued) {
        try {
            runs.schedule(owner, queued.id());
        } catch (RuntimeException failure) {
            LOG.warn(
                    "turn {}: could not be scheduled; it runs once it is found to have been forgotten",
                    queued.id(),
                    failure);
        }
    }

    /** The turn that the same request has begun before. */
    private Turn again(Owner owner, Command command, Turn first, TurnSink sink, Cancellation cancellation) {
        if (command.terms().background()) {
            return first;
        }
        try (RunningTurns.Run _ = runner.enter(command.id(), cancellation)) {
            return runner.tellAgain(owner, first.id(), sink, cancellation);
        }
    }

    /**
     * Takes what a response is to begin with, and lets no model see it: a client who stays connected then goes on after it.
     * Nothing is stored. Blocks on the store.
     *
     * @return a turn at rest, of which the sink was told
     * @throws Refusal when the command would be refused otherwise, too
     */
    public Turn takeNote(Owner owner, Command command, RecentResponses recent, TurnSink sink) {
        Asked asked = ask(owner, command, recent);
        try (RunningTurns.Run _ = runner.enter(command.id(), new Cancellation())) {
            Turn begun = Turn.begin(command.id(), command.origin(), asked.spec(), asked.input(), clock.instant());
            sink.emit(new TurnEvent.TurnStarted(begun));
            Turn noted = begun.restUnanswered(begun.later(clock.instant()));
            recent.remember(noted, previous(command), asked.before());
            noted.factsSince(begun).forEach(sink::emit);
            sink.flush();
            return noted;
        }
    }

    /**
     * What a turn is to begin with.
     *
     * @param before all that came before, but for what the input has of it
     */
    private record Asked(Origin origin, List<Item> before, History history, TurnSpec spec, TurnInput input) {}

    private Asked ask(Owner owner, Command command, RecentResponses recent) {
        Context.Before before = context.of(owner, command.origin(), recent);
        List<Item> given = references.resolve(owner, command.input());
        ItemRules.check(before.items(), given);
        List<Item> items = Approvals.resolved(before.items(), given);
        TurnSpec spec = specs.of(owner, command, before.items(), items);
        if (command.terms().stored()
                && Context.remembered(command.origin(), recent).isPresent()) {
            List<Item> all = new ArrayList<>(before.items());
            all.addAll(items);
            return new Asked(
                    new Origin.AfterTurn(Optional.empty()),
                    List.of(),
                    History.ofItems(List::of),
                    spec,
                    new TurnInput.Items(all, command.metadata()));
        }
        return new Asked(
                before.origin(),
                before.items(),
                before.history(),
                spec,
                new TurnInput.Items(items, command.metadata()));
    }

    private static Optional<TurnId> previous(Command command) {
        return command.origin() instanceof Origin.AfterTurn(Optional<TurnId> previous) ? previous : Optional.empty();
    }

    /** Begins the turn; gives another one when the same request has begun that before. */
    private Optional<Turn> begin(Owner owner, Command command, Turn turn, TurnJournal where) {
        return switch (where.begin(owner, turn, command.request())) {
            case Beginning.Begun _ -> Optional.empty();
            case Beginning.AlreadyBegun begun -> Optional.of(sameRequest(command, begun));
            case Beginning.OriginBusy _ -> throw busy(command.origin());
            case Beginning.NoOrigin _ -> throw gone(command.origin());
        };
    }

    private static Turn sameRequest(Command command, Beginning.AlreadyBegun begun) {
        if (!command.request().equals(Optional.of(begun.request()))) {
            throw Refusal.of(
                    Refusal.Code.CONFLICT,
                    "The idempotency key '%s' was used for another request; use a new key"
                            .formatted(begun.request().key()));
        }
        return begun.turn();
    }

    private static Refusal busy(Origin origin) {
        return switch (origin) {
            case Origin.InConversation _, Origin.InSession _ ->
                Refusal.of(
                                Refusal.Code.BUSY,
                                "Another process is currently operating on this conversation. Please retry in a few"
                                        + " seconds.",
                                "conversation")
                        .because(Refusal.Reason.CONVERSATION_LOCKED);
            case Origin.AfterTurn(Optional<TurnId> previous) ->
                Refusal.invalid(
                        "previous_response_id",
                        "Previous response with id '%s' is still in progress; wait until it ends."
                                .formatted(previous.map(ResponseId::of).orElse("")));
        };
    }

    private static Refusal gone(Origin origin) {
        return switch (origin) {
            case Origin.InConversation(ConversationId conversation) -> Context.noConversation(conversation);
            case Origin.AfterTurn(Optional<TurnId> previous)
            when previous.isPresent() -> Context.noPrevious(previous.get());
            case Origin.AfterTurn _, Origin.InSession _ ->
                Refusal.of(Refusal.Code.NOT_FOUND, "The session of the previous response was deleted");
        };
    }
}
