package dev.parley.persistence;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Hears which statements the rows' repositories send, of all processes of this JVM. */
final class Statements implements AutoCloseable {

    private final Logger log = (Logger) LoggerFactory.getLogger("io.micronaut.data.query");
    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

    private Statements() {
        heard.start();
        log.addAppender(heard);
        log.setLevel(Level.DEBUG);
        log.setAdditive(false);
    }

    /** Hears those from now on, until it is closed. */
    static Statements listen() {
        return new Statements();
    }

    List<String> heard() {
        return heard.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Override
    public void close() {
        log.setLevel(null);
        log.setAdditive(true);
        log.detachAppender(heard);
    }
}
