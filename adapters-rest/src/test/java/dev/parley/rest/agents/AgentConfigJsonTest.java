package dev.parley.rest.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.AgentFixture;
import dev.parley.domain.agent.AgentConfig;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.agent.ToolConfig;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.tool.ToolInput;
import dev.parley.rest.json.JsonField;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AgentConfigJsonTest {

    private static final String MINIMAL_ECHO = """
        {"sampling_params":{"strategy":{"type":"greedy"},"max_tokens":0,"repetition_penalty":1.0,"stop":null},\
        "input_shields":[],"output_shields":[],"toolgroups":[],"client_tools":[],\
        "tool_choice":null,"tool_prompt_format":null,\
        "tool_config":{"tool_choice":"auto","tool_prompt_format":null,"system_message_behavior":"append"},\
        "max_infer_iters":10,"model":"m","instructions":"i","name":null,\
        "enable_session_persistence":false,"response_format":null}\
        """;

    private static final String FULL = """
        {"sampling_params":{"strategy":{"type":"top_p","temperature":0.7,"top_p":0.9},"max_tokens":512,\
        "repetition_penalty":1.1,"stop":["\\n\\n","END"]},\
        "input_shields":["guard"],"output_shields":["guard","other"],\
        "toolgroups":["builtin::rag",{"name":"mcp::deploy","args":{"n": 1.10, "deep":[{"a":null}]}}],\
        "client_tools":[{"name":"get_bp","description":"Blood pressure","parameters":[\
        {"name":"who","parameter_type":"str","description":"Whose","required":true,"default":null},\
        {"name":"n","parameter_type":"int","description":"","required":false,"default":1.50}],\
        "metadata":{"k":1E5}},\
        {"name":"bare","description":null,"parameters":null,"metadata":null},\
        {"name":"none","description":null,"parameters":[],"metadata":null},\
        {"name":"schema","description":null,"parameters":null,"metadata":null,"input_schema":{"type":"object"}}],\
        "tool_choice":"required","tool_prompt_format":"python_list",\
        "tool_config":{"tool_choice":"required","tool_prompt_format":"python_list","system_message_behavior":"replace"},\
        "max_infer_iters":5,"model":"m","instructions":"","name":"n",\
        "enable_session_persistence":true,\
        "response_format":{"type":"json_schema","json_schema":{"type":"object","x":0.10}}}\
        """;

    @Test
    void aMinimalConfigurationIsEchoedWithEveryDefault() {
        assertThat(echo("""
            {"model":"m","instructions":"i"}\
            """)).isEqualTo(MINIMAL_ECHO);
    }

    @Test
    void nullsAreTheSameAsNothing() {
        assertThat(echo("""
            {"model":"m","instructions":"i","sampling_params":null,"input_shields":null,"output_shields":null,\
            "toolgroups":null,"client_tools":null,"tool_choice":null,"tool_prompt_format":null,"tool_config":null,\
            "max_infer_iters":null,"name":null,"enable_session_persistence":null,"response_format":null}\
            """)).isEqualTo(MINIMAL_ECHO);
        assertThat(echo("""
            {"model":"m","instructions":"i",\
            "sampling_params":{"strategy":null,"max_tokens":null,"repetition_penalty":null,"stop":null},\
            "tool_config":{"tool_choice":null,"tool_prompt_format":null,"system_message_behavior":null}}\
            """)).isEqualTo(MINIMAL_ECHO);
    }

    @Test
    void unknownFieldsAreIgnored() {
        assertThat(echo("""
            {"model":"m","instructions":"i","unknown":{"deep":[1]},"sampling_params":{"other":1}}\
            """)).isEqualTo(MINIMAL_ECHO);
        assertThat(read("""
            {"model":"m","instructions":"i","client_tools":[{"name":"t","tool_prompt_format":"python_list"}]}\
            """).clientTools()).hasSize(1);
    }

    @Test
    void aFullConfigurationComesBackAsItWasSent() {
        assertThat(echo(FULL)).isEqualTo(FULL);
    }

    @Test
    void everythingIsRead() {
        AgentConfig config = read(FULL);

        assertThat(config.sampling())
                .isEqualTo(new Sampling(
                        new Sampling.Strategy.TopP(0.7, 0.9), 512, 1.1, Optional.of(List.of("\n\n", "END"))));
        assertThat(config.toolGroups())
                .containsExactly(
                        new ToolGroup("builtin::rag", Optional.empty()),
                        new ToolGroup(
                                "mcp::deploy", Optional.of(new JsonText("{\"n\": 1.10, \"deep\":[{\"a\":null}]}"))));
        assertThat(config.clientTools().get(1).input()).isEqualTo(new ToolInput.Undeclared());
        assertThat(config.clientTools().get(3).input())
                .isEqualTo(new ToolInput.Schema(new JsonText("{\"type\":\"object\"}")));
        assertThat(config.toolConfig())
                .isEqualTo(new ToolConfig(
                        new ToolChoice.Required(),
                        Optional.of(ToolConfig.PromptFormat.PYTHON_LIST),
                        ToolConfig.SystemMessageBehavior.REPLACE));
        assertThat(config.maxInferenceSteps()).isEqualTo(5);
        assertThat(config.sessionPersistence()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"greedy\"}",
                "{\"type\":\"top_p\",\"temperature\":1.0E-7,\"top_p\":0.95}",
                "{\"type\":\"top_k\",\"top_k\":40}"
            })
    void everyStrategyComesBack(String strategy) {
        assertThat(echo("""
            {"model":"m","instructions":"i","sampling_params":{"strategy":%s}}\
            """.formatted(strategy))).contains("\"strategy\":" + strategy);
    }

    @Test
    void whatAStrategyLeavesOutIsFilledIn() {
        assertThat(strategy("{\"type\":\"top_p\",\"temperature\":0.5,\"top_p\":null}"))
                .isEqualTo(new Sampling.Strategy.TopP(0.5, 0.95));
        assertThat(strategy("{\"type\":\"top_p\",\"temperature\":null}"))
                .isEqualTo(new Sampling.Strategy.TopP(1.0, 0.95));
    }

    @Test
    void everyOtherFormComesBack() {
        assertThat(echo("""
            {"model":"m","instructions":"i","response_format":{"type":"grammar","bnf":{"root":"x"}}}\
            """)).contains("\"response_format\":{\"type\":\"grammar\",\"bnf\":{\"root\":\"x\"}}");
        assertThat(echo("""
            {"model":"m","instructions":"i","tool_config":{"tool_choice":"get_bp"}}\
            """)).contains("\"tool_config\":{\"tool_choice\":\"get_bp\",");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "required", "none"})
    void theDeprecatedFieldsCountWithoutAToolConfig(String choice) {
        assertThat(echo("""
            {"model":"m","instructions":"i","tool_choice":"%s","tool_prompt_format":"json"}\
            """.formatted(choice)))
                .contains("\"tool_choice\":\"%s\",\"tool_prompt_format\":\"json\",\"tool_config\":".formatted(choice)
                        + "{\"tool_choice\":\"%s\",\"tool_prompt_format\":\"json\",\"system_message_behavior\":\"append\"}"
                                .formatted(choice));
    }

    @Test
    void lineBreaksInOpaqueJsonDoNotBreakALineOfAStream() {
        String echo = echo("""
            {"model":"m","instructions":"i","client_tools":[{"name":"t","metadata":{
              "a": 1
            }}]}\
            """);

        assertThat(echo).doesNotContain("\n", "\r").contains("\"metadata\":{   \"a\": 1 }");
    }

    @Test
    void everyConfigurationCanBeShown() {
        for (AgentConfig config : AgentFixture.everyConfig()) {
            assertThat(Wire.out(AgentConfigJson.of(config)))
                    .doesNotContain("\n")
                    .startsWith("{")
                    .endsWith("}");
        }
        assertThat(Wire.out(AgentConfigJson.of(AgentFixture.everyConfig().get(1))))
                .contains(
                        "\"args\":" + AgentFixture.AWKWARD_JSON.text(),
                        "\"json_schema\":" + AgentFixture.AWKWARD_JSON.text());
    }

    @Test
    void requiredFieldsMustBeThere() {
        assertThat(Wire.refusal(AgentConfigJsonTest::readBody, "{}", "agent_config"))
                .isEqualTo("agent_config is missing");
        assertThat(Wire.refusal(AgentConfigJsonTest::readBody, "{\"agent_config\":{}}", "agent_config.model"))
                .isEqualTo("agent_config.model is missing");
        assertThat(Wire.refusal(
                        AgentConfigJsonTest::readBody,
                        "{\"agent_config\":{\"model\":\"m\"}}",
                        "agent_config.instructions"))
                .isEqualTo("agent_config.instructions is missing");
        assertThat(Wire.refusal(AgentConfigJsonTest::readBody, "{\"agent_config\":[]}", "agent_config"))
                .isEqualTo("agent_config must be an object, not an array");
        assertThat(Wire.refusal(
                        AgentConfigJsonTest::readBody, "{\"agent_config\":{\"model\":null}}", "agent_config.model"))
                .isEqualTo("agent_config.model must not be null");
    }

    @Test
    void aTemperatureIsRequiredAndAboveZero() {
        String place = "agent_config.sampling_params.strategy.temperature";

        assertThat(refusal("\"sampling_params\":{\"strategy\":{\"type\":\"top_p\"}}", place))
                .isEqualTo(place + " is missing; give a number above 0, or null for 1.0");
        assertThat(refusal("\"sampling_params\":{\"strategy\":{\"type\":\"top_p\",\"temperature\":0}}", place))
                .isEqualTo(place + " must be above 0; for always the likeliest token, use the strategy 'greedy'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "model":5                                                               | model
        "instructions":{}                                                       | instructions
        "name":true                                                             | name
        "enable_session_persistence":"yes"                                      | enable_session_persistence
        "max_infer_iters":0                                                     | max_infer_iters
        "max_infer_iters":-1                                                    | max_infer_iters
        "max_infer_iters":1.5                                                   | max_infer_iters
        "max_infer_iters":"5"                                                   | max_infer_iters
        "input_shields":"guard"                                                 | input_shields
        "output_shields":[null]                                                 | output_shields[0]
        "toolgroups":[5]                                                        | toolgroups[0]
        "toolgroups":[{"args":{}}]                                              | toolgroups[0].name
        "toolgroups":["a",{"name":"g"}]                                         | toolgroups[1].args
        "toolgroups":[{"name":"g","args":[]}]                                   | toolgroups[0].args
        "client_tools":[{}]                                                     | client_tools[0].name
        "client_tools":[{"name":"t","parameters":{}}]                           | client_tools[0].parameters
        "client_tools":[{"name":"t","metadata":"x"}]                            | client_tools[0].metadata
        "client_tools":[{"name":"t","input_schema":"x"}]                        | client_tools[0].input_schema
        "client_tools":[{"name":"t","parameters":[],"input_schema":{}}]         | client_tools[0].input_schema
        "client_tools":[{"name":"t","parameters":[{"name":"p"}]}]               | client_tools[0].parameters[0].parameter_type
        "client_tools":[{"name":"t","parameters":[{"name":"p","parameter_type":"int"}]}] | client_tools[0].parameters[0].description
        "tool_choice":"any"                                                     | tool_choice
        "tool_choice":"get_bp"                                                  | tool_choice
        "tool_prompt_format":"xml"                                              | tool_prompt_format
        "tool_config":"auto"                                                    | tool_config
        "tool_config":{"tool_choice":""}                                        | tool_config.tool_choice
        "tool_config":{"tool_prompt_format":"xml"}                              | tool_config.tool_prompt_format
        "tool_config":{"system_message_behavior":"drop"}                        | tool_config.system_message_behavior
        "tool_choice":"none","tool_config":{"tool_choice":"auto"}               | tool_choice
        "tool_choice":"none","tool_config":{}                                   | tool_choice
        "tool_prompt_format":"json","tool_config":{"tool_prompt_format":"python_list"} | tool_prompt_format
        "tool_prompt_format":"json","tool_config":{}                            | tool_prompt_format
        "sampling_params":[]                                                    | sampling_params
        "sampling_params":{"max_tokens":-1}                                     | sampling_params.max_tokens
        "sampling_params":{"max_tokens":1e99}                                   | sampling_params.max_tokens
        "sampling_params":{"repetition_penalty":"1"}                            | sampling_params.repetition_penalty
        "sampling_params":{"repetition_penalty":1e999}                          | sampling_params.repetition_penalty
        "sampling_params":{"stop":"x"}                                          | sampling_params.stop
        "sampling_params":{"strategy":{}}                                       | sampling_params.strategy.type
        "sampling_params":{"strategy":{"type":"beam"}}                          | sampling_params.strategy.type
        "sampling_params":{"strategy":{"type":"top_p","temperature":-1}}        | sampling_params.strategy.temperature
        "sampling_params":{"strategy":{"type":"top_p","temperature":1,"top_p":2}} | sampling_params.strategy.top_p
        "sampling_params":{"strategy":{"type":"top_k"}}                         | sampling_params.strategy.top_k
        "sampling_params":{"strategy":{"type":"top_k","top_k":0}}               | sampling_params.strategy.top_k
        "response_format":{"type":"xml"}                                        | response_format.type
        "response_format":{"type":"json_schema"}                                | response_format.json_schema
        "response_format":{"type":"json_schema","json_schema":"x"}              | response_format.json_schema
        "response_format":{"type":"grammar"}                                    | response_format.bnf
        """)
    void badInputIsRefusedInItsPlace(String member, String place) {
        assertThat(refusal(member, "agent_config." + place)).contains("agent_config." + place);
    }

    private static String refusal(String member, String place) {
        String json = "{\"agent_config\":{\"model\":\"m\",\"instructions\":\"i\"," + member + "}}";
        return Wire.refusal(AgentConfigJsonTest::readBody, json, place);
    }

    private static AgentConfig readBody(JsonField body) {
        return AgentConfigJson.read(body.at("agent_config"));
    }

    private static Sampling.Strategy strategy(String json) {
        return read("{\"model\":\"m\",\"instructions\":\"i\",\"sampling_params\":{\"strategy\":" + json + "}}")
                .sampling()
                .strategy();
    }

    private static AgentConfig read(String config) {
        return AgentConfigJson.read(Wire.in(config));
    }

    private static String echo(String config) {
        return Wire.out(AgentConfigJson.of(read(config)));
    }
}
