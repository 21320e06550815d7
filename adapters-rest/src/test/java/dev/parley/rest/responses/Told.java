package dev.parley.rest.responses;

import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.StepKind;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.TurnFixture;
import dev.parley.domain.turn.TurnPlay;
import dev.parley.rest.error.Problem;
import dev.parley.rest.sse.FrameBuffer;
import dev.parley.rest.sse.Frames;
import dev.parley.rest.sse.TurnEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What happens to a turn and what its reader is told meanwhile, written down for tests. */
final class Told {

    static final ItemJson ITEMS = new ItemJson((context, text) -> "sealed(" + context + ": " + text + ")");
    static final ResponseJson RESPONSES = new ResponseJson(ITEMS);

    private final List<TurnEvent> events = new ArrayList<>();
    private TurnPlay play;

    private Told(Turn begun) {
        play = TurnPlay.of(begun);
        events.add(new TurnEvent.TurnStarted(begun));
    }

    static Told of(Turn begun) {
        return new Told(begun);
    }

    /** The model or a tool begins, and tells these pieces. */
    Told tells(StepKind kind, Delta... deltas) {
        StepId step = play.turn().nextStepId();
        events.add(new TurnEvent.StepStarted(step, kind, Optional.empty()));
        for (Delta delta : deltas) {
            events.add(new TurnEvent.StepProgressed(step, kind, delta));
        }
        return this;
    }

    /** The model begins, and tells these pieces. */
    Told tells(Delta... deltas) {
        return tells(StepKind.INFERENCE, deltas);
    }

    /** Something happens to the turn, and its reader is told the facts. */
    Told then(UnaryOperator<TurnPlay> happens) {
        Turn before = play.turn();
        play = happens.apply(play);
        events.addAll(play.turn().factsSince(before));
        return this;
    }

    Told isPickedUp() {
        return then(queued -> queued.sees(new Observation.PickedUp(TurnFixture.after(queued.turn()))));
    }

    /** Whoever ran the turn was lost. */
    Told isAbandoned() {
        return then(TurnPlay::losesAStep);
    }

    Turn turn() {
        return play.turn();
    }

    List<TurnEvent> events() {
        return List.copyOf(events);
    }

    String sse(String... include) {
        return sse(-1, include);
    }

    String sse(long startingAfter, String... include) {
        return sse(encoder(startingAfter, include), events);
    }

    static TurnEncoder encoder(long startingAfter, String... include) {
        return new ResponsesProjector(ITEMS, RESPONSES).forStream(Includes.of(Set.of(include)), false, startingAfter);
    }

    static String sse(TurnEncoder encoder, List<TurnEvent> events) {
        FrameBuffer out = new FrameBuffer();
        events.forEach(event -> encoder.encode(event, out));
        return Frames.text(out);
    }

    /** What is told when the stream itself has to say that it broke off. */
    String sseUntil(Problem problem) {
        TurnEncoder encoder = encoder(-1);
        FrameBuffer out = new FrameBuffer();
        events.forEach(event -> encoder.encode(event, out));
        encoder.encodeFailure(problem, out);
        return Frames.text(out);
    }
}
