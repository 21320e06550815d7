package dev.parley.rest.responses;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The events of a response's stream that this server tells (responses-api 9.3), each with the bytes that it begins with. */
enum ResponseEvent {
    CREATED("response.created"),
    QUEUED("response.queued"),
    IN_PROGRESS("response.in_progress"),
    COMPLETED("response.completed"),
    INCOMPLETE("response.incomplete"),
    FAILED("response.failed"),
    ERROR("error"),
    ITEM_ADDED("response.output_item.added"),
    ITEM_DONE("response.output_item.done"),
    PART_ADDED("response.content_part.added"),
    PART_DONE("response.content_part.done"),
    TEXT_DELTA("response.output_text.delta"),
    TEXT_DONE("response.output_text.done"),
    ANNOTATION_ADDED("response.output_text.annotation.added"),
    REFUSAL_DELTA("response.refusal.delta"),
    REFUSAL_DONE("response.refusal.done"),
    REASONING_DELTA("response.reasoning_text.delta"),
    REASONING_DONE("response.reasoning_text.done"),
    SUMMARY_PART_ADDED("response.reasoning_summary_part.added"),
    SUMMARY_PART_DONE("response.reasoning_summary_part.done"),
    SUMMARY_DELTA("response.reasoning_summary_text.delta"),
    SUMMARY_DONE("response.reasoning_summary_text.done"),
    ARGUMENTS_DELTA("response.function_call_arguments.delta"),
    ARGUMENTS_DONE("response.function_call_arguments.done"),
    INPUT_DELTA("response.custom_tool_call_input.delta"),
    INPUT_DONE("response.custom_tool_call_input.done"),
    FILE_SEARCH_IN_PROGRESS("response.file_search_call.in_progress"),
    FILE_SEARCH_SEARCHING("response.file_search_call.searching"),
    FILE_SEARCH_COMPLETED("response.file_search_call.completed"),
    WEB_SEARCH_IN_PROGRESS("response.web_search_call.in_progress"),
    WEB_SEARCH_SEARCHING("response.web_search_call.searching"),
    WEB_SEARCH_COMPLETED("response.web_search_call.completed"),
    MCP_LIST_IN_PROGRESS("response.mcp_list_tools.in_progress"),
    MCP_LIST_COMPLETED("response.mcp_list_tools.completed"),
    MCP_LIST_FAILED("response.mcp_list_tools.failed"),
    MCP_IN_PROGRESS("response.mcp_call.in_progress"),
    MCP_COMPLETED("response.mcp_call.completed"),
    MCP_FAILED("response.mcp_call.failed"),
    MCP_ARGUMENTS_DELTA("response.mcp_call_arguments.delta"),
    MCP_ARGUMENTS_DONE("response.mcp_call_arguments.done"),
    CODE_IN_PROGRESS("response.code_interpreter_call.in_progress"),
    CODE_INTERPRETING("response.code_interpreter_call.interpreting"),
    CODE_COMPLETED("response.code_interpreter_call.completed"),
    CODE_DELTA("response.code_interpreter_call_code.delta"),
    CODE_DONE("response.code_interpreter_call_code.done"),
    IMAGE_IN_PROGRESS("response.image_generation_call.in_progress"),
    IMAGE_GENERATING("response.image_generation_call.generating"),
    IMAGE_PARTIAL("response.image_generation_call.partial_image"),
    IMAGE_COMPLETED("response.image_generation_call.completed"),
    COMMAND_ADDED("response.shell_call_command.added"),
    COMMAND_DELTA("response.shell_call_command.delta"),
    COMMAND_DONE("response.shell_call_command.done"),
    COMMAND_OUTPUT_DELTA("response.shell_call_output_content.delta"),
    COMMAND_OUTPUT_DONE("response.shell_call_output_content.done");

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes into it
    private final byte[] object;

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes into it
    private final byte[] named;

    ResponseEvent(String name) {
        String begun = "{\"type\":\"%s\",\"sequence_number\":".formatted(name);
        object = begun.getBytes(US_ASCII);
        named = "event: %s\ndata: %s".formatted(name, begun).getBytes(US_ASCII);
    }

    /** The event up to its number. Not to be changed. */
    byte[] object() {
        return object;
    }

    /** The same behind what a server-sent event begins with. Not to be changed. */
    byte[] named() {
        return named;
    }
}
