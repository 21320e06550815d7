package dev.parley.application.testing;

import dev.parley.domain.agent.Agent;
import dev.parley.domain.agent.AgentConfig;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.agent.ToolConfig;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.tool.ToolInput;
import dev.parley.domain.tool.ToolParameter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Agents, for tests: a plain chat until told otherwise. */
public final class AgentFixture {

    /** Text that a careless store changes: quotes, line ends, characters beyond the first plane, a separator. */
    public static final String AWKWARD_TEXT =
            "\"Grüße\" \\ / 'quoted'\r\n\ttab \u2028 سلام 日本語 👩‍🚀 𝔘 e\u0301 \uFFFD \u0001 ${x} :name ? \\u0000";

    /** JSON whose text a parser would not give back: numbers, the order of keys, a key twice, blanks. */
    public static final JsonText AWKWARD_JSON = new JsonText(
            "{ \"b\":1.10, \"a\":[1e400,12345678901234567890,-0.0],\"a\":{\"\":null, \"é\":\"\\u0000\\/👍\"} }");

    private AgentFixture() {}

    public static AgentConfig config() {
        return config(List.of(), List.of(), List.of());
    }

    public static AgentConfig config(
            List<ToolDefinition> clientTools, List<ToolGroup> toolGroups, List<String> shields) {
        return new AgentConfig(
                "a-model",
                "Be brief.",
                Optional.empty(),
                Sampling.DEFAULT,
                shields,
                shields,
                toolGroups,
                clientTools,
                Optional.empty(),
                Optional.empty(),
                ToolConfig.DEFAULT,
                AgentConfig.DEFAULT_MAX_INFERENCE_STEPS,
                Optional.empty(),
                false);
    }

    /** The same with another limit of inference steps. */
    public static AgentConfig limited(AgentConfig config, int maxInferenceSteps) {
        return changed(config, config.toolConfig().toolChoice(), maxInferenceSteps, config.responseFormat());
    }

    /** The same with another choice of tools. */
    public static AgentConfig choosing(AgentConfig config, ToolChoice toolChoice) {
        return changed(config, toolChoice, config.maxInferenceSteps(), config.responseFormat());
    }

    /** The same with another form of answer. */
    public static AgentConfig formatted(AgentConfig config, ResponseFormat format) {
        return changed(config, config.toolConfig().toolChoice(), config.maxInferenceSteps(), Optional.of(format));
    }

    private static AgentConfig changed(
            AgentConfig config, ToolChoice toolChoice, int maxInferenceSteps, Optional<ResponseFormat> format) {
        return new AgentConfig(
                config.model(),
                config.instructions(),
                config.name(),
                config.sampling(),
                config.inputShields(),
                config.outputShields(),
                config.toolGroups(),
                config.clientTools(),
                config.deprecatedToolChoice(),
                config.deprecatedPromptFormat(),
                new ToolConfig(
                        toolChoice,
                        config.toolConfig().promptFormat(),
                        config.toolConfig().systemMessageBehavior()),
                maxInferenceSteps,
                format,
                config.sessionPersistence());
    }

    private static AgentConfig plainWith(Sampling.Strategy strategy, ResponseFormat format) {
        AgentConfig plain = config();
        return new AgentConfig(
                plain.model(),
                plain.instructions(),
                plain.name(),
                new Sampling(strategy, 0, 1.0, Optional.empty()),
                plain.inputShields(),
                plain.outputShields(),
                plain.toolGroups(),
                plain.clientTools(),
                plain.deprecatedToolChoice(),
                plain.deprecatedPromptFormat(),
                plain.toolConfig(),
                plain.maxInferenceSteps(),
                Optional.of(format),
                plain.sessionPersistence());
    }

    public static Agent agent(AgentConfig config, Instant createdAt) {
        return new Agent(new AgentId(UUID.randomUUID().toString()), config, createdAt);
    }

    /** A tool that says nothing about its arguments. */
    public static ToolDefinition tool(String name) {
        return new ToolDefinition(name, Optional.empty(), new ToolInput.Undeclared(), Optional.empty());
    }

    /** One tool for each way to describe arguments, with every field in use. */
    public static List<ToolDefinition> everyToolDefinition() {
        return List.of(
                tool("undeclared"),
                new ToolDefinition(
                        "parameters",
                        Optional.of(AWKWARD_TEXT),
                        new ToolInput.Parameters(List.of(
                                new ToolParameter("a", "list[int]", AWKWARD_TEXT, true, Optional.empty()),
                                new ToolParameter("b", "str", "", false, Optional.of(new JsonText("null"))),
                                new ToolParameter("c", "object", "", false, Optional.of(AWKWARD_JSON)))),
                        Optional.of(AWKWARD_JSON)),
                new ToolDefinition(
                        "no_parameters",
                        Optional.of(""),
                        new ToolInput.Parameters(List.of()),
                        Optional.of(JsonText.EMPTY_OBJECT)),
                new ToolDefinition("schema", Optional.empty(), new ToolInput.Schema(AWKWARD_JSON), Optional.empty()),
                new ToolDefinition(
                        "strict", Optional.empty(), new ToolInput.Schema(AWKWARD_JSON), Optional.empty(), true));
    }

    /** Configurations that between them have every field both set and unset and every case of every choice. */
    public static List<AgentConfig> everyConfig() {
        return List.of(
                config(),
                new AgentConfig(
                        AWKWARD_TEXT,
                        "",
                        Optional.of(AWKWARD_TEXT),
                        new Sampling(
                                new Sampling.Strategy.TopP(0.1, 0.30000000000000004),
                                Integer.MAX_VALUE,
                                1.0000000000000002,
                                Optional.of(List.of("\n\n", "", "👍"))),
                        List.of("guard", AWKWARD_TEXT),
                        List.of("other"),
                        List.of(
                                new ToolGroup("mcp::one", Optional.empty()),
                                new ToolGroup("builtin::rag/knowledge_search", Optional.of(AWKWARD_JSON))),
                        everyToolDefinition(),
                        Optional.of(new ToolChoice.Named("schema")),
                        Optional.of(ToolConfig.PromptFormat.PYTHON_LIST),
                        new ToolConfig(
                                new ToolChoice.Named("schema"),
                                Optional.of(ToolConfig.PromptFormat.PYTHON_LIST),
                                ToolConfig.SystemMessageBehavior.REPLACE),
                        1,
                        Optional.of(ResponseFormat.JsonSchema.of(AWKWARD_JSON)),
                        true),
                new AgentConfig(
                        "a-model",
                        AWKWARD_TEXT,
                        Optional.of(""),
                        new Sampling(new Sampling.Strategy.TopK(40), 1, 0.5, Optional.of(List.of())),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.of(new ToolChoice.Required()),
                        Optional.of(ToolConfig.PromptFormat.JSON),
                        new ToolConfig(
                                new ToolChoice.None(),
                                Optional.of(ToolConfig.PromptFormat.FUNCTION_TAG),
                                ToolConfig.SystemMessageBehavior.APPEND),
                        Integer.MAX_VALUE,
                        Optional.of(new ResponseFormat.Grammar(AWKWARD_JSON)),
                        true),
                plainWith(
                        new Sampling.Strategy.Set(Optional.of(0.0), Optional.empty()),
                        new ResponseFormat.JsonSchema(
                                AWKWARD_JSON, Optional.of("a_name"), Optional.of(AWKWARD_TEXT), true)),
                plainWith(
                        new Sampling.Strategy.Set(Optional.empty(), Optional.of(0.1)),
                        new ResponseFormat.JsonObject()));
    }
}
