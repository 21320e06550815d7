package dev.parley.inference.config;

import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.naming.NameUtils;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys under {@code parley.inference}, sorted into those of each provider, those of each alias and the rest; and those
 * of the models under {@code parley.embeddings}.
 *
 * <p>Read from the property sources themselves: bound the usual way, a map's keys lose their dots and capitals, which
 * names of models have, and the environment variable of a provider called {@code my-box} makes one called {@code my}.
 */
final class GivenKeys {

    private static final Logger LOG = LoggerFactory.getLogger(GivenKeys.class);

    private static final String INFERENCE = "parley.inference.";
    private static final String EMBEDDINGS = "parley.embeddings.";
    private static final String PROVIDERS = "providers.";
    private static final String MODELS = "models.";
    private static final String HEADERS = "headers.";

    private final Environment environment;
    private final String prefix;
    private final List<String> keysOfModels;
    private final Map<String, Given> general = new TreeMap<>();
    private final Map<String, Map<String, Given>> providers = new TreeMap<>();
    private final Map<String, Map<String, Given>> models = new TreeMap<>();

    private GivenKeys(Environment environment, String prefix, List<String> keysOfModels) {
        this.environment = environment;
        this.prefix = prefix;
        this.keysOfModels = keysOfModels;
    }

    /** @throws ConfigurationException when a key can't be one of ours, naming it */
    static GivenKeys ofInference(Environment environment) {
        return of(new GivenKeys(environment, INFERENCE, Keys.ALIAS));
    }

    /** The same; what is not of a model is somebody else's. */
    static GivenKeys ofEmbeddings(Environment environment) {
        return of(new GivenKeys(environment, EMBEDDINGS, Keys.EMBEDDING));
    }

    private static GivenKeys of(GivenKeys keys) {
        Environment environment = keys.environment;
        List<PropertySource> sources = environment.getPropertySources().stream()
                .sorted(Comparator.comparingInt(PropertySource::getOrder))
                .toList();
        // variables last among equals: they are matched with the names that the files have introduced
        sources.stream().filter(source -> !isVariables(source)).forEach(keys::readDotted);
        sources.stream().filter(GivenKeys::isVariables).forEach(keys::readVariables);
        sources.stream()
                .filter(source -> !isVariables(source) && source.getOrder() > orderOfVariables(sources))
                .forEach(keys::readDotted);
        return keys;
    }

    Map<String, Given> general() {
        return general;
    }

    /** By the provider's name, its keys without that; headers as {@code headers.<name>}. */
    Map<String, Map<String, Given>> providers() {
        return providers;
    }

    /** By the name of the model, its keys without that. */
    Map<String, Map<String, Given>> models() {
        return models;
    }

    private static boolean isVariables(PropertySource source) {
        return source.getConvention() == PropertySource.PropertyConvention.ENVIRONMENT_VARIABLE;
    }

    private static int orderOfVariables(List<PropertySource> sources) {
        return sources.stream()
                .filter(GivenKeys::isVariables)
                .mapToInt(PropertySource::getOrder)
                .max()
                .orElse(Integer.MAX_VALUE);
    }

    private void readDotted(PropertySource source) {
        for (String key : source) {
            if (key.startsWith(prefix) && source.get(key) != null) {
                Given given = new Given(key, resolved(key, source.get(key)));
                String rest = key.substring(prefix.length());
                if (hasProviders() && rest.startsWith(PROVIDERS)) {
                    provider(given, rest.substring(PROVIDERS.length()));
                } else if (rest.startsWith(MODELS)) {
                    model(given, rest.substring(MODELS.length()));
                } else {
                    general.put(hyphenated(rest), given);
                }
            }
        }
    }

    private boolean hasProviders() {
        return prefix.equals(INFERENCE);
    }

    private void provider(Given given, String rest) {
        int dot = rest.indexOf('.');
        if (dot <= 0) {
            throw new ConfigurationException(
                    given.key() + ": a provider is a set of keys, such as " + prefix + PROVIDERS + "<name>.base-url");
        }
        String key = rest.substring(dot + 1);
        providers
                .computeIfAbsent(rest.substring(0, dot), _ -> new HashMap<>())
                .put(key.startsWith(HEADERS) ? key : hyphenated(key), given);
    }

    /** The last segment is the key: the names of models have dots too. */
    private void model(Given given, String rest) {
        int dot = rest.lastIndexOf('.');
        if (dot <= 0) {
            throw new ConfigurationException("%s: %s is a set of keys: %s%s<name>.provider and %s%s<name>.model"
                    .formatted(given.key(), hasProviders() ? "an alias" : "a model", prefix, MODELS, prefix, MODELS));
        }
        models.computeIfAbsent(rest.substring(0, dot), _ -> new HashMap<>())
                .put(hyphenated(rest.substring(dot + 1)), given);
    }

    private void readVariables(PropertySource source) {
        for (String variable : source) {
            Object value = source.get(variable);
            if (variable.startsWith(variablePrefix()) && value != null) {
                // not a mistake for sure: a cluster adds variables of its own for a service of this name
                if (!readVariable(new Given(variable, resolved(variable, value))) && hasProviders()) {
                    LOG.warn("environment variable {} is none that Parley knows; it is ignored", variable);
                }
            }
        }
    }

    private String variablePrefix() {
        return prefix.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private boolean readVariable(Given given) {
        String rest =
                given.key().substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '-');
        if (hasProviders() && rest.startsWith("providers-")) {
            return readHeader(given, rest.substring("providers-".length()))
                    || readNamed(given, rest.substring("providers-".length()), Keys.PROVIDER, providers);
        }
        if (rest.startsWith("models-")) {
            return readNamed(given, rest.substring("models-".length()), keysOfModels, models);
        }
        if (hasProviders() && Keys.GENERAL.contains(rest)) {
            general.put(rest, given);
            return true;
        }
        return false;
    }

    private static boolean readNamed(
            Given given, String rest, List<String> keys, Map<String, Map<String, Given>> into) {
        Optional<String> key = keys.stream()
                .filter(known -> rest.endsWith("-" + known) && rest.length() > known.length() + 1)
                .max(Comparator.comparingInt(String::length));
        key.ifPresent(known -> into.computeIfAbsent(
                        known(into, rest.substring(0, rest.length() - known.length() - 1)), _ -> new HashMap<>())
                .put(known, given));
        return key.isPresent();
    }

    private boolean readHeader(Given given, String rest) {
        int at = rest.indexOf("-headers-");
        if (at <= 0) {
            return false;
        }
        providers
                .computeIfAbsent(known(providers, rest.substring(0, at)), _ -> new HashMap<>())
                .put(HEADERS + rest.substring(at + "-headers-".length()), given);
        return true;
    }

    /** The name that a file has introduced and that the variable can only mean, else the variable's own. */
    private static String known(Map<String, Map<String, Given>> sections, String fromVariable) {
        return sections.keySet().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]", "-")
                        .equals(fromVariable))
                .findFirst()
                .orElse(fromVariable);
    }

    private String resolved(String key, Object value) {
        try {
            return environment
                    .getPlaceholderResolver()
                    .resolveRequiredPlaceholders(value.toString())
                    .strip();
        } catch (ConfigurationException unresolved) {
            throw new ConfigurationException(key + ": " + unresolved.getMessage(), unresolved);
        }
    }

    private static String hyphenated(String key) {
        return NameUtils.hyphenate(key, true);
    }
}
