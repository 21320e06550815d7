package dev.parley.rest.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.CallKind;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.domain.tool.ToolInput;
import dev.parley.domain.tool.ToolServer;
import dev.parley.domain.tool.ToolSide;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every type of tool that a client may declare (responses-api 4.1), and every way to choose among them (4.3). */
final class ToolReaderTest {

    private static final String FUNCTION = "{\"type\":\"function\",\"name\":\"measure\"}";
    private static final String ALL = """
        [{"type":"function","name":"measure"},{"type":"custom","name":"write"},\
        {"type":"namespace","name":"body","tools":[{"type":"function","name":"weigh"}]},\
        {"type":"local_shell"},{"type":"shell"},{"type":"apply_patch"},\
        {"type":"file_search","vector_store_ids":["vs_1"]},{"type":"web_search"},\
        {"type":"mcp","server_label":"docs","server_url":"https://e.org/mcp"},\
        {"type":"mcp","server_label":"more","server_url":"https://e.org/mcp"},\
        {"type":"code_interpreter","container":{"type":"auto"}},{"type":"image_generation"},{"type":"programmatic_tool_calling"}]\
        """;

    private static CreateResponseRequest declaring(String tools) {
        return Asked.with("\"tools\":[" + tools + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // functions, with every default
                "{'type':'function','name':'f'} |"
                        + " {'type':'function','name':'f','description':null,'parameters':null,'strict':true}",
                "{'strict':null,'name':'f','type':'function','parameters':null} |"
                        + " {'type':'function','name':'f','description':null,'parameters':null,'strict':true}",
                "{'type':'function','name':'f.g','description':'d','parameters':{'type':'object'},'strict':false,'defer_loading':true}"
                    + " | {'type':'function','name':'f.g','description':'d','parameters':{'type':'object'},'strict':false,'defer_loading':true}",
                "{'type':'custom','name':'c'} |"
                        + " {'type':'custom','name':'c','description':null,'format':{'type':'text'}}",
                "{'type':'custom','name':'c','format':{'type':'grammar','syntax':'lark','definition':'start: A'}} |"
                    + " {'type':'custom','name':'c','description':null,'format':{'type':'grammar','syntax':'lark','definition':'start:"
                    + " A'}}",
                "{'type':'namespace','name':'n','description':'d','tools':[{'type':'function','name':'f'},{'type':'custom','name':'c'}]}"
                    + " | {'type':'namespace','name':'n','description':'d','tools':[{'type':'function','name':'f','description':null,'parameters':null,'strict':true},{'type':'custom','name':'c','description':null,'format':{'type':'text'}}]}",
                // what this server runs
                "{'type':'file_search','vector_store_ids':['vs_1']} |"
                    + " {'type':'file_search','vector_store_ids':['vs_1'],'filters':null,'max_num_results':20,'ranking_options':{'ranker':'auto','score_threshold':0}}",
                "{'type':'file_search','vector_store_ids':[],'max_num_results':5,'filters':{'type':'eq','key':'k','value':1}}"
                    + " | {'type':'file_search','vector_store_ids':[],'filters':{'type':'eq','key':'k','value':1},'max_num_results':5,'ranking_options':{'ranker':'auto','score_threshold':0}}",
                "{'type':'web_search'} |"
                        + " {'type':'web_search','filters':null,'search_context_size':'medium','user_location':null}",
                "{'type':'web_search_preview_2025_03_11','search_context_size':'low','user_location':{'type':'approximate','country':'DE'},'external_web_access':false}"
                    + " | {'type':'web_search_preview_2025_03_11','filters':null,'search_context_size':'low','user_location':{'type':'approximate','country':'DE','city':null,'region':null,'timezone':null},'external_web_access':false}",
                "{'type':'mcp','server_label':'docs','server_url':'https://e.org','authorization':'secret','headers':{'k':'secret'}}"
                    + " | {'type':'mcp','server_label':'docs','server_url':'https://e.org','allowed_tools':null,'headers':null,'require_approval':'always'}",
                "{'type':'mcp','server_label':'docs','connector_id':'c','allowed_tools':['a'],'require_approval':{'never':{'tool_names':['a']}}}"
                    + " | {'type':'mcp','server_label':'docs','connector_id':'c','allowed_tools':['a'],'headers':null,'require_approval':{'never':{'tool_names':['a']}}}",
                "{'type':'code_interpreter','container':'cntr_1'} | {'type':'code_interpreter','container':'cntr_1'}",
                // what the client runs, by its type alone
                "{'type':'local_shell'} | {'type':'local_shell'}",
                "{'type':'apply_patch','allowed_callers':['direct']} |"
                        + " {'type':'apply_patch','allowed_callers':['direct']}",
                "{'type':'computer_use_preview','display_width':1,'display_height':1,'environment':'mac'} |"
                        + " {'type':'computer_use_preview','display_width':1,'display_height':1,'environment':'mac'}",
                "{'type':'shell','environment':{'type':'local'}} | {'type':'shell','environment':{'type':'local'}}",
                "{'type':'shell','environment':{'type':'container_auto'}} |"
                        + " {'type':'shell','environment':{'type':'container_auto'}}",
                "{'type':'image_generation','size':'auto','partial_images':3} |"
                        + " {'type':'image_generation','size':'auto','partial_images':3}",
                // what no model is offered
                "{'type':'tool_search'} | {'type':'tool_search'}",
                "{'type':'programmatic_tool_calling'} | {'type':'programmatic_tool_calling'}",
            })
    void toolsAreGivenBackWithTheirDefaultsAndWithoutSecrets(String declared, String echo) {
        assertThat(Asked.echo("\"tools\":[" + declared.replace('\'', '"') + "]", "tools"))
                .isEqualTo("[" + echo.replace('\'', '"') + "]")
                .doesNotContain("secret");
    }

    @Test
    void functionsAreOfferedAsTheyAre() {
        assertThat(declaring("""
            {"type":"function","name":"measure","description":"d","parameters":{"type":"object"},"strict":true}
            """).spec().tools())
                .containsExactly(new OfferedTool(
                        new ToolDefinition(
                                "measure",
                                Optional.of("d"),
                                new ToolInput.Schema(new JsonText("{\"type\":\"object\"}")),
                                Optional.empty(),
                                true),
                        ToolSide.CLIENT,
                        new CallForm.Function("measure", Optional.empty())));
        assertThat(declaring(FUNCTION).spec().tools()).singleElement().satisfies(tool -> {
            assertThat(tool.definition().input()).isEqualTo(new ToolInput.Undeclared());
            assertThat(tool.definition().strict()).isFalse();
        });
    }

    @Test
    void aCustomToolIsOfferedAsAFunctionOfOneText() {
        OfferedTool tool = declaring("""
            {"type":"custom","name":"write","description":"Writes.",\
            "format":{"type":"grammar","syntax":"regex","definition":"a+"}}
            """).spec().tools().getFirst();

        assertThat(tool.form()).isEqualTo(new CallForm.Custom("write", Optional.empty()));
        assertThat(tool.definition().description()).hasValue("Writes.\n\nThe input must match this regex grammar:\na+");
        assertThat(tool.definition().input())
                .isInstanceOf(ToolInput.Schema.class)
                .asString()
                .contains("\"required\":[\"input\"]");
    }

    @Test
    void toolsOfAGroupHaveItsNameBeforeTheirs() {
        List<OfferedTool> tools = declaring("""
            {"type":"namespace","name":"body","description":"About bodies.","tools":[\
            {"type":"function","name":"weigh"},{"type":"custom","name":"describe","description":"Own."}]}
            """).spec().tools();

        assertThat(tools).extracting(OfferedTool::name).containsExactly("body__weigh", "body__describe");
        assertThat(tools)
                .extracting(OfferedTool::form)
                .containsExactly(
                        new CallForm.Function("weigh", Optional.of("body")),
                        new CallForm.Custom("describe", Optional.of("body")));
        assertThat(tools)
                .extracting(tool -> tool.definition().description().orElseThrow())
                .containsExactly("About bodies.", "Own.");
    }

    @Test
    void aNameThatNoProviderTakesIsReplaced() {
        String longName = "n".repeat(100);
        List<OfferedTool> tools = declaring(
                        "{\"type\":\"function\",\"name\":\"a.b\"},{\"type\":\"function\",\"name\":\"a_b\"},"
                                + "{\"type\":\"function\",\"name\":\"" + longName + "\"}")
                .spec()
                .tools();

        assertThat(tools).extracting(OfferedTool::name).allMatch(name -> name.matches("[A-Za-z0-9_-]{1,64}"));
        assertThat(tools).extracting(OfferedTool::name).doesNotHaveDuplicates();
        assertThat(tools)
                .extracting(tool -> ((CallForm.Function) tool.form()).name())
                .containsExactly("a.b", "a_b", longName);
    }

    @ParameterizedTest
    @CsvSource({
        "local_shell, LOCAL_SHELL, local_shell",
        "shell, SHELL, shell",
        "apply_patch, APPLY_PATCH, apply_patch",
        "computer, COMPUTER, computer",
        "computer_use_preview, COMPUTER, computer"
    })
    void whatTheClientRunsIsOfferedAsAFunction(String type, CallKind kind, String name) {
        OfferedTool tool =
                declaring("{\"type\":\"" + type + "\"}").spec().tools().getFirst();

        assertThat(tool.side()).isEqualTo(ToolSide.CLIENT);
        assertThat(tool.form()).isEqualTo(new CallForm.ClientBuiltIn(kind));
        assertThat(tool.name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file_search | FILE_SEARCH | \"vector_store_ids\":[\"vs_1\"]",
                "web_search | WEB_SEARCH | \"a\":1",
                "web_search_2025_08_26 | WEB_SEARCH | \"a\":1",
                "web_search_preview | WEB_SEARCH | \"a\":1",
                "web_search_preview_2025_03_11 | WEB_SEARCH | \"a\":1",
                "code_interpreter | CODE_INTERPRETER | \"container\":{\"type\":\"auto\"}",
                "image_generation | IMAGE_GENERATION | \"partial_images\":0",
                "shell | SHELL |"
                        + " \"environment\":{\"type\":\"container_auto\",\"file_ids\":[\"file_1\"],\"network_policy\":"
                        + "{\"type\":\"allowlist\",\"allowed_domains\":[\"e.org\"],\"domain_secrets\":[]}}",
                "shell | SHELL | \"environment\":{\"type\":\"container_reference\",\"container_id\":\"cntr_7\"}",
            })
    void whatThisServerRunsIsHandedOnWhole(String type, HostedKind kind, String members) {
        String declared = "{\"type\":\"" + type + "\"," + members + "}";
        CreateResponseRequest asked = declaring(FUNCTION + "," + declared);

        assertThat(asked.hosted()).containsExactly(new HostedTool(kind, type, "tools[1]", new JsonText(declared)));
        assertThat(asked.spec().tools()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"tool_search\",\"execution\":\"client\"}",
                "{\"type\":\"programmatic_tool_calling\"}",
            })
    void whatCantBeHadIsLeftOut(String tool) {
        CreateResponseRequest asked = declaring(tool);

        assertThat(asked.spec().tools()).isEmpty();
        assertThat(asked.hosted()).isEmpty();
    }

    @Test
    void toolsThatComeWithTheInputAreOfferedToo() {
        CreateResponseRequest asked = Asked.read("""
            {"model":"m","tools":[{"type":"function","name":"measure","description":"first"}],"input":[\
            {"role":"user","content":"hi"},{"type":"additional_tools","role":"developer","tools":[\
            {"type":"function","name":"measure","description":"again"},{"type":"function","name":"weigh"},\
            {"type":"mcp","server_label":"docs","server_url":"https://e.org","authorization":"secret"}]}],\
            "tool_choice":{"type":"function","name":"weigh"}}
            """);

        assertThat(asked.spec().tools()).extracting(OfferedTool::name).containsExactly("measure", "weigh");
        assertThat(asked.spec().tools().getFirst().definition().description()).hasValue("first");
        assertThat(asked.spec().toolChoice()).isEqualTo(new ToolChoice.Named("weigh"));
        assertThat(asked.hosted()).extracting(HostedTool::field).containsExactly("input[1].tools[2]");
        assertThat(asked.input().toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | missing_required_parameter tools[0].type | Missing required parameter: 'tools[0].type'.",
                "'f' | invalid_type tools[0] | Invalid type for 'tools[0]': expected an object, but got a string"
                        + " instead.",
                "{'type':'function'} | missing_required_parameter tools[0].name | Missing required parameter:"
                        + " 'tools[0].name'.",
                "{'type':'function','function':{'name':'f'}} | missing_required_parameter tools[0].name | Missing"
                        + " required parameter: 'tools[0].name'.",
                "{'type':'function','name':'a b'} | invalid_value tools[0].name | Invalid 'tools[0].name': string does"
                        + " not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.",
                "{'type':'function','name':''} | invalid_value tools[0].name | Invalid 'tools[0].name': string does"
                        + " not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.",
                "{'type':'function','name':'f','parameters':[]} | invalid_type tools[0].parameters | Invalid type for"
                        + " 'tools[0].parameters': expected an object, but got an array instead.",
                "{'type':'function','name':'f','strict':'yes'} | invalid_type tools[0].strict | Invalid type for"
                        + " 'tools[0].strict': expected a boolean, but got a string instead.",
                "{'type':'custom','name':'c','format':{'type':'xml'}} | invalid_value tools[0].format.type | Invalid"
                        + " value: 'xml'. Supported values are: 'text' and 'grammar'.",
                "{'type':'custom','name':'c','format':{'type':'grammar','syntax':'bnf'}} | invalid_value"
                        + " tools[0].format.syntax | Invalid value: 'bnf'. Supported values are: 'lark' and 'regex'.",
                "{'type':'namespace','name':'n','tools':[{'type':'mcp'}]} | invalid_value tools[0].tools[0].type |"
                        + " Invalid value: 'mcp'. Supported values are: 'function' and 'custom'.",
                "{'type':'file_search'} | missing_required_parameter tools[0].vector_store_ids | Missing required"
                        + " parameter: 'tools[0].vector_store_ids'.",
                "{'type':'file_search','vector_store_ids':[5]} | invalid_type tools[0].vector_store_ids[0] | Invalid"
                        + " type for 'tools[0].vector_store_ids[0]': expected a string, but got an integer instead.",
                "{'type':'file_search','vector_store_ids':[],'max_num_results':51} | integer_above_max_value"
                        + " tools[0].max_num_results | Invalid 'tools[0].max_num_results': integer above maximum value."
                        + " Expected a value <= 50, but got 51 instead.",
                "{'type':'image_generation','partial_images':4} | integer_above_max_value tools[0].partial_images |"
                        + " Invalid 'tools[0].partial_images': integer above maximum value. Expected a value <= 3, but"
                        + " got 4 instead.",
                "{'type':'web_search','search_context_size':'x'} | invalid_value tools[0].search_context_size |"
                        + " Invalid value: 'x'. Supported values are: 'low', 'medium', and 'high'.",
                "{'type':'mcp','server_url':'u'} | missing_required_parameter tools[0].server_label | Missing required"
                        + " parameter: 'tools[0].server_label'.",
                "{'type':'mcp','server_label':'l'} | missing_required_parameter tools[0].server_url | Missing required"
                        + " parameter: 'tools[0].server_url'.",
                "{'type':'mcp','server_label':'l','server_url':'u','require_approval':'maybe'} | invalid_value"
                        + " tools[0].require_approval | Invalid value: 'maybe'. Supported values are: 'always' and"
                        + " 'never'.",
                "{'type':'shell','environment':{}} | missing_required_parameter tools[0].environment.type | Missing"
                        + " required parameter: 'tools[0].environment.type'.",
                "{'type':'shell','environment':{'type':'moon'}} | invalid_value tools[0].environment.type | Invalid"
                        + " value: 'moon'. Supported values are: 'local', 'container_auto', and 'container_reference'.",
                "{'type':'shell','environment':{'type':'container_reference'}} | missing_required_parameter"
                        + " tools[0].environment.container_id | Missing required parameter:"
                        + " 'tools[0].environment.container_id'.",
            })
    void aWrongToolIsRefusedWithItsPlace(String tool, String codeAndParam, String message) {
        assertThat(Asked.refusal(Asked.request("\"tools\":[" + tool.replace('\'', '"') + "]")))
                .isEqualTo("400 " + codeAndParam + ": " + message);
    }

    /** What is declared is kept and given back. */
    @ParameterizedTest
    @CsvSource({"code_interpreter, container", "shell, environment"})
    void secretsOfContainersAreRefused(String type, String place) {
        String refusal = Asked.refusal(Asked.request("""
            "tools":[{"type":"%s","%s":{"type":"container_auto","network_policy":{"type":"allowlist",\
            "domain_secrets":[{"domain":"e.org","name":"KEY","value":"a secret"}]}}}]\
            """.formatted(type, place)));

        assertThat(refusal)
                .startsWith("400 unsupported_value tools[0].%s.network_policy.domain_secrets: ".formatted(place))
                .doesNotContain("a secret");
    }

    @Test
    void aTypeThatThereIsNotIsRefused() {
        assertThat(Asked.refusal(Asked.request("\"tools\":[" + FUNCTION + ",{\"type\":\"teleport\"}]")))
                .startsWith("400 invalid_value tools[1].type: Invalid value: 'teleport'. Supported values are:"
                        + " 'function', ")
                .endsWith(", and 'programmatic_tool_calling'.");
    }

    @Test
    void aNameMayBeLongButNotAnyLength() {
        assertThat(Asked.refusal(
                        Asked.request("\"tools\":[{\"type\":\"function\",\"name\":\"" + "n".repeat(129) + "\"}]")))
                .startsWith("400 string_above_max_length tools[0].name: ");
    }

    @Test
    void twoToolsMayNotShareAName() {
        assertThat(Asked.refusal(Asked.request("\"tools\":[" + FUNCTION + "," + FUNCTION + "]")))
                .isEqualTo("400 invalid_value tools: Two tools are called 'measure'; give each tool its own name");
    }

    @ParameterizedTest
    @CsvSource({"auto", "none", "required"})
    void aChoiceInAWord(String word) {
        CreateResponseRequest asked = Asked.with("\"tools\":" + ALL + ",\"tool_choice\":\"" + word + "\"");

        assertThat(asked.spec().toolChoice().getClass().getSimpleName()).isEqualToIgnoringCase(word);
        assertThat(asked.spec().tools()).hasSize(6);
        assertThat(asked.hosted()).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"function\",\"name\":\"measure\"} | measure",
                "{\"type\":\"function\",\"name\":\"weigh\"} | body__weigh",
                "{\"type\":\"function\",\"name\":\"weigh\",\"namespace\":\"body\"} | body__weigh",
                "{\"type\":\"custom\",\"name\":\"write\"} | write",
                "{\"type\":\"local_shell\"} | local_shell",
                "{\"type\":\"shell\"} | shell",
                "{\"type\":\"apply_patch\"} | apply_patch",
            })
    void aToolOfTheClientIsChosenByItsName(String choice, String name) {
        String members = "\"tools\":" + ALL + ",\"tool_choice\":" + choice;

        assertThat(Asked.with(members).spec().toolChoice()).isEqualTo(new ToolChoice.Named(name));
        assertThat(Asked.with(members).spec().tools()).hasSize(6);
        assertThat(Asked.echo(members, "tool_choice")).isEqualTo(choice);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{\"type\":\"file_search\"} | FILE_SEARCH | - | -",
                "{\"type\":\"web_search\"} | WEB_SEARCH | - | -",
                "{\"type\":\"web_search_preview\"} | WEB_SEARCH | - | -",
                "{\"type\":\"code_interpreter\"} | CODE_INTERPRETER | - | -",
                "{\"type\":\"image_generation\"} | IMAGE_GENERATION | - | -",
                "{\"type\":\"mcp\",\"server_label\":\"docs\"} | MCP | docs | -",
                "{\"type\":\"mcp\",\"server_label\":\"more\",\"name\":\"find\"} | MCP | more | find",
            })
    void aToolOfThisServerIsChosenByItsType(String choice, HostedKind kind, String label, String name) {
        String members = "\"tools\":" + ALL + ",\"tool_choice\":" + choice;

        assertThat(Asked.with(members).spec().toolChoice())
                .isEqualTo(new ToolChoice.Hosted(kind, Optional.ofNullable(label), Optional.ofNullable(name)));
        assertThat(Asked.with(members).hosted()).hasSize(6);
        assertThat(Asked.echo(members, "tool_choice")).isEqualTo(choice);
    }

    /** It is one type, whoever runs it. */
    @Test
    void aShellOfThisServerIsChosenAsThatOfTheClient() {
        String shell =
                "\"tools\":[%s,{\"type\":\"shell\",\"environment\":{\"type\":\"container_auto\"}}],\"tool_choice\":"
                        .formatted(FUNCTION);
        CreateResponseRequest forced = Asked.with(shell + "{\"type\":\"shell\"}");
        CreateResponseRequest allowed =
                Asked.with(shell + "{\"type\":\"allowed_tools\",\"tools\":[{\"type\":\"shell\"}]}");

        assertThat(forced.spec().toolChoice())
                .isEqualTo(new ToolChoice.Hosted(HostedKind.SHELL, Optional.empty(), Optional.empty()));
        assertThat(forced.hosted()).hasSize(1);
        assertThat(forced.spec().tools()).hasSize(1);
        assertThat(allowed.hosted()).extracting(HostedTool::kind).containsExactly(HostedKind.SHELL);
        assertThat(allowed.spec().tools()).isEmpty();
    }

    @Test
    void aToolThatNoModelIsOfferedCantBeForced() {
        assertThat(Asked.with("\"tools\":" + ALL + ",\"tool_choice\":{\"type\":\"programmatic_tool_calling\"}")
                        .spec()
                        .toolChoice())
                .isEqualTo(new ToolChoice.Auto());
    }

    @Test
    void someToolsMayBeAllowedAndNoOthers() {
        String choice = """
            {"type":"allowed_tools","tools":[{"type":"file_search"},{"type":"function","name":"measure"},\
            {"type":"mcp","server_label":"more"},{"type":"image_generation"},{"type":"programmatic_tool_calling"}]}\
            """;
        CreateResponseRequest asked = Asked.with("\"tools\":" + ALL + ",\"tool_choice\":" + choice);

        assertThat(asked.spec().toolChoice()).isEqualTo(new ToolChoice.Auto());
        assertThat(asked.spec().tools()).extracting(OfferedTool::name).containsExactly("measure");
        assertThat(asked.hosted()).extracting(HostedTool::field).containsExactly("tools[6]", "tools[9]", "tools[11]");
        assertThat(Asked.echo("\"tools\":" + ALL + ",\"tool_choice\":" + choice, "tool_choice"))
                .isEqualTo(choice.replace("\"tools\":", "\"mode\":\"auto\",\"tools\":"));
        assertThat(Asked.with("\"tools\":" + ALL + ",\"tool_choice\":"
                                + choice.replace("{\"type\":\"all", "{\"mode\":\"required\",\"type\":\"all"))
                        .spec()
                        .toolChoice())
                .isEqualTo(new ToolChoice.Required());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | find,read | false",
                "[\"read\",\"write\"] | read | false",
                "[\"write\"] | '' | false",
                "{\"read_only\":true} | find,read | true",
                "{\"tool_names\":[\"find\"],\"read_only\":false} | find | false",
            })
    void toolsOfAServerMayBeAllowedByTheirNames(String declared, String left, boolean readOnly) {
        CreateResponseRequest asked = Asked.with("""
            "tools":[{"type":"mcp","server_label":"docs","server_url":"u","allowed_tools":%s,"authorization":"key"}],\
            "tool_choice":{"type":"allowed_tools","mode":"auto","tools":[\
            {"type":"mcp","server_label":"docs","name":"find"},{"type":"mcp","server_label":"docs","name":"read"}]}\
            """.formatted(declared));

        assertThat(asked.hosted())
                .singleElement()
                .extracting(tool -> tool.server().flatMap(ToolServer::allowed).orElseThrow())
                .satisfies(filter -> {
                    assertThat(String.join(",", filter.names().orElseThrow())).isEqualTo(left);
                    assertThat(filter.readOnly()).isEqualTo(readOnly);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5 | invalid_type tool_choice | Invalid type for 'tool_choice': expected one of a string or an object,"
                        + " but got an integer instead.",
                "'any' | invalid_value tool_choice | Invalid value: 'any'. Supported values are: 'none', 'auto', and"
                        + " 'required'.",
                "{} | missing_required_parameter tool_choice.type | Missing required parameter: 'tool_choice.type'.",
                "{'type':'function'} | missing_required_parameter tool_choice.name | Missing required parameter:"
                        + " 'tool_choice.name'.",
                "{'type':'function','name':'dance'} | invalid_value tool_choice | Tool choice 'function' 'dance' not"
                        + " found in 'tools' parameter.",
                "{'type':'custom','name':'measure'} | invalid_value tool_choice | Tool choice 'custom' 'measure' not"
                        + " found in 'tools' parameter.",
                "{'type':'function','name':'weigh','namespace':'mind'} | invalid_value tool_choice | Tool choice"
                        + " 'function' 'weigh' not found in 'tools' parameter.",
                "{'type':'computer'} | invalid_value tool_choice | Tool choice 'computer' not found in 'tools'"
                        + " parameter.",
                "{'type':'mcp'} | missing_required_parameter tool_choice.server_label | Missing required parameter:"
                        + " 'tool_choice.server_label'.",
                "{'type':'mcp','server_label':'none'} | invalid_value tool_choice | Tool choice 'mcp' 'none' not found"
                        + " in 'tools' parameter.",
                "{'type':'tool_search'} | invalid_value tool_choice | Tool choice 'tool_search' not found in 'tools'"
                        + " parameter.",
                "{'type':'allowed_tools','mode':'none','tools':[]} | invalid_value tool_choice.mode | Invalid value:"
                        + " 'none'. Supported values are: 'auto' and 'required'.",
                "{'type':'allowed_tools'} | missing_required_parameter tool_choice.tools | Missing required parameter:"
                        + " 'tool_choice.tools'.",
                "{'type':'allowed_tools','tools':[{'type':'function','name':'dance'}]} | invalid_value tool_choice |"
                        + " Tool choice 'function' 'dance' not found in 'tools' parameter.",
                "{'type':'allowed_tools','tools':['f']} | invalid_type tool_choice.tools[0] | Invalid type for"
                        + " 'tool_choice.tools[0]': expected an object, but got a string instead.",
            })
    void aChoiceThatNamesNoToolIsRefused(String choice, String codeAndParam, String message) {
        assertThat(Asked.refusal(Asked.request("\"tools\":" + ALL + ",\"tool_choice\":" + choice.replace('\'', '"'))))
                .isEqualTo("400 " + codeAndParam + ": " + message);
    }
}
