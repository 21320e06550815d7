package dev.parley.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.naming.NameUtils;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The records that take the keys, the list that guards them and the README's table say the same. */
class ConfigurationKeysTest {

    /** Whoever reads what is below them knows their keys. */
    private static final List<String> READ_ELSEWHERE = List.of("parley.inference.", "parley.tools.groups.");

    @Test
    void theReadmeHasEveryKeyAndNoOther() throws IOException {
        assertThat(readmeTable().keySet().stream().filter(ConfigurationKeysTest::isReadHere))
                .containsExactlyInAnyOrderElementsOf(KnownKeys.ALL.stream()
                        .filter(ConfigurationKeysTest::isReadHere)
                        .toList());
    }

    private static boolean isReadHere(String key) {
        return READ_ELSEWHERE.stream().noneMatch(key::startsWith);
    }

    @Test
    void theReadmeHasTheDefaultOfEveryKeyThatARecordTakes() throws IOException {
        Map<String, String> readme = readmeTable();
        Map<String, Optional<String>> records = defaultsInRecords();
        assertThat(records).isNotEmpty();
        records.forEach((key, byDefault) -> assertThat(readme.get(key))
                .as(key)
                .startsWith(byDefault.map(text -> '`' + text + '`').orElse("none")));
    }

    @Test
    void theLongestTextFitsIntoABody() throws IOException {
        long longestText = 3 * 10_485_760L; // in UTF-8, three bytes for a character
        try (ApplicationContext context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .propertySources(Defaults.SOURCE)
                .build()) {
            context.getEnvironment().start();
            String size = context.getEnvironment()
                    .getProperty("micronaut.server.max-request-size", String.class)
                    .orElseThrow();
            assertThat(Long.parseLong(size.replace("MB", "")) << 20).isGreaterThan(longestText);
            assertThat(readmeTable().get("parley.http.max-body-size")).startsWith('`' + size + '`');
        }
    }

    @Test
    void everyKeyThatARecordTakesIsKnown() {
        assertThat(KnownKeys.ALL).containsAll(defaultsInRecords().keySet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "parley.prot",
                "parley.turns.busywait",
                "parley.turns",
                "parley.replica.heartbeats",
                "parley.mcp.servers.x.uri"
            })
    void aKeyThatNobodyKnowsStopsTheStart(String key) {
        try (ApplicationContext context = contextWith(key)) {
            assertThatThrownBy(() -> KnownKeys.check(context.getEnvironment()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(key)
                    .hasMessageContaining("not known");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "parley.port",
                "PARLEY_PORT",
                "parley.data-dir",
                "PARLEY_DATA_DIR",
                "PARLEY_TURNS_BUSY_WAIT",
                "parley.mcp.servers.my-files.env.GITHUB_TOKEN",
                "parley.mcp.servers.my-files.args[0]",
                "parley.inference.providers.local.base-url",
                "PARLEY_INFERENCE_PROVIDERS_LOCAL_BASE_URL",
                "PARLEY_SERVICE_HOST",
                "PARLEY_SERVICE_PORT_HTTP",
                "PARLEY_PORT_8321_TCP_ADDR"
            })
    void aKnownKeyIsTakenInEverySpellingAndWhatKubernetesAddsIsLeftAlone(String key) {
        try (ApplicationContext context = contextWith(key)) {
            KnownKeys.check(context.getEnvironment());
            assertThat(context.getEnvironment().getPropertySources()).isNotEmpty();
        }
    }

    private static ApplicationContext contextWith(String key) {
        ApplicationContext context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .properties(Map.of(key, "1"))
                .build();
        context.getEnvironment().start();
        return context;
    }

    /** Each key of the README's table, a star for a name of the operator's, with its default, as it is written there. */
    private static Map<String, String> readmeTable() throws IOException {
        return Files.readAllLines(Path.of("../README.md")).stream()
                .filter(line -> line.startsWith("| `parley."))
                .map(line -> line.split(" \\| ?"))
                .collect(Collectors.toMap(
                        cells -> cells[0].replaceAll("[|` ]", "").replaceAll("\\b[A-Z]+\\b", "*"),
                        cells -> cells[2],
                        (one, _) -> one,
                        TreeMap::new));
    }

    private static Map<String, Optional<String>> defaultsInRecords() {
        Map<String, Optional<String>> defaults = new TreeMap<>();
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.parley").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigurationProperties.class))
                        .map(type -> type.reflect())
                        .filter(Class::isRecord)
                        .forEach(type -> {
                            String prefix = Objects.requireNonNull(type.getAnnotation(ConfigurationProperties.class))
                                    .value();
                            Arrays.stream(type.getRecordComponents())
                                    .forEach(component -> defaults.put(
                                            prefix + '.' + NameUtils.hyphenate(component.getName()),
                                            defaultOf(component, type)));
                        });
        return defaults;
    }

    /** Empty for a component that may be unset. */
    private static Optional<String> defaultOf(RecordComponent component, Class<?> type) {
        var constructor = type.getDeclaredConstructors()[0];
        return Arrays.stream(constructor.getParameters())
                .filter(parameter -> parameter.getName().equals(component.getName()))
                .map(parameter -> Optional.ofNullable(parameter.getAnnotation(Bindable.class))
                        .map(Bindable::defaultValue))
                .findFirst()
                .orElseThrow();
    }
}
