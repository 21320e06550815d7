package dev.parley.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the whole product against the rules of the house, and the rules against classes that break them. */
class ArchitectureTest {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ArchitectureTest::isProduct)
            .importPackages("dev.parley");
    private static final JavaClasses VIOLATIONS = new ClassFileImporter()
            .withImportOption(location -> location.contains("/violation/"))
            .importPackages("dev.parley");

    static List<NamedRule> rules() {
        return Arrays.stream(HouseRules.class.getDeclaredFields())
                .filter(field -> field.getType() == ArchRule.class)
                .map(ArchitectureTest::named)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theProductKeeps(NamedRule rule) {
        rule.rule().check(PRODUCT);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aViolationIsFoundBy(NamedRule rule) {
        assertThat(rule.rule().evaluate(VIOLATIONS).hasViolation()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.parley.domain.turn",
                "dev.parley.domain.message",
                "dev.parley.application.turn",
                "dev.parley.application.port",
                "dev.parley.rest.sse",
                "dev.parley.rest.agents",
                "dev.parley.persistence",
                "dev.parley.inference",
                "dev.parley.bootstrap"
            })
    void aPackageThatARuleNamesHasClasses(String name) {
        assertThat(PRODUCT.stream().filter(type -> type.getPackageName().equals(name)))
                .isNotEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        List<String> silent = PRODUCT.stream()
                .map(type -> type.getPackage())
                .distinct()
                .filter(found -> !found.getClasses().isEmpty())
                .filter(found -> found.tryGetPackageInfo().isEmpty())
                .map(found -> found.getName())
                .toList();
        assertThat(silent).isEmpty();
    }

    private static boolean isProduct(Location location) {
        return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }

    private static NamedRule named(Field field) {
        try {
            return new NamedRule(field.getName(), (ArchRule) field.get(null));
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    record NamedRule(String name, ArchRule rule) {
        @Override
        public String toString() {
            return name;
        }
    }
}
