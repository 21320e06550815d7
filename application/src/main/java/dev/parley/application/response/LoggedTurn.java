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

    /** Reads the whole log. Blocks on the store. */
    static LoggedTurn read(EventLog log, Owner owner, Turn turn) {
        long last = 0;
        int told = 0;
        boolean inStep = false;
        boolean pickedUp = false;
        boolean rested = false;
        for (List<EventLog.Placed> page = log.read(owner, turn.id(), 0);
                !page.isEmpty();
                page = log.read(owner, turn.id(), last)) {
            for (EventLog.Placed placed : page) {
                last = placed.place();
                switch (placed.entry()) {
                    case EventLog.Entry.Progress _ -> inStep = true;
                    case EventLog.Entry.Completed(int step) -> {
                        told = step + 1;
                        inStep = false;
                    }
                    case EventLog.Entry.Rested _ -> rested = true;
                    case EventLog.Entry.PickedUp _ -> pickedUp = true;
                    case EventLog.Entry.Started _ -> {
                        // the turn says so itself
                    }
                }
            }
        }
        List<TurnEvent> untold = new ArrayList<>();
        if (turn.state() instanceof TurnState.Running && !pickedUp) {
            untold.add(new TurnEvent.TurnPickedUp(turn));
        }
        for (int step = told; step < turn.steps().size(); step++) {
            untold.add(new TurnEvent.StepCompleted(
                    turn.id(), StepId.of(turn.id(), step), turn.steps().get(step)));
        }
        if (turn.isAtRest() && !rested) {
            untold.add(new TurnEvent.TurnRested(turn));
        }
        return new LoggedTurn(last, told, inStep, untold);
    }
}
