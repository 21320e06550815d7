package dev.parley.rest.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SocketSettingsTest {

    @Test
    void everyKeyHasADefault() {
        try (ApplicationContext context = ApplicationContext.run()) {
            assertThat(context.getBean(SocketSettings.class)).isEqualTo(new SocketSettings(Duration.ofMinutes(60)));
        }
    }

    @Test
    void aMistakeIsToldByTheNameOfTheKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SocketSettings(Duration.ZERO))
                .withMessageContaining("parley.http.socket.time-limit");
    }
}
