package dev.parley.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.application.port.Models;
import io.micronaut.context.ApplicationContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What happens at the start. */
class InferenceFactoryTest {

    @Test
    void withoutAnyProviderTheScriptAnswersAndTheLogSaysSoOnce() {
        List<String> lines = logOf(Map.of());

        assertThat(lines).singleElement().asString().contains("no model is configured", "OPENAI_BASE_URL");
    }

    @Test
    void withAProviderTheLogSaysWhereModelsComeFromAndNoSecret() {
        List<String> lines = logOf(Map.of("openai.api-key", "sk-hidden"));

        assertThat(lines).singleElement().asString().contains("[openai]").doesNotContain("hidden");
    }

    @Test
    void aMistakeStopsTheStart() {
        Throwable mistake = catchThrowable(() -> logOf(Map.of("parley.inference.providers.x.type", "magic")));

        assertThat(mistake).hasMessageContaining("parley.inference.providers.x.type: must be one of");
    }

    private static List<String> logOf(Map<String, Object> properties) {
        Logger logger = (Logger) LoggerFactory.getLogger(InferenceFactory.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try (ApplicationContext context = ApplicationContext.builder()
                .environmentPropertySource(false)
                .banner(false)
                .properties(properties)
                .start()) {
            assertThat(context.getBean(Models.class)).isNotNull();
            return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        } finally {
            logger.detachAppender(lines);
        }
    }
}
