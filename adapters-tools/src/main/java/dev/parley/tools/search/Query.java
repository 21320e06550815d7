package dev.parley.tools.search;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is searched for.
 *
 * @param most how many pages are wanted
 * @param thorough whether a search may cost more than usual
 * @param domains of which, or below which, the pages are to be; empty for all
 * @param place where the user is: some of {@code country}, {@code region}, {@code city} and {@code timezone}
 */
record Query(String text, int most, boolean thorough, List<String> domains, Map<String, String> place) {

    Query {
        requireNonNull(text, "text");
        domains = List.copyOf(domains);
        place = Map.copyOf(place);
    }

    /** The text with the domains in it, as search engines understand them. */
    String withDomains() {
        return domains.isEmpty()
                ? text
                : text
                        + domains.stream()
                                .map(domain -> "site:" + domain)
                                .collect(Collectors.joining(" OR ", " (", ")"));
    }

    /** Whether a page is of one of the domains. */
    boolean allows(String url) {
        if (domains.isEmpty()) {
            return true;
        }
        try {
            String host = URI.create(url).getHost();
            return host != null
                    && domains.stream()
                            .anyMatch(domain -> ('.' + host.toLowerCase(Locale.ROOT)).endsWith('.' + domain));
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}
