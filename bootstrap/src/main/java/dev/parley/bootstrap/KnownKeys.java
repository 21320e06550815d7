package dev.parley.bootstrap;

import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.exceptions.ConfigurationException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Every configuration key that begins with {@code parley}. A key that is not here is a mistake, most often in its
 * spelling, and stops the start: a setting that is silently not in force is found out at the worst time.
 */
final class KnownKeys {

    /** A star stands for names that the operator chooses and keys below them, which whoever reads them checks. */
    static final List<String> ALL = List.of(
            "parley.host",
            "parley.port",
            "parley.data-dir",
            "parley.database.url",
            "parley.database.user",
            "parley.database.password",
            "parley.database.pool-size",
            "parley.database.connection-timeout",
            "parley.agents.emit-turn-start",
            "parley.http.max-body-size",
            "parley.http.socket.time-limit",
            "parley.http.stream.heartbeat",
            "parley.http.stream.max-pending",
            "parley.http.stream.stall-timeout",
            "parley.turns.busy-wait",
            "parley.turns.history-turns",
            "parley.turns.stop-grace",
            "parley.replica.heartbeat",
            "parley.replica.dead-after",
            "parley.replica.alone",
            "parley.background.max-runs",
            "parley.responses.seal-key",
            "parley.retrieval.exact-search-limit",
            "parley.retrieval.keyword-language",
            "parley.retrieval.max-file-size",
            "parley.retrieval.pgvector",
            "parley.retrieval.readers",
            "parley.retrieval.sweep-interval",
            "parley.retrieval.vector-cache-size",
            "parley.safety.check-by",
            "parley.safety.check-size",
            "parley.shields.*.id",
            "parley.shields.*.provider",
            "parley.shields.*.model",
            "parley.shields.*.words",
            "parley.shields.*.patterns",
            "parley.shields.*.excluded-categories",
            "parley.shields.*.level",
            "parley.shields.*.message",
            "parley.tools.call-timeout",
            "parley.tools.max-result-size",
            "parley.tools.max-calls-per-turn",
            "parley.tools.max-parallel-calls",
            "parley.tools.groups.*",
            "parley.retrieval.documents.max-characters",
            "parley.retrieval.documents.max-unpacked",
            "parley.retrieval.documents.timeout",
            "parley.retrieval.documents.max-parallel",
            "parley.embeddings.default",
            "parley.embeddings.in-process.enabled",
            "parley.embeddings.in-process.threads",
            "parley.embeddings.models.*.provider",
            "parley.embeddings.models.*.model",
            "parley.embeddings.models.*.dimension",
            "parley.embeddings.models.*.max-tokens",
            "parley.embeddings.models.*.query-prefix",
            "parley.embeddings.models.*.document-prefix",
            "parley.outgoing.allowed-hosts",
            "parley.outgoing.denied-hosts",
            "parley.outgoing.allowed-ports",
            "parley.outgoing.allow-private",
            "parley.outgoing.allowed-networks",
            "parley.outgoing.proxy",
            "parley.outgoing.limits.max-size",
            "parley.outgoing.limits.max-redirects",
            "parley.outgoing.limits.connect-timeout",
            "parley.outgoing.limits.timeout",
            "parley.mcp.connect-timeout",
            "parley.mcp.call-timeout",
            "parley.mcp.list-ttl",
            "parley.mcp.idle-timeout",
            "parley.mcp.max-connections",
            "parley.mcp.max-message-size",
            "parley.mcp.servers.*.url",
            "parley.mcp.servers.*.command",
            "parley.mcp.servers.*.args",
            "parley.mcp.servers.*.env.*",
            "parley.mcp.servers.*.transport",
            "parley.mcp.servers.*.headers.*",
            "parley.web-search.provider",
            "parley.web-search.url",
            "parley.web-search.api-key",
            "parley.web-search.max-results",
            "parley.web-search.timeout",
            "parley.inference.*");

    private static final List<Pattern> PATTERNS =
            ALL.stream().map(KnownKeys::pattern).toList();

    /** What Kubernetes puts into the environment of every pod beside a service called parley; nobody's mistake. */
    private static final Pattern SERVICE_LINKS = Pattern.compile("parley_(service_.+|port_\\d+_.+)");

    private KnownKeys() {}

    /** @throws ConfigurationException naming the first key that nobody knows and where it was set */
    static void check(Environment environment) {
        for (PropertySource source : environment.getPropertySources()) {
            for (String key : source) {
                if (isOurs(key)
                        && PATTERNS.stream()
                                .noneMatch(known -> known.matcher(plain(key)).matches())) {
                    throw new ConfigurationException(
                            "The configuration key %s (set in %s) is not known; remove it or correct its spelling"
                                    .formatted(key, source.getName()));
                }
            }
        }
    }

    private static boolean isOurs(String key) {
        String plain = plain(key);
        return plain.startsWith("parley_") && !SERVICE_LINKS.matcher(plain).matches();
    }

    /** The one spelling that a key has in files, on the command line and in the environment alike. */
    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("\\[\\d+]$", "").replaceAll("[.\\-]", "_");
    }

    private static Pattern pattern(String key) {
        String[] fixed = plain(key).split("\\*", -1);
        StringBuilder regex = new StringBuilder(Pattern.quote(fixed[0]));
        for (int index = 1; index < fixed.length; index++) {
            regex.append(".+").append(Pattern.quote(fixed[index]));
        }
        return Pattern.compile(regex.toString());
    }
}
