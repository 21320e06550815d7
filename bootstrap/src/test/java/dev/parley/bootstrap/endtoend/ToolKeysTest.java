package dev.parley.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.parley.tools.testing.ScriptedMcp;
import dev.parley.tools.testing.ScriptedServer.Request;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The keys that a request brings for its tools arrive at the server of tools, and are kept nowhere else. */
class ToolKeysTest {

    private static final String GROUP = "mcp::locked";
    private static final String SECRET = "k3ykeptnowhere";

    private static final Logger PRODUCT = (Logger) LoggerFactory.getLogger("dev.parley");

    private final ScriptedMcp tools = new ScriptedMcp();
    private final ServerWithRealTools parley = new ServerWithRealTools(Map.of(), tools.port());
    private final Map<String, String> keys = Map.of(
            "X-LlamaStack-Provider-Data",
            Json.write(Map.of("mcp_headers", Map.of(tools.url(), Map.of("Authorization", "Bearer " + SECRET)))));
    private final Log log = new Log();

    @BeforeEach
    void listen() {
        log.listen();
    }

    @AfterEach
    void stop() {
        log.stopListening();
        parley.close();
        tools.close();
    }

    @Test
    void arriveWithARequestToRegisterOrInvoke() throws SQLException {
        String registered = parley.register(GROUP, tools.url(), keys).body();
        assertThat(authorizations()).isNotEmpty().containsOnly("Bearer " + SECRET);

        String invoked = parley.invoke("echo", Map.of("text", "Hi"), keys).toString();
        assertThat(invoked).contains("echoed");
        assertThat(tools.count("tools/call")).isOne();
        assertThat(authorizations()).containsOnly("Bearer " + SECRET);

        assertThat(registered + invoked + Http.get(parley.at("/v1/toolgroups")).body())
                .doesNotContain(SECRET);
        assertNotKept(GROUP);
    }

    @Test
    void arriveWithATurnAndAreGoneAfterIt() throws SQLException {
        Http.json(parley.register(GROUP, tools.url(), keys));
        Conversation conversation = parley.converse(GROUP);
        String text = "Knock #call=echo {\"text\":\"Hi\"}";

        String turn = Http.json(conversation.post(text, keys)).toString();

        assertThat(turn).contains("The tool says: echoed").doesNotContain(SECRET);
        assertThat(tools.count("tools/call")).isOne();
        assertThat(authorizations()).containsOnly("Bearer " + SECRET);
        assertThat(parley.model().requests("Knock"))
                .isNotEmpty()
                .allSatisfy(request ->
                        assertThat(request.headers() + request.body()).doesNotContain(SECRET));
        assertThat(conversation.turns().toString()).contains("echoed").doesNotContain(SECRET);
        assertNotKept("Knock");

        int before = tools.server().requests().size();
        conversation.post(text);
        assertThat(tools.count("tools/call")).isEqualTo(2);
        assertThat(authorizations().subList(before, authorizations().size()))
                .as("nobody remembers them")
                .isNotEmpty()
                .containsOnly("");
    }

    @Test
    void areNotSaidWhereTheyAreRefused() throws SQLException {
        Http.json(parley.register(GROUP, tools.url()));
        tools.trick("initialize", (_, _, answer) -> answer.send(401, "text/plain", "no entry with " + SECRET));
        tools.trick("tools/call", (_, _, answer) -> answer.send(401, "text/plain", "no entry with " + SECRET));

        Json invoked = parley.invoke("echo", Map.of("text", "Hi"), keys);

        assertThat(invoked.text("error_message")).contains("401");
        assertThat(invoked.toString()).doesNotContain(SECRET);
        assertThat(authorizations()).contains("Bearer " + SECRET);
        assertNotKept(GROUP);
    }

    private List<String> authorizations() {
        return tools.server().requests().stream()
                .filter(request -> !request.method().equals("DELETE"))
                .map((Request request) -> request.header("authorization"))
                .toList();
    }

    /** @param kept is found where the keys are looked for */
    private void assertNotKept(String kept) throws SQLException {
        assertThat(tablesWith(kept)).isNotEmpty();
        assertThat(tablesWith(SECRET)).isEmpty();
        PRODUCT.trace("the end");
        assertThat(log.lines)
                .anySatisfy(line -> assertThat(line).contains("the end"))
                .allSatisfy(line -> assertThat(line).doesNotContain(SECRET));
    }

    private List<String> tablesWith(String text) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = parley.database().connect();
                PreparedStatement search = connection.prepareStatement("""
                    select tablename from pg_tables
                    where schemaname = current_schema
                    and query_to_xml(format('select t::text from %I t', tablename), true, false, '')::text like '%' || ? || '%'
                    """)) {
            search.setString(1, text);
            try (ResultSet found = search.executeQuery()) {
                while (found.next()) {
                    tables.add(found.getString(1));
                }
            }
        }
        return tables;
    }

    /** Whatever the product says, at its most talkative. */
    private static final class Log extends AppenderBase<ILoggingEvent> {

        private final Logger all = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        void listen() {
            setContext((LoggerContext) LoggerFactory.getILoggerFactory());
            start();
            PRODUCT.setLevel(Level.TRACE);
            all.addAppender(this);
        }

        void stopListening() {
            all.detachAppender(this);
            PRODUCT.setLevel(null);
            stop();
        }

        @Override
        protected void append(ILoggingEvent event) {
            String thrown =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            lines.add("%s %s %s".formatted(event.getFormattedMessage(), event.getMDCPropertyMap(), thrown));
        }
    }
}
