package dev.parley.rest.responses;

import static dev.parley.application.testing.ModelScript.says;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Inference;
import dev.parley.application.testing.ScriptedInference;
import dev.parley.domain.message.Message;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Failure;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.testing.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesSocketTest {

    private static final int LONGEST = 50_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private SocketServer server;
    private SocketClient client;
    private ScriptedInference model;

    @BeforeEach
    void open() {
        server = new SocketServer(Map.of(
                "micronaut.server.max-request-size", LONGEST,
                "parley.http.stream.heartbeat", "100ms",
                "parley.http.stream.max-pending", "10000"));
        client = server.open();
        model = server.application().model();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void aResponseComesAsMessagesOfItsEvents() {
        model.then(says("Hello"));

        List<JsonField> told = client.ask("Hi", ",\"stream\":true,\"stream_options\":{\"include_obfuscation\":false}")
                .response();

        assertThat(told)
                .extracting(event -> event.at("type").string())
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
        assertThat(told)
                .extracting(event -> event.at("sequence_number").integer(0))
                .isSorted();
        assertThat(told).noneMatch(event -> event.at("stream_id").isGiven());
    }

    @Test
    void aSocketCanBeOpenedBelowTheAddressOfTheWholeInterface() {
        model.then(says("Hello"));
        try (SocketClient other = server.open("/v1/openai/v1/responses")) {
            assertThat(other.ask("Hi", "").response()).hasSize(9);
        }
    }

    @Test
    void whoDoesNotWantASocketIsToldSo() throws IOException {
        try (Wire wire = new Wire(server.port()).get("/v1/responses")) {
            assertThat(wire.readAnswer()).startsWith("HTTP/1.1 4").contains("\"error\":{\"message\":");
        }
    }

    @Test
    void aSocketIsNotCompressed() throws IOException {
        try (Wire wire = handshake()) {
            assertThat(wire.readUntil("\r\n\r\n"))
                    .startsWith("HTTP/1.1 101 ")
                    .containsIgnoringCase("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                    .doesNotContainIgnoringCase("extensions");
        }
    }

    @Nested
    class AChain {

        @Test
        void goesOnAlthoughItIsNotStored() {
            model.then(says("One"), says("Two"));
            String first = client.ask("1", "").id();

            List<JsonField> second = client.ask("2", after(first)).response();

            assertThat(second.getLast()
                            .at("response")
                            .at("previous_response_id")
                            .string())
                    .isEqualTo(first);
            assertThat(model.lastRequest().messages())
                    .containsExactly(Message.User.of("1"), Message.Assistant.of("One"), Message.User.of("2"));
        }

        @Test
        void thatIsStoredGoesOnFromTheStore() {
            model.then(says("One"), says("Two"));
            String first = client.ask("1", ",\"store\":true").id();

            try (SocketClient other = server.open()) {
                other.ask("2", ",\"store\":true" + after(first)).response();
            }

            assertThat(model.lastRequest().messages()).hasSize(3);
        }

        @Test
        void thatIsUnknownIsAnErrorAndLeavesTheSocketOpen() {
            model.then(says("Hello"));
            client.ask("Hi", after("resp_" + "0".repeat(32)));

            assertThat(client.nextText())
                    .isEqualTo("{\"type\":\"error\",\"status\":400,\"error\":{\"type\":\"invalid_request_error\","
                            + "\"code\":\"previous_response_not_found\",\"message\":\"Previous response with id 'resp_"
                            + "0".repeat(32) + "' not found.\",\"param\":\"previous_response_id\"}}");
            assertThat(client.ask("Hi", "").response()).hasSize(9);
        }

        @Test
        void isKnownToNoOtherSocket() {
            model.then(says("One"));
            String first = client.ask("1", "").id();

            try (SocketClient other = server.open()) {
                assertThat(other.ask("2", after(first)).errorCode()).isEqualTo("previous_response_not_found");
            }
        }

        @Test
        void isForgottenWhenItCanNotGoOn() {
            model.then(says("One"));
            model.thenDo((_, _, _) -> {
                throw new BrokenOff(Failure.Code.PROVIDER_UNAVAILABLE, "The provider is gone");
            });
            String first = client.ask("1", "").id();

            JsonField failed = client.ask("2", after(first)).next();
            assertThat(failed.at("type").string()).isEqualTo("error");
            assertThat(failed.at("status").integer(0)).isEqualTo(502);
            assertThat(client.ask("2", after(first)).errorCode()).isEqualTo("previous_response_not_found");
        }

        @Test
        void isForgottenWhenItIsAskedToGoOnWrongly() {
            model.then(says("One"));
            String first = client.ask("1", "").id();

            assertThat(client.ask("2", after(first) + ",\"top_p\":7").errorCode())
                    .isEqualTo("decimal_above_max_value");
            assertThat(client.ask("2", after(first)).errorCode()).isEqualTo("previous_response_not_found");
        }

        @Test
        void beginsWithWhatNoModelHasSeen() {
            client.say("{\"type\":\"response.create\",\"model\":\"a-model\",\"generate\":false,\"input\":\"Mind the"
                    + " gap\"}");
            List<JsonField> noted = client.response();
            assertThat(noted)
                    .extracting(event -> event.at("type").string())
                    .containsExactly("response.created", "response.in_progress", "response.completed");
            assertThat(model.requests()).isEmpty();
            model.then(says("Minded"));

            client.ask("Well?", after(noted.getLast().at("response").at("id").string()))
                    .response();

            assertThat(model.lastRequest().messages())
                    .containsExactly(Message.User.of("Mind the gap"), Message.User.of("Well?"));
        }

        @Test
        void mayBeginWithNothing() {
            client.say("{\"type\":\"response.create\",\"model\":\"a-model\",\"generate\":false}");

            assertThat(client.response()).hasSize(3);
        }
    }

    @Nested
    class InLanes {

        @Test
        void whatIsAskedForMeanwhileWaits() {
            ScriptedInference.Gate gate = model.thenWaitAndSay("One");
            model.then(says("Two"), says("Three"));
            client.ask("1", "").ask("2", "").ask("3", "");
            gate.awaitReached();
            assertThat(model.requests()).hasSize(1);

            gate.open();

            assertThat(List.of(text(client.response()), text(client.response()), text(client.response())))
                    .containsExactly("One", "Two", "Three");
        }

        @Test
        void areBesideEachOther() {
            ScriptedInference.Gate gate = model.thenWaitAndSay("One");
            client.ask("1", ",\"stream_id\":\"a\"");
            gate.awaitReached();
            model.then(says("Two"));

            List<JsonField> second = client.ask("2", ",\"stream_id\":\"b.2_-\"").response();
            gate.open();

            assertThat(text(second)).isEqualTo("Two");
            List<JsonField> ofSecond = second.stream()
                    .filter(event -> event.at("stream_id").string().equals("b.2_-"))
                    .toList();
            assertThat(ofSecond).hasSize(9);
            assertThat(client.response())
                    .allMatch(event -> event.at("stream_id").string().equals("a"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"\"", "\"a b\"", "\"\\u00e4\"", "7", "{}"})
        void haveNamesOfAFewCharactersOnly(String name) {
            JsonField error = client.ask("Hi", ",\"stream_id\":" + name).next();

            assertThat(error.at("status").integer(0)).isEqualTo(400);
            assertThat(error.at("error").at("param").string()).isEqualTo("stream_id");
            assertThat(error.at("stream_id").isGiven()).isFalse();
        }

        @Test
        void haveNamesThatAreNotTooLong() {
            String longest = "a".repeat(256);
            model.then(says("One"));

            assertThat(client.ask("Hi", ",\"stream_id\":\"%sa\"".formatted(longest))
                            .errorCode())
                    .isEqualTo("invalid_value");
            assertThat(client.ask("Hi", ",\"stream_id\":\"%s\"".formatted(longest))
                            .next()
                            .at("stream_id")
                            .string())
                    .isEqualTo(longest);
        }

        @Test
        void takeSoMuchAndNoMore() {
            ScriptedInference.Gate gate = model.thenWaitAndSay("One");
            client.ask("1", ",\"stream_id\":\"a\"");
            gate.awaitReached();
            for (int waiting = 0; waiting < 32; waiting++) {
                model.then(says("One of many"));
                client.ask("again", ",\"stream_id\":\"a\"");
            }

            JsonField refused = client.ask("too much", ",\"stream_id\":\"a\"").refusal();
            gate.open();

            assertThat(refused.at("status").integer(0)).isEqualTo(429);
            assertThat(refused.at("stream_id").string()).isEqualTo("a");
            for (int answered = 0; answered < 33; answered++) {
                assertThat(client.response()).isNotEmpty();
            }
            assertThat(model.requests()).hasSize(33);
        }
    }

    @Nested
    class WhatIsWrong {

        @ParameterizedTest
        @ValueSource(strings = {"", "{", "[]", "7", "{\"type\":\"response.create\"}", "{} {}"})
        void isAnErrorAndLeavesTheSocketOpen(String message) {
            assertThat(client.say(message).next().at("status").integer(0)).isEqualTo(400);

            assertStillOpen();
        }

        @Test
        void isATypeThatNobodyKnows() {
            JsonField error = client.say("{\"type\":\"response.destroy\",\"stream_id\":\"a\"}")
                    .next();

            assertThat(error.at("error").at("code").string()).isEqualTo("invalid_value");
            assertThat(error.at("error").at("param").string()).isEqualTo("type");
            assertThat(error.at("stream_id").string()).isEqualTo("a");
            assertThat(client.say("{}").errorCode()).isEqualTo("missing_required_parameter");
            assertStillOpen();
        }

        @Test
        void isBinary() {
            JsonField error = client.sayBytes(new byte[] {'{', '}'}).next();

            assertThat(error.at("error").at("message").string()).contains("send JSON as a message of text");
            assertStillOpen();
        }

        @Test
        void isNoUtf8() {
            // what the client library will not send can only come in bytes
            assertThat(client.sayBytes(new byte[] {(byte) 0xFF})
                            .next()
                            .at("status")
                            .integer(0))
                    .isEqualTo(400);
            assertStillOpen();
        }

        @Test
        void isTooLargeInOneFrame() throws IOException {
            try (Wire wire = handshake()) {
                var _ = wire.readUntil("\r\n\r\n");
                wire.raw(tooLarge());

                assertThat(wire.readUntil("never: until the server closes"))
                        .contains(
                                "\"status\":413",
                                "The message is too large: it may have %d bytes".formatted(LONGEST),
                                "Message too big");
            }
        }

        @Test
        void isTooLargeWhileAResponseRunsWhichComesToItsEnd() throws IOException {
            ScriptedInference.Gate gate = model.thenWaitAndSay("Hello");
            try (Wire wire = handshake()) {
                var _ = wire.readUntil("\r\n\r\n");
                byte[] asked = "{\"type\":\"response.create\",\"model\":\"a-model\",\"input\":\"Hi\"}".getBytes(UTF_8);
                wire.raw(new byte[] {(byte) 0x81, (byte) (0x80 + asked.length), 0, 0, 0, 0})
                        .raw(asked);
                gate.awaitReached();
                wire.raw(tooLarge());
                assertThat(wire.readUntil("\"status\":413")).contains("response.created");

                gate.open();

                assertThat(wire.readUntil("never: until the server closes"))
                        .contains("response.completed", "Message too big");
            }
        }

        @Test
        void isTooLargeInManyPieces() {
            for (int piece = 0; piece < 10; piece++) {
                client.sayPart("x".repeat(LONGEST / 2));
            }

            assertThat(client.say("").next().at("status").integer(0)).isEqualTo(413);
            assertStillOpen();
        }

        @Test
        void isNotAMessageInPieces() {
            model.then(says("Hello"));

            "{\"type\":\"response.create\",\"model\":\"a-model\",\"input\":\"Hi\""
                    .chars()
                    .forEach(character -> client.sayPart(Character.toString(character)));
            client.say("}");

            assertThat(text(client.response())).isEqualTo("Hello");
        }

        /** A frame that the client library would make many of. */
        private byte[] tooLarge() {
            return ByteBuffer.allocate(8 + LONGEST + 1)
                    .put((byte) 0x81)
                    .put((byte) 0xFE)
                    .putShort((short) (LONGEST + 1))
                    .array();
        }

        private void assertStillOpen() {
            model.then(says("Hello"));
            assertThat(client.ask("Hi", "").response()).hasSize(9);
        }
    }

    @Test
    void aFailureAfterTheBeginningIsToldAsInAStream() {
        model.thenDo((_, progress, _) -> {
            progress.opened();
            progress.delta(new Delta.Text("Hel"));
            progress.flush();
            throw new BrokenOff(Failure.Code.PROVIDER_UNAVAILABLE, "The provider is gone");
        });

        List<JsonField> told = client.ask("Hi", "").response();

        assertThat(told)
                .extracting(event -> event.at("type").string())
                .endsWith("response.output_text.delta", "error", "response.failed");
    }

    @Test
    void aClientThatLeavesEndsItsResponses() throws Exception {
        for (Leaving how : List.<Leaving>of(SocketClient::leave, SocketClient::close)) {
            var left = new CompletableFuture<Cancellation.Reason>();
            model.thenDo(silentUntil(left));
            SocketClient other = server.open().ask("Hi", "");
            assertThat(other.next().at("type").string()).isEqualTo("response.created");

            how.leave(other);

            assertThat(left.get(20, SECONDS)).isEqualTo(Cancellation.Reason.CLIENT_LEFT);
        }
    }

    /** How a client leaves. */
    @FunctionalInterface
    private interface Leaving {
        void leave(SocketClient client);
    }

    @Test
    void aClientThatClosesTheSocketIsAnswered() {
        client.leave();

        assertThat(client.awaitClosed()).isEqualTo(1000);
    }

    @Test
    void aSilentSocketShowsThatItLives() {
        client.awaitPings();
    }

    @Test
    void aSlowReaderHoldsItsOwnResponseBackAndNoOther() throws Exception {
        String piece = "x".repeat(40_000);
        int all = 500;
        var thread = new CompletableFuture<Thread>();
        var told = new CompletableFuture<Void>();
        model.thenDo((_, progress, _) -> {
            thread.complete(Thread.currentThread());
            progress.opened();
            for (int i = 0; i < all; i++) {
                progress.delta(new Delta.Text(piece));
                progress.flush();
            }
            told.complete(null);
            throw new BrokenOff(Failure.Code.PROVIDER_UNAVAILABLE, "That is all");
        });
        client.readSlowly();
        client.ask("1", "");
        while (thread.get(20, SECONDS).getState() != Thread.State.TIMED_WAITING) {
            assertThat(told).isNotDone();
            LockSupport.parkNanos(100_000);
        }

        model.then(says("Quick"));
        try (SocketClient quick = server.open()) {
            assertThat(text(quick.ask("2", "").response())).isEqualTo("Quick");
        }
        assertThat(told).isNotDone();

        client.readOn();
        assertThat(client.response()).hasSizeGreaterThan(all);
        assertThat(told).isDone();
    }

    @Test
    void afterItsTimeASocketIsClosed() {
        try (SocketServer shortLived = new SocketServer(Map.of("parley.http.socket.time-limit", "50ms"));
                SocketClient other = shortLived.open()) {
            JsonField error = other.next();

            assertThat(error.at("status").integer(0)).isEqualTo(400);
            assertThat(error.at("error").at("code").string()).isEqualTo("websocket_connection_limit_reached");
            assertThat(other.awaitClosed()).isEqualTo(1000);
        }
    }

    @Test
    void aResponseThatRunsWhenTheTimeIsUpComesToItsEnd() {
        try (SocketServer shortLived = new SocketServer(Map.of("parley.http.socket.time-limit", "1s"));
                SocketClient other = shortLived.open()) {
            ScriptedInference.Gate gate = shortLived.application().model().thenWaitAndSay("Hello");
            other.ask("Hi", "");
            gate.awaitReached();
            String told = other.nextText() + other.nextText();
            assertThat(told).contains("response.in_progress");
            // only a socket whose time is up says so
            String refused = "";
            while (!refused.contains("websocket_connection_limit_reached")) {
                refused = other.say("{\"type\":\"response.create\",\"stream_id\":\"b\"}")
                        .nextText();
            }
            gate.open();
            assertThat(other.awaitClosed()).isEqualTo(1000);
        }
    }

    @Test
    void aSocketDoesNotHoldUpTheEnd() {
        server.closeSockets(PATIENCE);

        assertThat(client.awaitClosed()).isEqualTo(1001);
    }

    @Test
    void aClientThatDoesNotAnswerThatItIsClosedIsCutOff() throws IOException {
        try (Wire wire = handshake()) {
            assertThat(wire.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 101 ");

            server.closeSockets(PATIENCE);

            assertThat(wire.readUntil("never: until the server closes")).contains("Endpoint unavailable");
        }
    }

    @Test
    void aSocketIsClosedWhenWhatIsToldOnItHasBeenTold() {
        ScriptedInference.Gate gate = model.thenWaitAndSay("Hello");
        client.ask("Hi", "");
        gate.awaitReached();

        server.closeSockets(Duration.ofMillis(1));
        gate.open();

        assertThat(text(client.response())).isEqualTo("Hello");
        assertThat(client.awaitClosed()).isEqualTo(1001);
    }

    @Test
    void whatWaitsWhenTheSocketIsToEndIsNotBegun() {
        ScriptedInference.Gate gate = model.thenWaitAndSay("Hello");
        client.ask("1", "");
        gate.awaitReached();
        client.ask("2", "").say("{}").refusal(); // what is refused came behind it

        server.closeSockets(Duration.ofMillis(1));
        gate.open();

        assertThat(text(client.response())).isEqualTo("Hello");
        assertThat(client.next().at("status").integer(0)).isEqualTo(503);
        assertThat(client.awaitClosed()).isEqualTo(1001);
        assertThat(model.requests()).hasSize(1);
    }

    /** Each is told so where its answer would have come: behind what it waited for, and in its lane. */
    @Test
    void whatWaitsWhenTheTimeIsUpIsToldSo() {
        try (SocketServer shortLived = new SocketServer(Map.of("parley.http.socket.time-limit", "2s"));
                SocketClient other = shortLived.open()) {
            ScriptedInference.Gate gate = shortLived.application().model().thenWaitAndSay("Hello");
            other.ask("1", ",\"stream_id\":\"a\"");
            gate.awaitReached();
            other.ask("2", ",\"stream_id\":\"a\"").ask("3", ",\"stream_id\":\"a\"");
            String refused = "";
            while (!refused.contains("websocket_connection_limit_reached")) {
                refused = other.say("{\"type\":\"response.create\",\"stream_id\":\"b\"}")
                        .nextText();
            }

            gate.open();

            List<JsonField> all = new ArrayList<>();
            do {
                all.add(other.next());
            } while (all.getLast().at("stream_id").isGiven());
            List<JsonField> ofTheLane = all.stream()
                    .filter(message -> message.at("stream_id")
                            .optional(JsonField::string)
                            .filter("a"::equals)
                            .isPresent())
                    .toList();
            assertThat(ofTheLane)
                    .extracting(message -> message.at("type").string())
                    .endsWith("response.completed", "error", "error");
            assertThat(List.of(ofTheLane.getLast(), all.getLast()))
                    .extracting(error -> error.at("error").at("code").string())
                    .containsOnly("websocket_connection_limit_reached");
            assertThat(other.awaitClosed()).isEqualTo(1000);
            assertThat(shortLived.application().model().requests()).hasSize(1);
        }
    }

    @Test
    void noResponseBeginsWhenTheProcessEnds() {
        server.application().running().drain(Duration.ZERO);

        JsonField error = client.ask("Hi", "").next();

        assertThat(error.at("status").integer(0)).isEqualTo(503);
        assertThat(error.at("error").at("type").string()).isEqualTo("server_error");
    }

    private Wire handshake() throws IOException {
        return new Wire(server.port())
                .get(
                        "/v1/responses",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "Sec-WebSocket-Extensions: permessage-deflate");
    }

    private static Inference silentUntil(CompletableFuture<Cancellation.Reason> left) {
        return (_, progress, cancellation) -> {
            progress.opened();
            progress.flush();
            boolean _ = cancellation.await(Duration.ofSeconds(20));
            Optional<Cancellation.Reason> reason = cancellation.requested();
            reason.ifPresent(left::complete);
            throw new BrokenOff(Failure.Code.PROVIDER_UNAVAILABLE, "called off");
        };
    }

    private static String after(String previous) {
        return ",\"previous_response_id\":\"" + previous + '"';
    }

    private static String text(List<JsonField> told) {
        return told.stream()
                .filter(event -> event.at("type").string().equals("response.output_text.done"))
                .map(event -> event.at("text").string())
                .findFirst()
                .orElseThrow();
    }
}
