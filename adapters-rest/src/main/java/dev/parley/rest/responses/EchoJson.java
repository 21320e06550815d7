package dev.parley.rest.responses;

import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.List;

/**
 * The parameters of a request as its client is told of them: each with its default, in the order in which responses have them
 * (responses-api 2). They have been read before, so each is what it may be.
 */
final class EchoJson {

    private static final RawJson ZERO = new RawJson("0");
    private static final RawJson ONE = new RawJson("1");
    private static final RawJson TRUE = new RawJson("true");
    private static final RawJson FALSE = new RawJson("false");

    private EchoJson() {}

    static RawJson of(Param in, List<RawJson> tools, RawJson toolChoice, TextParam text, ReasoningParam reasoning) {
        ObjectText echo = new ObjectText()
                .raw("background", in.at("background").echo(FALSE))
                .raw("instructions", in.at("instructions").echo())
                .raw("max_output_tokens", whole(in.at("max_output_tokens"), RawJson.NULL))
                .raw("max_tool_calls", whole(in.at("max_tool_calls"), RawJson.NULL))
                .raw("parallel_tool_calls", in.at("parallel_tool_calls").echo(TRUE))
                .raw("previous_response_id", in.at("previous_response_id").echo())
                .raw("prompt_cache_key", in.at("prompt_cache_key").echo())
                .raw("prompt_cache_retention", in.at("prompt_cache_retention").echo())
                .raw("reasoning", reasoning.echo())
                .raw("safety_identifier", in.at("safety_identifier").echo())
                .raw("service_tier", in.at("service_tier").echo(ObjectText.quoted("auto")))
                .raw("store", in.at("store").echo(TRUE))
                .raw("temperature", in.at("temperature").echo(ONE))
                .raw("presence_penalty", in.at("presence_penalty").echo(ZERO))
                .raw("frequency_penalty", in.at("frequency_penalty").echo(ZERO))
                .raw("text", text.echo())
                .raw("tool_choice", toolChoice)
                .array("tools", tools)
                .raw("top_logprobs", whole(in.at("top_logprobs"), ZERO))
                .raw("top_p", in.at("top_p").echo(ONE))
                .raw("truncation", in.at("truncation").echo(ObjectText.quoted("disabled")))
                .raw("user", in.at("user").echo());
        if (in.at("prompt_cache_options").isGiven()) {
            echo.raw("prompt_cache_options", in.at("prompt_cache_options").echo());
        }
        List<String> guardrails = GuardrailsParam.read(in.at("guardrails"));
        if (!guardrails.isEmpty()) {
            echo.array("guardrails", guardrails.stream().map(ObjectText::quoted).toList());
        }
        Param conversation = in.at("conversation");
        if (conversation.isGiven()) {
            Param id = conversation.isObject() ? conversation.at("id") : conversation;
            echo.raw("conversation", new ObjectText().string("id", id.string()).end());
        }
        return echo.end();
    }

    /** Typed clients read a number with a fraction as none of theirs, if only of zero. */
    private static RawJson whole(Param in, RawJson otherwise) {
        return in.optional(number -> new RawJson(String.valueOf(number.integer(Integer.MIN_VALUE, Integer.MAX_VALUE))))
                .orElse(otherwise);
    }
}
