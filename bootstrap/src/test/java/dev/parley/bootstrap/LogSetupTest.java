package dev.parley.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogSetupTest {

    private final LoggerContext logging = new LoggerContext();

    private Logger logger(Class<?> type) {
        LogSetup setup = new LogSetup();
        setup.setContext(logging);
        assertThat(setup.configure(logging)).isEqualTo(Configurator.ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
        return logging.getLogger(type);
    }

    @Test
    void parleySaysWhatItDoes() {
        assertThat(logger(Parley.class).isInfoEnabled()).isTrue();
        assertThat(logger(Parley.class).isDebugEnabled()).isFalse();
    }

    /** What is in order, Parley says in its own lines. */
    @ParameterizedTest
    @ValueSource(classes = {Scheduler.class, HikariDataSource.class, Flyway.class})
    void librariesSpeakUpOnlyWhenSomethingIsWrong(Class<?> library) {
        assertThat(logger(library).isInfoEnabled()).isFalse();
        assertThat(logger(library).isErrorEnabled()).isTrue();
    }
}
