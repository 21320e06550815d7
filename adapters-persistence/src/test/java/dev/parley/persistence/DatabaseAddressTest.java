package dev.parley.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micronaut.context.exceptions.ConfigurationException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseAddressTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "jdbc:postgresql://host:5432/db,                       jdbc:postgresql://host:5432/db, -, -",
                "jdbc:postgresql://host/db?user=me&password=s%26cret,  jdbc:postgresql://host/db,      me, s&cret",
                "jdbc:postgresql://me:secret@host/db,                  jdbc:postgresql://host/db,      me, secret",
                "postgresql://me:secret@host:6543/db,                  jdbc:postgresql://host:6543/db, me, secret",
                "postgres://me@host/db,                                jdbc:postgresql://host/db,      me, -",
                "postgres://host,                                      jdbc:postgresql://host,         -, -",
                "postgres://m%40e:p+%2F%3F%23%40s@host/db,             jdbc:postgresql://host/db,      m@e, p+/?#@s",
                "postgres://me:s@cret@host/db,                         jdbc:postgresql://host/db,      me, s@cret",
                "'postgres://one:1,two:2/db',                          'jdbc:postgresql://one:1,two:2/db', -, -",
                "'postgresql://me:secret@[::1]:5432/db',               'jdbc:postgresql://[::1]:5432/db', me, secret",
            })
    void theLoginIsTakenOutOfTheAddress(String url, String jdbcUrl, String user, String password) {
        DatabaseAddress address = DatabaseAddress.parse(url);

        assertThat(address.jdbcUrl()).isEqualTo(jdbcUrl);
        assertThat(address.user()).isEqualTo(Optional.ofNullable(user));
        assertThat(address.password()).isEqualTo(Optional.ofNullable(password));
        assertThat(address).hasToString(jdbcUrl);
    }

    @Test
    void allElseOfTheAddressIsForTheDriver() {
        DatabaseAddress address =
                DatabaseAddress.parse("postgresql://host/db?sslmode=require&user=me&sslpassword=a%20b&flag");

        assertThat(address.parameters()).isEqualTo(Map.of("sslmode", "require", "sslpassword", "a b"));
        assertThat(address).hasToString("jdbc:postgresql://host/db");
    }

    @Test
    void aLoginOfItsOwnWinsOverTheOneInTheAddress() {
        DatabaseAddress address = DatabaseAddress.parse("postgres://me:secret@host/db");

        assertThat(address.withLogin(Optional.of("you"), Optional.empty()).user())
                .contains("you");
        assertThat(address.withLogin(Optional.of("you"), Optional.empty()).password())
                .contains("secret");
        assertThat(address.withLogin(Optional.empty(), Optional.of("other")).password())
                .contains("other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "host:5432/secret",
                "jdbc:mysql://me:secret@host/db",
                "mysql://me:secret@host/db",
                "jdbc:postgresql:secret",
                "postgres://me:sec/ret@host/db",
                "postgres://me:secret%zz@host/db"
            })
    void whatIsNoPostgresIsRefusedByTheNameOfItsKeyAndNeverPrinted(String url) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> DatabaseAddress.parse(url))
                .withMessageContaining("parley.database.url (PARLEY_DATABASE_URL)")
                .withMessageContaining("percent-encoded")
                .matches(refused -> !refused.toString().contains("sec"))
                .withNoCause();
    }
}
