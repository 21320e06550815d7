package dev.parley.inference.openai;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Part;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Usage;
import dev.parley.inference.provider.WholeText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Counts tokens by OpenAI's rules and encodings, which is exact for its texts and near for other models'. */
final class TokenEstimate {

    /** What stands around each message, and before the answer. */
    private static final int AROUND = 3;

    /** A square picture of a thousand points a side. */
    private static final int IMAGE = 765;

    private static final List<String> NEWER =
            List.of("gpt-4o", "gpt-4.1", "gpt-4.5", "gpt-5", "gpt-oss", "chatgpt-", "o1", "o3", "o4");

    /** Reads an encoding when it is first needed. */
    private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();

    private final Encoding encoding;

    private TokenEstimate(Encoding encoding) {
        this.encoding = encoding;
    }

    /** @param tools as the model reads them; empty when it is offered none */
    static long of(InferenceRequest request, String tools) {
        TokenEstimate estimate = new TokenEstimate(ENCODINGS.getEncoding(encodingOf(request.model())));
        long sum = AROUND + estimate.count(tools);
        for (Message message : request.messages()) {
            sum += AROUND + 1 + estimate.count(message);
        }
        return sum + estimate.count(request.responseFormat());
    }

    /**
     * What an answer took, where its provider does not tell; what it does tell stays. No request takes no tokens, so that a
     * count of nothing is taken for none.
     */
    static Usage usage(Optional<Usage> told, InferenceRequest request, String tools, Message.Assistant answer) {
        Usage known = told.orElse(Usage.NONE);
        if (known.inputTokens() > 0 && known.outputTokens() > 0) {
            return known;
        }
        TokenEstimate estimate = new TokenEstimate(ENCODINGS.getEncoding(encodingOf(request.model())));
        long thought = estimate.count(answer.reasoning().orElse(""));
        return new Usage(
                known.inputTokens() > 0 ? known.inputTokens() : of(request, tools),
                known.cachedInputTokens(),
                known.outputTokens() > 0 ? known.outputTokens() : thought + estimate.count(answer),
                known.outputTokens() > 0 ? known.reasoningTokens() : thought);
    }

    private static EncodingType encodingOf(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return NEWER.stream().anyMatch(name::startsWith) ? EncodingType.O200K_BASE : EncodingType.CL100K_BASE;
    }

    private long count(Message message) {
        return switch (message) {
            case Message.System(String text) -> count(text);
            case Message.User(Content content, Optional<Content> context) ->
                count(content) + context.map(this::count).orElse(0L);
            case Message.Tool(String callId, Content content) -> count(callId) + count(content);
            case Message.Assistant assistant -> {
                long sum = count(assistant.text());
                for (ToolCall call : assistant.toolCalls()) {
                    sum += AROUND
                            + count(call.toolName())
                            + count(call.arguments().text());
                }
                yield sum;
            }
        };
    }

    private long count(Content content) {
        long sum = 0;
        for (Part part : content.parts()) {
            sum += switch (part) {
                case Part.Text(String text) -> count(text);
                case Part.Image _ -> IMAGE;
            };
        }
        return sum;
    }

    private long count(Optional<ResponseFormat> format) {
        return format.isPresent()
                        && format.get() instanceof ResponseFormat.JsonSchema(JsonText schema, var _, var _, var _)
                ? count(schema.text())
                : 0;
    }

    private long count(String text) {
        return text.isEmpty() ? 0 : encoding.countTokensOrdinary(WholeText.of(text));
    }
}
