package dev.parley.bootstrap;

import dev.parley.domain.message.JsonText;
import dev.parley.domain.safety.RegisteredShield;
import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.annotation.Nullable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A shield that the configuration declares ({@code parley.shields.NAME.*}).
 *
 * @param name what stands for it in the configuration
 * @param id what agents name it by; its name when absent
 * @param provider which kind of shield it is
 * @param model for those kinds that ask one
 */
@EachProperty("parley.shields")
record DeclaredShield(
        @Parameter String name,
        @Nullable String id,
        @Nullable String provider,
        @Nullable String model,
        @Nullable List<String> words,
        @Nullable List<String> patterns,
        @Nullable List<String> excludedCategories,
        @Nullable String level,
        @Nullable String message) {

    RegisteredShield shield() {
        if (provider == null) {
            throw new ConfigurationException(
                    "parley.shields.%s.provider is missing; it is llama-guard, moderation or deny-list"
                            .formatted(name));
        }
        String known = id == null ? name : id;
        return new RegisteredShield(known, provider, model == null ? known : model, params());
    }

    private JsonText params() {
        Map<String, String> members = new TreeMap<>();
        put(members, "words", words);
        put(members, "patterns", patterns);
        put(members, "excluded_categories", excludedCategories);
        put(members, "level", level);
        put(members, "message", message);
        return new JsonText(members.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ": " + member.getValue())
                .collect(Collectors.joining(", ", "{", "}")));
    }

    private static void put(Map<String, String> members, String name, @Nullable List<String> texts) {
        if (texts != null && !texts.isEmpty()) {
            members.put(name, texts.stream().map(DeclaredShield::quoted).collect(Collectors.joining(", ", "[", "]")));
        }
    }

    private static void put(Map<String, String> members, String name, @Nullable String text) {
        if (text != null) {
            members.put(name, quoted(text));
        }
    }

    private static String quoted(String text) {
        List<String> units = new ArrayList<>();
        text.chars()
                .forEach(unit -> units.add(
                        unit == '"' || unit == '\\'
                                ? "\\" + (char) unit
                                : unit < ' ' ? "\\u%04x".formatted(unit) : String.valueOf((char) unit)));
        return units.stream().collect(Collectors.joining("", "\"", "\""));
    }
}
