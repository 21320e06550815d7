package dev.parley.inference.testing;

/** Refusals and failures that an engine, or the proxy before it, reports as an HTTP status. */
public enum ErrorScenario implements UpstreamScenario {
    OPENAI_RATE_LIMIT(openAi(
                    429,
                    "Rate limit reached for gpt-4.1-mini in organization org-a on tokens per min (TPM): Limit 200000,"
                            + " Used 199800, Requested 1200. Please try again in 300ms.",
                    "tokens",
                    "null",
                    "rate_limit_exceeded")
            .withHeader("Retry-After", "1")),

    /** A 429 that waiting does not cure. */
    OPENAI_QUOTA(openAi(
            429,
            "You exceeded your current quota, please check your plan and billing details.",
            "insufficient_quota",
            "null",
            "insufficient_quota")),

    OPENAI_CONTEXT_OVERFLOW(openAi(
            400,
            "This model's maximum context length is 128000 tokens. However, your messages resulted in 140000 tokens."
                    + " Please reduce the length of the messages.",
            "invalid_request_error",
            "\"messages\"",
            "context_length_exceeded")),

    VLLM_CONTEXT_OVERFLOW(Reply.json(400, """
        {"error":{"message":"This model's maximum context length is 4096 tokens. However, your request has 5210 input \
        tokens. Please reduce the length of the input messages.","type":"BadRequestError","param":null,"code":400}}\
        """)),

    LLAMA_CPP_CONTEXT_OVERFLOW(Reply.json(400, """
        {"error":{"code":400,"message":"request (13392 tokens) exceeds the available context size (8192 tokens), try \
        increasing it","type":"exceed_context_size_error","n_prompt_tokens":13392,"n_ctx":8192}}\
        """)),

    /** As gateways before Anthropic's models pass it on. */
    PROMPT_TOO_LONG(Reply.json(400, """
        {"error":{"code":"invalid_request_error","message":"prompt is too long: 210000 tokens > 200000 maximum",\
        "type":"invalid_request_error","param":null}}\
        """)),

    OPENAI_UNKNOWN_MODEL(openAi(
            404,
            "The model `nope` does not exist or you do not have access to it.",
            "invalid_request_error",
            "null",
            "model_not_found")),

    OLLAMA_UNKNOWN_MODEL(Reply.json(404, """
        {"error":{"message":"model 'nope' not found","type":"not_found_error","param":null,"code":null}}
        """)),

    /** Older vLLM puts no object around the error. */
    VLLM_UNKNOWN_MODEL(Reply.json(404, """
        {"object":"error","message":"The model `nope` does not exist.","type":"NotFoundError","param":null,\
        "code":404}\
        """)),

    /** A base URL without {@code /v1}. */
    OLLAMA_WRONG_PATH(Reply.body(404, "text/plain", "404 page not found")),

    OPENAI_WRONG_KEY(openAi(
            401,
            "Incorrect API key provided: sk-se***ret. You can find your API key at"
                    + " https://platform.openai.com/account/api-keys.",
            "invalid_request_error",
            "null",
            "invalid_api_key")),

    FORBIDDEN(openAi(
            403,
            "You are not allowed to sample from this model",
            "invalid_request_error",
            "null",
            "permission_denied")),

    OPENAI_UNSUPPORTED_PARAMETER(openAi(
            400,
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens'"
                    + " instead.",
            "invalid_request_error",
            "\"max_tokens\"",
            "unsupported_parameter")),

    /** Azure looks at the prompt before the model does. */
    AZURE_CONTENT_FILTER(Reply.json(400, """
        {"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management \
        policy. Please modify your prompt and retry.","type":null,"param":"prompt","code":"content_filter","status":400,\
        "innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":true,\
        "severity":"high"}}}}}\
        """)),

    OPENAI_SERVER_ERROR(openAi(
            500,
            "The server had an error while processing your request. Sorry about that!",
            "server_error",
            "null",
            "server_error")),

    LLAMA_CPP_LOADING(Reply.json(503, """
        {"error":{"message":"Loading model","type":"unavailable_error","code":503}}\
        """)),

    NGINX_BAD_GATEWAY(Reply.body(502, "text/html", """
        <html>
        <head><title>502 Bad Gateway</title></head>
        <body>
        <center><h1>502 Bad Gateway</h1></center>
        <hr><center>nginx/1.25.3</center>
        </body>
        </html>
        """.replace("\n", "\r\n"))),

    EMPTY_GATEWAY_TIMEOUT(Reply.body(504, "text/plain", "")),

    /** A portal that wants a login answers everything with its page. */
    HTML_WITH_200(Reply.body(200, "text/html", "<!DOCTYPE html><html><body>Please sign in</body></html>")),

    /** A gateway that reports its error as an answer. */
    JSON_ERROR_WITH_200(Reply.json(200, """
        {"error":{"code":429,"message":"Rate limited upstream","metadata":{"provider_name":"Targon"}}}\
        """));

    @SuppressWarnings("Immutable") // a Reply never changes, though its ByteBuffers cannot prove it
    private final Reply reply;

    ErrorScenario(Reply reply) {
        this.reply = reply;
    }

    @Override
    public Reply reply() {
        return reply;
    }

    /** OpenAI prints its errors with indents. */
    private static Reply openAi(int status, String message, String type, String param, String code) {
        return Reply.json(status, """
            {
                "error": {
                    "message": %s,
                    "type": "%s",
                    "param": %s,
                    "code": "%s"
                }
            }
            """.formatted(Json.quote(message), type, param, code));
    }
}
