package dev.parley.application.response;

import dev.parley.application.port.EventLog;
import dev.parley.domain.Owner;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.TurnState;
import java.util.ArrayList;
import java.util.List;

/**
 * What a log tells of a turn beside what the turn itself says.
 *
 * @param last the place of the log's last event
 * @param told how many completed steps the log tells of
 * @param midStep whether it has begun to tell of a step after those
 * @param untold what is missing in the log before the turn can go on, or to be told that it rests
 */
record LoggedTurn(long last, int told, boolean midStep, List<TurnEvent> untold) {

    LoggedTurn {
        untold = List.copyOf(untold);
    }

    /** Reads the log back to the last step that it tells of, and no further. Blocks on the store. */
    static LoggedTurn read(EventLog log, Owner owner, Turn turn) {
        Tail tail = new Tail();
        List<EventLog.Placed> page;
        do {
            page = log.readBack(owner, turn.id(), tail.first);
        } while (!tail.reads(page));
        List<TurnEvent> untold = new ArrayList<>();
        if (turn.state() instanceof TurnState.Running && !tail.pickedUp) {
            untold.add(new TurnEvent.TurnPickedUp(turn));
        }
        for (int step = tail.told; step < turn.steps().size(); step++) {
            untold.add(new TurnEvent.StepCompleted(
                    turn.id(), StepId.of(turn.id(), step), turn.steps().get(step)));
        }
        if (turn.isAtRest() && !tail.rested) {
            untold.add(new TurnEvent.TurnRested(turn));
        }
        return new LoggedTurn(tail.last, tail.told, tail.inStep, untold);
    }

    /** What the end of a log tells, read from the end on. */
    private static final class Tail {

        private long first = Long.MAX_VALUE;
        private long last;
        private int told;
        private boolean inStep;
        private boolean pickedUp;
        private boolean rested;

        /** Whether no more need be read: a turn is picked up before all its steps, and each step is told in its turn. */
        boolean reads(List<EventLog.Placed> page) {
            for (EventLog.Placed placed : page) {
                first = placed.place();
                last = Math.max(last, placed.place());
                switch (placed.entry()) {
                    case EventLog.Entry.Rested _ -> rested = true;
                    case EventLog.Entry.Progress _ -> {
                        inStep = true;
                        pickedUp = true;
                    }
                    case EventLog.Entry.Completed(int step) -> {
                        told = step + 1;
                        pickedUp = true;
                        return true;
                    }
                    case EventLog.Entry.PickedUp _ -> {
                        pickedUp = true;
                        return true;
                    }
                    case EventLog.Entry.Started _ -> {
                        // the turn says so itself
                    }
                }
            }
            return page.isEmpty();
        }
    }
}
