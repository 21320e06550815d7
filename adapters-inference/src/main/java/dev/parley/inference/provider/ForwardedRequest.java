package dev.parley.inference.provider;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.parley.application.port.ChatProxy.Endpoint;
import dev.parley.domain.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request in a provider's own words: bytes that are handed on, of which only the place of the model's name is known. */
public final class ForwardedRequest {

    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    /** Where a name of the model stands in the body, quotes included. */
    private record Place(int start, int end) {}

    private final Endpoint endpoint;
    private final byte[] body;
    private final String model;
    private final List<Place> places;

    private ForwardedRequest(Endpoint endpoint, byte[] body, String model, List<Place> places) {
        this.endpoint = endpoint;
        this.body = body;
        this.model = model;
        this.places = places;
    }

    /** @throws Refusal when it is not a JSON object in UTF-8 with the name of a model */
    public static ForwardedRequest of(Endpoint endpoint, byte[] body) {
        requireNonNull(endpoint, "endpoint");
        List<Place> places = new ArrayList<>();
        String model = "";
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw Refusal.of(Refusal.Code.INVALID, "The body must be a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isModel = json.currentName().equals("model");
                if (json.nextToken() == JsonToken.VALUE_STRING && isModel) {
                    model = json.getText();
                    places.add(place(json, body));
                } else {
                    json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw Refusal.of(Refusal.Code.INVALID, "The body must be one JSON object and nothing more");
            }
        } catch (IOException _) {
            throw Refusal.of(Refusal.Code.INVALID, "The body is not JSON that can be read");
        }
        if (model.isBlank()) {
            throw Refusal.invalid("model", "Name the model");
        }
        return new ForwardedRequest(endpoint, body, model, places);
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** The model that it names: the last one, should it name several. */
    public String model() {
        return model;
    }

    /** What is sent. Not to be written to. */
    public byte[] body() {
        return body;
    }

    /** The same request of another model; itself when it is the same. */
    public ForwardedRequest to(String otherModel) {
        if (otherModel.equals(model)) {
            return this;
        }
        byte[] name = ('"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(otherModel)) + '"')
                .getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream changed = new ByteArrayOutputStream(body.length + name.length);
        List<Place> moved = new ArrayList<>();
        int copied = 0;
        for (Place place : places) {
            changed.write(body, copied, place.start() - copied);
            moved.add(new Place(changed.size(), changed.size() + name.length));
            changed.writeBytes(name);
            copied = place.end();
        }
        changed.write(body, copied, body.length - copied);
        return new ForwardedRequest(endpoint, changed.toByteArray(), otherModel, moved);
    }

    /** @throws IOException when the bytes are those of another character set, where places can't be told */
    private static Place place(JsonParser json, byte[] body) throws IOException {
        int start = Math.toIntExact(json.currentTokenLocation().getByteOffset());
        json.finishToken();
        int end = Math.toIntExact(json.currentLocation().getByteOffset());
        if (start < 0 || end > body.length || end - start < 2 || body[start] != '"' || body[end - 1] != '"') {
            throw new IOException("not in UTF-8");
        }
        return new Place(start, end);
    }
}
