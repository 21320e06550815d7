package dev.parley.rest.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.application.response.InputItem;
import dev.parley.application.response.Seal;
import dev.parley.domain.Refusal;
import dev.parley.domain.agent.ModelOptions;
import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.turn.ClientToolPolicy;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.TurnId;
import dev.parley.rest.json.ObjectMembers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every parameter of a request (responses-api 1), what is given back of it (2), and how it is refused (8). */
final class CreateResponseRequestTest {

    private static final String DEFAULTS = """
        {"background":false,"instructions":null,"max_output_tokens":null,"max_tool_calls":null,\
        "parallel_tool_calls":true,"previous_response_id":null,"prompt_cache_key":null,"prompt_cache_retention":null,\
        "reasoning":{"effort":null,"summary":null},"safety_identifier":null,"service_tier":"auto","store":true,\
        "temperature":1,"presence_penalty":0,"frequency_penalty":0,\
        "text":{"format":{"type":"text"},"verbosity":"medium"},"tool_choice":"auto","tools":[],"top_logprobs":0,\
        "top_p":1,"truncation":"disabled","user":null}\
        """;

    @Test
    void whatIsNotSaidHasItsDefault() {
        CreateResponseRequest asked = Asked.with("");

        assertThat(asked.spec().model()).isEqualTo("a-model");
        assertThat(asked.spec().instructions()).isEmpty();
        assertThat(asked.spec().options()).isEqualTo(ModelOptions.NONE);
        assertThat(asked.spec().clientToolPolicy()).isEqualTo(ClientToolPolicy.END);
        assertThat(asked.spec().sampling().strategy())
                .isEqualTo(new Sampling.Strategy.Set(Optional.empty(), Optional.empty()));
        assertThat(asked.spec().responseFormat()).isEmpty();
        assertThat(asked.origin()).isEqualTo(new Origin.AfterTurn(Optional.empty()));
        assertThat(asked.metadata()).isEmpty();
        assertThat(asked.include()).isEqualTo(Includes.NONE);
        assertThat(asked.stream()).isFalse();
        assertThat(asked.obfuscation()).isTrue();
        assertThat(asked.inBackground()).isFalse();
        assertThat(asked.spec().terms())
                .hasValue(new ResponseTerms(
                        true,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        new ResponseTerms.Reasoning(false, false, false),
                        new JsonText(DEFAULTS),
                        List.of()));
    }

    @Test
    void aNullIsTheSameAsNothing() {
        String nulls = """
            "instructions":null,"previous_response_id":null,"conversation":null,"include":null,"tools":null,\
            "tool_choice":null,"parallel_tool_calls":null,"max_tool_calls":null,"text":null,"reasoning":null,\
            "temperature":null,"top_p":null,"presence_penalty":null,"frequency_penalty":null,"top_logprobs":null,\
            "max_output_tokens":null,"truncation":null,"stream":null,"stream_options":null,"background":null,\
            "store":null,"metadata":null,"service_tier":null,"prompt":null,"prompt_cache_key":null,\
            "prompt_cache_retention":null,"prompt_cache_options":null,"safety_identifier":null,"user":null,\
            "context_management":null,"moderation":null,"guardrails":null,"client_metadata":null\
            """;
        CreateResponseRequest asked = Asked.with(nulls);

        assertThat(asked.spec()).isEqualTo(Asked.with("").spec());
        assertThat(asked.include()).isEqualTo(Includes.NONE);
    }

    @Test
    void whatNobodyKnowsIsIgnored() {
        String strange = """
            "client_metadata":{"a":1},"chat_template_kwargs":{},"top_k":5,"moderation":{"model":"m"},"generate":false\
            """;

        assertThat(Asked.with(strange).spec()).isEqualTo(Asked.with("").spec());
    }

    @Test
    void whatGoesOnToTheProvider() {
        CreateResponseRequest asked = Asked.with("""
            "instructions":"Be brief.","temperature":0.2,"top_p":0.5,"presence_penalty":-2,"frequency_penalty":2.0,\
            "top_logprobs":3,"parallel_tool_calls":false,"user":"u","safety_identifier":"s","prompt_cache_key":"k",\
            "service_tier":"flex","reasoning":{"effort":"high"},"text":{"verbosity":"low"},"max_output_tokens":16\
            """);

        assertThat(asked.spec().instructions()).isEqualTo("Be brief.");
        assertThat(asked.spec().sampling())
                .isEqualTo(new Sampling(
                        new Sampling.Strategy.Set(Optional.of(0.2), Optional.of(0.5)), 16, 1.0, Optional.empty()));
        assertThat(asked.spec().options())
                .isEqualTo(new ModelOptions(
                        Optional.of("high"),
                        Optional.of("low"),
                        Optional.of(false),
                        Optional.of(-2.0),
                        Optional.of(2.0),
                        Optional.of(3),
                        Optional.of("u"),
                        Optional.of("s"),
                        Optional.of("k"),
                        Optional.of("flex")));
    }

    @Test
    void whatHoldsForTheWholeResponse() {
        ResponseTerms terms = Asked.terms("""
            "store":true,"background":true,"max_tool_calls":1,"max_output_tokens":100,"truncation":"auto",\
            "context_management":[{"type":"compaction","compact_threshold":1000}],\
            "reasoning":{"summary":"auto","context":"all_turns"},"include":["reasoning.encrypted_content"]\
            """);

        assertThat(terms.background()).isTrue();
        assertThat(terms.maxToolCalls()).hasValue(1);
        assertThat(terms.maxOutputTokens()).hasValue(100);
        assertThat(terms.truncate()).isTrue();
        assertThat(terms.compactAt()).hasValue(1000);
        assertThat(terms.reasoning()).isEqualTo(new ResponseTerms.Reasoning(true, true, true));
        assertThat(Asked.terms("\"store\":false").stored()).isFalse();
    }

    @Test
    void whoLooksAtBothSides() {
        CreateResponseRequest asked = Asked.with("\"guardrails\":[\"guard\",{\"type\":\"prude\"},\"guard\"]");

        assertThat(asked.spec().inputShields()).containsExactly("guard", "prude");
        assertThat(asked.spec().outputShields()).containsExactly("guard", "prude");
    }

    @Test
    void whatIsSaidOfTheAnswerItself() {
        CreateResponseRequest asked = Asked.with("""
            "stream":true,"stream_options":{"include_obfuscation":false},"metadata":{"a":"1","b":null}\
            """);

        assertThat(asked.stream()).isTrue();
        assertThat(asked.obfuscation()).isFalse();
        assertThat(asked.metadata()).isEqualTo(Map.of("a", "1"));
        assertThat(Asked.with("\"stream_options\":{}").obfuscation()).isTrue();
    }

    @Test
    void whatItComesAfter() {
        assertThat(Asked.with("\"previous_response_id\":\"resp_" + Asked.ID.hex() + "\"")
                        .origin())
                .isEqualTo(new Origin.AfterTurn(Optional.of(Asked.ID)));
        Origin conversation = new Origin.InConversation(new ConversationId("conv_1"));
        assertThat(Asked.with("\"conversation\":\"conv_1\"").origin()).isEqualTo(conversation);
        assertThat(Asked.with("\"conversation\":{\"id\":\"conv_1\"}").origin()).isEqualTo(conversation);
        assertThat(Asked.read("{\"model\":\"m\",\"conversation\":\"conv_1\"}").input())
                .isEmpty();
        assertThat(Asked.read("{\"model\":\"m\",\"input\":[],\"previous_response_id\":\"resp_%s\"}"
                                .formatted(Asked.ID.hex()))
                        .input())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file_search_call.results",
                "web_search_call.results",
                "web_search_call.action.sources",
                "message.input_image.image_url",
                "computer_call_output.output.image_url",
                "code_interpreter_call.outputs",
                "reasoning.encrypted_content",
                "message.output_text.logprobs"
            })
    void whatMayBeIncluded(String value) {
        assertThat(Asked.with("\"include\":[\"" + value + "\"]").include()).isEqualTo(new Includes(Set.of(value)));
    }

    @Test
    void whoeverAsksToSeeTheTokensAsksForThem() {
        assertThat(Asked.with("\"include\":[\"message.output_text.logprobs\"]")
                        .spec()
                        .options()
                        .topLogprobs())
                .hasValue(0);
        assertThat(Asked.with("\"top_logprobs\":0").spec().options().topLogprobs())
                .isEmpty();
    }

    @Test
    void theFormOfTheAnswer() {
        assertThat(format("{\"type\":\"text\"}")).isEmpty();
        assertThat(format("{\"type\":\"json_object\"}")).hasValue(new ResponseFormat.JsonObject());
        assertThat(format("{\"type\":\"json_schema\"}")).hasValue(new ResponseFormat.JsonObject());
        assertThat(
                        format(
                                "{\"type\":\"json_schema\",\"name\":\"n\",\"schema\":{\"type\":\"object\"},\"strict\":true,\"description\":\"d\"}"))
                .hasValue(new ResponseFormat.JsonSchema(
                        new JsonText("{\"type\":\"object\"}"), Optional.of("n"), Optional.of("d"), true));
        assertThat(format("{\"type\":\"json_schema\",\"name\":\"n\",\"schema\":{},\"strict\":null}"))
                .hasValue(new ResponseFormat.JsonSchema(new JsonText("{}"), Optional.of("n"), Optional.empty(), false));
    }

    private static Optional<ResponseFormat> format(String format) {
        return Asked.with("\"text\":{\"format\":" + format + "}").spec().responseFormat();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "background            | true",
                "instructions          | \"Be brief.\"",
                "instructions          | \"\"",
                "max_output_tokens     | 100",
                "max_tool_calls        | 2",
                "parallel_tool_calls   | false",
                "prompt_cache_key      | \"k\"",
                "prompt_cache_retention| \"24h\"",
                "prompt_cache_retention| \"in_memory\"",
                "safety_identifier     | \"s\"",
                "service_tier          | \"priority\"",
                "store                 | false",
                "temperature           | 0.20",
                "presence_penalty      | -1.5",
                "frequency_penalty     | 2",
                "tool_choice           | \"none\"",
                "top_logprobs          | 20",
                "top_p                 | 0.5",
                "truncation            | \"auto\"",
                "user                  | \"u\"",
                "prompt_cache_options  | {\"ttl\":\"30m\",\"mode\":\"explicit\"}",
            })
    void whatWasSaidIsGivenBack(String name, String value) {
        assertThat(Asked.echo("\"" + name + "\":" + value, name)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "max_output_tokens | 100.0 | 100",
                "top_logprobs | 5.0 | 5",
                "reasoning | {} | {\"effort\":null,\"summary\":null}",
                "reasoning | {\"effort\":\"none\",\"generate_summary\":\"concise\",\"mode\":\"pro\"} |"
                        + " {\"effort\":\"none\",\"summary\":\"concise\"}",
                "reasoning | {\"effort\":\"xhigh\",\"summary\":\"detailed\",\"context\":\"auto\"} |"
                        + " {\"effort\":\"xhigh\",\"summary\":\"detailed\"}",
                "text | {} | {\"format\":{\"type\":\"text\"},\"verbosity\":\"medium\"}",
                "text | {\"format\":null,\"verbosity\":\"high\"} |"
                        + " {\"format\":{\"type\":\"text\"},\"verbosity\":\"high\"}",
                "text | {\"format\":{\"type\":\"json_object\"}} |"
                        + " {\"format\":{\"type\":\"json_object\"},\"verbosity\":\"medium\"}",
                "text | {\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"schema\":{}}} |"
                    + " {\"format\":{\"type\":\"json_schema\",\"description\":null,\"name\":\"n\",\"schema\":{},\"strict\":false},\"verbosity\":\"medium\"}",
                "guardrails | [{\"type\":\"guard\"},\"guard\",\"prude\"] | [\"guard\",\"prude\"]",
                "conversation | \"conv_1\" | {\"id\":\"conv_1\"}",
                "conversation | {\"id\":\"conv_1\",\"more\":1} | {\"id\":\"conv_1\"}",
            })
    void whatIsGivenBackIsWhatWasUnderstood(String name, String value, String echo) {
        assertThat(Asked.echo("\"" + name + "\":" + value, name)).isEqualTo(echo);
    }

    @Test
    void whatWasNotUsedIsNotGivenBack() {
        assertThat(ObjectMembers.of(Asked.terms("").echo()).names())
                .doesNotContain(
                        "conversation", "guardrails", "prompt_cache_options", "stream", "input", "include", "metadata");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                       | missing_required_parameter model | Missing required parameter: 'model'.",
                "{\"model\":\"\",\"input\":\"\"} | missing_required_parameter model | Missing required parameter:"
                        + " 'model'.",
                "{\"model\":\"  \",\"input\":\"\"} | missing_required_parameter model | Missing required parameter:"
                        + " 'model'.",
                "{\"model\":null}         | missing_required_parameter model | Missing required parameter: 'model'.",
                "{\"model\":5}            | invalid_type model | Invalid type for 'model': expected a string, but got"
                        + " an integer instead.",
                "{\"model\":\"m\"}        | missing_required_parameter input | Missing required parameter: 'input'.",
                "{\"model\":\"m\",\"input\":[]} | missing_required_parameter input | Missing required parameter:"
                        + " 'input'.",
                "{\"model\":\"m\",\"input\":5} | invalid_type input | Invalid type for 'input': expected one of a"
                        + " string or an array of input items, but got an integer instead.",
                "{\"model\":\"m\",\"input\":{}} | invalid_type input | Invalid type for 'input': expected one of a"
                        + " string or an array of input items, but got an object instead.",
                "[]                       | invalid_type null | Invalid type: expected an object, but got an array"
                        + " instead.",
                "null                     | invalid_type null | Invalid type: expected an object, but got null"
                        + " instead.",
            })
    void withoutWhatARequestNeedsItIsRefused(String json, String codeAndParam, String message) {
        assertThat(Asked.refusal(json)).isEqualTo("400 " + codeAndParam + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"instructions\":[] | invalid_type instructions | Invalid type for 'instructions': expected a string,"
                        + " but got an array instead.",
                "\"stream\":\"true\" | invalid_type stream | Invalid type for 'stream': expected a boolean, but got a"
                        + " string instead.",
                "\"stream_options\":true | invalid_type stream_options | Invalid type for 'stream_options': expected"
                        + " an object, but got a boolean instead.",
                "\"stream_options\":{\"include_obfuscation\":1} | invalid_type stream_options.include_obfuscation |"
                    + " Invalid type for 'stream_options.include_obfuscation': expected a boolean, but got an integer"
                    + " instead.",
                "\"store\":0 | invalid_type store | Invalid type for 'store': expected a boolean, but got an integer"
                        + " instead.",
                "\"background\":{} | invalid_type background | Invalid type for 'background': expected a boolean, but"
                        + " got an object instead.",
                "\"background\":true,\"store\":false | invalid_value background | Invalid 'background': a response in"
                        + " the background is read back later, so it requires 'store' to be true.",
                "\"parallel_tool_calls\":\"no\" | invalid_type parallel_tool_calls | Invalid type for"
                        + " 'parallel_tool_calls': expected a boolean, but got a string instead.",
                "\"include\":\"a\" | invalid_type include | Invalid type for 'include': expected an array, but got a"
                        + " string instead.",
                "\"include\":[1] | invalid_type include[0] | Invalid type for 'include[0]': expected a string, but got"
                        + " an integer instead.",
                "\"include\":[\"reasoning.encrypted_content\",\"output\"] | invalid_value include[1] | Invalid value:"
                        + " 'output'. Supported values are: 'file_search_call.results', 'web_search_call.results',"
                        + " 'web_search_call.action.sources', 'message.input_image.image_url',"
                        + " 'computer_call_output.output.image_url', 'code_interpreter_call.outputs',"
                        + " 'reasoning.encrypted_content', and 'message.output_text.logprobs'.",
                "\"max_output_tokens\":1 | integer_below_min_value max_output_tokens | Invalid 'max_output_tokens':"
                        + " integer below minimum value. Expected a value >= 16, but got 1 instead.",
                "\"max_output_tokens\":20.5 | invalid_type max_output_tokens | Invalid type for 'max_output_tokens':"
                        + " expected an integer, but got a decimal number instead.",
                "\"max_output_tokens\":\"20\" | invalid_type max_output_tokens | Invalid type for 'max_output_tokens':"
                        + " expected an integer, but got a string instead.",
                "\"max_tool_calls\":0 | integer_below_min_value max_tool_calls | Invalid 'max_tool_calls': integer"
                        + " below minimum value. Expected a value >= 1, but got 0 instead.",
                "\"temperature\":2.1 | decimal_above_max_value temperature | Invalid 'temperature': decimal above"
                        + " maximum value. Expected a value <= 2, but got 2.1 instead.",
                "\"temperature\":-1 | decimal_below_min_value temperature | Invalid 'temperature': decimal below"
                        + " minimum value. Expected a value >= 0, but got -1 instead.",
                "\"temperature\":\"hot\" | invalid_type temperature | Invalid type for 'temperature': expected a"
                        + " decimal, but got a string instead.",
                "\"top_p\":1.5 | decimal_above_max_value top_p | Invalid 'top_p': decimal above maximum value."
                        + " Expected a value <= 1, but got 1.5 instead.",
                "\"presence_penalty\":-2.5 | decimal_below_min_value presence_penalty | Invalid 'presence_penalty':"
                        + " decimal below minimum value. Expected a value >= -2, but got -2.5 instead.",
                "\"frequency_penalty\":3 | decimal_above_max_value frequency_penalty | Invalid 'frequency_penalty':"
                        + " decimal above maximum value. Expected a value <= 2, but got 3 instead.",
                "\"top_logprobs\":21 | integer_above_max_value top_logprobs | Invalid 'top_logprobs': integer above"
                        + " maximum value. Expected a value <= 20, but got 21 instead.",
                "\"top_logprobs\":-1 | integer_below_min_value top_logprobs | Invalid 'top_logprobs': integer below"
                        + " minimum value. Expected a value >= 0, but got -1 instead.",
                "\"truncation\":\"on\" | invalid_value truncation | Invalid value: 'on'. Supported values are: 'auto'"
                        + " and 'disabled'.",
                "\"service_tier\":\"gold\" | invalid_value service_tier | Invalid value: 'gold'. Supported values are:"
                        + " 'auto', 'default', 'flex', 'scale', 'priority', 'fast', and 'ultrafast'.",
                "\"prompt_cache_retention\":\"1h\" | invalid_value prompt_cache_retention | Invalid value: '1h'."
                        + " Supported values are: 'in_memory', 'in-memory', and '24h'.",
                "\"prompt_cache_options\":{\"mode\":\"x\"} | invalid_value prompt_cache_options.mode | Invalid value:"
                        + " 'x'. Supported values are: 'implicit' and 'explicit'.",
                "\"reasoning\":\"high\" | invalid_type reasoning | Invalid type for 'reasoning': expected an object,"
                        + " but got a string instead.",
                "\"reasoning\":{\"effort\":\"huge\"} | invalid_value reasoning.effort | Invalid value: 'huge'."
                        + " Supported values are: 'none', 'minimal', 'low', 'medium', 'high', 'xhigh', and 'max'.",
                "\"reasoning\":{\"summary\":\"x\"} | invalid_value reasoning.summary | Invalid value: 'x'. Supported"
                        + " values are: 'auto', 'concise', and 'detailed'.",
                "\"reasoning\":{\"generate_summary\":\"x\"} | invalid_value reasoning.generate_summary | Invalid"
                        + " value: 'x'. Supported values are: 'auto', 'concise', and 'detailed'.",
                "\"reasoning\":{\"context\":\"x\"} | invalid_value reasoning.context | Invalid value: 'x'. Supported"
                        + " values are: 'auto', 'current_turn', and 'all_turns'.",
                "\"reasoning\":{\"mode\":\"x\"} | invalid_value reasoning.mode | Invalid value: 'x'. Supported values"
                        + " are: 'standard' and 'pro'.",
                "\"text\":[] | invalid_type text | Invalid type for 'text': expected an object, but got an array"
                        + " instead.",
                "\"text\":{\"verbosity\":\"x\"} | invalid_value text.verbosity | Invalid value: 'x'. Supported values"
                        + " are: 'low', 'medium', and 'high'.",
                "\"text\":{\"format\":{}} | missing_required_parameter text.format.type | Missing required parameter:"
                        + " 'text.format.type'.",
                "\"text\":{\"format\":{\"type\":\"xml\"}} | invalid_value text.format.type | Invalid value: 'xml'."
                        + " Supported values are: 'text', 'json_object', and 'json_schema'.",
                "\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\"}} | missing_required_parameter"
                        + " text.format.schema | Missing required parameter: 'text.format.schema'.",
                "\"text\":{\"format\":{\"type\":\"json_schema\",\"schema\":{}}} | missing_required_parameter"
                        + " text.format.name | Missing required parameter: 'text.format.name'.",
                "\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"a b\",\"schema\":{}}} | invalid_value"
                        + " text.format.name | Invalid 'text.format.name': string does not match pattern. Expected a"
                        + " string that matches the pattern '^[a-zA-Z0-9_-]+$', with maximum length 64.",
                "\"metadata\":\"a\" | invalid_type metadata | Invalid type for 'metadata': expected an object, but got"
                        + " a string instead.",
                "\"metadata\":{\"a\":1} | invalid_type metadata.a | Invalid type for 'metadata.a': expected a string,"
                        + " but got an integer instead.",
                "\"context_management\":{} | invalid_type context_management | Invalid type for 'context_management':"
                        + " expected an array, but got an object instead.",
                "\"context_management\":[{\"type\":\"x\"}] | invalid_value context_management[0].type | Invalid value:"
                        + " 'x'. Supported values are: 'compaction'.",
                "\"context_management\":[{\"type\":\"compaction\",\"compact_threshold\":999}] |"
                        + " integer_below_min_value context_management[0].compact_threshold | Invalid"
                        + " 'context_management[0].compact_threshold': integer below minimum value. Expected a value >="
                        + " 1000, but got 999 instead.",
                "\"guardrails\":\"guard\" | invalid_type guardrails | Invalid type for 'guardrails': expected an"
                        + " array, but got a string instead.",
                "\"guardrails\":[5] | invalid_type guardrails[0] | Invalid type for 'guardrails[0]': expected a string,"
                        + " but got an integer instead.",
                "\"guardrails\":[{}] | missing_required_parameter guardrails[0].type | Missing required parameter:"
                        + " 'guardrails[0].type'.",
                "\"conversation\":5 | invalid_type conversation | Invalid type for 'conversation': expected one of a"
                        + " string or an object, but got an integer instead.",
                "\"conversation\":{} | missing_required_parameter conversation.id | Missing required parameter:"
                        + " 'conversation.id'.",
                "\"conversation\":\"thread_1\" | invalid_value conversation | Invalid 'conversation': 'thread_1'."
                        + " Expected an ID that begins with 'conv'.",
                "\"conversation\":{\"id\":\"x\"} | invalid_value conversation.id | Invalid 'conversation.id': 'x'."
                        + " Expected an ID that begins with 'conv'.",
                "\"previous_response_id\":\"resp_x\" | previous_response_not_found previous_response_id | Previous"
                        + " response with id 'resp_x' not found.",
                "\"previous_response_id\":5 | invalid_type previous_response_id | Invalid type for"
                        + " 'previous_response_id': expected a string, but got an integer instead.",
            })
    void aWrongParameterIsRefused(String members, String codeAndParam, String message) {
        assertThat(Asked.refusal(Asked.request(members))).isEqualTo("400 " + codeAndParam + ": " + message);
    }

    @Test
    void thereAreTwoWaysToSayWhatItComesAfterButNotAtOnce() {
        assertThat(Asked.refusal(Asked.request("\"previous_response_id\":\"resp_x\",\"conversation\":\"conv_1\"")))
                .startsWith("400 mutually_exclusive_parameters ")
                .contains("'previous_response_id'", "'conversation'");
    }

    @Test
    void thereAreNoPrompts() {
        assertThat(Asked.refusal("{\"prompt\":{\"id\":\"pmpt_1\"}}"))
                .isEqualTo("404 null prompt: Prompt with id 'pmpt_1' not found.");
    }

    @ParameterizedTest
    @CsvSource({"safety_identifier", "prompt_cache_key"})
    void namesAreShort(String name) {
        assertThat(Asked.with(member(name, 64)).spec()).isNotNull();
        assertThat(Asked.refusal(Asked.request(member(name, 65))))
                .isEqualTo(
                        "400 string_above_max_length %s: Invalid '%s': string too long. Expected a string with maximum"
                                + " length 64, but got a string with length 65 instead.",
                        name, name);
    }

    private static String member(String name, int length) {
        return "\"" + name + "\":\"" + "x".repeat(length) + "\"";
    }

    @Test
    void metadataHasLimits() {
        assertThat(Asked.with("\"metadata\":{" + member("k".repeat(64), 512) + "}")
                        .metadata())
                .hasSize(1);
        assertThat(Asked.refusal(Asked.request("\"metadata\":{" + member("k".repeat(65), 1) + "}")))
                .startsWith(
                        "400 string_above_max_length metadata: Invalid property name in 'metadata': string too long.");
        assertThat(Asked.refusal(Asked.request("\"metadata\":{" + member("k", 513) + "}")))
                .startsWith("400 string_above_max_length metadata.k: ");
        StringBuilder many = new StringBuilder(member("k0", 1));
        for (int index = 1; index < 17; index++) {
            many.append(',').append(member("k" + index, 1));
        }
        assertThat(Asked.refusal(Asked.request("\"metadata\":{" + many + "}")))
                .startsWith("400 array_above_max_length metadata: ")
                .contains("at most 16", "17");
    }

    @Test
    void aTextMayBeTenMebibytesLong() {
        int most = 10_485_760;

        assertThat(Asked.read("{\"model\":\"m\"," + member("input", most) + "}").input())
                .hasSize(1);
        assertThat(Asked.refusal("{\"model\":\"m\"," + member("input", most + 1) + "}"))
                .startsWith("400 string_above_max_length input: Invalid 'input': string too long.");
    }

    @Test
    void withoutAKeyNothingIsSealed() {
        Seal none = Seal.missing("Set a key.");
        for (String members : List.of(
                "\"include\":[\"reasoning.encrypted_content\"]",
                "\"context_management\":[{\"type\":\"compaction\",\"compact_threshold\":1000}]")) {
            Param in = Param.body(Asked.request(members).getBytes(StandardCharsets.UTF_8));
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> CreateResponseRequest.read(in, Asked.ID, none))
                    .withMessage("Set a key.");
        }
    }

    @Test
    void requestsThatDifferInHowTheyAreWrittenMeanTheSame() {
        String meaning = Asked.with("\"store\":true").meaning().text();

        assertThat(Asked.with("\"stream\":true").meaning().text()).isEqualTo(meaning);
        assertThat(Asked.with("\"temperature\":0.5").meaning().text()).isNotEqualTo(meaning);
        assertThat(Asked.with("\"metadata\":{\"a\":\"b\"}").meaning().text()).isNotEqualTo(meaning);
        assertThat(Asked.with("\"tools\":[{\"type\":\"function\",\"name\":\"f\"}]")
                        .meaning()
                        .text())
                .isNotEqualTo(meaning);
        String compacting = Asked.with(compactedAt(1_000)).meaning().text();
        assertThat(compacting).isNotEqualTo(meaning);
        assertThat(Asked.with(compactedAt(2_000)).meaning().text()).isNotEqualTo(compacting);
        assertThat(Asked.with("\"stream\":true," + compactedAt(1_000)).meaning().text())
                .isEqualTo(compacting);
        assertThat(Asked.with("\"context_management\":null").meaning().text()).isEqualTo(meaning);
    }

    private static String compactedAt(int tokens) {
        return "\"context_management\":[{\"type\":\"compaction\",\"compact_threshold\":%d}]".formatted(tokens);
    }

    @Test
    void aCommandHasTheNameOfItsRequest() {
        CreateResponseRequest asked = Asked.with("\"metadata\":{\"a\":\"b\"}");

        assertThat(asked.command(null).request()).isEmpty();
        assertThat(asked.command("once").request().orElseThrow().key()).isEqualTo("once");
        assertThat(asked.command("once"))
                .isEqualTo(
                        Asked.with("\"metadata\":{\"a\":\"b\"},\"stream\":true").command("once"));
        assertThat(asked.command(null).metadata()).isEqualTo(Map.of("a", "b"));
        assertThat(asked.command(null).id()).isEqualTo(new TurnId(Asked.ID.value()));
        assertThat(asked.command(null).input()).allMatch(InputItem.Given.class::isInstance);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> asked.command("a b"))
                .withMessageContaining("Idempotency-Key");
    }
}
