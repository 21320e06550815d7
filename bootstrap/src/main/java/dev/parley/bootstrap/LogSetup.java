package dev.parley.bootstrap;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * What is logged, and where to: lines on the standard output. Written out here, because Logback's own way through XML and
 * patterns takes several times as long, before anything else can begin. It has no rank among configurators, being the only
 * one: to read the annotation would have the JVM make a class for it.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {

    /** Logback's own setting, with which an operator can have all of it otherwise. */
    private static final String CONFIGURED_BY_FILE = "logback.configurationFile";

    @Override
    public ExecutionStatus configure(LoggerContext logging) {
        if (System.getProperty(CONFIGURED_BY_FILE) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        LogLine line = new LogLine();
        line.setContext(logging);
        line.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(logging);
        encoder.setLayout(line);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(logging);
        console.setName("console");
        console.setEncoder(encoder);
        console.start();
        Logger root = logging.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(console);
        // Libraries speak up when something is wrong; what is in order, Parley says in its own lines.
        logging.getLogger("com.zaxxer.hikari").setLevel(Level.WARN);
        logging.getLogger("org.flywaydb").setLevel(Level.ERROR);
        // What is wrong with a document is told to whoever sent it, and would be told here line by line.
        for (String reader :
                new String[] {"org.apache.pdfbox", "org.apache.fontbox", "org.apache.poi", "org.apache.tika"}) {
            logging.getLogger(reader).setLevel(Level.OFF);
        }
        logging.getLogger("com.github.kagkarlsson").setLevel(Level.WARN);
        logging.getLogger("io.modelcontextprotocol").setLevel(Level.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
