package dev.parley.rest.agents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.parley.application.port.Caller;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import dev.parley.rest.json.JsonField;
import io.micronaut.http.HttpRequest;
import java.util.Optional;

/**
 * The secrets that a client sends with one request, for the providers of its tools (agents-api 1.4). They go no further than
 * to those, and what is wrong with them is said without them.
 */
final class ProviderData {

    private static final String HEADER = "X-LlamaStack-Provider-Data";

    private ProviderData() {}

    /**
     * Who makes the request.
     *
     * @throws Refusal when the header is there and is no JSON object
     */
    static Caller caller(HttpRequest<?> request) {
        return new Caller(
                Owner.SOLE,
                Optional.ofNullable(request.getHeaders().get(HEADER)).map(ProviderData::object));
    }

    private static JsonText object(String header) {
        try {
            // a header's bytes are read as characters one by one, and may be UTF-8
            return JsonField.body(header.getBytes(ISO_8859_1)).opaqueObject();
        } catch (Refusal _) {
            throw Refusal.invalid(
                    HEADER, "The header %s must be a JSON object, such as {\"api_key\": \"…\"}".formatted(HEADER));
        }
    }
}
