package dev.parley.persistence;

import dev.parley.domain.turn.TurnState;

/** The states of turns as the database has them in a column, where SQL decides by them. */
final class StateName {

    private StateName() {}

    static String of(TurnState state) {
        return switch (state) {
            case TurnState.Queued _ -> "queued";
            case TurnState.Running _ -> "running";
            case TurnState.AwaitingInput _ -> "awaiting_input";
            case TurnState.Completed _ -> "completed";
            case TurnState.Failed _ -> "failed";
            case TurnState.Cancelled _ -> "cancelled";
        };
    }
}
