package dev.parley.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.RegisteredToolGroup;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups of tools in the configuration: their names, their arguments, and what is wrong with them. */
class DeclaredToolGroupsTest {

    private static final int ABOVE_THE_FILE = 0;

    @Test
    void aFileDeclaresGroupsWithWhateverNamesAndArguments() throws IOException {
        assertThat(read(yaml("""
            parley:
              tools:
                groups:
                  "mcp::My_Lab":
                    provider: model-context-protocol
                    endpoint: "https://lab.example/${lab.path}"
                    args:
                      vector_db_ids: [docs, "${lab.path}"]
                      maxChunks: 5
                      exact: true
                      deep: { Under_Score: "a b" }
                  search:
                    id: "builtin::websearch"
                    provider: web-search
                    args: '{"exact": 1.10}'
            """), PropertySource.of("lab", Map.of("lab.path", "mcp"), ABOVE_THE_FILE)))
                .containsExactly(
                        new RegisteredToolGroup(
                                "mcp::My_Lab",
                                "model-context-protocol",
                                Optional.of("https://lab.example/mcp"),
                                Optional.of(new JsonText(
                                        "{\"vector_db_ids\":[\"docs\",\"mcp\"],\"maxChunks\":5,\"exact\":true,"
                                                + "\"deep\":{\"Under_Score\":\"a b\"}}"))),
                        new RegisteredToolGroup(
                                "builtin::websearch",
                                "web-search",
                                Optional.empty(),
                                Optional.of(new JsonText("{\"exact\": 1.10}"))));
    }

    @Test
    void variablesDeclareGroupsToo() throws IOException {
        assertThat(read(variables(Map.of(
                        "PARLEY_TOOLS_GROUPS_MY_LAB_PROVIDER", "model-context-protocol",
                        "PARLEY_TOOLS_GROUPS_MY_LAB_ID", "mcp::lab",
                        "PARLEY_TOOLS_GROUPS_MY_LAB_ARGS", "{\"a_b\":1}"))))
                .containsExactly(new RegisteredToolGroup(
                        "mcp::lab",
                        "model-context-protocol",
                        Optional.empty(),
                        Optional.of(new JsonText("{\"a_b\":1}"))));
    }

    @Test
    void aVariableMeansTheGroupOfTheFileThatItCanMean() throws IOException {
        assertThat(read(yaml("""
            parley.tools.groups:
              "mcp::My_Lab": { provider: model-context-protocol }
            """), variables(Map.of("PARLEY_TOOLS_GROUPS_MCP__MY_LAB_ENDPOINT", "http://x"))))
                .containsExactly(new RegisteredToolGroup(
                        "mcp::My_Lab", "model-context-protocol", Optional.of("http://x"), Optional.empty()));
    }

    @Test
    void theCommandLineWinsOverVariablesAndVariablesOverFiles() throws IOException {
        assertThat(read(
                        yaml("parley.tools.groups.lab: { provider: of-the-file, endpoint: of-the-file }"),
                        variables(Map.of(
                                "PARLEY_TOOLS_GROUPS_LAB_PROVIDER", "of-the-variable",
                                "PARLEY_TOOLS_GROUPS_LAB_ENDPOINT", "of-the-variable")),
                        PropertySource.of(
                                "command line", Map.of("parley.tools.groups.lab.provider", "of-the-line"), 100)))
                .containsExactly(new RegisteredToolGroup(
                        "lab", "of-the-line", Optional.of("of-the-variable"), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "parley.tools.groups.lab | s3cret | parley.tools.groups.lab: a tool group is a set of keys",
                "parley.tools.groups.lab.endpoint | s3cret | parley.tools.groups.lab.provider: must say",
                "parley.tools.groups.lab.header | s3cret | parley.tools.groups.lab.header: there is no such key of a"
                        + " tool group",
                "parley.tools.groups.lab.provider | ${s3cret} | parley.tools.groups.lab.provider: ",
            })
    void aMistakeIsNamedByItsKey(String key, String value, String message) {
        assertThatThrownBy(() -> read(PropertySource.of("test", Map.of(key, value))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[1]", "s3cret", "{\"a\":s3cret}", "''"})
    void argumentsAreAnObjectAndAreNotRepeated(String args) {
        assertThatThrownBy(() -> read(PropertySource.of(
                        "test", Map.of("parley.tools.groups.lab.provider", "p", "parley.tools.groups.lab.args", args))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("parley.tools.groups.lab.args: must be a JSON object")
                .hasMessageNotContaining("s3cret");
    }

    private static List<RegisteredToolGroup> read(PropertySource... sources) {
        try (ApplicationContext context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .propertySources(sources)
                .build()) {
            context.getEnvironment().start();
            return DeclaredToolGroups.read(context.getEnvironment(), JsonMapper.createDefault());
        }
    }

    private static PropertySource yaml(String text) throws IOException {
        Map<String, Object> values =
                new YamlPropertySourceLoader().read("test", new ByteArrayInputStream(text.getBytes(UTF_8)));
        return PropertySource.of("file", values, ABOVE_THE_FILE - 1);
    }

    private static PropertySource variables(Map<String, Object> values) {
        return PropertySource.of(
                "variables",
                values,
                PropertySource.PropertyConvention.ENVIRONMENT_VARIABLE,
                PropertySource.Origin.of("the environment"));
    }
}
