package dev.parley.application.port;

import dev.parley.domain.turn.TurnEvent;

/** Whoever reads a turn while it runs. Called by one thread at a time. */
public interface TurnSink {

    /** Reads nothing: for a caller who only wants the turn. */
    TurnSink DISCARDING = new TurnSink() {
        @Override
        public void emit(TurnEvent event) {}

        @Override
        public void flush() {}
    };

    /** Takes an event; blocks while the reader is behind. Does nothing when the reader has left. */
    void emit(TurnEvent event);

    /** Sends what was taken on its way. */
    void flush();
}
