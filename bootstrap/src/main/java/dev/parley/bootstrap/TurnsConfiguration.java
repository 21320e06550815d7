package dev.parley.bootstrap;

import dev.parley.application.turn.TurnSettings;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How turns behave ({@code parley.turns.*}).
 *
 * @param busyWait how long a request waits for the running turn of its session before it gets 409
 * @param historyTurns how many earlier turns of the session the model is shown
 * @param stopGrace how long running turns may go on when the server is told to stop
 */
@ConfigurationProperties("parley.turns")
record TurnsConfiguration(
        @Bindable(defaultValue = "30s") Duration busyWait,
        @Bindable(defaultValue = "1000") int historyTurns,
        @Bindable(defaultValue = "20s") Duration stopGrace) {

    TurnSettings settings() {
        return new TurnSettings(busyWait, historyTurns);
    }
}
