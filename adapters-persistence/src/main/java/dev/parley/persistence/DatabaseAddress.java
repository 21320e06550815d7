package dev.parley.persistence;

import static java.util.Objects.requireNonNull;

import io.micronaut.context.exceptions.ConfigurationException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a PostgreSQL database is and how to log in there. It never prints more than the place.
 *
 * @param jdbcUrl for the driver, the place alone: whatever else stands in a URL ends up in logs and messages
 * @param user empty leaves it to the driver, which takes the user of this process
 * @param password empty when the server asks for none
 * @param parameters for the driver, under its names
 */
record DatabaseAddress(
        String jdbcUrl, Optional<String> user, Optional<String> password, Map<String, String> parameters) {

    private static final Pattern URL = Pattern.compile(
            "(?:jdbc:)?(?:postgresql|postgres)://(?:(?<login>[^/?]*)@)?(?<place>[^@?]*)(?:\\?(?<parameters>.*))?");

    DatabaseAddress {
        requireNonNull(jdbcUrl, "jdbcUrl");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        parameters = Map.copyOf(parameters);
    }

    /**
     * Reads an address as operators have it: the driver's own ({@code jdbc:postgresql://host/database}) or PostgreSQL's
     * ({@code postgresql://user:password@host/database}), in which reserved characters are percent-encoded.
     *
     * @throws ConfigurationException when it is not the address of a PostgreSQL
     */
    static DatabaseAddress parse(String url) {
        Matcher parts = URL.matcher(url.strip());
        if (!parts.matches()) {
            throw unusable();
        }
        String[] login = Optional.ofNullable(parts.group("login")).orElse("").split(":", 2);
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter :
                Optional.ofNullable(parts.group("parameters")).orElse("").split("&", -1)) {
            String[] pair = parameter.split("=", 2);
            if (pair.length == 2) {
                parameters.put(decoded(pair[0]), decoded(pair[1]));
            }
        }
        Optional<String> user = Optional.ofNullable(parameters.remove("user"));
        Optional<String> password = Optional.ofNullable(parameters.remove("password"));
        return new DatabaseAddress(
                "jdbc:postgresql://" + parts.group("place"),
                user.or(() -> present(login[0])),
                password.or(() -> login.length < 2 ? Optional.empty() : present(login[1])),
                parameters);
    }

    /** The same place, with another login where one is given. */
    DatabaseAddress withLogin(Optional<String> otherUser, Optional<String> otherPassword) {
        return new DatabaseAddress(jdbcUrl, otherUser.or(() -> user), otherPassword.or(() -> password), parameters);
    }

    /** The login and the parameters, as the driver takes them. */
    Properties forDriver() {
        Properties properties = new Properties();
        parameters.forEach(properties::setProperty);
        user.ifPresent(name -> properties.setProperty("user", name));
        password.ifPresent(secret -> properties.setProperty("password", secret));
        return properties;
    }

    private static Optional<String> present(String encoded) {
        return Optional.of(encoded).filter(text -> !text.isEmpty()).map(text -> decoded(text.replace("+", "%2B")));
    }

    private static String decoded(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw unusable();
        }
    }

    /** Says nothing of what was set: a mistake may be right in the password. */
    private static ConfigurationException unusable() {
        return new ConfigurationException(
                "parley.database.url (PARLEY_DATABASE_URL) is not the address of a PostgreSQL database. Write it as"
                    + " jdbc:postgresql://host:5432/database or postgresql://user:password@host:5432/database, where"
                    + " characters such as / ? # @ in the user and the password are percent-encoded");
    }

    @Override
    public String toString() {
        return jdbcUrl;
    }
}
