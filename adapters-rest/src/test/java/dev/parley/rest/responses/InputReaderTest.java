package dev.parley.rest.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.response.InputItem;
import dev.parley.application.response.Seal;
import dev.parley.domain.item.Item;
import dev.parley.rest.json.ObjectText;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every item that a client may send, and what is kept of it (responses-api 3). */
final class InputReaderTest {

    private static final String OWN = "\"id\":\"%s_0b2e6a522f4b4c1e9d3a5f6b7c8d9e0fi00\"";
    private static final String IMAGE = "data:image/png;base64,aGk=";

    static Stream<Arguments> items() {
        return Stream.of(
                // messages in short
                item(
                        "{'role':'user','content':'hi'}",
                        "msg",
                        "'type':'message','role':'user','status':'completed','content':[{'type':'input_text','text':'hi'}]"),
                item(
                        "{'type':'message','role':'system','content':'hi'}",
                        "msg",
                        "'type':'message','role':'system','status':'completed','content':[{'type':'input_text','text':'hi'}]"),
                item(
                        "{'type':null,'role':'developer','content':[]}",
                        "msg",
                        "'type':'message','role':'developer','status':'completed','content':[]"),
                item(
                        "{'role':'assistant','content':'hi'}",
                        "msg",
                        "'type':'message','role':'assistant','status':'completed','content':[{'type':'output_text','text':'hi','annotations':[],'logprobs':[]}]"),
                // messages in full
                item(
                        "{'role':'user','status':'incomplete','content':[{'type':'input_text','text':'a','prompt_cache_breakpoint':{'mode':'explicit'}}],'extra':1}",
                        "msg",
                        "'type':'message','role':'user','status':'incomplete','content':[{'type':'input_text','text':'a'}]"),
                item(
                        "{'role':'user','content':[{'type':'input_image','image_url':'" + IMAGE
                                + "'},{'type':'input_image','image_url':'https://e.org/a.png','detail':'original','file_id':null}]}",
                        "msg",
                        "'type':'message','role':'user','status':'completed','content':[{'type':'input_image','detail':'auto','image_url':'"
                                + IMAGE
                                + "'},{'type':'input_image','detail':'original','image_url':'https://e.org/a.png'}]"),
                item(
                        "{'role':'user','content':[{'type':'input_file','filename':'a.txt','file_data':'data:text/plain;base64,aGk=','detail':'low'},{'type':'input_file','file_data':'aGk='}]}",
                        "msg",
                        "'type':'message','role':'user','status':'completed','content':[{'type':'input_file','filename':'a.txt','file_data':'data:text/plain;base64,aGk=','detail':'low'},{'type':'input_file','file_data':'aGk='}]"),
                item(
                        "{'type':'message','role':'assistant','status':'completed','phase':'final_answer','content':[{'type':'output_text','text':'a'},{'type':'refusal','refusal':'no'},{'type':'input_text','text':'b'}]}",
                        "msg",
                        "'type':'message','role':'assistant','status':'completed','content':[{'type':'output_text','text':'a','annotations':[],'logprobs':[]},{'type':'refusal','refusal':'no'},{'type':'input_text','text':'b'}],'phase':'final_answer'"),
                item(
                        "{'role':'assistant','content':[{'type':'output_text','text':'a','annotations':[{'type':'file_citation','file_id':'f','filename':'n','index':0}],'logprobs':[{'token':'a','logprob':-1}]}]}",
                        "msg",
                        "'type':'message','role':'assistant','status':'completed','content':[{'type':'output_text','text':'a','annotations':[{'type':'file_citation','file_id':'f','filename':'n','index':0}],'logprobs':[{'token':'a','logprob':-1,'bytes':[97],'top_logprobs':[]}]}]"),
                // calls of functions and custom tools
                item(
                        "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'}",
                        "fc",
                        "'type':'function_call','status':'completed','call_id':'c','name':'f','arguments':'{}'"),
                item(
                        "{'type':'function_call','status':'in_progress','call_id':'c','name':'f','arguments':'not"
                                + " json','namespace':'n','caller':{'type':'direct'}}",
                        "fc",
                        "'type':'function_call','status':'in_progress','call_id':'c','name':'f','arguments':'not"
                                + " json','namespace':'n'"),
                item(
                        "{'type':'function_call','call_id':'c','name':'f','arguments':''}",
                        "fc",
                        "'type':'function_call','status':'completed','call_id':'c','name':'f','arguments':'{}'"),
                item(
                        "{'type':'function_call_output','call_id':'c','output':'21'}",
                        "fco",
                        "'type':'function_call_output','status':'completed','call_id':'c','output':'21'"),
                item(
                        "{'type':'function_call_output','status':'completed','call_id':'c','output':[{'type':'input_text','text':'21'},{'type':'input_image','image_url':'"
                                + IMAGE + "'}],'name':'f'}",
                        "fco",
                        "'type':'function_call_output','status':'completed','call_id':'c','output':[{'type':'input_text','text':'21'},{'type':'input_image','detail':'auto','image_url':'"
                                + IMAGE + "'}]"),
                item(
                        "{'type':'custom_tool_call','call_id':'c','name':'t','input':'a\\nb'}",
                        "ctc",
                        "'type':'custom_tool_call','status':'completed','call_id':'c','name':'t','input':'a\\nb'"),
                item(
                        "{'type':'custom_tool_call_output','call_id':'c','output':'ok'}",
                        "ctco",
                        "'type':'custom_tool_call_output','call_id':'c','output':'ok'"),
                // calls with a form of their own
                item(
                        "{'type':'local_shell_call','status':'completed','call_id':'c','action':{'type':'exec','command':['ls'],'env':{},'user':'u'}}",
                        "lsh",
                        "'type':'local_shell_call','status':'completed','call_id':'c','action':{'type':'exec','command':['ls'],'env':{},'user':'u'}"),
                item(
                        "{'type':'local_shell_call_output','call_id':'c','output':'{}'}",
                        "lsho",
                        "'type':'local_shell_call_output','status':'completed','call_id':'c','output':'{}'"),
                item(
                        "{'type':'shell_call','call_id':'c','action':{'commands':['ls'],'timeout_ms':5},'environment':{'type':'local'}}",
                        "sh",
                        "'type':'shell_call','status':'completed','call_id':'c','action':{'commands':['ls'],'timeout_ms':5,'max_output_length':null},'environment':null"),
                item(
                        "{'type':'shell_call','call_id':'c','action':{'commands':['ls']},'environment':{'type':'container_reference','container_id':'cntr_7'}}",
                        "sh",
                        "'type':'shell_call','status':'completed','call_id':'c','action':{'commands':['ls'],'timeout_ms':null,'max_output_length':null},'environment':{'type':'container_reference','container_id':'cntr_7'}"),
                item(
                        "{'type':'shell_call_output','call_id':'c','max_output_length':9,'output':[{'stdout':'a','stderr':'','outcome':{'type':'exit','exit_code':0}}]}",
                        "sho",
                        "'type':'shell_call_output','status':'completed','call_id':'c','output':[{'stdout':'a','stderr':'','outcome':{'type':'exit','exit_code':0}}],'max_output_length':9"),
                item(
                        "{'type':'apply_patch_call','status':'completed','call_id':'c','operation':{'type':'delete_file','path':'a'}}",
                        "apc",
                        "'type':'apply_patch_call','status':'completed','call_id':'c','operation':{'type':'delete_file','path':'a'}"),
                item(
                        "{'type':'apply_patch_call_output','status':'failed','call_id':'c'}",
                        "apco",
                        "'type':'apply_patch_call_output','status':'failed','call_id':'c'"),
                item(
                        "{'type':'computer_call','call_id':'c','action':{'type':'wait'},'pending_safety_checks':[]}",
                        "cu",
                        "'type':'computer_call','status':'completed','call_id':'c','action':{'type':'wait'},'pending_safety_checks':[]"),
                item(
                        "{'type':'computer_call','call_id':'c','actions':[{'type':'wait'}]}",
                        "cu",
                        "'type':'computer_call','status':'completed','call_id':'c','actions':[{'type':'wait'}],'pending_safety_checks':[]"),
                item(
                        "{'type':'computer_call_output','call_id':'c','output':{'type':'computer_screenshot','image_url':'"
                                + IMAGE + "'},'acknowledged_safety_checks':[]}",
                        "cuo",
                        "'type':'computer_call_output','status':'completed','call_id':'c','output':{'type':'computer_screenshot','image_url':'"
                                + IMAGE + "'},'acknowledged_safety_checks':[]"),
                // thoughts
                item(
                        "{'type':'reasoning','summary':[{'type':'summary_text','text':'s'}],'content':[{'type':'reasoning_text','text':'t'}],'status':'completed'}",
                        "rs",
                        "'type':'reasoning','summary':[{'type':'summary_text','text':'s'}],'content':[{'type':'reasoning_text','text':'t'}],'encrypted_content':'sealed(reasoning:"
                            + " t)'"),
                item(
                        "{'type':'reasoning','summary':[],'content':null,'encrypted_content':null}",
                        "rs",
                        "'type':'reasoning','summary':[]"),
                item("{'type':'reasoning'}", "rs", "'type':'reasoning','summary':[]"),
                // what another server has run, as it was brought
                item(
                        "{'type':'file_search_call','status':'completed','queries':['q'],'results':null}",
                        "fs",
                        "'type':'file_search_call','status':'completed','queries':['q'],'results':null"),
                item(
                        "{'type':'file_search_call','status':'completed','queries':['q'],'results':[{'file_id':'f','filename':'n','score':1,'text':'t','attributes':{}}]}",
                        "fs",
                        "'type':'file_search_call','status':'completed','queries':['q'],'results':[{'file_id':'f','filename':'n','score':1,'text':'t','attributes':{}}]"),
                item(
                        "{'type':'web_search_call','status':'completed','action':{'type':'search','query':'q'}}",
                        "ws",
                        "'type':'web_search_call','status':'completed','action':{'type':'search','query':'q'}"),
                item(
                        "{'type':'code_interpreter_call','status':'completed','code':'1','container_id':'cntr_1','outputs':[{'type':'logs','logs':'1'}]}",
                        "ci",
                        "'type':'code_interpreter_call','status':'completed','code':'1','container_id':'cntr_1','outputs':[{'type':'logs','logs':'1'}]"),
                item(
                        "{'type':'mcp_call','status':'completed','server_label':'s','name':'n','arguments':'{}','output':'o','error':null,'approval_request_id':null}",
                        "mcp",
                        "'type':'mcp_call','status':'completed','server_label':'s','name':'n','arguments':'{}','output':'o','error':null,'approval_request_id':null"),
                item(
                        "{'type':'mcp_list_tools','server_label':'s','tools':[{'name':'n','input_schema':{}}]}",
                        "mcpl",
                        "'type':'mcp_list_tools','server_label':'s','tools':[{'name':'n','input_schema':{}}]"),
                item(
                        "{'type':'mcp_approval_request','server_label':'s','name':'n','arguments':'{}'}",
                        "mcpr",
                        "'type':'mcp_approval_request','server_label':'s','name':'n','arguments':'{}'"),
                item(
                        "{'type':'mcp_approval_response','approval_request_id':'mcpr_1','approve':true}",
                        "mcpr",
                        "'type':'mcp_approval_response','approval_request_id':'mcpr_1','approve':true"),
                item(
                        "{'type':'image_generation_call','status':'generating','result':null,'quality':'low'}",
                        "ig",
                        "'type':'image_generation_call','status':'generating','result':null,'quality':'low'"),
                item(
                        "{'type':'image_generation_call','status':'completed','size':'1x1','result':'YQ==','action':'edit'}",
                        "ig",
                        "'type':'image_generation_call','status':'completed','result':'YQ==','action':'edit','size':'1x1'"),
                item(
                        "{'type':'tool_search_call','call_id':null,'execution':'server','arguments':{}}",
                        "tsc",
                        "'type':'tool_search_call','call_id':null,'execution':'server','arguments':{}"),
                item(
                        "{'type':'tool_search_output','call_id':null,'tools':[]}",
                        "tso",
                        "'type':'tool_search_output','call_id':null,'tools':[]"),
                item(
                        "{'type':'program','call_id':'c','code':'1','fingerprint':'f'}",
                        "cm",
                        "'type':'program','call_id':'c','code':'1','fingerprint':'f'"),
                item(
                        "{'type':'program_output','call_id':'c','result':'1','status':'completed'}",
                        "cmo",
                        "'type':'program_output','call_id':'c','result':'1','status':'completed'"),
                item(
                        "{'type':'additional_tools','role':'developer','tools':[{'type':'function','name':'f','parameters':null}]}",
                        "at",
                        "'type':'additional_tools','role':'developer','tools':[{'type':'function','name':'f','description':null,'parameters':null,'strict':true}]"));
    }

    /** With double quotes where the table has single ones. */
    private static Arguments item(String in, String prefix, String out) {
        return Arguments.of(in.replace('\'', '"'), prefix, out.replace('\'', '"'));
    }

    @ParameterizedTest
    @MethodSource("items")
    void anItemWithoutAnIdGetsOne(String in, String prefix, String out) {
        assertThat(Asked.shown("[" + in + "]")).containsExactly("{" + OWN.formatted(prefix) + "," + out + "}");
    }

    @ParameterizedTest
    @MethodSource("items")
    void anItemKeepsTheIdThatItCameWith(String in, String prefix, String out) {
        assertThat(Asked.shown("[{\"id\":\"theirs-1\"," + in.substring(1) + "]"))
                .containsExactly("{\"id\":\"theirs-1\"," + out + "}");
    }

    @ParameterizedTest
    @MethodSource("items")
    void whatWasShownCanBeBroughtBack(String in, String prefix, String out) {
        String shown = "{" + OWN.formatted(prefix) + "," + out + "}";
        String brought = shown.replace(",\"encrypted_content\":\"sealed(reasoning: t)\"", "");

        assertThat(Asked.shown("[" + brought + "]")).containsExactly(shown);
    }

    @ParameterizedTest
    @MethodSource("items")
    void membersThatNobodyKnowsAreTolerated(String in, String prefix, String out) {
        String more = in.substring(0, in.length() - 1) + ",\"x-new\":{\"a\":[null]},\"created_by\":null}";

        assertThat(Asked.shown("[" + more + "]")).singleElement().asString().startsWith("{" + OWN.formatted(prefix));
    }

    @Test
    void aTextIsOneMessage() {
        assertThat(Asked.shown("\"\""))
                .containsExactly(
                        "{" + OWN.formatted("msg")
                                + ",\"type\":\"message\",\"role\":\"user\",\"status\":\"completed\",\"content\":[{\"type\":\"input_text\",\"text\":\"\"}]}");
    }

    @Test
    void idsAreCountedByTheirPlaces() {
        assertThat(Asked.shown("""
            [{"role":"user","content":"a"},{"type":"item_reference","id":"x"},{"type":"reasoning"}]
            """))
                .extracting(item -> item.split(",", 2)[0])
                .containsExactly(
                        "{\"id\":\"msg_0b2e6a522f4b4c1e9d3a5f6b7c8d9e0fi00\"",
                        "reference to x",
                        "{\"id\":\"rs_0b2e6a522f4b4c1e9d3a5f6b7c8d9e0fi02\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"item_reference\",\"id\":\"msg_1\"}",
                "{\"type\":null,\"id\":\"msg_1\"}",
                "{\"id\":\"msg_1\"}",
                "{\"id\":\"msg_1\",\"extra\":1}"
            })
    void aReferenceMayDoWithoutItsType(String reference) {
        assertThat(Asked.shown("[" + reference + "]")).containsExactly("reference to msg_1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "null", "\"a b\"", "\"ü\""})
    void anIdThatCantBeOneIsReplaced(String id) {
        assertThat(Asked.shown("[{\"id\":" + id + ",\"role\":\"user\",\"content\":\"a\"}]"))
                .singleElement()
                .asString()
                .startsWith("{" + OWN.formatted("msg"));
    }

    @Test
    void theAnswerOfALocalShellMayNameItsCallByItsOwnId() {
        assertThat(Asked.shown("[{\"type\":\"local_shell_call_output\",\"id\":\"call_1\",\"output\":\"{}\"}]"))
                .containsExactly(
                        "{" + OWN.formatted("lsho")
                                + ",\"type\":\"local_shell_call_output\",\"status\":\"completed\",\"call_id\":\"call_1\",\"output\":\"{}\"}");
        assertThat(
                        Asked.shown(
                                "[{\"type\":\"local_shell_call_output\",\"id\":\"lsho_1\",\"call_id\":\"call_1\",\"output\":\"{}\"}]"))
                .containsExactly(
                        "{\"id\":\"lsho_1\",\"type\":\"local_shell_call_output\",\"status\":\"completed\",\"call_id\":\"call_1\",\"output\":\"{}\"}");
    }

    @Test
    void sealedThoughtsAreOpened() {
        String sealed = Asked.SEAL.seal(Seal.THOUGHTS, "I thought");
        Item item = read("{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"" + sealed + "\"}");

        assertThat(item).isInstanceOfSatisfying(Item.Thought.class, thought -> {
            assertThat(thought.content()).containsExactly("I thought");
            assertThat(thought.sealed()).hasValue(sealed);
        });
    }

    @Test
    void whatStandsForTheRestIsOpened() {
        String sealed = Asked.SEAL.seal(Seal.SUMMARIES, "In short");
        Item item = read("{\"type\":\"compaction\",\"encrypted_content\":\"" + sealed + "\",\"created_by\":\"x\"}");

        assertThat(item).isInstanceOfSatisfying(Item.Compacted.class, compacted -> {
            assertThat(compacted.summary()).isEqualTo("In short");
            assertThat(compacted.sealed()).isEqualTo(sealed);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"reasoning", "compaction"})
    void aSealOfAnotherServerIsRefused(String type) {
        assertThat(refusal("{\"type\":\"" + type + "\",\"id\":\"x_1\",\"encrypted_content\":\"gAAAA\"}"))
                .isEqualTo(
                        "400 invalid_encrypted_content input[0].encrypted_content: The encrypted content for item x_1"
                            + " could not be verified. Reason: Encrypted content could not be decrypted or parsed.");
    }

    private static Item read(String item) {
        return ((InputItem.Given) Asked.read("{\"model\":\"m\",\"input\":[" + item + "]}")
                        .input()
                        .getFirst())
                .item();
    }

    private static String refusal(String items) {
        return Asked.refusal("{\"model\":\"m\",\"input\":[" + items + "]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5 | invalid_type input[0] | Invalid type for 'input[0]': expected an object, but got an integer"
                        + " instead.",
                "null | missing_required_parameter input[0] | Missing required parameter: 'input[0]'.",
                "{} | missing_required_parameter input[0].type | Missing required parameter: 'input[0].type'.",
                "{'type':5} | invalid_type input[0].type | Invalid type for 'input[0].type': expected a string, but"
                        + " got an integer instead.",
                "{'role':'king','content':''} | invalid_value input[0].role | Invalid value: 'king'. Supported values"
                        + " are: 'user', 'assistant', 'system', and 'developer'.",
                "{'role':'user'} | missing_required_parameter input[0].content | Missing required parameter:"
                        + " 'input[0].content'.",
                "{'role':'user','content':null} | missing_required_parameter input[0].content | Missing required"
                        + " parameter: 'input[0].content'.",
                "{'role':'user','content':5} | invalid_type input[0].content | Invalid type for 'input[0].content':"
                        + " expected one of a string or an array of content parts, but got an integer instead.",
                "{'role':'user','content':['a']} | invalid_type input[0].content[0] | Invalid type for"
                        + " 'input[0].content[0]': expected an object, but got a string instead.",
                "{'role':'user','content':[{'text':'a'}]} | missing_required_parameter input[0].content[0].type |"
                        + " Missing required parameter: 'input[0].content[0].type'.",
                "{'role':'user','content':[{'type':'text','text':'a'}]} | invalid_value input[0].content[0].type |"
                        + " Invalid value: 'text'. Supported values are: 'input_text', 'input_image', 'output_text',"
                        + " 'refusal', and 'input_file'.",
                "{'role':'user','content':[{'type':'input_text','text':'a'},{'type':'input_image','image_url':5}]} |"
                    + " invalid_type input[0].content[1].image_url | Invalid type for 'input[0].content[1].image_url':"
                    + " expected a string, but got an integer instead.",
                "{'role':'user','content':[{'type':'input_image'}]} | missing_required_parameter"
                    + " input[0].content[0].image_url | Missing required parameter: 'input[0].content[0].image_url'.",
                "{'role':'user','content':[{'type':'input_image','image_url':'https://e.org','detail':'x'}]} |"
                    + " invalid_value input[0].content[0].detail | Invalid value: 'x'. Supported values are: 'auto',"
                    + " 'low', 'high', and 'original'.",
                "{'role':'user','content':'','status':'done'} | invalid_value input[0].status | Invalid value: 'done'."
                        + " Supported values are: 'in_progress', 'completed', 'incomplete', 'failed', 'searching',"
                        + " 'calling', 'interpreting', and 'generating'.",
                "{'type':'item_reference'} | missing_required_parameter input[0].id | Missing required parameter:"
                        + " 'input[0].id'.",
                "{'type':'function_call','name':'f','arguments':'{}'} | missing_required_parameter input[0].call_id |"
                        + " Missing required parameter: 'input[0].call_id'.",
                "{'type':'function_call','call_id':'c','name':'f','arguments':{}} | invalid_type input[0].arguments |"
                        + " Invalid type for 'input[0].arguments': expected a string, but got an object instead.",
                "{'type':'function_call_output','call_id':'c'} | missing_required_parameter input[0].output | Missing"
                        + " required parameter: 'input[0].output'.",
                "{'type':'function_call_output','call_id':'c','output':{}} | invalid_type input[0].output | Invalid"
                    + " type for 'input[0].output': expected one of a string or an array of content parts, but got an"
                    + " object instead.",
                "{'type':'function_call_output','call_id':'c','output':[{'type':'output_text','text':''}]} |"
                        + " invalid_value input[0].output[0].type | Invalid value: 'output_text'. Supported values are:"
                        + " 'input_text', 'input_image', and 'input_file'.",
                "{'type':'shell_call_output','call_id':'c','output':''} | invalid_type input[0].output | Invalid type"
                        + " for 'input[0].output': expected an array, but got a string instead.",
                "{'type':'local_shell_call','call_id':'c'} | missing_required_parameter input[0].action | Missing"
                        + " required parameter: 'input[0].action'.",
                "{'type':'apply_patch_call','call_id':'c','operation':'x'} | invalid_type input[0].operation | Invalid"
                        + " type for 'input[0].operation': expected an object, but got a string instead.",
                "{'type':'reasoning','summary':'s'} | invalid_type input[0].summary | Invalid type for"
                        + " 'input[0].summary': expected an array, but got a string instead.",
                "{'type':'reasoning','summary':[{'type':'x','text':''}]} | invalid_value input[0].summary[0].type |"
                        + " Invalid value: 'x'. Supported values are: 'summary_text', 'reasoning_text', and 'text'.",
                "{'type':'compaction'} | missing_required_parameter input[0].encrypted_content | Missing required"
                        + " parameter: 'input[0].encrypted_content'.",
                "{'type':'additional_tools','tools':[{'type':'function'}]} | missing_required_parameter"
                        + " input[0].tools[0].name | Missing required parameter: 'input[0].tools[0].name'.",
            })
    void aWrongItemIsRefusedWithItsPlace(String item, String codeAndParam, String message) {
        assertThat(refusal(item.replace('\'', '"'))).isEqualTo("400 " + codeAndParam + ": " + message);
    }

    @Test
    void anItemOfATypeThatThereIsNotIsRefused() {
        assertThat(refusal("{\"type\":\"telepathy\"}"))
                .startsWith("400 invalid_value input[0].type: Invalid value: 'telepathy'. Supported values are:"
                        + " 'message', ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data:image/png;base64,%%% | invalid_base64_image | but its data is not valid base64.",
                "data:image/png;base64,    | invalid_base64_image | but its data is empty.",
                "data:text/plain;base64,aGk= | invalid_value | but got a value that is neither that nor the URL of an"
                        + " image.",
                "aGk=                      | invalid_value | but got a value that is neither that nor the URL of an"
                        + " image.",
                "file:///etc/passwd        | invalid_value | but got a value that is neither that nor the URL of an"
                        + " image.",
            })
    void whatIsNoImageIsRefused(String address, String code, String but) {
        String image = "{\"type\":\"input_image\",\"image_url\":\"" + address + "\"}";
        String expected = "Invalid '%s'. Expected a base64-encoded data URL with an image MIME type"
                + " (e.g. 'data:image/png;base64,aW1nIGJ5dGVzIGhlcmU='), " + but;

        assertThat(refusal("{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"\"}," + image + "]}"))
                .isEqualTo("400 " + code + " input[0].content[1].image_url: "
                        + expected.formatted("input[0].content[1].image_url"));
        assertThat(refusal("{\"type\":\"computer_call_output\",\"call_id\":\"c\",\"output\":" + image + "}"))
                .isEqualTo("400 " + code + " input[0].output.image_url: "
                        + expected.formatted("input[0].output.image_url"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'file_id':'file-1' | unsupported_value input[0].content[0].file_id",
                "'file_url':'https://e.org/a.txt' | unsupported_value input[0].content[0].file_url",
                "'file_data':'%%%' | invalid_value input[0].content[0].file_data",
                "'file_data':'data:text/plain,hi' | invalid_value input[0].content[0].file_data",
                "'file_data':'data:application/pdf;base64,aGk=' | unsupported_value input[0].content[0].file_data",
                "'file_data':'JVBERi0xLjc=' | unsupported_value input[0].content[0].file_data",
                "'file_data':'/w==' | unsupported_value input[0].content[0].file_data",
                "'filename':'a.txt' | missing_required_parameter input[0].content[0].file_data",
            })
    void whatIsNoFileOfTextIsRefused(String members, String codeAndParam) {
        assertThat(refusal(("{'role':'user','content':[{'type':'input_file'," + members + "}]}").replace('\'', '"')))
                .startsWith("400 " + codeAndParam + ": ");
    }

    @Test
    void anImageInAFileOfThisServerIsRefusedBecauseThereAreNone() {
        assertThat(refusal("{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"file_id\":\"file-1\"}]}"))
                .isEqualTo("400 unsupported_value input[0].content[0].file_id: Unsupported value:"
                        + " 'input[0].content[0].file_id'. This server stores no files; send the content as"
                        + " 'image_url'.");
    }

    @Test
    void idsOfCallsAreShort() {
        for (String type : new String[] {"function_call", "function_call_output", "shell_call_output"}) {
            String item = "{\"type\":\"%s\",\"name\":\"f\",\"arguments\":\"{}\",\"output\":[],\"call_id\":\"%s\"}";

            assertThat(Asked.shown("[" + item.formatted(type, "c".repeat(64)) + "]"))
                    .hasSize(1);
            assertThat(refusal(item.formatted(type, "c".repeat(65))))
                    .isEqualTo("400 string_above_max_length input[0].call_id: Invalid 'input[0].call_id': string too"
                            + " long. Expected a string with maximum length 64, but got a string with length 65"
                            + " instead.");
        }
    }

    @Test
    void anAnswerMayBeTenMebibytesLong() {
        String item = "{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"%s\"}";

        assertThat(Asked.shown("[" + item.formatted("x".repeat(10_485_760)) + "]"))
                .hasSize(1);
        assertThat(refusal(item.formatted("x".repeat(10_485_761))))
                .startsWith("400 string_above_max_length input[0].output: ");
    }

    @Test
    void largeImagesAreTaken() {
        String address = "data:image/png;base64," + Base64.getEncoder().encodeToString(new byte[3_000_000]);

        assertThat(Asked.shown("[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":"
                        + ObjectText.quoted(address).text() + "}]}]"))
                .singleElement()
                .asString()
                .contains(address);
    }
}
