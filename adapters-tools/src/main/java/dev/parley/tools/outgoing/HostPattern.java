package dev.parley.tools.outgoing;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Some hosts, as an operator names them: {@code example.com}, {@code *.example.com} for all below it, either with a port.
 *
 * @param below whether the names below it are meant, and not the name itself
 * @param port the one that is meant; empty for those that are allowed anyway
 */
record HostPattern(String name, boolean below, Optional<Integer> port) {

    private static final Pattern SYNTAX = Pattern.compile("(\\*\\.)?(\\[[0-9a-f:.]+]|[a-z0-9_.-]+)(?::(\\d{1,5}))?");

    HostPattern {
        requireNonNull(name, "name");
        requireNonNull(port, "port");
    }

    /** @throws IllegalArgumentException when it is none */
    static HostPattern parse(String text) {
        var parts = SYNTAX.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no host such as example.com, *.example.com or example.com:8443".formatted(text));
        }
        return new HostPattern(
                parts.group(2).replaceAll("[\\[\\]]", ""),
                parts.group(1) != null,
                Optional.ofNullable(parts.group(3)).map(Integer::parseInt));
    }

    /** Whether the host is one of them, whatever the port. */
    boolean names(Target target) {
        return below ? target.host().endsWith('.' + name) : target.host().equals(name);
    }

    /** Whether the host is one of them and its port is the one that is named. */
    boolean namesWithPort(Target target) {
        return names(target) && port.map(it -> it == target.port()).orElse(false);
    }

    /** Whether it is meant: the port counts where one is named. */
    boolean means(Target target) {
        return names(target) && port.map(it -> it == target.port()).orElse(true);
    }
}
