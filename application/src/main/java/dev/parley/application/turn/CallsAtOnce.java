package dev.parley.application.turn;

import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Tools;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Effect;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.Period;
import dev.parley.domain.turn.Turn;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Has the calls that this server answers of one message run at the same time, and gives their answers one after another, in
 * the order in which the turn asks for them. Whoever drives the turn knows nothing of it: it asks for one answer at a time,
 * and the later ones are there sooner.
 */
final class CallsAtOnce implements AutoCloseable {

    private final ToolRunner tools;
    private final Caller caller;
    private final Cancellation.Registration calledOff;
    private final Cancellation ended = new Cancellation();
    private final Queue<Running> running = new ArrayDeque<>();

    /** @param cancellation calls off all that runs; what does not heed it is not waited for */
    CallsAtOnce(ToolRunner tools, Caller caller, Cancellation cancellation) {
        this.tools = tools;
        this.caller = caller;
        this.calledOff = cancellation.passTo(ended);
    }

    /**
     * The answer to the call that the turn has to answer next; blocks until it is there. The calls behind it are begun, too.
     *
     * @param progress is told on this thread
     */
    ToolResponse answer(Turn turn, ToolCall call, Tools.Progress progress) {
        if (running.isEmpty()) {
            begin(turn);
        }
        Running next = running.remove();
        if (!next.call.equals(call)) {
            throw new IllegalStateException("call %s was begun in the place of %s".formatted(next.call, call));
        }
        return next.await(progress);
    }

    /**
     * Whether the call that the turn has to answer next was begun. One that was not begun by now is not begun any more, so
     * that it can be run elsewhere.
     */
    boolean hasBegun(ToolCall call) {
        Running next = running.peek();
        return next != null && next.call.equals(call) && !next.withdraw();
    }

    /** Nobody asks for the answers of what still runs. Does not block. */
    @Override
    public void close() {
        calledOff.close();
        ended.request(Cancellation.Reason.CLIENT_LEFT);
    }

    /**
     * Begins each call with the turn as it will be when the call is told: how many came before decides whether it may be run,
     * and what they have answered does not.
     */
    private void begin(Turn turn) {
        Map<String, String> logged = MDC.getCopyOfContextMap();
        ExecutorService threads = Executors.newFixedThreadPool(
                tools.maxParallelCalls(), Thread.ofVirtual().name("tool call").factory());
        Turn then = turn;
        while (then.next() instanceof Effect.RunTools(List<ToolCall> calls)) {
            Running next = new Running(then, calls.getFirst());
            running.add(next);
            threads.execute(() -> next.run(logged));
            then = then.observe(new Observation.ToolRan(
                    next.call,
                    ToolResponse.text(next.call, ""),
                    Period.ending(then.later(Instant.EPOCH), Instant.EPOCH)));
        }
        threads.shutdown();
    }

    /** What the thread that drives the turn is told by the one that runs a call. */
    private sealed interface Told {
        record Progressed(Delta.PartialImage image) implements Told {}

        record Answered(ToolResponse response) implements Told {}

        record Threw(Throwable mistake) implements Told {}
    }

    private final class Running {

        private final Turn turn;
        private final ToolCall call;
        private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

        /** By the thread that begins it, or by the one that wants it not to begin. */
        private final AtomicBoolean taken = new AtomicBoolean();

        Running(Turn turn, ToolCall call) {
            this.turn = turn;
            this.call = call;
        }

        boolean withdraw() {
            return taken.compareAndSet(false, true);
        }

        void run(@Nullable Map<String, String> logged) {
            if (!taken.compareAndSet(false, true)) {
                return;
            }
            if (logged != null) {
                MDC.setContextMap(logged);
            }
            try {
                told.add(new Told.Answered(
                        ended.requested().isPresent()
                                ? ToolRunner.calledOff(call)
                                : tools.answer(
                                        caller, turn, call, image -> told.add(new Told.Progressed(image)), ended)));
            } catch (Throwable mistake) {
                told.add(new Told.Threw(mistake));
            }
        }

        ToolResponse await(Tools.Progress progress) {
            try {
                while (true) {
                    switch (told.take()) {
                        case Told.Progressed(Delta.PartialImage image) -> progress.partialImage(image);
                        case Told.Answered(ToolResponse response) -> {
                            return response;
                        }
                        case Told.Threw(Throwable mistake) ->
                            throw new IllegalStateException(
                                    "answering call %s threw".formatted(call.callId()), mistake);
                    }
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return ToolRunner.calledOff(call);
            }
        }
    }
}
